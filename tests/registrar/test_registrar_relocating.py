"""Moving house: a small difference, all of the old site kept, and nothing written where it cannot be."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import group
from site_builder.keys import Role, demo_signers
from site_builder.publishing.build import build
from site_builder.publishing.request import Request
from site_builder.registrar.change import ChangeRefused
from site_builder.registrar.relocating import Moved, MoveRefused, move
from tests.end_to_end.press import digests
from tests.publishing.test_publishing_golden import KEYS
from tests.support.repos import FIRST_AWARD, NOW, SECOND_AWARD, THIRD_AWARD, valid

OLD = "https://badges.northfield.example/"
NEW = "https://credentials.northfield.example/learn/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of the demo's keys with its site; not to be changed."""
    root = tmp_path_factory.mktemp("published") / "repository"
    files, signers = valid(), demo_signers()
    for key, role in KEYS.items():
        files["credentials/issuer.yaml"] = files["credentials/issuer.yaml"].replace(
            key, signers[role].public_key
        )
    revoked = f"  - id: {SECOND_AWARD}"
    files["issued/2026/charts.yaml"] += "    revoked: {date: 2026-04-01, reason: error}\n"
    assert revoked in files["issued/2026/charts.yaml"]
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    outcome = build(Request(root, root / "site", NOW, {}, executor="inline"), lambda *_: lambda: None)
    assert outcome.published, outcome.problems
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """Return a copy of that repository which a test may change."""
    shutil.copytree(published, tmp_path / "repository")
    return tmp_path / "repository"


def moved(root: Path, to: str = NEW) -> Moved:
    return move(root, to, root / "site", root / "moved", NOW)


def test_two_files_change_by_one_fact_each(root: Path) -> None:
    before = {path: (root / path).read_text() for path in ("mkdocs.yml", "credentials/issuer.yaml")}
    done = moved(root)
    assert done.changed == ("credentials/issuer.yaml", "mkdocs.yml")
    assert (root / "mkdocs.yml").read_text() == before["mkdocs.yml"].replace(
        f"site_url: {OLD}", f'site_url: "{NEW}"'
    )
    added = (root / "credentials/issuer.yaml").read_text().removeprefix(before["credentials/issuer.yaml"])
    assert added == f'\nmoved_from:\n  - "{OLD}"\n'
    assert CliRunner().invoke(group, ["check", "--root", str(root)]).exit_code == 0


def test_the_old_address_keeps_all_data_byte_for_byte_and_pointers_for_pages(root: Path) -> None:
    moved(root)
    old, kept = digests(root / "site"), digests(root / "moved/site")
    data = {path for path in old if not path.endswith(".html") and path != ".badgepress"}
    renewed = {"did.json", ".well-known/did.json"}
    assert {path for path in data if kept.get(path) != old[path]} == renewed
    assert kept.keys() - old.keys() == {"assets/badgepress/moved.js"}
    page = (root / f"moved/site/issued/{FIRST_AWARD}/index.html").read_text()
    assert f'href="{NEW}issued/{FIRST_AWARD}/"' in page
    did = json.loads((root / "moved/site/did.json").read_bytes())
    assert (did["id"], did["alsoKnownAs"]) == (
        "did:web:badges.northfield.example",
        ["did:web:credentials.northfield.example:learn"],
    )
    was = json.loads((root / "site/did.json").read_bytes())
    assert {name: value for name, value in did.items() if name != "alsoKnownAs"} == was


def test_the_list_has_awards_that_stand_and_nobody_s_name(root: Path) -> None:
    moved(root)
    raw = (root / "moved/reissued.csv").read_text()
    rows = list(csv.DictReader(io.StringIO(raw)))
    assert FIRST_AWARD in raw
    assert THIRD_AWARD in raw
    assert SECOND_AWARD not in raw  # it was revoked
    assert rows[0] == {
        "award": FIRST_AWARD,
        "credential": "charts",
        "version": "1.0",
        "old_page": f"{OLD}issued/{FIRST_AWARD}/",
        "new_page": f"{NEW}issued/{FIRST_AWARD}/",
        "old_badge": f"{OLD}issued/{FIRST_AWARD}/credential.json",
        "new_badge": f"{NEW}issued/{FIRST_AWARD}/credential.json",
    }
    for learner in ("a" * 32, "sha256$", "b" * 32):
        assert learner not in raw


def _no_site(root: Path) -> None:
    (root / "site/catalog.json").unlink()


def _stranger(root: Path) -> None:
    path = root / "issued/2026/literacy.yaml"
    path.unlink()


def _lacking(root: Path) -> None:
    key = "did:web:badges.northfield.example#z6MkjVnfzvJjcHyG75SuLg1WwGXRXxjxZ4YhDscz19HKbDFK"
    badge = json.loads((root / f"site/issued/{FIRST_AWARD}/credential.json").read_bytes())["proof"][0]
    record = {
        "award": FIRST_AWARD,
        "key": key,
        "created": badge["created"],
        "proofValue": badge["proofValue"],
    }
    (root / "proofs/2026").mkdir(parents=True)
    (root / "proofs/2026/charts.jsonl").write_text(json.dumps(record) + "\n")
    (root / f"site/issued/{FIRST_AWARD}/credential.json").unlink()


def _mistake(root: Path) -> None:
    spec = root / "credentials/charts.yaml"
    spec.write_text(spec.read_text().replace("level: intermediate", "level: expert", 1))


def _odd_settings(root: Path) -> None:
    issuer = root / "credentials/issuer.yaml"
    issuer.write_text(issuer.read_text() + "moved_from: [https://first.northfield.example/]\n")


def _nothing(root: Path) -> None:
    assert root.is_dir()


@pytest.mark.parametrize(
    ("to", "before", "told"),
    [
        ("http://b.example.org/", _nothing, "the new address must start with https://, not 'http://'"),
        ("https://b.example.org/?a=1", _nothing, "the new address must not have a '?' or '#' part"),
        ("https://b.example.org/#a", _nothing, "the new address must not have a '?' or '#' part"),
        (
            "https://B.example.org/",
            _nothing,
            "the new address must name its host in lower case, not 'B.example.org'",
        ),
        ("b.example.org", _nothing, "the new address must start with https://"),
        (OLD.rstrip("/"), _nothing, f"the site is at {OLD} already"),
        ("https://preview.invalid", _nothing, "the new address is that of previews"),
        (NEW, _no_site, "site is not a site of ours: there is no catalog.json"),
        (NEW, _stranger, "site has 1 badge that no award file knows"),
        (NEW, _lacking, "site lacks 1 badge whose proofs are recorded: holders may have them"),
        (NEW, _mistake, "the repository has mistakes"),
        (NEW, _odd_settings, "the settings cannot be changed line by line"),
        (
            "https://first.northfield.example/",
            _odd_settings,
            "the site was at https://first.northfield.example/ before",
        ),
    ],
)
def test_what_cannot_be_leaves_everything_as_it_was(
    root: Path, to: str, before: Callable[[Path], None], told: str
) -> None:
    before(root)
    files = digests(root)
    with pytest.raises(MoveRefused) as refused:
        moved(root, to)
    assert told in str(refused.value)
    assert digests(root) == files


def test_a_folder_that_stands_there_is_not_written_over(root: Path) -> None:
    (root / "moved").mkdir()
    (root / "moved/mine.txt").write_text("mine")
    files = digests(root)
    done = CliRunner().invoke(group, ["move", "--to", NEW, "--root", str(root), "--now", str(NOW)])
    assert done.exit_code == 2
    assert "moved stands there already; nothing was written" in done.output
    assert digests(root) == files


@pytest.mark.parametrize("place", ["site/moved", "credentials/moved", "docs/moved"])
def test_a_folder_inside_the_site_or_the_authors_folders_is_refused(root: Path, place: str) -> None:
    files = digests(root)
    with pytest.raises(MoveRefused, match="lies inside"):
        move(root, NEW, root / "site", root / place, NOW)
    assert digests(root) == files


def test_where_no_site_is_nothing_can_be_kept(root: Path) -> None:
    done = CliRunner().invoke(group, ["move", "--to", NEW, "--root", str(root), "--site", str(root / "none")])
    assert done.exit_code == 2
    assert "there is no folder" in done.output


def test_where_the_settings_cannot_be_written_the_folder_goes_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        assert (root / "moved/site/did.json").is_file()
        raise ChangeRefused("mkdocs.yml: Read-only file system; nothing was changed")

    files = digests(root)
    monkeypatch.setattr("site_builder.registrar.relocating.write", refuse)
    with pytest.raises(ChangeRefused):
        moved(root)
    assert digests(root) == files
    assert not (root / "moved").exists()


def test_the_command_tells_both_addresses_and_what_comes_next(root: Path) -> None:
    done = CliRunner().invoke(group, ["move", "--to", NEW, "--root", str(root), "--now", str(NOW)])
    assert done.exit_code == 0, done.output
    assert f"Moved from {OLD} to {NEW}" in done.output
    assert "docs/guides/moving.md" in done.output
    again = CliRunner().invoke(group, ["move", "--to", NEW, "--root", str(root), "--json"])
    assert again.exit_code == 1
    assert json.loads(again.stdout)["ok"] is False


def test_an_address_is_either_where_the_site_is_or_where_it_was(root: Path) -> None:
    issuer = root / "credentials/issuer.yaml"
    issuer.write_text(issuer.read_text() + f"moved_from:\n  - {OLD}\n")
    told = CliRunner().invoke(group, ["check", "--root", str(root)])
    assert f"{OLD} is where the site is now" in told.output
    assert Role.ISSUE.variable not in told.output
