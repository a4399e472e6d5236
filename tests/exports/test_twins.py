"""Twins give back the exact bytes they stand for, whatever is in them, and hold only what is their own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.exports.twins import Spliced, Splicer, call, called, listed, splice
from tools.node import find_node

# What a page does with twins, in as few words: run each, then put the texts of others where numbers stand.
_RUN = """
const { readFileSync } = require("fs");
const handed = {}, files = {};
globalThis.badgepress = (path, pieces, shared) => { handed[path] = { pieces, shared } };
for (const file of JSON.parse(readFileSync(0, "utf8"))) (0, eval)(readFileSync(file, "utf8"));
for (const [path, { pieces, shared }] of Object.entries(handed))
  files[path] = pieces.map(p => typeof p === "number" ? handed[shared].pieces[p] : p).join("");
process.stdout.write(JSON.stringify(files));
"""


def handed(scripts: list[Path]) -> dict[str, str]:
    """Return the texts that the scripts hand over when Node runs them, by path."""
    finished = subprocess.run(
        [str(find_node().program), "-e", _RUN],
        input=json.dumps([str(script) for script in scripts]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    found: dict[str, str] = json.loads(finished.stdout)
    return found


@pytest.mark.node
def test_every_twin_of_the_demo_gives_the_bytes_of_its_file(demo_site: Path) -> None:
    scripts = [
        demo_site / "did.js",
        *demo_site.glob("status/*.js"),
        *demo_site.glob("credentials/*/*/shared.js"),
    ]
    badges = sorted(demo_site.glob("issued/*/credential.js"))
    files = handed([*scripts, *badges])
    twins = {path: text.encode() for path, text in files.items() if path.endswith(".json")}
    assert len(twins) == len(badges) + 2
    assert [path for path, data in twins.items() if data != (demo_site / path).read_bytes()] == []


@pytest.mark.node
def test_a_twin_keeps_every_sign(tmp_path: Path) -> None:
    text = "".join(map(chr, [*range(0x20, 0x7F), 0x09, 0x0A, 0x0D, 0x2028, 0x2029, 0xFEFF, 0x202E, 0x1F600]))
    script = tmp_path / "twin.js"
    script.write_bytes(call("a.json", [text, "</script><!--", "\\u0041 ${1} `"]))
    assert handed([script])["a.json"] == text + "</script><!--" + "\\u0041 ${1} `"


def test_a_badge_s_twin_leaves_out_what_its_version_shares(demo_site: Path) -> None:
    for twin in demo_site.glob("issued/*/credential.js"):
        text = twin.read_text(encoding="utf-8")
        assert "Northfield Polytechnic" not in text
        assert "resultDescription" not in text or "rubricCriterionLevel" not in text
        assert len(text) < twin.with_name("credential.json").stat().st_size / 2


def joined(pieces: Spliced, shared: list[str]) -> str:
    return "".join(shared[piece] if isinstance(piece, int) else piece for piece in pieces)


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.text("abc", min_size=1), max_size=6))
def test_pieces_make_the_text_again(letters: list[str], shared: list[str]) -> None:
    text = "".join(letters)
    pieces = splice(text, shared)
    assert joined(pieces, shared) == text
    assert "" not in pieces or text == ""


@given(
    st.text("ab'\\\n\u20280", max_size=40),
    st.lists(st.text("ab'\\\n", min_size=1, max_size=4), max_size=6),
    st.text("ab'", max_size=2),
)
def test_a_splicer_lists_what_splicing_gives(text: str, shared: list[str], probe: str) -> None:
    splicer = Splicer(shared, probe)
    pieces = listed(splice(text, shared))
    assert splicer.listed(text) == pieces
    assert called("a'b", splicer.listed(text), "c").encode() == call("a'b", splice(text, shared), "c")
    with pytest.raises(ValueError, match="control character"):
        splicer.listed(f"{text}\0")


def test_splicing_prefers_what_stands_first() -> None:
    assert splice("a badge of a badge", ["a badge", "badge"]) == [0, " of ", 0]
    assert splice("nothing", ["else"]) == ["nothing"]
