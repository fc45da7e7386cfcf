"""Bluetooth in one line, for whoever asks how the kiosk stands."""

from __future__ import annotations

from kiosk.control.protocol import RadioReport
from kiosk.desk.adverts import BeaconState, RadioState


def radio_words(radio: RadioReport) -> str:
    """What it is, what it hears, and what to do about it if it does not."""
    words = _heard(radio)
    match radio.beacon:
        case BeaconState.NONE:
            return words
        case BeaconState.SENDING:
            return f"{words}; the beacon is sent"
        case _:
            return f"{words}; the beacon is not sent yet"


def _heard(radio: RadioReport) -> str:
    match radio.state:
        case RadioState.LISTENING:
            return "".join([radio.adapter, f" ({radio.firmware})" if radio.firmware else "", *_figures(radio)])
        case RadioState.STARTING:
            return "starting"
        case RadioState.ABSENT | RadioState.LOST:
            return radio.cure or "none"


def _figures(radio: RadioReport) -> list[str]:
    figures = [f", {radio.packets_per_second:.0f} packets a second"]
    if radio.last_packet_seconds is None:
        figures.append(", none heard yet")
    else:
        figures.append(f", the last {radio.last_packet_seconds:.0f} s ago")
    if radio.restarts:
        figures.append(", begun anew once" if radio.restarts == 1 else f", begun anew {radio.restarts} times")
    if radio.lost:
        figures.append(f", {radio.lost} packets left out")
    if radio.cure:
        figures.append(f". {radio.cure}")
    return figures
