"""The bodies that the Nexudus API documentation and public clients show, each parsed or produced by this room.

The bodies are not part of the repository. Where the variable KIOSK_SAMPLES names their folder the tests run,
elsewhere they are skipped; a body that is not in the folder fails."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from kiosk.nexudus.answers import json_of, oauth_error, parse_answer
from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.errors import NoAnswer, Refused, Throttled
from kiosk.nexudus.fields import CheckinSource
from kiosk.nexudus.models import (
    BookingVisitor,
    BusinessSetting,
    Checkin,
    Command,
    ListPage,
    Me,
    MutationResult,
    NexudusModel,
    Visitor,
    parse_records,
)
from kiosk.nexudus.records import NewCheckin, NewVisitor, Record, checked_out
from kiosk.nexudus.session import Session
from kiosk.nexudus.times import format_utc, parse_utc
from kiosk.nexudus.tokens import TokenFile
from kiosk.nexudus.wire import Answer
from kiosk.sync.translate import texts_from
from tests.nexudus.office import RIGHT, START, Clock, Office, body_of, form_of

FOLDER = os.environ.get("KIOSK_SAMPLES", "")

pytestmark = pytest.mark.skipif(not FOLDER, reason="KIOSK_SAMPLES names no folder with sample bodies")

PLACEHOLDER = "<string>"
TIMES = {
    "FromTime",
    "ToTime",
    "ExpectedArrival",
    "ArrivalDate",
    "DepartureDate",
    "CreatedOn",
    "UpdatedOn",
    "LastActivity",
}


def sample(name: str) -> object:
    body: object = json.loads((Path(FOLDER) / f"{name}.json").read_text(encoding="utf-8"))
    return body


def sample_object(name: str) -> dict[str, object]:
    body = sample(name)
    assert isinstance(body, dict)
    return body


def filled(body: dict[str, object]) -> dict[str, object]:
    """Put a time where a schema only says that there is a text."""
    return {
        name: "2022-05-13T20:55:44.5515198Z" if value == PLACEHOLDER and name in TIMES else value
        for name, value in body.items()
    }


def as_answer(status: int, name: str) -> Answer:
    return Answer(status, httpx.Headers(), json.dumps(sample(name)).encode())


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("auth_me_shape", Me),
        ("businesssetting_record_shape", BusinessSetting),
        ("checkin_by_id_schema", Checkin),
        ("visitor_by_id_schema", Visitor),
        ("visitor_2020_example", Visitor),
        ("list_envelope_modern_schema", ListPage),
        ("list_envelope_2020_example", ListPage),
        ("list_envelope_portal_example", ListPage),
        ("mutation_create_200_2020", MutationResult),
        ("mutation_update_200_2020", MutationResult),
        ("mutation_delete_200_2020", MutationResult),
        ("mutation_envelope_schema", MutationResult),
        ("portal_action_confirmation_schema", MutationResult),
        ("visitor_create_200", MutationResult),
        ("checkin_rejected_no_pass", MutationResult),
        ("generic_action_error", MutationResult),
        ("runcommand_failure_200", MutationResult),
    ],
)
def test_a_sample_is_parsed_and_every_property_it_gives_is_kept(name: str, model: type[NexudusModel]) -> None:
    body = filled(sample_object(name))

    parsed = parse_answer(model, body)

    known = {field.alias for field in model.model_fields.values()}
    given = {name for name, value in body.items() if value is not None and name in known}
    assert given == {model.model_fields[field].alias for field in parsed.model_fields_set}
    assert len(given) >= 2


def test_the_listed_commands_are_read() -> None:
    rows = sample("commands_list_200")
    assert isinstance(rows, list)

    (command,), bad = parse_records(Command, rows)

    assert (command.key, command.name, command.plain, bad) == (
        "COMMAND_KEY_1",
        "Command English Description",
        True,
        0,
    )


def test_the_visitors_of_bookings_are_read() -> None:
    rows = sample("bookingvisitor_batch_example")
    assert isinstance(rows, list)

    assert parse_records(BookingVisitor, rows)[1] == 0


async def test_a_command_is_run_with_the_keys_seen_in_the_field(client: NexudusClient, office: Office) -> None:
    office.answers["/x/runcommand"] = lambda _request: httpx.Response(200, json=sample("visitor_create_200"))

    await client.run_command("/x", "CANCEL_BOOKING", 987654321, right=RIGHT)

    sent, seen = body_of(office.asked[0]), sample_object("runcommand_request")
    assert sent == seen | {"Parameters": []}


def test_the_row_of_a_batch_is_read_with_an_id() -> None:
    rows: list[object] = [sample_object("visitor_batch_item_truncated") | {"Id": 1}]

    assert parse_records(Visitor, rows)[1] == 0


@pytest.mark.parametrize(
    ("name", "new_id"),
    [
        ("visitor_create_200", 87654321),
        ("mutation_create_200_2020", 12354678),
        ("mutation_update_200_2020", 123456),
        ("mutation_delete_200_2020", None),
    ],
)
async def test_a_write_that_succeeded_gives_its_id(
    client: NexudusClient, office: Office, name: str, new_id: int | None
) -> None:
    office.answers["/x"] = lambda _request: httpx.Response(200, json=sample(name))

    if new_id is None:
        await client.update("/x", {}, right=RIGHT)
    else:
        assert await client.create("/x", {}, right=RIGHT) == new_id


@pytest.mark.parametrize("name", ["checkin_rejected_no_pass", "generic_action_error", "runcommand_failure_200"])
@pytest.mark.parametrize("status", [200, 400])
async def test_a_refusal_is_one_whatever_status_carries_it(
    client: NexudusClient, office: Office, name: str, status: int
) -> None:
    office.answers["/x"] = lambda _request: httpx.Response(status, json=sample(name))

    with pytest.raises(Refused) as refused:
        await client.create("/x", {}, right=RIGHT)

    assert refused.value.message
    assert refused.value.unexplained is (name == "generic_action_error")


def test_a_validation_error_names_its_properties() -> None:
    with pytest.raises(Refused) as refused:
        json_of(as_answer(400, "validation_error_400"))

    assert refused.value.message == "Email: may not be null or empty"
    assert refused.value.field_errors == {
        "FullName": "may not be null or empty",
        "Email": "may not be null or empty",
        "Country": "may not be null",
        "SimpleTimeZone": "may not be null",
    }


def test_a_server_error_leaves_the_doubt() -> None:
    for name in ("server_error_500", "generic_action_error"):
        with pytest.raises(NoAnswer):
            json_of(as_answer(500, name))


def test_both_forms_of_throttling_name_their_wait() -> None:
    old, new = sample_object("throttled_409"), sample_object("throttled_429")
    headers, phrase = old["_headers"], new["_body_contains"]
    assert isinstance(headers, dict)
    assert isinstance(phrase, str)

    with pytest.raises(Throttled) as conflict:
        json_of(Answer(409, httpx.Headers(headers), b""))
    with pytest.raises(Throttled) as too_many:
        json_of(Answer(429, httpx.Headers(), f'"{phrase}"'.encode()))

    assert (conflict.value.wait_seconds, too_many.value.wait_seconds) == (1.0, 0.8)


def test_the_body_of_a_refused_grant_is_told_from_any_other() -> None:
    assert oauth_error(as_answer(400, "token_error_invalid_grant")) == "The user name or password is incorrect."
    assert oauth_error(as_answer(400, "validation_error_400")) is None


@pytest.mark.parametrize("name", ["token_password_200", "token_password_200_with_client_id"])
@pytest.mark.parametrize("totp", [None, "482910"])
async def test_the_documented_grants_are_asked_for_and_taken(
    office: Office, file: TokenFile, clock: Clock, name: str, totp: str | None
) -> None:
    office.on_grant = lambda _request: httpx.Response(200, json=sample(name))
    session = Session(office.wire(), file, "kiosk-guid", clock)

    await session.sign_in("admin@example.com", "S3cur3P@ss", totp)

    asked = sample_object("token_request_password_totp" if totp else "token_request_password")
    assert office.asked[0].content.decode() == asked["_form"]
    assert office.asked[0].headers["Content-Type"] == asked["_content_type"]
    assert await session.access_token() == sample_object(name)["access_token"]


async def test_the_documented_refresh_is_asked_for(office: Office, file: TokenFile, clock: Clock) -> None:
    office.on_grant = lambda _request: httpx.Response(200, json=sample("token_password_200_with_client_id"))
    session = Session(office.wire(), file, "kiosk-guid", clock)
    await session.sign_in("admin@example.com", "S3cur3P@ss")
    first = await session.access_token()

    await session.replace(first)

    asked = sample_object("token_request_refresh")
    form, headers = asked["_form"], asked["_headers"]
    assert isinstance(form, str)
    assert isinstance(headers, dict)
    assert form_of(office.asked[1]) == {name: values[0] for name, values in parse_qs(form).items()}
    assert set(headers) <= set(office.asked[1].headers)


def test_a_new_check_in_has_the_shape_seen_in_the_field() -> None:
    seen = sample_object("checkin_create_request_field_use")

    new = NewCheckin.model_validate(seen | {"SystemId": "ours"})

    assert new.body() == seen | {"Source": CheckinSource.DOOR_ACCESS.value, "SystemId": "ours"}


def test_a_new_visitor_has_every_property_that_is_required() -> None:
    new = NewVisitor(business_id=1, full_name="Jo", email="jo@acme.org", expected_arrival=START, system_id="ours")

    assert set(sample_object("visitor_create_request")) <= set(new.body())


def test_a_check_out_keeps_every_property_but_those_the_server_computes() -> None:
    raw = filled(sample_object("checkin_by_id_schema"))

    body = checked_out(Record(Checkin.model_validate(raw), raw), START).body()

    computed = {"CreatedOn", "UpdatedOn", "UpdatedBy", "IsNew", "FromTimeLocal", "ToTimeLocal"}
    assert body == {name: value for name, value in raw.items() if name not in computed} | {"ToTime": format_utc(START)}


def test_the_settings_that_the_kiosk_reads_are_among_those_of_the_front_desk() -> None:
    rows = sample("nexio_business_settings")
    assert isinstance(rows, list)

    texts = texts_from({row["Name"]: f"{row['Name']}!" for row in rows})

    read = [getattr(texts, field.name) for field in fields(texts)]
    assert all(text.endswith("!") for text in read)
    assert len(set(read)) == len(read)


def test_the_answer_of_the_portals_own_check_in_is_the_same_envelope() -> None:
    assert parse_answer(MutationResult, sample("public_checkin_200")).was_successful


NOT_THE_KIOSKS = {
    "public_checkin_request_accesscard_toggle": "a toggle, which the kiosk never calls: one retry would check out",
    "public_checkin_request_pincode_toggle": "a toggle",
    "public_checkin_request_visitor_token": "the portal's call, of which it is not known whether the visitor arrives",
    "webhook_actions_enum": "webhooks need a public address, which a kiosk has not",
    "webhook_entity_2019": "a webhook",
}
"""The bodies that the kiosk neither sends nor reads, and why."""


def test_every_body_of_the_folder_is_tried_or_said_to_be_none_of_the_kiosks() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    names = {path.stem for path in Path(FOLDER).glob("*.json")}

    assert {name for name in names if f'"{name}"' not in here} == set()
    assert set(NOT_THE_KIOSKS) <= names


def test_the_times_of_a_real_payload_are_read() -> None:
    payload = sample_object("booking_webhook_payload")
    moments = [
        value for name in ("FromTime", "ToTime", "CreatedOn", "UpdatedOn") if isinstance(value := payload[name], str)
    ]

    assert [parse_utc(moment).microsecond for moment in moments] == [0, 0, 540_588, 551_519]
