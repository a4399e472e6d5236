"""HTML as a browser would take it apart, so that tests see elements and not strings."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

ACTIVE = {"script", "iframe", "object", "embed", "form", "base", "svg", "math", "template", "audio", "video"}
_HIDDEN = {"title", "style", "script"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One element's start: its name and attributes."""

    name: str
    attributes: dict[str, str]


@dataclass(slots=True)
class Tree:
    """All start tags in order, the text between them, and tags that were not closed as they were opened."""

    tags: list[Tag] = field(default_factory=list)
    text: str = ""
    faults: list[str] = field(default_factory=list)

    def all(self, *names: str) -> list[Tag]:
        """Return the elements of these names, in order."""
        return [tag for tag in self.tags if tag.name in names]

    def active(self) -> list[str]:
        """Return what could run or load something: elements, event handlers, script addresses."""
        found = [tag.name for tag in self.tags if tag.name in ACTIVE]
        for tag in self.tags:
            found += [name for name in tag.attributes if name.startswith("on") or name == "style"]
            found += [value for value in tag.attributes.values() if value.lower().startswith("javascript:")]
        return found

    def headings(self) -> list[int]:
        """Return the levels of the headings, in order."""
        return [int(tag.name[1]) for tag in self.tags if tag.name in {"h1", "h2", "h3", "h4", "h5", "h6"}]


class _Reader(HTMLParser):
    VOID = frozenset({"meta", "link", "img", "br", "hr", "input"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree, self.open = Tree(), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.tree.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if not _HIDDEN & set(self.open):
            self.tree.text += data + (" " if data.strip() else "")


def read_html(html: str) -> Tree:
    """Return what ``html`` holds; raises nothing, faults are listed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tree
