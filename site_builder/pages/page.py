"""What a page is, and the kinds of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from site_builder.pages.view import View

HOME = "index.html"
CREDENTIALS = "credentials/index.html"
FRAMEWORKS = "frameworks/index.html"
LISTED = "awards/index.html"


@dataclass(frozen=True, kw_only=True)  # without slots: its main part is kept once it was rendered
class Page:
    """One page in one language: its path in the site folder, the words for its head, and its main part.

    The main part is rendered when it is first asked for: who writes a few pages of a large catalog needs the
    words of all, and the main part of those few.

    ``key`` is the path that the page has in the site's first language: pages with the same key say the same
    in other languages. ``title`` and ``description`` are plain text. ``searchable`` is False where a search
    should rather find another page that says the same.
    """

    path: str
    key: str
    language: str
    title: str
    description: str
    render: Callable[[], str]
    searchable: bool = True
    scripts: tuple[str, ...] = ()
    """The scripts that this page needs besides those of every page: paths in the site folder."""

    @cached_property
    def html(self) -> str:
        """The page's main part, as HTML."""
        return self.render()


class PageKind(Protocol):
    """One member of this room: all pages of one kind, in one language."""

    def __call__(self, view: View) -> Iterable[Page]:
        """Return the pages of this kind."""
