"""What a change means for holders: whose badges come, end, or stay as they are. Counts, never names. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.changes.awards import AwardChange
from site_builder.changes.events import Kind
from site_builder.changes.line import Line, counted, joined, line
from site_builder.changes.meaning import Meaning

_WORDS: tuple[tuple[Kind, str, str], ...] = (
    ("revoked", "is revoked", "are revoked"),
    ("replaced", "is replaced by a corrected one", "are replaced by corrected ones"),
    ("erased", "is erased: a note stays at its address", "are erased: a note stays at each address"),
    ("restored", "is no longer withdrawn", "are no longer withdrawn"),
    ("listed", "may be found in the catalog now", "may be found in the catalog now"),
    ("unlisted", "may no longer be found in the catalog", "may no longer be found in the catalog"),
    ("altered", "says something else than before", "say something else than before"),
    ("lost", "is gone without a mark", "are gone without a mark"),
)
_REFUSED: frozenset[Kind] = frozenset({"restored", "altered", "lost"})
"""What may not happen to a merged award: ``check --base`` and ``build`` say where it stands."""


def for_holders(meant: Meaning) -> Iterator[Line]:
    """Yield the sentences for holders."""
    for change in meant.awards:
        named = line("{} {}", change.name, change.version)
        yield joined((named, joined(_happened(change), ", ")), ": ")
    yield from _stacked(meant)
    yield from _refused(meant)
    yield from _kept(meant)


def _happened(change: AwardChange) -> Iterator[Line]:
    if change.of("awarded"):
        yield line(counted(change.of("awarded"), "new award") + _of_them(change))
    for kind, one, many in _WORDS:
        if change.of(kind):
            yield line(counted(change.of(kind), one, many))


def _of_them(change: AwardChange) -> str:
    told = []
    if change.of("renewing"):
        told.append(
            f"{change.of('renewing'):,} of them {_verb(change.of('renewing'), 'renew')} an earlier one"
        )
    if change.of("correcting"):
        told.append(
            f"{change.of('correcting'):,} of them {_verb(change.of('correcting'), 'correct')} an earlier one"
        )
    return f" ({'; '.join(told)})" if told else ""


def _verb(count: int, word: str) -> str:
    return word + "s" if count == 1 else word


def _stacked(meant: Meaning) -> Iterator[Line]:
    besides = meant.besides
    if besides.incomplete:
        words = counted(besides.incomplete, "stacked badge is", "stacked badges are")
        yield line(f"{words} no longer complete: a part was withdrawn")
    if besides.complete_again:
        words = counted(besides.complete_again, "stacked badge is", "stacked badges are")
        yield line(f"{words} complete again: no part is withdrawn any more")
    for stack in meant.stacks:
        if stack.complete_before != stack.complete_after:
            words = counted(stack.complete_after, "learner has", "learners have")
            template = (
                f"{{}} {{}}: {words} all parts and not the whole; before it was {stack.complete_before:,}"
            )
            yield line(template, stack.name, stack.version)
        if stack.stranded:
            words = counted(stack.stranded, "learner who had", "learners who had")
            yield line(f"{{}} {{}}: {words} begun can no longer complete it", stack.name, stack.version)


def _refused(meant: Meaning) -> Iterator[Line]:
    if any(meant.total(kind) for kind in _REFUSED):
        yield line(
            "what was merged may not be altered, lost or taken back: badgepress check --base says where"
        )


def _kept(meant: Meaning) -> Iterator[Line]:
    newer = {(one.credential, one.previous): one.version for one in meant.credentials if one.previous}
    for credential, version, name, count in meant.kept:
        words = counted(count, "holder")
        if (credential, version) in newer:
            yield line(f"{words} of {{}} {{}} {_verb(count, 'stay')} on that version", name, version)
        else:
            yield line(f"{words} of {{}} {{}} {'is' if count == 1 else 'are'} not affected", name, version)
    if not meant.is_empty and meant.holders_unaffected:
        words = counted(meant.holders_unaffected, "person holds", "people hold")
        yield line(f"{words} badges to which nothing happens; {_touched(meant.holders_affected)}")


def _touched(count: int) -> str:
    if count == 0:
        return "no badge of anybody is touched"
    return counted(count, "has a badge", "have a badge") + " to which something does"
