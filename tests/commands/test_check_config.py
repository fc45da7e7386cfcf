from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli import main


def test_every_fault_is_told_with_its_line_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[device]\ndim_from = "25:00"\ndim_percent = 0\n\n[screen]\naccent = "#0f6b5c"\n')

    assert main(["check-config", str(file)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": input")[0] for line in told] == [
        f"kiosk: {file}, line 2, device.dim_from",
        f"kiosk: {file}, line 3, device.dim_percent",
    ]


def test_a_fleets_files_are_checked_at_once_and_the_bad_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "a.toml", tmp_path / "b.toml"
    good.write_text('[device]\ndim_from = "21:30"\ndim_until = 07:00:00\n')
    bad.write_text("[scren]\n")

    assert main(["check-config", str(bad), str(good)]) == 1
    out, error = capsys.readouterr()
    assert out == f"{good} is valid.\n"
    assert error == f"kiosk: {bad}, line 1, scren: there is no such setting. The README lists them all.\n"


def test_a_file_is_judged_by_itself_whatever_is_set_where_it_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text("[screen]\nidle_seconds = 0\n")
    monkeypatch.setenv("KIOSK_SCREEN__IDLE_SECONDS", "45")

    assert main(["check-config", str(file)]) == 1
    assert f"{file}, line 2" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"[screen", b"\xff"])
def test_what_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    file = tmp_path / "kiosk.toml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(SystemExit) as ended:
        main(["check-config", str(file)])
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("kiosk: ")
