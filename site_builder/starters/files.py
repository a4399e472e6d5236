"""The text of new files. Every line is there to be changed; the comments say how."""

from __future__ import annotations

import json
from datetime import date

from site_builder.art import starter_badge
from site_builder.models.credential import Kind, Level


def credential_files(
    *, id_: str, name: str, kind: Kind, level: Level, competency: tuple[str, str], part: str | None, day: date
) -> dict[str, bytes]:
    """Return a draft credential spec and its badge image by path; the draft passes ``check``.

    ``competency``: a framework's id and a competency's id that exist; ``part``: a credential it stacks from.
    """
    framework, competency_id = competency
    text = _CREDENTIAL.format(
        id=id_,
        name=quoted(name),
        kind=kind,
        level=level,
        framework=framework,
        competency=competency_id,
        day=day,
        requires=f"\nrequires:\n  all: [{part}]\n" if part else "",
    )
    image = starter_badge(id_, kind, level, name)
    return {f"credentials/{id_}.yaml": text.encode(), f"credentials/{id_}.svg": image.encode()}


def framework_files(*, id_: str, name: str) -> dict[str, bytes]:
    """Return a competency framework with one competency, by path."""
    text = _FRAMEWORK.format(id=id_, name=quoted(name))
    return {f"frameworks/{id_}.yaml": text.encode()}


def quoted(text: str) -> str:
    """Return text as a double-quoted YAML scalar; JSON strings are such scalars."""
    return json.dumps(text, ensure_ascii=False)


_CREDENTIAL = """\
# yaml-language-server: $schema=../docs/schemas/credential.json
# A new credential. Change every line below to say what yours is; then set status to active.
id: {id}
name: {name}
kind: {kind}
version: "1.0"
status: draft            # a draft is checked, but not published
published: {day}    # the first day on which it can be awarded
language: en
level: {level}

summary: One sentence that says what its holder can do.
description: |
  What this credential is, whom it is for and where it helps, in two to five sentences.

competencies:            # from the files in frameworks/
  - framework: {framework}
    id: {competency}
    level: {level}

benchmark: performance   # or progress: earned step by step
assessment:
  - method: assignment
    how: What the learner does to show it.
    pass_mark: 60        # percent
criteria: |
  - The first thing that must be done.
  - The second thing that must be done.

workload:
  hours: 10              # all hours of the learner's work
participation:
  mode: online           # on-site, online, blended or workplace
quality_assurance: Who reviews the spec and the assessment, and how often.
{requires}
image: {id}.svg
"""

_FRAMEWORK = """\
# yaml-language-server: $schema=../docs/schemas/framework.json
# A new competency framework. Change every line; copy the competency below as often as you need it.
id: {id}
name: {name}
version: "1.0"
language: en
description: |
  What this framework covers and whom it is for.

competencies:
  - id: first-competency
    name: The name of the first competency
    type: hard           # technical; or soft: working with oneself and others
    description: What it means, in a sentence.
    levels:
      foundational: Does this with guidance, in familiar situations.
      intermediate: Does this on their own, in most situations.
      advanced: Does this in new or difficult situations, and helps others.
"""
