"""What pydantic finds wrong with one value, in words for authors who have never heard of pydantic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic_core import ErrorDetails

from site_builder.models.rules import FORMS
from site_builder.problems import did_you_mean, printable, shown

Words = tuple[str, str, str]
"""Code, message without the field's name, hint."""

_EXPECTED = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "date_type": "a date such as 2026-11-22",
    "model_type": "a mapping of fields",
    "dict_type": "a mapping of fields",
}
_LIMITS = {
    "greater_than": ("bad-number", "must be more than {gt}, not {found}"),
    "greater_than_equal": ("bad-number", "must be at least {ge}, not {found}"),
    "less_than": ("bad-number", "must be less than {lt}, not {found}"),
    "less_than_equal": ("bad-number", "must be at most {le}, not {found}"),
    "finite_number": ("bad-number", "must be a finite number"),
    "string_too_long": ("too-long", "is too long: {length} characters, at most {max_length} are allowed"),
    "too_short": ("empty-list", "is an empty list: it must have at least one entry"),
    "too_long": ("too-long", "has {length} entries, at most {max_length} are allowed"),
}
_NUMBER = re.compile(r"-?[0-9]+([.][0-9]+)?")


def wrong_value(detail: ErrorDetails) -> Words:
    """Return what is wrong with a value that has the wrong type or breaks its rule.

    A fault of ``text/`` comes through in its own words; see :func:`site_builder.models.rules.refuse`.
    """
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if "message" in context:
        return kind, str(context["message"]), str(context["hint"])
    if kind == "string_pattern_mismatch":
        fault = FORMS[str(context["pattern"])].fault_of(value)
        return fault.code, fault.message, fault.hint
    if kind in _EXPECTED:
        return _wrong_type(_EXPECTED[kind], value)
    if kind == "literal_error":
        return _wrong_choice(value, context)
    if kind in _LIMITS:
        return _beyond_limit(kind, value, context)
    return "bad-value", f"is not what belongs here: {printable(detail['msg'])}", ""


def _wrong_type(expected: str, value: object) -> Words:
    if expected == "a number" and type(value) is int:  # more digits than a float can hold
        return "bad-number", "is too large a number", ""
    if expected == "a whole number" and isinstance(value, float):
        return "wrong-type", f"must be a whole number, not {value:g}", ""
    message = f"must be {expected}, found {_kind(value)}"
    if expected == "text" and isinstance(value, bool | int | float | date):
        return "wrong-type", f"{message}; quote it", 'put "quotes" around it, and it stays as you wrote it'
    if "number" in expected and isinstance(value, str) and _NUMBER.fullmatch(value):
        return "wrong-type", message, "write it without quotes"
    if expected == "a list":
        return "wrong-type", message, "put each entry on a line of its own, after a dash"
    return "wrong-type", message, ""


def _kind(value: object) -> str:
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "a boolean"),
        ((int, float), "a number"),
        (date, "a date"),
        (str, "text"),
        (list, "a list"),
        (dict, "a mapping"),
    )
    return next((words for types, words in kinds if isinstance(value, types)), "nothing")


def _wrong_choice(value: object, context: Mapping[str, Any]) -> Words:
    allowed = re.findall("'([^']*)'", str(context["expected"]))
    choices = str(context["expected"]).replace("'", "")
    if not isinstance(value, str):
        return "wrong-type", f"must be {choices}, found {_kind(value)}", ""
    return "bad-choice", f"must be {choices}, not {shown(value)}", _near_choice(value, allowed)


def _near_choice(value: str, allowed: list[str]) -> str:
    if value.strip() != value and value.strip() in allowed:
        return f"remove the spaces around {shown(value.strip())}"
    near = did_you_mean(value.strip(), allowed)
    return near if near.startswith("did") else ""


def _beyond_limit(kind: str, value: object, context: Mapping[str, Any]) -> Words:
    code, words = _LIMITS[kind]
    limits = {key: f"{limit:g}" if isinstance(limit, float) else limit for key, limit in context.items()}
    length = len(value) if isinstance(value, str | list) else 0
    return code, words.format(**limits, length=length, found=printable(str(value), 40)), ""
