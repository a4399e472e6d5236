"""Strict YAML: one mapping of plain data, or the reasons why not.

Text without a fault is read by :mod:`.flawless`; what stands here is for the rest. The C parser composes a
small tree; a builder of ours turns it into Python objects. Anchors, tags and directives cannot all be seen in
that tree, so text that might hold one is first read as a stream of events. Each reading stops at
:data:`DEEPEST`, before a bomb costs memory or C stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from site_builder.problems import Problem, Severity, shown
from site_builder.reading.flawless import flawless
from site_builder.reading.locations import Location, dotted, label
from site_builder.reading.scalars import key_fault, plain_value
from site_builder.reading.syntax import explain
from site_builder.text import Fault
from site_builder.text.characters import hidden_in_name

DEEPEST = 20
# More than anybody mends in one go; a bomb of mistakes must not become a bomb of messages.
_MANY = 200

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN, _TEXT, _COLLECTION = "plain", "text", "collection"
_INDICATOR = re.compile(r"(?:^|[\s\ufeff\[{,:?-])(?:[&*]\S|!)", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*%(?P<name>\S*)")


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Loader(_Base):  # type: ignore[misc]
    """Composes nodes whose tags only say plain, quoted or collection."""

    depth = 0

    def resolve(self, kind: type, value: object, implicit: tuple[bool, bool]) -> str:
        if kind is yaml.ScalarNode:
            return _PLAIN if implicit[0] else _TEXT
        return _COLLECTION

    def descend_resolver(self, parent: yaml.Node | None, index: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST + 1 and parent is not None:
            raise _TooDeepError(parent.start_mark.line + 1)

    def ascend_resolver(self) -> None:
        self.depth -= 1


@dataclass
class Parsed:
    """What a text gave: its fields, unless it could not be taken apart, and everything wrong with it.

    ``may_have_empty`` is False where it is known that no field was left empty.
    """

    path: str
    data: dict[str, object] | None = None
    problems: list[Problem] = field(default_factory=list)
    may_have_empty: bool = True

    def add(self, line: int | None, fault: Fault, location: Location = ()) -> None:
        """Note a fault whose message is a sentence of its own."""
        if len(self.problems) >= _MANY:
            return
        problem = Problem(
            path=self.path,
            code=fault.code,
            message=fault.message,
            line=line,
            hint=fault.hint,
            field=dotted(location),
            severity=fault.severity,
        )
        self.problems.append(problem)

    def add_about(self, line: int | None, fault: Fault, location: Location) -> None:
        """Note a fault of a field; the field's name comes before its message."""
        named = Fault(fault.code, f"{label(location)} {fault.message}", fault.hint, fault.severity)
        self.add(line, named, location)


def compose(text: str) -> yaml.Node | None:
    """Return the tree of a text that :func:`parse` has accepted, with a mark at each node."""
    loader = _Loader(text)
    try:
        return loader.get_single_node()  # type: ignore[no-any-return]
    finally:
        loader.dispose()


def parse(path: str, text: str) -> Parsed:
    """Return the mapping that ``text`` (already decoded, its characters checked) holds, and its problems."""
    if _DIRECTIVE.match(text) is None:
        quick = flawless(text, DEEPEST)
        if quick is not None:
            return Parsed(path, quick.data, may_have_empty=quick.has_empty)
    return parse_in_full(path, text)


def parse_in_full(path: str, text: str) -> Parsed:
    """Return what :func:`parse` returns, without a quick look first: by a tree that knows its lines."""
    parsed = Parsed(path)
    _refuse_directive(parsed, text)
    if _INDICATOR.search(text):
        _refuse_references(parsed, text)
    if parsed.problems:
        return parsed
    try:
        root = compose(text)
    except yaml.YAMLError as error:
        slip = explain(text, error)
        parsed.add(slip.line, slip.fault)
        return parsed
    except _TooDeepError as deep:
        parsed.add(deep.line, _TOO_DEEP)
        return parsed
    if root is None:
        parsed.add(1, Fault("empty-file", "the file has no content", "start with the field id"))
    elif not isinstance(root, yaml.MappingNode):
        _refuse_root(parsed, root)
    else:
        parsed.data = _Builder(parsed).mapping(root, ())
    return parsed


_TOO_DEEP = Fault("too-deep", "the file is nested too deeply", f"at most {DEEPEST} levels")
_ALIAS = Fault("alias-not-allowed", "anchors and aliases are not allowed", "write the text out, or quote it")
_TAG = Fault(
    "tag-not-allowed", "YAML tags are not allowed", "delete the tag, or quote text that starts with !"
)


def _refuse_root(parsed: Parsed, root: yaml.Node) -> None:
    if isinstance(root, yaml.ScalarNode) and root.tag == _PLAIN and plain_value(root.value) is None:
        parsed.add(1, Fault("empty-file", "the file has no content", "start with the field id"))
        return
    found = "a list" if isinstance(root, yaml.SequenceNode) else "text"
    message = f"the file must be a mapping of fields, found {found}"
    parsed.add(root.start_mark.line + 1, Fault("root-not-mapping", message, "write field: text on each line"))


def _refuse_directive(parsed: Parsed, text: str) -> None:
    match = _DIRECTIVE.match(text)
    if match is None:
        return
    line = text.count("\n", 0, match.start("name")) + 1
    if match["name"] in ("TAG", "YAML"):
        fault = Fault("tag-not-allowed", "YAML directives and tags are not allowed", "delete the line")
    else:
        fault = Fault(
            "yaml-syntax", "unknown YAML directive", "delete the line, or quote text that starts with %"
        )
    parsed.add(line, fault)


def _refuse_references(parsed: Parsed, text: str) -> None:
    """Note the first anchor or alias, the first tag and too deep nesting, from the stream of events."""
    depth = 0
    seen: set[str] = set()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            faults = [_TOO_DEEP] if depth > DEEPEST else _reference_faults(event)
            for fault in faults:
                if fault.code not in seen:
                    seen.add(fault.code)
                    parsed.add(_line(event), fault)
            if depth > DEEPEST:
                return
    except yaml.YAMLError as error:
        slip = explain(text, error)
        if slip.fault.code not in seen:
            parsed.add(slip.line, slip.fault)


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None


def _reference_faults(event: yaml.Event) -> list[Fault]:
    faults = [_ALIAS] if getattr(event, "anchor", None) is not None else []
    if getattr(event, "tag", None) is not None:
        faults.append(_TAG)
    return faults


class _Builder:
    """Turns nodes into data; a faulty value stays in it as text, so that its field is not missed too."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed

    def mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, object]:
        fields: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._note(key, Fault("bad-key", "field names must be text", "write field: text"), location)
                continue
            name: str = key.value
            fault = key_fault(name, plain=key.tag is _PLAIN) or _name_fault(name)
            if fault is None and name in fields:
                hint = "keep one of the two"
                fault = Fault("duplicate-key", f"field {shown(name, 40)} is given twice", hint)
            if fault is not None:
                self._note(key, fault, (*location, name))
                continue
            fields[name] = self._value(value, (*location, name))
        return fields

    def _value(self, node: yaml.Node, location: Location) -> object:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, location) if node.tag is _PLAIN else node.value
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, location)
        return [self._value(item, (*location, index)) for index, item in enumerate(node.value)]

    def _scalar(self, node: yaml.ScalarNode, location: Location) -> object:
        value = plain_value(node.value)
        if not isinstance(value, Fault):
            return value
        self._parsed.add_about(node.start_mark.line + 1, value, location)
        return node.value

    def _note(self, node: yaml.Node, fault: Fault, location: Location) -> None:
        self._parsed.add(node.start_mark.line + 1, fault, location)


def _name_fault(name: str) -> Fault | None:
    hidden = None if name.isascii() else hidden_in_name(name)
    if hidden is None:
        return None
    message = f"unknown field (it has an invisible character U+{ord(hidden):04X})"
    return Fault("unknown-field", message, "type the field's name again", Severity.ERROR)
