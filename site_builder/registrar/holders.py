"""Whose row of a class list an award belongs to: by its learner, else by the address that it commits to.

An award that continues or corrects one of an earlier address keeps the learner of that address
(``reissuing``), so only its commitment tells the new one.
"""

from __future__ import annotations

from collections import defaultdict

from site_builder.catalog.catalog import IssuedAward
from site_builder.identity.commitments import opens
from site_builder.identity.values import Field
from site_builder.importers.row import Roster, RosterRow
from site_builder.registrar.minting import Deriving

MOST_COMPARISONS = 2_000_000
"""How many rows are tried in all against awards whose learner is in no row: some ten seconds."""

TOO_MANY = "too many awards have their learner in no row: not all of them were compared with every row"
"""What is said where the comparisons did not last."""


class Holders:
    """Finds the rows of awards' holders in one class list."""

    def __init__(self, roster: Roster, key: Deriving, most: int = MOST_COMPARISONS) -> None:
        self._rows, self._key, self._left = roster.rows, key, most
        self._by_learner: defaultdict[str, list[RosterRow]] = defaultdict(list)
        for row in roster.rows:
            self._by_learner[key.pseudonym(row.email)].append(row)

    @property
    def is_spent(self) -> bool:
        """True where awards were left that could not be compared with every row."""
        return self._left < 0

    def row_of(self, issued: IssuedAward) -> RosterRow | None:
        """Return the row whose address opens the award's commitment; of several that of its credential.

        Where no row has the award's learner, every row is tried, as long as ``MOST_COMPARISONS`` last; a list
        and a few cohorts never come near. After that there is no row for such an award (``is_spent``).
        """
        near = self._opening(issued, self._by_learner.get(issued.award.learner, []))
        if near is None and self._left >= 0:
            self._left -= len(self._rows)
            near = self._opening(issued, self._rows) if self._left >= 0 else None
        return near

    def row_by_learner(self, issued: IssuedAward) -> RosterRow | None:
        """Return the first row with the award's learner, whatever address the award commits to."""
        return next(iter(self._by_learner.get(issued.award.learner, [])), None)

    def _opening(
        self, issued: IssuedAward, rows: list[RosterRow] | tuple[RosterRow, ...]
    ) -> RosterRow | None:
        salt = self._key.salt(issued.id, "email")
        found = [row for row in rows if opens(issued.award.commitments.email, "email", row.email, salt)]
        return min(
            found, key=lambda row: row.credential not in (None, issued.achievement.spec.id), default=None
        )


def opens_for(issued: IssuedAward, of: Field, value: str | None, key: Deriving) -> bool:
    """Return True where the award commits to this value of its holder."""
    commitments = issued.award.commitments
    committed = commitments.name if of == "name" else commitments.email
    return bool(committed and value and opens(committed, of, value, key.salt(issued.id, of)))
