"""Findings: what was looked at, how it stands, and what staff should do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What is looked at, in the order in which staff should read it: what comes first explains what comes later."""

    DEVICE = "device"
    STATE = "state"
    KIOSK = "kiosk"
    GLASS = "glass"
    CAMERA = "camera"
    BLUETOOTH = "bluetooth"
    NETWORK = "network"
    CLOCK = "clock"
    SIGN_IN = "sign-in"
    PERMISSIONS = "permissions"


class Verdict(StrEnum):
    """How something stands."""

    WELL = "well"
    NOTE = "note"
    """Nothing is wrong, and staff should know of it."""
    UNVERIFIED = "not verified"
    """It could not be looked at; the sentence says why."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: What it belongs to.
        about: Which part of it, such as "key" or "Checkin - Create".
        verdict: How it stands.
        said: What was found, in whole sentences for staff.
        cure: What to do; empty where nothing is to be done.
    """

    subject: Subject
    about: str
    verdict: Verdict
    said: str
    cure: str = ""


def is_well(findings: Iterable[Finding]) -> bool:
    """Whether nothing is wrong. What could not be verified is not wrong by itself: what prevented it is."""
    return all(finding.verdict is not Verdict.WRONG for finding in findings)
