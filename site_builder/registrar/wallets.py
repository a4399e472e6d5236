"""Whose wallet is whose, asked before an award names one.

The check of the repository would tell it too, but perhaps in the older file: it goes by the order of files.
"""

from __future__ import annotations

from collections.abc import Callable

from site_builder.catalog.catalog import Catalog
from site_builder.catalog.holders import IS_ISSUER, OTHERS_HINT, same_did
from site_builder.importers.row import Roster
from site_builder.importers.table import Faults
from site_builder.registrar.terms import column_of
from site_builder.text.addresses import did_web
from site_builder.text.fault import Fault


class Wallets:
    """The learners of the wallets in awards that stand, by DID."""

    def __init__(self, catalog: Catalog) -> None:
        self._site = same_did(did_web(catalog.settings.site_url))
        self._owners: dict[str, tuple[str, str]] = {}
        for item in catalog.awards.values():
            if item.award.holder is not None and not item.is_withdrawn:
                self.add(item.award.holder, item.award.learner, f"award {item.id}")

    def add(self, did: str, learner: str, where: str) -> None:
        """Remember who has a wallet; who had it first keeps it. ``where`` says what gave it to them."""
        self._owners.setdefault(same_did(did), (learner, where))

    def fault(self, did: str, learner: str) -> Fault | None:
        """Return why a learner cannot have this wallet, or None; the DID itself is not repeated."""
        if same_did(did) == self._site:
            return IS_ISSUER
        owner, where = self._owners.get(same_did(did), (learner, ""))
        if owner == learner:
            return None
        return Fault("duplicate-holder", f"is that of another learner, in {where}", OTHERS_HINT)


def check_wallets(catalog: Catalog, roster: Roster, learner_of: Callable[[str], str], faults: Faults) -> None:
    """Note each row with a wallet that is another learner's, in the repository or in the list."""
    wallets = Wallets(catalog)
    for row in roster.rows:
        if row.holder is None:
            continue
        learner = learner_of(row.email)
        fault = wallets.fault(row.holder, learner)
        if fault is not None:
            faults.cell(row.line, column_of(roster, "holder"), fault)
        wallets.add(row.holder, learner, f"row {row.line}")
