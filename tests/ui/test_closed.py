"""A kiosk that cannot start says where people find help, and nothing of why."""

from __future__ import annotations

import pytest

from kiosk.i18n.speech import Speech
from kiosk.ui.closed import ClosedApp
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.words import PlainText


@pytest.mark.parametrize("size", [(80, 24), (45, 40)])
async def test_it_shows_the_way_to_reception_the_device_and_the_code_and_no_key_ends_it(size: tuple[int, int]) -> None:
    app = ClosedApp(Speech(), "lobby-2", "S2")
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+q", "ctrl+c", "ctrl+p", "escape", "enter", "f1")
        await pilot.click()
        await pilot.pause()
        assert app.is_running
        assert app.query_one("#title", BigText).text == "Please see reception"
        told = str(app.query_one("#device", PlainText).render())
        assert "lobby-2" in told
        assert "S2" in told
        for widget in app.query("#closed > *, #device"):
            assert app.screen.region.contains_region(widget.region)


async def test_it_ends_by_itself_so_that_the_start_is_tried_again() -> None:
    app = ClosedApp(Speech(), "lobby-2", "S2", seconds=0.01)
    async with app.run_test() as pilot:
        while app.is_running:
            await pilot.pause(0.01)
