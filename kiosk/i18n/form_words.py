"""The form of a visit in words: what is asked, and what is wrong with an answer."""

from __future__ import annotations

from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import HostHint, HostPage, names_of
from kiosk.desk.house import House
from kiosk.desk.visit_form import Check, Question
from kiosk.i18n.speech import Speech


def label_words(question: Question, speech: Speech) -> str:
    """The question."""
    return speech.say(question.field.label)


def fault_words(fault: FormFault, check: Check, speech: Speech) -> str:
    """What is wrong with an answer, and what will do; one sentence to stand beside it."""
    say = speech.say
    match fault:
        case FormFault.MISSING:
            return say("Please choose whom you visit.") if check is Check.HOST else say("Please fill this in.")
        case FormFault.NAME_SHORT:
            return say("Please enter at least 2 letters.")
        case FormFault.NAME_SIGNS:
            return say("Numbers and special characters are not allowed.")
        case FormFault.EMAIL_WRONG:
            return say("Please enter a valid e-mail address.")
        case FormFault.PHONE_WRONG:
            return say("Please check the number; from abroad it begins with +.")
        case FormFault.TOO_LONG:
            return say("That is too long. Please shorten it.")
        case FormFault.HOST_UNKNOWN:
            return say("Nobody here has that name. Try another part of it.")


def host_words(page: HostPage, speech: Speech) -> str:
    """Who is meant by what was typed, and what to type where that is not clear."""
    if page.hosts:
        return speech.say("Several can be meant: {hosts}. Type more of the name.", hosts=names_of(page.hosts))
    if page.hint is HostHint.TYPE_ON:
        return speech.say("Please type more of the name.")
    return speech.say("Nobody here has that name. Try another part of it.")


def nobody_words(speech: Speech) -> str:
    """The choice of whoever does not know whom they visit."""
    return speech.say("I don't know")


def forgotten_words(house: House, speech: Speech) -> str:
    """What whoever has forgotten their PIN, or has no code at hand, can do."""
    said = speech.say("Reception can send you your PIN again; a visitor's code is in the invitation.")
    return f"{said} {house.reception}".rstrip()
