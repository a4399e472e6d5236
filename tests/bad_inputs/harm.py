"""What a published folder must not hold, whatever was put into the fields it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bad_inputs.site import Seen, Shape, Site

CANARY = "xss_canary"

_OF_DRAWINGS = frozenset(
    {"svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"text", "tspan", "textpath", "lineargradient", "radialgradient", "stop", "clippath", "mask", "pattern"}
    | {"use", "symbol", "marker", "filter", "style"}
)
_OF_MARKDOWN = ("p", "em", "strong", "ul", "ol", "li", "code", "pre", "blockquote", "br", "hr", "h2", "h3")


def _is_of_markdown(shape: Shape) -> bool:
    tag, attributes, classes = shape
    plain = tag in _OF_MARKDOWN and (not attributes or (tag == "ol" and attributes == ("start",)))
    coloured = tag == "code" and attributes == ("class",) and classes.startswith("language-")
    return plain or coloured or (tag == "a" and set(attributes) <= {"href", "rel", "title"})


def harm_in(site: Site, plain: Site, *, same_things: bool) -> Iterator[str]:
    """Yield each way the site acts, or is built, otherwise than ``plain``, the site without the payload.

    Rule 7 of the corpus: the canary is never where it would run. Where the site is about the ``same_things``
    as the plain one, it must hold no other elements either, which finds a canary of any name.
    """
    for path, seen in site.seen.items():
        yield from (f"{path}: {place} holds {CANARY}" for place, value in seen.active if CANARY in value)
        yield from (f"{path}: the address {address[:60]!r} acts" for address in seen.acting_addresses)
        if path.endswith(".svg"):
            yield from _strange_drawing(path, seen)
        elif same_things:
            yield from _strange_elements(path, seen, plain)
            yield from _new_handlers(path, seen, plain)


def _strange_drawing(path: str, seen: Seen) -> Iterator[str]:
    """Yield elements that no badge needs, what acts, and what is loaded."""
    strange = sorted({tag for tag, _, _ in seen.shapes} - _OF_DRAWINGS)
    yield from (f"{path}: the element {tag}" for tag in strange)
    yield from (
        f"{path}: {place}" for place, value in seen.active if "attribute on" in place or "url(" in value
    )
    yield from (
        f"{path}: loads {address[:60]!r}" for address in seen.addresses if not address.startswith("#")
    )


def _strange_elements(path: str, seen: Seen, plain: Site) -> Iterator[str]:
    for shape in sorted(seen.shapes - plain.shapes):
        if not _is_of_markdown(shape):
            yield f"{path}: an element that the press does not make: {shape}"


def _new_handlers(path: str, seen: Seen, plain: Site) -> Iterator[str]:
    """Yield scripts and styles that the plain page does not have."""
    before = plain.seen.get(path)
    known = {value for _, value in before.active} if before else set()
    if before:
        yield from (f"{path}: {place} is new" for place, value in seen.active if value not in known)


def headings_from(payload: str, site: Site, plain: Site) -> Iterator[str]:
    """Yield headings that say what the payload says, as if the page itself said it."""
    lines = {line.strip("# ").casefold() for line in payload.splitlines() if line.strip("# ")}
    bare = {_without_tags(payload).casefold()}
    for path, seen in site.seen.items():
        before = plain.seen[path].headings if path in plain.seen else []
        for heading in seen.headings:
            words = heading.strip().casefold()
            is_whole_payload = words == payload.strip().casefold()
            if words in lines | bare and heading not in before and not is_whole_payload:
                yield f"{path}: the heading {heading.strip()[:60]!r} comes from the payload"


def _without_tags(text: str) -> str:
    out, depth = "", 0
    for char in text:
        depth += (char == "<") - (char == ">" and depth > 0)
        out += char if depth == 0 and char != ">" else ""
    return out.strip()
