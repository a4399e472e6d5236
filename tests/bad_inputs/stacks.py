"""Changes of stacks and awards: what stacks from what, and what is awarded when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from site_builder.models.credential import KINDS
from tests.bad_inputs import base
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.repository import Repo

Op = dict[str, Any]
Arrow = tuple[str, str]

_KINDS = {
    "nano": "nanocredential",
    "micro": "microcredential",
    "stacked": "stacked-microcredential",
    "certificate": "certificate",
}
"""Names that say what kind the credential is; others are of a kind that is high enough."""


def _path(name: str) -> str:
    return f"credentials/{name}.yaml"


def _name(word: str) -> str:
    return word.lower()


def _link(repo: Repo, arrows: Iterable[Arrow]) -> None:
    """Let each whole stack from its parts; make those that are not there, of a kind that is high enough."""
    pairs = [(_name(whole), _name(part)) for whole, part in arrows]
    names = sorted({name for pair in pairs for name in pair if not name.startswith("no-such")})
    for name in names:
        if _path(name) not in repo.files:
            spec = base.files()[base.ASKING]
            if not isinstance(spec, dict):
                raise TypeError("a credential is data")
            height = min(_height(name, pairs, frozenset()), len(KINDS) - 1)
            kind = _KINDS.get(name, KINDS[height])
            repo.files[_path(name)] = {**spec, "id": name, "name": name.title(), "kind": kind}
    for whole, part in pairs:
        requires = repo.data(_path(whole)).setdefault("requires", {"all": []})
        requires["all"] = [*requires["all"], part]


def _height(name: str, pairs: list[Arrow], seen: frozenset[str]) -> int:
    if name in seen:
        return 0
    parts = [part for whole, part in pairs if whole == name]
    return 1 + max((_height(part, pairs, seen | {name}) for part in parts), default=-1)


def add_part(repo: Repo, op: Op) -> str:
    """Let ``whole`` stack from ``part``."""
    _link(repo, [(op["whole"], op["part"])])
    return _path(_name(op["whole"]))


def add_parts(repo: Repo, op: Op) -> None:
    """Let the first of each edge stack from the second."""
    _link(repo, [(whole, part) for whole, part in op["edges"]])


def add_part_twice(repo: Repo, op: Op) -> str:
    """Let ``whole`` list ``part`` two times."""
    _link(repo, [(op["whole"], op["part"])] * 2)
    return _path(_name(op["whole"]))


def add_chain(repo: Repo, op: Op) -> None:
    """Make as many credentials, each of which stacks from the next."""
    names = [f"link-{number:03}" for number in range(int(op["length"]))]
    _link(repo, pairwise(names))


def award(repo: Repo, op: Op) -> str:
    """Award a credential that is a draft or retired, or say nothing of listing."""
    known = {"do", "credential", "issued_on", "listing"}
    if set(op) - known or op.get("listing", "not given") != "not given":
        raise Unmapped(f"the runner does not know {op}")
    spec = repo.data(base.CHARTS)
    issued_on: date = repo.data(base.CHARTS_AWARDS)["issued_on"]
    status = str(op.get("credential", "")).removeprefix("status:").strip()
    if status == "retired":
        when = timedelta(days=-1 if op.get("issued_on") == "after retirement" else 1)
        spec.update(status="retired", retired_on=issued_on + when)
    elif status in ("draft", "active"):
        spec["status"] = status
    elif status:
        raise Unmapped(f"the runner does not know a credential with {op['credential']!r}")
    if "listing" in op:
        repo.data(base.CHARTS_AWARDS)["awards"][0].pop("listing")
    return base.CHARTS_AWARDS


def award_stack(repo: Repo, op: Op) -> str:
    """Award the stacked credential with a part that is missing, another's, no longer valid, or later."""
    stacked = repo.data(base.LITERACY_AWARDS)["awards"][0]
    part = repo.data(base.CHARTS_AWARDS)["awards"][0]
    for word, value in op.items():
        if (word, value) == ("parts_of", "other learner"):
            stacked["parts"][0] = base.RENEWED
        elif (word, value) == ("part_status", "expired"):
            part["expires"] = date(2026, 5, 1)
        elif (word, value) == ("part_status", "revoked"):
            part["revoked"] = {"date": date(2026, 4, 1), "reason": "A slip of the pen."}
        elif (word, value) == ("issued_on", "before last part"):
            repo.data(base.LITERACY_AWARDS)["issued_on"] = date(2026, 2, 15)
        elif word == "missing":
            stacked["parts"] = stacked["parts"][: len(stacked["parts"]) - int(value)]
        elif word != "do":
            raise Unmapped(f"the runner does not know a stack with {word} {value!r}")
    return base.LITERACY_AWARDS
