"""`kiosk demo`: the full kiosk on the simulated Nexudus, with people to try."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import segno
from PIL import Image

from kiosk.assembly import choose_scanner, open_kiosk, open_state
from kiosk.commands.decoders import decoder_words
from kiosk.commands.failures import told_plainly
from kiosk.commands.line import talk
from kiosk.commands.logs import log_quietly
from kiosk.commands.screen import show
from kiosk.sandbox.samples import samples
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.replay import ReplaySource
from kiosk.setting_up import set_up
from kiosk.settings import NexudusSettings, Settings, StateSettings
from kiosk.ui.rehearsal import Try

SHOW_SECONDS = 6.0
"""How long a code is held before the camera."""

LEAD_IN_SECONDS = 3.0
"""How long the camera sees nothing at first, so that home is seen before somebody is checked in."""

LOCATION = "Harbour Works"


def run(options: argparse.Namespace) -> int:
    """Run the demonstration. Everything but `--state` lives in a folder that is removed at the end."""
    with told_plainly(), _folder(options.state) as folder:
        source = ReplaySource(_pictures(options.camera), lead_in=LEAD_IN_SECONDS)
        world = seeded_world()
        with SandboxServer(world) as server:
            settings = _settings(server.url, folder)
            log_quietly(folder)
            _set_up(settings)
            print("Ctrl-Q ends the demonstration.", file=sys.stderr)
            decoder = Decoder()
            print(decoder_words(decoder), file=sys.stderr)
            scanner = choose_scanner(source, decoder)
            with open_kiosk(settings) as kiosk:
                if options.line:
                    return talk(kiosk)
                return show(kiosk, scanner, DemoRehearsal(world, server, source))


class DemoRehearsal:
    """Fulfils `Rehearsal` with the sandbox and a replayed camera."""

    def __init__(self, world: World, server: SandboxServer, source: ReplaySource) -> None:
        self._world = world
        self._server = server
        self._source = source
        self._line_is_up = True

    def tries(self) -> Sequence[Try]:
        """The sandbox's sample people."""
        return [Try(one.label, one.name, one.code, one.qr, one.expect) for one in samples(self._world)]

    def show_to_camera(self, qr: str) -> None:
        """Hold a freshly drawn code before the camera."""
        self._source.show(picture_of(qr), SHOW_SECONDS)

    @property
    def line_is_up(self) -> bool:
        """Whether the simulated Nexudus is to answer."""
        return self._line_is_up

    def switch_line(self) -> None:
        """Stop or start the simulated Nexudus, in a thread: it waits for its server."""
        self._line_is_up = not self._line_is_up
        work = self._server.start if self._line_is_up else self._server.stop
        threading.Thread(target=work, name="switch", daemon=True).start()


def picture_of(qr: str) -> Image.Image:
    """A code as a phone would show it: dark on white, with some of the room around it."""
    rows = [bytes(20 if dark else 255 for dark in row) for row in segno.make_qr(qr, error="m").matrix_iter(border=4)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    scale = 360 // picture.width
    picture = picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST)
    room = Image.new("L", (640, 480), 96)
    room.paste(picture, ((640 - picture.width) // 2, (480 - picture.height) // 2))
    return room


def _pictures(camera: str | None) -> Path | None:
    """What to replay; without anything, or with "none", the camera sees only what it is shown."""
    return Path(camera).expanduser() if camera and camera != "none" else None


@contextlib.contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    if wanted is not None:
        yield wanted
        return
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder:
        yield Path(folder)


def _settings(url: str, folder: Path) -> Settings:
    return Settings(
        nexudus=NexudusSettings(url=url, settle_seconds=8.0, retry_seconds=10.0, presence_seconds=30.0),
        state=StateSettings(folder=folder / "state", key_file=folder / "pin.key"),
    )


def _set_up(settings: Settings) -> None:
    """Sign in as `kiosk setup` would. What it says goes to standard error, since the screen is about to be drawn."""
    with open_state(settings) as state:

        def tell(line: str) -> None:
            print(line, file=sys.stderr)

        asyncio.run(set_up(settings, state, SIGN_IN.email, SIGN_IN.password, LOCATION, None, tell))
