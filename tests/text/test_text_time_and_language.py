from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.dates import date_fault, date_in_words, parse_date
from site_builder.text.languages import direction, language_fault
from site_builder.text.periods import add_period, period_fault, period_in_words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-13-01", "must be a date, not '2024-13-01'"),
        ("2023-02-29", "must be a date, not '2023-02-29'"),
        ("22 November 2026", "must be a date, not '22 November 2026'"),
        ("٢٠٢٤-٠١-٠١", "must be a date, not '٢٠٢٤-٠١-٠١'"),
        ("1889-01-01", "must be a date of the years 1990 to 2199, not 1889-01-01"),
    ],
)
def test_what_is_no_date_is_told(text: str, message: str) -> None:
    fault = date_fault(text)
    assert fault is not None
    assert (fault.code, fault.message) == ("bad-date", message)
    assert fault.hint == "write the year, the month and the day: 2026-11-22"


def test_a_date_is_read_and_written() -> None:
    assert date_fault("2024-02-29") is None
    assert date_in_words(parse_date("2026-11-22")) == "22 November 2026"


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2024, 11, 30), "P18M", date(2026, 5, 30)),
        (date(2024, 12, 31), "P2W", date(2025, 1, 14)),
        (date(2024, 1, 1), "P1Y2M3D", date(2025, 3, 4)),
    ],
)
def test_a_period_is_added_as_a_calendar_does(start: date, period: str, end: date) -> None:
    assert add_period(start, period) == end


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("P3Y", "3 years"),
        ("P18M", "18 months"),
        ("P1Y6M", "1 year and 6 months"),
        ("P1Y1M1D", "1 year, 1 month and 1 day"),
    ],
)
def test_a_period_is_told_in_words(period: str, words: str) -> None:
    assert period_in_words(period) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2 years", "must be a duration such as P2Y, not '2 years'"),
        ("P", "must be a duration such as P2Y, not 'P'"),
        ("PT5H", "must be a duration such as P2Y, not 'PT5H'"),
        ("P1.5Y", "must be a duration such as P2Y, not 'P1.5Y'"),
        ("-P1Y", "must be a duration such as P2Y, not '-P1Y'"),
        ("P1Y2W", "must be a duration such as P2Y, not 'P1Y2W'"),
        ("P0D", "must be longer than nothing, not 'P0D'"),
        ("P101Y", "must be at most 100 years, not 'P101Y'"),
        ("P99999M", "must be at most 100 years, not 'P99999M'"),
    ],
)
def test_what_is_no_period_is_told(text: str, message: str) -> None:
    fault = period_fault(text)
    assert fault is not None
    assert (fault.code, fault.message) == ("bad-duration", message)
    assert fault.hint == "write P2Y for two years, P18M for eighteen months"


@given(st.from_regex(r"\AP([0-9]{1,5}[YMWD]){1,3}\Z"), st.dates(date(1990, 1, 1), date(2199, 12, 31)))
def test_every_accepted_period_can_be_added(period: str, start: date) -> None:
    if period_fault(period) is None:
        assert start < add_period(start, period) <= start + timedelta(days=36900)
        assert period_in_words(period)


@pytest.mark.parametrize("tag", ["en", "en-CA", "zh-Hant", "zh-Hant-TW", "es-419", "fil"])
def test_a_language_tag_passes(tag: str) -> None:
    assert language_fault(tag) is None


@pytest.mark.parametrize("tag", ["english", "EN", "en_CA", "en-ca", "", "en-", "e"])
def test_what_is_no_language_tag_is_told(tag: str) -> None:
    fault = language_fault(tag)
    assert fault is not None
    assert (fault.code, fault.message) == ("bad-language", f"must be a language tag, not '{tag}'")
    assert fault.hint == "write a tag like en or en-CA"


def test_direction_follows_the_script() -> None:
    assert [direction(tag) for tag in ("ar", "he-IL", "pa-Arab", "az", "ur-Latn", "fr")] == (
        ["rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]
    )
