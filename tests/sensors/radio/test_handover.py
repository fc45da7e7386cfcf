"""From the radio's thread to the event loop of the screens."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from kiosk.desk.adverts import Advert
from kiosk.sensors.radio.handover import MOST_WAITING, HandOver
from tests.sensors.radio.standin import until


class Ear:
    def __init__(self) -> None:
        self.heard_at: list[float] = []
        self.threads: set[threading.Thread] = set()

    def heard(self, advert: Advert) -> None:
        if advert.at < 0:
            raise ValueError(advert.address)
        self.threads.add(threading.current_thread())
        self.heard_at.append(advert.at)


def packet(at: float) -> Advert:
    return Advert("C0:FF:EE:00:00:01", -50, at)


async def test_packets_come_in_their_order_in_the_listeners_loop() -> None:
    ear = Ear()
    handover = HandOver(ear, asyncio.get_running_loop())

    async def radio() -> None:
        for number in range(500):
            handover.take(packet(float(number)))
        await asyncio.sleep(0.03)

    await asyncio.to_thread(asyncio.run, radio())
    await until(lambda: len(ear.heard_at) == 500)

    assert ear.heard_at == [float(number) for number in range(500)]
    assert ear.threads == {threading.current_thread()}
    assert handover.lost == 0


async def test_while_nobody_has_time_the_oldest_go_and_are_counted() -> None:
    ear = Ear()
    handover = HandOver(ear, asyncio.get_running_loop())

    for number in range(MOST_WAITING + 3):
        handover.take(packet(float(number)))
    await until(lambda: len(ear.heard_at) == MOST_WAITING)

    assert (handover.lost, ear.heard_at[0], ear.heard_at[-1]) == (3, 3.0, MOST_WAITING + 2.0)


async def test_a_packet_that_cannot_be_used_is_logged_once_without_what_it_was(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ear = Ear()
    handover = HandOver(ear, asyncio.get_running_loop())

    for at in (-1.0, -2.0, 3.0):
        handover.tell(packet(at))

    assert ear.heard_at == [3.0]
    assert [(record.levelno, record.message) for record in caplog.records] == [
        (logging.ERROR, "a packet could not be used: ValueError")
    ]


async def test_a_listener_that_has_ended_is_no_trouble() -> None:
    ended = asyncio.new_event_loop()
    ended.close()
    handover = HandOver(Ear(), ended)

    handover.take(packet(1.0))
    await until(lambda: not handover.waiting)
