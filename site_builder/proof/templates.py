"""Lines of text with holes, and the quickest way to write many of them in order.

A template is text and holes in turn; a hole is the index of a value in a list given later. Lines are sorted
by code point, as RDFC-1.0 sorts N-Quads. Most of that order is known beforehand: two lines are told apart by
their fixed text before the first hole, unless one line's text up to there starts the other. Only lines of
such a run are sorted when the values are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

__all__ = ["Template", "Write", "fixed_text", "template", "writer"]

Template = tuple[str | int, ...]
"""Text and holes; texts never stand side by side."""

Write = Callable[[Sequence[str]], str]
"""Given the values of all holes, returns the text."""


def template(pieces: Iterable[str | int]) -> Template:
    """Return the template of ``pieces`` in their order."""
    joined: list[str | int] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, str) and isinstance(last, str):
            joined[-1] = last + piece
        else:
            joined.append(piece)
    return tuple(joined)


def fixed_text(pieces: Template) -> str | None:
    """Return the text of a template without holes; None for one with holes."""
    if not pieces:
        return ""
    return pieces[0] if len(pieces) == 1 and isinstance(pieces[0], str) else None


def writer(lines: Iterable[Template], digits: range = range(0)) -> Write:
    """Return what writes the distinct ``lines`` in order of code points.

    Each line ends with the only LF in it. Holes in ``digits`` will hold decimal digits, and text after them
    starts with a sign that is none.
    """
    found = list(lines)
    shared = _shared_start(found)
    writes: list[Write] = []
    steady: list[str | int] = []
    for run in _runs(found, shared):
        if len(run) == 1:
            steady += run[0]
            continue
        writes += [_filler(template(steady))] if steady else []
        writes.append(_sorter(run, digits))
        steady = []
    writes += [_filler(template(steady))] if steady or not writes else []
    return writes[0] if len(writes) == 1 else _in_turn(writes)


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
    start: str | None = None  # what a line must start with to be of the run
    for text, line in sorted(((_until_hole(line[shared:]), line) for line in lines), key=itemgetter(0)):
        if start is None or not text.startswith(start):
            runs.append([])
            start = text if len(line) > shared + 1 else None
        runs[-1].append(line)
    return runs


def _until_hole(pieces: Template) -> str:
    return pieces[0] if pieces and isinstance(pieces[0], str) else ""


def _filler(pieces: Template) -> Write:
    """Return what writes one template."""
    text = fixed_text(pieces)
    if text is not None:
        return lambda values: text
    holes = [piece for piece in pieces if isinstance(piece, int)]
    if len(set(holes)) == 1:
        return _joiner(pieces, holes[0])
    form = "".join("%s" if isinstance(piece, int) else piece.replace("%", "%%") for piece in pieces)
    pick = itemgetter(*holes)
    return lambda values: form % pick(values)


def _joiner(pieces: Template, hole: int) -> Write:
    """Return what writes a template with one hole, maybe repeated: one join, quicker than a format."""
    parts: list[str] = [""]
    for piece in pieces:
        if isinstance(piece, int):
            parts.append("")
        else:
            parts[-1] = piece
    return lambda values: values[hole].join(parts)


def _sorter(lines: Sequence[Template], digits: range) -> Write:
    """Return what writes lines whose order depends on the values."""
    uniform = _uniform(lines, digits)
    if uniform is not None:
        return uniform
    writes = [_filler(line) for line in lines]
    return lambda values: "".join(sorted([write(values) for write in writes]))


def _uniform(lines: Sequence[Template], digits: range) -> Write | None:
    """Return what writes lines that differ in one hole for digits; None for other lines.

    What follows digits is smaller than they are (a space), so digits alone give the order of the lines.
    """
    last = len(lines[0]) - 2
    if last < 0 or any(len(line) != last + 2 for line in lines):
        return None
    varying = [line[last] for line in lines]
    if any(hole not in digits for hole in varying):
        return None
    if len({(line[:last], line[last + 1 :]) for line in lines}) > 1 or not str(lines[0][-1]).startswith(" "):
        return None
    pick = itemgetter(*varying)
    before, after = _filler(lines[0][:last]), str(lines[0][-1])

    def write(values: Sequence[str]) -> str:
        start = before(values)
        return f"{start}{f'{after}{start}'.join(sorted(pick(values)))}{after}"

    return write


def _in_turn(writes: Sequence[Write]) -> Write:
    return lambda values: "".join([write(values) for write in writes])
