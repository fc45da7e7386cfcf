from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

import kiosk.settings
from kiosk.settings import KeyboardLayout, SettingsError, load_settings
from kiosk.ui.widgets.keyboard_layouts import Layout


@pytest.fixture(autouse=True)
def bare_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device on which nothing is set: whoever runs the tests may have settings of their own."""
    for name in os.environ:
        if name.upper().startswith(("KIOSK_", "XDG_")) or name.endswith(
            ("STATE_DIRECTORY", "CONFIGURATION_DIRECTORY", "CREDENTIALS_DIRECTORY")
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(kiosk.settings, "DEFAULT_FILES", (tmp_path / "etc" / "kiosk.toml",))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def complaint(file: Path | None, content: str | bytes = "") -> str:
    """What is said of a file with this content."""
    if file is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    return str(caught.value)


def test_a_device_on_which_nothing_is_set_has_the_defaults_that_the_design_names(tmp_path: Path) -> None:
    settings = load_settings()

    assert settings.nexudus.url == ""
    assert settings.nexudus.confirm_seconds == 1.5
    assert settings.nexudus.settle_seconds == 70
    assert settings.desk.undo_seconds == 10
    assert settings.state.retention_days == 30
    assert (settings.screen.idle_seconds, settings.screen.countdown_seconds) == (30, 15)
    assert settings.state.folder == tmp_path / "home/.local/state/nexudus-kiosk/state"
    assert settings.state.key_file == tmp_path / "home/.config/nexudus-kiosk/pin.key"


def test_the_key_of_the_pins_is_not_in_the_state_folder_by_default() -> None:
    state = load_settings().state

    assert state.folder not in state.key_file.parents


def test_state_and_key_are_where_systemd_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/kiosk")
    monkeypatch.setenv("CONFIGURATION_DIRECTORY", "/etc/kiosk")
    for _ in range(2):  # once from the defaults, once with another setting of the same section
        state = load_settings().state
        assert state.folder == Path("/var/lib/kiosk/nexudus-kiosk/state")
        assert state.key_file == Path("/etc/kiosk/nexudus-kiosk/pin.key")
        monkeypatch.setenv("KIOSK_STATE__RETENTION_DAYS", "7")


def test_the_key_is_the_one_that_is_named_else_the_credential_else_a_file_of_the_kiosks_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "home/.config/nexudus-kiosk/pin.key"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert load_settings().state.key_file == own, "systemd hands over other secrets, and not this one"

    (tmp_path / "pin.key").write_bytes(b"k" * 32)
    assert load_settings().state.key_file == tmp_path / "pin.key"

    monkeypatch.setenv("KIOSK_STATE__KEY_FILE", "~/usb/pin.key")
    assert load_settings().state.key_file == tmp_path / "home/usb/pin.key"


@pytest.mark.parametrize("odds", ["0", "-0.1", "1.5", "nan"])
def test_odds_are_a_share_that_is_not_nothing(monkeypatch: pytest.MonkeyPatch, odds: str) -> None:
    monkeypatch.setenv("KIOSK_DESK__GUESS_ODDS", odds)

    with pytest.raises(SettingsError, match="KIOSK_DESK__GUESS_ODDS"):
        load_settings()


def test_a_file_sets_what_it_names_and_leaves_the_rest(file: Path) -> None:
    file.write_text('[screen]\naccent = "#0f6b5c"\nidle_seconds = 45\n\n[state]\nfolder = "/srv/kiosk"\n')

    settings = load_settings(file)

    assert (settings.screen.accent, settings.screen.idle_seconds) == ("#0f6b5c", 45)
    assert settings.screen.countdown_seconds == 15
    assert settings.state.folder == Path("/srv/kiosk")
    assert settings.state.key_file.name == "pin.key"


def test_a_variable_wins_over_the_file_and_only_for_its_own_setting(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("[screen]\nidle_seconds = 45\nsuccess_seconds = 4\n")
    monkeypatch.setenv("KIOSK_SCREEN__IDLE_SECONDS", "50")
    monkeypatch.setenv("KIOSK_NEXUDUS__URL", "http://127.0.0.1:8000")

    settings = load_settings(file)

    assert (settings.screen.idle_seconds, settings.screen.success_seconds) == (50, 4)
    assert settings.nexudus.url == "http://127.0.0.1:8000"


def test_the_devices_own_file_is_read_where_none_is_named_and_not_where_one_is(file: Path, tmp_path: Path) -> None:
    own = tmp_path / "etc" / "kiosk.toml"
    own.parent.mkdir()
    own.write_text("[screen]\nidle_seconds = 45\nsuccess_seconds = 4\n")
    file.write_text("[screen]\nidle_seconds = 50\n")

    assert load_settings().screen.idle_seconds == 45
    assert (load_settings(file).screen.idle_seconds, load_settings(file).screen.success_seconds) == (50, 3)


def test_the_keyboard_is_a_locations_own(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('[keyboard]\nlayout = "qwertz"\nendings = ["@gmx.de", ".de"]\n')

    assert load_settings(file).keyboard.layout == "qwertz"
    assert load_settings(file).keyboard.endings == ("@gmx.de", ".de")

    monkeypatch.setenv("KIOSK_KEYBOARD__ENDINGS", '["@harbour.example"]')
    assert load_settings(file).keyboard.endings == ("@harbour.example",)


def test_every_layout_that_can_be_set_is_one_that_the_keyboard_has() -> None:
    assert [layout.value for layout in KeyboardLayout] == [layout.value for layout in Layout]


def test_what_no_address_can_end_with_is_refused(file: Path) -> None:
    for ending in ("gmail.com", "@", "@a b.example", "@a@b.example"):
        assert "keyboard.endings" in complaint(file, f'[keyboard]\nendings = ["{ending}"]\n')


def test_settings_do_not_change_while_the_kiosk_runs() -> None:
    settings = load_settings()

    with pytest.raises(ValidationError, match="frozen"):
        settings.screen.idle_seconds = 1.0  # type: ignore[misc]  # what mypy forbids is what is tried here


BROKEN = {
    "a wrong type": (
        "[camera]\n\n# which one\nsource = 3\n",
        "line 4, camera.source: input should be a valid string; it is 3.",
    ),
    "out of bounds": (
        "[nexudus]\nwrites_per_minute = 61\n",
        "line 2, nexudus.writes_per_minute: input should be less than or equal to 60; it is 61.",
    ),
    "not a number": (
        "[screen]\nidle_seconds = nan\n",
        "line 2, screen.idle_seconds: input should be less than or equal to 86400; it is nan.",
    ),
    "no colour": (
        '[screen]\n"accent" = "green"\n',
        "line 2, screen.accent: string should match pattern '^$|^#[0-9a-fa-f]{6}$'; it is 'green'.",
    ),
    "inline": (
        "desk.undo_seconds = 10\nscreen = { idle_seconds = -1 }\n",
        "line 2, screen.idle_seconds: input should be greater than 0; it is -1.",
    ),
    "dotted": (
        "desk.undo_seconds = 121\n",
        "line 1, desk.undo_seconds: input should be less than or equal to 120; it is 121.",
    ),
    "an unknown key": (
        "[screen]\nidle_seconds = 30\n[ desk ]\nidle_seconds = 30\n",
        "line 4, desk.idle_seconds: there is no such setting. The README lists them all.",
    ),
    "an unknown table": (
        "[scren]\nidle_seconds = 30\n",
        "line 1, scren: there is no such setting. The README lists them all.",
    ),
    "no table": ("\nscreen = 3\n", "line 2, screen: input should be a valid dictionary"),
    "a table too many": ("[[screen]]\nidle_seconds = 1\n", "line 1, screen: input should be a valid dictionary"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_is_one_sentence_that_names_file_line_and_field(file: Path, fault: str) -> None:
    content, sentence = BROKEN[fault]

    said = complaint(file, content)

    assert said.startswith(f"{file}, {sentence}")
    assert "\n" not in said
    assert said.endswith(".")


def test_a_value_that_is_a_novel_is_not_told_in_full(file: Path) -> None:
    assert len(complaint(file, f'[screen]\naccent = "{"x" * 10_000}"\n')) < 300


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("[screen]\nidle_seconds 30\n", "at line 2, column 14"),
        ("[screen]\nidle_seconds = 1\nidle_seconds = 2\n", "at line 3, column 17"),
        ("\ufeff[screen]\n", "at line 1, column 1"),
    ],
    ids=["no equals sign", "twice", "byte order mark"],
)
def test_what_is_no_toml_is_said_with_its_line(file: Path, content: str, where: str) -> None:
    said = complaint(file, content)

    assert said.startswith(f"{file}: ")
    assert where in said
    assert said.endswith("Compare with the examples in the README.")


def test_a_file_that_is_not_utf_8_is_said_with_the_byte(file: Path) -> None:
    content = '[screen]\naccent = "\xe9"\n'.encode("latin-1")

    assert complaint(file, content) == f"{file}: byte 19 is not UTF-8. Save the file as UTF-8."


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    for absent in (tmp_path / "absent.toml", tmp_path):
        with pytest.raises(SettingsError, match=f"^The settings file {absent} is not there.$"):
            load_settings(absent)


def test_a_file_that_cannot_be_read_is_said_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)

    assert complaint(file) == f"The settings file {file} cannot be read: Permission denied."


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("KIOSK_SCREEN__IDLE_SECONDS", "soon", "KIOSK_SCREEN__IDLE_SECONDS: input should be a valid number"),
        ("KIOSK_SCREEN__IDLE", "30", "KIOSK_SCREEN__IDLE: there is no such setting"),
        ("KIOSK_SCREEN", "30 seconds", "KIOSK_SCREEN"),
        ("KIOSK_SCREEN", '{"idle_seconds": "soon"}', "KIOSK_SCREEN"),
        ("KIOSK_SCREEN__IDLE_SECONDS__MAX", "30", "KIOSK_SCREEN__IDLE_SECONDS"),
    ],
)
def test_a_fault_in_a_variable_names_the_variable_and_not_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)

    said = complaint(file, "[screen]\nidle_seconds = 30\n")

    assert said.startswith(f"The variable {sentence}")
    assert str(file) not in said
    assert "\n" not in said
