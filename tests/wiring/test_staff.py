"""The alarm of a whole kiosk whose network is down."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from kiosk.assembly import open_kiosk, open_state, read_state
from kiosk.clock import SystemClock
from kiosk.desk.credentials import Via
from kiosk.desk.directory import MemberListing
from kiosk.desk.events import EventKind, Intent
from kiosk.sections.rollcall import RollCallSettings
from kiosk.settings import Settings
from kiosk.state.listing import read_audit
from tests.desk.samples import NINE, member
from tests.reception_lobby import PIN
from tests.road import settings_for

PATIENCE = 30.0
"""Seconds after which a page is not coming any more, however busy the machine is."""


def with_ada_in(folder: Path) -> Settings:
    """A kiosk that has been set up, watches for a file, and prints into a folder."""
    wanted = RollCallSettings(printer=f"folder:{folder / 'paper'}", alarm=f"file:{folder / 'alarm'}", alarm_seconds=0.0)
    settings = settings_for(folder, "http://127.0.0.1:9").model_copy(update={"rollcall": wanted})
    with open_state(settings) as state:
        ada = member(1, "Ada Lovelace")
        state.sites.save(replace(state.site, business_id=7, name="The Yard"))
        state.directory.replace_members([MemberListing(ada, PIN.text)], NINE)
        state.ledger.record(UUID(int=1), Intent(EventKind.CHECK_IN, ada.id, Via.KEYPAD, ada.name), SystemClock().now())
    return settings


def test_an_alarm_prints_the_roll_call_and_keeps_it_as_a_file(tmp_path: Path) -> None:
    settings, page = with_ada_in(tmp_path), tmp_path / "paper" / "page-1.txt"

    with open_kiosk(settings) as kiosk:
        assert not page.exists()
        (tmp_path / "alarm").touch()
        until = time.monotonic() + PATIENCE
        while not kiosk.state.room.is_alarm_answered and time.monotonic() < until:
            time.sleep(0.01)
        printed = page.read_text()
    with read_state(settings) as reading:
        audit = [(line.what, line.who) for line in read_audit(reading.precious)]

    assert printed.startswith("Roll call: The Yard\n")
    assert "[ ] * Ada Lovelace" in printed
    [kept] = (settings.state.folder / "rollcalls").iterdir()
    assert kept.read_text() == f"{printed}\n(member:1)\n"
    assert [path.name for path in (tmp_path / "paper").iterdir()] == ["page-1.txt"]
    assert ("roll call printed", "alarm") in audit
