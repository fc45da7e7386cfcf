"""What staff see of the glass from afar, and what they do not."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.desk.credentials import Code, Via
from kiosk.desk.glass import HIDDEN, Glimpse
from kiosk.desk.staff import NotPossible
from kiosk.i18n.speech import Speech
from kiosk.ui.mirror import Mirror, glimpse_of
from kiosk.ui.screens.still_there import StillThere
from tests.ui.desk import welcome
from tests.ui.lobby import Lobby


def characters(look: Glimpse) -> str:
    return "\n".join("".join(run.text for run in row) for row in look.rows)


async def test_the_page_is_there_cell_by_cell_and_in_words() -> None:
    lobby = Lobby()
    async with lobby.open():
        look = glimpse_of(lobby.app)
        assert (look.screen, look.columns, len(look.rows)) == ("HomeScreen", 80, 24)
        assert all(sum(len(run.text) for run in row) == 80 for row in look.rows)
        assert "Touch to check in or out" in characters(look)
        assert {"Welcome", "[Member] with your PIN"} <= set(look.words)


async def test_what_somebody_types_and_who_they_are_stays_at_the_glass() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome("Zoë Lindqvist")
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#leave")
        await lobby.send("Lindq")
        look = glimpse_of(lobby.app)
        assert "Lindq" not in characters(look)
        assert "Lindq" not in " ".join(look.words)
        assert HIDDEN in characters(look)
        lobby.scanner.on_code(Code("4711", Via.CAMERA))
        await lobby.settle()
        look = glimpse_of(lobby.app)
        assert look.screen == "ResultScreen"
        assert "Zo" not in characters(look) + " ".join(look.words)
        assert HIDDEN * 3 in look.words


async def test_under_a_question_what_was_typed_stays_hidden() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#leave")
        await lobby.send("Lindq")
        typed = characters(glimpse_of(lobby.app)).count(HIDDEN)
        lobby.app.push_screen(StillThere(Speech(), 15))
        await lobby.settle()
        look = glimpse_of(lobby.app)
        assert look.screen == "StillThere"
        assert "Lindq" not in characters(look)
        assert 0 < characters(look).count(HIDDEN) <= typed


async def test_another_thread_looks_without_the_screen_waiting_for_it() -> None:
    lobby, mirror = Lobby(), Mirror()
    with pytest.raises(NotPossible):
        mirror.look()
    async with lobby.open():
        mirror.face(lobby.app)
        look = await asyncio.to_thread(mirror.look)
        assert look.screen == "HomeScreen"
