"""A small valid repository, changed by one or two words of YAML, and what the press says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.problems import Problem
from site_builder.reading.repository import Repository, sweep

Files = dict[str, str]

NOW = date(2026, 11, 22)

FIRST_AWARD = "11111111-1111-4111-8111-111111111111"
SECOND_AWARD = "22222222-2222-4222-8222-222222222222"
THIRD_AWARD = "33333333-3333-4333-8333-333333333333"
STACKED_AWARD = "44444444-4444-4444-8444-444444444444"
UNKNOWN_AWARD = "99999999-9999-4999-8999-999999999999"

_SETTINGS = """\
site_name: Northfield badges
site_url: https://badges.northfield.example/
plugins:
  - badgepress
theme:
  name: material
  font: false
"""
_ISSUER = """\
id: northfield
name: Northfield Polytechnic
country: CA
url: https://northfield.example/
description: A public college.
language: en
image: badge.svg
keys:
  - id: issue-2026
    role: issue
    public_key: z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK
    since: 2026-01-01
  - id: status-2026
    role: status
    public_key: z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH
    since: 2026-01-01
"""
_FRAMEWORK = """\
id: data-skills
name: Data Skills
version: "1.0"
language: en
description: What everyone who works with data can do.
competencies:
  - id: interpret-data
    name: Interpret data
    type: hard
    description: Draws sound conclusions.
    levels:
      foundational: Explain a simple chart.
      intermediate: Compare several sources.
      advanced: Judge the evidence behind a claim.
  - id: ask-questions
    name: Ask questions
    type: soft
    description: Finds out what is needed.
    levels:
      foundational: Ask for help.
      intermediate: Ask what is meant.
      advanced: Help others to ask.
"""
_IMAGE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><circle cx="200" cy="200" r="180"/></svg>
"""


def credential(name: str, kind: str = "nanocredential", parts: tuple[str, ...] = ()) -> str:
    """Return a valid credential spec; its parts, if any, are its last lines."""
    requires = "requires:\n  all:\n" + "".join(f"    - {part}\n" for part in parts) if parts else ""
    return f"""\
id: {name}
name: A Name
kind: {kind}
version: "1.0"
language: en
level: intermediate
summary: One sentence.
description: What it is.
competencies:
  - framework: data-skills
    id: interpret-data
    level: intermediate
benchmark: performance
assessment:
  - method: assignment
    how: Explains five charts.
    pass_mark: 60
criteria: Explain five charts.
workload:
  hours: 8
participation:
  mode: online
quality_assurance: Reviewed each year.
valid_for: P1Y
image: badge.svg
{requires}"""


def award_file(name: str, issued_on: str, *awards: str) -> str:
    """Return a valid award file; its first award begins in line 6."""
    head = f"""\
credential: {name}
version: "1.0"
issued_on: {issued_on}
assessed_by: Examination board
awards:
"""
    return head + "".join(awards)


def award(award_id: str, learner: str = "a", more: str = "") -> str:
    """Return one entry of an award file: six lines, then ``more``, which begins with four spaces."""
    number = int(award_id[0], 16)
    return f"""\
  - id: {award_id}
    learner: {learner * 32}
    commitments:
      email: sha256${award_id[0] * 64}
    status_index: {number}
    results: {{score: 80}}
{more}"""


def valid() -> Files:
    """Return a valid repository: two nanocredentials, a microcredential made of them, four awards."""
    parts = f"    parts:\n      - {FIRST_AWARD}\n      - {THIRD_AWARD}\n"
    return {
        "mkdocs.yml": _SETTINGS,
        "credentials/badge.svg": _IMAGE,
        "credentials/issuer.yaml": _ISSUER,
        "credentials/asking.yaml": credential("asking"),
        "credentials/charts.yaml": credential("charts"),
        "credentials/literacy.yaml": credential("literacy", "microcredential", ("charts", "asking")),
        "frameworks/data-skills.yaml": _FRAMEWORK,
        "issued/2026/asking.yaml": award_file("asking", "2026-03-01", award(THIRD_AWARD)),
        "issued/2026/charts.yaml": award_file(
            "charts", "2026-02-01", award(FIRST_AWARD), award(SECOND_AWARD, "b")
        ),
        "issued/2026/literacy.yaml": award_file("literacy", "2026-06-01", award(STACKED_AWARD, "a", parts)),
    }


def changed(path: str, old: str, new: str, files: Mapping[str, str] | None = None) -> Files:
    """Return the valid repository, or ``files``, with the first ``old`` in one file replaced by ``new``."""
    every = dict(valid() if files is None else files)
    assert old in every[path], f"{old!r} is not in {path}"
    return {**every, path: every[path].replace(old, new, 1)}


def swept(files: Mapping[str, str]) -> Repository:
    """Return what the sweep reads of a repository that holds ``files``."""
    with TemporaryDirectory() as folder:
        for path, text in files.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return sweep(Path(folder))


def resolved(files: Mapping[str, str], now: date = NOW) -> tuple[Catalog | None, list[Problem]]:
    """Return what the press makes of a repository that holds ``files``."""
    return resolve(swept(files), now)


def catalog_of(files: Mapping[str, str]) -> Catalog:
    """Return the Catalog of a repository without mistakes."""
    catalog, problems = resolved(files)
    assert catalog is not None, told_of(problems)
    return catalog


def told(files: Mapping[str, str]) -> list[str]:
    """Return what an author is told, in order: ``path:line: message``, then ``| hint`` if there is one."""
    return told_of(resolved(files)[1])


def told_of(problems: list[Problem]) -> list[str]:
    """Return each problem as its author reads it, on one line."""
    return [
        f"{problem.path}:{problem.line}: {problem.message}" + (f" | {problem.hint}" if problem.hint else "")
        for problem in problems
    ]
