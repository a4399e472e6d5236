"""What a change means, in plain words: one sentence above, then what each reader should know. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from site_builder.changes.credentials import CredentialChange, What
from site_builder.changes.designers import for_designers
from site_builder.changes.events import Kind
from site_builder.changes.line import Line, counted, joined, line
from site_builder.changes.meaning import Meaning
from site_builder.changes.people import for_holders
from site_builder.changes.verifiers import for_verifiers

_FEW = 3
"""So many are named in the sentence above; of more it says how many there are."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one kind of reader should know."""

    title: str
    lines: tuple[Line, ...]


def headline(meant: Meaning) -> Line:
    """Return the change in one sentence, without its first capital and its full stop."""
    parts = [*_credentials(meant), *_awards(meant), *_others(meant), *_kept(meant)]
    if parts:
        return joined(parts)
    if meant.unread_after or meant.unread_before:
        return line("nothing that could be read on both sides changes")
    return line("nothing changes for holders, designers or verifiers")


def sections(meant: Meaning) -> list[Section]:
    """Return what each reader should know; a reader for whom nothing changes has no section."""
    every = (
        Section("For holders", tuple(for_holders(meant))),
        Section("For designers", tuple(for_designers(meant))),
        Section("For verifiers", tuple(for_verifiers(meant))),
        Section("Not compared", tuple(_not_compared(meant))),
    )
    return [section for section in every if section.lines]


_VERBS: dict[What, str] = {
    "added": "adds",
    "versioned": "versions",
    "published": "publishes",
    "retired": "retires",
    "reopened": "reopens",
    "unpublished": "takes back to a draft",
    "reworded": "rewords",
    "version-removed": "removes a version",
    "removed": "removes",
    "drafted": "drafts",
}


def _credentials(meant: Meaning) -> Iterator[Line]:
    for what, verb in _VERBS.items():
        some = [change for change in meant.credentials if change.what == what]
        if len(some) > _FEW:
            yield line(f"{verb} {counted(len(some), 'credential')}")
        else:
            yield from (_named(verb, change) for change in some)


def _named(verb: str, change: CredentialChange) -> Line:
    if change.what == "versioned" and change.previous:
        return line("versions {} from {} to {}", change.name, change.previous, change.version)
    if change.what == "added":
        return line(f"{verb} {change.kind} {{}} {{}}", change.name, change.version)
    between = ": " if " " in verb else " "
    return line(f"{verb}{between}{{}} {{}}", change.name, change.version)


_AWARDED: tuple[tuple[Kind, str], ...] = (
    ("awarded", ""),
    ("revoked", "revokes"),
    ("replaced", "replaces"),
    ("erased", "erases"),
    ("restored", "takes back the withdrawal of"),
    ("altered", "alters"),
    ("lost", "loses"),
    ("listed", "lists"),
    ("unlisted", "unlists"),
)


def _awards(meant: Meaning) -> Iterator[Line]:
    """Yield what happens to awards; the first of it says what is counted."""
    happened = [(verb, meant.total(kind)) for kind, verb in _AWARDED if meant.total(kind)]
    for place, (verb, count) in enumerate(happened):
        yield line(f"{verb} {count:,}" if place else f"{verb} {counted(count, 'award')}".strip())


def _others(meant: Meaning) -> Iterator[Line]:
    realigned = sum(_is_realigned(change) for change in meant.credentials)
    if realigned:
        yield line(f"re-aligns {counted(realigned, 'credential')}")
    if meant.stacks:
        yield line(f"changes {counted(len(meant.stacks), 'stack')}")
    if meant.frameworks:
        yield line(f"changes {counted(len(meant.frameworks), 'framework')}")
    if meant.keys:
        yield line(f"changes {counted(len(meant.keys), 'key')}")
    if meant.address:
        yield line("moves the site to another address")
    if meant.issuer:
        yield line("changes what is said of the issuer")
    if meant.settings:
        yield line("changes the site's settings")
    texts = meant.besides.texts
    pages = len(texts.added) + len(texts.changed) + len(texts.removed)
    if pages:
        yield line(f"changes {counted(pages, 'file')} of docs/")
    if meant.besides.links:
        yield line(f"breaks {counted(len(meant.besides.links), 'link')}")


def _is_realigned(change: CredentialChange) -> bool:
    return any(one.field.startswith("competency-") for one in change.changes)


def _kept(meant: Meaning) -> Iterator[Line]:
    """Yield whom the change does not concern, of the versions that it touches."""
    for _, version, name, count in _most(meant.kept):
        verb = "is" if count == 1 else "are"
        yield line(f"{counted(count, 'holder')} of {{}} {{}} {verb} not affected", name, version)
    if len(meant.kept) > _FEW:
        yield line(f"nor are holders of {counted(len(meant.kept) - _FEW, 'other version')} named here")


def _most(kept: Iterable[tuple[str, str, str, int]]) -> Sequence[tuple[str, str, str, int]]:
    return sorted(kept, key=lambda one: (-one[3], one))[:_FEW]


def _not_compared(meant: Meaning) -> Iterator[Line]:
    for path in meant.unread_after:
        yield line(
            "{} has mistakes now: what it says is not in this summary; badgepress check tells them", path
        )
    for path in (path for path in meant.unread_before if path not in meant.unread_after):
        yield line(
            "{} could not be read in the earlier revision: what it said then is not in this summary", path
        )
