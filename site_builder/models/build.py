"""From a Document to a model object, or to the problems that stand in the way, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from site_builder.models.descriptions import descriptions
from site_builder.models.fields import Model
from site_builder.models.shape import Location, expected_at, field_at, leaves, model_at, texts_with
from site_builder.models.wording import wrong_value
from site_builder.problems import Problem, Severity, did_you_mean, printable, shown
from site_builder.reading.document import Document
from site_builder.text.addresses import address_fault
from site_builder.text.characters import hidden_in_name
from site_builder.text.fault import Fault
from site_builder.text.markdown import markdown_fault

M = TypeVar("M", bound=Model)


def build(model: type[M], document: Document) -> tuple[M | None, list[Problem]]:
    """Return the model object that ``document`` holds, and every problem found in it.

    The object is ``None`` where there is an error; warnings come beside an object.
    """
    details: Sequence[ErrorDetails] = ()
    built: M | None = None
    try:
        built = model.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = list(_problems(model, document, details))
    return None if problems else built, [*problems, *_warnings(document)]


def _problems(model: type[Model], document: Document, details: Sequence[ErrorDetails]) -> Iterator[Problem]:
    """Yield one problem for each mistake: what follows from a mistake that is told already is left out."""
    at = {_place(detail): detail for detail in details if not _is_aftermath(detail)}
    misspelt = set()
    for location, detail in at.items():
        if detail["type"] == "extra_forbidden":
            problem, meant = _unknown_field(model, document, location, at)
            misspelt.add(meant)
            yield problem
    for location, detail in at.items():
        if detail["type"] == "missing" and location not in misspelt:
            yield _missing_field(model, document, location)
        elif detail["type"] not in ("missing", "extra_forbidden"):
            code, message, hint = wrong_value(detail)
            name = f"each key of {_name(location[:-1])}" if _is_key(detail) else _name(location)
            yield document.problem(location, code, f"{name} {message}", hint)
    for location, value in leaves(document.data) if document.may_have_empty else ():
        if value is None and not any(location[:depth] in at for depth in range(len(location) + 1)):
            yield _empty_value(model, document, location)


def _is_key(detail: ErrorDetails) -> bool:
    """Return True where a mapping's key is wrong, not its value: pydantic ends its place in ``[key]``."""
    return detail["loc"][-1:] == ("[key]",) and detail["type"] != "extra_forbidden"


def _place(detail: ErrorDetails) -> Location:
    return detail["loc"][:-1] if _is_key(detail) else detail["loc"]


def _is_aftermath(detail: ErrorDetails) -> bool:
    """Return True where another problem says it: a value that is empty, a list short only of bad entries."""
    if detail["type"] == "too_short":
        return bool(len(detail["input"]) >= detail["ctx"]["min_length"])
    return detail["input"] is None and detail["type"] not in ("missing", "extra_forbidden")


def _name(location: Location) -> str:
    """Return how the value is called in a message: its field's name, with its number where it is an entry."""
    last = location[-1] if location else "the file"
    if isinstance(last, int):
        return f"{printable(str(location[-2])) if len(location) > 1 else 'entry'} entry {last + 1}"
    return printable(str(last))


def _inside(location: Location) -> str:
    """Return the place around the last part, for people: `` in evidence entry 1 of awards entry 3``."""
    names = []
    for depth in range(len(location) - 1, 0, -1):
        if not isinstance(location[depth], int):
            names.append(_name(location[:depth]))
    return " in " + " of ".join(names) if names else ""


def _missing_field(model: type[Model], document: Document, location: Location) -> Problem:
    message = f"field {_name(location)} is missing{_inside(location)}"
    return document.problem(location, "missing-field", message, _description(model, location))


def _description(model: type[Model], location: Location) -> str:
    """Return what the field is for, from its own docstring, as a hint."""
    owner = model_at(model, location[:-1])
    told = descriptions(owner).get(str(location[-1]), "") if owner else ""
    words = told.replace("\n", " ").rstrip(".")
    return words[:1].lower() + words[1:]


def _unknown_field(
    model: type[Model], document: Document, location: Location, at: dict[Location, ErrorDetails]
) -> tuple[Problem, Location | None]:
    """Say that a field is unknown; return also the missing field that its author probably meant."""
    wrong, parent = str(location[-1]), location[:-1]
    owner = model_at(model, parent)
    known = list(owner.model_fields) if owner else []
    offer = did_you_mean(wrong, known)
    hint = _strange_name(wrong) or offer
    near = [name for name in known if offer.startswith("did you mean") and shown(name) in offer]
    missing = ((*parent, name) for name in near)
    meant = next((place for place in missing if place in at and at[place]["type"] == "missing"), None)
    message = f"unknown field {shown(wrong)}{_inside(location)}"
    return document.problem(location, "unknown-field", message, hint), meant


def _strange_name(wrong: str) -> str:
    """Return a hint for a name that no spelling mistake explains: hidden letters, or words of JSON-LD."""
    hidden = hidden_in_name(wrong)
    if hidden is not None:
        return f"delete the character U+{ord(hidden[0]):04X}, which nobody sees"
    if wrong.startswith("@"):
        return "fields that start with @ are not allowed"
    odd = next((char for char in wrong if not char.isascii()), None)
    return "" if odd is None else f"it has the character {shown(odd)} (U+{ord(odd):04X}); type the name again"


def _empty_value(model: type[Model], document: Document, location: Location) -> Problem:
    """Say that nothing stands where a value belongs. YAML reads ``null`` and ``~`` as nothing, too."""
    expected = expected_at(model, location)
    field = field_at(model, location)
    optional = field is not None and not field.is_required()
    hint = "write a value, or leave the field out" if optional else "write a value"
    quoted = '; as text, null and ~ need "quotes"' if expected == "text" else ""
    message = f"{_name(location)} is empty: expected {expected}, found nothing"
    return document.problem(location, "wrong-type", message, hint + quoted)


def _warnings(document: Document) -> Iterator[Problem]:
    """Yield addresses that may give a secret away or imitate another; errors were found by the model."""
    for location, text in texts_with("https://", document.data) if document.may_have_addresses else ():
        fault = _address_fault(text)
        if fault is not None and fault.severity is Severity.WARNING:
            message = f"{_name(location)} {fault.message}"
            yield document.problem(location, fault.code, message, fault.hint, Severity.WARNING)


def _address_fault(text: str) -> Fault | None:
    return address_fault(text) if text.startswith("https://") else markdown_fault(text)
