"""A published folder as a browser, a feed reader and a wallet take it: elements, what acts, what is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from markdown_it import MarkdownIt

Shape = tuple[str, tuple[str, ...], str]
"""An element's name, the names of its attributes, and its classes."""

_ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "srcset", "ping"}
    | {"manifest", "cite", "style"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})
_DATA_SCRIPTS = frozenset({"application/json", "application/ld+json"})
_ACTING_ADDRESS = re.compile(r"[\s\x00-\x20]*(?:javascript|data|vbscript|blob):", re.IGNORECASE)


@dataclass
class Seen:
    """What one page, drawing or piece of Markdown would become."""

    shapes: set[Shape] = field(default_factory=set)
    active: list[tuple[str, str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    robots: str = ""
    text: str = ""

    @property
    def acting_addresses(self) -> list[str]:
        """Addresses that run or replace something when they are followed."""
        return [address for address in self.addresses if _ACTING_ADDRESS.match(address)]


class _Reader(HTMLParser):
    """Fills a :class:`Seen`: HTML Living Standard tokens, good enough for what a press writes itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self._open: list[str] = []
        self._data_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.seen.shapes.add((tag, tuple(sorted(values)), values.get("class", "")))
        for name, value in values.items():
            if name.startswith("on"):
                self.seen.active.append((f"the attribute {name} of {tag}", value))
            elif name in _ADDRESSES:
                self._address(tag, name, value)
            elif tag == "meta" and name == "content" and "http-equiv" in values:
                self.seen.active.append(("the attribute content of meta", value))
        if tag in _HEADINGS:
            self.seen.headings.append("")
        self._data_script = tag == "script" and values.get("type") in _DATA_SCRIPTS
        if tag == "meta" and values.get("name") == "robots":
            self.seen.robots = values.get("content", "")
        if tag not in _VOID:
            self._open.append(tag)

    def _address(self, tag: str, name: str, value: str) -> None:
        self.seen.addresses.append(value)
        if _ACTING_ADDRESS.match(value) or name == "style":
            self.seen.active.append((f"the attribute {name} of {tag}", value))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "script" and not self._data_script:
            self.seen.active.append(("a script", data))
        elif inside == "style":
            self.seen.active.append(("a style", data))
        elif inside != "script":
            self.seen.text += data
        if self.seen.headings and _HEADINGS & set(self._open):
            self.seen.headings[-1] += data


def read_html(text: str) -> Seen:
    """Return what a browser would make of HTML, SVG or XML."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.seen


class _CarelessWallet(MarkdownIt):
    """Renders Markdown as a careless reader would: with HTML, and with any link."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": True})

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        return True


@dataclass
class Site:
    """Every page and every piece of Markdown or HTML in a published folder, by its path."""

    folder: Path
    seen: dict[str, Seen] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)

    @property
    def shapes(self) -> set[Shape]:
        """Every kind of element in the site."""
        return {shape for page in self.seen.values() for shape in page.shapes}

    def files(self, ending: str) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of each published file whose name ends so."""
        for path in sorted(self.folder.rglob(f"*{ending}")):
            if path.is_file():
                yield str(path.relative_to(self.folder)), path.read_bytes()

    def queries(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield address, name and values of each query parameter of each link."""
        for page in self.seen.values():
            for address in page.addresses:
                query = urlsplit(address).query if "?" in address and "[" not in address else ""
                for name, values in parse_qs(query).items():
                    yield address, name, values


def read_site(folder: Path) -> Site:
    """Return the published folder, read as strangers' programs would."""
    site = Site(folder)
    for ending in (".html", ".svg", ".xml"):
        for path, raw in site.files(ending):
            site.seen[path] = read_html(raw.decode("utf-8", "replace"))
    for path, raw in site.files(".json"):
        search = path.startswith("search/")
        for place, value in _strings(json.loads(raw), ""):
            site.values.append(value)
            # OB 3.0: a narrative is Markdown. Material shows what stands in the search index as HTML.
            if place.endswith("/narrative"):
                site.seen[f"{path}#{place}"] = read_html(_CarelessWallet().render(value))
            elif search and place.endswith(("/text", "/title")):
                site.seen[f"{path}#{place}"] = read_html(value)
    return site


def _strings(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, f"{place}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _strings(inner, f"{place}/{number}")
