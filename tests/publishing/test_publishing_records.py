"""Recorded proofs: one JSON object a line, read strictly, written in one order."""

from __future__ import annotations

from site_builder.publishing.records import Record, read_records, record_path, write_records

LINE = b'{"award": "a", "key": "did:web:x#k", "created": "2026-01-01T00:00:00Z", "proofValue": "z1"}\n'


def test_proofs_stand_beside_their_award_file_by_year_and_batch() -> None:
    assert record_path("issued/2026/spring.yaml") == "proofs/2026/spring.jsonl"


def test_what_is_written_is_read_again() -> None:
    records = [Record(name, "did:web:x#k", "2026-01-01T00:00:00Z", "z1", "", 0) for name in ("b", "a")]
    read, problems = read_records({"proofs/2026/spring.jsonl": write_records(records)})
    assert problems == []
    assert list(read.awards.values()) == [records[1], records[0]]
    assert read.awards["b"].line == 2


def test_status_proofs_are_kept_apart_and_in_the_order_of_their_lists() -> None:
    lists = [Record(str(n), "did:web:x#s", "2026-01-01T00:00:00Z", "z1", "", 0) for n in (10, 9, 1)]
    raw = write_records(lists, "list")
    read, problems = read_records({"proofs/status.jsonl": raw})
    assert problems == []
    assert list(read.lists) == ["1", "9", "10"]
    assert read.awards == {}


def test_a_line_that_is_no_record_is_a_problem_with_its_line() -> None:
    for broken in (b"nonsense\n", b'{"award": "b"}\n', LINE.replace(b'"z1"', b"1"), b"\n"):
        _, problems = read_records({"proofs/2026/spring.jsonl": LINE + broken})
        assert [(p.path, p.line, p.code, p.message) for p in problems] == [
            (
                "proofs/2026/spring.jsonl",
                2,
                "bad-proof-record",
                "this line is not a recorded proof: expected award, created, key, proofValue, all text",
            )
        ]


def test_two_proofs_of_one_award_are_a_problem() -> None:
    _, problems = read_records({"proofs/2026/a.jsonl": LINE, "proofs/2026/b.jsonl": LINE})
    assert [(p.path, p.line, p.message) for p in problems] == [
        ("proofs/2026/b.jsonl", 1, "award a has a recorded proof already, in proofs/2026/a.jsonl:1")
    ]
