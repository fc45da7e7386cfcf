"""`kiosk bench scan FOLDER`: the rate and the time of reading photographs whose codes are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.bench.decoding import DecodingFigures, decoding_goals, measure_decoding
from kiosk.bench.figures import BenchFailed, Goal
from kiosk.bench.known_codes import known_codes


def decoding_report(folder: Path | None) -> tuple[dict[str, object], Sequence[str], dict[str, Goal]]:
    """Measure, and return the facts for JSON, the lines to print, and the goals. Raises BenchFailed."""
    if folder is None:
        raise BenchFailed("name the folder with the pictures: kiosk bench scan FOLDER")
    figures = measure_decoding(known_codes(folder))
    facts: dict[str, object] = {"decoding": {name: one.as_dict() for name, one in figures.items()}}
    return facts, _lines(figures), decoding_goals(figures)


def _lines(figures: Mapping[str, DecodingFigures]) -> Sequence[str]:
    return [
        f"{'frames of 640x480':20}{'pictures':>10}{'read':>8}{'rate %':>9}{'at once':>9}{'wrong':>7}"
        f"{'median ms':>11}{'p95 ms':>9}",
        *(
            f"{name:20}{one.pictures:10}{one.read:8}{one.rate:9.1f}{one.at_first:9}{one.wrong:7}"
            f"{one.median_ms:11.2f}{one.p95_ms:9.2f}"
            for name, one in figures.items()
        ),
    ]
