"""What a demonstration can do to its own Nexudus and its own camera."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import SecretStr

from kiosk.assembly import SIGN_IN_SECONDS
from kiosk.control.client import NoAnswerGiven, NobodyThere, ask
from kiosk.control.protocol import SignInAgain
from kiosk.sandbox.badge_samples import badge_samples
from kiosk.sandbox.samples import samples
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.switches import OFF, SWITCHES, switch
from kiosk.sandbox.troubles import TROUBLES
from kiosk.sandbox.world import World
from kiosk.sensors.drawing import picture_of
from kiosk.sensors.held_badge import HeldBadge
from kiosk.sensors.replay import ReplaySource
from kiosk.text import to_be_said
from kiosk.ui.rehearsal import LINE, Trouble, Try

SHOW_SECONDS = 6.0
"""How long a code is held before the camera."""

REVOKED = "reset-password"
"""The trouble that ends when the kiosk is signed in again."""

UNPLUGGED = to_be_said("The network cable is pulled. People come and go; Nexudus hears of it once it is back.")


GUEST_WIFI = Try(
    to_be_said("Code for something else"),
    "Guest Wi-Fi",
    "WIFI",
    "WIFI:T:WPA;S:Harbour Works Guests;P:lighthouse;;",
    to_be_said("Told that it is no invitation. It is no wrong try."),
)

STAFF_CORNER = Try(
    "Staff corner",
    "Five taps on the clock",
    "2580",
    "",
    "Who is in, today's visitors, the queue, tests, and more: by the staff PIN.",
)


class DemoRehearsal:
    """Fulfils `Rehearsal` with the sandbox and a replayed camera.

    Args:
        world: What the sandbox serves.
        server: The sandbox.
        source: The camera.
        folder: The state folder of the kiosk, through which it is signed in again.
        badge: The radio, on which a badge is held near.
    """

    def __init__(
        self, world: World, server: SandboxServer, source: ReplaySource, folder: Path, badge: HeldBadge | None = None
    ) -> None:
        self._world = world
        self._server = server
        self._source = source
        self._folder = folder
        self._badge = badge or HeldBadge()
        self._line_is_up = True
        self._signed_in = True

    def tries(self) -> Sequence[Try]:
        """The sandbox's sample people, and a code that is nobody's."""
        people = [Try(one.label, one.name, one.code, one.qr, one.expect, one.card) for one in samples(self._world)]
        badges = [
            Try(one.label, one.name, "Badge", "", one.expect, badge=one.badge) for one in badge_samples(self._world)
        ]
        return [*people[:1], *badges, *people[1:], GUEST_WIFI, STAFF_CORNER]

    def show_to_camera(self, qr: str) -> None:
        """Hold a freshly drawn code before the camera."""
        self._source.show(picture_of(qr), SHOW_SECONDS)

    def hold_badge(self, badge: str) -> None:
        """Let the simulated radio hear it."""
        self._badge.hold(badge)

    def troubles(self) -> Sequence[Trouble]:
        """The network cable, and the sandbox's faults."""
        cable = Trouble(LINE, to_be_said("Network unplugged"), UNPLUGGED, not self._line_is_up)
        return [cable, *(Trouble(one.key, one.label, one.expect, self._is_on(one.key)) for one in TROUBLES)]

    def switch(self, key: str) -> None:
        """Turn one trouble on or off. What has to wait for the server or the kiosk does so in a thread."""
        if key == LINE:
            self._line_is_up = not self._line_is_up
            _aside(self._server.start if self._line_is_up else self._server.stop)
        elif key == REVOKED and not self._signed_in:
            _aside(self._sign_in)
        else:
            switch(self._world, f"{key}={OFF}" if self._is_on(key) else self._fault_of(key))
            self._signed_in = self._signed_in and key != REVOKED

    def _is_on(self, key: str) -> bool:
        return not self._signed_in if key == REVOKED else bool(SWITCHES[key].standing(self._world))

    def _fault_of(self, key: str) -> str:
        return next(one.fault for one in TROUBLES if one.key == key)

    def _sign_in(self) -> None:
        """As `kiosk setup` does beside a running kiosk. While that fails, the trouble stays."""
        request = SignInAgain(email=SIGN_IN.email, password=SecretStr(SIGN_IN.password))
        try:
            self._signed_in = ask(self._folder, request, within=SIGN_IN_SECONDS + 10).done
        except (NobodyThere, NoAnswerGiven):
            return


def _aside(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="switch", daemon=True).start()
