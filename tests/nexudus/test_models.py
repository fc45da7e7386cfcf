from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from kiosk.nexudus.fields import (
    PARAGRAPHS_LENGTH,
    CheckinSource,
    CoworkerType,
    HostApprovalStatus,
    ServerEnum,
    VisitorSource,
)
from kiosk.nexudus.models import BusinessSetting, Checkin, Coworker, Me, MutationResult, Visitor, parse_records

HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202eJo\u0000 Doe\r\n[/x]"


def test_a_name_with_terminal_escapes_is_clean() -> None:
    visitor = Visitor.model_validate(
        {"Id": 1, "BusinessId": 2, "FullName": HOSTILE, "VisitReason": HOSTILE, "CoworkerFullName": HOSTILE}
    )

    for text in (visitor.full_name, visitor.visit_reason, visitor.coworker_full_name):
        assert text == "]0;owned[2JJo Doe [/x]"


def test_terms_keep_their_lines_and_lose_their_escapes() -> None:
    terms = f"# Terms\r\n\r\n* no \x1b[2Jsmoking\n* {'x' * PARAGRAPHS_LENGTH}"

    value = BusinessSetting.model_validate({"BusinessId": 1, "Name": "Legal", "Value": terms}).value

    assert value.startswith("# Terms\n\n* no [2Jsmoking\n* xxx")
    assert len(value) <= PARAGRAPHS_LENGTH


def test_a_time_with_seven_digits_is_read() -> None:
    checkin = Checkin.model_validate({"Id": 1, "BusinessId": 2, "FromTime": "2022-05-13T20:55:44.5515198Z"})

    assert checkin.from_time == datetime(2022, 5, 13, 20, 55, 44, 551_519, UTC)
    assert checkin.open


def test_null_is_the_same_as_absent() -> None:
    nulls = dict.fromkeys(["FullName", "Email", "Active", "Archived", "CoworkerType", "AccessPincode", "TeamNames"])

    assert Coworker.model_validate({"Id": 1, **nulls}) == Coworker(id=1)


@pytest.mark.parametrize(
    ("kind", "value", "member"),
    [
        (VisitorSource, 2, VisitorSource.NEXIO),
        (VisitorSource, "NexIO", VisitorSource.NEXIO),
        (HostApprovalStatus, "AcceptedAndHold", HostApprovalStatus.ACCEPTED_AND_HOLD),
        (HostApprovalStatus, "5", HostApprovalStatus.ACCEPTED_AND_GRANT),
        (CheckinSource, "DoorAccess", CheckinSource.DOOR_ACCESS),
        (CoworkerType, "Individual", CoworkerType.INDIVIDUAL),
        (HostApprovalStatus, 99, HostApprovalStatus.UNKNOWN),
        (VisitorSource, "Robot", VisitorSource.UNKNOWN),
        (CheckinSource, -1, CheckinSource.NONE),
    ],
)
def test_an_enum_takes_numbers_names_and_what_it_does_not_know(
    kind: type[ServerEnum], value: object, member: ServerEnum
) -> None:
    assert TypeAdapter(kind).validate_python(value) is member


def test_an_unknown_enum_does_not_make_a_visitor_unreadable() -> None:
    visitor = Visitor.model_validate({"Id": 1, "BusinessId": 2, "VisitorSource": "Robot", "HostApprovalStatus": 6})

    assert visitor.visitor_source is VisitorSource.UNKNOWN
    assert visitor.host_approval_status is HostApprovalStatus.UNKNOWN


def test_one_malformed_record_does_not_lose_the_page() -> None:
    good_row = {"Id": 1, "BusinessId": 2, "FromTime": "2026-03-02T09:00:00Z"}
    rows: list[object] = [good_row, good_row | {"FromTime": "soon"}, None, "row", {}, good_row | {"Id": 3}]

    good, bad = parse_records(Checkin, rows)

    assert [checkin.id for checkin in good] == [1, 3]
    assert bad == 4


def test_a_pin_given_as_a_number_is_a_text() -> None:
    pin = Coworker.model_validate({"Id": 1, "AccessPincode": 48213}).access_pincode

    assert pin is not None
    assert pin.get_secret_value() == "48213"


def test_a_record_shows_its_ids_and_nobody() -> None:
    row = {"Id": 11, "CoworkerId": 12, "BusinessId": 13, "FullName": "Jo Doe", "Email": "jo@example.org"}
    secrets = {"VisitorCode": "012345", "AccessPincode": "48213", "AccessCardId": "77", "KeyFobNumber": "88"}

    assert repr(Visitor.model_validate(row | secrets)) == "Visitor(id=11, business_id=13, coworker_id=12)"
    assert str(Coworker.model_validate(row | secrets)) == "id=11"


def test_the_error_of_a_malformed_record_does_not_quote_it() -> None:
    with pytest.raises(ValidationError) as malformed:
        Coworker.model_validate({"Id": 1, "Active": "48213 of Jo Doe"})

    assert "Jo Doe" not in str(malformed.value)


def test_the_locations_of_an_account_may_be_ids_or_records() -> None:
    assert Me.model_validate({"Id": 1, "Businesses": [3, {"Id": 4}, "x"]}).businesses == (3, 4)


@pytest.mark.parametrize(
    ("value", "new_id"),
    [({"Id": 5}, 5), ({"Id": 5, "FullName": "whole record"}, 5), (None, None), ({"Id": True}, None)],
)
def test_the_id_of_a_new_record_is_found_where_the_answer_holds_it(value: object, new_id: int | None) -> None:
    assert MutationResult.model_validate({"WasSuccessful": True, "Value": value}).new_id == new_id
