"""What search engines are told: one address for each page, its twins, and what may be found."""

from __future__ import annotations

from dataclasses import replace

from site_builder.assembling.addresses import SITE_CARD, credential_card, credential_page, version_page
from site_builder.messages import LANGUAGES
from site_builder.pages import all_pages
from site_builder.pages.crawlers import LOCALES, Heads, listed_addresses, robots
from tests.pages.sample import AT, LISTED, sample_catalog

CATALOG = sample_catalog()
SEVERAL = replace(CATALOG, settings=replace(CATALOG.settings, languages=("en", "fr")))
PAGES = {page.path: page for page in all_pages(SEVERAL, AT)}
HEADS = Heads(PAGES.values(), SEVERAL, AT)


def test_the_page_of_the_current_version_names_the_credential_s_own() -> None:
    head = HEADS.of(PAGES[version_page("sums", "1.1")])
    assert head["canonical"] == AT.url(credential_page("sums"))
    assert head["alternates"] == []


def test_an_earlier_version_is_nobody_s_copy() -> None:
    path = version_page("sums", "1.0")
    head = HEADS.of(PAGES[path])
    assert head["canonical"] == AT.url(path)
    assert head["alternates"] == [
        ("en", AT.url(path)),
        ("fr", AT.url("fr/" + path)),
        ("x-default", AT.url(path)),
    ]


def test_twins_name_each_other_and_themselves() -> None:
    english, french = (HEADS.of(PAGES[prefix + "index.html"]) for prefix in ("", "fr/"))
    assert english["alternates"] == french["alternates"]
    assert (english["canonical"], french["canonical"]) == (AT.base, AT.url("fr/index.html"))
    assert (french["locale"], french["locales"]) == ("fr_FR", ["en_GB"])


def test_a_site_in_one_language_has_no_twins() -> None:
    pages = {page.path: page for page in all_pages(CATALOG, AT)}
    head = Heads(pages.values(), CATALOG, AT).of(pages["index.html"])
    assert (head["alternates"], head["locales"]) == ([], [])


def test_a_credential_has_its_own_card_and_every_other_page_the_site_s() -> None:
    for path in (credential_page("sums"), version_page("sums", "1.0"), "fr/" + credential_page("sums")):
        assert HEADS.of(PAGES[path])["card"] == AT.url(credential_card("sums"))
    for path in ("index.html", "frameworks/data-skills/index.html"):
        assert HEADS.of(PAGES[path])["card"] == AT.url(SITE_CARD)


def test_open_graph_knows_every_language_of_the_interface() -> None:
    assert set(LOCALES) == set(LANGUAGES)


def test_only_listed_awards_that_stand_may_be_found() -> None:
    assert listed_addresses(CATALOG, AT) == [AT.url(f"issued/{LISTED}/index.html")]
    award = CATALOG.awards[LISTED]
    gone = replace(award, award=award.award.model_copy(update={"replaced_by": "x"}))
    assert listed_addresses(replace(CATALOG, awards={LISTED: gone}), AT) == []


def test_robots_may_read_everything_and_find_the_sitemap() -> None:
    text = robots(AT).data.decode()
    assert "Disallow" not in text
    assert f"Sitemap: {AT.base}sitemap.xml" in text.splitlines()
