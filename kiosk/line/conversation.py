"""Saying a line and asking for one."""

from __future__ import annotations

from kiosk.i18n.speech import Speech
from kiosk.line.commands import Choice
from kiosk.line.lines import Flaw, Lines
from kiosk.line.output import Output


class Conversation:
    """Lines in and lines out. Questions are written only where `prompts` says that a person reads them.

    Args:
        lines: What is typed.
        output: What is answered.
        speech: The language.
        prompts: Whether questions are written.
        patience: Seconds after which a question that follows from an answer lapses. Whoever comes next must not answer
            for somebody who walked away.
    """

    def __init__(self, lines: Lines, output: Output, speech: Speech, *, prompts: bool, patience: float) -> None:
        self._lines = lines
        self._output = output
        self._speech = speech
        self._prompts = prompts
        self._patience = patience

    async def say(self, line: str) -> None:
        """Write a line. Raises OutputLost."""
        await self._output.write(line)

    async def reject(self, reason: str) -> None:
        """Say why a line could not be taken: to a person in their language, to a script by the word that it knows."""
        await self.say(self._speech.say("error {reason}", reason=reason) if self._prompts else f"error {reason}")

    async def part(self, said: str) -> None:
        """Say the last line, in the same way."""
        await self.say(self._speech.say("bye {said}", said=said) if self._prompts else f"bye {said}")

    def speaking(self, speech: Speech) -> Conversation:
        """The same lines in another language."""
        return Conversation(self._lines, self._output, speech, prompts=self._prompts, patience=self._patience)

    async def ask(self, *question: str, within: float | None = None) -> str:
        """Ask until something is typed; an empty line, or one that cannot be read, asks again.

        Raises EndOfInput, OutputLost, and TimeoutError if nothing is typed `within` so many seconds.
        """
        while True:
            if self._prompts:
                for line in question:
                    await self.say(line)
            typed = await self._lines.next(within)
            if isinstance(typed, Flaw):
                await self.reject(self._about(typed))
            elif typed:
                return typed

    async def ask_further(self, question: str) -> str | None:
        """Ask somebody who is being served; None if they go back with 0, or do not answer for a long time."""
        try:
            typed = await self.ask(question, within=self._patience if self._prompts else None)
        except TimeoutError:
            await self.say(self._speech.say("No answer came. Nothing was changed."))
            return None
        return None if typed == Choice.BACK else typed

    def _about(self, flaw: Flaw) -> str:
        match flaw:
            case Flaw.NOT_UTF8:
                return self._speech.say("A character could not be read. Please type the line again.")
            case Flaw.TOO_LONG:
                return self._speech.say("That line is too long.")
