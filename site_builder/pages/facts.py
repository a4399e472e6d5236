"""The fact row of a credential: what a reader compares before reading further."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.words import KIND, LEVEL, METHOD, MODE, number
from site_builder.models.credential import CredentialSpec
from site_builder.text.periods import period_in_words

_LANGUAGES = {
    "ar": "Arabic",
    "bn": "Bengali",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "iu": "Inuktitut",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mi": "Māori",
    "mt": "Maltese",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sv": "Swedish",
    "sw": "Swahili",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def language_name(tag: str) -> str:
    """Return the English name of a language, without its region; the tag where we have no name for it."""
    return _LANGUAGES.get(tag.split("-")[0], tag)


def hours(spec: CredentialSpec) -> str:
    """Return the workload as it stands on cards: ``25 hours``; empty where none is given."""
    if spec.workload is None:
        return ""
    value = number(spec.workload.hours)
    return f"{value} hour{'' if value == 1 else 's'}"


def facts(spec: CredentialSpec) -> Iterator[tuple[str, str]]:
    """Yield the labels and values of the fact row; what a spec leaves out has no row."""
    yield "Kind", KIND[spec.kind]
    yield "Level", _level(spec)
    if spec.workload:
        points = f" ({number(spec.workload.ects)} ECTS)" if spec.workload.ects else ""
        yield "Workload", hours(spec) + points
    yield "Assessment", ", ".join(_methods(spec)).capitalize()
    if spec.participation:
        yield "Participation", MODE[spec.participation.mode]
    yield "Language", language_name(spec.language)
    yield "Valid for", period_in_words(spec.valid_for) if spec.valid_for else "No expiry"
    if spec.credit:
        yield "Credit", f"{number(spec.credit.points)} {spec.credit.system}"


def _level(spec: CredentialSpec) -> str:
    extra = spec.qualification_level
    return LEVEL[spec.level] + (f" ({extra.framework} level {extra.level})" if extra else "")


def _methods(spec: CredentialSpec) -> list[str]:
    return list(dict.fromkeys(METHOD[item.method] for item in spec.assessment))
