"""The road on which a member gets a badge: who, hold it on the mark, keep it."""

from __future__ import annotations

from kiosk.desk.badge_office import BadgeOffice
from kiosk.ui.nearness import Nearness
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.enrol_badge import EnrolBadgeScreen


class Enrolling:
    """Opened by the staff corner: `kiosk.push_screen(enrolling.first_page())`.

    Args:
        office: Who gives badges.
        nearness: Who has the packets meanwhile.
    """

    def __init__(self, office: BadgeOffice, nearness: Nearness) -> None:
        self._office = office
        self._nearness = nearness

    def first_page(self) -> KioskScreen:
        """The page where the member is chosen; the others follow from it."""
        return EnrolBadgeScreen(self._office, self._nearness.hand_over)
