from __future__ import annotations

import codecs
import logging
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.nexudus.tokens import TokenFile, Tokens
from tests.nexudus.office import START, WEEK, tokens


def test_tokens_come_back_as_they_were_saved(file: TokenFile) -> None:
    file.save(tokens(1))
    file.save(tokens(2))

    assert file.load() == tokens(2)


def test_nobody_but_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "state" / "tokens.json"
    TokenFile(path).save(tokens(1))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(path.parent) == ["tokens.json"]


def test_the_file_is_on_the_disk_before_it_takes_its_name_and_the_name_before_save_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def noted_replace(source: str, target: Path) -> None:
        steps.append("rename" if Path(source).parent == target.parent else "move")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    TokenFile(tmp_path / "tokens.json").save(tokens(1))

    assert steps == ["file", "rename", "folder"]


def test_a_failed_save_leaves_the_old_tokens_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = TokenFile(tmp_path / "tokens.json")
    file.save(tokens(1))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        file.save(tokens(2))

    assert file.load() == tokens(1)
    assert os.listdir(tmp_path) == ["tokens.json"]


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"{", b"[]", b'{"access_token": "access-1"}', b"[" * 100_000])
def test_a_broken_file_means_nobody_is_signed_in(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    path = tmp_path / "tokens.json"
    path.write_bytes(content)
    file = TokenFile(path)

    with caplog.at_level(logging.DEBUG):
        assert file.load() is None
        assert file.load() is None

    assert len(caplog.records) == 1
    assert "access-1" not in caplog.text


def test_cleared_tokens_are_gone_and_clearing_twice_is_no_error(file: TokenFile) -> None:
    file.clear()
    file.save(tokens(1))
    file.clear()
    file.clear()

    assert file.load() is None


def test_no_token_shows_when_the_pair_is_printed() -> None:
    shown = repr(tokens(7)) + str(tokens(7)) + repr(tokens(7).model_dump()) + tokens(7).model_dump_json()

    assert "access-7" not in shown
    assert "refresh-7" not in shown


@pytest.mark.parametrize(
    ("life", "age", "due"),
    [
        (WEEK, timedelta(hours=23), False),
        (WEEK, timedelta(days=1), True),
        (timedelta(hours=2), timedelta(minutes=59), False),
        (timedelta(hours=2), timedelta(hours=1), True),
        (WEEK, timedelta(minutes=-1), True),
    ],
    ids=["young", "a day old", "short-lived and young", "short-lived and half gone", "the clock went back"],
)
def test_a_pair_is_due_at_half_of_its_life_or_after_a_day(life: timedelta, age: timedelta, due: bool) -> None:
    kept = Tokens.model_validate(tokens(1).model_dump() | {"expires_at": START + life})

    assert kept.due(START + age) is due


class Rot13:
    """Stands in for the cipher, which belongs to another room."""

    def seal(self, clear: bytes, about: bytes) -> bytes:
        return about + codecs.encode(clear.decode(), "rot13").encode()

    def try_open(self, sealed: bytes, about: bytes) -> bytes | None:
        if not sealed.startswith(about):
            return None
        return codecs.encode(sealed[len(about) :].decode(), "rot13").encode()


def test_with_a_seal_the_file_holds_nothing_in_the_clear(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    TokenFile(path, Rot13(), Rot13()).save(tokens(1))

    assert tokens(1).email.encode() not in path.read_bytes()
    assert TokenFile(path, Rot13(), Rot13()).load() == tokens(1)
    assert TokenFile(path, Rot13()).load() == tokens(1), "also when nothing is sealed any more"


def test_a_file_in_the_clear_is_sealed_as_soon_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    TokenFile(path).save(tokens(1))

    assert TokenFile(path, Rot13(), Rot13()).load() == tokens(1)
    assert tokens(1).email.encode() not in path.read_bytes()


def test_a_sealed_file_without_its_key_is_no_sign_in(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "tokens.json"
    TokenFile(path, Rot13(), Rot13()).save(tokens(1))

    assert TokenFile(path).load() is None
    path.write_bytes(path.read_bytes()[:20] + b"?" + path.read_bytes()[21:])
    assert TokenFile(path, Rot13()).load() is None
    assert "staff must sign in" in caplog.text
