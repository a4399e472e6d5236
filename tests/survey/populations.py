"""A repository with some of everything that awards may have, as data that a fault can be seeded in."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.support.repos import credential, valid

NOW = date(2026, 11, 22)
AFTER = timedelta(days=1)
SITE = "did:web:badges.northfield.example"

Award = dict[str, Any]
File = dict[str, Any]


@dataclass
class Population:
    """Award files and proof lines as data, all other files as text or bytes, by path."""

    chance: Random
    awards: dict[str, File] = field(default_factory=dict)
    proofs: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    highest: int = 0
    now: date = NOW
    site_url: str | None = None
    after: list[Callable[[Path], None]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """The paths of the files, before ``after`` changes any."""
        return [*self.awards, *self.proofs, *self.others, *self.raw]

    def write(self, root: Path) -> None:
        """Write the repository below ``root``; ``raw`` is written in place of what has the same path."""
        texts = {path: yaml_of(file) for path, file in self.awards.items()}
        proofs = {
            path: "".join(f"{json.dumps(one)}\n" for one in lines) for path, lines in self.proofs.items()
        }
        data = {path: text.encode() for path, text in {**self.others, **texts, **proofs}.items()}
        for path, content in {**data, **self.raw}.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        for change in self.after:
            change(root)

    def file(self, *names: str) -> tuple[str, File]:
        """Return some award file, of one of the credentials that are named."""
        paths = [path for path, file in self.awards.items() if not names or file["credential"] in names]
        path = self.chance.choice(paths)
        return path, self.awards[path]

    def award(self, *names: str) -> Award:
        """Return some award, of one of the credentials that are named."""
        awards: list[Award] = self.file(*names)[1]["awards"]
        return self.chance.choice(awards)

    def two(self, *names: str) -> tuple[Award, Award]:
        """Return two awards, which may stand in one file."""
        every = [a for file in self.awards.values() for a in file["awards"]]
        chosen = [a for a in every if not names or a in self._of(names)]
        first, second = self.chance.sample(chosen, 2)
        return first, second

    def _of(self, names: Iterable[str]) -> list[Award]:
        return [a for file in self.awards.values() if file["credential"] in names for a in file["awards"]]

    def id(self) -> str:
        """Return a new award id."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def index(self) -> int:
        """Return a new place in the status lists."""
        self.highest += self.chance.randint(1, 99)
        return self.highest

    def hex(self, digits: int) -> str:
        """Return some hexadecimal digits."""
        return f"{self.chance.getrandbits(4 * digits):0{digits}x}"


def sound(seed: int) -> Population:
    """Return a repository without a fault: cohorts, stacks, renewals, corrections, erasures and proofs."""
    made = Population(Random(seed))
    made.others = {path: text for path, text in valid().items() if not path.startswith("issued/")}
    made.others["credentials/closed.yaml"] = credential("closed").replace(
        "valid_for: P1Y\n", "status: retired\nretired_on: 2026-06-01\npublished: 2025-12-01\n"
    )
    made.others["credentials/planned.yaml"] = credential("planned") + "status: draft\n"
    made.others["docs/index.md"] = "# Welcome\n"
    people = [made.hex(32) for _ in range(6)]
    holders = {person: f"did:key:z6Mk{made.hex(44)}" for person in people}
    earned: dict[str, list[str]] = {person: [] for person in people}
    for number, name in enumerate(["charts", "asking", "charts", "closed"]):
        _cohort(made, f"{name}-{number}", name, date(2026, 2 + number, 3), people, earned, holders)
    _stacks(made, people, earned)
    _renewals(made, people)
    _corrections(made)
    for path, file in made.awards.items():
        made.proofs[_proofs_of(path)] = [_line(made, award["id"]) for award in file["awards"]]
    made.proofs["proofs/status.jsonl"] = [{**_line(made, "1"), "list": "1"}]
    del made.proofs["proofs/status.jsonl"][0]["award"]
    return made


def _cohort(
    made: Population,
    batch: str,
    name: str,
    day: date,
    people: list[str],
    earned: dict[str, list[str]],
    holders: dict[str, str],
) -> None:
    file: File = {
        "credential": name,
        "version": "1.0",
        "issued_on": day,
        "assessed_by": made.chance.choice(["Examination board", "Northfield Polytechnic"]),
        "awards": [],
    }
    for person in people:
        award = _award(made, person)
        if made.chance.random() < 0.3:
            award["holder"] = holders[person]
        file["awards"].append(award)
        if batch in ("charts-0", "asking-1"):
            earned[person].append(award["id"])
    file["erased"] = [{"id": made.id(), "status_index": made.index(), "date": day + AFTER}]
    made.awards[f"issued/2026/{batch}.yaml"] = file


def _award(made: Population, person: str) -> Award:
    chance = made.chance
    award: Award = {
        "id": made.id(),
        "learner": person,
        "commitments": {"email": f"sha256${made.hex(64)}"},
        "status_index": made.index(),
    }
    if chance.random() < 0.5:
        award["commitments"]["name"] = f"sha256${made.hex(64)}"
    if chance.random() < 0.7:
        award["results"] = {"score": chance.choice([60, 75.5, 100])}
    if chance.random() < 0.2:
        award["evidence"] = [{"name": "Report", "url": f"https://northfield.example/{made.hex(6)}"}]
    if chance.random() < 0.3:
        award["listing"] = "listed"
        award["results"] = {"level": "advanced"}
    return award


def _stacks(made: Population, people: list[str], earned: dict[str, list[str]]) -> None:
    for number, some in enumerate((people[:3], people[3:])):
        stacks = [{**_award(made, person), "parts": earned[person]} for person in some]
        made.awards[f"issued/2026/literacy-{number}.yaml"] = {
            "credential": "literacy",
            "version": "1.0",
            "issued_on": date(2026, 7, 1 + number),
            "assessed_by": "Examination board",
            "awards": stacks,
        }


def _renewals(made: Population, people: list[str]) -> None:
    first = made.awards["issued/2026/charts-0.yaml"]["awards"]
    renewed = [{**_award(made, award["learner"]), "renews": award["id"]} for award in first[:3]]
    made.awards["issued/2026/charts-renewed.yaml"] = {
        "credential": "charts",
        "version": "1.0",
        "issued_on": date(2026, 9, 9),
        "assessed_by": "Examination board",
        "awards": renewed,
    }


def _corrections(made: Population) -> None:
    wrong = made.awards["issued/2026/charts-2.yaml"]["awards"]
    right = [_award(made, award["learner"]) for award in wrong[:2]]
    for old, new in zip(wrong[:2], right, strict=True):
        old["replaced_by"] = new["id"]
    wrong[3]["revoked"] = {"date": date(2026, 8, 1), "reason": "Assessed by mistake."}
    made.awards["issued/2026/charts-2-corrected-2026-08-02.yaml"] = {
        "credential": "charts",
        "version": "1.0",
        "issued_on": date(2026, 8, 2),
        "assessed_by": "Examination board",
        "awards": right,
    }


def _line(made: Population, award: str) -> dict[str, str]:
    key = f"{SITE}#{made.chance.choice(['z6MkOne', 'z6MkTwo'])}"
    created = "2026-02-03T00:00:00Z"
    return {"award": award, "key": key, "created": created, "proofValue": f"z{made.hex(40)}"}


def _proofs_of(path: str) -> str:
    return path.replace("issued/", "proofs/").replace(".yaml", ".jsonl")


def yaml_of(file: File) -> str:
    text = yaml.dump(file, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1000)
    assert isinstance(text, str)
    return text
