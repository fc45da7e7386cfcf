"""The coworkers of a location: pages, and whether Nexudus has kept to what was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.nexudus.entities import COWORKERS, Nexudus
from kiosk.nexudus.errors import FilterIgnored
from kiosk.nexudus.times import format_utc
from tests.nexudus.office import Office, listing

SINCE = datetime(2026, 3, 2, 9, 0, 0, 700_000, tzinfo=UTC)
LOCATION = 2


def changed(number: int, at: datetime | None) -> dict[str, object]:
    return {"Id": number, "FullName": "Jo", "UpdatedOn": format_utc(at) if at else None}


async def test_changes_are_asked_for_from_the_whole_second_on(nexudus: Nexudus, office: Office) -> None:
    office.answers[COWORKERS] = lambda _request: listing([changed(1, SINCE)])

    page = await nexudus.coworkers(LOCATION, SINCE).next_page()

    assert page is not None
    assert [one.id for one in page.coworkers] == [1]
    assert office.asked[-1].url.params["from_Coworker_UpdatedOn"] == "2026-03-02T09:00:00Z"


@pytest.mark.parametrize("stray", [SINCE - timedelta(seconds=1), None], ids=["older than asked", "undated"])
async def test_a_row_that_was_not_asked_for_shows_that_the_filter_is_ignored(
    nexudus: Nexudus, office: Office, stray: datetime | None
) -> None:
    office.answers[COWORKERS] = lambda _request: listing([changed(1, SINCE), changed(2, stray)])

    with pytest.raises(FilterIgnored, match="from_Coworker_UpdatedOn"):
        await nexudus.coworkers(LOCATION, SINCE).next_page()


async def test_that_nobody_has_changed_is_no_ignored_filter(nexudus: Nexudus, office: Office) -> None:
    office.answers[COWORKERS] = lambda _request: listing([])

    page = await nexudus.coworkers(LOCATION, SINCE).next_page()

    assert page is not None
    assert (list(page.coworkers), page.last) == ([], True)


async def test_somebody_whose_row_cannot_be_read_is_still_listed(nexudus: Nexudus, office: Office) -> None:
    office.answers[COWORKERS] = lambda _request: listing([changed(1, SINCE), {"Id": 2, "Active": "perhaps"}])

    page = await nexudus.coworkers(LOCATION).next_page()

    assert page is not None
    assert [one.id for one in page.coworkers] == [1]
    assert page.ids == {1, 2}
