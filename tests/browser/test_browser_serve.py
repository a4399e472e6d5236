"""``serve`` in a real browser: a page under our policy loads again after a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.support.serving import serving

pytestmark = pytest.mark.browser


def test_an_open_page_shows_a_change_by_itself(tmp_path: Path, visit: Open) -> None:
    with serving(tmp_path) as press:
        shown = visit(press.address)
        shown.page.get_by_text("first").wait_for()
        for words in ("second", "third"):
            press.write(words)
            shown.page.get_by_text(words).wait_for(timeout=20_000)
        assert (shown.errors, shown.foreign) == ([], [])
