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
from kiosk.badge_parts import nearness_of
from kiosk.badge_settings import PassportSettings
from kiosk.commands.decoders import decoder_words
from kiosk.commands.failures import told_plainly
from kiosk.commands.line import talk
from kiosk.commands.logs import log_quietly
from kiosk.commands.rehearsal import DemoRehearsal
from kiosk.commands.screen import show
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.held_badge import HeldBadge
from kiosk.sensors.replay import ReplaySource
from kiosk.setting_up import set_up
from kiosk.settings import NexudusSettings, Settings, StateSettings, checked

LEAD_IN_SECONDS = 3.0
"""How long the camera sees nothing at first, so that home is seen before somebody is checked in."""

LOCATION = "Harbour Works"

TILES = "https://harbourworks.spaces.nexudus.com/tiles"
"""Where the portal of such a location would run its automation tiles. Nobody answers there."""


def run(options: argparse.Namespace) -> int:
    """Run the demonstration. Everything but `--state` lives in a folder that is removed at the end."""
    with told_plainly(), _folder(options.state) as folder:
        source = ReplaySource(_seen(options.camera), lead_in=LEAD_IN_SECONDS)
        world = seeded_world()
        with SandboxServer(world) as server:
            settings = _settings(server.url, folder)
            log_quietly(folder)
            _set_up(settings)
            print("Ctrl-Q ends the demonstration.", file=sys.stderr)
            decoder = Decoder()
            print(decoder_words(decoder), file=sys.stderr)
            scanner = choose_scanner(source, decoder)
            with open_kiosk(settings, sees=scanner.standing) as kiosk:
                if options.line:
                    return talk(kiosk)
                badge = HeldBadge()
                rehearsal = DemoRehearsal(world, server, source, settings.state.folder, badge)
                return show(kiosk, scanner, rehearsal, nearness_of(kiosk, badge))


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
