"""Which column holds what: names of columns in many systems and languages, and a site's own.

The names ship as data (roster.headers.json). Letter case, spaces, punctuation and accents do not matter.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from site_builder.importers.table import Faults, Table, quoted


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field stands in the rows, and what the file calls it."""

    index: int
    header: str


Layout = Mapping[str, Column]
"""The column of each field that the list has."""


@cache
def names() -> Mapping[str, Any]:
    """Return the names of columns that ship with the program."""
    text = files("site_builder.importers").joinpath("roster.headers.json").read_text(encoding="utf-8")
    known: Mapping[str, Any] = json.loads(text)
    return known


def folded(header: str) -> str:
    """Return what of a header counts.

    >>> folded(" E-Mail adresse (école) ")
    'emailadresseecole'
    """
    parts = unicodedata.normalize("NFKD", header).casefold()
    return "".join(char for char in unicodedata.normalize("NFKD", parts) if char.isalnum())


def columns_named(table: Table, wanted: Iterable[str]) -> list[Column]:
    """Return the columns with one of these names, from left to right."""
    keys = {folded(name) for name in wanted} - {""}
    return [Column(index, header) for index, header in enumerate(table.header) if folded(header) in keys]


def layout_of(
    faults: Faults,
    table: Table,
    columns: Mapping[str, Sequence[str]],
    ours: Mapping[str, Sequence[str]],
) -> Layout:
    """Return the column of each field; two columns for one field are noted, and the first one is taken.

    Where the file has a column that ``columns`` names for a field, that one is taken, and no name of ours is
    looked for.
    """
    found = {field: columns_named(table, columns.get(field, ())) for field in ours}
    taken = {column.index for named in found.values() for column in named}
    for field, known in ours.items():
        if not found[field]:
            found[field] = [column for column in columns_named(table, known) if column.index not in taken]
            taken |= {column.index for column in found[field]}
    for field, several in found.items():
        if len(several) > 1:
            _refuse_two(faults, field, several)
    return {field: several[0] for field, several in found.items() if several}


def _refuse_two(faults: Faults, field: str, found: Sequence[Column]) -> None:
    headers = " and ".join(quoted(column.header) for column in found)
    hint = f"delete one of them, or name the one to read under roster_columns, {field}, in mkdocs.yml"
    if len({folded(column.header) for column in found}) == 1:
        hint = "delete one of them, or rename it"
    faults.file("duplicate-column", f"the columns {headers} both hold the {field}", hint)


def fields_for(table: Table) -> Mapping[str, Sequence[str]]:
    """Return our names of each field, as they apply to this list.

    ``Nom`` beside ``Prénom`` is a family name, ``Nombre`` beside ``Apellidos`` is a given name; alone, either
    is the whole name.
    """
    known: dict[str, list[str]] = {field: list(words) for field, words in names()["fields"].items()}
    for word, (here, there) in names()["either"].items():
        known["name"] = [name for name in known["name"] if folded(name) != folded(word)]
        known[here if columns_named(table, known[there]) else "name"].append(word)
    return known
