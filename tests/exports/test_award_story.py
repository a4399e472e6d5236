"""What an award's page tells of its life, and the page that stays where one was erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from site_builder.assembling.addresses import TOMBSTONE
from site_builder.assembling.catalog_json import catalog_json
from site_builder.catalog.catalog import Catalog, ErasedAward, IssuedAward
from site_builder.exports.award_page import award_page
from site_builder.exports.interface import Badge
from site_builder.exports.tombstone import tombstones
from site_builder.models.award import AwardFile, Erased
from site_builder.models.settings import Settings
from tests.pages.html import read_html
from tests.pages.sample import AT, PLAIN, REPLACED, REPLACEMENT, REVOKED, STACKED, sample_catalog

CATALOG = sample_catalog()
NEWER, GONE = (f"00000000-0000-4000-8000-00000000001{number}" for number in range(2))
ERASED = ErasedAward(
    "issued/2026/x.yaml", Erased.model_validate({"id": GONE, "status_index": 7, "date": date(2027, 3, 3)})
)


def lived(
    changes: dict[str, dict[str, Any]], *, erased: bool = False, language: str = "en", contact: bool = True
) -> Catalog:
    """Return the sample catalog with awards changed by id; ``NEWER`` is made after ``PLAIN``, of 2028."""
    awards = {**CATALOG.awards, NEWER: _dated(CATALOG.awards[PLAIN], NEWER, date(2028, 5, 4))}
    for name, change in changes.items():
        issued = awards[name]
        awards[name] = replace(issued, award=issued.award.model_copy(update=change))
    settings = Settings("Northfield Badges", AT.base, languages=(language,))
    issuer = CATALOG.issuer if contact else CATALOG.issuer.model_copy(update={"contact": None})
    gone = {GONE: ERASED} if erased else {}
    # The sample's own stories are not this test's.
    awards[REPLACED] = replace(
        awards[REPLACED],
        award=awards[REPLACED].award.model_copy(update={"replaced_by": None, **changes.get(REPLACED, {})}),
    )
    return replace(CATALOG, awards=awards, settings=settings, issuer=issuer, erased=gone)


def _dated(issued: IssuedAward, award_id: str, day: date) -> IssuedAward:
    award = issued.award.model_copy(update={"id": award_id, "status_index": 90})
    file: AwardFile = issued.file.model_copy(update={"issued_on": day, "awards": (award,)})
    return replace(issued, file=file, award=award)


def page_of(award_id: str, catalog: Catalog) -> str:
    (artifact,) = award_page(catalog, AT)(Badge(catalog.awards[award_id], {}, b""))
    return artifact.data.decode()


def story(award_id: str, catalog: Catalog) -> str:
    """Return the words of the story, its heading first; empty where the page tells none."""
    _, found, rest = page_of(award_id, catalog).partition('<section class="note')
    words = read_html(f"<p{rest.partition('</section>')[0]}").text.split() if found else []
    return " ".join(words).replace(" .", ".")


def test_an_award_of_which_there_is_no_more_to_tell_has_no_story() -> None:
    catalog = lived({})
    assert [award for award in catalog.awards if story(award, catalog)] == [REVOKED]


def test_a_story_says_which_language_it_is_in() -> None:
    html = page_of(REVOKED, lived({}))
    # The script turns the page around it to the reader's language, which may run the other way.
    assert html.partition('<section class="note')[2].partition(">")[0].endswith('lang="en" dir="ltr"')


def test_a_revoked_award_tells_since_when_why_what_it_means_and_whom_to_ask() -> None:
    revoked = {"date": date(2026, 7, 3), "reason": "Issued to the wrong cohort."}
    catalog = lived({REVOKED: {"revoked": CATALOG.awards[REVOKED].award.revoked.model_copy(update=revoked)}})  # type: ignore[union-attr]
    assert story(REVOKED, catalog) == (
        "Withdrawn The issuer withdrew this award on 3 July 2026. Reason given: Issued to the wrong cohort. "
        "Since then it no longer counts, and every check of the badge says so. "
        "Questions? Ask Northfield Polytechnic."
    )
    assert 'href="https://northfield.example/registrar"' in page_of(REVOKED, catalog)
    without = page_of(REVOKED, lived({}, contact=False))
    assert 'Questions? Ask <a href="../../issuers/northfield/">' in without


def test_a_corrected_award_and_its_correction_lead_to_each_other() -> None:
    catalog = lived({REPLACED: {"replaced_by": REPLACEMENT}})
    assert story(REPLACED, catalog) == (
        "Replaced The issuer replaced this award with a corrected one. The new one counts; this one "
        "no longer does. If it is yours, show the new one from now on: see the award in its place. "
        "Questions? Ask Northfield Polytechnic."
    )
    assert f'<a href="../{REPLACEMENT}/">see the award in its place</a>' in page_of(REPLACED, catalog)
    assert story(REPLACEMENT, catalog) == (
        "A correction It takes the place of an award of 4 May 2026, which no longer counts: "
        "see the earlier badge."
    )
    assert f'<a href="../{REPLACED}/">see the earlier badge</a>' in page_of(REPLACEMENT, catalog)


def test_a_renewed_award_counts_until_it_expires_and_leads_to_the_newer_one() -> None:
    catalog = lived({NEWER: {"renews": PLAIN}})
    assert story(PLAIN, catalog) == (
        "Renewed This award was renewed on 4 May 2028: see the newer badge. "
        "This one counts too, until it expires on 4 May 2029."
    )
    assert f'<a href="../{NEWER}/">see the newer badge</a>' in page_of(PLAIN, catalog)
    assert story(NEWER, catalog) == "A renewal It continues an award of 4 May 2026: see the earlier badge."
    assert f'<a href="../{PLAIN}/">see the earlier badge</a>' in page_of(NEWER, catalog)


def test_a_renewed_award_that_was_revoked_does_not_count() -> None:
    revoked = CATALOG.awards[REVOKED].award.revoked
    catalog = lived({NEWER: {"renews": PLAIN}, PLAIN: {"revoked": revoked}})
    told = story(PLAIN, catalog)
    assert told.startswith("Withdrawn")
    assert "see the newer badge" in told
    assert "counts too" not in told


def test_the_day_of_the_build_changes_no_story() -> None:
    # An award that has expired since is told by the reader's own clock: the page has none.
    ended = lived({NEWER: {"renews": PLAIN}, PLAIN: {"expires": date(2020, 1, 1)}})
    assert "counts too, until it expires on 1 January 2020" in story(PLAIN, ended)


@pytest.mark.parametrize(
    ("change", "expected"),
    [({"replaced_by": GONE}, "The award in its place was erased since."),
     ({"renews": GONE}, "It continues an earlier award, which was erased.")],
)  # fmt: skip
def test_no_page_leads_to_an_award_that_was_erased(change: dict[str, str], expected: str) -> None:
    catalog = lived({STACKED: change}, erased=True)
    assert expected in story(STACKED, catalog)
    assert GONE not in page_of(STACKED, catalog)


def test_the_page_of_an_erased_award_says_so_and_nothing_else() -> None:
    catalog = lived({STACKED: {"renews": GONE}}, erased=True)
    (artifact,) = tombstones(catalog)
    assert artifact.path == f"issued/{GONE}/index.html"
    html = artifact.data.decode()
    tree = read_html(html)
    text = " ".join(tree.text.split())
    assert "It was erased on 3 March 2027. Its issuer keeps nothing about it here" in text
    assert '<meta name="robots" content="noindex">' in html
    assert TOMBSTONE in html
    # Of what was awarded, to whom and for what, and of other awards, not one word.
    for award in catalog.awards.values():
        assert award.achievement.spec.name not in html
        assert award.id not in html
    assert GONE not in html
    assert tree.active() == []
    links = [tag.attributes["href"] for tag in tree.all("a")]
    assert links == ["../../", "https://northfield.example/registrar"]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_stories_are_told_in_every_language(language: str) -> None:
    changes = {
        REPLACED: {"replaced_by": REPLACEMENT},
        NEWER: {"renews": PLAIN},
        STACKED: {"replaced_by": GONE, "renews": GONE},
    }
    catalog = lived(changes, erased=True, language=language)
    for award in (REVOKED, REPLACED, REPLACEMENT, PLAIN, NEWER, STACKED):
        assert "{" not in story(award, catalog)
        assert story(award, catalog)
    (artifact,) = tombstones(catalog)
    assert f'lang="{language}"' in artifact.data.decode()
    assert "{" not in artifact.data.decode()


def test_the_catalog_names_no_erased_award() -> None:
    assert GONE not in str(catalog_json(lived({}, erased=True), AT))
