"""The manner for people: numbered questions, and answers in whole sentences of their language."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.credentials import Code
from kiosk.desk.house import House
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent
from kiosk.desk.ports import LineStatus, Link
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.desk.walk_in import Draft
from kiosk.i18n.calendar import moment_words
from kiosk.i18n.form_words import forgotten_words
from kiosk.i18n.sentences import words_for
from kiosk.i18n.speech import Speech
from kiosk.line.commands import Choice, initial_in
from kiosk.line.conversation import Conversation
from kiosk.line.languages import command_in
from kiosk.line.phrases import numbered, sentence, unmarked
from kiosk.line.questions import Questions
from kiosk.line.script import leaver_words
from kiosk.line.session import Session

_LEAVE, _STAY = "1", "2"
_AGREE, _DECLINE = "1", "2"
_REGISTERED = (OutcomeKind.WELCOME, OutcomeKind.WAITING, OutcomeKind.GREETED)


class Dialogue:
    """Serves a person, and asks where the desk needs to know more. A code lives until its answer, and no longer."""

    def __init__(self, desk: VisitorDesk, session: Session, conversation: Conversation, speech: Speech) -> None:
        self._desk = desk
        self._session = session
        self._conversation = conversation
        self._speech = speech
        self._questions = Questions(desk, conversation, speech)

    async def attend(self, code: Code | None) -> None:
        """Show a code, ask what the desk asks, and say what came of it."""
        outcome = await self._session.present(code)
        if code is not None and outcome.kind is OutcomeKind.ASK_INITIAL:
            initial = await self._ask_initial()
            if initial is None:
                return
            code = code.with_initial(initial)
            outcome = await self._session.present(code)
        if code is not None and outcome.kind is OutcomeKind.ALREADY_IN:
            if not await self._ask_whether_leaving(outcome):
                return
            outcome = await self._session.present(code.leaving())
        if code is not None and outcome.kind is OutcomeKind.ASK_TERMS:
            if not await self._ask_for_consent():
                return
            outcome = await self._session.present(code.agreeing())
        await self._tell(outcome)

    async def fill_in(self) -> None:
        """Register a visitor, question by question."""
        draft: Draft | None = Draft()
        while draft is not None:
            filled = await self._questions.fill_in(draft)
            if filled is None:
                return
            form, draft = filled
            outcome = await self._session.register(form, Consent.PENDING)
            if outcome.kind is OutcomeKind.ASK_TERMS:
                if not await self._ask_for_consent():
                    return
                outcome = await self._session.register(form, Consent.GIVEN)
            await self._tell(outcome)
            if outcome.kind is OutcomeKind.WAITING:
                await self._wait_for_host()
            if outcome.kind not in _REGISTERED or not await self._questions.ask_another():
                return

    async def leave(self, name: str) -> None:
        """Check out the visitor who is meant, and ask where several can be."""
        found = await self._desk.present_visitors(name)
        if not found:
            await self._conversation.reject(leaver_words(found, self._speech))
            return
        choices = numbered({str(number): one.shown for number, one in enumerate(found, 1)})
        question = f"{choices} {self._speech.say('Type a number, or 0 to go back.')}"
        while (typed := await self._conversation.ask_further(question)) is not None:
            if typed in map(str, range(1, len(found) + 1)):
                await self._tell(await self._session.leave(found[int(typed) - 1].person))
                return
            await self._conversation.reject(self._speech.say("Please type one of the numbers."))

    async def tell_forgotten(self) -> None:
        """Say what to do without a PIN or code."""
        await self._conversation.say(forgotten_words(self._desk.house(), self._speech))

    async def _wait_for_host(self) -> None:
        """Ask how the visit stands, as often as the visitor wants to."""
        say = self._speech.say
        question = say("Type 1 to hear whether your host has answered, or 0 to go back.")
        while await self._conversation.ask_further(question) is not None:
            outcome = await self._session.visit_now()
            if outcome is None:
                return
            await self._tell(outcome)
            if outcome.kind is not OutcomeKind.WAITING:
                return

    async def undo(self) -> None:
        """Take back the last event."""
        await self._tell(await self._session.undo())

    async def tell_status(self) -> None:
        """Say how things stand."""
        await self._conversation.say(spoken_status(self._desk.status(), self._desk.house(), self._speech))

    async def _tell(self, outcome: Outcome) -> None:
        await self._conversation.say(spoken(outcome, self._desk.house(), self._speech))

    async def _ask_for_consent(self) -> bool:
        """Read out the terms and ask."""
        say = self._speech.say
        for line in map(unmarked, self._desk.house().texts.terms.splitlines()):
            if line:
                await self._conversation.say(line)
        choices = numbered({_AGREE: say("I agree to these terms"), _DECLINE: say("I do not agree")})
        question = f"{choices} {say('Type a number, or 0 to go back.')}"
        while (typed := await self._conversation.ask_further(question)) is not None:
            if typed == _AGREE:
                return True
            if typed == _DECLINE:
                break
            await self._conversation.reject(say("Please type 1 or 2."))
        await self._conversation.say(say("Then please see reception. Nothing was recorded."))
        return False

    async def _ask_initial(self) -> str | None:
        """The letter; None if they went back."""
        question = self._speech.say(
            "One more letter. Type the first letter of your surname, # if it is not from A to Z, or 0 to go back."
        )
        while (typed := await self._conversation.ask_further(question)) is not None:
            initial = initial_in(typed)
            if initial is not None:
                return initial
            await self._conversation.reject(self._speech.say("That is not a letter."))
        return None

    async def _ask_whether_leaving(self, outcome: Outcome) -> bool:
        say = self._speech.say
        detail = words_for(outcome, self._desk.house(), self._speech).detail
        choices = numbered({_LEAVE: say("I am leaving"), _STAY: say("I stay")})
        question = f"{detail} {choices} {say('Type a number, or 0 to go back.')}"
        while (typed := await self._conversation.ask_further(question)) is not None:
            if typed == _LEAVE:
                return True
            if typed == _STAY:
                await self._conversation.say(say("You stay checked in."))
                return False
            await self._conversation.reject(say("Please type 1 or 2."))
        return False


def menu(house: House, speech: Speech, languages: Sequence[Speech] = ()) -> tuple[str, str]:
    """The main prompt: the location and the numbers, then what can be typed."""
    say = speech.say
    choices: dict[Choice, str] = {
        Choice.MEMBER: house.texts.member or say("I am a member"),
        Choice.VISITOR: house.texts.visitor or say("I am a visitor"),
        Choice.LEAVING: say("I am leaving"),
        Choice.UNDO: say("Take back the last step"),
        Choice.STATUS: say("How things stand"),
        Choice.END: say("End"),
        Choice.REGISTER: say("I have no invitation"),
        Choice.LEAVING_BY_NAME: say("I am leaving, a visitor without a code"),
        Choice.FORGOTTEN: say("I have forgotten my PIN"),
    }
    if len(languages) > 1:
        choices[Choice.LANGUAGE] = say("Another language")
    help_word = command_in(speech, "help")
    typable = say("Type a number, your code, or a command; {help} lists the commands.", help=help_word)
    return f"{sentence(house.name)} {numbered(choices)}".lstrip(), typable


def code_question(choice: Choice, speech: Speech) -> str:
    """What is asked after such a choice."""
    if choice is Choice.VISITOR:
        return speech.say("Your code, as it stands in your invitation, or 0 to go back:")
    return speech.say("Your code, or 0 to go back:")


def spoken(outcome: Outcome, house: House, speech: Speech) -> str:
    """An outcome in whole sentences: title and name, what happened or what to do, and what Nexudus says."""
    words = words_for(outcome, house, speech)
    title = f"{words.title.rstrip('.!?')}, {words.name}" if words.name else words.title
    return " ".join(part for part in (sentence(title), sentence(words.detail), words.help, words.standing) if part)


def spoken_status(status: LineStatus, house: House, speech: Speech) -> str:
    """How things stand, in whole sentences."""
    say = speech.say
    match status.link:
        case Link.UNTRIED:
            said = [say("Connecting.")]
        case Link.ONLINE:
            said = [say("Online.")]
        case Link.OFFLINE:
            said = [say("Offline.")]
        case Link.SIGN_IN:
            said = [say("Nexudus wants a new sign-in: staff must run {command}.", command="kiosk setup")]
    if status.sign_in_ends is not None:
        day = moment_words(status.sign_in_ends, house, speech)
        said.append(say("The sign-in ends on {day}: staff must run {command} before.", day=day, command="kiosk setup"))
    said.append(
        speech.count("{number} event waits for Nexudus.", "{number} events wait for Nexudus.", status.waiting)
        if status.waiting
        else say("Nothing waits for Nexudus.")
    )
    if status.refused:
        said.append(
            speech.count(
                "Nexudus refused {number}: staff must look at it.",
                "Nexudus refused {number}: staff must look at them.",
                status.refused,
            )
        )
    if status.directory_as_of:
        time = moment_words(status.directory_as_of, house, speech)
        said.append(say("Members and visitors are as of {time}.", time=time))
    return " ".join(said)
