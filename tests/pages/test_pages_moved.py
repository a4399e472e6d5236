"""Pointers in place of pages, and redirects of pages alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from site_builder.assembling.addresses import TOMBSTONE, Addresses
from site_builder.messages import LANGUAGES, load
from site_builder.pages.moved import is_left_out, language_of, moved_page, redirects

OLD = Addresses("https://badges.example.org/")
BELOW = Addresses("https://example.org/learn.now/")
HOME = Addresses("https://credentials.example.org/badges/")
PAGES = ["index.html", "issued/1/index.html", "fr/index.html", "404.html", "credentials/sums/index.html"]


def test_a_pointer_leads_to_the_same_page_with_and_without_scripts() -> None:
    page = moved_page("en", "issued/1/index.html", HOME, erased=False).decode()
    target = "https://credentials.example.org/badges/issued/1/"
    assert f'<link rel="canonical" href="{target}">' in page
    assert f'<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>' in page
    assert f'<p>It is here now: <a href="{target}">{target}</a></p>' in page
    assert '<script src="../../assets/badgepress/moved.js" defer></script>' in page
    assert "script-src 'self'" in page
    assert TOMBSTONE not in page
    assert TOMBSTONE.encode() in moved_page("en", "issued/1/index.html", HOME, erased=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_page_it_stands_for(language: str) -> None:
    page = moved_page(
        language_of(f'<html dir="x" lang="{language}-CA">'.encode()), "index.html", HOME, erased=False
    )
    words = load(language)
    assert f'<html lang="{language}" dir="{words.direction}">' in page.decode()
    assert f"<h1>{words('moved.title')}</h1>" in page.decode()


def test_a_page_without_a_known_language_has_a_pointer_in_english() -> None:
    assert b'<html lang="en"' in moved_page(language_of(b"<html>"), "index.html", HOME, erased=False)


def test_what_only_a_whole_site_has_is_left_out() -> None:
    assert [path for path in (*PAGES, "robots.txt", ".nojekyll") if is_left_out(path)] == [
        "404.html",
        "robots.txt",
    ]


@pytest.mark.parametrize(("host", "status"), [("cloudflare", "301"), ("netlify", "301!")])
def test_rules_are_exact_and_come_before_the_one_for_awards(host: str, status: str) -> None:
    found = redirects(PAGES, BELOW, HOME)[f"{host}/_redirects"].decode().splitlines()
    new = HOME.base
    assert found == [
        f"/learn.now/credentials/sums/ {new}credentials/sums/ {status}",
        f"/learn.now/fr/ {new}fr/ {status}",
        f"/learn.now/ {new} {status}",
        f"/learn.now/issued/:award/ {new}issued/:award/ {status}",
    ]


def test_nginx_is_told_of_addresses_that_end_with_a_slash_and_of_no_other() -> None:
    for old, root in ((OLD, "/"), (BELOW, "/learn.now/")):
        settings = redirects(PAGES, old, HOME)["nginx.conf"].decode()
        found = re.search(r'"~(\S+)" (\S+);', settings)
        assert found is not None
        pattern = re.compile(found[1].replace("(?<", "(?P<"))
        assert pattern.match(root)
        match = pattern.match(f"{root}issued/1-a/")
        assert match is not None
        assert found[2].replace("$badgepress_page", match["badgepress_page"]) == f"{HOME.base}issued/1-a/"
        data = (
            "did.json",
            ".well-known/did.json",
            "issued/1/credential.json",
            "status/1.json",
            "a b/",
            "a\r\n/",
        )
        assert [path for path in data if pattern.match(root + path)] == []
    assert not pattern.match("/learnXnow/")


@pytest.mark.parametrize("old", [OLD, BELOW])
def test_a_page_below_the_old_address_moves_no_further(old: Addresses) -> None:
    settings = redirects(PAGES, old, Addresses(f"{old.base}new.house/"))["nginx.conf"].decode()
    found = re.findall(r'"~(\S+)" (\S+);', settings)
    rules = [(re.compile(pattern.replace("(?<", "(?P<")), target) for pattern, target in found]

    def goes_to(page: str) -> str:
        """Return what nginx takes: the first that fits."""
        path = urlsplit(old.url(page)).path
        return str(next(target for pattern, target in rules if pattern.match(path)))

    assert goes_to("issued/1/") == f"{old.base}new.house/$badgepress_page"
    assert goes_to("new.house/issued/1/") == '""'
