"""What the simulated service refuses, and what it says.

SandboxError
├── AccessDenied        401: no bearer, a bad or expired one, or a missing role (contract 1.6)
├── NotFound            404
├── Invalid             400 with Status 500 and a list of Errors (contract 2)
├── NoValidPass         the refusal of a check-in, as HTTP 200 or 400 (contract 3.1)
├── NotAsThingsStand    200 with Status 500: a command or a delete that cannot be (contract 2)
├── ActionFailed        400, the generic "Ooops!" (contract 2)
├── GrantRefused        400 of the token endpoint, OAuth style (contract 1.5)
├── WorldFileDamaged    never an answer: the file of a saved world cannot be read
└── WrongSwitch         never an answer: a fault was named or valued wrongly
"""

from __future__ import annotations

from dataclasses import dataclass


class SandboxError(Exception):
    """Anything the simulated service refuses."""


class AccessDenied(SandboxError):
    """The caller is not signed in, or lacks the role: the service does not tell which."""


class NotFound(SandboxError):
    """No such record, or no such path."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of `Errors`: the property by its public name, what is wrong, and what was sent."""

    property_name: str
    message: str
    attempted: str | int | bool | float | None = None


class Invalid(SandboxError):
    """A body that breaks the rules of its entity."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{faults[0].property_name}: {faults[0].message}")
        self.faults = faults


class NoValidPass(SandboxError):
    """The member's passes do not cover this place and time. `status` is the HTTP status that says so."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class NotAsThingsStand(SandboxError):
    """A command or a delete that the record's present state does not allow. The HTTP status says nothing of it."""


class ActionFailed(SandboxError):
    """The service will not, and does not say why."""

    def __init__(self) -> None:
        super().__init__("Ooops! There was a problem while running this action...")


class GrantRefused(SandboxError):
    """No token for this request. `code` is the OAuth error."""

    def __init__(self, code: str, description: str | None = None) -> None:
        super().__init__(description or code)
        self.code = code
        self.description = description


class WorldFileDamaged(SandboxError):
    """The file holds no world, or one of another version."""


class WrongSwitch(SandboxError):
    """There is no such fault, or not with this value. The message is a sentence for whoever typed it."""
