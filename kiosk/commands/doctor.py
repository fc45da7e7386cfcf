"""`kiosk doctor`: what is wrong with this device's kiosk, and what to do about it."""

from __future__ import annotations

import argparse
import asyncio
import json
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from kiosk.assembly import with_overrides
from kiosk.commands.beside import print_line
from kiosk.commands.failures import told_plainly
from kiosk.examination.device import examine
from kiosk.health.findings import Finding, Verdict, is_well
from kiosk.settings import load_settings

WIDTH = 110
"""Characters of a line: SSH windows are seldom narrower, and a longer line is hard to read."""


def run(options: argparse.Namespace) -> int:
    """Look at everything and tell it; status 1 if something is wrong."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), options.nexudus, options.state)
        findings = asyncio.run(examine(settings))
    well = is_well(findings)
    if options.json:
        print(json.dumps({"well": well, "findings": [_as_json(finding) for finding in findings]}, indent=1))
    else:
        for line in _lines(findings):
            print_line(line)
    return 0 if well else 1


def _as_json(finding: Finding) -> dict[str, str]:
    return {
        "subject": finding.subject.value,
        "about": finding.about,
        "verdict": finding.verdict.value,
        "said": finding.said,
        "cure": finding.cure,
    }


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Each subject with its findings, and at the end how many are wrong: the last line is what is read first."""
    column = max(len(finding.about) for finding in findings)
    for subject, group in groupby(findings, key=lambda finding: finding.subject):
        yield subject.value
        for finding in group:
            yield from _told(finding, column)
    yield ""
    yield _verdict(findings)


def _told(finding: Finding, column: int) -> Iterator[str]:
    verdict = finding.verdict.value.upper() if finding.verdict is Verdict.WRONG else finding.verdict.value
    head = f"  {verdict:<12}  {finding.about:<{column}}  "
    margin = " " * len(head)
    yield from textwrap.wrap(finding.said, WIDTH, initial_indent=head, subsequent_indent=margin)
    if finding.cure:
        yield from textwrap.wrap(finding.cure, WIDTH, initial_indent=f"{margin}-> ", subsequent_indent=f"{margin}   ")


def _verdict(findings: Sequence[Finding]) -> str:
    wrong = sum(finding.verdict is Verdict.WRONG for finding in findings)
    unverified = sum(finding.verdict is Verdict.UNVERIFIED for finding in findings)
    told = "All is well." if not wrong else f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong."
    return f"{told} {unverified} could not be verified." if unverified else told
