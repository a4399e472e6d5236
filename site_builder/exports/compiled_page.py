"""Award pages by splices: what a cohort shares is rendered once, and each award's own words are put in.

The templates stay the one place that says what a page holds. The page of a site is framed once per set of
parts it may have, that of a cohort is cut from it, and an ordinary award adds no more than its score.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from site_builder.catalog.catalog import Achievement, Catalog, IssuedAward
from site_builder.exports.award_page import (
    Block,
    Texts,
    blocks,
    credential_texts,
    description,
    evidence,
    facts,
    page,
    part,
    score_text,
    site_texts,
    told,
    whole_page,
)
from site_builder.exports.award_story import Story, story_of
from site_builder.exports.frames import Frame, Recent, Unfit, encoded, framed, mark
from site_builder.exports.html import day_in_words
from site_builder.messages import load
from site_builder.models.award import Award, Evidence

Shape = tuple[str, ...]
"""Which texts a page has; those it lacks are left out of its template."""

_MOST_CREDENTIALS = 128
_MOST_FRAMES = 64
_MOST_WORDS = 4096
_MOST_EVIDENCE = 256
_ESCAPED = re.compile("[&<>\"']")
# What is an award's own on the page of its cohort.
_UNTIL, _SCORE, _EVIDENCE, _PARTS, _STORY = range(5)


class FramedBlock:
    """Renders blocks as their templates do, each kind by its template only once."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._frames: Recent[Hashable, Frame[str]] = Recent(_MOST_FRAMES, self._framed)

    def __call__(self, name: str, *values: str | None) -> Markup:
        """Return the block with these values; what is no Markup is escaped, None is left out."""
        given = tuple([value is not None for value in values])
        frame = self._frames.get((name, given), name, given)
        html = frame.fill(["" if value is None else _escaped(value) for value in values])
        return Markup(html)  # noqa: S704 - our own template, and every value was escaped

    def _framed(self, name: str, given: tuple[bool, ...]) -> Frame[str]:
        marks = [mark(number) if is_given else None for number, is_given in enumerate(given)]
        return framed(
            self._block(name, *marks), [number for number, is_given in enumerate(given) if is_given]
        )


def _escaped(text: str) -> str:
    """Return ``text`` as HTML; by far the most has nothing to escape."""
    return escape(text) if _ESCAPED.search(text) and not isinstance(text, Markup) else text


class _Credential:
    """What the pages of all awards of one credential version say."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.proven = False
        """True once a page of it by splices was the page by templates."""


class PagePress:
    """Makes the award pages of one site."""

    def __init__(self, catalog: Catalog) -> None:
        self.words = load(catalog.settings.languages[0])
        self.block = FramedBlock(blocks(self.words))
        self.day = lru_cache(_MOST_WORDS)(self._day)
        self.score = lru_cache(_MOST_WORDS)(self._score)
        self.evidence = lru_cache(_MOST_EVIDENCE)(self._evidence)
        self.part = lru_cache(_MOST_CREDENTIALS)(self._part)
        self._site = site_texts(catalog, self.words)
        self._credentials: Recent[tuple[str, str], _Credential] = Recent(_MOST_CREDENTIALS, self._told)
        self._frames: Recent[Shape, Frame[str]] = Recent(_MOST_FRAMES, self._framed)
        self._proven: set[Shape] = set()

    def cohort(self, issued: IssuedAward) -> CohortPages:
        """Return what makes the pages of the awards of this award's file."""
        item = issued.achievement
        return CohortPages(self, self._credentials.get(item.key, item), issued)

    def spliced(self, texts: Texts) -> str:
        """Return a page as its template renders it; raise :class:`Unfit` where that cannot be done."""
        frame = self._frames.get(_shape(texts), texts)
        return frame.fill(["" if text is None else _escaped(text) for text in texts.values()])

    def whole(self, issued: IssuedAward, catalog: Catalog) -> bytes:
        """Return an award's page from its templates, without frames."""
        return whole_page(self.words, self._site, issued, catalog)

    def is_right(
        self, made: bytes, credential: _Credential, texts: Texts, issued: IssuedAward, catalog: Catalog
    ) -> bool:
        """Return whether a page by splices is the page by templates, made for the first of a kind."""
        shape = _shape(texts)
        if credential.proven and shape in self._proven:
            return True
        if made != self.whole(issued, catalog):
            return False
        credential.proven = True
        self._proven.add(shape)
        return True

    def _framed(self, texts: Texts) -> Frame[str]:
        given = [number for number, text in enumerate(texts.values()) if text is not None]
        marks = {name: mark(number) if number in given else None for number, name in enumerate(texts)}
        return framed(page(self.words, self._site, marks), given)

    def _told(self, item: Achievement) -> _Credential:
        return _Credential(credential_texts(item, self.words, self.block))

    def _day(self, day: date) -> bytes:
        return escape(day_in_words(self.words, day)).encode()

    def _score(self, score: float) -> bytes:
        return escape(score_text(score, self.words)).encode()

    def _evidence(self, item: Evidence) -> Markup:
        return evidence(item, self.block)

    def _part(self, name: str) -> Frame[str]:
        frame = framed(part(mark(0), name, self.block), (0,))
        if len(frame.slots) > 1:
            raise Unfit("a name with a mark in it")
        return frame


def _shape(texts: Texts) -> Shape:
    return tuple(name for name, text in texts.items() if text is not None)


class CohortPages:
    """Makes the pages of one cohort: all that its awards share is in place, in bytes."""

    def __init__(self, press: PagePress, credential: _Credential, issued: IssuedAward) -> None:
        self._press, self._credential = press, credential
        file, words = issued.file, press.words
        until = issued.achievement.until(file.issued_on)
        self._day = day_in_words(words, file.issued_on)
        self._until = day_in_words(words, until) if until else None
        self._evidence = Markup("").join(press.evidence(item) for item in file.evidence)
        self._frames: dict[Hashable, Frame[bytes] | None] = {}

    def whole(self, issued: IssuedAward, catalog: Catalog) -> bytes:
        """Return an award's page from its templates."""
        return self._press.whole(issued, catalog)

    def page(self, issued: IssuedAward, catalog: Catalog) -> bytes | None:
        """Return an award's page; None where it must be rendered as a whole."""
        award, words = issued.award, self._press.words
        score = award.results.score if award.results else None
        story = story_of(issued, catalog, words)
        given = (
            award.expires is not None,
            score is not None,
            bool(award.evidence),
            bool(award.parts),
            story is not None,
        )
        try:
            values = self._values(award, catalog, score, story)
        except Unfit:
            return None
        key = (issued.level, award.listing, given)
        if key not in self._frames:
            if len(self._frames) >= _MOST_FRAMES:
                self._frames.clear()
            self._frames[key] = self._frame(issued, catalog, given, values)
        frame = self._frames[key]
        return frame.fill(values) if frame else None

    def _values(
        self, award: Award, catalog: Catalog, score: float | None, story: Story | None
    ) -> list[bytes]:
        press = self._press
        return [
            press.day(award.expires) if award.expires else b"",
            b"" if score is None else press.score(score),
            self._own_evidence(award) if award.evidence else b"",
            self._parts(award, catalog) if award.parts else b"",
            told(story, press.block).encode() if story else b"",
        ]

    def _own_evidence(self, award: Award) -> bytes:
        block = self._press.block
        return "".join([evidence(item, block) for item in award.evidence]).encode()

    def _parts(self, award: Award, catalog: Catalog) -> bytes:
        """Return the rows of its parts; those of one name differ in their ids, which need no escape."""
        row, awards = self._press.part, catalog.awards
        rows = [row(awards[part_id].achievement.spec.name).fill([part_id]) for part_id in award.parts]
        return "".join(rows).encode()

    def _frame(
        self, issued: IssuedAward, catalog: Catalog, given: tuple[bool, ...], values: list[bytes]
    ) -> Frame[bytes] | None:
        """Return what pages of this award's kind are filled from; None where splices do not give them."""
        slots = [slot for slot, is_given in enumerate(given) if is_given]
        texts = self._texts(issued, catalog, slots)
        try:
            frame = encoded(framed(self._press.spliced(texts), slots))
        except Unfit:
            return None
        made = frame.fill(values)
        return frame if self._press.is_right(made, self._credential, texts, issued, catalog) else None

    def _texts(self, issued: IssuedAward, catalog: Catalog, slots: list[int]) -> Texts:
        """Return a page's texts, with marks where awards of the cohort differ."""
        press = self._press
        marks = [escape(mark(slot)) if slot in slots else None for slot in range(5)]
        listed = issued.award.listing == "listed"
        return {
            **self._credential.texts,
            "day": self._day,
            "assessed_by": issued.file.assessed_by,
            "description": description(catalog, self._day, press.words) if listed else None,
            "facts": facts(
                issued, press.words, press.block, until=marks[_UNTIL] or self._until, score=marks[_SCORE]
            ),
            "evidence": (marks[_EVIDENCE] or Markup("")) + self._evidence or None,
            "parts": marks[_PARTS],
            "story": marks[_STORY],
        }
