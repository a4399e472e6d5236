"""Pip is fetched from the user's own index, and only the pinned bytes are taken."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tools import bootstrap

WHEEL = b"not really a wheel"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a simple index (PEP 503) on disk that offers one pip, which is the pinned one."""
    folder = tmp_path / "simple" / "pip"
    folder.mkdir(parents=True)
    (folder / bootstrap.PIP_WHEEL).write_bytes(WHEEL)
    (folder / "index.html").write_text(
        f'<a href="{bootstrap.PIP_WHEEL}#sha256=0">pip</a><a>no target</a>', encoding="utf-8"
    )
    # urllib lists no folder on disk: name the page itself.
    monkeypatch.setattr(bootstrap, "index_page", lambda: (folder / "index.html").as_uri())
    monkeypatch.setattr(bootstrap, "PIP_SHA256", hashlib.sha256(WHEEL).hexdigest())
    return folder


def test_takes_the_pinned_wheel(index: Path) -> None:
    assert bootstrap.fetch_pip() == WHEEL


def test_refuses_other_bytes(index: Path) -> None:
    (index / bootstrap.PIP_WHEEL).write_bytes(WHEEL + b".")
    with pytest.raises(bootstrap.BootstrapError, match="is not the file this project pins"):
        bootstrap.fetch_pip()


def test_says_what_to_do_without_an_index(index: Path) -> None:
    (index / "index.html").unlink()
    with pytest.raises(bootstrap.BootstrapError, match="go online, or: apt install python3-venv"):
        bootstrap.fetch_pip()


def test_the_index_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple/")
    assert bootstrap.index_page() == "https://mirror.example/simple/pip/"
    monkeypatch.delenv("PIP_INDEX_URL")
    assert bootstrap.index_page() == "https://pypi.org/simple/pip/"


def test_a_password_of_the_index_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "ftp://reader:hush@mirror.example/simple")
    with pytest.raises(bootstrap.BootstrapError, match=r"mirror\.example") as caught:
        bootstrap.fetch_pip()
    assert "hush" not in str(caught.value)


def test_a_changed_lock_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    lock = tmp_path / "requirements" / "runtime.txt"
    lock.write_text("a==1\n", encoding="utf-8")
    before = bootstrap.fingerprint("runtime")
    lock.write_text("a==2\n", encoding="utf-8")
    assert bootstrap.fingerprint("runtime") != before
