"""What a client sends, read against the entity it is meant for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from kiosk.sandbox.errors import ActionFailed, Fault, Invalid
from kiosk.sandbox.schema import Access, Entity, Field, Kind, Value, moment_of

Sent = Mapping[str, object]
"""A body, its property names in lower case: the real service matches them in any case."""


def read_object(raw: bytes) -> Sent:
    """The JSON object in `raw`. Raises ActionFailed for anything else."""
    try:
        sent = json.loads(raw)
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise ActionFailed from None
    if not isinstance(sent, dict):
        raise ActionFailed
    return {str(name).lower(): value for name, value in sent.items()}


def id_in(sent: Sent) -> int | None:
    """The `Id` in the body of a PUT, where the service expects it (contract 2, verbs)."""
    number = sent.get("id")
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def values_to_create(entity: Entity, sent: Sent) -> dict[str, Value]:
    """The properties of a new record. Raises Invalid."""
    fields = [field for field in entity.fields if field.access in (Access.WRITABLE, Access.CREATE_ONLY)]
    return _values(fields, sent, lambda field: field.cleared if field.initial is None else field.initial)


def values_to_replace(entity: Entity, sent: Sent) -> dict[str, Value]:
    """The properties that a PUT leaves on a record: what is not mentioned is cleared (contract 2). Raises Invalid."""
    fields = [field for field in entity.fields if field.access is Access.WRITABLE]
    return _values(fields, sent, lambda field: field.cleared)


def _values(fields: list[Field], sent: Sent, missing: Callable[[Field], Value]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for field in fields:
        given = sent.get(field.name.lower())
        value = missing(field) if given is None else _read(field, given)
        if isinstance(value, Fault):
            faults.append(value)
        elif field.required and not value:
            faults.append(_lacking(field, given))
        else:
            values[field.name] = value
    if faults:
        raise Invalid(tuple(faults))
    return values


def _lacking(field: Field, given: object) -> Fault:
    if field.relation:
        return Fault(field.public_name, "is a required field", _attempted(given))
    message = "may not be null or empty" if field.kind is Kind.TEXT else "may not be null"
    return Fault(field.public_name, message, _attempted(given))


def _read(field: Field, given: object) -> Value | Fault:
    """`given` as the property's kind. Numbers and flags are also taken from a text, as JSON readers of its kind do."""
    read: Value = None
    match field.kind:
        case Kind.TEXT:
            read = given if isinstance(given, str) else None
        case Kind.FLAG:
            read = given if isinstance(given, bool) else {"true": True, "false": False}.get(str(given).lower())
        case Kind.TIME:
            read = moment_of(given) if isinstance(given, str) else None
        case Kind.NUMBER:
            read = _whole(given)
        case Kind.CHOICE:
            read = _choice(field, given)
        case Kind.IDS:
            read = tuple(each for each in given if isinstance(each, int)) if isinstance(given, list) else None
    return Fault(field.public_name, "is not valid", _attempted(given)) if read is None else read


def _choice(field: Field, given: object) -> int | None:
    named = {name.lower(): number for name, number in (field.choices or {}).items()}
    number = named.get(given.lower(), _whole(given)) if isinstance(given, str) else _whole(given)
    return number if number == 0 or number in named.values() else None


def _whole(given: object) -> int | None:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    try:
        return int(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _attempted(given: object) -> str | int | bool | float | None:
    return given if isinstance(given, str | int | bool | float) else None
