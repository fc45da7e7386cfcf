from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from kiosk.nexudus import client as client_module
from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.errors import IncompleteList, NexudusError, NoAnswer, Throttled
from tests.nexudus.office import RIGHT, Office, listing

LIST = "/api/spaces/coworkers"


def rows(first: int, last: int) -> list[dict[str, object]]:
    return [{"Id": number} for number in range(first, last + 1)]


def of_size(size: int, total: int) -> Callable[[httpx.Request], httpx.Response]:
    """A server that honours `page` and gives pages of its own size."""

    def answer(request: httpx.Request) -> httpx.Response:
        page = int(request.url.params["page"])
        last = min(page * size, total)
        return listing(rows((page - 1) * size + 1, last), more=last < total)

    return answer


async def ids(client: NexudusClient) -> list[object]:
    return [row["Id"] async for row in client.list_all(LIST, {"Coworker_Businesses": 3}, right=RIGHT)]


async def test_a_list_is_read_to_its_end_whatever_page_size_the_server_gives(
    client: NexudusClient, office: Office
) -> None:
    office.answers[LIST] = of_size(25, 60)

    assert await ids(client) == list(range(1, 61))

    assert [dict(asked.url.params) for asked in office.asked] == [
        {"orderBy": "Id", "dir": "Ascending", "Coworker_Businesses": "3", "page": str(page), "size": "1000"}
        for page in (1, 2, 3)
    ]


async def test_an_empty_list_is_one_call(client: NexudusClient, office: Office) -> None:
    office.answers[LIST] = lambda _request: listing([])

    assert await ids(client) == []
    assert len(office.asked) == 1


async def test_a_server_that_ignores_the_page_number_is_found_out(client: NexudusClient, office: Office) -> None:
    office.answers[LIST] = lambda _request: listing(rows(1, 25), more=True)

    with pytest.raises(IncompleteList):
        await ids(client)

    assert len(office.asked) == 2


async def test_a_record_that_slips_onto_the_next_page_comes_once(client: NexudusClient, office: Office) -> None:
    pages = {"1": listing(rows(1, 3), more=True), "2": listing(rows(3, 5))}
    office.answers[LIST] = lambda request: pages[request.url.params["page"]]

    assert await ids(client) == [1, 2, 3, 4, 5]


async def test_an_empty_page_that_promises_more_is_incomplete(client: NexudusClient, office: Office) -> None:
    office.answers[LIST] = lambda _request: listing([], more=True)

    with pytest.raises(IncompleteList):
        await ids(client)


async def test_a_list_without_end_is_given_up(
    client: NexudusClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "MOST_PAGES", 5)
    office.answers[LIST] = of_size(2, 1_000_000)

    with pytest.raises(IncompleteList):
        await ids(client)

    assert len(office.asked) == 5


async def test_what_is_no_record_is_left_out(client: NexudusClient, office: Office) -> None:
    office.answers[LIST] = lambda _request: httpx.Response(
        200, json={"Records": [None, "row", {"Id": 1}, {"Id": [2]}], "HasNextPage": False}
    )

    assert await ids(client) == [1, [2]]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(200, json={"Records": []}), NoAnswer),
        (httpx.Response(200, json=[]), NoAnswer),
        (httpx.Response(429), Throttled),
    ],
    ids=["does not say whether more follows", "no envelope", "throttled"],
)
async def test_a_list_that_stops_in_the_middle_is_an_error_and_never_a_short_list(
    client: NexudusClient, office: Office, answer: httpx.Response, kind: type[NexudusError]
) -> None:
    office.answers[LIST] = lambda request: (
        answer if request.url.params["page"] == "2" else listing(rows(1, 25), more=True)
    )

    with pytest.raises(kind):
        await ids(client)


async def test_a_page_that_was_lost_can_be_asked_for_again(client: NexudusClient, office: Office) -> None:
    office.answers[LIST] = of_size(25, 60)
    reader = client.reader(LIST, right=RIGHT)
    await reader.next_page()

    office.answers[LIST] = lambda _request: httpx.Response(503)
    with pytest.raises(NoAnswer):
        await reader.next_page()
    office.answers[LIST] = of_size(25, 60)

    assert await reader.next_page() == rows(26, 50)
    assert await reader.next_page() == rows(51, 60)
    assert await reader.next_page() is None
