"""The fields that Nexudus records are made of: times, long texts, and enums that take what they do not know."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from kiosk.nexudus.times import format_utc, parse_utc, whole_second
from kiosk.text import clean

PARAGRAPHS_LENGTH = 20_000
"""Characters kept of a text of several lines, such as the terms for visitors."""


def _parsed_time(value: object) -> object:
    return parse_utc(value) if isinstance(value, str) else value


def clean_paragraphs(text: str) -> str:
    """Return `text` with each line cleaned as `kiosk.text.clean` does, its line breaks kept, bounded as a whole."""
    lines = text[:PARAGRAPHS_LENGTH].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(clean(line, PARAGRAPHS_LENGTH) for line in lines).strip()


def _cleaned_paragraphs(value: object) -> object:
    return clean_paragraphs(value) if isinstance(value, str) else value


UtcTime = Annotated[datetime, BeforeValidator(_parsed_time), PlainSerializer(format_utc, when_used="json")]
"""A moment in UTC, read in every form Nexudus writes and written in one (see `kiosk.nexudus.times`)."""

WholeSecond = Annotated[UtcTime, AfterValidator(whole_second)]
"""A moment that is sent: it has no fraction, so that it is the same when it is read back."""

Paragraphs = Annotated[str, BeforeValidator(_cleaned_paragraphs)]
"""A text of several lines: cleaned line by line, at most `PARAGRAPHS_LENGTH` characters."""


class ServerEnum(IntEnum):
    """An enum that Nexudus writes as a number, sometimes as a name (contract 2), and may extend.

    A number or name this kiosk does not know becomes the member 0, which each of them has: a new kind of visitor must
    not make the visitor unreadable. Records are written back from their raw form, so nothing is lost by it.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self:
        if isinstance(value, str):
            wanted = value.replace("_", "").casefold()
            for member in cls:
                if wanted in (member.name.replace("_", "").casefold(), str(member.value)):
                    return member
        return cls(0)


class CoworkerType(ServerEnum):
    """Contract 3.3."""

    UNKNOWN = 0
    INDIVIDUAL = 1
    COMPANY = 2


class VisitorSource(ServerEnum):
    """Who registered a visitor (contract 3.2)."""

    UNKNOWN = 0
    ADMINISTRATOR = 1
    NEXIO = 2
    CUSTOMER = 3


class HostApprovalStatus(ServerEnum):
    """Whether the host has let a visitor in (contract 3.2, 4.3)."""

    UNKNOWN = 0
    NOT_REQUIRED = 1
    REQUESTED = 2
    """The host has to approve first."""
    REJECTED = 3
    ACCEPTED_AND_HOLD = 4
    """The host collects the visitor."""
    ACCEPTED_AND_GRANT = 5
    """The visitor may go to the host."""


class CheckinSource(ServerEnum):
    """How somebody was checked in (contract 3.1)."""

    NONE = 0
    MANUAL = 1
    DOOR_ACCESS = 2
    NETWORK_ACTIVITY = 3
    TILE = 4
    SENSOR = 5
