"""Carries out what staff ask, for the socket's server and for the command that holds the state itself."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.control.badge_clerk import BadgeClerk
from kiosk.control.badge_requests import AddBadge, RevokeBadges, TakeBadges
from kiosk.control.packing import packed
from kiosk.control.protocol import (
    Answer,
    AskStatus,
    CameraReport,
    Dismiss,
    Forget,
    LookAtGlass,
    RadioReport,
    Report,
    Request,
    Retry,
    SetStaffPin,
    SignInAgain,
    WhyNot,
)
from kiosk.desk.adverts import RadioStanding
from kiosk.desk.badges import BadgeActs
from kiosk.desk.clock import Clock, Moment
from kiosk.desk.frames import CameraStanding
from kiosk.desk.glass import LooksAtGlass
from kiosk.desk.people import PersonId
from kiosk.desk.ports import Courier, NotRecorded
from kiosk.desk.staff import NotPossible, Roster, SignInRefused, StaffActs

SignsIn = Callable[[SignInAgain], str]
"""Signs in to Nexudus and says what came of it. Raises NotPossible."""

SeesWith = Callable[[], CameraStanding]
"""Tells how the camera of the running kiosk stands."""

HearsWith = Callable[[], RadioStanding]
"""Tells how Bluetooth of the running kiosk stands."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the clerk of a running kiosk can be asked about besides its record; each is None where it has none.

    Attributes:
        camera: How it stands.
        glass: What is on it.
        radio: How Bluetooth stands.
    """

    camera: SeesWith | None = None
    glass: LooksAtGlass | None = None
    radio: HearsWith | None = None


NO_PARTS = Parts()
SetsPin = Callable[[str, Moment], None]
"""Sets the PIN of the staff corner. Raises WrongPin, or NotRecorded."""

NOT_RUNNING = "No kiosk runs on this state."


class Clerk:
    """Answers each request; raises nothing for what cannot be done. Safe from any thread: the state takes turns itself.

    Args:
        acts: The record.
        roster: The directory.
        clock: This device's clock.
        courier: The one of the running kiosk; None where none runs.
        sign_in: How the running kiosk signs in; None where none runs.
        notices: What staff should know.
        parts: Of the running kiosk.
        set_pin: Sets the PIN of the staff corner; None where there is no such corner.
        badges: The badges of members; None where none are kept.
    """

    def __init__(
        self,
        acts: StaffActs,
        roster: Roster,
        clock: Clock,
        courier: Courier | None = None,
        sign_in: SignsIn | None = None,
        notices: Callable[[], Sequence[str]] = tuple,
        parts: Parts = NO_PARTS,
        set_pin: SetsPin | None = None,
        badges: BadgeActs | None = None,
    ) -> None:
        self._acts = acts
        self._roster = roster
        self._clock = clock
        self._courier = courier
        self._sign_in = sign_in
        self._notices = notices
        self._parts = parts
        self._set_pin = set_pin
        self._badges = BadgeClerk(badges) if badges is not None else None

    def answer(self, request: Request) -> Answer:
        """Carry out one request."""
        try:
            return self._carry_out(request)
        except SignInRefused as error:
            return Answer(done=False, said=str(error), why_not=WhyNot.SIGN_IN_REFUSED)
        except (NotPossible, NotRecorded) as error:
            return Answer(done=False, said=str(error))

    def _carry_out(self, request: Request) -> Answer:
        match request:
            case AskStatus():
                return Answer(done=True, report=self._report())
            case Retry(numbers=numbers):
                self._acts.retry(numbers, self._clock.now())
                self._wake()
                return Answer(done=True, said=f"Back in the queue: {_listed(numbers)}.{self._when()}")
            case Dismiss(numbers=numbers):
                self._acts.dismiss(numbers, self._clock.now())
                return Answer(done=True, said=f"Dismissed: {_listed(numbers)}. Nexudus will not hear of it.")
            case Forget():
                return self._forget(request)
            case SetStaffPin(pin=pin):
                if self._set_pin is None:
                    raise NotPossible(NOT_RUNNING)
                self._set_pin(pin.get_secret_value(), self._clock.now())
                return Answer(done=True, said="The staff PIN is set. Five taps on the clock ask for it.")
            case AddBadge() | RevokeBadges() | TakeBadges():
                if self._badges is None:
                    raise NotPossible("This kiosk keeps no badges.")
                return Answer(done=True, said=self._badges.carry_out(request))
            case SignInAgain():
                if self._sign_in is None:
                    raise NotPossible(NOT_RUNNING)
                said = self._sign_in(request)
                self._wake()
                return Answer(done=True, said=said)
            case LookAtGlass():
                if self._parts.glass is None:
                    raise NotPossible("The kiosk that runs on this state has no screen.")
                return Answer(done=True, glass=packed(self._parts.glass()))

    def _forget(self, request: Forget) -> Answer:
        person = PersonId.parse(request.person)
        erased = self._acts.forget(person, self._clock.now(), request.even_waiting)
        if self._badges is not None:
            self._badges.forget(person)
        events = "1 event" if erased == 1 else f"{erased} events"
        try:
            self._roster.forget(person)
        except NotRecorded as error:
            return Answer(
                done=False, said=f"{events} of {person} erased, but not the directory: {error} Then try again."
            )
        return Answer(
            done=True,
            said=f"{person} is forgotten: {events}, presence and the directory. Nexudus may list them again; "
            f"erase them there as well.",
        )

    def _report(self) -> Report:
        if self._courier is None:
            raise NotPossible(NOT_RUNNING)
        status = self._courier.status()
        return Report(
            process=os.getpid(),
            line=status.link,
            waiting=status.waiting,
            refused=status.refused,
            directory_as_of=status.directory_as_of,
            clear_in=status.clear_in,
            troubles=tuple(status.troubles),
            sign_in_ends=status.sign_in_ends,
            notices=tuple(self._notices()),
            camera=None if self._parts.camera is None else CameraReport.model_validate(self._parts.camera()),
            radio=None if self._parts.radio is None else RadioReport.of(self._parts.radio(), time.monotonic()),
        )

    def _wake(self) -> None:
        if self._courier is not None:
            self._courier.wake()

    def _when(self) -> str:
        return "" if self._courier is not None else " It goes up when the kiosk runs."


def _listed(numbers: Sequence[int]) -> str:
    """A few by name; the answer has a bound."""
    shown = [str(number) for number in dict.fromkeys(numbers)]
    return "event " + shown[0] if len(shown) == 1 else "events " + ", ".join(shown[:20]) + _more(len(shown) - 20)


def _more(number: int) -> str:
    return f" and {number} more" if number > 0 else ""
