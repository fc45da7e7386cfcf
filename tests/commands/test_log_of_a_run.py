"""The log of a full run names nobody, and the wire carries no more than it must."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

import pytest

from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.commands.full_run import Traces, run_through_everything
from tests.commands.shell import Shell

TOKEN_BEGINS = "eyJ1c2UiOi"
"""How every token of the simulated service begins."""

WORD = re.compile(r"[\w-]+")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
SECRET_FIELDS = ("AccessPincode", "AccessCardId", "KeyFobNumber", "VisitorCode", "UniqueId")

PIN_FILTERS = {
    ("/api/spaces/coworkers", "Coworker_AccessPincode"),
    ("/api/spaces/visitors", "Visitor_VisitorCode"),
    ("/api/spaces/accesstokens", "AccessToken_VisitorGuid"),
}
"""The only places of an address where a PIN, a code or a visitor's GUID may stand (contract 3.2, 3.3)."""

PATHS = re.compile(
    r"/api/(token|auth/me|sys/(businesses(/getlogo/\d+)?|businesssettings)|spaces/(coworkers|visitors|checkins)(/\d+)?"
    r"|spaces/(visitors/commands|accesstokens|failedcheckins))"
)
"""Where the kiosk has business: no command is run, where none is offered, and no public check-in, which toggles."""


@pytest.fixture(scope="module")
def world() -> World:
    return seeded_world()


@pytest.fixture(scope="module")
def traces(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traces]:
    """What one full run leaves behind."""
    with SandboxServer(world) as server:
        yield run_through_everything(Shell(tmp_path_factory.mktemp("full"), server.url), world)


def people(world: World) -> list[Record]:
    return [*world.rows(COWORKERS), *world.rows(VISITORS)]


def secrets_of(world: World) -> set[str]:
    """Every PIN, code and identifier that the space has given out, and the password: whole words."""
    return {person.text(field) for person in people(world) for field in SECRET_FIELDS if person.get(field)}


def words_of(world: World) -> set[str]:
    """Names, e-mail addresses and the password, as they are and as JSON, `repr` and an address would write them."""
    plain = {person.text("FullName") for person in people(world)}
    plain |= {person.text("Email") for person in people(world) if person.text("Email")}
    plain |= {SIGN_IN.email, SIGN_IN.password}
    written = {form(word) for word in plain for form in (quote, quote_plus, lambda word: json.dumps(word)[1:-1])}
    return plain | written | {repr(word)[1:-1] for word in plain}


def told_in(text: str, world: World, typed: set[str]) -> set[str]:
    """Which secrets and names are found in a text, the service's own address apart: its port is any number."""
    text = ADDRESS.sub("", text)
    found = {word for word in words_of(world) | {TOKEN_BEGINS} if word in text}
    return found | (set(WORD.findall(text)) & (secrets_of(world) | typed))


def test_the_log_of_a_full_run_names_nobody_and_has_no_pin_code_password_or_token(traces: Traces, world: World) -> None:
    assert len(secrets_of(world)) > 400
    assert told_in(traces.log, world, traces.typed) == set()


def test_nor_has_anything_that_the_processes_said_besides(traces: Traces, world: World) -> None:
    assert told_in(traces.errors, world, traces.typed) == set()


def test_the_log_has_seen_all_of_it(traces: Traces) -> None:
    for said in (
        "no usable answer: status 503", "not Nexudus", "lacks the right ",
        "the token file cannot be used", "Nexudus refused to renew the session", "Nexudus is back",
    ):  # fmt: skip
        assert said in traces.log


@pytest.mark.parametrize(
    "line",
    [
        "GET /api/spaces/coworkers?Coworker_AccessPincode=04271",
        "welcome Zo\\u00eb Lindqvist",
        "Zo%C3%AB+Lindqvist",
        "refused: [/x] Bob does not have a valid time pass",
        "visitor.1@guests.harbourworks.test",
        "Bearer eyJ1c2UiOiAiYWNjZXNzIiwg",
        f"password={SIGN_IN.password}",
        "no such code: 31337",
    ],
)
def test_the_search_would_find_it(line: str, traces: Traces, world: World) -> None:
    assert told_in(line, world, traces.typed)


def test_no_password_and_no_token_is_in_any_address(traces: Traces, world: World) -> None:
    for request in traces.requests:
        target = unquote(request.target)
        assert TOKEN_BEGINS not in target
        assert not words_of(world) & {target, *(value for _, value in parse_qsl(urlsplit(request.target).query))}


def test_a_pin_or_code_is_in_an_address_only_where_nexudus_documents_it(traces: Traces, world: World) -> None:
    private = secrets_of(world) | traces.typed
    seen = set()
    for request in traces.requests:
        url = urlsplit(request.target)
        assert not private & set(WORD.findall(url.path))
        seen |= {(url.path, name) for name, value in parse_qsl(url.query) if value in private}
    assert seen == PIN_FILTERS, "unknown codes were looked up, and nothing else told any"


def test_nobody_signs_in_but_with_a_token(traces: Traces) -> None:
    schemes = {(request.scheme, request.target == "/api/token") for request in traces.requests}
    assert schemes == {("bearer", False), ("", True)}


def test_the_kiosk_never_toggles_and_runs_no_command(traces: Traces) -> None:
    strange = [request for request in traces.requests if not PATHS.fullmatch(urlsplit(request.target).path)]
    assert strange == []
