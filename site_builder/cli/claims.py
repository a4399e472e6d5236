"""``badgepress claims``: the table of claim links that is mail-merged to the holders of new awards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.cli.class_lists import class_list_options, problems_as_json, reading_of, roster_key
from site_builder.cli.options import json_option, now_option, root_option, site_url_option, today
from site_builder.cli.output import fail, print_json, tell
from site_builder.keys import KeyRefused
from site_builder.models.settings import read_settings
from site_builder.problems import Problem, has_errors, in_order, printable
from site_builder.publishing.ledger import reading
from site_builder.reading.repository import sweep
from site_builder.registrar.claims import claims
from site_builder.registrar.class_lists import open_roster
from site_builder.registrar.tables import TableRefused, check_private, write_private

_NOBODY = "no award of these files belongs to anybody in the list: no table was written"
_WHICH = "are these the class list and the roster key that they were awarded with?"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What this run was asked for."""

    files: Sequence[Path]
    roster: Path
    out: Path
    root: Path
    site_url: str | None
    now: date
    columns: Sequence[str]
    email_domain: str
    out_of: float | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a run ended: how many links were written, or what kept them from being written."""

    code: int
    problems: Sequence[Problem] = ()
    links: int = 0
    error: str = ""
    hint: str = ""


@click.command("claims")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--roster",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The class list that was awarded.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="The table to write, outside every repository.",
)
@class_list_options
@root_option
@now_option
@site_url_option
@json_option
def command(now: date | None, *, json_: bool, **more: Any) -> None:
    """Write the claim links of award files: a table of link, name, e-mail and credential for mail merge.

    A link proves to whoever opens it who holds the badge. Send each to its holder alone.
    """
    asked = _Asked(now=now or today(), **more)
    outcome = _run(asked)
    tell(outcome.problems)
    if outcome.error:
        fail(outcome.error, outcome.hint)
    if json_:
        print_json(_as_json(outcome, asked))
    elif outcome.links:
        out = printable(str(asked.out))
        click.echo(f"Wrote {outcome.links:,} claim link{'' if outcome.links == 1 else 's'} to {out}.")
        click.echo("Each is a secret of its holder: send it to nobody else, and delete the table afterwards.")
    raise SystemExit(outcome.code)


def _run(asked: _Asked) -> _Outcome:
    try:
        check_private(asked.out, asked.root)
        with reading(asked.root):
            return _claims(asked)
    except KeyRefused as error:
        return _Outcome(1, error=error.message, hint=error.hint)
    except TableRefused as error:
        return _Outcome(2, error=str(error), hint=error.hint)
    except OSError as error:
        return _Outcome(
            2, error=f"{error.strerror or type(error).__name__}: {error.filename or asked.roster}"
        )


def _claims(asked: _Asked) -> _Outcome:
    repository = sweep(asked.root)
    how = reading_of(repository, asked.columns, asked.email_domain, asked.out_of)
    roster, faults = open_roster(asked.roster, asked.root, how)
    catalog, problems = resolve(repository, asked.now)
    settings, wrong = read_settings(repository.settings, asked.site_url) if asked.site_url else (None, [])
    found = in_order([*faults, *problems, *(problem for problem in wrong if problem not in problems)])
    if roster is None or catalog is None or has_errors(found):
        return _Outcome(1, found)
    # Another address is for the links alone: whose roster key counts is said in mkdocs.yml.
    linked = replace(catalog, settings=settings) if settings else catalog
    made = claims(linked, _paths(asked, catalog), roster, roster_key(repository))
    told = in_order([*found, *made.warnings])
    if not made.found:
        return _Outcome(1, told, error=_NOBODY, hint=_WHICH)
    write_private(asked.out, asked.root, made.table())
    return _Outcome(0, told, len(made.found))


def _paths(asked: _Asked, catalog: Catalog) -> frozenset[str]:
    """Return the files as paths in the repository; ``click.UsageError`` for one that is no award file."""
    known = {item.path for item in catalog.awards.values()}
    root, paths = asked.root.resolve(), set()
    for file in asked.files:
        whole = file.resolve()
        path = whole.relative_to(root).as_posix() if whole.is_relative_to(root) else ""
        if path not in known:
            raise click.UsageError(f"{printable(str(file))} is no award file with awards of {root}")
        paths.add(path)
    return frozenset(paths)


def _as_json(outcome: _Outcome, asked: _Asked) -> dict[str, object]:
    """Return the run as JSON; names, addresses and links stand in the table alone."""
    told: dict[str, object] = {"ok": outcome.code == 0, "links": outcome.links}
    if outcome.links:
        told["out"] = printable(str(asked.out))
    if outcome.error:
        told |= {"error": printable(outcome.error), "hint": printable(outcome.hint)}
    return {**told, "problems": problems_as_json(outcome.problems, asked.roster)}
