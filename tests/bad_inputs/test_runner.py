"""The runner sees what it is there to see: each rule, each check and each judge meets a fault of its kind."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bad_inputs import base, never, rules
from tests.bad_inputs.adapter import Unmapped, fields_for, place_in, place_of
from tests.bad_inputs.base import TODAY
from tests.bad_inputs.changes import Trial, trials
from tests.bad_inputs.corpus import Case, Expectation
from tests.bad_inputs.decisions import as_decided, decision_for
from tests.bad_inputs.fields import CORPUS_KINDS, OTHER, OTHER_TEXT, all_fields, type_names
from tests.bad_inputs.harm import harm_in
from tests.bad_inputs.never import Scene
from tests.bad_inputs.press import Job, Press, Run
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.runner import Runner
from tests.bad_inputs.site import Site, read_html, read_site
from tests.bad_inputs.verdict import JUDGES
from tests.bad_inputs.yaml_text import Raw, quoted, write

QUIET = Run(1, "", "credentials/a.yaml:1: is wrong\n", 0.1)


def told(*problems: dict[str, Any]) -> str:
    return json.dumps({"problems": problems})


def problem(code: str, path: str = base.CHARTS, line: int | None = 3, field: str = "name") -> dict[str, Any]:
    words = {"severity": "error", "message": "is wrong", "hint": ""}
    return {"path": path, "line": line, "field": field, "code": code, **words}


def a_case(outcome: str = "reject", expected: str = "wrong-type", **given: Any) -> Case:
    entry = {"inject": {"kinds": ["text"], "how": "raw-yaml"}, "payload": "1.10", **given}
    form = "mutation" if "op" in given else "payload"
    never_seen = tuple(given.get("never", ()))
    expect = Expectation(outcome, expected, line=given.get("line"), never=never_seen)
    return Case("a-case", "scalar", form, "a title", expect, Path(), entry)


def scene(case: Case, run: Run, folder: Path, site: Site | None = None) -> Scene:
    return Scene(case, run, folder, folder, Site(folder), site)


# Fields and the base repository


def test_every_type_of_field_has_its_kind() -> None:
    assert set(type_names().values()) == set(CORPUS_KINDS) | OTHER_TEXT | {"Day"}
    assert {field.type for field in all_fields()} <= set(CORPUS_KINDS) | OTHER_TEXT | OTHER


def test_the_base_repository_fills_every_mapping() -> None:
    repo = Repo.valid()
    for field in all_fields():
        path, location = place_in(repo, field)
        repo.get(path, location[:-1])


def test_no_field_of_text_is_left_out() -> None:
    reached = {field.pattern for field in fields_for(frozenset({"text"}), refusals=True, any_text=True)}
    assert {("country",), ("credit", "towards"), ("awards", "*", "evidence", "*", "name")} <= reached
    assert not {("workload", "hours"), ("level",)} & reached


# YAML


@pytest.mark.parametrize("text", ["plain", 'a "b" \\ c', "\t\n\r\x00\x1b\x85\u202e\ufeff", "🚜 é", "", "::x"])
def test_quoted_text_is_read_back_letter_by_letter(text: str) -> None:
    assert yaml.safe_load(quoted(text)) == text


def test_data_is_read_back_and_lines_are_known() -> None:
    data = {
        "a": [{"b": 1, "c": ["x", Raw("NO")]}, {"b": None}],
        "d": date(2026, 1, 2),
        "e": [],
        "f": {"g": 0.5},
    }
    written = write(data)
    plain = [{"b": 1, "c": ["x", False]}, {"b": None}]
    assert yaml.safe_load(written.text) == {**data, "a": plain}
    assert written.text.splitlines()[written.lines["a", 0, "c", 1] - 1].strip() == "- NO"


# Roles and changes


def test_a_role_our_schema_lacks_is_not_mapped() -> None:
    with pytest.raises(Unmapped, match="one issuer"):
        place_of("credential.issuer")
    with pytest.raises(Unmapped, match=r"no credential\.colour"):
        place_of("credential.colour")


@pytest.mark.parametrize(
    "op",
    [
        {"do": "explode"},
        {"do": "set", "role": "credential.name", "value": "x", "salt": None},
        {"do": "erase"},
    ],
)
def test_an_operation_nobody_knows_is_not_mapped(op: dict[str, Any]) -> None:
    with pytest.raises(Unmapped):
        trials(a_case(op=op))


def test_days_are_computed() -> None:
    op = {"do": "set", "role": "assertion.issued_on", "value": "now + 1 day"}
    (trial,) = trials(a_case(op=op))
    assert trial.repo.get(base.CHARTS_AWARDS, ("issued_on",)) == date(2026, 11, 23)


def test_a_new_id_renames_its_file_and_every_reference() -> None:
    case = a_case("accept", "none", inject={"kinds": ["id"], "how": "quoted"}, payload="a1")
    (trial,) = trials(case)
    assert "credentials/a1.yaml" in trial.repo.files
    assert "frameworks/a1.yaml" in trial.repo.files
    assert trial.repo.get(base.CHARTS_AWARDS, ("credential",)) == "a1"
    assert trial.repo.get(base.LITERACY, ("requires", "all", 0)) == "a1"
    assert trial.repo.get(base.ASKING, ("competencies", 0)) == {
        "framework": "a1",
        "id": "a1",
        "level": "foundational",
    }


@pytest.mark.parametrize(
    ("payload", "is_decided"), [("NO", True), ("on", True), ("true", False), ("1.10", False)]
)
def test_old_booleans_are_decided_otherwise(payload: str, is_decided: bool) -> None:
    decision = decision_for(a_case(payload=payload))
    assert (decision is not None) == is_decided
    if decision:
        assert as_decided(a_case(payload=payload), decision).expect.outcome == "accept"


# Rules for every case


@pytest.mark.parametrize(
    ("run", "rule"),
    [
        (replace(QUIET, timed_out=True, exit=None), "rule 1"),
        (replace(QUIET, exit=70), "rule 1"),
        (replace(QUIET, exit=None), "rule 1"),
        (replace(QUIET, seconds=31.0), "rule 1"),
        (replace(QUIET, stderr="Traceback (most recent call last):\n"), "rule 1"),
        (replace(QUIET, stderr="KeyError: 'id'\n"), "rule 1"),
        (replace(QUIET, stderr=""), "rule 2"),
        (replace(QUIET, stderr="line\n" * 101), "rule 3"),
        (replace(QUIET, stderr="x" * 2001), "rule 3"),
        (replace(QUIET, stderr="a\x1b[31m"), "rule 3"),
        (replace(QUIET, stdout="\x85"), "rule 3"),
        (replace(QUIET, stderr="a\n::error::b"), "rule 3"),
        (replace(QUIET, watched=(("changed", "site/did.json"),)), "rule 4"),
        (replace(QUIET, watched=(("network", "canary.invalid"),)), "rule 5"),
        (replace(QUIET, watched=(("write", "/etc/x"),)), "rule 6"),
        (replace(QUIET, watched=(("process", "sh"),)), "rule 6"),
        (replace(QUIET, stdout=told(problem("x", "b"), problem("x", "a"))), "rule 8"),
    ],
)
def test_a_broken_rule_is_told(run: Run, rule: str) -> None:
    assert [fault.partition(":")[0] for fault in rules.broken(run, 30)] == [rule]


def test_a_good_refusal_breaks_no_rule() -> None:
    assert list(rules.broken(QUIET, 30)) == []


# The process that forks


def _one(press: Press, folder: Path, *words: str, **more: Any) -> Run:
    return press.run(Job(folder, [words], [folder / "out"], **more))[0]


def test_a_write_outside_the_output_is_seen(press: Press, tmp_path: Path) -> None:
    run = _one(press, tmp_path, "schema", "--root", ".")
    assert run.exit == 0
    assert ("write", str(Path("docs", "schemas"))) in run.watched


def test_the_network_is_seen(press: Press, tmp_path: Path) -> None:
    run = _one(press, tmp_path, "verify", "https://canary.invalid/")
    assert run.exit == 3
    assert any(kind == "network" and "canary.invalid" in what for kind, what in run.watched)


def test_a_run_that_does_not_end_is_killed(press: Press, tmp_path: Path) -> None:
    Repo.valid().write_to(tmp_path)
    run = _one(press, tmp_path, "serve", "--output", "out/site", "--port", "0", seconds=5)
    assert run.timed_out


def test_a_run_that_takes_too_much_memory_fails(press: Press, tmp_path: Path) -> None:
    Repo.valid().write_to(tmp_path)
    run = _one(press, tmp_path, "build", "--output", "out/site", "--now", TODAY.isoformat(), mib=1)
    assert run.exit != 0


# Judges


def test_a_refusal_must_be_of_the_class_in_the_field_at_the_line(tmp_path: Path) -> None:
    case = a_case()
    trial = next(one for one in trials(case) if one.puts[0].location == ("name",))
    path, line = trial.puts[0].path, trial.repo.line_of(trial.puts[0].path, ("name",))
    right = problem("wrong-type", path, line)
    for run, is_right in (
        (Run(1, told(right), f"{path}:{line}: is wrong\n", 0), True),
        (Run(0, told(), "", 0), False),
        (Run(1, told(problem("too-long", path, line)), f"{path}:{line}: is wrong\n", 0), False),
        (Run(1, told(problem("wrong-type", path, 99, "level")), f"{path}:99: is wrong\n", 0), False),
        (Run(1, told(problem("wrong-type", "mkdocs.yml", line)), "mkdocs.yml: is wrong\n", 0), False),
        (Run(1, told(right), "something is wrong\n", 0), False),
    ):
        faults = list(JUDGES["reject"](case, trial, scene(case, run, tmp_path)))
        assert (faults == []) == is_right, run


def test_words_and_line_of_the_corpus_must_be_in_the_message(tmp_path: Path) -> None:
    plain = a_case(op={"do": "remove", "role": "credential.name"})
    expect = Expectation("reject", "missing-field", "did you mean ...?", ("name",), line=7)
    case = replace(plain, expect=expect)
    run = Run(1, told(problem("missing-field", line=3)), f"{base.CHARTS}:3: is wrong\n", 0)
    assert list(JUDGES["reject"](case, trials(case)[0], scene(case, run, tmp_path))) == [
        "rule 2: line 7 is expected, told was ['3']",
        "the message does not mention 'name'",
        "the hint offers no nearest name",
    ]


def test_good_text_must_be_published_as_it_was_written(tmp_path: Path) -> None:
    case = a_case("accept", "none", payload="'NO'")
    (trial,) = trials(case)
    run = Run(0, told(), "", 0)
    (tmp_path / "a.json").write_text('{"name": "false"}')
    (tmp_path / "index.html").write_text("<p>false</p>")
    seen = scene(case, run, tmp_path, read_site(tmp_path))
    assert list(JUDGES["accept"](case, trial, replace(seen, plain=read_site(tmp_path)))) == [
        "'NO' is not published as it was written",
        "no page shows 'NO' as it was written",
    ]


def test_a_file_that_must_be_ignored_may_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x").write_text("x")
    (tmp_path / "plain").mkdir()
    case = a_case("ignore", "none")
    seen = Scene(case, Run(0, told(), "", 0), tmp_path, tmp_path / "out", Site(tmp_path / "plain"), None)
    assert list(JUDGES["ignore"](case, Trial(Repo.valid()), seen))


@pytest.mark.parametrize(
    ("outcome", "expected", "word"),
    [("reject", "bad-choice", "passed"), ("reject", "bad-date", "missed"), ("accept", "none", "missed")],
)
def test_a_case_is_run_from_end_to_end(outcome: str, expected: str, word: str, runner: Runner) -> None:
    op = {"do": "set", "role": "credential.level", "value": "expert"}
    assert runner.run(a_case(outcome, expected, payload="", op=op)).word == word


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
