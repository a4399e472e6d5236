"""Class lists of any size of people who do not exist, and faults of many kinds sown into them.

The same numbers make the same list. Each fault is in a row of its own, and it is known in which column.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

Row = dict[str, str]

COLUMNS = (
    "email", "name", "credential", "score", "level", "issued_on", "expires", "holder",
    "evidence_name", "evidence_url", "evidence_narrative", "evidence_genre",
)  # fmt: skip
_FIRST = (
    "Amara", "Björn", "Chiamaka", "Dmitri", "Élodie", "Fatima", "Guðrún", "Hiroko", "Ines", "João",
    "Katarzyna", "Lwazi", "Ngọc", "Oisín", "Priya", "Rosalind", "Søren", "Tomás", "نورة", "小林",
)  # fmt: skip
_LAST = (
    "Abernathy", "Brzęczyszczykiewicz", "Castellanos", "Dlamini", "Eriksdóttir", "Fontaine-Müller",
    "Gunawardena", "Haddad", "Ivanovska", "Johannesson", "Kowalczyk", "Lindqvist", "Mbeki-Smith", "Nakamura",
    "O'Callaghan", "Petrosyan", "Quispe", "Ramanathan", "Sørensen", "Østergård", "Vandenberghe",
)  # fmt: skip
_DOMAINS = ("students.northfield.example", "mail.example", "uni.example.org")
# What a plain row of each asks for: the level above its own, and the lowest score that passes.
_CREDENTIALS = {"reliable-spreadsheets": ("intermediate", 70), "asking-a-database": ("advanced", 60)}


def people(size: int, seed: int = 1) -> list[Row]:
    """Return rows without a fault, all of whom pass; no two have the same name or address."""
    chance = random.Random(seed)
    return [_person(number, chance) for number in range(size)]


def _person(number: int, chance: random.Random) -> Row:
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    # A middle name made of the number, in letters, makes each full name one that stands nowhere else.
    middle = "".join(chr(ord("a") + int(digit)) for digit in f"{number:05}").capitalize()
    credential = chance.choice(tuple(_CREDENTIALS))
    higher, lowest = _CREDENTIALS[credential]
    row = dict.fromkeys(COLUMNS, "")
    row |= {"email": f"learner{number:05}x{chance.randrange(1000)}@{chance.choice(_DOMAINS)}"}
    row |= {"name": f"{first} {middle} {last}", "credential": credential}
    row |= {"score": str(chance.randint(lowest, 100)), "level": chance.choice(("", "", higher))}
    if chance.random() < 0.2:
        row |= {"evidence_name": "Practical test", "evidence_url": f"https://northfield.example/w/{number}"}
        row |= {
            "evidence_narrative": "The learner mended a sheet of *twelve* faults.",
            "evidence_genre": "test",
        }
    if chance.random() < 0.1:
        row |= {"issued_on": "2026-10-30", "expires": "2029-10-30"}
    return row


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: the column it stands in, and what it makes of a row of the list."""

    column: str
    sown: Callable[[Row], Row]


def _cell(column: str, value: str, **more: str) -> Kind:
    return Kind(column, lambda row: {**row, **more, column: value})


_EVIDENCE = {"evidence_name": "Report"}
_NO_EVIDENCE = {"evidence_name": "", "evidence_url": "", "evidence_narrative": ""}
KINDS: dict[str, Kind] = {
    "no address": _cell("email", ""),
    "no at sign": _cell("email", "learner.northfield.example"),
    "two at signs": _cell("email", "a@b@northfield.example"),
    "two addresses": _cell("email", "a@northfield.example, b@northfield.example"),
    "formula for an address": _cell("email", "=HYPERLINK(A1)@northfield.example"),
    "formula for a name": _cell("name", '=cmd|" /c calc"!A1'),
    "at sign before a name": _cell("name", "@SUM(1+1)"),
    "name turned round": _cell("name", "Ada \u202eecalevoL"),
    "control character": _cell("name", "Ada\x07 Lovelace"),
    "error value": _cell("name", "#REF!"),
    "score in words": _cell("score", "very good"),
    "score above 100": _cell("score", "104"),
    "score below 0": _cell("score", "-3"),
    "level that is none": _cell("level", "expert"),
    "level below the credential's": _cell("level", "foundational", credential="asking-a-database"),
    "day that is none": _cell("issued_on", "2026-02-30"),
    "day in words": _cell("issued_on", "last Friday"),
    "day in the future": _cell("issued_on", "2026-12-24"),
    "day before publication": _cell("issued_on", "2025-01-15", credential="asking-a-database"),
    "ended before it began": _cell("expires", "2026-01-01"),
    "end in words": _cell("expires", "never"),
    "credential with capitals": _cell("credential", "Reliable Spreadsheets"),
    "credential that is none": _cell("credential", "reliable-spreadsheet"),
    "draft": _cell("credential", "checking-ai-answers"),
    "no credential": _cell("credential", ""),
    "wallet that is none": _cell("holder", "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
    "wallet with a name": Kind("holder", lambda row: {**row, "holder": f"did:web:{_dashed(row)}.example"}),
    "address without https": _cell("evidence_url", "http://northfield.example/w", **_EVIDENCE),
    "script for an address": _cell("evidence_url", "javascript:alert(1)", **_EVIDENCE),
    "evidence without a title": _cell("evidence_genre", "report", **_NO_EVIDENCE),
    "title too long": _cell("evidence_name", "A title " * 40),
    "kind on two lines": _cell("evidence_genre", "a\nb", **_EVIDENCE),
    "script in a text": _cell("evidence_narrative", "See <script>alert(1)</script>", **_EVIDENCE),
    "heading in a text": _cell("evidence_narrative", "# Well done", **_EVIDENCE),
    "text that names the learner": Kind(
        "evidence_narrative",
        lambda row: {**row, **_EVIDENCE, "evidence_narrative": f"{row['name']} mended all of it."},
    ),
    "text with the learner's address": Kind(
        "evidence_narrative",
        lambda row: {**row, **_EVIDENCE, "evidence_narrative": f"Sent by {row['email']} in May."},
    ),
    "text with another's address": _cell(
        "evidence_narrative", "Seen by tutor@northfield.example.", **_EVIDENCE
    ),
    "title that names the learner": Kind(
        "evidence_name", lambda row: {**row, "evidence_name": "Report by " + row["name"].upper()}
    ),
    "key in a text": _cell("evidence_narrative", "secret key: " + "9f3a5c7e1b2d4f60" * 4, **_EVIDENCE),
}
"""Every kind of fault that can be sown; each is one cell."""


def _dashed(row: Row) -> str:
    return "-".join(quote(word.lower(), safe="") for word in row["name"].split())


def sown(rows: list[Row], count: int, seed: int = 2) -> tuple[list[Row], set[tuple[int, str]]]:
    """Return the list with ``count`` faults, each kind as often as the others, and row and column of each.

    Rows are numbered as a spreadsheet does: the first below the header is row 2. Besides the kinds of
    :data:`KINDS`, every fortieth fault is an address that an earlier row has, too.
    """
    chance = random.Random(seed)
    places = sorted(chance.sample(range(1, len(rows)), count))
    kinds = list(KINDS.values())
    changed, where = list(rows), set()
    for number, place in enumerate(places):
        if number % 40 == 39:
            twin = rows[places[0] - 1]
            changed[place] = {**rows[place], "email": twin["email"], "credential": twin["credential"]}
            where.add((place + 2, "email"))
            continue
        kind = kinds[number % len(kinds)]
        changed[place] = kind.sown(rows[place])
        where.add((place + 2, kind.column))
    return changed, where


def csv_of(rows: list[Row]) -> bytes:
    """Return the list as a CSV file in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
