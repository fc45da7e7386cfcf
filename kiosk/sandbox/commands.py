"""What can be done with a visitor by a command (contract 3.2). The other entities offer none."""

from __future__ import annotations

from kiosk.sandbox.bodies import Sent
from kiosk.sandbox.entities import BUSINESSES, VISITORS
from kiosk.sandbox.errors import ActionFailed, NotAsThingsStand, NotFound
from kiosk.sandbox.rules import tell_host
from kiosk.sandbox.schema import Entity, Record, Value
from kiosk.sandbox.wifi import issue_wifi_code
from kiosk.sandbox.world import VisitorCommandList, World

CHECK_IN, CHECK_OUT = "VISITOR_CHECK_IN", "VISITOR_CHECK_OUT"

_NAMES = {
    "VISITOR_SEND_INVITATION": "Send Invitation Again",
    CHECK_IN: "Check Visitor In",
    CHECK_OUT: "Check Visitor Out",
}


def listed(world: World, entity: Entity) -> list[dict[str, object]]:
    """The commands of an entity, as they are listed."""
    if entity is not VISITORS or world.unknowns.visitor_commands is VisitorCommandList.EMPTY:
        return []
    return [
        {
            "Key": key,
            "Name": name,
            "AppliesOnlyToMultipleEntities": False,
            "AppliesOnlyToOneEntity": False,
            "AppliesOnlyToTwoEntities": False,
            "NeedsEntitiesToRun": True,
            "Order": number,
            "RequiresParameters": [],
        }
        for number, (key, name) in enumerate(_NAMES.items(), 1)
    ]


def run(world: World, entity: Entity, sent: Sent, by: str) -> Record:
    """Run a command on the first record that is named. Raises NotFound, NotAsThingsStand, ActionFailed."""
    key, ids = sent.get("key"), sent.get("ids")
    offered = {command["Key"] for command in listed(world, entity)}
    if not offered:
        raise NotFound
    if key not in offered or not isinstance(ids, list):
        raise ActionFailed
    number = next((one for one in ids if isinstance(one, int)), None)
    if number is None:
        raise NotFound
    with world.lock:
        visitor = world.get(entity, number)
        if world.unknowns.visitor_commands is VisitorCommandList.IDLE:
            return visitor
        return _done(world, str(key), visitor, by)


def _done(world: World, key: str, visitor: Record, by: str) -> Record:
    changes: dict[str, Value] = {}
    if key == CHECK_IN:
        if visitor.number("HostApprovalStatus") in (2, 3):
            raise NotAsThingsStand("The host has not approved this visitor.")
        place = world.get(BUSINESSES, visitor.number("BusinessId") or 0).text("Name")
        changes = {"Arrived": True, "ArrivalDate": world.now(), "CheckedInAt": place}
    elif key == CHECK_OUT:
        changes = {"DepartureDate": world.now()}
    changed = world.edit(VISITORS, visitor.id, by, changes)
    if key == CHECK_IN:
        changed = tell_host(world, changed, by)
    if changed.flag("Arrived"):
        issue_wifi_code(world, changed)
    return changed
