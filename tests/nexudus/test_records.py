from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kiosk.nexudus.fields import HostApprovalStatus
from kiosk.nexudus.models import Checkin, Visitor
from kiosk.nexudus.records import NewCheckin, NewVisitor, Record, arrived, checked_out, departed

RAW_CHECKIN: dict[str, object] = {
    "Id": 7,
    "BusinessId": 2,
    "CoworkerId": 3,
    "FromTime": "2026-03-02T09:00:00.1234567Z",
    "ToTime": None,
    "FromTimeLocal": "2026-03-02T10:00:00",
    "ToTimeLocal": None,
    "CoworkerFullName": "J\x1b[2Jo",
    "MacAddresses": "aa:bb",
    "SystemId": "ours",
    "CustomFields": {"Desk": 12},
    "SomethingNew": [1, 2],
    "CreatedOn": "2026-03-02T09:00:01Z",
    "UpdatedOn": "2026-03-02T09:00:01Z",
    "UpdatedBy": "admin@example.org",
    "IsNew": False,
    "ToStringText": "Check-in",
}
NOON = datetime(2026, 3, 2, 13, 0, 0, 999_999, timezone(timedelta(hours=1)))


def checkin() -> Record[Checkin]:
    return Record(Checkin.model_validate(RAW_CHECKIN), RAW_CHECKIN)


def test_a_check_out_changes_one_property_and_loses_none() -> None:
    before = dict(RAW_CHECKIN)

    out = checked_out(checkin(), NOON)

    assert out.value.to_time == datetime(2026, 3, 2, 12, tzinfo=UTC)
    computed = {"FromTimeLocal", "ToTimeLocal", "CreatedOn", "UpdatedOn", "UpdatedBy", "IsNew", "ToStringText"}
    assert out.body() == {name: value for name, value in before.items() if name not in computed} | {
        "ToTime": "2026-03-02T12:00:00Z"
    }
    assert before == RAW_CHECKIN, "the record that was read is left as it was"


def test_a_visitor_who_arrives_and_leaves_is_never_checked_in_again() -> None:
    raw = {"Id": 1, "BusinessId": 2, "Arrived": False, "CheckInNow": True, "VisitorSource": 99}
    visitor = Record(Visitor.model_validate(raw), raw)

    came = arrived(visitor, NOON, "Main desk")
    left = departed(came, NOON + timedelta(hours=1))

    assert came.value.arrived
    assert left.body() == {
        "Id": 1,
        "BusinessId": 2,
        "Arrived": True,
        "ArrivalDate": "2026-03-02T12:00:00Z",
        "CheckedInAt": "Main desk",
        "DepartureDate": "2026-03-02T13:00:00Z",
        "VisitorSource": 99,
    }


def test_an_enum_is_written_as_its_number() -> None:
    raw = {"Id": 1, "BusinessId": 2}
    visitor = Record(Visitor.model_validate(raw), raw)

    assert visitor.changed(host_approval_status=HostApprovalStatus.REQUESTED).body()["HostApprovalStatus"] == 2


@pytest.mark.parametrize("change", [{"to_tiem": None}, {"ToTime": None}, {"business_id": "somewhere"}])
def test_a_change_that_does_not_fit_is_refused_before_it_is_sent(change: dict[str, str | None]) -> None:
    with pytest.raises(ValueError, match="Checkin"):
        checkin().changed(**change)


def test_a_new_check_in_is_sent_in_whole_seconds_of_utc() -> None:
    new = NewCheckin(business_id=2, coworker_id=3, from_time=NOON, system_id="ours")

    assert new.body() == {
        "BusinessId": 2,
        "CoworkerId": 3,
        "FromTime": "2026-03-02T12:00:00Z",
        "Source": 1,
        "SystemId": "ours",
    }
    assert new.from_time == datetime(2026, 3, 2, 12, tzinfo=UTC), "what is compared later is what was sent"


def test_a_new_check_in_frozen_on_disk_is_sent_with_the_same_body() -> None:
    new = NewCheckin(business_id=2, coworker_id=3, from_time=NOON, to_time=NOON, system_id="ours")

    assert NewCheckin.model_validate_json(new.model_dump_json()).body() == new.body()


def test_a_walk_in_is_checked_in_with_the_call_that_creates_it() -> None:
    new = NewVisitor(
        business_id=2,
        full_name="Jo\x1b[2J Doe",
        email="jo@acme.org",
        expected_arrival=NOON,
        coworker_id=3,
        system_id="ours",
    )

    assert new.body() == {
        "BusinessId": 2,
        "FullName": "Jo[2J Doe",
        "Email": "jo@acme.org",
        "ExpectedArrival": "2026-03-02T12:00:00Z",
        "CoworkerId": 3,
        "VisitorSource": 2,
        "HostApprovalStatus": 1,
        "HasAgreedTerms": False,
        "CheckInNow": True,
        "SystemId": "ours",
    }


def test_a_time_without_a_zone_cannot_become_a_check_in() -> None:
    with pytest.raises(ValueError, match="zone"):
        NewCheckin(business_id=2, coworker_id=3, from_time=NOON.replace(tzinfo=None), system_id="ours")
