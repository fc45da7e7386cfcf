from __future__ import annotations

import io

from kiosk.i18n.speech import Speech
from kiosk.line.desk import LineDesk
from kiosk.line.spoken import HeardOut, read_aloud
from tests.ui.desk import ScriptedDesk, welcome


class RecordedVoice:
    """Fulfils `Voice`, and remembers what would have been heard."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def speak(self, sentence: str) -> None:
        """Remember it."""
        self.heard.append(sentence)

    def hush(self) -> None:
        """Remember that, too."""
        self.heard.append("(silence)")


async def test_every_line_is_written_and_read_aloud_until_the_next_is_typed() -> None:
    desk = ScriptedDesk(outcome=welcome())
    desk.word_may_come.set()
    voice, out = RecordedVoice(), io.TextIOWrapper(io.BytesIO(), "utf-8")
    source = HeardOut(io.BytesIO(b"pin 04271\nquit\n"), voice)
    assert await LineDesk(desk, Speech(), source, read_aloud(out, voice), prompts=False).run() == 0
    out.seek(0)
    written = out.read().splitlines()
    assert written
    assert [one for one in voice.heard if one != "(silence)"] == written
    assert voice.heard[0] == "(silence)", "what was said before ends as somebody types"
    assert any("Zoë Lindqvist" in line for line in written)
