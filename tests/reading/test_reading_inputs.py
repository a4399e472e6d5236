"""The digest of everything a build reads: it changes with any of it, and with nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.reading.inputs import inputs_digest
from tests.support.repos import valid


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in {**valid(), "docs/index.md": "# Hello\n", "README.md": "Read me.\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


CHARTS = "issued/2026/charts.yaml"


def _exchange(root: Path) -> None:
    """Give two files each other's bytes."""
    one, other = root / CHARTS, root / "issued/2026/asking.yaml"
    texts = one.read_bytes(), other.read_bytes()
    one.write_bytes(texts[1])
    other.write_bytes(texts[0])


def _link(root: Path) -> None:
    (root / CHARTS).rename(root / "charts.txt")
    (root / CHARTS).symlink_to("../../charts.txt")


def _pipe(root: Path) -> None:
    (root / CHARTS).unlink()
    os.mkfifo(root / CHARTS)


def _write(path: str, text: str = "x") -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return change


@pytest.mark.parametrize(
    "change",
    [
        _exchange,
        _link,
        _pipe,
        lambda root: (root / CHARTS).write_bytes((root / CHARTS).read_bytes() + b"\n"),
        lambda root: (root / CHARTS).rename(root / "issued/2026/chart.yaml"),
        lambda root: (root / CHARTS).unlink(),
        lambda root: (root / "issued/2025").mkdir(),
        lambda root: (root / "README.md").write_text("Read it.\n"),
        _write("mkdocs.yml", "site_name: x\n"),
        _write("docs/index.md"),
        _write("docs/assets/.hidden"),
        _write("proofs/2026/charts.jsonl"),
        _write("issued/2026/charts.yaml~"),
        _write("class.csv"),
        _write("readme.MD/x"),
        _write(CHARTS, "x" * 2_000_000),
        lambda root: (root / "site").symlink_to("/tmp"),
    ],
)
def test_it_changes_with_what_is_read(change: Callable[[Path], object], root: Path) -> None:
    before = inputs_digest(root)
    change(root)
    assert inputs_digest(root) != before


@pytest.mark.parametrize(
    "change",
    [_write("site/index.html"), _write(".git/HEAD"), _write(".badgepress/ab/c"), _write("tests/a.py")],
)
def test_it_stays_with_what_is_not_read(change: Callable[[Path], object], root: Path) -> None:
    before = inputs_digest(root)
    change(root)
    for path in root.rglob("*"):
        os.utime(path, (0, 0))
    assert inputs_digest(root) == before


def test_bounds_between_files_count(tmp_path: Path) -> None:
    """The end of one name and the start of the next bytes are not one text."""
    digests = set()
    for number, files in enumerate(([("a", "bc"), ("d", "")], [("a", "b"), ("cd", "")], [("abcd", "")])):
        for name, text in files:
            _write(f"{number}/docs/{name}", text)(tmp_path)
        digests.add(inputs_digest(tmp_path / str(number)))
    assert len(digests) == 3


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        inputs_digest(tmp_path / "gone")


def test_it_imports_little() -> None:
    """A run that finds nothing changed does nothing else, and is over before the models are imported."""
    code = "import sys, site_builder.reading.inputs; print(*sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"pydantic", "yaml", "site_builder.problems", "jinja2"} & set(found.split())
