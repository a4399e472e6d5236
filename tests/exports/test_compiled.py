"""Files by splices are the files of all exports, byte for byte, and nearly all of them are by splices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses, award_json
from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.exports import EXPORTS, Badge, compiled
from site_builder.exports.compiled import AwardPress
from site_builder.exports.compiled_page import PagePress
from site_builder.exports.compiled_twin import CohortTwins
from site_builder.exports.frames import Unfit
from site_builder.messages import LANGUAGES
from site_builder.reading.repository import sweep
from tests.exports.cohorts import badges_of, random_catalog
from tests.pages.sample import AT, sample_catalog
from tests.support.demo import DEMO_DAY
from tests.support.shared import REPOSITORY


def expected(badges: Sequence[Badge], catalog: Catalog, at: Addresses = AT) -> list[list[Artifact]]:
    writers = [export(catalog, at) for export in EXPORTS]
    return [[artifact for write in writers for artifact in write(badge)] for badge in badges]


def pressed(badges: Sequence[Badge], catalog: Catalog, press: AwardPress) -> list[list[Artifact]]:
    return [list(press.files(badge.issued, catalog, badge.data)) for badge in badges]


def batch_of(catalog: Catalog, path: str) -> Catalog:
    """Return the catalog with the awards of one file, and those they are linked with."""
    own = [issued.award for issued in catalog.awards.values() if issued.path == path]
    ids = {award.id for award in own}
    ids |= {link for award in own for link in (*award.parts, award.renews, award.replaced_by) if link}
    linked = {
        issued.id
        for issued in catalog.awards.values()
        if {issued.award.renews, issued.award.replaced_by} & {award.id for award in own}
    }
    return replace(
        catalog, awards={name: award for name, award in catalog.awards.items() if name in ids | linked}
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(4))
def test_random_awards_have_the_files_of_all_exports_and_all_by_splices(seed: int, language: str) -> None:
    catalog = random_catalog(seed)
    catalog = replace(catalog, settings=replace(catalog.settings, languages=(language, "en")))
    badges, press = badges_of(catalog), AwardPress(AT)
    assert pressed(badges, catalog, press) == expected(badges, catalog)
    assert (press.spliced, press.rendered) == (len(badges), 0)


@settings(max_examples=10, deadline=None)
@given(st.integers(100, 10**9), st.randoms(use_true_random=False))
def test_the_order_of_awards_and_the_rest_of_the_catalog_do_not_matter(seed: int, chance: object) -> None:
    catalog = random_catalog(seed, cohorts=4, awards=6)
    badges, press = badges_of(catalog), AwardPress(AT)
    for badge, files in zip(badges, expected(badges, catalog), strict=True):
        batch = batch_of(catalog, badge.issued.path)
        assert list(press.files(badge.issued, batch, badge.data)) == files
    chance.shuffle(badges)  # type: ignore[attr-defined]
    assert pressed(badges, catalog, press) == expected(badges, catalog)
    assert press.rendered == 0


@pytest.mark.parametrize(
    "base",
    [
        "https://b.example/",
        "https://issued.example/issued/",
        "https://b.example/status/1.json/",
        "https://b.example:8443/a/b/c/",
        "https://b.example/credentials/sums/1.1/",
        "http://127.0.0.1:8000/",
    ],
)
def test_any_address_of_a_site_will_do(base: str) -> None:
    at, catalog = Addresses(base), random_catalog(7)
    catalog = replace(catalog, settings=replace(catalog.settings, site_url=base))
    badges, press = badges_of(catalog, at), AwardPress(at)
    assert pressed(badges, catalog, press) == expected(badges, catalog, at)
    assert press.rendered == 0


def test_every_award_of_the_demo_has_the_files_of_all_exports(demo_site: Path) -> None:
    catalog, _ = resolve(sweep(REPOSITORY), date.fromisoformat(DEMO_DAY))
    assert catalog is not None
    at = Addresses(catalog.settings.site_url)
    badges = [
        Badge(issued, {}, (demo_site / award_json(issued.id)).read_bytes())
        for issued in catalog.awards.values()
    ]
    press = AwardPress(at)
    assert pressed(badges, catalog, press) == expected(badges, catalog, at)
    assert (press.spliced, press.rendered) == (len(badges), 0)
    assert len(badges) >= 40


def test_a_badge_that_is_not_what_the_file_says_has_its_own_twin() -> None:
    catalog = random_catalog(8, cohorts=1, awards=20)
    badges, press = badges_of(catalog), AwardPress(AT)
    altered = [
        replace(badge, data=badge.data.replace(b'"Level"', b'"It\'s \\"level\\""'))
        if number % 2
        else replace(badge, data=badge.data.replace(badge.issued.id.encode(), badge.issued.id[::-1].encode()))
        for number, badge in enumerate(badges)
        if number % 5
    ]
    odd = badges[3].data.replace(b'proofValue":"z', b'proofValue":"z\'').replace(b"#z6Mk", b"#z'6Mk")
    badges += [*altered, replace(badges[3], data=odd)]
    assert pressed(badges, catalog, press) == expected(badges, catalog)
    assert press.spliced + press.rendered == len(badges)
    assert press.rendered > len(altered)


@pytest.mark.parametrize("data", [b"{}\n", b'{"proof":[]}\n', b'"', b"", '{"é":"\'"}'.encode()])
def test_whatever_stands_in_a_badge_its_twin_gives_it(data: bytes) -> None:
    catalog = sample_catalog()
    badges = [replace(badge, data=data) for badge in badges_of(catalog)]
    assert pressed(badges, catalog, AwardPress(AT)) == expected(badges, catalog)


def test_text_with_the_signs_of_marks_is_rendered_as_a_whole() -> None:
    # No author's file gets that far; a page must be right all the same.
    catalog = random_catalog(9, cohorts=2, awards=5)
    for text in ("\x020\x03", "\x02", "\x03 x"):
        awards = {
            name: replace(issued, file=issued.file.model_copy(update={"assessed_by": f"Board {text}"}))
            for name, issued in catalog.awards.items()
        }
        odd = replace(catalog, awards=awards)
        badges, press = badges_of(odd), AwardPress(AT)
        assert pressed(badges, odd, press) == expected(badges, odd)
        assert press.spliced == 0


@pytest.mark.parametrize("text", ["\x020\x03", "\x02", "\x021\x03 x"])
def test_names_with_the_signs_of_marks_are_rendered_as_a_whole(text: str) -> None:
    catalog = random_catalog(9, cohorts=6, awards=5)
    named = {
        key: replace(item, spec=item.spec.model_copy(update={"name": f"{item.spec.name} {text}"}))
        for key, item in catalog.achievements.items()
    }
    awards = {
        name: replace(issued, achievement=named[issued.achievement.key])
        for name, issued in catalog.awards.items()
    }
    odd = replace(catalog, achievements=named, awards=awards)
    badges = [
        Badge(replace(badge.issued, achievement=named[badge.issued.achievement.key]), {}, badge.data)
        for badge in badges_of(catalog)
    ]
    assert any(badge.issued.award.parts for badge in badges)
    assert pressed(badges, odd, AwardPress(AT)) == expected(badges, odd)


def test_a_page_whose_splices_are_wrong_is_rendered_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = random_catalog(10, cohorts=3)
    badges = badges_of(catalog)
    spliced = PagePress.spliced
    monkeypatch.setattr(PagePress, "spliced", lambda press, texts: spliced(press, texts) + "<!-- -->")
    press = AwardPress(AT)
    assert pressed(badges, catalog, press) == expected(badges, catalog)
    assert (press.spliced, press.rendered) == (0, len(badges))


def test_a_twin_whose_frame_cannot_be_made_is_made_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def unfit(*_: object) -> str:
        raise Unfit

    catalog = random_catalog(11, cohorts=3)
    badges = badges_of(catalog)
    monkeypatch.setattr(CohortTwins, "_marked", unfit)
    press = AwardPress(AT)
    assert pressed(badges, catalog, press) == expected(badges, catalog)
    assert (press.spliced, press.rendered) == (0, len(badges))


def test_one_press_may_serve_another_catalog_next() -> None:
    catalog = random_catalog(12, cohorts=2)
    issuer = catalog.issuer.model_copy(update={"name": "Southfield <College>"})
    renamed = {
        key: replace(item, spec=item.spec.model_copy(update={"name": f"New {item.spec.name}"}))
        for key, item in catalog.achievements.items()
    }
    others = (
        replace(catalog, issuer=issuer),
        replace(catalog, settings=replace(catalog.settings, site_name="Other & more")),
        replace(
            catalog,
            achievements=renamed,
            awards={
                name: replace(issued, achievement=renamed[issued.achievement.key])
                for name, issued in catalog.awards.items()
            },
        ),
    )
    press = AwardPress(AT)
    for other in (catalog, *others, catalog):
        badges = badges_of(other)
        assert pressed(badges, other, press) == expected(badges, other)
    assert press.rendered == 0


def test_an_export_that_has_no_splices_yet_is_made_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def names(catalog: Catalog, at: Addresses) -> object:
        return lambda badge: [Artifact(f"issued/{badge.issued.id}/name.txt", badge.document["name"].encode())]

    catalog = sample_catalog()
    badge = badges_of(catalog)[0]
    monkeypatch.setattr(compiled, "_OTHERS", (names,))
    *files, name = AwardPress(AT).files(badge.issued, catalog, badge.data)
    assert files == expected([badge], catalog)[0]
    assert name.data == badge.issued.achievement.spec.name.encode()


def test_every_export_of_today_has_splices() -> None:
    # A new one works without, but slowly: this is where one is reminded.
    assert compiled._OTHERS == ()
