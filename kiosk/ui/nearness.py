"""Badges that are held near the kiosk: from the packets of the radio to the page that follows."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from kiosk.desk.adverts import Advert, Radio
from kiosk.desk.badge_desk import BadgeDesk, Direction, badge_code
from kiosk.desk.badges import Heard
from kiosk.desk.ports import NotRecorded
from kiosk.desk.proximity import Proximity, Rule, Step, Verdict
from kiosk.ui.messages import CodeOffered
from kiosk.ui.passport_watch import watch_for_passport
from kiosk.ui.screens.attract import AttractScreen
from kiosk.ui.screens.badge_prompt import BadgePromptScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.widgets.calm_bar import CalmBar

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
"""How often it is looked whether somebody uses the screen, and whether a badge that was held has been taken away."""

HELD_SECONDS = 0.45
"""Without a packet for so long it is held no more, and the bar goes."""

CONTEST_SECONDS = 4.0
"""How often, at most, people are told that two badges are near."""


class Nearness:
    """Fulfils `Ear`: hears each packet in the kiosk's own event loop, and keeps nothing of strangers.

    Nothing acts but on home, which wakes for a badge that is held near, and not within moments of a touch. While
    somebody enrols a badge the packets are theirs. Whoever is asked may take out a phone with Passport instead, so for
    a short while it is looked what Nexudus says of the members.

    Args:
        desk: Whose badge it is.
        radio: What hears.
        rule: When a badge is held near.
        prompt_seconds: How long somebody is asked.
        monotonic: Seconds that never jump; those of the packets.
    """

    def __init__(
        self,
        desk: BadgeDesk,
        radio: Radio,
        rule: Rule,
        prompt_seconds: float = 8.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk = desk
        self._radio = radio
        self._machine = Proximity(rule)
        self._prompt_seconds = prompt_seconds
        self._monotonic = monotonic
        self._kiosk: KioskApp | None = None
        self._listener: Callable[[Advert], None] | None = None
        self._held_at = self._contested_at = float("-inf")

    def begin(self, kiosk: KioskApp) -> None:
        """Listen for as long as this kiosk is shown."""
        self._kiosk = kiosk
        kiosk.run_worker(self._radio.listen(self), group="radio", exit_on_error=True)
        kiosk.set_interval(LOOK_SECONDS, self._look)

    def hand_over(self, listener: Callable[[Advert], None] | None) -> None:
        """Let somebody else have the packets, as long as a badge is enrolled; None gives them back."""
        self._listener = listener

    def heard(self, advert: Advert) -> None:
        """See `Ear.heard`."""
        if self._listener is not None:
            self._listener(advert)
            return
        known = self._desk.recognise(advert)
        if known is not None and self._kiosk is not None:
            self._heed_use(self._kiosk)
            verdict = self._machine.hear(known, advert.rssi, advert.at)
            if verdict is not None:
                self._follow(verdict, self._kiosk)

    def _heed_use(self, kiosk: KioskApp) -> None:
        """Whatever is up but home, or its resting screen, is somebody's, and so is home right after a touch."""
        now = self._monotonic()
        self._machine.in_use(now - kiosk.untouched if _is_free(kiosk) else now)

    def _look(self) -> None:
        if self._kiosk is None:
            return
        self._heed_use(self._kiosk)
        if self._monotonic() - self._held_at > HELD_SECONDS:
            self._hide_bar(self._kiosk)

    def _follow(self, verdict: Verdict, kiosk: KioskApp) -> None:
        now = self._monotonic()
        kiosk.rest.wake()
        match verdict.step:
            case Step.HOLDING:
                self._held_at = now
                self._show_bar(kiosk, verdict.share)
            case Step.CONTEST:
                if now - self._contested_at >= CONTEST_SECONDS and (home := _home(kiosk)) is not None:
                    self._contested_at = now
                    home.notice(kiosk.speech.say("Two badges are near: hold one closer."))
            case Step.ASK | Step.ACT:
                self._hide_bar(kiosk)
                logger.info(
                    "badge %s: %s, of %d packets, at %.0f dBm, %s ahead of the next",
                    verdict.heard.handle,
                    verdict.step,
                    verdict.samples,
                    verdict.level,
                    "alone" if verdict.ahead is None else f"{verdict.ahead:.0f} dB",
                )
                kiosk.run_worker(self._act(verdict.heard, verdict.step, kiosk), group="badge", exclusive=True)

    async def _act(self, heard: Heard, step: Step, kiosk: KioskApp) -> None:
        greeting = self._desk.greeting(heard.handle)
        if greeting is None or _home(kiosk) is None:
            self._machine.unanswered(heard.handle)
        elif greeting.direction is Direction.GREET or (step is Step.ACT and greeting.direction is Direction.IN):
            if await self._used(heard):
                kiosk.post_message(CodeOffered(badge_code(heard.handle)))
        else:
            answered = partial(self._answered, heard, kiosk)
            kiosk.go_home()
            if tiles := kiosk.desk.house().tiles:
                watch_for_passport(kiosk, tiles.watch_seconds)
            kiosk.push_screen(BadgePromptScreen(greeting, badge_code(heard.handle), self._prompt_seconds, answered))

    def _answered(self, heard: Heard, kiosk: KioskApp, taken: bool) -> None:
        """What was asked has been answered with yes, or with no or nothing: then the token may still act."""
        if taken:
            self._machine.answered(heard.handle)
            kiosk.run_worker(self._used(heard), group="badge-used")
        else:
            self._machine.unanswered(heard.handle)

    async def _used(self, heard: Heard) -> bool:
        """Whether it may act. Where nothing can be written down it may: the desk says so to the person."""
        try:
            return await asyncio.to_thread(self._desk.use, heard)
        except NotRecorded:
            return True

    def _show_bar(self, kiosk: KioskApp, share: float) -> None:
        if (home := _home(kiosk)) is not None:
            for bar in home.query(CalmBar):
                bar.share, bar.display = share, True

    def _hide_bar(self, kiosk: KioskApp) -> None:
        for screen in kiosk.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.query(CalmBar).set(display=False)


def _is_free(kiosk: KioskApp) -> bool:
    return bool(kiosk.screen_stack) and isinstance(kiosk.screen_stack[-1], (HomeScreen, AttractScreen))


def _home(kiosk: KioskApp) -> HomeScreen | None:
    """Home, if that is what is up; not while the kiosk starts or ends."""
    top = kiosk.screen_stack[-1] if kiosk.screen_stack else None
    return top if isinstance(top, HomeScreen) else None
