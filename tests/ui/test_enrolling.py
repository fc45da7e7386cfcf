"""Staff give a badge to a member on the glass."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from kiosk.desk.adverts import Advert
from kiosk.desk.badges import Heard
from kiosk.desk.enrolment import Enrolment, FoundBadge
from kiosk.desk.host_index import HostIndex
from kiosk.desk.hosts import HostPage, HostRules
from kiosk.desk.people import PersonId
from kiosk.desk.signs import APPLE, handle_of
from kiosk.desk.staff import NotPossible
from kiosk.ui.enrolling import Enrolling
from kiosk.ui.screens.enrol_badge import EnrolBadgeScreen
from kiosk.ui.screens.hold_badge import HoldBadgeScreen
from kiosk.ui.screens.home import HomeScreen
from tests.desk.test_signs import BEACON, BEACON_SIGN
from tests.ui.desk import HOSTS
from tests.ui.test_nearness import BadgeLobby

HANDLE = handle_of(BEACON_SIGN)


@dataclass
class ScriptedOffice:
    """Fulfils `BadgeOffice`: nobody has a badge, and what is kept is remembered."""

    kept: list[tuple[str, PersonId]] = field(default_factory=list)
    refuses: bool = False

    def find(self, typed: str) -> HostPage:
        return HostIndex(HOSTS, HostRules(), {host.id.number: host for host in HOSTS}.get).search(typed, 0)

    def begin(self, member: PersonId) -> Enrolment:
        def nobody(_advert: Advert) -> Heard | None:
            return None

        return Enrolment(member, nobody, lambda handle: None, lambda handle: frozenset())

    def confirm(self, found: FoundBadge, member: PersonId) -> None:
        if self.refuses:
            raise NotPossible("not now")
        self.kept.append((found.handle, member))


class Office(BadgeLobby):
    """A lobby whose staff give badges."""

    def __init__(self) -> None:
        super().__init__()
        self.office = ScriptedOffice()

    async def choose_zoe(self) -> HoldBadgeScreen:
        """As far as the mark."""
        self.app._touched = time.monotonic()
        self.app.push_screen(Enrolling(self.office, self.nearness).first_page())
        await self.settle()
        self.on_screen(EnrolBadgeScreen)
        await self.send("zoe")
        await self.done("search")
        await self.touch("#offer-0")
        return self.on_screen(HoldBadgeScreen)

    async def done(self, group: str) -> None:
        """Wait for what is done beside the page."""
        await self.settle()
        while any(worker.group == group and not worker.is_finished for worker in self.app.workers):
            await self.pilot.pause(0.01)
        await self.settle()

    async def lay_down(self, page: HoldBadgeScreen, seconds: float) -> None:
        """Lay a badge on the mark, until now."""
        now = time.monotonic()
        for number in range(round(seconds * 10), -1, -1):
            self.nearness.heard(Advert("x", -40, now - number / 10, {APPLE: BEACON}))
        page._look()
        await self.settle()


async def test_choose_hold_and_keep() -> None:
    lobby = Office()
    async with lobby.open():
        page = await lobby.choose_zoe()
        assert lobby.said("#whose") == "Badge for Zoë Lindqvist"
        assert lobby.said("#title") == "Hold it here"
        assert not page.query_one("#choices").display
        await lobby.lay_down(page, 4)
        assert (lobby.said("#title"), HANDLE in lobby.said("#detail")) == ("Found it", True)
        assert lobby.office.kept == []
        await lobby.touch("#keep")
        await lobby.done("confirm")

        assert lobby.office.kept == [(HANDLE, HOSTS[0].id)]
        assert lobby.said("#title") == "Kept"
        await lobby.touch("#back")
        await lobby.touch("#back")
        lobby.on_screen(HomeScreen)
        assert lobby.nearness._listener is None, "the packets are the lobby's again"


async def test_what_cannot_be_kept_is_said_and_may_be_measured_again() -> None:
    lobby = Office()
    lobby.office.refuses = True
    async with lobby.open():
        page = await lobby.choose_zoe()
        await lobby.lay_down(page, 4)
        await lobby.touch("#keep")
        await lobby.done("confirm")
        assert lobby.said("#title") == "Not kept"
        await lobby.touch("#again")
        await lobby.settle()

        assert lobby.said("#title") == "Hold it here"
        assert lobby.office.kept == []
