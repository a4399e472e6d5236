"""What a browser fetches for one page of a built site: bytes by kind, raw and as a server sends them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

KINDS = ("HTML", "CSS", "JS", "fonts", "images")
_LINK = re.compile(r'<link\b[^>]*\brel="?stylesheet"?[^>]*>', re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r'\b(?:href|src)=(?:"([^"]*)"|([^\s>]+))', re.IGNORECASE)
_FONT = re.compile(r"url\(\s*[\"']?([^\"')]+\.woff2)[\"']?\s*\)")


@dataclass
class Weight:
    """Bytes of one page by kind. Fonts are all that its style sheets name: browsers fetch those in use."""

    raw: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    sent: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    def add(self, kind: str, data: bytes) -> None:
        """Count a file. Fonts and images are sent as they are, but for SVG, all else gzipped."""
        self.raw[kind] += len(data)
        packed = kind not in ("fonts", "images") or data.lstrip().startswith(b"<svg")
        self.sent[kind] += len(gzip.compress(data, 6, mtime=0)) if packed else len(data)

    @property
    def total(self) -> int:
        """Bytes that are sent, without images: they come as the reader scrolls."""
        return sum(self.sent[kind] for kind in KINDS if kind != "images")


def weigh(site: Path, page: str) -> Weight:
    """Return the weight of one page of the folder ``site``; files of other hosts are not counted."""
    weight, file = Weight(), site / page
    html = file.read_bytes()
    weight.add("HTML", html)
    text = html.decode("utf-8")
    for kind, pattern in (("CSS", _LINK), ("JS", _SCRIPT), ("images", _IMAGE)):
        for found in _files(site, file, pattern, text):
            weight.add(kind, found.read_bytes())
            if kind == "CSS":
                for font in _fonts(found):
                    weight.add("fonts", font.read_bytes())
    return weight


def _files(site: Path, page: Path, pattern: re.Pattern[str], text: str) -> Iterator[Path]:
    """Yield each file once that the page names in tags of this kind."""
    seen = set()
    for tag in pattern.findall(text):
        address = _ADDRESS.search(tag)
        parts = urlsplit((address[1] or address[2]) if address else "")
        path = (page.parent / unquote(parts.path)).resolve()
        if parts.path and not parts.netloc and path not in seen and path.is_relative_to(site.resolve()):
            seen.add(path)
            yield path


def _fonts(stylesheet: Path) -> Iterator[Path]:
    for address in dict.fromkeys(_FONT.findall(stylesheet.read_text("utf-8"))):
        font = stylesheet.parent / address
        if font.is_file():
            yield font
