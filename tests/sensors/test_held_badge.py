"""The badge of a demonstration, which is heard as a real one is."""

from __future__ import annotations

import asyncio

from kiosk.desk.adverts import Advert, RadioState
from kiosk.desk.proximity import Proximity, Rule, Step
from kiosk.desk.signs import APPLE, StaticScheme, handle_of, sign_in
from kiosk.sensors.held_badge import INTERVAL, HeldBadge

SIGN = "ibeacon:8d847d20-0116-435f-9a21-2fa79a706d9e:1:7"


class Listener:
    """Fulfils `Ear`."""

    def __init__(self) -> None:
        self.adverts: list[Advert] = []

    def heard(self, advert: Advert) -> None:
        self.adverts.append(advert)


async def first_packets(radio: HeldBadge) -> list[Advert]:
    """What is heard before any time passes."""
    ear = Listener()
    listening = asyncio.ensure_future(radio.listen(ear))
    for _ in range(3):
        await asyncio.sleep(0)
    listening.cancel()
    return ear.adverts


async def test_what_is_held_says_the_sign_that_was_asked_for() -> None:
    radio = HeldBadge()
    radio.hold(SIGN)
    radio.hold(SIGN)  # one at a time

    (advert,) = await first_packets(radio)

    assert sign_in(advert) == SIGN
    assert radio.standing().state is RadioState.LISTENING


async def test_what_is_no_sign_of_a_beacon_is_not_held() -> None:
    radio = HeldBadge()
    radio.hold("eddystone:00010203040506070809:000102030405")

    assert await first_packets(radio) == []


async def test_it_comes_near_once_the_touch_is_long_enough_ago_and_asks() -> None:
    radio, machine = HeldBadge(), Proximity(Rule())
    scheme = StaticScheme({handle_of(SIGN): -42}.get)
    radio.hold(SIGN)
    held = radio._held.get_nowait()
    badge = scheme.recognise(Advert("x", -40, 0.0, {APPLE: held.payload}), 0.0)
    assert badge is not None
    machine.in_use(0.0)

    times = {number * INTERVAL: level for number, level in enumerate(held.levels())}
    seen = [(at, machine.hear(badge, level, at)) for at, level in times.items()]

    asked = [at for at, verdict in seen if verdict is not None and verdict.step is Step.ASK]
    assert len(asked) == 1
    assert asked[0] > Rule().quiet
