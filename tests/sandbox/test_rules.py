"""Writing check-ins and visitors over HTTP: what the service takes, refuses and clears."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from kiosk.sandbox.entities import ACCESS_TOKENS, CHECKINS, COWORKERS, FAILED_CHECKINS, SETTINGS, VISITORS
from kiosk.sandbox.names import LAPSED
from kiosk.sandbox.seed_visitors import OF_A_BOOKING
from kiosk.sandbox.wifi import ISSUING
from kiosk.sandbox.world import PassReason, PassRefusal, World

PATH = "/api/spaces/checkins"
GUESTS = "/api/spaces/visitors"
HERE = 1414800001
ZOE = COWORKERS.first_id

MORNING = {"BusinessId": HERE, "CoworkerId": ZOE, "FromTime": "2026-03-02T08:31:22Z", "Source": 1}
GUEST: dict[str, object] = {
    "BusinessId": HERE,
    "FullName": "Ana Prueba",
    "Email": "ana@prueba.test",
    "ExpectedArrival": "2026-03-02T10:00:00Z",
}


def member(world: World, name: str) -> int:
    return next(row.id for row in world.rows(COWORKERS) if row.text("FullName") == name)


def made(answer: httpx.Response) -> int:
    envelope = answer.json()
    assert (answer.status_code, envelope["Status"], envelope["WasSuccessful"]) == (200, 200, True), envelope
    number: int = envelope["Value"]["Id"]
    return number


def whole(api: httpx.Client, path: str, number: int) -> dict[str, Any]:
    record: dict[str, Any] = api.get(f"{path}/{number}").json()
    return record


def test_a_check_in_is_created_read_closed_and_deleted(api: httpx.Client) -> None:
    number = made(api.post(PATH, json={**MORNING, "SystemId": "5e1f"}))
    record = whole(api, PATH, number)
    assert (record["CoworkerFullName"], record["ToTime"], record["SystemId"]) == ("Zoë Lindqvist", None, "5e1f")
    assert record["UpdatedBy"] == "kiosk@harbourworks.test"
    assert made(api.put(PATH, json={**record, "ToTime": "2026-03-02T09:00:00Z"})) == number
    assert whole(api, PATH, number)["ToTime"].startswith("2026-03-02T09:00:00")
    gone = api.delete(f"{PATH}/{number}")
    assert (gone.status_code, gone.json()["WasSuccessful"], gone.json()["Value"]) == (200, True, None)
    assert api.get(f"{PATH}/{number}").status_code == 404


def test_a_source_is_taken_by_name_and_properties_in_any_case(api: httpx.Client) -> None:
    sent = {"businessid": HERE, "coworkerID": ZOE, "FROMTIME": "2026-03-02T08:31:22Z", "Source": "DoorAccess"}
    record = whole(api, PATH, made(api.post(PATH, json=sent)))
    assert (record["Source"], record["CoworkerId"]) == (2, ZOE)


def test_a_second_check_in_of_a_person_who_is_in_is_a_second_record(api: httpx.Client) -> None:
    first, second = made(api.post(PATH, json=MORNING)), made(api.post(PATH, json=MORNING))
    assert first != second
    assert api.get(PATH, params={"Checkin_Coworker": ZOE}).json()["TotalItems"] == 2


@pytest.mark.parametrize("refusal", list(PassRefusal))
def test_without_a_valid_pass_a_check_in_is_refused_with_the_name(
    api: httpx.Client, world: World, refusal: PassRefusal
) -> None:
    world.unknowns = replace(world.unknowns, pass_refusal=refusal)
    person = member(world, LAPSED)
    answer = api.post(PATH, json={**MORNING, "CoworkerId": person})
    told = answer.json()
    assert (answer.status_code, told["Status"], told["WasSuccessful"]) == (refusal.value, 500, False)
    assert told["Message"].startswith(f"{LAPSED} does not have a valid time pass")
    assert api.get(PATH, params={"Checkin_Coworker": person}).json()["TotalItems"] == 0


def test_an_archived_member_is_refused_like_one_without_a_pass(api: httpx.Client, world: World) -> None:
    world.edit(COWORKERS, ZOE, "office", {"Archived": True})
    assert api.post(PATH, json=MORNING).json()["WasSuccessful"] is False


def test_an_open_check_in_from_yesterday_is_refused_without_a_reason_and_a_closed_one_is_taken(
    api: httpx.Client,
) -> None:
    late = {**MORNING, "FromTime": "2026-03-01T08:31:22Z"}
    answer = api.post(PATH, json=late)
    assert answer.status_code == 400
    assert (answer.json()["Status"], answer.json()["Message"][:5]) == (500, "Ooops")
    made(api.post(PATH, json={**late, "ToTime": "2026-03-01T18:00:00Z"}))


def test_today_is_the_location_s_day_and_not_the_day_of_utc(api: httpx.Client) -> None:
    made(api.post(PATH, json={**MORNING, "FromTime": "2026-03-01T23:00:00Z"}))  # midnight in Madrid
    assert api.post(PATH, json={**MORNING, "FromTime": "2026-03-01T22:59:59Z"}).status_code == 400


def test_what_is_missing_is_listed_under_the_names_of_the_relations(api: httpx.Client) -> None:
    answer = api.post(PATH, json={"CoworkerId": ZOE})
    assert answer.status_code == 400
    assert answer.json() | {"Errors": None} == {
        "Status": 500,
        "Message": "Business: is a required field",
        "Value": None,
        "OpenInDialog": False,
        "OpenInWindow": False,
        "RedirectURL": None,
        "JavaScript": None,
        "UpdatedOn": None,
        "UpdatedBy": None,
        "Errors": None,
        "WasSuccessful": False,
    }
    assert answer.json()["Errors"] == [
        {"AttemptedValue": None, "Message": "is a required field", "PropertyName": "Business"},
        {"AttemptedValue": None, "Message": "may not be null", "PropertyName": "FromTime"},
    ]


@pytest.mark.parametrize(
    "wrong", [{"FromTime": "yesterday"}, {"Source": 99}, {"CoworkerId": 12}, {"BusinessId": "x"}, {"Source": [1]}]
)
def test_values_that_make_no_sense_are_refused(api: httpx.Client, wrong: dict[str, object]) -> None:
    answer = api.post(PATH, json={**MORNING, **wrong})
    assert (answer.status_code, answer.json()["Status"], len(answer.json()["Errors"])) == (400, 500, 1)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
def test_a_body_that_is_no_object_is_refused(api: httpx.Client, body: bytes) -> None:
    assert api.post(PATH, content=body).status_code == 400


def test_a_put_clears_what_it_leaves_out(api: httpx.Client) -> None:
    rich = {**GUEST, "Notes": "Allergic to cats", "HasAgreedTerms": True, "CoworkerId": ZOE, "SystemId": "7"}
    number = made(api.post(GUESTS, json=rich))
    made(api.put(GUESTS, json={**GUEST, "Id": number, "VisitorSource": 2, "HostApprovalStatus": 1}))
    left = whole(api, GUESTS, number)
    assert [left[name] for name in ("Notes", "HasAgreedTerms", "CoworkerId", "SystemId")] == [None, False, None, None]


def test_a_put_of_the_changed_properties_alone_is_refused(api: httpx.Client, world: World) -> None:
    visitor = world.rows(VISITORS)[1]
    answer = api.put(GUESTS, json={"Id": visitor.id, "Arrived": True})
    missing = [fault["PropertyName"] for fault in answer.json()["Errors"]]
    assert answer.status_code == 400
    assert missing == ["Business", "FullName", "Email", "VisitorSource", "HostApprovalStatus", "ExpectedArrival"]
    assert world.get(VISITORS, visitor.id) == visitor


def test_a_put_that_drops_the_end_of_an_old_check_in_is_refused(api: httpx.Client, world: World) -> None:
    old = world.rows(CHECKINS)[0]
    assert api.put(PATH, json={**whole(api, PATH, old.id), "ToTime": None}).status_code == 400
    assert world.get(CHECKINS, old.id).moment("ToTime") is not None


def test_a_put_without_an_id_or_with_an_unknown_one_finds_nothing(api: httpx.Client) -> None:
    assert api.put(GUESTS, json=GUEST).status_code == 404
    assert api.put(GUESTS, json={**GUEST, "Id": 5}).status_code == 404


def test_a_visitor_is_checked_in_and_out_by_replacing_the_record(api: httpx.Client, world: World) -> None:
    visitor = world.rows(VISITORS)[1]
    record = whole(api, GUESTS, visitor.id)
    arrived = {"Arrived": True, "ArrivalDate": "2026-03-02T09:10:00Z", "CheckedInAt": "Lobby", "VisitorCode": "999999"}
    made(api.put(GUESTS, json={**record, **arrived}))
    now = whole(api, GUESTS, visitor.id)
    assert (now["Arrived"], now["CheckedInAt"]) == (True, "Lobby")
    assert now["VisitorCode"] == visitor.text("VisitorCode"), "the code is the service's own"
    made(api.put(GUESTS, json={**now, "DepartureDate": "2026-03-02T09:12:00Z"}))
    assert whole(api, GUESTS, visitor.id)["DepartureDate"].startswith("2026-03-02T09:12:00")


def test_a_registration_gets_a_code_of_six_digits_and_the_documented_defaults(api: httpx.Client, world: World) -> None:
    before = {row.text("VisitorCode") for row in world.rows(VISITORS)}
    record = whole(api, GUESTS, made(api.post(GUESTS, json=GUEST)))
    assert len(record["VisitorCode"]) == 6
    assert record["VisitorCode"].isdigit()
    assert record["VisitorCode"] not in before
    assert (record["VisitorSource"], record["HostApprovalStatus"], record["Arrived"]) == (1, 1, False)


def test_a_walk_in_is_registered_and_checked_in_with_one_call(api: httpx.Client) -> None:
    record = whole(api, GUESTS, made(api.post(GUESTS, json={**GUEST, "CheckInNow": True, "VisitorSource": 2})))
    assert (record["Arrived"], record["CheckedInAt"], record["CheckInNow"]) == (True, "Harbour Works", False)
    assert record["ArrivalDate"].startswith("2026-03-02T09:15:30")


@pytest.mark.parametrize("address", ["ana", "ana@example.com", "a b@c.test"])
def test_an_email_address_must_look_real(api: httpx.Client, address: str) -> None:
    answer = api.post(GUESTS, json={**GUEST, "Email": address})
    assert (answer.status_code, answer.json()["Message"]) == (400, "Email: Invalid Email Address")


@pytest.mark.parametrize("reason", list(PassReason))
def test_a_refused_check_in_leaves_its_reason_on_a_list_of_its_own(
    api: httpx.Client, world: World, reason: PassReason
) -> None:
    world.unknowns = replace(world.unknowns, pass_reason=reason)
    told = api.post(PATH, json={**MORNING, "CoworkerId": member(world, LAPSED)}).json()["Message"]
    assert told.startswith("Ooops!") is (reason is PassReason.UNSAID)
    (row,) = world.rows(FAILED_CHECKINS)
    shown = api.get("/api/spaces/failedcheckins", params={"FailedCheckin_Coworker": row.number("CoworkerId") or 0})
    (listed,) = shown.json()["Records"]
    assert listed["Description"].startswith(f"{LAPSED} does not have a valid time pass")
    assert (listed["CoworkerFullName"], listed["BusinessName"]) == (LAPSED, "Harbour Works")


def test_a_visitor_who_arrives_is_given_one_wifi_code(api: httpx.Client, world: World) -> None:
    record = whole(api, GUESTS, made(api.post(GUESTS, json={**GUEST, "CheckInNow": True})))
    made(api.put(GUESTS, json=record))
    shown = api.get("/api/spaces/accesstokens", params={"AccessToken_VisitorGuid": record["UniqueId"]}).json()
    (listed,) = shown["Records"]
    assert listed["AccessCode"].startswith("HARBOUR-")


def test_a_location_that_issues_no_wifi_codes_gives_none(api: httpx.Client, world: World) -> None:
    for row in world.rows(SETTINGS):
        if row.text("Name") == ISSUING:
            world.edit(SETTINGS, row.id, "office", {"Value": "False"})
    made(api.post(GUESTS, json={**GUEST, "CheckInNow": True}))
    assert world.rows(ACCESS_TOKENS) == []


def test_the_guest_of_a_booking_cannot_be_deleted_and_yet_the_answer_is_200(api: httpx.Client, world: World) -> None:
    guest = next(row for row in world.rows(VISITORS) if row.text("FullName") == OF_A_BOOKING)
    answer = api.delete(f"{GUESTS}/{guest.id}")
    assert (answer.status_code, answer.json()["WasSuccessful"]) == (200, False)
    assert world.find(VISITORS, guest.id) is not None
