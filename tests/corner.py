"""A kiosk with a staff corner, on a real record."""

from __future__ import annotations

from dataclasses import replace

from kiosk.desk.frames import CameraStanding, CameraState
from kiosk.desk.staff_desk import Entrance
from kiosk.rollcall.archive import RollArchive
from kiosk.rollcall.printer import FolderPrinter
from kiosk.staff_corner import Instruments, StaffCorner
from kiosk.state.listing import AuditLine as Line
from kiosk.state.listing import read_audit
from kiosk.state.staff import StaffBook
from kiosk.state.staff_pin import PinHasher
from kiosk.state.staff_room import StaffRoom
from tests.reception_lobby import Lobby

STAFF_PIN, WRONG = "2580", "2581"


class QuickHasher(PinHasher):
    """Hashes as the real one does, without its cost: what is tried here is not the hash."""

    def _hash(self, pin: str, salt: bytes, cost: int) -> bytes:
        return salt + pin.encode()


class Corner(Lobby):
    """A kiosk with a staff corner that can be restarted."""

    def open(self) -> None:
        super().open()
        self.room = StaffRoom(self.store.precious, QuickHasher(b""))
        self.staff = StaffCorner(
            self.ledger,
            StaffBook(self.ledger, "staff corner"),
            self.directory,
            self.room,
            self.reception,
            self.courier,
            FolderPrinter(self.folder / "paper"),
            RollArchive(self.folder / "rolls", 30, lambda: self.clock.now().wall),
            Instruments(lambda: CameraStanding("a webcam", CameraState.LIVE, 29.5)),
            self.clock,
            lambda: self.house,
        )
        self.reception._house = lambda: replace(self.house, closure=self.room.closure)

    @property
    def audit(self) -> list[Line]:
        return list(read_audit(self.store.precious))

    @property
    def acts(self) -> list[str]:
        return [line.what for line in self.audit]

    async def tries(self, *pins: str) -> list[Entrance]:
        """What each of these gets, one after the other."""
        return [(await self.staff.admit(pin)).entrance for pin in pins]
