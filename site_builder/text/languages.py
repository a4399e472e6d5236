"""Language tags (BCP 47, the part that courses need: language, script, region)."""

from __future__ import annotations

import re

from site_builder.problems import shown
from site_builder.text.fault import Fault

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)


def language_fault(tag: str) -> Fault | None:
    """Return a ``bad-language`` fault unless ``tag`` has the form of a language tag, letter case included."""
    if _TAG.fullmatch(tag):
        return None
    return Fault(
        "bad-language", f"must be a language tag, not {shown(tag, 40)}", "write a tag like en or en-CA"
    )


def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr``, the ``dir`` attribute for text in this language; a script outweighs it."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return "ltr"
    if match["script"]:
        return "rtl" if match["script"] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if match["language"] in _RIGHT_TO_LEFT else "ltr"
