"""Whom a visitor visits, found by some letters on the glass."""

from __future__ import annotations

from dataclasses import replace

from kiosk.desk.hosts import HostChoice, HostRules
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.ui.screens.host import HostScreen
from kiosk.ui.screens.host_list import HostListScreen, label_of
from kiosk.ui.widgets.choice import ZONE, Choice
from kiosk.ui.widgets.text_field import TextField
from tests.ui.desk import HOSTS
from tests.ui.registering import to_the_host, visitor


async def test_nobody_is_shown_before_the_third_letter() -> None:
    lobby = visitor(VisitForm(host=Asking.REQUIRED))
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.spell("ma")
        assert not lobby.app.screen.query_one("#offer-0").visible
        assert lobby.said("#remark") == "Type three letters of the name."
        await lobby.spell("r")
        assert lobby.app.screen.query_one("#offer-0").visible
        assert lobby.said("#remark") == "Touch the name."


async def test_more_hosts_are_large_rows_five_at_a_time() -> None:
    lobby = visitor(VisitForm(host=Asking.REQUIRED))
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.spell("mar")
        await lobby.done()
        lobby.on_screen(HostListScreen)
        rows = [row.label for row in lobby.app.screen.query(".host").results(Choice) if row.visible]
        assert len(rows) == 5
        await lobby.touch("#more")
        assert lobby.said("#hint") == "2 / 2"
        second = [row.label for row in lobby.app.screen.query(".host").results(Choice) if row.visible]
        assert len(second) == 1
        assert "Martin [/b] Łoś" in {*rows, *second}, "a name is data"
        await lobby.touch("#host-0")
        assert lobby.desk.filed[-1].form.host is not None


async def test_a_host_that_is_required_cannot_be_left_out() -> None:
    lobby = visitor(VisitForm(host=Asking.REQUIRED))
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.done()
        lobby.on_screen(HostScreen)
        assert lobby.said("#remark") == "▲ Please choose whom you visit."


async def test_where_no_host_is_required_reception_may_be_visited() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        offer = lobby.app.screen.query_one("#offer-0", Choice)
        assert offer.label == "I don't know"
        await lobby.touch("#offer-0")
        assert lobby.desk.filed[-1].form.host is None


async def test_where_whole_names_are_wanted_no_beginning_shows_anybody() -> None:
    lobby = visitor(VisitForm(host=Asking.REQUIRED))
    lobby.desk.location = replace(lobby.desk.location, host_rules=HostRules(HostChoice.FULL_NAME))
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.spell("zoe lind")
        assert not lobby.app.screen.query_one("#offer-0").visible
        assert lobby.said("#remark") == "Type the whole name or company."
        await lobby.spell("qvist")
        assert lobby.app.screen.query_one("#offer-0", Choice).label == "Zoë Lindqvist · Nordlys Games"


async def test_a_touch_is_for_the_host_that_was_shown_then() -> None:
    lobby = visitor(VisitForm(host=Asking.REQUIRED))
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.spell("marta")
        card = lobby.app.screen.query_one("#offer-1", Choice)
        assert card.label == "Marta Nakamura · Nordlys Games"
        card.tapped(ZONE)
        lobby.app.screen.query_one(TextField).type("zzz")
        await lobby.settle()
        assert lobby.desk.filed[-1].form.host == HOSTS[2]


async def test_a_touch_in_the_list_is_for_the_host_that_was_shown_then() -> None:
    lobby = visitor(VisitForm(host=Asking.REQUIRED))
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.spell("mar")
        await lobby.done()
        row = lobby.on_screen(HostListScreen).query_one("#host-0", Choice)
        touched = row.label
        row.tapped(ZONE)
        row.key, row.label = "member:5", "Mark O'Brien"  # as when the page is turned
        await lobby.settle()
        host = lobby.desk.filed[-1].form.host
        assert host is not None
        assert label_of(host) == touched
