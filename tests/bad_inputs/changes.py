"""From a case to the repositories that the press is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from site_builder.models.shape import Location
from tests.bad_inputs import adapter, base
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.mutations import mutate
from tests.bad_inputs.repository import Content, Repo, Special
from tests.bad_inputs.yaml_text import Raw


@dataclass(frozen=True)
class Put:
    """A payload in a field: the file, the place in it, and the field's type."""

    path: str
    location: Location
    type: str


@dataclass(frozen=True)
class Trial:
    """One repository to give to the press. ``paths`` are the files of which a message must name one."""

    repo: Repo
    puts: tuple[Put, ...] = ()
    paths: tuple[str, ...] = ()


def trials(case: Case) -> list[Trial]:
    """Return the repositories of a case: one, or one for each field that must be refused on its own.

    Raises ``Unmapped`` where our schema or this runner lacks what the case speaks of.
    """
    if "stage" in case.given:
        raise Unmapped(f"the runner does not know the stage {case.given['stage']}")
    if case.form == "file":
        return [_with_files(case)]
    if case.form == "mutation":
        repo, path = mutate(case.given["op"])
        return [Trial(repo, paths=(path,) if path else ())]
    if case.form == "payload":
        return _with_payload(case)
    raise Unmapped(f"the runner does not know the form {case.form}")


def _with_payload(case: Case) -> list[Trial]:
    puts = _puts(case)
    if not puts:
        raise Unmapped("our schema has no field of this kind")
    if _must_refuse(case):
        return [put_into(case, [put]) for put in puts]
    return [put_into(case, puts)]


def _must_refuse(case: Case) -> bool:
    return case.expect.outcome == "reject"


def _puts(case: Case) -> list[Put]:
    kinds = frozenset(case.given["inject"]["kinds"])
    # A field that must be refused, or may be, can be one of those that ask for more than its kind.
    refusals = case.expect.outcome not in ("accept", "safe", "accept-or-reject", "parse-ok")
    wrong_type = case.is_raw and case.expect.problem == "wrong-type" and "text" in kinds
    found = adapter.fields_for(kinds, refusals=refusals, any_text=wrong_type)
    repo = Repo.valid()
    return [Put(*adapter.place_in(repo, field), field.type) for field in found]


def put_into(case: Case, puts: Iterable[Put]) -> Trial:
    """Return a repository with the case's payload at each of these places."""
    repo = Repo.valid()
    done: list[Put] = []
    # Ids last, and a file's own id after those inside: with it, the file changes its name.
    for put in sorted(puts, key=lambda put: (put.type == "Id", put.location == ("id",))):
        path = put.path
        if put.type == "Id" and not _must_refuse(case):
            path = adapter.rename(repo, put.path, put.location, case.payload)
        else:
            repo.set(put.path, put.location, Raw(case.payload) if case.is_raw else case.payload)
        done = [replace(one, path=path) if one.path == put.path else one for one in [*done, put]]
    return Trial(repo, tuple(done), tuple({put.path for put in done}))


def _with_files(case: Case) -> Trial:
    repo = Repo.valid()
    paths = []
    for entry in case.given["files"]:
        path = bytes.fromhex(entry["dest_hex"]) if "dest_hex" in entry else str(entry["dest"])
        repo.files[path] = _content(case, entry, repo.files.get(path))
        paths.append(path if isinstance(path, str) else path.decode("utf-8", "surrogateescape"))
    for path in paths:
        if path.startswith("credentials/") and path.endswith((".svg", ".png")):
            # Otherwise nobody would see the image.
            repo.set(base.CHARTS, ("image",), str(PurePosixPath(path).relative_to("credentials")))
    return Trial(repo, paths=tuple(paths))


def _content(case: Case, entry: dict[str, object], before: Content | None) -> bytes | Special:
    for kind in ("symlink", "fifo", "mkdir"):
        if entry.get(kind):
            return Special(kind, str(entry[kind]))
    if "src" not in entry:
        raise Unmapped(f"the runner does not know what to make of {sorted(entry)}")
    data = (case.folder / str(entry["src"])).read_bytes()
    return before + data if entry.get("append") and isinstance(before, bytes) else data
