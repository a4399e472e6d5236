"""The table of problem codes against the source: none is missing, none is left over."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import site_builder
from site_builder.models.codes import CODES
from tests.support.problem_codes import codes_in

SOURCE = Path(site_builder.__file__).resolve().parent


@cache
def used() -> dict[str, str]:
    """Return the codes of the source."""
    return codes_in(SOURCE)


def test_each_code_in_the_source_is_explained() -> None:
    missing = {code: place for code, place in used().items() if code not in CODES}
    assert missing == {}, "explain these in site_builder/models/codes.py, then run 'badgepress schema'"


def test_each_explained_code_is_used() -> None:
    assert sorted(set(CODES) - set(used())) == []


def test_each_explanation_is_one_sentence() -> None:
    for code, words in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert re.fullmatch(r"[A-Z][^|]*[.]", words), code


def test_the_search_sees_codes_that_helpers_hand_on(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "one.py").write_text(
        "def fault(path, code, message):\n    return Problem(path=path, code=code)\n\n"
        'fault("x", "one-code", "it")\n'
        'def _note(code): ...\n_note("two-code" if x else "three-code")\n'
        'TABLE = {"big": ("four-code", "must be at most {le}")}\nnot_a_code = ("foo-bar", 3)\n',
        encoding="utf-8",
    )
    assert sorted(codes_in(package)) == ["four-code", "one-code", "three-code", "two-code"]
    assert codes_in(package)["one-code"] == "package/one.py:4"
