"""What became of an award, for its page: withdrawn, replaced, renewed, a renewal or a correction itself.

Only what the reviewed files say once and for all. That an award has expired is for the reader's own clock:
the page is not written anew on that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from site_builder.assembling.addresses import award_page, issuer_page
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.exports.html import day_in_words, link, relative, sentence
from site_builder.messages import Words

_TONES = {"withdrawn": "", "replaced": "doubt"}


class Story(NamedTuple):
    """A heading and its paragraphs, as HTML. ``tone`` names how grave it is; empty where it was revoked."""

    tone: str
    heading: str
    lines: tuple[Markup, ...]


def story_of(issued: IssuedAward, catalog: Catalog, words: Words) -> Story | None:
    """Return the story of an award; ``None`` where there is no more to tell than that it was issued."""
    kind = _kind(issued, catalog)
    if kind is None:
        return None
    telling = _Telling(issued, catalog, words)
    lines = [*telling.ended(), *telling.beginnings(), *telling.renewals()]
    if issued.is_withdrawn:
        lines.append(telling.say("ask", issuer=contact_link(catalog, telling.here)))
    return Story(_TONES.get(kind, "calm"), words(f"story.{kind}"), tuple(lines))


def contact_link(catalog: Catalog, here: str) -> Markup:
    """Return the issuer's name as a link to the office that answers, or where none is given to its page."""
    issuer = catalog.issuer
    if issuer.contact:
        return Markup('<a href="{}" rel="noopener">{}</a>').format(issuer.contact, issuer.name)
    return link(relative(here, issuer_page(issuer.id)), issuer.name)


def _kind(issued: IssuedAward, catalog: Catalog) -> str | None:
    """Return what the story is headed by: what weighs most for its holder."""
    award = issued.award
    if award.revoked:
        return "withdrawn"
    if award.replaced_by:
        return "replaced"
    if catalog.renewals_of(issued.id):
        return "renewed"
    if catalog.replaced_by(issued.id):
        return "correction"
    return "renewal" if award.renews else None


class _Telling:
    """The sentences about one award."""

    def __init__(self, issued: IssuedAward, catalog: Catalog, words: Words) -> None:
        self.here = award_page(issued.id)
        self._issued, self._catalog, self._words = issued, catalog, words

    def say(self, key: str, **values: object) -> Markup:
        return sentence(self._words, f"story.{key}", **values)

    def ended(self) -> Iterator[Markup]:
        """Yield since when it counts no more, why, what that means, and which award counts instead."""
        award = self._issued.award
        if award.revoked:
            day = day_in_words(self._words, award.revoked.date)
            yield self.say("withdrawn-on", day=day, reason=award.revoked.reason)
            yield self.say("withdrawn-means")
        elif award.replaced_by:
            yield self.say("replaced-by-issuer")
        if award.replaced_by and award.replaced_by in self._catalog.awards:
            yield self.say("replacement", link=self._link(award.replaced_by, "see-replacement"))
        elif award.replaced_by:
            yield self.say("replacement-erased")

    def beginnings(self) -> Iterator[Markup]:
        """Yield which awards it corrects, and which one it continues."""
        for corrected in self._catalog.replaced_by(self._issued.id):
            yield self._dated("corrects", corrected, "see-earlier")
        earlier = self._issued.award.renews
        if earlier and earlier in self._catalog.awards:
            yield self._dated("renews", self._catalog.awards[earlier], "see-earlier")
        elif earlier:
            yield self.say("renews-erased")

    def renewals(self) -> Iterator[Markup]:
        """Yield which awards continue it, and how long it runs beside them."""
        later = self._catalog.renewals_of(self._issued.id)
        yield from (self._dated("renewed-on", renewal, "see-newer") for renewal in later)
        if later and self._issued.valid_until and not self._issued.is_withdrawn:
            yield self.say("runs-on", day=day_in_words(self._words, self._issued.valid_until))

    def _dated(self, key: str, other: IssuedAward, label: str) -> Markup:
        day = day_in_words(self._words, other.file.issued_on)
        return self.say(key, day=day, link=self._link(other.id, label))

    def _link(self, award: str, label: str) -> Markup:
        return link(relative(self.here, award_page(award)), self.say(label))
