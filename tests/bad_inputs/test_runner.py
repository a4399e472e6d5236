"""The runner sees what it is there to see: each rule, each check and each judge meets a fault of its kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bad_inputs import base, rules
from tests.bad_inputs.adapter import Unmapped, fields_for, place_in, place_of
from tests.bad_inputs.base import TODAY
from tests.bad_inputs.changes import Trial, trials
from tests.bad_inputs.corpus import Expectation
from tests.bad_inputs.decisions import as_decided, decision_for
from tests.bad_inputs.fields import CORPUS_KINDS, OTHER, OTHER_TEXT, all_fields, type_names
from tests.bad_inputs.never import Scene
from tests.bad_inputs.press import Job, Press, Run
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.runner import Runner
from tests.bad_inputs.samples import QUIET, a_case, problem, scene, told
from tests.bad_inputs.site import Site, read_site
from tests.bad_inputs.verdict import JUDGES
from tests.bad_inputs.yaml_text import Raw, quoted, write

# Fields and the base repository


def test_every_type_of_field_has_its_kind() -> None:
    assert set(type_names().values()) == set(CORPUS_KINDS) | OTHER_TEXT | {"Day", "ByLanguage"}
    assert {field.type for field in all_fields()} <= set(CORPUS_KINDS) | OTHER_TEXT | OTHER


def test_the_base_repository_fills_every_mapping() -> None:
    repo = Repo.valid()
    for field in all_fields():
        path, location = place_in(repo, field)
        assert isinstance(repo.get(path, location[:-1]), dict | list), field


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
        (replace(QUIET, stderr="a\n \t::error::b"), "rule 3"),
        (replace(QUIET, stdout="a ##[error]b"), "rule 3"),
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
