"""The roll call in words: for the glass, for a file and for paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.desk.house import House
from kiosk.desk.roll_call import Mark, Present, RollCall
from kiosk.i18n.sentences import clock_words, day_words
from kiosk.i18n.speech import Speech


def head_words(roll: RollCall, speech: Speech) -> str:
    """How many are in."""
    return speech.count("{number} person is in", "{number} people are in", len(roll.present))


def as_of_words(roll: RollCall, house: House, speech: Speech) -> str:
    """How old that is, and how much of it Nexudus does not have."""
    if roll.as_of is None:
        return speech.say("Nothing is known here yet.")
    when = when_words(roll.as_of, roll.taken, house, speech)
    if not roll.unsynced:
        return speech.say("As of {time}.", time=when)
    return speech.say("As of {time}. * marks whom Nexudus does not have: {number}", time=when, number=roll.unsynced)


def moment_words(at: datetime, house: House, speech: Speech) -> str:
    """Day and time in the location's zone."""
    return speech.say("{day} {time}", day=day_words(at, house), time=clock_words(at, house))


def when_words(at: datetime, now: datetime, house: House, speech: Speech) -> str:
    """A time of day; with the day where that is another one."""
    return clock_words(at, house) if house.day(at) == house.day(now) else moment_words(at, house, speech)


def name_words(one: Present, speech: Speech) -> str:
    """A name, with an asterisk where Nexudus does not have it."""
    name = one.name or speech.say("Name not known here ({person})", person=one.stay.person)
    return name if one.mark is Mark.KNOWN else f"* {name}"


def since_words(one: Present, roll: RollCall, house: House, speech: Speech) -> str:
    """Since when somebody is in."""
    return speech.say("since {time}", time=when_words(one.stay.since, roll.taken, house, speech))


def mark_words(mark: Mark, speech: Speech) -> str:
    """What Nexudus knows of it; nothing where it knows all."""
    match mark:
        case Mark.KNOWN:
            return ""
        case Mark.UNSYNCED:
            return speech.say("Nexudus has not heard of it yet")
        case Mark.REFUSED:
            return speech.say("Nexudus did not accept it")


def title_words(house: House, speech: Speech) -> str:
    """What the page is called."""
    return speech.say("Roll call: {place}", place=house.name)


def paper_words(roll: RollCall, house: House, speech: Speech) -> str:
    """The whole roll call for paper: a box to tick for each person, in the order of their names, and room for whoever
    is missing here. Lines are short enough for 80 columns unless a name is longer than that."""
    taken = moment_words(roll.taken, house, speech)
    lines = [
        title_words(house, speech),
        speech.say("Taken on {time}", time=taken),
        head_words(roll, speech),
        as_of_words(roll, house, speech),
        "",
    ]
    for one in sorted(roll.present, key=lambda one: (one.name.casefold(), one.stay.person.number)):
        mark = mark_words(one.mark, speech)
        lines.append(f"[ ] {name_words(one, speech)}  ·  {since_words(one, roll, house, speech)}")
        lines += [f"      {mark}"] if mark else []
    return "\n".join([*lines, *_room_for_more(speech)]) + "\n"


def _room_for_more(speech: Speech) -> Sequence[str]:
    return ("", speech.say("Also here:"), "[ ] " + "_" * 40, "[ ] " + "_" * 40, "[ ] " + "_" * 40)
