"""Lists as the service answers them: filters, ranges, order, pages (contract 2).

A parameter that the service does not know, or whose value it cannot read, is ignored without a word, as the real
service does: a mis-spelt filter answers everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from kiosk.sandbox.answers import Json, list_row
from kiosk.sandbox.entities import ENTITIES, VISITORS
from kiosk.sandbox.schema import Access, Entity, Field, Kind, Record, Value, moment_of
from kiosk.sandbox.world import ChangedFilter, TextFilter, VisitorCodeFilter, World

DEFAULT_SIZE = 25
MAXIMUM_SIZE = 1000

Test = Callable[[Record], bool]
Bound = TypeVar("Bound", int, datetime)

_SEEN_BY_CLIENTS = (Access.WRITABLE, Access.CREATE_ONLY, Access.SERVER)


def answer_list(world: World, entity: Entity, parameters: Iterable[tuple[str, str]]) -> Json:
    """One page of the records that pass every filter, in the list envelope."""
    wanted = {name.lower(): value for name, value in parameters}
    tests = [test for name, value in wanted.items() if (test := _test_for(world, entity, name, value))]
    found = [record for record in world.rows(entity) if all(test(record) for test in tests)]
    order = _order(entity, wanted.get("orderby", ""))
    descending = wanted.get("dir", "").lower() in {"-1", "descending", "desc"}
    if order.name != "Id":
        found.sort(key=lambda record: _sortable(order, record))
    if descending:
        found.reverse()

    page = max(_whole(wanted.get("page", "")) or 1, 1)
    size = _whole(wanted.get("size", "")) or DEFAULT_SIZE
    size = min(size, MAXIMUM_SIZE) if size > 0 else DEFAULT_SIZE
    shown = found[(page - 1) * size : page * size]
    pages = -(-len(found) // size)
    first = (page - 1) * size + 1
    return {
        "Records": [list_row(world, entity, record) for record in shown],
        "CurrentPageSize": size,
        "CurrentPage": page,
        "CurrentOrderField": order.name,
        "CurrentSortDirection": -1 if descending else 1,
        "FirstItem": first,
        "LastItem": first + len(shown) - 1,
        "TotalItems": len(found),
        "TotalPages": pages,
        "HasNextPage": page < pages,
        "HasPreviousPage": page > 1,
    }


def batch_of(parameters: Mapping[str, str]) -> list[int] | None:
    """The Ids of a batch read, `?id=[1,2,3]`, or None when this is an ordinary list."""
    asked = next((value for name, value in parameters.items() if name.lower() == "id"), "").strip()
    if not (asked.startswith("[") and asked.endswith("]")):
        return None
    return [number for part in asked[1:-1].split(",") if (number := _whole(part)) is not None]


def answer_batch(world: World, entity: Entity, ids: list[int]) -> list[Json]:
    """The bare array of a batch read. An Id that does not exist is left out."""
    return [list_row(world, entity, record) for number in ids if (record := world.find(entity, number))]


def _test_for(world: World, entity: Entity, name: str, value: str) -> Test | None:
    if name in {"id", "uniqueid"}:
        return _equal(world, entity.field(name), value)
    for bound in ("from", "to"):
        prefix = f"{bound}_{entity.name.lower()}_"
        if name.startswith(prefix):
            field = _known(entity, name.removeprefix(prefix))
            if field and field.name == "UpdatedOn" and world.unknowns.changed_filter is ChangedFilter.IGNORED:
                return None
            return _bounded(field, bound, value) if field else None
    prefix = f"{entity.name.lower()}_"
    if not name.startswith(prefix):
        return None
    path = name.removeprefix(prefix)
    code_ignored = world.unknowns.visitor_code_filter is VisitorCodeFilter.IGNORED
    if entity is VISITORS and path == "visitorcode" and code_ignored:
        return None
    if "_" in path:
        return _nested(world, entity, path, value)
    field = _known(entity, path)
    return _equal(world, field, value) if field else None


def _nested(world: World, entity: Entity, path: str, value: str) -> Test | None:
    """A filter on a property of a related record, such as `Visitor_Coworker_FullName`."""
    link_name, _, rest = path.partition("_")
    link = _known(entity, link_name)
    other = next((each for each in ENTITIES if link and each.name == link.relation), None)
    field = _known(other, rest) if other else None
    test = _equal(world, field, value) if field else None
    if link is None or other is None or test is None:
        return None

    def passes(record: Record) -> bool:
        related = world.find(other, record.number(link.name))
        return related is not None and test(related)

    return passes


def _known(entity: Entity, public_name: str) -> Field | None:
    for field in entity.fields:
        if field.access in _SEEN_BY_CLIENTS and field.public_name.lower() == public_name:
            return field
    return None


def _equal(world: World, field: Field, text: str) -> Test | None:
    name, wanted = field.name, _read(field, text)
    if wanted is None:
        return None
    if field.kind is Kind.IDS:
        return lambda record: wanted in record.ids(name)
    if isinstance(wanted, str):
        if world.unknowns.text_filter is TextFilter.CONTAINS:
            return lambda record: wanted in record.text(name).casefold()
        return lambda record: wanted == record.text(name).casefold()
    return lambda record: record.get(name, field.cleared) == wanted


def _bounded(field: Field, bound: str, text: str) -> Test | None:
    """A range includes its ends. A record without the property is in no range."""
    limit = _read(field, text)
    if field.kind is Kind.TIME and isinstance(limit, datetime):
        return lambda record: _within(record.moment(field.name), limit, bound)
    if field.kind in (Kind.NUMBER, Kind.CHOICE) and isinstance(limit, int):
        return lambda record: _within(record.number(field.name), limit, bound)
    return None


def _within(value: Bound | None, limit: Bound, bound: str) -> bool:
    if value is None:
        return False
    return value >= limit if bound == "from" else value <= limit


def _read(field: Field, text: str) -> Value:
    """A filter's value as the property's kind, or None when it cannot be read."""
    text = text.strip()
    match field.kind:
        case Kind.TEXT:
            return text.casefold() or None
        case Kind.FLAG:
            return {"true": True, "false": False}.get(text.lower())
        case Kind.TIME:
            return moment_of(text)
        case Kind.CHOICE:
            named = {name.lower(): number for name, number in (field.choices or {}).items()}
            return named.get(text.lower(), _whole(text))
        case Kind.NUMBER | Kind.IDS:
            return _whole(text)


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _order(entity: Entity, name: str) -> Field:
    try:
        asked = entity.field(name)
    except KeyError:
        return entity.field(entity.order)
    return asked if asked.access in _SEEN_BY_CLIENTS and asked.kind is not Kind.IDS else entity.field(entity.order)


def _sortable(field: Field, record: Record) -> tuple[int, str | int | datetime]:
    """A key that sorts one property: records without it come first."""
    value = record.get(field.name, field.cleared)
    if isinstance(value, str):
        return (1, value.casefold())
    if isinstance(value, datetime | int):
        return (1, value)
    return (0, 0)
