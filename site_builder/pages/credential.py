"""The pages of a credential: one for its current version, and one that stays for every version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from site_builder.assembling.addresses import credential_page, version_page
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.catalog.counts import awarded
from site_builder.exports.award_page import CHECK
from site_builder.exports.html import relative
from site_builder.models.telling import Told, same_language
from site_builder.pages.facts import credit, marked
from site_builder.pages.listed import listed_awards
from site_builder.pages.page import Page
from site_builder.pages.stack import stack_around
from site_builder.pages.story import Story
from site_builder.pages.view import View

LONG = 240
"""A rubric of more characters than this is folded away: it is for those who want to know exactly."""


class AwardsTold(NamedTuple):
    """What a page says of awards: to how many learners it went, and the id of one that may be looked at."""

    people: int | None
    example: str | None


def awards_told(catalog: Catalog) -> Mapping[str, AwardsTold]:
    """Return what each page of a credential says of its awards, by the page's key.

    Only the credential's own page says to how many it was awarded, in whole tens: a number beside a version
    would be read as that version's (DESIGN 4).
    """
    counts = awarded(catalog)
    examples = {award.achievement.spec.id: award.id for award in reversed(listed_awards(catalog))}
    told = {}
    for name, version in catalog.achievements:
        told[version_page(name, version)] = AwardsTold(None, examples.get(name))
        told[credential_page(name)] = AwardsTold(counts.get(name), examples.get(name))
    return told


def credential_pages(view: View) -> Iterator[Page]:
    """Yield a page per version, and the credential's own page, which shows the current version."""
    told = awards_told(view.catalog)
    for item in view.catalog.achievements.values():
        if item.is_current:
            yield _page(item, credential_page(item.spec.id), view, told)
        yield _page(item, version_page(*item.key), view, told)


def _page(item: Achievement, key: str, view: View, awards: Mapping[str, AwardsTold]) -> Page:
    spec, catalog, words = item.spec, view.catalog, view.words
    told = spec.told_in(words.language)
    versions = catalog.versions(spec.id)
    searchable = key == credential_page(spec.id)
    name = told.name.words

    def link(target: str) -> str:
        return relative(view.place(key), view.place(target))

    return view.page(
        key,
        title=name if searchable else words("credential.version-title", name=name, version=spec.version),
        description=told.summary.words,
        template="credential.html",
        values={
            "item": item,
            "spec": spec,
            "is_version": not searchable,
            "told": told,
            "also": list(_also(item, catalog, told)),
            "issuer": catalog.issuer,
            "count": awards[key].people,
            "newest": next((version for version in versions if version.is_current), item),
            "stack": stack_around(item, catalog),
            "credit": credit(words, spec),
            "marked": partial(marked, words),
            "versions": list(Story(catalog, words, link).told(versions)),
            "example": awards[key].example,
            "CHECK": CHECK,
            "LONG": LONG,
        },
        searchable=searchable,
    )


def _also(item: Achievement, catalog: Catalog, told: Told) -> Iterator[Told]:
    """Yield its texts in the languages that no page of the site is in, and that this one does not show."""
    spec, shown = item.spec, {told.name.language, told.description.language}
    for tag in (spec.language, *spec.translations):
        others = (*catalog.settings.languages, *shown)
        if not any(same_language(tag, other) for other in others):
            yield spec.told_in(tag)
