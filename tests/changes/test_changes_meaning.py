"""What a change means, kind by kind: the whole sentences that its readers see."""

from __future__ import annotations

import time

import pytest

from site_builder.changes.gone import BrokenLink, LinkSearch
from site_builder.changes.meaning import Besides
from tests.changes.sample import meant, summary, told
from tests.support.repos import (
    FIRST_AWARD,
    SECOND_AWARD,
    STACKED_AWARD,
    THIRD_AWARD,
    UNKNOWN_AWARD,
    Files,
    award,
    award_file,
    changed,
    credential,
    valid,
)

CHARTS, ISSUER = "credentials/charts.yaml", "credentials/issuer.yaml"
AWARDS, FRAMEWORK = "issued/2026/charts.yaml", "frameworks/data-skills.yaml"
REVOKED = "    revoked: {date: 2026-08-01, reason: Assessed by mistake.}\n"


def with_file(path: str, text: str, files: Files | None = None) -> Files:
    return {**(files or valid()), path: text}


def without(*paths: str) -> Files:
    return {path: text for path, text in valid().items() if path not in paths}


def versioned(text: str = "", new: str = "") -> Files:
    """Return the repository with a version 1.1 of charts, in which ``text`` became ``new``."""
    later = valid()[CHARTS].replace('version: "1.0"', 'version: "1.1"').replace(text, new)
    return {**valid(), "credentials/charts/1.0.yaml": valid()[CHARTS], CHARTS: later}


def test_nothing() -> None:
    assert summary(valid()) == "nothing changes for holders, designers or verifiers"
    assert told(valid()) == []
    assert meant(valid()).is_empty


def test_a_new_credential_with_awards() -> None:
    text = credential("storytelling").replace("name: A Name", "name: Data Storytelling")
    cohort = award_file("storytelling", "2026-10-01", award(UNKNOWN_AWARD, "c"))
    new = {**valid(), "credentials/storytelling.yaml": text, "issued/2026/storytelling.yaml": cohort}
    assert summary(new) == "adds nanocredential Data Storytelling 1.0; 1 award"
    assert told(new) == [
        "holders: Data Storytelling 1.0: 1 new award",
        "holders: 2 people hold badges to which nothing happens; 1 has a badge to which something does",
        "designers: nanocredential Data Storytelling 1.0 is new",
    ]


def test_a_draft() -> None:
    new = with_file("credentials/planned.yaml", credential("planned") + "status: draft\n")
    assert summary(new) == "drafts A Name 1.0"
    assert told(new)[-1] == "designers: nanocredential A Name 1.0 is a draft: it is not published yet"


def test_a_new_version_leaves_holders_where_they_are() -> None:
    new = versioned("hours: 8", "hours: 10")
    expected = "versions A Name from 1.0 to 1.1; 2 holders of A Name 1.0 are not affected"
    assert summary(new) == expected
    assert told(new) == [
        "holders: 2 holders of A Name 1.0 stay on that version",
        "holders: 2 people hold badges to which nothing happens; no badge of anybody is touched",
        "designers: A Name 1.1 is a new version after 1.0: workload from 8 hours to 10 hours",
    ]


def test_another_alignment() -> None:
    new = versioned(
        "    id: interpret-data\n    level: intermediate", "    id: ask-questions\n    level: advanced"
    )
    assert "re-aligns 1 credential" in summary(new)
    assert told(new)[-2:] == [
        "designers: A Name 1.1 is aligned to Ask questions (advanced) now",
        "designers: A Name 1.1 is no longer aligned to Interpret data (intermediate)",
    ]
    level = versioned("    level: intermediate", "    level: advanced")
    sentence = "designers: A Name 1.1 asks for Interpret data at level advanced, not intermediate"
    assert told(level)[-1] == sentence


def test_a_credential_is_retired_and_its_stack_with_it() -> None:
    new = with_file(CHARTS, valid()[CHARTS] + "status: retired\nretired_on: 2026-11-01\n")
    cohort = award_file("asking", "2026-04-01", award(UNKNOWN_AWARD, "c"))
    old = with_file("issued/2026/more.yaml", cohort)
    new = with_file("issued/2026/more.yaml", cohort, new)
    assert summary(new, old) == (
        "retires A Name 1.0; changes 1 stack; 2 holders of A Name 1.0 are not affected"
    )
    # One learner holds charts alone, which lasts; one holds asking alone, and can never have charts.
    assert told(new, old)[0] == "holders: A Name 1.0: 1 learner who had begun can no longer complete it"
    assert told(new, old)[-2:] == [
        "designers: A Name 1.0 is retired: its page stays, it is no longer awarded",
        "designers: A Name 1.0 stacks from what is no longer awarded: charts",
    ]


def test_other_parts_let_others_complete() -> None:
    path = "credentials/literacy.yaml"
    without_asking = changed(path, "    - asking\n", "")
    assert told(without_asking)[0] == (
        "holders: A Name 1.0: 1 learner has all parts and not the whole; before it was 0"
    )
    assert "designers: A Name 1.0 no longer stacks from asking" in told(without_asking)
    (stack,) = meant(valid(), without_asking).stacks
    assert (stack.added, stack.complete_before, stack.complete_after) == (("asking",), 1, 0)


def test_a_text_that_has_awards() -> None:
    new = changed(CHARTS, "how: Explains five charts.", "how: Explains six charts.")
    assert summary(new).startswith("rewords A Name 1.0; ")
    assert told(new)[-1] == (
        "designers: A Name 1.0 reads differently: assessment how of assignment from Explains five charts. to "
        "Explains six charts.; 2 holders have this version, so signed words are frozen"
    )


def test_fields_of_the_catalog_alone() -> None:
    new = with_file("credentials/asking.yaml", valid()["credentials/asking.yaml"] + "tags: [question]\n")
    (change,) = meant(new).credentials
    assert (change.what, change.others) == ("reworded", ("tags",))


def test_a_picture() -> None:
    new = changed("credentials/badge.svg", 'r="180"', 'r="170"')
    assert {(change.what, change.changes[0].field) for change in meant(new).credentials} == {
        ("reworded", "image")
    }
    assert meant(new).issuer == ("image",)


@pytest.mark.parametrize(
    ("entry", "sentence", "words"),
    [
        (REVOKED, "revokes 1 award", "1 is revoked"),
        (f"    replaced_by: {FIRST_AWARD}\n", "replaces 1 award", "1 is replaced by a corrected one"),
        ("    listing: listed\n", "lists 1 award", "1 may be found in the catalog now"),
    ],
)
def test_what_becomes_of_an_award(entry: str, sentence: str, words: str) -> None:
    at = f"  - id: {SECOND_AWARD}\n"
    new = with_file(AWARDS, valid()[AWARDS].replace(at, f"{at}{entry}"))
    kept = "1 holder of A Name 1.0 is not affected"
    assert summary(new) == f"{sentence}; {kept}"
    assert told(new)[:2] == [f"holders: A Name 1.0: {words}", f"holders: {kept}"]
    lists = "verifiers: status lists with other bits: status/1.json; copies are good for seven days at most"
    assert (lists in told(new)) is not entry.startswith("    listing")
    back = {"revokes": "takes back the withdrawal of", "replaces": "takes back the withdrawal of"}
    assert summary(valid(), new).startswith(f"{back.get(sentence.split()[0], 'unlists')} 1 award")


def test_an_erased_award_leaves_a_note() -> None:
    file = award_file("charts", "2026-02-01", award(FIRST_AWARD))
    gone = f"erased:\n  - {{id: {SECOND_AWARD}, status_index: 2, date: 2026-11-01}}\n"
    new = with_file(AWARDS, file + gone)
    assert summary(new) == "erases 1 award; 1 holder of A Name 1.0 is not affected"
    assert told(new)[0] == "holders: A Name 1.0: 1 is erased: a note stays at its address"
    assert meant(new).total("lost") == 0


def test_what_may_not_happen_is_told_and_where_it_is_refused() -> None:
    new = changed(AWARDS, "results: {score: 80}", "results: {score: 90}")
    new = {path: text for path, text in new.items() if path != "issued/2026/literacy.yaml"}
    assert summary(new).startswith("alters 1 award; loses 1; ")
    assert (
        "holders: what was merged may not be altered, lost or taken back: badgepress check --base says where"
        in told(new)
    )


def test_a_renewal_and_a_correction() -> None:
    later = award(UNKNOWN_AWARD, "b", f"    renews: {SECOND_AWARD}\n")
    new = with_file("issued/2026/again.yaml", award_file("charts", "2026-10-01", later))
    assert told(new)[0] == "holders: A Name 1.0: 1 new award (1 of them renews an earlier one)"
    at = f"  - id: {SECOND_AWARD}\n"
    old = valid()[AWARDS].replace(at, f"{at}    replaced_by: {UNKNOWN_AWARD}\n")
    right = award_file("charts", "2026-10-01", award(UNKNOWN_AWARD, "b"))
    corrected = {**valid(), AWARDS: old, "issued/2026/right.yaml": right}
    assert told(corrected)[0] == (
        "holders: A Name 1.0: 1 new award (1 of them corrects an earlier one), "
        "1 is replaced by a corrected one"
    )


def test_frameworks_and_what_rests_on_them() -> None:
    new = changed(FRAMEWORK, "intermediate: Compare several sources.", "intermediate: Compare sources.")
    assert summary(new) == "changes 1 framework"
    assert told(new)[-2:] == [
        "designers: framework Data Skills 1.0 changes; rewords Interpret data",
        "designers: on what it removes or rewords rest asking 1.0, charts 1.0, literacy 1.0 (2 holders)",
    ]
    cut = valid()[FRAMEWORK].index("  - id: ask-questions")
    shorter = with_file(FRAMEWORK, valid()[FRAMEWORK][:cut].replace('version: "1.0"', 'version: "1.1"'))
    assert (
        "designers: framework Data Skills 1.1 changes; removes Ask questions; other fields: version"
        in told(shorter)
    )
    assert "verifiers: 1 address goes from the site: frameworks/data-skills/ask-questions/" in told(shorter)
    none = without(FRAMEWORK)
    assert "designers: framework Data Skills 1.0 is removed" in told(none)


def test_a_credential_is_removed_and_its_addresses_with_it() -> None:
    new = without("credentials/literacy.yaml", "issued/2026/literacy.yaml")
    assert summary(new) == "removes A Name 1.0; loses 1 award"
    assert told(new)[-1] == (
        "verifiers: 3 addresses go from the site: credentials/literacy/, credentials/literacy/1.0/, "
        "credentials/literacy/1.0/achievement.json"
    )


def test_keys() -> None:
    old_key = "    since: 2026-01-01\n"
    compromised = changed(ISSUER, old_key, f"{old_key}    state: compromised\n    ended: 2026-11-01\n")
    public = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    assert summary(compromised) == "changes 1 key"
    assert told(compromised, besides=Besides(signed={public: 2400}))[-1] == (
        "verifiers: issue key issue-2026 is compromised: did.json no longer lists it, and nothing it signed "
        "verifies; 2,400 badges that it signed fail until signed again"
    )
    retired = changed(ISSUER, old_key, f"{old_key}    state: retired\n    ended: 2026-11-01\n")
    assert [key.what for key in meant(retired).keys] == ["retired"]
    assert [key.what for key in meant(valid(), retired).keys] == ["reinstated"]
    fewer = with_file(ISSUER, valid()[ISSUER][: valid()[ISSUER].index("  - id: status-2026")])
    assert [key.what for key in meant(fewer).keys] == ["removed"]
    assert [key.what for key in meant(valid(), fewer).keys] == ["added"]


def test_issuer_settings_and_address() -> None:
    new = changed(ISSUER, "name: Northfield Polytechnic", "name: Southfield Polytechnic")
    new = changed(
        "mkdocs.yml", "https://badges.northfield.example/", "https://badges.southfield.example/", new
    )
    new = changed("mkdocs.yml", "site_name: Northfield badges", "site_name: Badges", new)
    assert summary(new) == (
        "moves the site to another address; changes what is said of the issuer; changes the site's settings"
    )
    assert told(new)[-3:] == [
        "verifiers: the site moves from https://badges.northfield.example/ to "
        "https://badges.southfield.example/: each award is issued again there; "
        "old badges need the old address",
        "verifiers: the issuer's profile says something else: name",
        "verifiers: the site's settings differ: site name",
    ]


def test_a_second_status_list() -> None:
    far = award(UNKNOWN_AWARD, "c").replace("status_index: 9", "status_index: 140000")
    new = with_file("issued/2026/far.yaml", award_file("charts", "2026-10-01", far))
    assert "verifiers: 1 status list is new" in told(new)
    assert "verifiers: 1 status list goes" in told(valid(), new)


def test_a_file_with_mistakes_is_told_and_nothing_of_it_is_lost() -> None:
    broken = changed(CHARTS, "level: intermediate", "level: expert")
    assert summary(broken) == "nothing that could be read on both sides changes"
    sentence = "has mistakes now: what it says is not in this summary; badgepress check tells them"
    assert told(broken) == [f"not compared: {CHARTS} {sentence}"]
    assert told(valid(), broken) == [
        f"not compared: {CHARTS} could not be read in the earlier revision: what it said then is not in this "
        "summary"
    ]
    issuer = meant(changed(ISSUER, "country: CA", "country: Canada"))
    assert (issuer.besides.gone, issuer.keys, issuer.unread_after) == ((), (), (ISSUER,))
    unparsed = with_file(AWARDS, "awards: [")
    assert meant(unparsed).awards == ()
    assert meant(valid(), unparsed).awards == ()


def test_nobody_is_named() -> None:
    new = without("issued/2026/literacy.yaml", AWARDS)
    words = " ".join([summary(new), *told(new)])
    for secret in (FIRST_AWARD, SECOND_AWARD, THIRD_AWARD, STACKED_AWARD, "a" * 32, "b" * 32):
        assert secret not in words


@pytest.mark.parametrize("unit", ["\n", "[\n", "]( ", "[a]:\n"])
def test_a_page_made_to_be_slow_is_not(unit: str) -> None:
    search = LinkSearch("https://badges.northfield.example/", ("en",), {"x/index.html"})
    started = time.process_time()
    assert list(search.links_in("docs/a.md", unit.encode() * 100_000)) == []
    assert time.process_time() - started < 5


def test_a_definition_of_a_link_may_go_on_in_the_next_line() -> None:
    search = LinkSearch("https://badges.northfield.example/", ("en",), {"x/index.html"})
    (link,) = search.links_in("docs/a.md", b"[a]:\r\n  x.md\r\n")
    assert (link.line, link.target) == (1, "x.md")


def test_links_to_what_is_gone() -> None:
    base = "https://badges.northfield.example/"
    gone = {"credentials/x/index.html", "guides/old/index.html", "credentials/x/1.0/achievement.json"}
    search = LinkSearch(base, ("en", "fr"), gone)

    def found(path: str, text: str) -> list[tuple[int, str]]:
        links: list[BrokenLink] = list(search.links_in(path, text.encode()))
        return [(link.line, link.target) for link in links]

    text = f"a\nsee <{base}credentials/x/#top>, ({base}fr/credentials/x) or {base}credentials/y/."
    assert found("credentials/z.yaml", text) == [
        (2, f"{base}credentials/x/#top"),
        (2, f"{base}fr/credentials/x"),
    ]
    assert found("credentials/z.yaml", "[x](../old.md)") == []
    page = (
        "[a](old.md) [b](../../credentials/x/)\n[c](../old.md)\n[d]: old.md#part\n![e](/x) [f](mailto:a@b.ca)"
    )
    assert found("docs/guides/new.md", page) == [
        (1, "old.md"),
        (1, "../../credentials/x/"),
        (3, "old.md#part"),
    ]
    assert found("docs/index.md", "[a](guides/old.md), [b](guides/old/)") == [
        (1, "guides/old.md"),
        (1, "guides/old/"),
    ]
