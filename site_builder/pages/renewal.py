"""Pages whose figures changed, made from the published ones: the frame around a main part stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.pages import all_pages

Published = Callable[[str], bytes]
"""Returns the bytes of a file of the site as last published; empty where there is none."""

# What ``overrides/main.html`` has around the main part of a page of ours.
_OPEN, _CLOSE = '<main id="content">\n\n\n', "\n\n\n</main>"


class FrameUnknown(Exception):  # noqa: N818 - it says what happened
    """A published page has no main part where ours have it, so it cannot be renewed."""


def renewed_pages(
    catalog: Catalog, at: Addresses, keys: Collection[str], published: Published
) -> Iterator[Artifact]:
    """Yield the pages with these keys, in every language: the published file with its main part as it is now.

    Nothing else is rendered. Right only where the published file is one of ours from the same ground; raises
    :class:`FrameUnknown` where it plainly is not.
    """
    for page in all_pages(catalog, at):
        if page.key in keys:
            yield Artifact(page.path, _with_main(published(page.path).decode("utf-8", "replace"), page.html))


def _with_main(published: str, html: str) -> bytes:
    """Return the page around ``html``. Words of authors are escaped, so the marks are the template's own."""
    head, opening, rest = published.partition(_OPEN)
    _, closing, tail = rest.rpartition(_CLOSE)
    if not opening or not closing:
        raise FrameUnknown
    return f"{head}{opening}{html}{closing}{tail}".encode("utf-8", errors="xmlcharrefreplace")
