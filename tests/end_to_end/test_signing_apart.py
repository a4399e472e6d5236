"""The key is on one machine, the build on another: plan, sign, record, build, and what they refuse."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.end_to_end.keyed import Keyed
from tests.end_to_end.press import digests

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Keyed:
    return Keyed(tmp_path_factory.mktemp("apart") / "college")


@pytest.fixture
def college(begun: Keyed, tmp_path: Path) -> Keyed:
    return begun.copy(tmp_path / "college")


def planned(college: Keyed, name: str = "plan.jsonl", day: str = DAY) -> Path:
    plan = college.keys.parent / name
    college.run("plan", "--now", day, "--output", str(plan))
    return plan


def signed(college: Keyed, plan: Path, role: str, code: int = 0, day: str = DAY) -> tuple[Path, str]:
    output = college.keys.parent / f"signed-{role}"
    words = ("sign", "--plan", str(plan), "--role", role, "--now", day, "--output", str(output))
    finished = college.run(*words, env=college.env(**{role: f"{role}-1"}), code=code)
    return output, finished.stdout + finished.stderr


def apart(college: Keyed, day: str = DAY) -> dict[str, str]:
    """Publish as a pipeline does: no step but signing sees a key, and each only its own."""
    plan = planned(college, f"plan-{day}.jsonl", day)
    folders = []
    for role in ("issue", "status"):
        made, _ = signed(college, plan, role, day=day)
        folders.append(made.rename(made.with_name(f"{role}-{day}")))
    (college.root / "proofs").mkdir(exist_ok=True)
    college.run("record", *map(str, folders), "--into", "proofs")
    return college.build(day)


def test_the_site_is_the_one_that_a_build_with_keys_makes(
    college: Keyed, begun: Keyed, tmp_path: Path
) -> None:
    other = begun.copy(tmp_path / "other")
    assert apart(college) == other.build(DAY, issue="issue-1", status="status-1")
    assert digests(college.root / "proofs") == digests(other.root / "proofs")


def test_once_all_is_recorded_only_the_lists_of_a_new_day_are_left(college: Keyed) -> None:
    apart(college)
    assert json.loads(planned(college, "again").read_text().splitlines()[0])["awards"] == 0
    award = college.award(7, "2026-11-20")
    lines = [json.loads(text) for text in planned(college, "more").read_text().splitlines()]
    assert [one["award"] for one in lines[1:] if "award" in one] == [award]
    later = planned(college, "later", "2026-11-23").read_text().splitlines()
    assert [json.loads(text).get("list") for text in later[1:]] == [None, 1]
    apart(college, "2026-11-23")


def test_a_plan_is_the_same_on_every_machine_and_holds_no_key(college: Keyed, tmp_path: Path) -> None:
    plan = planned(college).read_bytes()
    elsewhere = college.copy(tmp_path / "elsewhere")
    assert planned(elsewhere).read_bytes() == plan
    college.run("plan", "--now", DAY, "--output", str(tmp_path / "x"), env=college.env("issue-1", "status-1"))
    assert (tmp_path / "x").read_bytes() == plan


def test_one_changed_byte_anywhere_in_the_plan_and_nothing_is_signed(college: Keyed) -> None:
    plan = planned(college)
    whole = plan.read_bytes()
    step = max(1, len(whole) // 12)
    for place in [*range(0, len(whole), step), len(whole) - 1]:
        plan.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        for role in ("issue", "status"):
            output, told = signed(college, plan, role, code=1)
            assert "the plan differs from the one that these files give, in" in told
            assert not output.exists()


@pytest.mark.parametrize("wrong", ["", "\n", "{}\n", "more"])
def test_a_plan_that_is_longer_shorter_or_empty_is_refused(college: Keyed, wrong: str) -> None:
    plan = planned(college)
    plan.write_text(plan.read_text() + "\n" if wrong == "more" else wrong)
    assert not signed(college, plan, "issue", code=1)[0].exists()


def test_a_file_that_changed_after_the_plan_was_made_is_not_signed(college: Keyed) -> None:
    plan = planned(college)
    college.change("credentials/charts.yaml", "summary:", "# a note\nsummary:")
    _, told = signed(college, plan, "issue", code=1)
    assert "in line 1; nothing was signed" in told


def test_a_plan_of_another_day_is_refused(college: Keyed) -> None:
    assert "in line 1" in signed(college, planned(college), "status", code=1, day="2026-11-23")[1]


def test_each_key_is_asked_for_its_own_part_alone(college: Keyed) -> None:
    plan = planned(college)
    output = str(college.keys.parent / "out")
    words = ("sign", "--plan", str(plan), "--now", DAY, "--output", output)
    for role, other in (("issue", "status"), ("status", "issue")):
        finished = college.run(*words, "--role", role, env=college.env(**{other: f"{other}-1"}), code=1)
        assert f"BADGEPRESS_{role.upper()}_KEY must hold the {role} key" in finished.stderr
        swapped = college.run(*words, "--role", role, env=college.env(**{role: f"{other}-1"}), code=1)
        assert "are the two keys swapped?" in swapped.stderr
    assert not Path(output).exists()


def test_the_key_is_in_no_output_of_any_step(college: Keyed) -> None:
    plan = planned(college)
    said = "".join(signed(college, plan, role)[1] for role in ("issue", "status"))
    files = [plan, *college.keys.parent.glob("signed-*/**/*.jsonl")]
    everything = said.encode() + b"".join(path.read_bytes() for path in files)
    for name in ("issue-1", "status-1"):
        seed = bytes(college.seed(name))
        text = (college.keys / name).read_bytes().strip()
        for form in (
            seed,
            seed.hex().encode(),
            base64.b64encode(seed),
            base64.urlsafe_b64encode(seed)[:-1],
            text,
        ):
            assert form not in everything


def test_a_mistake_is_told_and_nothing_is_planned_or_signed(college: Keyed) -> None:
    plan = planned(college)
    college.change("credentials/charts.yaml", "kind: nanocredential", "kind: nano")
    told = college.run("plan", "--now", DAY, "--output", str(plan.with_name("new")), code=1).stderr
    assert "credentials/charts.yaml" in told
    assert not plan.with_name("new").exists()
    assert "credentials/charts.yaml" in signed(college, plan, "issue", code=1)[1]


def test_a_plan_inside_the_repository_would_tell_of_itself(college: Keyed) -> None:
    finished = college.run("plan", "--now", DAY, "--output", "plan.jsonl", code=2)
    assert "name a file outside the repository" in finished.stderr
    assert not (college.root / "plan.jsonl").exists()


def test_what_cannot_be_written_is_told_in_words(college: Keyed, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "plan.jsonl"
    finished = college.run("plan", "--now", DAY, "--output", str(nowhere), "--json", code=2)
    assert "No such file or directory; nothing was planned" in finished.stderr
    assert json.loads(finished.stdout)["ok"] is False
    made, _ = signed(college, planned(college), "issue")
    # A file where a folder belongs stops everybody, root too.
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "2026").write_text("")
    finished = college.run("record", str(made), "--into", str(tmp_path / "into"), "--json", code=2)
    assert "error: " in finished.stderr
    assert json.loads(finished.stdout)["ok"] is False


def test_proofs_are_not_written_over_a_folder_that_stands(college: Keyed) -> None:
    plan = planned(college)
    signed(college, plan, "issue")
    _, told = signed(college, plan, "issue", code=2)
    assert "stands there already; nothing was written" in told
