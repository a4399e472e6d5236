"""What a change means for verifiers: keys, status lists, and addresses that go. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.changes.issuer import KeyChange, KeyWhat
from site_builder.changes.line import Line, counted, joined, line, listed
from site_builder.changes.meaning import Meaning

_KEYS: dict[KeyWhat, str] = {
    "added": "{} key {{}} is new: did.json lists it",
    "retired": "{} key {{}} is retired: it signs no more, did.json still lists it",
    "compromised": "{} key {{}} is compromised: did.json no longer lists it, and nothing it signed verifies",
    "reinstated": "{} key {{}} is in use again",
    "removed": "{} key {{}} is removed: did.json no longer lists it, and nothing it signed verifies",
}


def for_verifiers(meant: Meaning) -> Iterator[Line]:
    """Yield the sentences for verifiers."""
    if meant.address:
        moves = (
            "the site moves from {} to {}: each award is issued again there; old badges need the old address"
        )
        yield line(moves, *meant.address)
    yield from map(_key, meant.keys)
    yield from _lists(meant)
    if meant.issuer:
        yield joined((line("the issuer's profile says something else:"), _fields(meant.issuer)), " ")
    if meant.settings:
        yield joined((line("the site's settings differ:"), _fields(meant.settings)), " ")
    besides = meant.besides
    if besides.badges_gone:
        words = counted(besides.badges_gone, "hosted badge leaves", "hosted badges leave")
        yield line(f"{words} the site")
    if besides.gone:
        words = counted(len(besides.gone), "address goes", "addresses go")
        paths = listed([path.removesuffix("index.html") for path in besides.gone])
        yield joined((line(f"{words} from the site:"), paths), " ")


def _fields(names: tuple[str, ...]) -> Line:
    return line(", ".join(name.replace("_", " ") for name in names))


def _key(change: KeyChange) -> Line:
    told = line(_KEYS[change.what].format(change.role), change.id)
    if change.signed and change.what in ("compromised", "removed"):
        words = counted(change.signed, "badge that it signed", "badges that it signed")
        verb = "fails" if change.signed == 1 else "fail"
        told = joined((told, line(f"{words} {verb} until signed again")))
    return told


def _lists(meant: Meaning) -> Iterator[Line]:
    lists = meant.lists
    if lists.changed:
        numbers = ", ".join(f"status/{number}.json" for number in lists.changed)
        yield line(f"status lists with other bits: {numbers}; copies are good for seven days at most")
    if lists.after > lists.before:
        yield line(f"{counted(lists.after - lists.before, 'status list is', 'status lists are')} new")
    if lists.after < lists.before:
        yield line(f"{counted(lists.before - lists.after, 'status list goes', 'status lists go')}")
