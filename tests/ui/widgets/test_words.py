from __future__ import annotations

import pytest

from kiosk.ui.widgets.words import Facts, PlainText
from tests.ui.widgets.glass import Kiosk, shown, text_of


@pytest.mark.parametrize("text", ["[/x] Bob", "[red]Bob[/red]", "[@click=app.exit]x[/]", "a [/", ":smile: \\[b]"])
async def test_brackets_are_shown_as_they_are(text: str) -> None:
    first, later = PlainText(text), PlainText()
    async with Kiosk(first, later).run_test(size=(40, 4)) as pilot:
        later.say(text)
        await pilot.pause()
        for widget in (first, later):
            assert text_of(shown(widget)).strip() == text
            assert widget.text == text


async def test_other_words_replace_the_first() -> None:
    words = PlainText("One moment…")
    async with Kiosk(words).run_test(size=(40, 4)) as pilot:
        words.say("")
        await pilot.pause()
        assert text_of(shown(words)).strip() == ""


@pytest.mark.usefixtures("only_pillows_font")
async def test_large_words_that_are_too_high_for_their_place_take_no_more_of_it_than_their_own_letters_need() -> None:
    words = PlainText("One sentence that says what is to be done next at this kiosk, and where")
    css = "PlainText { width: 40; height: auto; max-height: 5; }"
    async with Kiosk(words, css=css).run_test(size=(40, 12)) as pilot:
        pilot.app.screen.add_class("-large")
        words.refresh(layout=True)
        await pilot.pause()
        assert words.size.height == 2
        assert "next at this kiosk" in text_of(shown(words))


async def test_a_long_sentence_keeps_its_end_in_large_text() -> None:
    beginning = "Nobody can check in without what is vital here. " * 3
    first, second = PlainText(f"{beginning}Yes."), PlainText(f"{beginning}No.")
    app = Kiosk(first, second, css="PlainText { height: 12; }")
    async with app.run_test(size=(70, 24)) as pilot:
        app.screen.add_class("-large")
        await pilot.pause()
        assert text_of(shown(first)) != text_of(shown(second))


async def test_facts_stay_below_each_other_in_large_text() -> None:
    facts = Facts("0 events wait.\n0 events were refused.")
    app = Kiosk(facts, css="Facts { height: 8; }")
    async with app.run_test(size=(70, 8)) as pilot:
        app.screen.add_class("-large")
        await pilot.pause()
        assert "0 events were refused." in text_of(shown(facts))
