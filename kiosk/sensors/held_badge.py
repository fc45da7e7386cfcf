"""A badge that nobody has: packets as a static badge sends them, from far away, at the mark, and away again.

For a demonstration without a radio. What it sends is heard through the same port as a radio's.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from kiosk.desk.adverts import Advert, Ear, RadioStanding, RadioState

INTERVAL = 0.1
APPLE = 0x004C

AWAY, AT_THE_MARK = -66, -38
"""dBm."""

AWAY_SECONDS, COMES_SECONDS, HELD_SECONDS = 3.6, 0.6, 2.4
"""It stays away until a touch of the screen is long enough ago, is brought near, and is held."""

_SIGN = re.compile(r"ibeacon:([0-9a-f-]{36}):([0-9]{1,5}):([0-9]{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Held:
    payload: bytes

    def levels(self) -> Iterator[int]:
        """How loud each packet of the scene is; two in three a little off, as in life."""
        for number in range(round(AWAY_SECONDS / INTERVAL)):
            yield AWAY + number % 3
        steps = round(COMES_SECONDS / INTERVAL)
        for number in range(steps):
            yield AWAY + (AT_THE_MARK - AWAY) * (number + 1) // steps
        for number in range(round(HELD_SECONDS / INTERVAL)):
            yield AT_THE_MARK - number % 2


class HeldBadge:
    """Fulfils `Radio`. Call `hold` in the event loop that listens."""

    def __init__(self) -> None:
        self._held: asyncio.Queue[_Held] = asyncio.Queue(maxsize=1)

    def standing(self) -> RadioStanding:
        """See `Radio.standing`."""
        return RadioStanding(RadioState.LISTENING, adapter="simulated")

    def hold(self, sign: str) -> None:
        """Hold the badge of this sign (`ibeacon:UUID:MAJOR:MINOR`) near, a moment from now; while one is held, or where
        this is none, nothing."""
        found = _SIGN.fullmatch(sign)
        if found is not None and self._held.empty():
            number = int(found[2]).to_bytes(2) + int(found[3]).to_bytes(2)
            self._held.put_nowait(_Held(b"\x02\x15" + UUID(found[1]).bytes + number + b"\xc5"))

    async def listen(self, ear: Ear) -> None:
        """See `Radio.listen`."""
        loop = asyncio.get_running_loop()
        while True:
            held = await self._held.get()
            for level in held.levels():
                ear.heard(Advert("simulated", level, loop.time(), {APPLE: held.payload}))
                await asyncio.sleep(INTERVAL)
