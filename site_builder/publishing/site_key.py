"""The key of a site's own files: all that decides the bytes of what is written once for all awards.

Where it is the same, and nobody touched the folder, they need not be made to be found equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.publishing.request import Request
from site_builder.reading.repository import Repository
from site_builder.storing import key_of


def site_key(
    request: Request, ground: Repository, catalog: Catalog, at: Addresses, lists: Mapping[int, bytes]
) -> str:
    """Return the key: of the authors' files but award files, the day, the address, and the signed lists.

    Of awards it covers which are listed, of which versions there are any, and which were erased.
    """
    tallies = catalog.tallies
    listed = [entry.id for entry in tallies.listed] if tallies else []
    awarded = sorted(tallies.awarded) if tallies else []
    erased = [(name, str(one.erased.date)) for name, one in tallies.erased.items()] if tallies else []
    asked = request.now.isoformat(), request.site_url or "", at.base
    of_awards = "\n".join(listed), repr(awarded), repr(erased)
    return key_of("site", *asked, *of_awards, *_files(ground), *(lists[number] for number in sorted(lists)))


def _files(ground: Repository) -> Iterator[str | bytes]:
    documents = (ground.settings, ground.issuer, *ground.credentials, *ground.frameworks)
    for document in documents:
        yield from (document.path, document.raw) if document is not None else ("",)
    yield "images"
    for path, raw in sorted(ground.images.items()):
        yield path
        yield raw
    yield "lists"
