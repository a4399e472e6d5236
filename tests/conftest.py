"""Fixtures and skips that every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.support.demo import base_url_of, demo_site_in
from tests.support.drawn_once import draw_once
from tests.support.environment import settle_environment, settle_folders
from tests.support.node import node_missing
from tests.support.shared import MISSING, shared_dir
from tools.chromium import find_chromium
from tools.nginx import find_nginx

settle_environment()
settle_folders()

# A build server tries the same examples each time: a red run is then the change's fault. People try new ones.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def _shared_missing() -> str:
    return "" if shared_dir() else MISSING


def _browser_missing() -> str:
    return (
        ""
        if find_chromium()
        else "no Chromium; try: make test as root, or apt install chromium-headless-shell"
    )


def _openssl_missing() -> str:
    return "" if shutil.which("openssl") else "no openssl on PATH"


def _nginx_missing() -> str:
    return "" if find_nginx() else "no nginx; try: make test as root, or apt install nginx-light"


# A marker -> why its tests cannot run here, or an empty string.
_NEEDS: dict[str, Callable[[], str]] = {
    "shared": _shared_missing,
    "node": node_missing,
    "browser": _browser_missing,
    "openssl": _openssl_missing,
    "nginx": _nginx_missing,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests marked ``together`` first: an idle process takes over from the end of another's list.

    Where it takes half of a module, both make what the module shares.
    """
    items.sort(key=lambda item: item.get_closest_marker("together") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test, saying why, where the machine lacks what its marker asks for."""
    for marker, missing in _NEEDS.items():
        if item.get_closest_marker(marker) and (reason := missing()):
            pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _pictures_drawn_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patches:
        draw_once(patches)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of official data; the test must carry the marker ``shared``."""
    folder = shared_dir()
    if folder is None:
        pytest.skip(MISSING)
    return folder


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo site, built once per run. To be read only: change a ``demo_copy`` instead."""
    folder = tmp_path_factory.getbasetemp()
    # pytest-xdist gives each of its processes a folder of its own, inside the one they share.
    return demo_site_in(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture(scope="session")
def demo_base_url(demo_site: Path) -> str:
    """Return the address the demo site is made for."""
    return base_url_of(demo_site)


@pytest.fixture
def demo_copy(demo_site: Path, tmp_path: Path) -> Path:
    """Return a copy of the demo site that the test may change."""
    return Path(shutil.copytree(demo_site, tmp_path / "site"))
