"""Words that only a page with a keyboard needs."""

from __future__ import annotations

from kiosk.desk.visit_form import Check
from kiosk.i18n.speech import Speech


def placeholder_words(check: Check, speech: Speech) -> str:
    """What stands in an empty field: an answer of the kind that is meant, or nothing where it needs no example."""
    match check:
        case Check.EMAIL:
            return speech.say("name@company.com")
        case Check.PHONE:
            return speech.say("+44 20 7946 0123")
        case _:
            return ""
