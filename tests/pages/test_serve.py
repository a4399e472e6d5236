"""``serve``: a change builds again and reaches the browser; a failed build leaves the old site up."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from site_builder.pages.reload import reload_script, with_reload
from tests.support.serving import SECONDS, Serving, read, serving, wait_until


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Serving]:
    with serving(tmp_path) as press:
        yield press


def test_a_change_reaches_the_page(served: Serving) -> None:
    served.write("second")
    wait_until(lambda: "second" in read(served.address))
    assert "first" not in read(served.address)


def test_a_page_names_the_script_that_reloads_it_and_runs_nothing_inline(served: Serving) -> None:
    found = re.findall("<script([^>]*)>(.*?)</script>", read(served.address))
    assert [text for _, text in found] == [""]
    address = re.search(r'src="/(livereload/\d+/\d+\.js)"', found[0][0])
    assert address, found
    assert "location.reload()" in read(served.address + address[1])


def test_every_page_that_is_shown_asks_by_a_number_of_its_own(served: Serving) -> None:
    assert read(served.address) != read(served.address)


def test_a_failed_build_leaves_the_old_site_up(served: Serving) -> None:
    served.write("broken")
    wait_until(lambda: "the build failed" in (served.root / "stderr").read_text(encoding="utf-8"))
    assert "first" in read(served.address)
    served.write("mended")
    wait_until(lambda: "mended" in read(served.address))


def test_a_missing_page_is_told_with_the_site_s_own_words(served: Serving) -> None:
    with pytest.raises(HTTPError) as raised:
        read(served.address + "no-such-page/")
    assert raised.value.code == 404
    assert "not here" in raised.value.read().decode()


def test_an_interrupt_ends_it_quietly(served: Serving) -> None:
    served.process.send_signal(signal.SIGINT)
    said, _ = served.process.communicate(timeout=SECONDS)
    errors = (served.root / "stderr").read_text(encoding="utf-8")
    assert (served.process.returncode, said, errors) == (0, "stopped\n", "")


def test_the_link_stands_at_the_end_of_the_page() -> None:
    link = b'<script src="/livereload/7/1.js" defer></script>'
    assert with_reload(b"<body>a</body></html>", 7, 1) == b"<body>a" + link + b"</body></html>"
    assert with_reload(b"no end", 7, 1) == b"no end" + link


@pytest.mark.parametrize("path", ["/", "/livereload/1/2", "/livereload/x/2.js", "/a/livereload/1/2.js"])
def test_other_paths_are_no_script(path: str) -> None:
    assert reload_script(path) is None
