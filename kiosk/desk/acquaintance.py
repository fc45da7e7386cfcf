"""Whether the kiosk knows a visitor by their e-mail address, and what of it may be shown.

Whoever stands at the glass has only typed an address, which anybody may know: so what is known by it is shown masked,
enough for the person to recognise it and for nobody else to learn it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kiosk.desk.people import Visitor
from kiosk.desk.visit_form import FieldName
from kiosk.desk.walk_in import WalkIn

_STARS = "***"
_LONG = 5
"""Letters of a word of which the last is shown as well; of a shorter one it would tell too much."""

_DIGITS_SHOWN = 2


class Known(StrEnum):
    """How a visitor is known."""

    STRANGER = "stranger"
    INVITED = "invited"
    """Expected here today: registering is checking in."""
    RETURNING = "returning"
    """Has registered here before, within the retention time."""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What is known by an address.

    Attributes:
        known: How.
        shown: The answers that are known, masked, for the visitor to confirm.
        form: The same in clear, to register with once they have confirmed. Not to be shown. For a stranger, None.
    """

    known: Known
    shown: Mapping[FieldName, str] = field(default_factory=lambda: MappingProxyType({}))
    form: WalkIn | None = field(default=None, repr=False)


STRANGER = Acquaintance(Known.STRANGER)


def invited(visitor: Visitor, email: str) -> Acquaintance:
    """Somebody who is expected today. Whom they visit stands in the invitation and is not told here."""
    return Acquaintance(
        Known.INVITED,
        MappingProxyType({FieldName.FIRST_NAME: masked(visitor.name)}),
        WalkIn(visitor.name, email),
    )


def returning(form: WalkIn) -> Acquaintance:
    """Somebody who has registered here before. Host and reason are of that visit, and asked anew."""
    answers = {
        FieldName.FIRST_NAME: masked(form.name),
        FieldName.COMPANY: masked(form.company),
        FieldName.PHONE: masked_number(form.phone),
    }
    shown = {name: text for name, text in answers.items() if text}
    kept = WalkIn(form.name, form.email, None, form.company, form.phone)
    return Acquaintance(Known.RETURNING, MappingProxyType(shown), kept)


def masked(text: str) -> str:
    """A name with most of its letters hidden, and how many there are: `A*** L***e` for Ada Lovelace."""
    return " ".join(_masked_word(word) for word in text.split())


def masked_number(text: str) -> str:
    """A telephone number of which the last two digits are left."""
    digits = [char for char in text if char.isdigit()]
    return f"{_STARS} {''.join(digits[-_DIGITS_SHOWN:])}" if len(digits) > 2 * _DIGITS_SHOWN else _STARS if text else ""


def _masked_word(word: str) -> str:
    if len(word) < 2:  # a whole name in some scripts
        return _STARS
    return f"{word[0]}{_STARS}{word[-1] if len(word) >= _LONG else ''}"
