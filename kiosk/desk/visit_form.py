"""The form of a visit, declared once: what is asked, how it is checked, and where it goes in Nexudus.

The touch screen and the plain-text desk both show it from this declaration; which questions there are and which must be
answered is what the location has set in Nexudus.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.text import to_be_said


class Asking(StrEnum):
    """Whether something is asked."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"


class FieldName(StrEnum):
    """A question of the form. The values are stable words: scripts name fields by them."""

    EMAIL = "email"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    COMPANY = "company"
    PHONE = "phone"
    HOST = "host"
    REASON = "reason"
    NEWSLETTER = "newsletter"


class Check(StrEnum):
    """How an answer is checked; `kiosk.desk.form_checks` does it."""

    EMAIL = "email"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    WHOLE_NAME = "whole-name"
    """First and last name in one."""
    PHONE = "phone"
    TEXT = "text"
    """A name of anything."""
    SENTENCE = "sentence"
    HOST = "host"
    """Chosen from a search, not typed to the end."""
    TICK = "tick"
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question as it is declared.

    Attributes:
        name: Which.
        label: The question in English, which is its key in the catalogues.
        check: How an answer is checked.
        property: Where it goes in Nexudus: a property of the visitor record (contract 3.2).
    """

    name: FieldName
    label: str
    check: Check
    property: str


FIELDS = (
    Field(FieldName.EMAIL, to_be_said("Your e-mail address"), Check.EMAIL, "Email"),
    Field(FieldName.FIRST_NAME, to_be_said("Your first name"), Check.FIRST_NAME, "FullName"),
    Field(FieldName.LAST_NAME, to_be_said("Your last name"), Check.LAST_NAME, "FullName"),
    Field(FieldName.COMPANY, to_be_said("Your company"), Check.TEXT, "CompanyName"),
    Field(FieldName.PHONE, to_be_said("Your phone number"), Check.PHONE, "PhoneNumber"),
    Field(FieldName.HOST, to_be_said("Who are you visiting?"), Check.HOST, "CoworkerId"),
    Field(FieldName.REASON, to_be_said("The reason for your visit"), Check.SENTENCE, "VisitReason"),
    Field(FieldName.NEWSLETTER, to_be_said("Would you like to receive news by e-mail?"), Check.TICK, "Notes"),
)
"""All questions, in the order in which they are asked. The address comes first: by it whoever has been here before, or
is invited today, is spared the rest."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the location wants asked."""

    field: Field
    asking: Asking

    @property
    def name(self) -> FieldName:
        """Which."""
        return self.field.name

    @property
    def required(self) -> bool:
        """Whether it must be answered."""
        return self.asking is Asking.REQUIRED


@dataclass(frozen=True, slots=True)
class VisitForm:
    """The form of a visit. The name is always asked and required.

    Attributes:
        email: The visitor's e-mail address.
        host: The member or company that is visited.
        phone: A telephone number.
        company: The visitor's company.
        reason: The reason for the visit.
        newsletter: Whether the visitor may tick that news be sent; never required.
    """

    email: Asking = Asking.REQUIRED
    host: Asking = Asking.OPTIONAL
    phone: Asking = Asking.NO
    company: Asking = Asking.NO
    reason: Asking = Asking.NO
    newsletter: Asking = Asking.NO

    def questions(self, *, host_needed: bool = False) -> tuple[Question, ...]:
        """What is asked, in order. `host_needed`: somebody has to be named whatever the location has set, since the
        host has to approve."""
        asked = (Question(field, self._asking(field.name, host_needed)) for field in FIELDS)
        return tuple(question for question in asked if question.asking is not Asking.NO)

    def _asking(self, name: FieldName, host_needed: bool) -> Asking:
        match name:
            case FieldName.EMAIL:
                return self.email
            case FieldName.FIRST_NAME | FieldName.LAST_NAME:
                return Asking.REQUIRED
            case FieldName.COMPANY:
                return self.company
            case FieldName.PHONE:
                return self.phone
            case FieldName.HOST:
                return Asking.REQUIRED if host_needed else self.host
            case FieldName.REASON:
                return self.reason
            case FieldName.NEWSLETTER:
                return self.newsletter
