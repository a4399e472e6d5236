"""The filters of the front page: groups in order, counts that are right, cards that say what groups ask."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from site_builder.catalog.catalog import Achievement
from site_builder.exports.html import templates
from site_builder.messages import LANGUAGES, load
from site_builder.pages.filters import (
    FOLDED_BEYOND,
    VALUES,
    Choice,
    Group,
    card_data,
    filter_groups,
    hours_range,
)
from tests.pages.html import read_html
from tests.pages.sample import HOSTILE, sample_catalog

EN = load("en")
ITEMS = list(sample_catalog().current)


def by_id(credential_id: str) -> Achievement:
    return next(item for item in ITEMS if item.spec.id == credential_id)


def told(group: Group) -> list[tuple[str, str, int]]:
    return [(choice.value, choice.label, choice.count) for choice in group.all]


def test_groups_stand_in_reading_order_with_their_counts() -> None:
    groups = {group.name: told(group) for group in filter_groups(EN, ITEMS)}
    # Every credential of the sample has the same level, skills and types: those would part nothing.
    assert groups == {
        "kind": [
            ("nanocredential", "Nanocredential", 2),
            ("microcredential", "Microcredential", 2),
            ("stacked-microcredential", "Stacked microcredential", 1),
        ],
        "method": [("test", "Test", 4), ("project", "Project", 1), ("portfolio", "Portfolio", 1)],
        "hours": [("from-5", "5 to 20 hours", 4), ("from-20", "20 to 60 hours", 1)],
        "language": [("en", "English", 4), ("fr", "French", 1)],
    }
    assert list(groups) == [name for name in VALUES if name in groups]


def test_a_lone_choice_stays_where_some_credentials_lack_it() -> None:
    spec = by_id("tables").spec.model_copy(update={"workload": None})
    items = [by_id("chairing"), replace(by_id("tables"), spec=spec)]
    assert told(next(group for group in filter_groups(EN, items) if group.name == "hours")) == [
        ("from-5", "5 to 20 hours", 1)
    ]


def test_an_empty_catalog_has_no_filters() -> None:
    assert filter_groups(EN, []) == []


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        (0.5, "under-5"),
        (4.9, "under-5"),
        (5, "from-5"),
        (20, "from-5"),
        (20.5, "from-20"),
        (60, "from-20"),
        (61, "over-60"),
    ],
)
def test_every_workload_falls_into_one_range(hours: float, found: str) -> None:
    assert hours_range(hours) == found


def skilled(item: Achievement, *names: str) -> Achievement:
    """Return a credential with skills of these names, each with the id of its place in the alphabet."""
    first = item.competencies[0]
    aligned = []
    for name in names:
        given = {"id": f"skill-{name.lower()}", "name": name}
        aligned.append(replace(first, competency=first.competency.model_copy(update=given)))
    return replace(item, competencies=tuple(aligned))


def test_skills_stand_by_name_and_a_long_list_is_folded() -> None:
    names = [chr(letter) for letter in range(ord("A"), ord("A") + FOLDED_BEYOND + 2)]
    items = [skilled(by_id("sums"), *reversed(names)), skilled(by_id("tables"), "B")]
    skills = next(group for group in filter_groups(EN, items) if group.name == "skill")
    assert [choice.label for choice in skills.all] == names
    assert [choice.label for choice in skills.folded] == names[FOLDED_BEYOND:]
    assert skills.choices[1] == Choice("data-skills/skill-b", "B", 2, "en")


def test_skills_of_one_name_are_told_apart_by_their_framework() -> None:
    one = skilled(by_id("sums"), "Listening")
    framework = one.competencies[0].framework.model_copy(update={"id": "other", "name": "Other"})
    other = replace(one, competencies=(replace(one.competencies[0], framework=framework),))
    skills = next(group for group in filter_groups(EN, [one, other]) if group.name == "skill")
    assert [choice.label for choice in skills.all] == ["Listening (Data skills)", "Listening (Other)"]


def test_a_card_says_what_the_groups_ask() -> None:
    assert card_data(EN, by_id("sums")) == (
        ' data-kind="nanocredential" data-level="foundational"'
        ' data-skill="data-skills/tables workplace-skills/meetings" data-type="hard soft"'
        ' data-method="portfolio project" data-hours="from-20" data-language="en" data-words="figures sums"'
    )


def test_every_choice_fits_as_many_cards_as_it_says() -> None:
    for group in filter_groups(EN, ITEMS):
        for choice in group.all:
            cards = [read_html(f"<li{card_data(EN, item)}>").tags[0].attributes for item in ITEMS]
            fits = [card for card in cards if choice.value in card.get(f"data-{group.name}", "").split()]
            assert len(fits) == choice.count, (group.name, choice)


def test_what_authors_wrote_stays_in_its_attribute() -> None:
    (tag,) = read_html(f"<li{card_data(EN, by_id('hostile'))}>").tags
    assert tag.attributes["data-words"] == HOSTILE
    assert not read_html(f"<li{card_data(EN, by_id('hostile'))}>").active()


def test_the_first_name_of_a_translated_credential_is_found_too() -> None:
    translations = {"fr": SimpleNamespace(name="Les sommes", summary=None, description=None)}
    item = replace(by_id("sums"), spec=by_id("sums").spec.model_copy(update={"translations": translations}))
    assert 'data-words="The sums credential figures sums"' in card_data(load("fr"), item)
    assert 'data-words="figures sums"' in card_data(EN, item)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_hidden_until_a_script_shows_it(language: str) -> None:
    words = load(language)
    source = (
        '{% import "_filters.html" as parts with context %}{{ parts.filters(groups) }}{{ parts.applied(5) }}'
    )
    page = templates("site_builder.pages", words).from_string(source)
    html = page.render(groups=filter_groups(words, ITEMS))
    tree = read_html(html)
    assert tree.faults == []
    assert [tag.name for tag in tree.tags if "hidden" in tag.attributes] == [
        "details",
        "form",
        "button",
        "div",
    ]
    boxes = [(tag.attributes["name"], tag.attributes["value"]) for tag in tree.all("input")]
    assert boxes == [(g.name, choice.value) for g in filter_groups(words, ITEMS) for choice in g.all]
    assert len(re.findall("<legend>", html)) == len(tree.all("fieldset")) == 4
    assert str(words("browse.count", n=5)) in tree.text
