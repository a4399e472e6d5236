"""The fact row of a credential: what a reader compares before reading further."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markupsafe import Markup

from site_builder.exports.html import in_language, sentence
from site_builder.messages import Words
from site_builder.models.credential import CredentialSpec


def hours(words: Words, spec: CredentialSpec) -> str:
    """Return the workload as it stands on cards: ``25 hours``; empty where none is given."""
    if spec.workload is None:
        return ""
    return _hours(words, spec.workload.hours)


@cache
def _hours(words: Words, number: float) -> str:
    """Return a workload in words; a catalog has few, and they stand on every card of every page."""
    return words.hours(number)


def facts(words: Words, spec: CredentialSpec) -> Iterator[tuple[str, str]]:
    """Yield the labels and values of the fact row; what a spec leaves out has no row.

    Values with words of an author are ``Markup`` and say which language those are in.
    """
    yield words("facts.kind"), words(f"terms.kind.{spec.kind}")
    yield words("facts.level"), _level(words, spec)
    if spec.workload:
        yield words("facts.workload"), _workload(words, spec)
    yield words("facts.assessment"), _methods(words, spec)
    if spec.participation:
        yield words("facts.participation"), words(f"terms.mode.{spec.participation.mode}")
    yield words("facts.language"), _initial(words.language_name(spec.language))
    until = words.period(spec.valid_for) if spec.valid_for else words("facts.no-expiry")
    yield words("facts.valid-for"), until
    if spec.credit:
        yield words("facts.credit"), credit(words, spec)


def credit(words: Words, spec: CredentialSpec) -> Markup:
    """Return the credit it carries, such as ``6 ECTS``; empty where it carries none."""
    if spec.credit is None:
        return Markup("")
    system = marked(words, spec.credit.system, spec.language)
    return sentence(words, "facts.points", n=spec.credit.points, system=system)


def marked(words: Words, text: str, language: str) -> Markup:
    """Return an author's words for use within a sentence of ours, with their own ``lang`` and ``dir``.

    ``bdi`` keeps marks at their edges on their own side where directions meet (HTML, section 4.5.24).
    """
    attributes = in_language(language, words.language)
    return Markup("<bdi{}>{}</bdi>").format(attributes, text) if attributes else Markup("{}").format(text)


def _level(words: Words, spec: CredentialSpec) -> str:
    level, extra = words(f"terms.level.{spec.level}"), spec.qualification_level
    if extra is None:
        return level
    framework = marked(words, extra.framework, spec.language)
    return sentence(words, "facts.qualification", level=level, framework=framework, value=extra.level)


def _workload(words: Words, spec: CredentialSpec) -> str:
    if spec.workload is None or spec.workload.ects is None:
        return hours(words, spec)
    return words("facts.ects", hours=hours(words, spec), n=spec.workload.ects)


def _initial(name: str) -> str:
    """Return a name as it stands by itself: French writes languages small within a sentence."""
    return name[:1].upper() + name[1:]


def _methods(words: Words, spec: CredentialSpec) -> str:
    """Return each method once, as a list that begins like a sentence."""
    first, *others = dict.fromkeys(words(f"terms.method.{item.method}") for item in spec.assessment)
    return words("facts.comma").join([first, *(other.lower() for other in others)])
