"""A build is held against the site as last published: no badge on it is lost or altered, no bit cleared."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from site_builder.keys import KeyRefused, Role, demo_signers, load_signer
from site_builder.problems import Problem
from site_builder.publishing.build import Outcome, Request, build
from site_builder.publishing.published import NotPublished
from site_builder.verifying.instants import noon
from site_builder.verifying.sources import FolderSource
from site_builder.verifying.verify import verify_site
from tests.support.repos import (
    FIRST_AWARD,
    NOW,
    SECOND_AWARD,
    STACKED_AWARD,
    THIRD_AWARD,
    UNKNOWN_AWARD,
    Files,
    award,
    award_file,
    changed,
    told_of,
)

CHARTS = "issued/2026/charts.yaml"
ISSUER = "credentials/issuer.yaml"
REVOKED = "    revoked: {date: 2026-07-03, reason: Error.}\n"
REVOKED_SECOND = award_file("charts", "2026-02-01", award(FIRST_AWARD), award(SECOND_AWARD, "b", REVOKED))
OWN = {"BADGEPRESS_ISSUE_KEY": "01" * 32, "BADGEPRESS_STATUS_KEY": "02" * 32}
NEXT = {**OWN, "BADGEPRESS_ISSUE_KEY": "03" * 32}


def public(environment: dict[str, str], role: Role) -> str:
    """Return the public half of a key in ``environment``, or of the demo key."""
    if not environment:
        return demo_signers()[role].public_key
    return load_signer(role, environment=environment, host="badges.northfield.example").public_key


def files_for(environment: dict[str, str]) -> Files:
    """Return the valid repository with the public halves of these keys."""
    one = changed(ISSUER, "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", public(environment, Role.ISSUE))
    status = public(environment, Role.STATUS)
    return changed(ISSUER, "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH", status, one)


def with_next(files: Files, state: str) -> Files:
    """Return the repository after a rotation: the first issue key ended, another active."""
    since = "    since: 2026-01-01\n"
    ended = changed(ISSUER, since, f"{since}    state: {state}\n    ended: 2026-11-01\n", files)
    ended[ISSUER] += (
        f"  - id: next\n    role: issue\n    public_key: {public(NEXT, Role.ISSUE)}\n    since: 2026-11-01\n"
    )
    return ended


@dataclass
class World:
    """A repository and its site; what is built is compared with what was."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def site(self) -> Path:
        return self.root / "site"

    def write(self, files: Files) -> None:
        """Make the authors' files exactly these; recorded proofs stay."""
        for folder in ("credentials", "frameworks", "issued"):
            for path in (self.root / folder).rglob("*.*"):
                path.unlink()
        for name, text in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text, "utf-8")

    def build(self, now: date = NOW, published: Path | None = None) -> Outcome:
        """Build, comparing with the output or with ``published``."""
        before = published or self.site
        request = Request(self.root, self.site, now, self.environment, published=before)
        return build(request, lambda label, length: lambda: None)

    def refused(self, files: Files | None = None, now: date = NOW) -> list[Problem]:
        """Return the problems of a build that must leave site and proofs as they were."""
        if files is not None:
            self.write(files)
        before = self.content()
        outcome = self.build(now)
        assert not outcome.published
        assert outcome.signed == 0
        assert self.content() == before
        return outcome.problems

    def content(self) -> dict[str, bytes]:
        """Return every file of the site and of the recorded proofs."""
        every = [*self.site.rglob("*"), *(self.root / "proofs").rglob("*")]
        return {str(path): path.read_bytes() for path in every if path.is_file()}


def world(root: Path, environment: dict[str, str], files: Files | None = None) -> World:
    """Return a world that was published once."""
    made = World(root, environment)
    made.write(files or files_for(environment))
    outcome = made.build()
    assert outcome.published, told_of(outcome.problems)
    return made


@pytest.fixture
def demo(tmp_path: Path) -> World:
    return world(tmp_path, {})


@pytest.fixture
def own(tmp_path: Path) -> World:
    return world(tmp_path, OWN)


FILES = files_for({})
WAY_OUT = "was only a preview that nobody was given, delete it and build again"


def test_the_same_again_is_published_with_the_same_bytes_and_times(demo: World) -> None:
    before = {path: (path.stat().st_mtime_ns, path.is_file()) for path in demo.site.rglob("*")}
    content = demo.content()
    assert demo.build().published
    assert demo.content() == content
    assert {path: (path.stat().st_mtime_ns, path.is_file()) for path in demo.site.rglob("*")} == before


def test_a_year_later_only_what_is_dated_differs(demo: World) -> None:
    before = demo.content()
    assert demo.build(date(2027, 11, 22)).published
    differ = {Path(path).name for path, data in demo.content().items() if before.get(path) != data}
    assert differ == {"1.json", "1.js", "sitemap.xml"} & differ | {"1.json", "1.js"}
    assert demo.content().keys() == before.keys()


def test_what_is_added_and_withdrawn_is_published(demo: World) -> None:
    before = demo.content()
    more = {**FILES, CHARTS: REVOKED_SECOND}
    more["issued/2026/more.yaml"] = award_file("charts", "2026-05-01", award(UNKNOWN_AWARD, "d"))
    demo.write(more)
    assert demo.build().published
    kept = {path for path in before if path.endswith("credential.json")}
    assert {path: demo.content()[path] for path in kept} == {path: before[path] for path in kept}


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "words"),
    [
        (
            CHARTS,
            "score: 80",
            "score: 81",
            "issued-changed",
            f"{CHARTS}:6: award {FIRST_AWARD}, awarded on 2026-02-01, was published with other content: "
            "results was changed",
        ),
        (
            "issued/2026/asking.yaml",
            "issued_on: 2026-03-01",
            "issued_on: 2026-03-02",
            "issued-changed",
            f"issued/2026/asking.yaml:6: award {THIRD_AWARD}, awarded on 2026-03-01, "
            "was published with other content: expires and issued_on were changed",
        ),
        (
            "issued/2026/asking.yaml",
            "status_index: 3",
            "status_index: 9",
            "issued-changed",
            f"issued/2026/asking.yaml:6: award {THIRD_AWARD}, awarded on 2026-03-01, "
            "was published with other content: status_index was changed",
        ),
        (
            "credentials/charts.yaml",
            "criteria: Explain five charts.",
            "criteria: Explain four charts.",
            "version-needed",
            "credentials/charts.yaml:18: charts 1.0 has 2 awards on the published site, "
            "and criteria was changed",
        ),
        (
            "credentials/asking.yaml",
            "level: intermediate\nsummary",
            "level: foundational\nsummary",
            "version-needed",
            "credentials/asking.yaml:18: asking 1.0 has 1 award on the published site, "
            "and criteria and level were changed",
        ),
        (
            "credentials/asking.yaml",
            "valid_for: P1Y",
            "valid_for: P2Y",
            "version-needed",
            "credentials/asking.yaml:24: asking 1.0 has 1 award on the published site, "
            "and valid_for was changed",
        ),
        (
            "credentials/asking.yaml",
            "name: A Name",
            "name: Another",
            "version-needed",
            "credentials/asking.yaml:2: asking 1.0 has 1 award on the published site, and name was changed",
        ),
        (
            "frameworks/data-skills.yaml",
            "Compare several sources.",
            "Compare two sources.",
            "statement-changed",
            "frameworks/data-skills.yaml:6: published badges quote framework data-skills, "
            "and competency interpret-data was changed",
        ),
        (
            ISSUER,
            "name: Northfield Polytechnic",
            "name: Southfield",
            "issuer-changed",
            "credentials/issuer.yaml:2: published badges name the issuer, and its name was changed",
        ),
    ],
)
def test_a_change_is_told_once_where_it_stands(
    demo: World, path: str, old: str, new: str, code: str, words: str
) -> None:
    found = demo.refused(changed(path, old, new, FILES))
    assert [problem.code for problem in found] == [code]
    told = told_of(found)[0]
    assert told.split(" | ")[0] == words
    assert "put it back" in told


def test_another_picture_needs_a_version(demo: World) -> None:
    found = demo.refused(changed("credentials/badge.svg", 'r="180"', 'r="150"', FILES))
    assert {problem.code for problem in found} == {"version-needed"}
    assert len(found) == 3
    assert found[1].message == "charts 1.0 has 2 awards on the published site, and image was changed"


def test_a_badge_that_is_gone_is_told_with_its_day_and_every_cure(demo: World) -> None:
    found = demo.refused({**FILES, CHARTS: award_file("charts", "2026-02-01", award(FIRST_AWARD))})
    assert told_of(found) == [
        f"issued/{SECOND_AWARD}:None: award {SECOND_AWARD}, awarded on 2026-02-01, is published in "
        f"{demo.site}, and is in no award file | "
        "bring it back, with git pull where this checkout is older than the site; "
        f"badgepress revoke {SECOND_AWARD} withdraws it, "
        f"badgepress erase {SECOND_AWARD} if its holder asks for that; if {demo.site} {WAY_OUT}"
    ]
    assert found[0].code == "issued-deleted"


def test_a_badge_under_another_id_is_gone(demo: World) -> None:
    renamed = changed(CHARTS, SECOND_AWARD, UNKNOWN_AWARD, FILES)
    assert [problem.code for problem in demo.refused(renamed)] == ["issued-deleted"]


def erased(index: int) -> Files:
    tombstone = f"erased:\n  - {{id: {SECOND_AWARD}, status_index: {index}, date: 2026-08-01}}\n"
    return {**FILES, CHARTS: award_file("charts", "2026-02-01", award(FIRST_AWARD)) + tombstone}


def test_an_erased_badge_goes_and_its_index_stays(demo: World) -> None:
    found = demo.refused(erased(7))
    assert [(problem.code, problem.message) for problem in found] == [
        ("issued-changed", f"award {SECOND_AWARD} was published with status_index 2, and is erased as 7")
    ]
    demo.write(erased(2))
    assert demo.build().published
    assert not (demo.site / "issued" / SECOND_AWARD / "credential.json").exists()
    again = demo.refused(changed(CHARTS, "status_index: 2", "status_index: 7", erased(2)))
    assert [problem.code for problem in again] == ["status-cleared"]


def test_a_revocation_that_was_published_stays(demo: World) -> None:
    demo.write({**FILES, CHARTS: REVOKED_SECOND})
    assert demo.build().published
    found = demo.refused(FILES)
    assert told_of(found) == [
        f"{CHARTS}:None: award {SECOND_AWARD} is withdrawn on the site in {demo.site}, "
        "and stands here again | a revocation is final: "
        "put revoked: or replaced_by: back, and make a new award"
    ]
    assert found[0].code == "status-cleared"


def test_a_clock_that_runs_backwards_signs_nothing(demo: World) -> None:
    found = demo.refused(now=date(2026, 11, 21))
    assert [(problem.code, problem.message) for problem in found] == [
        (
            "clock",
            f"the site in {demo.site} was last published on 2026-11-22, and this build is for 2026-11-21: "
            "the clock is before the last publication, nothing was signed",
        )
    ]


def test_another_address_is_told_once_with_the_count(demo: World) -> None:
    found = demo.refused(changed("mkdocs.yml", "badges.northfield", "badges.southfield", FILES))
    assert [(problem.code, problem.path, problem.line, problem.message) for problem in found] == [
        (
            "address-changed",
            "mkdocs.yml",
            2,
            "4 published badges were made for did:web:badges.northfield.example, "
            "and this site is did:web:badges.southfield.example",
        )
    ]


@pytest.mark.parametrize("broken", [b"", b"{}", b"not json", b'{"proof": [1]}'])
def test_what_cannot_be_read_is_not_taken_for_equal(demo: World, broken: bytes) -> None:
    (demo.site / "issued" / FIRST_AWARD / "credential.json").write_bytes(broken)
    (demo.site / "status/1.json").write_bytes(broken)
    found = demo.refused()
    assert [(problem.code, problem.path) for problem in found] == [
        ("published-unreadable", CHARTS),
        ("published-unreadable", "status/1.json"),
    ]


def test_a_list_that_a_published_badge_names_must_be_there(demo: World) -> None:
    (demo.site / "status/1.json").unlink()
    assert told_of(demo.refused()) == [
        f"status/1.json:None: the published status list 1 in {demo.site} is missing, and published awards "
        "have their place in it | take that folder from where it is published again, or delete it if it was "
        "only a preview"
    ]


def test_the_list_of_an_erased_award_must_be_there(tmp_path: Path) -> None:
    marks = [
        f"  - {{id: {name}, status_index: {index}, date: 2026-08-01}}\n"
        for index, name in enumerate((FIRST_AWARD, SECOND_AWARD), start=1)
    ]
    others = {path: text for path, text in FILES.items() if not path.startswith("issued/")}
    alone = award_file("charts", "2026-02-01").replace("awards:\n", "erased:\n") + "".join(marks)
    made = world(tmp_path, {}, {**others, CHARTS: alone})
    (made.site / "status/1.json").unlink()
    found = made.refused()
    assert [(problem.code, problem.path) for problem in found] == [("published-unreadable", "status/1.json")]


def test_a_byte_that_differs_is_an_alteration(demo: World) -> None:
    path = demo.site / "issued" / FIRST_AWARD / "credential.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=4), "utf-8")
    assert "with other content: its form was changed" in demo.refused()[0].message


def test_a_recorded_proof_that_is_gone_is_told(own: World) -> None:
    ledger = own.root / "proofs/2026/charts.jsonl"
    first, second = ledger.read_text("utf-8").splitlines(keepends=True)
    ledger.write_text(first, "utf-8")
    found = own.refused()
    gone = json.loads(second)["award"]
    assert [(problem.code, problem.path) for problem in found] == [
        ("ledger-mismatch", "proofs/2026/charts.jsonl")
    ]
    assert found[0].message == (
        f"award {gone} is published, but its proof is not recorded any more, while others are"
    )
    assert found[0].hint.startswith("take the line from git history again")


def test_a_recorded_proof_that_is_another_is_told(own: World) -> None:
    ledger = own.root / "proofs/2026/asking.jsonl"
    record = json.loads(ledger.read_text("utf-8"))
    other = json.loads((own.root / "proofs/2026/charts.jsonl").read_text("utf-8").splitlines()[0])
    ledger.write_text(json.dumps({**record, "proofValue": other["proofValue"]}) + "\n", "utf-8")
    assert [problem.message for problem in own.refused()] == [
        f"award {THIRD_AWARD} is published, but its recorded proof is another one"
    ]


def test_without_any_record_the_same_key_gives_the_same_badges_and_another_none(own: World) -> None:
    before = own.content()
    for path in sorted((own.root / "proofs").rglob("*.jsonl")):
        path.unlink()
    own.environment = NEXT
    added = files_for(OWN)
    added[ISSUER] += (
        f"  - id: next\n    role: issue\n    public_key: {public(NEXT, Role.ISSUE)}\n    since: 2026-11-01\n"
    )
    messages = {problem.message for problem in own.refused(added)}
    assert (
        f"award {FIRST_AWARD} is published, but another key than that of the published badge would sign it"
        in (messages)
    )
    own.environment = OWN
    assert own.build().published
    assert {p: d for p, d in own.content().items() if p.endswith("credential.json")} == {
        p: d for p, d in before.items() if p.endswith("credential.json")
    }


def test_rotation_changes_no_published_badge(own: World) -> None:
    before = {path: data for path, data in own.content().items() if path.endswith("credential.json")}
    own.environment = NEXT
    rotated = with_next(files_for(OWN), "retired")
    rotated["issued/2026/more.yaml"] = award_file("charts", "2026-05-01", award(UNKNOWN_AWARD, "d"))
    own.write(rotated)
    assert own.build().published
    assert {path: own.content()[path] for path in before} == before


def test_a_key_that_is_gone_is_told_once(own: World) -> None:
    rotated = with_next(files_for(OWN), "retired")
    lines = rotated[ISSUER].splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if "id: issue-2026" in line)
    rotated[ISSUER] = "".join(lines[:start] + lines[start + 6 :])
    own.environment = NEXT
    found = own.refused(rotated)
    assert [(problem.code, problem.path, problem.message) for problem in found] == [
        (
            "key-changed",
            ISSUER,
            f"4 published badges were signed by key {public(OWN, Role.ISSUE)}, which is not listed any more",
        )
    ]


def test_badges_of_a_compromised_key_are_signed_again_with_what_stacks_on_them(own: World) -> None:
    before = own.content()
    own.write(with_next(files_for(OWN), "compromised"))
    own.environment = NEXT
    assert {problem.code for problem in own.refused()} == {"key-compromised"}  # its records still stand
    for path in sorted((own.root / "proofs").rglob("2*/*.jsonl")):
        path.unlink()
    altered = changed(CHARTS, "score: 80", "score: 99", with_next(files_for(OWN), "compromised"))
    assert [problem.code for problem in own.refused(altered)] == ["issued-changed"]
    own.write(with_next(files_for(OWN), "compromised"))
    assert own.build().published
    for award_id in (FIRST_AWARD, SECOND_AWARD, THIRD_AWARD, STACKED_AWARD):
        badge = str(own.site / "issued" / award_id / "credential.json")
        assert own.content()[badge] != before[badge]


def test_a_demo_badge_of_a_retired_key_cannot_be_made_again(demo: World) -> None:
    demo.environment = NEXT
    found = demo.refused(with_next(FILES, "retired"))
    assert {problem.code for problem in found} == {"ledger-mismatch"}
    assert f"award {FIRST_AWARD} is published, but no proof is recorded, and key issue-2026 is retired" in (
        {problem.message for problem in found}
    )


def test_the_comparison_comes_before_any_key_is_asked_for(own: World) -> None:
    own.environment = {}
    altered = changed(CHARTS, "score: 80", "score: 81", files_for(OWN))
    altered["issued/2026/more.yaml"] = award_file("charts", "2026-05-01", award(UNKNOWN_AWARD, "d"))
    assert [problem.code for problem in own.refused(altered)] == ["issued-changed"]
    own.write({**altered, CHARTS: files_for(OWN)[CHARTS]})
    with pytest.raises(KeyRefused):
        own.build()


def test_a_first_publication_is_compared_with_nothing_and_another_folder_must_hold_a_site(
    tmp_path: Path,
) -> None:
    fresh = World(tmp_path / "fresh")
    fresh.write(FILES)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotPublished, match="holds no site that badgepress built"):
        fresh.build(published=tmp_path / "empty")
    assert not fresh.site.exists()
    assert fresh.build().published
    elsewhere = tmp_path / "live"
    fresh.site.rename(elsewhere)
    fresh.write(changed(CHARTS, "score: 80", "score: 81", FILES))
    outcome = fresh.build(published=elsewhere)
    assert [problem.code for problem in outcome.problems] == ["issued-changed"]
    assert not fresh.site.exists()


def test_a_part_can_be_withdrawn_though_a_stack_rests_on_it(demo: World) -> None:
    first = award(FIRST_AWARD, more=REVOKED)
    demo.write({**FILES, CHARTS: award_file("charts", "2026-02-01", first, award(SECOND_AWARD, "b"))})
    outcome = demo.build()
    assert outcome.published
    assert outcome.states == {**dict.fromkeys(outcome.states, 0), "revoked": 1, "unknown": 1, "valid": 2}
    verdicts = verify_site(FolderSource(demo.site), noon(NOW)).verdicts
    states = {verdict.path.split("/")[1]: verdict.state.value for verdict in verdicts}
    assert states[FIRST_AWARD] == "revoked"
    assert states[STACKED_AWARD] == "unknown"
    assert states[SECOND_AWARD] == states[THIRD_AWARD] == "valid"
