"""Which fields authors may write, and of which kind each is: read from the models, so none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from site_builder.models import fields as declared
from site_builder.models.award import AwardFile
from site_builder.models.credential import CredentialSpec
from site_builder.models.fields import Model
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.models.rules import Told

Pattern = tuple[str, ...]
"""Where a field stands; ``*`` is any entry of a list."""


class FileKind(StrEnum):
    """The four kinds of file that authors write."""

    CREDENTIAL = "credential"
    FRAMEWORK = "framework"
    ISSUER = "issuer"
    AWARDS = "awards"


MODELS: dict[FileKind, type[Model]] = {
    FileKind.CREDENTIAL: CredentialSpec,
    FileKind.FRAMEWORK: Framework,
    FileKind.ISSUER: Issuer,
    FileKind.AWARDS: AwardFile,
}

CORPUS_KINDS = {
    "Line": "text",
    "Words": "text",
    "Paragraphs": "text",
    "Markdown": "markdown",
    "Id": "id",
    "Reference": "id",
    "AwardId": "id",
    "Address": "url",
    "Hours": "number",
    "Credits": "number",
    "Percent": "number",
    "StatusIndex": "number",
}
"""The types of ``models/fields.py`` in the words of the corpus."""

OTHER_TEXT = frozenset(
    {
        *("Version", "Language", "Period", "Country", "Pseudonym", "Commitment", "Multikey", "Did"),
        *("Fingerprint", "SiteAddress"),
    }
)
"""Texts of one form only: too narrow for a payload of text, but a number is as wrong there as anywhere."""

# What a translation may say is held to the rules of the texts it translates (tests/models).
OTHER = frozenset({"Day", "ByLanguage", "list", "choice"})


@dataclass(frozen=True)
class Field:
    """One field: the kind of its file, where it stands, and the name of its type."""

    file: FileKind
    pattern: Pattern
    type: str
    needed: bool

    @property
    def kind(self) -> str:
        """The kind of the field in the words of the corpus; its type's name where the corpus has none."""
        return CORPUS_KINDS.get(self.type, self.type)

    @property
    def is_text(self) -> bool:
        """True where the value is text of any kind."""
        return self.kind in ("text", "markdown", "id", "url") or self.type in OTHER_TEXT


def all_fields() -> list[Field]:
    """Return every field of every kind of file, lists and the fields inside them included."""
    return [found for file, model in MODELS.items() for found in _of_model(file, model, ())]


def type_names() -> dict[int, str]:
    """Return the types that ``models/fields.py`` declares, by the identity of what each tells editors."""
    named = (
        (name, get_args(value)) for name, value in vars(declared).items() if get_origin(value) is Annotated
    )
    return {id(part): name for name, parts in named for part in parts if isinstance(part, Told)}


_NAMES = type_names()


def _of_model(file: FileKind, model: type[Model], at: Pattern) -> Iterator[Field]:
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        yield from _of_type(file, hints[name], (*at, name), needed=info.is_required())


def _of_type(file: FileKind, hint: Any, at: Pattern, *, needed: bool) -> Iterator[Field]:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        named = [_NAMES[id(part)] for part in parts if id(part) in _NAMES]
        if named:
            yield Field(file, at, named[0], needed)
        else:
            yield from _of_type(file, parts[0], at, needed=needed)
    elif origin in (Union, UnionType):
        inner = next(part for part in parts if part is not NoneType)
        yield from _of_type(file, inner, at, needed=needed)
    elif origin is tuple:
        yield Field(file, at, "list", needed)
        yield from _of_type(file, parts[0], (*at, "*"), needed=needed)
    elif origin is Literal:
        yield Field(file, at, "choice", needed)
    elif isinstance(hint, type) and issubclass(hint, Model):
        yield from _of_model(file, hint, at)
    else:
        raise TypeError(f"the runner does not know what {'.'.join(at)} is: {hint}")
