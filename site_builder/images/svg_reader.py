"""Reads an SVG with Expat into the part of it that may be published, and says what may not."""

from __future__ import annotations

import re
from xml.parsers import expat

from site_builder.images.css import ACTIVE, REMOTE, Fault, address_fault, plain_sheet
from site_builder.images.svg_attributes import take_attribute
from site_builder.images.svg_tree import DEEPEST, MOST_ELEMENTS, Drawing, Limit, Node
from site_builder.images.svg_uses import check_references
from site_builder.images.svg_words import (
    ANIMATIONS,
    DROPPED,
    ELEMENTS,
    LOADERS,
    REFUSED,
    SVG,
    TEXT_ELEMENTS,
    XHTML,
    XLINK,
)
from site_builder.problems import Problem, shown

_MOST_PROBLEMS = 12
_BAKED = re.compile(r"openbadges|purl\.imsglobal\.org/(?:spec/)?ob\b", re.I)
_HINTS = {
    ACTIVE: "a badge image may only draw; remove it, or export the drawing as plain SVG",
    REMOTE: "draw it in the image itself; a badge image loads nothing",
    "already-baked": "use the plain image, as it was before a badge was baked into it",
    "xml-doctype": "delete it, up to the '>' that closes it; no drawing needs one",
}


class Reader:
    """One reading of one file. ``problems`` fills as it goes; ``drawing`` is there once the root closed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.drawing: Drawing | None = None
        self._open: list[Node | None] = []
        self._count = 0
        self._clean = True
        self._parser = self._hardened()

    @property
    def line(self) -> int:
        """The line being read, from 1."""
        return self._parser.CurrentLineNumber

    def read(self, text: bytes) -> None:
        """Read the whole file.

        Raises ``expat.ExpatError`` if it is not XML and :class:`Limit` if it is more than a drawing.
        """
        try:
            self._parser.Parse(text, True)
        except _Stop:
            return
        if self.drawing and not self.problems:
            fault = check_references(self.drawing.root)
            if fault:
                raise Limit(fault)

    def _hardened(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        # Without a DOCTYPE there are no entities but the five of XML, so nothing can expand or be fetched.
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._instruction
        parser.CommentHandler = self._left_out
        parser.StartCdataSectionHandler = self._left_out
        return parser

    def _doctype(self, *_declared: object) -> None:
        self._refuse("xml-doctype", "the image has a DOCTYPE, which could define entities or load a file")
        raise _Stop

    def _instruction(self, target: str, _data: str) -> None:
        self._clean = False
        if target.lower() == "xml-stylesheet":
            self._refuse(REMOTE, "the image names a style sheet (xml-stylesheet)")

    def _left_out(self, *_what: str) -> None:
        self._clean = False

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST:
            raise Limit(f"the image is nested too deeply: at most {DEEPEST} elements inside each other")
        if self._count > MOST_ELEMENTS:
            raise Limit(f"the image has too many elements: at most {MOST_ELEMENTS}")
        namespace, name, prefix = _parts(full_name)
        if not self._open:
            _check_root(namespace, name)
        node = self._allowed(namespace, name, prefix, attributes)
        if node:
            self._take(node, attributes)
        self._clean &= node is not None and not prefix
        self._open.append(node)

    def _take(self, node: Node, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            namespace, name, _ = _parts(key)
            verdict = take_attribute(node, namespace, name, value)
            self._clean &= verdict.kept
            for fault in verdict.faults:
                self._tell(fault)
        parent = self._open[-1] if self._open else None
        if parent:
            parent.children.append(node)

    def _allowed(self, namespace: str, name: str, prefix: str, attributes: dict[str, str]) -> Node | None:
        """Return the node if the element may be published; say so if it must not even be in the file."""
        if _BAKED.search(f"{namespace} {prefix}"):
            element = f"{prefix}:{name}" if prefix else name
            self._refuse("already-baked", f"the image already carries a credential (<{element}>)")
            return None
        if namespace not in (SVG, XHTML, ""):
            return None
        inside_left_out = bool(self._open) and self._open[-1] is None
        if namespace == SVG and name in ELEMENTS:
            return None if inside_left_out else Node(name, self.line)
        fault = _element_fault(name, attributes, inside_left_out)
        if fault:
            self._tell(fault)
        return None

    def _text(self, text: str) -> None:
        parent = self._open[-1] if self._open else None
        if parent is None:
            return
        if text.isspace() or parent.name in TEXT_ELEMENTS:
            parent.children.append(text)
        else:
            self._clean = False

    def _end(self, _full_name: str) -> None:
        node = self._open.pop()
        if node and node.name == "style":
            self._sheet(node)
        if node and not self._open:
            self.drawing = Drawing(node, self._clean)

    def _sheet(self, node: Node) -> None:
        # An element inside <style> is no style: only its text stays.
        self._clean &= all(isinstance(child, str) for child in node.children)
        text = "".join(child for child in node.children if isinstance(child, str))
        plain = plain_sheet(text)
        for fault in plain.faults:
            self._tell(fault)
        self._clean &= plain.text == text
        node.children = [plain.text]
        node.refers_to += plain.ids

    def _tell(self, fault: Fault) -> None:
        self._refuse(fault.code, f"the image {fault.says}")

    def _refuse(self, code: str, message: str) -> None:
        known = any(problem.message == message for problem in self.problems)
        if not known and len(self.problems) < _MOST_PROBLEMS:
            hint, line = _HINTS[code], self.line
            self.problems.append(Problem(path=self.path, code=code, message=message, hint=hint, line=line))


class _Stop(Exception):  # noqa: N818 - ends a parse that has said all it needs to say
    """No need to read on."""


def _parts(full_name: str) -> tuple[str, str, str]:
    """Return namespace, local name and prefix of Expat's ``namespace local prefix``.

    A namespace may hold spaces; a local name and a prefix cannot.
    """
    words = full_name.split(" ")
    if len(words) == 1:
        return "", words[0], ""
    if len(words) == 2:
        return words[0], words[1], ""
    return " ".join(words[:-2]), words[-2], words[-1]


def _check_root(namespace: str, name: str) -> None:
    if name != "svg":
        found = shown(name, 30)[1:-1]
        raise Limit(f"the file is not an SVG image: it starts with <{found}>, not <svg>")
    if namespace != SVG:
        raise Limit(f'the file is not an SVG image: <svg> must say xmlns="{SVG}"')


def _element_fault(name: str, attributes: dict[str, str], inside_left_out: bool) -> Fault | None:
    """Return what to say of an element of SVG or HTML that is not on the list of drawing elements."""
    low = name.lower()
    if low in REFUSED:
        return Fault(ACTIVE, f"has {REFUSED[low]}")
    if low in ANIMATIONS:
        return Fault(ACTIVE, f"has an animation ({shown(name, 30)[1:-1]})")
    if low in LOADERS:
        return _loader_fault(name, attributes)
    if name in DROPPED or inside_left_out:
        return None
    return Fault(ACTIVE, f"has an element that is not allowed: {shown(name, 30)}")


def _loader_fault(name: str, attributes: dict[str, str]) -> Fault:
    for key, value in attributes.items():
        namespace, attribute, _ = _parts(key)
        if attribute in ("href", "src") and namespace in ("", XLINK):
            fault = address_fault(value)
            if fault:
                return fault
    return Fault(ACTIVE, f"has an element that is not allowed: {shown(name, 30)}")
