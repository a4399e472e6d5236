"""The pages of a credential: one for its current version, and one that stays for every version."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.addresses import credential_page, version_page
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.pages.page import Page
from site_builder.pages.view import View


def credential_pages(view: View) -> Iterator[Page]:
    """Yield a page per version, and the credential's own page, which shows the current version."""
    for item in view.catalog.achievements.values():
        if item.is_current:
            yield _page(item, credential_page(item.spec.id), view, searchable=True)
        yield _page(item, version_page(*item.key), view, searchable=False)


def _page(item: Achievement, key: str, view: View, *, searchable: bool) -> Page:
    spec, catalog = item.spec, view.catalog
    versions = catalog.versions(spec.id)
    values = {
        "item": item,
        "spec": spec,
        "issuer": catalog.issuer,
        "versions": versions,
        "newest": next((version for version in versions if version.is_current), item),
        "parts_needed": _parts(item, catalog),
        "into": catalog.stacks_into(spec.id) if item.is_current else [],
    }
    title = spec.name if searchable else f"{spec.name}, version {spec.version}"
    return view.page(
        key,
        title=title,
        description=spec.summary,
        template="credential.html",
        values=values,
        searchable=searchable,
    )


def _parts(item: Achievement, catalog: Catalog) -> list[Achievement]:
    """Return what it stacks from, in the author's order; an earlier version may name what is gone by now."""
    current = {other.spec.id: other for other in catalog.current}
    return [current[part] for part in item.part_ids if part in current]
