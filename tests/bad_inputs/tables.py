"""The tables for spreadsheets that the press writes: no cell of them is a formula, whoever opens them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from tests.bad_inputs import base
from tests.bad_inputs.base import TODAY
from tests.bad_inputs.corpus import Case, read_corpus
from tests.bad_inputs.press import Job, Press, Run
from tests.bad_inputs.repository import Repo
from tests.scripts.core import language
from tests.scripts.core import run as run_in_node

_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_SEPARATORS = (",", ";", "\t")
_NOW = ("--now", TODAY.isoformat())


def tables_of(press: Press, workspace: Path, case: Case, repo: Repo) -> tuple[list[str], list[Run]]:
    """Return every table written from a repository, the page's among them, and the runs it took.

    Claim links and reminders of one award are written, then those of a learner who is named as the payload.
    """
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(dir=workspace, prefix="tables-") as name:
        folder = Path(name)
        repo.write_to(folder / "repository")
        for batch, learner in (("plain", "Ada L"), ("odd", case.payload)):
            roster = folder / f"{batch}.csv"
            roster.write_text(_line("name", "email") + _line(learner, f"{batch}@example.org"))
            award, *tables = (
                Job(folder / "repository", [words], [folder], case.seconds, case.mib)
                for words in _words(repo, folder, batch)
            )
            runs += press.run(award)
            # A name that no roster may hold comes into no table.
            runs += [run for job in tables for run in press.run(job)] if runs[-1].exit == 0 else []
        texts = [path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*-made-*.csv"))]
    return [*texts, _of_page(case)], runs


def _words(repo: Repo, folder: Path, batch: str) -> Iterator[Sequence[str]]:
    credential = str(repo.data(base.CHARTS)["id"])
    roster = str(folder / f"{batch}.csv")
    made = [str(folder / f"{batch}-made-{kind}.csv") for kind in ("claims", "reminders")]
    who = ("--assessor", "Examination board")
    yield ("award", roster, "--credential", credential, *who, "--name", batch, *_NOW)
    yield ("claims", f"issued/{TODAY.year}/{batch}.yaml", "--roster", roster, "--out", made[0], *_NOW)
    yield ("expiring", "--within", "20y", "--roster", roster, "--out", made[1], *_NOW)


def _line(*cells: str) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def _of_page(case: Case) -> str:
    """Return the table that the checking page makes of a badge with the payload in all its texts."""
    known = {one.payload for one in read_corpus(case.folder.parent) if one.group == "csv" and one.payload}
    return _of_pages(tuple(sorted(known | {case.payload})))[case.payload]


@cache
def _of_pages(payloads: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(payloads, run_in_node({"tables": payloads, "language": language("en")}), strict=True))


def formulas_in(text: str) -> Iterator[str]:
    """Yield each cell that a spreadsheet would run, whatever it takes for the separator."""
    for separator in _SEPARATORS:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            for cell in row:
                if cell.lstrip(" ").startswith(_SIGNS):
                    yield f"with {separator!r} between cells, one is {cell[:60]!r}"


def faults_in(texts: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with tables that each tell of one thing: one row below the header."""
    for text in texts:
        yield from formulas_in(text)
        if rows_in(text) != 2:
            yield f"a cell broke a row: {text[:200]!r}"


def rows_in(text: str) -> int:
    """Return how many rows a table has."""
    return sum(1 for _ in csv.reader(io.StringIO(text, newline="")))
