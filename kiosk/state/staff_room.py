"""What staff have decided for this kiosk: their PIN, whether it is closed, how it greets, and what they did. Each
change is one write with its line of the audit."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tinydb.table import Document

from kiosk.desk.clock import Moment
from kiosk.desk.house import Closure
from kiosk.desk.staff_desk import LONGEST_CLOSURE, Act, Look, Theme, check_pin
from kiosk.state.database import Database
from kiosk.state.ledger import AUDIT
from kiosk.state.records import from_moment
from kiosk.state.staff_pin import PinHasher
from kiosk.state.turns import in_turn
from kiosk.text import SENTENCE_LENGTH, clean

STAFF = "staff"


class StaffRoom:
    """Keeps one document. Reads answer from memory; writes block until they are on disk and raise StateNotWritten.

    Args:
        database: What cannot be had again.
        hasher: Hashes the PIN.
    """

    def __init__(self, database: Database, hasher: PinHasher) -> None:
        self._db = database
        self._hasher = hasher
        self.turn = threading.RLock()
        with self._db.reading():
            self._doc: dict[str, Any] = dict(self._db.table(STAFF).get(doc_id=1) or {})
            self._closure = to_closure(self._doc.get("closure"))
            self._look = _to_look(self._doc.get("look"))

    @property
    def closure(self) -> Closure | None:
        """That the kiosk is closed; None while it is open. The same object until that changes."""
        return self._closure

    @property
    def look(self) -> Look:
        """How this kiosk greets everybody."""
        return self._look

    @property
    def is_pin_set(self) -> bool:
        """Whether there is a staff PIN."""
        return bool(self._doc.get("pin"))

    @property
    def is_alarm_answered(self) -> bool:
        """Whether the roll call of the alarm that stands has been printed: a restart must not print it again."""
        return bool(self._doc.get("alarm_answered"))

    def fits(self, pin: str) -> bool:
        """Whether this is the staff PIN. Slow on purpose."""
        return self._hasher.fits(pin, self._doc.get("pin") or {})

    def set_pin(self, pin: str, at: Moment, who: str = "") -> None:
        """Set the staff PIN. Raises WrongPin for what cannot be one."""
        check_pin(pin)
        self._write({"pin": self._hasher.make(pin)}, Act.PIN_SET, at, who)

    def close(self, text: str, at: Moment, who: str) -> None:
        """Close the kiosk, with these words for visitors."""
        closure = Closure(at.wall, clean(text, LONGEST_CLOSURE))
        self._write(
            {"closure": {"since": closure.since.isoformat(), "text": closure.text}}, Act.CLOSED, at, who, closure.text
        )
        self._closure = closure

    def open(self, at: Moment, who: str) -> None:
        """Open it again."""
        self._write({"closure": None}, Act.OPENED, at, who)
        self._closure = None

    def set_look(self, look: Look, at: Moment, who: str) -> None:
        """Greet everybody so from now on."""
        doc = {"language": look.language, "theme": look.theme.value}
        self._write({"look": doc}, Act.LOOK, at, who, " ".join(filter(None, doc.values())))
        self._look = look

    @in_turn
    def answer_alarm(self, *, answered: bool) -> None:
        """Remember that the alarm which stands has been answered, or that none stands."""
        if answered != self.is_alarm_answered:
            with self._db.transaction():
                self._put({"alarm_answered": answered})
            self._doc["alarm_answered"] = answered

    @in_turn
    def note(self, act: Act, at: Moment, who: str, about: Mapping[str, str] | None = None, note: str = "") -> None:
        """Leave a line in the audit."""
        with self._db.transaction():
            self._db.table(AUDIT).insert(_line(act, at, who, about, note))

    @in_turn
    def _write(self, changed: Mapping[str, Any], act: Act, at: Moment, who: str, note: str = "") -> None:
        with self._db.transaction():
            self._put(changed)
            self._db.table(AUDIT).insert(_line(act, at, who, None, note))
        self._doc.update(changed)

    def _put(self, changed: Mapping[str, Any]) -> None:
        self._db.table(STAFF).upsert(Document({**self._doc, **changed}, doc_id=1))


def _line(act: Act, at: Moment, who: str, about: Mapping[str, str] | None, note: str) -> dict[str, object]:
    facts = {"who": who, **(about or {}), "note": clean(note, SENTENCE_LENGTH)}
    return {"at": from_moment(at), "what": act.value, **{name: fact for name, fact in facts.items() if fact}}


def to_closure(doc: Mapping[str, Any] | None) -> Closure | None:
    """What is kept of a closure, made sense of."""
    return Closure(datetime.fromisoformat(doc["since"]), doc["text"]) if doc else None


def _to_look(doc: Mapping[str, Any] | None) -> Look:
    return Look(doc["language"], Theme(doc["theme"])) if doc else Look()
