"""Checks of the holders' wallets: a badge's subject is its learner, and nobody else (OB 3.0, B.1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.catalog.catalog import IssuedAward
from site_builder.problems import Problem
from site_builder.reading.document import Document
from site_builder.text.fault import Fault

IS_ISSUER = Fault(
    "holder-is-issuer",
    "is the DID of this site, which issues the badges",
    "write the DID that the learner's wallet shows, or leave it out",
)
"""What is said of a badge that its issuer would hold."""
OTHERS_HINT = "a wallet belongs to one learner; leave it out where you are not sure whose it is"


def same_did(did: str) -> str:
    """Return what a DID is compared by: the host of a did:web may be in capitals (RFC 3986, 3.2.2)."""
    parts = did.split(":")
    if parts[:2] == ["did", "web"]:
        parts[2:3] = [host.lower() for host in parts[2:3]]
    return ":".join(parts)


def check_holders(placed: Iterable[tuple[IssuedAward, Document, int]], site_did: str) -> Iterator[Problem]:
    """Yield a problem for each wallet that two learners share, and for each award that its issuer would hold.

    ``site_did`` is empty where the site's address is not known. Who was given another's wallet by mistake is
    corrected, so awards that were withdrawn do not count.
    """
    first: dict[str, tuple[IssuedAward, Document, int]] = {}
    for issued, document, index in placed:
        holder = issued.award.holder
        if holder is None or issued.is_withdrawn:
            continue
        where = ("awards", index, "holder")
        if same_did(holder) == same_did(site_did):
            message = f"holder {IS_ISSUER.message}"
            yield document.problem(where, IS_ISSUER.code, message, IS_ISSUER.hint)
        known, its_document, its_index = first.setdefault(same_did(holder), (issued, document, index))
        if known.award.learner != issued.award.learner:
            line = its_document.line_of(("awards", its_index, "holder")) or 1
            message = f"holder is that of another learner's award in {its_document.path}:{line}"
            yield document.problem(where, "duplicate-holder", message, OTHERS_HINT)
