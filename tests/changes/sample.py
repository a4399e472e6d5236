"""Two states of a small repository, and what the way between them means."""

from __future__ import annotations

from functools import cache

from site_builder.catalog.history_state import Reviewed, reviewed
from site_builder.changes.events import Untouched, events
from site_builder.changes.gone import paths_gone
from site_builder.changes.meaning import Besides, Meaning, meaning
from site_builder.changes.telling import headline, sections
from tests.support.repos import NOW, Files, swept, valid


def meant(new: Files, old: Files | None = None, besides: Besides | None = None) -> Meaning:
    """Return what it means that ``old``, or the valid repository, became ``new``."""
    before, after = _valid() if old is None else reviewed(swept(old)), reviewed(swept(new))
    found = events(before, after)
    told = besides or Besides(gone=paths_gone(before, after, (), ()))
    return meaning(before, after, Untouched(), found, told, NOW)


@cache
def _valid() -> Reviewed:
    return reviewed(swept(valid()))


def summary(new: Files, old: Files | None = None, besides: Besides | None = None) -> str:
    """Return the sentence above."""
    return headline(meant(new, old, besides)).told(str)


def told(new: Files, old: Files | None = None, besides: Besides | None = None) -> list[str]:
    """Return every sentence below it, each with its reader: ``holders: 1 holder ...``."""
    return [
        f"{section.title.removeprefix('For ').lower()}: {one.told(str)}"
        for section in sections(meant(new, old, besides))
        for one in section.lines
    ]
