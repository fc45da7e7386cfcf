from __future__ import annotations

import logging
from datetime import timedelta

import httpx
import pytest

from kiosk.nexudus.entities import Nexudus, VisitorCommands
from kiosk.nexudus.errors import IncompleteList, NoAnswer, NotFound, Refused, RoleMissing
from kiosk.nexudus.models import Visitor
from kiosk.nexudus.records import NewCheckin, NewVisitor, arrived, checked_out
from kiosk.nexudus.rights import NEEDED_RIGHTS, Right
from kiosk.nexudus.times import format_utc
from tests.nexudus.office import START, Office, body_of, done, listing

COWORKERS = "/api/spaces/coworkers"
VISITORS = "/api/spaces/visitors"
CHECKINS = "/api/spaces/checkins"
DAY = timedelta(days=1)


def coworker(record_id: int, pin: str | None, **more: object) -> dict[str, object]:
    return {"Id": record_id, "AccessPincode": pin, "Active": True, "Archived": False, **more}


def visitor(record_id: int, code: str | None = None, **more: object) -> dict[str, object]:
    return {"Id": record_id, "BusinessId": 2, "VisitorCode": code, "ExpectedArrival": format_utc(START), **more}


def checkin(record_id: int, **more: object) -> dict[str, object]:
    return {"Id": record_id, "BusinessId": 2, "CoworkerId": 3, "FromTime": format_utc(START), **more}


async def test_a_pin_is_compared_here_since_the_server_may_ignore_the_filter(nexudus: Nexudus, office: Office) -> None:
    rows = [
        coworker(1, "48213"),
        coworker(2, "482130"),
        coworker(3, None),
        coworker(4, "48213", Active=False),
        coworker(5, "48213", Archived=True),
        coworker(6, "48213"),
    ]
    office.answers[COWORKERS] = lambda _request: listing(rows)

    assert [found.id for found in await nexudus.coworkers_with_pin("48213", 1)] == [1, 6]
    assert office.asked[0].url.params["Coworker_AccessPincode"] == "48213"


async def test_an_unknown_pin_is_not_called_unknown_when_the_filter_was_ignored(
    nexudus: Nexudus, office: Office
) -> None:
    office.answers[COWORKERS] = lambda _request: listing([coworker(1, "1"), coworker(2, "2")], more=True)

    with pytest.raises(IncompleteList):
        await nexudus.coworkers_with_pin("48213", 1)


@pytest.mark.parametrize("secret", ["", "4" * 65, "4\x1b", " 4", "\ud800"])
async def test_what_cannot_be_a_pin_or_code_is_nobodys_and_not_asked(
    nexudus: Nexudus, office: Office, secret: str
) -> None:
    assert await nexudus.coworkers_with_pin(secret, 1) == []
    assert await nexudus.visitors_with_code(2, secret, START, START + DAY) == []
    assert office.asked == []


async def test_a_visitor_code_is_compared_here(nexudus: Nexudus, office: Office) -> None:
    rows = [
        visitor(1, "012345"),
        visitor(2, "12345"),
        visitor(3, None),
        visitor(4, "012345", BusinessId=9),
        visitor(5, "012345", ExpectedArrival=format_utc(START + DAY)),
        visitor(6, "012345", ExpectedArrival=None),
    ]
    office.answers[VISITORS] = lambda _request: listing(rows)

    found = await nexudus.visitors_with_code(2, "012345", START, START + DAY)

    assert [one.id for one in found] == [1]
    assert office.asked[0].url.params["Visitor_VisitorCode"] == "012345"
    assert len(office.asked) == 1


async def test_an_invitation_for_another_day_or_location_is_found_by_its_code(nexudus: Nexudus, office: Office) -> None:
    rows = [
        visitor(1, "012345", BusinessId=9, ExpectedArrival=format_utc(START - 20 * DAY)),
        visitor(2, "012345", BusinessId=9, ExpectedArrival=format_utc(START + 5 * DAY)),
    ]
    office.answers[VISITORS] = lambda _request: listing(rows)

    assert [one.id for one in await nexudus.visitors_with_code(2, "012345", START, START + DAY)] == [2]

    rows.append(visitor(3, "012345", ExpectedArrival=format_utc(START - 25 * DAY)))
    assert [one.id for one in await nexudus.visitors_with_code(2, "012345", START, START + DAY)] == [3]


async def test_where_the_filter_is_ignored_the_days_own_invitations_are_compared(
    nexudus: Nexudus, office: Office
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if "Visitor_Business" in request.url.params:
            return listing([visitor(7, "012345"), visitor(8, "777777")])
        return listing([visitor(1, "111111"), visitor(2, "222222")], more=True)

    office.answers[VISITORS] = answer

    assert [one.id for one in await nexudus.visitors_with_code(2, "012345", START, START + DAY)] == [7]
    asked = dict(office.asked[1].url.params)
    assert (asked["from_Visitor_ExpectedArrival"], asked["to_Visitor_ExpectedArrival"]) == (
        "2026-03-02T09:00:00Z",
        "2026-03-03T09:00:00Z",
    )


async def test_a_visit_is_found_by_its_guid_and_by_no_other(nexudus: Nexudus, office: Office) -> None:
    office.answers[VISITORS] = lambda _request: listing([visitor(1, UniqueId="B"), visitor(2, UniqueId="A")])

    found = await nexudus.visitor_with_guid("a")
    assert found is not None
    assert found.id == 2
    assert await nexudus.visitor_with_guid("c") is None


async def test_the_commands_are_found_by_key_or_by_name_and_only_those_that_need_nothing_else(
    nexudus: Nexudus, office: Office
) -> None:
    commands = [
        {"Key": "VISITOR_CHECKIN_UNDO", "Name": "Undo check in visitor"},
        {"Key": "VISITOR_CHECKIN", "Name": "With a question", "RequiresParameters": ["Reason"]},
        {"Key": "VISITOR_17", "Name": "Check Visitor In", "RequiresParameters": []},
        {"Key": "CheckOutVisitor", "Name": "Somebody leaves"},
    ]
    office.answers[f"{VISITORS}/commands"] = lambda _request: httpx.Response(200, json=commands)

    assert await nexudus.visitor_commands() == VisitorCommands("VISITOR_17", "CheckOutVisitor")


@pytest.mark.parametrize("listed", [[], {"Records": []}, [{"Key": "SEND_INVITATION", "Name": "Send invitation"}]])
async def test_no_command_is_made_of_a_list_that_names_none(nexudus: Nexudus, office: Office, listed: object) -> None:
    office.answers[f"{VISITORS}/commands"] = lambda _request: httpx.Response(200, json=listed)

    assert await nexudus.visitor_commands() == VisitorCommands()


async def test_a_command_goes_to_one_record_and_its_refusal_is_one_though_it_answers_200(
    nexudus: Nexudus, office: Office
) -> None:
    path = f"{VISITORS}/runcommand"
    office.answers[path] = lambda _request: done()
    await nexudus.command_visitor("CHECK", 7)
    assert body_of(office.asked[0]) == {"Key": "CHECK", "Ids": [7], "Parameters": []}

    said = {"Status": 500, "Message": "Not approved.", "WasSuccessful": False}
    office.answers[path] = lambda _request: httpx.Response(200, json=said)
    with pytest.raises(Refused) as refused:
        await nexudus.command_visitor("CHECK", 7)
    assert refused.value.message == "Not approved."


async def test_the_wifi_codes_are_those_of_this_visitor(nexudus: Nexudus, office: Office) -> None:
    rows: list[dict[str, object]] = [
        {"Id": 1, "BusinessId": 2, "AccessCode": "theirs", "VisitorGuid": "other"},
        {"Id": 2, "BusinessId": 2, "AccessCode": "ours", "VisitorGuid": "GUID-1"},
    ]
    office.answers["/api/spaces/accesstokens"] = lambda _request: listing(rows)

    found = await nexudus.wifi_codes_of(Visitor.model_validate(visitor(7, UniqueId="guid-1")))

    assert [code.access_code and code.access_code.get_secret_value() for code in found] == ["ours"]
    assert "ours" not in repr(found)
    assert await nexudus.wifi_codes_of(Visitor.model_validate(visitor(7))) == []


async def test_the_newest_refusal_of_a_person_comes_first(nexudus: Nexudus, office: Office) -> None:
    def row(number: int, person: int, minutes: int) -> dict[str, object]:
        at = format_utc(START + timedelta(minutes=minutes))
        return {"Id": number, "CoworkerId": person, "CheckinAttemptTime": at, "Description": f"Reason {number}"}

    rows = [row(1, 3, 1), row(2, 3, 5), row(3, 4, 9), row(4, 3, -1)]
    office.answers["/api/spaces/failedcheckins"] = lambda _request: listing(rows)

    found = await nexudus.failed_checkins_of(3, 2, START)

    assert [one.description for one in found] == ["Reason 2", "Reason 1"]


async def test_the_visitors_of_a_day_are_those_of_this_location(nexudus: Nexudus, office: Office) -> None:
    office.answers[VISITORS] = lambda _request: listing([visitor(1), visitor(2, BusinessId=9)])

    assert [one.id for one in await nexudus.visitors(2, START, START + DAY)] == [1]


async def test_who_is_in_is_who_came_since_and_has_not_left(nexudus: Nexudus, office: Office) -> None:
    rows = [
        checkin(1),
        checkin(2, ToTime=format_utc(START)),
        checkin(3, FromTime=format_utc(START - DAY)),
        checkin(4, BusinessId=9),
    ]
    office.answers[CHECKINS] = lambda _request: listing(rows)

    assert [one.id for one in await nexudus.open_checkins(2, START)] == [1]


async def test_reading_back_one_person_finds_open_and_closed_check_ins_of_nobody_else(
    nexudus: Nexudus, office: Office
) -> None:
    rows = [checkin(1), checkin(2, ToTime=format_utc(START)), checkin(3, CoworkerId=8)]
    office.answers[CHECKINS] = lambda _request: listing(rows)

    assert [one.id for one in await nexudus.checkins_of(3, 2, START)] == [1, 2]
    assert office.asked[0].url.params["Checkin_Coworker"] == "3"


async def test_coworkers_are_read_page_by_page(nexudus: Nexudus, office: Office) -> None:
    pages = {
        "1": listing([coworker(1, "1", UpdatedOn=format_utc(START - DAY)), {"Id": "?"}], more=True),
        "2": listing([coworker(2, "2", UpdatedOn=format_utc(START + DAY))]),
    }
    office.answers[COWORKERS] = lambda request: pages[request.url.params["page"]]

    reader = nexudus.coworkers(2)
    read = [await reader.next_page(), await reader.next_page()]
    assert [page and [one.id for one in page.coworkers] for page in read] == [[1], [2]]
    assert await reader.next_page() is None


async def test_unreadable_rows_are_told_once_and_their_recovery_once(
    nexudus: Nexudus, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    rows: list[dict[str, object]] = [checkin(1), checkin(2, FromTime="soon", CoworkerFullName="Jo Doe")]
    office.answers[CHECKINS] = lambda _request: listing(rows)

    with caplog.at_level(logging.INFO):
        for _ in range(3):
            assert [one.id for one in await nexudus.open_checkins(2, START)] == [1]
        rows.pop()
        for _ in range(2):
            await nexudus.open_checkins(2, START)

    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "Jo Doe" not in caplog.text


async def test_a_check_out_reads_the_whole_record_and_writes_it_back(nexudus: Nexudus, office: Office) -> None:
    office.answers[f"{CHECKINS}/7"] = lambda _request: httpx.Response(200, json=checkin(7, Unheard={"Of": [1]}))
    office.answers[CHECKINS] = lambda _request: done(7)

    record = await nexudus.checkin(7)
    await nexudus.update_checkin(checked_out(record, START + DAY))

    assert office.asked[-1].method == "PUT"
    assert body_of(office.asked[-1]) == checkin(7, Unheard={"Of": [1]}, ToTime="2026-03-03T09:00:00Z")


async def test_a_visitor_is_read_marked_as_arrived_and_written_back(nexudus: Nexudus, office: Office) -> None:
    office.answers[f"{VISITORS}/7"] = lambda _request: httpx.Response(200, json=visitor(7, "012345"))
    office.answers[VISITORS] = lambda _request: done(7)

    await nexudus.update_visitor(arrived(await nexudus.visitor(7), START, "Lobby"))

    written = body_of(office.asked[-1])
    assert (written["Arrived"], written["VisitorCode"], written["CheckedInAt"]) == (True, "012345", "Lobby")


async def test_another_record_than_the_one_asked_for_is_not_taken(nexudus: Nexudus, office: Office) -> None:
    office.answers[f"{CHECKINS}/7"] = lambda _request: httpx.Response(200, json=checkin(8))

    with pytest.raises(NoAnswer):
        await nexudus.checkin(7)


async def test_new_records_come_back_as_their_ids_and_can_be_taken_back(nexudus: Nexudus, office: Office) -> None:
    office.answers[CHECKINS] = lambda _request: done(71)
    office.answers[VISITORS] = lambda _request: done(72)
    office.answers[f"{CHECKINS}/71"] = lambda _request: httpx.Response(404, json="Not found")
    stay = NewCheckin(business_id=2, coworker_id=3, from_time=START, system_id="ours")
    guest = NewVisitor(business_id=2, full_name="Jo", email="jo@acme.org", expected_arrival=START, system_id="ours")

    assert await nexudus.create_checkin(stay) == 71
    assert await nexudus.create_visitor(guest) == 72
    with pytest.raises(NotFound):
        await nexudus.delete_checkin(71)

    assert [body_of(asked)["SystemId"] for asked in office.asked[:2]] == ["ours", "ours"]


async def test_settings_are_those_of_the_location(nexudus: Nexudus, office: Office) -> None:
    rows: list[dict[str, object]] = [
        {"Id": 1, "BusinessId": 2, "Name": "A", "Value": "True"},
        {"Id": 2, "BusinessId": 9, "Name": "A", "Value": "False"},
        {"Id": 3, "BusinessId": 2, "Name": "B", "Value": None},
    ]
    office.answers["/api/sys/businesssettings"] = lambda _request: listing(rows)

    assert await nexudus.settings_of(2) == {"A": "True", "B": ""}


async def test_the_locations_and_the_account_are_read(nexudus: Nexudus, office: Office) -> None:
    office.answers["/api/sys/businesses"] = lambda _request: listing([{"Id": 2, "Name": "Old Mill", "WebAddress": "m"}])

    assert [(place.id, place.name) for place in await nexudus.businesses()] == [(2, "Old Mill")]
    assert (await nexudus.me()).full_name == "Kiosk"


async def test_every_call_names_a_right_that_the_set_up_asks_for(nexudus: Nexudus, office: Office) -> None:
    denied = "/api/sys/businesses", "/api/sys/businesssettings", COWORKERS, VISITORS, CHECKINS
    more = f"{VISITORS}/commands", f"{VISITORS}/runcommand", "/api/spaces/accesstokens", "/api/spaces/failedcheckins"
    for path in (*denied, *more, f"{VISITORS}/7", f"{CHECKINS}/7"):
        office.answers[path] = lambda _request: httpx.Response(403, json={})
    raw = checkin(7)
    stay = NewCheckin(business_id=2, coworker_id=3, from_time=START, system_id="ours")
    guest = NewVisitor(business_id=2, full_name="Jo", email="jo@acme.org", expected_arrival=START, system_id="ours")

    named: list[Right] = []
    for call in (
        nexudus.businesses(),
        nexudus.settings_of(2),
        nexudus.coworkers(2).next_page(),
        nexudus.coworkers_with_pin("48213", 1),
        nexudus.visitors(2, START, START + DAY),
        nexudus.visitor(7),
        nexudus.create_visitor(guest),
        nexudus.client.update(VISITORS, raw, right=Right("Visitor", "Edit")),
        nexudus.open_checkins(2, START),
        nexudus.checkin(7),
        nexudus.create_checkin(stay),
        nexudus.client.update(CHECKINS, raw, right=Right("Checkin", "Edit")),
        nexudus.delete_checkin(7),
        nexudus.visitor_commands(),
        nexudus.command_visitor("CHECK", 7),
        nexudus.wifi_codes_of(Visitor.model_validate(visitor(7, UniqueId="guid"))),
        nexudus.failed_checkins_of(3, 2, START),
    ):
        with pytest.raises(RoleMissing) as missing:
            await call
        named.append(missing.value.right)

    assert set(named) == set(NEEDED_RIGHTS)
    assert str(named[2]) == "Coworker - List"
