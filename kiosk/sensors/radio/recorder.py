"""Makes a recording of what is held to the kiosk, for whoever wants to see how a badge is heard here."""

from __future__ import annotations

from kiosk.desk.adverts import Advert
from kiosk.sensors.radio.recording import Packet

MOST_PACKETS = 100_000


class Recorder:
    """An ear that keeps what is near. Strangers who pass by are not loud enough to be kept, and nobody's address is.

    Attributes:
        packets: What was kept.
        faint: How many packets were not loud enough.
    """

    def __init__(self, floor: int) -> None:
        """Prepare. `floor` is the least loudness that is kept, in dBm."""
        self._floor = floor
        self._began: float | None = None
        self._numbers: dict[str, int] = {}
        self.packets: list[Packet] = []
        self.faint = 0

    @property
    def senders(self) -> int:
        """How many addresses were near."""
        return len(self._numbers)

    def heard(self, advert: Advert) -> None:
        """Keep a packet if it is near, under a number in place of its address."""
        if advert.rssi < self._floor:
            self.faint += 1
            return
        if len(self.packets) >= MOST_PACKETS:
            return
        if self._began is None:
            self._began = advert.at
        number = self._numbers.setdefault(advert.address, len(self._numbers) + 1)
        self.packets.append(
            Packet.model_construct(
                time=round(advert.at - self._began, 3),
                address=f"C0:00:00:00:{number >> 8 & 0xFF:02X}:{number & 0xFF:02X}",
                rssi=advert.rssi,
                makers=dict(advert.makers),
                services=dict(advert.services),
            )
        )
