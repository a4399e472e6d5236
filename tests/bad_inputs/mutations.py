"""Changes of the valid repository, told by the corpus in terms of roles."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from site_builder.models.shape import Location
from tests.bad_inputs import adapter, base
from tests.bad_inputs.adapter import Unmapped, place_of
from tests.bad_inputs.populations import publish_stats
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.stacks import add_chain, add_part, add_part_twice, add_parts, award, award_stack
from tests.bad_inputs.yaml_text import Raw

Op = dict[str, Any]
Change = Callable[[Repo, Op], str | None]

_COMPUTED = re.compile(
    r"(?P<what>now|today|[a-z]\w*\.[\w.\[\]]+)(?: (?P<sign>[+-]) (?P<days>\d+) (?P<unit>days?|weeks?))?"
)
_ELSEWHERE = re.compile(r"today in [\w/]+")


def mutate(op: Op) -> tuple[Repo, str | None]:
    """Return the changed repository, and the file in which the change can be seen, if there is one.

    Raises ``Unmapped`` for an operation, a role or a word of it that nothing here stands for.
    """
    name = str(op.get("do"))
    if name not in CHANGES:
        raise Unmapped(f"the runner does not know the operation {name}")
    repo = Repo.valid()
    try:
        return repo, CHANGES[name](repo, op)
    except (LookupError, TypeError) as error:
        raise Unmapped(f"{name} finds nothing to change in the base repository: {error}") from error


_OF_RECIPIENTS = frozenset({"salt", "consent"})
"""What a change of a recipient may say besides: no salt stands in our files, no consent lets a name in."""


def _only(op: Op, *known: str) -> None:
    """Raise ``Unmapped`` where the operation says more than is understood."""
    unknown = sorted(set(op) - {"do", *known})
    if unknown:
        raise Unmapped(f"the runner does not know {', '.join(unknown)} of {op['do']}")


def _remove(repo: Repo, op: Op) -> str:
    _only(op, "role")
    path, location = place_of(op["role"])
    repo.remove(path, location)
    return path


def _rename_field(repo: Repo, op: Op) -> str:
    _only(op, "role", "to")
    path, location = place_of(op["role"])
    repo.get(path, location)
    parent = repo.get(path, location[:-1])
    if not isinstance(parent, dict):
        raise Unmapped(f"{op['role']} is not a field")
    renamed = {(op["to"] if name == location[-1] else name): value for name, value in parent.items()}
    parent.clear()
    parent.update(renamed)
    return path


def _set(repo: Repo, op: Op) -> str:
    is_recipient = op["role"].startswith("assertion.recipient")
    _only(op, "role", "value", *(_OF_RECIPIENTS if is_recipient else ()))
    if op.get("salt") is not None:
        raise Unmapped("salts never stand in the repository")
    path, location = place_of(op["role"], op["value"])
    _make_room(repo, path, location)
    repo.set(path, location, _value(repo, path, location, op["value"]))
    return path


def _make_room(repo: Repo, path: str, location: Location) -> None:
    """Make the mapping around a field of the corpus that our schema has in a mapping of its own."""
    if location[-2:] == ("revoked", "date"):
        repo.get(path, location[:-2])["revoked"] = {"reason": "A slip of the pen."}  # type: ignore[index]


def _value(repo: Repo, path: str, location: Location, given: object) -> object:
    kind = adapter.type_at(path, location)
    if not isinstance(given, str):
        return given
    if kind == "AwardId" and given.startswith("no-such"):
        return base.UNKNOWN
    if kind != "Day":
        return given
    if _ELSEWHERE.fullmatch(given):
        return base.TODAY + timedelta(days=1)
    computed = _COMPUTED.fullmatch(given)
    return _computed(repo, computed) if computed else Raw(given)


def _computed(repo: Repo, words: re.Match[str]) -> date:
    start: object = base.TODAY
    if words["what"] not in ("now", "today"):
        start = repo.get(*place_of(words["what"]))
    if not isinstance(start, date):
        raise Unmapped(f"{words['what']} is not a date")
    days = int(words["days"] or 0) * (7 if (words["unit"] or "").startswith("week") else 1)
    return start + timedelta(days=-days if words["sign"] == "-" else days)


def _append(repo: Repo, op: Op) -> str:
    _only(op, "role", "copy", "value")
    path, location = place_of(op["role"])
    entries = repo.get(path, location)
    if not isinstance(entries, list):
        raise Unmapped(f"{op['role']} is not a list")
    entries.append(copy.deepcopy(entries[op["copy"]]) if "copy" in op else op["value"])
    return path


def _add_field(repo: Repo, op: Op) -> str:
    _only(op, "role", "name", "value")
    path, location = place_of(op["role"])
    repo.set(path, (*location, op["name"]), op["value"])
    return path


def _letters(change: Callable[[str], str]) -> Change:
    def apply(repo: Repo, op: Op) -> str:
        _only(op, "role")
        path, location = place_of(op["role"], "a text")
        repo.set(path, location, change(str(repo.get(path, location))))
        return path

    return apply


def _delete_file(repo: Repo, op: Op) -> None:
    _only(op, "role")
    del repo.files[adapter.file_of(op["role"])]


def _copy_file(repo: Repo, op: Op) -> None:
    _only(op, "role", "change")
    path = adapter.file_of(op["role"])
    target = path.replace(".yaml", "-copy.yaml")
    repo.files[target] = copy.deepcopy(repo.files[path])
    for role in op.get("change", ()):
        _, location = place_of(role)
        for number, entry in enumerate(repo.get(target, location[:1])):  # type: ignore[arg-type, var-annotated]
            if location[0] != "awards" or location[2:] != ("id",):
                raise Unmapped(f"the runner cannot give a copy another {role}")
            entry["id"] = base.UNKNOWN[:-1] + str(number)


def _rename_file(repo: Repo, op: Op) -> str:
    _only(op, "role", "to")
    repo.move(adapter.file_of(op["role"]), op["to"])
    return str(op["to"])


def _set_same(repo: Repo, op: Op) -> str:
    """Give the next entry of a list the value of the first."""
    _only(op, "role")
    path, location = place_of(op["role"])
    places = [place for place, step in enumerate(location) if isinstance(step, int)]
    if not places:
        raise Unmapped(f"{op['role']} is not in a list")
    number = location[places[0]]
    after = (*location[: places[0]], int(number) + 1, *location[places[0] + 1 :])
    repo.set(path, after, repo.get(path, location))
    return path


def _set_to_id_of(repo: Repo, op: Op) -> str:
    _only(op, "role", "other")
    path, location = place_of(op["role"])
    if "someone else" not in op["other"]:
        raise Unmapped(f"the runner does not know which one is {op['other']!r}")
    repo.set(path, location, base.FIRST)
    return path


CHANGES: dict[str, Change] = {
    "remove": _remove,
    "rename-field": _rename_field,
    "set": _set,
    "append": _append,
    "add-field": _add_field,
    "uppercase": _letters(str.upper),
    "lowercase": _letters(str.lower),
    "delete-file": _delete_file,
    "copy-file": _copy_file,
    "rename-file": _rename_file,
    "set-same": _set_same,
    "set-to-id-of": _set_to_id_of,
    "add-part": add_part,
    "add-parts": add_parts,
    "add-part-twice": add_part_twice,
    "add-chain": add_chain,
    "award": award,
    "award-stack": award_stack,
    "publish-stats": publish_stats,
}
