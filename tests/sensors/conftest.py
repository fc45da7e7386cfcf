"""What every test of the sensors stands on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from kiosk.sensors.decoder import Decoder
from tests.sensors.clock import HandClock


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """A thread that outlives its test would go on reading a camera that is gone."""
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def both() -> Decoder:
    """A decoder with the two libraries that the project depends on."""
    decoder = Decoder()
    assert decoder.names == ("zxing", "zbar")
    return decoder


@pytest.fixture
def zxing_only(monkeypatch: pytest.MonkeyPatch) -> Decoder:
    """A machine without libzbar."""
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)
    return Decoder()


@pytest.fixture
def zbar_only(monkeypatch: pytest.MonkeyPatch) -> Decoder:
    """A 32-bit Raspberry Pi OS, for which zxing-cpp has no wheel."""
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    return Decoder()
