"""The lock files agree with the project, with each other, and carry a hash for every package."""

from __future__ import annotations

import json
import re
import tomllib

from tests.support.shared import REPOSITORY
from tools.bootstrap import PIP_SHA256

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
# "name==version ; condition \\", then one indented line for each hash.
_PIN = re.compile(r"^([a-z0-9.-]+==\S+)(?: ; (.+?))? \\\n(?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", re.M)


def pins(name: str) -> set[tuple[str, str]]:
    """Return each pinned package with the condition it stands under."""
    text = (REPOSITORY / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    found = {(match[1], match[2] or "") for match in _PIN.finditer(text)}
    assert len(found) == sum("==" in line for line in text.splitlines() if not line.startswith((" ", "#")))
    return found


def names(name: str) -> set[str]:
    return {pin.partition("==")[0] for pin, _ in pins(name)}


def normal(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[ ;]", requirement)[0]).lower()


def test_every_dependency_is_locked() -> None:
    declared = PROJECT["project"]
    extras = {
        name: {normal(word) for word in words} for name, words in declared["optional-dependencies"].items()
    }
    assert {normal(word) for word in declared["dependencies"]} <= names("runtime")
    assert extras["dask"] <= names("dask")
    assert extras["s3"] <= names("s3")
    assert extras["dev"] - {declared["name"]} <= names("dev")


def test_each_lock_holds_the_smaller_one() -> None:
    runtime, dask, s3, dev = ({pin for pin, _ in pins(name)} for name in ("runtime", "dask", "s3", "dev"))
    assert runtime <= dask <= dev
    assert runtime <= s3 <= dev


def test_who_does_not_ask_for_dask_does_not_get_it() -> None:
    brought = names("dask") - names("runtime")
    assert {"distributed", "dask", "tornado"} <= brought


def test_what_builds_the_package_is_locked_at_the_version_the_project_names() -> None:
    (backend,) = PROJECT["build-system"]["requires"]
    assert backend in {pin for pin, _ in pins("runtime")}
    assert backend in (REPOSITORY / "requirements" / "build.in").read_text(encoding="utf-8").splitlines()


def test_every_npm_package_is_locked_with_a_digest() -> None:
    folder = REPOSITORY / "tests" / "node"
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages.pop("")["dependencies"] == wanted
    assert {packages[f"node_modules/{name}"]["version"] for name in wanted} == set(wanted.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_the_pip_that_is_fetched_is_pinned() -> None:
    assert re.fullmatch("[0-9a-f]{64}", PIP_SHA256)
