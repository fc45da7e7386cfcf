"""Presence: what an event makes of who is in."""

from __future__ import annotations

from kiosk.desk.events import Event, EventKind, Stay
from kiosk.desk.people import Approval
from kiosk.desk.queue import Entry


def stay_after(event: Event, before: Stay | None, target: Entry | None) -> Stay | None:
    """The person's stay once an event is recorded.

    Args:
        event: The event.
        before: Their stay until then, if they were in.
        target: What the event refers to, if that is known.
    """
    intent = event.intent
    match intent.kind:
        case EventKind.CHECK_IN:
            return Stay(intent.person, event.time, event.id)
        case EventKind.REGISTER:
            waits = intent.form is not None and intent.form.approval is Approval.REQUESTED
            return before if waits else Stay(intent.person, event.time, event.id)
        case EventKind.CHECK_OUT:
            return None
        case EventKind.UNDO:
            if target is not None and target.event.intent.kind is EventKind.CHECK_OUT:
                return before or target.ended  # whoever came back meanwhile is in by the newer stay
            return None if before is not None and before.event == intent.refers_to else before
