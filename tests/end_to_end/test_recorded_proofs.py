"""A published proof is data: with it a build needs no key, and an award that was altered is found."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.press import COMMAND, build, copy_of_demo, digests, few_awards, press
from tests.support.demo import DEMO_DAY
from tests.support.shared import REPOSITORY

REAL = "https://badges.northfield.org/"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return a repository with keys of its own, built for a real host, and the environment that signs."""
    folder = tmp_path_factory.mktemp("proofs")
    root = few_awards(copy_of_demo(folder / "repository"))
    keys = folder / "keys"
    keys.mkdir()
    lines = ["keys:\n"]
    for role in ("issue", "status"):
        made = press("keygen", "--role", role, "--out", str(keys / role), "--now", "2025-01-01", root=folder)
        assert made.returncode == 0, made.stderr
        lines += [line + "\n" for line in made.stdout.splitlines() if not line.startswith("#")]
    _replace_keys(root / "credentials" / "issuer.yaml", lines)
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("https://badges.northfield.example/", REAL), "utf-8"
    )
    env = {f"BADGEPRESS_{role.upper()}_KEY_FILE": str(keys / role) for role in ("issue", "status")}
    build(root, "--awards-only", env=env)
    return root, env


def _replace_keys(path: Path, lines: list[str]) -> None:
    """Put these lines in the place of the list of keys, wherever in the file it stands."""
    kept, inside = [], False
    for line in path.read_text("utf-8").splitlines(keepends=True):
        inside = line.startswith("keys:") or (inside and line.startswith((" ", "-", "\n", "#")))
        kept += [] if inside else [line]
    path.write_text("".join([*kept, "\n", *lines]), "utf-8")


def test_a_stranger_without_any_key_rebuilds_the_same_bytes(signed: tuple[Path, dict[str, str]]) -> None:
    root, _ = signed
    proofs = digests(root / "proofs")
    assert "status.jsonl" in proofs
    before = digests(root / "site")
    finished = press("build", "--awards-only", "--now", DEMO_DAY, root=root)
    assert finished.returncode == 0, finished.stderr
    assert "(0 signed, " in finished.stdout
    assert digests(root / "site") == before
    assert digests(root / "proofs") == proofs


def test_another_day_needs_the_status_key_only(signed: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    root, env = signed
    later = ("build", "--awards-only", "--now", "2026-11-23", "--output", str(tmp_path / "later"))
    refused = press(*later, "--published", "site", root=root)
    assert refused.returncode == 1
    assert "BADGEPRESS_STATUS_KEY must hold the status key" in refused.stderr
    status_only = {"BADGEPRESS_STATUS_KEY_FILE": env["BADGEPRESS_STATUS_KEY_FILE"]}
    before = {path: name for path, name in digests(root / "site").items() if path.startswith("issued/")}
    done = press(*later, "--published", "site", root=root, env=status_only)
    assert done.returncode == 0, done.stderr
    after = digests(tmp_path / "later")
    assert {path: name for path, name in after.items() if path.startswith("issued/")} == before
    build(root, "--awards-only", env=env)  # the lists of that day are recorded again


def test_an_award_that_was_altered_is_refused(signed: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    """Into a folder of its own: nothing but the recorded proofs knows what was published."""
    root, env = signed
    elsewhere = ("--output", str(tmp_path / "site"))
    path = next((root / "issued").rglob("*.yaml"))
    text, before = path.read_text("utf-8"), digests(root / "site")
    changed = ["assessed_by: Somebody else\n" if line.startswith("assessed_by:") else line
               for line in text.splitlines(keepends=True)]  # fmt: skip
    path.write_text("".join(changed), "utf-8")
    refused = press("build", "--awards-only", "--now", DEMO_DAY, *elsewhere, root=root, env=env)
    checked = press("check", "--now", DEMO_DAY, root=root)  # without any key
    path.write_text(text, "utf-8")
    assert refused.returncode == checked.returncode == 1
    assert "no longer fits its recorded proof in proofs/" in refused.stderr
    assert checked.stderr == refused.stderr
    assert digests(root / "site") == before


def test_an_award_file_that_is_gone_is_refused(signed: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    root, env = signed
    elsewhere = ("--output", str(tmp_path / "site"))
    path = next((root / "issued").rglob("*.yaml"))
    text, before = path.read_text("utf-8"), digests(root / "site")
    path.unlink()
    refused = press("build", "--awards-only", "--now", DEMO_DAY, *elsewhere, root=root, env=env)
    path.write_text(text, "utf-8")
    assert refused.returncode == 1
    assert "was signed and published, but is in no award file" in refused.stderr
    assert digests(root / "site") == before


def test_another_address_is_refused_once_for_all(signed: tuple[Path, dict[str, str]]) -> None:
    root, env = signed
    refused = press(
        "build",
        "--awards-only",
        "--now",
        DEMO_DAY,
        "--site-url",
        "https://elsewhere.org/",
        root=root,
        env=env,
    )
    assert refused.returncode == 1
    assert "published badges were made for did:web:badges.northfield.org" in refused.stderr
    assert refused.stderr.count("mkdocs.yml") == 1


def test_a_key_that_is_not_listed_signs_nothing(signed: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    root, env = signed
    press("keygen", "--role", "issue", "--out", str(tmp_path / "other"), root=tmp_path)
    for proofs in (root / "proofs").rglob("2*/*.jsonl"):
        proofs.rename(tmp_path / "kept.jsonl")
        other = {**env, "BADGEPRESS_ISSUE_KEY_FILE": str(tmp_path / "other")}
        words = ("build", "--awards-only", "--now", DEMO_DAY, "--output", str(tmp_path / "site"))
        refused = press(*words, root=root, env=other)
        (tmp_path / "kept.jsonl").rename(proofs)
        assert refused.returncode == 1
        assert "is not listed in credentials/issuer.yaml" in refused.stderr


KILLED_WHILE_RECORDING = """
import os, signal, sys
from pathlib import Path
replace = Path.replace
def kill(self, target):
    os.kill(os.getpid(), signal.SIGKILL) if self.suffix == ".swp" else replace(self, target)
Path.replace = kill
sys.argv = ["badgepress", "build", "--awards-only", "--now", sys.argv[1]]
from site_builder.cli import main
main()
"""


def test_a_build_killed_while_it_records_proofs_blocks_no_other(
    signed: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    root, env = signed
    proofs = digests(root / "proofs")
    before = digests(root / "site")
    (root / "proofs").rename(tmp_path / "kept")
    everything = {**os.environ, **env, "PYTHONPATH": str(REPOSITORY)}
    words = [COMMAND[0], "-c", KILLED_WHILE_RECORDING, DEMO_DAY]
    done = subprocess.run(words, cwd=root, env=everything, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert digests(root / "site") == before
    build(root, "--awards-only", env=env)
    assert digests(root / "site") == before
    assert digests(root / "proofs") == proofs


def test_no_secret_is_ever_printed_or_written(signed: tuple[Path, dict[str, str]]) -> None:
    root, env = signed
    secrets = [Path(path).read_text("ascii").strip().encode() for path in env.values()]
    for path in root.rglob("*"):
        if path.is_file():
            assert not [secret for secret in secrets if secret in path.read_bytes()], path


def test_a_published_key_cannot_sign_a_real_site(tmp_path: Path) -> None:
    root = few_awards(copy_of_demo(tmp_path / "repository"))
    refused = press("build", "--awards-only", "--now", DEMO_DAY, "--site-url", REAL, root=root)
    assert refused.returncode == 1
    assert "is a published test key" in refused.stderr
    assert not (root / "site").exists()
    assert not (root / "proofs").exists()
