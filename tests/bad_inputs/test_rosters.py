"""Class lists: a fault that is not told, or an address that lands in the repository, is seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bad_inputs import base
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case, Expectation
from tests.bad_inputs.populations import findable, publish_stats, small_groups
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.rosters import repo_for, roster_of
from tests.bad_inputs.runner import Runner
from tests.bad_inputs.samples import a_case
from tests.bad_inputs.site import Site, read_html
from tests.bad_inputs.tables import faults_in

GOOD = b"name,email,credential,issued_on\nAda L,ada@example.org,welding,2024-05-01\n"
SHORT = b"name,email,credential,issued_on\nAda L,ada@example.org,welding\n"


def a_list(folder: Path, raw: bytes, outcome: str, problem: str = "none", line: int | None = None) -> Case:
    (folder / "list.csv").write_bytes(raw)
    given: dict[str, Any] = {
        "files": [{"src": "list.csv", "dest": "import/list.csv"}],
        "stage": "roster-import",
    }
    return Case("a-list", "csv", "file", "", Expectation(outcome, problem, line=line), folder, given)


@pytest.mark.parametrize(
    ("raw", "outcome", "problem", "line", "word"),
    [
        (GOOD, "accept", "none", None, "passed"),
        (GOOD, "reject", "csv-shape", 2, "missed"),
        (SHORT, "reject", "csv-shape", 2, "passed"),
        (SHORT, "reject", "csv-shape", 3, "missed"),
        (SHORT, "reject", "bad-date", 2, "missed"),
        (SHORT, "accept", "none", None, "missed"),
        (GOOD.decode().encode("utf-16"), "reject", "not-utf8", None, "passed"),
        (GOOD.decode().encode("utf-16")[:-1], "reject", "not-utf8", None, "passed"),
        (b"\xff\xfe\x00", "accept", "none", None, "missed"),
        (GOOD, "a-miracle", "none", None, "skipped"),
    ],
)
def test_a_fault_is_seen(
    raw: bytes, outcome: str, problem: str, line: int | None, word: str, runner: Runner, tmp_path: Path
) -> None:
    assert runner.run(a_list(tmp_path, raw, outcome, problem, line)).word == word


def test_the_repository_knows_every_credential_of_the_list(tmp_path: Path) -> None:
    assert "credentials/welding.yaml" in repo_for(GOOD).files
    assert "credentials/welding.yaml" in repo_for(GOOD.replace(b",", b";").decode().encode("utf-16")).files
    case = a_list(tmp_path, GOOD, "accept")
    with pytest.raises(Unmapped):
        roster_of(Case("x", "csv", "file", "", case.expect, tmp_path, {"files": []}))


@pytest.mark.parametrize(
    ("text", "is_fine"),
    [
        ("a,b\r\n'=1,2\r\n", True),
        ("a,b\r\n=1,2\r\n", False),
        ('a,b\r\n" =1",2\r\n', False),
        ("a,b\r\nx;=1,2\r\n", False),
        ("a,b\r\nx;'=1,2\r\n", True),
        ("a,b\r\n1,2\r\n3,4\r\n", False),
    ],
)
def test_a_cell_that_is_a_formula_is_seen(text: str, is_fine: bool) -> None:
    assert (list(faults_in([text])) == []) == is_fine


@pytest.mark.parametrize(
    ("text", "is_fine"),
    [("120 and 119", False), ("120 and 110", True), ("119", True), ("1200 and 1190", True)],
)
def test_two_figures_that_tell_of_one_person_are_seen(text: str, is_fine: bool) -> None:
    site = Site(Path())
    site.seen["credentials/charts/index.html"] = read_html(f"<p>{text}</p>")
    case = a_case("safe", "small-group", op={"do": "publish-stats", "groups": [120, 119]})
    assert (list(small_groups(case, site)) == []) == is_fine


def test_groups_are_awarded_to_the_same_people() -> None:
    repo = Repo.valid()
    publish_stats(repo, {"do": "publish-stats", "groups": [3, 2]})
    first, second = (
        [award["learner"] for award in repo.data(path)["awards"]]
        for path in (base.CHARTS_AWARDS, base.ASKING_AWARDS)
    )
    assert first[:2] == second
    assert len(first) == 3


def test_an_unlisted_award_that_can_be_found_is_seen(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (tmp_path / "sitemap.xml").write_text(f"<loc>https://x.example/issued/{base.RENEWED}/</loc>")
    assert list(findable(Repo.valid(), site)) == [f"sitemap.xml names the unlisted award {base.RENEWED}"]
    site.seen[f"issued/{base.RENEWED}/index.html"] = read_html("<meta name=robots content=all>")
    assert len(list(findable(Repo.valid(), site))) == 2
