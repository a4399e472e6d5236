"""Pointers in a real browser: a holder's old link arrives at the new address with all that it carried."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.assembling.addresses import Addresses
from site_builder.pages.assets import static_artifacts
from site_builder.pages.moved import MOVED_SCRIPT, moved_page, moved_script
from tests.browser.conftest import Open, Serve
from tests.support.browser import Look, axe, told

pytestmark = pytest.mark.browser

PAGE = "issued/1/index.html"
THERE = '<!doctype html><html lang="en"><title>There</title><body><main><h1>There</h1></main></body></html>'


def put(folder: Path, base: str, *, with_script: bool = True) -> None:
    files = {
        f"old/{PAGE}": moved_page("en", PAGE, Addresses(f"{base}new/"), erased=False),
        f"new/{PAGE}": THERE.encode(),
        **{f"old/{item.path}": item.data for item in static_artifacts(("en",))},
        **({f"old/{MOVED_SCRIPT}": moved_script()} if with_script else {}),
    }
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


@pytest.mark.parametrize(("scripts", "claim"), [(True, "#v=1&name=Ada"), (False, "")])
def test_a_link_arrives_with_what_stands_behind_its_hash_where_scripts_run(
    tmp_path: Path, serve: Serve, visit: Open, scripts: bool, claim: str
) -> None:
    base = serve(tmp_path)
    put(tmp_path, base)
    shown = visit(f"{base}old/issued/1/{claim or '#v=1'}", Look(scripts=scripts))
    shown.page.wait_for_url(f"{base}new/issued/1/{claim}")
    assert shown.page.title() == "There"
    assert shown.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pointer_itself_is_accessible(tmp_path: Path, serve: Serve, visit: Open, scheme: str) -> None:
    base = serve(tmp_path)
    put(tmp_path, base, with_script=False)
    shown = visit(f"{base}old/issued/1/", Look(width=390, scheme="dark" if scheme == "dark" else "light"))
    assert told(axe(shown.page)) == []
    assert shown.page.get_by_role("link").get_attribute("href") == f"{base}new/issued/1/"
