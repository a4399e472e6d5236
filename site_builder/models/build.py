"""From a Document to a model object, or to the problems that stand in the way, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from site_builder.models.fields import Model
from site_builder.problems import Problem, Severity, did_you_mean, printable, shown
from site_builder.reading.document import Document
from site_builder.text.addresses import address_fault

M = TypeVar("M", bound=Model)
Location = tuple[str | int, ...]


def build(model: type[M], document: Document) -> tuple[M | None, list[Problem]]:
    """Return the model object that ``document`` holds, and every problem found in it.

    The object is ``None`` where there is an error; warnings come beside an object.
    """
    try:
        built = model.model_validate(document.data)
    except ValidationError as error:
        return None, [_problem(model, document, detail) for detail in error.errors(include_url=False)]
    return built, list(_address_warnings(document))


def _problem(model: type[Model], document: Document, detail: ErrorDetails) -> Problem:
    """Say one pydantic error in an author's words."""
    location = tuple(part for part in detail["loc"] if isinstance(part, str | int))
    kind = detail["type"]
    if kind == "missing":
        name = printable(str(location[-1]))
        hint = _told(model, location)
        return document.problem(location, "missing-field", f"field {name} is missing{_inside(location)}", hint)
    if kind == "extra_forbidden":
        return _unknown_field(model, document, location)
    code, message, hint = _wrong_value(detail)
    return document.problem(location, code, f"{_name(location)} {message}", hint)


def _name(location: Location) -> str:
    """Return how the field is called in a message: its name, with its list where it is an entry."""
    last = location[-1] if location else "the file"
    if isinstance(last, int):
        return f"{location[-2] if len(location) > 1 else 'entry'} entry {last + 1}"
    return printable(str(last))


def _inside(location: Location) -> str:
    return f" in {_dotted(location[:-1])}" if len(location) > 1 else ""


def _dotted(location: Location) -> str:
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
    return text


def _unknown_field(model: type[Model], document: Document, location: Location) -> Problem:
    """Say that a field is unknown, with the nearest known one; invisible characters are named."""
    wrong = str(location[-1])
    owner = _model_at(model, location[:-1])
    known = list(owner.model_fields) if owner else []
    if wrong.startswith("@"):
        hint = "fields that start with @ are not allowed"
    else:
        hint = did_you_mean(wrong, known)
    return document.problem(location, "unknown-field", f"unknown field {shown(wrong)}{_inside(location)}", hint)


def _model_at(model: type[Model], location: Location) -> type[Model] | None:
    """Return the model that describes the mapping at ``location``."""
    current: type[Model] | None = model
    for part in location:
        if isinstance(part, int) or current is None:
            continue
        field = current.model_fields.get(part)
        current = _model_in(field.annotation) if field else None
    return current


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation  # type: ignore[return-value]
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _told(model: type[Model], location: Location) -> str:
    """Return the field's own description as a hint."""
    owner = _model_at(model, location[:-1])
    field = owner.model_fields.get(str(location[-1])) if owner else None
    words = (field.description or "").replace("\n", " ") if field else ""
    return (words[:1].lower() + words[1:]).rstrip(".")


_EXPECTED = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "date_type": "a date such as 2026-11-22",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
    "dict_type": "a mapping of fields",
}


def _wrong_value(detail: ErrorDetails) -> tuple[str, str, str]:
    """Return code, message and hint for a value of the wrong type or outside its rule."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in _EXPECTED:
        return _wrong_type(_EXPECTED[kind], value)
    if kind == "literal_error":
        return "bad-choice", f"must be {_choices(context)}, not {shown(value)}", _near_choice(value, context)
    if kind in _LIMITS:
        code, words = _LIMITS[kind]
        return code, words.format(**_numbers(context), found=shown(value)), ""
    if kind == "string_pattern_mismatch":
        return "bad-format", f"has the wrong form: {shown(value)}", ""
    return str(kind), str(context.get("message", detail["msg"])), str(context.get("hint", ""))


_LIMITS = {
    "greater_than": ("bad-number", "must be more than {gt}, not {found}"),
    "greater_than_equal": ("bad-number", "must be at least {ge}, not {found}"),
    "less_than": ("bad-number", "must be less than {lt}, not {found}"),
    "less_than_equal": ("bad-number", "must be at most {le}, not {found}"),
    "finite_number": ("bad-number", "must be a finite number"),
    "string_too_long": ("too-long", "is too long: at most {max_length} characters are allowed"),
    "string_too_short": ("empty-text", "is empty"),
    "too_short": ("empty-list", "must list at least {min_length}, found {actual_length}"),
    "too_long": ("too-long", "lists too many: at most {max_length} are allowed, found {actual_length}"),
}


def _numbers(context: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: int(value) if isinstance(value, float) and value == int(value) else value
        for key, value in context.items()
    }


def _wrong_type(expected: str, value: object) -> tuple[str, str, str]:
    if value is None:
        return "wrong-type", f"is empty: expected {expected}", "write a value, or leave the field out"
    quote = expected == "text" and isinstance(value, bool | int | float | date)
    hint = f'to have it as text, put it in quotes: "{printable(str(value), 40)}"' if quote else ""
    return "wrong-type", f"must be {expected}, found {_kind(value)}{'; quote it' if quote else ''}", hint


def _kind(value: object) -> str:
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "a boolean"),
        ((int, float), "a number"),
        ((datetime, date), "a date"),
        (str, "text"),
        ((list, tuple), "a list"),
        (dict, "a mapping"),
    )
    return next((words for types, words in kinds if isinstance(value, types)), "nothing")


def _choices(context: Mapping[str, Any]) -> str:
    """Return the allowed words as prose: ``a, b or c``."""
    return str(context["expected"]).replace("'", "")


def _near_choice(value: object, context: Mapping[str, Any]) -> str:
    words = _choices(context).replace(" or ", ", ").split(", ")
    text = str(value).strip()
    if text != value and text in words:
        return f"remove the spaces around {shown(text)}"
    near = did_you_mean(text, words)
    return near if near.startswith("did") else ""


def _address_warnings(document: Document) -> Iterator[Problem]:
    """Warn of addresses that may imitate another or give a secret away; errors were found by the model."""
    for location, text in _strings(document.data, ()):
        if not text.startswith("https://"):
            continue
        fault = address_fault(text)
        if fault is not None and fault.severity is Severity.WARNING:
            yield document.problem(
                location, fault.code, f"{_name(location)} {fault.message}", fault.hint, Severity.WARNING
            )


def _strings(value: object, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*location, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*location, index))
