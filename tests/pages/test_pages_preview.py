"""The mark on every page of a preview: in the page's language, at its beginning, and said to crawlers."""

from __future__ import annotations

import re

import pytest

from site_builder.messages import LANGUAGES, load
from site_builder.pages.preview import STYLESHEET, NotAPage, marked, preview_artifacts

PAGE = """<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta name="robots" content="index, follow">
<title>A page</title>
</head>
<body class="bp-body" data-root=".">
<main>Text of &lt;/head&gt; and &lt;body&gt;</main>
</body>
</html>
"""


def test_a_page_begins_with_the_mark_and_keeps_all_it_said() -> None:
    page = marked("credentials/sums/index.html", PAGE)
    words = load("en")
    mark = (
        '<aside class="preview-mark" aria-label="Preview" lang="en" dir="ltr">'
        f"<strong>Preview</strong> {words('preview.why')}</aside>"
    )
    assert page.index(mark) == page.index('data-root=".">') + len('data-root=".">\n')
    assert '<link rel="stylesheet" href="../../assets/badgepress/preview.css">\n</head>' in page
    assert re.findall('<meta name="robots"[^>]*>', page) == [
        '<meta name="robots" content="noindex, nofollow">'
    ]
    rest = page.replace(mark, "").replace(
        '<link rel="stylesheet" href="../../assets/badgepress/preview.css">\n', ""
    )
    rest = rest.replace('<meta name="robots" content="noindex, nofollow">\n', "")
    assert rest.replace('.">\n\n', '.">\n') == PAGE.replace(
        '<meta name="robots" content="index, follow">\n', ""
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_its_page(language: str) -> None:
    words = load(language)
    page = marked("index.html", PAGE.replace('lang="en"', f'lang="{language}"'))
    assert f'lang="{language}" dir="{words.direction}"><strong>{words("preview.label")}</strong>' in page


def test_in_a_language_that_has_no_words_it_says_so_in_english() -> None:
    assert 'lang="en" dir="ltr"><strong>Preview' in marked(
        "index.html", PAGE.replace('lang="en"', 'lang="de"')
    )


def test_the_page_for_lost_addresses_finds_its_stylesheet_from_any_depth() -> None:
    assert f'href="/{STYLESHEET}"' in marked("404.html", PAGE)


@pytest.mark.parametrize("part", ["</head>", "<body", 'lang="en"'])
def test_what_cannot_be_marked_is_no_page(part: str) -> None:
    with pytest.raises(NotAPage, match=re.escape("a/index.html")):
        marked("a/index.html", PAGE.replace(part, ""))


def test_crawlers_are_sent_away() -> None:
    assert {item.path: item.data for item in preview_artifacts()}[
        "robots.txt"
    ] == b"User-agent: *\nDisallow: /\n"
