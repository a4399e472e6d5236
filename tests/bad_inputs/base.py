"""A small valid repository in which every field that authors may write is filled."""

from __future__ import annotations

from datetime import date
from typing import Any

TODAY = date(2026, 11, 22)

Data = dict[str, Any]

CHARTS, ASKING, LITERACY = "credentials/charts.yaml", "credentials/asking.yaml", "credentials/literacy.yaml"
ISSUER, FRAMEWORK = "credentials/issuer.yaml", "frameworks/data-skills.yaml"
CHARTS_AWARDS, ASKING_AWARDS = "issued/2026/charts.yaml", "issued/2026/asking.yaml"
LITERACY_AWARDS = "issued/2026/literacy.yaml"

FIRST = "11111111-1111-4111-8111-111111111111"
REPLACED = "22222222-2222-4222-8222-222222222222"
ASKED = "33333333-3333-4333-8333-333333333333"
STACKED = "44444444-4444-4444-8444-444444444444"
RENEWED = "55555555-5555-4555-8555-555555555555"
ERASED = "77777777-7777-4777-8777-777777777777"
UNKNOWN = "99999999-9999-4999-8999-999999999999"

ADA, BEA = "a" * 32, "b" * 32

_SETTINGS = b"""\
site_name: Northfield badges
site_url: https://badges.northfield.example/
theme:
  name: material
  font: false
plugins:
  - search
  - badgepress
nav:
  - Catalog: index.md
  - About: about.md
"""
_IMAGE = b"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><circle cx="200" cy="200" r="180"/></svg>
"""
_PAGE = b"""\
# About

Badges of a college that does not exist.
"""


def files() -> dict[str, Data | bytes]:
    """Return the repository: data of YAML files, bytes of the others, by path. The caller may change it."""
    return {
        "mkdocs.yml": _SETTINGS,
        "docs/about.md": _PAGE,
        "credentials/mark.svg": _IMAGE,
        ISSUER: _issuer(),
        CHARTS: _charts(),
        ASKING: _spec("asking", "Asking for data"),
        LITERACY: {
            **_spec("literacy", "Data literacy"),
            "kind": "microcredential",
            "requires": {"all": ["charts", "asking"]},
        },
        FRAMEWORK: _framework(),
        CHARTS_AWARDS: _charts_awards(),
        # One address may stand once among an award's evidence: so the cohort's is another cohort's.
        ASKING_AWARDS: {
            **cohort("asking", date(2026, 3, 1), award(ASKED, ADA)),
            "evidence": [_evidence("Workshop")],
        },
        LITERACY_AWARDS: cohort(
            "literacy", date(2026, 6, 1), {**award(STACKED, ADA), "parts": [FIRST, ASKED]}
        ),
    }


def _issuer() -> Data:
    return {
        "id": "northfield",
        "name": "Northfield Polytechnic",
        "country": "CA",
        "region": "Ontario",
        "url": "https://northfield.example/",
        "description": "A college that does not exist.",
        "language": "en",
        "image": "mark.svg",
        "contact": "https://northfield.example/contact",
        "moved_from": ["https://northfield-badges.example/"],
        "keys": [
            {
                "id": "issue-demo",
                "role": "issue",
                "public_key": "z6MkjVnfzvJjcHyG75SuLg1WwGXRXxjxZ4YhDscz19HKbDFK",
                "since": date(2025, 1, 6),
                "state": "active",
            },
            {
                "id": "status-demo",
                "role": "status",
                "public_key": "z6MkkRiNCDm7bdHcd9zv9wdv7aKhSXUTLvJqJmrpVdduHCC4",
                "since": date(2025, 1, 6),
            },
        ],
    }


def _framework() -> Data:
    return {
        "id": "data-skills",
        "name": "Data skills",
        "version": "1.0",
        "language": "en",
        "description": "What everyone who works with data can do.",
        "publisher": "School of Computing",
        "source": "https://northfield.example/skills",
        "licence": "CC BY 4.0",
        "competencies": [_competency("interpret-data", "hard"), _competency("ask-questions", "soft")],
    }


def _competency(name: str, kind: str) -> Data:
    return {
        "id": name,
        "name": name.replace("-", " ").capitalize(),
        "type": kind,
        "description": "Works with data.",
        "levels": {
            "foundational": "Explain a simple chart.",
            "intermediate": "Compare several charts.",
            "advanced": "Judge how a chart was made.",
        },
    }


def _spec(name: str, title: str) -> Data:
    """Return a nanocredential with what the checks ask for, and no more."""
    return {
        "id": name,
        "name": title,
        "kind": "nanocredential",
        "version": "1.0",
        "status": "active",
        "published": date(2026, 1, 5),
        "language": "en",
        "level": "foundational",
        "summary": "One sentence.",
        "description": "What it is.",
        "competencies": [{"framework": "data-skills", "id": "interpret-data", "level": "foundational"}],
        "benchmark": "performance",
        "assessment": [{"method": "assignment", "how": "Explains five charts.", "pass_mark": 60}],
        "criteria": "Explain five charts.",
        "workload": {"hours": 8},
        "participation": {"mode": "online"},
        "quality_assurance": "Reviewed each year.",
        "image": "mark.svg",
    }


def _charts() -> Data:
    return {
        **_spec("charts", "Reading charts"),
        "qualification_level": {"framework": "EQF", "level": "4"},
        "assessment": [
            {
                "method": "assignment",
                "how": "Explains five charts.",
                "weight": 60,
                "pass_mark": 60,
                "rubric": "Says what a chart does not show.",
            },
            {"method": "test", "how": "Answers ten questions.", "weight": 40, "pass_mark": 60},
        ],
        "workload": {"hours": 8, "ects": 0.3},
        "participation": {"mode": "online", "note": "Two evenings.", "supervision": "In person."},
        "prerequisites": "None.",
        "valid_for": "P3Y",
        "image_alt": "A circle.",
        "credit": {
            "points": 0.5,
            "system": "Ontario college credit",
            "towards": "A first-year course.",
            "note": "Granted on enrolment.",
        },
        "enrol": "https://northfield.example/enrol",
        "tags": ["charts", "reports"],
    }


def cohort(credential: str, issued_on: date, *awards: Data) -> Data:
    """Return an award file."""
    return {
        "credential": credential,
        "version": "1.0",
        "issued_on": issued_on,
        "assessed_by": "Examination board",
        "awards": list(awards),
    }


def award(award_id: str, learner: str) -> Data:
    """Return an award; hashes and status index are its own, made from its id's first digit."""
    digit = award_id[0]
    return {
        "id": award_id,
        "learner": learner,
        "commitments": {"email": f"sha256${digit * 64}", "name": f"sha256${digit * 32}{'e' * 32}"},
        "status_index": int(digit, 16),
        "results": {"score": 80},
    }


def _evidence(title: str) -> Data:
    return {
        "name": title,
        "narrative": "Explained five charts.",
        "genre": "report",
        "url": "https://northfield.example/reports/5",
    }


def _charts_awards() -> Data:
    first = {
        **award(FIRST, ADA),
        "results": {"level": "intermediate", "score": 80},
        "evidence": [_evidence("Report")],
        "expires": date(2028, 2, 1),
        "holder": "did:key:z6MkjVnfzvJjcHyG75SuLg1WwGXRXxjxZ4YhDscz19HKbDFK",
        "listing": "listed",
    }
    replaced = {
        **award(REPLACED, BEA),
        "revoked": {"date": date(2026, 5, 1), "reason": "A slip of the pen."},
        "replaced_by": RENEWED,
    }
    erased = {"id": ERASED, "status_index": 7, "date": date(2026, 4, 1)}
    return {
        **cohort("charts", date(2026, 2, 1), first, replaced, award(RENEWED, BEA)),
        "erased": [erased],
    }
