"""Scripts write sentences, plural forms and dates as the pages do, in each language of the interface."""

from __future__ import annotations

import re
from datetime import date

import pytest

from site_builder.messages import LANGUAGES, load
from tests.scripts.core import language, run
from tests.verifying.world import Json
from tools.scripts import BROWSER

pytestmark = pytest.mark.node


def said(code: str, key: str, **params: object) -> Json:
    return {"language": language(code), "key": key, "params": params}


@pytest.mark.parametrize("code", LANGUAGES)
def test_plural_forms_and_dates_are_those_of_the_pages(code: str) -> None:
    words = load(code)
    numbers = (0, 1, 2, 3, 10, 11, 99, 100, 1234)
    days = [date(2026, month, month) for month in range(1, 13)]
    jobs = [said(code, "verify.stack.complete", n=n) for n in numbers]
    jobs += [{"language": language(code), "day": day.isoformat()} for day in days]
    expected = [words("verify.stack.complete", n=n) for n in numbers] + [words.day(day) for day in days]
    assert run({"said": jobs}) == expected


def test_a_summary_begins_with_a_capital_and_a_value_is_made_printable() -> None:
    reason = {"key": "verify.current.expired", "params": {"end": "\u202e2026\n"}}
    found = run({"said": [said("en", "verify.summary.dated-copy", reason=reason)]})
    assert found == ["It expired on <U+202E>2026<U+000A>."]


def test_the_sources_say_only_what_there_are_words_for() -> None:
    literal = re.compile(r"""(?:say|unusable|fault|refuse)\((?:"[a-z]+", )?"([a-z0-9.-]+)\"""")
    prefixes = {"status-list": "list.", "revocation": "status.", "stack": "stack.", "key-document": "keys."}
    known = {key.removeprefix("verify.") for key in load("en").messages if key.startswith("verify.")}
    for path in sorted((BROWSER / "src" / "verify").glob("*.ts")):
        for match in literal.finditer(path.read_text(encoding="utf-8")):
            own = "" if match[0].startswith("say") else prefixes.get(path.stem, "refused.")
            assert own + match[1] in known, f"{path.name}: {match[0]}"


def test_every_reason_for_which_there_are_words_in_english_has_them_in_each_language() -> None:
    for code in LANGUAGES:
        assert set(language(code)["words"]) == set(language("en")["words"])
