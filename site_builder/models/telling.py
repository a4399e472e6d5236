"""Which of a credential's texts a reader is shown: their language's, where its authors wrote one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.text.languages import direction


@dataclass(frozen=True, slots=True)
class Text:
    """Words and the language they are in, so that a page can mark each text by itself (``lang``, ``dir``)."""

    words: str
    language: str

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Told:
    """What the catalog says of a credential; a text that is not translated stands in its own language."""

    name: Text
    summary: Text
    description: Text


def best_match(wanted: str, offered: Iterable[str]) -> str | None:
    """Return the tag in ``offered`` for a reader of ``wanted``, or ``None`` where there is none.

    That is the tag itself, else the first of the same language: ``fr`` for ``fr-CA``, ``fr-CA`` for ``fr``.
    """
    tags = list(offered)
    if wanted in tags:
        return wanted
    return next((tag for tag in tags if same_language(tag, wanted)), None)


def same_language(one: str, other: str) -> bool:
    """Return True where a reader of one tag can read the other: regions differ, languages and scripts do not.

    A tag without a script may be in any: ``zh`` and ``zh-Hant`` are the same, ``zh-Hans`` and ``zh-Hant`` are
    not (BCP 47, section 2.2.3).
    """
    (language, script), (other_language, other_script) = _parts(one), _parts(other)
    return language == other_language and (not script or not other_script or script == other_script)


def _parts(tag: str) -> tuple[str, str]:
    """Return the language and the script of a tag; the script, four letters, may be missing."""
    language, *rest = tag.split("-")
    return language, next((part for part in rest if len(part) == 4), "")
