"""Nexudus's records in the desk's terms."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from kiosk.desk.badges import BadgePlace, PlaceKind
from kiosk.desk.directory import MemberListing, VisitorListing
from kiosk.desk.events import Stay
from kiosk.desk.house import Texts, VisitorWifi
from kiosk.desk.people import Approval, Consent, Member, PersonId, PersonKind, Visitor
from kiosk.desk.signs import read_handle
from kiosk.nexudus.assumptions import TERMS_SETTING, VISITOR_WIFI_SETTING
from kiosk.nexudus.fields import CoworkerType, HostApprovalStatus, clean_paragraphs
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


_CUT_OFF = "Checkin.DailyCutOffTime"
_CUT_OFF_FORMATS = ("%H:%M", "%H:%M:%S")

NOWHERE = BadgePlace()

UNNAMED = "—"
"""Stands for the name of a location that the account may not see."""


def member_listing(coworker: Coworker, badge_place: BadgePlace = NOWHERE) -> MemberListing | None:
    """A member or company who can check in, be visited, or both; None for who is inactive or archived, and for whoever
    has neither a PIN, nor a card, nor a name. Their badges are read from where the location enters them."""
    pin = coworker.access_pincode.get_secret_value() if coworker.access_pincode else ""
    name = coworker.full_name or coworker.company_name or coworker.billing_name or ""
    numbers = (coworker.access_card_id, coworker.key_fob_number)
    cards = tuple(number.get_secret_value() for number in numbers if number and number.get_secret_value())
    if not coworker.active or coworker.archived or not (pin or cards or name):
        return None
    company = "" if coworker.coworker_type is CoworkerType.COMPANY else coworker.company_name or ""
    member, badges = Member(PersonId(PersonKind.MEMBER, coworker.id), name), badge_handles(coworker, badge_place)
    return MemberListing(member, pin, company, cards, badges)


def badge_handles(coworker: Coworker, place: BadgePlace) -> tuple[str, ...]:
    """The handles that staff have entered at a member, several with commas between; what is none is passed over."""
    match place.kind:
        case PlaceKind.CUSTOM_FIELD:
            text = coworker.custom_fields.get(place.name.casefold(), "")
        case PlaceKind.KEY_FOB:
            text = coworker.key_fob_number.get_secret_value() if coworker.key_fob_number else ""
        case PlaceKind.ACCESS_CARD:
            text = coworker.access_card_id.get_secret_value() if coworker.access_card_id else ""
        case PlaceKind.NONE:
            text = ""
    return tuple(handle for part in text.split(",") if (handle := read_handle(part)) is not None)


def visitor_listing(record: VisitorRecord, elsewhere: str = "") -> VisitorListing:
    """A visit; `elsewhere` names its location if that is another one. Without a known approval status the documented
    default holds: none is required (contract 3.2)."""
    company = record.coworker_company_name or ""
    host = record.coworker_full_name or company or record.coworker_billing_name or ""
    visitor = Visitor(
        PersonId(PersonKind.VISITOR, record.id),
        record.full_name,
        host,
        record.expected_arrival,
        _APPROVALS.get(record.host_approval_status, Approval.NOT_REQUIRED),
        record.departure_date,
        Consent.GIVEN if record.has_agreed_terms else Consent.PENDING,
        company if company != host else "",
        elsewhere,
    )
    code = record.visitor_code.get_secret_value() if record.visitor_code else ""
    return VisitorListing(visitor, code, (record.unique_id or "").lower(), record.email)


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


def wifi_from(settings: Mapping[str, str]) -> VisitorWifi:
    """Whether the location gives its visitors a Wi-Fi code."""
    issued = settings.get(VISITOR_WIFI_SETTING, "").strip().lower() == "true"
    return VisitorWifi.ISSUED if issued else VisitorWifi.NONE


def cut_off_from(settings: Mapping[str, str]) -> str:
    """The location's daily cut-off as `HH:MM` (contract 3.1); empty where none is set, or none that can be read."""
    text = settings.get(_CUT_OFF, "").strip()
    for form in _CUT_OFF_FORMATS:
        with contextlib.suppress(ValueError):
            return datetime.strptime(text, form).strftime("%H:%M")
    return ""


def texts_from(settings: Mapping[str, str]) -> Texts:
    """The location's own texts out of its settings."""
    found = {field: clean(settings.get(_TEXT_PREFIX + name) or "", SENTENCE_LENGTH) for name, field in _TEXTS.items()}
    return Texts(**found, terms=clean_paragraphs(settings.get(TERMS_SETTING) or ""))
