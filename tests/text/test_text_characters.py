from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problems import Severity
from site_builder.text import characters
from site_builder.text.characters import beyond_ascii, character_fault, conflict_line, is_unremarkable


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("a\x1bb", "bad-character", "has a control character (U+001B)"),
        ("a\x85b", "bad-character", "has a control character (U+0085)"),
        ("a\rb", "bad-character", "has a control character (U+000D)"),
        ("a\u2028b", "bad-character", "has a line separator (U+2028)"),
        ("a\u200bb", "bad-character", "has an invisible character (U+200B)"),
        ("ad\u200dmin", "bad-character", "has an invisible character (U+200D)"),
        ("x\U000e0041", "bad-character", "has an invisible character (U+E0041)"),
        ("x\ufffey", "bad-character", "has a character that cannot be published (U+FFFE)"),
        ("x\ud800y", "bad-character", "has a character that cannot be published (U+D800)"),
        ("x\U0010ffff", "bad-character", "has a character that cannot be published (U+10FFFF)"),
        ("a\u202eb", "bidi-control", "has a bidirectional control character (U+202E)"),
        ("a\u2067b", "bidi-control", "has a bidirectional control character (U+2067)"),
        ("a\u200fb", "bidi-control", "has a bidirectional control character (U+200F)"),
        ("a\nb", "bad-character", "must be one line"),
        ("a\tb", "bad-character", "has a tab (U+0009)"),
    ],
)
def test_a_character_that_cannot_be_published_is_named(text: str, code: str, message: str) -> None:
    fault = character_fault(text, multiline=False)
    assert fault is not None
    assert (fault.code, fault.message, fault.severity) == (code, message, Severity.ERROR)


def test_several_lines_may_hold_line_breaks_and_tabs() -> None:
    assert character_fault("a\n\tb", multiline=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "São Paulo",
        "ÂGE",
        "naïve",
        "«DÉJÀ»",
        "“MAÇÔ",
        "“là”…",
        "CAFÉ™",
        "Đâu có",
        "TÂM LÝ HỌC ĐẠI CƯƠNG",
        "À…",
        "10 °C",
        "Zoë Ångström 李小龍 محمد علي Ωμέγα Жанна 🎓",
        "می‌خواهم",
        "👨‍👩‍👧",
        "क्‍ष",
        "Ã, Â, À",
        "IRMÔ, disse",
        "voilà – ici",
    ],
)
def test_good_text_of_many_languages_passes(text: str) -> None:
    assert character_fault(text, multiline=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "CafÃ©",
        "donâ€™t",
        "Ã–sterreich",
        "MÃ¼nchen",
        "Å‚Ã³dÅº",
        "ÐŸÑ€Ð¸Ð²ÐµÑ‚",
        "Î±Î²Î³",
        "ðŸŽ“",
        "Â£20",
        "ä¸­æ–‡",
        "lost \ufffd",
    ],
)
def test_text_that_was_decoded_wrongly_is_warned_of(text: str) -> None:
    fault = character_fault(text, multiline=False)
    assert fault is not None
    assert (fault.code, fault.severity) == ("suspicious-text", Severity.WARNING)
    assert fault.message.startswith("looks damaged")


def test_conflict_markers_are_found_and_a_row_of_signs_alone_is_not() -> None:
    text = "Old\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> branch"
    fault = character_fault(text, multiline=True)
    assert fault is not None
    assert (fault.code, fault.message) == ("merge-conflict", "has unresolved merge conflict markers")
    assert conflict_line(text) == 2
    assert character_fault("Title\n=======\ntext", multiline=True) is None


@given(st.text())
def test_no_text_raises_and_no_accepted_text_holds_a_control(text: str) -> None:
    if character_fault(text, multiline=True) is None:
        assert not any((ord(char) < 32 and char not in "\n\t") or 0x7F <= ord(char) < 0xA0 for char in text)
        text.encode("utf-8")


_TELLING = (
    "aAzZßÿé09 \t\n\r.,;:!?'\"-\\<>|=#\x00\x1b\x7f\x80\x85\x9f\xa0\xad©®°·ª²¼»’“”…–—™€ÂÃÄÅÎÏÐÑ×ØÙÚÛ"
    "àâãïðŸœ\u0441\u0430م中"
    "\u061c\u180e\u200b\u200c\u200d\u200e\u2028\u202e\u2060\u2066\u3164\ufeff\uffa0\ufdd0\ufffd\ufffe\ue000\ud800"
    "\U0001d173\U000e0041\U000e0100\U0010ffff🎓"
)  # fmt: skip
_PHRASES = ("<<<<<<< ", ">>>>>>>", "|||||||\t", "Ã©", "â€™", "ÐŸ", "qualité", "« À »", "می‌خواهم", "voilà – ")
_TEXTS = st.lists(st.sampled_from([*_TELLING, *_PHRASES]) | st.characters(), max_size=12).map("".join)


@given(_TEXTS, st.booleans())
def test_the_quick_look_at_characters_tells_what_the_full_one_does(text: str, multiline: bool) -> None:
    assert character_fault(text, multiline=multiline) == characters._fault_in_full(text, multiline=multiline)


@given(_TEXTS)
def test_the_runs_beyond_ascii_hold_every_such_character(text: str) -> None:
    runs = set(beyond_ascii(text).split("\n")) - {""}
    assert runs == set(re.findall("[^\x00-\x7f]+", text))


@pytest.mark.parametrize(
    "text", ["An oral examination", "« Évaluation à l’oral »", "Prüfung, ñandú", "تقييم", "评估"]
)
def test_good_text_needs_no_more_than_a_quick_look(text: str) -> None:
    assert characters._is_plain(text)
    assert is_unremarkable(text)
