from __future__ import annotations

import httpx
import pytest

from kiosk.nexudus.answers import json_of, wait_seconds
from kiosk.nexudus.assumptions import DEFAULT_THROTTLE_WAIT, LONGEST_THROTTLE_WAIT
from kiosk.nexudus.errors import NexudusError, NoAnswer, NotFound, NotNexudus, Refused, Throttled
from kiosk.nexudus.wire import Answer

PAGE = b"<!DOCTYPE html><title>Guest Wi-Fi</title>"


def answer(status: int, body: bytes = b"", **headers: str) -> Answer:
    return Answer(status, httpx.Headers({name.replace("_", "-"): value for name, value in headers.items()}), body)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(302, Location="http://portal.example/"), NotNexudus),
        (answer(304), NotNexudus),
        (answer(200, PAGE), NotNexudus),
        (answer(200, b"Sign in", Content_Type="text/html"), NotNexudus),
        (answer(404, PAGE), NotNexudus),
        (answer(403, PAGE), NotNexudus),
        (answer(200, b""), NoAnswer),
        (answer(204, b""), NoAnswer),
        (answer(200, b"OK"), NoAnswer),
        (answer(200, b'{"Id": NaN}'), NoAnswer),
        (answer(200, b"[" * 100_000), NoAnswer),
        (answer(200, b'{"Name": "\xff"}'), NoAnswer),
        (answer(408), NoAnswer),
        (answer(425), NoAnswer),
        (answer(500, b'{"Message":"An error has occurred."}'), NoAnswer),
        (answer(502, PAGE), NoAnswer),
        (answer(503, Retry_After="5"), NoAnswer),
        (answer(429, PAGE), Throttled),
        (answer(409, Retry_After="1"), Throttled),
        (answer(409, b'{"Message":"Conflict"}'), Refused),
        (answer(400, b"no"), Refused),
        (answer(405), Refused),
        (answer(404, b'"Not found"'), NotFound),
        (answer(410), NotFound),
    ],
)
def test_each_answer_is_sorted_by_what_it_says_about_the_call(given: Answer, kind: type[NexudusError]) -> None:
    with pytest.raises(NexudusError) as raised:
        json_of(given)

    assert type(raised.value) is kind


@pytest.mark.parametrize(
    ("given", "wait"),
    [
        (answer(409, Retry_After="7"), 7.0),
        (answer(429, b"Wait 3 seconds", Retry_After="7"), 7.0),
        (answer(429, b'{"Message": "Too many calls. Wait 0.8 seconds"}'), 0.8),
        (answer(429, b"Wait 2 seconds", Retry_After="soon"), 2.0),
        (answer(429, Retry_After="Wed, 21 May 2014 01:55:48 GMT", Date="Wed, 21 May 2014 01:54:48 GMT"), 60.0),
        (answer(429), DEFAULT_THROTTLE_WAIT),
        (answer(429, Retry_After="nan"), DEFAULT_THROTTLE_WAIT),
        (answer(429, Retry_After="-5"), 0.0),
        (answer(429, Retry_After="1e12"), LONGEST_THROTTLE_WAIT),
    ],
)
def test_the_wait_is_read_from_the_header_then_the_body_then_assumed(given: Answer, wait: float) -> None:
    assert wait_seconds(given) == wait


def test_a_validation_error_keeps_cleaned_reasons_by_property_and_not_what_was_typed() -> None:
    body = b"""{"Status": 500, "Message": "Email: \\u001b[2Jnot valid", "WasSuccessful": false, "Errors": [
        {"AttemptedValue": "jo@secret", "Message": "not\\nvalid", "PropertyName": "Email"}, "odd", {"Message": 3}]}"""

    with pytest.raises(Refused) as refused:
        json_of(answer(400, body))

    assert refused.value.message == "Email: [2Jnot valid"
    assert refused.value.field_errors == {"Email": "not valid"}
    assert "jo@secret" not in repr(vars(refused.value))


def test_an_endless_refusal_is_bounded() -> None:
    many = b",".join(b'{"PropertyName": "P%d", "Message": "%s"}' % (n, b"x" * 999) for n in range(500))

    with pytest.raises(Refused) as refused:
        json_of(answer(400, b'{"Message": "%s", "Errors": [%s]}' % (b"y" * 9999, many)))

    assert len(refused.value.message) <= 400
    assert len(refused.value.field_errors) <= 20


def test_a_byte_order_mark_does_not_spoil_the_json() -> None:
    assert json_of(answer(200, b'\xef\xbb\xbf{"Id": 1}')) == {"Id": 1}
