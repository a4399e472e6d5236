"""The award file: one file under ``issued/<year>/`` per cohort, at most 500 awards (DESIGN 3 and 4).

No name, e-mail address or guessable hash stands in it. After review and merge it is append-only: the only
edits are ``revoked`` and ``replaced_by``, ``listing``, and moving an award to ``erased``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from site_builder.models.credential import Level
from site_builder.models.fields import (
    Address,
    AwardId,
    Commitment,
    Day,
    Did,
    Fingerprint,
    Line,
    Markdown,
    Model,
    Percent,
    Pseudonym,
    Reference,
    Some,
    StatusIndex,
    Version,
    Words,
)

MAX_AWARDS = 500
"""How many awards one file may hold."""
LIST_LENGTH = 131_072
"""How many bits a status list has (Bitstring Status List 1.0, 2.2: at least 131,072)."""


class Evidence(Model):
    """What was shown, for readers of the badge (OB 3.0 Evidence)."""

    name: Line
    """A title."""
    narrative: Markdown | None = None
    """What was done and how it shows the competencies. No names of people."""
    genre: Line | None = None
    """The kind of evidence, such as report, recording, observation."""
    url: Address | None = None
    """Where it can be seen, if it is public."""


class Commitments(Model):
    """Salted hashes of who the holder is. The salts are never in the repository (DESIGN 4)."""

    email: Commitment
    """Of the e-mail address."""
    name: Commitment | None = None
    """Of the name."""


class Results(Model):
    """What was achieved."""

    level: Level | None = None
    """The level achieved, if it is higher than the credential's own."""
    score: Percent | None = None
    """The score in percent."""


class Revocation(Model):
    """That the award no longer stands, since when and why."""

    date: Day
    """The day from which it is revoked."""
    reason: Words
    """Why, in words that may be public."""


class Award(Model):
    """One learner's award."""

    id: AwardId
    """A random UUID. The public address is made from it; it never changes."""
    learner: Pseudonym
    """A keyed hash of the learner's e-mail address. Never published."""
    commitments: Commitments
    """Salted hashes of who the holder is."""
    holder: Did | None = None
    """A DID of the holder's wallet. It becomes the badge's subject, so only that wallet can present it."""
    status_index: StatusIndex
    """Its place in the status lists: one number over all lists, random, used once."""
    results: Results | None = None
    """What was achieved."""
    evidence: Some[Evidence] = ()
    """Evidence for this award alone; the cohort's evidence is added."""
    parts: Some[AwardId] = ()
    """For a stacked credential: the ids of the learner's own awards that it stacks from."""
    renews: AwardId | None = None
    """The learner's earlier award of the same credential, which this one continues."""
    expires: Day | None = None
    """The day from which it is no longer valid, if it differs from the credential's `valid_for`."""
    listing: Literal["unlisted", "listed"] = "unlisted"
    """`listed` only if the holder agreed that the page may be found in the catalog and by search engines."""
    revoked: Revocation | None = None
    """Set when the award is withdrawn."""
    replaced_by: AwardId | None = None
    """The award that corrects this one. The holder should use that one; this one is revoked."""

    @property
    def is_withdrawn(self) -> bool:
        """True where the status list must say so: revoked, or replaced by another award."""
        return self.revoked is not None or self.replaced_by is not None


class Erased(Model):
    """What is kept of an award after its erasure: nothing about a person (DESIGN 4)."""

    id: AwardId
    """The award's id, so that its address never speaks of anybody else."""
    status_index: StatusIndex
    """Its place in the status lists, which stays revoked and is never used again."""
    date: Day
    """The day on which it was erased."""


class AwardFile(Model):
    """The awards of one cohort."""

    credential: Reference
    """The credential's id."""
    version: Version
    """The credential's version, in quotes."""
    issued_on: Day
    """The day on which these awards were made. Not after today."""
    assessed_by: Line
    """Who assessed, as a role (such as "Examination board, School of Computing"), never a person's name."""
    roster_key: Fingerprint | None = None
    """Which roster key made the learners and commitments, so that another one is noticed."""
    evidence: Some[Evidence] = ()
    """Evidence that all awards of this file share."""
    awards: Annotated[Some[Award], Field(max_length=MAX_AWARDS)] = ()
    """One entry per learner, at most 500."""
    erased: Some[Erased] = ()
    """Awards that were erased; `badgepress erase` moves them here."""
