"""No personal data in what is committed, wherever it slips in; ordinary texts pass."""

from __future__ import annotations

import json
import time
from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.catalog.privacy import check_award_privacy
from site_builder.catalog.privacy_sweep import check_repository_privacy
from site_builder.catalog.resolve import resolve
from site_builder.problems import Problem
from site_builder.reading.document import Document, read_document
from site_builder.reading.repository import Repository, sweep
from site_builder.text.personal import Kind
from tests.support.repos import (
    FIRST_AWARD,
    SECOND_AWARD,
    Files,
    award,
    award_file,
    changed,
    resolved,
    told,
    valid,
)
from tests.support.shared import REPOSITORY
from tests.text.test_text_personal import DISGUISES, ORDINARY

AWARDS = "issued/2026/charts.yaml"
SPEC = "credentials/charts.yaml"
ROLE = "write a role in place of a person, such as Examination board"
LEFT_OUT = "leave it out: the holder's claim link says who the holder is"
OFFICE = "leave it out, or name the office that can be asked"
TOOLS = "the registrar's tools make what stands here; no one should write it by hand"
MAILBOX = "give the mailbox of an office, such as registrar@ or badges@, as plain text"
NOT = "which may not be committed"
FIRST_ENDS = "    results: {score: 80}\n  - id: 2"


def with_evidence(**fields: str) -> Files:
    """Return the valid repository with one piece of evidence of the first award, as quoted YAML."""
    lines = "".join(f"        {name}: {_quoted(value)}\n" for name, value in fields.items())
    evidence = f"    evidence:\n      -\n{lines}"
    return changed(AWARDS, FIRST_ENDS, f"    results: {{score: 80}}\n{evidence}  - id: 2")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def codes(files: Files) -> set[str]:
    return {problem.code for problem in resolved(files)[1]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "assessed_by: Examination board",
            "assessed_by: Jane Learner",
            f"4: assessed_by holds a person's name, {NOT} | {ROLE}",
        ),
        (
            "assessed_by: Examination board",
            "assessed_by: Board, +1 416 555 0134",
            f"4: assessed_by holds a phone number, {NOT} | {OFFICE}",
        ),
        (
            "assessed_by: Examination board",
            "assessed_by: Board  # ask jane@example.org",
            f"4: a comment holds an e-mail address, {NOT} | {ROLE}",
        ),
        ("awards:\n", "# Jane Learner\nawards:\n", f"5: a comment holds a person's name, {NOT} | {ROLE}"),
        (
            "awards:\n",
            "# of student 20231234\nawards:\n",
            f"5: a comment holds a student or identity number, {NOT} | {LEFT_OUT}",
        ),
        (
            f"learner: {'b' * 32}",
            "learner: mailto:jane.learner@example.org",
            f"13: learner holds an e-mail address, {NOT} | {TOOLS}",
        ),
        (
            f"email: sha256${'2' * 64}",
            "email: mailto:jane.learner@example.org",
            f"15: email holds an e-mail address, {NOT} | {TOOLS}",
        ),
        (
            f"email: sha256${'2' * 64}",
            f"email: md5${'ab' * 16}",
            f"15: email holds a hash without a salt, {NOT} | {TOOLS}",
        ),
        (
            f"commitments:\n      email: sha256${'2' * 64}",
            f"commitments: sha256${'ab' * 32}",
            f"14: commitments holds a hash without a salt, {NOT} | {TOOLS}",
        ),
        (
            FIRST_ENDS,
            FIRST_ENDS.replace("\n", "\n    holder: did:web:example.org:jane%40example.org\n", 1),
            f"12: holder holds an e-mail address, {NOT} | {ROLE}",
        ),
        (
            FIRST_ENDS,
            FIRST_ENDS.replace("\n", "\n    holder: did:mailto:example.org:jane\n", 1),
            f"12: holder holds the address of a person's profile, {NOT}"
            " | name the work instead, or put it behind a link that needs a login",
        ),
        (
            FIRST_ENDS,
            FIRST_ENDS.replace("\n", "\n    revoked: {date: 2026-03-01, reason: Born 3 May 1999.}\n", 1),
            f"12: reason holds a date of birth, {NOT} | {LEFT_OUT}",
        ),
    ],
)
def test_what_an_award_file_may_not_hold(old: str, new: str, expected: str) -> None:
    assert told(changed(AWARDS, old, new)) == [f"{AWARDS}:{expected}"]


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("narrative", "Reviewed by jane.learner@example.org", "an e-mail address"),
        ("narrative", "Call +1 416 555 0134", "a phone number"),
        ("narrative", "SSN 078-05-1120", "a national number"),
        ("name", "Jane Learner's portfolio", "a person's name"),
        ("genre", "tel. 555-0134", "a phone number"),
        ("url", "https://www.linkedin.com/in/jane-learner", "the address of a person's profile"),
        ("url", "https://example.org/?by=jane%40example.org", "an e-mail address"),
        ("narrative", "IBAN DE89 3704 0044 0532 0130 00", "a bank account number"),
    ],
)
def test_evidence_names_the_field_and_the_kind_and_quotes_nothing(field: str, text: str, kind: str) -> None:
    problems = resolved(with_evidence(**{"name": "Report", field: text}))[1]
    assert [problem.message for problem in problems] == [f"{field} holds {kind}, {NOT}"]
    assert [problem.field for problem in problems] == [f"awards[0].evidence[0].{field}"]
    said = str(problems)
    assert not any(secret in said for secret in ("jane", "Learner", "555", "1120", "DE89"))


def test_every_disguise_is_refused_in_a_narrative() -> None:
    for kind, texts in DISGUISES.items():
        expected = "weak-hash" if Kind[kind] is Kind.HASH else "personal-data"
        passed = [text for text in texts if expected not in _codes_of_narrative(text)]
        assert passed == [], kind


def test_every_ordinary_text_passes_as_a_narrative_and_as_a_comment() -> None:
    refused = [text for texts in ORDINARY.values() for text in texts if _codes_of_narrative(text)]
    assert refused == []
    in_comments = "".join(f"# {text}\n" for texts in ORDINARY.values() for text in texts)
    named = [line for line in _told_of_awards(in_comments) if "person's name" not in line]
    assert named == []


def _codes_of_narrative(text: str) -> set[str]:
    """Return what is said of one text without a whole repository around it, which would take minutes."""
    found = _privacy_of(f"evidence:\n  - name: Report\n    narrative: {_quoted(text)}\n")
    return {problem.code for problem in found}


def _told_of_awards(text: str) -> list[str]:
    return [problem.message for problem in _privacy_of(text + "credential: charts\n")]


def _privacy_of(text: str) -> list[Problem]:
    document, _ = read_document(AWARDS, text.encode("utf-8", "surrogatepass"))
    assert document is not None
    return list(check_repository_privacy(_repository(awards=(document,)), frozenset()))


def _repository(**parts: object) -> Repository:
    nothing = {"issuer": None, "credentials": (), "frameworks": (), "awards": (), "settings": None}
    return Repository(**{"root": None, **nothing, "images": {}, "proofs": {}, "problems": (), **parts})  # type: ignore[arg-type]


def test_each_kind_is_told_once_for_a_field_and_all_fields_in_one_run() -> None:
    files = with_evidence(name="Ms Jane Learner", narrative="a@b.org, c@d.org, +1 416 555 0134")
    assert [problem.message for problem in resolved(files)[1]] == [
        f"name holds a person's name, {NOT}",
        f"narrative holds a phone number, {NOT}",
        f"narrative holds an e-mail address, {NOT}",
    ]


def test_a_field_s_name_is_looked_at_too() -> None:
    files = changed(AWARDS, "awards:\n", "jane@example.org: 1\nawards:\n")
    assert f"{AWARDS}:5: a field's name holds an e-mail address, {NOT} | {ROLE}" in told(files)


def test_an_award_file_with_other_faults_is_looked_at_too() -> None:
    files = changed(
        AWARDS, "assessed_by: Examination board", "assessed_by: Board, jane@example.org\nwrong: 1"
    )
    assert codes(files) == {"personal-data", "unknown-field"}


def test_a_comment_with_a_title_or_a_term_is_no_name() -> None:
    for comment in ("# A Name", "# Northfield Polytechnic", "# Spring Term", "# Interpret data"):
        assert told(changed(AWARDS, "awards:\n", f"{comment}\nawards:\n")) == []


def test_personal_data_in_a_scalar_that_yaml_folds() -> None:
    folded = "assessed_by: >-\n  Examination board,\n  call\n  +1 416 555\n  0134"
    assert told(changed(AWARDS, "assessed_by: Examination board", folded)) == [
        f"{AWARDS}:4: assessed_by holds a phone number, {NOT} | {OFFICE}"
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("issued/2026/jane.learner-example.org.yaml", "an e-mail address"),
        ("issued/2026/student-20231234.yaml", "a student or identity number"),
    ],
)
def test_file_names(path: str, kind: str) -> None:
    files = valid()
    files[path] = files.pop(AWARDS)
    assert told(files) == [
        f"{path}:None: the file name holds {kind}, {NOT}"
        " | name it after the credential and the month, such as data-literacy-june.yaml"
    ]


def test_the_name_of_a_file_in_the_wrong_place_is_looked_at_too() -> None:
    files = valid() | {"issued/jane.learner-example.org.yaml": "a: 1\n"}
    assert codes(files) == {"bad-file-name", "unexpected-file"}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "issued/2026/roster.csv",
            "name,email\nJane Learner,jane@example.org\n",
            ["2: the file holds an e-mail address"],
        ),
        ("issued/2026/notes.txt", "Room 204 on 3 May 2026\n", []),
        ("credentials/notes.txt", "Write to office@college.example\n", []),
        (
            "credentials/notes.txt",
            "Write to\njane@college.example\n",
            ["2: the file holds an e-mail address"],
        ),
    ],
)
def test_a_file_that_is_not_read_is_looked_into(path: str, text: str, expected: list[str]) -> None:
    errors = [problem for problem in resolved(valid() | {path: text})[1] if problem.is_error]
    assert [f"{one.line}: {one.message}" for one in errors] == [f"{words}, {NOT}" for words in expected]
    assert all(one.hint == "keep class lists outside the repository" for one in errors)


ROW = "name,email\nJane Learner,jane@example.org\n"
ADDRESS = "2: the file holds an e-mail address"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        *((f"issued/2026/{name}", ROW, [ADDRESS]) for name in ("README.md", "list.csv~", "list.csv.bak")),
        *((f"issued/2026/{name}", ROW, [ADDRESS]) for name in ("#list.csv#", ".gitkeep", "list.csv.orig")),
        ("issued/README.md", "Keep class lists out.\nWrite to registrar@college.example.\n", []),
        ("issued/2026/.list.csv.swp", ROW, []),
        ("issued/2026/.DS_Store", "\0", []),
        ("credentials/charts.yaml.bak", ROW, [ADDRESS]),
        ("credentials/README.md", "Write to\noffice@college.example\n", []),
        *(
            (name, ROW, [ADDRESS])
            for name in ("list.txt", "list.tsv", "List.CSV", "list.csv~", "list.txt.bak")
        ),
        ("requirements.txt", "badgepress==1.0\n", []),
        ("README.md", "By Jane,\njane@college.example\n", []),
        ("notes.md.bak", "By Jane,\njane@college.example\n", []),
    ],
)
def test_copies_that_editors_leave_and_text_in_the_root_are_looked_into(
    path: str, text: str, expected: list[str]
) -> None:
    errors = [problem for problem in resolved(valid() | {path: text})[1] if problem.is_error]
    assert [(one.path, f"{one.line}: {one.message}") for one in errors] == [
        (path, f"{words}, {NOT}") for words in expected
    ]


def test_the_copy_of_an_award_file_that_an_editor_left_is_no_fault() -> None:
    files = valid()
    copies = {f"{path}{end}": files[path] for path in files if "issued/" in path for end in ("~", ".bak")}
    assert copies
    assert told(files | copies) == []


@pytest.mark.parametrize("name", ["list.xlsx", "List.XLS", "list.ods", "~$list.xlsx", "list.xlsx~"])
def test_a_workbook_in_the_root_is_told_as_it_cannot_be_looked_into(name: str) -> None:
    problems = resolved(valid() | {name: "PK"})[1]
    assert [(one.path, one.code, one.is_error, one.message) for one in problems] == [
        (name, "personal-data", False, "a workbook cannot be looked into for personal data")
    ]


def test_a_folder_named_like_a_copy_is_looked_into() -> None:
    assert "personal-data" in codes(valid() | {"issued/old.bak/list.csv": ROW})


def test_a_spreadsheet_beside_awards_cannot_be_looked_into() -> None:
    repository = _repository(
        strays={"issued/2026/list.xlsx": b"PK\x03\x04\xff\xfe", "credentials/a.pdf": b"\xff"}
    )
    assert [(one.path, one.code, one.message) for one in check_repository_privacy(repository, ())] == [
        ("issued/2026/list.xlsx", "personal-data", "the file cannot be looked into for personal data")
    ]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Write to registrar@college.example", False),
        ("Write to data.office@college.example or info@college.example", False),
        ("Write to jane.learner@college.example", True),
        ("Write to jane (at) college.example", True),
        ("By Dr. Jane Learner, room 204, +1 416 555 0134", False),
    ],
)
def test_designers_may_name_people_and_offices_but_no_mailbox_of_a_person(
    text: str, *, refused: bool
) -> None:
    expected = f"summary holds a person's e-mail address, {NOT} | {MAILBOX}"
    assert told(changed(SPEC, "summary: One sentence.", f"summary: {text}")) == (
        [f"{SPEC}:7: {expected}"] if refused else []
    )
    said = told(changed(SPEC, "summary: One", f"# {text}\nsummary: One"))
    assert said == (
        [f"{SPEC}:7: a comment holds a person's e-mail address, {NOT} | {MAILBOX}"] if refused else []
    )


def test_the_demo_passes() -> None:
    repository = sweep(REPOSITORY)
    assert list(check_repository_privacy(repository, frozenset())) == []
    assert resolve(repository, date(2026, 11, 22))[0] is not None


def test_one_award_under_two_ids_is_told_at_the_later_one() -> None:
    files = valid()
    again = award(SECOND_AWARD.replace("2", "5")).replace(f"learner: {'b' * 32}", f"learner: {'a' * 32}")
    files["issued/2026/later.yaml"] = award_file("charts", "2026-02-01", again)
    message = (
        f"issued/2026/later.yaml:6: this award exists already as {FIRST_AWARD} in {AWARDS}:6:"
        " the same learner, credential and day"
    )
    hint = (
        "delete this one; if it corrects that one, let that one say so with replaced_by:"
        f" badgepress replace {FIRST_AWARD}"
    )
    assert told(files) == [f"{message} | {hint}"]
    assert codes(files) == {"duplicate-award"}


@pytest.mark.parametrize("day", ["2026-02-02", "2026-05-01"])
def test_another_day_is_a_renewal_or_another_attempt(day: str) -> None:
    files = valid()
    files["issued/2026/later.yaml"] = award_file("charts", day, award(SECOND_AWARD.replace("2", "5")))
    assert told(files) == []


@pytest.mark.parametrize(
    "withdrawn",
    ["    revoked: {date: 2026-03-01, reason: By mistake.}\n", f"    replaced_by: {FIRST_AWARD}\n"],
)
def test_a_withdrawn_award_is_no_second_one(withdrawn: str) -> None:
    files = valid()
    again = award(SECOND_AWARD.replace("2", "5"), more=withdrawn)
    files["issued/2026/later.yaml"] = award_file("charts", "2026-02-01", again)
    assert told(files) == []


def test_ten_thousand_awards_take_a_second_or_so() -> None:
    """Measured with ten documents of five hundred awards, each with a narrative of its own, then doubled."""
    narrative = "The report names {} hazards in bay {}, ranks them, and proposes controls by 12 June 2026."
    documents = []
    for file in range(10):
        awards = "".join(
            award(f"{file * 500 + number:08x}-0000-4000-8000-000000000000", "abcdef0123456789"[number % 16])
            + f"    evidence: [{{name: A, narrative: {_quoted(narrative.format(number, number % 9))}}}]\n"
            for number in range(500)
        )
        document, _ = read_document(
            f"issued/2026/b-{file}.yaml", award_file("charts", "2026-02-01", awards).encode()
        )
        assert document is not None
        documents.append(document)
    start = time.perf_counter()
    assert list(check_repository_privacy(_repository(awards=tuple(documents)), frozenset())) == []
    assert (time.perf_counter() - start) * 2 < 10


def test_a_class_list_in_the_root_of_the_repository_is_found() -> None:
    files = {**valid(), "class.csv": "name,email\nAda,ada@example.org\n"}
    assert told(files) == [
        "class.csv:2: the file holds an e-mail address, which may not be committed"
        " | keep class lists outside the repository"
    ]


_UUID = "991f58dc-caf6-48b7-a2df-ed013e149bdb"
_SAID = st.sampled_from(
    (_UUID, f"{_UUID}\n{_UUID}", f"{_UUID}\n", "0" * 32, f"sha256${'0' * 64}", f"sha256${'0' * 64}\n")
) | st.sampled_from(
    ("Jane Learner", "Examination board", "jane@example.org", "Data literacy", "a" * 64, "2026-11-22", "")
)
_AWARDS = st.recursive(
    _SAID | st.integers(0, 9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("id", "learner", "email", "name", "commitments", "renews", "assessed_by", "jane@x.org")
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(("awards", "assessed_by", "id", "commitments")), _AWARDS, max_size=3))
def test_a_quick_look_changes_no_word(data: dict[str, object]) -> None:
    document = Document("issued/2026/x.yaml", data, json.dumps(data, indent=1).encode())
    quick = list(check_award_privacy(document, {"data literacy"}))
    with patch("site_builder.catalog.privacy._holds_nothing", return_value=False):
        assert quick == list(check_award_privacy(document, {"data literacy"}))
