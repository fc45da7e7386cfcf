"""Credentials: what a person shows to be recognised, whichever sensor it came through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from kiosk.desk.people import Consent

LONGEST_PAYLOAD = 512
"""Characters of a scanned payload that are looked at; an invitation needs far fewer, and a code may carry 7,089."""

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CODE_PARAMETERS = ("code", "c", "v", "token")


class Via(StrEnum):
    """How a credential reached the desk."""

    KEYPAD = "keypad"
    """Typed by a person: on the touch keypad or a keyboard."""
    READER = "reader"
    """Typed by a hand-held scanner or a card reader, as a keyboard and faster than a person."""
    CAMERA = "camera"
    """Read from a QR code."""
    LINE = "line"
    """Entered at the plain-text prompt."""
    STAFF = "staff"
    """None was shown: staff chose the person in the staff corner."""
    BADGE = "badge"
    """A badge that was held near; the text is its handle, by which the radio knows it and nobody else is found."""


class Wish(StrEnum):
    """What the person wants, as far as they have said."""

    UNSAID = "unsaid"
    """Nothing yet: who is out comes in, who is in is asked."""
    LEAVE = "leave"
    """They said that they are leaving."""


@dataclass(frozen=True, slots=True)
class Code:
    """A PIN or invitation code. Both kinds are looked up, since people type either at either keypad.

    Attributes:
        text: The bare code. It is a secret: not shown by `repr`, never logged.
        via: How it came.
        wish: What the person wants.
        initial: The first letter of the surname, A to Z or `OTHER_INITIAL`, once the person has been asked for it.
        consent: Whether the person has agreed to the terms, once they have been asked.
    """

    text: str = field(repr=False)
    via: Via
    wish: Wish = Wish.UNSAID
    initial: str | None = None
    consent: Consent = Consent.PENDING

    @property
    def unique_id(self) -> str | None:
        """The code as the canonical text of a GUID, or None. A GUID cannot be guessed, a PIN can."""
        try:
            return str(UUID(self.text)) if len(self.text) in (32, 36) else None
        except ValueError:
            return None

    def leaving(self) -> Code:
        """The same credential, with the person's word that they are leaving."""
        return replace(self, wish=Wish.LEAVE)

    def agreeing(self) -> Code:
        """The same credential, with the person's word that they agree to the terms."""
        return replace(self, consent=Consent.GIVEN)

    def with_initial(self, initial: str) -> Code:
        """The same credential, with the first letter of the surname."""
        return replace(self, initial=initial.upper())


def read_code(payload: str, via: Via, wish: Wish = Wish.UNSAID) -> Code | None:
    """Make a credential of what was typed or scanned; None if it can be no code at all.

    Nexudus does not document what the QR code of an invitation holds (contract 4.3), so the bare code, a GUID, and an
    address that carries either as a parameter or as its last part are all taken. The address is taken apart, never
    followed. The number of a visitor record is not taken: numbers run in sequence, and knowing one proves nothing.
    """
    text = payload.strip()
    if not text or len(text) > LONGEST_PAYLOAD:
        return None
    if "://" in text:
        text = _code_in_address(text)
    elif via in (Via.KEYPAD, Via.LINE):
        text = "".join(text.split())
    return Code(text, via, wish) if _CODE.fullmatch(text) else None


def _code_in_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        parameters = {name.lower(): values for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return ""
    for name in _CODE_PARAMETERS:
        if name in parameters:
            return parameters[name][0]
    return parts.path.rstrip("/").rpartition("/")[2]
