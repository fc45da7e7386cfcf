"""Shows a kiosk on this terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.assembly import Kiosk
from kiosk.commands.by_touch import sign_in_by_touch
from kiosk.commands.upkeep import keep_answers_quick
from kiosk.desk.device import Service
from kiosk.desk.hours import read_hours
from kiosk.examination.staff_doctor import StaffDoctor
from kiosk.i18n.speech import speeches
from kiosk.sensors.scanner import CameraScanner, NoScanner
from kiosk.sensors.wedge import Wedge
from kiosk.sounds.player import choose_chimes
from kiosk.state.logo import LogoFile
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.attendant import Attendant
from kiosk.ui.mirror import Mirror
from kiosk.ui.nearness import Nearness
from kiosk.ui.present_time import time_of
from kiosk.ui.rehearsal import Rehearsal
from kiosk.ui.rest import Resting
from kiosk.ui.screens.staff.menu import StaffEntry
from kiosk.ui.staff_door import Staff
from kiosk.ui.staff_entries import doctor_entry, usual_entries
from kiosk.ui.widgets.keyboard_layouts import Layout, Typing
from kiosk.wiring.badges import enrolling_of


@dataclass(frozen=True, slots=True)
class Fittings:
    """What a glass is fitted with besides the desk behind it.

    Attributes:
        scanner: The camera.
        mirror: Through which staff look at the glass.
        nearness: Badges that are held near, heard as soon as home is on the glass; nobody waits for that.
        service: The device, which a system service attends to.
        rehearsal: What a demonstration offers.
    """

    scanner: CameraScanner | NoScanner
    mirror: Mirror
    nearness: Nearness | None = None
    service: Service | None = None
    rehearsal: Rehearsal | None = None


def show(kiosk: Kiosk, fittings: Fittings) -> int:
    """Run the touch screen until it ends; answers the exit status, which is not 0 after a crash."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        print("kiosk: the touch screen needs a terminal. Start it on one, or use 'kiosk line'.", file=sys.stderr)
        return 1
    wanted = kiosk.settings.screen
    patience = Patience(
        idle=wanted.idle_seconds,
        form=wanted.form_seconds,
        countdown=wanted.countdown_seconds,
        success=wanted.success_seconds,
        refusal=wanted.refusal_seconds,
    )

    def ready() -> None:
        fittings.mirror.face(app)
        keep_answers_quick(app)
        if fittings.nearness is not None:
            fittings.nearness.begin(app)
        if fittings.service is not None:
            Attendant(app, fittings.service).begin()

    speech, *languages = speeches(wanted.languages)
    keyboard, sound, clock = kiosk.settings.keyboard, kiosk.settings.sound, kiosk.state.badges.clock
    chimes = choose_chimes(
        sound.volume, read_hours(sound.quiet), lambda: kiosk.desk.house().local(clock.now().wall).time()
    )
    doctor = doctor_entry(StaffDoctor(kiosk.settings))
    entries = usual_entries(*_badges(kiosk, fittings.nearness), doctor)
    app = KioskApp(
        kiosk.desk,
        fittings.scanner,
        speech,
        patience,
        accent=wanted.accent or None,
        typing=Typing(Layout(keyboard.layout), keyboard.endings),
        rehearsal=fittings.rehearsal,
        keys=Wedge(),
        languages=languages,
        when_ready=ready,
        chimes=chimes,
        resting=Resting(kiosk.settings.attract.after_seconds, read_hours(kiosk.settings.attract.dim)),
        logo=LogoFile(kiosk.settings.state.folder).read,
        staff=Staff(kiosk.staff, entries, (speech, *languages), sign_in_by_touch(kiosk)),
        tell_time=time_of(clock),
    )
    try:
        app.run()
    finally:
        fittings.scanner.stop()
        chimes.stop()
    return app.return_code or 0


def _badges(kiosk: Kiosk, nearness: Nearness | None) -> Sequence[StaffEntry]:
    """What staff do about badges, where any can be heard."""
    if nearness is None:
        return ()
    enrolling = enrolling_of(kiosk, nearness)
    return (StaffEntry("badges", lambda speech: speech.say("Badges"), enrolling.first_page),)
