"""Frames: a text is taken apart at its marks, and put together again with values."""

from __future__ import annotations

import pytest

from site_builder.exports.frames import Recent, Unfit, encoded, framed, mark


def test_a_frame_is_filled_in_every_place_of_a_slot() -> None:
    frame = framed(f"{mark(1)} and {mark(0)}, {mark(1)}!", {0, 1})
    assert frame.fill(["left", "right"]) == "right and left, right!"
    assert frame.fill(["", mark(0)]) == f"{mark(0)} and , {mark(0)}!"
    assert encoded(frame).fill([b"1", "é".encode()]) == "é and 1, é!".encode()
    assert framed("no slot", ()).fill([]) == "no slot"


@pytest.mark.parametrize("text", [mark(0), mark(0) + mark(2), mark(0) + mark(1) + "\x02", "\x03", ""])
def test_a_text_without_exactly_its_marks_is_no_frame(text: str) -> None:
    with pytest.raises(Unfit):
        framed(text, {0, 1})


def test_only_what_was_asked_for_last_is_kept() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    recent: Recent[str, str] = Recent(2, make)
    assert [recent.get(key, key) for key in "abacab"] == list("ABACAB")
    assert "".join(made) == "abcb"
