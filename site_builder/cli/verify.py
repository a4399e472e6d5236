"""``badgepress verify``: what a stranger can find out about a site or a badge, in a folder or on the web."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from site_builder.cli.options import DAY, json_option
from site_builder.cli.output import MAX_LINES, print_json, progress
from site_builder.problems import Problem, printable
from site_builder.verifying.did_web import did_host
from site_builder.verifying.instants import noon
from site_builder.verifying.sources import (
    FolderSource,
    NoSource,
    NotASite,
    Unavailable,
    read_file,
    site_above,
)
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import State, Verdict
from site_builder.verifying.verify import Report, is_failure, verify_credential, verify_site
from site_builder.verifying.web_address import is_web_address

_FAILED = 3
_WIDTH = 1000
_BY_COPY = "by the keys in this copy"


@dataclass(frozen=True)
class _Asked:
    """What the command was asked to look at, and when."""

    target: str
    site: Path | None
    trusted: frozenset[str]
    now: datetime

    @property
    def is_address(self) -> bool:
        """True where the web is asked; a folder or a file is a copy."""
        return is_web_address(self.target)


@click.command("verify")
@click.argument("target")
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="For a file: the folder of the site it belongs to. Default: the site the file lies in.",
)
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    metavar="DID",
    help="An issuer you know. Badges of others then fail. May be given several times.",
)
@click.option(
    "--now", type=DAY, default=None, help="Judge as at noon (UTC) of this day. Default: this moment."
)
@json_option
def command(
    target: str, site: Path | None, trusted: tuple[str, ...], now: date | None, *, json_: bool
) -> None:
    """Verify a site's folder, a badge's file, or the address of either.

    Of a badge alone, anything but "valid" fails (exit 3). A site may hold revoked and expired ones: it fails
    where a badge is invalid or cannot be judged, or where its keys or lists are wrong. The words of its
    pages are not compared.

    A folder or a file is a copy: its keys are compared, its home is not asked, no network is opened. An
    address is asked over https (http on this machine): that site, the issuer's did.json and its lists.
    """
    # A holder's link carries their name behind '#': it is neither asked for nor repeated.
    shown = target.partition("#")[0] if is_web_address(target) else target
    asked = _Asked(shown, site, frozenset(trusted), noon(now) if now else datetime.now(UTC))
    if asked.is_address:
        _address(asked, as_json=json_)
    elif os.path.isdir(target):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        _folder(asked, as_json=json_)
    elif os.path.isfile(target):  # noqa: PTH113
        _file(asked, as_json=json_)
    else:
        raise click.UsageError(f"no such folder, file or https address: {printable(target, 200)!r}")


def _address(asked: _Asked, *, as_json: bool) -> None:
    if asked.site is not None:
        raise click.UsageError("--site is for a file; an address is asked at its home")
    try:
        source = UrlSource(asked.target)
    except ValueError as reason:
        raise click.UsageError(str(reason)) from reason
    try:
        if source.target:
            raw = source.read(source.target)
        else:
            source.load_catalog()
    except Unavailable as reason:
        _unavailable(asked, str(reason), as_json=as_json)
    if source.target:
        _one(asked, raw, source, as_json=as_json)
    _whole(asked, source, as_json=as_json)


def _folder(asked: _Asked, *, as_json: bool) -> None:
    if asked.site is not None:
        raise click.UsageError("--site is for a file; this is a folder")
    _whole(asked, _site(asked, Path(asked.target), as_json=as_json), as_json=as_json)


def _file(asked: _Asked, *, as_json: bool) -> None:
    file = Path(asked.target)
    folder = asked.site or site_above(file)
    source = _site(asked, folder, as_json=as_json) if folder else NoSource()
    try:
        raw = read_file(file.resolve().parent, file.resolve().name)
    except Unavailable as reason:
        _unavailable(asked, str(reason), as_json=as_json)
    _one(asked, raw, source, as_json=as_json)


def _site(asked: _Asked, folder: Path, *, as_json: bool) -> FolderSource:
    try:
        return FolderSource(folder)
    except NotASite as reason:
        message = f"{reason}: not a site that badgepress built"
        if as_json:
            _print_error(asked, "not-a-site", message)
        raise click.UsageError(message) from reason


def _unavailable(asked: _Asked, reason: str, *, as_json: bool) -> NoReturn:
    """Say that there was nothing to verify, and fail."""
    if as_json:
        _print_error(asked, "unavailable", reason)
    else:
        click.echo(f"error: nothing could be verified: {printable(reason, _WIDTH)}", err=True)
    raise SystemExit(_FAILED)


def _print_error(asked: _Asked, code: str, message: str) -> None:
    """Print the JSON of a run that found nothing to verify: the shape of a report, and ``error``."""
    problem = Problem(path=asked.target, code=code, message=message)
    report = Report("", "", (), (problem,), not asked.is_address)
    print_json(_head(asked) | {"error": printable(message)} | report.to_json())


def _head(asked: _Asked) -> dict[str, Any]:
    return {"target": printable(asked.target), "checkedAt": _seconds(asked.now)}


def _seconds(now: datetime) -> str:
    return now.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _one(
    asked: _Asked, raw: bytes, source: FolderSource | UrlSource | NoSource, *, as_json: bool
) -> NoReturn:
    """Tell the verdict on one badge, and end the run."""
    path = source.target if isinstance(source, UrlSource) else asked.target
    verdict = verify_credential(raw, path, source, asked.now, asked.trusted)
    report = Report(source.base, verdict.issuer, (verdict,), (), not asked.is_address)
    if as_json:
        print_json(_head(asked) | report.to_json())
    else:
        for line in _badge_lines(verdict, source):
            click.echo(line)
    good = verdict.state is State.VALID and not is_failure(verdict)
    raise SystemExit(0 if good else _FAILED)


def _badge_lines(verdict: Verdict, source: FolderSource | UrlSource | NoSource) -> Iterator[str]:
    is_copy = isinstance(source, FolderSource)
    yield f"{printable(verdict.path, _WIDTH)}: {_words(verdict.state.value, is_copy=is_copy)}"
    yield printable(verdict.summary, _WIDTH)
    if isinstance(source, FolderSource):
        folder = printable(str(source.root), _WIDTH)
        yield f"Its keys came from the folder {folder}: whoever made that could have chosen them."
    for question, answer in verdict.answers.items():
        yield f"  {question}: {answer.value} ({printable(answer.reason, _WIDTH)})"


def _words(state: str, *, is_copy: bool) -> str:
    """Return a state for people: a copy vouches for itself, so it is never plainly valid."""
    return f"{state} {_BY_COPY}" if is_copy and state == State.VALID else state


def _whole(asked: _Asked, source: FolderSource | UrlSource, *, as_json: bool) -> NoReturn:
    """Tell the report on a whole site, and end the run."""
    step = progress("verifying", len(source.badges()))
    report = verify_site(source, asked.now, asked.trusted, step)
    if as_json:
        print_json(_head(asked) | report.to_json())
    else:
        _say(report, source)
    raise SystemExit(_FAILED if report.failed else 0)


def _say(report: Report, source: FolderSource | UrlSource) -> None:
    """Print what fails (to stderr, at most ninety lines), then what was found."""
    told = report.told()
    room = MAX_LINES - 10
    for line in told[:room]:
        click.echo(line[:_WIDTH], err=True)
    if len(told) > room:
        click.echo(f"... and {len(told) - room} more; --json has all of them", err=True)
    click.echo(_counted(report))
    if isinstance(source, FolderSource):
        click.echo(f"This is a copy: {did_host(source.did) or 'the home of its badges'} was not asked.")
    else:
        click.echo(
            "Only badges that the site lists in public were asked for; unlisted ones have their own address."
        )
    wrong = f"{len(told)} problem{'' if len(told) == 1 else 's'}"
    verified = f"Everything verified{' ' + _BY_COPY if report.is_copy else ''}."
    click.echo(f"Verification failed: {wrong}." if report.failed else verified)


def _counted(report: Report) -> str:
    number = len(report.verdicts)
    if number == 0:
        return "No badges."
    kinds = (
        f"{count} {_words(state, is_copy=report.is_copy)}" for state, count in report.counts.items() if count
    )
    return f"{number} badge{'' if number == 1 else 's'} looked at: {', '.join(kinds)}."
