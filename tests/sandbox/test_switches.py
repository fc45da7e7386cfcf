"""The faults as a person switches them."""

from __future__ import annotations

import httpx
import pytest

from kiosk.sandbox.errors import WrongSwitch
from kiosk.sandbox.faults import ALWAYS, Answers, Faults, Throttle
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.switches import SWITCHES, explained, standing, switch
from kiosk.sandbox.world import World
from tests.sandbox.test_rules import MORNING, PATH


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("drop-before", "drop_before_commit", 1),
        ("drop-before=3", "drop_before_commit", 3),
        ("drop-after=all", "drop_after_commit", ALWAYS),
        ("late", "late_seconds", 60.0),
        (" Delay = 0.5 ", "delay_seconds", 0.5),
        ("fail", "fail_with", 503),
        ("fail=500", "fail_with", 500),
        ("web-page", "web_page_with", 200),
        ("cut", "answers", Answers.CUT),
        ("throttle", "throttle", Throttle(409, 5.0)),
        ("throttle-429=2", "throttle", Throttle(429, 2.0)),
        ("clock=-90", "date_offset_seconds", -90.0),
    ],
)
def test_a_word_puts_a_fault_on_and_off_takes_it_away(world: World, said: str, field: str, value: object) -> None:
    switch(world, said)
    assert getattr(world.faults, field) == value
    name = said.partition("=")[0].strip()
    assert standing(world)[0].partition("=")[0] == name.lower()
    switch(world, f"{name}=off")
    assert world.faults == Faults()
    assert standing(world) == []


def test_what_stands_can_be_typed_again(world: World) -> None:
    for said in ("drop-after=all", "late", "cut", "clock=-90", "missing-right=Checkin-Create,Visitor-Edit"):
        switch(world, said)
    before = standing(world)
    assert len(before) == 5
    switch(world, "off")
    assert standing(world) == []
    for said in before:
        switch(world, said)
    assert standing(world) == before


def test_a_missing_right_is_missed_until_it_is_given_back(api: httpx.Client, world: World) -> None:
    switch(world, "missing-right=Checkin-Create")
    assert api.post(PATH, json=MORNING).status_code == 401
    assert api.get(PATH).status_code == 200
    switch(world, "missing-right=off")
    assert api.post(PATH, json=MORNING).status_code == 200


@pytest.mark.parametrize(
    ("said", "reads_with", "renews_with"), [("expire", 401, 200), ("revoke", 200, 400), ("reset-password", 401, 400)]
)
def test_a_sign_in_ends_in_three_ways(
    anyone: httpx.Client, world: World, said: str, reads_with: int, renews_with: int
) -> None:
    form = {"grant_type": "password", "username": SIGN_IN.email, "password": SIGN_IN.password}
    pair = anyone.post("/api/token", data=form).json()
    anyone.headers["Authorization"] = f"Bearer {pair['access_token']}"
    switch(world, said)
    renewal = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
    assert anyone.get(PATH).status_code == reads_with
    assert anyone.post("/api/token", data=renewal, headers={"client_id": SIGN_IN.email}).status_code == renews_with
    assert anyone.post("/api/token", data=form).status_code == 200, "the same password is good"
    assert standing(world) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("", "There is no fault of that name"),
        ("storm", "There is no fault of that name"),
        ("off=5", "There is no fault of that name"),
        ("delay=soon", "delay takes seconds, from 0 to 86400."),
        ("delay=nan", "delay takes seconds, from 0 to 86400."),
        ("delay=-1", "delay takes seconds, from 0 to 86400."),
        ("late=1e9", "late takes seconds"),
        ("drop-before=0", "drop-before takes a number of writes from 1 to 1000000, or all."),
        ("drop-before=²", "drop-before takes a number of writes"),
        ("fail=404", "fail takes 503 or 500 or 502."),
        ("cut=half", "cut takes no value."),
        ("expire=1", "expire takes no value."),
        ("missing-right", "missing-right takes names such as Checkin-Create"),
        ("missing-right=Chekin-Create", "missing-right takes names such as Checkin-Create"),
    ],
)
def test_a_wrong_word_changes_nothing_and_is_told_what_is_right(world: World, said: str, sentence: str) -> None:
    switch(world, "cut")
    with pytest.raises(WrongSwitch, match=sentence):
        switch(world, said)
    assert standing(world) == ["cut"]


def test_each_is_explained_in_a_line_of_its_own() -> None:
    assert [line.split("=")[0].split()[0] for line in explained()] == list(SWITCHES)
    assert max(map(len, explained())) <= 110
