"""The little CSS a badge image may use: drawing properties, simple selectors, references within the drawing.

A browser reads CSS with escapes, comments and functions by which an address can be hidden from a search for
``url(``. So nothing is searched for: what is not plain is refused, and unknown properties are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.images.svg_words import FUNCTIONS, PROPERTIES
from site_builder.problems import shown

ACTIVE, REMOTE = "active-svg", "remote-reference"
# A hostile value may be a million signs long: each of these reads every sign a fixed number of times.
_CALL = re.compile(r"(?<![\w-])([\w-]++)\s*+\(")
_OPEN_URL = re.compile(r"url\s*+\(", re.I)
_URL = re.compile(r"url\s*+\(([^()]*+)\)", re.I)
_LOCAL = re.compile(r"#[\w.:-]+\Z")
_RULE = re.compile(r"\s*+([^{}@]++)\{([^{}]*+)\}\s*+")
_SELECTOR = re.compile(r"[\w\s.#,>*:-]+\Z")
_SCRIPT = re.compile(r"\s*(?:java|vb)script\s*:|\s*data\s*:", re.I)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value cannot be published: the class of the problem and the rest of ``the image ...``."""

    code: str
    says: str


@dataclass(slots=True)
class Plain:
    """A value as it may be published, the ids it refers to, and what is wrong with it."""

    text: str
    ids: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def address_fault(address: str) -> Fault | None:
    """Return why ``address`` may not be referred to; ``None`` for a place in the same drawing (``#id``)."""
    bare = address.strip()
    if _LOCAL.match(bare):
        return None
    if _SCRIPT.match("".join(char for char in address if char.isprintable())):
        return Fault(ACTIVE, f"refers to an address that can hold a program, {shown(bare, 40)}")
    if not bare:
        return Fault(REMOTE, "has an empty reference")
    return Fault(REMOTE, f"loads another file, {shown(bare, 60)}")


def plain_value(value: str) -> Plain:
    """Return the value of one property or attribute as it is, with its references and faults."""
    plain = Plain(value)
    if "\\" in value or "/*" in value or "@" in value:
        # What follows such a sign cannot be read as a browser would read it.
        says = f"has a value with a sign that can hide an address: {shown(value, 60)}"
        plain.faults.append(Fault(ACTIVE, says))
        return plain
    for match in _URL.finditer(value):
        address = match[1].strip().strip("'\"")
        fault = address_fault(address)
        if fault:
            plain.faults.append(fault)
        else:
            plain.ids.append(address.strip()[1:])
    plain.faults.extend(_call_faults(value))
    if _SCRIPT.match(value):
        says = f"refers to an address that can hold a program, {shown(value, 40)}"
        plain.faults.append(Fault(ACTIVE, says))
    return plain


def _call_faults(value: str) -> Iterator[Fault]:
    for name in sorted(set(_CALL.findall(value))):
        if name.lower() not in FUNCTIONS:
            yield Fault(ACTIVE, f"has a style function that is not allowed: {shown(name, 40)}")
    if len(_OPEN_URL.findall(value)) != len(_URL.findall(value)):
        yield Fault(REMOTE, f"has a reference that is not closed: {shown(value, 60)}")


def plain_declarations(text: str) -> Plain:
    """Return the drawing properties of a ``style`` attribute; other harmless ones are left out."""
    bare = _without_comments(text)
    # Judged whole, because an address may hold the semicolon that parts declarations.
    plain, kept = plain_value(bare), []
    for declaration in bare.split(";"):
        name, colon, value = (word.strip() for word in declaration.partition(":"))
        if colon and name.lower() in PROPERTIES:
            kept.append(f"{name.lower()}:{value}")
    plain.text = ";".join(kept)
    return plain


def plain_sheet(text: str) -> Plain:
    """Return a ``style`` element's rules: plain selectors over drawing properties, and no at-rule."""
    bare, at, plain, kept = _without_comments(text).strip(), 0, Plain(""), []
    while at < len(bare) and not plain.faults:
        match = _RULE.match(bare, at)
        if not match:
            plain.faults.append(_sheet_fault(bare[at:]))
            break
        body = plain_declarations(match[2])
        plain.faults.extend(body.faults)
        plain.ids.extend(body.ids)
        if not _SELECTOR.match(match[1]):
            plain.faults.append(
                Fault(ACTIVE, f"has a style selector that is not plain: {shown(match[1], 60)}")
            )
        if body.text:
            kept.append(f"{' '.join(match[1].split())}{{{body.text}}}")
        at = match.end()
    plain.text = "".join(kept)
    return plain


def _without_comments(text: str) -> str:
    """Return the text with each comment as one space; one that is never closed stays and will be refused."""
    parts, at = [], 0
    while (start := text.find("/*", at)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        parts += [text[at:start], " "]
        at = end + 2
    return "".join([*parts, text[at:]])


def _sheet_fault(rest: str) -> Fault:
    if re.match(r"@(?:import|font-face|namespace)", rest, re.I):
        return Fault(REMOTE, f"names a style sheet or font elsewhere: {shown(rest, 60)}")
    return Fault(ACTIVE, f"has a style rule that is not plain: {shown(rest, 60)}")
