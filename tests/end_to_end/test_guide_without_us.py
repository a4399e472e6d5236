"""The guide for those who trust nobody, followed word by word on a badge of the demo."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.contexts import context_files
from tests.support.demo import DEMO_DAY
from tests.support.node import node_missing
from tests.support.shared import REPOSITORY
from tools.node import PACKAGES, find_node

GUIDE = (REPOSITORY / "docs/guides/without-us.md").read_text("utf-8")
CONTEXTS = {
    "v2.json": "https://www.w3.org/ns/credentials/v2",
    "ob3.json": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
}
# The guide's reader has today's list; the test's reader lives on the day of the demo.
STOP_CLOCK = f"""
const RealDate = Date;
const moment = RealDate.parse('{DEMO_DAY}T12:00:00Z');
globalThis.Date = class extends RealDate {{
  constructor(...words) {{ super(...(words.length ? words : [moment])); }}
  static now() {{ return moment; }}
}};
"""


def block(language: str, number: int = 0) -> str:
    """Return the guide's code block of that language."""
    return str(re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)[number])


def commands(start: str) -> list[str]:
    """Return the guide's shell lines that start so."""
    return [line.strip() for line in GUIDE.splitlines() if line.startswith(f"    {start}")]


@pytest.fixture
def folder(demo_site: Path, tmp_path: Path) -> Path:
    """Return a folder with the five files of the guide."""
    badge = next(
        path
        for path in sorted(demo_site.glob("issued/*/credential.json"))
        if "validUntil" not in path.read_text("utf-8")
    )
    shutil.copy(badge, tmp_path)
    shutil.copy(demo_site / "did.json", tmp_path)
    shutil.copy(demo_site / "status/1.json", tmp_path / "list.json")
    for name, url in CONTEXTS.items():
        shutil.copy(context_files()[url], tmp_path / name)
    return tmp_path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "NODE_OPTIONS"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def change_the_name(folder: Path) -> None:
    path = folder / "credential.json"
    credential = json.loads(path.read_text("utf-8"))
    credential["credentialSubject"]["achievement"]["name"] += "s"
    path.write_text(json.dumps(credential), "utf-8")


def test_the_digests_of_the_contexts_are_those_of_the_bytes(folder: Path) -> None:
    said = run(folder, "sha256sum", *CONTEXTS).stdout.split()
    assert [digest for digest in said[::2] if f"`{digest}`" not in GUIDE] == []
    assert len(said) == 4


@pytest.mark.node
def test_npm_s_verifier(folder: Path) -> None:
    assert node_missing() == ""
    (folder / "check.mjs").write_text(block("js"), "utf-8")
    (folder / "clock.mjs").write_text(STOP_CLOCK, "utf-8")
    (folder / "node_modules").symlink_to(PACKAGES / "node_modules")
    node = str(find_node().program)
    good = run(folder, node, "--import", "./clock.mjs", "check.mjs")
    assert (good.stdout, good.stderr) == ("verified\n", "")
    change_the_name(folder)
    assert run(folder, node, "--import", "./clock.mjs", "check.mjs").stdout.startswith("refused")


def test_pypi_s_verifier(folder: Path) -> None:
    (folder / "check.py").write_text(block("python", 0), "utf-8")
    good = run(folder, sys.executable, "check.py")
    assert (good.stdout, good.stderr) == ("verified\n", "")
    change_the_name(folder)
    assert run(folder, sys.executable, "check.py").returncode == 1


@pytest.mark.openssl
def test_by_hand(folder: Path) -> None:
    (folder / "statements.py").write_text(block("python", 1), "utf-8")
    script = "\n".join(["set -e", f"{sys.executable} statements.py", *commands("openssl")])
    good = run(folder, "sh", "-c", script)
    assert (good.stdout, good.stderr) == ("Signature Verified Successfully\n", "")
    assert len(commands("openssl")) == 3
    change_the_name(folder)
    assert "Signature Verification Failure" in "".join(run(folder, "sh", "-c", script).stdout)


def test_the_bit_of_the_list(folder: Path, demo_site: Path) -> None:
    (line,) = (line for line in commands("python -c") if "encodedList" in line)
    said = {}
    for award in (*REVOKED, next(name for name in AWARDS if name not in REVOKED)):
        shutil.copy(demo_site / "issued" / award / "credential.json", folder)
        said[award] = run(folder, "sh", "-c", line.replace("python", sys.executable, 1)).stdout.strip()
    assert {award for award, words in said.items() if words == "revoked"} == REVOKED
    assert set(said.values()) == {"revoked", "not revoked"}


def _awards() -> dict[str, str]:
    """Return the demo's awards, each with the lines that tell of it."""
    text = "".join(path.read_text("utf-8") for path in sorted((REPOSITORY / "issued").rglob("*.yaml")))
    found = re.split(r"(?m)^  - id: ", text)[1:]
    return {award.split()[0].strip("\"'"): award for award in found}


AWARDS = _awards()
REVOKED = {name for name, lines in AWARDS.items() if re.search(r"(?m)^    (revoked|replaced_by):", lines)}
