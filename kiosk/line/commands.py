"""What a line at the main prompt asks for: a command, a number of the menu, or a code by itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kiosk.desk.credentials import Code, Via, Wish
from kiosk.desk.foreign import Foreign
from kiosk.desk.payloads import Shown, read_payload
from kiosk.desk.people import OTHER_INITIAL, Consent, initials
from kiosk.line.vocabulary import Verb

SHORTEST_BARE_CODE = 3
"""Characters of a code that is taken without a word before it; anything shorter is a number of the menu."""

_WITH_CODE = (Verb.PIN, Verb.CODE, Verb.OUT)


class Choice(StrEnum):
    """The numbers of the menu."""

    BACK = "0"
    MEMBER = "1"
    VISITOR = "2"
    LEAVING = "3"
    UNDO = "4"
    STATUS = "5"
    END = "6"
    REGISTER = "7"
    LEAVING_BY_NAME = "8"
    FORGOTTEN = "9"
    LANGUAGE = "10"


class Mistake(StrEnum):
    """Why a line asks for nothing."""

    NOT_UNDERSTOOD = "not-understood"
    CODE_MISSING = "code-missing"
    VISIT_INCOMPLETE = "visit-incomplete"
    """Whoever registers gives at least a name and an e-mail address."""
    NAME_MISSING = "name-missing"
    FOREIGN = "foreign"
    """A code that is meant for something else. It is no try, and is not looked up."""
    TOO_MUCH = "too-much"
    """Words after a command that takes none."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `code` is None for one that takes none, and where what was typed can be no code at all."""

    verb: Verb
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class BareCode:
    """A code by itself, as a person or a hand-held scanner types it."""

    code: Code


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor registers, with `host` as it was typed; empty if nobody was named."""

    name: str
    email: str
    host: str
    consent: Consent = Consent.PENDING


class Group(StrEnum):
    """Whether a registration belongs to the one before it."""

    FIRST = "first"
    NEXT = "next"
    """The next of a group: host and company are kept."""


@dataclass(frozen=True, slots=True)
class Form:
    """A visitor registers with a form in one line, as it was typed."""

    text: str
    group: Group = Group.FIRST
    consent: Consent = Consent.PENDING


@dataclass(frozen=True, slots=True)
class Leave:
    """A visitor leaves, found by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Speak:
    """Speak another language, as it was typed; empty if none was named."""

    language: str


Request = Command | BareCode | Visit | Form | Leave | Speak | Choice | Mistake

Verbs = Mapping[str, Verb]
"""Commands by their first words, folded (`kiosk.desk.folding`)."""

ENGLISH: Verbs = MappingProxyType({verb.value: verb for verb in Verb})


def folded(word: str) -> str:
    """A word as words are compared: "Código" may be typed "codigo"."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def read_request(line: str, verbs: Verbs = ENGLISH) -> Request:
    """Read a clean line that is not empty. Nothing of it is repeated in a mistake: it may be half a secret."""
    first, _, rest = line.partition(" ")
    verb = verbs.get(folded(first))
    if verb is None:
        return _read_without_verb(line)
    if verb is Verb.LANGUAGE:
        return Speak(rest)
    if verb is Verb.VISIT:
        return _read_visit(rest, Consent.PENDING)
    if verb in (Verb.REGISTER, Verb.ANOTHER):
        return _read_form(verb, rest, Consent.PENDING)
    if verb is Verb.LEAVE:
        return Leave(rest) if rest else Mistake.NAME_MISSING
    if verb is Verb.AGREE:
        return _read_agreement(rest, verbs)
    if verb not in _WITH_CODE:
        return Mistake.TOO_MUCH if rest else Command(verb)
    if not rest:
        return Mistake.CODE_MISSING
    if _is_foreign(rest):
        return Mistake.FOREIGN
    return Command(verb, typed_code(rest, Wish.LEAVE if verb is Verb.OUT else Wish.UNSAID))


def _read_agreement(rest: str, verbs: Verbs) -> Request:
    """What follows the word that agrees: a code, or a registration."""
    first, _, form = rest.partition(" ")
    verb = verbs.get(folded(first))
    if verb is Verb.VISIT:
        return _read_visit(form, Consent.GIVEN)
    if verb in (Verb.REGISTER, Verb.ANOTHER):
        return _read_form(verb, form, Consent.GIVEN)
    code = typed_code(rest, Wish.UNSAID)
    return Command(Verb.AGREE, code.agreeing() if code else None) if rest else Mistake.CODE_MISSING


def _read_form(verb: Verb, text: str, consent: Consent) -> Form | Mistake:
    group = Group.NEXT if verb is Verb.ANOTHER else Group.FIRST
    return Form(text, group, consent) if text else Mistake.VISIT_INCOMPLETE


def _read_visit(rest: str, consent: Consent) -> Visit | Mistake:
    """Name and host may have several words, without quotes: the address between them has an @, and no name has."""
    words = rest.split()
    at = next((place for place, word in enumerate(words) if "@" in word), 0)
    if at == 0:
        return Mistake.VISIT_INCOMPLETE
    return Visit(" ".join(words[:at]), words[at], " ".join(words[at + 1 :]), consent)


def typed_code(text: str, wish: Wish) -> Code | None:
    """The code in `text`, and the letter after it if one stands there by itself; None if it can be no code.

    What was pasted is taken apart like any payload, and the number of an access card is a code here: whoever has the
    line has a reader, or is trusted with it.
    """
    shown = _shown(text, wish)
    return shown if isinstance(shown, Code) else None


def _shown(text: str, wish: Wish) -> Shown:
    before, _, last = text.rpartition(" ")
    initial = initial_in(last) if before and len(last) == 1 else None
    shown = read_payload(before if initial else text, Via.LINE, wish)
    return shown.with_initial(initial) if initial and isinstance(shown, Code) else shown


def initial_in(answer: str) -> str | None:
    """The first letter that was typed, as `Code.initial` has it; None if there is none.

    The desk's own rule makes É an E and a letter that is not Latin `OTHER_INITIAL`, which may be typed as well.
    """
    letter = next((char for char in answer if char.isalpha()), None)
    if letter is not None:
        return initials(letter)[0]
    return OTHER_INITIAL if answer == OTHER_INITIAL else None


def _read_without_verb(line: str) -> Request:
    """A number of the menu, or a bare code.

    A word without a digit is rather a command that is spelt wrong: taken as a code, a few slips would lock the desk. A
    code of letters alone goes after the word `pin`.
    """
    try:
        return Choice(line)
    except ValueError:
        pass
    if _is_foreign(line):
        return Mistake.FOREIGN
    might_be_code = len(line) >= SHORTEST_BARE_CODE and " " not in line and any(char in "0123456789" for char in line)
    code = typed_code(line, Wish.UNSAID) if might_be_code else None
    return BareCode(code) if code else Mistake.NOT_UNDERSTOOD


def _is_foreign(text: str) -> bool:
    """Whether a pasted payload is of a well-known kind that is none of ours. A word with a colon is merely a word."""
    shown = _shown(text, Wish.UNSAID)
    return isinstance(shown, Foreign) and shown is not Foreign.OTHER
