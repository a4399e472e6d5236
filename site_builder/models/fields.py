"""The kinds of value authors may write: each is declared once, with its rule, its words and its JSON Schema.

The rules themselves live in ``text/``; here they become pydantic types. Values are kept exactly as written,
because they are signed: nothing is trimmed, rewritten or normalised (pydantic's own URL types would be).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from site_builder.text.addresses import address_fault
from site_builder.text.characters import character_fault
from site_builder.text.dates import date_fault, parse_date
from site_builder.text.fault import Fault
from site_builder.text.ids import id_fault, version_fault
from site_builder.text.languages import language_fault
from site_builder.text.markdown import markdown_fault
from site_builder.text.periods import period_fault

T = TypeVar("T")


class Model(BaseModel):
    """A mapping in an author's file: unknown fields are errors, types are never coerced, nothing changes later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


def refuse(fault: Fault | None) -> None:
    """Raise the pydantic error that carries ``fault`` to :mod:`site_builder.models.build`; warnings pass."""
    if fault is not None and fault.severity == "error":
        context = {"message": fault.message, "hint": fault.hint}
        raise PydanticCustomError(fault.code, "{message}", context)  # type: ignore[arg-type]


def _rule(check: Callable[[str], Fault | None]) -> AfterValidator:
    def apply(value: str) -> str:
        refuse(check(value))
        return value

    return AfterValidator(apply)


def _not_blank(value: str) -> Fault | None:
    return None if value.strip() else Fault("empty-text", "is empty", "write some text, or leave the field out")


def _one_line(value: str) -> Fault | None:
    return character_fault(value, multiline=False)


def _many_lines(value: str) -> Fault | None:
    return character_fault(value, multiline=True)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        refuse(date_fault(value))
        return parse_date(value)
    if isinstance(value, date):
        refuse(date_fault(value.isoformat()))
    return value


def _pattern(pattern: str, what: str) -> Any:
    return Field(pattern=pattern, json_schema_extra={"patternErrorMessage": what})


Line = Annotated[str, Field(max_length=200), _rule(_not_blank), _rule(_one_line)]
"""Text on one line, at most 200 characters."""

Words = Annotated[str, Field(max_length=400), _rule(_not_blank), _rule(_one_line)]
"""A sentence or two on one line, at most 400 characters."""

Paragraphs = Annotated[str, Field(max_length=4000), _rule(_not_blank), _rule(_many_lines)]
"""Plain text; an empty line starts a new paragraph. At most 4,000 characters."""

Markdown = Annotated[str, Field(max_length=8000), _rule(_not_blank), _rule(_many_lines), _rule(markdown_fault)]
"""Simple Markdown: paragraphs, lists, emphasis and https links. No HTML, no images. At most 8,000 characters."""

Id = Annotated[
    str,
    _rule(id_fault),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}),
]
"""An id: a-z, 0-9 and single dashes inside, 1 to 80 characters."""

Version = Annotated[
    str,
    _rule(version_fault),
    WithJsonSchema({"type": "string", "pattern": "^(0|[1-9][0-9]*)([.](0|[1-9][0-9]*)){0,2}$"}),
]
"""A version in quotes, such as "1.0" or "2.1"."""

Address = Annotated[
    str, Field(max_length=2000), _rule(address_fault), WithJsonSchema({"type": "string", "format": "uri"})
]
"""A web address that starts with https://."""

Language = Annotated[
    str,
    _rule(language_fault),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"}),
]
"""A language tag (BCP 47) such as en, en-CA or ar."""

Period = Annotated[str, _rule(period_fault), WithJsonSchema({"type": "string", "pattern": "^P[0-9YMWD]+$"})]
"""A period (ISO 8601) of whole years, months, weeks or days, such as P3Y or P18M."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar date written as year-month-day, such as 2026-11-22."""

Hours = Annotated[float, Field(gt=0, le=10000, allow_inf_nan=False)]
"""Hours of work for the learner, more than 0, at most 10,000."""

Credits = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
"""Credit points, more than 0, at most 1,000."""

Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
"""A share of the maximum score, from 0 to 100."""

AwardId = Annotated[
    str,
    _pattern(
        "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        "a random UUID (version 4) in lower case",
    ),
]
"""The award's id: a random UUID (version 4) in lower case. The roster command writes it."""

Pseudonym = Annotated[str, _pattern("^[0-9a-f]{32}$", "32 hexadecimal digits in lower case")]
"""The learner, as a keyed hash (32 hexadecimal digits). Never published."""

Commitment = Annotated[
    str, _pattern("^sha256[$][0-9a-f]{64}$", "sha256$ and 64 hexadecimal digits in lower case")
]
"""A salted SHA-256 hash (OB 3.0 IdentityHash): sha256$ and 64 hexadecimal digits."""

Multikey = Annotated[
    str, _pattern("^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$", "an Ed25519 public key that starts with z6Mk")
]
"""An Ed25519 public key in multibase form; it starts with z6Mk. `badgepress keygen` prints it."""

Listing = Annotated[tuple[T, ...], Strict(False), Field(min_length=1)]
"""A list with at least one entry."""
