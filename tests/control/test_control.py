"""The socket through which staff's commands reach the kiosk that is running, and those who mean it harm."""

from __future__ import annotations

import contextlib
import logging
import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.control import wire
from kiosk.control.client import NoAnswerGiven, NobodyThere, ask
from kiosk.control.protocol import LIMIT, Answer, AskStatus, NotUnderstood, Request, Retry, SignInAgain, to_line
from kiosk.control.server import PLACES, ControlServer
from kiosk.control.wire import NAME, address_in

PATIENCE = 0.5


def echo(request: Request) -> Answer:
    """Answers with what was asked."""
    return Answer(done=True, said=request.do)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[ControlServer]:
    server = ControlServer(folder, echo, PATIENCE)
    server.start()
    yield server
    server.stop()


@contextlib.contextmanager
def stranger(folder: Path) -> Iterator[socket.socket]:
    """Somebody who connects and then does as they like."""
    with address_in(folder) as address, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(10)
        connection.connect(address)
        yield connection


def told(connection: socket.socket) -> bytes:
    """All that the kiosk says until it hangs up."""
    said = b""
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(4096):
            said += part
    return said


@pytest.mark.usefixtures("server")
def test_a_request_is_answered(folder: Path) -> None:
    assert ask(folder, Retry(numbers=(1, 2))) == Answer(done=True, said="retry")


@pytest.mark.usefixtures("server")
def test_the_socket_is_its_owners_alone(folder: Path) -> None:
    mode = (folder / NAME).stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


def test_a_path_longer_than_an_address_can_hold_works(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 120) / ("b" * 120)
    deep.mkdir(parents=True)
    server = ControlServer(deep, echo)
    server.start()
    assert ask(deep, AskStatus()).done
    server.stop()
    assert not (deep / NAME).exists()


def test_where_no_kiosk_runs_nobody_is_there(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NobodyThere):
            ask(folder, AskStatus())


def test_the_socket_of_a_killed_kiosk_is_nobody_and_is_replaced_at_the_next_start(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as killed:
        killed.bind(str(tmp_path / NAME))
    with pytest.raises(NobodyThere):
        ask(tmp_path, AskStatus())

    server = ControlServer(tmp_path, echo)
    server.start()
    assert ask(tmp_path, AskStatus()).done
    server.stop()


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"hello\n",
        b"\xff\xfe\x00\n",
        b"[" * 10_000 + b"\n",
        b'{"do":"dance"}\n',
        b'{"do":"retry","numbers":[]}\n',
        b'{"do":"retry","numbers":[-1]}\n',
        b'{"do":"forget","person":"member:1; rm"}\n',
        b'{"do":"status","more":1}\n',
        b'{"do":"retry","numbers":["Zo\xc3\xab"]}\n',
    ],
)
@pytest.mark.usefixtures("server")
def test_garbage_is_answered_without_quoting_it_and_the_next_one_is_heard(folder: Path, line: bytes) -> None:
    with stranger(folder) as connection:
        connection.sendall(line)
        answer = Answer.model_validate_json(told(connection))
    assert answer == Answer(done=False, said="The request was not understood: it is no request of ours.")
    assert ask(folder, AskStatus()).done


@pytest.mark.usefixtures("server")
def test_a_line_that_is_too_long_is_not_read_to_its_end(folder: Path) -> None:
    with stranger(folder) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(b"x" * LIMIT * 4)
        assert b"too long" in told(connection)
    assert ask(folder, AskStatus()).done


@pytest.mark.usefixtures("server")
def test_who_says_nothing_or_drips_is_given_up_and_holds_up_nobody(folder: Path) -> None:
    with stranger(folder) as silent, stranger(folder) as dripping:
        began = time.monotonic()
        assert ask(folder, AskStatus()).done
        assert time.monotonic() - began < PATIENCE
        with contextlib.suppress(OSError):
            for _ in range(100):
                dripping.sendall(b" ")
                time.sleep(PATIENCE / 10)
        assert told(silent) == b""
        assert time.monotonic() - began < 4 * PATIENCE


@pytest.mark.usefixtures("server")
def test_who_takes_every_place_has_them_for_a_moment_only(folder: Path) -> None:
    with contextlib.ExitStack() as crowd:
        for _ in range(PLACES + 3):
            crowd.enter_context(stranger(folder))
        time.sleep(PATIENCE * 2)
        assert ask(folder, AskStatus()).done


@pytest.mark.usefixtures("server")
def test_who_goes_before_the_answer_harms_nobody(folder: Path) -> None:
    for _ in range(20):
        with stranger(folder) as connection:
            connection.sendall(to_line(AskStatus()))
    assert ask(folder, AskStatus()).done


@pytest.mark.usefixtures("server")
def test_another_user_is_sent_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.control.server.is_trusted", lambda connection: False)
    answer = ask(folder, AskStatus())
    assert answer == Answer(done=False, said="The kiosk may be asked by its own user or by root.")


def test_who_is_sent_away_before_asking_hears_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer, gone = Answer(done=False, said="The kiosk may be asked by its own user or by root."), threading.Event()

    def send_away(listener: socket.socket) -> None:
        client, _ = listener.accept()
        client.sendall(to_line(answer))
        client.close()
        gone.set()

    monkeypatch.setattr("kiosk.control.client.is_trusted", lambda connection: gone.wait(10))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener, address_in(folder) as address:
        listener.bind(address)
        listener.listen()
        sender = threading.Thread(target=send_away, args=(listener,))
        sender.start()
        assert ask(folder, AskStatus()) == answer
        sender.join(10)


@pytest.mark.usefixtures("server")
def test_nothing_is_said_to_a_socket_of_another_user(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.control.client.is_trusted", lambda connection: False)
    with pytest.raises(NoAnswerGiven, match="belongs to another user"):
        ask(folder, AskStatus())


def test_the_kernel_is_asked_who_is_at_the_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX)
    with ours, theirs:
        assert wire.is_trusted(ours)
        monkeypatch.setattr("struct.unpack", lambda *_: (1, 4711, 4711))
        assert not wire.is_trusted(ours)


def test_a_fault_is_answered_and_logged_by_its_kind_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail(request: Request) -> Answer:
        raise ValueError("Zoë Lindqvist")

    server = ControlServer(tmp_path, fail)
    server.start()
    with caplog.at_level(logging.ERROR):
        answer = ask(tmp_path, AskStatus())
    server.stop()
    assert not answer.done
    assert "ValueError" in answer.said
    assert "Zoë" not in answer.said + caplog.text


def test_a_kiosk_that_ends_finishes_what_it_carries_out_and_waits_for_nobody_else(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(request: Request) -> Answer:
        begun.set()
        go_on.wait(5)
        return Answer(done=True, said="finished")

    server = ControlServer(tmp_path, slow, patience=30)
    server.start()
    answers: list[Answer] = []
    asking = threading.Thread(target=lambda: answers.append(ask(tmp_path, AskStatus())))
    asking.start()
    begun.wait(5)
    with stranger(tmp_path):
        threading.Timer(0.2, go_on.set).start()
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 3
    asking.join(5)
    assert answers == [Answer(done=True, said="finished")]


def test_a_folder_where_no_socket_can_be_made_does_not_keep_the_kiosk_from_starting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / NAME).mkdir()
    server = ControlServer(tmp_path, echo)
    server.start()
    server.stop()
    assert "cannot reach this kiosk" in caplog.text


def test_a_kiosk_that_does_not_answer_is_told_as_such(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stuck:
        stuck.bind(str(tmp_path / NAME))
        stuck.listen()
        with pytest.raises(NoAnswerGiven, match="does not answer"):
            ask(tmp_path, AskStatus(), within=0.2)


def test_a_password_is_in_the_line_and_in_no_representation() -> None:
    request = SignInAgain(email="kiosk@example.com", password="hunter2 is long")
    assert "hunter2" not in repr(request)
    assert b"hunter2 is long" in to_line(request)


def test_no_line_is_longer_than_the_other_side_takes() -> None:
    with pytest.raises(NotUnderstood):
        to_line(Answer.model_construct(done=True, said="x" * LIMIT))
