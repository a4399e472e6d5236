"""What may stand in a document that is signed as a graph, judged on the JSON alone.

A Data Integrity proof with RDFC-1.0 covers the graph, people read the JSON. Everything refused here is a way
for the two to differ: values that leave no statement (null, an empty list, a repeated value, a base
direction), statements spelled so that a reader of the JSON misses them (a full IRI or a JSON-LD keyword for a
key), and text or IRIs that canonicalizers write differently (SIGNING: PyLD mis-escapes control characters).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from site_builder.proof.contexts import REFUSED_TERMS
from site_builder.proof.errors import UndefinedTermError, UnsignableError, UnsignableTextError, pointer_to

__all__ = ["is_iri", "is_signable", "refuse_unsigned_shapes"]

Path = tuple[str | int, ...]

# IRIREF of N-Quads, absolute: what PyLD lets through beyond this would break its own output. White space of
# any script is left out too: PyLD silently drops every statement about an IRI with it, and jsonld.js, for
# which U+FEFF is white space, does the same.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\ufeff\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]*")
# TAB, LF and CR have escapes everybody agrees on; the rest of C0, DEL, U+FFFE and U+FFFF do not: RDFC-1.0
# escapes what is no Char of XML 1.1, and PyLD writes it as it is.
_UNSIGNABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def is_iri(text: object) -> bool:
    """Return True for an absolute IRI that N-Quads can write; blank node identifiers are none."""
    return isinstance(text, str) and _IRI.fullmatch(text) is not None


def is_signable(text: str) -> bool:
    """Return True for a text that all canonicalizers write alike."""
    return _UNSIGNABLE.search(text) is None


def refuse_unsigned_shapes(document: Mapping[str, Any]) -> None:
    """Raise an :class:`UnsignableError` naming the first place whose meaning a proof would not cover."""
    _check_object(document, (), document.get("@context"))


def _check(value: object, path: Path, context: object) -> None:
    if isinstance(value, dict):
        _check_object(value, path, context)
    elif isinstance(value, list):
        _check_list(value, path, context)
    elif isinstance(value, str):
        _check_text(value, path)
    elif value is None:
        raise UnsignableError(pointer_to(path), "null leaves no statement, so it would not be signed")
    elif isinstance(value, int | float):
        _check_number(value, path)


def _check_number(value: float, path: Path) -> None:
    """Refuse numbers that JSON-LD libraries write differently.

    JSON-LD 1.1 API, 8.6 wants ``%1.15E``; where the seventeenth digit is a 5 to be rounded away, Python
    rounds to even and JavaScript up. Whole numbers from 2**53 are rounded by some, written in full by others.
    jsonld.js writes 0 for a number so small that JavaScript shows it with an exponent and no point.
    """
    if not math.isfinite(value):
        raise UnsignableError(pointer_to(path), "number must be finite")
    if abs(value) >= 2**53:
        raise UnsignableError(pointer_to(path), "number must be smaller than 2**53")
    if 0 < abs(value) < 1e-6:
        raise UnsignableError(pointer_to(path), "number must be 0 or at least 0.000001")
    if not float(value).is_integer() and len(Decimal(value).normalize().as_tuple().digits) == 17:
        raise UnsignableError(pointer_to(path), "number must have fewer digits")


def _check_object(value: Mapping[str, Any], path: Path, context: object) -> None:
    if "@value" in value:
        _check_language_text(value, path)
        return
    for key, item in value.items():
        here = (*path, key)
        if key == "@context":
            _check_context(item, here, context)
            continue
        _check_key(key, here)
        if key == "id" and not is_iri(item):
            raise UndefinedTermError(
                pointer_to(here), str(item), "id must be an absolute IRI, or it would not be signed"
            )
        _check(item, here, context)


def _check_context(found: object, path: Path, context: object) -> None:
    """Let an embedded credential repeat the document's context, and nothing define terms of its own."""
    if found != context:
        raise UnsignableError(pointer_to(path), "an embedded @context must equal the document's own")
    entries = found if isinstance(found, list) else [found]
    if not entries or not all(isinstance(entry, str) for entry in entries):
        raise UnsignableError(pointer_to(path), "@context must be a list of URLs")
    if len(set(entries)) != len(entries):
        raise UnsignableError(pointer_to(path), "@context must not name a context twice")


def _check_key(key: str, path: Path) -> None:
    _check_text(key, path)
    if key.startswith("@"):
        raise UnsignableError(pointer_to(path), f"keyword {key[:40]!r} must not stand in a credential")
    if ":" in key:
        raise UnsignableError(pointer_to(path), "key must be a term of the contexts, not an IRI")
    if key in REFUSED_TERMS:
        reason = f"{key!r} is defined by only one of the two circulating copies of the Open Badges context"
        raise UndefinedTermError(pointer_to(path), key, reason)


def _check_language_text(value: Mapping[str, Any], path: Path) -> None:
    """VC Data Model 2.0, 11.1 language value object; its base direction would not be signed."""
    if set(value) != {"@value", "@language"}:
        raise UnsignableError(pointer_to(path), "a language text must have exactly @value and @language")
    language = value["@language"]
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise UnsignableError(pointer_to((*path, "@language")), "@language must be a BCP 47 language tag")
    if not isinstance(value["@value"], str):
        raise UnsignableError(pointer_to((*path, "@value")), "@value of a language text must be text")
    _check_text(value["@value"], (*path, "@value"))


def _check_list(value: list[Any], path: Path, context: object) -> None:
    if not value:
        raise UnsignableError(
            pointer_to(path), "an empty list leaves no statement, so it would not be signed"
        )
    seen: set[tuple[type, object]] = set()
    for index, item in enumerate(value):
        here = (*path, index)
        if isinstance(item, list):
            raise UnsignableError(
                pointer_to(here), "a list within a list is flattened, so it would not be signed"
            )
        if isinstance(item, str | int | float):
            kind = float if type(item) is int else type(item)  # 1 and 1.0 are one number, true is none
            if (kind, item) in seen:
                raise UnsignableError(
                    pointer_to(here), "a repeated value leaves one statement, so it would not be signed"
                )
            seen.add((kind, item))
        _check(item, here, context)


def _check_text(text: str, path: Path) -> None:
    found = _UNSIGNABLE.search(text)
    if found:
        name = f"U+{ord(found.group()):04X}"
        raise UnsignableTextError(pointer_to(path), f"text must not hold the character {name}")
