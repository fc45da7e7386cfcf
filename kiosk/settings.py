"""One typed tree of settings: a TOML file, and KIOSK_* variables over it.

A variable is named after its place in the tree, with two underscores between the levels: `KIOSK_NEXUDUS__URL`,
`KIOSK_SCREEN__IDLE_SECONDS`.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from pydantic_settings import SettingsError as UnreadableVariable

from kiosk.desk.hosts import HostChoice
from kiosk.sections.badge import BadgeSettings, PassportSettings
from kiosk.sections.bluetooth import BluetoothSettings
from kiosk.sections.comfort import AttractSettings, SoundSettings
from kiosk.sections.device import DeviceSettings
from kiosk.sections.language import Languages
from kiosk.sections.metrics import MetricsSettings
from kiosk.sections.rollcall import RollCallSettings

Seconds = Annotated[float, Field(gt=0, le=86_400)]


class SettingsError(Exception):
    """The settings cannot be used. The message names the file, the line and the field, and says what is wrong."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MembersReading(StrEnum):
    """Which members are asked for between two nights."""

    CHANGED = "changed"
    """Those whose record has changed."""
    WHOLE = "whole"
    """All of them. Nexudus may turn out not to tell changes reliably: nobody has been able to try."""


class NexudusSettings(_Section):
    """Where Nexudus is, and how patient the kiosk is with it."""

    url: str = ""
    """Address of the service: https, or http on this machine alone. Empty: where the kiosk was set up, at first
    https://spaces.nexudus.com."""
    confirm_seconds: Annotated[float, Field(ge=0, le=30)] = 1.5
    """How long a result waits for Nexudus's word before it says honestly that there is none yet."""
    look_up_seconds: Seconds = 2.0
    """How long an unknown code is looked up in Nexudus before it is refused."""
    settle_seconds: Seconds = 70.0
    """After a request without an answer: how long before it is read back. Longer than the latest late execution plus
    the lag of lists."""
    retry_seconds: Seconds = 60.0
    """The longest pause between tries while the line is down."""
    writes_per_minute: Annotated[int, Field(ge=1, le=60)] = 30
    """This kiosk's share of the 60 writes a minute that Nexudus allows an account."""
    calls_per_minute: Annotated[int, Field(ge=2, le=120)] = 60
    """This kiosk's share of the 120 calls a minute, of any kind, that Nexudus allows an account."""
    call_spacing_seconds: Annotated[float, Field(ge=0, le=10)] = 0.1
    """The least time between two calls: Nexudus takes one in 100 ms."""
    visitors_seconds: Seconds = 120.0
    """How often the invitations of these days are read."""
    members_seconds: Seconds = 900.0
    """How often it is asked which members have changed."""
    members_reading: MembersReading = MembersReading.CHANGED
    """"changed", or "whole" to read all members each time: safe where Nexudus does not tell changes reliably, and many
    more calls."""
    quiet_hour: Annotated[int, Field(ge=0, le=23)] = 3
    """From this hour on, by the location's clock, all members are read once a night, each kiosk at its own minute
    within two hours."""
    presence_seconds: Seconds = 60.0
    """How often it is read who is in, since people also come and go elsewhere."""
    try_writing: bool = True
    """Whether `setup` and `doctor` try the rights to write, with requests that Nexudus must refuse."""

    salto_ks: bool = False
    """Whether doors are Salto KS. Visitors are then sent to reception: a check-in at a kiosk opens no door there."""
    approve_walk_ins: bool = False
    """Whether a visitor who registers here waits until the host has approved. Give it as it is set in Nexudus, whose
    own setting cannot be read."""
    visitor_commands: bool = True
    """Whether visitors are checked in and out by Nexudus's own command where its list names one."""


class StateSettings(_Section):
    """Where the kiosk keeps what it knows."""

    folder: Path = Path()
    """The state folder; by default `nexudus-kiosk/state` in $STATE_DIRECTORY or in the user's state home."""
    key_file: Path = Path()
    """This device's key, for PIN hashes, outside the state folder; on another medium it also protects a stolen card. By
    default the systemd credential `pin.key` where there is one, else `nexudus-kiosk/pin.key` in
    $CONFIGURATION_DIRECTORY or in the user's configuration."""
    encryption: bool = False
    """Whether all that is kept here is sealed with a key made of the device's key. Who loses that key then loses the
    state."""
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 30
    """Days for which finished events are kept here. Nexudus keeps its own."""

    @field_validator("folder")
    @classmethod
    def _default_folder(cls, value: Path) -> Path:
        return value.expanduser() if value.parts else state_home() / "state"

    @field_validator("key_file")
    @classmethod
    def _default_key_file(cls, value: Path) -> Path:
        return value.expanduser() if value.parts else _credential("pin.key") or _config_home() / "pin.key"

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class ScreenSettings(_Section):
    """How the screen behaves."""

    accent: Annotated[str, Field(pattern=r"^$|^#[0-9a-fA-F]{6}$")] = ""
    """The space's own colour, such as "#0f6b5c"; empty for the kiosk's."""
    idle_seconds: Seconds = 30.0
    """Without a touch for so long, an entry screen begins to count down."""
    form_seconds: Seconds = 60.0
    """The same where a visitor fills in a form, and stops to think."""
    countdown_seconds: Annotated[int, Field(ge=3, le=60)] = 15
    """How long it counts before everything is wiped."""
    success_seconds: Seconds = 3.0
    """How long a success stays on the glass; a touch ends it sooner."""
    refusal_seconds: Seconds = 5.0
    """How long anything else does."""
    languages: Languages = ("en", "es", "fr", "de", "pt", "it")
    """What people can choose on home, by two letters; the first is the house's own and comes back after each visitor.
    One alone: there is nothing to choose."""


class KeyboardLayout(StrEnum):
    """Where the letters of the on-screen keyboard stand."""

    QWERTY = "qwerty"
    QWERTZ = "qwertz"
    AZERTY = "azerty"
    SPANISH = "spanish"


AddressEnding = Annotated[str, Field(pattern=r"^[@.][^\s@]{1,39}$")]


class KeyboardSettings(_Section):
    """How visitors type."""

    layout: KeyboardLayout = KeyboardLayout.QWERTY
    """"qwerty", "qwertz" (German, with ü, ö, ä and ß), "azerty" or "spanish" (with ñ). All have every accent."""
    endings: Annotated[tuple[AddressEnding, ...], Field(max_length=6)] = (
        "@gmail.com",
        "@outlook.com",
        "@hotmail.com",
        "@icloud.com",
        ".com",
    )
    """What e-mail addresses end with here, for one touch each, the commonest first; as many are shown as have room."""


class DeskSettings(_Section):
    """How the desk decides."""

    greet_again_seconds: Annotated[float, Field(ge=0, le=3600)] = 60.0
    """Somebody who shows up again within this time is greeted, not asked whether they leave."""
    undo_seconds: Annotated[float, Field(ge=0, le=120)] = 10.0
    """How long a result can be undone."""
    guess_odds: Annotated[float, Field(gt=0, le=1)] = 0.001
    """Where a random guess of a PIN would hit a member more often than this, the first letter of the surname is asked
    for as well. 1: never."""
    reception: Annotated[str, Field(max_length=120)] = ""
    """How to reach reception, in words, such as "Dial 9 on the white phone."; said with every refusal."""


class VisitorSettings(_Section):
    """Whom visitors may visit, and how they are asked."""

    host_choice: HostChoice = HostChoice.SEARCH
    """"search": whoever is found by three letters; "full-name": nobody until a whole name or company is typed; "list":
    everybody, page by page."""
    hosts_allowed: tuple[str, ...] = ()
    """Names of members and companies; if there are any, nobody else is offered. A company stands for all who work
    there."""
    hosts_denied: tuple[str, ...] = ()
    """Names of members and companies that are never offered."""
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    """Two letters for the country whose telephone numbers need no prefix; by default that of the location's time
    zone."""


class CameraSettings(_Section):
    """Which camera reads QR codes."""

    source: str = "auto"
    """"auto" (the Raspberry Pi camera, else a USB webcam), "picamera2", "v4l2" (the first webcam), "/dev/videoN",
    "none", "code:TEXT" (a drawn code), or a picture, video or folder of pictures to replay."""
    focus_dioptres: Annotated[float, Field(ge=0, le=15)] = 4.0
    """Where the lens of a Raspberry Pi camera is fixed: 100 divided by the distance in centimetres. 4 is 25 cm, sharp
    enough from 10 to 40."""


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix="KIOSK_", env_nested_delimiter="__", extra="forbid", frozen=True, validate_default=True
    )

    nexudus: NexudusSettings = NexudusSettings()
    state: StateSettings = Field(default_factory=StateSettings)  # its defaults depend on the environment at that time
    screen: ScreenSettings = ScreenSettings()
    keyboard: KeyboardSettings = KeyboardSettings()
    desk: DeskSettings = DeskSettings()
    visitors: VisitorSettings = VisitorSettings()
    camera: CameraSettings = CameraSettings()
    metrics: MetricsSettings = MetricsSettings()
    bluetooth: BluetoothSettings = BluetoothSettings()
    sound: SoundSettings = SoundSettings()
    attract: AttractSettings = AttractSettings()
    rollcall: RollCallSettings = RollCallSettings()
    device: DeviceSettings = DeviceSettings()
    badges: BadgeSettings = BadgeSettings()
    passport: PassportSettings = PassportSettings()


DEFAULT_FILES = (Path("/etc/kiosk/kiosk.toml"),)
"""Read when no file is named, if it is there."""


def load_settings(file: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        file: The file to read; it must be there. Without one, the first of `DEFAULT_FILES` that is, else the defaults.

    Raises:
        SettingsError: With a sentence for whoever wrote the file.
    """
    if file is not None and not file.is_file():
        raise SettingsError(f"The settings file {file} is not there.")
    found = file or default_file()
    text = _read(found) if found else ""
    return checked(_settings_from(found), found, text)


def default_file() -> Path | None:
    """The file that is read when none is named; None if there is none."""
    return next((path for path in DEFAULT_FILES if path.is_file()), None)


def faults_of(file: Path) -> list[str]:
    """Every fault of a settings file by itself, whatever KIOSK_* variables say here: a sentence for each, with line and
    field. Raises SettingsError if it cannot be read at all."""
    text = _read(file)
    try:
        _settings_from(file, with_variables=False)()
    except ValidationError as error:
        return [_explain_fault(fault, file, text, {}) for fault in error.errors()]
    return []


def checked(make: Callable[[], Settings], file: Path | None = None, text: str = "") -> Settings:
    """Settings as they are made, or a sentence that says what is wrong with them and where.

    For a command that makes its own, too, as for a demonstration: KIOSK_* variables say what it leaves open.

    Raises:
        SettingsError: They cannot be used.
    """
    try:
        return make()
    except ValidationError as error:
        raise SettingsError(_explain(error, file, text)) from error
    except UnreadableVariable as error:
        raise SettingsError(_explain_section(error)) from error


def _read(file: Path) -> str:
    try:
        text = file.read_text("utf-8")
        tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"The settings file {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}. Compare with the examples in the README.") from error
    return text


def _settings_from(file: Path | None, *, with_variables: bool = True) -> type[Settings]:
    class SettingsOfFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            sources = [init_settings, env_settings] if with_variables else [init_settings]
            if file is not None:
                sources.append(TomlConfigSettingsSource(settings_cls, file))
            return tuple(sources)

    return SettingsOfFile


def _explain(error: ValidationError, file: Path | None, text: str) -> str:
    """The first fault as one sentence."""
    return _explain_fault(error.errors()[0], file, text, os.environ)


def _explain_fault(fault: ErrorDetails, file: Path | None, text: str, variables: Mapping[str, str]) -> str:
    """A fault as one sentence that says where it is."""
    path = [str(part) for part in fault["loc"]]
    field = ".".join(path)
    variable = _variable_of(path, variables)
    if variable:
        place = f"The variable {variable}"
    else:
        line = _line_of(path, text)
        place = f"{file}, line {line}, {field}" if line else f"{file or 'The settings'}, {field}"
    if fault["type"] == "extra_forbidden":
        return f"{place}: there is no such setting. The README lists them all."
    return f"{place}: {fault['msg'].rstrip('.').lower()}; it is {_shown(fault['input'])}."


def _explain_section(error: UnreadableVariable) -> str:
    """A section can be given whole, but as JSON."""
    field = str(error).split('"')[1]
    return f"The variable KIOSK_{field.upper()} is no JSON. Set one by one what it should hold, as the README shows."


def _variable_of(path: list[str], variables: Mapping[str, str]) -> str | None:
    """The variable that sets `path`, alone, in part, or with its whole section."""
    own, section = "KIOSK_" + "__".join(path).upper(), "KIOSK_" + path[0].upper()
    for name, value in variables.items():
        if f"{name.upper()}__".startswith(f"{own}__"):
            return name
        if name.upper() == section and path[1] in json.loads(value):
            return name
    return None


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _line_of(path: list[str], text: str) -> int | None:
    """The line of a TOML document that sets `path`, or begins its table; None if it is not to be seen."""
    table: list[str] = []
    best: int | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?([^\[\]]+)\]", line):
            table = [part.strip().strip("\"'") for part in header[1].split(".")]
            if table == path[: len(table)]:
                best = number
        elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            full = table + [part.strip("\"'") for part in key[1].split(".")]
            if full == path[: len(full)]:
                return number
    return best


def state_home() -> Path:
    """Where this device keeps the kiosk's state, and what belongs beside it."""
    home = os.environ.get("STATE_DIRECTORY") or os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(home) / "nexudus-kiosk"


def _credential(name: str) -> Path | None:
    """Where systemd hands this secret to the service (LoadCredential, SetCredentialEncrypted); None if it does not."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder, name) if folder and os.path.lexists(Path(folder, name)) else None


def _config_home() -> Path:
    home = os.environ.get("CONFIGURATION_DIRECTORY") or os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "nexudus-kiosk"
