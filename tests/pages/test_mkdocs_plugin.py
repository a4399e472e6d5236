"""The catalog built by MkDocs: the same bytes everywhere, nothing from elsewhere, awards left out."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from site_builder.exports.award_page import CHECK
from site_builder.mkdocs_plugin import build_catalog
from site_builder.pages.assets import CATALOG_STYLESHEET
from site_builder.pages.search_index import index_path
from site_builder.publishing.catalog_pages import CatalogRefused
from tests.pages.html import read_html
from tests.pages.sample import AT, HOSTILE, LISTED, NOW, PLAIN, sample_catalog
from tests.support.shared import REPOSITORY

GUIDE = "# For verifiers\n\nDownload the badge.\n"


def make_root(folder: Path, *, guide: str = GUIDE) -> Path:
    """Return a repository's root with the real ``mkdocs.yml`` and one guide."""
    (folder / "docs" / "guides").mkdir(parents=True)
    (folder / "docs" / "guides" / "verifier.md").write_text(guide, encoding="utf-8")
    (folder / "mkdocs.yml").write_bytes((REPOSITORY / "mkdocs.yml").read_bytes())
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalog")
    build_catalog(make_root(folder / "root"), sample_catalog(), AT, NOW, folder / "site")
    return folder / "site"


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pages_guides_and_stylesheet_are_there(site: Path) -> None:
    for path in ("index.html", "credentials/sums/1.0/index.html", "guides/verifier/index.html", "404.html"):
        assert (site / path).is_file()
    assert b"light-dark(" in (site / CATALOG_STYLESHEET).read_bytes()


def test_what_the_caller_writes_is_left_to_the_caller(site: Path) -> None:
    assert not (site / "issued").exists()
    assert not list(site.glob("credentials/**/badge.svg"))


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    for page in site.rglob("*.html"):
        tree = read_html(page.read_text(encoding="utf-8"))
        loaded = [tag.attributes.get("src", "") for tag in tree.all("script", "img", "iframe")]
        loaded += [tag.attributes["href"] for tag in tree.all("link") if tag.attributes["rel"] != "canonical"]
        assert [address for address in loaded if "//" in address] == []
    for sheet in site.rglob("*.css"):
        assert (
            re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", sheet.read_text(encoding="utf-8")) == []
        )


def test_words_of_authors_are_escaped_in_the_head_too(site: Path) -> None:
    html = (site / "credentials/hostile/index.html").read_text(encoding="utf-8")
    assert HOSTILE not in html
    assert "<title>Hostile &lt;script&gt;" in html
    assert 'content="&lt;script&gt;' in html


def test_search_finds_current_pages_and_no_awards(site: Path) -> None:
    text = (site / index_path("en")).read_text(encoding="utf-8")
    for place in ("credentials/sums/", "frameworks/data-skills/tables/", "guides/verifier/"):
        assert f'"{place}"' in text
    assert "credentials/sums/1.0/" not in text
    assert [award for award in (PLAIN, LISTED) if award in text] == []
    assert not (site / "search").exists()  # Material's own, which every page would load whole


def test_the_sitemap_has_the_build_s_day_and_no_award_but_the_listed(site: Path) -> None:
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{AT.base}credentials/sums/</loc>" in sitemap
    assert set(re.findall(r"<lastmod>(.*?)</lastmod>", sitemap)) == {NOW.isoformat()}
    assert re.findall(r"issued/(.*?)/", sitemap) == [LISTED]
    assert "credentials/sums/1.1/" not in sitemap  # the page of its credential says the same
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()).decode() == sitemap


def test_header_leads_only_to_pages_that_are_there(site: Path) -> None:
    tree = read_html((site / "index.html").read_text(encoding="utf-8"))
    links = {tag.attributes["href"] for tag in tree.all("a")}
    pages = {link for link in links if link.endswith("/") and "://" not in link}
    assert {"frameworks/", "guides/verifier/"} <= pages
    pages.discard(CHECK.removesuffix("index.html"))  # `badgepress build` writes that page
    assert [link for link in pages if not (site / link / "index.html").is_file()] == []


def test_the_same_bytes_in_other_surroundings(site: Path, tmp_path: Path) -> None:
    root = make_root(tmp_path / "elsewhere" / "root")
    program = (
        "import sys; from pathlib import Path; from site_builder.mkdocs_plugin import build_catalog;"
        "from tests.pages.sample import AT, NOW, sample_catalog;"
        "build_catalog(Path(sys.argv[1]), sample_catalog(), AT, NOW, Path(sys.argv[2]))"
    )
    surroundings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
    environment = os.environ | surroundings | {"PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", program, str(root), str(tmp_path / "site")]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, umask=0o077, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files_of(tmp_path / "site") == files_of(site)


def test_the_clock_given_to_mkdocs_is_taken_back(site: Path) -> None:
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_a_dead_link_in_a_guide_is_refused_in_words(tmp_path: Path) -> None:
    root = make_root(tmp_path / "root", guide="# For verifiers\n\n[Gone](gone.md)\n")
    with pytest.raises(CatalogRefused, match=r"'guides/verifier\.md' contains a link 'gone\.md'"):
        build_catalog(root, sample_catalog(), AT, NOW, tmp_path / "site")


def test_a_site_without_our_plugin_is_refused_in_words(tmp_path: Path) -> None:
    root = make_root(tmp_path / "root")
    (root / "mkdocs.yml").write_text("site_name: Badges\ntheme: material\n", encoding="utf-8")
    with pytest.raises(CatalogRefused, match=r"must list badgepress under plugins"):
        build_catalog(root, sample_catalog(), AT, NOW, tmp_path / "site")


CANARY = "\"'></title><script>canary()</script>"
HOSTILE_PAGE = f"""---
title: {json.dumps(CANARY)}
description: {json.dumps(CANARY)}
author: {json.dumps(CANARY)}
subtitle: {json.dumps(CANARY)}
badgepress: {{language: en, title: Not ours, scripts: [guides/evil.js], data: {json.dumps(CANARY)}}}
---
# For verifiers
"""
# Material unescapes a heading for the window's title.
HOSTILE_HEADING = "# &lt;/title&gt;&lt;script&gt;canary()&lt;/script&gt; R&D\n"


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose settings, titles and front matter hold HTML, as if nothing had checked them."""
    folder = tmp_path_factory.mktemp("hostile")
    root = make_root(folder / "root", guide=HOSTILE_PAGE)
    (root / "docs/guides/heading.md").write_text(HOSTILE_HEADING, encoding="utf-8")
    settings = yaml.safe_load((root / "mkdocs.yml").read_bytes())
    settings |= dict.fromkeys(("site_name", "site_description", "site_author", "copyright"), CANARY)
    settings |= {"repo_url": "https://git.example.org/a'b&c", "repo_name": CANARY}
    settings["nav"] = [
        {CANARY: "index.md"},
        "guides/verifier.md",
        {CANARY + "2": [{CANARY: [{CANARY: "guides/heading.md"}]}]},
        {CANARY + "3": "https://college.example.org/a?b=c&d=e"},
    ]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    build_catalog(root, sample_catalog(), AT, NOW, folder / "site")
    return folder / "site"


def test_settings_titles_and_front_matter_are_only_text(hostile_site: Path, site: Path) -> None:
    pages = list(hostile_site.rglob("*.html"))
    assert len(pages) > len(list(site.rglob("*.html")))
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "<script>canary" not in html, page
        assert "&amp;lt;" not in html, page
        assert "&amp;#" not in html, page


def test_the_header_leads_out_into_nested_sections_and_to_single_guides(hostile_site: Path) -> None:
    tree = read_html((hostile_site / "index.html").read_text(encoding="utf-8"))
    links = [tag.attributes["href"] for tag in tree.all("a")]
    assert "guides/heading/" in links
    assert "guides/verifier/" in links
    assert "https://college.example.org/a?b=c&d=e" in links


def test_a_table_of_a_guide_has_classes_and_no_styles(tmp_path: Path) -> None:
    table = "# For verifiers\n\n| a | b | c |\n| :-- | :-: | --: |\n| 1 | 2 | 3 |\n"
    build_catalog(make_root(tmp_path / "root", guide=table), sample_catalog(), AT, NOW, tmp_path / "site")
    html = (tmp_path / "site/guides/verifier/index.html").read_text(encoding="utf-8")
    assert [html.count(f'class="bp-{side}"') for side in ("left", "center", "right")] == [2, 2, 2]
    assert "style=" not in html


def test_a_title_is_shown_as_it_was_written(hostile_site: Path) -> None:
    html = (hostile_site / "guides/heading/index.html").read_text(encoding="utf-8")
    written = "&#34;&#39;&gt;&lt;/title&gt;&lt;script&gt;canary()&lt;/script&gt;"
    assert f"<title>{written} – {written}</title>" in html


def test_the_window_s_title_of_a_heading_is_only_text(tmp_path: Path) -> None:
    root = make_root(tmp_path / "root", guide=HOSTILE_HEADING)
    (root / "mkdocs.yml").write_text(
        "site_name: Badges\nsite_url: https://badges.example/\ntheme: {name: material, font: false}\n"
        "plugins: [search, badgepress]\nnav: [index.md, guides/verifier.md]\n",
        encoding="utf-8",
    )
    build_catalog(root, sample_catalog(), AT, NOW, tmp_path / "site")
    html = (tmp_path / "site/guides/verifier/index.html").read_text(encoding="utf-8")
    assert "<script>canary" not in html
    assert "<title>&lt;/title&gt;&lt;script&gt;canary()&lt;/script&gt; R&amp;D – Badges</title>" in html


def test_a_guide_stands_among_the_guides_of_its_section_however_deep(hostile_site: Path) -> None:
    html = (hostile_site / "guides/heading/index.html").read_text(encoding="utf-8")
    places = html.split('class="bp-guide__places"')[1].split("</nav>")[0]
    here = [tag.attributes for tag in read_html(places).all("a") if "aria-current" in tag.attributes]
    assert [(link["href"], link["aria-current"]) for link in here] == [("./", "page")]


def test_no_page_asks_the_repository_s_host(hostile_site: Path) -> None:
    for page in hostile_site.rglob("*.html"):
        assert "git.example.org" not in page.read_text(encoding="utf-8")


def test_plain_mkdocs_reads_the_repository_itself(tmp_path: Path) -> None:
    done = _mkdocs(REPOSITORY, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "credentials" / "data-literacy" / "1.0" / "badge.svg").is_file()


def test_plain_mkdocs_tells_the_problems_of_the_repository(tmp_path: Path) -> None:
    done = _mkdocs(make_root(tmp_path / "root"), tmp_path / "site")
    assert done.returncode == 1
    assert "the repository has problems; `badgepress check` tells more" in done.stderr
    assert "credentials/issuer.yaml" in done.stderr


def _mkdocs(root: Path, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", str(root / "mkdocs.yml")]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1795305600"}
    return subprocess.run(
        [*command, "-d", str(output)], env=environment, capture_output=True, text=True, check=False
    )
