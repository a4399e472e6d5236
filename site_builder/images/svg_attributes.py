"""Which attributes of an SVG element may be published, and with which value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from site_builder.images.css import ACTIVE, REMOTE, Fault, address_fault, plain_declarations, plain_value
from site_builder.images.svg_tree import Node
from site_builder.images.svg_words import ATTRIBUTES, PROSE_ATTRIBUTES, REFERRERS, XLINK, XML
from site_builder.problems import shown

_NAMES = re.compile(r"[\w.:-]+(?:\s+[\w.:-]+)*\Z")


@dataclass(slots=True)
class Verdict:
    """What became of one attribute: ``kept`` unchanged or not, and what is wrong with it."""

    kept: bool
    faults: list[Fault] = field(default_factory=list)


def take_attribute(node: Node, namespace: str, name: str, value: str) -> Verdict:
    """Put the attribute on ``node`` if it may be published; say whether it is there as it was written.

    Names and addresses outside the allowlist are left out; what could act or load a file is a fault.
    """
    low = name.lower()
    if low.startswith("on"):
        return Verdict(False, [Fault(ACTIVE, f"has an event handler ({shown(name, 30)[1:-1]})")])
    if low in ("href", "src") and namespace in ("", XLINK):
        return _take_reference(node, value)
    if namespace == XML and low == "base":
        return Verdict(
            False, [Fault(REMOTE, f"moves its references elsewhere (xml:base {shown(value, 60)})")]
        )
    if namespace == XML and name in ("space", "lang"):
        node.attributes[f"xml:{name}"] = value
        return Verdict(True)
    return Verdict(False) if namespace else _take_plain(node, name, value)


def _take_reference(node: Node, value: str) -> Verdict:
    fault = address_fault(value)
    if fault:
        return Verdict(False, [fault])
    if node.name not in REFERRERS:
        return Verdict(False)
    node.attributes["href"] = value.strip()
    node.refers_to.append(value.strip()[1:])
    return Verdict(value == value.strip())


def _take_plain(node: Node, name: str, value: str) -> Verdict:
    if name in PROSE_ATTRIBUTES:
        node.attributes[name] = value
        return Verdict(True)
    if name in ("id", "class"):
        # Drawing programs put layer names here, with any sign; only a plain one can be referred to.
        if plain_name := bool(_NAMES.match(value)):
            node.attributes[name] = value
        return Verdict(plain_name)
    known = name in ATTRIBUTES
    if not known and "url" not in value.lower():
        return Verdict(False)
    plain = plain_declarations(value) if name == "style" else plain_value(value)
    if known:
        node.attributes[name] = plain.text
        node.refers_to += plain.ids
    return Verdict(known and plain.text == value, plain.faults)
