"""Edits of a YAML file that touch only the lines that change: order, comments and blank lines stay.

Each edit is read back, and compared with the same change made on the data. What an author wrote in a form
that cannot be changed so is refused (:class:`CannotEdit`), never guessed at.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from site_builder.editing.scalars import Value, block, flow
from site_builder.editing.tree import Tree
from site_builder.problems import Problem
from site_builder.reading.document import Document, read_document
from site_builder.reading.locations import Location, dotted

Fields = Mapping[str, Value]
"""What is to stand in a mapping, by name."""


class CannotEdit(Exception):  # noqa: N818 - it says what happened
    """A file cannot be changed line by line; ``problem`` says where, and what its author can do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def with_fields(document: Document, at: Location, fields: Fields) -> bytes:
    """Return the file with ``fields`` in the mapping at ``at``: replaced where they stand, else at its end.

    Raises :class:`CannotEdit`.
    """
    return with_fields_at(document, {at: fields})


def with_fields_at(document: Document, changes: Mapping[Location, Fields]) -> bytes:
    """Return the file with other fields in several of its mappings, none of which lies in another.

    The file is taken apart once for the first field of all, once for the second, and so on. Raises
    :class:`CannotEdit`.
    """
    raw = document.raw
    for number in range(max(map(len, changes.values()), default=0)):
        named = {at: list(fields.items())[number] for at, fields in changes.items() if number < len(fields)}
        raw = _with_one_field_each(_read(document.path, raw), named)
    return raw


def with_items(document: Document, at: Location, items: Sequence[Value]) -> bytes:
    """Return the file with ``items`` at the end of the list at ``at``, which is made where it is missing.

    Raises :class:`CannotEdit`.
    """
    expected = copy.deepcopy(document.data)
    owner = _at(expected, at[:-1])
    owner[at[-1]] = [*(owner.get(at[-1]) or []), *_plain(items)]
    tree = Tree(document)
    node = tree.find(at)
    if node is None or not tree.is_block_list(node):
        if node is not None and _at(document.data, at):
            raise _refuse(document, at, "is a list on one line")
        return _with_field(document, at[:-1], str(at[-1]), list(items))
    tree.insert_after(tree.last_with_comments(node), block(list(items), tree.column(node)))
    return _checked(document, tree.text(), expected, at)


def without(document: Document, *entries: Location) -> bytes:
    """Return the file without these entries of one list, and without the comments that stand above them.

    The last entry takes the whole list with it. Raises :class:`CannotEdit`.
    """
    expected = copy.deepcopy(document.data)
    places = sorted(set(entries), reverse=True)
    for at in places:
        del _at(expected, at[:-1])[at[-1]]
    if not _at(expected, places[0][:-1]):
        places = [places[0][:-1]]
        del _at(expected, places[0][:-1])[places[0][-1]]
    tree = Tree(document)
    for at in places:
        first, last = tree.extent(at)
        if not tree.stands_alone(first, last, at):
            raise _refuse(document, at, "shares a line with another")
        tree.remove(first, last)
    return _checked(document, tree.text(), expected, places[-1])


def _with_field(document: Document, at: Location, name: str, value: Value) -> bytes:
    return _with_one_field_each(document, {at: (name, value)})


def _with_one_field_each(document: Document, changes: Mapping[Location, tuple[str, Value]]) -> bytes:
    expected = copy.deepcopy(document.data)
    for at, (name, value) in changes.items():
        _at(expected, at)[name] = _plain(value)
    tree = Tree(document)
    for at in sorted(changes, key=tree.begins, reverse=True):
        _put_field(document, tree, at, *changes[at])
    at, (name, _) = next(iter(changes.items()))
    return _checked(document, tree.text(), expected, (*at, name))


def _put_field(document: Document, tree: Tree, at: Location, name: str, value: Value) -> None:
    owner = tree.find(at)
    if owner is None:
        raise _refuse(document, at, "is not there")
    if tree.is_flow(owner):
        if name in _at(document.data, at):
            raise _refuse(document, (*at, name), "stands in a mapping on one line")
        tree.insert_before_end(owner, f"{name}: {flow(value)}")
    elif name in _at(document.data, at):
        first, last = tree.extent((*at, name))
        comment = tree.comment_behind((*at, name)) if first == last else ""
        lines = block({name: value}, tree.column(owner))
        lines[0] = tree.before((*at, name)) + lines[0].lstrip(" ")
        tree.replace(first, last, [lines[0] + comment, *lines[1:]])
    else:
        lines = block({name: value}, tree.column(owner))
        # A list of the whole file stands apart, as authors write them.
        apart = [""] if not at and len(lines) > 1 else []
        tree.insert_after(tree.last_with_comments(owner), [*apart, *lines])


def _checked(document: Document, raw: bytes, expected: dict[str, object], at: Location) -> bytes:
    """Return the changed file, having read it back: it must hold the change and nothing else.

    Whether the values are good ones is another question, which is asked of the repository as a whole.
    """
    found, _ = read_document(document.path, raw)
    if found is None or found.data != expected:
        raise _refuse(document, at, "has a form that cannot be changed line by line")
    return raw


def _read(path: str, raw: bytes) -> Document:
    document, problems = read_document(path, raw)
    if document is None:
        raise CannotEdit(problems[0])
    return document


def _refuse(document: Document, at: Location, why: str) -> CannotEdit:
    hint = "write it as a block, each field on a line of its own, and try again"
    return CannotEdit(document.problem(at, "cannot-edit", f"{dotted(at) or 'the file'} {why}", hint))


def _at(data: Any, location: Location) -> Any:
    for step in location:
        data = data[step]
    return data


def _plain(value: Any) -> Any:
    """Return the value as a reader of the file gets it."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value
