"""The runner finds harm in what is published, and what must never be seen, when it is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bad_inputs import never
from tests.bad_inputs.harm import harm_in
from tests.bad_inputs.never import Scene
from tests.bad_inputs.press import Run
from tests.bad_inputs.samples import QUIET, a_case, scene
from tests.bad_inputs.site import Site, read_html, read_site

# Published pages


@pytest.mark.parametrize(
    "harm",
    [
        "<script>xss_canary()</script>",
        "<script>anything()</script>",
        "<img src=x onerror=xss_canary()>",
        "<p onclick=other()>",
        "<a href='javascript:xss_canary()'>",
        "<a href=' java&#115;cript:x()'>",
        "<a href=data:text/html,x>",
        "<iframe src=x></iframe>",
        "<form action=x></form>",
        "<meta http-equiv=refresh content='0;url=x'>",
        "<base href=//x>",
        "<style>p { background: url(x) }</style>",
        "<p style='background: url(x)'>",
        "<div class=verified>✓</div>",
        "<svg><a/></svg>",
    ],
)
def test_harm_on_a_page_is_found(harm: str, tmp_path: Path) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    for folder, more in ((plain, ""), (other, harm)):
        folder.mkdir()
        (folder / "index.html").write_text(f"<h1>A</h1><div><p>b</p>{more}</div>")
    assert list(harm_in(read_site(other), read_site(plain), same_things=True))
    assert not list(harm_in(read_site(plain), read_site(plain), same_things=True))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("credential.json", '{"narrative": "<b onmouseover=xss_canary()>x</b>"}'),
        ("credential.json", '{"narrative": "[x](javascript:xss_canary())"}'),
        ("search/search_index.json", '{"docs": [{"text": "<img src=x onerror=xss_canary()>"}]}'),
        ("badge.svg", '<svg onload="xss_canary()"/>'),
        ("badge.svg", "<svg><foreignObject/></svg>"),
        ("badge.svg", '<svg><image href="https://canary.invalid/x"/></svg>'),
    ],
)
def test_harm_in_other_files_is_found(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)
    assert list(harm_in(read_site(tmp_path), Site(tmp_path), same_things=True))


def test_text_that_only_looks_like_harm_is_fine(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>&lt;script&gt;xss_canary()&lt;/script&gt;</p>")
    (tmp_path / "a.json").write_text('{"narrative": "\\\\<script>", "name": "<script>xss_canary()</script>"}')
    site = read_site(tmp_path)
    assert list(harm_in(site, Site(tmp_path), same_things=True)) == []
    assert read_html("<title>a</title><h1>b <i>c</i></h1>").headings == ["a", "b c"]


# What must never be seen

_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\x04eXIfabcd0000"


@pytest.mark.parametrize(
    ("phrase", "files", "run", "payload"),
    [
        ("output contains root:x:0:0", {"a": b"root:x:0:0"}, QUIET, ""),
        ("output contains jane@example.org or C:\\Users", {"a": b"C:\\Users"}, QUIET, ""),
        ("s3cret on stdout, stderr or in output", {}, replace(QUIET, stderr="s3cret"), ""),
        ("output contains the value of PATH", {"a": b"/usr/bin:/bin"}, QUIET, ""),
        ("output PNG has an eXIf chunk", {"a.png": _PNG}, QUIET, ""),
        ("raw ESC byte on stdout or stderr", {}, replace(QUIET, stderr="\x1b"), ""),
        ("more than 100 lines on stderr", {}, replace(QUIET, stderr="x\n" * 101), ""),
        ("a line starting with :: on stdout or stderr", {}, replace(QUIET, stdout="::a"), ""),
        ("any network access during the build", {}, replace(QUIET, watched=(("network", "x"),)), ""),
        ("network access to canary.invalid", {}, replace(QUIET, watched=(("network", "x"),)), ""),
        ("a file written outside the output folder", {}, replace(QUIET, watched=(("write", "x"),)), ""),
        ("file PWNED_CANARY exists", {"PWNED_CANARY": b""}, QUIET, ""),
        ("xss_canary in an active position of any output", {"a.html": b"<b onx=xss_canary>"}, QUIET, ""),
        (
            "canary.invalid in a src, href, action, url() or @import of any output",
            {"a.html": b"<a href=https://canary.invalid>"},
            QUIET,
            "",
        ),
        (
            "a share link whose organizationName or certUrl comes from this text",
            {"a.html": b"<a href='https://x.example/?organizationName=Famous+U'>"},
            QUIET,
            "Welder&organizationName=Famous+U",
        ),
        (
            "the text shown as a heading or status of the page itself",
            {"a.html": b"<h2>Verified</h2>"},
            QUIET,
            "# By U\n\n## Verified",
        ),
        (
            "output contains 49, root:x:0:0 or a Python class name in place of the text",
            {"a.html": b"<p>49</p>"},
            QUIET,
            "{{ 7*7 }}",
        ),
    ],
)
def test_what_must_never_be_seen_is_seen(
    phrase: str,
    files: dict[str, bytes],
    run: Run,
    payload: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    case = a_case("safe", "none", never=[phrase], payload=payload)
    clean = never.seen(scene(case, QUIET, tmp_path, read_site(tmp_path)))
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    faults, unknown = never.seen(scene(case, run, tmp_path, read_site(tmp_path)))
    assert clean == ([], [])
    assert faults
    assert not unknown


def test_a_lost_noindex_is_seen(tmp_path: Path) -> None:
    phrase = "page built with another template or without noindex where noindex is due"
    case = a_case("safe", "none", never=[phrase])
    for name, robots in (("plain", "noindex"), ("other", "index")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_text(f"<meta name=robots content={robots}>")
    plain, other = read_site(tmp_path / "plain"), read_site(tmp_path / "other")
    assert never.seen(Scene(case, QUIET, tmp_path, tmp_path, plain, other))[0]
    assert not never.seen(Scene(case, QUIET, tmp_path, tmp_path, plain, plain))[0]


def test_a_phrase_nobody_understands_is_handed_back(tmp_path: Path) -> None:
    case = a_case("safe", "none", never=["a unicorn in the garden"])
    assert never.seen(scene(case, QUIET, tmp_path)) == ([], ["a unicorn in the garden"])
