"""The form of a visit, question by question. What was typed stays; only what cannot be taken is asked again."""

from __future__ import annotations

from kiosk.desk.acquaintance import Acquaintance, Known
from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import HostHint, HostPage
from kiosk.desk.visit_form import Check, FieldName, Question
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.desk.walk_in import Draft, WalkIn
from kiosk.i18n.form_words import fault_words, host_words, label_words, nobody_words
from kiosk.i18n.speech import Speech
from kiosk.line.conversation import Conversation
from kiosk.line.phrases import numbered, sentence

_YES, _NO = "1", "2"
_LEFT_OUT = "-"
_NEXT = "+"


class WentBack(Exception):
    """The visitor has gone back; nothing was registered.

    WentBack             no error, and nobody is told anything
    """


class Questions:
    """Asks the form of a visit."""

    def __init__(self, desk: VisitorDesk, conversation: Conversation, speech: Speech) -> None:
        self._desk = desk
        self._conversation = conversation
        self._speech = speech

    async def fill_in(self, draft: Draft) -> tuple[WalkIn, Draft] | None:
        """Ask all that has no answer yet; the form, and the draft for the next of a group. None if they went back."""
        house = self._desk.house()
        try:
            for question in house.questions:
                if draft.has(question.name) and draft.fault(question, house.country) is None:
                    continue
                draft = await self._ask(question, draft)
                if question.name is FieldName.EMAIL:
                    acquaintance = await self._recognise(draft)
                    if acquaintance.form is not None and acquaintance.known is Known.INVITED:
                        return acquaintance.form, draft.for_another()
                    if acquaintance.form is not None:
                        draft = Draft.of(acquaintance.form).visiting(draft.host)
        except WentBack:
            return None
        return draft.finished(house.questions, house.country), draft.for_another()

    async def ask_another(self) -> bool:
        """Whether another of the same group registers."""
        say = self._speech.say
        choices = {_YES: say("Register another for the same host and company"), _NO: say("Done")}
        return await self._choose(choices) == _YES

    async def _ask(self, question: Question, draft: Draft) -> Draft:
        match question.field.check:
            case Check.HOST:
                return await self._ask_host(question, draft)
            case Check.TICK:
                say = self._speech.say
                said = await self._choose({_YES: say("Yes"), _NO: say("No")}, label_words(question, self._speech))
                if said is None:
                    raise WentBack
                return draft.answered(question.name, "yes" if said == _YES else "")
        country = self._desk.house().country
        while True:
            typed = await self._further(self._prompt(question))
            draft = draft.answered(question.name, "" if typed == _LEFT_OUT and not question.required else typed)
            fault = draft.fault(question, country)
            if fault is None:
                return draft
            await self._conversation.reject(fault_words(fault, question.field.check, self._speech))

    async def _ask_host(self, question: Question, draft: Draft) -> Draft:
        """Search, and choose by number. Who needs nobody may leave it to reception."""
        say, page, typed = self._speech.say, HostPage(), ""
        asked = self._host_prompt(question)
        while True:
            answer = await self._further(asked)
            if answer == _LEFT_OUT:
                if not question.required:
                    return draft.visiting(None)
                await self._conversation.reject(fault_words(FormFault.MISSING, Check.HOST, self._speech))
                continue
            if answer in map(str, range(1, len(page.hosts) + 1)):
                return draft.visiting(page.hosts[int(answer) - 1])
            if answer == _NEXT and page.page + 1 < page.pages:
                page = await self._desk.hosts(typed, page.page + 1)
            else:
                typed, page = answer, await self._desk.hosts(answer)
                if page.meant is not None:
                    return draft.visiting(page.meant)
            if not page.hosts:
                await self._conversation.reject(host_words(page, self._speech))
                asked = self._host_prompt(question)
                continue
            asked = numbered({str(number): str(host) for number, host in enumerate(page.hosts, 1)})
            if page.page + 1 < page.pages:
                asked += f" {_NEXT} {sentence(say('More'))}"
            asked += f" {say('Type a number, more of the name, or 0 to go back.')}"
            if page.hint is HostHint.TYPE_ON:
                asked = f"{say('There are more than can be shown.')} {asked}"

    async def _recognise(self, draft: Draft) -> Acquaintance:
        """What is known by the address, once the visitor has confirmed it; a stranger where they have not."""
        say, stranger = self._speech.say, Acquaintance(Known.STRANGER)
        email = draft.address
        known = await self._desk.recall(email)
        if known.known is Known.STRANGER:
            return stranger
        greeting = say("You are expected today:") if known.known is Known.INVITED else say("You have been here before:")
        shown = sentence(", ".join(known.shown.values()))
        said = await self._choose({_YES: say("That is me"), _NO: say("That is not me")}, f"{greeting} {shown}")
        if said is None:
            raise WentBack
        return known if said == _YES else stranger

    async def _further(self, asked: str) -> str:
        """An answer. Raises WentBack."""
        typed = await self._conversation.ask_further(asked)
        if typed is None:
            raise WentBack
        return typed

    async def _choose(self, choices: dict[str, str], before: str = "") -> str | None:
        """One of the numbers; None if they went back."""
        say = self._speech.say
        question = " ".join(
            part for part in (before, numbered(choices), say("Type a number, or 0 to go back.")) if part
        )
        while (typed := await self._conversation.ask_further(question)) is not None:
            if typed in choices:
                return typed
            await self._conversation.reject(say("Please type one of the numbers."))
        return None

    def _prompt(self, question: Question) -> str:
        label = label_words(question, self._speech)
        if question.required:
            return self._speech.say("{question}, or 0 to go back:", question=label)
        return self._speech.say("{question}, - to leave it out, or 0 to go back:", question=label)

    def _host_prompt(self, question: Question) -> str:
        say, label = self._speech.say, label_words(question, self._speech)
        if question.required:
            return f"{label} {say('Type part of the name or company, or 0 to go back:')}"
        left_out = say(
            "Type part of the name or company, - for {nobody}, or 0 to go back:", nobody=nobody_words(self._speech)
        )
        return f"{label} {left_out}"
