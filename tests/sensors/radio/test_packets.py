"""What of all that BlueZ tells is a packet."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sensors.radio.packets import FORGET_SECONDS, MOST_SENDERS, Sieve, Sighting

BADGE = "C0:FF:EE:00:00:01"
DATA = {0x4C: b"\x02\x15"}


def told(rssi: object = -50, makers: object = None, address: object = BADGE, **rest: object) -> Sighting:
    return Sighting(address, rssi, DATA if makers is None else makers, {}, rest)


def test_the_same_said_again_is_another_packet() -> None:
    sieve = Sieve()

    heard = [sieve.sift(told(), at) for at in (0.0, 0.1, 0.2)]

    assert [advert.at for advert in heard if advert is not None] == [0.0, 0.1, 0.2]


def test_the_same_at_the_same_moment_is_one_packet_told_of_twice() -> None:
    sieve = Sieve()

    assert sieve.sift(told(), 1.0) is not None
    assert sieve.sift(told(), 1.004) is None
    assert sieve.sift(told(-51), 1.005) is not None


def test_a_device_that_is_connected_has_sent_nothing() -> None:
    sieve = Sieve()
    sieve.sift(told(Connected=False), 0.0)

    assert sieve.sift(told(Connected=True), 3.0) is None
    assert sieve.sift(told(Connected=True), 3.1) is not None, "a packet as before, of a device that is connected"
    assert sieve.sift(told(-60, Connected=False), 3.2) is not None, "louder or fainter is heard anew"
    assert sieve.noise == 1


@pytest.mark.parametrize(("rssi", "heard"), [(-9, False), (-10, True), (-80, True), (-81, False), (-127, False)])
def test_only_what_can_be_measured_and_is_loud_enough_counts(rssi: int, heard: bool) -> None:
    assert (Sieve(floor=-80).sift(told(rssi), 0.0) is not None) is heard


def test_a_loudness_that_was_withdrawn_does_not_hide_the_next_packet() -> None:
    sieve = Sieve()
    sieve.sift(told(), 0.0)

    assert sieve.sift(told(-127), 1.0) is None
    assert sieve.sift(told(), 2.0) is not None


def test_nothing_is_known_any_more_of_a_sender_that_fell_silent() -> None:
    sieve = Sieve()
    for number in range(10):
        sieve.sift(told(address=f"C0:FF:EE:00:00:{number:02X}"), float(number))

    sieve.sift(told(address="C0:FF:EE:00:01:00"), 5.5 + FORGET_SECONDS)
    assert len(sieve) == 5

    sieve.forget(100.0)
    assert len(sieve) == 0


def test_however_many_senders_come_by_at_once_few_are_remembered() -> None:
    sieve = Sieve()

    heard = [sieve.sift(told(address=f"C0:FF:EE:00:{n >> 8:02X}:{n & 255:02X}"), 0.0) for n in range(3 * MOST_SENDERS)]

    assert None not in heard
    assert len(sieve) == MOST_SENDERS


_atoms = st.none() | st.booleans() | st.integers(-200, 70_000) | st.sampled_from(["", "ana", BADGE, b"", bytes(256)])
_anything: st.SearchStrategy[Any] = _atoms | st.dictionaries(_atoms, _atoms, max_size=2)


@settings(max_examples=60)
@given(_anything, _anything, _anything, _anything)
def test_whatever_is_told_the_sieve_lets_through_packets_or_nothing(
    address: object, rssi: object, makers: object, services: object
) -> None:
    sieve = Sieve()

    for sighting in (Sighting(address, rssi, makers, services), Sighting(BADGE, rssi, makers, services)):
        advert = sieve.sift(sighting, 0.0)
        if advert is not None:
            assert advert.address == BADGE
            assert -100 <= advert.rssi <= -10
            assert all(0 <= company <= 0xFFFF and len(data) <= 255 for company, data in advert.makers.items())
            assert all(len(uuid) == 36 and uuid == uuid.lower() for uuid in advert.services)


def test_what_was_heard_shows_neither_an_address_nor_what_was_sent() -> None:
    advert = Sieve().sift(told(), 0.0)

    assert repr(advert) == "Advert(rssi=-50, at=0.0)"
    assert BADGE not in repr(told())
