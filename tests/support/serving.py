"""``serve`` in a process of its own, over a site of one page that is built from one file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.support.shared import REPOSITORY

SECONDS = 20
_PROGRAM = """
import signal
import sys
from pathlib import Path
from site_builder.exports.html import POLICY
from site_builder.mkdocs_plugin import serve

root = Path(sys.argv[1])
head = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Spec</title>'

def build() -> None:
    words = (root / "spec.yaml").read_text()
    if words == "broken":
        raise RuntimeError("the build failed")
    (root / "site" / "index.html").write_text(f"{head}<body>{words}</body>")

# Where tests run in the background, the shell has switched interrupts off for them and their children.
signal.signal(signal.SIGINT, signal.default_int_handler)
build()
serve(root, build, [root / "spec.yaml", root / "missing"], root / "site", 0)
"""


@dataclass(frozen=True, slots=True)
class Serving:
    """A press that serves: its folder, the address it told, and its process."""

    root: Path
    address: str
    process: subprocess.Popen[str]

    def write(self, words: str) -> None:
        """Change the file that the page is built from."""
        (self.root / "spec.yaml").write_text(words, encoding="utf-8")


@contextmanager
def serving(root: Path) -> Iterator[Serving]:
    """Yield a press that serves a site in the empty folder ``root``; its page says ``first``."""
    (root / "site").mkdir()
    (root / "site" / "404.html").write_text("<body>not here</body>", encoding="utf-8")
    (root / "spec.yaml").write_text("first", encoding="utf-8")
    with (root / "stderr").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", _PROGRAM, str(root)],
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:[1-9]\d*/", said)
            assert address, said
            # Answering means watching: the server looks at the files before it answers.
            wait_until(lambda: "first" in read(address[0]))
            yield Serving(root, address[0], process)
        finally:
            process.kill()
            process.communicate()


def read(address: str) -> str:
    """Return what stands at an address."""
    with urlopen(address, timeout=SECONDS) as answer:
        return str(answer.read().decode())


def wait_until(true: Callable[[], bool]) -> None:
    """Return once ``true()`` is; AssertionError where it is not in time."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)
