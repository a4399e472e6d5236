"""Lines with holes come in the order of their texts, whatever stands in the holes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.proof.templates import Template, fixed_text, template, writer

PIECES = st.text('ab<>_: !"~é😀', max_size=3) | st.integers(0, 3)
LINES = st.lists(
    st.lists(PIECES, max_size=5).map(lambda pieces: template([*pieces, "\n"])), max_size=7, unique=True
)
VALUES = st.lists(st.text("ab> !0é\uff5e😀", max_size=3), min_size=4, max_size=4)


def plain(line: Template, values: list[str]) -> str:
    return "".join(values[piece] if isinstance(piece, int) else piece.decode() for piece in line)


@given(LINES, VALUES)
@example([(0, b"a\n"), (0, b"b", 1, b"\n"), (0, b"b\n")], ["", "", "", ""])
@example([(b"a", 0, b">\n"), (b"a", 1, b">\n"), (b"a-\n",)], ["b", "b-", "", ""])
@example([(b"x", 0, b" .\n"), (b"x", 1, b" .\n"), (b"x", 2, b" .\n")], ["1", "10", "2", ""])
@example([(b"100%s\n",), (b"100%", 0, b"\n")], ["%d", "", "", ""])
def test_lines_are_filled_and_sorted(lines: list[Template], values: list[str]) -> None:
    written = writer(lines)([value.encode() for value in values])
    assert written.decode() == "".join(sorted(plain(line, values) for line in lines))


@given(st.lists(PIECES))
def test_texts_never_stand_side_by_side(pieces: list[str | int]) -> None:
    made = template(pieces)
    assert plain(made, list("abcd")) == "".join(
        "abcd"[piece] if isinstance(piece, int) else piece for piece in pieces
    )
    assert not any(isinstance(a, bytes) and isinstance(b, bytes) for a, b in pairwise(made))


def test_a_template_without_holes_is_text() -> None:
    assert fixed_text(template(["a", "b"])) == b"ab"
    assert fixed_text(()) == b""
    assert fixed_text((b"a", 1)) is None
    assert fixed_text((1,)) is None
