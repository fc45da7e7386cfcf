"""`kiosk line`: the desk at a prompt that takes numbers from people and commands from scripts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TextIO

from kiosk.desk.credentials import Wish
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.i18n.sentences import foreign_words
from kiosk.i18n.speech import Speech
from kiosk.line.commands import (
    BareCode,
    Choice,
    Command,
    Form,
    Leave,
    Mistake,
    Request,
    Speak,
    Visit,
    read_request,
    typed_code,
)
from kiosk.line.conversation import Conversation
from kiosk.line.dialogue import Dialogue, code_question, menu
from kiosk.line.languages import command_in, language_list, language_meant, verbs_in
from kiosk.line.lines import ByteSource, EndOfInput, Lines
from kiosk.line.output import ListenerGone, Output, OutputLost
from kiosk.line.phrases import numbered
from kiosk.line.script import Script, usage_words
from kiosk.line.session import Session
from kiosk.line.vocabulary import Verb

logger = logging.getLogger(__name__)

GLANCE = 0.05
"""Seconds between two looks at what still waits, at the end."""

_ENDS = (Command(Verb.QUIT), Choice.END)


class LineDesk:
    """The desk over lines of text.

    A command is answered in one line that a script can rely on, whoever typed it. A number or a bare code comes from a
    person: where prompts are shown it is answered in whole sentences and leads to questions, else like a command.

    Args:
        desk: What is asked.
        speech: The language to begin with, which is the house's own.
        languages: What can be asked for besides.
        source: Bytes in, such as `sys.stdin.buffer`; nothing may have been read from it before.
        out: Text out, such as `sys.stdout`.
        prompts: Whether a person reads along, and questions are written.
        upload_seconds: How long the end waits for the upload of what still waits.
        patience: Seconds after which a question to a person lapses. Generous: a braille line is read slowly.
        sleep: Passes time at the end.
    """

    def __init__(
        self,
        desk: VisitorDesk,
        speech: Speech,
        source: ByteSource,
        out: TextIO,
        *,
        prompts: bool,
        languages: Sequence[Speech] = (),
        upload_seconds: float = 5.0,
        patience: float = 120.0,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._desk = desk
        self._offered = (speech, *languages)
        self._prompts = prompts
        self._upload_seconds = upload_seconds
        self._sleep = sleep
        self._patience = patience
        self._session = Session(desk)
        self._conversation = Conversation(Lines(source), Output(out), speech, prompts=prompts, patience=patience)
        self._speak(speech)

    async def run(self) -> int:
        """Serve until `quit`, the end of the input, or the end of whoever reads the output; the exit status.

        0, also for a reader that went away, as a pipe's is free to; 1 if the output failed otherwise.
        """
        try:
            with suppress(EndOfInput):
                while (request := await self._next_request()) not in _ENDS:
                    await self._carry_out(request)
            await self._say_bye()
        except ListenerGone:
            return 0
        except OutputLost as error:
            logger.error("%s", error)
            return 1
        return 0

    @property
    def language(self) -> str:
        """What is spoken now."""
        return self._speech.language

    def _speak(self, speech: Speech) -> None:
        """Go on in this language."""
        self._speech = speech
        self._conversation = self._conversation.speaking(speech)
        self._script = Script(self._desk, self._session, self._conversation, speech)
        dialogue = Dialogue(self._desk, self._session, self._conversation, speech)
        self._manner: Script | Dialogue = dialogue if self._prompts else self._script

    async def _next_request(self) -> Request:
        """What is asked for next. Whoever chose another language has gone when nothing is typed for a long time."""
        chosen = self._prompts and self._speech is not self._offered[0]
        try:
            typed = await self._conversation.ask(
                *menu(self._desk.house(), self._speech, self._offered), within=self._patience if chosen else None
            )
        except TimeoutError:
            self._speak(self._offered[0])
            return await self._next_request()
        return read_request(typed, verbs_in(self._speech))

    async def _carry_out(self, request: Request) -> None:
        match request:
            case Command():
                await self._script.obey(request)
            case Visit():
                await self._script.register(request)
            case Form():
                await self._script.register_form(request)
            case Leave(name):
                await self._script.leave(name)
            case Speak(language):
                await self._change_language(language)
            case BareCode(code):
                await self._manner.attend(code)
            case Choice():
                await self._follow(request)
            case Mistake():
                await self._conversation.reject(self._about(request))

    async def _follow(self, choice: Choice) -> None:
        match choice:
            case Choice.MEMBER | Choice.VISITOR | Choice.LEAVING:
                typed = await self._conversation.ask_further(code_question(choice, self._speech))
                wish = Wish.LEAVE if choice is Choice.LEAVING else Wish.UNSAID
                if typed is not None:
                    await self._manner.attend(typed_code(typed, wish))
            case Choice.REGISTER:
                await self._manner.fill_in()
            case Choice.LEAVING_BY_NAME:
                typed = await self._conversation.ask_further(self._speech.say("Your name, or 0 to go back:"))
                if typed is not None:
                    await self._manner.leave(typed)
            case Choice.LANGUAGE:
                listed = numbered({str(number): one.own_name for number, one in enumerate(self._offered, 1)})
                question = f"{listed} {self._speech.say('Type a number, or 0 to go back.')}"
                if (typed := await self._conversation.ask_further(question)) is not None:
                    await self._change_language(typed)
            case Choice.FORGOTTEN:
                await self._manner.tell_forgotten()
            case Choice.UNDO:
                await self._manner.undo()
            case Choice.STATUS:
                await self._manner.tell_status()
            case Choice.BACK | Choice.END:
                pass

    async def _change_language(self, wanted: str) -> None:
        speech = language_meant(wanted, self._offered) if wanted else None
        if speech is None:
            listed = language_list(self._offered)
            await self._conversation.reject(self._speech.say("The languages are: {languages}", languages=listed))
            return
        self._speak(speech)
        await self._conversation.say(f"{Verb.LANGUAGE} {speech.own_name}")

    def _about(self, mistake: Mistake) -> str:
        say = self._speech.say
        match mistake:
            case Mistake.NOT_UNDERSTOOD:
                help_word = command_in(self._speech, "help")
                return say("That was not understood. Type a number of the list, or {help}.", help=help_word)
            case Mistake.CODE_MISSING:
                return say("A code goes after that word.")
            case Mistake.NAME_MISSING:
                return say("A name goes after that word.")
            case Mistake.VISIT_INCOMPLETE:
                return usage_words(self._speech)
            case Mistake.FOREIGN:
                return foreign_words(self._speech)
            case Mistake.TOO_MUCH:
                return say("Nothing goes after that word.")

    async def _say_bye(self) -> None:
        if self._prompts and self._desk.status().waiting:
            await self._conversation.say(self._speech.say("Telling Nexudus…"))
        waiting = await self._wait_for_upload()
        if waiting:
            said = self._speech.count(
                "{number} event waits; it is kept and goes up when the line is back",
                "{number} events wait; they are kept and go up when the line is back",
                waiting,
            )
        elif refused := self._desk.status().refused:
            said = self._speech.count(
                "nothing waits; {number} event was refused by Nexudus, and staff must look at it",
                "nothing waits; {number} events were refused by Nexudus, and staff must look at them",
                refused,
            )
        else:
            said = self._speech.say("everything is with Nexudus")
        await self._conversation.part(said)

    async def _wait_for_upload(self) -> int:
        """How many events wait still, when none does or the time is up."""
        left = self._upload_seconds
        while (waiting := self._desk.status().waiting) and left > 0:
            await self._sleep(GLANCE)
            left -= GLANCE
        return waiting
