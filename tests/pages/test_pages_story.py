"""What changed between versions, in words: every kind of change, in every language, quoted as text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.catalog.changes import FIELDS
from site_builder.messages import LANGUAGES, load
from site_builder.pages import all_pages
from site_builder.pages.story import Line, Story
from tests.pages.html import read_html
from tests.pages.sample import AT, HOSTILE, sample_catalog

CATALOG = sample_catalog()
SUMS = CATALOG.versions("sums")


def story(catalog: Catalog, language: str = "en") -> Story:
    return Story(catalog, load(language), lambda key: f"/{key}")


def lines_of(versions: list[Achievement], language: str = "en") -> list[Line]:
    return next(iter(story(CATALOG, language).told(versions)))[1]


def changed(item: Achievement, **given: Any) -> list[Achievement]:
    """Return a next version of ``item`` and itself, newest first."""
    spec = type(item.spec).model_validate(
        item.spec.model_dump(mode="python", exclude_none=True) | {"version": "9.0"} | given
    )
    return [replace(item, spec=spec), item]


def sentences(lines: list[Line]) -> list[str]:
    return [read_html(line.sentence).text.strip() for line in lines]


def test_the_first_version_has_no_changes_and_stands_last() -> None:
    told = list(story(CATALOG).told(SUMS))
    assert [item.spec.version for item, _ in told] == ["1.1", "1.0"]
    assert told[-1][1] == []
    assert list(story(CATALOG).told([])) == []


def test_what_changed_from_the_first_to_the_second_version() -> None:
    said = sentences(lines_of(SUMS))
    for sentence in (
        "Benchmark: from Performance: earned by meeting a standard to Progress: earned step by step",
        "Workload: from 5 hours to 25 hours",
        "ECTS points, new: 1",
        "Level in a qualifications framework, new: EQF 4",
        "Participation: from Online to Blended: online and on site",
        "Valid for, new: 3 years",
        "Assessment added: Portfolio",
        "Assessment dropped: Test",
        "Points of credit, new: 1",
    ):
        assert sentence in said


def test_what_is_gone_says_so() -> None:
    said = sentences(lines_of([SUMS[1], SUMS[0]]))
    assert "Valid for, no longer given: 3 years" in said
    assert "Workload: from 25 hours to 5 hours" in said


def test_long_words_are_quoted_before_and_after() -> None:
    before, after = "Pass the test, and *explain* it.", "Pass the test twice, and **explain** it."
    line = lines_of(changed(changed(SUMS[0], criteria=before)[0], criteria=after))[0]
    assert (line.sentence, line.before and line.before.html, line.after and line.after.html) == (
        "Criteria",
        "<p>Pass the test, and <em>explain</em> it.</p>",
        "<p>Pass the test twice, and <strong>explain</strong> it.</p>",
    )
    assert line.after
    assert line.after.language == "en-CA"


def test_skills_and_parts_lead_to_their_pages() -> None:
    uses: list[dict[str, Any]] = [
        {"framework": "data-skills", "id": "tables", "level": "advanced"},
        {"framework": "data-skills", "id": "maps", "level": "foundational"},
    ]
    versions = changed(SUMS[0], competencies=uses, requires={"all": ["chairing", "gone"]})
    frameworks = CATALOG.frameworks["data-skills"].competencies
    aligned = tuple(
        replace(SUMS[0].competencies[0], competency=competency, level=use["level"])
        for use, competency in zip(uses, frameworks, strict=True)
    )
    lines = lines_of([replace(versions[0], competencies=aligned), versions[1]])
    html = [str(line.sentence) for line in lines]
    skills = '<a href="/frameworks/data-skills/tables/index.html">Reading tables</a>'
    assert f"Level of the skill {skills}: from Foundational to Advanced" in html
    assert 'href="/frameworks/data-skills/maps/index.html"' in html[0]
    assert html[0].startswith("New skill: ")
    assert any(text.startswith("Skill no longer shown: ") for text in html)
    assert any('<a href="/credentials/chairing/index.html"><bdi lang="fr"' in text for text in html)
    assert "Now also stacks from gone" in html
    assert HOSTILE not in "".join(html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_its_words_in_every_language(language: str) -> None:
    messages = load(language).messages
    assert {key.removeprefix("changes.what.") for key in messages if key.startswith("changes.what.")} == set(
        FIELDS
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_words_are_only_text(language: str) -> None:
    hostile = {"name": HOSTILE[:40], "summary": HOSTILE, "description": HOSTILE, "criteria": HOSTILE}
    # Past the checks, which refuse HTML in criteria.
    spec = SUMS[0].spec.model_copy(update={"version": "9.0", **hostile})
    new = replace(SUMS[0], spec=spec)
    for versions in ([new, SUMS[0]], [SUMS[0], new]):
        for line in lines_of(versions, language):
            quotes = [quote.html for quote in (line.before, line.after) if quote]
            for html in [line.sentence, *quotes]:
                tree = read_html(html)
                assert tree.active() == []
                assert {tag.name for tag in tree.tags} <= {"p", "bdi", "a", "em", "ul", "li"}


def test_the_page_tells_the_changes_version_by_version() -> None:
    html = next(page.html for page in all_pages(CATALOG, AT) if page.key == "credentials/sums/index.html")
    assert "<p>Workload: from 5 hours to 25 hours</p>" in html
    assert html.index("<strong>Version 1.1</strong>") < html.index("<strong>Version 1.0</strong>")
    assert html.count('<details class="bp-version">') == 2
    assert html.count("The first version.") == 1
