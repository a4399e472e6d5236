"""The lines of a YAML file beside its nodes: where each entry begins and ends, comments apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from site_builder.reading.document import Document
from site_builder.reading.locations import Location
from site_builder.reading.strict_yaml import compose

_COMMENT = re.compile(r"\s*#.*")
_LIST_BEGINS = re.compile(r".*:\s*(?:#.*)?")
_BOM = b"\xef\xbb\xbf"


class Tree:
    """One file as lines and nodes. Lines count from 0; a change is made once, from the last line upwards."""

    def __init__(self, document: Document) -> None:
        self._has_bom = document.raw.startswith(_BOM)
        text = document.raw.decode("utf-8-sig")
        self._lines = text.split("\n")
        self._return = "\r" if self._lines[0].endswith("\r") else ""
        self._root = compose(text)

    def text(self) -> bytes:
        """Return the file as it is now."""
        return (_BOM if self._has_bom else b"") + "\n".join(self._lines).encode()

    def find(self, at: Location) -> yaml.Node | None:
        """Return the node at a location, or ``None`` where there is none."""
        node = self._root
        for step in at:
            node = _child(node, step)
        return node

    def is_flow(self, node: yaml.Node) -> bool:
        """Return True for a mapping or list written between brackets."""
        return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)

    def is_block_list(self, node: yaml.Node) -> bool:
        """Return True for a list with a dash before each entry."""
        return isinstance(node, yaml.SequenceNode) and not node.flow_style and bool(node.value)

    def column(self, node: yaml.Node) -> int:
        """Return the column in which the entries of a block mapping or list begin."""
        column: int = node.start_mark.column
        return column

    def begins(self, at: Location) -> tuple[int, int]:
        """Return the line and the column at which the value at a location begins; zeros where none is."""
        node = self.find(at)
        return (0, 0) if node is None else (node.start_mark.line, node.start_mark.column)

    def extent(self, at: Location) -> tuple[int, int]:
        """Return the first and the last line of a field or entry of a list."""
        owner, node = self.find(at[:-1]), self.find(at)
        if owner is None or node is None:
            raise KeyError(at)
        if isinstance(owner, yaml.MappingNode):
            key = next(key for key, _ in owner.value if key.value == at[-1])
            return key.start_mark.line, self.last_line(node)
        return self._dash(node), self.last_line(node)

    def last_line(self, node: yaml.Node) -> int:
        """Return the last line that belongs to a node: for a block, that of its last entry."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return max(self.last_line(part) for part in (last if isinstance(last, tuple) else (last,)))
        line: int = node.end_mark.line
        # A block scalar ends where the next token begins, after its line end and blank lines.
        while line > node.start_mark.line and (node.end_mark.column == 0 or not self._line(line).strip()):
            line -= 1
            if self._line(line).strip():
                break
        return line

    def last_with_comments(self, node: yaml.Node) -> int:
        """Return the last line of a block, or of the comments below it that its last entry holds."""
        return self._comments_below(self.last_line(node), self.column(node))

    def _comments_below(self, last: int, column: int) -> int:
        """Return the last line of the comments below that stand further in than ``column``, or ``last``."""
        found = line = last
        while line + 1 < len(self._lines):
            line += 1
            text = self._line(line)
            if text.strip() and not (_is_comment(text) and _indent(text) > column):
                break
            found = line if text.strip() else found
        return found

    def before(self, at: Location) -> str:
        """Return what stands before a field's name on its line: blanks, or the dash of its entry."""
        owner = self.find(at[:-1])
        if not isinstance(owner, yaml.MappingNode):
            raise KeyError(at)
        mark = next(key for key, _ in owner.value if key.value == at[-1]).start_mark
        return self._line(mark.line)[: mark.column]

    def stands_alone(self, first: int, last: int, at: Location) -> bool:
        """Return True where no other entry has a part in these lines."""
        owner = self.find(at[:-1])
        return owner is not None and not self.is_flow(owner) and first <= last

    def comment_behind(self, at: Location) -> str:
        """Return the comment at the end of a field's line, with the blanks before it, or nothing."""
        node = self.find(at)
        if node is None:
            return ""
        rest = self._line(node.end_mark.line)[node.end_mark.column :].rstrip("\r")
        return rest if _COMMENT.fullmatch(rest) else ""

    def insert_after(self, line: int, lines: Sequence[str]) -> None:
        """Put lines after this one; a file that ends without a line end is given one there."""
        if line == len(self._lines) - 1 and self._lines[line].strip():
            self._lines.append("")
            self._lines[line] += self._return
        self._lines[line + 1 : line + 1] = [new + self._return for new in lines]

    def replace(self, first: int, last: int, lines: Sequence[str]) -> None:
        """Put lines in the place of those from ``first`` to ``last``; the last line of a file gets an end."""
        if last == len(self._lines) - 1:
            self._lines.append("")
        self._lines[first : last + 1] = [new + self._return for new in lines]

    def insert_before_end(self, node: yaml.Node, text: str) -> None:
        """Put ``text`` as the last entry between the brackets of a flow mapping."""
        mark = node.end_mark
        line = self._lines[mark.line]
        before, after = line[: mark.column - 1].rstrip(), line[mark.column - 1 :]
        comma = ", " if node.value and not before.endswith(",") else " " if before.endswith(",") else ""
        self._lines[mark.line] = before + comma + text + after

    def remove(self, first: int, last: int) -> None:
        """Take lines away, with the comments directly above and inside, and one of two blank lines."""
        indent = _indent(self._line(first))
        # A comment that stands further in belongs to the entry above.
        while first > 0 and _is_comment(self._line(first - 1)) and _indent(self._line(first - 1)) <= indent:
            first -= 1
        last = self._comments_below(last, indent)
        blank_below = last + 2 < len(self._lines) and not self._line(last + 1).strip()
        above = self._line(first - 1) if first else ""
        if blank_below and (not above.strip() or _LIST_BEGINS.fullmatch(above)):
            last += 1
        del self._lines[first : last + 1]
        if not any(line.strip() for line in self._lines[first:]):
            self._end_after(first)

    def _end_after(self, line: int) -> None:
        """Let the file end before this line, with a line's end and no blank lines."""
        while line > 0 and not self._line(line - 1).strip():
            line -= 1
        self._lines[line:] = [""]

    def _dash(self, node: yaml.Node) -> int:
        """Return the line of the dash before an entry: that of the entry, unless it begins below its dash."""
        line: int = node.start_mark.line
        before = self._line(line)[: node.start_mark.column]
        while line > 0 and (_is_comment(before) or "-" not in before):
            line -= 1
            before = self._line(line)
        return line

    def _line(self, number: int) -> str:
        return self._lines[number] if number < len(self._lines) else ""


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
