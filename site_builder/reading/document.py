"""One authors' file as data, which still knows on which line each field stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from site_builder.problems import Problem, Severity
from site_builder.reading.decoding import decoded
from site_builder.reading.locations import Location, dotted
from site_builder.reading.strict_yaml import Parsed, compose, parse
from site_builder.text import Fault
from site_builder.text.characters import (
    character_fault,
    forbidden_character,
    forbidden_positions,
    hidden_in_name,
    is_faultless,
    is_unremarkable,
)
from site_builder.text.ids import id_fault


@dataclass(frozen=True)
class Document:
    """The fields of one file: ``path`` in the repository, parsed ``data``, and ``raw``, the bytes read.

    ``may_have_empty`` and ``may_have_addresses`` are False where it was seen, as the file was read, that no
    value is empty (None), and that no text holds ``https://``: then nobody walks through ``data`` for them.
    """

    path: str
    data: dict[str, object]
    raw: bytes
    may_have_empty: bool = field(default=True, repr=False, compare=False)
    may_have_addresses: bool = field(default=True, repr=False, compare=False)
    _tree: list[yaml.Node] = field(default_factory=list, repr=False, compare=False)

    def line_of(self, location: Location) -> int | None:
        """Return the line (from 1) of a field or item; of its nearest existing ancestor if it is missing.

        Lines cost another reading of the file, so they are looked up only when there is something to say.
        """
        if not self._tree:
            root = compose(self.raw.decode("utf-8-sig"))
            if root is None:
                return None
            self._tree.append(root)
        return _line_in(self._tree[0], location)

    def problem(
        self,
        location: Location,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """Return a problem of the field at ``location``, with its line and its name (``parts[0].level``)."""
        return Problem(
            path=self.path,
            code=code,
            message=message,
            line=self.line_of(location),
            hint=hint,
            field=dotted(location),
            severity=severity,
        )


def _line_in(root: yaml.Node, location: Location) -> int:
    node, line = root, root.start_mark.line + 1
    for step in location:
        found = _child(node, step)
        if found is None:
            break
        mark, node = found
        line = mark.start_mark.line + 1
    return line


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the node that marks the line of a field or item, and the node of its value."""
    if isinstance(node, yaml.MappingNode):
        return _fields(node).get(step)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _fields(node: yaml.MappingNode) -> dict[object, tuple[yaml.Node, yaml.Node]]:
    """Return the fields of a mapping by name, the first of each: a file may have a problem in every one."""
    found: dict[object, tuple[yaml.Node, yaml.Node]] | None = getattr(node, "fields_by_name", None)
    if found is None:
        found = {}
        for key, value in node.value:
            # A key that is a mapping or a list has no name.
            if isinstance(key.value, str):
                found.setdefault(key.value, (key, value))
        node.fields_by_name = found  # type: ignore[attr-defined]  # kept where it belongs
    return found


def read_document(path: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Return the file as a document, or None where it cannot be taken apart, and everything wrong with it.

    A document comes back beside problems of single values (a character, a date, a field given twice), so that
    the other fields of the same file are checked in the same run. Never raises for any bytes.
    """
    parsed = Parsed(path)
    text = decoded(parsed, raw)
    if text is None:
        return None, parsed.problems
    parsed = parse(path, text)
    if parsed.data is None:
        return None, parsed.problems
    if _is_worth_a_look(parsed, text):
        _check_characters(parsed, text)
    # Without a backslash, an escape, a text of YAML holds nothing that does not stand in the file as it is.
    may_have_addresses = "https://" in text or "\\" in text
    return Document(path, parsed.data, raw, parsed.may_have_empty, may_have_addresses), parsed.problems


def _is_worth_a_look(parsed: Parsed, text: str) -> bool:
    """Return False where a quick look shows that no part of a file has a fault of characters.

    What escapes have written is looked at in the values; they are all there if nothing was wrong so far.
    """
    if "\\" not in text:
        return not is_unremarkable(text)
    if parsed.problems or not is_faultless(text.replace("\r\n", "\n")):
        return True
    return not is_faultless("\n".join(_texts(parsed.data)))


def _texts(data: object) -> Iterator[str]:
    """Yield every text of a file, names of fields included, in any order."""
    todo = [data]
    while todo:
        found = todo.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            yield from found
            todo += found.values()
        elif isinstance(found, list):
            todo += found


def _check_characters(parsed: Parsed, text: str) -> None:
    """Note characters that may not be published, in values, names and comments, each at its own line."""
    root = compose(text)
    if root is None:
        return
    for scalar, location in _scalars(root, ()):
        fault = character_fault(scalar.value, multiline=True)
        if fault is not None:
            own = _line_within(scalar, text)
            named = id_fault(scalar.value) if location[-1:] == ("id",) and fault.is_error else None
            parsed.add_about(own, named or fault, location)
    told = {problem.line for problem in parsed.problems}
    for position in forbidden_positions(text, 0, len(text)):
        line = text.count("\n", 0, position) + 1
        fault = forbidden_character(text[position])
        if line not in told and fault is not None:
            told.add(line)
            parsed.add(line, Fault(fault.code, f"the line {fault.message}", fault.hint))


def _line_within(scalar: yaml.ScalarNode, text: str) -> int:
    """Return the line of the offending character itself where the text holds it literally."""
    start, end = scalar.start_mark.index, scalar.end_mark.index
    position = next(forbidden_positions(text, start, end), start)
    line: int = scalar.start_mark.line + 1 + text.count("\n", start, position)
    return line


def _scalars(node: yaml.Node, location: Location) -> Iterator[tuple[yaml.ScalarNode, Location]]:
    if isinstance(node, yaml.ScalarNode):
        yield node, location
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _scalars(item, (*location, index))
    else:
        for key, value in node.value:
            yield from _names(key, location)
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            yield from _scalars(value, (*location, name))


def _names(key: yaml.Node, location: Location) -> Iterator[tuple[yaml.ScalarNode, Location]]:
    """Yield the name of a field as a text, unless it was refused already for what it hides."""
    if isinstance(key, yaml.ScalarNode) and not hidden_in_name(key.value):
        yield key, (*location, key.value)
