"""Visitors who have registered here before, so that nobody types everything twice.

What they gave is sealed under a key that is made of this device's key and of their address, and the address itself is
not kept: without both, nothing of it can be read, not even on this kiosk. It is kept for as long as the event of their
registration is: with that it is purged, erased, or found to have been taken back.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from tinydb import where

from kiosk.desk.ports import Ledger
from kiosk.desk.walk_in import WalkIn
from kiosk.state.database import Database
from kiosk.state.errors import StateSealed
from kiosk.state.records import from_form, to_form
from kiosk.state.sealing import Broken, Sealer
from kiosk.state.secrets import CodeHasher, derive

logger = logging.getLogger(__name__)

GUESTS = "guests"


def kept_in(ledger: Ledger) -> Callable[[UUID], bool]:
    """Whether an event is still kept there, and has not been taken back."""
    return lambda event: ledger.event(event) is not None and not ledger.is_undone(event)


class GuestBook:
    """Fulfils the desk's `Guests`.

    Args:
        database: Where it is kept; what is lost with it is only a convenience.
        key: This device's key.
        stands: Whether an event is still kept, and has not been taken back.
    """

    def __init__(self, database: Database, key: bytes, stands: Callable[[UUID], bool]) -> None:
        self._db = database
        self._key = key
        self._stands = stands
        self._hash = CodeHasher(derive(key, "guest book"))
        database.table(GUESTS).index("guest")

    def recall(self, email: str) -> WalkIn | None:
        """What they gave the last time, if that is still kept."""
        docs = self._db.table(GUESTS).search(where("guest") == self._hash(email))
        standing = [doc for doc in docs if self._is_kept(doc)]
        return self._opened(standing[-1], email) if standing else None

    def remember(self, form: WalkIn, event: UUID) -> None:
        """Keep what they gave, in place of what they gave before. Raises StateNotWritten."""
        guest = self._hash(form.email)
        clear = json.dumps(from_form(form)).encode()
        sealed = base64.b85encode(self._sealer(form.email).seal(clear, guest.encode())).decode()
        with self._db.transaction():
            self._db.table(GUESTS).remove(where("guest") == guest)
            self._db.table(GUESTS).insert({"guest": guest, "event": str(event), "sealed": sealed})

    def sweep(self) -> int:
        """Forget those whose event is no longer kept; answers how many. Raises StateNotWritten."""
        gone = [doc.doc_id for doc in self._db.table(GUESTS).all() if not self._is_kept(doc)]
        if gone:
            with self._db.transaction():
                self._db.table(GUESTS).remove(doc_ids=gone)
            self._db.compact(erase=True)
        return len(gone)

    def _is_kept(self, doc: Mapping[str, Any]) -> bool:
        """Whether the event is; never for a record that makes no sense."""
        try:
            return self._stands(UUID(doc["event"]))
        except (KeyError, TypeError, ValueError):
            return False

    def _opened(self, doc: Mapping[str, Any], email: str) -> WalkIn | None:
        try:
            sealed = base64.b85decode(doc["sealed"])
            return to_form(json.loads(self._sealer(email).open(sealed, str(doc["guest"]).encode())))
        except (Broken, StateSealed, ValueError, KeyError, TypeError):
            logger.warning("what a visitor gave before cannot be read; they are asked again")
            return None

    def _sealer(self, email: str) -> Sealer:
        return Sealer(derive(self._key, f"guest {email.casefold()}"))
