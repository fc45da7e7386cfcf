"""The commands as whoever sets up a lobby meets them: real processes, a real server, plain sentences and exit
status."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from kiosk.bench.desk import frame_with
from kiosk.cli import main
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.commands.shell import Shell, checkins_of, pin_of


@pytest.fixture
def shell(tmp_path: Path, server: SandboxServer) -> Shell:
    return Shell(tmp_path, server.url)


def test_a_member_comes_and_goes_through_a_pipe(shell: Shell, world: World) -> None:
    assert shell.set_up().returncode == 0
    pin = pin_of(world, "Zoë Lindqvist")
    lines = shell.line(f"pin {pin}\npin {pin}\nout {pin}\nquit\n")
    assert [line.split()[0] for line in lines] == ["welcome", "already-in", "goodbye", "bye"]
    assert lines[0].endswith("[confirmed]")
    assert len(checkins_of(world, "Zoë Lindqvist")) == 1


def test_with_nexudus_gone_people_come_in_and_go_up_once_it_is_back(
    shell: Shell, server: SandboxServer, world: World
) -> None:
    shell.set_up()
    server.stop()
    lines = shell.line(f"pin {pin_of(world, 'Zoë Lindqvist')}\nquit\n")
    assert lines[0].startswith("welcome Zoë Lindqvist")
    assert lines[0].endswith("[queued]")
    assert lines[1] == "bye 1 event waits; it is kept and goes up when the line is back"
    assert checkins_of(world, "Zoë Lindqvist") == []
    server.start()
    assert shell.line("quit\n") == ["bye everything is with Nexudus"]
    assert len(checkins_of(world, "Zoë Lindqvist")) == 1


def test_a_kiosk_that_is_killed_right_after_the_answer_has_the_event_and_uploads_it_once(
    shell: Shell, server: SandboxServer, world: World
) -> None:
    shell.set_up()
    server.stop()
    process = shell.start("line", *shell.here)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"pin {pin_of(world, 'Zoë Lindqvist')}\n".encode())
    process.stdin.flush()
    assert process.stdout.readline().startswith(b"welcome")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    server.start()
    lines = shell.line(f"pin {pin_of(world, 'Zoë Lindqvist')}\nquit\n")
    assert lines[0].startswith("already-in")
    assert len(checkins_of(world, "Zoë Lindqvist")) == 1


def test_hostile_input_is_answered_line_by_line(shell: Shell) -> None:
    shell.set_up()
    script = b"pin " + b"9" * 10_000 + b"\n\xff\xfe\ncode \x1b]0;owned\x07\x1b[2J\nwhat\nquit\n"
    lines = shell.line(script)
    assert [line.split()[0] for line in lines] == ["error", "error", "unknown", "error", "bye"]
    assert not any(ord(char) < 0x20 for line in lines for char in line)


def test_a_second_kiosk_on_the_same_state_is_told_so(shell: Shell) -> None:
    shell.set_up()
    first = shell.start("line", *shell.here)
    assert first.stdin is not None
    assert first.stdout is not None
    first.stdin.write(b"status\n")
    first.stdin.flush()
    first.stdout.readline()
    second = shell.run("line", *shell.here)
    assert second.returncode == 1
    assert f"in use by process {first.pid}" in second.stderr
    first.communicate(b"quit\n", timeout=60)


def test_setting_up_tells_what_was_found(shell: Shell) -> None:
    done = shell.set_up()
    assert done.returncode == 0, done.stderr
    assert "Europe/Madrid" in done.stdout
    assert "members can check in by PIN" in done.stdout


def test_where_pins_are_easily_guessed_setting_up_says_so_and_the_line_asks_for_a_letter(
    shell: Shell, world: World
) -> None:
    assert "guess" not in shell.set_up().stdout
    shell.environment["KIOSK_DESK__GUESS_ODDS"] = "0.0005"
    told = shell.set_up().stdout
    assert "PINs of 5 digits, where one guess in " in told
    assert "asks for the first letter of the surname" in told
    pin = pin_of(world, "Zoë Lindqvist")
    lines = shell.line(f"pin {pin}\npin 99999\npin {pin} x\npin {pin} L\nquit\n")
    assert [line.split()[0] for line in lines] == ["ask-initial", "ask-initial", "unknown", "welcome", "bye"]
    assert lines[0] == lines[1]


def test_no_secret_is_in_the_state_in_clear(shell: Shell, world: World) -> None:
    shell.set_up()
    pin = pin_of(world, "Zoë Lindqvist")
    shell.line(f"pin {pin}\nquit\n")
    for file in (shell.folder / "state").rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert SIGN_IN.password.encode() not in content, file
        assert f'"{pin}"'.encode() not in content, file
        assert file.is_dir() or file.stat().st_mode & 0o077 == 0, file


SET_UP = ("setup", "--email", "kiosk@harbourworks.test", "--password-stdin")

FAULTS = {
    "wrong password": ((*SET_UP, "--nexudus", "{url}"), "Nexudus refused this e-mail address and password"),
    "not set up": (("line", "--nexudus", "{url}"), "Run 'kiosk setup' first"),
    "no encryption": ((*SET_UP, "--nexudus", "http://example.com"), "must use https"),
    "nobody there": ((*SET_UP, "--nexudus", "http://127.0.0.1:9"), "Nexudus cannot be reached"),
    "no settings file": (("run", "--settings", "nowhere.toml"), "nowhere.toml is not there"),
    "no pictures": (("demo", "--camera", "/nowhere"), "/nowhere"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_goes_wrong_is_one_sentence_and_status_1(shell: Shell, fault: str) -> None:
    arguments, expected = FAULTS[fault]
    done = shell.run(
        *(argument.format(url=shell.url) for argument in arguments),
        "--state",
        str(shell.folder / "state"),
        typed=b"not the password\n",
    )
    assert done.returncode == 1
    assert expected in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_location_that_is_not_there_is_answered_with_those_that_are(shell: Shell) -> None:
    done = shell.set_up(location="Atlantis")
    assert done.returncode == 1
    assert "This account sees: Harbour Works, Harbour Works Norte" in done.stderr


def test_a_broken_settings_file_names_line_and_field(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[screen]\naccent = "#0f6b5c"\nidle_seconds = "soon"\n')
    done = shell.run("run", "--settings", str(file))
    assert done.returncode == 1
    assert "line 3, screen.idle_seconds" in done.stderr


@pytest.mark.parametrize("command", ["run", "demo", "bench"])
def test_a_variable_that_is_wrong_is_named_by_every_command_that_goes_by_it(shell: Shell, command: str) -> None:
    shell.environment["KIOSK_SCREEN__IDLE_SECONDS"] = "soon"
    done = shell.run(command)
    assert done.returncode == 1
    assert done.stderr.startswith("kiosk: The variable KIOSK_SCREEN__IDLE_SECONDS: input should be a valid number")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_word_that_is_no_command_is_misuse(shell: Shell) -> None:
    assert shell.run("dance").returncode == 2


def test_scan_prints_one_json_line_a_file(shell: Shell, tmp_path: Path) -> None:
    frame = frame_with("228904")
    good, bad = tmp_path / "code.pgm", tmp_path / "not a picture.png"
    good.write_bytes(b"P5 640 480 255\n" + frame.grey)
    bad.write_bytes(b"nothing")
    done = shell.run("scan", str(good), str(bad), str(tmp_path / "missing.png"))
    assert done.returncode == 1, "not every file held a code"
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert first["texts"] == ["228904"]
    assert second["error"]
    assert third["error"]


def test_scan_of_a_folder_in_which_every_picture_holds_a_code_ends_well(shell: Shell, tmp_path: Path) -> None:
    for name in ("b/2", "a/1"):
        file = tmp_path / f"{name}.pgm"
        file.parent.mkdir()
        file.write_bytes(b"P5 640 480 255\n" + frame_with(name).grey)
    done = shell.run("scan", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["texts"] for line in done.stdout.splitlines()] == [["a/1"], ["b/2"]]


def test_the_sandbox_alone_serves_until_it_is_told_to_end(shell: Shell) -> None:
    process = shell.start("sandbox", "--port", "0")
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(4)]
    process.terminate()
    process.communicate(timeout=30)
    assert told[0].startswith(b"Simulated Nexudus   http://127.0.0.1:")
    assert SIGN_IN.password.encode() in told[2]
    assert process.returncode == 0


def test_the_bench_prints_every_figure(shell: Shell) -> None:
    done = shell.run("bench", "--json", "--members", "50", "--rounds", "5")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    for name in ("pin_to_outcome_ms", "qr_frame_to_outcome_ms", "durable_write_ms", "start_to_first_frame_ms"):
        assert 0 < figures[name]["p50"] <= figures[name]["p99"] <= figures[name]["worst"]
    assert figures["members"] == 50


def test_the_bench_of_the_decoders_prints_rate_and_time_of_each(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "code.pgm").write_bytes(b"P5 640 480 255\n" + frame_with("228904").grey)
    (tmp_path / "code.txt").write_text("228904\n")
    done = shell.run("bench", "scan", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert list(figures["decoding"]) == ["kiosk", "zxing-cpp alone", "pyzbar alone"]
    assert {one["rate_percent"] for one in figures["decoding"].values()} == {100}
    assert figures["goals"]["rate_percent"]["met"]


def test_the_bench_of_the_decoders_asks_for_a_folder(shell: Shell) -> None:
    done = shell.run("bench", "scan")
    assert done.returncode == 1
    assert "kiosk bench scan FOLDER" in done.stderr


def test_the_bench_of_the_store_prints_every_figure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("store.STORED_MEMBERS", 20), ("race.WARM_UP", 1), ("opening.TIMES", 1)):
        monkeypatch.setattr(f"kiosk.bench.{name}", value)
    assert main(["bench", "store", "--json", "--documents", "20", "--rounds", "3", "--check-ins", "10"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert set(figures["operations_ms"]["20"]) == {"insert", "update", "look_up"}
    assert set(figures["operations_ms"]["20"]["insert"]) == {"ours", "tinydb_json", "sqlite_wal_full"}
    assert figures["opening"]["20"]["documents"] == 23
    assert figures["check_in"]["flushes"] == 1
    assert all({"value", "wanted", "met"} == set(goal) for goal in figures["goals"].values())


def test_the_bench_of_the_sync_prints_every_figure(shell: Shell) -> None:
    done = shell.run("bench", "sync", "--json", "--members", "200", "--events", "5")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["members"]["members"] > 180
    assert figures["members"]["first_load_cpu_seconds"] > 0
    assert (figures["catch_up"]["events"], figures["catch_up"]["turned_away"]) == (5, 0)


def test_the_log_of_a_run_names_nobody(shell: Shell, world: World) -> None:
    shell.set_up()
    pin = pin_of(world, "Zoë Lindqvist")
    shell.line(f"pin {pin}\npin 99999\nquit\n")
    log = shell.folder / "state" / "kiosk.log"
    told = log.read_text("utf-8") if log.exists() else ""
    assert not any(secret in told for secret in (pin, "99999", "Zoë", "Lindqvist", SIGN_IN.email))
