"""What was found, page by page."""

from __future__ import annotations

from kiosk.ui.widgets.findings import Finding, Findings, Mark, laid_out
from tests.ui.widgets.glass import Kiosk

LONG = Finding(Mark.WRONG, "Visitor - Create", "missing", "Visitors without an invitation cannot be registered.")
SHORT = Finding(Mark.WELL, "Coworker - List", "granted")


def test_a_finding_is_not_parted_by_the_end_of_a_page() -> None:
    pages = laid_out([SHORT, LONG, SHORT], columns=40, rows=4)
    assert [len(page) for page in pages] == [4, 1]
    together = " ".join(" ".join(line.plain.split()) for page in pages for line in page)
    assert "▲ Visitor - Create · missing Visitors without an invitation cannot be registered." in together


def test_words_of_a_finding_are_data() -> None:
    ((line,),) = laid_out([Finding(Mark.NOTE, said="[/x] Bob")], columns=40, rows=3)
    assert line.plain == "•  [/x] Bob"


async def test_findings_that_all_fit_have_air_between_them_only_where_there_is_room_for_it() -> None:
    findings = Findings([SHORT] * 3)
    async with Kiosk(findings, css="Findings { height: 5; }").run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        assert [bool(line.strip()) for line in str(findings.content).splitlines()] == [True, False] * 2 + [True]
        findings.show([SHORT] * 4)
        assert (findings.pages, len(str(findings.content).splitlines())) == (1, 4)


async def test_pages_are_turned_and_not_beyond_the_last() -> None:
    findings = Findings([SHORT] * 5)
    async with Kiosk(findings, css="Findings { height: 2; }").run_test(size=(40, 2)) as pilot:
        await pilot.pause()
        assert findings.pages == 3
        for _ in range(5):
            findings.turn(1)
        assert findings.page == 2
        findings.show([SHORT])
        assert (findings.page, findings.pages) == (0, 1)
