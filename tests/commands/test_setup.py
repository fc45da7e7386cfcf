"""`kiosk setup` as a person answers it on a terminal, and as a script gives it without one."""

from __future__ import annotations

import os
import pty
import re
import select
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.commands.forked import OnTerminal
from tests.commands.shell import LOCATION, RunningLine, Shell

NORTE = "Harbour Works Norte"
PATIENCE = 60.0
"""Seconds after which a question is not coming any more, however busy the machine is."""


class Person:
    """Somebody at a terminal, who reads what stands there and types."""

    def __init__(self, shell: Shell, *arguments: str) -> None:
        self._terminal, process_end = pty.openpty()
        self._process = OnTerminal(list(arguments), shell.environment, [process_end] * 3)
        os.close(process_end)
        self.seen = ""
        self._read = 0

    def answers(self, question: str, answer: str) -> None:
        """Wait for a question, and type the answer."""
        self.reads(question)
        os.write(self._terminal, f"{answer}\n".encode())

    def reads(self, text: str) -> None:
        """Wait until this stands there, after what was read before."""
        until = time.monotonic() + PATIENCE
        while text not in self.seen[self._read :]:
            assert time.monotonic() < until, f"{text!r} is not in {self.seen!r}"
            assert self._more(), f"ended before {text!r}: {self.seen!r}"
        self._read = self.seen.index(text, self._read) + len(text)

    def end(self) -> int:
        """The exit status, once everything has been read."""
        while self._more():
            pass
        return self._process.wait(PATIENCE)

    def leave(self) -> None:
        """Whatever has come of it, nothing is left running."""
        self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._terminal)

    def _more(self) -> bool:
        if not select.select([self._terminal], [], [], PATIENCE)[0]:
            return False
        try:
            data = os.read(self._terminal, 4096)
        except OSError:  # the process has closed its end
            return False
        self.seen += data.decode("utf-8", "replace")
        return bool(data)


class Office:
    """Starts people at terminals."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.people: list[Person] = []

    def person(self, *arguments: str) -> Person:
        """Somebody who gives this command."""
        person = Person(self.shell, *arguments)
        self.people.append(person)
        return person


@pytest.fixture
def shell(tmp_path: Path, server: SandboxServer) -> Shell:
    return Shell(tmp_path, server.url)


@pytest.fixture
def office(shell: Shell) -> Iterator[Office]:
    office = Office(shell)
    yield office
    for person in office.people:
        person.leave()


@pytest.fixture
def line(shell: Shell) -> Iterator[RunningLine]:
    """A kiosk that was set up and runs."""
    assert shell.set_up().returncode == 0
    running = RunningLine(shell)
    running.say("status")
    yield running
    running.quit()


@pytest.fixture
def state(shell: Shell) -> list[str]:
    return ["--state", str(shell.folder / "state")]


def test_a_person_is_asked_one_thing_after_the_other(office: Office, shell: Shell, state: list[str]) -> None:
    person = office.person("setup", *state)
    person.answers("Address of Nexudus [https://spaces.nexudus.com]: ", "spaces.nexudus.com")
    person.reads("must begin with https://")
    person.answers("Address of Nexudus", shell.url)
    person.answers("E-mail address of the kiosk's own account: ", SIGN_IN.email)
    person.answers("Password", SIGN_IN.password)
    person.reads(f"1  {LOCATION}")
    person.reads(f"2  {NORTE}")
    person.answers("Number [1]: ", "7")
    person.reads("Type a number from 1 to 2.")
    person.answers("Number [1]: ", "2")
    person.answers("PIN for the staff corner", "1234")
    person.reads("This staff PIN is guessed at once.")
    person.answers("PIN for the staff corner", "2580")
    person.answers("The same once more", "2581")
    person.reads("These are not the same.")
    person.answers("PIN for the staff corner", "2580")
    person.answers("The same once more", "2580")
    person.reads("The staff PIN is set.")

    assert person.end() == 0
    assert f"Location: {NORTE}" in person.seen
    assert "members can check in by PIN" in person.seen
    assert "code" not in person.seen.replace("QR codes", ""), "nobody asked for a second factor"
    assert SIGN_IN.password not in person.seen


def test_answers_that_are_known_are_offered_the_next_time(office: Office, shell: Shell, state: list[str]) -> None:
    assert shell.set_up(location=NORTE).returncode == 0

    person = office.person("setup", *state)
    person.answers(f"Address of Nexudus [{shell.url}]: ", "")
    person.answers(f"account [{SIGN_IN.email}]: ", "")
    person.answers("Password", SIGN_IN.password)
    person.answers("Number [2]: ", "")
    person.answers("PIN for the staff corner", "")
    person.reads("No staff PIN is set")

    assert person.end() == 0
    assert f"Location: {NORTE}" in person.seen


def test_flags_spare_their_questions(office: Office, shell: Shell) -> None:
    person = office.person("setup", *shell.here, "--email", SIGN_IN.email, "--location", LOCATION)
    person.answers("Password", SIGN_IN.password)
    person.answers("PIN for the staff corner", "\x04")

    assert person.end() == 0
    assert "Address" not in person.seen
    assert "Number" not in person.seen


def test_a_code_is_asked_for_once_nexudus_has_refused_to_do_without(office: Office, shell: Shell, world: World) -> None:
    world.users[SIGN_IN.email] = replace(world.users[SIGN_IN.email], totp="482910")

    person = office.person("setup", *shell.here, "--email", SIGN_IN.email, "--location", LOCATION)
    person.answers("Password", SIGN_IN.password)
    person.answers("Six-digit code", "482910")
    person.answers("PIN for the staff corner", "")

    assert person.end() == 0
    assert f"Location: {LOCATION}" in person.seen


def test_a_mistyped_password_can_be_typed_anew_and_three_times_at_most(office: Office, shell: Shell) -> None:
    person = office.person("setup", *shell.here, "--email", SIGN_IN.email, "--location", LOCATION)
    person.answers("Password", "wrong")
    person.answers("Six-digit code, if the account has one", "")
    person.answers("Password", "wrong again")
    person.answers("Six-digit code, if the account has one", "")
    person.answers("Password", "wrong for good")

    assert person.end() == 1
    assert person.seen.count("Nexudus refused this e-mail address and password") == 3


def test_whoever_ends_the_questions_has_set_up_nothing(office: Office, shell: Shell) -> None:
    person = office.person("setup", *shell.here, "--email", SIGN_IN.email)
    person.answers("Password", "\x04")

    assert person.end() == 1
    assert "not set up" in person.seen


def test_a_running_kiosk_signs_in_anew_by_questions_and_stays_where_it_is(
    office: Office, line: RunningLine, world: World, state: list[str]
) -> None:
    world.reset_password(SIGN_IN.email, "a new password")

    person = office.person("setup", *state)
    person.reads(f"A kiosk runs here, at {LOCATION}.")
    person.answers(f"account [{SIGN_IN.email}]: ", "")
    person.answers("Password", "not this one")
    person.answers("Six-digit code, if the account has one", "")
    person.answers("Password", "a new password")

    assert person.end() == 0
    assert f"Signed in at {LOCATION}." in person.seen
    assert line.say("status").startswith("status")


WITHOUT = {
    "nothing": ((), ("--email", "--password-stdin")),
    "an address": (("--password-stdin",), ("--email",)),
    "a password": (("--email", SIGN_IN.email), ("--password-stdin",)),
    "a location": (("--email", SIGN_IN.email, "--password-stdin"), ("--location", f"{LOCATION}, {NORTE}")),
}


@pytest.mark.parametrize("lacking", WITHOUT)
def test_without_a_terminal_what_is_missing_is_named_and_nothing_waits(shell: Shell, lacking: str) -> None:
    given, named = WITHOUT[lacking]

    done = shell.run("setup", *shell.here, *given, typed=f"{SIGN_IN.password}\n".encode())

    assert done.returncode == 2
    assert all(name in done.stderr for name in named)
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_empty_password_is_misuse(shell: Shell) -> None:
    done = shell.run("setup", *shell.here, "--email", SIGN_IN.email, "--password-stdin", "--location", LOCATION)

    assert done.returncode == 2
    assert "no password" in done.stderr


def test_missing_rights_are_told_at_the_end_with_what_stops_and_the_kiosk_is_set_up(shell: Shell, world: World) -> None:
    world.deny(SIGN_IN.email, "Visitor-List", "BusinessSetting-List", "Checkin-Delete")

    done = shell.set_up()

    assert done.returncode == 0, done.stderr
    told = done.stdout.partition("The account lacks rights.")[2]
    assert re.findall(r"^  (.+?): Missing", told, re.MULTILINE) == [
        "BusinessSetting - List",
        "Visitor - List",
        "Checkin - Delete",
    ]
    assert "Visitor - Read: Nexudus lists no record" in told
    assert "The kiosk is set up." in told


def test_without_an_essential_right_the_kiosk_is_not_set_up_and_all_of_them_are_named(
    shell: Shell, world: World
) -> None:
    world.deny(SIGN_IN.email, "Coworker-List", "Checkin-Create", "Visitor-Edit")

    done = shell.set_up()

    assert done.returncode == 1
    assert 'lacks "Coworker - List", "Checkin - Create".' in done.stderr
    assert "Run 'kiosk setup' first" in shell.run("line", *shell.here).stderr


def test_a_sign_in_for_a_running_kiosk_tells_the_missing_rights_too(
    shell: Shell, line: RunningLine, world: World
) -> None:
    assert line.say("status").startswith("status")
    world.deny(SIGN_IN.email, "Visitor-Create")

    done = shell.set_up()

    assert done.returncode == 0, done.stderr
    assert "  Visitor - Create: Missing. Visitors without an invitation cannot be registered." in done.stdout
