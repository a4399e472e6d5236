"""Previews: built without any key that lasts, marked on every page, and leaving everything else as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import group
from site_builder.keys import Role
from site_builder.publishing.build import build
from site_builder.publishing.preview import is_preview, preview_of
from site_builder.publishing.request import Outcome, Request
from site_builder.publishing.staging import OutputRefused
from tests.end_to_end.press import digests
from tests.support.repos import FIRST_AWARD, NOW, valid

RECORDED = (
    f'{{"award": "{FIRST_AWARD}", "key": "did:web:badges.northfield.example#z6MkhaXgBZDvotDkL5257faiztiGiC2Qt'
    'KLGpbnnEGta2doK", "created": "2026-02-01T00:00:00Z", "proofValue": "z3xx"}\n'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository whose keys nobody here has, with a proof of another day."""
    root = tmp_path / "repository"
    for path, text in {**valid(), "proofs/2026/charts.jsonl": RECORDED}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def preview(root: Path, output: Path) -> tuple[Request, Outcome]:
    given = {role.variable: "no key at all" for role in Role}
    request = preview_of(Request(root, output, NOW, given, published=output, executor="inline"))
    return request, build(request, lambda _what, _steps: lambda: None)


def test_a_preview_needs_no_key_keeps_none_and_changes_nothing_beside_it(root: Path, tmp_path: Path) -> None:
    before = digests(root)
    request, outcome = preview(root, tmp_path / "preview")
    assert outcome.problems == []
    assert (outcome.published, outcome.awards, outcome.signed, outcome.verified) == (True, 4, 4, 4)
    after = {path: digest for path, digest in digests(root).items() if not path.startswith(".badgepress/")}
    assert after == before
    secrets = [value.encode() for value in request.environment.values()]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files for secret in secrets if secret in path.read_bytes()] == []


def test_every_page_is_marked_and_every_badge_is_of_no_host(root: Path, tmp_path: Path) -> None:
    preview(root, tmp_path / "preview")
    pages = sorted((tmp_path / "preview").rglob("*.html"))
    assert len(pages) == 5  # four awards and the page that checks badges
    for page in pages:
        html = page.read_text("utf-8")
        assert html.count('class="preview-mark"') == 1
        assert '<meta name="robots" content="noindex, nofollow">' in html
    badge = json.loads((tmp_path / f"preview/issued/{FIRST_AWARD}/credential.json").read_bytes())
    assert badge["id"] == f"https://preview.invalid/issued/{FIRST_AWARD}/credential.json"
    assert badge["proof"][0]["verificationMethod"].startswith("did:web:preview.invalid#z6Mk")
    assert (tmp_path / "preview/robots.txt").read_bytes() == b"User-agent: *\nDisallow: /\n"


def test_a_later_preview_replaces_it_whole_under_other_keys(root: Path, tmp_path: Path) -> None:
    preview(root, tmp_path / "preview")
    did = (tmp_path / "preview/did.json").read_bytes()
    (root / "issued/2026/literacy.yaml").unlink()
    assert preview(root, tmp_path / "preview")[1].published
    pages = sorted((tmp_path / "preview").rglob("*.html"))
    assert len(pages) == 4
    assert [page for page in pages if page.read_text("utf-8").count("preview-mark") != 1] == []
    assert (tmp_path / "preview/did.json").read_bytes() != did


def test_a_site_that_is_no_preview_is_never_replaced_by_one(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name in (".badgepress", "catalog.json"):
        (site / name).write_text("{}")
    (site / "did.json").write_text('{"id": "did:web:badges.northfield.example"}')
    before = digests(site)
    with pytest.raises(OutputRefused, match="holds a site that is no preview: nothing was changed"):
        preview(root, site)
    assert digests(site) == before
    assert not is_preview(site)


def test_a_mistake_is_told_as_in_any_build(root: Path, tmp_path: Path) -> None:
    spec = root / "credentials/charts.yaml"
    spec.write_text(spec.read_text().replace("level: intermediate", "level: expert", 1))
    _, outcome = preview(root, tmp_path / "preview")
    assert [problem.code for problem in outcome.problems if problem.is_error][:1] == ["bad-choice"]
    assert not (tmp_path / "preview").exists()


def test_the_command_says_what_it_is_and_so_does_verify(root: Path) -> None:
    words = ["build", "--preview", "--awards-only", "--executor", "inline", "--now", str(NOW)]
    made = CliRunner().invoke(group, [*words, "--root", str(root)])
    assert made.exit_code == 0, made.output
    assert "This is a preview: every page says so" in made.output
    assert "Do not publish it" in made.output
    words = ["verify", str(root / "preview"), "--executor", "inline", "--now", str(NOW)]
    told = CliRunner().invoke(group, words)
    assert told.exit_code == 0, told.output
    assert "This is a preview: signed with keys that were thrown away" in told.output
    badge = root / f"preview/issued/{FIRST_AWARD}/credential.json"
    one = CliRunner().invoke(group, ["verify", str(badge), "--now", str(NOW), "--json"])
    assert json.loads(one.output)["preview"] is True


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--preview", "--site-url", "https://a.example/"], "a preview has its own address"),
        (["--preview", "--published", "."], "a preview has its own address"),
        (["--preview", "--executor", "dask://a:1"], "its keys never leave it"),
        (["--site-url", "https://preview.invalid"], "is for previews: badgepress build --preview"),
    ],
)
def test_what_does_not_go_with_a_preview_is_wrong_usage(root: Path, words: list[str], told: str) -> None:
    refused = CliRunner().invoke(group, ["build", "--root", str(root), *words])
    assert refused.exit_code == 2
    assert told in " ".join(refused.output.split())


def test_no_site_may_live_at_the_address_of_previews(root: Path) -> None:
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("badges.northfield.example", "preview.invalid"))
    refused = CliRunner().invoke(group, ["check", "--root", str(root)])
    assert refused.exit_code == 1
    assert "mkdocs.yml:2: site_url is the address of previews" in refused.output
