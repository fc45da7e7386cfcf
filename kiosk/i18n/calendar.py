"""Days and times as people write them: the month as a word, so that nobody takes a day for a month; 24 hours."""

from __future__ import annotations

from datetime import datetime

from kiosk.desk.house import House
from kiosk.i18n.speech import Speech
from kiosk.text import to_be_said

_MONTHS = (
    to_be_said("January"),
    to_be_said("February"),
    to_be_said("March"),
    to_be_said("April"),
    to_be_said("May"),
    to_be_said("June"),
    to_be_said("July"),
    to_be_said("August"),
    to_be_said("September"),
    to_be_said("October"),
    to_be_said("November"),
    to_be_said("December"),
)


def clock_words(at: datetime, house: House) -> str:
    """A time of day in the location's zone, on the 24-hour clock."""
    return house.local(at).strftime("%H:%M")


def day_words(at: datetime, house: House, speech: Speech) -> str:
    """A day in the location's zone, such as "28 November 2026". The first of a month is a sentence of its own: in
    French and Italian it is written otherwise."""
    day = house.local(at)
    month = speech.say(_MONTHS[day.month - 1])
    if day.day == 1:
        return speech.say("1 {month} {year}", month=month, year=day.year)
    return speech.say("{day} {month} {year}", day=day.day, month=month, year=day.year)


def moment_words(at: datetime, house: House, speech: Speech) -> str:
    """A day and a time of day."""
    return speech.say("{day}, {time}", day=day_words(at, house, speech), time=clock_words(at, house))
