"""Gradebooks of Canvas: rows and columns as its exporter writes them. All people are made up."""

from __future__ import annotations

import pytest

from tests.importers.lists import left_out, read, scores, text_of, told

HEADER = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Notes,Essay (101),Quiz (102),Assignments Current Score,"
    "Assignments Unposted Current Score,Assignments Final Score,Assignments Unposted Final Score,"
    "Current Score,Unposted Current Score,Final Score,Unposted Final Score,"
    "Current Grade,Unposted Current Grade,Final Grade,Unposted Final Grade"
)
POSTING = ",,,,,,,Manual Posting,,,,,,,,,,,,"
POINTS = "    Points Possible,,,,,,20.00,10.00" + ",(read only)" * 12
TEST = '"Student, Test",99,,f00d,Section 1,,,,,,,,,,0.0,0.0,,,F,F'


def _row(student: str, login: str, score: str, essay: str = "18.00") -> str:
    return f'"{student}",7,S7,{login},Section 1,,{essay},EX,,,,,95.00,95.00,{score},{score},A,A,A,A'


ADA = _row("Lovelace, Ada", "ada@example.org", "84.50")
BOOK = (HEADER, POSTING, POINTS, ADA, _row("Babbage, Charles", "cb@example.org", "", "N/A"), TEST)


def test_a_gradebook_needs_no_editing() -> None:
    roster = read(text_of(*BOOK))
    assert roster.system == "canvas"
    assert [(row.line, row.name, row.email, row.score) for row in roster.rows] == [
        (4, "Ada Lovelace", "ada@example.org", 84.5)
    ]
    assert left_out(roster) == [
        (2, "is Canvas's row of posting policies"),
        (3, "is Canvas's row of points possible"),
        (5, "has no final score"),
        (6, "is Canvas's test student"),
    ]
    assert roster.columns["email"] == "SIS Login ID"


@pytest.mark.parametrize(
    ("student", "name"),
    [
        ("Lovelace, Ada", "Ada Lovelace"),
        ("Madonna", "Madonna"),
        ("King, Martin Luther, Jr.", "Martin Luther King, Jr."),
        ("García Márquez, Gabriel", "Gabriel García Márquez"),
        ("'t Hooft, Gerard", "Gerard 't Hooft"),
    ],
)
def test_sortable_names_are_put_in_reading_order(student: str, name: str) -> None:
    (row,) = read(text_of(HEADER, _row(student, "a@example.org", "84.50"))).rows
    assert row.name == name


def test_names_in_two_columns() -> None:
    header = "LastName,FirstName,ID,SIS Login ID,Section,Final Score"
    rows = (",,,,,", "    Points Possible,,,,,(read only)", "Lovelace,Ada,7,a@example.org,S,84.5")
    (row,) = read(text_of(header, *rows)).rows
    assert (row.line, row.name, row.score) == (4, "Ada Lovelace", 84.5)


def test_logins_become_addresses_with_a_domain() -> None:
    raw = text_of(HEADER, POINTS, _row("Lovelace, Ada", "alovelace", "84,50".replace(",", ".")))
    assert [row.email for row in read(raw, email_domain="@Example.org").rows] == ["alovelace@example.org"]
    assert told(raw) == [
        'None missing-column: the column "SIS Login ID" holds logins, not e-mail addresses'
        " | say the domain of the addresses with --email-domain, or add a column of addresses and name it"
        " under roster_columns, email, in mkdocs.yml"
    ]


def test_a_single_login_among_addresses_is_told_by_row() -> None:
    raw = text_of(HEADER, POINTS, ADA, _row("Babbage, Charles", "cb", "70"))
    assert told(raw) == [
        '4 bad-email: row 4, column "SIS Login ID": is not an e-mail address | write it as name@example.org'
    ]


def test_a_column_of_addresses_goes_before_logins() -> None:
    raw = text_of(HEADER.replace("Notes", "Contact"), ADA.replace("Section 1,", "Section 1,ada@mail.example"))
    assert [row.email for row in read(raw, {"email": ["contact"]}).rows] == ["ada@mail.example"]


def test_a_single_assignment_is_taken_out_of_its_points() -> None:
    assert scores(read(text_of(HEADER, POINTS, ADA), {"score": ["Essay (101)"]})) == {"ada@example.org": 90.0}
    assert scores(read(text_of(HEADER, POINTS, ADA), {"score": ["Current Score"]})) == {
        "ada@example.org": 95.0
    }


def test_the_score_of_a_grading_period_and_one_that_a_teacher_set() -> None:
    header = "Student,ID,SIS Login ID,Section,Final Score (Autumn),Override Score (Autumn)"
    raw = text_of(header, '"A, B",1,a@example.org,S,84.5,', '"C, D",2,c@example.org,S,49.0,60.0')
    roster = read(raw)
    assert scores(roster) == {"a@example.org": 84.5, "c@example.org": 60.0}
    assert roster.columns["score"] == "Final Score (Autumn)"


def test_a_gradebook_without_totals_has_no_score() -> None:
    (row,) = read(text_of("Student,ID,SIS Login ID,Section,Essay (1)", '"A, B",1,a@example.org,S,EX')).rows
    assert (row.score, row.has_score) == (None, False)


def test_semicolons_and_decimal_commas_of_other_locales() -> None:
    header = "Student;ID;SIS Login ID;Section;Essay (1);Final Score"
    raw = text_of("\ufeff" + header, "Lovelace, Ada;7;ada@example.org;S;18,00;84,50")
    assert scores(read(raw)) == {"ada@example.org": 84.5}


def test_extra_credit_above_full_marks_is_told() -> None:
    assert told(text_of(HEADER, POINTS, _row("Lovelace, Ada", "ada@example.org", "104.00"))) == [
        "3 bad-number: row 3, column \"Final Score\": must be a number from 0 to 100, not '104.00'"
        " | write the score in percent, such as 84.5"
    ]


def test_a_row_of_posting_policies_that_canvas_writes_too_long() -> None:
    raw = text_of(
        "Student,ID,SIS Login ID,Section,Essay (1)", ",,,,Manual Posting,,,,", '"A, B",1,a@b.org,S,1'
    )
    assert left_out(read(raw)) == [(2, "is Canvas's row of posting policies")]
