"""What the staff corner says."""

from __future__ import annotations

from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.desk.events import EventKind
from kiosk.desk.foreign import Foreign
from kiosk.desk.frames import CameraStanding, CameraState
from kiosk.desk.guest_list import Guest, Whereabouts
from kiosk.desk.house import House
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.payloads import Badge, Shown
from kiosk.desk.ports import LineStatus, Link
from kiosk.desk.queue import Entry, UploadState
from kiosk.desk.staff_desk import Admission, Entrance, Theme
from kiosk.i18n.calendar import clock_words, moment_words
from kiosk.i18n.sentences import words_for
from kiosk.i18n.speech import Speech


def admission_words(admission: Admission, house: House, speech: Speech) -> str:
    """Why the corner stays shut; nothing where it opens."""
    match admission.entrance:
        case Entrance.OPEN:
            return ""
        case Entrance.WRONG:
            return speech.say("That is not the staff PIN.")
        case Entrance.LOCKED:
            until = clock_words(admission.until, house) if admission.until is not None else ""
            return speech.say("Too many wrong PINs. Try again at {time}.", time=until)
        case Entrance.NO_PIN:
            return speech.say("No staff PIN is set. 'kiosk staff-pin' on this device sets one.")


def whereabouts_words(guest: Guest, house: House, speech: Speech) -> str:
    """Where a visitor is, and since when."""
    say = speech.say
    time = clock_words(guest.at, house) if guest.at is not None else ""
    match guest.whereabouts:
        case Whereabouts.EXPECTED:
            return say("expected at {time}", time=time) if time else say("expected today")
        case Whereabouts.IN:
            return say("in since {time}", time=time)
        case Whereabouts.LEFT:
            return say("left at {time}", time=time)


def done_words(outcome: Outcome, house: House, speech: Speech) -> str:
    """What came of a check-in or check-out by staff, for staff."""
    say = speech.say
    match outcome.kind:
        case OutcomeKind.WELCOME:
            return say("Checked in.")
        case OutcomeKind.GOODBYE:
            return say("Checked out.")
        case OutcomeKind.ALREADY_IN | OutcomeKind.GREETED:
            return say("They are in already.")
        case OutcomeKind.ASK_TERMS:
            return say("They have to agree to the terms first. Ask them, and touch when they do.")
        case OutcomeKind.UNKNOWN:
            return say("This visit is not in the list any more.")
        case _:
            return words_for(outcome, house, speech).detail


def entry_words(entry: Entry, speech: Speech) -> str:
    """An event of the queue: its number, what happened, and to whom."""
    intent = entry.event.intent
    parts = (str(entry.event.sequence), kind_words(intent.kind, speech), intent.name or str(intent.person))
    return " · ".join(parts)


def standing_of_entry(entry: Entry, house: House, speech: Speech) -> str:
    """When that was, and how far it has got."""
    return f"{moment_words(entry.event.time, house, speech)} · {state_words(entry.state, speech)}"


def kind_words(kind: EventKind, speech: Speech) -> str:
    """What happened."""
    match kind:
        case EventKind.CHECK_IN:
            return speech.say("Check-in")
        case EventKind.CHECK_OUT:
            return speech.say("Check-out")
        case EventKind.REGISTER:
            return speech.say("Registration")
        case EventKind.UNDO:
            return speech.say("Undone")


def state_words(state: UploadState, speech: Speech) -> str:
    """How far it has got."""
    match state:
        case UploadState.REFUSED:
            return speech.say("refused")
        case UploadState.PENDING:
            return speech.say("waiting")
        case UploadState.INFLIGHT | UploadState.UNKNOWN:
            return speech.say("on its way")
        case UploadState.DONE | UploadState.UNDONE | UploadState.DISMISSED:
            return speech.say("done")


def line_words(status: LineStatus, house: House, speech: Speech) -> str:
    """The line and the sign-in, line by line."""
    say = speech.say
    match status.link:
        case Link.UNTRIED:
            lines = [say("The kiosk is connecting to Nexudus.")]
        case Link.ONLINE:
            lines = [say("The kiosk is connected to Nexudus and signed in.")]
        case Link.OFFLINE:
            lines = [say("The line is down. Everybody is checked in all the same.")]
        case Link.SIGN_IN:
            lines = [say("Nexudus wants a new sign-in. Until then everything waits here.")]
    if status.sign_in_ends is not None:
        lines.append(say("The sign-in ends on {time}.", time=moment_words(status.sign_in_ends, house, speech)))
    lines.append(speech.count("{number} event waits.", "{number} events wait.", status.waiting))
    lines.append(speech.count("{number} event was refused.", "{number} events were refused.", status.refused))
    if status.directory_as_of is not None:
        lines.append(say("Members were read on {time}.", time=moment_words(status.directory_as_of, house, speech)))
    return "\n".join([*lines, *status.troubles])


def camera_words(standing: CameraStanding, speech: Speech) -> str:
    """How the camera stands, in two lines at most, and what to do."""
    say = speech.say
    match standing.state:
        case CameraState.LIVE:
            rate = f"{standing.frames_per_second:.0f}"
            return say("Camera: {name}\n{number} pictures a second", name=standing.name, number=rate)
        case CameraState.STARTING:
            return say("Camera: {name}\nstarting", name=standing.name)
        case CameraState.ABSENT:
            return say("Camera: none")
        case CameraState.LOST:
            return say("Camera: {name}\nnot working. {cure}", name=standing.name, cure=standing.cure)


def radio_words(standing: RadioStanding | None, now: float, speech: Speech) -> str:
    """How Bluetooth stands, in two lines at most, and what to do.

    Args:
        standing: One look at it; None for a kiosk without.
        now: Seconds of `time.monotonic()`.
    """
    say = speech.say
    if standing is None or standing.state is RadioState.ABSENT:
        return say("Bluetooth: none")
    match standing.state:
        case RadioState.LISTENING:
            if standing.last_packet_at is None:
                return say("Bluetooth: nothing heard yet")
            ago = f"{max(0.0, now - standing.last_packet_at):.0f}"
            rate = f"{standing.packets_per_second:.0f}"
            return say("Bluetooth: {number} packets a second\nthe last {seconds} s ago", number=rate, seconds=ago)
        case RadioState.STARTING:
            return say("Bluetooth: starting")
        case RadioState.LOST:
            return say("Bluetooth: not working. {cure}", cure=standing.cure)


def shown_words(shown: Shown, speech: Speech) -> str:
    """What kind of thing was read last. What is in it stays in it."""
    say = speech.say
    if shown is None:
        return say("Last read: something that can be no code")
    if isinstance(shown, Badge):
        return say("Last read: a badge")
    if isinstance(shown, Foreign):
        return say("Last read: a code for something else ({kind})", kind=shown.value)
    return say("Last read: a code that may be an invitation")


def theme_words(theme: Theme, speech: Speech) -> str:
    """The colours of the house."""
    match theme:
        case Theme.LOBBY:
            return speech.say("Usual colours")
        case Theme.CONTRAST:
            return speech.say("High contrast")
