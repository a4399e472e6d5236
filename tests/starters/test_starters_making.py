"""A new repository passes `check`, its keys are private, and a refusal or an interrupt leaves nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder

from site_builder.keys import Role, load_signer
from site_builder.starters import making
from site_builder.starters.adopted import MACHINERY
from site_builder.starters.answers import HOSTS, Host
from site_builder.starters.making import InitRefused
from tests.starters.sample import DAY, PRESS, answers, made
from tests.support.shared import REPOSITORY
from tests.workflows.linter import findings, schema_faults


@pytest.mark.parametrize("host", HOSTS)
def test_it_passes_check_and_its_keys_are_its_own(host: Host, tmp_path: Path) -> None:
    root, keys, problems = made(tmp_path, answers(host))
    assert problems == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["college", "college-keys"]
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    listed = yaml.safe_load((root / "credentials/issuer.yaml").read_text("utf-8"))["keys"]
    for role, entry in zip(Role, listed, strict=True):
        path = keys / f"{role}.key"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        signer = load_signer(role, environment={f"{role.variable}_FILE": str(path)}, host="a.org")
        assert (signer.public_key, role.value) == (entry["public_key"], entry["role"])
    secrets = [path.read_bytes().strip() for path in keys.iterdir()]
    written = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert not any(secret in written for secret in secrets)
    assert (b"/proofs/" in (root / ".gitignore").read_bytes()) == (host in ("github", "gitlab"))


def test_linters_of_others_find_nothing_in_what_runs(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    root, _, _ = made(tmp_path / "a", answers("github"))
    other, _, _ = made(tmp_path / "b", answers("gitlab"))
    workflows = sorted((root / ".github/workflows").iterdir())
    assert len(workflows) == 2
    assert findings([*workflows, root / ".github/dependabot.yml"]) == []
    assert schema_faults("github-workflows", workflows) == ""
    assert schema_faults("dependabot", [root / ".github/dependabot.yml"]) == ""
    assert schema_faults("gitlab-ci", [other / ".gitlab-ci.yml"]) == ""


def test_workflows_name_actions_and_inputs_that_this_press_has(tmp_path: Path) -> None:
    root, _, _ = made(tmp_path, answers("github"))
    used = set()
    for path in (root / ".github/workflows").iterdir():
        for name, job in yaml.safe_load(path.read_text("utf-8"))["jobs"].items():
            for step in job["steps"]:
                action, commit = step["uses"].split("@")
                if action.startswith(f"{PRESS.repository}/"):
                    own = action.removeprefix(f"{PRESS.repository}/")
                    declared = yaml.safe_load((REPOSITORY / own / "action.yml").read_text("utf-8"))
                    inputs = declared.get("inputs", {})
                    needed = {key for key, one in inputs.items() if one.get("required")}
                    assert needed <= step.get("with", {}).keys() <= inputs.keys(), (name, own)
                    assert commit == PRESS.commit
                    used.add(own.rpartition("/")[2])
    assert used == {path.name for path in (REPOSITORY / ".github/actions").iterdir()}


def test_each_key_is_named_by_one_job_alone(tmp_path: Path) -> None:
    root, _, _ = made(tmp_path, answers("github"))
    jobs = yaml.safe_load((root / ".github/workflows/publish.yml").read_text("utf-8"))["jobs"]
    seen = {name: job for name, job in jobs.items() if "secrets." in str(job)}
    environments = {name: job["environment"] for name, job in seen.items()}
    assert environments == {"sign": "signing", "sign-status": "status"}
    assert "BADGEPRESS_STATUS_KEY" not in str(seen["sign"])
    assert "BADGEPRESS_ISSUE_KEY" not in str(seen["sign-status"])
    assert all(job["permissions"] == {"contents": "read"} for job in seen.values())
    assert "schedule" in seen["sign"]["if"]


def test_a_folder_with_something_in_it_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "college").mkdir()
    (tmp_path / "college/mine").write_text("x")
    with pytest.raises(InitRefused, match="stands there already"):
        made(tmp_path, answers())
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["college", "college/mine"]


def test_the_folder_that_one_is_in_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InitRefused, match="is the folder that you are in"):
        making.make_repository(Path(), tmp_path.parent / "keys", answers(), DAY)
    assert not (tmp_path.parent / "keys").exists()


def test_keys_never_lie_in_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(InitRefused, match="lies in the repository"):
        made(tmp_path, answers())
    (tmp_path / ".git").rmdir()
    (tmp_path / "a").mkdir()
    with pytest.raises(InitRefused, match="lies in the repository"):
        making.make_repository(tmp_path / "a", tmp_path / "a/keys", answers(), DAY)
    assert [path.name for path in tmp_path.rglob("*")] == ["a"]


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, OSError(28, "No space left on device", "x")])
def test_an_interrupt_leaves_nothing(
    stopped: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise stopped

    monkeypatch.setattr(making, "sync_below", stop)
    with pytest.raises((KeyboardInterrupt, InitRefused)):
        made(tmp_path, answers())
    assert list(tmp_path.iterdir()) == []


def test_what_check_would_refuse_is_not_written(tmp_path: Path) -> None:
    *_, problems = made(tmp_path, answers(name="ada.lovelace@gmail.com"))
    assert problems
    assert list(tmp_path.iterdir()) == []


def test_a_wheel_holds_every_text() -> None:
    packed = {one.distribution_path for one in WheelBuilder(str(REPOSITORY)).recurse_included_files()}
    folder = "site_builder/starters/templates"
    texts = {
        path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / folder).rglob("*") if path.is_file()
    }
    assert texts <= packed
    assert {f"{folder}/{name}" for files in MACHINERY.values() for name in files.values()} <= packed
