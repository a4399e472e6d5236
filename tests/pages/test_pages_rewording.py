"""Two wordings side by side: what went and what came is marked, and nothing becomes HTML."""

from __future__ import annotations

import pytest

from site_builder.pages.rewording import reworded
from tests.pages.html import read_html
from tests.pages.sample import HOSTILE


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            "Redraw one chart, and test it.",
            "Redraw three charts, and test it.",
            (
                "<p>Redraw <del>one chart,</del> and test it.</p>",
                "<p>Redraw <ins>three charts,</ins> and test it.</p>",
            ),
        ),
        (
            "Two weeks online.",
            "Two weeks online.\n\nOne day on site.",
            ("<p>Two weeks online.</p>", "<p>Two weeks online.</p><p><ins>One day on site.</ins></p>"),
        ),
        ("Ask first.", "Answer at once.", ("<p>Ask first.</p>", "<p>Answer at once.</p>")),
        ("One\ntwo  three", "One two three", ("<p>One two three</p>", "<p>One two three</p>")),
    ],
    ids=["words", "paragraph", "another text", "spaces"],
)
def test_what_went_and_what_came(before: str, after: str, shown: tuple[str, str]) -> None:
    assert reworded(before, after) == shown


def test_hostile_words_are_only_text() -> None:
    for html in reworded(f"Read {HOSTILE} aloud", f"Read {HOSTILE} aloud <b>twice</b>"):
        tree = read_html(html)
        assert tree.faults == []
        assert {tag.name for tag in tree.tags} <= {"p", "ins", "del"}
        assert HOSTILE.split()[0] in tree.text
