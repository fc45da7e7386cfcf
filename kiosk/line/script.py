"""The manner for scripts: one line for each command, with words that do not change."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.credentials import Code, Wish
from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import HostPage
from kiosk.desk.house import House
from kiosk.desk.leavers import Leaver
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent
from kiosk.desk.ports import LineStatus, Link
from kiosk.desk.visit_form import FIELDS, Check, FieldName
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.desk.walk_in import Draft, FormIncomplete, read_walk_in
from kiosk.i18n.form_words import fault_words, forgotten_words, host_words, label_words
from kiosk.i18n.sentences import words_for
from kiosk.i18n.speech import Speech
from kiosk.line.commands import Command, Form, Group, Visit
from kiosk.line.conversation import Conversation
from kiosk.line.fields import NoField, faults_of, read_fields, with_host
from kiosk.line.languages import command_in
from kiosk.line.phrases import sentence
from kiosk.line.session import Session
from kiosk.line.vocabulary import ANSWERS, COMMANDS, ENDINGS, Verb, first_word, last_word


class Script:
    """Answers commands. Nothing is asked: a line that needs more says which command gives it."""

    def __init__(self, desk: VisitorDesk, session: Session, conversation: Conversation, speech: Speech) -> None:
        self._desk = desk
        self._session = session
        self._conversation = conversation
        self._speech = speech

    async def obey(self, command: Command) -> None:
        """Carry out a command. `quit` and `language` are the desk's own affair, and `visit` comes as a `Visit`."""
        match command.verb:
            case Verb.PIN | Verb.CODE | Verb.OUT | Verb.AGREE:
                await self.attend(command.code)
            case Verb.TERMS:
                for line in self._desk.house().texts.terms.splitlines() or [self._speech.say("there are none")]:
                    await self._conversation.say(f"{Verb.TERMS} {line}".rstrip())
            case Verb.FIELDS:
                for question in self._desk.house().questions:
                    needed = "required" if question.required else "optional"
                    await self._conversation.say(
                        f"field {question.name} {needed} {label_words(question, self._speech)}"
                    )
            case Verb.HOST:
                await self._tell_visit()
            case Verb.FORGOTTEN:
                await self.tell_forgotten()
            case Verb.UNDO:
                await self.undo()
            case Verb.STATUS:
                await self.tell_status()
            case Verb.HELP:
                for line in help_lines(self._speech):
                    await self._conversation.say(line)
            case Verb.QUIT | Verb.LANGUAGE | Verb.VISIT | Verb.REGISTER | Verb.ANOTHER | Verb.LEAVE:
                pass

    async def attend(self, code: Code | None) -> None:
        """Show a code and say what came of it."""
        await self._answer(await self._session.present(code), code.wish if code else Wish.UNSAID)

    async def register(self, visit: Visit) -> None:
        """Register a visitor and say what came of it."""
        found = await self._desk.hosts(visit.host) if visit.host else HostPage()
        if visit.host and found.meant is None:
            return await self._conversation.reject(host_words(found, self._speech))
        try:
            form = read_walk_in(visit.name, visit.email, found.meant)
        except FormIncomplete as error:
            for name, fault in error.faults.items():
                await self._reject_answer(name, fault)
            return None
        draft = Draft.of(form).visiting(found.meant)
        return await self._take(draft, visit.consent, f"{Verb.VISIT} NAME EMAIL HOST")

    async def register_form(self, form: Form) -> None:
        """Register a visitor with a form in one line; each field that cannot be taken is named in a line of its own."""
        begun = self._session.group if form.group is Group.NEXT else Draft()
        try:
            draft, host = read_fields(form.text, begun)
        except NoField as error:
            said = self._speech.say(
                "Part {number} names no field; {fields} lists them.",
                number=error,
                fields=command_in(self._speech, "fields"),
            )
            return await self._conversation.reject(said)
        draft, unclear = await with_host(draft, host, self._desk)
        return await self._take(draft, form.consent, f"{Verb.REGISTER} FIELD=VALUE; ...", unclear)

    async def _take(self, draft: Draft, consent: Consent, given: str, unclear: HostPage | None = None) -> None:
        """Register with a draft, or say what is wrong with it. `unclear`: the page that leaves the host open."""
        questions, country = self._desk.house().questions, self._desk.house().country
        faults = faults_of(draft, questions, country)
        for question, fault in faults.items():
            if unclear is None or question.field.check is not Check.HOST:
                await self._reject_answer(question.name, fault)
        if unclear is not None:
            return await self._conversation.reject(f"{FieldName.HOST}: {host_words(unclear, self._speech)}")
        if faults:
            return None
        outcome = await self._session.register(draft.finished(questions, country), consent)
        self._session.group = draft.for_another()
        return await self._answer(outcome, Wish.UNSAID, given)

    async def leave(self, name: str) -> None:
        """Check out the visitor who is meant, if one is."""
        found = await self._desk.present_visitors(name)
        if len(found) != 1:
            return await self._conversation.reject(leaver_words(found, self._speech))
        return await self._answer(await self._session.leave(found[0].person), Wish.UNSAID)

    async def tell_forgotten(self) -> None:
        """Say what to do without a PIN or code."""
        said = forgotten_words(self._desk.house(), self._speech)
        await self._conversation.say(f"{Verb.FORGOTTEN} {said}")

    async def fill_in(self) -> None:
        """Nothing is asked of a script."""
        await self._conversation.reject(usage_words(self._speech))

    async def undo(self) -> None:
        """Take back the last event."""
        await self._answer(await self._session.undo(), Wish.UNSAID)

    async def tell_status(self) -> None:
        """Say how things stand."""
        await self._conversation.say(status_line(self._desk.status(), self._desk.house()))

    async def _reject_answer(self, name: FieldName, fault: FormFault) -> None:
        check = next(field.check for field in FIELDS if field.name is name)
        await self._conversation.reject(f"{name}: {fault_words(fault, check, self._speech)}")

    async def _tell_visit(self) -> None:
        outcome = await self._session.visit_now()
        if outcome is None:
            return await self._conversation.reject(self._speech.say("Nobody waits for a host."))
        return await self._answer(outcome, Wish.UNSAID)

    async def _answer(self, outcome: Outcome, wish: Wish, given: str = "CODE") -> None:
        await self._conversation.say(answer_line(outcome, wish, self._desk.house(), self._speech, given))


def answer_line(outcome: Outcome, wish: Wish, house: House, speech: Speech, given: str = "CODE") -> str:
    """An outcome as `WORD [NAME:] SENTENCES [ENDING]`: the words of `ANSWERS` and `ENDINGS`, and between them the
    person's language. `given` is what to type again after the word that agrees to the terms."""
    words = words_for(outcome, house, speech)
    name = f"{words.name}:" if words.name else ""
    said = _sentences(outcome, wish, words.title, words.detail, speech, given)
    parts = (first_word(outcome.kind), name, said, words.help, words.standing, last_word(outcome.word.standing))
    return " ".join(part for part in parts if part)


def _sentences(outcome: Outcome, wish: Wish, title: str, detail: str, speech: Speech, given: str) -> str:
    """What happened, and what to type or to do next."""
    match outcome.kind:
        case OutcomeKind.ALREADY_IN:
            return f"{detail} {speech.say('To leave, type: {command}', command=command_in(speech, f'{Verb.OUT} CODE'))}"
        case OutcomeKind.ASK_INITIAL:
            command = f"{Verb.OUT if wish is Wish.LEAVE else Verb.PIN} CODE LETTER"
            return speech.say(
                "Type the first letter of your surname after the code: {command}", command=command_in(speech, command)
            )
        case OutcomeKind.ASK_TERMS:
            return speech.say(
                "The terms come first; {terms} lists them. To agree, type: {command}",
                terms=command_in(speech, Verb.TERMS),
                command=command_in(speech, f"{Verb.AGREE} {given}"),
            )
        case OutcomeKind.REFUSED | OutcomeKind.FAILED:
            return f"{title}. {detail}"
        case _:
            return sentence(detail)


def leaver_words(found: Sequence[Leaver], speech: Speech) -> str:
    """That nobody who is in is meant by what was typed, or several; by first name and initial alone."""
    if not found:
        return speech.say("No visitor of that name is in. Type three letters of the name or more.")
    names = "; ".join(one.shown for one in found)
    return speech.say("Several can be meant: {names} Type more of the name.", names=names)


def usage_words(speech: Speech) -> str:
    """How a visitor is registered in one line."""
    return speech.say("To register, type: {command}", command=command_in(speech, f"{Verb.VISIT} NAME EMAIL HOST"))


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


def help_lines(speech: Speech) -> list[str]:
    """The commands as they are typed in this language, the words that answers begin with, and those that they end
    with."""
    commands = {command_in(speech, command): meaning for command, meaning in COMMANDS.items()}
    tables = (commands, ANSWERS, ENDINGS)
    return [f"help {word}: {speech.say(meaning)}" for table in tables for word, meaning in table.items()]
