"""What the service writes: records, and the envelopes around what it did."""

from __future__ import annotations

from datetime import datetime

from kiosk.sandbox.entities import BUSINESSES, CHECKINS, COWORKER_TYPES, COWORKERS, FAILED_CHECKINS, VISITORS
from kiosk.sandbox.errors import Fault
from kiosk.sandbox.schema import Access, Entity, Kind, Record, Value, stamp
from kiosk.sandbox.world import User, World

Json = dict[str, object]


def full_record(world: World, entity: Entity, record: Record) -> Json:
    """A record as it is read by id: with its collections."""
    return _shown(world, entity, record, collections=True)


def list_row(world: World, entity: Entity, record: Record) -> Json:
    """A record as lists show it: collections are left out (contract 2)."""
    return _shown(world, entity, record, collections=False)


def created(entity: Entity, record: Record) -> Json:
    """The envelope of a create."""
    return {**_done(f"{entity.name} was successfully created.", record), "Value": {"Id": record.id}}


def updated(record: Record) -> Json:
    """The envelope of an update."""
    return {**_done(f"The record '{_title(record)}' was updated successfully", record), "Value": {"Id": record.id}}


def commanded(record: Record) -> Json:
    """The envelope of a command that was run."""
    return {**_done("The command was run successfully.", record), "Value": None}


def deleted(record: Record) -> Json:
    """The envelope of a delete."""
    return {**_done("The record was deleted successfully.", record), "Value": None}


def refused(message: str, faults: tuple[Fault, ...] = ()) -> Json:
    """The envelope of a refusal: Status 500 in the body, whatever the HTTP status (contract 2)."""
    errors = [
        {"AttemptedValue": fault.attempted, "Message": fault.message, "PropertyName": fault.property_name}
        for fault in faults
    ]
    return {
        "Status": 500,
        "Message": message,
        "Value": None,
        "OpenInDialog": False,
        "OpenInWindow": False,
        "RedirectURL": None,
        "JavaScript": None,
        "UpdatedOn": None,
        "UpdatedBy": None,
        "Errors": errors or None,
        "WasSuccessful": False,
    }


def who_am_i(world: World, user: User) -> Json:
    """The signed-in user (contract 6)."""
    home = world.get(BUSINESSES, user.businesses[0])
    return {
        "Id": user.id,
        "FullName": user.name,
        "Email": user.email,
        "DefaultBusinessId": home.id,
        "DefaultBusinessName": home.text("Name"),
        "DefaultSimpleTimeZoneId": home.number("SimpleTimeZoneId"),
        "DefaultSimpleTimeZoneNameIana": home.text("ZoneName"),
        "Businesses": list(user.businesses),
    }


def _done(message: str, record: Record) -> Json:
    updated_on = record.moment("UpdatedOn")
    return {
        "Status": 200,
        "Message": message,
        "Value": None,
        "OpenInDialog": False,
        "OpenInWindow": False,
        "RedirectURL": None,
        "JavaScript": None,
        "UpdatedOn": stamp(updated_on, record.id) if updated_on else None,
        "UpdatedBy": record.text("UpdatedBy"),
        "Errors": None,
        "WasSuccessful": True,
    }


def _title(record: Record) -> str:
    return record.text("FullName") or record.text("Name") or str(record.id)


def _shown(world: World, entity: Entity, record: Record, *, collections: bool) -> Json:
    derived, number = _derived(world, entity, record), record.id
    shown: Json = {}
    for field in entity.fields:
        if field.access is Access.HIDDEN or (field.kind is Kind.IDS and not collections):
            continue
        if field.access is Access.DERIVED:
            shown[field.name] = derived.get(field.name)
        else:
            value = record.get(field.name, field.cleared)
            shown[field.name] = _written(value, number)
    return shown


def _written(value: Value, record_id: int) -> object:
    if isinstance(value, datetime):
        return stamp(value, record_id)
    return list(value) if isinstance(value, tuple) else value


def _derived(world: World, entity: Entity, record: Record) -> Json:
    derived: Json = {"ToStringText": _title(record)}
    if entity in (CHECKINS, VISITORS, FAILED_CHECKINS) and (
        coworker := world.find(COWORKERS, record.number("CoworkerId"))
    ):
        kind = next(name for name, number in COWORKER_TYPES.items() if number == coworker.number("CoworkerType"))
        derived["CoworkerCoworkerType"] = kind
        for name in ("FullName", "CompanyName", "BillingName", "Email", "TeamNames"):
            derived[f"Coworker{name}"] = coworker.get(name)
    if entity in (CHECKINS, FAILED_CHECKINS):
        business = world.find(BUSINESSES, record.number("BusinessId"))
        derived["BusinessName"] = business.text("Name") if business else None
    if entity is CHECKINS:
        derived["FromTimeLocal"] = _local(world, record, "FromTime")
        derived["ToTimeLocal"] = _local(world, record, "ToTime")
    return derived


def _local(world: World, record: Record, name: str) -> str | None:
    moment = record.moment(name)
    if moment is None:
        return None
    return f"{moment.astimezone(world.zone(record.number('BusinessId'))):%Y-%m-%dT%H:%M:%S}"
