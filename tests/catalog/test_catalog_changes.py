"""What changed between two versions: each kind of change, nothing else, and no field forgotten."""

from __future__ import annotations

import pytest

from site_builder.catalog.catalog import Catalog
from site_builder.catalog.changes import FIELDS, Change, changes, history
from site_builder.models.credential import CredentialSpec
from tests.support.repos import Files, catalog_of, credential, valid

FULL = credential("charts").replace(
    "assessment:\n  - method: assignment\n    how: Explains five charts.\n    pass_mark: 60\n",
    "assessment:\n"
    "  - {method: assignment, how: Explains five charts., weight: 40, pass_mark: 60}\n"
    "  - {method: test, how: Answers ten questions., weight: 60, rubric: Is right.}\n",
) + (
    "credit: {points: 3, system: ECTS, towards: A diploma.}\n"
    "qualification_level: {framework: EQF, level: '4'}\n"
    "prerequisites: None.\n"
    "requires:\n  all: [asking]\n"
)
FULL = FULL.replace("kind: nanocredential", "kind: microcredential")
TWICE = """\
assessment:
  - {method: test, how: Answers ten questions.}
  - {method: test, how: Answers in person.}
"""


def _repository(new: str) -> Files:
    """Return the repository with version 1.0 of a credential as it is above, and this text as version 2.0."""
    files = valid()
    for path in ("credentials/literacy.yaml", "issued/2026/literacy.yaml", "issued/2026/charts.yaml"):
        del files[path]
    files["credentials/extra.yaml"] = credential("extra")
    files["credentials/other.svg"] = files["credentials/badge.svg"].replace("180", "170")
    files["mkdocs.yml"] = files["mkdocs.yml"].replace("badgepress\ntheme", "badgepress: {lint: none}\ntheme")
    second = new.replace('version: "1.0"', 'version: "2.0"')
    return {**files, "credentials/charts/1.0.yaml": FULL, "credentials/charts.yaml": second}


def _changes(*replaced: tuple[str, str]) -> list[Change]:
    new = FULL
    for old_words, new_words in replaced:
        assert old_words in new
        new = new.replace(old_words, new_words, 1)
    after, before = catalog_of(_repository(new)).versions("charts")
    return changes(before, after)


def test_no_change() -> None:
    assert _changes() == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: A Name", "name: B Name", Change(field="name", form="text", before="A Name", after="B Name")),
        (
            "level: intermediate\nsummary",
            "level: advanced\nsummary",
            Change(field="level", form="level", before="intermediate", after="advanced"),
        ),
        (
            "level: '4'",
            "level: '5'",
            Change(field="qualification-level", form="text", before="EQF 4", after="EQF 5"),
        ),
        (
            "qualification_level: {framework: EQF, level: '4'}\n",
            "",
            Change(field="qualification-level", form="text", before="EQF 4"),
        ),
        ("language: en", "language: fr", Change(field="language", form="language", before="en", after="fr")),
        (
            "One sentence.",
            "Another.",
            Change(field="summary", form="text", before="One sentence.", after="Another."),
        ),
        (
            "What it is.",
            "What it was.",
            Change(field="description", form="passage", before="What it is.", after="What it was."),
        ),
        (
            "    level: intermediate\n",
            "    level: advanced\n",
            Change(
                field="competency-level",
                form="level",
                before="intermediate",
                after="advanced",
                subject="Interpret data",
                ids=("data-skills", "interpret-data"),
            ),
        ),
        (
            "benchmark: performance\n",
            "  - {framework: data-skills, id: ask-questions, level: advanced}\nbenchmark: performance\n",
            Change(
                field="competency-added",
                form="level",
                after="advanced",
                subject="Ask questions",
                ids=("data-skills", "ask-questions"),
            ),
        ),
        (
            "benchmark: performance",
            "benchmark: progress",
            Change(field="benchmark", form="benchmark", before="performance", after="progress"),
        ),
        (
            "Answers ten questions.",
            "Answers nine questions.",
            Change(
                field="assessment-how",
                form="text",
                before="Answers ten questions.",
                after="Answers nine questions.",
                subject="test",
            ),
        ),
        (
            "pass_mark: 60",
            "pass_mark: 65",
            Change(
                field="assessment-pass-mark", form="percent", before=60.0, after=65.0, subject="assignment"
            ),
        ),
        (
            ", rubric: Is right.",
            "",
            Change(field="assessment-rubric", form="passage", before="Is right.", subject="test"),
        ),
        (
            "criteria: Explain five charts.",
            "criteria: Explain six charts.",
            Change(
                field="criteria", form="passage", before="Explain five charts.", after="Explain six charts."
            ),
        ),
        ("hours: 8", "hours: 25", Change(field="workload", form="hours", before=8.0, after=25.0)),
        ("workload:\n  hours: 8\n", "", Change(field="workload", form="hours", before=8.0)),
        ("hours: 8", "hours: 8\n  ects: 1", Change(field="ects", form="points", after=1.0)),
        (
            "mode: online",
            "mode: blended",
            Change(field="participation", form="mode", before="online", after="blended"),
        ),
        (
            "mode: online",
            "mode: online\n  note: In pairs.",
            Change(field="participation-note", form="text", after="In pairs."),
        ),
        (
            "mode: online",
            "mode: online\n  supervision: On video.",
            Change(field="supervision", form="text", after="On video."),
        ),
        (
            "Reviewed each year.",
            "Reviewed.",
            Change(field="quality-assurance", form="text", before="Reviewed each year.", after="Reviewed."),
        ),
        ("prerequisites: None.\n", "", Change(field="prerequisites", form="text", before="None.")),
        (
            "valid_for: P1Y",
            "valid_for: P3Y",
            Change(field="valid-for", form="period", before="P1Y", after="P3Y"),
        ),
        (
            "all: [asking]",
            "all: [asking, extra]",
            Change(field="part-added", form="credential", after="extra", ids=("extra",)),
        ),
        (
            "requires:\n  all: [asking]\n",
            "",
            Change(field="part-removed", form="credential", before="asking", ids=("asking",)),
        ),
        ("points: 3", "points: 4", Change(field="credit-points", form="points", before=3.0, after=4.0)),
        (
            "system: ECTS",
            "system: CATS",
            Change(field="credit-system", form="text", before="ECTS", after="CATS"),
        ),
        (
            "towards: A diploma.",
            "towards: A degree.",
            Change(field="credit-towards", form="text", before="A diploma.", after="A degree."),
        ),
        ("A diploma.", "A diploma., note: Ask.", Change(field="credit-note", form="text", after="Ask.")),
        ("image: badge.svg", "image: other.svg", Change(field="image", form="image")),
    ],
)
def test_one_change(old: str, new: str, expected: Change) -> None:
    assert _changes((old, new)) == [expected]
    assert expected.field in FIELDS


def test_what_runs_a_version_is_no_change_of_it() -> None:
    new = "published: 2026-02-02\ntags: [x]\nenrol: https://example.org/\nimage_alt: A disc.\nname: A Name"
    translated = "translations: {fr: {name: Un nom}}\nqualification_level"
    assert _changes(("name: A Name", new), ("qualification_level", translated)) == []


def test_weights_change_together() -> None:
    found = _changes(("weight: 40", "weight: 30"), ("weight: 60", "weight: 70"))
    assert [(change.subject, change.before, change.after) for change in found] == [
        ("assignment", 40.0, 30.0),
        ("test", 60.0, 70.0),
    ]


def test_assessments_come_and_go() -> None:
    found = _changes(("method: test", "method: project"))
    assert [(change.field, change.subject, change.before, change.after) for change in found] == [
        ("assessment-added", "project", None, "Answers ten questions."),
        ("assessment-removed", "test", "Answers ten questions.", None),
    ]


def test_assessments_with_the_same_words_are_the_same_wherever_they_stand() -> None:
    start, end = FULL.index("assessment:"), FULL.index("criteria:")
    found = _changes((FULL[start:end], TWICE))
    assert [(change.field, change.subject, change.after) for change in found] == [
        ("assessment-added", "test", "Answers in person."),
        ("assessment-removed", "assignment", None),
        ("assessment-weight", "test", None),
        ("assessment-rubric", "test", None),
    ]


def test_a_competency_in_place_of_another() -> None:
    found = _changes(("id: interpret-data", "id: ask-questions"))
    assert [(change.field, change.subject) for change in found] == [
        ("competency-added", "Ask questions"),
        ("competency-removed", "Interpret data"),
    ]


def test_changes_are_told_in_one_order() -> None:
    found = [change.field for change in _changes(("hours: 8", "hours: 9"), ("A Name", "B"), ("P1Y", "P2Y"))]
    assert found == ["name", "workload", "valid-for"]


def test_a_credit_that_is_gone() -> None:
    found = _changes(("credit: {points: 3, system: ECTS, towards: A diploma.}\n", ""))
    assert [(change.field, change.after) for change in found] == [
        ("credit-points", None),
        ("credit-system", None),
        ("credit-towards", None),
    ]


def test_the_history_of_one_credential() -> None:
    catalog: Catalog = catalog_of(_repository(FULL.replace("hours: 8", "hours: 9")))
    told = history(catalog.versions("charts"))
    assert [(item.spec.version, [c.field for c in found]) for item, found in told] == [
        ("2.0", ["workload"]),
        ("1.0", []),
    ]
    assert history([]) == []


def test_every_field_of_a_spec_is_compared_or_left_out_on_purpose() -> None:
    left_out = {"id", "kind", "version", "status", "published", "retired_on", "image_alt", "enrol", "tags"}
    compared = {
        *("name", "language", "level", "qualification_level", "summary", "description", "competencies"),
        *("benchmark", "assessment", "criteria", "workload", "participation", "quality_assurance"),
        *("prerequisites", "valid_for", "image", "requires", "credit"),
    }
    assert set(CredentialSpec.model_fields) == compared | left_out | {"translations"}
