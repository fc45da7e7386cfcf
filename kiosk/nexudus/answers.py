"""What an answer means: its JSON, or the error that it stands for (contract 2 and 2.1)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.nexudus.assumptions import DEFAULT_THROTTLE_WAIT, LONGEST_THROTTLE_WAIT, WAIT_PHRASE
from kiosk.nexudus.errors import NoAnswer, NotFound, NotNexudus, Refused, Throttled
from kiosk.nexudus.wire import Answer, parse_http_date
from kiosk.text import SENTENCE_LENGTH, clean

M = TypeVar("M", bound=BaseModel)

MOST_FIELD_ERRORS = 20
"""Property errors kept of one refusal."""

_SEARCHED = 4096  # bytes of an unstructured body that are looked at


def json_of(answer: Answer) -> object:
    """Return the JSON of a successful answer.

    Raises:
        Throttled: Nexudus asks to wait.
        NotNexudus: A redirect or a web page.
        NotFound: 404 or 410.
        Refused: Any other 4xx.
        NoAnswer: 408, 425, 5xx, or a success without readable JSON.
    """
    raise_for_status(answer)
    return _parsed(answer.body)


def raise_for_status(answer: Answer) -> None:
    """Raise the error that the status stands for; return for a 2xx that is not a web page. Raises as `json_of`."""
    status = answer.status
    if status == 429 or (status == 409 and "Retry-After" in answer.headers):
        raise Throttled(wait_seconds(answer))
    if status >= 500 or status in (408, 425):
        raise NoAnswer(f"status {status}")
    if not 200 <= status < 300 and status < 400:
        raise NotNexudus(f"status {status}")
    if is_web_page(answer):
        raise NotNexudus(f"a web page with status {status}")
    if status >= 400:
        _raise_refusal(answer)


def is_web_page(answer: Answer) -> bool:
    """Whether the body is HTML or XML, whatever the server calls it."""
    return "html" in answer.headers.get("Content-Type", "").lower() or answer.body[:_SEARCHED].lstrip()[:1] == b"<"


def wait_seconds(answer: Answer) -> float:
    """Return how long a throttled answer asks to wait: its Retry-After (seconds or a date), else the phrase "Wait N
    seconds" in its body, else a default; never negative, never longer than an hour.
    """
    asked = answer.headers.get("Retry-After", "").strip()
    wait = _as_seconds(asked)
    if wait is None and (until := parse_http_date(asked)) is not None:
        now = parse_http_date(answer.headers.get("Date", "")) or datetime.now(UTC)
        wait = (until - now).total_seconds()
    if wait is None and (phrase := WAIT_PHRASE.search(answer.body[:_SEARCHED].decode("utf-8", "replace"))):
        wait = _as_seconds(phrase[1])
    return min(max(DEFAULT_THROTTLE_WAIT if wait is None else wait, 0.0), LONGEST_THROTTLE_WAIT)


def oauth_error(answer: Answer) -> str | None:
    """Return the description in an OAuth error body (contract 1.5), cleaned, or None if the body is no such thing."""
    try:
        body = _parsed(answer.body)
    except NoAnswer:
        return None
    if not isinstance(body, dict) or not isinstance(body.get("error"), str):
        return None
    described = body.get("error_description")
    return clean(described, SENTENCE_LENGTH) if isinstance(described, str) else ""


def field_errors(errors: object) -> dict[str, str]:
    """Return property name to reason from the `Errors` of an answer, cleaned and bounded. `AttemptedValue` is left
    out: it is what somebody typed.
    """
    found: dict[str, str] = {}
    for entry in errors if isinstance(errors, list) else []:
        if len(found) == MOST_FIELD_ERRORS:
            break
        if isinstance(entry, dict):
            name, message = entry.get("PropertyName"), entry.get("Message")
            if isinstance(name, str) and isinstance(message, str):
                found[clean(name)] = clean(message, SENTENCE_LENGTH)
    return found


def parse_answer(model: type[M], data: object) -> M:
    """Return `data` as a `model`.

    Raises:
        NoAnswer: It has another shape; what it means for a write cannot be told.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise NoAnswer(f"no {model.__name__} in {error.error_count()} respects") from None


def _raise_refusal(answer: Answer) -> NoReturn:
    try:
        body = _parsed(answer.body)
    except NoAnswer:
        body = answer.body[:_SEARCHED].decode("utf-8", "replace")
    said = body.get("Message") if isinstance(body, dict) else body
    message = clean(said, SENTENCE_LENGTH) if isinstance(said, str) else ""
    if answer.status in (404, 410):
        raise NotFound(answer.status, message)
    errors = body.get("Errors") if isinstance(body, Mapping) else None
    raise Refused(answer.status, message, field_errors(errors))


def _parsed(body: bytes) -> object:
    try:
        parsed: object = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise NoAnswer("no readable JSON") from None
    return parsed


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _as_seconds(text: str) -> float | None:
    """Return a plain decimal number of seconds, or None."""
    if not text.isascii():
        return None
    try:
        wait = float(text)
    except ValueError:
        return None
    return wait if math.isfinite(wait) else None
