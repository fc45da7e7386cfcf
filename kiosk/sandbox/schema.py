"""How the simulated service describes its entities: fields, kinds, and who may write what.

One description drives everything generic about the service: which filters a list knows, what a PUT clears, which names
a validation error uses, and what an answer shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

Value = str | int | bool | datetime | tuple[int, ...] | None
"""What a property holds. Times are aware and in UTC."""


class Kind(Enum):
    """What a property holds, and so how it is read, compared and cleared."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    TIME = "time"
    CHOICE = "choice"
    """An enumeration: an integer on the wire, its name accepted on input."""
    IDS = "ids"
    """A collection of related records' Ids: shown by id, omitted from list rows."""


class Access(Enum):
    """Who sets a property, and whether anybody sees it."""

    WRITABLE = "writable"
    CREATE_ONLY = "create only"
    SERVER = "server"
    """Kept on the record by the service; silently ignored when a client sends it."""
    DERIVED = "derived"
    """Worked out when the record is shown, from its relations."""
    HIDDEN = "hidden"
    """Kept on the record, never shown."""


@dataclass(frozen=True, slots=True)
class Field:
    """One property of an entity.

    `relation` names the entity an Id points to: its filter and its validation errors use the property's name without
    `Id`. `initial` is what a create without the property stores. `choices` maps the names of an enumeration to numbers.
    """

    name: str
    kind: Kind = Kind.TEXT
    access: Access = Access.WRITABLE
    required: bool = False
    initial: Value = None
    relation: str | None = None
    choices: Mapping[str, int] | None = None

    @property
    def public_name(self) -> str:
        """The name that filters and validation errors use."""
        return self.name.removesuffix("Id") if self.relation else self.name

    @property
    def cleared(self) -> Value:
        """What a PUT that leaves the property out stores."""
        if self.kind is Kind.FLAG:
            return False
        return 0 if self.kind is Kind.CHOICE else None


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One kind of record: where it is served, what it holds, and which verbs beyond reading it offers."""

    name: str
    path: str
    fields: tuple[Field, ...]
    verbs: frozenset[str] = frozenset()
    order: str = "Id"
    first_id: int = 1

    def field(self, name: str) -> Field:
        """The property called `name`, in any case. Raises KeyError."""
        for known in self.fields:
            if known.name.lower() == name.lower():
                return known
        raise KeyError(name)


class Record(dict[str, Value]):
    """One stored record. A property that was never set is absent and reads as cleared."""

    __slots__ = ()

    def text(self, name: str) -> str:
        """The property as text, empty when it is not set."""
        value = self.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """The property as a whole number."""
        value = self.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str) -> bool:
        """Whether the property is true."""
        return self.get(name) is True

    def moment(self, name: str) -> datetime | None:
        """The property as a time."""
        value = self.get(name)
        return value if isinstance(value, datetime) else None

    def ids(self, name: str) -> tuple[int, ...]:
        """The property as a collection of Ids."""
        value = self.get(name)
        return value if isinstance(value, tuple) else ()

    @property
    def id(self) -> int:
        """The record's Id."""
        return self.number("Id") or 0


_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def moment_of(text: str) -> datetime | None:
    """The UTC time that `text` (ISO 8601) means, or None when it means none.

    A time without an offset is UTC (contract 2, times). Digits beyond the microsecond are dropped.
    """
    if not _DATE.match(text):
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def stamp(moment: datetime, record_id: int) -> str:
    """`moment` as the service writes it: UTC with Z.

    The real service writes some times with seven fraction digits and some with none. Here even Ids have them and odd
    ones do not, so that every client meets both.
    """
    plain = moment.astimezone(UTC)
    fraction = f".{plain.microsecond:06d}0" if record_id % 2 == 0 else ""
    return f"{plain:%Y-%m-%dT%H:%M:%S}{fraction}Z"
