"""The words for closed lists, so that badge, page and narrative say the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from site_builder.models.credential import Benchmark, Kind, Level, Method, Mode

Json = dict[str, Any]
"""A JSON object that is being put together."""

KIND: dict[Kind, str] = {
    "nanocredential": "Nanocredential",
    "microcredential": "Microcredential",
    "stacked-microcredential": "Stacked microcredential",
    "certificate": "Certificate",
}
LEVEL: dict[Level, str] = {
    "foundational": "Foundational",
    "intermediate": "Intermediate",
    "advanced": "Advanced",
}
BENCHMARK: dict[Benchmark, str] = {
    "progress": "Progress: earned step by step",
    "performance": "Performance: earned by meeting a standard",
}
METHOD: dict[Method, str] = {
    "assignment": "Assignment",
    "test": "Test",
    "project": "Project",
    "portfolio": "Portfolio",
    "practical-exercise": "Practical exercise",
    "workplace-demonstration": "Workplace demonstration",
    "lecture-or-seminar": "Lecture or seminar",
    "conference": "Conference",
}
MODE: dict[Mode, str] = {
    "on-site": "On site",
    "online": "Online",
    "blended": "Blended: online and on site",
    "workplace": "In the workplace",
}


def number(value: float) -> int | float:
    """Return a whole number as ``int``.

    JSON-LD processors in other languages see no difference between 5 and 5.0, and write both as 5 in RDF.
    """
    return int(value) if value == int(value) else value


def instant(day: date) -> str:
    """Return the first second of a UTC day as an XML Schema dateTimeStamp (VC Data Model 2.0, 4.9)."""
    return f"{day.isoformat()}T00:00:00Z"
