"""What is written for people: pure functions from the Catalog to pages, one file per kind of page.

To add a kind of page, write a module here with a function that follows
:class:`~site_builder.pages.page.PageKind`, put its template into ``templates/``, and add it to :data:`PAGES`.
"""

from __future__ import annotations

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.pages.competency import competency_pages
from site_builder.pages.credential import credential_pages
from site_builder.pages.credential_index import credential_index
from site_builder.pages.framework import framework_pages
from site_builder.pages.framework_index import framework_index
from site_builder.pages.home import home_page
from site_builder.pages.issuer import issuer_pages
from site_builder.pages.listed import listed_page
from site_builder.pages.page import Page, PageKind
from site_builder.pages.view import views

PAGES: tuple[PageKind, ...] = (
    home_page,
    credential_index,
    credential_pages,
    framework_index,
    framework_pages,
    competency_pages,
    issuer_pages,
    listed_page,
)

__all__ = ["PAGES", "Page", "all_pages"]


def all_pages(catalog: Catalog, at: Addresses) -> list[Page]:
    """Return every page of the catalog in every language, in an order that is the same on every machine."""
    return [page for view in views(catalog, at) for kind in PAGES for page in kind(view)]
