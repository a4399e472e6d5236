"""The credential spec: one file under ``credentials/`` per microcredential (DESIGN 3).

It carries the eleven mandatory elements of the EU Recommendation 2022/C 243/02, Annex I: learner (from the
award), title, country and awarding body (from the issuer), date (from the award), learning outcomes
(competencies), workload, level, assessment, form of participation, and quality assurance.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from site_builder.models.fields import (
    Address,
    ByLanguage,
    Credits,
    Day,
    Hours,
    Id,
    Language,
    Line,
    Listing,
    Markdown,
    Model,
    Paragraphs,
    Percent,
    Period,
    Reference,
    Some,
    Version,
    Words,
)
from site_builder.models.telling import Text, Told, best_match

Kind = Literal["nanocredential", "microcredential", "stacked-microcredential", "certificate"]
Level = Literal["foundational", "intermediate", "advanced"]
Benchmark = Literal["progress", "performance"]
Method = Literal[
    "assignment",
    "test",
    "project",
    "portfolio",
    "practical-exercise",
    "workplace-demonstration",
    "lecture-or-seminar",
    "conference",
]
Mode = Literal["on-site", "online", "blended", "workplace"]
Status = Literal["draft", "active", "retired"]

KINDS: tuple[Kind, ...] = ("nanocredential", "microcredential", "stacked-microcredential", "certificate")
LEVELS: tuple[Level, ...] = ("foundational", "intermediate", "advanced")


class CompetencyUse(Model):
    """A competency that the holder has shown, and at which level."""

    framework: Reference
    """The framework's id: the name of its file in `frameworks/` without `.yaml`."""
    id: Reference
    """The competency's id in that framework."""
    level: Level
    """The level at which it must be shown."""


class Assessment(Model):
    """One way in which the learner is assessed."""

    method: Method
    """The kind of assessment."""
    how: Words
    """What the learner does, in a sentence."""
    weight: Percent | None = None
    """Its share of the result in percent. Give it for all assessments or for none; together they make 100."""
    pass_mark: Percent | None = None
    """The score needed to pass, in percent."""
    rubric: Paragraphs | None = None
    """What the assessor looks for."""


class Workload(Model):
    """How much work it takes."""

    hours: Hours
    """All hours of the learner's work: contact, practice, assessment."""
    ects: Credits | None = None
    """The same in ECTS points, where they are given."""


class Participation(Model):
    """How the learner takes part."""

    mode: Mode
    """Where learning happens."""
    note: Words | None = None
    """What a learner should know before enrolling, such as group work or fixed dates."""
    supervision: Words | None = None
    """How identity and supervision are assured in assessment."""


class QualificationLevel(Model):
    """A level in a qualifications framework."""

    framework: Line
    """The framework's short name, such as EQF."""
    level: Line
    """The level as that framework writes it, such as "4"."""


class Requirement(Model):
    """What must be held before this credential is awarded: the rule of the stack."""

    all: Listing[Reference]
    """The ids of the credentials it stacks from. Each must be held."""


class Credit(Model):
    """Post-secondary credit that the credential carries."""

    points: Credits
    """How many points."""
    system: Line
    """The credit system, such as ECTS."""
    towards: Words
    """The course or programme in which the credit counts."""
    note: Words | None = None
    """Conditions, such as who grants it and until when."""


class Translation(Model):
    """The catalog's texts in one other language. They are not signed: add or mend them even after awards."""

    name: Line
    """The title in this language."""
    summary: Words | None = None
    """The summary in this language."""
    description: Paragraphs | None = None
    """The description in this language."""


class CredentialSpec(Model):
    """One microcredential, as its designer writes it."""

    id: Id
    """The file's name without `.yaml`. It becomes part of the public address and never changes."""
    name: Line
    """The title."""
    kind: Kind
    """Nanocredentials stack into microcredentials, those into stacked microcredentials and certificates."""
    version: Version
    """The version, in quotes. A version that has been awarded is frozen: a change needs a new version."""
    status: Status = "active"
    """A draft is not published; a retired credential keeps its page but can no longer be awarded."""
    published: Day | None = None
    """The day from which it can be awarded."""
    retired_on: Day | None = None
    """The day after which it can no longer be awarded. Needs `status: retired`."""
    language: Language
    """The language in which the learner learns and is assessed."""
    level: Level
    """The level of the whole credential."""
    qualification_level: QualificationLevel | None = None
    """The level in a qualifications framework, where one is assigned."""
    summary: Words
    """One sentence for cards and search results."""
    description: Paragraphs
    """What it is and whom it is for. An empty line starts a new paragraph."""
    competencies: Listing[CompetencyUse]
    """What the holder can do: the learning outcomes."""
    benchmark: Benchmark
    """`progress`: earned step by step by taking part; `performance`: earned by meeting a standard once."""
    assessment: Listing[Assessment]
    """How learning is assessed."""
    criteria: Markdown
    """What must be done to earn it, in paragraphs and lists. Emphasis and https links are allowed."""
    workload: Workload | None = None
    """How much work it takes. The default checks ask for it."""
    participation: Participation | None = None
    """How the learner takes part. The default checks ask for it."""
    quality_assurance: Words | None = None
    """Who assures quality, and how. The default checks ask for it."""
    prerequisites: Words | None = None
    """What a learner needs before starting."""
    valid_for: Period | None = None
    """How long an award stays valid, such as P3Y. Leave it out if it never expires."""
    image: Line
    """The badge image: an SVG or PNG file beside this one."""
    image_alt: Words | None = None
    """What the image shows, for those who do not see it. The name is used if it is left out."""
    requires: Requirement | None = None
    """The stack rule: which credentials must be held first."""
    credit: Credit | None = None
    """Post-secondary credit that it carries."""
    enrol: Address | None = None
    """Where to enrol."""
    tags: Some[Line] = ()
    """Search words."""
    translations: ByLanguage[Translation] = Field(default_factory=dict)
    """Title, summary and description in other languages, for the catalog. Badges keep `language`."""

    def __hash__(self) -> int:
        """Return the hash of what names a spec: pydantic's own cannot hash a mapping."""
        return hash((self.id, self.version))

    def told_in(self, language: str) -> Told:
        """Return title, summary and description for a reader of ``language``, each with its own language.

        The best translation by :func:`~site_builder.models.telling.best_match`; where there is none, or it
        leaves a text out, the text as it was first written.
        """
        tag = best_match(language, (self.language, *self.translations)) or self.language
        name, summary, description = (self._text(field, tag) for field in ("name", "summary", "description"))
        return Told(name, summary, description)

    def _text(self, field: str, tag: str) -> Text:
        translated = getattr(self.translations.get(tag), field, None)
        return Text(translated, tag) if translated else Text(getattr(self, field), self.language)
