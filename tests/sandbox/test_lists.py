"""Lists over HTTP: pages, order, filters, ranges, batches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.world import ChangedFilter, TextFilter, VisitorCodeFilter, World

PEOPLE = "/api/spaces/coworkers"
GUESTS = "/api/spaces/visitors"
CHECKINS = "/api/spaces/checkins"


def rows(api: httpx.Client, path: str, **asked: str | int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(path, params={"size": 1000, **asked}).json()["Records"]
    return found


def test_a_list_comes_in_pages_of_25_that_together_hold_everybody_once(api: httpx.Client) -> None:
    first = api.get(PEOPLE).json()
    assert {name: first[name] for name in first if name != "Records"} == {
        "CurrentPageSize": 25,
        "CurrentPage": 1,
        "CurrentOrderField": "Id",
        "CurrentSortDirection": 1,
        "FirstItem": 1,
        "LastItem": 25,
        "TotalItems": 205,
        "TotalPages": 9,
        "HasNextPage": True,
        "HasPreviousPage": False,
    }
    pages = [api.get(PEOPLE, params={"page": page}).json() for page in range(1, 10)]
    assert (pages[-1]["LastItem"], pages[-1]["HasNextPage"], pages[-1]["HasPreviousPage"]) == (205, False, True)
    ids = [row["Id"] for page in pages for row in page["Records"]]
    assert len(ids) == len(set(ids)) == 205


def test_a_page_holds_a_thousand_records_at_most(api: httpx.Client, world: World) -> None:
    for _ in range(800):
        world.add(COWORKERS, "office", {"FullName": "One More"})
    page = api.get(PEOPLE, params={"size": 5000}).json()
    assert (page["CurrentPageSize"], len(page["Records"]), page["TotalItems"]) == (1000, 1000, 1005)


def test_a_page_beyond_the_last_is_empty(api: httpx.Client) -> None:
    page = api.get(PEOPLE, params={"page": 99}).json()
    assert (page["Records"], page["TotalItems"], page["HasNextPage"]) == ([], 205, False)


def test_unknown_and_unreadable_parameters_are_ignored_without_a_word(api: httpx.Client) -> None:
    everybody = api.get(PEOPLE).json()
    asked = {"PageSize": "5", "PageNumber": "2", "Coworker_Pincode": "1", "Coworker_User": "x", "AccessPincode": "1"}
    assert api.get(PEOPLE, params=asked).json() == everybody


@pytest.mark.parametrize("down", ["-1", "Descending", "descending"])
def test_a_list_is_ordered_by_the_property_and_direction_asked_for(api: httpx.Client, down: str) -> None:
    upwards = [row["FullName"].casefold() for row in rows(api, PEOPLE, orderBy="fullname", dir="Ascending")]
    assert upwards == sorted(upwards)
    assert [row["FullName"].casefold() for row in rows(api, PEOPLE, orderBy="FullName", dir=down)] == upwards[::-1]


def test_visitors_come_in_the_order_of_their_expected_arrival(api: httpx.Client) -> None:
    page = api.get(GUESTS).json()
    assert page["CurrentOrderField"] == "ExpectedArrival"
    assert page["Records"][0]["FullName"] == "Bruno Castellani"
    assert page["Records"][-1]["FullName"] == "Yuki Morimoto"


def test_a_pin_is_found_by_its_filter_and_shown_in_clear(api: httpx.Client) -> None:
    (zoe,) = rows(api, PEOPLE, coworker_accesspincode="04271")
    assert (zoe["FullName"], zoe["AccessPincode"]) == ("Zoë Lindqvist", "04271")


def test_text_filters_can_be_made_to_find_parts(api: httpx.Client, world: World) -> None:
    assert rows(api, PEOPLE, Coworker_FullName="lindqvist") == []
    world.unknowns = replace(world.unknowns, text_filter=TextFilter.CONTAINS)
    assert [row["FullName"] for row in rows(api, PEOPLE, Coworker_FullName="lindqvist")] == ["Zoë Lindqvist"]


def test_the_filter_on_visitor_codes_can_be_made_to_be_ignored(api: httpx.Client, world: World) -> None:
    visitor = world.rows(VISITORS)[3]
    code = visitor.text("VisitorCode")
    assert [row["Id"] for row in rows(api, GUESTS, Visitor_VisitorCode=code)] == [visitor.id]
    world.unknowns = replace(world.unknowns, visitor_code_filter=VisitorCodeFilter.IGNORED)
    assert len(rows(api, GUESTS, Visitor_VisitorCode=code)) == 23


def test_relations_are_filtered_by_id_under_their_own_name(api: httpx.Client, world: World) -> None:
    visitor = world.rows(VISITORS)[1]
    host = visitor.number("CoworkerId")
    assert host is not None
    hosted = rows(api, GUESTS, Visitor_Coworker=host)
    assert visitor.id in {row["Id"] for row in hosted}
    assert {row["CoworkerId"] for row in hosted} == {host}
    assert len(rows(api, GUESTS, Visitor_Business=1414800002)) == 1
    assert len(rows(api, GUESTS, Visitor_CoworkerId=host)) == 23, "the property's own name is no filter"
    name = world.get(COWORKERS, host).text("FullName")
    assert rows(api, GUESTS, Visitor_Coworker_FullName=name) == hosted


def test_members_are_filtered_by_location_and_the_locations_are_shown_by_id_only(api: httpx.Client) -> None:
    norte = rows(api, PEOPLE, Coworker_Businesses=1414800002)
    assert 0 < len(norte) < 30
    assert "Businesses" not in norte[0]
    assert "Teams" not in norte[0]
    whole = api.get(f"{PEOPLE}/{norte[0]['Id']}").json()
    assert whole["Businesses"] == [1414800002]


def test_ranges_include_their_ends(api: httpx.Client, world: World) -> None:
    shown = rows(api, GUESTS, orderBy="ExpectedArrival")
    start, end = shown[2]["ExpectedArrival"], shown[6]["ExpectedArrival"]
    asked = {"from_Visitor_ExpectedArrival": start, "to_Visitor_ExpectedArrival": end}
    assert [row["Id"] for row in rows(api, GUESTS, **asked)] == [row["Id"] for row in shown[2:7]]
    world.edit(VISITORS, shown[9]["Id"], "office", {"Notes": "Moved"})
    changed = rows(api, GUESTS, from_Visitor_UpdatedOn="2026-03-02T09:15:30Z")
    assert [row["Notes"] for row in changed] == ["Moved"]


def test_flags_enumerations_and_identifiers_can_be_filtered(api: httpx.Client, world: World) -> None:
    assert {row["Archived"] for row in rows(api, PEOPLE, Coworker_Archived="true")} == {True}
    by_name = rows(api, GUESTS, Visitor_HostApprovalStatus="Requested")
    assert by_name == rows(api, GUESTS, Visitor_HostApprovalStatus=2) != []
    visitor = world.rows(VISITORS)[4]
    assert [row["Id"] for row in rows(api, GUESTS, UniqueId=visitor.text("UniqueId"))] == [visitor.id]
    assert [row["Id"] for row in rows(api, GUESTS, Id=visitor.id)] == [visitor.id]


def test_a_batch_of_ids_answers_a_bare_array(api: httpx.Client) -> None:
    answer = api.get(f"{GUESTS}/", params={"id": "[87654302, 87654301, 5]"}).json()
    assert [row["Id"] for row in answer] == [87654302, 87654301]


def test_times_have_seven_fraction_digits_or_none_and_always_a_z(api: httpx.Client, world: World) -> None:
    world.add(VISITORS, "office", {"FullName": "A", "BusinessId": 1414800001, "ExpectedArrival": world.now()})
    world.add(VISITORS, "office", {"FullName": "B", "BusinessId": 1414800001, "ExpectedArrival": world.now()})
    times = {row["Id"]: row["ExpectedArrival"] for row in rows(api, GUESTS)}
    assert times[87654325] == "2026-03-02T09:15:30Z"
    assert times[87654324] == "2026-03-02T09:15:30.1234560Z"
    for number in (87654324, 87654325):
        asked = {"from_Visitor_ExpectedArrival": times[number], "to_Visitor_ExpectedArrival": times[number]}
        found = {row["Id"] for row in rows(api, GUESTS, **asked)}
        assert number in found, "a range from and to the time that was shown finds the record"


def test_a_visitor_carries_the_words_of_its_host(api: httpx.Client, world: World) -> None:
    visitor = next(row for row in rows(api, GUESTS) if row["CoworkerId"])
    host = world.get(COWORKERS, visitor["CoworkerId"])
    assert (visitor["CoworkerFullName"], visitor["CoworkerEmail"]) == (host.text("FullName"), host.text("Email"))
    assert visitor["CoworkerCoworkerType"] == "Individual"


def test_a_checkin_shows_the_wall_clock_of_its_location(api: httpx.Client) -> None:
    (row,) = rows(api, CHECKINS, Id=1418700009)
    assert (row["FromTime"], row["FromTimeLocal"]) == ("2026-03-02T07:02:00Z", "2026-03-02T08:02:00")


def test_who_changed_since_a_moment_is_listed_alone(api: httpx.Client, world: World) -> None:
    moment = world.now()
    someone = world.rows(COWORKERS)[3]
    world.edit(COWORKERS, someone.id, "office", {"Position": "Poet"})

    assert [row["Id"] for row in rows(api, PEOPLE, from_Coworker_UpdatedOn=moment.isoformat())] == [someone.id]


def test_a_service_that_does_not_know_the_filter_by_change_lists_everybody(api: httpx.Client, world: World) -> None:
    world.unknowns = replace(world.unknowns, changed_filter=ChangedFilter.IGNORED)

    assert len(rows(api, PEOPLE, from_Coworker_UpdatedOn=world.now().isoformat())) == 205
