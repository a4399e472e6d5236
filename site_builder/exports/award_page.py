"""The award page: what one badge says, for people. A small page of its own, never one of MkDocs' (DESIGN 2).

It shows facts from the reviewed files, the same from which the badge was signed, and claims no verdict:
whether a badge is genuine, and still stands, is for the reader to check and not for the page to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Protocol

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
from site_builder.catalog.catalog import Achievement, Aligned, Catalog, IssuedAward
from site_builder.exports.award_story import Story, story_of
from site_builder.exports.html import (
    POLICY,
    day_in_words,
    in_language,
    link,
    markdown,
    relative,
    sentence,
    templates,
)
from site_builder.exports.interface import Badge, Write
from site_builder.messages import Words, load, words_path
from site_builder.models.award import Evidence
from site_builder.models.credential import CredentialSpec

STYLESHEET = "assets/badgepress/award.css"
"""The one stylesheet of all award pages."""
VERIFIER = "assets/badgepress/verify.js"
"""The script that checks a badge in the reader's browser, and fills in the page's plate."""
CHECK = "verify/index.html"
"""The page on which a reader can check any badge."""
GUIDE = "guides/verifier/index.html"
"""The guide for those who check badges."""

_PACKAGE = "site_builder.exports"
# All award pages stand equally deep, so a link from one of them is the link from each.
_HERE = page_path("award")

Texts = Mapping[str, str | None]
"""What a page says, by the names of its template: HTML as Markup, any other text still to be escaped."""


class Block(Protocol):
    """Something that renders a block of ``award_blocks.html``."""

    def __call__(self, name: str, *values: str | None) -> Markup:
        """Return the block with these values; what is no Markup is escaped, None is left out."""


def award_page(catalog: Catalog, at: Addresses) -> Write:
    """Return the writer of award pages, with links to the badge beside each and to the catalog."""
    words = load(catalog.settings.languages[0])
    site = site_texts(catalog, words)

    def write(badge: Badge) -> Iterable[Artifact]:
        yield Artifact(page_path(badge.issued.id), whole_page(words, site, badge.issued, catalog))

    return write


def whole_page(words: Words, site: Mapping[str, object], issued: IssuedAward, catalog: Catalog) -> bytes:
    """Return the page of an award, on a site whose pages all say ``site``."""
    block = blocks(words)
    credential = credential_texts(issued.achievement, words, block)
    return page(words, site, {**credential, **award_texts(issued, catalog, words, block)}).encode()


def page(words: Words, site: Mapping[str, object], texts: Texts) -> str:
    """Return a page's HTML from the texts of its site, and those of its credential and its award."""
    return templates(_PACKAGE, words).get_template("award.html").render({**site, **texts})


@cache
def blocks(words: Words) -> Block:
    """Return what renders blocks by their templates, speaking the language of ``words``."""
    module = templates(_PACKAGE, words).get_template("award_blocks.html").module

    def block(name: str, *values: str | None) -> Markup:
        html: Markup = getattr(module, name)(*values)
        return html

    return block


def site_texts(catalog: Catalog, words: Words) -> Mapping[str, object]:
    """Return what all award pages of a site say."""
    issuer = catalog.issuer
    return {
        "policy": Markup(POLICY),  # noqa: S704 - our own words: escaped, its quotes would take 64 bytes a page
        "site": catalog.settings.site_name,
        "languages": " ".join(catalog.settings.languages),
        "issuer": issuer.name,
        "issuer_link": link(_link(issuer_page(issuer.id)), issuer.name),
        # Browsers ask for /favicon.ico where a page names no other.
        "icon": _link(issuer_image(catalog.issuer_image.media_type)),
        "links": {
            "style": _link(STYLESHEET),
            "words": _link(words_path(words.language)),
            "script": _link(VERIFIER),
            "home": _link("index.html"),
            "guide": _link(GUIDE),
        },
    }


def credential_texts(item: Achievement, words: Words, block: Block) -> Texts:
    """Return what the pages of all awards of one credential version say."""
    spec = item.spec
    return {
        "name": spec.name,
        "alt": spec.image_alt or spec.name,
        "lang": in_language(spec.language, words.language),
        "image": _link(achievement_image(*item.key, item.image.media_type)),
        "credential": _link(version_page(*item.key)),
        "competencies": _joined(_competency(aligned, words, block) for aligned in item.competencies),
        "methods": _methods(spec, words),
    }


def award_texts(issued: IssuedAward, catalog: Catalog, words: Words, block: Block) -> Texts:
    """Return what the page of one award says besides."""
    award, day = issued.award, day_in_words(words, issued.file.issued_on)
    until, results = issued.valid_until, award.results
    score = results.score if results else None
    listed, story = award.listing == "listed", story_of(issued, catalog, words)
    return {
        "day": day,
        "assessed_by": issued.file.assessed_by,
        "description": description(catalog, day, words) if listed else None,
        "facts": facts(
            issued,
            words,
            block,
            until=day_in_words(words, until) if until else None,
            score=None if score is None else score_text(score, words),
        ),
        "evidence": _joined(evidence(item, block) for item in issued.evidence) if issued.evidence else None,
        "parts": parts(issued, catalog, block) if award.parts else None,
        "story": told(story, block) if story else None,
    }


def description(catalog: Catalog, day: str, words: Words) -> Markup:
    """Return what search engines show of a listed award."""
    return sentence(words, "award.by", issuer=catalog.issuer.name, day=day)


def facts(issued: IssuedAward, words: Words, block: Block, *, until: str | None, score: str | None) -> Markup:
    """Return the rows of the fact list, in the order in which a reader asks for them."""
    kind = issued.achievement.spec.kind
    rows = (
        ("award.expires", until),
        ("award.kind", words(f"terms.kind.{kind}")),
        ("award.level", words(f"terms.level.{issued.level}")),
        ("award.score", score),
    )
    return _joined(block("fact", words(label), value) for label, value in rows if value is not None)


def score_text(score: float, words: Words) -> str:
    """Return a score in percent, as the language writes it."""
    return words("award.percent", n=score)


def evidence(item: Evidence, block: Block) -> Markup:
    """Return what was shown: its name, where it can be seen, and what was done."""
    narrative = markdown(item.narrative) if item.narrative else None
    return block("evidence", item.name, item.url or None, item.genre or None, narrative)


def parts(issued: IssuedAward, catalog: Catalog, block: Block) -> Markup:
    """Return the rows of awards that this one stacks from."""
    found = (catalog.awards[award] for award in issued.award.parts)
    return _joined(part(award.id, award.achievement.spec.name, block) for award in found)


def part(award_id: str, name: str, block: Block) -> Markup:
    """Return the row of an award that another one stacks from, of a credential with this name."""
    return block("part", _link(page_path(award_id)), name)


def told(story: Story, block: Block) -> Markup:
    """Return what became of the award."""
    return block("story", story.tone or None, story.heading, *story.lines)


def _joined(html: Iterable[Markup]) -> Markup:
    return Markup("").join(html)


def _link(target: str) -> str:
    return relative(_HERE, target)


def _competency(item: Aligned, words: Words, block: Block) -> Markup:
    """Return the row of a competency, named in its framework's language."""
    link = _link(competency_page(item.framework.id, item.competency.id))
    lang = in_language(item.framework.language, words.language)
    return block("competency", link, lang, item.competency.name, words(f"terms.level.{item.level}"))


def _methods(spec: CredentialSpec, words: Words) -> str:
    """Return the methods of assessment as the start of a sentence; how each was done is one link away."""
    names = list(dict.fromkeys(words(f"terms.method.{item.method}") for item in spec.assessment))
    return words("facts.comma").join([names[0], *(name[0].lower() + name[1:] for name in names[1:])])
