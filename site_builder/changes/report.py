"""A whole report on a change, as text for a terminal or as Markdown for a pull request. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.changes.line import Line
from site_builder.changes.meaning import Meaning
from site_builder.changes.telling import headline, sections
from site_builder.text.inert import inert_markdown

_MOST = 30
"""So many sentences a section has at most; JSON has everything."""


@dataclass(frozen=True, slots=True)
class Compared:
    """With what the files were compared: the revision that was asked for, and the commit that was taken.

    ``is_fork`` is True where the files left the revision at that commit; ``has_mistakes`` where they cannot
    be published as they are.
    """

    asked: str
    commit: str
    is_fork: bool
    has_mistakes: bool


def as_text(meant: Meaning, compared: Compared) -> str:
    """Return the report as lines for a terminal, without a newline at the end."""
    lines = [Line(f"Since {{}} ({compared.commit[:10]}): ", (compared.asked,)).told(str)]
    lines[0] += f"{headline(meant).told(str)}."
    lines += _warnings(compared)
    for section in sections(meant):
        lines += ["", section.title, *(f"  - {told}" for told in _told(section.lines, markdown=False))]
    return "\n".join(lines)


def as_markdown(meant: Meaning, compared: Compared) -> str:
    """Return the report as Markdown for GitHub, without a newline at the end.

    No word of an author becomes a link, a picture, HTML or a mention of somebody.
    """
    since = Line(f"Since {{}} (`{compared.commit[:10]}`)", (compared.asked,)).told(inert_markdown)
    lines = ["### What this change means", "", f"{since}: **{headline(meant).told(inert_markdown)}.**"]
    lines += [part for warning in _warnings(compared) for part in ("", f"> {warning}")]
    for section in sections(meant):
        told = _told(section.lines, markdown=True)
        lines += ["", f"#### {section.title}", "", *(f"- {one}" for one in told)]
    return "\n".join(lines)


def _told(lines: Sequence[Line], *, markdown: bool) -> Iterator[str]:
    for one in lines[:_MOST]:
        yield one.told(inert_markdown if markdown else str)
    if len(lines) > _MOST:
        yield f"and {len(lines) - _MOST:,} more: badgepress diff --format json has all of them"


def _warnings(compared: Compared) -> Iterator[str]:
    if compared.has_mistakes:
        yield "The files have mistakes, so this may not be all: badgepress check tells them."
    if not compared.is_fork:
        yield "This clone has no commit that both sides come from, so the revision itself was compared."
