"""Awards of two states: none is altered, re-dated, lost or given another id; a withdrawal stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from site_builder.catalog.history_state import Placed, PlacedErasure, Reviewed, difference
from site_builder.models.award import Award, AwardFile
from site_builder.problems import Problem
from site_builder.reading.locations import dotted
from site_builder.text.personal import find_personal

# The edits that the life of an award needs, each with a command of its own; who may find it is not signed.
# Every other field, also one that is added to the model later, stays as it was reviewed.
_OF_AWARD = [
    field for field in Award.model_fields if field not in ("id", "listing", "revoked", "replaced_by")
]
_OF_FILE = [field for field in AwardFile.model_fields if field not in ("awards", "erased")]

Group = tuple[str, str, str]


def award_problems(old: Reviewed, new: Reviewed) -> Iterator[Problem]:
    """Yield a problem for each award of ``old`` that ``new`` altered, lost, or no longer withdraws."""
    cohorts: defaultdict[Group, list[tuple[Placed, Placed]]] = defaultdict(list)
    twins = _Twins(old, new)
    for award_id, before in old.awards.items():
        after = new.awards.get(award_id)
        if after is not None:
            yield from _altered(before, after)
            yield from _withdrawal(before, after)
            for field in _OF_FILE:
                if _differs_in_file(field, before, after):
                    words = difference(getattr(before.file, field), getattr(after.file, field))[1]
                    cohorts[after.document.path, field, words].append((before, after))
        elif award_id in new.erased:
            yield from _wrong_index(before.award.status_index, new.erased[award_id])
        elif not new.may_hold(award_id):
            yield from twins.gone(before)
    for (_, field, _), pairs in cohorts.items():
        yield _of_cohort(field, pairs)
    yield from _erasures(old, new)


def _altered(before: Placed, after: Placed) -> Iterator[Problem]:
    """Yield a problem for each field of the award itself that was changed."""
    for field in _OF_AWARD:
        was, is_now = getattr(before.award, field), getattr(after.award, field)
        if was == is_now or (field == "evidence" and _evidence(before) == _evidence(after)):
            continue
        place, words = difference(was, is_now)
        name = dotted((field, *place))
        message = f"award {after.award.id} was changed after its review: {name} {words}"
        yield after.document.problem((*after.at, field, *place), "issued-changed", message, _cure(after))


def _evidence(placed: Placed) -> tuple[object, ...]:
    """Return all evidence of an award in the order in which it is signed."""
    return (*placed.award.evidence, *placed.file.evidence)


def _differs_in_file(field: str, before: Placed, after: Placed) -> bool:
    if field == "evidence":
        own = before.award.evidence == after.award.evidence  # else it is told at the award
        return own and before.file.evidence != after.file.evidence
    return bool(getattr(before.file, field) != getattr(after.file, field))


def _of_cohort(field: str, pairs: list[tuple[Placed, Placed]]) -> Problem:
    """Return one problem for all awards of a file whose cohort was changed alike."""
    before, after = pairs[0]
    place, words = difference(getattr(before.file, field), getattr(after.file, field))
    more = f" and {len(pairs) - 1} more awards" if len(pairs) > 2 else " and 1 more award"
    who = f"award {after.award.id}" + (more if len(pairs) > 1 else "")
    name = dotted((field, *place))
    verb = "were" if len(pairs) > 1 else "was"
    message = f"{who} {verb} changed after review: {name} {words}"
    return after.document.problem((field, *place), "issued-changed", message, _cure(after))


def _cure(placed: Placed) -> str:
    award_id = placed.award.id
    return (
        f"put it back; badgepress replace {award_id} makes a corrected award, "
        f"badgepress revoke {award_id} withdraws it"
    )


def _withdrawal(before: Placed, after: Placed) -> Iterator[Problem]:
    """Yield a problem where a revocation or a correction was taken back, or now says something else."""
    award_id, at, document = after.award.id, after.at, after.document
    was, is_now = before.award.revoked, after.award.revoked
    if was and not is_now:
        message = f"award {award_id} was revoked on {was.date}, and its revoked: is gone"
        hint = "a revocation is final: put it back, and make a new award if the holder earned one"
        yield document.problem(at, "status-cleared", message, hint)
    elif was and is_now and was.date != is_now.date:
        message = f"award {award_id} was revoked on {was.date}, which is now {is_now.date}"
        yield document.problem((*at, "revoked", "date"), "issued-changed", message, "put the date back")
    elif was and is_now and was.reason != is_now.reason and not reason_may_change(was.reason):
        words = difference(was.reason, is_now.reason)[1]
        message = f"award {award_id} was revoked for a reason that {words}"
        hint = (
            "put it back: what was said in public stays; where it says something of a person, badgepress "
            f"erase {award_id} takes out the entry with the reason, and copies still read as revoked"
        )
        yield document.problem((*at, "revoked", "reason"), "issued-changed", message, hint)
    target, target_now = before.award.replaced_by, after.award.replaced_by
    if target and not target_now:
        message = f"award {award_id} was replaced by {target}, and its replaced_by: is gone"
        hint = "put it back; a correction can be corrected again with badgepress replace " + target
        yield document.problem(at, "status-cleared", message, hint)
    elif target and target != target_now:
        message = f"award {award_id} was replaced by {target}, and replaced_by now names {target_now}"
        hint = "put it back; a correction can be corrected again with badgepress replace " + target
        yield document.problem((*at, "replaced_by"), "issued-changed", message, hint)


def reason_may_change(reason: str) -> bool:
    """Return True for a reason that may not stay: the check for personal data refuses it."""
    return bool(find_personal(reason))


def _wrong_index(index: int, placed: PlacedErasure) -> Iterator[Problem]:
    if placed.erased.status_index != index:
        message = (
            f"award {placed.erased.id} had status_index {index}, and what is left of it after its erasure "
            f"has {placed.erased.status_index}"
        )
        hint = "write the index that it had: copies of the badge must read as revoked"
        yield placed.document.problem((*placed.at, "status_index"), "issued-changed", message, hint)


def _erasures(old: Reviewed, new: Reviewed) -> Iterator[Problem]:
    """Yield a problem for each erased award that came back, or whose remains are gone or changed."""
    for award_id, before in old.erased.items():
        after, back = new.erased.get(award_id), new.awards.get(award_id)
        was = before.erased
        if back is not None:
            message = f"award {award_id} was erased on {was.date}, and is awarded again"
            hint = "an erased award does not come back: make a new one with badgepress award"
            yield back.document.problem((*back.at, "id"), "issued-changed", message, hint)
        elif after is not None:
            yield from _wrong_index(was.status_index, after)
            if after.erased.date != was.date:
                message = f"award {award_id} was erased on {was.date}, which is now {after.erased.date}"
                where = (*after.at, "date")
                yield after.document.problem(where, "issued-changed", message, "put the date back")
        elif not new.may_hold(award_id):
            path = before.document.path
            message = f"what was left of award {award_id} after its erasure on {was.date} is gone"
            hint = f"put it back under erased: in {path}; its id and status_index are never used again"
            yield _lost(path, message, hint)


class _Twins:
    """Finds an award again that stands under another id: the holder's hash, or learner and status index."""

    def __init__(self, old: Reviewed, new: Reviewed) -> None:
        self._by_mark: dict[object, Placed] = {}
        for award_id, placed in new.awards.items():
            if award_id not in old.awards:
                for mark in _marks(placed.award):
                    self._by_mark.setdefault(mark, placed)

    def gone(self, before: Placed) -> Iterator[Problem]:
        """Yield the problem of an award that is gone."""
        award_id, path = before.award.id, before.document.path
        found = (self._by_mark[mark] for mark in _marks(before.award) if mark in self._by_mark)
        twin = next(found, None)
        if twin is not None:
            message = f"award {award_id} was given another id, {twin.award.id}"
            hint = "put its id back: the address that its holder was given is made from it"
            yield twin.document.problem((*twin.at, "id"), "issued-deleted", message, hint)
            return
        message = f"award {award_id} of {before.file.credential}, made on {before.file.issued_on}, is gone"
        hint = (
            f"bring it back (if this branch is older than the revision: merge that in); badgepress revoke "
            f"{award_id} withdraws it, badgepress erase {award_id} if its holder asks for that"
        )
        yield _lost(path, message, hint)


def _marks(award: Award) -> tuple[object, ...]:
    return award.commitments.email, (award.learner, award.status_index)


def _lost(path: str, message: str, hint: str) -> Problem:
    """Return the problem of something that is gone, at the file that held it; it stands in no line."""
    return Problem(path=path, code="issued-deleted", message=message, hint=hint)
