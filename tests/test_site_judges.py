"""The judges see what they are there to see: faults put into a tiny site are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.html_validate import html_faults
from tests.support.site_judges import hidden_words, link_faults, policy_faults

BASE = "https://badges.example.org/college/"
POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'"
PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>Badge</title>
<link rel="stylesheet" href="a.css">
<link rel="canonical" href="{BASE}">
<!--head-->
</head>
<body>
<main id="content"><h1>Data literacy</h1>
<p><a href="#content">Up</a> <a href="https://elsewhere.example/">Out</a></p>
<!--body-->
</main>
</body>
</html>
"""


def write(folder: Path, *, head: str = "", body: str = "", style: str = "") -> Path:
    text = PAGE.replace("<!--head-->", head).replace("<!--body-->", body)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "a.css").write_text(style, encoding="utf-8")
    (folder / "sitemap.xml").write_text(f"<loc>{BASE}</loc>", encoding="utf-8")
    (folder / "robots.txt").write_text(f"Sitemap: {BASE}sitemap.xml", encoding="utf-8")
    return folder


def test_a_good_site_has_no_faults(tmp_path: Path) -> None:
    site = write(tmp_path)
    assert link_faults(site, BASE) + policy_faults(site) + hidden_words(site) == []


@pytest.mark.parametrize(
    "given",
    [
        {"body": '<a href="gone/">x</a>'},
        {"body": '<a href="#gone">x</a>'},
        {"body": '<a href="../">x</a>'},
        {"body": f'<a href="{BASE}gone">x</a>'},
        {"body": '<a href="http://elsewhere.example/">x</a>'},
        {"body": '<a href="mailto:ada@example.org">x</a>'},
        {"body": '<img src="gone.png" alt="">'},
        {"body": '<img src="a.css" srcset="a.css 1x, gone.png 2x" alt="">'},
        {"body": '<img src="https://elsewhere.example/a.png" alt="">'},
        {"body": '<form action="gone"></form>'},
        {"head": '<link rel="preload" href="https://elsewhere.example/a.css">'},
        {"head": f'<link rel="alternate" hreflang="fr" href="{BASE}fr/">'},
        {"head": f'<meta property="og:image" content="{BASE}gone.png">'},
        {"head": f'<script type="application/ld+json">{{"url": "{BASE}gone/"}}</script>'},
        {"style": "a{background:url(gone.svg)}"},
        {"style": "@import 'gone.css';"},
        {"style": "@font-face{src:url('https://elsewhere.example/a.woff2')}"},
    ],
    ids=str,
)
def test_a_dead_or_foreign_address_is_told(given: dict[str, str], tmp_path: Path) -> None:
    assert len(link_faults(write(tmp_path, **given), BASE)) == 1


def test_a_sitemap_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    site = write(tmp_path)
    (site / "sitemap.xml").write_text(f"<loc>{BASE}gone/</loc>", encoding="utf-8")
    assert link_faults(site, BASE) == [f"sitemap.xml leads nowhere: {BASE}gone/"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("script-src 'self'", "script-src 'self' https://elsewhere.example"),
        ("default-src 'none'; ", ""),
        ("; base-uri 'none'", ""),
        ("base-uri 'none'", "connect-src 'self' https:"),
        ("<!--head-->", "<style>a{}</style>"),
        ("<!--head-->", "<script>1</script>"),
        ("<!--head-->", '<script type="module">1</script>'),
        ("<!--body-->", "<p style='color:red'>x</p>"),
        ("<!--body-->", "<p onclick='x()'>x</p>"),
        ("<!--body-->", "<a href=' javascript:x()'>x</a>"),
        ("<!--body-->", "<iframe src='a.css'></iframe>"),
        ('<meta charset="utf-8">', '<meta charset="utf-8"><script src="a.js"></script>'),
        ('<meta charset="utf-8">', '<title>x</title><meta charset="utf-8">'),
        ('<meta charset="utf-8">', ""),
    ],
)
def test_a_page_that_could_act_is_told(old: str, new: str, tmp_path: Path) -> None:
    site = write(tmp_path)
    text = PAGE.replace(old, new)
    assert text != PAGE
    (site / "index.html").write_text(text, encoding="utf-8")
    assert policy_faults(site)


def test_words_that_only_machines_are_told_are_told_here(tmp_path: Path) -> None:
    data = '{"@type": "Course", "name": "Data Literacy", "description": "Best in the world"}'
    site = write(tmp_path, head=f'<script type="application/ld+json">{data}</script>')
    assert hidden_words(site) == ["index.html: description: Best in the world"]


@pytest.mark.node
def test_html_is_judged_by_its_rules(tmp_path: Path) -> None:
    assert html_faults(write(tmp_path)) == []
    told = html_faults(write(tmp_path, body="<p><div></p><img src='a.css'>"))
    assert {line.split(": ")[1] for line in told} >= {"close-order", "wcag/h37"}
