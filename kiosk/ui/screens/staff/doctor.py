"""What is wrong with this kiosk, and what to do about it: `kiosk doctor`, on the glass."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on, work
from textual.app import ComposeResult

from kiosk.desk.doctor import Condition, Doctor, Examined
from kiosk.desk.staff_desk import Act
from kiosk.i18n.speech import Speech
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.findings import Finding, Findings, Mark
from kiosk.ui.widgets.words import PlainText

_MARKS = {
    Condition.WRONG: Mark.WRONG,
    Condition.NOTE: Mark.NOTE,
    Condition.UNVERIFIED: Mark.OPEN,
    Condition.WELL: Mark.WELL,
}
_ORDER = list(Condition)


class DoctorPage(StaffPage):
    """Looks as soon as it is seen, and stays calm meanwhile. What is wrong is told first, each with its cure."""

    def __init__(self, doctor: Doctor) -> None:
        super().__init__()
        self._doctor = doctor

    def heading(self) -> str:
        """The page."""
        return self.speech.say("Doctor")

    def about(self) -> str:
        """That it takes a moment."""
        return self.speech.say("Looking at every part. That takes up to half a minute.")

    def body(self) -> ComposeResult:
        """What was found."""
        yield Findings(id="facts")

    def turns(self) -> ComposeResult:
        """The number of the page, and the ways to the others."""
        yield PlainText("", id="hint")
        yield Choice(self.speech.say("Before"), look=Look.QUIET, big=False, id="before")
        yield Choice(self.speech.say("More…"), look=Look.QUIET, big=False, id="more")

    def acts(self) -> ComposeResult:
        """Once something has been mended."""
        yield self.act(self.speech.say("Check again"), "again", Look.PRIMARY)

    def on_mount(self) -> None:
        """Look."""
        self._examine()

    @work(group="doctor", exclusive=True)
    async def _examine(self) -> None:
        findings, again = self.query_one(Findings), self.query_one("#again", Choice)
        again.visible = False
        findings.show(())
        self.tell(self.about())
        await self.tried(self.staff.note(Act.EXAMINED))
        found = await self.tried(self._doctor.examine())
        again.visible = True
        if found is not None:
            findings.show([_finding(one) for one in sorted(found, key=lambda one: _ORDER.index(one.condition))])
            self.tell(summary_words(found, self.speech))

    @on(Choice.Chosen, "#again")
    def _again(self) -> None:
        self._examine()

    @on(Choice.Chosen, "#before")
    def _before(self) -> None:
        self.query_one(Findings).turn(-1)

    @on(Choice.Chosen, "#more")
    def _more(self) -> None:
        self.query_one(Findings).turn(1)

    @on(Findings.Laid)
    def _laid(self) -> None:
        findings = self.query_one(Findings)
        self.query_one("#before").visible = findings.page > 0
        self.query_one("#more").visible = findings.page + 1 < findings.pages
        page = self.speech.say("Page {number} of {of}", number=findings.page + 1, of=findings.pages)
        self.query_one("#hint", PlainText).say(page if findings.pages > 1 else "")

    def key_pressed(self, event: events.Key) -> None:
        """Page keys turn."""
        match event.key:
            case "pagedown" | "right" | "down":
                self.query_one(Findings).turn(1)
            case "pageup" | "left" | "up":
                self.query_one(Findings).turn(-1)
            case _:
                super().key_pressed(event)


def _finding(one: Examined) -> Finding:
    return Finding(_MARKS[one.condition], one.part, said=f"{one.said} {one.cure}".rstrip())


def summary_words(found: Iterable[Examined], speech: Speech) -> str:
    """How many parts are wrong; what could not be verified is not wrong by itself."""
    wrong = sum(one.condition is Condition.WRONG for one in found)
    if not wrong:
        return speech.say("All is well with this kiosk.")
    return speech.count("{number} part needs you.", "{number} parts need you.", wrong)
