"""Badges that somebody changed: the command line, the library at the badge's home and the page's verifier."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from site_builder.assembling.addresses import award_json
from site_builder.messages import load
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case, read_corpus
from tests.bad_inputs.press import Job, Press
from tests.bad_inputs.result import Result
from tests.bad_inputs.site import Site
from tests.scripts.core import Vector, by_browser, reach
from tests.verifying.tampering import Bench, UnknownEdit, bench_of
from tests.verifying.world import PART, Json

EXITS = frozenset({0, 3})
_PAGES = "html-replace"
_A_DATE = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d")

CODES: dict[str, frozenset[str]] = {
    "bad-signature": frozenset({"bad-signature", "several-proofs"}),
    "undefined-term": frozenset({"undefined-term"}),
    "unknown-context": frozenset({"unknown-context", "inner-context"}),
    "no-signature": frozenset({"no-proof"}),
    "unsupported": frozenset({"cryptosuite"}),
    "bad-proof": frozenset({"purpose", "proof-value", "proof-option"}),
    "wrong-key": frozenset({"wrong-key", "unlisted-key"}),
    "too-large": frozenset({"too-large", "too-deep", "too-complex"}),
    "key-compromised": frozenset({"unlisted-key"}),
}
"""What the corpus' classes are called where an answer says why a badge is not authentic."""


_HOME = "badges.example"


def played(case: Case) -> Bench:
    """Return the badge as the case changed it; raises ``Unmapped`` for an edit nobody knows."""
    try:
        return bench_of(case.given["edits"])
    except UnknownEdit as error:
        raise Unmapped(str(error)) from error


class Tampers:
    """Runs the cases of the form ``tamper``. ``site`` is a published site, for what its pages say."""

    def __init__(self, press: Press, workspace: Path, site: Site) -> None:
        self._press, self._workspace, self._site = press, workspace, site

    def why_skipped(self, case: Case) -> str:
        """Return why the runner cannot judge the outcome; raises ``Unmapped`` for an edit nobody knows."""
        if not _is_about_pages(case):
            played(case)
        return "" if case.expect.outcome in _JUDGES else f"the outcome {case.expect.outcome} is unknown"

    def run(self, case: Case, result: Result) -> None:
        """Ask every verifier of ours."""
        if _is_about_pages(case):
            result.runs += 1
            result.faults += static_claims(self._site)
            return
        bench = played(case)
        told = {
            "command": self._by_command(case, bench, result),
            "library": bench.verify().to_json(),
            "page": _by_page(case),
        }
        for name, verdict in told.items():
            if verdict is not None:
                verdict["summary"] += f" {bench.told}" if name == "library" else ""
                at_home = name != "command" and bench.copy is None
                result.faults += [f"{name}: {fault}" for fault in judged(case, verdict, at_home=at_home)]

    def _by_command(self, case: Case, bench: Bench, result: Result) -> Json | None:
        """Return what ``badgepress verify`` says of the badge in a copy of its site."""
        with tempfile.TemporaryDirectory(dir=self._workspace, prefix="tampered-") as name:
            site = bench.world.write(Path(name, "site"))
            file = site / award_json(PART)
            file.write_bytes(bench.bytes)
            words = ["verify", str(file), "--now", bench.now.date().isoformat(), "--json"]
            trusted = [word for did in bench.trusted for word in ("--trust", did)]
            run = self._press.run(Job(Path(name), [[*words, *trusted]], [], case.seconds, case.mib))[0]
        result.note(run, case.seconds, EXITS)
        try:
            (verdict,) = json.loads(run.stdout)["credentials"]
        except (ValueError, KeyError, TypeError):
            result.faults.append(f"command: no verdict was told: {run.stdout[:200]!r}")
            return None
        if (run.exit == 0) != (verdict["state"] == "valid"):
            result.faults.append(f"command: exit code {run.exit} for a badge that is {verdict['state']}")
        return dict(verdict)


def _is_about_pages(case: Case) -> bool:
    return any(name == _PAGES for name, *_ in case.given["edits"])


def judged(case: Case, verdict: Json, *, at_home: bool) -> Iterator[str]:
    """Yield what is wrong with a verdict. Away from home the good answer is that it matches the copy."""
    authentic = verdict["answers"]["authentic"]
    good = "authentic" if at_home else "matches-copy"
    for fault in _JUDGES[case.expect.outcome](case, verdict, good):
        yield f"{fault}: {verdict['state']}, {authentic['value']}: {verdict['summary']}"


def _valid(case: Case, verdict: Json, good: str) -> Iterator[str]:
    if verdict["state"] != "valid" or verdict["answers"]["authentic"]["value"] != good:
        yield "a good badge is refused"


def _invalid(case: Case, verdict: Json, good: str) -> Iterator[str]:
    authentic = verdict["answers"]["authentic"]
    if case.expect.problem == "expired":
        if verdict["state"] != "expired" or authentic["value"] != good:
            yield "not told to be expired"
        yield from _shows_date(case, verdict, good)
    elif verdict["state"] != "invalid" or authentic["value"] != "not-authentic":
        yield "not told to be invalid"
    else:
        yield from _told_why(case, str(authentic.get("detail", {}).get("code", "")))


def _told_why(case: Case, code: str) -> Iterator[str]:
    known = CODES.get(case.expect.problem)
    # A token is no JSON, and is refused before anyone asks what it says.
    is_token = any(name.startswith("jwt") for name, *_ in case.given["edits"])
    if known is not None and code not in known and not (is_token and code == "syntax"):
        yield f"no {case.expect.problem} was told, but {code}"


def _not_valid(case: Case, verdict: Json, good: str) -> Iterator[str]:
    if verdict["state"] == "valid":
        yield "told to be valid"
    if "DATE" in case.expect.says:
        yield from _shows_date(case, verdict, good)


def _not_ours(case: Case, verdict: Json, good: str) -> Iterator[str]:
    if verdict["state"] in ("valid", "expired") or verdict["answers"]["authentic"]["value"] == "authentic":
        yield "a stranger's badge is taken for ours"


def _says_copy(case: Case, verdict: Json, good: str) -> Iterator[str]:
    if verdict["answers"]["authentic"]["value"] == "authentic":
        yield "a copy is taken for the original"
    if _HOME not in verdict["summary"]:
        yield "the badge's home is not named"


def _shows_date(case: Case, verdict: Json, good: str) -> Iterator[str]:
    reasons = [verdict["summary"], *(answer["reason"] for answer in verdict["answers"].values())]
    if not any(_A_DATE.search(text) for text in reasons):
        yield "no date is told"


def _no_static_claim(case: Case, verdict: Json, good: str) -> Iterator[str]:
    yield "only pages claim something"


_JUDGES: dict[str, Callable[[Case, Json, str], Iterator[str]]] = {
    "valid": _valid,
    "invalid": _invalid,
    "not-valid": _not_valid,
    "not-ours": _not_ours,
    "says-copy": _says_copy,
    "shows-date": _shows_date,
    "no-static-claim": _no_static_claim,
}


def static_claims(site: Site) -> Iterator[str]:
    """Yield each page of a badge, or to check one on, whose own words say how a check ended."""
    words = [load(language).messages[key] for language in ("en", "fr", "ar") for key in _CLAIMS]
    for path, page in site.seen.items():
        if path.endswith(".html") and path.split("/")[0] in ("issued", "verify"):
            said = (word for word in words if str(word) in page.text)
            yield from (f"{path} says {word!r} before anything was checked" for word in said)


_CLAIMS = ("award.state.valid", "award.answer.authentic.authentic", "award.answer.current.yes")


def _by_page(case: Case) -> Json:
    """Return what the verifier of the pages says: of every case at once, as starting it takes a second."""
    return _of_pages(case.folder.parent, tuple(_others(case)))[case.id]


def _others(case: Case) -> Sequence[str]:
    known = {one.id for one in read_corpus(case.folder.parent)}
    return () if case.id in known else (json.dumps([case.id, case.given["edits"]]),)


@cache
def _of_pages(shared: Path, more: tuple[str, ...]) -> dict[str, Json]:
    edits: dict[str, list[Any]] = {
        case.id: case.given["edits"] for case in read_corpus(shared) if case.form == "tamper" and not more
    }
    edits |= dict(json.loads(text) for text in more)
    vectors = []
    for name, given in edits.items():
        try:
            bench = bench_of(given)
        except UnknownEdit:
            continue
        # A page on another host reads what is beside it, and never asks the badge's home.
        home, trusted = bench.copy is None, frozenset(bench.trusted)
        vectors.append(Vector(name, bench.bytes, reach(bench.world), home, bench.now, trusted))
    return {vector.name: verdict for vector, verdict in zip(vectors, by_browser(vectors), strict=True)}
