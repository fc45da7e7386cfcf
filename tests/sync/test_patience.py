"""A page of a list is asked for again where that may help."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kiosk.nexudus.errors import (
    FilterIgnored,
    IncompleteList,
    NeverSent,
    NexudusError,
    NoAnswer,
    Refused,
    Throttled,
    Unreached,
)
from kiosk.sync.patience import LONGEST_WAIT, PAGE_TRIES, page_retry

PASSING = NoAnswer("status 503")


class Pages:
    """Gives a page after it has failed in each of these ways; notes how long was waited between."""

    def __init__(self, faults: Sequence[NexudusError]) -> None:
        self.faults = list(faults)
        self.asked = 0
        self.waits: list[float] = []

    async def page(self) -> str:
        self.asked += 1
        if self.faults:
            raise self.faults.pop(0)
        return "page"

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def read(self) -> str:
        return await page_retry(self.sleep)(self.page)


@pytest.mark.parametrize("fault", [PASSING, NeverSent(Unreached.RESTING), Throttled(LONGEST_WAIT)], ids=str)
async def test_a_page_that_could_not_be_had_just_now_is_asked_for_again(fault: NexudusError) -> None:
    pages = Pages([fault])

    assert await pages.read() == "page"
    assert pages.asked == 2


@pytest.mark.parametrize(
    "fault",
    [
        IncompleteList("it repeats itself"),
        FilterIgnored("from_Coworker_UpdatedOn"),
        Refused(400, "no"),
        Throttled(LONGEST_WAIT + 1),
    ],
    ids=str,
)
async def test_where_asking_again_does_not_help_it_is_told_at_once(fault: NexudusError) -> None:
    pages = Pages([fault])

    with pytest.raises(type(fault)) as told:
        await pages.read()

    assert told.value is fault
    assert (pages.asked, pages.waits) == (1, [])


async def test_a_page_is_given_up_after_a_few_tries_and_the_last_fault_is_told() -> None:
    last = NoAnswer("the last one")
    pages = Pages([*[PASSING] * (PAGE_TRIES - 1), last])

    with pytest.raises(NoAnswer) as told:
        await pages.read()

    assert told.value is last
    assert (pages.asked, len(pages.waits)) == (PAGE_TRIES, PAGE_TRIES - 1)


async def test_it_waits_for_as_long_as_nexudus_asks_and_a_little_more() -> None:
    pages = Pages([Throttled(30.0)])

    await pages.read()

    assert 30.5 <= pages.waits[0] <= 31.0


async def test_the_pauses_grow_and_stay_bounded() -> None:
    pages = Pages([PASSING] * (PAGE_TRIES - 1))

    await pages.read()

    bounds = [1.0, 2.0, 4.0]
    assert all(0.5 <= wait <= bound for wait, bound in zip(pages.waits, bounds, strict=True))
