"""Cards are drawn once: the next build takes over what still fits, and draws the rest."""

from __future__ import annotations

import pytest

from site_builder.executors import workers
from site_builder.pages.cards import Drawing
from site_builder.publishing import drawing as room
from site_builder.publishing.drawing import drawn


def _drawing(number: int) -> Drawing:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="{number}"/></svg>'
    return Drawing(f"assets/cards/{number}.png", svg, 9, 9)


ALL = [_drawing(number) for number in range(1, 5)]
FIRST = {item.path: item.data for item in drawn(ALL, lambda path: b"")}


def test_what_still_fits_is_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "png_of", lambda *words: pytest.fail("it was drawn again"))
    assert {item.path: item.data for item in drawn(ALL, FIRST.__getitem__)} == FIRST


def test_what_changed_or_was_damaged_is_drawn_anew() -> None:
    old = {**FIRST, ALL[0].path: FIRST[ALL[1].path], ALL[2].path: FIRST[ALL[2].path][:-1]}
    assert {item.path: item.data for item in drawn(ALL, old.__getitem__)} == FIRST


def test_many_are_drawn_by_several_processes_to_the_same_bytes() -> None:
    with workers("local:2", 2) as executor:
        assert {item.path: item.data for item in drawn(ALL, lambda path: b"", executor)} == FIRST
