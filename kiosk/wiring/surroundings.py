"""What a kiosk finds around it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from kiosk.sync.pace import Allowance


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a kiosk finds around it. Tests put it elsewhere.

    Attributes:
        monotonic: Seconds that never jump.
        transport: Stands in for the network.
        allowance: How fast it may call, in place of what the settings say.
        draw: Where within their span its first calls fall, from 0 to 1.
    """

    monotonic: Callable[[], float] = time.monotonic
    transport: httpx.AsyncBaseTransport | None = None
    allowance: Allowance | None = None
    draw: Callable[[], float] = random.random


HERE = Surroundings()
