"""No badge on the published site is lost or altered by a new build (DESIGN 3).

A published badge stands in somebody's wallet. So each must come out of the build byte for byte, or be erased
in the repository, or be signed again because its key is compromised. Before anything is signed the published
proof is put on the document as it is derived now, and the bytes are compared: no proof is computed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.assembling.addresses import Addresses, award_json, award_page
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.catalog.links import stacked_on
from site_builder.exports.interface import Badge
from site_builder.keys import is_published_key
from site_builder.problems import Problem
from site_builder.proof.eddsa import attach, proof_options
from site_builder.proof.strict_json import dump
from site_builder.publishing.alterations import Alterations, Places
from site_builder.publishing.kept_status import index_of, status_problems
from site_builder.publishing.published import Published, PublishedSite
from site_builder.publishing.records import Records, record_path
from site_builder.reading.repository import ISSUER, SETTINGS, Repository


@dataclass(frozen=True, slots=True)
class _Fact:
    """What is remembered of a published badge: who signed it, the proof, and the hash of its bytes."""

    public_key: str
    proof_value: str
    digest: bytes


@dataclass
class Kept:
    """What a comparison found, and what the new badges must be equal to."""

    problems: list[Problem] = field(default_factory=list)
    _facts: Mapping[str, _Fact] = field(default_factory=dict)
    _way_out: str = ""

    def other_bytes(self, badges: Iterable[Badge]) -> list[Problem]:
        """Return a problem for each new badge that is not the published one: another key signed it."""
        fault = "another key than that of the published badge would sign it"
        return [
            _unproved(badge.issued, fault, self._way_out)
            for badge in badges
            if badge.issued.id in self._facts
            and hashlib.sha256(badge.data).digest() != self._facts[badge.issued.id].digest
        ]


def kept(
    site: PublishedSite, repository: Repository, catalog: Catalog, at: Addresses, records: Records, now: date
) -> Kept:
    """Return a problem for each published badge that this build would lose or alter; nothing is signed yet.

    ``now`` is the build's day, which may not be before the day of the published status lists.
    """
    comparison = _Comparison(site, repository, catalog, at)
    for badge in site.badges():
        comparison.look_at(badge)
    if comparison.elsewhere:
        return Kept([comparison.moved()])
    again = _signed_again(comparison)
    problems = [
        *comparison.problems,
        *comparison.alterations.problems(),
        *status_problems(site, catalog, now, comparison.indexes, comparison.missing_indexes),
        *_Ledger(comparison, records).problems(again),
    ]
    facts = {name: fact for name, fact in comparison.facts.items() if name not in again}
    return Kept(problems, facts, site.way_out)


class _Comparison:
    """One pass over the published badges."""

    def __init__(self, site: PublishedSite, repository: Repository, catalog: Catalog, at: Addresses) -> None:
        self.site, self.catalog, self.at = site, catalog, at
        self.places = Places(repository)
        self.alterations = Alterations(site, catalog, self.places)
        self.problems: list[Problem] = []
        self.facts: dict[str, _Fact] = {}
        self.elsewhere: list[str] = []
        self.indexes: set[int] = _indexes_of_erased(site, catalog)
        self.missing_indexes: set[int] = set()

    def look_at(self, badge: Published) -> None:
        """Compare one published badge with what the repository says of it now."""
        base = _base_of(badge)
        if base is not None and base != self.at.base:
            self.elsewhere.append(_issuer_of(badge) or base)
            return
        issued, erased = self.catalog.awards.get(badge.award_id), self.catalog.erased.get(badge.award_id)
        index = index_of(badge.document, self.at)
        self.indexes |= set() if index is None else {index}
        if erased is not None:
            self._check_erased(badge.award_id, erased.path, erased.erased.status_index, index)
        elif issued is None:
            self.missing_indexes |= set() if index is None else {index}
            self.problems.append(self._gone(badge))
        elif not badge.proof:
            self.problems.append(self._unreadable(badge, issued))
        else:
            self._compare(badge, issued)

    def _compare(self, badge: Published, issued: IssuedAward) -> None:
        value = str(badge.proof.get("proofValue", ""))
        self.alterations.see(issued.achievement)
        self.facts[badge.award_id] = _Fact(badge.public_key, value, hashlib.sha256(badge.data).digest())
        unsigned = unsigned_credential(issued, self.catalog, self.at, self._pinned(badge, issued))
        method = str(badge.proof.get("verificationMethod", ""))
        now = attach(unsigned, proof_options(verification_method=method, created=created(issued)), value)
        if dump(now) != badge.data:
            self.alterations.add(issued, badge, now)

    def _pinned(self, badge: Published, issued: IssuedAward) -> Mapping[str, str]:
        """Return the digests of an award's parts as the published badge pins them."""
        related = badge.document.get("relatedResource")
        entries = related if isinstance(related, list) else []
        stated = {
            entry.get("id"): entry.get("digestMultibase") for entry in entries if isinstance(entry, dict)
        }
        return {part: str(stated.get(self.at.url(award_json(part)))) for part in issued.award.parts}

    def _check_erased(self, award_id: str, path: str, index: int, published: int | None) -> None:
        if published not in (None, index):
            message = (
                f"award {award_id} was published with status_index {published}, and is erased as {index}"
            )
            hint = "write the index that it had: copies of the badge must read as revoked"
            self.problems.append(Problem(path=path, code="issued-changed", message=message, hint=hint))

    def _gone(self, badge: Published) -> Problem:
        award_id, when = badge.award_id, f", awarded on {badge.awarded}," if badge.awarded else ""
        message = f"award {award_id}{when} is published in {self.site.folder}, and is in no award file"
        hint = (
            "bring it back, with git pull where this checkout is older than the site; badgepress revoke "
            f"{award_id} withdraws it, badgepress erase {award_id} if its holder asks for that; "
            f"{self.site.way_out}"
        )
        return Problem(path=f"issued/{award_id}", code="issued-deleted", message=message, hint=hint)

    def _unreadable(self, badge: Published, issued: IssuedAward) -> Problem:
        message = f"what is published in {self.site.folder} for award {badge.award_id} cannot be read"
        hint = f"take that folder from where it is published again; {self.site.way_out}"
        return self.places.of_award(issued, "published-unreadable", message, hint)

    def moved(self) -> Problem:
        """Return the one problem of a site that was published at another address."""
        count, old = len(self.elsewhere), self.elsewhere[0]
        badges = "1 published badge was" if count == 1 else f"{count} published badges were"
        message = f"{badges} made for {old}, and this site is {self.at.did}"
        hint = (
            "put site_url back; badgepress move moves a site, and keeps what its old address must serve: "
            f"after that delete {self.site.folder} and build again; {self.site.way_out}"
        )
        return self.places.of(SETTINGS, ("site_url",), "address-changed", message, hint)


def _indexes_of_erased(site: PublishedSite, catalog: Catalog) -> set[int]:
    """Return the indexes of the erased awards whose note is published: copies of them read as revoked."""
    noted = (item for award_id, item in catalog.erased.items() if site.file(award_page(award_id)))
    return {item.erased.status_index for item in noted}


def _base_of(badge: Published) -> str | None:
    """Return the address of the site that a badge was made for, or ``None`` where it does not say."""
    end = award_json(badge.award_id)
    address = badge.document.get("id")
    return address.removesuffix(end) if isinstance(address, str) and address.endswith(end) else None


def _issuer_of(badge: Published) -> str:
    issuer = badge.document.get("issuer")
    return str(issuer.get("id", "")) if isinstance(issuer, dict) else ""


def _signed_again(comparison: _Comparison) -> set[str]:
    """Return the awards whose key is compromised, and those that pin the bytes of one of them."""
    keys = {key.public_key for key in comparison.catalog.issuer.keys if key.state == "compromised"}
    lost = {award_id for award_id, fact in comparison.facts.items() if fact.public_key in keys}
    return lost | resting_on(lost, comparison.catalog)


def resting_on(parts: Collection[str], catalog: Catalog) -> set[str]:
    """Return the awards that stack on one of ``parts``, at whatever depth."""
    return stacked_on(parts, {issued.id: issued.award.parts for issued in catalog.awards.values()})


class _Ledger:
    """Tells whether each published proof is recorded, or can be made again."""

    def __init__(self, comparison: _Comparison, records: Records) -> None:
        self._comparison, self._records = comparison, records
        self._keys = {key.public_key: key for key in comparison.catalog.issuer.keys}

    def problems(self, again: Collection[str]) -> Iterator[Problem]:
        """Yield a problem for each published proof that is not recorded, or whose key is not listed.

        ``again`` holds the awards that must be signed again, and whose proofs may go.
        """
        unlisted: dict[str, int] = {}
        for award_id, fact in self._comparison.facts.items():
            if award_id in again:
                continue
            if fact.public_key not in self._keys:
                unlisted[fact.public_key] = unlisted.get(fact.public_key, 0) + 1
                continue
            fault = self._fault(award_id, fact)
            if fault:
                yield _unproved(
                    self._comparison.catalog.awards[award_id], fault, self._comparison.site.way_out
                )
        for key, count in unlisted.items():
            message = f"{count} published badges were signed by key {key}, which is not listed any more"
            hint = "put it back with state: retired, or compromised if its private half got out"
            yield self._comparison.places.of(ISSUER, ("keys",), "key-changed", message, hint)

    def _fault(self, award_id: str, fact: _Fact) -> str:
        """Return why the published proof would not come out of this build again; empty where it would."""
        record = self._records.awards.get(award_id)
        if record is not None:
            same = (record.key.partition("#")[2], record.proof_value) == (fact.public_key, fact.proof_value)
            return "" if same else "its recorded proof is another one"
        key = self._keys[fact.public_key]
        others = bool(self._records.awards or self._records.lists)
        if others and not is_published_key(fact.public_key):
            return "its proof is not recorded any more, while others are"
        return "" if key.state == "active" else f"no proof is recorded, and key {key.id} is {key.state}"


def _unproved(issued: IssuedAward, fault: str, otherwise: str) -> Problem:
    message = f"award {issued.id} is published, but {fault}"
    hint = (
        "take the line from git history again, or the branch that keeps the proofs; "
        f"the published badge holds its proof too; {otherwise}"
    )
    return Problem(path=record_path(issued.path), code="ledger-mismatch", message=message, hint=hint)
