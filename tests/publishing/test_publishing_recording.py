"""Proofs that were handed on are added to those of before; none is altered, and none is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.publishing.proof_folders import record_folders
from site_builder.publishing.recording import is_proof_file, merged
from site_builder.publishing.whole_folder import FolderRefused, write_folder

A, B = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
KEY = "did:web:badges.example.org#z6Mk"


def line(
    subject: str, value: str = "z1", created: str = "2026-11-22T00:00:00Z", kind: str = "award"
) -> bytes:
    fields = {kind: subject, "key": KEY, "created": created, "proofValue": value}
    return json.dumps(fields, separators=(", ", ": ")).encode() + b"\n"


def status(value: str, day: str) -> bytes:
    return line("1", value, f"{day}T00:00:00Z", "list")


def test_new_lines_join_those_of_before_in_order() -> None:
    changed, problems = merged({"2026/a.jsonl": line(B)}, {"2026/a.jsonl": line(A), "2026/b.jsonl": b""})
    assert problems == []
    assert changed == {"2026/a.jsonl": line(A) + line(B), "2026/b.jsonl": b""}


def test_what_is_recorded_already_changes_nothing() -> None:
    assert merged({"2026/a.jsonl": line(A)}, {"2026/a.jsonl": line(A)}) == ({}, [])


@pytest.mark.parametrize("path", ["2026/a.jsonl", "2026/b.jsonl"])
def test_a_second_proof_of_an_award_is_refused(path: str) -> None:
    _, problems = merged({"2026/a.jsonl": line(A)}, {path: line(A, "z2")})
    assert [problem.message for problem in problems] == [
        f"award {A} has another recorded proof, in proofs/2026/a.jsonl:1"
    ]


def test_two_proofs_of_one_award_among_the_new_are_refused() -> None:
    _, problems = merged({}, {"2026/a.jsonl": line(A), "2026/b.jsonl": line(A, "z2")})
    assert [(problem.path, problem.line) for problem in problems] == [("2026/b.jsonl", 1)]


def test_a_list_has_the_proof_of_the_latest_day() -> None:
    old, new = status("z1", "2026-11-21"), status("z2", "2026-11-22")
    assert merged({"status.jsonl": old}, {"status.jsonl": new}) == ({"status.jsonl": new}, [])
    _, problems = merged({"status.jsonl": new}, {"status.jsonl": old})
    assert [problem.message for problem in problems] == [
        "the recorded proof of list 1 is of 2026-11-22T00:00:00Z, which is later"
    ]


@pytest.mark.parametrize("raw", [b"{}\n", b"\xff\n", line("1", kind="list"), b"[]\n"])
def test_a_line_that_is_no_proof_is_refused(raw: bytes) -> None:
    _, problems = merged({}, {"2026/a.jsonl": raw})
    assert [problem.code for problem in problems] == ["bad-proof-record"]


@pytest.mark.parametrize(
    "path",
    ["a.jsonl", "2026/a.yaml", "2026/b/c/a.jsonl", "../a.jsonl", "2026/../a.jsonl", "2026/.a.jsonl",
     "2026/con.jsonl", "26/a.jsonl", "status.json", ".github/workflows/x.yml", "2026/a b.jsonl"],
)  # fmt: skip
def test_a_file_that_is_none_of_proofs_is_refused(path: str) -> None:
    assert not is_proof_file(path)
    assert [problem.path for problem in merged({}, {path: line(A)})[1]] == [path]


_values = st.dictionaries(st.sampled_from([A, B]), st.sampled_from(["z1", "z2"]))


@given(_values, _values)
def test_no_proof_of_before_is_ever_altered(before: dict[str, str], new: dict[str, str]) -> None:
    def file(values: dict[str, str]) -> bytes:
        return b"".join(line(subject, value) for subject, value in sorted(values.items()))

    changed, problems = merged({"2026/a.jsonl": file(before)}, {"2026/a.jsonl": file(new)})
    clash = any(before.get(subject, value) != value for subject, value in new.items())
    assert bool(problems) is clash
    if not clash:
        assert {"2026/a.jsonl": file(before), **changed}["2026/a.jsonl"] == file({**before, **new})


def test_folders_are_read_and_only_what_is_new_is_written(tmp_path: Path) -> None:
    into, new = tmp_path / "proofs", tmp_path / "new"
    (into / ".git").mkdir(parents=True)
    (into / ".git/HEAD").write_text("ref: refs/heads/proofs\n")
    write_folder(new, {"2026/a.jsonl": line(A), "status.jsonl": status("z", "2026-11-22")})
    assert record_folders([new], into) == ([], ["2026/a.jsonl", "status.jsonl"])
    assert (into / "2026/a.jsonl").read_bytes() == line(A)
    assert record_folders([new], into) == ([], [])


def test_with_one_fault_nothing_is_written(tmp_path: Path) -> None:
    into, good, bad = tmp_path / "proofs", tmp_path / "good", tmp_path / "bad"
    into.mkdir()
    write_folder(good, {"2026/a.jsonl": line(A)})
    write_folder(bad, {"2026/b.jsonl": line(A, "z2"), "README.txt": b"x"})
    problems, changed = record_folders([good, bad], into)
    assert changed == []
    assert sorted(problem.path for problem in problems) == ["2026/b.jsonl", "README.txt"]
    assert list(into.iterdir()) == []


def test_no_link_is_followed(tmp_path: Path) -> None:
    into, new = tmp_path / "proofs", tmp_path / "new"
    into.mkdir()
    write_folder(new, {"2026/a.jsonl": line(A)})
    (new / "2026/b.jsonl").symlink_to("/etc/passwd")
    assert [problem.code for problem in record_folders([new], into)[0]] == ["symlink"]
    (new / "2026/b.jsonl").unlink()
    (into / "2026").symlink_to(tmp_path)
    assert {problem.code for problem in record_folders([new], into)[0]} == {"symlink"}
    assert not (tmp_path / "a.jsonl").exists()


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    write_folder(tmp_path / "a/b", {"x/y": b"1"})
    assert (tmp_path / "a/b/x/y").read_bytes() == b"1"
    with pytest.raises(FolderRefused, match="stands there already"):
        write_folder(tmp_path / "a/b", {"x/y": b"2"})
    with pytest.raises(FolderRefused):
        write_folder(tmp_path / "a/c", {"x": b"1", "x/y": b"2"})
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["b"]
