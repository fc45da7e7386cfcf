"""Events, stays and counts as JSON documents, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kiosk.desk.clock import ClockQuality, Moment
from kiosk.desk.credentials import Via
from kiosk.desk.events import Correction, Event, EventKind, Intent, Stay, TimeBasis
from kiosk.desk.hosts import Host
from kiosk.desk.lockout import Attempts
from kiosk.desk.people import Approval, Consent, PersonId
from kiosk.desk.queue import Entry, UploadState
from kiosk.desk.walk_in import Newsletter, WalkIn

Document = dict[str, Any]


def from_moment(moment: Moment) -> Document:
    """A moment with all that is needed to correct it later."""
    return {
        "wall": moment.wall.isoformat(),
        "since_boot": round(moment.since_boot, 3),
        "boot": moment.boot,
        "quality": moment.quality.value,
    }


def to_moment(doc: Mapping[str, Any]) -> Moment:
    """The inverse of `from_moment`."""
    return Moment(datetime.fromisoformat(doc["wall"]), doc["since_boot"], doc["boot"], ClockQuality(doc["quality"]))


def from_correction(correction: Correction | None) -> Document | None:
    """The true time of an event whose clock was wrong."""
    if correction is None:
        return None
    return {"time": correction.time.isoformat(), "basis": correction.basis.value, "within": correction.within}


def to_correction(doc: Mapping[str, Any] | None) -> Correction | None:
    """The inverse of `from_correction`."""
    if doc is None:
        return None
    return Correction(datetime.fromisoformat(doc["time"]), TimeBasis(doc["basis"]), doc["within"])


def from_stay(stay: Stay) -> Document:
    """A stay; the check-in and the record may be unknown."""
    return {
        "person": str(stay.person),
        "since": stay.since.isoformat(),
        "event": str(stay.event) if stay.event else None,
        "remote": stay.remote_id,
    }


def to_stay(doc: Mapping[str, Any]) -> Stay:
    """The inverse of `from_stay`."""
    event = UUID(doc["event"]) if doc["event"] else None
    return Stay(PersonId.parse(doc["person"]), datetime.fromisoformat(doc["since"]), event, doc["remote"])


def from_form(form: WalkIn | None) -> Document | None:
    """What a walk-in gave."""
    if form is None:
        return None
    host = form.host
    return {
        "name": form.name,
        "email": form.email,
        "host": {"id": str(host.id), "name": host.name, "company": host.company} if host else None,
        "company": form.company,
        "phone": form.phone,
        "reason": form.reason,
        "approval": form.approval.value,
        "newsletter": form.newsletter.value,
    }


def to_form(doc: Mapping[str, Any] | None) -> WalkIn | None:
    """The inverse of `from_form`."""
    if doc is None:
        return None
    host = doc["host"]
    return WalkIn(
        doc["name"],
        doc["email"],
        Host(PersonId.parse(host["id"]), host["name"], host["company"]) if host else None,
        doc["company"],
        doc["phone"],
        doc["reason"],
        Approval(doc["approval"]),
        Newsletter(doc.get("newsletter", Newsletter.NOT_WANTED)),
    )


def from_entry(entry: Entry) -> Document:
    """An event with its place in the queue, as one flat document. Its number is the document's id.

    What there is nothing of is left out: every byte is written again with each snapshot, and a card wears out.
    """
    intent = entry.event.intent
    facts = {
        "id": str(entry.event.id),
        "kind": intent.kind.value,
        "person": str(intent.person),
        "via": intent.via.value,
        "name": intent.name,
        "refers_to": str(intent.refers_to) if intent.refers_to else None,
        "consent": intent.consent.value if intent.consent is not Consent.PENDING else None,
        "terms": intent.terms,
        "form": from_form(intent.form),
        "at": from_moment(entry.event.at),
        "correction": from_correction(entry.event.correction),
        "state": entry.state.value,
        "tries": entry.tries,
        "changed": from_moment(entry.changed) if entry.changed != entry.event.at else None,
        "remote": entry.remote_id,
        "note": entry.note,
        "ended": from_stay(entry.ended) if entry.ended else None,
        "undone": entry.undone,
    }
    return {name: fact for name, fact in facts.items() if fact not in (None, "", 0, False)}


def to_entry(doc: Mapping[str, Any], sequence: int) -> Entry:
    """The inverse of `from_entry`."""
    at = to_moment(doc["at"])
    intent = Intent(
        EventKind(doc["kind"]),
        PersonId.parse(doc["person"]),
        Via(doc["via"]),
        doc.get("name", ""),
        UUID(doc["refers_to"]) if doc.get("refers_to") else None,
        Consent(doc.get("consent", Consent.PENDING)),
        to_form(doc.get("form")),
        doc.get("terms", ""),
    )
    return Entry(
        event=Event(UUID(doc["id"]), sequence, intent, at, to_correction(doc.get("correction"))),
        state=UploadState(doc["state"]),
        tries=doc.get("tries", 0),
        changed=to_moment(doc["changed"]) if doc.get("changed") else at,
        remote_id=doc.get("remote"),
        note=doc.get("note", ""),
        ended=to_stay(doc["ended"]) if doc.get("ended") else None,
        undone=doc.get("undone", False),
    )


def from_attempts(channel: str, attempts: Attempts) -> Document:
    """The wrong codes of one channel."""
    return {
        "channel": channel,
        "failures": attempts.failures,
        "last": attempts.last.isoformat() if attempts.last else None,
    }


def to_attempts(doc: Mapping[str, Any]) -> Attempts:
    """The inverse of `from_attempts`."""
    return Attempts(doc["failures"], datetime.fromisoformat(doc["last"]) if doc["last"] else None)
