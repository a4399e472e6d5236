"""One language's sentences, dates, numbers and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from site_builder.text.languages import direction
from site_builder.text.periods import period_parts

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = ("en", "fr", "ar")
"""The languages of the interface; the first is the one that all others are compared with."""

CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The plural categories of CLDR."""

# Babel's "en" writes dates as Americans do; the site writes 22 November 2026 (LOOK, "Voice").
_LOCALES = {"en": "en_GB"}
_UNITS = {"years": "year", "months": "month", "weeks": "week", "days": "day"}

Message = str | Mapping[str, str]
"""A sentence, or its plural forms by category."""


class Words:
    """The sentences of one language. Its methods are pure: the same words on every machine.

    Babel is imported when the first date or number is written: many commands write none.
    """

    def __init__(self, language: str, messages: Mapping[str, Message]) -> None:
        self.language = language
        self.direction = direction(language)
        self.messages = messages

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale

        return Locale.parse(_LOCALES.get(self.language, self.language), sep="_")

    @property
    def name(self) -> str:
        """The language's name in itself, as a list of languages shows it: ``français``."""
        from babel import Locale

        return str(Locale.parse(self.language).get_language_name(self.language))

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence of that key with its values; raise KeyError for an unknown key or value.

        Whole numbers and fractions are written as the language writes them.
        """
        shown = {name: self.number(v) if _is_number(v) else v for name, v in values.items()}
        return self.template(key, values.get("n")).format(**shown)

    def template(self, key: str, n: object = None) -> str:
        """Return the sentence of that key as it stands in the file, in the plural form for ``n``."""
        message = self.messages[key]
        if isinstance(message, str):
            return message
        if not isinstance(n, int | float):
            raise KeyError(f"{key} has plural forms, so it needs the number n")
        return message.get(self._locale.plural_form(n)) or message["other"]

    def day(self, day: date) -> str:
        """Return a date in words: 22 November 2026."""
        from babel.dates import format_date

        return format_date(day, "long", locale=self._locale)

    def number(self, value: object) -> str:
        """Return a number as the language writes it, without needless decimals."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)  # type: ignore[arg-type]

    def hours(self, hours: float) -> str:
        """Return a workload in words: 25 hours."""
        from babel.units import format_unit

        return format_unit(hours, "duration-hour", "long", locale=self._locale)

    def period(self, period: str) -> str:
        """Return an ISO 8601 duration in words: 1 year and 6 months; ValueError if it is none."""
        from babel.units import format_unit

        counted = [(count, unit) for unit, count in period_parts(period) if count]
        return self.listed(
            format_unit(count, f"duration-{_UNITS[unit]}", "long", locale=self._locale)
            for count, unit in counted
        )

    def listed(self, items: Iterable[str]) -> str:
        """Return the items as a sentence lists them: a, b and c."""
        from babel.lists import format_list

        return format_list(list(items), locale=self._locale)

    def language_name(self, tag: str) -> str:
        """Return the name of a language, without its region; the tag itself where no name is known."""
        return str(self._locale.languages.get(tag.split("-")[0], tag))

    def country_name(self, code: str) -> str:
        """Return the name of a country by its ISO 3166 code; the code itself where no name is known."""
        return str(self._locale.territories.get(code, code))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@cache
def load(language: str) -> Words:
    """Return the words of one of :data:`LANGUAGES`; raise ValueError for another."""
    if language not in LANGUAGES:
        raise ValueError(f"the interface has no words in {language!r}")
    return Words(language, dict(_read(language)))


def _read(language: str) -> Iterator[tuple[str, Message]]:
    folder = files("site_builder.messages") / language
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".yaml"):
            area = file.name.removesuffix(".yaml")
            yield from _flat(area, yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader))  # noqa: S506


def _flat(key: str, value: object) -> Iterator[tuple[str, Message]]:
    """Yield the sentences below ``key``; names of nested mappings are joined with dots."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        if value and set(value) <= CATEGORIES:
            yield key, value
            return
        for name, inner in value.items():
            yield from _flat(f"{key}.{name}", inner)
