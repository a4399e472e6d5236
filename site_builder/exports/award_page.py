"""The award page: what one badge says, for people. A small page of its own, never one of MkDocs' (DESIGN 2).

It shows facts from the reviewed files, the same from which the badge was signed, and claims no verdict:
whether a badge is genuine, and still stands, is for the reader to check and not for the page to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import (
    Addresses,
    achievement_image,
    competency_page,
    issuer_image,
    issuer_page,
    version_page,
)
from site_builder.assembling.addresses import award_page as page_path
from site_builder.catalog.catalog import Aligned, Catalog, IssuedAward
from site_builder.exports.award_story import story_of
from site_builder.exports.html import POLICY, relative, templates
from site_builder.exports.interface import Badge, Write
from site_builder.messages import Words, load, words_path
from site_builder.models.credential import CredentialSpec

STYLESHEET = "assets/badgepress/award.css"
"""The one stylesheet of all award pages."""
VERIFIER = "assets/badgepress/verify.js"
"""The script that checks a badge in the reader's browser, and fills in the page's plate."""
CHECK = "verify/index.html"
"""The page on which a reader can check any badge."""
GUIDE = "guides/verifier/index.html"
"""The guide for those who check badges."""


class Shown(NamedTuple):
    """A competency as the page lists it."""

    name: str
    level: str
    language: str
    link: str


class Part(NamedTuple):
    """An award that this one stacks from."""

    name: str
    link: str


def award_page(catalog: Catalog, at: Addresses) -> Write:
    """Return the writer of award pages, with links to the badge beside each and to the catalog."""
    words = load(catalog.settings.languages[0])
    template = templates("site_builder.exports", words).get_template("award.html")

    def write(badge: Badge) -> Iterable[Artifact]:
        html = template.render(_values(badge.issued, catalog, words))
        yield Artifact(page_path(badge.issued.id), html.encode())

    return write


def _values(issued: IssuedAward, catalog: Catalog, words: Words) -> dict[str, object]:
    """Return everything the template shows."""
    here = page_path(issued.id)
    achievement = issued.achievement
    return {
        "policy": Markup(POLICY),  # noqa: S704 - our own words: escaped, its quotes would take 64 bytes a page
        "site": catalog.settings.site_name,
        "languages": " ".join(catalog.settings.languages),
        "issuer": catalog.issuer,
        "issuer_link": _link(relative(here, issuer_page(catalog.issuer.id)), catalog.issuer.name),
        "issued": issued,
        "spec": achievement.spec,
        "story": story_of(issued, catalog, words),
        "facts": list(_facts(issued, words)),
        "competencies": [_shown(item, here, words) for item in achievement.competencies],
        "parts": [_part(catalog.awards[part], here) for part in issued.award.parts],
        "methods": _methods(achievement.spec, words),
        # Browsers ask for /favicon.ico where a page names no other.
        "icon": relative(here, issuer_image(catalog.issuer_image.media_type)),
        "links": _links(issued, here, words),
    }


def _links(issued: IssuedAward, here: str, words: Words) -> dict[str, str]:
    achievement = issued.achievement
    return {
        "style": relative(here, STYLESHEET),
        "words": relative(here, words_path(words.language)),
        "script": relative(here, VERIFIER),
        "home": relative(here, "index.html"),
        "guide": relative(here, GUIDE),
        "image": relative(here, achievement_image(*achievement.key, achievement.image.media_type)),
        "credential": relative(here, version_page(*achievement.key)),
    }


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def _methods(spec: CredentialSpec, words: Words) -> str:
    """Return the methods of assessment as the start of a sentence; how each was done is one link away."""
    names = list(dict.fromkeys(words(f"terms.method.{item.method}") for item in spec.assessment))
    return words("facts.comma").join([names[0], *(name[0].lower() + name[1:] for name in names[1:])])


def _facts(issued: IssuedAward, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the labels and values of the fact list, in the order in which a reader asks for them."""
    if issued.valid_until:
        yield words("award.expires"), words.day(issued.valid_until)
    yield words("award.kind"), words(f"terms.kind.{issued.achievement.spec.kind}")
    yield words("award.level"), words(f"terms.level.{issued.level}")
    results = issued.award.results
    if results and results.score is not None:
        yield words("award.score"), words("award.percent", n=results.score)


def _shown(item: Aligned, here: str, words: Words) -> Shown:
    link = relative(here, competency_page(item.framework.id, item.competency.id))
    return Shown(item.competency.name, words(f"terms.level.{item.level}"), item.framework.language, link)


def _part(part: IssuedAward, here: str) -> Part:
    return Part(part.achievement.spec.name, relative(here, page_path(part.id)))
