"""``badgepress verify``: what a stranger can find out about a site or a badge, in a folder or on the web."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from site_builder.cli.options import DAY, json_option
from site_builder.cli.output import fail, progress
from site_builder.cli.streaming import JsonStream
from site_builder.cli.verdicts import badge_lines, say_report
from site_builder.executors import ExecutorRefused, WorkersLost, workers
from site_builder.problems import Problem, printable
from site_builder.text.addresses import PREVIEW_ADDRESS, did_web
from site_builder.verifying.instants import noon
from site_builder.verifying.plan import SLOW_BATCH
from site_builder.verifying.report import Findings, is_failure
from site_builder.verifying.sources import (
    FolderSource,
    NoSource,
    NotASite,
    Unavailable,
    read_file,
    site_above,
)
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import State
from site_builder.verifying.verify import verify_credential, verify_site
from site_builder.verifying.web_address import is_web_address

_FAILED = 3
_WIDTH = 1000
_LIST = "credentials"


@dataclass(frozen=True)
class _Asked:
    """What the command was asked to look at, and when."""

    target: str
    site: Path | None
    trusted: frozenset[str]
    now: datetime
    thorough: bool = False
    executor: str | None = None

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
@click.option(
    "--thorough",
    is_flag=True,
    help="Of a site: leave every badge to the library. Default: what many badges share is worked out once.",
)
@click.option(
    "--executor",
    metavar="WHERE",
    help="Of a folder: where the work is done, local, local:N (N processes), inline or dask://HOST:PORT.",
)
@json_option
def command(
    target: str,
    site: Path | None,
    trusted: tuple[str, ...],
    now: date | None,
    *,
    thorough: bool,
    executor: str | None,
    json_: bool,
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
    moment = noon(now) if now else datetime.now(UTC)
    asked = _Asked(shown, site, frozenset(trusted), moment, thorough, executor)
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
    report = Findings().report("", "", (problem,), is_copy=not asked.is_address)
    stream = JsonStream(_head(asked, "", "") | {"error": printable(message)}, _LIST)
    stream.end(report.to_json())


def _head(asked: _Asked, site: str, issuer: str) -> dict[str, Any]:
    """Return what the JSON says before any badge is looked at."""
    head = {
        "target": printable(asked.target),
        "checkedAt": _seconds(asked.now),
        "site": printable(site),
        "issuer": printable(issuer),
        "copy": not asked.is_address,
    }
    return head | ({"preview": True} if issuer == did_web(PREVIEW_ADDRESS) else {})


def _seconds(now: datetime) -> str:
    return now.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _one(
    asked: _Asked, raw: bytes, source: FolderSource | UrlSource | NoSource, *, as_json: bool
) -> NoReturn:
    """Tell the verdict on one badge, and end the run."""
    path = source.target if isinstance(source, UrlSource) else asked.target
    verdict = verify_credential(raw, path, source, asked.now, asked.trusted)
    if as_json:
        found = Findings()
        found.take(verdict)
        report = found.report(source.base, verdict.issuer, (), is_copy=not asked.is_address)
        stream = JsonStream(_head(asked, source.base, verdict.issuer), _LIST)
        stream.item(0, verdict.to_text())
        stream.end(report.to_json())
    else:
        for line in badge_lines(verdict, source):
            click.echo(line)
    good = verdict.state is State.VALID and not is_failure(verdict)
    raise SystemExit(0 if good else _FAILED)


def _whole(asked: _Asked, source: FolderSource | UrlSource, *, as_json: bool) -> NoReturn:
    """Tell the report on a whole site, and end the run."""
    number = len(source.awards if isinstance(source, FolderSource) else source.badges())
    stream = JsonStream(_head(asked, source.base, source.did), _LIST) if as_json else None
    with _workers(asked.executor, -(-number // SLOW_BATCH)) as executor:
        report = verify_site(
            source,
            asked.now,
            asked.trusted,
            progress("verifying", number),
            thorough=asked.thorough,
            executor=executor,
            keep=False,
            tell=stream.item if stream else None,
        )
    if stream:
        stream.end(report.to_json())
    else:
        say_report(report, source)
    raise SystemExit(_FAILED if report.failed else 0)


@contextmanager
def _workers(spec: str | None, tasks: int) -> Iterator[Executor]:
    """Yield what does the work; end the run where it cannot be had, or is lost on the way."""
    try:
        with workers(spec, tasks) as executor:
            yield executor
    except ExecutorRefused as reason:
        raise click.UsageError(f"{reason}\nhint: {reason.hint}" if reason.hint else str(reason)) from reason
    except WorkersLost as reason:
        fail(str(reason), reason.hint)
        raise SystemExit(_FAILED) from reason
