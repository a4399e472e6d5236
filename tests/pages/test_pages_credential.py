"""A credential's page: how many were awarded, an example of an award, what is folded away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.catalog.catalog import Catalog
from site_builder.messages import LANGUAGES, load
from site_builder.pages import Page, all_pages
from site_builder.pages.credential import LONG
from site_builder.pages.issuer import groups
from tests.pages.html import read_html
from tests.pages.sample import AT, LISTED, PLAIN, sample_catalog

SAMPLE = sample_catalog()


def awarded_to(people: int) -> Catalog:
    """Return the sample with awards of ``sums`` 1.0 and 1.1 to so many people."""
    model = SAMPLE.awards[PLAIN]
    versions = [SAMPLE.achievements["sums", version] for version in ("1.0", "1.1")]
    awards = {}
    for number in range(people):
        award_id = f"00000000-0000-4000-8000-{number:012}"
        award = model.award.model_copy(update={"id": award_id, "learner": f"{number:032x}"})
        awards[award_id] = replace(model, award=award, achievement=versions[number % 2])
    settings = replace(SAMPLE.settings, languages=LANGUAGES)
    return replace(SAMPLE, awards=awards, settings=settings)


def page_of(catalog: Catalog, path: str) -> Page:
    return next(page for page in all_pages(catalog, AT) if page.path == path)


def text_of(page: Page) -> str:
    return " ".join(read_html(page.html).text.split())


def test_ten_holders_are_counted_together_over_all_versions() -> None:
    assert "Awarded to at least 10 people" in text_of(page_of(awarded_to(12), "credentials/sums/index.html"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Awarded to at least 120 people"),
        ("fr", "Délivrée à au moins 120 personnes"),
        ("ar", "مُنحت لما لا يقل عن"),
    ],
)
def test_a_part_of_120_and_its_stack_of_119_differ_by_a_step_or_not_at_all(language: str, said: str) -> None:
    path = "credentials/sums/index.html" if language == "en" else f"{language}/credentials/sums/index.html"
    of_120, of_119 = (text_of(page_of(awarded_to(people), path)) for people in (120, 119))
    of_121, of_110 = (text_of(page_of(awarded_to(people), path)) for people in (121, 110))
    assert said in of_120
    assert of_121 == of_120
    assert of_119 == of_110


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_stands_on_the_credential_s_own_page_only(language: str) -> None:
    said = load(language)("credential.awarded", n=10)
    telling = [page.key for page in all_pages(awarded_to(12), AT) if said in text_of(page)]
    assert telling == ["credentials/sums/index.html"]


def test_fewer_than_ten_holders_are_not_counted() -> None:
    for page in all_pages(awarded_to(9), AT):
        assert "at least" not in text_of(page)


def test_a_listed_award_is_the_example_that_can_be_opened() -> None:
    html = page_of(SAMPLE, "credentials/hostile/index.html").html
    assert f'href="../../issued/{LISTED}/">See an award of it that its holder lists</a>' in html
    assert "its holder lists" not in page_of(SAMPLE, "credentials/sums/index.html").html


def test_the_example_is_marked_and_claims_nothing() -> None:
    html = page_of(SAMPLE, "credentials/sums/index.html").html
    figure = html.split('<figure class="bp-example">')[1].split("</figure>")[0]
    text = " ".join(read_html(figure).text.split())
    assert text.startswith("Example ")
    assert "Not checked" in text
    for claim in ("Genuine", "Valid", "valid", "genuine", "Current"):
        assert claim not in text


def test_a_long_rubric_is_folded_away_and_a_short_one_is_not() -> None:
    model = SAMPLE.newest("sums")
    part = model.spec.assessment[0].model_copy(update={"rubric": "Right. " * LONG})
    long = model.spec.model_copy(update={"assessment": (part, *model.spec.assessment[1:])})
    catalog = replace(SAMPLE, achievements={**SAMPLE.achievements, model.key: replace(model, spec=long)})
    assert '<details class="bp-rubric">' in page_of(catalog, "credentials/sums/index.html").html
    assert '<div class="bp-rubric">' in page_of(SAMPLE, "credentials/sums/index.html").html


def test_many_credentials_stand_below_their_letters() -> None:
    model = SAMPLE.newest("tables")
    names = [*(f"{letter}bc" for letter in "abcdefghijklmnop"), "Élan", "9 lives", "شرح"]
    items = [
        replace(model, spec=model.spec.model_copy(update={"id": f"c{n}", "name": name, "translations": {}}))
        for n, name in enumerate(names)
    ]
    catalog = replace(SAMPLE, achievements={item.key: item for item in items}, awards={})
    tree = read_html(page_of(catalog, "credentials/index.html").html)
    links = [tag.attributes["href"] for tag in tree.all("a") if tag.attributes["href"].startswith("#")]
    assert links == ["#letter-", *(f"#letter-{letter}" for letter in "ABCDEFGHIJKLMNOP"), "#letter-ش"]
    assert {tag.attributes["id"] for tag in tree.all("h2")} == {link[1:] for link in links}
    assert tree.headings().count(3) == len(names)


def test_a_key_is_shown_in_groups_of_four() -> None:
    assert groups("z6MkqqBx") == ["z6Mk", "qqBx"]
    assert "".join(groups("z6MkqqBxF7")) == "z6MkqqBxF7"
    html = page_of(SAMPLE, "issuers/northfield/index.html").html
    assert "<span>z6Mk</span> <span>qqBx</span> " in html
    assert "<dd><bdi>Ontario</bdi>, Canada</dd>" in html
