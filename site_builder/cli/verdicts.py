"""What ``badgepress verify`` says to people, of one badge and of a site."""

from __future__ import annotations

from collections.abc import Iterator

import click

from site_builder.cli.output import MAX_LINES
from site_builder.problems import printable
from site_builder.text.addresses import PREVIEW_ADDRESS, did_web
from site_builder.verifying.did_web import did_host
from site_builder.verifying.report import Report
from site_builder.verifying.sources import FolderSource, NoSource
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import State, Verdict

_WIDTH = 1000
_IS_PREVIEW = "This is a preview: signed with keys that were thrown away, it proves nothing to anybody."
_BY_COPY = "by the keys in this copy"


def badge_lines(verdict: Verdict, source: FolderSource | UrlSource | NoSource) -> Iterator[str]:
    """Yield the verdict on one badge: its state, its summary, where its keys came from, the five answers."""
    is_copy = isinstance(source, FolderSource)
    yield f"{printable(verdict.path, _WIDTH)}: {_words(verdict.state.value, is_copy=is_copy)}"
    yield printable(verdict.summary, _WIDTH)
    if isinstance(source, FolderSource):
        folder = printable(str(source.root), _WIDTH)
        yield f"Its keys came from the folder {folder}: whoever made that could have chosen them."
    if verdict.issuer == did_web(PREVIEW_ADDRESS):
        yield _IS_PREVIEW
    for question, answer in verdict.answers.items():
        yield f"  {question}: {answer.value} ({printable(answer.reason, _WIDTH)})"


def _words(state: str, *, is_copy: bool) -> str:
    """Return a state for people: a copy vouches for itself, so it is never plainly valid."""
    return f"{state} {_BY_COPY}" if is_copy and state == State.VALID else state


def say_report(report: Report, source: FolderSource | UrlSource) -> None:
    """Print what fails (to stderr, at most ninety lines), then what was found."""
    room = MAX_LINES - 10
    for line in report.told()[:room]:
        click.echo(line[:_WIDTH], err=True)
    if report.wrong > room:
        click.echo(f"... and {report.wrong - room} more; --json has all of them", err=True)
    for line in _counted(report):
        click.echo(line)
    if isinstance(source, FolderSource):
        click.echo(f"This is a copy: {did_host(source.did) or 'the home of its badges'} was not asked.")
        if source.base == PREVIEW_ADDRESS:
            click.echo(_IS_PREVIEW)
    else:
        click.echo(
            "Only badges that the site lists in public were asked for; unlisted ones have their own address."
        )
    wrong = f"{report.wrong} problem{'' if report.wrong == 1 else 's'}"
    verified = f"Everything verified{' ' + _BY_COPY if report.is_copy else ''}."
    click.echo(f"Verification failed: {wrong}." if report.failed else verified)


def _counted(report: Report) -> Iterator[str]:
    """Yield how many badges are in which state, and how they were checked."""
    if report.number == 0:
        yield "No badges."
        return
    kinds = (
        f"{count} {_words(state, is_copy=report.is_copy)}" for state, count in report.counts.items() if count
    )
    yield f"{report.number} badge{'' if report.number == 1 else 's'} looked at: {', '.join(kinds)}."
    yield f"Checked: {report.fast} with compiled shapes, {report.slow} by the library."
