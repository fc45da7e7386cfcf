"""Nexudus's records in the desk's terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.desk.directory import MemberListing, VisitorListing
from kiosk.desk.events import Stay
from kiosk.desk.house import Texts
from kiosk.desk.people import Approval, Member, PersonId, PersonKind, Visitor
from kiosk.nexudus.assumptions import TERMS_SETTING
from kiosk.nexudus.fields import HostApprovalStatus, clean_paragraphs
from kiosk.nexudus.models import Checkin, Coworker
from kiosk.nexudus.models import Visitor as VisitorRecord
from kiosk.text import SENTENCE_LENGTH, clean

_APPROVALS: Mapping[int, Approval] = {
    HostApprovalStatus.NOT_REQUIRED: Approval.NOT_REQUIRED,
    HostApprovalStatus.REQUESTED: Approval.REQUESTED,
    HostApprovalStatus.REJECTED: Approval.REJECTED,
    HostApprovalStatus.ACCEPTED_AND_HOLD: Approval.HOLD,
    HostApprovalStatus.ACCEPTED_AND_GRANT: Approval.GRANT,
}

_TEXTS = {
    "HomeMessage": "home",
    "TapToStartMessage": "tap_to_start",
    "IamAMemberMessage": "member",
    "IamVisitorMessage": "visitor",
    "DoYouHaveVisitorCodeMessage": "have_code",
    "WelcomeTitle": "welcome_title",
    "WelcomeMember": "welcome_member",
    "WelcomeVisitor": "welcome_visitor",
    "ByeByeTitle": "goodbye_title",
    "ByeByeMessage": "goodbye",
}
_TEXT_PREFIX = "MobileApp.FrontDesk.Checkin."


def member_listing(coworker: Coworker) -> MemberListing | None:
    """A member who can check in; None for who is inactive, archived or has no PIN."""
    pin = coworker.access_pincode.get_secret_value() if coworker.access_pincode else ""
    if not coworker.active or coworker.archived or not pin:
        return None
    return MemberListing(Member(PersonId(PersonKind.MEMBER, coworker.id), coworker.full_name), pin)


def visitor_listing(record: VisitorRecord) -> VisitorListing:
    """A visit. Without a known approval status the documented default holds: none is required (contract 3.2)."""
    visitor = Visitor(
        PersonId(PersonKind.VISITOR, record.id),
        record.full_name,
        record.coworker_full_name or record.coworker_company_name or "",
        record.expected_arrival,
        _APPROVALS.get(record.host_approval_status, Approval.NOT_REQUIRED),
        record.departure_date,
    )
    code = record.visitor_code.get_secret_value() if record.visitor_code else ""
    return VisitorListing(visitor, code, (record.unique_id or "").lower())


def member_stays(checkins: Iterable[Checkin]) -> list[Stay]:
    """Who is in: each member's newest check-in without an end."""
    newest: dict[PersonId, Stay] = {}
    for checkin in checkins:
        if not checkin.open or checkin.coworker_id is None:
            continue
        person = PersonId(PersonKind.MEMBER, checkin.coworker_id)
        known = newest.get(person)
        if known is None or checkin.from_time > known.since:
            newest[person] = Stay(person, checkin.from_time, None, checkin.id)
    return list(newest.values())


def visitor_stays(records: Iterable[VisitorRecord]) -> list[Stay]:
    """Visitors who have arrived and not left."""
    return [
        Stay(PersonId(PersonKind.VISITOR, record.id), record.arrival_date)
        for record in records
        if record.arrived and record.arrival_date is not None and record.departure_date is None
    ]


def texts_from(settings: Mapping[str, str]) -> Texts:
    """The location's own texts out of its settings."""
    found = {field: clean(settings.get(_TEXT_PREFIX + name) or "", SENTENCE_LENGTH) for name, field in _TEXTS.items()}
    return Texts(**found, terms=clean_paragraphs(settings.get(TERMS_SETTING) or ""))
