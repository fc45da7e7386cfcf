from __future__ import annotations

import pytest

from kiosk.ui.widgets.words import PlainText
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
