"""Nexudus records, parsed and cleaned for reading.

Field names are Nexudus's own in Python spelling: `full_name` is `FullName`. What the kiosk has no use for is left
out; a record that is written back goes through `kiosk.nexudus.records`, which keeps all of it.

A record shows in a log or a traceback as its ids only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic.alias_generators import to_pascal

from kiosk.nexudus.custom_fields import CustomFields
from kiosk.nexudus.fields import (
    CheckinSource,
    CoworkerType,
    HostApprovalStatus,
    Paragraphs,
    UtcTime,
    VisitorSource,
)
from kiosk.text import Name, Sentence

M = TypeVar("M", bound=BaseModel)


class NexudusModel(BaseModel):
    """What all models share: PascalCase on the wire, unknown properties ignored, null the same as absent."""

    model_config = ConfigDict(
        alias_generator=to_pascal,
        populate_by_name=True,
        extra="ignore",
        frozen=True,
        coerce_numbers_to_str=True,  # a PIN without a leading zero was seen as a number
        hide_input_in_errors=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: object) -> object:
        return {name: value for name, value in data.items() if value is not None} if isinstance(data, dict) else data

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        return [
            (name, value) for name, value in super().__repr_args__() if name in ("id", "business_id", "coworker_id")
        ]


class ListPage(NexudusModel):
    """One page of a list (contract 2). `records` are rows as they came, not yet parsed."""

    records: list[object] = Field(default_factory=list)
    current_page: int = 1
    total_items: int | None = None
    has_next_page: bool


def _text(value: object) -> object:
    """Take a text; what the documentation shows as an empty object says nothing."""
    return value if isinstance(value, str) else ""


class MutationResult(NexudusModel):
    """The answer to a write (contract 2). A status of 200 around it does not say that it succeeded; `was_successful`
    does.
    """

    was_successful: bool
    message: Annotated[Sentence, BeforeValidator(_text)] = ""
    value: object = None
    errors: object = None

    @property
    def new_id(self) -> int | None:
        """The id of the record, where the answer names it. Some accounts get the whole record there, which has one
        too.
        """
        found = self.value.get("Id") if isinstance(self.value, dict) else None
        return found if isinstance(found, int) and not isinstance(found, bool) else None


def _ids(value: object) -> object:
    """Take ids, or records that hold them."""
    if not isinstance(value, list):
        return []
    found = (entry.get("Id") if isinstance(entry, dict) else entry for entry in value)
    return [entry for entry in found if isinstance(entry, int)]


class Me(NexudusModel):
    """The signed-in account (contract 6)."""

    id: int
    full_name: Name = ""
    email: Sentence = ""
    default_business_id: int | None = None
    default_business_name: Name = ""
    default_simple_time_zone_name_iana: Name | None = None
    businesses: Annotated[tuple[int, ...], BeforeValidator(_ids)] = ()


class Business(NexudusModel):
    """A location (contract 3.4). Its portal is `https://{web_address}.spaces.nexudus.com`."""

    id: int
    name: Name = ""
    web_address: Name = ""
    simple_time_zone_id: int | None = None
    default_language: Name | None = None
    root_location_id: int | None = None


class BusinessSetting(NexudusModel):
    """One setting of a location (contract 3.5); booleans are the texts "True" and "False"."""

    business_id: int
    name: Name
    value: Paragraphs = ""


class Coworker(NexudusModel):
    """A member or company (contract 3.3).

    `access_pincode` and the card numbers open doors elsewhere: they are kept as keyed hashes only, and never logged.
    """

    id: int
    unique_id: Name | None = None
    coworker_type: CoworkerType = CoworkerType.UNKNOWN
    full_name: Name = ""
    email: Sentence = ""
    company_name: Name | None = None
    billing_name: Name | None = None
    team_names: Sentence | None = None
    active: bool = True
    archived: bool = False
    access_pincode: SecretStr | None = Field(default=None, repr=False)
    access_card_id: SecretStr | None = Field(default=None, repr=False)
    key_fob_number: SecretStr | None = Field(default=None, repr=False)
    custom_fields: Annotated[CustomFields, Field(repr=False)] = Field(default_factory=dict)
    invoicing_business_id: int | None = None
    updated_on: UtcTime | None = None


class Visitor(NexudusModel):
    """A visit of one person (contract 3.2). `coworker_id` is the host; `visitor_code` is what the invitation
    carries.
    """

    id: int
    unique_id: Name | None = None
    business_id: int
    full_name: Name = ""
    email: Sentence = ""
    company_name: Name | None = None
    phone_number: Name | None = None
    coworker_id: int | None = None
    coworker_full_name: Name | None = None
    coworker_company_name: Name | None = None
    coworker_billing_name: Name | None = None
    visitor_source: VisitorSource = VisitorSource.UNKNOWN
    host_approval_status: HostApprovalStatus = HostApprovalStatus.UNKNOWN
    visitor_code: SecretStr | None = Field(default=None, repr=False)
    visit_reason: Sentence | None = None
    notes: Sentence | None = None
    checked_in_at: Name | None = None
    expected_arrival: UtcTime | None = None
    arrived: bool = False
    arrival_date: UtcTime | None = None
    departure_date: UtcTime | None = None
    notified: bool = False
    internal: bool = False
    is_tour: bool = False
    has_agreed_terms: bool = False
    system_id: Sentence | None = None
    updated_on: UtcTime | None = None


class Checkin(NexudusModel):
    """A stay of one coworker (contract 3.1). (business_id, coworker_id, from_time) is its natural key."""

    id: int
    unique_id: Name | None = None
    business_id: int
    business_name: Name | None = None
    coworker_id: int | None = None
    coworker_full_name: Name | None = None
    source: CheckinSource = CheckinSource.NONE
    from_time: UtcTime
    to_time: UtcTime | None = None
    auto_checkout: bool = False
    coworker_time_pass_guid: Name | None = None
    system_id: Sentence | None = None
    updated_on: UtcTime | None = None

    @property
    def open(self) -> bool:
        """Whether the person is still in."""
        return self.to_time is None


class FailedCheckin(NexudusModel):
    """A check-in that Nexudus refused; `description` says why (contract 3.9)."""

    id: int
    business_id: int | None = None
    coworker_id: int | None = None
    checkin_attempt_time: UtcTime
    description: Sentence = ""


class AccessToken(NexudusModel):
    """A code for the Wi-Fi, not for this API (contract 3.7). `visitor_guid` is the `unique_id` of the visitor it is
    for.
    """

    id: int
    business_id: int | None = None
    access_code: SecretStr | None = Field(default=None, repr=False)
    valid_from: UtcTime | None = None
    valid_to: UtcTime | None = None
    visitor_guid: Name | None = None


class BookingVisitor(NexudusModel):
    """That a visitor comes for a booking (contract 3.2). The visitor has a record, a code and a day like any other."""

    id: int
    booking_id: int
    visitor_id: int
    visitor_full_name: Name | None = None
    visitor_email: Sentence | None = None
    visitor_phone_number: Name | None = None
    visitor_company_name: Name | None = None


class Command(NexudusModel):
    """Something that can be done with a record by its key (contract 2). Which there are differs by account."""

    key: Name
    name: Sentence = ""
    applies_only_to_two_entities: bool = False
    requires_parameters: list[object] = Field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether it can be run on one record with nothing else said."""
        return not self.requires_parameters and not self.applies_only_to_two_entities


def parse_records(model: type[M], rows: Iterable[object]) -> tuple[list[M], int]:
    """Parse each of `rows`; one that is malformed does not lose the others.

    Returns:
        The good ones in their order, and how many were not.
    """
    good: list[M] = []
    bad = 0
    for row in rows:
        try:
            good.append(model.model_validate(row))
        except ValidationError:
            bad += 1
    return good, bad
