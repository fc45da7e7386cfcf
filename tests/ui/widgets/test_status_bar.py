from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.desk.ports import LineStatus, Link
from kiosk.i18n.speech import Speech
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText
from tests.ui.desk import ScriptedDesk
from tests.ui.widgets.glass import Kiosk

WORDS = {
    Link.UNTRIED: "Connecting",
    Link.ONLINE: "Online",
    Link.OFFLINE: "Offline",
    Link.SIGN_IN: "Staff: sign in again",
}


def said(app: Kiosk, name: str) -> str:
    return app.query_one(f"#{name}", PlainText).text


@pytest.mark.parametrize("link", Link)
@pytest.mark.parametrize("waiting", [0, 3])
async def test_the_state_of_the_line_is_told_in_words(link: Link, waiting: int) -> None:
    desk = ScriptedDesk(link=LineStatus(link, waiting, 0))
    app = Kiosk(StatusBar(desk, Speech()))
    async with app.run_test(size=(80, 3)):
        expected = WORDS[link] + (" · 3 waiting" if waiting else "")
        assert said(app, "line").endswith(f" {expected}")
        assert said(app, "place") == "Harbour Works"


async def test_each_state_has_a_sign_of_its_own() -> None:
    signs = set()
    for link in Link:
        app = Kiosk(StatusBar(ScriptedDesk(link=LineStatus(link, 0, 0)), Speech()))
        async with app.run_test(size=(80, 3)):
            signs.add(said(app, "line").split()[0])
    assert len(signs) == len(Link)


async def test_a_sign_in_that_will_end_has_the_sign_of_one_that_has() -> None:
    ends = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    app = Kiosk(StatusBar(ScriptedDesk(link=LineStatus(Link.ONLINE, 0, 0, sign_in_ends=ends)), Speech()))
    async with app.run_test(size=(80, 3)):
        assert said(app, "line") == "▲ Staff: sign in soon"


async def test_it_keeps_itself_true() -> None:
    desk = ScriptedDesk()
    app = Kiosk(StatusBar(desk, Speech()))
    async with app.run_test(size=(80, 3)) as pilot:
        desk.link = LineStatus(Link.OFFLINE, 1, 0)
        while "Offline · 1 waiting" not in said(app, "line"):
            await pilot.pause(0.05)


@pytest.mark.usefixtures("march_morning")
async def test_the_clock_is_that_of_the_location() -> None:
    app = Kiosk(StatusBar(ScriptedDesk(), Speech()))
    async with app.run_test(size=(80, 3)):
        assert said(app, "clock") == "09:12", "in Madrid"
