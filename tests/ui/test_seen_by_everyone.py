"""What people with other eyes meet: every page in high contrast and in large text, on both glasses, as it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from textual.color import Color
from textual.screen import Screen
from textual.widget import Widget

from kiosk.desk.acquaintance import Acquaintance, Known
from kiosk.desk.credentials import Via, read_code
from kiosk.desk.house import House, Texts
from kiosk.desk.interview import Interview
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import PersonKind
from kiosk.desk.visit_form import Asking, FieldName, VisitForm
from kiosk.i18n.speech import Speech
from kiosk.ui.answers import screen_for
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.screens.answering import YesNoScreen
from kiosk.ui.screens.attract import AttractScreen
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.host import HostScreen
from kiosk.ui.screens.known import KnownScreen
from kiosk.ui.screens.leave_by_name import LeaveByNameScreen
from kiosk.ui.screens.member import MemberScreen
from kiosk.ui.screens.question import QuestionScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.screens.visitor import VisitorScreen
from kiosk.ui.sight import LARGE, Contrast, Lettering
from kiosk.ui.theme import contrast_ratio
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.cards import card_colours
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.touch import TouchSurface
from kiosk.ui.widgets.words import PlainText
from tests.ui.desk import FakeScanner, ScriptedDesk

MORNING = datetime(2026, 3, 5, 8, 12, tzinfo=UTC)
FORM = VisitForm(host=Asking.OPTIONAL, newsletter=Asking.OPTIONAL)
HOUSE = House(1, "Harbour Works", visit_form=FORM, texts=Texts(terms="# House rules\n\nStay with your **host**."))


def answer(kind: OutcomeKind, **more: object) -> Callable[[], Screen[Any]]:
    """The page of an answer, to a code where that is needed."""

    def page() -> Screen[Any]:
        outcome = Outcome(kind, "Maximiliana von Hohenstaufen", PersonKind.MEMBER, **more)  # type: ignore[arg-type]
        return screen_for(outcome, read_code("04271", Via.KEYPAD), HOUSE.texts.terms)

    return page


def asked(name: FieldName) -> Screen[Any]:
    """The page of a question of the form."""
    question = next(one for one in HOUSE.questions if one.name is name)
    screen = {FieldName.HOST: HostScreen, FieldName.NEWSLETTER: YesNoScreen}.get(name, QuestionScreen)
    return screen(question, Interview())


KNOWN = Acquaintance(Known.RETURNING, {FieldName.FIRST_NAME: "Z***", FieldName.COMPANY: "N***s G***s"})

PAGES: dict[str, Callable[[], Screen[Any]]] = {
    "home": HomeScreen,
    "keypad": lambda: MemberScreen("042"),
    "visitor": VisitorScreen,
    "code": CodeEntryScreen,
    "help": lambda: HelpScreen("PIN forgotten?", "Ask reception; they can look it up. Dial 9 on the white phone."),
    "name": lambda: asked(FieldName.FIRST_NAME),
    "newsletter": lambda: asked(FieldName.NEWSLETTER),
    "host": lambda: asked(FieldName.HOST),
    "known": lambda: KnownScreen(Interview(), KNOWN),
    "leave by name": LeaveByNameScreen,
    "welcome": answer(OutcomeKind.WELCOME, word=Word(Standing.QUEUED), wifi="HARBOUR-972800"),
    "goodbye": answer(OutcomeKind.GOODBYE, word=Word(Standing.CONFIRMED)),
    "refused": answer(OutcomeKind.REFUSED, word=Word(Standing.REFUSED, "No valid pass.")),
    "waiting": answer(OutcomeKind.WAITING),
    "unknown": answer(OutcomeKind.UNKNOWN),
    "locked": answer(OutcomeKind.LOCKED, until=MORNING),
    "already in": answer(OutcomeKind.ALREADY_IN, since=MORNING),
    "one more letter": answer(OutcomeKind.ASK_INITIAL),
    "terms": answer(OutcomeKind.ASK_TERMS),
    "countdown": lambda: StillThere(Speech(), 15),
    "nobody there": AttractScreen,
}
"""Every page that a visitor can meet."""

CARD_TOLD_APART = 1.4
"""Of the choice that most people want, to what is around it. Its label has the contrast of a text."""

ALIKE = ("newsletter", "leave by name", "goodbye", "refused", "waiting", "locked")
"""Pages whose layout is that of another, and which are looked at with `--long` only."""


def letters_of(screen: Screen[Any]) -> Iterator[tuple[str, float]]:
    """Each run of the terminal's own letters on the glass, with its contrast as it is really drawn. What is behind a
    question that has come up is faint on purpose: it cannot be touched."""
    glass = screen.query_one("#still-there").region if isinstance(screen, StillThere) else screen.region
    for strip in screen._compositor.render_strips()[glass.y : glass.bottom]:
        for segment in strip.crop(glass.x, glass.right):
            text = segment.text.strip()
            style = segment.style
            if not any(char.isalnum() or char in "?!…" for char in text) or style is None:
                continue
            assert style.color is not None, text
            assert style.bgcolor is not None, text
            ink, ground = (Color.from_rich_color(colour) for colour in (style.color, style.bgcolor))
            yield text, contrast_ratio(ink, ground)


def faults_of(screen: Screen[Any], least: float) -> list[str]:
    """Words without their contrast, and widgets with words that are cut off by what they stand in."""
    faults = [f"{text!r} has {ratio:.1f}" for text, ratio in letters_of(screen) if ratio < least]
    touched = [surface for surface in screen.query(TouchSurface) if surface.region]
    cut = [surface for surface in touched if not screen.region.contains_region(surface.region)]
    faults += [f"{surface} {surface.region} reaches out of the glass" for surface in cut]
    for choice in screen.query(Choice):
        card = card_colours(choice, f"choice--{choice.look}")
        if choice.look is Look.PRIMARY and contrast_ratio(Color(*card.fill), Color(*card.ground)) < CARD_TOLD_APART:
            faults.append(f"{choice} is lost on its ground")
    for words in screen.query("BigText, PlainText"):
        assert isinstance(words, BigText | PlainText)
        if not words.region or not words.text:
            continue
        _, _, ground, ink = words.colors
        if contrast_ratio(ink, ground) < least:
            faults.append(f"{words} has {contrast_ratio(ink, ground):.1f}")
        boxes = [box for box in words.ancestors if isinstance(box, Widget)]
        outside = [box for box in boxes if not box.region.contains_region(words.region)]
        faults += [f"{words} {words.region} reaches out of {box} {box.region}" for box in outside]
        if isinstance(words, BigText) and lettering_of(screen) is Lettering.LARGE and has_own_letters(words):
            faults.append(f"{words.text!r} is no heading in {words} of {words.size}")
        if isinstance(words, PlainText) and not is_whole(words):
            faults.append(f"{words.text!r} is cut off in {words} of {words.size}")
    return faults


def lettering_of(screen: Screen[Any]) -> Lettering:
    """How large the words of a screen are meant to be."""
    return Lettering.LARGE if screen.has_class(LARGE) else Lettering.USUAL


def has_own_letters(words: BigText) -> bool:
    """Whether a heading had no room for large letters."""
    return any(char.isalnum() for y in range(words.size.height) for char in words.render_line(y).text)


def is_whole(words: PlainText) -> bool:
    """Whether the last word is on the glass; a sentence in large letters is whole or not there."""
    drawn = "".join(segment.text for y in range(words.size.height) for segment in words.render_line(y))
    return not any(char.isalnum() for char in drawn) or words.text.split()[-1] in drawn


WAYS = [(lettering, contrast) for lettering in Lettering for contrast in Contrast]


@pytest.mark.parametrize(
    ("size", "accent"), [((80, 24), "#dfca00"), ((45, 40), "#d40000")], ids=["wide, yellow", "upright, red"]
)
async def test_every_page_can_be_read_in_every_way_of_seeing(
    size: tuple[int, int], accent: str, pytestconfig: pytest.Config
) -> None:
    """Large text is where room is scarce; the usual size is looked at in both colours with `--long`."""
    patience = Patience(idle=6000, form=6000)
    app = KioskApp(ScriptedDesk(location=HOUSE), FakeScanner(), Speech(), patience, accent=accent)
    usual_colours = Contrast.USUAL if size[0] > size[1] else Contrast.HIGH
    faults: list[str] = []
    async with app.run_test(size=size) as pilot:
        long = pytestconfig.getoption("long")
        for lettering, contrast in WAYS if long else [(Lettering.LARGE, usual_colours)]:
            app.sight.wipe()
            if lettering is Lettering.LARGE:
                app.sight.toggle_lettering()
            if contrast is Contrast.HIGH:
                app.sight.toggle_contrast()
            for name, page in PAGES.items():
                if name in ALIKE and not long:
                    continue
                await app.switch_screen(page())  # home would be drawn in between
                await pilot.pause()
                least = 7 if contrast is Contrast.HIGH else 4.5
                faults += [f"{name}, {lettering}, {contrast}: {fault}" for fault in faults_of(app.screen, least)]
    assert not faults, "\n".join(faults)
