"""What the store keeps of an award file comes back as it was, and nothing else is taken for it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.models.award import AwardFile
from site_builder.problems import Problem, Severity
from site_builder.survey import entries, proof_files
from site_builder.survey.columns import columns_of, each_id, latest_day, packed, unpacked
from site_builder.survey.entries import Entry, Unreadable
from site_builder.survey.stubs import award_stub

_HEX = st.integers(0, 2**64 - 1).map(lambda n: f"{n * 0x9E3779B97F4A7C15 % 2**256:064x}")
_IDS = st.uuids(version=4).map(str)
_DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 31))
# What hypothesis finds in a program's source it tries as text: also the marks of a merge conflict.
_LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40).filter(
    lambda text: not any(mark in text for mark in ("<<<<<<<", "=======", ">>>>>>>"))
)
_LEVELS = st.sampled_from(["foundational", "intermediate", "advanced"])
_SCORES = st.one_of(st.integers(0, 100), st.floats(0, 100))


def _maybe(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def _with(
    always: dict[str, st.SearchStrategy[Any]], **maybe: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(always, optional=maybe)


_HASHES = _HEX.map(lambda digits: f"sha256${digits}")
_EVIDENCE = _with({"name": _LINES}, genre=_LINES, url=st.just("https://northfield.example/x"))
_AWARDS = _with(
    {
        "id": _IDS,
        "learner": _HEX.map(lambda digits: digits[:32]),
        "commitments": _with({"email": _HASHES}, name=_HASHES),
        "status_index": st.integers(0, 2**40 - 1),
    },
    holder=st.sampled_from(["did:key:z6Mkabc", "did:web:Example.org:me"]),
    results=_maybe(level=_LEVELS, score=_SCORES),
    evidence=st.lists(_EVIDENCE, max_size=2),
    parts=st.lists(_IDS, max_size=3),
    renews=_IDS,
    expires=_DAYS,
    listing=st.sampled_from(["listed", "unlisted"]),
    revoked=_with({"date": _DAYS, "reason": _LINES}),
    replaced_by=_IDS,
)
_FILES = _with(
    {"credential": st.just("charts"), "version": st.just("1.0"), "issued_on": _DAYS, "assessed_by": _LINES},
    roster_key=_HEX.map(lambda digits: digits[:8]),
    evidence=st.lists(_EVIDENCE, max_size=2),
    awards=st.lists(_AWARDS, max_size=4),
    erased=st.lists(_with({"id": _IDS, "status_index": st.integers(0, 99), "date": _DAYS}), max_size=2),
)
FILES = _FILES.map(AwardFile.model_validate)


def _entry(file: AwardFile) -> Entry:
    warning = Problem(path="a", code="c", message="m", line=3, hint="h", field="f", severity=Severity.WARNING)
    return Entry(columns_of(file), "ab" * 32, latest_day(file), frozenset({"a name"}), (warning,))


@given(FILES)
def test_an_award_file_comes_back_equal(file: AwardFile) -> None:
    again = AwardFile.model_validate_json(file.model_dump_json(exclude_unset=True))
    assert again == file
    assert repr(again) == repr(file)
    assert again.model_fields_set == file.model_fields_set
    assert columns_of(again) == columns_of(file)


@given(FILES)
def test_an_entry_comes_back_equal(file: AwardFile) -> None:
    entry = _entry(file)
    assert entries.read(entries.written(entry)) == entry


@given(FILES)
def test_columns_know_what_the_awards_say(file: AwardFile) -> None:
    columns = columns_of(file)
    assert [unpacked(entry) for entry in each_id(columns.ids)] == [award.id for award in file.awards]
    assert [unpacked(entry) for entry in each_id(columns.erased)] == [entry.id for entry in file.erased]
    for index, award in enumerate(file.awards):
        stub = award_stub(columns, index)
        for name in ("id", "learner", "status_index", "parts", "renews", "replaced_by", "expires"):
            assert getattr(stub, name) == getattr(award, name)
        assert stub.is_withdrawn == award.is_withdrawn


@given(FILES, st.integers(0, 2**32))
def test_no_other_bytes_are_an_entry(file: AwardFile, seed: int) -> None:
    """Whatever else stands in the fields is refused, or has columns that fit one another."""
    chance, raw = Random(seed), entries.written(_entry(file))
    head, _, below = raw.partition(b"\n")
    data = json.loads(head)
    name = chance.choice(sorted(data))
    odd = [
        None,
        [],
        {},
        "x",
        "AAAA",
        -1,
        2**70,
        1.5,
        [1],
        ["2026-13-01"],
        {"9": "advanced"},
        {"0": "x"},
        True,
    ]
    data[name] = chance.choice(odd)
    lengths = json.dumps({**json.loads(head), "lengths": [chance.randrange(40) for _ in range(10)]})
    for altered in (
        json.dumps(data).encode() + b"\n" + below,
        lengths.encode() + b"\n" + below,
        head + b"\n" + chance.randbytes(len(below)),
        raw[: chance.randrange(len(raw))],
        b"[" * 100_000,
        b"\xff",
    ):
        try:
            found = entries.read(altered)
        except Unreadable:
            continue
        columns = found.columns
        assert len(columns.ids) == len(columns.learners) == 16 * columns.awards
        assert all(award_stub(columns, index).id for index in range(columns.awards))


def test_facts_tell_every_difference() -> None:
    award = {
        "id": "11111111-1111-4111-8111-111111111111",
        "learner": "a" * 32,
        "commitments": {"email": f"sha256${'1' * 64}"},
        "status_index": 1,
    }
    target = "22222222-2222-4222-8222-222222222222"
    every = [
        award,
        {**award, "id": target},
        {**award, "learner": "b" * 32},
        {**award, "status_index": 2},
        {**award, "expires": date(2026, 1, 1)},
        {**award, "parts": [target]},
        {**award, "parts": [target, target]},
        {**award, "renews": target},
        {**award, "replaced_by": target},
        {**award, "revoked": {"date": date(2026, 1, 1), "reason": "x"}},
        {**award, "listing": "listed"},
    ]
    head = {"credential": "charts", "version": "1.0", "issued_on": date(2026, 1, 1), "assessed_by": "Board"}
    files = [AwardFile.model_validate({**head, "awards": [entry]}) for entry in every]
    assert len({b"".join(columns_of(file).facts([0])) for file in files}) == len(every)


def test_the_latest_day_is_the_last_that_must_be_past() -> None:
    day = date(2026, 1, 1)
    head = {"credential": "charts", "version": "1.0", "issued_on": day, "assessed_by": "Board"}
    erased = {"id": "11111111-1111-4111-8111-111111111111", "status_index": 1, "date": day + timedelta(9)}
    assert latest_day(AwardFile.model_validate(head)) == day
    assert latest_day(AwardFile.model_validate({**head, "erased": [erased]})) == day + timedelta(9)


_LINE = b'{"award": "11111111-1111-4111-8111-111111111111", "key": "k", "created": "c", "proofValue": "p"}\n'


def test_proof_files_are_summed_up() -> None:
    other = _LINE.replace(b"1111-4111", b"2222-4111").replace(b'"k"', b'"l"')
    summary = proof_files.summary_of("proofs/2026/a.jsonl", _LINE + other)
    assert summary is not None
    assert summary.subjects == packed("11111111-1111-4111-8111-111111111111") + packed(
        "11111111-2222-4111-8111-111111111111"
    )
    assert summary.keys == (("k", 1, 1), ("l", 2, 1))
    assert proof_files.read(proof_files.written(summary)) == summary


@pytest.mark.parametrize(
    "raw", [_LINE * 2, b"\n", _LINE.replace(b"11111111-", b""), _LINE.replace(b'"p"', b"1")]
)
def test_odd_proof_files_have_no_summary(raw: bytes) -> None:
    assert proof_files.summary_of("proofs/2026/a.jsonl", raw) is None


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b'{"subjects": "AA==", "keys": []}', b'{"subjects": "", "keys": [["k", 1, 1]]}'],
)
def test_no_other_bytes_are_a_summary(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        proof_files.read(raw)
