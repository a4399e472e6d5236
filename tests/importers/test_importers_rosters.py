"""Our own template, and what every list has in common."""

from __future__ import annotations

import base64
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.importers.rosters import read_sound_rows
from site_builder.importers.row import Roster, RosterRow, RowEvidence
from site_builder.importers.table import LARGEST_FILE
from tests.importers.lists import ADA, HEADER, read, text_of, told, workbook_of

FULL = (
    "email,first_name,last_name,credential,issued_on,score,level,holder,"
    "evidence_name,evidence_url,evidence_narrative,expires"
)
GRACE = (
    " Grace@Example.org ,Grace,Hopper,data-literacy,2026-04-03,84.5,Advanced,did:key:z6Mkabc,"
    'Report,https://example.org/r,"First line\r\nsecond",2028-04-03'
)


def test_every_field_of_the_template_is_read() -> None:
    assert read(text_of(FULL, GRACE)) == Roster(
        path="list.csv",
        system="template",
        rows=(
            RosterRow(
                line=2,
                email="grace@example.org",
                name="Grace Hopper",
                credential="data-literacy",
                issued_on=date(2026, 4, 3),
                score=84.5,
                has_score=True,
                level="advanced",
                holder="did:key:z6Mkabc",
                evidence=RowEvidence("Report", "https://example.org/r", "First line\nsecond"),
                expires=date(2028, 4, 3),
            ),
        ),
        columns={name: name for name in FULL.split(",")},
    )


def test_an_address_is_enough() -> None:
    (row,) = read(text_of("E-Mail", "ada@example.org")).rows
    assert row == RosterRow(line=2, email="ada@example.org")


def test_what_is_shown_of_a_row_names_nobody() -> None:
    roster = read(text_of(FULL, GRACE))
    assert "race" not in repr(roster)
    assert "opper" not in repr(roster)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Full Name,courriel", "Ada"),
        ("  NAME ,E-Mail-Adresse", "Ada"),
        ("Nom,Adresse de courriel", "Ada"),
        ("Prenom,Correo electronico", "Ada"),
        ("الاسم,البريد الإلكتروني", "Ada"),
        ("naam,E_mailadres", "Ada"),
        ("Homework,Mail", None),
    ],
)
def test_headers_are_known_in_many_spellings(header: str, name: str | None) -> None:
    (row,) = read(text_of(header, "Ada,ada@example.org")).rows
    assert (row.email, row.name) == ("ada@example.org", name)


@pytest.mark.parametrize("header", ["Nom,Prénom,Mail", "Apellidos,Nombre,Mail", "Cognome,Nome,Mail"])
def test_a_word_for_name_beside_another_half_is_half_of_a_name(header: str) -> None:
    (row,) = read(text_of(header, "Lovelace,Ada,ada@example.org")).rows
    assert row.name == "Ada Lovelace"


def test_the_names_of_a_site_go_before_ours() -> None:
    raw = text_of("email,Courriel privé,score,Note", "old@example.org,ada@example.org,1,90")
    roster = read(raw, {"email": ["courriel PRIVE"], "score": ["note"]})
    assert [(row.email, row.score) for row in roster.rows] == [("ada@example.org", 90.0)]
    assert roster.columns == {"email": "Courriel privé", "score": "Note"}


@pytest.mark.parametrize(
    ("cell", "score"),
    [("84,5", 84.5), ("84.00 %", 84), ("٨٤٫٥٠ ٪", 84.5), ("100", 100), ("0", 0), ("", None), ("-", None)],
)
def test_scores_are_read_as_people_write_them(cell: str, score: float | None) -> None:
    (row,) = read(text_of("email;score", f"ada@example.org;{cell}")).rows
    assert (row.score, row.has_score) == (score, True)


def test_points_become_percent_without_rounding_up() -> None:
    raw = text_of("email;score", "a@example.org;41,5", "b@example.org;29.99999", "c@example.org;70%")
    assert [row.score for row in read(raw, out_of=50).rows] == [83, 59.9999, 70]


@pytest.mark.parametrize("out_of", [0, -1, float("nan"), float("inf")])
def test_a_scale_of_nothing_is_a_fault_of_the_caller(out_of: float) -> None:
    with pytest.raises(ValueError, match="out_of must be more than 0"):
        read_sound_rows("list.csv", text_of(HEADER, ADA), out_of=out_of)


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("E-mail", "ada", 'column "E-mail": is not an e-mail address | write it as name@example.org'),
        ("E-mail,x", ",y", 'column "E-mail": is empty | fill in the learner\'s address, or delete the row'),
        ("email,score", "a@b.org,101", "column \"score\": must be a number from 0 to 100, not '101'"),
        ("email,score", "a@b.org,-1", "column \"score\": must be a number from 0 to 100, not '-1'"),
        ("email,score", "a@b.org,NaN", 'column "score": must be a number from 0 to 100 |'),
        ("email,score", "a@b.org,Ada Lovelace", 'column "score": must be a number from 0 to 100 |'),
        (
            "email,expires",
            "a@b.org,03/04/2024",
            "must be a date, not '03/04/2024' | write dates as 2024-04-03",
        ),
        (
            "email,expires",
            "a@b.org,2026-02-30",
            "must be a date, not '2026-02-30' | write dates as 2024-04-03",
        ),
        ("email,expires", "a@b.org,1026-02-20", "must be a date of the years 1990 to 2199, not '1026-02-20'"),
        ("email,level", "a@b.org,expert", 'column "level": must be foundational, intermediate or advanced |'),
        ("email,holder", "a@b.org,did:key", "must be a DID such as did:key:z6Mk..., without a path or"),
        (
            "email,credential",
            "a@b.org,Data Literacy",
            "must be the id of a credential | such as data-literacy",
        ),
        ("email,name", f"a@b.org,{'x' * 201}", 'column "name": is too long (201 characters, at most 200)'),
        (
            "email,name",
            "a@b.org,=1+1",
            'column "name": starts with =, which a spreadsheet may run as a formula',
        ),
        ("email,name", "a@b.org, @SUM(1)", "starts with @, which a spreadsheet may run as a formula"),
        ("email,name", "a@b.org,\t1", "starts with a tab, which a spreadsheet may run as a formula"),
        ("email,name", '+a@b.org,"Ada"', 'column "email": starts with +, which a spreadsheet may run'),
        ("email,name", "a@b.org,#REF!", "holds the error #REF! of a spreadsheet | mend the formula"),
        ("email,name", "a@b.org,A\x1bda", "has a control character (U+001B)"),
        ("email,name", "a@b.org,A\u202eda", "has a bidirectional control character (U+202E)"),
        ("email,name", 'a@b.org,"A\nda"', 'column "name": must be one line'),
        ("email,evidence_url", "a@b.org,http://b.org", "must be a web address that starts with https://"),
        ("email,evidence_url", "a@b.org,https://b.org/x", "stands without a title of the evidence"),
        ("email,evidence_name,evidence_text", "a@b.org,R,<script>", 'column "evidence_text": '),
    ],
)
def test_each_fault_names_row_and_column(header: str, row: str, expected: str) -> None:
    found = told(text_of(header, row))
    assert any(line.startswith("2 ") and "row 2, column " in line and expected in line for line in found)


def test_addresses_that_differ_in_letter_case_are_the_same() -> None:
    assert told(text_of("Name,Mail", "A,a@b.org", "B,b@b.org", "A,A@B.org")) == [
        '4 duplicate-entry: row 4, column "Mail": has the same e-mail address as row 2'
        " | delete one of the two rows: a learner gets one award"
    ]


def test_one_learner_may_get_two_credentials() -> None:
    raw = text_of("email,credential", "a@b.org,one", "a@b.org,two")
    assert [row.credential for row in read(raw).rows] == ["one", "two"]


def test_no_message_repeats_who_a_row_is_about() -> None:
    raw = text_of("email,name,score", "ada.lovelace,=Ada,Lovelace", "ada lovelace@x.org,Ada,0 Lovelace")
    assert not any("ovelace" in line for line in told(raw))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            text_of("name,Mail,E-mail", "A,a@b.org,c@b.org"),
            'None duplicate-column: the columns "Mail" and "E-mail" both hold the email'
            " | delete one of them, or name the one to read under roster_columns, email, in mkdocs.yml",
        ),
        (
            text_of("name,score", "Ada,3"),
            "None missing-column: no column holds e-mail addresses"
            " | call the column email, or add its name under roster_columns, email, in mkdocs.yml",
        ),
        (
            text_of("ada@b.org,Ada", "bob@b.org,Bob"),
            "None missing-column: no column holds e-mail addresses"
            " | the first row must be the names of the columns, such as email,name,score",
        ),
        (
            text_of(HEADER),
            "None empty-file: the roster has no rows below its header"
            " | it needs a row per learner below the names of the columns",
        ),
        (
            b"x" * (LARGEST_FILE + 1),
            "None file-too-large: the roster is too large (16,777,217 bytes, at most 16,777,216)"
            " | divide it into several files",
        ),
    ],
)
def test_what_is_wrong_with_the_list_as_a_whole(raw: bytes, expected: str) -> None:
    assert told(raw) == [expected]


def test_the_choice_of_a_site_settles_two_columns() -> None:
    raw = text_of("name,Mail,E-mail 2,E-mail", "A,a@b.org,b@b.org,c@b.org")
    assert read(raw, {"email": ["E-mail 2"]}).rows[0].email == "b@b.org"


def test_text_that_looks_damaged_is_a_warning() -> None:
    roster, (problem,) = read_sound_rows("list.csv", text_of(HEADER, "a@b.org,ZoÃ© Kay"))
    assert roster is not None
    assert (problem.is_error, problem.code, problem.line, problem.field) == (
        False,
        "suspicious-text",
        2,
        "name",
    )


def test_every_fault_of_many_rows_is_named() -> None:
    chance = random.Random(4)
    rows = [f"ada{i}@example.org,Ada {i},{i % 100},2026-04-03" for i in range(2000)]
    expected = set()
    for i in chance.sample(range(2000), 100):
        column, row = chance.choice(
            [
                ("mail", f"ada{i},Ada,1,2026-04-03"),
                ("name", f"ada{i}@example.org,=Ada,1,2026-04-03"),
                ("score", f"ada{i}@example.org,Ada,1000,2026-04-03"),
                ("issued", f"ada{i}@example.org,Ada,1,3.4.2026"),
                ("", f"ada{i}@example.org,Ada"),
                ("", f'ada{i}@example.org,"Ada,1,2026-04-03'),
            ]
        )
        rows[i] = row
        expected.add((i + 2, column))
    roster, problems = read_sound_rows("list.csv", text_of("mail,name,score,issued", *rows))
    assert roster is not None
    assert not {row.line for row in roster.rows} & {line for line, _ in expected}
    assert {(problem.line, problem.field) for problem in problems} == expected
    assert len(problems) == 100


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"email,name\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
def test_no_bytes_are_a_surprise(raw: bytes, start: bytes) -> None:
    roster, problems = read_sound_rows("list.csv", start + raw)
    assert roster is not None or problems


_CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["a@b.org", "84,00 %", "-", "2026-04-03", "=1", "sNaN", "1e999", "did:key:z", "https://a.org"]
    ),
)
_HEADERS = st.sampled_from(
    [
        "email",
        "Mail",
        "name",
        "score",
        "level",
        "issued_on",
        "Student",
        "SIS Login ID",
        "Section",
        "Final Score",
        "Course total (Real)",
        "Course total (Percentage)",
        "evidence_url",
        "evidence_narrative",
        "holder",
        "x",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_table_is_a_surprise(data: st.DataObject) -> None:
    header = data.draw(st.lists(_HEADERS, min_size=1, max_size=6))
    cells = st.lists(_CELL, min_size=len(header), max_size=len(header))
    rows = [header, *data.draw(st.lists(cells, max_size=4))]
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    raw = "\n".join(quoted).encode("utf-8", "replace")
    roster, problems = read_sound_rows("list.csv", raw, out_of=data.draw(st.sampled_from([None, 50])))
    assert roster is not None or problems


def test_nothing_of_a_damaged_workbook_is_a_surprise() -> None:
    good = bytearray(workbook_of(["email"], ["a@b.org"]))
    chance = random.Random(7)
    for _ in range(60):
        bad = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        roster, problems = read_sound_rows(
            "list.xlsx", bytes(bad[: chance.choice([len(bad), len(bad) // 2])])
        )
        assert roster is not None or problems


def test_a_list_of_pictures_is_not_one() -> None:
    png = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
    )
    assert len(told(png)) == 1
