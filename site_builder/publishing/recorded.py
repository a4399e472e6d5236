"""What is wrong with recorded proofs: each must still fit the award it was made for (DESIGN 3). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.words import Json
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.models.issuer import Issuer, IssuerKey
from site_builder.problems import Problem, Severity
from site_builder.proof.eddsa import proof_holds
from site_builder.proof.errors import ProofFormatError
from site_builder.proof.multibase import public_key_bytes
from site_builder.publishing.records import Record, Records
from site_builder.reading.repository import ISSUER
from site_builder.survey import Survey

Keys = Mapping[str, IssuerKey]


def keys_by_id(issuer: Issuer, at: Addresses, role: str) -> Keys:
    """Return the issuer's keys of one role by the id that proofs name them by, compromised ones too."""
    return {at.key_id(key.public_key): key for key in issuer.keys if key.role == role}


def fits(document: Json, record: Record, keys: Keys, when: str) -> bool:
    """Return True where the recorded proof covers ``document`` and was made by a key that still vouches."""
    key = keys.get(record.key)
    if key is None or key.state == "compromised" or record.created != when:
        return False
    try:
        return proof_holds(document, public_key_bytes(key.public_key))
    except ProofFormatError:
        return False  # a proof value that cannot be read fits nothing


def misfit(issued: IssuedAward, record: Record, issuer: Issuer, at: Addresses) -> Problem:
    """Say why a recorded proof cannot be published any more, and what to do."""
    place = f"{record.path}:{record.line}"
    key = next((key for key in issuer.keys if at.key_id(key.public_key) == record.key), None)
    if key is not None and key.state == "compromised":
        message = f"award {issued.id} was signed by key {key.id}, which is compromised since {key.ended}"
        hint = f"badgepress compromised {key.id} takes out {place} and all like it; the next build signs anew"
        return Problem(path=issued.path, code="key-compromised", message=message, hint=hint)
    if key is None or key.role != "issue":
        what = f"whose role is {key.role}" if key else f"which {ISSUER} does not list"
        message = f"award {issued.id} was signed by key {key.id if key else record.key}, {what}: {place}"
        hint = (
            f"a key that signed a badge stays in {ISSUER} for ever, with its role; take both from git history"
        )
        return Problem(path=issued.path, code="issued-changed", message=message, hint=hint)
    message = f"award {issued.id} no longer fits its recorded proof in {place}"
    spec = issued.achievement.spec
    hint = (
        f"the award, {spec.id} {spec.version}, its framework or the issuer was changed after it was signed: "
        f"undo that; for a new text of the credential start one with badgepress new version {spec.id}"
    )
    return Problem(path=issued.path, code="issued-changed", message=message, hint=hint)


def moved(at: Addresses, records: Records) -> list[Problem]:
    """Return a problem where badges were published for another address, once for all of them."""
    return _moved_keys(at, [(record.key, 1) for record in records.awards.values()])


def recorded_problems(survey: Survey, at: Addresses) -> list[Problem]:
    """Return what ``moved`` and ``orphans`` find, from a survey."""
    return [*_moved_keys(at, survey.recorded.keys), *map(_orphan, survey.recorded.orphaned)]


def left_behind_in(survey: Survey) -> list[Problem]:
    """Return what ``left_behind`` finds, from a survey."""
    return [_left(record) for record in survey.recorded.of_erased]


def _moved_keys(at: Addresses, keys: Iterable[tuple[str, int]]) -> list[Problem]:
    """``keys`` are those of badges, in the order of the records, and how many badges each signed."""
    elsewhere = [(key, count) for key, count in keys if not key.startswith(at.did + "#")]
    if not elsewhere:
        return []
    return [_moved(at, elsewhere[0][0], f"{sum(count for _, count in elsewhere)} published badges")]


def moved_lists(at: Addresses, records: Records) -> Problem | None:
    """Return a problem where status lists were published for another address: their proofs would be lost."""
    elsewhere = [record for record in records.lists.values() if not record.key.startswith(at.did + "#")]
    return _moved(at, elsewhere[0].key, "the published status lists") if elsewhere else None


def _moved(at: Addresses, key: str, what: str) -> Problem:
    message = f"{what} were made for {key.split('#')[0]}, and this site is {at.did}"
    hint = "put site_url back; badgepress move moves a site, and puts the proofs of the old address aside"
    return Problem(path="mkdocs.yml", code="address-changed", message=message, hint=hint)


def orphans(catalog: Catalog, records: Records) -> list[Problem]:
    """Return a problem for each proof whose award is gone: published badges are never lost silently."""
    return [
        _orphan(record)
        for record in records.awards.values()
        if record.subject not in catalog.awards and record.subject not in catalog.erased
    ]


def _orphan(record: Record) -> Problem:
    message = f"award {record.subject} was signed and published, but is in no award file"
    hint = (
        f"bring the award back; badgepress revoke {record.subject} withdraws it, badgepress erase "
        f"{record.subject} if its holder asks for that"
    )
    return Problem(path=record.path, line=record.line, code="issued-deleted", message=message, hint=hint)


def left_behind(catalog: Catalog, records: Records) -> list[Problem]:
    """Return a warning for each proof of an erased award: it should have gone with the entry.

    No error, for the build that takes the erased page off the site must not wait for it.
    """
    return [
        _left(record)
        for record in records.awards.values()
        if record.subject in catalog.erased and record.subject not in catalog.awards
    ]


def _left(record: Record) -> Problem:
    return Problem(
        path=record.path,
        line=record.line,
        code="erased-proof",
        message=f"award {record.subject} was erased, and its recorded proof still stands here",
        hint=f"badgepress erase {record.subject} takes it out",
        severity=Severity.WARNING,
    )
