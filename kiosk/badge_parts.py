"""Builds what follows from a badge that is held near, out of a kiosk and a radio."""

from __future__ import annotations

from kiosk.assembly import Kiosk
from kiosk.desk.adverts import Radio
from kiosk.desk.badge_desk import BadgeCounter
from kiosk.desk.badges import HandsFree
from kiosk.desk.proximity import Rule
from kiosk.ui.nearness import Nearness


def nearness_of(kiosk: Kiosk, radio: Radio, hands_free: HandsFree = HandsFree.OFF) -> Nearness:
    """The ear of the touch screen."""
    state, desk = kiosk.state, kiosk.desk
    counter = BadgeCounter(state.badges, state.ledger, state.badges.clock, desk.house)
    return Nearness(counter, radio, Rule(hands_free=hands_free), kiosk.settings.badges.prompt_seconds)
