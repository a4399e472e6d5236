"""Claim links: which row of a class list opens the commitments of which award (DESIGN 4).

No link is made on trust: each salt is derived again, and each value compared with what the award commits to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from site_builder.assembling.addresses import Addresses, award_page
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.identity.claims import Opening, claim_link
from site_builder.identity.values import Field
from site_builder.importers.row import Roster, RosterRow
from site_builder.problems import Problem, Severity, in_order
from site_builder.registrar.holders import TOO_MANY, Holders, opens_for
from site_builder.registrar.minting import Deriving
from site_builder.registrar.tables import csv_table
from site_builder.registrar.terms import column_of

HEADER = ("link", "name", "email", "credential")
"""The columns of the table, which mail merge fills letters from."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One award and the row of its holder. The link is secret: who has it can say who holds the badge."""

    award_id: str
    line: int
    link: str = field(repr=False)
    name: str = field(repr=False)
    email: str = field(repr=False)
    credential: str


@dataclass(frozen=True, slots=True)
class Claims:
    """The links in the order of the rows, and warnings of what has none, which name nobody."""

    found: tuple[Claim, ...]
    warnings: tuple[Problem, ...]

    def table(self) -> bytes:
        """Return the table for mail merge."""
        return csv_table(HEADER, ((c.link, c.name, c.email, c.credential) for c in self.found))


def claims(catalog: Catalog, paths: Collection[str], roster: Roster, key: Deriving) -> Claims:
    """Return the claim links of the awards in the files at ``paths``.

    An award that was withdrawn gets none. A name that is not the one the award commits to is left out.
    """
    at = Addresses(catalog.settings.site_url)
    holders = Holders(roster, key)
    found: list[Claim] = []
    warnings: list[Problem] = []
    matched: set[str] = set()
    for issued in (item for item in catalog.awards.values() if item.path in paths):
        row = holders.row_of(issued)
        matched.update([row.email] if row is not None else [])
        if issued.is_withdrawn:
            warnings.append(_warning(issued.path, f"award {issued.id} was withdrawn: it gets no link"))
        elif row is None:
            message = f"award {issued.id} belongs to nobody in the list, or was made with another roster key"
            warnings.append(_warning(issued.path, message))
        else:
            found.append(_claim(issued, row, at, key))
            warnings += _name_warnings(issued, row, roster, key)
    for row in roster.rows:
        if row.email not in matched:
            message = f"row {row.line}: no award of these files is for its address"
            warnings.append(_warning(roster.path, message, row.line, column_of(roster, "email")))
    if holders.is_spent:
        warnings.append(_warning(roster.path, TOO_MANY, hint="give fewer award files at once"))
    found.sort(key=lambda claim: (claim.line, claim.award_id))
    return Claims(tuple(found), tuple(in_order(warnings)))


def _claim(issued: IssuedAward, row: RosterRow, at: Addresses, key: Deriving) -> Claim:
    values: dict[Field, str] = {"email": row.email}
    if row.name and opens_for(issued, "name", row.name, key):
        values["name"] = row.name
    openings = [Opening(of, value, key.salt(issued.id, of)) for of, value in values.items()]
    link = claim_link(at.url(award_page(issued.id)), openings)
    return Claim(issued.id, row.line, link, row.name or "", row.email, issued.achievement.spec.name)


def _name_warnings(issued: IssuedAward, row: RosterRow, roster: Roster, key: Deriving) -> Iterator[Problem]:
    if issued.award.commitments.name is None or opens_for(issued, "name", row.name, key):
        return
    what = "is not the one that was awarded" if row.name else "is missing"
    message = f"row {row.line}: the name {what}, so the link to award {issued.id} proves the address alone"
    yield _warning(roster.path, message, row.line, column_of(roster, "name"))


def _warning(
    path: str, message: str, line: int | None = None, column: str = "", *, hint: str = ""
) -> Problem:
    severity = Severity.WARNING
    return Problem(
        path=path, line=line, field=column, code="no-link", message=message, hint=hint, severity=severity
    )
