"""What a page is, and how its template is filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from site_builder.assembling import addresses
from site_builder.assembling.addresses import Addresses
from site_builder.assembling.words import BENCHMARK, KIND, LEVEL, METHOD, MODE
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.exports.html import relative, templates
from site_builder.models.credential import LEVELS
from site_builder.pages.facts import facts, hours

HOME = "index.html"
CREDENTIALS = "credentials/index.html"
FRAMEWORKS = "frameworks/index.html"
LISTED = "awards/index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its path in the site folder, the words for its head, and the HTML of its main part.

    ``title`` and ``description`` are plain text. ``searchable`` is False where a search should rather find
    another page that says the same.
    """

    path: str
    title: str
    description: str
    html: str
    searchable: bool = True


class PageKind(Protocol):
    """One member of this room: all pages of one kind."""

    def __call__(self, catalog: Catalog, at: Addresses) -> Iterable[Page]:
        """Return the pages of this kind."""


_TEMPLATES = templates("site_builder.pages")
_TEMPLATES.globals.update(
    KIND=KIND,
    LEVEL=LEVEL,
    LEVELS=LEVELS,
    METHOD=METHOD,
    MODE=MODE,
    BENCHMARK=BENCHMARK,
    HOME=HOME,
    CREDENTIALS=CREDENTIALS,
    FRAMEWORKS=FRAMEWORKS,
    LISTED=LISTED,
    credential_page=addresses.credential_page,
    version_page=addresses.version_page,
    framework_page=addresses.framework_page,
    competency_page=addresses.competency_page,
    issuer_page=addresses.issuer_page,
    award_page=addresses.award_page,
    achievement_json=addresses.achievement_json,
    facts=facts,
    hours=hours,
)


def render(template: str, path: str, **values: object) -> str:
    """Return ``template`` filled for the page at ``path``; ``link(target)`` in it makes relative links."""
    return _TEMPLATES.get_template(template).render(
        link=partial(relative, path), image_of=partial(_image, path), **values
    )


def _image(path: str, item: Achievement) -> str:
    """Return the link from the page at ``path`` to a version's badge image."""
    return relative(path, addresses.achievement_image(*item.key, item.image.media_type))
