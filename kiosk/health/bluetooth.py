"""Whether badges can be heard, and the beacon."""

from __future__ import annotations

from kiosk.desk.adverts import BeaconState, RadioStanding, RadioState
from kiosk.health.findings import Finding, Subject, Verdict

LONG_SECONDS = 3600.0
"""So long without any packet is worth knowing of: phones are heard wherever people are."""

SWITCHED_OFF = "It is switched off in the settings."


def judge_adapter(standing: RadioStanding) -> Finding:
    """The adapter, as it is found beside the kiosk.

    Args:
        standing: Without a state of listening: nobody listens for this.
    """
    if standing.state is RadioState.STARTING:
        known = f" {standing.firmware}." if standing.firmware else ""
        said = f"{standing.adapter} can be used.{known}"
        verdict = Verdict.NOTE if standing.cure else Verdict.WELL
        return Finding(Subject.BLUETOOTH, "adapter", verdict, said, standing.cure)
    said, _, cure = standing.cure.partition(". ")
    verdict = Verdict.NOTE if standing.state is RadioState.ABSENT else Verdict.WRONG
    return Finding(Subject.BLUETOOTH, "adapter", verdict, f"{said}.", cure)


def judge_radio(standing: RadioStanding, now: float) -> list[Finding]:
    """What the running kiosk hears and sends.

    Args:
        standing: As it tells.
        now: In seconds of the clock of `standing.last_packet_at`.
    """
    return [_packets(standing, now), *_beacon(standing)]


def _packets(standing: RadioStanding, now: float) -> Finding:
    about = "packets"
    if standing.state is not RadioState.LISTENING:
        # Why not is said of the adapter; what the kiosk itself met is told beside it.
        verdict = Verdict.WRONG if standing.state is RadioState.LOST else Verdict.NOTE
        said, _, cure = standing.cure.partition(". ")
        return Finding(Subject.BLUETOOTH, about, verdict, f"Nothing is heard. {said}".rstrip(". ") + ".", cure)
    figures = f"{standing.packets_per_second:.0f} a second"
    if standing.restarts:
        figures += f"; scanning was begun anew {standing.restarts} times"
    if standing.last_packet_at is None or now - standing.last_packet_at > LONG_SECONDS:
        return Finding(Subject.BLUETOOTH, about, Verdict.NOTE, "None was heard for long.", standing.cure)
    said = f"The last was heard {now - standing.last_packet_at:.0f} s ago, {figures}."
    return Finding(Subject.BLUETOOTH, about, Verdict.NOTE if standing.cure else Verdict.WELL, said, standing.cure)


def _beacon(standing: RadioStanding) -> list[Finding]:
    match standing.beacon:
        case BeaconState.NONE:
            return []
        case BeaconState.SENDING:
            return [Finding(Subject.BLUETOOTH, "beacon", Verdict.WELL, "It is sent.")]
        case _:
            said = "It is not sent; it is tried again by itself. The log of the kiosk says why."
            return [Finding(Subject.BLUETOOTH, "beacon", Verdict.WRONG, said, "See what is said of the adapter.")]
