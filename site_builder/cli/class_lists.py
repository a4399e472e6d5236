"""What the commands that read a class list share: their options, how its faults are told, the roster key."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from site_builder.assembling.addresses import Addresses
from site_builder.cli.output import as_json
from site_builder.keys import RosterKey, load_roster_key
from site_builder.models.settings import read_settings
from site_builder.problems import Problem
from site_builder.reading.repository import Repository
from site_builder.registrar.class_lists import Reading

F = TypeVar("F", bound=Callable[..., Any])

_DEMO = "the demo roster key is public, so anybody can test guesses against these awards; only for trying out"


def class_list_options(function: F) -> F:
    """Add ``--column``, ``--email-domain`` and ``--out-of``: how the list is read."""
    text = "How many points are 100 percent, where scores are points."
    function = click.option("--out-of", type=float, default=None, help=text)(function)
    text = "What follows the @ of logins, where the list has no addresses."
    function = click.option("--email-domain", default="", metavar="DOMAIN", help=text)(function)
    text = "The header a field stands under, such as email=Courriel. May be repeated."
    return click.option("--column", "columns", metavar="FIELD=HEADER", multiple=True, help=text)(function)


def reading_of(
    repository: Repository, columns: Iterable[str], email_domain: str, out_of: float | None
) -> Reading:
    """Return how the list is read: headers of the command line, else those in mkdocs.yml, else known ones.

    Raises ``click.UsageError`` for an option that cannot be.
    """
    settings, _ = read_settings(repository.settings)
    named = dict(settings.roster_columns) if settings else {}
    given: dict[str, list[str]] = {}
    for text in columns:
        name, _, header = text.partition("=")
        if not name.strip() or not header.strip():
            raise click.UsageError("--column must be a field, an equals sign and a header: email=Courriel")
        given.setdefault(name.strip(), []).append(header.strip())
    if out_of is not None and not 0 < out_of < math.inf:
        raise click.UsageError("--out-of must be more than 0")
    return Reading(columns={**named, **given}, email_domain=email_domain, out_of=out_of)


def roster_key(repository: Repository) -> RosterKey:
    """Return the roster key of this run; that of the demo is told on stderr. Raises ``KeyRefused``.

    The host is that of ``mkdocs.yml``, whatever address a preview has: the published key of the demo must
    never be tried on the learners of a real site.
    """
    settings, _ = read_settings(repository.settings)
    if settings is None:
        raise ValueError("the roster key was asked for before mkdocs.yml was found to be sound")
    key = load_roster_key(environment=os.environ, host=Addresses(settings.site_url).host)
    if key.is_demo:
        click.echo(f"warning: {_DEMO}", err=True)
    _tell_strangers(repository, key)
    return key


def _tell_strangers(repository: Repository, key: RosterKey) -> None:
    """Say where awards hang on another key: their learners are strangers to this one."""
    others = [
        file.path
        for file in repository.awards
        if file.data.get("roster_key", key.fingerprint) != key.fingerprint
    ]
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        click.echo(
            f"warning: the awards of {others[0]}{more} were made with another roster key: "
            "their holders are not recognised",
            err=True,
        )


def problems_as_json(problems: Sequence[Problem], roster: Path) -> list[dict[str, object]]:
    """Return problems as JSON objects; those of the list say ``row`` and ``column`` besides."""
    objects = []
    for problem, told in zip(problems, as_json(problems), strict=True):
        of_list = problem.path == str(roster)
        objects.append({**told, "row": problem.line, "column": told["field"]} if of_list else told)
    return objects
