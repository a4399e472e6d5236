"""What a rule for one value is made of: the check, what is said where it fails, what editors say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import AfterValidator, Field, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from site_builder.problems import shown
from site_builder.text.fault import Fault

WORDS = "x-words"


@dataclass(frozen=True, eq=False)
class Told:
    """What editors and the reference page say of a kind of value: its words, and JSON Schema keywords."""

    words: str
    keywords: dict[str, Any] = field(default_factory=dict)

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema pydantic makes of the type, with our words and keywords put in."""
        return {**handler(core_schema), **self.keywords, WORDS: self.words}


class Keyed(Told):
    """What editors say of a mapping whose keys are values themselves, such as language tags."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return pydantic's schema, closed: a key that breaks the pattern is an error there too."""
        schema = super().__get_pydantic_json_schema__(core_schema, handler)
        schema.pop("propertyNames", None)  # the pattern of ``patternProperties`` says all of it
        return {**schema, "additionalProperties": False}


def refuse(fault: Fault | None) -> None:
    """Raise the pydantic error that carries ``fault`` to :mod:`site_builder.models.build`; warnings pass."""
    if fault is not None and fault.is_error:
        context = {"message": fault.message, "hint": fault.hint}
        raise PydanticCustomError(fault.code, "{message}", context)


def rule(check: Callable[[str], Fault | None]) -> AfterValidator:
    """Return the rule that ``check`` finds no error in a text."""

    def apply(value: str) -> str:
        fault = check(value)
        if fault is not None:
            refuse(fault)
        return value

    return AfterValidator(apply)


@dataclass(frozen=True)
class Form:
    """What is said of a text that has not the one form it must have.

    ``quoted`` is False where a wrong value may be a secret or a person's data: then no message repeats it.
    """

    what: str
    hint: str
    quoted: bool

    def fault_of(self, value: object) -> Fault:
        """Return the ``bad-format`` fault of a value."""
        found = f", not {shown(value)}" if self.quoted else ""
        return Fault("bad-format", f"must be {self.what}{found}", self.hint)


FORMS: dict[str, Form] = {}
"""By the pattern that pydantic names where a text does not have it. It asks it without a call into Python."""


def form(pattern: str, what: str, hint: str, *, quoted: bool = True) -> tuple[FieldInfo, Told]:
    """Return the rule that a text has exactly one form, and what editors say of it.

    ``pattern`` must mean the same to Python, to Rust (the ``regex`` crate) and to JavaScript.
    """
    whole = f"^{pattern}$"
    FORMS[whole] = Form(what, hint, quoted)
    told = Told(what, {"pattern": whole, "patternErrorMessage": f"must be {what}"})
    return Field(pattern=whole), told


def like(pattern: str, what: str, *examples: str, longest: int | None = None) -> Told:
    """Return what editors say of a text whose rule stands in ``text/``: a pattern near it, examples."""
    keywords: dict[str, Any] = {"pattern": pattern, "patternErrorMessage": f"must be {what}"}
    if longest is not None:
        keywords["maxLength"] = longest
    return Told(what, {**keywords, "examples": list(examples)})
