"""Texts that awards rest on, in two states: versions, pictures, statements, issuer, keys and address."""

from __future__ import annotations

import pytest

from tests.catalog.test_catalog_history_awards import told
from tests.support.repos import Files, changed, credential, valid

CHARTS = "credentials/charts.yaml"
FRAMEWORK = "frameworks/data-skills.yaml"
ISSUER = "credentials/issuer.yaml"
FROZEN = (
    "a version that has awards is frozen: put it back, and write the new text into a new version: "
    "badgepress new version charts"
)
KEY = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
OTHER_KEY = "z6MkvsbRe2UpN8jYTXRZVptwmUghT2zVFiRDr4DYcLWgB4Kh"


def unawarded(files: Files) -> Files:
    """Return the repository without any award."""
    return {path: text for path, text in files.items() if not path.startswith("issued/")}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "criteria: Explain five charts.",
            "criteria: Explain four charts.",
            18,
            "criteria was 'Explain five charts.', is now 'Explain four charts.'",
        ),
        (
            "level: intermediate\nsummary",
            "level: advanced\nsummary",
            6,
            "level was 'intermediate', is now 'advanced'",
        ),
        ("pass_mark: 60", "pass_mark: 50", 17, "assessment[0].pass_mark was '60', is now '50'"),
        ("  hours: 8", "  hours: 4", 20, "workload.hours was '8', is now '4'"),
        ("valid_for: P1Y", "valid_for: P2Y", 24, "valid_for was 'P1Y', is now 'P2Y'"),
        ("image: badge.svg\n", "image: badge.svg\ntags: [maps]\n", 26, "tags[0] is 'maps' and was not there"),
    ],
)
def test_a_version_with_awards_is_frozen(old: str, new: str, line: int, words: str) -> None:
    change = changed(CHARTS, old, new)
    assert told(valid(), change) == [
        f"version-needed {CHARTS}:{line}: charts 1.0 has 2 awards, and {words} | {FROZEN}"
    ]
    assert told(unawarded(valid()), unawarded(change)) == []


def test_how_a_version_is_run_may_change() -> None:
    retired = (
        "image: badge.svg\nstatus: retired\nretired_on: 2026-10-01\ntranslations:\n  fr: {name: Un nom}\n"
    )
    assert told(valid(), changed(CHARTS, "image: badge.svg\n", retired)) == []


def test_a_new_version_beside_the_old_one_is_the_cure() -> None:
    new = valid()
    new["credentials/charts/1.0.yaml"] = new[CHARTS]
    new[CHARTS] = credential("charts").replace('"1.0"', '"1.1"').replace("five charts", "four charts")
    assert told(valid(), new) == []
    gone = {**new}
    del gone["credentials/charts/1.0.yaml"]
    assert told(valid(), gone) == [
        f"version-needed {CHARTS}:4: charts 1.0 has 2 awards, and that version is gone | "
        "bring it back as credentials/charts/1.0.yaml; "
        "badgepress new version charts keeps the earlier text there"
    ]


def test_a_picture_counts_by_what_is_published() -> None:
    image = "credentials/badge.svg"
    redrawn = told(valid(), changed(image, 'r="180"', 'r="150"'))
    assert [line.split(" | ")[0] for line in redrawn] == [
        f"version-needed credentials/{name}.yaml:25: {name} 1.0 has {count}, "
        "and its picture badge.svg is another one"
        for name, count in (("asking", "1 award"), ("charts", "2 awards"), ("literacy", "1 award"))
    ]
    assert "give the new one a name of its own, in a new version: badgepress new version charts" in redrawn[1]
    commented = changed(image, "<circle", "<!-- by hand --><circle")
    assert told(valid(), commented) == []
    moved = valid()
    moved["credentials/charts.svg"] = moved[image]
    moved[CHARTS] = moved[CHARTS].replace("badge.svg", "charts.svg")
    assert told(valid(), moved) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "name: Data Skills",
            "name: Data",
            2,
            "framework data-skills, and its name was 'Data Skills', is now 'Data'",
        ),
        (
            "name: Interpret data",
            "name: Read data",
            7 + 1,
            "data-skills/interpret-data, and its name was 'Interpret data', is now 'Read data'",
        ),
        ("type: hard", "type: soft", 9, "data-skills/interpret-data, and its type was 'hard', is now 'soft'"),
        (
            "description: Draws sound",
            "description: Draws good",
            10,
            "data-skills/interpret-data, and its description was 'Draws sound conclusions.', "
            "is now 'Draws good conclusions.'",
        ),
        (
            "Compare several sources.",
            "Compare two sources.",
            13,
            "data-skills/interpret-data, and its intermediate level was 'Compare several sources.', "
            "is now 'Compare two sources.'",
        ),
    ],
)
def test_a_statement_that_awards_rest_on_stays(old: str, new: str, line: int, words: str) -> None:
    change = changed(FRAMEWORK, old, new)
    assert told(valid(), change) == [
        f"statement-changed {FRAMEWORK}:{line}: awards rest on {words} | put it back; a new "
        "statement needs a competency (or framework) with an id of its own, "
        "and a new version of what uses it: badgepress new version asking"
    ]
    assert told(unawarded(valid()), unawarded(change)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Explain a simple chart.", "Explain one chart."),  # a level nobody was awarded
        ("name: Ask questions", "name: Ask"),  # a competency no credential uses
        ('version: "1.0"', 'version: "1.1"'),
        ("description: What everyone", "description: All that everyone"),
    ],
)
def test_what_no_badge_says_may_change(old: str, new: str) -> None:
    assert told(valid(), changed(FRAMEWORK, old, new)) == []


def test_a_competency_or_a_framework_that_is_gone_is_told() -> None:
    renamed = told(valid(), changed(FRAMEWORK, "id: interpret-data", "id: read-data"))
    words = "awards rest on data-skills/interpret-data, and that competency is gone"
    assert renamed[0].startswith(f"statement-changed {FRAMEWORK}:6: {words} | put it back; ")
    without = valid()
    del without[FRAMEWORK]
    assert told(valid(), without)[0].startswith(
        f"statement-changed {FRAMEWORK}:None: framework data-skills, which awards of asking rest on, is gone"
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "words"),
    [
        (
            "name: Northfield Polytechnic",
            "name: Southfield",
            2,
            "issuer-changed",
            "4 awards were signed with the issuer's name, which was 'Northfield Polytechnic', "
            "is now 'Southfield'",
        ),
        (
            "country: CA",
            "country: FR",
            3,
            "issuer-changed",
            "4 awards were signed with the issuer's country, which was 'CA', is now 'FR'",
        ),
        (
            f"id: issue-2026\n    role: issue\n    public_key: {KEY}",
            f"id: issue-2026\n    role: issue\n    public_key: {OTHER_KEY}",
            11,
            "key-changed",
            f"key issue-2026 had the public key {KEY}, which is another one now",
        ),
        (
            f"id: issue-2026\n    role: issue\n    public_key: {KEY}",
            f"id: issue-2027\n    role: issue\n    public_key: {OTHER_KEY}",
            8,
            "key-changed",
            f"key issue-2026 ({KEY}) is gone: what it signed could not be verified any more",
        ),
        (
            "role: issue\n",
            "role: status\n",
            10,
            "key-changed",
            "key issue-2026 had the role issue, which is status now",
        ),
    ],
)
def test_what_badges_say_of_their_issuer_stays(old: str, new: str, line: int, code: str, words: str) -> None:
    change = changed(ISSUER, old, new)
    assert [line.split(" | ")[0] for line in told(valid(), change)] == [f"{code} {ISSUER}:{line}: {words}"]
    assert told(unawarded(valid()), unawarded(change)) == []


def with_state(state: str) -> Files:
    """Return the repository with the issue key in this state, and another active one."""
    ended = f"    state: {state}\n    ended: 2026-06-01\n" if state != "active" else ""
    first = changed(ISSUER, "    since: 2026-01-01\n", f"    since: 2026-01-01\n{ended}")
    first[ISSUER] += f"  - id: next\n    role: issue\n    public_key: {OTHER_KEY}\n    since: 2026-06-01\n"
    return first


@pytest.mark.parametrize(
    ("was", "is_now", "told_of"),
    [
        ("active", "retired", []),
        ("active", "compromised", []),
        ("retired", "compromised", []),
        ("retired", "active", ["key issue-2026 was retired, and is active now"]),
        ("compromised", "active", ["key issue-2026 was compromised, and is active now"]),
        ("compromised", "retired", ["key issue-2026 was compromised, and is retired now"]),
    ],
)
def test_a_key_ends_once(was: str, is_now: str, told_of: list[str]) -> None:
    found = told(with_state(was), with_state(is_now))
    assert [line.split(": ", 1)[1].split(" | ")[0] for line in found] == told_of


def test_a_mark_may_be_redrawn_but_keeps_its_address() -> None:
    files = {**valid(), "credentials/mark.svg": valid()["credentials/badge.svg"]}
    files[ISSUER] = files[ISSUER].replace("badge.svg", "mark.svg")
    assert told(files, changed("credentials/mark.svg", "180", "150", files)) == []
    other = {**files, "credentials/mark.png": "not looked at here"}
    other[ISSUER] = other[ISSUER].replace("mark.svg", "mark.png")
    assert told(files, other) == [
        f"issuer-changed {ISSUER}:7: 4 awards were signed with the address of a mark that is svg, not png | "
        "save the new mark as svg: its address is in every badge"
    ]


def test_the_address_stays_once_there_are_awards() -> None:
    change = changed("mkdocs.yml", "https://badges.northfield.example/", "https://badges.southfield.example")
    assert told(valid(), change) == [
        "address-changed mkdocs.yml:2: 4 awards were made for https://badges.northfield.example/, "
        "and site_url is now https://badges.southfield.example/ | put site_url back, and then: "
        "badgepress move --to https://badges.southfield.example/"
    ]
    assert told(unawarded(valid()), unawarded(change)) == []


def test_a_site_moves_once_its_former_address_is_named_and_that_stays() -> None:
    there = changed("mkdocs.yml", "https://badges.northfield.example/", "https://badges.southfield.example")
    moved = {**there, ISSUER: there[ISSUER] + "moved_from:\n  - https://badges.northfield.example/\n"}
    assert told(valid(), moved) == []
    assert told(moved, there) == [
        f"address-changed {ISSUER}:1: badges were published at https://badges.northfield.example/, which is "
        "no former address of the site any more | put it back: what stands there must be renewed every "
        "night, and is found by it"
    ]
