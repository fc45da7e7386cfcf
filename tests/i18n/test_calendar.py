from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.house import House
from kiosk.i18n.calendar import clock_words, day_words, moment_words
from kiosk.i18n.speech import Speech

HOUSE = House(1, "Harbour Works", ZoneInfo("Europe/Madrid"))
EVENING = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
"""Half past midnight of the 5th in Madrid."""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "5 March 2026"),
        ("es", "5 de marzo de 2026"),
        ("fr", "5 mars 2026"),
        ("de", "5. März 2026"),
        ("pt", "5 de março de 2026"),
        ("it", "5 marzo 2026"),
    ],
)
def test_a_day_is_written_as_people_of_the_language_write_it(language: str, said: str) -> None:
    assert day_words(EVENING, HOUSE, Speech(language)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "1er mai 2026"), ("it", "1º maggio 2026"), ("de", "1. Mai 2026")],
)
def test_the_first_of_a_month_has_its_own_form(language: str, said: str) -> None:
    assert day_words(datetime(2026, 5, 1, 12, tzinfo=UTC), HOUSE, Speech(language)) == said


def test_times_are_on_the_clock_of_24_hours_in_every_language() -> None:
    assert clock_words(datetime(2026, 5, 1, 19, 5, tzinfo=UTC), HOUSE) == "21:05"
    assert moment_words(EVENING, HOUSE, Speech("de")) == "5. März 2026, 00:30 Uhr"
