"""The kinds of value authors may write: each is declared once, with its rule, its words and its JSON Schema.

The rules themselves live in ``text/``; here they become pydantic types. Values are kept exactly as written,
because they are signed: nothing is trimmed, rewritten or normalised (pydantic's own URL types would be).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, Strict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from site_builder.models.descriptions import descriptions
from site_builder.models.rules import Keyed, Told, form, like, refuse, rule
from site_builder.problems import shown
from site_builder.reading.scalars import DisputedNumber
from site_builder.text.addresses import address_fault, site_address_fault
from site_builder.text.characters import character_fault
from site_builder.text.dates import date_fault, parse_date
from site_builder.text.fault import Fault
from site_builder.text.ids import id_fault, version_fault
from site_builder.text.languages import language_fault
from site_builder.text.markdown import markdown_fault
from site_builder.text.periods import period_fault

T = TypeVar("T")
_BLANK = Fault("empty-text", "is empty", "write some text")


def _in_words(name: str) -> str:
    """Return a name of ours as editors show it: ``IssuerKey`` and ``issuer_key`` are both ``Issuer key``."""
    return re.sub("(?<=[a-z])(?=[A-Z])|_", " ", name).capitalize()


class Model(BaseModel):
    """A mapping in an author's file: unknown fields are errors, no type is coerced, nothing changes later."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        model_title_generator=lambda model: _in_words(model.__name__),
        field_title_generator=lambda name, _: _in_words(name),
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return pydantic's schema, with what each field is for."""
        schema = handler(core_schema)
        fields = handler.resolve_ref_schema(schema)["properties"]
        for name, words in descriptions(cls).items():
            fields[name]["description"] = words
        return schema


def _line_fault(value: str) -> Fault | None:
    return character_fault(value, multiline=False) if value and not value.isspace() else _BLANK


def _text_fault(value: str) -> Fault | None:
    return character_fault(value, multiline=True) if value and not value.isspace() else _BLANK


def _markdown_fault(value: str) -> Fault | None:
    fault = _text_fault(value)
    return fault if fault is not None and fault.is_error else markdown_fault(value)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        refuse(date_fault(value))
        return parse_date(value)
    if isinstance(value, date):
        refuse(date_fault(value.isoformat()))
    return value


def _undisputed(value: Any) -> Any:
    if isinstance(value, DisputedNumber):
        hint = "some YAML readers take it for another number; write the number out"
        refuse(Fault("bad-number", f"must be plain decimal digits, not {shown(value.word)}", hint))
    return value


_FILLED = {"minLength": 1}

Line = Annotated[
    str,
    Field(max_length=200),
    rule(_line_fault),
    Told("text on one line, at most 200 characters", _FILLED),
]
"""Text on one line, at most 200 characters."""

Words = Annotated[
    str,
    Field(max_length=400),
    rule(_line_fault),
    Told("a sentence or two on one line, at most 400 characters", _FILLED),
]
"""A sentence or two on one line, at most 400 characters."""

Paragraphs = Annotated[
    str,
    Field(max_length=4000),
    rule(_text_fault),
    Told("plain text of one or more paragraphs, at most 4,000 characters", _FILLED),
]
"""Plain text; an empty line starts a new paragraph. At most 4,000 characters."""

Markdown = Annotated[
    str,
    Field(max_length=8000),
    rule(_markdown_fault),
    Told("simple Markdown without HTML, images and headings, at most 8,000 characters", _FILLED),
]
"""Simple Markdown: paragraphs, lists, emphasis, https links. No HTML, images, headings; 8,000 characters."""

Id = Annotated[
    str,
    rule(id_fault),
    like(
        "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
        "an id of a-z, 0-9 and dash, 1 to 80 characters",
        "data-literacy",
        longest=80,
    ),
]
"""An id: a-z, 0-9 and dash, 1 to 80 characters, with a letter or digit at both ends."""

Reference = Annotated[
    str,
    rule(lambda text: id_fault(text.lower())),
    like("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "the id of something that exists", "data-literacy", longest=80),
]
"""The id of something that stands elsewhere. Wrong letter case is told where the id is looked up."""

Version = Annotated[
    str,
    rule(version_fault),
    like(
        "^(0|[1-9][0-9]{0,5})([.](0|[1-9][0-9]{0,5})){0,2}$",
        "one to three numbers with dots between, in quotes",
        "1.0",
        "2.1",
    ),
]
"""A version in quotes, such as "1.0" or "2.1"."""

Address = Annotated[
    str,
    rule(address_fault),
    like("^https://", "a web address that starts with https://", "https://example.org/page", longest=2000),
]
"""A web address that starts with https://."""

SiteAddress = Annotated[
    str,
    rule(site_address_fault),
    like(
        "^https?://",
        "the address of a site, which starts with https://",
        "https://badges.example.org/",
        longest=2000,
    ),
]
"""The address of a site: it starts with https://, and has neither a ? nor a # part."""

Language = Annotated[
    str,
    rule(language_fault),
    like(
        "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
        "a language tag such as en, en-CA or ar",
        "en",
        "fr-CA",
        "ar",
    ),
]
"""A language tag (BCP 47) such as en, en-CA or ar."""

ByLanguage = Annotated[dict[Language, T], Keyed("a language tag such as fr, a colon, and below it the texts")]
"""A mapping from language tags to a mapping of texts."""

Period = Annotated[
    str,
    rule(period_fault),
    like(
        "^P([0-9]{1,5}W|(?=[0-9])([0-9]{1,5}Y)?([0-9]{1,5}M)?([0-9]{1,5}D)?)$",
        "a period such as P3Y (three years), P18M (months), P6W (weeks) or P90D (days), at most 100 years",
        "P3Y",
        "P18M",
    ),
]
"""A period (ISO 8601) of whole years, months, weeks or days, such as P3Y or P18M."""

Day = Annotated[
    date,
    BeforeValidator(_day),
    Told("a date as year-month-day, of the years 1990 to 2199", {"examples": ["2026-11-22"]}),
]
"""A calendar date written as year-month-day, such as 2026-11-22."""

Hours = Annotated[
    float,
    Field(gt=0, le=10000, allow_inf_nan=False),
    BeforeValidator(_undisputed),
    Told("a number more than 0, at most 10,000", {"examples": [25]}),
]
"""Hours of work for the learner, more than 0, at most 10,000."""

Credits = Annotated[
    float,
    Field(gt=0, le=1000, allow_inf_nan=False),
    BeforeValidator(_undisputed),
    Told("a number more than 0, at most 1,000", {"examples": [1.5]}),
]
"""Credit points, more than 0, at most 1,000."""

Percent = Annotated[
    float,
    Field(ge=0, le=100, allow_inf_nan=False),
    BeforeValidator(_undisputed),
    Told("a number from 0 to 100", {"examples": [60]}),
]
"""A share of the maximum score, from 0 to 100."""

StatusIndex = Annotated[
    int, Field(ge=0, lt=2**40), BeforeValidator(_undisputed), Told("a whole number, 0 or more")
]
"""A place in the status lists: one number over all lists."""

Country = Annotated[
    str, *form("[A-Z]{2}", "two capital letters (ISO 3166)", "for instance CA for Canada, KE for Kenya")
]
"""A country as two capital letters (ISO 3166), such as CA."""

_BY_ROSTER = "the registrar's tools make it; no one should invent one by hand"

AwardId = Annotated[
    str,
    *form(
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "a random UUID (version 4) in lower case",
        _BY_ROSTER,
    ),
]
"""The award's id: a random UUID (version 4) in lower case."""

Pseudonym = Annotated[
    str,
    *form(
        "[0-9a-f]{32}",
        "32 hexadecimal digits in lower case",
        f"never a name or an e-mail address; {_BY_ROSTER}",
        quoted=False,
    ),
]
"""The learner, as a keyed hash (32 hexadecimal digits). Never published."""

Commitment = Annotated[
    str,
    *form(
        "sha256[$][0-9a-f]{64}",
        "the word sha256$ and 64 hexadecimal digits in lower case",
        f"a salted hash, never a name or an e-mail address; {_BY_ROSTER}",
        quoted=False,
    ),
]
"""A salted SHA-256 hash (OB 3.0 IdentityHash): sha256$ and 64 hexadecimal digits."""

Fingerprint = Annotated[
    str, *form("[0-9a-f]{8}", "8 hexadecimal digits in lower case", _BY_ROSTER, quoted=False)
]
"""The fingerprint of a roster key, from which nobody gets the key: 8 hexadecimal digits."""

Did = Annotated[
    str,
    Field(max_length=500),
    *form(
        "did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]",
        "a DID such as did:key:z6Mk..., without a path or a fragment",
        "the holder's wallet shows it; leave it out if there is none",
        quoted=False,
    ),
]
"""A decentralized identifier (DID Core 3.1) that the holder's wallet controls."""

Multikey = Annotated[
    str,
    *form(
        "z6Mk[1-9A-HJ-NP-Za-km-z]{44}",
        "an Ed25519 public key: z6Mk and 44 more characters",
        "badgepress keygen prints it; a private key must never stand here",
        quoted=False,
    ),
]
"""An Ed25519 public key in multibase form; it starts with z6Mk. `badgepress keygen` prints it."""

Listing = Annotated[tuple[T, ...], Strict(False), Field(min_length=1)]
"""A list with at least one entry."""

Some = Annotated[tuple[T, ...], Strict(False)]
"""A list that may be left out."""
