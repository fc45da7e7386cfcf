"""What is said over the socket: one JSON line of request, one of answer, each bounded.

Whoever connects is data from outside until these models have parsed it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_serializer,
)

from kiosk.control.badge_requests import AddBadge, RevokeBadges, TakeBadges
from kiosk.desk.adverts import BeaconState, RadioStanding, RadioState
from kiosk.desk.frames import CameraFault, CameraState
from kiosk.desk.ports import Link
from kiosk.text import Name, Sentence

LIMIT = 64 * 1024
"""Bytes of one line, its end included."""

MOST_NUMBERS = 1000
"""Events of one request."""


class NotUnderstood(Exception):
    """A line that is no message of ours, or is too long. The message quotes nothing of it."""


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


_Numbers = Annotated[tuple[Annotated[int, Field(ge=1, le=2**53)], ...], Field(min_length=1, max_length=MOST_NUMBERS)]


class AskStatus(_Message):
    """How does the kiosk stand?"""

    do: Literal["status"] = "status"


class Retry(_Message):
    """Put dead letters back into the queue."""

    do: Literal["retry"] = "retry"
    numbers: _Numbers


class Dismiss(_Message):
    """Close dead letters."""

    do: Literal["dismiss"] = "dismiss"
    numbers: _Numbers


class Forget(_Message):
    """Erase a person."""

    do: Literal["forget"] = "forget"
    person: Annotated[str, Field(pattern=r"^(member|visitor|walk-in):[1-9][0-9]{0,17}$")]
    even_waiting: bool = False


class SignInAgain(_Message):
    """Sign in to Nexudus anew, for the location where the kiosk stands.

    Attributes:
        email: The kiosk's own account.
        password: Its password; used once, and in no `repr`.
        totp: The second factor, where the account has one.
        location: The location that is meant, if one was named.
        url: The address of Nexudus that is meant, if one was named.
    """

    do: Literal["sign-in"] = "sign-in"
    email: Annotated[str, Field(min_length=1, max_length=320)]
    password: Annotated[SecretStr, Field(min_length=1, max_length=4096)]
    totp: Annotated[str, Field(max_length=32)] | None = None
    location: Name | None = None
    url: Annotated[str, Field(max_length=2048)] | None = None

    @field_serializer("password", when_used="json")
    def _reveal(self, password: SecretStr) -> str:
        return password.get_secret_value()


class LookAtGlass(_Message):
    """What is on the glass?"""

    do: Literal["glass"] = "glass"


class SetStaffPin(_Message):
    """Set the PIN of the staff corner; it is in no `repr`."""

    do: Literal["staff-pin"] = "staff-pin"
    pin: Annotated[SecretStr, Field(min_length=1, max_length=64)]

    @field_serializer("pin", when_used="json")
    def _reveal(self, pin: SecretStr) -> str:
        return pin.get_secret_value()


Request: TypeAlias = (
    AskStatus
    | Retry
    | Dismiss
    | Forget
    | SignInAgain
    | SetStaffPin
    | LookAtGlass
    | AddBadge
    | RevokeBadges
    | TakeBadges
)


class CameraReport(_Message):
    """How the camera of a running kiosk stands; as `CameraStanding` has it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, from_attributes=True)

    name: Name
    state: CameraState
    frames_per_second: Annotated[float, Field(ge=0)] = 0.0
    fault: CameraFault | None = None
    cure: Sentence = ""


class RadioReport(_Message):
    """How Bluetooth of a running kiosk stands; as `RadioStanding` has it, but with how long the last packet is ago."""

    state: RadioState
    adapter: Name = ""
    firmware: Name = ""
    packets_per_second: Annotated[float, Field(ge=0)] = 0.0
    last_packet_seconds: Annotated[float, Field(ge=0)] | None = None
    restarts: Annotated[int, Field(ge=0)] = 0
    lost: Annotated[int, Field(ge=0)] = 0
    cure: Sentence = ""
    beacon: BeaconState = BeaconState.NONE

    @classmethod
    def of(cls, standing: RadioStanding, now: float) -> RadioReport:
        """The report of a standing. `now` is in seconds of `time.monotonic()`."""
        last = standing.last_packet_at
        return cls(
            state=standing.state,
            adapter=standing.adapter,
            firmware=standing.firmware,
            packets_per_second=standing.packets_per_second,
            last_packet_seconds=None if last is None else round(max(0.0, now - last), 1),
            restarts=standing.restarts,
            lost=standing.lost,
            cure=standing.cure,
            beacon=standing.beacon,
        )


class Report(_Message):
    """How a running kiosk stands.

    Attributes:
        process: Its process id.
        line: How things stand between it and Nexudus.
        waiting: Events that Nexudus has not heard of.
        refused: Dead letters.
        directory_as_of: When the members were last read.
        clear_in: Seconds until nothing waits any more, at the present pace; None while nobody can say.
        troubles: What is wrong with the line and the sign-in, and what to do.
        sign_in_ends: When a sign-in that still works will end unless staff act.
        notices: What staff should know.
        camera: How its camera stands; None for a kiosk that has no eyes, such as the plain-text desk.
        radio: How its Bluetooth stands; None for a kiosk that has no ears.
    """

    process: int
    line: Link
    waiting: int
    refused: int
    directory_as_of: AwareDatetime | None = None
    clear_in: Annotated[float, Field(ge=0)] | None = None
    troubles: Annotated[tuple[Sentence, ...], Field(max_length=10)] = ()
    sign_in_ends: AwareDatetime | None = None
    notices: Annotated[tuple[Sentence, ...], Field(max_length=50)] = ()
    camera: CameraReport | None = None
    radio: RadioReport | None = None


class WhyNot(StrEnum):
    """Why a request was not carried out, where whoever asked can do something about it at once."""

    AS_SAID = "as said"
    SIGN_IN_REFUSED = "sign-in refused"
    """Nexudus refused the e-mail address, password or code."""


class Answer(_Message):
    """What came of a request.

    Attributes:
        done: Whether it was carried out; if not, nothing has changed unless `said` tells otherwise.
        said: What happened, or why not, and what to do, for staff.
        why_not: Which kind of failure it is, if it was not carried out.
        report: For `AskStatus`.
        glass: For `LookAtGlass`, packed by `kiosk.control.packing`.
    """

    done: bool
    said: Sentence = ""
    why_not: WhyNot = WhyNot.AS_SAID
    report: Report | None = None
    glass: Annotated[str, Field(max_length=LIMIT)] = ""


_REQUEST: TypeAdapter[Request] = TypeAdapter(Annotated[Request, Field(discriminator="do")])


def to_line(message: Request | Answer) -> bytes:
    """A message as it goes over the socket. Raises NotUnderstood if it is too long."""
    line = message.model_dump_json().encode() + b"\n"
    if len(line) > LIMIT:
        raise NotUnderstood("it is too long")
    return line


def to_request(line: bytes) -> Request:
    """Parse a request. Raises NotUnderstood."""
    try:
        return _REQUEST.validate_json(line)
    except (ValidationError, RecursionError):
        raise NotUnderstood("it is no request of ours") from None


def to_answer(line: bytes) -> Answer:
    """Parse an answer. Raises NotUnderstood."""
    try:
        return Answer.model_validate_json(line)
    except (ValidationError, RecursionError):
        raise NotUnderstood("it is no answer of ours") from None
