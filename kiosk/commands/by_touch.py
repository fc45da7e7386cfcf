"""The first start: a kiosk that has not been set up is set up on its own glass."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from kiosk.assembly import Kiosk, read_state
from kiosk.desk.adverts import Radio
from kiosk.desk.device import Service
from kiosk.i18n.speech import LOCALES, Speech
from kiosk.loop_thread import LoopThread
from kiosk.sensors.scanner import CameraScanner, NoScanner
from kiosk.setting_up.by_touch import FirstStart, SignInByTouch, usual_email
from kiosk.settings import Settings
from kiosk.state.errors import StateMissing
from kiosk.state.site import SiteStore
from kiosk.ui.attendant import Attendant
from kiosk.ui.rehearsal import Rehearsal
from kiosk.ui.screens.setup.welcome import Language
from kiosk.ui.set_up_app import SetUpApp
from kiosk.ui.sign_in_road import SignInAgain
from kiosk.ui.theme import INK, PAPER
from kiosk.ui.widgets.keyboard_layouts import Layout, Typing
from kiosk.ui.wizard import WizardParts
from kiosk.wiring.radio import DeafEar

STARTING = "Starting…"


def on_a_terminal() -> bool:
    """Whether there is a glass to be set up on: what is drawn goes to standard error."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def is_blank(settings: Settings) -> bool:
    """Whether the kiosk of these settings has yet to be set up. Raises StateError if that cannot be told."""
    try:
        with read_state(settings) as reading:
            site = SiteStore(reading.precious).site
    except StateMissing:
        return True
    return site is None or not site.ready


def languages_spoken() -> list[Language]:
    """English, and every language that has a catalogue, each by its own name for itself."""
    codes = ["en", *sorted(file.parent.parent.name for file in LOCALES.glob("*/LC_MESSAGES/kiosk.mo"))]
    return [Language(code, Speech(code).say("English")) for code in codes]


def wizard_parts(settings: Settings, aside: LoopThread, radio: Radio, note: str = "") -> WizardParts:
    """What the wizard is handed. The radio listens until `aside` is left, to nobody: so it is known whether it works.

    Args:
        settings: The settings of this device.
        aside: Where the work behind the pages is done.
        radio: One that nobody else listens to.
        note: What a demonstration says on the first page.
    """
    first = FirstStart(settings, aside)
    aside.begin(radio.listen(DeafEar()))
    return WizardParts(first, languages_spoken(), staff_pin=first, radio=radio.standing, note=note)


def set_up_by_touch(
    settings: Settings,
    scanner: CameraScanner | NoScanner,
    radio: Radio,
    rehearsal: Rehearsal | None = None,
    note: str = "",
    service: Service | None = None,
) -> int | None:
    """Show the wizard until the kiosk is set up, and close the camera.

    Args:
        settings: The settings of this device.
        scanner: Its camera, to be tried.
        radio: Its Bluetooth, to be tried; another one than the kiosk's.
        rehearsal: The controls of a demonstration.
        note: What a demonstration says on the first page.
        service: The device, which a system service attends to.

    Returns:
        None, or the exit status if the wizard was ended before.
    """
    keyboard = settings.keyboard

    def ready() -> None:
        if service is not None:
            Attendant(app, service).begin()

    try:
        with LoopThread("set-up") as aside:
            app = SetUpApp(
                wizard_parts(settings, aside, radio, note),
                scanner,
                Speech(),
                accent=settings.screen.accent or None,
                typing=Typing(Layout(keyboard.layout), keyboard.endings),
                rehearsal=rehearsal,
                when_ready=ready,
            )
            app.run()
    finally:
        scanner.stop()
    return None if app.is_done else app.return_code or 0


def sign_in_by_touch(kiosk: Kiosk) -> SignInAgain:
    """The shorter road of a kiosk that runs, as after a password reset; for its staff corner."""
    return SignInAgain(SignInByTouch(kiosk.sign_in, lambda: usual_email(kiosk.settings, kiosk.state.site)))


@contextlib.contextmanager
def on_paper() -> Iterator[None]:
    """Give the terminal the kiosk's own ground: it shows while one application has ended and the next is being built.
    In the end it has its own colours again."""
    _write(f"\x1b]10;{INK}\x1b\\\x1b]11;{PAPER}\x1b\\")
    try:
        yield
    finally:
        _write("\x1b]110\x1b\\\x1b]111\x1b\\\x1b[?25h")


def say_starting() -> None:
    """Say in the middle of the empty terminal that the kiosk is being built."""
    columns, lines = os.get_terminal_size(sys.stderr.fileno())
    row, column = lines // 2 + 1, max(1, (columns - len(STARTING)) // 2 + 1)
    _write(f"\x1b[?25l\x1b[2J\x1b[{row};{column}H{STARTING}")


def _write(sequence: str) -> None:
    sys.stderr.write(sequence)
    sys.stderr.flush()
