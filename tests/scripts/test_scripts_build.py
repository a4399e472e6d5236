"""The committed bundles are what their sources make, small, and free of what the pages' policy forbids."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from site_builder.proof.contexts import CONTEXTS, context_bytes
from tools import scripts

pytestmark = pytest.mark.node

BUNDLES = sorted(scripts.DIST.glob("*.js"))


def test_the_committed_bundles_are_current() -> None:
    scripts.prepare()
    assert scripts.check() == [], "run: make scripts"


def test_types_are_right() -> None:
    scripts.prepare()
    scripts.check_types()


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    scripts.prepare()
    first, second = tmp_path / "one", tmp_path / "two"
    sizes = scripts.bundle(first)
    assert scripts.bundle(second) == sizes
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }
    for names, most in scripts.BUDGETS.items():
        assert sum(sizes[name]["gzipped"] for name in names) <= most


def test_contexts_are_bundled_from_the_pinned_bytes_and_no_others(tmp_path: Path) -> None:
    scripts.prepare()
    index = json.loads((scripts.CONTEXT_FOLDER / "index.json").read_text(encoding="utf-8"))
    assert [entry["url"] for entry in index] == list(CONTEXTS)
    copy = shutil.copytree(scripts.CONTEXT_FOLDER, tmp_path / "contexts")
    altered = copy / index[0]["file"]
    assert altered.read_bytes() == context_bytes(CONTEXTS[0])
    altered.write_bytes(altered.read_bytes() + b" ")
    with pytest.raises(scripts.ScriptsError, match="is not the pinned file; run: make scripts"):
        scripts.bundle(tmp_path / "dist", copy)


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.name)
def test_a_bundle_runs_no_text_and_asks_nobody_to_debug_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\(|new Function\(|sourceMappingURL|\bimport\(|innerHTML|document\.write", text
    )
    assert "Apache-2.0" in text.partition("\n")[0]


def test_the_licence_of_every_bundled_package_is_told() -> None:
    told = (scripts.DIST / "LICENSES.txt").read_text(encoding="utf-8")
    for name in ("jsonld", "rdf-canonize", "@noble/ed25519", "@noble/hashes"):
        assert re.search(rf"^{name} \d+\.\d+\.\d+ \(", told, re.MULTILINE)
    assert "Redistribution and use in source and binary forms" in told


def test_every_npm_package_is_locked_with_a_digest() -> None:
    wanted = json.loads((scripts.BROWSER / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((scripts.BROWSER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    root = packages.pop("")
    for group in ("dependencies", "devDependencies"):
        assert root[group] == wanted[group]
        for name, version in wanted[group].items():
            assert packages[f"node_modules/{name}"]["version"] == version
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
