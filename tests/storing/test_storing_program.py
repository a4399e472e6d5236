"""The fingerprint is another one as soon as anything differs that could make another page."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pytest

from site_builder.storing import program as module
from site_builder.storing.program import fingerprint


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "a.py": "x = 1",
        "pages/templates/t.html": "<p>",
        "browser/dist/v.js": "1",
        "browser/src/v.ts": "1",
    }
    for path, text in files.items():
        (tmp_path / "program" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "program" / path).write_text(text, "utf-8")
    (tmp_path / "libraries/jinja2-3.1.6.dist-info").mkdir(parents=True)
    monkeypatch.setattr(module, "_PROGRAM", tmp_path / "program")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "libraries")])
    return tmp_path


def now() -> str:
    """Return the fingerprint as another process would find it."""
    return fingerprint.__wrapped__()


def test_it_is_a_digest_that_does_not_change() -> None:
    assert fingerprint() == now()
    assert len(fingerprint()) == 64


@pytest.mark.parametrize("path", ["a.py", "pages/templates/t.html", "browser/dist/v.js"])
def test_an_altered_file_changes_it(program: Path, path: str) -> None:
    before = now()
    (program / "program" / path).write_text("y", "utf-8")
    assert now() != before


def test_a_new_or_renamed_file_changes_it(program: Path) -> None:
    seen = {now()}
    (program / "program/b.yaml").write_text("", "utf-8")
    seen.add(now())
    (program / "program/b.yaml").rename(program / "program/c.yaml")
    seen.add(now())
    assert len(seen) == 3


def test_another_version_of_a_library_changes_it(program: Path) -> None:
    before = now()
    (program / "libraries/jinja2-3.1.6.dist-info").rename(program / "libraries/jinja2-3.1.7.dist-info")
    assert now() != before


def test_another_python_changes_it(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = now()
    monkeypatch.setattr(sys, "version", sys.version + " of another day")
    assert now() != before


def test_what_is_never_published_does_not_count(program: Path) -> None:
    before = now()
    (program / "program/browser/src/v.ts").write_text("2", "utf-8")
    (program / "program/__pycache__").mkdir()
    (program / "program/__pycache__/a.pyc").write_bytes(b"1")
    assert now() == before


def test_it_does_not_depend_on_the_place(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = now()
    shutil.copytree(program / "program", program / "copy")
    monkeypatch.setattr(module, "_PROGRAM", program / "copy")
    assert now() == before


def test_it_is_cheap() -> None:
    def took() -> float:
        began = time.process_time()
        now()
        return time.process_time() - began

    assert min(took() for _ in range(5)) < 0.025
