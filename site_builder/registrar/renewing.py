"""Renewing: what was earned again is a new award, and the old one is left to expire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from site_builder.catalog.catalog import Achievement, IssuedAward
from site_builder.editing.scalars import Value
from site_builder.importers.table import Faults
from site_builder.models.award import MAX_AWARDS
from site_builder.models.credential import KINDS
from site_builder.problems import Problem
from site_builder.registrar.cohorts import award_file, earned
from site_builder.registrar.desk import BUILD, REVIEW, Desk, Outcome, Touched, already_withdrawn, asked, title
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
)
from site_builder.registrar.standing import Held, Holdings, renewal_of
from site_builder.registrar.terms import column_of
from site_builder.registrar.wallets import Wallets
from site_builder.text.dates import date_in_words

_OPTIONS = {"issued_on": "--issued-on", "renews": "--issued-on", "assessed_by": "--assessor"}
"""Which option says what the head of a new file says."""


@dataclass(frozen=True, slots=True)
class _Renewed:
    """An award and what continues it."""

    old: IssuedAward
    newest: Achievement
    holder: Holder
    new: Minted
    parts: tuple[str, ...]


def renew(desk: Desk, texts: Iterable[str], office: Office, day: date, assessor: str | None) -> Outcome:
    """Plan an award of the newest version for the holder of each of these, made on ``day``.

    Results, evidence, wallet and expiry are what the class list says; the old award's are not carried over.
    Refused for who is unknown, withdrawn, erased, renewed already or not in the list, and for a stack whose
    parts its holder no longer has.
    """
    found, problems = desk.find(texts)
    problems += named_in({"--assessor": assessor}, office.roster)
    for issued in found:
        problems += _refusals(desk, issued, office)
    if problems:
        return Outcome(problems=problems)
    planned, problems = _planned(desk, found, office, day)
    if problems:
        return Outcome(problems=problems)
    touched = _write(desk, planned, office, day, assessor)
    return Outcome(
        touched=touched,
        meaning=[line for item in planned for line in _meaning(item, day)],
        then=[REVIEW, BUILD, link_lines(list(dict.fromkeys(place.path for place in touched)))],
        awards={item.old.id: item.new.id for item in planned},
    )


def _refusals(desk: Desk, issued: IssuedAward, office: Office) -> Iterator[Problem]:
    withdrawn = already_withdrawn(issued)
    if withdrawn is not None:
        yield withdrawn
        return
    later = renewal_of(desk.catalog, issued.id)
    if later is not None:
        day = date_in_words(later.file.issued_on)
        message = f"award {issued.id} was renewed by {later.id} on {day}"
        yield asked("already-renewed", message, f"badgepress show {later.id} tells how that one stands")
    credential_id = issued.achievement.spec.id
    if not desk.catalog.versions(credential_id):
        yield asked("not-awardable", f"credential {credential_id} has no version that can be awarded")


def _planned(
    desk: Desk, found: Iterable[IssuedAward], office: Office, day: date
) -> tuple[list[_Renewed], list[Problem]]:
    """Return what continues each award, parts before what stacks from them, and what keeps others from it."""
    in_order = sorted(found, key=lambda item: (KINDS.index(item.achievement.spec.kind), item.id))
    mint, holdings = office.mint(desk), Holdings.of(desk.catalog)
    wallets = Wallets(desk.catalog)
    planned: list[_Renewed] = []
    problems: list[Problem] = []
    for old in in_order:
        holder, faults = holder_of(old, office, alone=len(in_order) == 1)
        newest = desk.catalog.newest(old.achievement.spec.id)
        parts, lacking = holdings.parts(old.award.learner, newest, day)
        if holder is not None:
            faults += _row_faults(office, holder, old.award.learner, wallets)
        faults += [_lacks(old, name, day) for name in lacking]
        problems += faults
        if holder is None or faults:
            continue
        new = holder.minted(old, mint)
        planned.append(_Renewed(old, newest, holder, new, tuple(parts)))
        until = holder.row.expires or newest.until(day)
        holdings.add(new.learner, newest.spec.id, Held(new.id, day, until))
    return planned, problems


def _row_faults(office: Office, holder: Holder, learner: str, wallets: Wallets) -> Iterator[Problem]:
    row, roster = holder.row, office.roster
    fault = wallets.fault(row.holder, learner) if row.holder else None
    if fault is not None:
        faults = Faults(roster.path)
        faults.cell(row.line, column_of(roster, "holder"), fault)
        yield from faults.problems
    elif row.holder:
        wallets.add(row.holder, learner, f"row {row.line}")
    if row.has_score and row.score is None and row.level is None:
        column = column_of(roster, "score")
        message = f"row {row.line} has no result"
        yield Problem(
            path=roster.path, line=row.line, field=column, code="requirements-not-met", message=message
        )


def _lacks(old: IssuedAward, name: str, day: date) -> Problem:
    message = f"the holder of award {old.id} has no {name} on {day}, which it stacks from"
    hint = f"renew their award of {name} first, or in the same command"
    return asked("requirements-not-met", message, hint)


def _write(
    desk: Desk, planned: Iterable[_Renewed], office: Office, day: date, assessor: str | None
) -> list[Touched]:
    """Keep a file for each credential and each who assessed it, of at most 500 awards."""
    cohorts: defaultdict[tuple[tuple[str, str], str], list[_Renewed]] = defaultdict(list)
    for item in planned:
        cohorts[item.newest.key, assessor or item.old.file.assessed_by].append(item)
    touched = []
    for ((credential, version), by_whom), items in cohorts.items():
        head: dict[str, Value] = {
            "credential": credential,
            "version": version,
            "issued_on": day,
            "assessed_by": by_whom,
            "roster_key": office.key.fingerprint,
        }
        for start in range(0, len(items), MAX_AWARDS):
            chunk = sorted(items[start : start + MAX_AWARDS], key=lambda item: item.new.id)
            path = free_path(desk, chunk[0].newest, f"renewed-{day}", day)
            rows = [item.holder.row for item in chunk]
            origins = Origins(options=_OPTIONS, roster=office.roster, rows=rows)
            desk.keep_new(path, award_file(path, head, [_entry(item) for item in chunk]), origins)
            touched += [
                desk.touched(path, ("awards", index), f"award {item.new.id}: new, renews {item.old.id}")
                for index, item in enumerate(chunk)
            ]
    return touched


def _entry(item: _Renewed) -> dict[str, Value]:
    fields = earned(item.holder.row, item.newest)
    # The wallet stays the holder's own, unless the list says otherwise.
    fields["holder"] = fields["holder"] or item.old.award.holder
    return entry(item.new, parts=item.parts, renews=item.old.id, **fields)


def _meaning(item: _Renewed, day: date) -> Iterator[str]:
    until = item.holder.row.expires or item.newest.until(day)
    new = f"The new one is of version {item.newest.spec.version}" + (
        f" and expires on {date_in_words(until)}." if until else " and does not expire."
    )
    yield f"Award {title(item.old)}: {_fate(item.old, day)}, and its page will lead to the new one. {new}"
    yield f"What it says of the result comes from the list: {_result(item)}."
    if item.old.award.listing == "listed":
        yield f"Award {item.new.id} is not listed: ask its holder again before you write listing: listed."
    if item.holder.has_moved:
        yield NEW_ADDRESS


def _result(item: _Renewed) -> str:
    """Return what the list says, so that an old list given by mistake is noticed."""
    row = item.holder.row
    told = [f"score {row.score:g}"] if row.score is not None else []
    told += [f"level {row.level}"] if row.level is not None else []
    return " and ".join(told) or "nothing"


def _fate(old: IssuedAward, day: date) -> str:
    until = old.valid_until
    if until is None:
        return "it stays as it is and does not expire"
    if until <= day:
        return f"it expired on {date_in_words(until)}"
    return f"it stays as it is until it expires on {date_in_words(until)}"
