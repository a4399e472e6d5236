"""``badgepress verify``: what a stranger can find out about a site or a badge, in a folder or on the web."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from site_builder.cli.options import DAY, json_option
from site_builder.cli.output import MAX_LINES, print_json, progress
from site_builder.problems import printable
from site_builder.verifying.did_web import did_host
from site_builder.verifying.instants import noon
from site_builder.verifying.sources import (
    FolderSource,
    NoSource,
    NotASite,
    Source,
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


@dataclass(frozen=True)
class _Asked:
    """What the command was asked to look at, and when."""

    target: str
    site: Path | None
    trusted: frozenset[str]
    now: datetime


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
    where a badge is invalid or cannot be judged, or where its keys, lists or pages are wrong.

    A folder or a file is a copy: its keys are compared, its home is not asked, no network is opened. An
    address is asked over https (http on this machine): that site, the issuer's did.json and its lists.
    """
    is_address = is_web_address(target)
    # A holder's link carries their name behind '#': it is neither asked for nor repeated.
    shown = target.partition("#")[0] if is_address else target
    asked = _Asked(shown, site, frozenset(trusted), noon(now) if now else datetime.now(UTC))
    if is_address:
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
        _one(asked, raw, source.target, source, as_json=as_json)
    _whole(asked, source, as_json=as_json)


def _folder(asked: _Asked, *, as_json: bool) -> None:
    if asked.site is not None:
        raise click.UsageError("--site is for a file; this is a folder")
    _whole(asked, _site(Path(asked.target)), as_json=as_json)


def _file(asked: _Asked, *, as_json: bool) -> None:
    file = Path(asked.target)
    folder = asked.site or site_above(file)
    source: Source = _site(folder) if folder else NoSource()
    try:
        raw = read_file(file.resolve().parent, file.resolve().name)
    except Unavailable as reason:
        _unavailable(asked, str(reason), as_json=as_json)
    _one(asked, raw, asked.target, source, as_json=as_json)


def _site(folder: Path) -> FolderSource:
    try:
        return FolderSource(folder)
    except NotASite as reason:
        raise click.UsageError(f"{reason}: not a site that badgepress built") from reason


def _unavailable(asked: _Asked, reason: str, *, as_json: bool) -> None:
    """Say that there was nothing to verify, and fail."""
    if as_json:
        problem = {"path": printable(asked.target), "code": "unavailable", "message": printable(reason)}
        empty = Report("", "", (), ()).to_json()
        print_json(_head(asked) | empty | {"problems": [problem]})
    else:
        click.echo(f"error: nothing could be verified: {printable(reason, _WIDTH)}", err=True)
    raise SystemExit(_FAILED)


def _head(asked: _Asked) -> dict[str, Any]:
    return {"target": printable(asked.target), "checkedAt": _seconds(asked.now)}


def _seconds(now: datetime) -> str:
    return now.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _one(asked: _Asked, raw: bytes, path: str, source: Source, *, as_json: bool) -> None:
    """Tell the verdict on one badge, and end the run."""
    verdict = verify_credential(raw, path, source, asked.now, asked.trusted)
    report = Report(source.base, verdict.issuer, (verdict,), ())
    if as_json:
        print_json(_head(asked) | report.to_json())
    else:
        for line in _badge_lines(verdict):
            click.echo(line)
    good = verdict.state is State.VALID and not is_failure(verdict)
    raise SystemExit(0 if good else _FAILED)


def _badge_lines(verdict: Verdict) -> Iterator[str]:
    yield f"{printable(verdict.path, _WIDTH)}: {verdict.state.value}"
    yield printable(verdict.summary, _WIDTH)
    for question, answer in verdict.answers.items():
        yield f"  {question}: {answer.value} ({printable(answer.reason, _WIDTH)})"


def _whole(asked: _Asked, source: FolderSource | UrlSource, *, as_json: bool) -> None:
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
    number = len(report.verdicts)
    kinds = ", ".join(f"{count} {state}" for state, count in report.counts.items() if count)
    click.echo(f"{number} badge{'' if number == 1 else 's'} looked at{': ' + kinds if kinds else ''}.")
    if isinstance(source, FolderSource):
        click.echo(f"This is a copy: {did_host(source.did) or 'the home of its badges'} was not asked.")
    else:
        click.echo(
            "Only badges that the site lists in public were asked for; unlisted ones have their own address."
        )
    wrong = f"{len(told)} problem{'' if len(told) == 1 else 's'}"
    click.echo(f"Verification failed: {wrong}." if report.failed else "Everything verified.")
