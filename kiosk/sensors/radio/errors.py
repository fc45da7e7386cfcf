"""What can be wrong with Bluetooth, each with one sentence for staff.

Visitors never see them: without Bluetooth the kiosk offers the keypad and the camera.

    RadioError
    ├── RadioMissing              there is no adapter
    │   ├── DaemonMissing         nobody answers for BlueZ, or there is no system bus
    │   └── RadioSoftwareMissing  bleak or dbus-fast is not installed, or does not load
    ├── RadioOff                  the adapter is switched off
    ├── RadioForbidden            the system does not let the kiosk's user at it
    ├── RadioLost                 it was there, and stopped working
    │   └── RadioSilent           it says that it listens, and nothing has been heard for long
    └── RecordingUnusable         the file to replay in its place cannot be used
"""

from __future__ import annotations

from typing import ClassVar


class RadioError(Exception):
    """Bluetooth cannot be used. Its text says what happened, without a full stop; `staff` says what to do as well."""

    cure: ClassVar[str] = "See the log of the kiosk."

    @property
    def staff(self) -> str:
        """What happened and what to do about it, for the status page and the command line."""
        return f"{self}. {self.cure}"


class RadioMissing(RadioError):
    """There is no adapter, or not the one that is wanted."""

    cure = (
        "It is looked for again by itself. A USB dongle: plug it in. The one of a Raspberry Pi: remove "
        '"dtoverlay=disable-bt" from /boot/firmware/config.txt. For a kiosk without Bluetooth set bluetooth.source to '
        '"none".'
    )


class DaemonMissing(RadioMissing):
    """Nobody answers for BlueZ: the daemon is not installed or not running, or there is no system bus at all."""

    cure = (
        "Install and start it with: sudo apt install -y bluez && sudo systemctl enable --now bluetooth. For a kiosk "
        'without Bluetooth set bluetooth.source to "none".'
    )


class RadioSoftwareMissing(RadioMissing):
    """bleak or dbus-fast is not installed, or does not load. Both come with the kiosk."""

    cure = "Run the set-up script again; it installs all that the kiosk needs."


class RadioOff(RadioError):
    """The adapter is there and switched off."""

    cure = "Switch it on with: rfkill unblock bluetooth && bluetoothctl power on. The kiosk notices that by itself."


class RadioForbidden(RadioError):
    """The bus does not let the kiosk's user talk to BlueZ."""

    cure = "Add the kiosk's user to the group bluetooth (sudo usermod -aG bluetooth USER), and restart the kiosk."


class RadioLost(RadioError):
    """It was there, and stopped working, or cannot be started."""

    cure = (
        "It is tried again by itself. If it stays away, give: sudo systemctl restart bluetooth. If that does not help, "
        "restart the kiosk, or use a USB dongle."
    )


class RadioSilent(RadioLost):
    """It says that it listens, and nothing has been heard for long. In an empty building that is no fault."""


class RecordingUnusable(RadioError):
    """The file that is to be replayed in place of an adapter cannot be used."""

    cure = 'Name a recording of packets (one JSON object a line), or set bluetooth.source to "auto" or "none".'
