"""A language is chosen on home by touch, speaks on every page, and goes with whoever chose it."""

from __future__ import annotations

from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.i18n.speech import speeches
from kiosk.sensors.wedge import Wedge
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.widgets.chips import Chips
from kiosk.ui.widgets.keyboard_layouts import Layout
from tests.ui.desk import welcome
from tests.ui.lobby import LONG, Lobby


class WordyLobby(Lobby):
    """A lobby whose home offers English, German and Italian, in this order."""

    def __init__(self, patience: Patience = LONG) -> None:
        super().__init__(patience)
        speech, *others = speeches(("en", "de", "it"))
        self.app = KioskApp(self.desk, self.scanner, speech, patience, languages=others, keys=Wedge())

    async def choose(self, language: str) -> None:
        """Touch the chip of a language."""
        chips = self.app.screen.query_one(Chips)
        region = chips.zone_region(f"language:{language}").translate(chips.content_region.offset)
        await self.touch_at(region.x + region.width // 2, region.y + 1)

    @property
    def layout(self) -> str:
        """Where the letters stand now."""
        return self.app.typing.layout.value

    @property
    def chosen(self) -> list[str]:
        """The chips that are marked as what holds now."""
        return [chip.label for chip in self.app.screen.query_one(Chips).chips if chip.on]


async def test_home_and_the_pages_after_it_speak_the_language_that_was_touched_until_the_visit_is_over() -> None:
    lobby = WordyLobby()
    lobby.desk.outcome = welcome()
    async with lobby.open():
        assert (lobby.said("#title"), lobby.chosen) == ("Welcome", ["English"])
        await lobby.choose("de")
        assert (lobby.said("#title"), lobby.chosen) == ("Willkommen", ["Deutsch"])
        await lobby.touch("#member")
        assert lobby.said("#title") == "Ihre PIN"
        await lobby.touch_keys("1234E")
        assert lobby.said("#detail") == "Sie sind angemeldet. Einen schönen Tag!"
        await lobby.touch_at(40, 2)
        lobby.on_screen(HomeScreen)
        assert (lobby.said("#title"), lobby.chosen) == ("Welcome", ["English"]), "wiped with the visitor"


async def test_whoever_goes_back_to_home_still_has_their_language_and_a_keyboard_for_it() -> None:
    lobby = WordyLobby()
    async with lobby.open():
        await lobby.choose("de")
        assert lobby.layout == Layout.QWERTZ
        await lobby.touch("#visitor")
        await lobby.touch("#back")
        assert lobby.said("#title") == "Willkommen"
        await lobby.choose("it")
        assert lobby.layout == Layout.QWERTY, "the house's own, where a language has none"
        assert lobby.said("#title") == "Salve"


async def test_one_key_turns_the_languages_and_home_speaks_as_the_house_does_once_nobody_is_there() -> None:
    lobby = WordyLobby(Patience(idle=600))
    async with lobby.open():
        seen = []
        for _ in range(4):
            await lobby.pilot.press("f4")
            await lobby.settle()
            seen += lobby.chosen
        assert seen == ["Deutsch", "Italiano", "English", "Deutsch"]
        lobby.app.languages.look(599)
        assert lobby.chosen == ["Deutsch"], "they may be reading"
        lobby.app.languages.look(600)
        await lobby.settle()
        assert (lobby.said("#title"), lobby.chosen) == ("Welcome", ["English"])


async def test_the_next_person_who_types_a_code_over_an_answer_is_met_in_the_language_of_the_house() -> None:
    lobby = WordyLobby()
    lobby.desk.outcome = Outcome(OutcomeKind.UNKNOWN)
    async with lobby.open():
        await lobby.choose("de")
        await lobby.touch("#member")
        await lobby.touch_keys("9999E")
        assert lobby.said("#title") == "Nicht erkannt"
        lobby.app.languages.heed_scan()
        assert lobby.app.speech.language == "en"
