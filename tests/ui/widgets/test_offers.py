"""Answers to choose from while typing."""

from __future__ import annotations

from textual import on
from textual.pilot import Pilot

from kiosk.ui.widgets.choice import ZONE, Choice, Look
from kiosk.ui.widgets.offers import Offer, Offers
from tests.ui.widgets.glass import Finger, Kiosk, middle_of

ADA, GRACE, ZOE = Offer("7", "Ada [b]L.[/b]"), Offer("9", "Grace H.", Look.PRIMARY), Offer("3", "Zoë L.")


class Desk(Kiosk):
    """Remembers whom the choice fell on."""

    def __init__(self, offers: Offers) -> None:
        super().__init__(offers)
        self.taken: list[str] = []

    @on(Offers.Taken)
    def _taken(self, message: Offers.Taken) -> None:
        self.taken.append(message.key)


def places(app: Desk) -> list[Choice]:
    return list(app.query(Choice))


async def laid_out(pilot: Pilot[None], app: Desk, shown: int) -> None:
    """Wait until so many places have their room, on a busy machine as well."""
    for _ in range(500):
        if sum(bool(place.region) for place in places(app)) == shown:
            return
        await pilot.pause(0.02)
    raise AssertionError([place.region for place in places(app)])


async def test_each_answer_has_a_place_and_the_rest_keep_their_room() -> None:
    offers = Offers(3)
    app = Desk(offers)
    async with app.run_test(size=(80, 24)) as pilot:
        offers.offer([ADA, GRACE, ZOE])
        await laid_out(pilot, app, 3)
        rooms = [place.region for place in places(app)]
        offers.offer([ADA, GRACE])
        await laid_out(pilot, app, 2)
        assert [place.label for place in places(app) if place.visible] == ["Ada [b]L.[/b]", "Grace H."]
        assert [place.region for place in places(app)][:2] == rooms[:2], "nothing jumps while one types"


async def test_no_more_answers_are_shown_than_there_are_places() -> None:
    offers = Offers(2)
    app = Desk(offers)
    async with app.run_test():
        offers.offer([ADA, GRACE, ZOE])
        assert [place.label for place in places(app)] == ["Ada [b]L.[/b]", "Grace H."]


async def test_a_tap_tells_what_the_answer_stands_for() -> None:
    offers = Offers(3)
    app = Desk(offers)
    async with app.run_test(size=(80, 24)) as pilot:
        offers.offer([ADA, GRACE])
        await pilot.pause()
        await Finger(pilot).tap(middle_of(places(app)[1], ZONE))
        assert app.taken == ["9"]
        assert app.tapped == [], "the card itself is nobody else's business"


async def test_a_tap_is_for_the_answer_that_was_shown_then() -> None:
    offers = Offers(3)
    app = Desk(offers)
    async with app.run_test(size=(80, 24)) as pilot:
        offers.offer([ADA, GRACE])
        places(app)[0].tapped(ZONE)
        offers.offer([ZOE])
        await pilot.pause()
        assert app.taken == ["7"]


async def test_a_place_without_an_answer_says_nothing_and_tells_nothing() -> None:
    offers = Offers(2)
    app = Desk(offers)
    async with app.run_test(size=(80, 24)) as pilot:
        offers.offer([ADA, GRACE])
        offers.offer([])
        await pilot.pause()
        places(app)[0].tapped(ZONE)
        await pilot.pause()
        assert [(place.label, place.visible) for place in places(app)] == [("", False)] * 2
        assert app.taken == []
