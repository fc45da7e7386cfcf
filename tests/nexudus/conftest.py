from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.tokens import TokenFile
from kiosk.nexudus.wire import CHATTY_LOGGERS
from tests.nexudus.office import Clock, Office


@pytest.fixture(autouse=True)
def _quiet_http(caplog: pytest.LogCaptureFixture) -> None:
    """Keep the HTTP library as quiet as the application does: below WARNING it logs whole URLs."""
    for name in CHATTY_LOGGERS:
        caplog.set_level(logging.WARNING, name)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own: the age of a token must not depend on the day the test runs."""
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "state" / "tokens.json")


@pytest.fixture
def client(office: Office, file: TokenFile, clock: Clock) -> NexudusClient:
    return office.client(file, clock)


@pytest.fixture
def nexudus(client: NexudusClient) -> Nexudus:
    return Nexudus(client)
