"""The sitemap of another day, or with other awards, made from the published one without rendering it again.

MkDocs fills ``overrides/sitemap.xml``: first the pages, each with the day of the build, then the page that
checks badges and the listed awards. Between two builds of the same ground only that day and those awards
differ.
"""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, date, datetime, time

from markupsafe import escape

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.pages.crawlers import found_too

SITEMAP = "sitemap.xml"
PACKED_SITEMAP = "sitemap.xml.gz"


def renewed_sitemap(published: bytes, before: date, catalog: Catalog, at: Addresses, now: date) -> bytes:
    """Return the sitemap of ``now`` from the one of the day ``before``; empty where that one is not ours."""
    addresses = found_too(catalog, at)
    head, mark, _ = published.decode("utf-8", "replace").partition(_opening(addresses[0]))
    if not mark:
        return b""
    dated = head.replace(_day(before), _day(now))
    tail = "".join(f"{_opening(address)}\n{_day(now)}\n</url>" for address in addresses)
    return f"{dated}{tail}\n</urlset>".encode()


def packed_sitemap(sitemap: bytes, now: date) -> bytes:
    """Return the sitemap as MkDocs packs it: gzip (RFC 1952) with its name and the day's first second.

    The flags after the time are those of the greatest effort and of an unknown system, as Python writes them.
    """
    seconds = int(datetime.combine(now, time(), UTC).timestamp())
    head = b"\x1f\x8b\x08\x08" + struct.pack("<L", seconds) + b"\x02\xff" + SITEMAP.encode() + b"\0"
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0)
    foot = struct.pack("<LL", zlib.crc32(sitemap), len(sitemap) & 0xFFFFFFFF)
    return head + packer.compress(sitemap) + packer.flush() + foot


def _opening(address: str) -> str:
    return f"\n<url>\n<loc>{escape(address)}</loc>"


def _day(day: date) -> str:
    return f"<lastmod>{day.isoformat()}</lastmod>"
