"""A repository of any size, the same for the same numbers: what large catalogs are measured with.

It has three frameworks, credentials of every kind, level and language that stack into one another, earlier
versions, translations, drawn badges and awards of the nanocredentials. The demo keys sign it.
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path
from typing import Any

import yaml

from bench._words import ACTIONS, FRAMEWORKS, OBJECTS, SENTENCES, SOFT, TASKS
from site_builder.art import INKS, MOTIFS, draw_badge
from site_builder.keys import Role, demo_signers
from site_builder.models.credential import KINDS, LEVELS, Kind

NOW = date(2026, 11, 22)
"""The day of the builds that are measured."""
PUBLISHED = "2026-01-05"
"""The day from which its credentials are awarded."""

_SHARES: dict[Kind, float] = {
    "nanocredential": 0.6,
    "microcredential": 0.28,
    "stacked-microcredential": 0.1,
    "certificate": 0.02,
}
_LANGUAGES = ("en-CA",) * 7 + ("fr-CA", "es", "ar")
_METHODS = (
    "assignment", "test", "project", "portfolio", "practical-exercise", "workplace-demonstration",
    "lecture-or-seminar", "conference",
)  # fmt: skip
_MODES = ("on-site", "online", "blended", "workplace")
_HOURS: dict[Kind, tuple[int, int]] = {
    "nanocredential": (4, 16),
    "microcredential": (25, 80),
    "stacked-microcredential": (100, 200),
    "certificate": (300, 450),
}
_COHORT = 25

Spec = dict[str, Any]


class _Quoted(str):
    """Text that a reader of YAML could take for a number."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """Write everything out: authors' files have no aliases."""
        return True


_Dumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)


@dataclass(frozen=True)
class Size:
    """How large the repository is."""

    credentials: int = 500
    awards: int = 300


def write_repository(root: Path, size: Size) -> None:
    """Write the repository into the empty folder ``root``; the same bytes for the same size.

    Raises ValueError for more credentials than the word lists have names.
    """
    specs = credential_specs(size.credentials)
    write_ground(root, specs)
    for number, cohort in enumerate(_cohorts(specs, size.awards), start=1):
        write_text(root / f"issued/2026/cohort-{number:03}.yaml", _yaml(cohort))


def write_ground(
    root: Path, specs: Iterable[Spec], keys: Mapping[Role, str] | None = None, first_version: str = PUBLISHED
) -> None:
    """Write everything but awards: settings, issuer, frameworks, and each credential with its badge.

    ``keys`` are the public keys of the issuer, without them the demo's; ``first_version`` is the day on which
    version 1.0 of what is at version 2.0 by now was published.
    """
    write_text(root / "mkdocs.yml", _settings())
    write_text(root / "docs/about.md", "# About\n\nA catalog that is only measured.\n")
    write_text(root / "credentials/issuer.yaml", _yaml(_issuer(keys or _demo_keys())))
    write_text(
        root / "credentials/issuer.svg", _drawn("certificate", "advanced", "compass", 0, "The issuer's mark")
    )
    for framework in _frameworks():
        write_text(root / f"frameworks/{framework['id']}.yaml", _yaml(framework))
    for number, spec in enumerate(specs):
        _write_credential(root / "credentials", number, spec, first_version)


def write_text(path: Path, text: str) -> None:
    """Write a file of the repository, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _yaml(data: Spec) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _settings() -> str:
    return (
        "site_name: Measured microcredentials\n"
        "site_url: https://badges.measured.example/\n"
        "theme: {name: material, font: false}\n"
        "plugins:\n  - badgepress:\n      languages: [en, fr, ar]\n"
        "not_in_nav: about.md\n"
    )


def _demo_keys() -> dict[Role, str]:
    return {role: signer.public_key for role, signer in demo_signers().items()}


def _issuer(public: Mapping[Role, str]) -> Spec:
    keys = [
        {"id": f"{role.value}-key", "role": role.value, "public_key": key, "since": "2020-01-06"}
        for role, key in public.items()
    ]
    return {
        "id": "measured",
        "name": "Measured Polytechnic",
        "country": "CA",
        "url": "https://measured.example/",
        "description": "An institution that exists while a measurement runs.",
        "language": "en-CA",
        "image": "issuer.svg",
        "keys": keys,
    }


def _frameworks() -> Iterator[Spec]:
    for name, (title, competencies) in FRAMEWORKS.items():
        yield {
            "id": name,
            "name": title,
            "version": "1.0",
            "language": "en-CA",
            "description": f"{title}: ten competencies, written with employers.",
            "competencies": [_competency(competency) for competency in competencies],
        }


def _competency(name: str) -> Spec:
    return {
        "id": _slug(name),
        "name": name,
        "type": "soft" if name in SOFT else "hard",
        "description": f"{name} in the situations that the work brings.",
        "levels": {
            "foundational": f"{name} with guidance, in a familiar situation.",
            "intermediate": f"{name} alone, and say why it was done this way.",
            "advanced": f"{name} where no rule fits, and help others to do so.",
        },
    }


def _slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def credential_specs(count: int) -> list[Spec]:
    """Return the credentials, parts before what stacks from them; the same for the same number.

    Raises ValueError for more credentials than the word lists have names.
    """
    if count > len(ACTIONS) * len(OBJECTS):
        raise ValueError(f"there are names for {len(ACTIONS) * len(OBJECTS)} credentials")
    return list(_specs(count))


def _specs(count: int) -> Iterator[Spec]:
    chance = random.Random(count)
    names = [f"{action} {thing}" for action, thing in product(ACTIONS, OBJECTS)]
    chance.shuffle(names)
    smaller: list[str] = []
    for kind, share in _shares(count).items():
        made = [_spec(chance, name, kind, smaller) for name in names[:share]]
        del names[:share]
        smaller = [spec["id"] for spec in made]
        yield from made


def _shares(count: int) -> dict[Kind, int]:
    """Return how many credentials there are of each kind; what rounding leaves are nanocredentials."""
    shares = {kind: int(count * share) for kind, share in _SHARES.items()}
    return {**shares, "nanocredential": count - sum(shares.values()) + shares["nanocredential"]}


def _spec(chance: random.Random, name: str, kind: Kind, smaller: list[str]) -> Spec:
    level, language = LEVELS[_rank(chance, kind)], chance.choice(_LANGUAGES)
    framework = chance.choice(list(FRAMEWORKS))
    competencies = chance.sample(FRAMEWORKS[framework][1], chance.randint(1, 4))
    spec: Spec = {
        "id": _slug(name),
        "name": name,
        "kind": kind,
        "version": "2.0" if chance.random() < 0.08 else "1.0",
        "published": PUBLISHED,
        "language": language,
        "level": level,
        "summary": f"{name} so well that colleagues rely on it.",
        "description": " ".join(chance.sample(SENTENCES, 3)),
        "competencies": [
            {"framework": framework, "id": _slug(competency), "level": level} for competency in competencies
        ],
        "benchmark": chance.choice(("progress", "performance")),
        "assessment": _assessments(chance),
        "criteria": "".join(f"- {task}.\n" for task in chance.sample(TASKS, 3)),
        "workload": {"hours": chance.randint(*_HOURS[kind])},
        "participation": {"mode": chance.choice(_MODES), "note": "Groups of at most twelve."},
        "quality_assurance": "Two assessors agree on each result; the board reads a sample every term.",
        "image": f"{_slug(name)}.svg",
        "enrol": f"https://measured.example/learn/{_slug(name)}/",
        "tags": name.lower().split(),
    }
    if chance.random() < 0.4:
        spec["valid_for"] = chance.choice(("P1Y", "P3Y", "P5Y"))
    if smaller:
        spec["requires"] = {"all": chance.sample(smaller, min(len(smaller), chance.randint(2, 3)))}
    if language == "en-CA" and chance.random() < 0.3:
        spec["translations"] = {"fr": {"name": f"{name} (en français)", "summary": "Une phrase en français."}}
    return spec


def _rank(chance: random.Random, kind: Kind) -> int:
    return min(2, KINDS.index(kind) + chance.randint(0, 1))


def _assessments(chance: random.Random) -> list[Spec]:
    methods = chance.sample(_METHODS, chance.randint(1, 3))
    return [
        {"method": method, "how": f"{task}.", "pass_mark": chance.choice((60, 65, 70, 75))}
        for method, task in zip(methods, chance.sample(TASKS, len(methods)), strict=True)
    ]


def _write_credential(folder: Path, number: int, spec: Spec, first_version: str) -> None:
    motif = sorted(MOTIFS)[number % len(MOTIFS)]
    title = f"{spec['name']}: a badge of Measured Polytechnic"
    write_text(folder / f"{spec['id']}.svg", _drawn(spec["kind"], spec["level"], motif, number, title))
    write_text(folder / f"{spec['id']}.yaml", _yaml(spec))
    if spec["version"] == "2.0":
        hours = {"hours": spec["workload"]["hours"] + 2}
        earlier = {**spec, "version": "1.0", "published": first_version, "workload": hours}
        earlier.pop("translations", None)
        write_text(folder / spec["id"] / "1.0.yaml", _yaml(earlier))


def _drawn(kind: str, level: str, motif: str, number: int, title: str) -> str:
    inks = INKS[sorted(INKS)[number % len(INKS)]]
    return draw_badge(kind=kind, level=level, motif=motif, inks=inks, title=title)


def _cohorts(specs: list[Spec], awards: int) -> Iterator[Spec]:
    """Yield award files of one cohort each, of credentials that need no parts."""
    chance = random.Random(awards)
    simple = [spec for spec in specs if "requires" not in spec]
    indices = iter(chance.sample(range(131_072), awards))
    for number in range(-(-awards // _COHORT)):
        spec = simple[number * 7 % len(simple)]
        yield {
            "credential": spec["id"],
            "version": spec["version"],
            "issued_on": (date(2026, 2, 1) + timedelta(days=number * 3 % 280)).isoformat(),
            "assessed_by": "Examination board",
            "evidence": [{"name": "Record of the assessment", "genre": "report"}],
            "awards": [_award(chance, index) for index in islice(indices, _COHORT)],
        }


def _award(chance: random.Random, index: int) -> Spec:
    return {
        "id": str(uuid.UUID(bytes=chance.randbytes(16), version=4)),
        "learner": _Quoted(chance.randbytes(16).hex()),
        "commitments": {
            "email": f"sha256${chance.randbytes(32).hex()}",
            "name": f"sha256${chance.randbytes(32).hex()}",
        },
        "status_index": index,
        "results": {"score": chance.randint(75, 100)},
    }
