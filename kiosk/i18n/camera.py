"""What the camera can tell the person before it, in words."""

from __future__ import annotations

from kiosk.desk.frames import CameraState, Hint
from kiosk.i18n.speech import Speech


def resting_words(state: CameraState, speech: Speech) -> str:
    """Why there is no picture, and what to do instead; nothing while there is one."""
    match state:
        case CameraState.ABSENT:
            return speech.say("There is no camera here.\nPlease type your code.")
        case CameraState.STARTING:
            return speech.say("The camera is starting…")
        case CameraState.LOST:
            return speech.say("The camera is resting.\nPlease type your code.")
        case CameraState.LIVE:
            return ""


def hint_words(hint: Hint, speech: Speech) -> str:
    """What somebody can do so that their code is read; nothing where nothing is wrong. One short line."""
    match hint:
        case Hint.NONE:
            return ""
        case Hint.TOO_DARK:
            return speech.say("Too dark. Make your screen brighter.")
        case Hint.TOO_CLOSE:
            return speech.say("Too close. Move it back a little.")
        case Hint.TOO_FAR:
            return speech.say("Too far. Hold it a little closer.")
        case Hint.HOLD_STILL:
            return speech.say("Hold it still for a moment.")
        case Hint.TILT:
            return speech.say("Tilt it away from the light.")
        case Hint.SEVERAL:
            return speech.say("Please show one code only.")


def locked_words(speech: Speech) -> str:
    """A code is in the frame and was read: what the green frame says without its colour."""
    return speech.say("✓ Code read")
