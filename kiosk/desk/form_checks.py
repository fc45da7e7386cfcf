"""Whether what a visitor typed can be taken, and what is made of it.

The rules are those of NexIO in spirit, without its habit of refusing people's real names: a name may have letters of
every script with their marks, and the signs that names are written with.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from kiosk.desk.visit_form import Check
from kiosk.text import NAME_LENGTH, SENTENCE_LENGTH, clean

LONGEST_EMAIL = 254
"""Characters of an e-mail address that can be delivered to."""

LONGEST_PHONE = 40
"""Characters of a telephone number as people write it; the longest has 15 digits."""

LONGEST_NAME_PART = (NAME_LENGTH - 1) // 2
"""Characters of a first or last name, so that both with a space between them are a name."""

FEWEST_OF_A_FIRST_NAME = 2
"""Letters, as in NexIO; but one is a whole name in many scripts that are not Latin."""

_SIGNS = frozenset(" -‐‑'’‘ʼ.·・\u200c\u200d")
"""What stands in names beside letters: Jean-Luc, O'Brien, J. R., l·l. The last two join letters in Persian, Hindi."""

_NEVER_TAKEN = "@example.com"
"""Nexudus calls such an address invalid (contract 3.2), hours later perhaps, when nobody stands here any more."""

_TICKED = "yes"


class FormFault(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    NAME_SHORT = "name-short"
    NAME_SIGNS = "name-signs"
    """Numbers or special characters in a name."""
    EMAIL_WRONG = "email-wrong"
    """No address, or one that Nexudus would refuse: it takes no visitor without (contract 3.2)."""
    PHONE_WRONG = "phone-wrong"
    TOO_LONG = "too-long"
    HOST_UNKNOWN = "host-unknown"
    """Nobody, or more than one, is meant."""


class NotTaken(ValueError):
    """An answer that cannot be taken as it is. Quotes nothing of it.

    NotTaken             one answer; its fault has a sentence for the visitor
    """

    def __init__(self, fault: FormFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def checked(typed: str, check: Check, country: str = "") -> str:
    """An answer as it will be kept: clean text, a telephone number in its international form. Empty where nothing was
    typed: whether that will do is the form's to say.

    Args:
        typed: What was typed, whatever it is.
        check: The rule.
        country: Two letters for the country whose telephone numbers need no prefix; may be empty.

    Raises:
        NotTaken: With what is wrong.
    """
    text = clean(typed, 2 * SENTENCE_LENGTH)
    if not text:
        return ""
    match check:
        case Check.EMAIL:
            return _email(text)
        case Check.FIRST_NAME:
            return _first_name(text, LONGEST_NAME_PART)
        case Check.LAST_NAME:
            return _name(text, LONGEST_NAME_PART)
        case Check.WHOLE_NAME:
            return _first_name(text, NAME_LENGTH)
        case Check.PHONE:
            return _phone(text, country)
        case Check.TEXT | Check.HOST:
            return _within(text, NAME_LENGTH)
        case Check.SENTENCE:
            return _within(text, SENTENCE_LENGTH)
        case Check.TICK:
            return _TICKED if text.casefold() in (_TICKED, "true", "1") else ""


def _first_name(text: str, limit: int) -> str:
    name = _name(text, limit)
    seen = [char for char in name if not unicodedata.category(char).startswith("M")]
    if len(seen) < FEWEST_OF_A_FIRST_NAME and _is_latin(seen[0]):
        raise NotTaken(FormFault.NAME_SHORT)
    return name


def _name(text: str, limit: int) -> str:
    if not all(char in _SIGNS or unicodedata.category(char)[0] in "LM" for char in text):
        raise NotTaken(FormFault.NAME_SIGNS)
    if not any(char.isalpha() for char in text):
        raise NotTaken(FormFault.NAME_SHORT)
    return _within(text, limit)


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN")


def _email(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # late: it takes long to load, and few need it

    if len(text) > LONGEST_EMAIL or text.casefold().endswith(_NEVER_TAKEN):
        raise NotTaken(FormFault.EMAIL_WRONG)
    try:
        # Never a question to the network. Domains that end in .test are as real as any to the simulated Nexudus.
        found = validate_email(text, check_deliverability=False, test_environment=True, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise NotTaken(FormFault.EMAIL_WRONG) from error
    return found.normalized


def _phone(text: str, country: str) -> str:
    import phonenumbers  # late, like the other

    if len(text) > LONGEST_PHONE:
        raise NotTaken(FormFault.PHONE_WRONG)
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        raise NotTaken(FormFault.PHONE_WRONG) from error
    if not phonenumbers.is_valid_number(number):
        raise NotTaken(FormFault.PHONE_WRONG)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise NotTaken(FormFault.TOO_LONG)
    return text
