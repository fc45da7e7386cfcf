"""Builds what follows from a badge that is held near, out of a kiosk and a radio."""

from __future__ import annotations

from kiosk.assembly import Kiosk
from kiosk.desk.adverts import Radio
from kiosk.desk.badge_desk import BadgeCounter
from kiosk.desk.badge_office import BadgeDrawer
from kiosk.desk.proximity import Rule
from kiosk.settings import Settings
from kiosk.ui.enrolling import Enrolling
from kiosk.ui.nearness import Nearness


def enrolling_of(kiosk: Kiosk, nearness: Nearness) -> Enrolling:
    """The pages on which staff give a badge to a member."""
    state = kiosk.state
    counter = BadgeCounter(state.badges, state.ledger, state.badges.clock, kiosk.desk.house)
    office = BadgeDrawer(state.badges, state.directory, counter.recognise, state.badges.clock)
    return Enrolling(office, nearness)


def nearness_of(kiosk: Kiosk, radio: Radio) -> Nearness:
    """The ear of the touch screen."""
    state, desk = kiosk.state, kiosk.desk
    counter = BadgeCounter(state.badges, state.ledger, state.badges.clock, desk.house)
    return Nearness(counter, radio, rule_of(kiosk.settings), kiosk.settings.badges.prompt_seconds)


def rule_of(settings: Settings) -> Rule:
    """When a badge is held near, and what it may do then."""
    return Rule(hands_free=settings.badges.hands_free)
