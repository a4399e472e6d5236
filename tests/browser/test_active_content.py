"""Nothing that an author wrote acts: the corpus' texts and drawings, on every page, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.bad_inputs import base
from tests.bad_inputs.corpus import Case, read_corpus
from tests.bad_inputs.press import Press
from tests.bad_inputs.result import expected
from tests.browser.conftest import Open, Serve
from tests.browser.hostile import Hostile, forced_site, let_through
from tests.support.browser import Watched
from tests.support.shared import shared_dir
from tests.support.site_judges import policy_faults

pytestmark = [pytest.mark.browser, pytest.mark.shared]

_SHARED = shared_dir()
CASES = [case for case in read_corpus(_SHARED) if case.group in ("text", "svg")] if _SHARED else []
# Those that must be refused, and are (tests/bad_inputs), are only forced past the checks here; so is every
# text, in every field that takes one, which asks more of the pages than the few fields that let it through.
PUBLISHABLE = [case for case in CASES if expected(case).expect.outcome != "reject" and not case.payload]

_WATCH = """
    window.acted = [];
    for (const name of ['xss_canary', 'alert', 'confirm', 'prompt', 'print', 'open'])
        window[name] = () => { window.acted.push(name) };
"""
# What is forced is looked at on every page. Of what was let through, which is forced too, these must do.
KINDS = ("", "credentials/charts/", "frameworks/data-skills/interpret-data/", f"issued/{base.FIRST}/")
_VERSION = re.compile(r"(?:[a-z]{2}/)?credentials/[^/]+/[^/]+/index\.html")
# What a payload would have become, had it become anything.
_GROWN = r"""() => [...document.querySelectorAll('*')].flatMap(element => [
    ...[...element.attributes]
        .filter(({name, value}) => /^on|^style$|^autofocus$/.test(name)
            || /^\s*(javascript|vbscript|data:text)/i.test(value))
        .map(({name}) => `${element.localName} has ${name}`),
    ...(element.matches('iframe, object, embed, base, meta[http-equiv=refresh i], form[action^=http]')
        ? [element.localName] : []),
])"""


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """Return the process that forks a child for each run of the press."""
    press = Press()
    yield press
    press.close()


def look(addresses: Iterable[str], start: str, shown: Watched) -> list[str]:
    """Open each page and return what acted, a line each."""
    faults = []
    shown.page.on("dialog", lambda dialog: dialog.dismiss())
    shown.page.add_init_script(_WATCH)
    for path in addresses:
        shown.page.goto(start + path)
        said = [*shown.page.evaluate("window.acted"), *shown.page.evaluate(_GROWN)]
        faults += [f"{path}: {word}" for word in said]
        if shown.page.url != start + path:
            faults.append(f"{path}: went to {shown.page.url}")
    return [*faults, *shown.foreign, *shown.errors]


@pytest.mark.parametrize("case", PUBLISHABLE, ids=lambda case: case.id)
def test_what_the_checks_let_through_does_not_act(
    case: Case, press: Press, serve: Serve, visit: Open, tmp_path: Path
) -> None:
    site = let_through(case, press, tmp_path)
    if site is None:
        return  # refused in every field: tests/bad_inputs
    assert policy_faults(site) == []
    start = serve(site)
    assert [address for address in KINDS if not (site / address / "index.html").is_file()] == []
    assert look(KINDS, start, visit(start)) == []


def _forced() -> list[Hostile]:
    # Cases with limits exhaust their reader, which is no act of theirs: only the checks can help there.
    files = [
        case.folder / str(entry["src"])
        for case in CASES
        if "limits" not in case.given
        for entry in case.given.get("files", ())
    ]
    texts = [Hostile(text=case.payload) for case in CASES if case.payload]
    return [*texts, *(Hostile(drawing=file.read_bytes()) for file in files)]


def test_what_is_forced_past_the_checks_is_many_texts_and_drawings() -> None:
    assert len([one for one in _forced() if one.text]) > 30
    assert len([one for one in _forced() if one.drawing]) > 15


@pytest.mark.parametrize("part", range(4))
def test_what_is_forced_past_the_checks_does_not_act(
    part: int, serve: Serve, visit: Open, tmp_path: Path
) -> None:
    # In parts, for the processes that share the work; each begins with a text, for the site's own.
    site = forced_site(_forced()[part::4], tmp_path)
    start = serve(site, keep=True)
    assert policy_faults(site) == []
    paths = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    # A version's page says what its credential's page says, by the same template.
    shown = [path.removesuffix("index.html") for path in paths if not _VERSION.fullmatch(path)]
    assert len(shown) > 50
    assert look(shown, start, visit(start, keeps=True)) == []


def test_what_would_act_is_seen(serve: Serve, visit: Open, tmp_path: Path) -> None:
    """A page without a policy, in which three payloads were written as they are."""
    body = "<img src=x onerror=xss_canary()><script>xss_canary()</script><a href='javascript:x()'>x</a>"
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{body}", encoding="utf-8")
    start = serve(tmp_path)
    told = look([""], start, visit(start + "missing"))
    assert told.count(": xss_canary") == 2
    assert {": img has onerror", ": a has href"} <= set(told)
