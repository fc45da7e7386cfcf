"""What the service decides when a check-in or a visitor is written (contract 3.1 and 3.2).

Each function holds the world's lock from the first look to the change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kiosk.sandbox.bodies import Sent, id_in, values_to_create, values_to_replace
from kiosk.sandbox.entities import BOOKING_VISITORS, BUSINESSES, CHECKINS, COWORKERS, FAILED_CHECKINS, VISITORS
from kiosk.sandbox.errors import ActionFailed, Fault, Invalid, NotAsThingsStand, NotFound, NoValidPass
from kiosk.sandbox.schema import Entity, Record, Value
from kiosk.sandbox.wifi import issue_wifi_code
from kiosk.sandbox.world import HostNotice, PassReason, World

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_KNOWN_UNREAL = "@example.com"
_REQUESTED = 2
_STILL_BOOKED = "You must delete all booking visitors using this record before you can delete it."


def create(world: World, entity: Entity, sent: Sent, by: str) -> Record:
    """Create a record from a body. Raises Invalid, NoValidPass, ActionFailed."""
    with world.lock:
        values = values_to_create(entity, sent)
        _check_relations(world, values)
        return _CREATORS[entity.name](world, values, by)


def replace(world: World, entity: Entity, sent: Sent, by: str) -> Record:
    """Replace the record whose Id is in the body. Raises NotFound, Invalid, ActionFailed."""
    record_id = id_in(sent)
    if record_id is None:
        raise NotFound
    with world.lock:
        world.get(entity, record_id)
        values = values_to_replace(entity, sent)
        _check_relations(world, values)
        if entity is CHECKINS:
            _check_open_is_today(world, values)
        else:
            _check_email(values)
        record = world.edit(entity, record_id, by, values)
        if entity is VISITORS and record.flag("Arrived"):
            issue_wifi_code(world, record)
        return record


def delete(world: World, entity: Entity, record_id: int) -> Record:
    """Delete a record and return it as it was. Raises NotFound, NotAsThingsStand."""
    with world.lock:
        record = world.get(entity, record_id)
        if entity is VISITORS and any(row.number("VisitorId") == record_id for row in world.rows(BOOKING_VISITORS)):
            raise NotAsThingsStand(_STILL_BOOKED)
        world.remove(entity, record_id)
        return record


def _create_checkin(world: World, values: dict[str, Value], by: str) -> Record:
    """A second open check-in of the same person is taken: what the real service does is not known."""
    coworker = world.find(COWORKERS, Record(values).number("CoworkerId"))
    if coworker and not _may_check_in(coworker):
        message = f"{coworker.text('FullName')} does not have a valid time pass for this location and time."
        _note_failure(world, values, message)
        if world.unknowns.pass_reason is PassReason.UNSAID:
            raise ActionFailed
        raise NoValidPass(message, world.unknowns.pass_refusal.value)
    _check_open_is_today(world, values)
    tariff = coworker.text("TariffName") if coworker else None
    kept: dict[str, Value] = {"CountsTowardsPlanLimits": True, "TariffAtTheTimeOfCheckin": tariff}
    return world.add(CHECKINS, by, {**values, **kept})


def _create_visitor(world: World, values: dict[str, Value], by: str) -> Record:
    _check_email(values)
    kept: dict[str, Value] = {"VisitorCode": world.new_visitor_code()}
    if values.pop("CheckInNow"):
        business = world.get(BUSINESSES, Record(values).number("BusinessId") or 0)
        kept |= {"Arrived": True, "ArrivalDate": world.now(), "CheckedInAt": business.text("Name")}
    visitor = world.add(VISITORS, by, {**values, **kept})
    if visitor.flag("Arrived") or visitor.number("HostApprovalStatus") == _REQUESTED:
        visitor = tell_host(world, visitor, by)
    if visitor.flag("Arrived"):
        issue_wifi_code(world, visitor)
    return visitor


def tell_host(world: World, visitor: Record, by: str) -> Record:
    """The service tells the host of an arrival, or asks them to approve, by itself (contract 4.4)."""
    host = visitor.number("CoworkerId")
    if not host or visitor.flag("Notified"):
        return visitor
    world.host_notices.append(HostNotice(visitor.id, host))
    return world.edit(VISITORS, visitor.id, by, {"Notified": True})


def _note_failure(world: World, values: Mapping[str, Value], reason: str) -> None:
    """The refusal of a check-in leaves a row that says why (contract 3.9)."""
    kept = {name: values.get(name) for name in ("CoworkerId", "BusinessId", "Source")}
    world.add(FAILED_CHECKINS, "system", {**kept, "CheckinAttemptTime": values.get("FromTime"), "Description": reason})


_CREATORS: Mapping[str, Callable[[World, dict[str, Value], str], Record]] = {
    CHECKINS.name: _create_checkin,
    VISITORS.name: _create_visitor,
}


def _may_check_in(coworker: Record) -> bool:
    """A disabled account fails like a missing pass (contract 3.9)."""
    return coworker.flag("Active") and not coworker.flag("Archived") and coworker.flag("HasValidPass")


def _check_open_is_today(world: World, values: Mapping[str, Value]) -> None:
    """An open check-in must be from today, in the location's zone (contract 3.1)."""
    record = Record(values)
    business, start = record.number("BusinessId"), record.moment("FromTime")
    if record.moment("ToTime") is not None or start is None:
        return
    if world.local_day(business, start) != world.local_day(business, world.now()):
        raise ActionFailed


def _check_relations(world: World, values: Mapping[str, Value]) -> None:
    record = Record(values)
    faults = []
    for entity, name in ((BUSINESSES, "BusinessId"), (COWORKERS, "CoworkerId")):
        number = record.number(name)
        if number and world.find(entity, number) is None:
            faults.append(Fault(entity.name, "was not found", number))
    if faults:
        raise Invalid(tuple(faults))


def _check_email(values: Mapping[str, Value]) -> None:
    """An address must look real, and example.com does not (contract 3.2)."""
    address = Record(values).text("Email")
    if not _ADDRESS.fullmatch(address) or address.lower().endswith(_KNOWN_UNREAL):
        raise Invalid((Fault("Email", "Invalid Email Address", address),))
