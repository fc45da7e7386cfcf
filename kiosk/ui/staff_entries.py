"""What the menu of the staff corner offers. One more is one line here, or one entry from whoever builds the screen."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.device import ExitStatus
from kiosk.desk.doctor import Doctor
from kiosk.ui.screens.staff.closing import ClosingPage
from kiosk.ui.screens.staff.devices import DevicesPage
from kiosk.ui.screens.staff.display import DisplayPage
from kiosk.ui.screens.staff.doctor import DoctorPage
from kiosk.ui.screens.staff.ending import EndingPage
from kiosk.ui.screens.staff.guests import GuestsPage
from kiosk.ui.screens.staff.line import LinePage
from kiosk.ui.screens.staff.look import LookPage
from kiosk.ui.screens.staff.menu import StaffEntry
from kiosk.ui.screens.staff.queue import QueuePage
from kiosk.ui.screens.staff.roll import RollPage


def usual_entries(*more: StaffEntry) -> Sequence[StaffEntry]:
    """The entries of every kiosk, and those that this one has besides, before what ends it."""
    return (
        StaffEntry("roll", lambda speech: speech.say("Who is in"), RollPage),
        StaffEntry("guests", lambda speech: speech.say("Visitors today"), GuestsPage),
        StaffEntry("queue", lambda speech: speech.say("Queue"), QueuePage),
        StaffEntry("line", lambda speech: speech.say("Sign-in"), LinePage),
        *more,
        StaffEntry("devices", lambda speech: speech.say("Camera, badges"), DevicesPage),
        StaffEntry("display", lambda speech: speech.say("Display test"), DisplayPage),
        StaffEntry("look", lambda speech: speech.say("Language, look"), LookPage),
        StaffEntry("closing", lambda speech: speech.say("Open or closed"), ClosingPage),
        StaffEntry("restart", lambda speech: speech.say("Restart"), lambda: EndingPage(ExitStatus.DONE)),
        StaffEntry("leave", lambda speech: speech.say("Leave the kiosk"), lambda: EndingPage(ExitStatus.LEFT)),
    )


def doctor_entry(doctor: Doctor) -> StaffEntry:
    """The entry of a kiosk that can be looked at as a whole."""
    return StaffEntry("doctor", lambda speech: speech.say("Doctor"), lambda: DoctorPage(doctor))
