"""Our schema in the words of the corpus: roles, kinds of field, classes of problem.

This is the one place that a change of field names touches. Kinds of field come from the models themselves
(``fields.py``), so that a new field is covered without a word here.
"""

from __future__ import annotations

import re
from functools import cache

from site_builder.models.shape import Location, annotation_at, model_at
from tests.bad_inputs import base
from tests.bad_inputs.fields import MODELS, Field, FileKind, all_fields
from tests.bad_inputs.repository import Repo


class Unmapped(Exception):  # noqa: N818 - it says what happened
    """The case speaks of something our schema or this runner does not have; the message says what."""


Place = tuple[str, Location]
"""A file of the base repository, and a field in it."""

ROLES: dict[str, Place] = {
    "credential": (base.CHARTS, ()),
    "credential.assessments": (base.CHARTS, ("assessment",)),
    "credential.parts": (base.LITERACY, ("requires", "all")),
    "credential.course_credit": (base.CHARTS, ("credit",)),
    "credential.framework": (base.CHARTS, ("competencies", 0, "framework")),
    "framework": (base.FRAMEWORK, ()),
    "competency": (base.FRAMEWORK, ("competencies", 0)),
    "issuer": (base.ISSUER, ()),
    "assertion": (base.CHARTS_AWARDS, ("awards", 0)),
    "assertion.credential": (base.CHARTS_AWARDS, ("credential",)),
    "assertion.issued_on": (base.CHARTS_AWARDS, ("issued_on",)),
    "assertion.recipient": (base.CHARTS_AWARDS, ("awards", 0, "commitments")),
    "assertion.recipient.id": (base.CHARTS_AWARDS, ("awards", 0, "holder")),
    "assertion.revoked_on": (base.CHARTS_AWARDS, ("awards", 0, "revoked", "date")),
    # Ours points the other way: the old award names the new one.
    "assertion.replaces": (base.CHARTS_AWARDS, ("awards", 1, "replaced_by")),
}
"""Each role, longest name first to be tried; what stands behind it is looked for in the model."""

ABSENT = {
    "credential.issuer": "credentials/issuer.yaml is the one issuer; a credential does not name it",
    "assertion.recipient.salt": "salts never stand in the repository",
    "assertion.evidence.date": "evidence has no date of its own",
    "assertion.evidence.file": "evidence names an address, not a file",
    "assertion.evidence.sha256": "evidence carries no hash",
}
"""Roles our schema leaves out on purpose."""

CLASSES: dict[str, frozenset[str]] = {
    # A deleted credential is missed where its awards are: the hint says that it can be retired, not deleted.
    "still-in-use": frozenset({"unknown-reference"}),
    "duplicate-id": frozenset({"id-file-mismatch", "duplicate-entry"}),
    # Of status indexes, which stand in many files and are unique over all of them.
    "duplicate-entry": frozenset({"duplicate-index"}),
    "duplicate-award": frozenset({"duplicate-index", "weak-hash"}),
    # A clock that goes wrong is seen by awards that were made after it.
    "clock": frozenset({"date-in-future"}),
    # An older checkout has fewer awards than were published: each is named.
    "older-than-published": frozenset({"issued-deleted"}),
    # Kinds are ordered (decisions/0006), so a chain of parts is at most four long.
    "too-deep": frozenset({"stack-kind"}),
    # Of drawings only: an address that may hold a program, or that CSS hides, is told as what acts.
    "remote-reference": frozenset({"active-svg"}),
}
"""Classes of the corpus that have other names here, beside those that are named alike."""

_CHARACTERS = frozenset({"bad-character", "bidi-control"})
"""Told where a file is read, before anyone asks what the field is."""

BY_TYPE: dict[tuple[str, str], frozenset[str]] = {
    # A reference may be well formed but for its letter case, and then names nothing.
    ("bad-id", "Reference"): frozenset({"unknown-reference"}) | _CHARACTERS,
    # Ids of awards have one form only, a UUID.
    ("bad-id", "AwardId"): frozenset({"bad-format"}) | _CHARACTERS,
    ("bad-url", "Address"): _CHARACTERS,
    # Of a whole number, a number with a decimal point or an exponent is the wrong type.
    ("bad-number", "StatusIndex"): frozenset({"wrong-type"}),
}
"""What else a class may be called at fields of one type."""

FORMAT_CODES = frozenset(
    {"yaml-syntax", "not-utf8", "duplicate-key", "alias-not-allowed", "tag-not-allowed", "empty-file"}
    | {"root-not-mapping", "multiple-documents", "too-deep", "bad-character", "bidi-control", "bad-key"}
    | {"merge-conflict", "lfs-pointer", "file-too-large"}
)
"""What is said of a file's form rather than of its fields."""

FILE_NAMES = frozenset({("image",)})
"""Fields that name a file: text in type, but no sentence can stand there."""

# Where an id stands that something else refers to, and every reference to it.
_CREDENTIAL_REFERENCES = (
    (FileKind.CREDENTIAL, ("requires", "all", "*")),
    (FileKind.AWARDS, ("credential",)),
)
_FRAMEWORK_REFERENCES = ((FileKind.CREDENTIAL, ("competencies", "*", "framework")),)
_COMPETENCY_REFERENCES = ((FileKind.CREDENTIAL, ("competencies", "*", "id")),)


def codes_for(problem: str, type_name: str = "") -> frozenset[str]:
    """Return our codes for a class of problem, at a field of that type."""
    named_otherwise = CLASSES.get(problem, frozenset()) | BY_TYPE.get((problem, type_name), frozenset())
    return frozenset({problem}) | named_otherwise


def kind_of(path: str) -> FileKind:
    """Return the kind of a file of the base repository."""
    if path == base.ISSUER:
        return FileKind.ISSUER
    folders = {
        "credentials": FileKind.CREDENTIAL,
        "frameworks": FileKind.FRAMEWORK,
        "issued": FileKind.AWARDS,
    }
    return folders[path.partition("/")[0]]


def place_of(role: str, value: object = None) -> Place:
    """Return the field a role means; given ``value``, the field that such a value belongs in.

    A text given for a whole entry is the entry's id: ``credential.competencies[0]``. Raises ``Unmapped``.
    """
    steps = _steps(role)
    bare = ".".join(step for step in steps if isinstance(step, str))
    if bare in ABSENT:
        raise Unmapped(ABSENT[bare])
    for length in range(len(steps), 0, -1):
        start = steps[:length]
        known = ROLES.get(".".join(map(str, start))) if not any(isinstance(s, int) for s in start) else None
        if known is not None:
            return _checked(role, known[0], (*known[1], *steps[length:]), value)
    raise Unmapped(f"our schema has no role {role}")


def _steps(role: str) -> Location:
    """Return a role's names and indexes; ``[]``, any entry, is the first."""
    steps: list[str | int] = []
    for part in role.split("."):
        found = re.fullmatch(r"(\w+)((?:\[\d*\])*)", part)
        if found is None:
            raise Unmapped(f"{role!r} is no role of the corpus' README")
        steps += [found[1], *(int(index or 0) for index in re.findall(r"\[(\d*)\]", found[2]))]
    return tuple(steps)


def _checked(role: str, path: str, location: Location, value: object) -> Place:
    model = MODELS[kind_of(path)]
    if location and annotation_at(model, location) is None:
        raise Unmapped(f"our schema has no {role}")
    entry = model_at(model, location)
    if isinstance(value, str) and entry is not None and "id" in entry.model_fields:
        return path, (*location, "id")
    return path, location


def file_of(role: str) -> str:
    """Return the file that a role's first word names: ``credential with issued assertions``."""
    noun = role.replace(".", " ").split()[0]
    if noun not in ROLES:
        raise Unmapped(f"no file of ours is a {noun}")
    return ROLES[noun][0]


@cache
def _fields() -> tuple[Field, ...]:
    return tuple(all_fields())


def type_at(path: str, location: Location) -> str:
    """Return the name of the type of the field at ``location``, or an empty string for a whole mapping."""
    pattern = tuple("*" if isinstance(step, int) else step for step in location)
    kind = kind_of(path)
    return next((field.type for field in _fields() if field.file == kind and field.pattern == pattern), "")


def fields_for(kinds: frozenset[str], *, refusals: bool, any_text: bool) -> list[Field]:
    """Return the fields a payload for ``kinds`` is put into.

    Where it must be refused (``refusals``), texts of one form, references and names of files are among them:
    such a payload is wrong there, too. With ``any_text`` a payload for text goes into every kind of text.
    """
    if refusals:
        return [field for field in _fields() if field.kind in kinds or (any_text and field.is_text)]
    good = (
        field for field in _fields() if field.kind in kinds and field.type not in ("Reference", "AwardId")
    )
    return [field for field in good if field.pattern not in FILE_NAMES]


def place_in(repo: Repo, field: Field) -> Place:
    """Return the first place in the repository where the field stands, or could stand.

    Raises LookupError where not even the mapping around it is there: then ``base.py`` must be given one.
    """
    paths = [path for path in repo.files if isinstance(path, str) and isinstance(repo.files[path], dict)]
    chosen = [path for path in paths if kind_of(path) == field.file]
    for needed in (len(field.pattern), len(field.pattern) - 1):
        for path in sorted(chosen, key=lambda name: name != base.CHARTS):
            location = _first(repo.data(path), field.pattern[:needed])
            if location is not None:
                return path, (*location, *(0 if step == "*" else step for step in field.pattern[needed:]))
    raise LookupError(f"base.py has no place for {field.file} {'.'.join(field.pattern)}")


def _first(value: object, pattern: tuple[str, ...]) -> Location | None:
    if not pattern:
        return ()
    if pattern[0] == "*" and isinstance(value, list):
        inner = ((number, _first(item, pattern[1:])) for number, item in enumerate(value))
        return next(((number, *rest) for number, rest in inner if rest is not None), None)
    if isinstance(value, dict) and pattern[0] in value:
        rest = _first(value[pattern[0]], pattern[1:])
        return None if rest is None else (pattern[0], *rest)
    return None


def rename(repo: Repo, path: str, location: Location, new: str) -> str:
    """Give the thing at ``location`` another id, its file another name, and mend every reference to it.

    Returns the path at which the file stands then.
    """
    old = repo.get(path, location)
    repo.set(path, location, new)
    kind = kind_of(path)
    if kind is FileKind.ISSUER:
        return path
    references = _CREDENTIAL_REFERENCES if kind is FileKind.CREDENTIAL else _FRAMEWORK_REFERENCES
    if location != ("id",):
        references = _COMPETENCY_REFERENCES
    for file, pattern in references:
        for other in [
            name for name in repo.files if isinstance(name, str) and isinstance(repo.files[name], dict)
        ]:
            if kind_of(other) == file:
                _replace(repo.data(other), pattern, old, new)
    if location != ("id",):
        return path
    moved = f"{path.rpartition('/')[0]}/{new}.yaml"
    repo.move(path, moved)
    return moved


def _replace(value: object, pattern: tuple[str, ...], old: object, new: str) -> None:
    if isinstance(value, dict) and pattern[0] in value:
        if len(pattern) > 1:
            _replace(value[pattern[0]], pattern[1:], old, new)
        elif value[pattern[0]] == old:
            value[pattern[0]] = new
    elif isinstance(value, list) and pattern[0] == "*":
        for number, item in enumerate(value):
            if len(pattern) > 1:
                _replace(item, pattern[1:], old, new)
            elif item == old:
                value[number] = new
