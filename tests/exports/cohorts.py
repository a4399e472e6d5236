"""Random cohorts of the sample catalog: every optional part of an award, and text that tries its readers."""

from __future__ import annotations

import random
import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.catalog.catalog import Achievement, Catalog, ErasedAward, IssuedAward
from site_builder.exports import Badge
from site_builder.models.award import AwardFile, Erased
from site_builder.proof.eddsa import attach, proof_options
from site_builder.proof.strict_json import dump
from tests.pages.sample import AT, HOSTILE, sample_catalog

KEYS = (
    "z6MkqqBxF7Q3V7oVcBDU5VSPUFkdpaS4ZBvkzPBnKBQxMnFo",
    "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
)

LINES = (
    "Report",
    "Examination board, School of Computing",
    f"Report {HOSTILE}",
    'Said "no" & <b>left</b>',
    "It's a \\ backslash",
    "Rapport d’évaluation, 100 %",
    "تقرير عن الجداول",
    "读表 🐝 &amp; &lt;",
    '","type":["Evidence"],"name":"',
    f"see {AT.base} or {AT.did}#key",
    f"{AT.url('credentials/sums/1.1/index.html')}#advanced",
    '/credential.json","type":["VerifiableCredential","AchievementCredential"],"name":"x',
    "1. *not* a list_",
    "{day} {0} %s {{ x }} \\1",
    "4 May 2026",
)
"""Lines for names, genres and boards: HTML, Markdown, JSON, templates, other scripts, what badges share."""

MARKDOWN = (
    "A report on bees.",
    "A report on **bees**, see [the notes](https://northfield.example/notes).",
    "Two parts:\n\n- one & two\n- 3 > 2\n",
    "\n\n    code stays code\n\nText.\n",
    'It\'s "quoted" \\\\ and `a < b`',
    "Umlaute: äöü, 读表, تقرير.",
    f"See {AT.base} and {AT.did}#x, and 'this'.",
    "Line one\nline two  \nline three",
)
"""Narratives that may be published."""

ADDRESSES = (
    "https://northfield.example/report?a=1&b='2'",
    f"{AT.base}credentials/sums/1.1/",
    f"{AT.base}credentials/sums/1.1/#advanced",
    f"{AT.base}evidence/1",
    "https://example.org/",
)
"""Addresses of evidence, some of them on the site itself."""


def random_catalog(seed: int, cohorts: int = 12, awards: int = 8) -> Catalog:
    """Return the sample catalog with random cohorts in place of its awards; the same for the same seed."""
    chance = random.Random(seed)
    catalog = sample_catalog()
    gone = Erased.model_validate({"id": _uuid(chance), "status_index": 7, "date": date(2027, 3, 3)})
    known: list[IssuedAward] = []
    for number in range(cohorts):
        achievement = chance.choice(list(catalog.achievements.values()))
        known += _cohort(chance, achievement, f"issued/2026/{number}.yaml", awards, known, gone.id)
    erased = {gone.id: ErasedAward("issued/2026/0.yaml", gone)}
    return replace(catalog, awards={item.id: item for item in known}, erased=erased)


def _cohort(
    chance: random.Random,
    achievement: Achievement,
    path: str,
    awards: int,
    known: list[IssuedAward],
    gone: str,
) -> list[IssuedAward]:
    spec = achievement.spec
    file = AwardFile.model_validate(
        {
            "credential": spec.id,
            "version": spec.version,
            "issued_on": date(2026, 1, 1) + timedelta(chance.randrange(300)),
            "assessed_by": chance.choice(LINES),
            "evidence": _evidence(chance, chance.choice((0, 1, 1, 2))),
            "awards": [_award(chance, [item.id for item in known], gone) for _ in range(awards)],
        }
    )
    return [IssuedAward(path, file, award, achievement) for award in file.awards]


def _award(chance: random.Random, others: list[str], gone: str) -> dict[str, Any]:
    """Return an award: about two in three have nothing but what every award has, and a score."""
    values: dict[str, Any] = {
        "id": _uuid(chance),
        "learner": f"{chance.getrandbits(128):032x}",
        "commitments": {"email": f"sha256${chance.getrandbits(256):064x}"},
        "status_index": chance.randrange(400_000),
    }
    if chance.random() < 0.8:
        values["commitments"]["name"] = f"sha256${chance.getrandbits(256):064x}"
    if chance.random() < 0.7:
        values["results"] = {"score": chance.choice((0.0, 60.0, 72.0, 92.5, 100.0, 33.3333333))}
    if chance.random() < 0.2:
        values["results"] = values.get("results", {}) | {"level": "advanced"}
    for name, share, value in _rare(chance, others, gone):
        if value and chance.random() < share:
            values[name] = value
    return values


def _rare(chance: random.Random, others: list[str], gone: str) -> list[tuple[str, float, Any]]:
    linked = [*chance.sample(others, min(len(others), 3)), gone]
    revoked = {"date": date(2026, 7, 3), "reason": chance.choice(LINES)}
    return [
        ("holder", 0.1, chance.choice(("did:key:z6Mkabc", f"{AT.did}", "did:web:x.example"))),
        ("evidence", 0.15, _evidence(chance, chance.choice((1, 1, 2)))),
        ("parts", 0.1, [part for part in linked if part != gone]),
        ("expires", 0.1, date(2027, 1, 1) + timedelta(chance.randrange(300))),
        ("listing", 0.1, "listed"),
        ("renews", 0.05, chance.choice(linked)),
        ("revoked", 0.05, revoked),
        ("replaced_by", 0.05, chance.choice(linked)),
    ]


def _evidence(chance: random.Random, count: int) -> list[dict[str, str]]:
    found = []
    for _ in range(count):
        item = {"name": chance.choice(LINES)}
        for name, texts in (("narrative", MARKDOWN), ("genre", LINES), ("url", ADDRESSES)):
            if chance.random() < 0.5:
                item[name] = chance.choice(texts)
        found.append(item)
    return found


def _uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def badges_of(catalog: Catalog, at: Addresses = AT) -> list[Badge]:
    """Return the badges of a catalog in its order, each with a proof that only looks like one."""
    digests = {award: f"uEi{award}" for award in catalog.awards}
    made = []
    for number, issued in enumerate(catalog.awards.values()):
        # A file's awards may be signed over years, with more than one key.
        key = KEYS[number % 7 == 0]
        options = proof_options(verification_method=at.key_id(key), created=created(issued))
        document = attach(unsigned_credential(issued, catalog, at, digests), options, _proof(issued))
        made.append(Badge(issued, document, dump(document)))
    return made


def _proof(issued: IssuedAward) -> str:
    """Return a value like a proof's: 86 to 88 letters and digits, which differ from award to award."""
    return "z" + (issued.id.replace("-", "") * 3)[: 85 + issued.award.status_index % 3]
