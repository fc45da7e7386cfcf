"""The words that scripts rely on. They are the same in every language and do not change."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kiosk.desk.outcomes import OutcomeKind, Standing


class Verb(StrEnum):
    """The commands, by their first word."""

    PIN = "pin"
    CODE = "code"
    OUT = "out"
    VISIT = "visit"
    FIELDS = "fields"
    REGISTER = "register"
    ANOTHER = "another"
    HOST = "host"
    LEAVE = "leave"
    FORGOTTEN = "forgotten"
    AGREE = "agree"
    TERMS = "terms"
    UNDO = "undo"
    STATUS = "status"
    HELP = "help"
    QUIT = "quit"


COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "pin CODE [LETTER]": "check in with a PIN, an invitation or a card; LETTER begins the surname, where asked",
        "code CODE [LETTER]": "the same as pin",
        "out CODE [LETTER]": "check out",
        "visit NAME EMAIL [HOST]": "register a visitor whom nobody announced; HOST is part of a name or company",
        "fields": "what a visitor is asked, one line for each field: its name, whether it is needed, and the question",
        "register FIELD=VALUE; ...": "the same as visit, with every field; the host is part of a name or company",
        "another FIELD=VALUE; ...": "the same as register, for the next of a group: host and company are kept",
        "host": "whether the host has answered for whom a visitor waits; they come in if so",
        "leave NAME": "check out a visitor by three letters or more of the name, among those who are in",
        "forgotten": "what to do without a PIN or code",
        "terms": "what visitors must agree to, one line of it after the other",
        "agree CODE [LETTER]": "the same as pin, and the visitor agrees to the terms",
        "agree visit NAME EMAIL [HOST]": "the same as visit, and the visitor agrees to the terms",
        "agree register FIELD=VALUE; ...": "the same as register or another, and the visitor agrees to the terms",
        "undo": "take back the last check-in or check-out of this session, while it is fresh",
        "status": "how things stand between this kiosk and Nexudus",
        "help": "this list",
        "quit": "wait a few seconds for the upload of what still waits, and end",
    }
)
"""Each command as it is typed, in capitals or not, and what it does."""

ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "welcome": "checked in",
        "goodbye": "checked out",
        "already-in": "in since the time that is given; nothing was recorded",
        "ask-initial": "give the first letter of the surname as well",
        "ask-terms": "the visitor must agree to the terms first; nothing was recorded",
        "waiting": "the host has not approved the visit yet",
        "refused": "known, and not let in; the line says why",
        "unknown": "no such code",
        "locked": "too many wrong codes; the line says when codes are taken again",
        "undone": "taken back",
        "nothing-to-undo": "too late, or there was nothing to take back",
        "failed": "it could not be recorded, so it has not happened",
        "status": "connecting, online, offline or sign-in, what waits, what was refused, and the age of the directory",
        "terms": "one line of the terms, or that there are none",
        "field": "one field of the form: its name, `required` or `optional`, and the question",
        "forgotten": "what to do without a PIN or code",
        "help": "one line of this list",
        "error": "the line could not be understood; nothing was done",
        "bye": "the end, and whether anything still waits for Nexudus",
    }
)
"""The word that a line begins with, and what it means."""

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "[confirmed]": "Nexudus has it",
        "[queued]": "it is recorded here and Nexudus will hear of it",
        "[refused]": "Nexudus does not accept it; the line says why",
    }
)
"""The word that a line ends with where an event was recorded, and what it means."""


def first_word(kind: OutcomeKind) -> str:
    """The word that a line about such an outcome begins with."""
    return (OutcomeKind.ALREADY_IN if kind is OutcomeKind.GREETED else kind).value


def last_word(standing: Standing) -> str:
    """The word that a line ends with; empty where nothing was recorded. Without Nexudus's word, it is not confirmed."""
    match standing:
        case Standing.NONE:
            return ""
        case Standing.CONFIRMED:
            return "[confirmed]"
        case Standing.AWAITED | Standing.QUEUED:
            return "[queued]"
        case Standing.REFUSED:
            return "[refused]"
