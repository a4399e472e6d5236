"""Replacing: what an award says is wrong, so a new one says it right, and the old one points to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.catalog.awards import CORRECTED
from site_builder.catalog.catalog import IssuedAward
from site_builder.editing.scalars import Value
from site_builder.identity.commitments import opens
from site_builder.identity.values import Field
from site_builder.problems import Problem
from site_builder.registrar.cohorts import award_file
from site_builder.registrar.desk import BUILD, REVIEW, Desk, Outcome, already_withdrawn, title, wholes_of
from site_builder.registrar.minting import Minted, entry
from site_builder.registrar.origins import Origins
from site_builder.registrar.reissuing import (
    NEW_ADDRESS,
    Holder,
    Office,
    free_path,
    holder_of,
    link_lines,
    named_in,
    plain,
    standing,
)
from site_builder.registrar.wallets import Wallets

_OPTIONS = {
    **{name: f"--{name}" for name in ("version", "score", "level", "expires", "holder")},
    **{f"evidence_{name}": f"--evidence-{name}" for name in ("name", "url", "narrative", "genre")},
    "issued_on": "--issued-on",
    "renews": "--issued-on",
    "assessed_by": "--assessor",
}
"""Which option says what a field of the new award says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the new award says otherwise; what is not given stays. ``evidence`` takes the place of all."""

    issued_on: date | None = None
    version: str | None = None
    score: float | None = None
    level: str | None = None
    assessor: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    expires: date | None = None
    holder: str | None = None

    @property
    def texts(self) -> dict[str, str | None]:
        """The words that were given, by option."""
        pieces = {f"--evidence-{name}": text for name, text in self.evidence.items()}
        return {"--assessor": self.assessor, "--holder": self.holder, **pieces}


def replace(desk: Desk, text: str, office: Office, correction: Correction) -> Outcome:
    """Plan the corrected award, in a file of its own, and that the old one points to it.

    The new award has its own id, place in the status lists and salts, and the old one's learner. Refused
    where the old one is unknown, withdrawn or erased, or its holder is not in the list. Raises
    ``CannotEdit``.
    """
    found, problems = desk.find([text])
    problems += filter(None, map(already_withdrawn, found))
    problems += named_in(correction.texts, office.roster)
    if problems or not found:
        return Outcome(problems=problems)
    (old,) = found
    holder, problems = holder_of(old, office, alone=True)
    problems += _wallet_problems(desk, old, correction)
    if holder is None or problems:
        return Outcome(problems=problems)
    new = holder.minted(old, office.mint(desk))
    issued_on = correction.issued_on or old.file.issued_on
    path = free_path(desk, old.achievement, f"{CORRECTED}{desk.now}", issued_on)
    raw = award_file(path, _head(old, correction, office), [_entry(desk, old, new, correction)])
    desk.keep_new(path, raw, Origins(options=_OPTIONS))
    desk.put_fields([old], {"replaced_by": new.id})
    at = desk.place(old.path, old.id)
    return Outcome(
        touched=[
            desk.touched(old.path, (*at, "replaced_by"), f"award {old.id}: replaced by {new.id}"),
            desk.touched(path, ("awards", 0), f"award {new.id}: new"),
        ],
        meaning=list(_meaning(desk, old, new, holder, office, correction)),
        then=[REVIEW, BUILD, link_lines([path])],
        awards={old.id: new.id},
    )


def _wallet_problems(desk: Desk, old: IssuedAward, correction: Correction) -> Iterator[Problem]:
    did = correction.holder
    fault = Wallets(desk.catalog).fault(did, old.award.learner) if did else None
    if fault is not None:
        yield Problem(path="--holder", code=fault.code, message=fault.message, hint=fault.hint)


def _head(old: IssuedAward, correction: Correction, office: Office) -> dict[str, Value]:
    shared = [] if correction.evidence else [plain(piece) for piece in old.file.evidence]
    return {
        "credential": old.file.credential,
        "version": correction.version or old.file.version,
        "issued_on": correction.issued_on or old.file.issued_on,
        "assessed_by": correction.assessor or old.file.assessed_by,
        "roster_key": office.key.fingerprint,
        **({"evidence": shared} if shared else {}),
    }


def _entry(desk: Desk, old: IssuedAward, new: Minted, correction: Correction) -> dict[str, Value]:
    award = old.award
    own: list[Value] = [plain(piece) for piece in award.evidence]
    return entry(
        new,
        holder=correction.holder or award.holder,
        results=_results(old, correction) or None,
        evidence=([dict(correction.evidence)] if correction.evidence else own) or None,
        parts=[standing(desk, part) for part in award.parts] or None,
        renews=award.renews,
        expires=correction.expires or award.expires,
        listing="listed" if award.listing == "listed" else None,
    )


def _results(old: IssuedAward, correction: Correction) -> dict[str, Value]:
    given = {"level": correction.level, "score": correction.score}
    return {
        **plain(old.award.results),
        **{name: value for name, value in given.items() if value is not None},
    }


def _meaning(
    desk: Desk, old: IssuedAward, new: Minted, holder: Holder, office: Office, correction: Correction
) -> Iterator[str]:
    yield (
        f"Award {title(old)}: its page will say that it was corrected and lead to the new one; verifiers "
        "that ask the status list find the old one revoked."
    )
    yield from _what_differs(old, holder, office, correction)
    if holder.has_moved:
        yield NEW_ADDRESS
    if not holder.row.name and old.award.commitments.name:
        yield "The list has no name in that row, so the new award can prove the address only."
    for part in old.award.parts:
        if standing(desk, part) != part:
            yield f"Its part {part} was corrected, so it is built on {standing(desk, part)} now."
    for whole in wholes_of(desk.catalog, old.id):
        if not whole.is_withdrawn:
            yield (
                f"Award {title(whole)} is built on the old one and will no longer verify as complete. After "
                f"this: badgepress replace {whole.id} --roster LIST; it will be built on the new one."
            )


def _what_differs(old: IssuedAward, holder: Holder, office: Office, correction: Correction) -> Iterator[str]:
    values: dict[Field, str | None] = {"name": holder.row.name, "email": holder.row.email}
    committed = {"name": old.award.commitments.name, "email": old.award.commitments.email}
    same = all(
        (value is None) == (committed[of] is None)
        and (not value or opens(committed[of] or "", of, value, office.key.salt(old.id, of)))
        for of, value in values.items()
    )
    if same and correction == Correction():
        yield (
            "Nothing that it says is different: name and address are those of the old award, and no option "
            "changes anything else. If that is not what you meant, delete the new file and take the old one "
            "from git again (git checkout)."
        )
