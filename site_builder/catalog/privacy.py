"""No personal data in award files: in values, names of fields and comments (DESIGN 4)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any

from site_builder.models.award import Award, AwardFile, Commitments, Erased, Evidence, Results, Revocation
from site_builder.models.shape import Location, leaves
from site_builder.problems import Problem
from site_builder.reading.document import Document
from site_builder.text.personal import APART, Found, Kind, find_personal, finds_nothing, is_bare_name

_ROLE = "write a role in place of a person, such as Examination board"
_LEFT_OUT = "leave it out: the holder's claim link says who the holder is"
_HINTS = {
    Kind.EMAIL: _ROLE,
    Kind.NAME: _ROLE,
    Kind.PHONE: "leave it out, or name the office that can be asked",
    Kind.PROFILE: "name the work instead, or put it behind a link that needs a login",
    Kind.HASH: "leave it out: who guesses the address can confirm it; only the registrar's tools make hashes",
}
_BY_TOOLS = "the registrar's tools make what stands here; no one should write it by hand"

# What the press itself makes; where it has its form it says nothing of anybody.
_MADE: dict[str | int, re.Pattern[str]] = {
    "id": re.compile("[0-9a-f-]{36}"),
    "learner": re.compile("[0-9a-f]{32}"),
    "email": re.compile("sha256[$][0-9a-f]{64}"),
    "name": re.compile("sha256[$][0-9a-f]{64}"),
    "renews": re.compile("[0-9a-f-]{36}"),
    "replaced_by": re.compile("[0-9a-f-]{36}"),
}
# So do many of them, one to a line.
_MADE_LINES = {name: re.compile(rf"(?:{form.pattern}(?:\n(?!\Z)|\Z))+") for name, form in _MADE.items()}
# Where something else may look like another kind: a pseudonym is bare digits, a DID may end in any.
_ONLY = {"holder": {Kind.EMAIL, Kind.PROFILE}, "learner": set(Kind) - {Kind.HASH}}
# Names that the format gives to fields: nobody's.
_FIELDS = frozenset(
    name
    for model in (AwardFile, Award, Commitments, Results, Evidence, Revocation, Erased)
    for name in model.model_fields
)
_COLLECTIONS = (dict, list)
Texts = list[tuple[Location, str]]
_COMMENT = re.compile(r"#([^\n]*)")


def check_award_privacy(document: Document, titles: Container[str]) -> Iterator[Problem]:
    """Yield a problem for each piece of personal data in an award file, by place and kind.

    ``titles`` holds the names of credentials and of the issuer, in lower case: they look like people's. No
    message repeats what was found.
    """
    data = document.data
    if _holds_nothing(data):
        # One look over everything: in nearly every file it finds nothing, and that is all there is to do.
        role = data.get("assessed_by")
        yield from _bare_names(document, [(("assessed_by",), role)] if isinstance(role, str) else [], titles)
    else:
        texts, names = _texts_and_names(data)
        if find_personal(APART.join({text for _, text in texts} | names)):
            yield from _in_values(document, texts)
            yield from _in_field_names(document, names)
        yield from _bare_names(document, texts, titles)
    yield from _in_comments(document, list(comments_of(document)), titles)


def _holds_nothing(data: dict[str, object]) -> bool:
    """Return True where a quick look shows that no text of a file, and no name of a field, holds anything."""
    names: set[str] = set()
    others: list[str] = []
    made: dict[str | int, list[str]] = {name: [] for name in (*_MADE, "commitments")}
    todo: list[Any] = [data]
    for found in todo:
        if isinstance(found, dict):
            names.update(found)
        for step, value in found.items() if isinstance(found, dict) else enumerate(found):
            if isinstance(value, str):
                made.get(step, others).append(value)
            elif isinstance(value, _COLLECTIONS):
                todo.append(value)
    if made.pop("commitments"):
        return False  # a text stands in their place
    for name, values in made.items():
        lines = "\n".join(values)
        if values and not (_MADE_LINES[name].fullmatch(lines) and lines.count("\n") == len(values) - 1):
            others += [value for value in values if _MADE[name].fullmatch(value) is None]
    return finds_nothing((names - _FIELDS).union(others))


def _texts_and_names(data: dict[str, object]) -> tuple[Texts, set[str]]:
    """Return each text of a file but what the press made, with its location, and the names of all fields."""
    texts: Texts = []
    names: set[str] = set()
    todo: list[tuple[Location, dict[str, object] | list[object]]] = [((), data)]
    while todo:
        location, found = todo.pop()
        if isinstance(found, dict):
            names.update(found)
        inner: Iterable[tuple[str | int, object]] = (
            found.items() if isinstance(found, dict) else enumerate(found)
        )
        for step, value in inner:
            if isinstance(value, str):
                form = _MADE.get(step)
                if form is None or form.fullmatch(value) is None:
                    texts.append(((*location, step), value))
            elif isinstance(value, _COLLECTIONS):
                todo.append(((*location, step), value))
    return texts, names


def _in_values(document: Document, texts: Texts) -> Iterator[Problem]:
    for location, value in texts:
        name = field_of(location)
        kinds = {found.kind for found in find_personal(value)} & _ONLY.get(name, set(Kind))
        for kind in sorted(kinds):
            yield _told(document, location, name, kind)


def _in_field_names(document: Document, names: Iterable[str]) -> Iterator[Problem]:
    telling = {name: found[0].kind for name in names if (found := find_personal(name))}
    for location, _ in leaves(document.data) if telling else ():
        for end, step in enumerate(location, start=1):
            if isinstance(step, str) and step in telling:
                yield _told(document, location[:end], "a field's name", telling[step])


def _bare_names(document: Document, texts: Texts, titles: Container[str]) -> Iterator[Problem]:
    """Where a role belongs, two capitalised words are a name; a text in place of commitments has no salt."""
    for location, value in texts:
        if location == ("assessed_by",) and _is_name(value, titles):
            yield _told(document, location, "assessed_by", Kind.NAME)
        if location[-1:] == ("commitments",) and value.startswith("sha256$"):
            yield _told(document, location, "commitments", Kind.HASH)


def _is_name(text: str, titles: Container[str]) -> bool:
    return is_bare_name(text) and text.strip().casefold() not in titles


def _in_comments(
    document: Document, comments: list[tuple[int, str]], titles: Container[str]
) -> Iterator[Problem]:
    if not comments:
        return
    found = [(comments[one.line][0], one) for one in find_personal("\n".join(text for _, text in comments))]
    named = [(line, Found(0, Kind.NAME)) for line, text in comments if _is_name(text, titles)]
    for line, kind in dict.fromkeys((line, one.kind) for line, one in (*found, *named)):
        yield Problem(
            path=document.path,
            code=Found(0, kind).code,
            message=f"a comment holds {kind}, which may not be committed",
            line=line,
            hint=_HINTS.get(kind, _LEFT_OUT),
        )


def comments_of(document: Document) -> Iterator[tuple[int, str]]:
    """Yield each comment with its line; what follows " #" within a value comes too, which does no harm."""
    if b"#" not in document.raw:
        return
    text = document.raw.decode("utf-8-sig", "replace").replace("\r", "")
    line, counted = 1, 0
    for match in _COMMENT.finditer(text):
        if match.start() == 0 or text[match.start() - 1].isspace():
            line += text.count("\n", counted, match.start())
            counted = match.start()
            yield line, match[1].lstrip("#")


def _told(document: Document, location: Location, name: str, kind: Kind) -> Problem:
    message = f"{name} holds {kind}, which may not be committed"
    is_made = name in ("id", "learner", "renews", "replaced_by") or "commitments" in location
    hint = _BY_TOOLS if is_made else _HINTS.get(kind, _LEFT_OUT)
    return document.problem(location, Found(0, kind).code, message, hint)


def field_of(location: Location) -> str:
    """Return the name of the field that a value stands in."""
    return next((step for step in reversed(location) if isinstance(step, str)), "a value")
