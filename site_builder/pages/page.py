"""What a page is, and the kinds of pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from site_builder.pages.view import View

HOME = "index.html"
CREDENTIALS = "credentials/index.html"
FRAMEWORKS = "frameworks/index.html"
LISTED = "awards/index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page in one language: its path in the site folder, the words for its head, and its main part.

    ``key`` is the path that the page has in the site's first language: pages with the same key say the same
    in other languages. ``title`` and ``description`` are plain text. ``searchable`` is False where a search
    should rather find another page that says the same.
    """

    path: str
    key: str
    language: str
    title: str
    description: str
    html: str
    searchable: bool = True
    scripts: tuple[str, ...] = ()
    """The scripts that this page needs besides those of every page: paths in the site folder."""


class PageKind(Protocol):
    """One member of this room: all pages of one kind, in one language."""

    def __call__(self, view: View) -> Iterable[Page]:
        """Return the pages of this kind."""
