"""A kiosk's state that can be restarted in the middle of a test."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any
from uuid import UUID

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Via
from kiosk.desk.events import Event, EventKind, Intent
from kiosk.desk.people import Member, Visitor
from kiosk.state.database import read_database
from kiosk.state.ledger import Ledger
from kiosk.state.store import PRECIOUS, Store
from tests.desk.samples import moment


class Restartable:
    """The ledger of a kiosk. After `restart()` all that it knows was read from the files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seconds = 1000.0
        self._ids = itertools.count(1)
        self.start()

    def start(self) -> None:
        """Open the state, as a kiosk does when it starts."""
        self.store = Store(self.folder)
        self.ledger = Ledger(self.store.precious, lambda: self.seconds)

    def restart(self) -> Ledger:
        """End this process and start the next one."""
        self.store.close()
        self.start()
        return self.ledger

    def on_disk(self) -> dict[str, Any]:
        """The tables as the files hold them at this moment."""
        return read_database(self.folder / PRECIOUS).storage.read() or {}

    def bytes_on_disk(self) -> bytes:
        """Everything that lies in the files, old generations included."""
        files = sorted(file for file in self.folder.rglob("*") if file.is_file())
        return b"".join(file.read_bytes() for file in files)

    def record(
        self, kind: EventKind, person: Member | Visitor, at: Moment | None = None, refers_to: UUID | None = None
    ) -> Event:
        """Record an event with the next id."""
        intent = Intent(kind, person.id, Via.KEYPAD, person.name, refers_to)
        return self.ledger.record(UUID(int=next(self._ids)), intent, at or moment())

    def check_in(self, person: Member | Visitor, at: Moment | None = None) -> UUID:
        """Somebody comes."""
        return self.record(EventKind.CHECK_IN, person, at).id

    def check_out(self, person: Member | Visitor, at: Moment | None = None) -> UUID:
        """Somebody leaves the stay that is known, if one is."""
        stay = self.ledger.stay_of(person.id)
        return self.record(EventKind.CHECK_OUT, person, at, stay.event if stay else None).id

    def undo(self, person: Member | Visitor, event: UUID) -> UUID:
        """Somebody takes an event back."""
        return self.record(EventKind.UNDO, person, refers_to=event).id
