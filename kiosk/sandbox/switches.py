"""The faults by name, as a person switches them: `NAME`, `NAME=VALUE` or `NAME=off`.

The same words serve the command line, the standard input of a sandbox that runs, and the demonstration.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.sandbox.entities import ENTITIES
from kiosk.sandbox.errors import WrongSwitch
from kiosk.sandbox.faults import ALWAYS, Answers, Faults, Throttle
from kiosk.sandbox.world import World

OFF: Final = "off"
"""As a value, or as a word of its own for all that is switched on."""

_DAY = 86_400.0
_ROLES = {f"{entity.name}-{verb}" for entity in ENTITIES for verb in ("List", "Read", *entity.verbs)}


@dataclass(frozen=True, slots=True)
class Switch:
    """One fault.

    Attributes:
        name: Its word.
        value: What may follow the equals sign, and what is meant without one; empty for a fault that has no value.
        says: What it does, in a few words.
        turn: Puts it on with a value ("" for none given), or off with `OFF`. Raises WrongSwitch.
        standing: The value it is on with now; empty while it is off. What happens once and is over is never on.
    """

    name: str
    value: str
    says: str
    turn: Callable[[World, str], None]
    standing: Callable[[World], str]


def switch(world: World, said: str) -> None:
    """Do what a person says: `NAME`, `NAME=VALUE`, `NAME=off`, or `off` alone for everything.

    Raises:
        WrongSwitch: There is no such fault, or not with this value. Nothing has changed.
    """
    name, _, value = (part.strip() for part in said.strip().partition("="))
    if name.lower() == OFF and not value:
        for each in SWITCHES.values():
            each.turn(world, OFF)
        return
    known = SWITCHES.get(name.lower())
    if known is None:
        raise WrongSwitch(f"There is no fault of that name. There are: {', '.join(SWITCHES)}.")
    known.turn(world, OFF if value.lower() == OFF else value)


def standing(world: World) -> list[str]:
    """What is switched on, as it would be typed."""
    on = [(each.name, each.standing(world)) for each in SWITCHES.values()]
    return [name if value == name else f"{name}={value}" for name, value in on if value]


def explained() -> list[str]:
    """One line for each fault: how it is typed, and what it does."""
    return [f"{f'{each.name}={each.value}' if each.value else each.name:<30}{each.says}" for each in SWITCHES.values()]


def _count_of(name: str, field: str) -> tuple[Callable[[World, str], None], Callable[[World], str]]:
    def turn(world: World, value: str) -> None:
        given = value or "1"
        if given not in (OFF, "all") and not (given.isascii() and given.isdigit() and 1 <= int(given) <= 1_000_000):
            raise WrongSwitch(f"{name} takes a number of writes from 1 to 1000000, or all.")
        number = {OFF: 0, "all": ALWAYS}.get(given)
        setattr(world.faults, field, int(given) if number is None else number)

    def standing(world: World) -> str:
        number: int = getattr(world.faults, field)
        return "all" if number == ALWAYS else str(number or "")

    return turn, standing


def _seconds_of(
    name: str, field: str, default: float, least: float = 0.0
) -> tuple[Callable[[World, str], None], Callable[[World], str]]:
    def turn(world: World, value: str) -> None:
        setattr(world.faults, field, 0.0 if value == OFF else _seconds(name, value, default, least))

    def standing(world: World) -> str:
        seconds: float = getattr(world.faults, field)
        return f"{seconds:g}" if seconds else ""

    return turn, standing


def _status_of(name: str, field: str, *statuses: int) -> tuple[Callable[[World, str], None], Callable[[World], str]]:
    """A status, of which the first is meant without a value."""

    def turn(world: World, value: str) -> None:
        if value not in (OFF, "", *map(str, statuses)):
            raise WrongSwitch(f"{name} takes {' or '.join(map(str, statuses))}.")
        setattr(world.faults, field, None if value == OFF else int(value or statuses[0]))

    def standing(world: World) -> str:
        return str(getattr(world.faults, field) or "")

    return turn, standing


def _throttle_with(name: str, status: int) -> tuple[Callable[[World, str], None], Callable[[World], str]]:
    def is_this(faults: Faults) -> bool:
        return faults.throttle is not None and faults.throttle.status == status

    def turn(world: World, value: str) -> None:
        if value != OFF:
            world.faults.throttle = Throttle(status, _seconds(name, value, 5.0, 0.0))
        elif is_this(world.faults):
            world.faults.throttle = None

    def standing(world: World) -> str:
        throttle = world.faults.throttle
        return f"{throttle.wait_seconds:g}" if throttle is not None and throttle.status == status else ""

    return turn, standing


def _cut(world: World, value: str) -> None:
    _without_value("cut", value)
    world.faults.answers = Answers.WHOLE if value == OFF else Answers.CUT


def _is_cut(world: World) -> str:
    return "cut" if world.faults.answers is Answers.CUT else ""


def _missing(world: World, value: str) -> None:
    roles = [] if value == OFF else [role.strip() for role in value.split(",")]
    if not _ROLES.issuperset(roles):
        raise WrongSwitch("missing-right takes names such as Checkin-Create, with commas between several.")
    for email in list(world.users):
        world.deny(email, *roles)


def _is_missing(world: World) -> str:
    return ",".join(sorted({role for user in world.users.values() for role in user.denied}))


def _once(name: str, happen: Callable[[World], None]) -> tuple[Callable[[World, str], None], Callable[[World], str]]:
    """What happens once and stays so until the kiosk has new tokens: there is nothing to switch off."""

    def turn(world: World, value: str) -> None:
        _without_value(name, value)
        if value != OFF:
            happen(world)

    return turn, lambda _world: ""


def _reset_passwords(world: World) -> None:
    """The password stays what it was, so that a demonstration can be signed in again."""
    for email, user in list(world.users.items()):
        world.reset_password(email, user.password)


def _without_value(name: str, value: str) -> None:
    if value not in ("", OFF):
        raise WrongSwitch(f"{name} takes no value.")


def _seconds(name: str, value: str, default: float, least: float) -> float:
    try:
        seconds = float(value) if value else default
    except ValueError:
        seconds = math.nan
    if not least <= seconds <= _DAY:
        raise WrongSwitch(f"{name} takes seconds, from {least:g} to {_DAY:g}.")
    return seconds


def _all() -> Mapping[str, Switch]:
    once = "once: "
    switches = (
        Switch(
            "drop-before", "NUMBER|all", "so many next writes (1) are lost on the way: not carried out, not answered",
            *_count_of("drop-before", "drop_before_commit"),
        ),
        Switch(
            "drop-after", "NUMBER|all", "so many next writes (1) are carried out, and their answers lost",
            *_count_of("drop-after", "drop_after_commit"),
        ),
        Switch(
            "late", "SECONDS", "each write is cut off at once and carried out so much later (60)",
            *_seconds_of("late", "late_seconds", 60.0),
        ),
        Switch(
            "delay", "SECONDS", "every request waits so long (5); also carried out when its client has gone",
            *_seconds_of("delay", "delay_seconds", 5.0),
        ),
        Switch(
            "fail", "503|500|502", "every request is answered with this status (503)",
            *_status_of("fail", "fail_with", 503, 500, 502),
        ),
        Switch(
            "web-page", "200|502|503", "a web page answers every request (200), as a Wi-Fi log-in or a gateway does",
            *_status_of("web-page", "web_page_with", 200, 502, 503),
        ),
        Switch("cut", "", "every answer breaks off half-way; what was asked for is done", _cut, _is_cut),
        Switch(
            "throttle", "SECONDS", "every request is asked to wait (5): 409 with Retry-After",
            *_throttle_with("throttle", 409),
        ),
        Switch(
            "throttle-429", "SECONDS", 'the same as 429 with "Wait 5.0 seconds" in its body',
            *_throttle_with("throttle-429", 429),
        ),
        Switch(
            "clock", "SECONDS", "the Date of every answer is so far ahead (3600), or behind if negative",
            *_seconds_of("clock", "date_offset_seconds", 3600.0, -_DAY),
        ),
        Switch(
            "missing-right", "ENTITY-VERB,...", "every account lacks these rights, such as Checkin-Create",
            _missing, _is_missing,
        ),
        Switch(
            "expire", "", once + "all access tokens run out, and can be renewed",
            *_once("expire", World.expire_access_tokens),
        ),
        Switch(
            "revoke", "", once + "no sign-in can be renewed; access tokens live on",
            *_once("revoke", World.revoke_refresh_tokens),
        ),
        Switch(
            "reset-password", "", once + "all sign-ins end; the same password is good for a new one",
            *_once("reset-password", _reset_passwords),
        ),
    )  # fmt: skip
    return {each.name: each for each in switches}


SWITCHES: Final[Mapping[str, Switch]] = _all()
"""Every fault by its word."""
