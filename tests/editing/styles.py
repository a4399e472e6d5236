"""Award files as authors may write them: the same data in many styles, and whose each line is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from site_builder.editing.scalars import scalar

Draw = Any
Owned = tuple[int | None, str]
"""Which award a line belongs to (its index), or ``None``; and the line without its end."""

TEXTS = ("Plain words", "a: b", "it's # not a comment", "- dash", "{brace", "yes", "1.0", "é ü 漢", "x" * 90)
NOTES = ("# note", "#note - with a dash", "# key: value", "# 'quoted", "# [1, {2")


@dataclass(frozen=True)
class Written:
    """A file in some style: its bytes, the data that it holds, and the award of each of its lines."""

    raw: bytes
    data: Mapping[str, Any]
    owners: tuple[int | None, ...]
    flow: frozenset[int]
    """The awards that stand between brackets, on one line."""

    @property
    def lines(self) -> list[bytes]:
        """The lines without their ends, and without the mark at the file's beginning."""
        return [line.rstrip(b"\r") for line in self.raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")]


@st.composite
def award_files(draw: Draw) -> Written:
    """Return an award file with one to four awards; none of their lists is on one line."""
    awards = [_award(draw, number) for number in range(draw(st.integers(1, 4)))]
    data: dict[str, Any] = {"credential": "charts", "version": "1.0"}
    data["evidence"] = [{"name": draw(st.sampled_from(TEXTS))}]
    tail = {"note": draw(st.sampled_from(TEXTS))} if draw(st.booleans()) else {}
    lines: list[Owned] = [(None, line) for line in _head(draw, data)]
    lines += [(None, f"awards:{_behind(draw)}")]
    dash = draw(st.sampled_from((0, 2, 4)))
    flow: set[int] = set()
    for number, award in enumerate(awards):
        if draw(st.integers(0, 5)) == 0:
            flow.add(number)
        lines += [(number, line) for line in _entry(draw, award, dash, is_flow=number in flow)]
        lines += [(None, "")] * draw(st.integers(0, 2))
    lines += [(None, line) for name, value in tail.items() for line in _field(draw, name, value, 0)]
    data = {**data, "awards": awards, **tail}
    end = draw(st.sampled_from(("\n", "\r\n")))
    # A text of several lines that the file's end cuts off is another text: see test_editing_edits.
    if draw(st.booleans()) or any("|" in line for _, line in lines[-4:]):
        lines.append((None, ""))
    text = end.join(line for _, line in lines)
    raw = (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()
    return Written(raw, data, tuple(owner for owner, _ in lines), frozenset(flow))


def _award(draw: Draw, number: int) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": f"{number}1111111-1111-4111-8111-111111111111",
        "status_index": number,
        "commitments": {"email": "sha256$" + "a" * 64},
        "results": {"score": 80 + number, "level": "advanced"},
        "parts": ["one", "two"],
        "narrative": draw(st.sampled_from((*TEXTS, "Two\nlines\n", "Kept\n\nthree\n", "no end\nhere"))),
    }
    names = draw(st.permutations(sorted(fields)))
    return {name: fields[name] for name in names[: draw(st.integers(1, len(names)))]}


def _head(draw: Draw, data: Mapping[str, Any]) -> list[str]:
    lines = ["# yaml-language-server: $schema=award.json"] if draw(st.booleans()) else []
    for name, value in data.items():
        lines += _field(draw, name, value, 0)
        lines += draw(st.sampled_from(([], [""], ["", "# of all", ""])))
    return lines


def _entry(draw: Draw, award: Mapping[str, Any], dash: int, *, is_flow: bool) -> list[str]:
    """Return the lines of one award, its comments above and inside with it."""
    above = [" " * dash + draw(st.sampled_from(NOTES))] if draw(st.booleans()) else []
    if is_flow:
        return [*above, " " * dash + "- " + _flow(award) + _behind(draw)]
    inner = dash + draw(st.sampled_from((2, 4)))
    lines = [line for name, value in award.items() for line in _field(draw, name, value, inner)]
    if draw(st.integers(0, 3)) == 0:
        return [*above, " " * dash + "-", *lines, *_inside(draw, inner)]
    first = " " * dash + "-" + lines[0][dash + 1 :]
    return [*above, first, *lines[1:], *_inside(draw, inner)]


def _inside(draw: Draw, inner: int) -> list[str]:
    lines: list[str] = draw(st.sampled_from(([], [" " * inner + "# inside"], ["", " " * inner + "# inside"])))
    return lines


def _behind(draw: Draw) -> str:
    comment: str = draw(st.sampled_from(("", "", "  # behind", " #behind: x")))
    return comment


def _field(draw: Draw, name: str, value: Any, indent: int) -> list[str]:
    pad = " " * indent
    if isinstance(value, str):
        return [pad + line for line in _text(draw, name, value)]
    if not isinstance(value, Mapping | list):
        return [f"{pad}{name}: {value}{_behind(draw)}"]
    if draw(st.booleans()):
        return [f"{pad}{name}: {_flow(value)}{_behind(draw)}"]
    below = pad + " " * draw(st.sampled_from((0, 2, 4) if isinstance(value, list) else (2, 4)))
    if isinstance(value, Mapping):
        inner = [line for key, one in value.items() for line in _field(draw, key, one, 0)]
    else:
        inner = ["- " + (_flow(one) if isinstance(one, Mapping) else scalar(one)) for one in value]
    return [f"{pad}{name}:{_behind(draw)}", *(below + line for line in inner)]


def _text(draw: Draw, name: str, value: str) -> list[str]:
    if "\n" in value:
        sign = "|" if value.endswith("\n") else "|-"
        body = ["  " + line if line else "" for line in value.removesuffix("\n").split("\n")]
        return [f"{name}: {sign}", *body]
    kind = draw(st.sampled_from(("double", "single", "folded", "two lines")))
    if kind == "single":
        return [f"{name}: '" + value.replace("'", "''") + "'" + _behind(draw)]
    if kind == "folded":
        return [f"{name}: >-{_behind(draw)}", "    " + value]
    if kind == "two lines" and value.startswith("Plain"):
        return [f"{name}: Plain", "    words" + _behind(draw)]
    return [f"{name}: {scalar(value)}{_behind(draw)}"]


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return '"' + value.replace("\n", "\\n") + '"' if isinstance(value, str) else str(value)
