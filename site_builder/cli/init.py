"""``badgepress init``: a new repository for an institution, with keys of its own beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import now_option, today
from site_builder.cli.output import fail, tell
from site_builder.cli.presses import found_press
from site_builder.problems import has_errors, printable, shown
from site_builder.starters.answers import (
    HOSTS,
    Answers,
    Host,
    country_fault,
    home_fault,
    name_fault,
    owner_fault,
    site_fault,
)
from site_builder.text.fault import Fault

if TYPE_CHECKING:
    from site_builder.problems import Problem

Judge = Callable[[str], Fault | None]


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default=None, help="The institution's name, as it stands on badges.")
@click.option("--url", default=None, help="The address of the site, such as https://badges.example.org/.")
@click.option("--host", type=click.Choice(HOSTS), default=None, help="Where the site will be served from.")
@click.option("--country", default=None, help="The institution's country: two capital letters (ISO 3166).")
@click.option("--home", default=None, help="The institution's own site. Default: the address of this one.")
@click.option("--owner", default="", help="Who reviews, for CODEOWNERS, such as @college/registrars.")
@click.option(
    "--press",
    default=None,
    help="The press that its workflows use: OWNER/REPO@COMMIT on GitHub. Default: this one.",
)
@click.option(
    "--keys",
    type=click.Path(path_type=Path),
    default=None,
    help="A new folder for the private keys, outside every repository. Default: DIR-keys.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: what is not given has its default, or is an error.")
@now_option
def command(  # noqa: PLR0913 - one for each option
    folder: Path,
    name: str | None,
    url: str | None,
    host: Host | None,
    country: str | None,
    home: str | None,
    owner: str,
    press: str | None,
    keys: Path | None,
    now: date | None,
    *,
    yes: bool,
) -> None:
    """Write a small repository to start from into the new folder DIR, and make its two keys.

    It has one example of each kind of file, and workflows for its host. It passes check, builds and verifies.
    """
    from site_builder.starters.making import InitRefused, make_repository

    ask = not yes
    named = _answer("--name", name, "Name of the institution", name_fault, ask=ask)
    address = (
        _answer("--url", url, "Address of the site (https://...)", site_fault, ask=ask).rstrip("/") + "/"
    )
    answers = Answers(
        name=named,
        url=address,
        host=host or _host(ask=ask),
        country=_answer("--country", country, "Country, as two letters (CA)", country_fault, ask=ask),
        home=_answer("--home", home, "The institution's own site", home_fault, ask=ask, default=address),
        press=found_press(press, ask=ask),
        owner=_judged("--owner", owner, owner_fault),
    )
    whole = folder.absolute()
    place = keys or Path(f"{whole}-keys")
    try:
        problems = make_repository(folder, place, answers, now or today())
    except InitRefused as error:
        fail(f"{error}; nothing was written", error.hint)
        raise SystemExit(2) from None
    _end(folder, place, answers, problems)


def _answer(
    flag: str, given: str | None, question: str, judge: Judge, *, ask: bool, default: str | None = None
) -> str:
    """Return an answer that passes its rule: as given, asked for until it does, or the default."""
    if given is None and ask:
        answered: str = click.prompt(
            question,
            default=default,
            value_proc=lambda said: _judged(question, said.strip(), judge),
            err=True,
        )
        return answered
    if given is None and default is None:
        raise click.UsageError(f"{flag} is missing: nothing is asked with --yes")
    return _judged(flag, given if given is not None else str(default), judge)


def _judged(what: str, value: str, judge: Judge) -> str:
    """Return the value; raises ``click.UsageError`` in words where it cannot be used."""
    fault = judge(value)
    if fault is None or not fault.is_error:
        return value
    hint = f"; {fault.hint}" if fault.hint else ""
    raise click.UsageError(printable(f"{what} {fault.message}{hint}"))


def _host(*, ask: bool) -> Host:
    if not ask:
        raise click.UsageError("--host is missing: nothing is asked with --yes")
    host: Host = click.prompt("Host", type=click.Choice(HOSTS), default=HOSTS[0], err=True)
    return host


def _end(folder: Path, keys: Path, answers: Answers, problems: list[Problem]) -> None:
    """Tell what was made and what to do with it, or why nothing was."""
    tell(problems)
    if has_errors(problems):
        fail(f"with these answers check would refuse {shown(folder)}; nothing was written")
        raise SystemExit(1)
    for line in _told(printable(str(folder)), printable(str(keys.absolute())), answers):
        click.echo(line)


def _told(folder: str, keys: str, answers: Answers) -> list[str]:
    lines = [
        f"Wrote {folder}: a repository for {printable(answers.name)}, {answers.did}.",
        f"Its credential is a draft and it has no award: publishing {folder} claims nothing yet.",
        f"The private keys are in {keys}, for your eyes alone: issue.key and status.key.",
        "issue.key signs badges, status.key status lists. Back both up: issue.key awards in your name.",
    ]
    if answers.host in ("github", "gitlab"):
        kind = "secret" if answers.host == "github" else "variable"
        lines += [
            f"Store what is in issue.key as the {kind} BADGEPRESS_ISSUE_KEY of the environment signing.",
            f"Store what is in status.key as the {kind} BADGEPRESS_STATUS_KEY of the environment status.",
            "Environments are made before the first push:"
            f" {folder}/README.md says how, step by step, and how to publish.",
        ]
    else:
        lines.append(f"No secret is stored anywhere else: {folder}/README.md says how to publish.")
    return [
        *lines,
        "See it now:",
        f"  cd {folder}",
        f"  export BADGEPRESS_ISSUE_KEY_FILE={keys}/issue.key",
        f"  export BADGEPRESS_STATUS_KEY_FILE={keys}/status.key",
        "  badgepress serve",
    ]
