"""A change as text, Markdown and JSON: authors' words stay words, and the JSON has its documented shape."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from site_builder.changes.as_json import as_json
from site_builder.changes.gone import BrokenLink
from site_builder.changes.line import counted, line, listed
from site_builder.changes.meaning import Besides, Meaning, Texts
from site_builder.changes.report import Compared, as_markdown, as_text
from tests.changes.sample import meant
from tests.support.repos import UNKNOWN_AWARD, Files, award, award_file, changed, credential, valid

GOLDEN = Path(__file__).with_name("golden.md")
SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "diff.json"
COMPARED = Compared("origin/main", "0123456789abcdef0123456789abcdef01234567", True, False)
HOSTILE = "Data @admin #12 <img src=x> [x](https://canary.invalid) `|` ![y](z) **"


def term() -> Files:
    """Return a repository after a busy week: a bit of everything."""
    new = changed("issued/2026/charts.yaml", "status_index: 2\n", "status_index: 2\n" + REVOKED)
    later = new["credentials/charts.yaml"].replace('version: "1.0"', 'version: "1.1"')
    later = later.replace("hours: 8", "hours: 12").replace("    level: intermediate", "    level: advanced")
    story = credential("story").replace("name: A Name", f"name: '{HOSTILE}'")
    entries = [award(UNKNOWN_AWARD, "c"), award("88888888-8888-4888-8888-888888888888", "d")]
    return {
        **new,
        "credentials/charts/1.0.yaml": valid()["credentials/charts.yaml"],
        "credentials/charts.yaml": later,
        "credentials/story.yaml": story,
        "issued/2026/story.yaml": award_file("story", "2026-10-01", *entries),
        "credentials/asking.yaml": valid()["credentials/asking.yaml"]
        + "status: retired\nretired_on: 2026-11-01\n",
        "frameworks/data-skills.yaml": valid()["frameworks/data-skills.yaml"].replace(
            "Compare several sources.", "Compare three sources."
        ),
        "credentials/issuer.yaml": valid()["credentials/issuer.yaml"].replace(
            "    since: 2026-01-01\n", "    since: 2026-01-01\n    state: retired\n    ended: 2026-11-01\n", 1
        ),
    }


REVOKED = "    revoked: {date: 2026-08-01, reason: Assessed by mistake.}\n"


def busy() -> Meaning:
    besides = Besides(
        incomplete=1,
        gone=("guides/old/index.html",),
        links=(BrokenLink("docs/index.md", 7, "guides/old.md"),),
        texts=Texts(("docs/new.md",), (), ("docs/guides/old.md",)),
    )
    return meant(term(), besides=besides)


def test_the_golden_markdown() -> None:
    """After a change that is meant: write what the assertion shows into golden.md."""
    assert as_markdown(busy(), COMPARED) + "\n" == GOLDEN.read_text("utf-8")


def test_no_word_of_an_author_acts_in_markdown() -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable("linkify").render(as_markdown(busy(), COMPARED))
    assert "<a" not in html
    assert "<img" not in html
    loose = html.replace("<code>@admin</code>", "").replace("<code>#12</code>", "")
    assert "@admin" not in loose
    assert "#12" not in loose


def test_the_text_has_a_sentence_and_sections() -> None:
    lines = as_text(busy(), COMPARED).split("\n")
    assert lines[0].startswith(
        "Since origin/main (0123456789): adds nanocredential Data @admin #12 <img src=x>"
    )
    assert [one for one in lines if one and not one.startswith(" ")][1:] == [
        "For holders",
        "For designers",
        "For verifiers",
    ]


def test_what_was_not_compared_is_said_above() -> None:
    odd = Compared("x\x1b[2J", COMPARED.commit, False, True)
    lines = as_text(meant(valid()), odd).split("\n")
    assert lines == [
        "Since x<U+001B>[2J (0123456789): nothing changes for holders, designers or verifiers.",
        "The files have mistakes, so this may not be all: badgepress check tells them.",
        "This clone has no commit that both sides come from, so the revision itself was compared.",
    ]


def test_a_long_section_is_cut_and_json_has_all() -> None:
    links = tuple(BrokenLink("docs/index.md", number, "x") for number in range(1, 50))
    many = meant(valid(), besides=Besides(links=links))
    assert as_text(many, COMPARED).split("\n")[-1] == (
        "  - and 19 more: badgepress diff --format json has all of them"
    )
    assert len(as_json(many)["broken_links"]) == 49


def test_the_json_has_the_documented_shape() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    head = {"ok": True, "base": "main", "commit": COMPARED.commit, "is_fork": True}
    for told in (as_json(busy()), as_json(meant(valid(), term())), as_json(meant(valid()))):
        assert [error.message for error in Draft7Validator(schema).iter_errors({**head, **told})] == []
        assert {*head, *told} == set(schema["required"]), "a field that is told is documented"
    for part in ("credentials", "alignments", "stacks", "awards", "frameworks", "keys", "broken_links"):
        (first, *_) = as_json(busy())[part]
        assert set(first) == set(schema["properties"][part]["items"]["required"]), part


def test_words_of_authors_never_end_a_sentence_of_ours() -> None:
    assert line("{} {}", "{}", "{0}").told(str) == "{} {0}"
    assert listed([str(number) for number in range(14)]).told(str).endswith("10, 11 and 2 more")
    assert counted(1000, "award") == "1,000 awards"
    assert line("{}", "x" * 500).told(str) == "x" * 119 + "…"


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_equal_states_differ_in_nothing(name: str) -> None:
    files = changed("credentials/charts.yaml", "name: A Name", f"name: {json.dumps(name)}")
    told = meant(files, files)
    assert told.is_empty
    assert not any(as_json(told)[part] for part in ("credentials", "awards", "stacks", "gone", "keys"))
