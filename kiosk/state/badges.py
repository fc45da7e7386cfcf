"""The badges of members, as they are enrolled on this kiosk: the secrets sealed, the rest in the clear.

A secret is sealed under a key that is made of this device's key, whether or not the state as a whole is sealed. With
another device's key it cannot be opened, and the badge is then nobody's until it is enrolled anew.
"""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tinydb.table import Document

from kiosk.desk.badges import EnrolledBadge, Tier
from kiosk.desk.clock import Clock
from kiosk.desk.people import Member, PersonId, PersonKind
from kiosk.desk.staff_desk import Act
from kiosk.state.database import Database
from kiosk.state.directory import DirectoryStore
from kiosk.state.errors import StateSealed
from kiosk.state.ledger import AUDIT
from kiosk.state.records import from_moment
from kiosk.state.sealing import Broken, Sealer
from kiosk.state.secrets import derive

logger = logging.getLogger(__name__)

BADGES = "badges"


class BadgeBook:
    """Fulfils the desk's `BadgeRegister`, and keeps what staff do with badges. Safe from any thread: what is read is
    replaced after a write is on disk, and never changed.

    Args:
        database: Where they are kept; they cannot be had again.
        key: This device's key.
        directory: Whose members have badges. A badge counts while its member is in there.
        clock: This device's clock.
        calibration: How loud a badge is taken to be at the mark that only Nexudus knows, in dBm.
    """

    def __init__(
        self, database: Database, key: bytes, directory: DirectoryStore, clock: Clock, calibration: int
    ) -> None:
        self._db = database
        self._sealer = Sealer(derive(key, "badge secrets"))
        self._directory = directory
        self.clock = clock
        self._calibration = calibration
        self._turn = threading.RLock()
        self._badges = {badge.handle: badge for badge in self._read(database)}
        self._rolling: Sequence[EnrolledBadge] = ()
        self._sort()
        directory.attend(self._owner, self.members_gone)
        if directory.marks.whole is not None:
            here = frozenset(directory.member_numbers())
            self.members_gone({one.member.number for one in self._badges.values()} - here)

    # What is asked while badges are heard.

    def static(self, handle: str) -> EnrolledBadge | int | None:
        """See `BadgeRegister.static`. One that was revoked here counts no more, whatever Nexudus says."""
        known = self._badges.get(handle)
        if known is not None:
            return known if known.revoked is None and known.tier is Tier.STATIC else None
        return self._calibration if self._directory.badge_holders(handle) else None

    def rolling(self) -> Sequence[EnrolledBadge]:
        """See `BadgeRegister.rolling`."""
        return self._rolling

    def holders(self, handle: str) -> Sequence[Member]:
        """See `BadgeRegister.holders`."""
        return self._directory.badge_holders(handle)

    def use(self, handle: str, slot: int, drift: int) -> bool:
        """See `BadgeRegister.use`. Raises StateNotWritten."""
        with self._turn:
            known = self._badges.get(handle)
            if known is None or known.revoked is not None or slot <= known.slot:
                return False
            self._keep([replace(known, slot=slot, drift=drift)])
            return True

    # What staff do.

    def badges(self) -> Sequence[EnrolledBadge]:
        """All of them, revoked ones too, the oldest first."""
        return sorted(self._badges.values(), key=lambda one: (one.made, one.handle))

    def badge(self, handle: str) -> EnrolledBadge | None:
        """One of them."""
        return self._badges.get(handle)

    def member(self, person: PersonId) -> Member | None:
        """A member of the directory."""
        return self._directory.member(person)

    def put(self, badges: Iterable[EnrolledBadge], who: str = "") -> None:
        """Keep badges, in place of those that have the same handle, each with a line in the audit. Raises
        StateNotWritten."""
        with self._turn:
            kept = list(badges)
            self._keep(kept, [self._line(self._act(one), one, who) for one in kept])

    def revoke(self, handle: str, who: str = "") -> EnrolledBadge | None:
        """Let a badge count no more, with a line in the audit; None where there is none that does. Raises
        StateNotWritten."""
        with self._turn:
            known = self._badges.get(handle)
            if known is None or known.revoked is not None:
                return None
            line = self._line(Act.BADGE_REVOKED, known, who)
            self._keep([replace(known, revoked=self.clock.now().wall)], [line])
            return known

    def members_gone(self, numbers: Collection[int]) -> None:
        """Revoke the badges of members who are archived or missing, and log that by handle. Raises StateNotWritten."""
        with self._turn:
            lost = [one for one in self._badges.values() if one.member.number in numbers and one.revoked is None]
            self._keep(replace(one, revoked=self.clock.now().wall) for one in lost)
        for one in lost:
            logger.info("badge %s counts no more: its member has gone", one.handle)

    def forget(self, person: PersonId) -> None:
        """Erase the badges of a person. Raises StateNotWritten."""
        with self._turn:
            theirs = [handle for handle, one in self._badges.items() if one.member == person]
            table = self._db.table(BADGES)
            table.remove(doc_ids=[doc.doc_id for doc in table if doc["handle"] in theirs])
            self._badges = {handle: one for handle, one in self._badges.items() if handle not in theirs}
            self._sort()
        if theirs:
            self._db.compact(erase=True)

    # How they are kept.

    def _owner(self, handle: str) -> PersonId | None:
        known = self._badges.get(handle)
        return known.member if known is not None and known.revoked is None else None

    def _act(self, badge: EnrolledBadge) -> Act:
        """What is done to a badge that is to be kept as it stands here."""
        if badge.revoked is not None:
            return Act.BADGE_REVOKED
        return Act.BADGE_CHANGED if self._owner(badge.handle) == badge.member else Act.BADGE_GIVEN

    def _line(self, act: Act, badge: EnrolledBadge, who: str) -> dict[str, Any]:
        facts = {"who": who, "person": str(badge.member), "note": f"badge {badge.handle}"}
        line = {"at": from_moment(self.clock.now()), "what": act.value}
        return line | {name: fact for name, fact in facts.items() if fact}

    def _keep(self, badges: Iterable[EnrolledBadge], audit: Iterable[Mapping[str, Any]] = ()) -> None:
        kept = list(badges)
        if not kept:
            return
        table = self._db.table(BADGES)
        numbers = {doc["handle"]: doc.doc_id for doc in table}
        with self._db.transaction():
            for one in kept:
                if one.handle in numbers:
                    table.upsert(Document(self._document(one), doc_id=numbers[one.handle]))
                else:
                    numbers[one.handle] = table.insert(self._document(one))
            self._db.table(AUDIT).insert_multiple(audit)
        self._badges = {**self._badges, **{one.handle: one for one in kept}}
        self._sort()

    def _sort(self) -> None:
        counting = (one for one in self._badges.values() if one.revoked is None and one.tier is Tier.ROLLING)
        self._rolling = tuple(one for one in counting if one.secret)

    def _document(self, badge: EnrolledBadge) -> dict[str, Any]:
        sealed = self._sealer.seal(badge.secret, badge.handle.encode())
        return {**clear_part(badge), "secret": base64.b64encode(sealed).decode()}

    def _read(self, database: Database) -> list[EnrolledBadge]:
        found, closed = [], 0
        for doc in database.table(BADGES):
            secret = self._opened(doc)
            closed += secret is None
            found.append(to_badge(doc, secret or b""))
        if closed:
            logger.error("%d badges were enrolled under another device's key: they have to be added anew", closed)
        return found

    def _opened(self, doc: Mapping[str, Any]) -> bytes | None:
        try:
            return self._sealer.open(base64.b64decode(doc["secret"]), doc["handle"].encode())
        except (StateSealed, Broken, ValueError):
            return None


def read_badges(database: Database) -> list[EnrolledBadge]:
    """The badges without their secrets, for a listing beside whoever writes, the oldest first."""
    return sorted((to_badge(doc, b"") for doc in database.table(BADGES)), key=lambda one: (one.made, one.handle))


def opened_badges(database: Database, key: bytes) -> list[EnrolledBadge]:
    """The badges with their secrets, for an export. Raises StateSealed where this is not the key they lie under."""
    sealer = Sealer(derive(key, "badge secrets"))
    try:
        return [
            to_badge(doc, sealer.open(base64.b64decode(doc["secret"]), doc["handle"].encode()))
            for doc in database.table(BADGES)
        ]
    except (Broken, ValueError) as error:
        raise StateSealed("The secrets of the badges cannot be opened: they were changed. Add the badges anew.") from (
            error
        )


def clear_part(badge: EnrolledBadge) -> dict[str, Any]:
    """All of a badge but its secret, as plain values."""
    return {
        "handle": badge.handle,
        "member": badge.member.number,
        "tier": badge.tier.value,
        "calibration": badge.calibration,
        "made": badge.made.isoformat(),
        "revoked": badge.revoked.isoformat() if badge.revoked else None,
        "slot": badge.slot,
        "drift": badge.drift,
    }


def to_badge(doc: Mapping[str, Any], secret: bytes) -> EnrolledBadge:
    """A badge of such values."""
    return EnrolledBadge(
        doc["handle"],
        PersonId(PersonKind.MEMBER, doc["member"]),
        Tier(doc["tier"]),
        secret,
        datetime.fromisoformat(doc["made"]),
        doc["calibration"],
        datetime.fromisoformat(doc["revoked"]) if doc["revoked"] else None,
        doc["slot"],
        doc["drift"],
    )
