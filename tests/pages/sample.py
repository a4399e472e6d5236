"""A small catalog built from models, with text that tries to be HTML in every place an author may write.

One credential, ``sums``, has two versions; one, ``tables``, is told in four languages, one of which the
interface lacks.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Achievement, Aligned, Catalog, IssuedAward
from site_builder.images import Image
from site_builder.models.award import AwardFile
from site_builder.models.credential import CredentialSpec
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.models.settings import Settings

AT = Addresses("https://badges.northfield.example/college/")
NOW = date(2026, 11, 22)
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'

PLAIN, REVOKED, REPLACED, REPLACEMENT, STACKED, LISTED = (
    f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 7)
)


def sample_catalog() -> Catalog:
    """Return a catalog with two frameworks, six versions of five credentials and six awards."""
    frameworks = {item.id: item for item in (_skills(), _data())}
    achievements = {
        item.key: item
        for item in (
            _achievement(
                frameworks, _spec("chairing", kind="nanocredential", language="fr", name="Présider")
            ),
            _achievement(frameworks, _spec("sums", kind="nanocredential", version="1.0"), is_current=False),
            _achievement(frameworks, _spec("sums", kind="nanocredential", version="1.1", **_FULL)),
            _achievement(
                frameworks, _spec("tables", status="retired", retired_on=date(2026, 6, 1), translations=_TOLD)
            ),
            _achievement(frameworks, _spec("hostile", **_hostile())),
            _achievement(
                frameworks,
                _spec("steward", kind="stacked-microcredential", requires={"all": ["sums", "tables"]}),
            ),
        )
    }
    return Catalog(
        settings=Settings("Northfield Badges", AT.base),
        issuer=_issuer(),
        issuer_image=_drawing("credentials/mark.svg", "N", "#a3271d"),
        frameworks=frameworks,
        achievements=achievements,
        awards={award.id: award for award in _awards(achievements)},
    )


def _drawing(path: str, letter: str, ink: str) -> Image:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">'
        f'<path fill="{ink}" d="M200 14 361 107v186L200 386 39 293V107z"/>'
        '<path fill="none" stroke="#fff" stroke-width="4" d="M200 40 338 120v160L200 360 62 280V120z"/>'
        f'<text x="200" y="262" font-size="180" text-anchor="middle" fill="#fff">{letter}</text></svg>'
    )
    return Image(path, "image/svg+xml", svg.encode(), 400, 400)


def _levels(verb: str) -> dict[str, str]:
    return {
        "foundational": f"{verb} with guidance, in a familiar setting.",
        "intermediate": f"{verb} alone, and explain the choice to a colleague.",
        "advanced": f"{verb} in a new setting, and help others to do so.",
    }


def _skills() -> Framework:
    meeting = {"id": "meetings", "name": "Leading meetings", "type": "soft", "description": "Meeting well."}
    return Framework.model_validate(
        {
            "id": "workplace-skills",
            "name": "Workplace skills",
            "version": "1.0",
            "language": "en",
            "description": "What work asks of everybody.\n\nWritten for employers and learners.",
            "competencies": [meeting | {"levels": _levels("Lead a meeting")}],
        }
    )


def _data() -> Framework:
    tables = {
        "id": "tables",
        "name": "Reading tables",
        "type": "hard",
        "description": "Reading what is there.",
    }
    unused = {"id": "maps", "name": f"Maps {HOSTILE}", "type": "hard", "description": HOSTILE}
    return Framework.model_validate(
        {
            "id": "data-skills",
            "name": "Data skills",
            "version": "2.1",
            "language": "en",
            "description": "Working with figures.",
            "publisher": "Northfield School of Computing",
            "source": "https://northfield.example/frameworks/",
            "licence": "CC BY 4.0",
            "competencies": [
                tables | {"levels": _levels("Read a table")},
                unused | {"levels": _levels("Draw a map")},
            ],
        }
    )


def _spec(credential_id: str, **given: Any) -> CredentialSpec:
    values: dict[str, Any] = {
        "id": credential_id,
        "name": f"The {credential_id} credential",
        "kind": "microcredential",
        "version": "1.0",
        "language": "en-CA",
        "level": "foundational",
        "summary": f"Do {credential_id} well, and show that you can.",
        "description": "What it is.\n\nWhom it is for.",
        "competencies": [
            {"framework": "data-skills", "id": "tables", "level": "foundational"},
            {"framework": "workplace-skills", "id": "meetings", "level": "intermediate"},
        ],
        "benchmark": "performance",
        "assessment": [{"method": "test", "how": "Twenty questions on paper.", "pass_mark": 60.0}],
        "criteria": "Pass the test, and *explain* your answers:\n\n- one by one\n- aloud",
        "workload": {"hours": 5.0},
        "participation": {"mode": "online"},
        "quality_assurance": "The curriculum board reviews it every year.",
        "image": f"{credential_id}.svg",
    }
    return CredentialSpec.model_validate(values | given)


_FULL: dict[str, Any] = {
    "benchmark": "progress",
    "assessment": [
        {
            "method": "portfolio",
            "how": "Three worked pieces.",
            "weight": 60.0,
            "rubric": "Right, clear, honest.",
        },
        {"method": "project", "how": "One report for a client.", "weight": 40.0, "pass_mark": 70.0},
    ],
    "workload": {"hours": 25.0, "ects": 1.0},
    "participation": {"mode": "blended", "note": "Two fixed dates.", "supervision": "Identity is checked."},
    "qualification_level": {"framework": "EQF", "level": "4"},
    "prerequisites": "Everyday arithmetic.",
    "valid_for": "P3Y",
    "credit": {"points": 1.0, "system": "ECTS", "towards": "Diploma in Data", "note": "On request."},
    "enrol": "https://northfield.example/enrol/sums",
    "tags": ["figures", "sums"],
    "published": date(2026, 1, 10),
}

_TOLD: dict[str, Any] = {
    "fr": {"name": "Lire un tableau", "summary": "Bien lire.", "description": "Pour qui lit."},
    "ar": {"name": "قراءة الجداول"},
    "zh": {"name": "读表", "summary": "会读，也能说明。", "description": "给需要读表的人。"},
}


def _hostile() -> dict[str, Any]:
    return {
        "name": f"Hostile {HOSTILE}",
        "summary": HOSTILE,
        "description": HOSTILE,
        "quality_assurance": HOSTILE,
        "prerequisites": HOSTILE,
        "image_alt": f'" onload="alert(3) {HOSTILE}',
        "assessment": [{"method": "test", "how": HOSTILE, "rubric": HOSTILE}],
        "tags": [HOSTILE],
    }


def _achievement(
    frameworks: dict[str, Framework], spec: CredentialSpec, *, is_current: bool = True
) -> Achievement:
    aligned = tuple(
        Aligned(frameworks[use.framework], competency, use.level)
        for use in spec.competencies
        for competency in frameworks[use.framework].competencies
        if competency.id == use.id
    )
    image = _drawing(f"credentials/{spec.image}", spec.id[0].upper(), "#1c6552")
    return Achievement(f"credentials/{spec.id}.yaml", spec, aligned, image, is_current)


def _issuer() -> Issuer:
    key = {"public_key": "z6MkqqBxF7Q3V7oVcBDU5VSPUFkdpaS4ZBvkzPBnKBQxMnFo", "since": date(2026, 1, 1)}
    return Issuer.model_validate(
        {
            "id": "northfield",
            "name": "Northfield Polytechnic",
            "country": "CA",
            "region": "Ontario",
            "url": "https://northfield.example/",
            "description": "A polytechnic.\n\nIt does not exist.",
            "language": "en",
            "image": "mark.svg",
            "contact": "https://northfield.example/registrar",
            "keys": [
                key | {"id": "issue-2026", "role": "issue"},
                key | {"id": "status-2026", "role": "status"},
            ],
        }
    )


def _awards(achievements: dict[tuple[str, str], Achievement]) -> list[IssuedAward]:
    revoked = {"date": date(2026, 7, 3), "reason": f"issued in error {HOSTILE}"}
    level = {"results": {"level": "advanced", "score": 92.5}}
    return [
        _award(achievements["sums", "1.1"], PLAIN, **level),
        _award(achievements["sums", "1.1"], REVOKED, revoked=revoked),
        _award(achievements["tables", "1.0"], REPLACED, replaced_by=REPLACEMENT),
        _award(achievements["tables", "1.0"], REPLACEMENT),
        _award(achievements["steward", "1.0"], STACKED, parts=[PLAIN, REPLACEMENT]),
        _award(achievements["hostile", "1.0"], LISTED, listing="listed"),
    ]


def _award(achievement: Achievement, award_id: str, **given: Any) -> IssuedAward:
    narrative = "A report on **bees**, see [the notes](https://northfield.example/notes)."
    values = {
        "id": award_id,
        "learner": "0" * 32,
        "commitments": {"email": "sha256$" + "ab" * 32},
        "status_index": int(award_id[-1]),
    }
    file = AwardFile.model_validate(
        {
            "credential": achievement.spec.id,
            "version": achievement.spec.version,
            "issued_on": date(2026, 5, 4),
            "assessed_by": "Examination board, School of Computing",
            "evidence": [{"name": f"Report {HOSTILE}", "narrative": narrative, "genre": "report"}],
            "awards": [values | given],
        }
    )
    return IssuedAward("issued/2026/sample.yaml", file, file.awards[0], achievement)
