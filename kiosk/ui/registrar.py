"""The road of a visitor who registers here: which page follows which answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.acquaintance import STRANGER, Acquaintance, Known
from kiosk.desk.house import VisitorCheckIn
from kiosk.desk.interview import Interview
from kiosk.desk.visit_form import Check, FieldName, Question
from kiosk.ui.messages import QuestionAnswered, Registration
from kiosk.ui.screens.answering import YesNoScreen
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.host import HostScreen
from kiosk.ui.screens.known import KnownScreen
from kiosk.ui.screens.question import QuestionScreen

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp


class Registrar:
    """Asks the form page by page. Each page holds the interview as it was before its answer: Back needs no memory."""

    def __init__(self, kiosk: KioskApp) -> None:
        self._kiosk = kiosk

    def begin(self, interview: Interview) -> None:
        """Ask the first question; where visitors are checked in at reception, send them there before they type."""
        house, say = self._kiosk.desk.house(), self._kiosk.speech.say
        if house.visitor_check_in is VisitorCheckIn.RECEPTION:
            sentence = house.reception or say("They will tell your host that you are here.")
            self._kiosk.push_screen(HelpScreen(say("Please see reception"), sentence))
        else:
            self._go_on(interview)

    async def answered(self, answer: QuestionAnswered) -> None:
        """An answer was taken. By the address whoever is known here is spared the rest."""
        interview, known = answer.interview, STRANGER
        if answer.name is FieldName.EMAIL:
            known = await self._kiosk.desk.recall(interview.draft.address)
        if self._kiosk.screen is answer.page:  # they may have gone back, or walked away, meanwhile
            if known.known is not Known.STRANGER:
                self._kiosk.push_screen(KnownScreen(interview, known))
            else:
                self._go_on(interview)

    def recognised(self, interview: Interview, acquaintance: Acquaintance | None) -> None:
        """They have said whether they are who they seem to be."""
        if acquaintance is None or acquaintance.form is None:
            self._go_on(interview)
        elif acquaintance.known is Known.INVITED:
            self._kiosk.register(Registration(acquaintance.form, interview))
        else:
            self._go_on(interview.known_as(acquaintance.form))

    def _go_on(self, interview: Interview) -> None:
        house = self._kiosk.desk.house()
        question = interview.next_question(house)
        if question is None:
            self._kiosk.register(Registration(interview.finished(house), interview))
        else:
            self._kiosk.push_screen(page_for(question, interview))


def page_for(question: Question, interview: Interview) -> KioskScreen:
    """The page that asks a question."""
    match question.field.check:
        case Check.HOST:
            return HostScreen(question, interview)
        case Check.TICK:
            return YesNoScreen(question, interview)
        case _:
            return QuestionScreen(question, interview)
