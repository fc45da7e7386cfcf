"""`kiosk demo`: the full kiosk on the simulated Nexudus, with people to try."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kiosk.assembly import choose_scanner, open_kiosk, open_state
from kiosk.clock import SystemClock
from kiosk.commands.by_touch import is_blank, on_a_terminal, on_paper, say_starting, set_up_by_touch
from kiosk.commands.failures import told_plainly
from kiosk.commands.line import talk
from kiosk.commands.logs import log_quietly
from kiosk.commands.rehearsal import DemoRehearsal
from kiosk.commands.screen import Fittings, show
from kiosk.control.clerk import Parts
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sections.badge import PassportSettings
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.decoder_words import decoder_words
from kiosk.sensors.held_badge import HeldBadge
from kiosk.sensors.radio.recording import read_recording
from kiosk.sensors.radio.replay import ReplayRadio
from kiosk.sensors.replay import ReplaySource
from kiosk.setting_up.steps import set_up
from kiosk.settings import NexudusSettings, Settings, StateSettings, checked
from kiosk.ui.mirror import Mirror
from kiosk.wiring.badges import nearness_of

LEAD_IN_SECONDS = 3.0
"""How long the camera sees nothing at first, so that home is seen before somebody is checked in."""

LOCATION = "Harbour Works"

STAFF_PIN = "2580"
"""The PIN of the demonstration's staff corner."""
SIGN_IN_NOTE = f"This demonstration signs in as {SIGN_IN.email} with the password {SIGN_IN.password}."
TILES = "https://harbourworks.spaces.nexudus.com/tiles"
"""Where the portal of such a location would run its automation tiles. Nobody answers there."""


def run(options: argparse.Namespace) -> int:
    """Run the demonstration. Everything but `--state` lives in a folder that is removed at the end."""
    with told_plainly(), _folder(options.state) as folder, contextlib.ExitStack() as gap:
        source = ReplaySource(_seen(options.camera), lead_in=LEAD_IN_SECONDS)
        badge = HeldBadge()
        radio = _radio_of(options.ble) or badge
        world = seeded_world()
        with SandboxServer(world) as server:
            settings = _settings(server.url, folder)
            log_quietly(folder)
            print("Ctrl-Q ends the demonstration.", file=sys.stderr)
            print(f"Five taps on the clock, or F10, and the PIN {STAFF_PIN} lead to the staff corner.", file=sys.stderr)
            decoder = Decoder()
            print(decoder_words(decoder), file=sys.stderr)
            rehearsal = DemoRehearsal(world, server, source, settings.state.folder, badge)
            if options.blank and not options.line and on_a_terminal() and is_blank(settings):
                gap.enter_context(on_paper())
                tried = _radio_of(options.ble) or HeldBadge()  # a badge is held near in one event loop alone
                ended = set_up_by_touch(settings, choose_scanner(source, decoder), tried, rehearsal, SIGN_IN_NOTE)
                if ended is not None:
                    return ended
                say_starting()
            else:
                _set_up(settings)
            scanner = choose_scanner(source, decoder)
            mirror = Mirror()
            with open_kiosk(settings, parts=Parts(scanner.standing, mirror.look, radio.standing)) as kiosk:
                if options.line:
                    return talk(kiosk, options.language)
                return show(kiosk, Fittings(scanner, mirror, nearness_of(kiosk, radio), rehearsal=rehearsal))


def _radio_of(recording: Path | None) -> ReplayRadio | None:
    """What replays these packets; None without any. Raises RecordingUnusable."""
    return ReplayRadio(read_recording(recording), "packets of the demonstration") if recording else None


def _seen(camera: str | None) -> str | None:
    """What to replay; without anything, or with "none", the camera sees only what it is shown."""
    return camera if camera and camera != "none" else None


@contextlib.contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    if wanted is not None:
        yield wanted
        return
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder:
        yield Path(folder)


def _settings(url: str, folder: Path) -> Settings:
    return checked(
        lambda: Settings(
            nexudus=NexudusSettings(url=url, settle_seconds=8.0, retry_seconds=10.0, presence_seconds=30.0),
            state=StateSettings(folder=folder / "state", key_file=folder / "pin.key"),
            passport=PassportSettings(check_in_url=f"{TILES}/71001/execute", check_out_url=f"{TILES}/71002/execute"),
        )
    )


def _set_up(settings: Settings) -> None:
    """Sign in as `kiosk setup` would. What it says goes to standard error, since the screen is about to be drawn."""
    with open_state(settings) as state:

        def tell(line: str) -> None:
            print(line, file=sys.stderr)

        asyncio.run(set_up(settings, state, SIGN_IN.email, SIGN_IN.password, LOCATION, None, tell))
        state.room.set_pin(STAFF_PIN, SystemClock().now(), "demo")
