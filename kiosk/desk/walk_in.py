"""Walk-ins: visitors whom nobody announced, and who register here (contract 3.2, 4.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.desk.hosts import Host
from kiosk.desk.people import Approval
from kiosk.text import SENTENCE_LENGTH, clean

LONGEST_EMAIL = 254
"""Characters of an e-mail address that can be delivered to."""

_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;]+\.[^@\s<>\"(),:;.]+")
_NEVER_TAKEN = "@example.com"
"""Nexudus calls such an address invalid (contract 3.2), hours later perhaps, when nobody stands here any more."""


class FormFault(StrEnum):
    """What is wrong with what a walk-in has given."""

    NAME_MISSING = "name-missing"
    EMAIL_WRONG = "email-wrong"
    """No address, or one that Nexudus would refuse: it takes no visitor without (contract 3.2)."""


class FormIncomplete(ValueError):
    """A form that cannot be taken as it is. Quotes nothing of it."""

    def __init__(self, fault: FormFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class WalkIn:
    """What a visitor gives who registers here. Kept until Nexudus has it, and no longer.

    Attributes:
        name: Clean text for the screen.
        email: Their address.
        host: Whom they visit; None if they name nobody.
        company: Their own company; may be empty.
        phone: May be empty.
        reason: What they come for; may be empty.
        approval: REQUESTED where the host has to let them in first. The desk sets it.
    """

    name: str
    email: str = field(repr=False)
    host: Host | None = None
    company: str = ""
    phone: str = field(default="", repr=False)
    reason: str = ""
    approval: Approval = Approval.NOT_REQUIRED


def read_walk_in(
    name: str, email: str, host: Host | None = None, company: str = "", phone: str = "", reason: str = ""
) -> WalkIn:
    """Make a form of what was typed, cleaned. Raises FormIncomplete."""
    clean_name, clean_email = clean(name), clean(email, LONGEST_EMAIL + 1)
    if not any(char.isalnum() for char in clean_name):
        raise FormIncomplete(FormFault.NAME_MISSING)
    if not _is_address(clean_email):
        raise FormIncomplete(FormFault.EMAIL_WRONG)
    return WalkIn(clean_name, clean_email, host, clean(company), clean(phone), clean(reason, SENTENCE_LENGTH))


def _is_address(text: str) -> bool:
    return (
        len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None and not text.casefold().endswith(_NEVER_TAKEN)
    )
