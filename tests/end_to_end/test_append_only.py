"""What was reviewed and published stays: the commands in git repositories, and sites built over sites."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.end_to_end.press import build, copy_of_demo, digests, few_awards, press
from tests.support.demo import DEMO_DAY
from tests.support.git import committed, git

UNKNOWN = "99999999-9999-4999-8999-999999999999"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small repository, committed and then built; tests work on copies of it."""
    root = few_awards(copy_of_demo(tmp_path_factory.mktemp("demo") / "repository"))
    (root / ".gitignore").write_text("/site/\n", "utf-8")
    committed(root, "what was reviewed")
    build(root, "--awards-only")
    return root


@pytest.fixture
def root(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo, tmp_path / "repository"))


def cohort(root: Path) -> Path:
    return next((root / "issued").rglob("*.yaml"))


def edit(path: Path, pattern: str, new: str) -> str:
    """Replace the first match of ``pattern``; return what the file held before."""
    text = path.read_text("utf-8")
    edited = re.sub(pattern, new, text, count=1, flags=re.MULTILINE)
    assert edited != text, f"{pattern} is not in {path}"
    path.write_text(edited, "utf-8")
    return text


def codes(root: Path, *words: str) -> list[str]:
    """Return the codes of the problems that a command tells in JSON, each once."""
    finished = press(*words, "--now", DEMO_DAY, "--json", root=root)
    assert finished.returncode in (0, 1), finished.stderr
    return sorted({problem["code"] for problem in json.loads(finished.stdout)["problems"]})


CHECK = ("check", "--base", "HEAD")
BUILD = ("build", "--awards-only")


def test_check_says_how_much_it_compared(root: Path) -> None:
    finished = press(*CHECK, "--now", DEMO_DAY, root=root)
    assert finished.returncode == 0, finished.stderr
    awards = cohort(root).read_text("utf-8").count("  - id: ")
    assert f"Nothing that HEAD has was altered: {awards} awards compared." in finished.stdout


def test_what_had_mistakes_is_compared_as_it_was_written_and_never_called_unaltered(root: Path) -> None:
    right = edit(cohort(root), r"^    status_index: (\d+)", r"    status_index: x\g<1>")
    committed(root, "an index that is none")
    cohort(root).write_text(right, "utf-8")
    finished = press(*CHECK, "--now", DEMO_DAY, root=root)
    assert finished.returncode == 0, finished.stderr
    assert "was not compared there: status_index was 'x" in finished.stderr
    assert "Nothing that HEAD has" not in finished.stdout
    awards = right.count("  - id: ")
    assert f"{awards - 1} awards of HEAD were compared as a whole" in finished.stdout
    edit(cohort(root), r"^assessed_by: ", "assessed_by: The ")
    assert "issued-changed" in codes(root, *CHECK)
    cohort(root).unlink()
    assert "issued-deleted" in codes(root, *CHECK)


def test_a_clock_before_the_last_publication_signs_nothing(root: Path) -> None:
    """Also where every award is older than that clock, so that nothing but the lists tells."""
    before = digests(root / "site")
    refused = press(*BUILD, "--now", "2026-11-20", "--json", root=root)
    assert refused.returncode == 1
    assert [problem["code"] for problem in json.loads(refused.stdout)["problems"]] == ["clock"]
    assert digests(root / "site") == before


@pytest.mark.parametrize(
    ("where", "pattern", "new", "code"),
    [
        ("cohort", r"^assessed_by: ", "assessed_by: The ", "issued-changed"),
        ("cohort", r"^    status_index: \d+", "    status_index: 17", "issued-changed"),
        ("cohort", r"^  - id: \S+", f"  - id: {UNKNOWN}", "issued-deleted"),
        ("credential", r"^summary: ", "summary: Truly, ", "version-needed"),
        ("issuer", r"^name: ", "name: The ", "issuer-changed"),
        ("settings", r"badges\.northfield\.example", "badges.southfield.example", "address-changed"),
    ],
)
def test_check_and_build_refuse_the_same_alterations(
    root: Path, where: str, pattern: str, new: str, code: str
) -> None:
    name = re.findall(r"^credential: (\S+)", cohort(root).read_text("utf-8"), re.MULTILINE)[0]
    files = {
        "cohort": cohort(root),
        "credential": root / f"credentials/{name}.yaml",
        "issuer": root / "credentials/issuer.yaml",
        "settings": root / "mkdocs.yml",
    }
    before = digests(root / "site")
    edit(files[where], pattern, new)
    assert codes(root, *CHECK) == [code]
    assert codes(root, *BUILD) == [code]
    assert digests(root / "site") == before


def test_the_hint_for_a_preview_holds(root: Path) -> None:
    edit(cohort(root), r"^assessed_by: ", "assessed_by: The ")
    refused = press(*BUILD, "--now", DEMO_DAY, root=root)
    assert "if site was only a preview that nobody was given, delete it and build again" in refused.stderr
    shutil.rmtree(root / "site")
    build(root, "--awards-only")


def test_another_folder_can_be_what_was_published(root: Path, tmp_path: Path) -> None:
    (root / "site").rename(tmp_path / "live")
    edit(cohort(root), r"^assessed_by: ", "assessed_by: The ")
    live = ("--published", str(tmp_path / "live"))
    assert codes(root, *BUILD, *live) == ["issued-changed"]
    assert not (root / "site").exists()
    (tmp_path / "empty").mkdir()
    refused = press(*BUILD, "--published", str(tmp_path / "empty"), "--now", DEMO_DAY, root=root)
    assert refused.returncode == 2
    assert "holds no site that badgepress built" in refused.stderr
    assert "leave --published away for a first publication" in refused.stderr


def test_an_older_checkout_does_not_replace_a_newer_site(root: Path) -> None:
    newer = cohort(root).with_name("newer.yaml")
    text = re.sub(r"^  - id: .*", "", cohort(root).read_text("utf-8").split("awards:")[0], flags=re.MULTILINE)
    entry = f"  - id: {UNKNOWN}\n    learner: {'d' * 32}\n    commitments: {{email: sha256${'d' * 64}}}\n"
    newer.write_text(f"{text}awards:\n{entry}    status_index: 99\n", "utf-8")
    committed(root, "one more")
    build(root, "--awards-only")
    before = digests(root / "site")
    git(root, "checkout", "--quiet", "HEAD~1")
    refused = press(*BUILD, "--now", DEMO_DAY, root=root)
    assert refused.returncode == 1
    assert "is published in site, and is in no award file" in refused.stderr
    assert "git pull where this checkout is older than the site" in refused.stderr
    assert digests(root / "site") == before


def test_a_shallow_clone_builds_the_same_site(root: Path, tmp_path: Path) -> None:
    committed(root, "more history")
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "clone")
    assert digests(build(tmp_path / "clone", "--awards-only")) == digests(root / "site")
    refused = press("check", "--base", "HEAD~1", "--now", DEMO_DAY, root=tmp_path / "clone")
    assert refused.returncode == 2
    assert refused.stderr.startswith("error: git knows no revision 'HEAD~1'\nhint: this clone is shallow")


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD..HEAD"])
def test_an_unknown_revision_is_a_usage_error(root: Path, revision: str) -> None:
    finished = press("check", f"--base={revision}", "--json", "--now", DEMO_DAY, root=root)
    assert finished.returncode == 2
    told = json.loads(finished.stdout)
    assert (told["ok"], told["code"], told["problems"]) == (False, "bad-revision", [])
    assert revision in told["error"]
    assert told["hint"]


def test_a_repository_without_git_is_a_usage_error(root: Path) -> None:
    shutil.rmtree(root / ".git")
    finished = press(*CHECK, "--now", DEMO_DAY, root=root)
    assert finished.returncode == 2
    assert "is not in a git repository" in finished.stderr


def test_a_branch_that_only_adds_and_withdraws_passes(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "work")
    revoked = "    revoked: {date: 2026-11-01, reason: It was made in error.}\n"
    edit(cohort(root), r"(^    status_index: \d+\n)", rf"\g<1>{revoked}")
    assert codes(root, "check", "--base", "main") == []
    committed(root, "revoked")
    edit(cohort(root), r"^    revoked: .*\n", "")
    assert codes(root, *CHECK) == ["status-cleared"]
    assert codes(root, "check", "--base", "main") == []


def merged(root: Path, ours: str, theirs: str) -> None:
    """Add an award file on each of two branches, and merge the one into the other."""
    head = cohort(root).read_text("utf-8").split("awards:")[0]
    for branch, entry in (("ours", ours), ("theirs", theirs)):
        git(root, "checkout", "--quiet", "-b", branch, "main")
        cohort(root).with_name(f"zz-{branch}.yaml").write_text(f"{head}awards:\n{entry}", "utf-8")
        assert codes(root, "check", "--base", "main") == []
        committed(root, branch)
    git(root, "merge", "--quiet", "--no-edit", "ours")


def entry(award_id: str, index: int, mark: str) -> str:
    return (
        f"  - id: {award_id}\n    learner: {mark * 32}\n    commitments: {{email: sha256${mark * 64}}}\n"
        f"    status_index: {index}\n"
    )


def test_two_branches_that_took_one_status_index_are_caught_where_they_meet(root: Path) -> None:
    merged(root, entry(UNKNOWN, 77, "d"), entry(UNKNOWN.replace("9", "8"), 77, "e"))
    finished = press("check", "--base", "main", "--now", DEMO_DAY, root=root)
    assert finished.returncode == 1
    place = cohort(root).with_name("zz-theirs.yaml").relative_to(root)
    first = cohort(root).with_name("zz-ours.yaml").relative_to(root)
    assert f"{place}:" in finished.stderr
    assert f"status_index 77 stands already in {first}:" in finished.stderr
    assert f"if this file is new: badgepress renumber {place}" in finished.stderr


def test_two_branches_that_took_one_id_are_caught_where_they_meet(root: Path) -> None:
    merged(root, entry(UNKNOWN, 77, "d"), entry(UNKNOWN, 78, "e"))
    assert codes(root, "check", "--base", "main") == ["duplicate-id"]
