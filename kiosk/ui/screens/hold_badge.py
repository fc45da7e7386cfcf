"""The badge of a member lies on the mark: it is found, measured, and kept if staff say so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.adverts import Advert
from kiosk.desk.badge_office import BadgeOffice
from kiosk.desk.enrolment import Enrolment, FoundBadge, MarkProgress, MarkStep
from kiosk.desk.hosts import Host
from kiosk.desk.ports import NotRecorded
from kiosk.desk.staff import NotPossible
from kiosk.i18n.speech import Speech
from kiosk.ui.messages import WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.calm_bar import CalmBar
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

STEP_SECONDS = 0.25
"""How often the page follows the mark: packets come far more often than anybody can read."""


class HoldBadgeScreen(KioskScreen):
    """Hold it for three seconds; then Keep, Again or Back. Nothing is kept before that."""

    takes_codes: ClassVar[bool] = False
    is_form: ClassVar[bool] = True
    private: ClassVar[str] = "#whose"
    notice_place: ClassVar[str] = "#detail"

    def __init__(
        self, office: BadgeOffice, member: Host, hand_over: Callable[[Callable[[Advert], None] | None], None]
    ) -> None:
        super().__init__()
        self._office = office
        self._member = member
        self._hand_over = hand_over
        self._enrolment: Enrolment = office.begin(member.id)
        self._shown = MarkProgress(MarkStep.WAITING)

    def compose(self) -> ComposeResult:
        """Whose, what to do, how far it is, and what can be done with it."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield PlainText(say("Badge for {name}", name=self._member.name), id="whose")
            yield BigText("", rows=4, align="center", id="title")
            yield PlainText("", id="detail")
            yield CalmBar(id="progress")
        with Horizontal(id="choices"):
            yield Choice(say("Keep it"), say("the badge is theirs"), look=Look.PRIMARY, icon=Sign.TICK, id="keep")
            yield Choice(say("Again"), say("measure anew"), look=Look.PLAIN, icon=Sign.CROSS, id="again")
        with Horizontal(id="strip"):
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")

    def on_mount(self) -> None:
        """Listen for as long as this page is there."""
        self._hand_over(self._hear)
        self._show(self._shown)
        self.set_interval(STEP_SECONDS, self._look)

    def on_unmount(self) -> None:
        """The packets are the lobby's again."""
        super().on_unmount()
        self._hand_over(None)

    @on(Choice.Chosen, "#keep")
    def _keep(self) -> None:
        if self._shown.found is not None:
            self._confirm(self._shown.found)

    @on(Choice.Chosen, "#again")
    def _again(self) -> None:
        self._enrolment = self._office.begin(self._member.id)
        self._show(MarkProgress(MarkStep.WAITING))

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    @work(group="confirm", exclusive=True)
    async def _confirm(self, found: FoundBadge) -> None:
        say = self.speech.say
        try:
            await asyncio.to_thread(self._office.confirm, found, self._member.id)
        except NotPossible:
            self._say(say("Not kept"), say("This badge cannot be theirs now. Look at 'kiosk badges'."))
        except NotRecorded:
            self._say(say("Not kept"), say("The kiosk cannot write it down just now."))
        else:
            self._say(
                say("Kept"), say("Enter {handle} at the member in Nexudus for other kiosks.", handle=found.handle)
            )
            self.query_one("#choices").display = False

    def _hear(self, advert: Advert) -> None:
        self._enrolment.hear(advert)

    def _look(self) -> None:
        progress = self._enrolment.look(time.monotonic())
        if progress != self._shown:
            self._show(progress)

    def _show(self, progress: MarkProgress) -> None:
        self._shown = progress
        self._say(*mark_words(progress, self.speech))
        self.query_one("#choices").display = progress.found is not None
        self.query_one("#progress", CalmBar).share = progress.share

    def _say(self, title: str, detail: str) -> None:
        self.query_one("#title", BigText).text = title
        self.query_one("#detail", PlainText).say(detail)


def mark_words(progress: MarkProgress, speech: Speech) -> tuple[str, str]:
    """What the mark says, large, and what to do."""
    say = speech.say
    match progress.step:
        case MarkStep.WAITING:
            return say("Hold it here"), say("Lay the badge on the mark, and leave it there.")
        case MarkStep.HOLDING:
            return say("Hold still"), say("Three seconds, so that the kiosk learns how loud it is here.")
        case MarkStep.SEVERAL:
            return say("Two badges"), say("Take the other badges away, a metre at least.")
        case MarkStep.TAKEN:
            return say("In use"), say("This badge is another member's. Revoke it first.")
        case MarkStep.FOUND:
            found = progress.found
            handle = found.handle if found else ""
            return say("Found it"), say("Badge {handle}. Keep it for this member?", handle=handle)
