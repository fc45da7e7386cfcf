"""A reception for tests on a real disk, with the real ledger and directory; only who talks to Nexudus is scripted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import MemberListing, VisitorListing
from kiosk.desk.house import House
from kiosk.desk.outcomes import OutcomeKind, Standing, Word
from kiosk.desk.people import PersonId
from kiosk.desk.ports import LineStatus, Link
from kiosk.reception import Reception
from kiosk.state.database import read_database
from kiosk.state.directory import DirectoryStore
from kiosk.state.guests import GuestBook, kept_in
from kiosk.state.ledger import Ledger
from kiosk.state.secrets import CodeHasher
from kiosk.state.store import PRECIOUS, Store
from tests.desk.samples import NINE, HandClock, member, visitor

ADA, BOB, GRACE = member(1, "Ada Lovelace"), member(2, "Bob Smith"), visitor(1, "Grace Hopper")
PIN, INVITATION, WRONG = Code("48213", Via.KEYPAD), Code("INV-777", Via.CAMERA), Code("99999", Via.KEYPAD)
HOUSE = House(7, "The Yard", ZoneInfo("Europe/Madrid"))


class ScriptedCourier:
    """Says what the test tells it to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.link = Link.OFFLINE
        self.word = Word(Standing.QUEUED)
        self.finds: Callable[[Code], None] = lambda code: None
        self.looked_up: list[Code] = []
        self.asked_for: list[tuple[UUID, float]] = []
        self.woken = 0
        self.looks = 0
        self.wifi = ""
        self.refreshed: list[PersonId] = []
        self.answers: Callable[[PersonId], None] = lambda person: None
        self.wifi_asked_for: list[UUID] = []

    def status(self) -> LineStatus:
        return LineStatus(self.link, 0, 0)

    def wake(self) -> None:
        self.woken += 1

    async def look_up(self, code: Code) -> None:
        self.looked_up.append(code)
        await asyncio.sleep(0)
        self.finds(code)

    async def word_on(self, event: UUID, within: float) -> Word:
        self.asked_for.append((event, within))
        return self.word

    async def refresh_visit(self, person: PersonId, within: float) -> None:
        self.refreshed.append(person)
        self.answers(person)

    async def refresh_presence(self, within: float) -> None:
        self.looks += 1

    async def wifi_code(self, event: UUID, within: float) -> str:
        self.wifi_asked_for.append(event)
        return self.wifi


class Lobby:
    """A kiosk that can be restarted: the reception with all that stands behind it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.courier = ScriptedCourier()
        self.house = HOUSE
        self.open()
        self.directory.replace_members([MemberListing(ADA, PIN.text)], NINE)
        self.directory.replace_visitors([VisitorListing(GRACE, INVITATION.text)])

    def open(self) -> None:
        self.store = Store(self.folder)
        self.ledger = Ledger(self.store.precious)
        self.guests = GuestBook(self.store.directory, b"k" * 32, kept_in(self.ledger))
        self.directory = DirectoryStore(self.store.directory, CodeHasher(b"k" * 32), self.guests)
        self.reception = Reception(
            self.directory, self.ledger, self.courier, self.clock, lambda: self.house, 0.75, guests=self.guests
        )

    def restart(self) -> None:
        self.store.close()
        self.open()

    def events_on_disk(self) -> list[dict[str, Any]]:
        return [dict(doc) for doc in read_database(self.folder / PRECIOUS).table("events").all()]

    async def kinds_of(self, *codes: Code | None) -> list[OutcomeKind]:
        """What each of these gets, one after the other."""
        return [(await self.reception.present(code)).kind for code in codes]
