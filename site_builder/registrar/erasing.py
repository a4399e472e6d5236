"""Erasing: what repository and site hold of an award goes; a mark stays that says nothing of a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.editing.edits import with_items, without
from site_builder.editing.scalars import Value
from site_builder.problems import Problem
from site_builder.publishing.records import Record, Records, read_records, without_records
from site_builder.registrar.desk import (
    BUILD,
    REVIEW,
    Desk,
    Outcome,
    Touched,
    asked,
    award_id_in,
    by_file,
    title,
    wholes_of,
)
from site_builder.text.dates import date_in_words

_NAMED = 10
_HISTORY = (
    "Git history and every clone still hold the entry: its pseudonym and salted hashes say nothing without "
    "the roster key and the claim link, its results and evidence are plain words. Copies of the badge that "
    "others downloaded stay too, and verify as revoked where the status list is asked. Class lists, links "
    "and mail are yours to erase. What more can be done says the registrar's guide: Erasure, honestly."
)


def erase(desk: Desk, texts: Iterable[str], day: date) -> Outcome:
    """Plan to take awards out of their files and their proofs out of ``proofs/``; a mark of each stays.

    Of one that was erased before, the proof goes that an interrupted run or a merge left behind.
    Refused where one is unknown or nothing is left of it, or where a stacked award that is not asked for
    names one among its parts: it could not be published any more. Raises ``CannotEdit``.
    """
    records, unread = read_records(desk.repository.proofs)
    names = [award_id_in(text, desk.places) for text in texts]
    left = {name: records.awards[name] for name in names if _is_left(desk.catalog, records, name)}
    found, problems = desk.find(name for name in names if name not in left)
    problems += _needed(desk.catalog, found, day, desk.now)
    if problems or unread:
        return Outcome(problems=[*problems, *unread])
    _erase_entries(desk, found, day)
    proofs = [records.awards[issued.id] for issued in found if issued.id in records.awards]
    desk.files |= without_records([*proofs, *left.values()], desk.repository.proofs)
    return Outcome(
        touched=[*(_mark(desk, issued) for issued in found), *map(_gone, [*proofs, *left.values()])],
        meaning=[*_meaning(found, day), *_left(desk.catalog, left), *_others(desk.catalog, found), _HISTORY],
        then=[REVIEW, BUILD, *_proofs_elsewhere(found, proofs)],
        awards={**{issued.id: None for issued in found}, **dict.fromkeys(left)},
    )


def _is_left(catalog: Catalog, records: Records, name: str) -> bool:
    return name in catalog.erased and name in records.awards


def _needed(catalog: Catalog, found: Sequence[IssuedAward], day: date, now: date) -> Iterator[Problem]:
    """Yield a problem for each award that a stack needs which is to stay, with the command for both."""
    going = {issued.id for issued in found}
    every = _with_stacks(catalog, found)
    for issued in found:
        staying = [whole for whole in wholes_of(catalog, issued.id) if whole.id not in going]
        if staying:
            names = " and ".join(whole.id for whole in staying)
            message = f"award {issued.id} cannot be erased alone: stacked award {names} is built on it"
            dated = "" if day == now else f" --date {day}"
            hint = f"if all of them are to go: badgepress erase {' '.join(every)}{dated}"
            yield asked("stacked-upon", message, hint)


def _with_stacks(catalog: Catalog, found: Iterable[IssuedAward]) -> list[str]:
    """Return the ids of awards and of all that is built on them, however many stacks up."""
    every: dict[str, None] = {}
    todo = [issued.id for issued in found]
    while todo:
        award_id = todo.pop(0)
        if award_id not in every:
            every[award_id] = None
            todo += [whole.id for whole in wholes_of(catalog, award_id)]
    return list(every)


def _erase_entries(desk: Desk, found: Iterable[IssuedAward], day: date) -> None:
    for path, awards in by_file(found).items():
        desk.keep(path, without(desk.document(path), *(desk.place(path, issued.id) for issued in awards)))
        marks: list[Value] = [
            {"id": issued.id, "status_index": issued.award.status_index, "date": day} for issued in awards
        ]
        desk.keep(path, with_items(desk.document(path), ("erased",), marks))


def _mark(desk: Desk, issued: IssuedAward) -> Touched:
    at = desk.place(issued.path, issued.id, "erased")
    return desk.touched(issued.path, at, f"award {issued.id}: erased, this mark stays")


def _gone(record: Record) -> Touched:
    return Touched(record.path, record.line, f"award {record.subject}: its recorded proof is gone")


def _meaning(found: Iterable[IssuedAward], day: date) -> Iterator[str]:
    for issued in found:
        yield (
            f"Award {title(issued)}: its page and its badge are gone with the next build. At its address "
            f"stays a note that an award was erased on {date_in_words(day)}; it reads as revoked for ever."
        )


def _left(catalog: Catalog, left: Iterable[str]) -> Iterator[str]:
    for name in left:
        day = date_in_words(catalog.erased[name].erased.date)
        yield f"Award {name} was erased on {day}, and its recorded proof was left behind. That is gone now."


def _others(catalog: Catalog, found: Sequence[IssuedAward]) -> Iterator[str]:
    """Name the other awards of the same holders: who asks to be erased may mean all of them."""
    going, learners = {issued.id for issued in found}, {issued.award.learner for issued in found}
    others = [
        issued.id
        for issued in catalog.awards.values()
        if issued.award.learner in learners and issued.id not in going
    ]
    if others:
        whose = "Its holder has" if len(learners) == 1 else "Their holders have"
        count = f"{len(others):,} other award{'' if len(others) == 1 else 's'}"
        yield f"{whose} {count} here, which stay: {', '.join(others[:_NAMED])}" + (
            f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
        )


def _proofs_elsewhere(found: Sequence[IssuedAward], proofs: Sequence[Record]) -> Iterator[str]:
    """Say where a proof may still stand: in a workflow they are kept on a branch of their own."""
    told = {record.subject for record in proofs}
    lacking = [issued.id for issued in found if issued.id not in told]
    if lacking:
        words = "No proof of it is" if len(lacking) == 1 else "No proofs of them are"
        yield (
            f"{words} recorded here. Where proofs are kept on a branch of their own, take the lines out "
            f"there: {', '.join(lacking)}"
        )
