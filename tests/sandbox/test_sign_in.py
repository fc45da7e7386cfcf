"""Signing in over HTTP: the two grants, the client_id, and what ends a session."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.sandbox.conftest import Clock, plain_client

FORM = {"grant_type": "password", "username": SIGN_IN.email, "password": SIGN_IN.password}


def ask(client: httpx.Client, form: dict[str, str], client_id: str | None = None) -> httpx.Response:
    return client.post("/api/token", data=form, headers={"client_id": client_id} if client_id else {})


def refresh(client: httpx.Client, pair: dict[str, Any], client_id: str | None = None) -> httpx.Response:
    return ask(client, {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}, client_id)


def me(client: httpx.Client, pair: dict[str, Any]) -> httpx.Response:
    return client.get("/api/auth/me", headers={"Authorization": f"Bearer {pair['access_token']}"})


def test_the_password_grant_answers_a_bearer_that_opens_the_service(anyone: httpx.Client) -> None:
    pair = ask(anyone, FORM).json()
    assert (pair["token_type"], pair["expires_in"]) == ("bearer", 604799)
    told = me(anyone, pair).json()
    assert told["Email"] == SIGN_IN.email
    assert told["DefaultBusinessName"] == "Harbour Works"
    assert told["DefaultSimpleTimeZoneNameIana"] == "Europe/Madrid"
    assert len(told["Businesses"]) == 2


def test_a_json_body_is_not_understood(anyone: httpx.Client) -> None:
    answer = anyone.post("/api/token", json=FORM)
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


def test_a_wrong_password_is_refused_in_the_documented_words(anyone: httpx.Client) -> None:
    answer = ask(anyone, {**FORM, "password": "wrong"})
    told = {"error": "invalid_grant", "error_description": "The user name or password is incorrect."}
    assert (answer.status_code, answer.json()) == (400, told)


def test_a_user_with_two_factors_needs_the_code_to_sign_in_but_not_to_refresh(
    world: World, anyone: httpx.Client
) -> None:
    world.users[SIGN_IN.email] = replace(world.users[SIGN_IN.email], totp="482910")
    assert ask(anyone, FORM).status_code == 400
    assert ask(anyone, {**FORM, "totp": "000000"}).status_code == 400
    granted = ask(anyone, {**FORM, "totp": "482910"}, "k1")
    assert granted.status_code == 200
    assert refresh(anyone, granted.json(), "k1").status_code == 200


def test_a_refresh_token_is_good_once(anyone: httpx.Client) -> None:
    first = ask(anyone, FORM, "k1").json()
    second = refresh(anyone, first, "k1")
    assert second.status_code == 200
    assert refresh(anyone, first, "k1").json() == {"error": "invalid_grant"}
    assert refresh(anyone, second.json(), "k1").status_code == 200


@pytest.mark.parametrize("client_id", [None, "k2"])
def test_a_refresh_needs_the_client_id_of_the_sign_in(anyone: httpx.Client, client_id: str | None) -> None:
    pair = ask(anyone, FORM, "k1").json()
    assert refresh(anyone, pair, client_id).status_code == 400


def test_without_a_client_id_the_email_takes_its_place(anyone: httpx.Client) -> None:
    pair = ask(anyone, FORM).json()
    assert refresh(anyone, pair, SIGN_IN.email).status_code == 200


def test_two_kiosks_without_client_ids_cancel_each_other_and_with_them_do_not(anyone: httpx.Client) -> None:
    first, _second = ask(anyone, FORM).json(), ask(anyone, FORM).json()
    assert refresh(anyone, first, SIGN_IN.email).status_code == 400
    assert me(anyone, first).status_code == 200, "an access token still alive is not touched"
    hall, _bar = ask(anyone, FORM, "hall").json(), ask(anyone, FORM, "bar").json()
    assert refresh(anyone, hall, "hall").status_code == 200


def test_an_access_token_ends_with_its_time_and_a_refresh_token_after_fifteen_days(
    clock: Clock, anyone: httpx.Client
) -> None:
    pair = ask(anyone, FORM, "k1").json()
    clock.advance(days=7)
    assert me(anyone, pair).status_code == 401
    renewed = refresh(anyone, pair, "k1").json()
    assert me(anyone, renewed).status_code == 200
    clock.advance(days=15)
    assert refresh(anyone, renewed, "k1").json() == {"error": "invalid_grant"}


def test_a_new_password_signs_the_user_out_everywhere(world: World, anyone: httpx.Client) -> None:
    pair = ask(anyone, FORM, "k1").json()
    world.reset_password(SIGN_IN.email, "another")
    assert me(anyone, pair).status_code == 401
    assert refresh(anyone, pair, "k1").status_code == 400
    assert ask(anyone, {**FORM, "password": "another"}).status_code == 200


def test_a_restarted_service_takes_the_tokens_it_gave_out_before(clock: Clock, anyone: httpx.Client) -> None:
    pair = ask(anyone, FORM, "k1").json()
    with SandboxServer(seeded_world(now=clock)) as restarted, plain_client(restarted.url) as client:
        assert me(client, pair).status_code == 200
        assert refresh(client, pair, "k1").status_code == 200
        assert refresh(client, pair, "k1").status_code == 400


def test_a_token_that_was_tampered_with_opens_nothing(anyone: httpx.Client) -> None:
    pair = ask(anyone, FORM).json()
    body, _, signature = pair["access_token"].partition(".")
    for forged in (f"{body[:-2]}AA.{signature}", f"{body}.", "nonsense", pair["refresh_token"], "é"):
        headers = {b"Authorization": f"Bearer {forged}".encode()}
        assert anyone.get("/api/auth/me", headers=headers).status_code == 401, forged
