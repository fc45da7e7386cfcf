"""Commands beside a kiosk that holds the state: real processes, as staff give them over SSH."""

from __future__ import annotations

import csv
import io
import json
import signal
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands.export import COLUMNS, harmless
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from kiosk.state.frame import PAGE
from tests.commands.shell import LOCATION, RunningLine, Shell, checkins_of, pin_of

ZOE = "Zoë Lindqvist"


def staff(shell: Shell, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Give a command for the same state."""
    return shell.run(*arguments, "--state", str(shell.folder / "state"))


def listed(shell: Shell, *arguments: str) -> list[dict[str, Any]]:
    done = staff(shell, "events", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    events: list[dict[str, Any]] = json.loads(done.stdout)
    return events


def until(shell: Shell, number: int, state: str) -> dict[str, Any]:
    """The event, once it has got so far."""
    for _ in range(60):
        event = next(event for event in listed(shell) if event["number"] == number)
        if event["state"] == state:
            return event
        time.sleep(0.2)
    raise AssertionError(event)


def test_the_lists_are_read_while_a_kiosk_holds_the_state(shell: Shell, line: RunningLine, world: World) -> None:
    assert line.say(f"pin {pin_of(world, ZOE)}").startswith("welcome")
    until(shell, 1, "done")

    text = staff(shell, "events")
    assert text.returncode == 0, text.stderr
    assert [word for word in ("check-in", "done", "member:", ZOE) if word not in text.stdout] == []

    roll = json.loads(staff(shell, "rollcall", "--json").stdout)
    present = next(one for one in roll["present"] if one["name"] == ZOE)
    assert present["nexudus_knows"]
    assert roll["location"] == LOCATION
    assert roll["as_of"]
    said = staff(shell, "rollcall").stdout
    assert said.startswith(f"{LOCATION}: {len(roll['present'])} in, as of 20")
    assert "when it was last read who is in elsewhere is not kept" in said
    assert ZOE in said

    status = json.loads(staff(shell, "status", "--json").stdout)
    assert (status["line"], status["sign_in"], status["waiting"], status["refused"]) == ("online", "in", 0, 0)
    assert status["holder"] == line.process.pid
    assert status["notices"] == []
    assert status["decoders"] == ["zxing", "zbar"]
    said = staff(shell, "status").stdout
    assert f"held by process {line.process.pid}" in said
    assert "QR codes are read with zxing and zbar." in said
    assert line.say(f"out {pin_of(world, ZOE)}").startswith("goodbye")


def test_a_second_kiosk_says_who_holds_the_state(shell: Shell, line: RunningLine) -> None:
    second = shell.run("line", *shell.here)
    assert second.returncode == 1
    assert f"in use by process {line.process.pid}" in second.stderr


def test_a_refused_event_is_retried_through_the_running_kiosk_and_goes_up(
    shell: Shell, line: RunningLine, server: SandboxServer, world: World
) -> None:
    world.faults.refuse_writes_with = 400
    line.say(f"pin {pin_of(world, ZOE)}")
    letter = until(shell, 1, "refused")
    assert [event["number"] for event in listed(shell, "--refused")] == [1]
    assert listed(shell, "--waiting") == []
    assert letter["note"]
    world.faults.refuse_writes_with = None

    done = staff(shell, "events", "retry", "1")

    assert (done.returncode, done.stdout, done.stderr) == (0, "Back in the queue: event 1.\n", "")
    until(shell, 1, "done")
    assert checkins_of(world, ZOE) == [letter["id"]]


def test_a_refused_event_is_dismissed_and_stays_on_record(
    shell: Shell, line: RunningLine, server: SandboxServer, world: World
) -> None:
    world.faults.refuse_writes_with = 400
    line.say(f"pin {pin_of(world, ZOE)}")
    reason = until(shell, 1, "refused")["note"]

    for _ in range(2):
        done = staff(shell, "events", "dismiss", "1")
        event = listed(shell)[0]
        assert (event["state"], event["note"]) == ("dismissed", f"dismissed by staff; before that: {reason}")
    assert done.returncode == 1, "what is dismissed is no dead letter any more"
    assert done.stderr.startswith("kiosk: Event 1 is dismissed, not refused by Nexudus.")
    assert line.say("status").startswith("status")


def test_with_the_line_down_the_rollcall_marks_whom_nexudus_has_not_heard_of(
    shell: Shell, line: RunningLine, server: SandboxServer, world: World
) -> None:
    server.stop()
    line.say(f"pin {pin_of(world, ZOE)}")
    assert [event["name"] for event in listed(shell, "--waiting")] == [ZOE]
    said = staff(shell, "rollcall").stdout.splitlines()
    assert next(row for row in said if ZOE in row).endswith("* Nexudus has not heard of it yet")
    assert json.loads(staff(shell, "status", "--json").stdout)["waiting"] == 1


def test_a_person_is_forgotten_through_the_running_kiosk(
    shell: Shell, line: RunningLine, server: SandboxServer, world: World
) -> None:
    server.stop()
    line.say(f"pin {pin_of(world, ZOE)}")
    person = listed(shell)[0]["person"]

    kept = staff(shell, "events", "forget", person)
    assert kept.returncode == 1
    assert kept.stderr.startswith(f"kiosk: Nexudus has not heard of 1 event of {person} yet.")

    gone = staff(shell, "events", "forget", person, "--even-waiting")
    assert gone.returncode == 0, gone.stderr
    assert "Nexudus may list them again" in gone.stdout
    assert listed(shell) == []
    for file in (shell.folder / "state").rglob("*.*"):
        assert not file.is_file() or f'"name":"{ZOE}"'.encode() not in file.read_bytes(), file.name
    assert line.say(f"pin {pin_of(world, ZOE)}").startswith("unknown")


def test_without_a_running_kiosk_the_command_does_it_itself(shell: Shell, server: SandboxServer, world: World) -> None:
    world.faults.refuse_writes_with = 400
    shell.line(f"pin {pin_of(world, ZOE)}\nquit\n")
    until(shell, 1, "refused")
    status = json.loads(staff(shell, "status", "--json").stdout)
    assert (status["line"], status["holder"], status["refused"]) == ("not running", None, 1)
    assert not (shell.folder / "state" / "control.sock").exists()

    done = staff(shell, "events", "retry", "1")

    assert done.stdout == "Back in the queue: event 1. It goes up when the kiosk runs.\n"
    assert listed(shell)[0]["state"] == "pending"
    world.faults.refuse_writes_with = None
    assert shell.line("quit\n") == ["bye everything is with Nexudus"]


def test_a_kiosk_that_was_killed_leaves_a_socket_that_stands_in_nobodys_way(shell: Shell, line: RunningLine) -> None:
    sock = shell.folder / "state" / "control.sock"
    assert stat.S_IMODE(sock.stat().st_mode) == 0o600
    line.process.send_signal(signal.SIGKILL)
    line.process.communicate()
    assert sock.exists()

    assert json.loads(staff(shell, "status", "--json").stdout)["line"] == "not running"
    assert staff(shell, "events", "retry", "1").stderr.startswith("kiosk: There is no event 1.")
    again = RunningLine(shell)
    again.say("status")
    assert json.loads(staff(shell, "status", "--json").stdout)["holder"] == again.process.pid
    again.quit()


def test_a_kiosk_that_hangs_is_reported_by_its_process(shell: Shell, line: RunningLine) -> None:
    line.process.send_signal(signal.SIGSTOP)
    try:
        status = json.loads(staff(shell, "status", "--json").stdout)
    finally:
        line.process.send_signal(signal.SIGCONT)
    assert "does not answer" in status["line"]
    assert status["holder"] == line.process.pid


def test_the_export_is_a_table_for_its_owner_alone(shell: Shell, world: World, tmp_path: Path) -> None:
    shell.line(f"pin {pin_of(world, ZOE)}\nquit\n")
    file = tmp_path / "events.csv"

    done = staff(shell, "events", "export", "--output", str(file))

    assert done.stdout == f"1 event is in {file}.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert staff(shell, "events", "export").stdout == file.read_text("utf-8")
    head, row = csv.reader(io.StringIO(file.read_text("utf-8")))
    assert tuple(head) == COLUMNS
    event = dict(zip(head, row, strict=True))
    assert (event["number"], event["kind"], event["name"], event["state"]) == ("1", "check-in", ZOE, "done")
    assert event["recorded"].endswith("+00:00")
    refused = staff(shell, "events", "export", "--output", str(tmp_path / "nowhere" / "events.csv"))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize("field", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_carry_out_is_text(field: str) -> None:
    assert harmless(field) == f"'{field}"


def test_an_ordinary_field_stays_as_it_is() -> None:
    assert [harmless(field) for field in ("", "[/x] Bob", "Zoë", "1-1")] == ["", "[/x] Bob", "Zoë", "1-1"]


@pytest.mark.parametrize(
    "command",
    [("events",), ("events", "retry", "1"), ("events", "forget", "member:1"), ("events", "export"), ("rollcall",),
     ("status",)],
)  # fmt: skip
def test_without_a_state_one_sentence_says_so_and_none_is_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = Shell(tmp_path, "").run(*command, "--state", str(tmp_path / "state"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("kiosk: There is no state in ")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    "command",
    [("retry",), ("retry", "one"), ("dismiss", "0"), ("forget", "Zoë"), ("dance",), ("--json", "retry", "1")],
)
def test_what_is_no_such_act_is_misuse(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert Shell(tmp_path, "").run("events", "--state", str(tmp_path), *command).returncode == 2


def test_the_state_may_be_named_before_the_act_or_after_it(tmp_path: Path) -> None:
    for command in (("--state", "nowhere", "retry", "1"), ("retry", "1", "--state", "nowhere")):
        assert "no state in nowhere yet" in Shell(tmp_path, "").run("events", *command).stderr


def test_names_are_printed_on_a_terminal_that_lacks_their_letters(shell: Shell, world: World) -> None:
    shell.line(f"pin {pin_of(world, ZOE)}\nquit\n")
    shell.environment["PYTHONIOENCODING"] = "ascii"
    for command in ("events", "rollcall"):
        done = staff(shell, command)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Zo? Lindqvist" in done.stdout


def test_after_a_password_reset_the_running_kiosk_is_signed_in_anew_and_the_queue_goes_up(
    shell: Shell, line: RunningLine, world: World
) -> None:
    world.reset_password(SIGN_IN.email, "a new password")
    line.say(f"pin {pin_of(world, ZOE)}")
    for _ in range(60):
        if json.loads(staff(shell, "status", "--json").stdout)["sign_in"] == "needed":
            break
        time.sleep(0.2)
    assert listed(shell)[0]["state"] != "done"

    wrong = shell.set_up()
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "Nexudus refused this e-mail address and password" in wrong.stderr

    done = shell.set_up("a new password")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Signed in at {LOCATION}.")
    until(shell, 1, "done")
    for _ in range(60):  # what was asked before the new sign-in may still come back refused
        status = json.loads(staff(shell, "status", "--json").stdout)
        if status["line"] == "online":
            break
        time.sleep(0.5)
    assert (status["line"], status["sign_in"]) == ("online", "in")
    line.quit()
    assert shell.line("quit\n") == ["bye everything is with Nexudus"]
    assert not list((shell.folder / "state").glob("sign-in-*")), "nothing of the trial is left"


def test_a_running_kiosk_is_not_moved_to_another_place(shell: Shell, line: RunningLine) -> None:
    elsewhere = shell.set_up(location="Harbour Works Norte")
    assert elsewhere.returncode == 1
    assert elsewhere.stderr.startswith(f"kiosk: The running kiosk stands at {LOCATION}")
    other = shell.run(
        "setup", "--state", str(shell.folder / "state"), "--nexudus", "http://127.0.0.1:9", "--email", SIGN_IN.email,
        "--password-stdin", typed=b"never sent\n",
    )  # fmt: skip
    assert other.returncode == 1
    assert "The running kiosk uses Nexudus at" in other.stderr
    line.until_online()  # its sign-in is as it was


def spoil_a_page(precious: Path) -> None:
    """Make the first page of the newest journal unreadable, as a worn card does."""
    newest = max(precious.glob("journal.*.log"))
    newest.write_bytes(b"?" * PAGE + newest.read_bytes()[PAGE:])


def test_a_damaged_record_is_repaired_and_staff_are_told_until_the_copies_are_old(shell: Shell, world: World) -> None:
    precious = shell.folder / "state" / "precious"
    shell.line(f"pin {pin_of(world, ZOE)}\nquit\n")
    spoil_a_page(precious)

    (before,) = json.loads(staff(shell, "status", "--json").stdout)["notices"]
    assert before.startswith("The record is damaged (")
    assert before.endswith("It is repaired as far as possible when the kiosk starts.")

    shell.line("quit\n")

    said = staff(shell, "status").stdout
    assert "notice:    The record was damaged and was repaired as far as possible on 20" in said
    assert f"Copies of the damaged files are in {precious / 'damaged'}." in said
    assert list((precious / "damaged").glob("*/journal.*"))

    staff(shell, "events", "forget", "member:1")
    assert not list((precious / "damaged").iterdir()), "the copies tell of people as well"


def test_with_encryption_on_the_lists_are_read_with_the_key_and_not_without(
    tmp_path: Path, server: SandboxServer, world: World
) -> None:
    shell = Shell(tmp_path, server.url)
    shell.environment["KIOSK_STATE__ENCRYPTION"] = "true"
    assert shell.set_up().returncode == 0
    shell.line(f"pin {pin_of(world, ZOE)}\nquit\n")

    assert [event["name"] for event in listed(shell)] == [ZOE]
    assert json.loads(staff(shell, "status", "--json").stdout)["sign_in"] == "in"

    shell.environment["KIOSK_STATE__KEY_FILE"] = str(tmp_path / "another.key")
    for command in (("events",), ("rollcall",), ("status",), ("line",)):
        done = staff(shell, *command)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("kiosk: The state is sealed")
        assert "state.key_file" in done.stderr
