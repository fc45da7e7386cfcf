"""The manner for scripts: one line for each command, with words that do not change."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.credentials import Code, Wish
from kiosk.desk.hosts import Host
from kiosk.desk.house import House
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.ports import FrontDesk, LineStatus, Link
from kiosk.desk.walk_in import FormFault, FormIncomplete, read_walk_in
from kiosk.i18n.sentences import words_for
from kiosk.i18n.speech import Speech
from kiosk.line.commands import Command, Visit
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
        """Carry out a command. `quit` is the desk's own affair, and `visit` comes as a `Visit`."""
        match command.verb:
            case Verb.PIN | Verb.CODE | Verb.OUT | Verb.AGREE:
                await self.attend(command.code)
            case Verb.TERMS:
                for line in self._desk.house().texts.terms.splitlines() or ["there are none"]:
                    await self._conversation.say(f"{Verb.TERMS} {line}".rstrip())
            case Verb.UNDO:
                await self.undo()
            case Verb.STATUS:
                await self.tell_status()
            case Verb.HELP:
                for line in help_lines():
                    await self._conversation.say(line)
            case Verb.QUIT | Verb.VISIT:
                pass

    async def attend(self, code: Code | None) -> None:
        """Show a code and say what came of it."""
        await self._answer(await self._session.present(code), code.wish if code else Wish.UNSAID)

    async def register(self, visit: Visit) -> None:
        """Register a visitor and say what came of it."""
        found = await self._desk.hosts(visit.host) if visit.host else []
        if visit.host and len(found) != 1:
            return await self._conversation.reject(host_words(found, self._speech))
        try:
            form = read_walk_in(visit.name, visit.email, found[0] if found else None)
        except FormIncomplete as error:
            return await self._conversation.reject(fault_words(error.fault, self._speech))
        outcome = await self._session.register(form, visit.consent)
        return await self._answer(outcome, Wish.UNSAID, f"{Verb.VISIT} NAME EMAIL HOST")

    async def fill_in(self) -> None:
        """Nothing is asked of a script."""
        await self._conversation.reject(usage_words(self._speech))

    async def undo(self) -> None:
        """Take back the last event."""
        await self._answer(await self._session.undo(), Wish.UNSAID)

    async def tell_status(self) -> None:
        """Say how things stand."""
        await self._conversation.say(status_line(self._desk.status(), self._desk.house()))

    async def _answer(self, outcome: Outcome, wish: Wish, given: str = "CODE") -> None:
        await self._conversation.say(answer_line(outcome, wish, self._desk.house(), self._speech, given))


def answer_line(outcome: Outcome, wish: Wish, house: House, speech: Speech, given: str = "CODE") -> str:
    """An outcome as `WORD [NAME:] SENTENCES [ENDING]`: the words of `ANSWERS` and `ENDINGS`, and between them the
    person's language. `given` is what to type again after the word that agrees to the terms."""
    words = words_for(outcome, house, speech)
    name = f"{words.name}:" if words.name else ""
    said = _sentences(outcome, wish, words.title, words.detail, speech, given)
    parts = (first_word(outcome.kind), name, said, words.standing, last_word(outcome.word.standing))
    return " ".join(part for part in parts if part)


def _sentences(outcome: Outcome, wish: Wish, title: str, detail: str, speech: Speech, given: str) -> str:
    """What happened, and what to type or to do next."""
    match outcome.kind:
        case OutcomeKind.ALREADY_IN:
            return f"{detail} {speech.say('To leave, type: {command}', command=f'{Verb.OUT} CODE')}"
        case OutcomeKind.ASK_INITIAL:
            command = f"{Verb.OUT if wish is Wish.LEAVE else Verb.PIN} CODE LETTER"
            return speech.say("Type the first letter of your surname after the code: {command}", command=command)
        case OutcomeKind.ASK_TERMS:
            return speech.say(
                "The terms come first; {terms} lists them. To agree, type: {command}",
                terms=Verb.TERMS.value,
                command=f"{Verb.AGREE} {given}",
            )
        case OutcomeKind.REFUSED | OutcomeKind.FAILED:
            return f"{title}. {detail}"
        case _:
            return detail


def host_words(found: Sequence[Host], speech: Speech) -> str:
    """That nobody is meant by what was typed, or several."""
    if not found:
        return speech.say("Nobody of that name can be visited here. Type another part of the name.")
    return speech.say("Several can be meant: {hosts}. Type more of the name.", hosts="; ".join(map(str, found)))


def fault_words(fault: FormFault, speech: Speech) -> str:
    """What is wrong with a form."""
    match fault:
        case FormFault.NAME_MISSING:
            return speech.say("A name is needed.")
        case FormFault.EMAIL_WRONG:
            return speech.say("That is no e-mail address. Without one, Nexudus takes no visitor.")


def usage_words(speech: Speech) -> str:
    """How a visitor is registered in one line."""
    return speech.say("To register, type: {command}", command=f"{Verb.VISIT} NAME EMAIL HOST")


def status_line(status: LineStatus, house: House) -> str:
    """`status LINK, N waiting, N refused, directory as of DATE TIME`, in the location's zone and the same in every
    language; with what staff must do if there is something."""
    as_of = f"{house.local(status.directory_as_of):%Y-%m-%d %H:%M}" if status.directory_as_of else "never"
    line = f"status {status.link}, {status.waiting} waiting, {status.refused} refused, directory as of {as_of}"
    if status.link is Link.SIGN_IN:
        return f"{line}; staff must run kiosk setup"
    if status.sign_in_ends is not None:
        return f"{line}; staff must run kiosk setup before {house.local(status.sign_in_ends):%Y-%m-%d %H:%M}"
    return line


def help_lines() -> list[str]:
    """The commands, the words that answers begin with, and those that they end with."""
    tables = (COMMANDS, ANSWERS, ENDINGS)
    return [f"help {word}: {meaning}" for table in tables for word, meaning in table.items()]
