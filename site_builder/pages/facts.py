"""The fact row of a credential: what a reader compares before reading further."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.words import number
from site_builder.messages import Words
from site_builder.models.credential import CredentialSpec


def hours(words: Words, spec: CredentialSpec) -> str:
    """Return the workload as it stands on cards: ``25 hours``; empty where none is given."""
    if spec.workload is None:
        return ""
    return words.hours(spec.workload.hours)


def facts(words: Words, spec: CredentialSpec) -> Iterator[tuple[str, str]]:
    """Yield the labels and values of the fact row; what a spec leaves out has no row."""
    yield "Kind", words(f"terms.kind.{spec.kind}")
    yield "Level", _level(words, spec)
    if spec.workload:
        points = f" ({number(spec.workload.ects)} ECTS)" if spec.workload.ects else ""
        yield "Workload", hours(words, spec) + points
    yield "Assessment", ", ".join(_methods(words, spec)).capitalize()
    if spec.participation:
        yield "Participation", words(f"terms.mode.{spec.participation.mode}")
    yield "Language", words.language_name(spec.language)
    yield "Valid for", words.period(spec.valid_for) if spec.valid_for else "No expiry"
    if spec.credit:
        yield "Credit", f"{number(spec.credit.points)} {spec.credit.system}"


def _level(words: Words, spec: CredentialSpec) -> str:
    extra = spec.qualification_level
    return words(f"terms.level.{spec.level}") + (f" ({extra.framework} level {extra.level})" if extra else "")


def _methods(words: Words, spec: CredentialSpec) -> list[str]:
    return list(dict.fromkeys(words(f"terms.method.{item.method}") for item in spec.assessment))
