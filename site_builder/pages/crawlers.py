"""What search engines and other sites are told of pages: their one address, their twins in other languages.

Two pages of a credential say the same: its own, and that of its current version. The credential's own page is
the one to be found, so the other names it as canonical (RFC 6596) until a newer version takes its place; from
then on the version's page is the only one that says what it says, and names itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import (
    SITE_CARD,
    Addresses,
    award_page,
    credential_card,
    credential_page,
    version_page,
)
from site_builder.catalog.catalog import Catalog
from site_builder.exports.award_page import CHECK
from site_builder.pages.cards import CARD_SIZE, TOUCH_ICON
from site_builder.pages.listed import listed_awards
from site_builder.pages.page import Page
from site_builder.pages.structured import structured_data
from site_builder.pages.view import View, views

ROBOTS = "robots.txt"
NO_LANGUAGE = "x-default"
"""What search engines show a reader whose language the site does not speak."""
LOCALES: Mapping[str, str] = {"en": "en_GB", "fr": "fr_FR", "ar": "ar_AR"}
"""The locales of Open Graph, which knows no language without a territory."""


def robots(at: Addresses) -> Artifact:
    """Return robots.txt (RFC 9309): all may read everything, and find the sitemap here.

    Award pages must not be closed here: what is not fetched is not seen to say ``noindex``. Crawlers ask for
    this file at a host's root alone; on a site below a path it does nothing.
    """
    return Artifact(ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {at.url('sitemap.xml')}\n".encode())


def listed_addresses(catalog: Catalog, at: Addresses) -> list[str]:
    """Return the addresses of the awards that may be found: listed by their holders, and not withdrawn."""
    return [at.url(award_page(award.id)) for award in listed_awards(catalog)]


def found_too(catalog: Catalog, at: Addresses) -> list[str]:
    """Return what the sitemap has besides the catalog's pages and the guides."""
    return [at.url(CHECK), *listed_addresses(catalog, at)]


def site_head(view: View) -> dict[str, object]:
    """Return what the templates write of the site itself, and of pages that are not of the catalog."""
    return {
        "locale": LOCALES[view.words.language],
        "card": view.at.url(SITE_CARD),
        "card_size": CARD_SIZE,
        "touch_icon": TOUCH_ICON,
        "found_too": found_too(view.catalog, view.at),
    }


class Heads:
    """What stands in the head of each page of the catalog for those who do not see it."""

    def __init__(self, pages: Iterable[Page], catalog: Catalog, at: Addresses) -> None:
        self._catalog, self._at = catalog, at
        self._by_key: dict[str, list[Page]] = {}
        titles: dict[str, dict[str, str]] = {}
        for page in pages:
            self._by_key.setdefault(page.key, []).append(page)
            titles.setdefault(page.language, {})[page.key] = page.title
        self._copies = {
            version_page(*item.key): credential_page(item.spec.id)
            for item in catalog.achievements.values()
            if item.is_current
        }
        self._cards = {
            key: item.spec
            for item in catalog.achievements.values()
            for key in (version_page(*item.key), credential_page(item.spec.id))
        }
        self._data = {
            view.words.language: structured_data(view, titles[view.words.language])
            for view in views(catalog, at)
        }

    def of(self, page: Page) -> dict[str, object]:
        """Return what ``partials/head.html`` writes: the names below, all of them plain text.

        ``alternates`` are pairs of a language and an address, the page's own among them; none where there is
        one language, or where the page is not the canonical one.
        """
        canonical = self._copies.get(page.key, page.key)
        found = {twin.language: self._at.url(twin.path) for twin in self._by_key[canonical]}
        first = next(iter(found.values()))
        alternates = [*found.items(), (NO_LANGUAGE, first)] if len(found) > 1 else []
        return {
            "canonical": found.get(page.language, self._at.url(page.path)),
            "alternates": alternates if canonical == page.key else [],
            "locale": LOCALES[page.language],
            "locales": [LOCALES[language] for language in found if language != page.language],
            "data": self._data[page.language].get(page.key, ""),
            **self._card(page),
        }

    def _card(self, page: Page) -> dict[str, str]:
        """Return the address of the page's card and the words that are on it."""
        spec, issuer = self._cards.get(page.key), self._catalog.issuer.name
        if spec is None:
            return {"card": self._at.url(SITE_CARD), "card_words": self._catalog.settings.site_name}
        return {"card": self._at.url(credential_card(spec.id)), "card_words": f"{spec.name} – {issuer}"}
