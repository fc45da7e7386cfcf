"""The words that scripts rely on. They are the same in every language and do not change; commands are understood in the
person's language as well (`kiosk.line.languages`)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kiosk.desk.outcomes import OutcomeKind, Standing
from kiosk.text import to_be_said


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
    LANGUAGE = "language"
    QUIT = "quit"


WORDS = frozenset(
    (
        to_be_said("pin"),
        to_be_said("code"),
        to_be_said("out"),
        to_be_said("visit"),
        to_be_said("fields"),
        to_be_said("register"),
        to_be_said("another"),
        to_be_said("host"),
        to_be_said("leave"),
        to_be_said("forgotten"),
        to_be_said("agree"),
        to_be_said("terms"),
        to_be_said("undo"),
        to_be_said("status"),
        to_be_said("help"),
        to_be_said("language"),
        to_be_said("quit"),
        to_be_said("CODE"),
        to_be_said("LETTER"),
        to_be_said("NAME"),
        to_be_said("EMAIL"),
        to_be_said("HOST"),
        to_be_said("FIELD"),
        to_be_said("VALUE"),
        to_be_said("LANGUAGE"),
    )
)
"""The words of commands, and the capitals that stand for what is typed after them; each is one word in any language."""

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "pin CODE [LETTER]": to_be_said(
            "check in with a PIN, an invitation or a card; LETTER begins the surname, where asked"
        ),
        "code CODE [LETTER]": to_be_said("the same as pin"),
        "out CODE [LETTER]": to_be_said("check out"),
        "visit NAME EMAIL [HOST]": to_be_said(
            "register a visitor whom nobody announced; HOST is part of a name or company"
        ),
        "fields": to_be_said(
            "what a visitor is asked, one line for each field: its name, whether it is needed, and the question"
        ),
        "register FIELD=VALUE; ...": to_be_said(
            "the same as visit, with every field; the host is part of a name or company"
        ),
        "another FIELD=VALUE; ...": to_be_said(
            "the same as register, for the next of a group: host and company are kept"
        ),
        "host": to_be_said("whether the host has answered for whom a visitor waits; they come in if so"),
        "leave NAME": to_be_said("check out a visitor by three letters or more of the name, among those who are in"),
        "forgotten": to_be_said("what to do without a PIN or code"),
        "terms": to_be_said("what visitors must agree to, one line of it after the other"),
        "agree CODE [LETTER]": to_be_said("the same as pin, and the visitor agrees to the terms"),
        "agree visit NAME EMAIL [HOST]": to_be_said("the same as visit, and the visitor agrees to the terms"),
        "agree register FIELD=VALUE; ...": to_be_said(
            "the same as register or another, and the visitor agrees to the terms"
        ),
        "undo": to_be_said("take back the last check-in or check-out of this session, while it is fresh"),
        "status": to_be_said("how things stand between this kiosk and Nexudus"),
        "language LANGUAGE": to_be_said("speak this language, by its two letters or its own name"),
        "help": to_be_said("this list"),
        "quit": to_be_said("wait a few seconds for the upload of what still waits, and end"),
    }
)
"""Each command as it is typed, in capitals or not, and what it does."""

ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "welcome": to_be_said("checked in"),
        "goodbye": to_be_said("checked out"),
        "already-in": to_be_said("in since the time that is given; nothing was recorded"),
        "ask-initial": to_be_said("give the first letter of the surname as well"),
        "ask-terms": to_be_said("the visitor must agree to the terms first; nothing was recorded"),
        "waiting": to_be_said("the host has not approved the visit yet"),
        "refused": to_be_said("known, and not let in; the line says why"),
        "unknown": to_be_said("no such code"),
        "locked": to_be_said("too many wrong codes; the line says when codes are taken again"),
        "undone": to_be_said("taken back"),
        "nothing-to-undo": to_be_said("too late, or there was nothing to take back"),
        "failed": to_be_said("it could not be recorded, so it has not happened"),
        "status": to_be_said(
            "connecting, online, offline or sign-in, what waits, what was refused, and the age of the directory"
        ),
        "terms": to_be_said("one line of the terms, or that there are none"),
        "field": to_be_said("one field of the form: its name, `required` or `optional`, and the question"),
        "forgotten": to_be_said("what to do without a PIN or code"),
        "language": to_be_said("the language that is spoken from now on"),
        "help": to_be_said("one line of this list"),
        "error": to_be_said("the line could not be understood; nothing was done"),
        "bye": to_be_said("the end, and whether anything still waits for Nexudus"),
    }
)
"""The word that a line begins with, and what it means."""

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "[confirmed]": to_be_said("Nexudus has it"),
        "[queued]": to_be_said("it is recorded here and Nexudus will hear of it"),
        "[refused]": to_be_said("Nexudus does not accept it; the line says why"),
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
