"""Everything the simulated service knows, and the few ways it can change."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from uuid import NAMESPACE_URL, uuid4, uuid5
from zoneinfo import ZoneInfo

from kiosk.sandbox.entities import BUSINESSES, COWORKERS, ENTITIES, VISITORS
from kiosk.sandbox.errors import NotFound
from kiosk.sandbox.faults import Faults
from kiosk.sandbox.limits import Limits
from kiosk.sandbox.schema import Entity, Record, Value
from kiosk.sandbox.watch import RequestLine


class VisitorCodeFilter(Enum):
    """Whether the list of visitors still knows `Visitor_VisitorCode`, which is no longer documented (contract 3.2)."""

    HONOURED = "honoured"
    IGNORED = "ignored"


class ChangedFilter(Enum):
    """Whether lists know `from_…_UpdatedOn` and `to_…_UpdatedOn`: documented for all, seen live for one entity
    alone (contract 2, 3.1)."""

    HONOURED = "honoured"
    IGNORED = "ignored"


class PassRefusal(Enum):
    """The HTTP status of a check-in refused for want of a valid pass: both are reported (contract 3.1)."""

    AS_200 = 200
    AS_400 = 400


class PassReason(Enum):
    """Whether the refusal of a check-in says why, or the generic "Ooops!" alone: only the list of failed check-ins does
    then (contract 3.9)."""

    SAID = "said"
    UNSAID = "unsaid"


class VisitorCommandList(Enum):
    """What the list of the visitors' commands holds: the keys of the real ones are not public (contract 3.2)."""

    EMPTY = "empty"
    OFFERED = "offered"
    IDLE = "idle"
    """Offered, and answered as done, but nothing is done."""


class TextFilter(Enum):
    """How a filter on a text compares: the documentation does not say (contract 2)."""

    EXACT = "exact"
    CONTAINS = "contains"


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What is not known about the real service, one switch each."""

    visitor_code_filter: VisitorCodeFilter = VisitorCodeFilter.HONOURED
    changed_filter: ChangedFilter = ChangedFilter.HONOURED
    pass_refusal: PassRefusal = PassRefusal.AS_200
    text_filter: TextFilter = TextFilter.EXACT
    pass_reason: PassReason = PassReason.SAID
    visitor_commands: VisitorCommandList = VisitorCommandList.EMPTY


@dataclass(frozen=True, slots=True)
class HostNotice:
    """A message of the service to a host: that a visitor has come, or asks to be let in."""

    visitor: int
    host: int


@dataclass(frozen=True, slots=True)
class User:
    """An administrator who may sign in.

    `totp` is the two-factor code that must come along, None when there is none. `denied` holds roles the user lacks,
    such as "Visitor-Create". `generation` counts password resets: tokens of an earlier one are dead.
    """

    id: int
    name: str
    email: str
    password: str
    businesses: tuple[int, ...]
    totp: str | None = None
    denied: frozenset[str] = frozenset()
    generation: int = 0


def _utc_now() -> datetime:
    return datetime.now(UTC)


class World:
    """The records, users and switches of one simulated service.

    Records are never altered in place: a change puts a new one in. So what `rows` and `get` hand out stays as it was,
    in every thread. `lock` is held by whoever decides on what it has read. `now` is the service's clock; `on_change`
    is called after each change, with the lock held; `on_request` with each request as it comes, in the server's thread.
    """

    def __init__(self, now: Callable[[], datetime] = _utc_now) -> None:
        self.now = now
        self.lock = threading.RLock()
        self.users: dict[str, User] = {}
        self.unknowns = Unknowns()
        self.faults = Faults()
        self.limits: Limits | None = None
        """How much it takes; None takes everything, as nearly all tests and the demonstration want it."""
        self.access_lifetime = timedelta(days=7)
        self.refresh_lifetime = timedelta(days=15)
        self.token_epoch = 0
        """Counts how often tokens were declared dead: each token bears the count of its time."""
        self.access_good_from = 0
        """Access tokens of an earlier epoch have run out, whatever they say of themselves."""
        self.refresh_good_from = 0
        """Refresh tokens of an earlier epoch are revoked."""
        self.refresh_serials: dict[str, str] = {}
        """For each client_id, the serial of the one refresh token that is good."""
        self.next_ids = {entity.name: entity.first_id for entity in ENTITIES}
        """The Id of each entity's next record. None is ever used twice."""
        self.host_notices: list[HostNotice] = []
        """Whom the service has told of whom, the oldest first."""
        self.on_change: Callable[[], None] | None = None
        self.on_request: Callable[[RequestLine], None] = lambda _line: None
        self._tables: dict[str, dict[int, Record]] = {entity.name: {} for entity in ENTITIES}

    def rows(self, entity: Entity) -> list[Record]:
        """All records of an entity, by Id: Ids only grow, so the order of arrival is theirs."""
        with self.lock:
            return list(self._tables[entity.name].values())

    def find(self, entity: Entity, record_id: int | None) -> Record | None:
        """The record, or None."""
        return self._tables[entity.name].get(record_id or 0)

    def get(self, entity: Entity, record_id: int) -> Record:
        """The record. Raises NotFound."""
        record = self.find(entity, record_id)
        if record is None:
            raise NotFound
        return record

    def add(self, entity: Entity, by: str, values: dict[str, Value]) -> Record:
        """Create a record from `values`, as the user whose e-mail is `by`.

        A create at run time gets a new GUID; a seeded record brings its `Id` and gets the GUID that belongs to it.
        """
        with self.lock:
            now = self.now()
            seeded = values.get("Id")
            record_id = seeded if isinstance(seeded, int) else self.next_ids[entity.name]
            guid = uuid5(NAMESPACE_URL, f"{entity.path}/{record_id}") if seeded else uuid4()
            base: dict[str, Value] = {"UniqueId": str(guid), "CreatedOn": now, "UpdatedOn": now, "UpdatedBy": by}
            return self._store(entity, Record({**base, **values, "Id": record_id}))

    def restore(self, entity: Entity, record: Record) -> None:
        """Put back a record exactly as it was saved."""
        with self.lock:
            self._store(entity, record)

    def edit(self, entity: Entity, record_id: int, by: str, values: dict[str, Value]) -> Record:
        """Change some properties of a record, as the user whose e-mail is `by`. Raises NotFound."""
        with self.lock:
            old = self.get(entity, record_id)
            return self._store(entity, Record({**old, "UpdatedOn": self.now(), "UpdatedBy": by, **values}))

    def remove(self, entity: Entity, record_id: int) -> None:
        """Delete a record. Raises NotFound."""
        with self.lock:
            self.get(entity, record_id)
            del self._tables[entity.name][record_id]
            self.changed()

    def reset_password(self, email: str, password: str) -> None:
        """Give a user a new password, which signs that user out everywhere (contract 1.4)."""
        with self.lock:
            user = self.users[email.lower()]
            self.users[email.lower()] = replace(user, password=password, generation=user.generation + 1)
            self.changed()

    def expire_access_tokens(self) -> None:
        """Let every access token given out so far run out now. They can be renewed."""
        with self.lock:
            self.token_epoch += 1
            self.access_good_from = self.token_epoch

    def revoke_refresh_tokens(self) -> None:
        """Let no token given out so far be renewed (contract 1.2): the access tokens live on to their end."""
        with self.lock:
            self.token_epoch += 1
            self.refresh_good_from = self.token_epoch

    def deny(self, email: str, *roles: str) -> None:
        """Let a user lack exactly these roles, such as "Visitor-Create"."""
        with self.lock:
            self.users[email.lower()] = replace(self.users[email.lower()], denied=frozenset(roles))
            self.changed()

    def changed(self) -> None:
        """Tell whoever keeps the world on disk."""
        if self.on_change is not None:
            self.on_change()

    def zone(self, business_id: int | None) -> ZoneInfo:
        """The time zone of a location; UTC when the location is unknown."""
        business = self.find(BUSINESSES, business_id)
        return ZoneInfo(business.text("ZoneName") if business else "UTC")

    def local_day(self, business_id: int | None, moment: datetime) -> date:
        """The calendar day of `moment` at a location."""
        return moment.astimezone(self.zone(business_id)).date()

    def new_visitor_code(self) -> str:
        """Six digits that are nobody's code or PIN yet (contract 3.2)."""
        taken = {row.text("VisitorCode") for row in self.rows(VISITORS)}
        taken |= {row.text("AccessPincode") for row in self.rows(COWORKERS)}
        while (code := f"{secrets.randbelow(1_000_000):06d}") in taken:
            pass
        return code

    def _store(self, entity: Entity, record: Record) -> Record:
        # Times that are shown without a fraction are kept without one, so that filters agree with what was shown.
        if record.id % 2:
            for name, value in record.items():
                if isinstance(value, datetime):
                    record[name] = value.replace(microsecond=0)
        self._tables[entity.name][record.id] = record
        self.next_ids[entity.name] = max(self.next_ids[entity.name], record.id + 1)
        self.changed()
        return record
