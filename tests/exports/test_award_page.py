"""The award page: facts, no verdict, nothing active, small."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from site_builder.assembling.credential import unsigned_credential
from site_builder.exports import EXPORTS, Badge
from site_builder.exports.award_page import award_page
from site_builder.exports.html import POLICY
from tests.pages.html import Tree, read_html
from tests.pages.sample import (
    AT,
    HOSTILE,
    LISTED,
    PLAIN,
    REPLACED,
    REPLACEMENT,
    REVOKED,
    STACKED,
    sample_catalog,
)

CATALOG = sample_catalog()
WRITE = award_page(CATALOG, AT)
WRITERS = [export(CATALOG, AT) for export in EXPORTS]
ASSETS = "../../assets/badgepress/"
MOST_BYTES = 10_000
VERDICTS = re.compile(r"\b(valid|genuine|authentic|verified|trusted|current)\b|[✓✔✅]", re.IGNORECASE)


def page_of(award_id: str) -> str:
    (artifact,) = WRITE(Badge(CATALOG.awards[award_id], {}, b""))
    assert artifact.path == f"issued/{award_id}/index.html"
    return artifact.data.decode()


def words(tree: Tree) -> str:
    return " ".join(tree.text.split())


@pytest.mark.parametrize("award_id", CATALOG.awards)
def test_no_page_claims_a_verdict(award_id: str) -> None:
    text = words(read_html(page_of(award_id)))
    assert "Not checked" in text
    assert VERDICTS.findall(text) == []


@pytest.mark.parametrize("award_id", CATALOG.awards)
def test_only_our_two_scripts_run_on_the_page(award_id: str) -> None:
    html = page_of(award_id)
    tree = read_html(html)
    assert HOSTILE not in html
    assert tree.active() == ["script", "script"]
    assert [tag.attributes["src"] for tag in tree.all("script")] == [
        ASSETS + "words.en.js",
        ASSETS + "verify.js",
    ]
    policies = [tag.attributes["content"] for tag in tree.all("meta") if "http-equiv" in tag.attributes]
    assert policies == [POLICY]
    assert "connect-src 'self';" in POLICY


@pytest.mark.parametrize("award_id", CATALOG.awards)
def test_nothing_is_loaded_from_elsewhere(award_id: str) -> None:
    tree = read_html(page_of(award_id))
    loaded = [tag.attributes["src"] for tag in tree.all("img")]
    loaded += [tag.attributes["href"] for tag in tree.all("link")]
    assert loaded[1:] == ["../../issuers/mark.svg", ASSETS + "award.css"]
    assert all(address.startswith("../../") for address in loaded)


def test_facts_of_a_badge() -> None:
    text = words(read_html(page_of(PLAIN)))
    for fact in (
        "The sums credential",
        "Awarded by Northfield Polytechnic on 4 May 2026",
        "Expires 4 May 2029",
        "Level Advanced",
        "Score 92.5 %",
        "Reading tables Foundational",
        "Leading meetings Intermediate",
        "Portfolio, project. Assessed by: Examination board, School of Computing.",
        "A report on bees",
    ):
        assert fact in text


def test_evidence_is_rendered_markdown() -> None:
    html = page_of(PLAIN)
    assert "A report on <strong>bees</strong>" in html
    assert '<a href="https://northfield.example/notes" rel="nofollow noopener">the notes</a>' in html


def test_a_revoked_award_tells_since_when_and_why() -> None:
    text = words(read_html(page_of(REVOKED)))
    assert "The issuer withdrew this award on 3 July 2026. Reason given: issued in error" in text


def test_a_replaced_award_links_to_its_replacement() -> None:
    html = page_of(REPLACED)
    assert "The issuer replaced this award" in html
    assert f'href="../{REPLACEMENT}/"' in html
    assert "withdrew" not in html


def test_a_stacked_award_links_to_its_parts() -> None:
    html = page_of(STACKED)
    assert "Stacked from" in html
    assert f'href="../{PLAIN}/"' in html
    assert f'href="../{REPLACEMENT}/"' in html


def test_only_listed_awards_may_be_indexed() -> None:
    indexed = {award_id for award_id in CATALOG.awards if 'content="noindex"' not in page_of(award_id)}
    assert indexed == {LISTED}


def test_without_scripts_the_page_tells_how_to_check() -> None:
    tree = read_html(page_of(PLAIN))
    assert "How to check it · Download the badge" in words(tree)
    links = [tag.attributes["href"] for tag in tree.all("a")]
    assert {"../../guides/verifier/", "credential.json"} <= set(links)
    assert "hecking" not in tree.text  # a promise that no script would keep


@pytest.mark.parametrize("award_id", CATALOG.awards)
def test_badge_and_page_of_the_sample_are_small(award_id: str) -> None:
    issued = CATALOG.awards[award_id]
    document = unsigned_credential(issued, CATALOG, AT, dict.fromkeys(issued.award.parts, "z" + "x" * 45))
    badge = Badge(issued, document, json.dumps(document).encode())
    made = {a.path.rsplit("/", 1)[1]: a.data for write in WRITERS for a in write(badge)}
    assert list(made) == ["credential.json", "credential.js", "index.html"]
    assert len(made["credential.json"]) + len(made["index.html"]) <= MOST_BYTES


def test_badge_and_page_of_the_demo_are_small(demo_site: Path) -> None:
    sizes = sizes_in(demo_site)
    assert len(sizes) >= 40
    pairs = {name: files["credential.json"] + files["index.html"] for name, files in sizes.items()}
    assert {name: size for name, size in pairs.items() if size > MOST_BYTES} == {}


def test_an_award_of_the_demo_takes_ten_thousand_bytes_on_average_with_its_twin(demo_site: Path) -> None:
    sizes = sizes_in(demo_site)
    files = {file for found in sizes.values() for file in found}
    means = {file: sum(found[file] for found in sizes.values()) / len(sizes) for file in sorted(files)}
    told = ", ".join(f"{file} {mean:.0f}" for file, mean in means.items())
    print(f"\nbytes of an award on average: {told}; together {sum(means.values()):.0f}")
    assert files == {"credential.json", "credential.js", "index.html"}
    assert sum(means.values()) <= MOST_BYTES


def sizes_in(site: Path) -> dict[str, dict[str, int]]:
    """Return the bytes of each award's files, by award and by file name."""
    folders = (site / "issued").iterdir()
    return {folder.name: {file.name: file.stat().st_size for file in folder.iterdir()} for folder in folders}
