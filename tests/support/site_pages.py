"""A built folder as a browser would take it: every page's elements, and every address in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "poster", "data", "cite", "background"})
# What a <link> of these kinds names is not fetched by a browser.
_NAMED = frozenset({"canonical", "alternate"})
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
DATA_SCRIPTS = frozenset({"application/ld+json", "application/json"})


@dataclass(frozen=True, slots=True)
class Element:
    """An element's start: its name, its attributes, and the text in it where it is a script or a style."""

    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)

    @property
    def is_data(self) -> bool:
        """True for a script that no browser runs."""
        return self.name == "script" and self.attributes.get("type") in DATA_SCRIPTS


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a file. ``loads`` is False where it is only followed by hand, or only named."""

    where: str
    url: str
    loads: bool


@dataclass(slots=True)
class SitePage:
    """One page of the folder: its path, its elements in order, and the words a reader sees."""

    path: str
    elements: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, *names: str) -> list[Element]:
        """Return the elements of these names, in order."""
        return [element for element in self.elements if element.name in names]

    def ids(self) -> set[str]:
        """Return what a fragment may name."""
        return {element.attributes["id"] for element in self.elements if "id" in element.attributes}

    def data(self) -> Iterator[object]:
        """Yield what each data script holds."""
        for script in self.all("script"):
            if script.is_data:
                yield json.loads("".join(script.text))


class _Reader(HTMLParser):
    def __init__(self, page: SitePage) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.inside = page, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        self.inside = "" if tag in _VOID else tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in ("script", "style"):
            self.page.elements[-1].text.append(data)
        else:
            self.page.text += data


def read_pages(folder: Path) -> dict[str, SitePage]:
    """Return every page below ``folder``, by its path. To be read only: several judges share them."""
    files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*.html"))}
    return {path: _read(path, file.read_text(encoding="utf-8")) for path, file in files.items()}


@lru_cache(maxsize=1000)
def _read(path: str, text: str) -> SitePage:
    page = SitePage(path)
    reader = _Reader(page)
    reader.feed(text)
    reader.close()
    return page


def references(page: SitePage) -> Iterator[Reference]:
    """Yield every address on a page, made whole or not."""
    for element in page.elements:
        values, name = element.attributes, element.name
        loads = name != "a" and not _NAMED & set(values.get("rel", "").split())
        for attribute in sorted(_ADDRESSES & set(values)):
            yield Reference(f"{page.path}: {name} {attribute}", values[attribute], loads)
        for candidate in values.get("srcset", "").split(","):
            if candidate.strip():
                yield Reference(f"{page.path}: {name} srcset", candidate.split()[0], loads=True)
        if name == "meta" and values.get("content", "").startswith(("http:", "https:")):
            kind = values.get("property") or values.get("name", "")
            yield Reference(f"{page.path}: meta {kind}", values["content"], loads=kind.endswith("image"))


def references_of_styles(folder: Path) -> Iterator[tuple[str, Reference]]:
    """Yield every address in a stylesheet, with the path of the stylesheet."""
    for file in sorted(folder.rglob("*.css")):
        path = file.relative_to(folder).as_posix()
        for found in _IN_STYLE.finditer(file.read_text(encoding="utf-8")):
            yield path, Reference(f"{path}: url()", found[1] or found[2], loads=True)


@dataclass(frozen=True, slots=True)
class Folder:
    """A built folder and the address it is made for, which ends with a slash."""

    root: Path
    base: str

    def fault(self, path: str, reference: Reference, pages: dict[str, SitePage]) -> str:
        """Return what is wrong with an address in the file at ``path``, or an empty string."""
        if reference.url.startswith("data:image/") and reference.loads:
            return ""
        # A page stands where its folder does.
        url = urljoin(self.base + path.removesuffix("index.html"), reference.url)
        if not url.startswith(self.base):
            told = "loads from another host" if reference.loads else "leads out without https"
            host = urlsplit(url).hostname
            may_lead = url.startswith("https://") or host == "localhost"
            if host == urlsplit(self.base).hostname:
                return f"leads out of the site: {reference.url}"
            return "" if may_lead and not reference.loads else f"{told}: {reference.url}"
        return f"leads nowhere: {reference.url}" if self._is_dead(url, pages) else ""

    def _is_dead(self, url: str, pages: dict[str, SitePage]) -> bool:
        parts = urlsplit(url)
        path = unquote(parts.path).removeprefix(urlsplit(self.base).path)
        path += "index.html" if path == "" or path.endswith("/") else ""
        if not (self.root / path).is_file():
            return True
        return bool(parts.fragment) and path in pages and unquote(parts.fragment) not in pages[path].ids()
