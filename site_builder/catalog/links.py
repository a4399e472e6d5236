"""Where one award points to another: the award that replaces it, and the parts it stacks from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.catalog.catalog import IssuedAward
from site_builder.problems import Problem, shown
from site_builder.reading.document import Document


@dataclass(frozen=True, slots=True)
class KnownAwards:
    """The awards that could be read, and the ids of those that stand in files with errors.

    ``all_read`` is False where the text of a file could not even be parsed: then any id may stand in it.
    ``credentials`` holds the ids that a part may be an award of, ``now`` the UTC day of the build.
    """

    awards: Mapping[str, IssuedAward]
    erased: frozenset[str]
    credentials: frozenset[str]
    now: date
    in_doubt: frozenset[str]
    all_read: bool

    def may_exist(self, award_id: str) -> bool:
        """Return True where an award that was not found may stand in a file with errors."""
        return not self.all_read or award_id in self.in_doubt


def stacked_on(awards: Iterable[str], parts: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the awards that stack from one of ``awards``, or from what stacks from it, and so on.

    ``parts`` has the ids of each award's parts, by its own id.
    """
    wholes: defaultdict[str, list[str]] = defaultdict(list)
    for whole, of in parts.items():
        for part in of:
            wholes[part].append(whole)
    found: set[str] = set()
    waiting = list(awards)
    while waiting:
        new = set(wholes[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


def award_ids(document: Document) -> Iterator[str]:
    """Yield the award ids as they are written in a file, whether or not it has errors elsewhere."""
    awards = document.data.get("awards") if isinstance(document.data, dict) else None
    for award in awards if isinstance(awards, list) else []:
        if isinstance(award, dict) and isinstance(award.get("id"), str):
            yield award["id"]


def all_read(problems: Iterable[Problem], read: Container[str]) -> bool:
    """Return False where an award file could not be parsed: ``read`` holds the paths of those that could."""
    return not any(p.is_error and p.path not in read and p.path.startswith("issued/") for p in problems)


def check_links(issued: IssuedAward, document: Document, index: int, known: KnownAwards) -> Iterator[Problem]:
    """Yield what is wrong with an award's links to other awards: its replacement and its parts."""
    yield from _check_replacement(issued, document, ("awards", index, "replaced_by"), known)
    yield from _check_renewal(issued, document, ("awards", index, "renews"), known)
    yield from _check_parts(issued, document, index, known)


def _check_replacement(
    issued: IssuedAward, document: Document, where: tuple[str | int, ...], known: KnownAwards
) -> Iterator[Problem]:
    target = issued.award.replaced_by
    if target is None:
        return
    other = known.awards.get(target)
    if other is None:
        if not known.may_exist(target) and target not in known.erased:
            message = f"replaced_by {shown(target)}: there is no such award"
            yield document.problem(where, "unknown-reference", message, "write the id of the new award")
    elif target == issued.id:
        message = "replaced_by names the award itself"
        yield document.problem(where, "bad-replacement", message, "write the id of the new award")
    elif other.award.learner != issued.award.learner:
        message = f"replaced_by {shown(target)}: that award belongs to another learner"
        yield document.problem(where, "bad-replacement", message)
    elif _leads_back(issued, known.awards):
        message = f"replaced_by {shown(target)}: that award is itself replaced by this one"
        hint = "an old award names the new one, never the other way round"
        yield document.problem(where, "bad-replacement", message, hint)


def _check_renewal(
    issued: IssuedAward, document: Document, where: tuple[str | int, ...], known: KnownAwards
) -> Iterator[Problem]:
    target = issued.award.renews
    if target is None or target in known.erased:
        return
    other = known.awards.get(target)
    if other is None:
        if not known.may_exist(target):
            message = f"renews {shown(target)}: there is no such award"
            yield document.problem(where, "unknown-reference", message, "write the id of the earlier award")
    elif other.award.learner != issued.award.learner:
        message = f"renews {shown(target)}: that award belongs to another learner"
        yield document.problem(where, "bad-replacement", message)
    elif other.achievement.spec.id != issued.achievement.spec.id:
        message = f"renews {shown(target)}: that is an award of {other.achievement.spec.id}"
        yield document.problem(
            where, "bad-replacement", message, "an award renews one of the same credential"
        )
    elif other.file.issued_on >= issued.file.issued_on:
        message = f"renews {shown(target)}: that award was not made before this one"
        yield document.problem(where, "bad-replacement", message, "the later award renews the earlier one")


def _leads_back(issued: IssuedAward, awards: Mapping[str, IssuedAward]) -> bool:
    """Return True where following the replacements from ``issued`` comes back to it."""
    seen: set[str] = set()
    current: IssuedAward | None = issued
    while current is not None and current.id not in seen:
        seen.add(current.id)
        current = awards.get(current.award.replaced_by or "")
    return current is not None and current.id == issued.id


def _check_parts(
    issued: IssuedAward, document: Document, index: int, known: KnownAwards
) -> Iterator[Problem]:
    """Check that each part is the learner's own earlier award, and that no required part is missing."""
    required = dict.fromkeys(issued.achievement.part_ids)
    if not required.keys() <= known.credentials - {issued.achievement.spec.id}:
        return  # the stack rule itself names something wrong, which is told at the credential
    lacking = list(required)
    unclear = 0  # parts that may have been meant for one that is lacking
    for number, part in enumerate(issued.award.parts):
        other = known.awards.get(part)
        name = other.achievement.spec.id if other else None
        unclear += name not in required
        if name in lacking:
            lacking.remove(name)
        fault = None if other is None and known.may_exist(part) else _part_fault(issued, other, known.now)
        if fault:
            code, words = fault
            yield document.problem(("awards", index, "parts", number), code, f"part {shown(part)} {words}")
    if len(lacking) > unclear:
        where = ("awards", index, "parts") if issued.award.parts else ("awards", index)
        for name in lacking:
            message = f"the learner lacks part {shown(name)}, which {issued.achievement.spec.id} stacks from"
            hint = "list the id of the learner's own award of it under parts"
            yield document.problem(where, "requirements-not-met", message, hint)


def _part_fault(issued: IssuedAward, other: IssuedAward | None, now: date) -> tuple[str, str] | None:
    """Return code and words for what is wrong with one part, or ``None``."""
    if other is None:
        return "unknown-reference", "is not an award of this repository"
    if other.achievement.spec.id not in issued.achievement.part_ids:
        return "bad-part", f"is an award of {other.achievement.spec.id}, which is not required here"
    if other.award.learner != issued.award.learner:
        return "requirements-not-met", "belongs to another learner"
    earned, used = other.file.issued_on, issued.file.issued_on
    if max(earned, used) > now:
        return None  # a date in the future is told where it stands
    if earned > used:
        return "bad-date", f"was issued on {earned}, after this award"
    until = other.valid_until
    if until and earned < until <= used:
        return "requirements-not-met", f"had expired on {until}"
    return None
