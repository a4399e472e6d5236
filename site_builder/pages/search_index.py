"""What the search knows: a short list of the site's pages, one file per language, searched in the browser.

The file is a classic script, because a page opened from a folder cannot fetch anything else. Awards are not
in it, listed or not: who was given a link to one needs no search (DESIGN 4).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import (
    competency_page,
    credential_page,
    framework_page,
    issuer_page,
)
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.exports.award_page import CHECK
from site_builder.messages import Words, load
from site_builder.models.credential import CredentialSpec
from site_builder.models.telling import same_language
from site_builder.pages.page import Page

SHOWN_HEADINGS = 4
"""How many headings of a guide stand below its title; the others are found, but not shown."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of ``docs/``: its path in the site folder, its title, and the headings of its sections."""

    path: str
    title: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _About:
    """What a page's head does not say: its kind, more words to find it by, and its authors' languages.

    A ``summary`` stands in place of the one in the head, where that one has words of ours around it.
    """

    kind: str = "page"
    more: str = ""
    summary: str = ""
    title_language: str = ""
    summary_language: str = ""


def search_indexes(catalog: Catalog, pages: Iterable[Page], guides: Iterable[Guide]) -> Iterator[Artifact]:
    """Yield a file for each of the site's languages; guides are in the first one, and found in every one."""
    pages, guides = list(pages), list(guides)
    for language in catalog.settings.languages:
        words = load(language)
        entries = [
            *_page_entries(words, catalog, [page for page in pages if page.language == language]),
            _entry(words, words("site.check"), "", CHECK, _About()),
            *(_guide_entry(words, guide, catalog.settings.languages[0]) for guide in guides),
        ]
        yield Artifact(index_path(language), _script(entries))


def plain(title: str) -> str:
    """Return the words of a title that MkDocs has as HTML."""
    return Markup(title).striptags()  # noqa: S704 - taken apart, not shown


def index_path(language: str) -> str:
    """Return the path in the site folder of what the search knows in a language."""
    return f"assets/badgepress/index.{language}.js"


def _script(entries: list[list[str]]) -> bytes:
    """Return the list as a call of ``badgepressIndex``.

    Each entry is kind, title, summary, more words, address below the site's root; then, where they are not
    in the index' own language, the languages of title and summary.
    """
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"badgepressIndex({text});\n".encode()


def _page_entries(words: Words, catalog: Catalog, pages: Iterable[Page]) -> Iterator[list[str]]:
    about = dict(_about(catalog, words))
    for page in pages:
        if page.searchable:
            yield _entry(words, page.title, page.description, page.path, about.get(page.key, _About()))


def _guide_entry(words: Words, guide: Guide, language: str) -> list[str]:
    shown, more = guide.headings[:SHOWN_HEADINGS], guide.headings[SHOWN_HEADINGS:]
    about = _About("guide", " ".join(more), "", language, language)
    return _entry(words, guide.title, " · ".join(shown), guide.path, about)


def _entry(words: Words, title: str, summary: str, path: str, about: _About) -> list[str]:
    entry = [about.kind, title, about.summary or summary, about.more, path.removesuffix("index.html")]
    languages = [
        "" if same_language(tag or words.language, words.language) else tag
        for tag in (about.title_language, about.summary_language)
    ]
    return [*entry, *languages] if any(languages) else entry


def _about(catalog: Catalog, words: Words) -> Iterator[tuple[str, _About]]:
    """Yield, by the key of its page, what is known of each credential, framework, competency and issuer."""
    for item in catalog.current:
        told = item.spec.told_in(words.language)
        more = " ".join(_more_words(item, told.name.words))
        about = _About(item.spec.kind, more, "", told.name.language, told.summary.language)
        yield credential_page(item.spec.id), about
    for framework in catalog.frameworks.values():
        language = framework.language
        yield framework_page(framework.id), _About("framework", framework.publisher or "", "", language)
        for competency in framework.competencies:
            about = _About("skill", framework.name, competency.description, language, language)
            yield competency_page(framework.id, competency.id), about
    yield issuer_page(catalog.issuer.id), _About("issuer", "", "", catalog.issuer.language)


def _more_words(item: Achievement, shown: str) -> Iterator[str]:
    """Yield what finds a credential besides its page's head: its names elsewhere, its skills and its tags."""
    yield from (name for name in dict.fromkeys(_names(item.spec)) if name != shown)
    yield from (aligned.competency.name for aligned in item.competencies)
    yield from item.spec.tags


def _names(spec: CredentialSpec) -> Iterator[str]:
    yield spec.name
    yield from (translation.name for translation in spec.translations.values())
