"""The competency framework: one file under ``frameworks/`` (DESIGN 2)."""

from __future__ import annotations

from typing import Literal

from site_builder.models.fields import Address, Id, Language, Line, Listing, Model, Paragraphs, Version, Words


class LevelStatements(Model):
    """What someone can do at each level, as a sentence that starts with a verb."""

    foundational: Words
    """With guidance, in familiar situations."""
    intermediate: Words
    """On their own, in most situations."""
    advanced: Words
    """In new or difficult situations, and helping others."""


class Competency(Model):
    """One competency and its three levels."""

    id: Id
    """Its id, unique in this framework. It becomes part of the public address and never changes."""
    name: Line
    """Its name."""
    type: Literal["hard", "soft"]
    """`hard`: technical knowledge and skills; `soft`: working with oneself and others."""
    description: Words
    """What it means, in a sentence."""
    levels: LevelStatements
    """What someone can do at each level."""


class Framework(Model):
    """A competency framework, as its authors write it."""

    id: Id
    """The file's name without `.yaml`. It becomes part of the public address and never changes."""
    name: Line
    """Its title."""
    version: Version
    """Its version, in quotes."""
    language: Language
    """The language it is written in."""
    description: Paragraphs
    """What it covers and whom it is for."""
    publisher: Line | None = None
    """Who publishes it, if it is not the issuer."""
    source: Address | None = None
    """Where it was first published."""
    licence: Line | None = None
    """Under which licence."""
    competencies: Listing[Competency]
    """The competencies, in the order in which they are shown."""
