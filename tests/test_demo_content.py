"""The demo college: it has no fault, it shows the whole mission, and its badges are one family.

The table below says how each badge is drawn. After a change to it, or to the art room, draw them again:

    .venv/bin/python -c "from tests.test_demo_content import draw_again; draw_again()"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from site_builder.art import INKS, NORTHFIELD_MARK, draw_badge
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.catalog.changes import history
from site_builder.catalog.counts import awarded
from site_builder.catalog.resolve import resolve
from site_builder.keys import Role, demo_signers
from site_builder.models.credential import LEVELS, Benchmark, CredentialSpec, Kind, Level, Method
from site_builder.reading.repository import Repository, sweep

ROOT = Path(__file__).parents[1]
CREDENTIALS = ROOT / "credentials"
NOW = date(2026, 11, 22)

# One hue for each framework; the certificate, which stands on both, is printed in ink with a red seal.
WORKPLACE, DATA, BOTH = "oxblood", "deep-teal", "ink-and-oxblood"

ART = {
    "plain-writing-at-work": ("pen", WORKPLACE),
    "constructive-feedback": ("seedling", WORKPLACE),
    "meetings-that-decide": ("clock", WORKPLACE),
    "hazard-spotting": ("magnifier", WORKPLACE),
    "estimating-a-job": ("target", WORKPLACE),
    "servir-en-francais": ("globe", WORKPLACE),
    "workplace-communication": ("speech", WORKPLACE),
    "crew-safety-lead": ("shield", WORKPLACE),
    "small-project-planning": ("flow", WORKPLACE),
    "team-leadership": ("people", WORKPLACE),
    "reliable-spreadsheets": ("grid", DATA),
    "cleaning-messy-data": ("scatter", DATA),
    "charts-people-can-read": ("chart", DATA),
    "asking-a-database": ("database", DATA),
    "data-ethics-in-practice": ("scales", DATA),
    "everyday-digital-security": ("key", DATA),
    "checking-ai-answers": ("network", DATA),
    "accessible-documents": ("book", DATA),
    "data-literacy": ("lightbulb", DATA),
    "data-preparation": ("code", DATA),
    "applied-data-practice": ("compass", DATA),
    "digital-operations-leader": ("gears", BOTH),
}


@cache
def swept() -> Repository:
    return sweep(ROOT)


@cache
def demo() -> Catalog:
    catalog, problems = resolve(swept(), NOW)
    assert catalog is not None, problems
    return catalog


def facts(credential_id: str) -> tuple[str, str, str]:
    """Return kind, level and name as they are written, so that a badge cannot say anything else."""
    text = (CREDENTIALS / f"{credential_id}.yaml").read_text(encoding="utf-8")
    kind, level, name = (re.search(rf"^{field}: (.+)$", text, re.M) for field in ("kind", "level", "name"))
    assert kind
    assert level
    assert name
    return kind[1], level[1], name[1]


def drawn() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every image of the demo."""
    for credential_id, (motif, inks) in ART.items():
        kind, level, name = facts(credential_id)
        title = f"{name}: a {kind.replace('-', ' ')} of Northfield Polytechnic"
        yield (
            f"{credential_id}.svg",
            draw_badge(kind=kind, level=level, motif=motif, inks=INKS[inks], title=title),
        )
    yield "northfield.svg", mark()


def mark() -> str:
    """Return the polytechnic's mark: the compass star that stands at the foot of its badges, on its seal."""
    inks = INKS[BOTH]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img">'
        "<title>The mark of Northfield Polytechnic</title>"
        f'<circle cx="200" cy="200" r="192" fill="{inks.bright}"/>'
        f'<circle cx="200" cy="200" r="170" fill="none" stroke="{inks.paper}" stroke-width="6"/>'
        f'<path transform="translate(200 215) scale(8)" d="{NORTHFIELD_MARK}" fill="{inks.paper}"/></svg>\n'
    )


def draw_again() -> None:
    for name, svg in drawn():
        (CREDENTIALS / name).write_text(svg, encoding="utf-8", newline="\n")


def state(award: IssuedAward) -> str:
    if award.is_withdrawn:
        return "revoked"
    return "expired" if award.valid_until is not None and award.valid_until <= NOW else "valid"


def specs() -> list[CredentialSpec]:
    return [item.spec for item in demo().current]


def test_has_no_fault_and_no_warning() -> None:
    catalog, problems = resolve(swept(), NOW)

    assert [f"{p.path}:{p.line}: {p.message}" for p in problems] == []
    assert catalog is not None


def test_stays_without_fault_when_years_have_passed() -> None:
    _, problems = resolve(swept(), date(2036, 11, 22))

    assert problems == []


def test_has_credentials_of_every_kind() -> None:
    active = Counter(spec.kind for spec in specs() if spec.status == "active")

    assert set(active) == set(get_args(Kind))
    assert active["nanocredential"] >= 7
    assert active["microcredential"] >= 5
    assert active["stacked-microcredential"] >= 2
    assert [spec.id for spec in specs() if spec.status == "retired"] == ["accessible-documents"]
    assert "checking-ai-answers" not in {spec.id for spec in specs()}, "drafts are not published"


def test_uses_every_method_benchmark_and_level() -> None:
    assert {a.method for spec in specs() for a in spec.assessment} == set(get_args(Method))
    assert {spec.benchmark for spec in specs()} == set(get_args(Benchmark))
    assert {spec.level for spec in specs()} == set(get_args(Level))


@pytest.mark.parametrize("framework", ["workplace-skills", "data-and-digital"])
def test_frameworks_have_ten_competencies_hard_and_soft(framework: str) -> None:
    competencies = demo().frameworks[framework].competencies

    assert len(competencies) >= 10
    assert {competency.type for competency in competencies} == {"hard", "soft"}
    statements = [getattr(item.levels, level) for item in competencies for level in LEVELS]
    assert len(set(statements)) == len(statements), "two levels are told in the same words"


def test_micros_stack_from_nanos_and_stacked_from_micros() -> None:
    smaller = {"microcredential": "nanocredential", "stacked-microcredential": "microcredential"}
    for item in demo().current:
        if item.spec.kind in smaller:
            parts = [demo().newest(part).spec for part in item.part_ids]
            assert 2 <= len(parts) <= 3, item.spec.id
            assert {part.kind for part in parts} == {smaller[item.spec.kind]}, item.spec.id
            assert item.spec.workload is not None
            assert item.spec.workload.hours > sum(part.workload.hours for part in parts if part.workload)


def test_has_awards_in_every_state() -> None:
    awards = list(demo().awards.values())
    states = Counter(state(award) for award in awards)

    assert len(awards) >= 44
    assert len({award.path for award in awards}) >= 4
    assert states["valid"] >= 40
    assert states["expired"] >= 1
    assert [bool(a.award.revoked and a.award.revoked.reason) for a in awards].count(True) == 1
    assert [a.award.replaced_by is not None for a in awards].count(True) == 1
    assert [a.award.listing for a in awards].count("listed") == 2


def test_both_versions_of_one_credential_are_awarded() -> None:
    versions = {
        a.file.version for a in demo().awards.values() if a.file.credential == "charts-people-can-read"
    }

    assert versions == {"1.0", "2.0"}


def test_stacked_awards_name_parts_that_still_stand() -> None:
    stacked = [award for award in demo().awards.values() if award.award.parts]

    assert {award.achievement.spec.kind for award in stacked} == {
        "microcredential",
        "stacked-microcredential",
    }
    for award in stacked:
        parts = [demo().awards[part] for part in award.award.parts]
        assert not any(part.is_withdrawn for part in parts), award.id


def test_awards_show_results_and_evidence() -> None:
    awards = list(demo().awards.values())

    assert any(a.award.results and a.award.results.score for a in awards)
    assert any(a.level != a.achievement.spec.level for a in awards)
    assert all(a.file.evidence for a in awards)
    assert any(a.award.evidence for a in awards)
    assert {a.award.commitments.name is None for a in awards} == {True, False}


def test_status_indices_fit_one_list() -> None:
    assert all(award.award.status_index < 131_072 for award in demo().awards.values())


def test_issuer_lists_the_demo_keys() -> None:
    listed = {key.role: key.public_key for key in demo().issuer.keys}

    assert listed == {role.value: signer.public_key for role, signer in demo_signers().items()}
    assert set(listed) == {role.value for role in Role}


@pytest.mark.parametrize(("name", "svg"), list(drawn()), ids=lambda value: value if len(value) < 80 else "")
def test_image_is_what_the_art_room_draws(name: str, svg: str) -> None:
    assert (CREDENTIALS / name).read_text(encoding="utf-8") == svg


def test_every_badge_has_a_motif_of_its_own() -> None:
    assert {path.stem for path in CREDENTIALS.glob("*.svg")} == {*ART, "northfield"}
    assert len({motif for motif, _ in ART.values()}) == len(ART)


def test_inks_follow_the_framework() -> None:
    hue = {"workplace-skills": WORKPLACE, "data-and-digital": DATA}
    for item in demo().current:
        first = item.competencies[0].framework.id
        expected = BOTH if item.spec.kind == "certificate" else hue[first]
        assert ART[item.spec.id][1] == expected, item.spec.id


def test_credentials_speak_several_languages() -> None:
    told = Counter(tag for spec in specs() for tag in spec.translations)

    assert told["fr"] >= 8
    assert told["ar"] >= 3
    assert [spec.id for spec in specs() if spec.language == "fr-CA" and "en" in spec.translations] == [
        "servir-en-francais"
    ]
    assert demo().settings.languages == ("en", "fr", "ar")


def test_one_credential_tells_how_many_were_awarded_and_one_what_changed() -> None:
    assert awarded(demo()) == {"hazard-spotting": 10}
    (_, found), _ = history(demo().versions("charts-people-can-read"))
    assert {"workload", "competency-added", "assessment-how"} <= {change.field for change in found}
