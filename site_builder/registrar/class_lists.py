"""Opens class lists: never one that git would keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.importers.rosters import read_sound_rows
from site_builder.importers.row import Roster
from site_builder.importers.table import LARGEST_FILE
from site_builder.problems import Problem
from site_builder.registrar.tables import repository_around


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a list is to be read, beyond what its own headers say."""

    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The headers under which a field stands, where they are not among the known ones."""
    email_domain: str = ""
    """What stands behind the ``@`` of logins, where a list has no addresses."""
    out_of: float | None = None
    """How many points are 100 percent."""


def open_roster(path: Path, root: Path, reading: Reading) -> tuple[Roster | None, list[Problem]]:
    """Return a class list and every fault of it by row and column; ``root`` is the repository.

    Rows with a fault are not in the list, so that what is wrong with the others can be told in the same run.
    Raises ``OSError`` where the file cannot be read.
    """
    where = repository_around(path, root)
    if where is not None:
        message = f"the class list lies in the repository {where}: names and addresses stay out of it"
        hint = (
            "move it out, also where git ignores it: a folder of its own, such as ~/classes; and out of git's"
            " history if it was ever committed"
        )
        return None, [Problem(path=str(path), code="personal-data", message=message, hint=hint)]
    with path.open("rb") as stream:
        raw = stream.read(LARGEST_FILE + 1)
    return read_sound_rows(
        str(path), raw, reading.columns, email_domain=reading.email_domain, out_of=reading.out_of
    )
