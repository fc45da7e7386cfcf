"""What commands that are given beside a running kiosk have in common: they read its state, and ask it for changes."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from kiosk.assembly import clerk_for, open_state, read_state, with_overrides
from kiosk.clock import SystemClock
from kiosk.control.client import NobodyThere, ask
from kiosk.control.protocol import Answer, Request
from kiosk.desk.house import House
from kiosk.last_good import choose_settings, notice_of
from kiosk.settings import Settings
from kiosk.state.site import Site, SiteStore
from kiosk.state.store import Reading


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of this device, as its kiosk has them: with the last good ones where the file is refused, which is
    told. Raises SettingsError."""
    chosen = choose_settings(options.settings)
    if notice := notice_of(chosen):
        print_line(f"kiosk: {notice}", to_staff=True)
    return with_overrides(chosen.settings, None, options.state)


def site_in(reading: Reading) -> Site:
    """Where the kiosk stands; nowhere before it was set up. Raises StateDamaged."""
    return SiteStore(reading.precious).site or Site(client_id="")


def carry_out(settings: Settings, request: Request) -> int:
    """Have a change made by the running kiosk, or make it here if none runs; tells what came of it.

    Raises:
        StateError: There is no state, or something that answers nobody has it.
        NoAnswerGiven: The running kiosk does not answer.
    """
    with read_state(settings):
        pass  # there is one: a change makes none
    return told(_answer(settings, request))


def told(answer: Answer) -> int:
    """Tell what came of a request; answers the exit status."""
    print_line(answer.said if answer.done else f"kiosk: {answer.said}", to_staff=not answer.done)
    return 0 if answer.done else 1


def _answer(settings: Settings, request: Request) -> Answer:
    try:
        return ask(settings.state.folder, request)
    except NobodyThere:
        with open_state(settings) as state:
            return clerk_for(state, SystemClock()).answer(request)


def print_line(line: str, to_staff: bool = False) -> None:
    """Print people's text on a terminal of whatever encoding; a question mark stands for what that has not."""
    out = sys.stderr if to_staff else sys.stdout
    encoding = out.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding), file=out)


def local_time(at: datetime, house: House) -> str:
    """A time in the location's zone."""
    return house.local(at).strftime("%Y-%m-%d %H:%M:%S")
