"""What changed between two versions of a credential, as values: pages put them into words.

Told is what matters to someone who wants to earn it or to judge a badge. Left out is what says how a version
is run rather than what it is: its status and dates, search words, the address to enrol, translations, and the
words that describe the image.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from site_builder.catalog.catalog import Achievement
from site_builder.models.credential import Assessment, CredentialSpec

Form = Literal[
    "text", "passage", "hours", "points", "percent", "level", "benchmark", "mode", "period", "language",
    "credential", "image",
]  # fmt: skip
"""What ``before`` and ``after`` are: a short or long text, a number of a unit, a word of a closed list."""

FIELDS: tuple[str, ...] = (
    "name", "level", "qualification-level", "language", "summary", "description",
    "competency-added", "competency-removed", "competency-level",
    "benchmark", "assessment-added", "assessment-removed", "assessment-how", "assessment-weight",
    "assessment-pass-mark", "assessment-rubric", "criteria",
    "workload", "ects", "participation", "participation-note", "supervision", "quality-assurance",
    "prerequisites", "part-added", "part-removed", "valid-for",
    "credit-points", "credit-system", "credit-towards", "credit-note", "image",
)  # fmt: skip
"""Every field a change can have, in the order in which changes are told."""

Value = str | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. ``before`` is ``None`` for what is new, ``after`` for what is gone.

    ``field`` is one of :data:`FIELDS` and names the sentence; ``form`` says how the two values are written
    (``25.0`` with the form ``hours`` is "25 hours"). ``subject`` names what the change is about where that is
    one of several: a competency's name, an assessment's method. ``ids`` finds its page: framework and
    competency, or the credential that became a part.
    """

    field: str
    form: Form
    before: Value | None = None
    after: Value | None = None
    subject: str = ""
    ids: tuple[str, ...] = ()


_SINGLE: tuple[tuple[str, Form, str], ...] = (
    ("name", "text", "name"),
    ("level", "level", "level"),
    ("language", "language", "language"),
    ("summary", "text", "summary"),
    ("description", "passage", "description"),
    ("benchmark", "benchmark", "benchmark"),
    ("criteria", "passage", "criteria"),
    ("workload", "hours", "workload.hours"),
    ("ects", "points", "workload.ects"),
    ("participation", "mode", "participation.mode"),
    ("participation-note", "text", "participation.note"),
    ("supervision", "text", "participation.supervision"),
    ("quality-assurance", "text", "quality_assurance"),
    ("prerequisites", "text", "prerequisites"),
    ("valid-for", "period", "valid_for"),
    ("credit-points", "points", "credit.points"),
    ("credit-system", "text", "credit.system"),
    ("credit-towards", "text", "credit.towards"),
    ("credit-note", "text", "credit.note"),
)
_OF_ASSESSMENT: tuple[tuple[str, Form, str], ...] = (
    ("assessment-how", "text", "how"),
    ("assessment-weight", "percent", "weight"),
    ("assessment-pass-mark", "percent", "pass_mark"),
    ("assessment-rubric", "passage", "rubric"),
)


def changes(old: Achievement, new: Achievement) -> list[Change]:
    """Return what is different in ``new``, in the order of :data:`FIELDS`; nothing where nothing is."""
    found = [
        *_differences(_SINGLE, old.spec, new.spec),
        *_changed("qualification-level", "text", _qualification(old.spec), _qualification(new.spec)),
        *_competencies(old, new),
        *_assessments(old.spec.assessment, new.spec.assessment),
        *_parts(old.part_ids, new.part_ids),
    ]
    if old.image.published != new.image.published:
        found.append(Change(field="image", form="image"))
    return sorted(found, key=lambda change: FIELDS.index(change.field))


def history(versions: Sequence[Achievement]) -> list[tuple[Achievement, list[Change]]]:
    """Return each version with what changed since the one before it; ``versions`` come newest first.

    The first version of all has changed nothing. :meth:`Catalog.versions` gives them in this order.
    """
    earlier = [*versions[1:], *versions[-1:]]
    return [(new, changes(old, new)) for new, old in zip(versions, earlier, strict=True)]


def _differences(
    fields: Iterable[tuple[str, Form, str]], old: object, new: object, subject: str = ""
) -> Iterator[Change]:
    for field, form, path in fields:
        yield from _changed(field, form, _at(old, path), _at(new, path), subject)


def _at(owner: object, path: str) -> Value | None:
    """Return the value at ``workload.hours``, or ``None`` where the workload is left out."""
    value = owner
    for name in path.split("."):
        value = None if value is None else getattr(value, name)
    return value if isinstance(value, str | float) else None


def _changed(
    field: str, form: Form, before: Value | None, after: Value | None, subject: str = ""
) -> Iterator[Change]:
    if before != after:
        yield Change(field=field, form=form, before=before, after=after, subject=subject)


def _qualification(spec: CredentialSpec) -> str | None:
    level = spec.qualification_level
    return f"{level.framework} {level.level}" if level else None


def _competencies(old: Achievement, new: Achievement) -> Iterator[Change]:
    earlier, later = (
        {(aligned.framework.id, aligned.competency.id): aligned for aligned in item.competencies}
        for item in (old, new)
    )
    for ids in [*later, *(ids for ids in earlier if ids not in later)]:
        before, after = earlier.get(ids), later.get(ids)
        field = "competency-level" if before and after else f"competency-{'added' if after else 'removed'}"
        levels = before.level if before else None, after.level if after else None
        named = after or before
        if levels[0] != levels[1] and named:
            name = named.competency.name
            yield Change(field=field, form="level", before=levels[0], after=levels[1], subject=name, ids=ids)


def _assessments(old: Sequence[Assessment], new: Sequence[Assessment]) -> Iterator[Change]:
    """Assessments have no names: those with the same words are the same, then the next of the same method."""
    earlier, later = list(old), list(new)
    pairs = [*_paired(earlier, later, ("method", "how")), *_paired(earlier, later, ("method",))]
    for before, after in sorted(pairs, key=lambda pair: new.index(pair[1])):
        yield from _differences(_OF_ASSESSMENT, before, after, subject=after.method)
    for assessment in later:
        yield Change(field="assessment-added", form="text", after=assessment.how, subject=assessment.method)
    for assessment in earlier:
        yield Change(
            field="assessment-removed", form="text", before=assessment.how, subject=assessment.method
        )


def _paired(
    earlier: list[Assessment], later: list[Assessment], by: tuple[str, ...]
) -> list[tuple[Assessment, Assessment]]:
    """Take out of both lists, and return, the pairs that agree in the fields ``by``."""
    pairs = []
    for after in list(later):
        for before in earlier:
            if all(getattr(before, field) == getattr(after, field) for field in by):
                pairs.append((before, after))
                earlier.remove(before)
                later.remove(after)
                break
    return pairs


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for part in new:
        if part not in old:
            yield Change(field="part-added", form="credential", after=part, ids=(part,))
    for part in old:
        if part not in new:
            yield Change(field="part-removed", form="credential", before=part, ids=(part,))
