"""Keys and what runs change apart from content: who reviews the one is not the judge of the other."""

from __future__ import annotations

from site_builder.catalog.mixture import changed_content, mixture_problems
from tests.support.repos import Files, award_file, changed, credential, swept, told_of, valid

ISSUER = "credentials/issuer.yaml"
RETIRED = changed(ISSUER, "since: 2026-01-01\n", "since: 2026-01-01\n    state: retired\n")
MOVED = changed("mkdocs.yml", "badges.northfield", "awards.northfield")
HINT = "give the keys a change of their own; if they changed on the other branch, merge that first"


def mixed(new: Files, *machinery: str, old: Files | None = None) -> list[str]:
    return told_of(list(mixture_problems(swept(valid() if old is None else old), swept(new), machinery)))


def test_keys_change_alone() -> None:
    assert mixed(RETIRED) == mixed(MOVED) == []


def test_content_changes_alone() -> None:
    new = {**valid(), "issued/2026/more.yaml": award_file("charts", "2026-03-01")}
    assert mixed(new) == []
    assert mixed(changed(ISSUER, "A public college.", "A college.", new)) == []


def test_keys_and_awards_in_one_change() -> None:
    assert mixed({**RETIRED, "issued/2026/more.yaml": award_file("charts", "2026-03-01")}) == [
        f"{ISSUER}:8: the keys may not change together with content, which here is issued/2026/more.yaml"
        f" | {HINT}"
    ]


def test_every_kind_of_content_counts_new_gone_or_altered() -> None:
    new = {**RETIRED, "credentials/new.yaml": credential("new")}
    new["frameworks/data-skills.yaml"] += "# a word\n"
    new["credentials/badge.svg"] = new["credentials/badge.svg"].replace("180", "170")
    del new["issued/2026/literacy.yaml"]
    assert changed_content(swept(valid()), swept(new)) == [
        "credentials/badge.svg",
        "credentials/new.yaml",
        "frameworks/data-skills.yaml",
        "issued/2026/literacy.yaml",
    ]
    assert mixed(new) == [
        f"{ISSUER}:8: the keys may not change together with content, which here is credentials/badge.svg and"
        f" 3 other files | {HINT}"
    ]


def test_the_address_is_where_keys_are_found() -> None:
    new = changed("credentials/charts.yaml", "Explain five charts.", "Explain six charts.", MOVED)
    assert mixed(new) == [
        "mkdocs.yml:2: site_url may not change together with content, which here is credentials/charts.yaml"
        f" | {HINT}"
    ]


def test_what_runs_and_content_in_one_change() -> None:
    runs = (".github/workflows/check.yml", ".github/workflows/publish.yml")
    assert mixed(valid(), *runs) == []
    assert mixed({**valid(), "credentials/new.yaml": credential("new")}, *runs) == [
        ".github/workflows/check.yml:None: what runs (and 1 more like it) may not change together with"
        " content, which here is credentials/new.yaml | give it a change of its own; if it changed on the"
        " other branch, merge that first"
    ]


def test_line_ends_of_a_checkout_are_no_change() -> None:
    files = {path: text.replace("\n", "\r\n") for path, text in RETIRED.items() if path != "mkdocs.yml"}
    assert mixed({**files, "mkdocs.yml": RETIRED["mkdocs.yml"]}) == []


def test_where_there_was_nothing_all_may_begin_at_once() -> None:
    assert mixed(valid(), ".github/workflows/check.yml", old={}) == []
