"""Recordings of packets, and what is said of a file that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.sensors.radio.errors import RecordingUnusable
from kiosk.sensors.radio.recording import Packet, packet_to_line, packets_in, read_recording

GOOD = '{"time": 0.5, "address": "C0:FF:EE:00:00:01", "rssi": -45, "makers": {"76": "0215ff"}}\n'


def complaint(path: Path, content: str | bytes) -> str:
    """What is said of a recording with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(RecordingUnusable) as caught:
        read_recording(path)
    return str(caught.value).replace(str(path), "FILE")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    uuid = "0000feaa-0000-1000-8000-00805f9b34fb"
    packets = [
        Packet(time=0.0, address="C0:FF:EE:00:00:01", rssi=-45, makers={0x4C: "0215"}),
        Packet(time=0.1, address="C0:FF:EE:00:00:02", rssi=-100, services={uuid: ""}),
    ]
    file = tmp_path / "packets.jsonl"
    file.write_text("\n" + "\n".join(packet_to_line(packet) for packet in packets))

    assert read_recording(file) == packets
    assert packets[0].makers == {0x4C: b"\x02\x15"}
    assert "C0:FF" not in repr(packets[0])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hello", "line 2: invalid JSON"),
        ("[" * 5000, "line 2: "),
        ("[]", "line 2: input should be an object"),
        ('{"time": 1}', "line 2: address: field required"),
        (GOOD.replace("-45", "-5"), "line 2: rssi: input should be less than or equal to -10"),
        (GOOD.replace("0.5", "-1"), "line 2: time: input should be greater than or equal to 0"),
        (GOOD.replace("0.5", "NaN"), "line 2: time: input should be "),
        (GOOD.replace("0.5", "0.4"), "line 2: time goes back from 0.5 to 0.4"),
        (GOOD.replace("C0:FF", "ana"), "line 2: address: string should match pattern"),
        (GOOD.replace("0215ff", "xyz"), "line 2: makers: these are no hexadecimal digits"),
        (GOOD.replace("0215ff", "00" * 256), "line 2: makers: give at most 255 bytes as hexadecimal digits"),
        (GOOD.replace('"0215ff"', "7"), "line 2: makers: give at most 255 bytes as hexadecimal digits"),
        (GOOD.replace('"76"', '"70000"'), "line 2: makers: input should be less than or equal to 65535"),
        (GOOD.replace("makers", "ana"), "line 2: ana: extra inputs are not permitted"),
        ("x" * 20_000, "line 2: it is too long"),
    ],
)
def test_a_line_that_is_no_packet_is_told_with_its_number(tmp_path: Path, line: str, said: str) -> None:
    assert complaint(tmp_path / "packets.jsonl", GOOD + line).startswith(f"FILE, {said}")


def test_a_file_that_cannot_be_used_is_told_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "packets.jsonl"

    assert complaint(file, "\n") == "The recording FILE holds no packet"
    assert complaint(file, b"\xff\xfe") == "The recording FILE is no text in UTF-8"
    with pytest.raises(RecordingUnusable, match="No such file or directory") as caught:
        read_recording(tmp_path / "nowhere")
    assert "Name a recording" in caught.value.staff


def test_a_packet_is_taken_as_soon_as_its_line_is_read() -> None:
    lines = packets_in([GOOD, "hello"], "FILE")

    assert next(lines).rssi == -45
    with pytest.raises(RecordingUnusable):
        next(lines)
