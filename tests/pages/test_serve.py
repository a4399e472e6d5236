"""``serve``: a change builds again and reaches the browser; a failed build leaves the old site up."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.support.shared import REPOSITORY

_SECONDS = 20
_PROGRAM = """
import sys
from pathlib import Path
from site_builder.mkdocs_plugin import serve

root = Path(sys.argv[1])

def build() -> None:
    words = (root / "spec.yaml").read_text()
    if words == "broken":
        raise RuntimeError("the build failed")
    (root / "site" / "index.html").write_text(f"<body>{words}</body>")

build()
serve(root, build, [root / "spec.yaml", root / "missing"], root / "site", 0)
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, subprocess.Popen[str]]]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "404.html").write_text("<body>not here</body>", encoding="utf-8")
    (tmp_path / "spec.yaml").write_text("first", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", _PROGRAM, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=(tmp_path / "stderr").open("w"),
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:[1-9]\d*/", said)
        assert address, said
        # Answering means watching: the server looks at the files before it answers.
        wait_until(lambda: "first" in read(address[0]))
        yield tmp_path, address[0], process
    finally:
        process.kill()
        process.communicate()


def read(address: str) -> str:
    with urlopen(address, timeout=_SECONDS) as answer:
        return str(answer.read().decode())


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_change_reaches_the_browser(served: tuple[Path, str, subprocess.Popen[str]]) -> None:
    root, address, _ = served
    assert "/livereload/" in read(address)
    (root / "spec.yaml").write_text("second", encoding="utf-8")
    wait_until(lambda: "second" in read(address))


def test_a_page_with_a_policy_of_its_own_gets_no_script(
    served: tuple[Path, str, subprocess.Popen[str]],
) -> None:
    root, address, _ = served
    page = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'"><body>award</body>"""
    (root / "site" / "award.html").write_text(page, encoding="utf-8")
    assert read(address + "award.html") == page


def test_a_failed_build_leaves_the_old_site_up(served: tuple[Path, str, subprocess.Popen[str]]) -> None:
    root, address, _ = served
    (root / "spec.yaml").write_text("broken", encoding="utf-8")
    wait_until(lambda: "the build failed" in (root / "stderr").read_text(encoding="utf-8"))
    assert "first" in read(address)
    (root / "spec.yaml").write_text("mended", encoding="utf-8")
    wait_until(lambda: "mended" in read(address))


def test_a_missing_page_is_told_with_the_site_s_own_words(
    served: tuple[Path, str, subprocess.Popen[str]],
) -> None:
    with pytest.raises(HTTPError) as raised:
        read(served[1] + "no-such-page/")
    assert raised.value.code == 404
    assert "not here" in raised.value.read().decode()


def test_an_interrupt_ends_it_quietly(served: tuple[Path, str, subprocess.Popen[str]]) -> None:
    root, _, process = served
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=_SECONDS)
    errors = (root / "stderr").read_text(encoding="utf-8")
    assert (process.returncode, said, errors) == (0, "stopped\n", "")
