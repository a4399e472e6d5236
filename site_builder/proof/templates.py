"""Lines of text with holes, and the quickest way to write many of them in order.

A template is text and holes in turn; a hole is the index of a value in a list given later. Lines are sorted
by code point, as RDFC-1.0 sorts N-Quads. Most of that order is known beforehand: two lines are told apart by
their fixed text before the first hole, unless one line's text up to there starts the other. Only lines of
such a run are sorted when the values are known.

All of it is UTF-8, whose order is that of the code points: it is what is hashed, and one letter beyond
Latin-1 makes a text of Python's two to four times as long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

__all__ = ["Template", "Write", "fixed_text", "template", "writer"]

Template = tuple[bytes | int, ...]
"""Text and holes; texts never stand side by side."""

Write = Callable[[Sequence[bytes]], bytes]
"""Given the values of all holes, returns the text."""


def template(pieces: Iterable[str | bytes | int]) -> Template:
    """Return the template of ``pieces`` in their order."""
    joined: list[bytes | int] = []
    for piece in pieces:
        new = piece.encode("utf-8") if isinstance(piece, str) else piece
        last = joined[-1] if joined else None
        if isinstance(new, bytes) and isinstance(last, bytes):
            joined[-1] = last + new
        else:
            joined.append(new)
    return tuple(joined)


def fixed_text(pieces: Template) -> bytes | None:
    """Return the text of a template without holes; None for one with holes."""
    if not pieces:
        return b""
    return pieces[0] if len(pieces) == 1 and isinstance(pieces[0], bytes) else None


def writer(lines: Iterable[Template]) -> Write:
    """Return what writes the distinct ``lines`` in order of code points; each ends with its only LF."""
    found = list(lines)
    parts: list[Template | Write] = []
    for run in _runs(found, _shared_start(found)):
        parts.append(run[0] if len(run) == 1 else _sorted_run(run))
    return _in_turn(parts)


def _in_turn(parts: Sequence[Template | Write]) -> Write:
    """Return what writes each part after the one before; templates side by side become one."""
    writes: list[Write] = []
    pieces: list[bytes | int] = []
    for part in parts:
        if not callable(part):
            pieces += part
            continue
        writes += [_filler(template(pieces)), part] if pieces else [part]
        pieces = []
    if pieces or not writes:
        writes.append(_filler(template(pieces)))
    if len(writes) == 1:
        return writes[0]
    return lambda values: b"".join([write(values) for write in writes])


def _shared_start(lines: Sequence[Template]) -> int:
    """Return how many pieces, the same in all lines and the last of them a hole, all lines start with."""
    shared = 0
    for length, pieces in enumerate(zip(*lines, strict=False), start=1):
        if any(piece != pieces[0] for piece in pieces):
            break
        if isinstance(pieces[0], int):
            shared = length
    return shared


def _runs(lines: Sequence[Template], shared: int) -> list[list[Template]]:
    """Return the lines in order, as runs: the order within a run depends on the values."""
    runs: list[list[Template]] = []
    start: bytes | None = None  # what a line must start with to be of the run
    for text, line in sorted(((_until_hole(line[shared:]), line) for line in lines), key=itemgetter(0)):
        if start is None or not text.startswith(start):
            runs.append([])
            start = text if len(line) > shared + 1 else None
        runs[-1].append(line)
    return runs


def _until_hole(pieces: Template) -> bytes:
    return pieces[0] if pieces and isinstance(pieces[0], bytes) else b""


def _sorted_run(lines: Sequence[Template]) -> Write:
    """Return what writes lines whose order depends on the values."""
    start, end = lines[0][:-2], lines[0][-1]
    holes = [line[-2] for line in lines if len(line) > 1 and line == (*start, line[-2], end)]
    numbers = [hole for hole in holes if isinstance(hole, int)]
    if isinstance(end, bytes) and len(numbers) == len(lines):
        return _uniform(start, numbers, end)
    writes = [_filler(line) for line in lines]
    return lambda values: b"".join(sorted([write(values) for write in writes]))


def _uniform(start: Template, holes: Sequence[int], end: bytes) -> Write:
    """Return what writes lines that differ in their last hole only, as lines of many values do."""
    pick, begin = itemgetter(*holes), _filler(start)

    def write(values: Sequence[bytes]) -> bytes:
        ends = sorted([value + end for value in pick(values)])
        return begin(values).join([b"", *ends])

    return write


def _filler(pieces: Template) -> Write:
    """Return what writes one template, as quickly as can be: this is where the time goes.

    One hole may be repeated in every line; the text between two others is joined by its value.
    """
    text = fixed_text(pieces)
    if text is not None:
        return lambda values: text
    common = Counter(piece for piece in pieces if isinstance(piece, int)).most_common(1)[0][0]
    others = [piece for piece in pieces if isinstance(piece, int) and piece != common]
    stretches = _stretches(pieces, common)
    if not others:
        only = stretches[0]
        return lambda values: values[common].join(only)
    if len(others) == 1:
        (other,), (before, after) = others, stretches
        return lambda values: b"".join(
            (values[common].join(before), values[other], values[common].join(after))
        )
    pick = itemgetter(*others)

    def write(values: Sequence[bytes]) -> bytes:
        written = [b""] * (2 * len(others) + 1)
        written[1::2] = pick(values)
        written[::2] = map(values[common].join, stretches)
        return b"".join(written)

    return write


def _stretches(pieces: Template, common: int) -> list[list[bytes]]:
    """Return the texts between other holes than ``common``, each as the list that ``common`` joins."""
    stretches: list[list[bytes]] = [[b""]]
    for piece in pieces:
        if piece == common:
            stretches[-1].append(b"")
        elif isinstance(piece, int):
            stretches.append([b""])
        else:
            stretches[-1][-1] = piece
    return stretches
