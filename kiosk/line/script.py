"""The manner for scripts: one line for each command, with words that do not change."""

from __future__ import annotations

from kiosk.desk.credentials import Code, Wish
from kiosk.desk.house import House
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.ports import FrontDesk, LineStatus, Link
from kiosk.i18n.sentences import words_for
from kiosk.i18n.speech import Speech
from kiosk.line.commands import Command
from kiosk.line.conversation import Conversation
from kiosk.line.session import Session
from kiosk.line.vocabulary import ANSWERS, COMMANDS, ENDINGS, Verb, first_word, last_word


class Script:
    """Answers commands. Nothing is asked: a line that needs more says which command gives it."""

    def __init__(self, desk: FrontDesk, session: Session, conversation: Conversation, speech: Speech) -> None:
        self._desk = desk
        self._session = session
        self._conversation = conversation
        self._speech = speech

    async def obey(self, command: Command) -> None:
        """Carry out a command. `quit` is the desk's own affair."""
        match command.verb:
            case Verb.PIN | Verb.CODE | Verb.OUT:
                await self.attend(command.code)
            case Verb.UNDO:
                await self.undo()
            case Verb.STATUS:
                await self.tell_status()
            case Verb.HELP:
                for line in help_lines():
                    await self._conversation.say(line)
            case Verb.QUIT:
                pass

    async def attend(self, code: Code | None) -> None:
        """Show a code and say what came of it."""
        await self._answer(await self._session.present(code), code.wish if code else Wish.UNSAID)

    async def undo(self) -> None:
        """Take back the last event."""
        await self._answer(await self._session.undo(), Wish.UNSAID)

    async def tell_status(self) -> None:
        """Say how things stand."""
        await self._conversation.say(status_line(self._desk.status(), self._desk.house()))

    async def _answer(self, outcome: Outcome, wish: Wish) -> None:
        await self._conversation.say(answer_line(outcome, wish, self._desk.house(), self._speech))


def answer_line(outcome: Outcome, wish: Wish, house: House, speech: Speech) -> str:
    """An outcome as `WORD [NAME:] SENTENCES [ENDING]`: the words of `ANSWERS` and `ENDINGS`, and between them the
    person's language."""
    words = words_for(outcome, house, speech)
    name = f"{words.name}:" if words.name else ""
    said = _sentences(outcome, wish, words.title, words.detail, speech)
    parts = (first_word(outcome.kind), name, said, words.standing, last_word(outcome.word.standing))
    return " ".join(part for part in parts if part)


def _sentences(outcome: Outcome, wish: Wish, title: str, detail: str, speech: Speech) -> str:
    """What happened, and what to type or to do next."""
    match outcome.kind:
        case OutcomeKind.ALREADY_IN:
            return f"{detail} {speech.say('To leave, type: {command}', command=f'{Verb.OUT} CODE')}"
        case OutcomeKind.ASK_INITIAL:
            command = f"{Verb.OUT if wish is Wish.LEAVE else Verb.PIN} CODE LETTER"
            return speech.say("Type the first letter of your surname after the code: {command}", command=command)
        case OutcomeKind.REFUSED | OutcomeKind.FAILED:
            return f"{title}. {detail}"
        case _:
            return detail


def status_line(status: LineStatus, house: House) -> str:
    """`status LINK, N waiting, N refused, directory as of DATE TIME`, in the location's zone and the same in every
    language; with what staff must do if there is something."""
    as_of = f"{house.local(status.directory_as_of):%Y-%m-%d %H:%M}" if status.directory_as_of else "never"
    line = f"status {status.link}, {status.waiting} waiting, {status.refused} refused, directory as of {as_of}"
    return f"{line}; staff must run kiosk setup" if status.link is Link.SIGN_IN else line


def help_lines() -> list[str]:
    """The commands, the words that answers begin with, and those that they end with."""
    tables = (COMMANDS, ANSWERS, ENDINGS)
    return [f"help {word}: {meaning}" for table in tables for word, meaning in table.items()]
