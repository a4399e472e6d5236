"""Where in a model a location of an author's file points: the model there, the field, what it expects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from site_builder.models.fields import Model

Location = tuple[str | int, ...]

_COLLECTIONS = (dict, list)
_WORDS: dict[object, str] = {
    str: "text",
    float: "a number",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2026-11-22",
}


def model_at(model: type[Model], location: Location) -> type[Model] | None:
    """Return the model of the mapping at ``location``, or ``None`` where the model has none there."""
    found = annotation_at(model, location)
    return found if isinstance(found, type) and issubclass(found, Model) else None


def field_at(model: type[Model], location: Location) -> FieldInfo | None:
    """Return the field that ``location`` ends in, or ``None`` where the model has no such field."""
    owner = model_at(model, location[:-1])
    return owner.model_fields.get(str(location[-1])) if owner and location else None


def annotation_at(model: type[Model], location: Location) -> Any:
    """Return the bare type at ``location``, without ``Annotated`` and ``None``, or ``None``."""
    current: Any = model
    for part in location:
        current = _entry(current) if isinstance(part, int) else _member(current, part)
    return current


def expected_at(model: type[Model], location: Location) -> str:
    """Return in words what belongs at ``location``: ``text``, ``a list``, ``foundational or advanced``."""
    found = annotation_at(model, location)
    if get_origin(found) is Literal:
        return either(get_args(found))
    if get_origin(found) is tuple:
        return "a list"
    return _WORDS.get(found, "a mapping of fields")


def either(words: tuple[str, ...]) -> str:
    """Return ``words`` as a choice in prose: ``a, b or c``."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def leaves(value: object) -> Iterator[tuple[Location, object]]:
    """Yield each value of a file that is neither a mapping nor a list, with its location."""
    todo: list[tuple[Location, object]] = [((), value)]
    while todo:
        location, found = todo.pop()
        if isinstance(found, dict):
            todo += [((*location, key), inner) for key, inner in found.items()]
        elif isinstance(found, list):
            todo += [((*location, index), inner) for index, inner in enumerate(found)]
        else:
            yield location, found


def texts_with(sign: str, data: dict[str, object]) -> Iterator[tuple[Location, str]]:
    """Yield each text of a file that holds ``sign``, with its location, in the order of :func:`leaves`."""
    todo: list[tuple[Location, object]] = [((), data)]
    while todo:
        location, found = todo.pop()
        if isinstance(found, str):
            yield location, found
            continue
        inner = (
            found.items() if isinstance(found, dict) else enumerate(found if isinstance(found, list) else ())
        )
        for step, value in inner:
            if isinstance(value, str):
                if sign in value:
                    todo.append(((*location, step), value))
            elif isinstance(value, _COLLECTIONS):
                todo.append(((*location, step), value))


def _member(annotation: Any, name: str) -> Any:
    if get_origin(annotation) is dict:
        return _bare(get_args(annotation)[1])
    if not (isinstance(annotation, type) and issubclass(annotation, Model)):
        return None
    field = annotation.model_fields.get(name)
    return _bare(field.annotation) if field else None


def _entry(annotation: Any) -> Any:
    return _bare(get_args(annotation)[0]) if get_origin(annotation) is tuple else None


def _bare(annotation: Any) -> Any:
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _bare(next(inner for inner in get_args(annotation) if inner is not NoneType))
    return annotation
