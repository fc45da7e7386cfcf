"""The codes that the demonstration offers for trying."""

from __future__ import annotations

import re

from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.samples import samples
from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.world import World
from tests.sandbox.conftest import Clock


def test_every_sample_is_somebody_of_the_world_with_that_code(world: World) -> None:
    known = {(row.text("FullName"), row.text("AccessPincode")) for row in world.rows(COWORKERS)}
    known |= {(row.text("FullName"), row.text("AccessCardId")) for row in world.rows(COWORKERS)}
    known |= {(row.text("FullName"), row.text("VisitorCode")) for row in world.rows(VISITORS)}
    found = samples(world)
    assert len(found) == 23
    assert {(sample.name, sample.code) for sample in found} <= known
    assert len({sample.name for sample in found}) == 23


def test_every_member_among_them_has_a_short_pin(world: World) -> None:
    assert {len(sample.code) for sample in samples(world) if sample.kind == "member" and not sample.card} == {5}
    assert samples(world)[0].code == "04271"


def test_the_cases_worth_showing_are_there(world: World) -> None:
    labels = {sample.label for sample in samples(world)}
    wanted = {"Member", "Visitor expected today", "Two members, one PIN", "No valid pass", "Waiting for the host"}
    wanted |= {"The host collects", "Go to the host", "Guest of a booking", "Terms to agree to", "Invited elsewhere"}
    wanted |= {"Visitor of yesterday", "Visitor for tomorrow", "Visit that has ended", "Former member"}
    assert wanted <= labels


def test_invitations_come_in_every_form_a_qr_code_may_have(world: World) -> None:
    visitors = {sample.label: sample for sample in samples(world) if sample.kind == "visitor"}
    assert visitors["Visitor expected today"].qr == visitors["Visitor expected today"].code
    in_query = visitors["Invitation with a web address"]
    assert re.fullmatch(rf"https://harbourworks\.spaces\.nexudus\.com/.+\?code={in_query.code}", in_query.qr)
    in_path = visitors["Another web address"]
    assert re.fullmatch(rf"https://.+/{in_path.code}", in_path.qr)
    by_guid = visitors["Invitation with an identifier"]
    (row,) = [row for row in world.rows(VISITORS) if row.text("FullName") == by_guid.name]
    assert by_guid.qr == row.text("UniqueId")
    assert all(sample.qr == "" for sample in samples(world) if sample.kind == "member")


def test_one_member_has_a_card_to_read(world: World) -> None:
    (sample,) = [sample for sample in samples(world) if sample.card]
    assert sample.code == sample.card
    assert re.fullmatch("[0-9]{10}", sample.card)


def test_a_world_of_last_week_offers_no_invitation_that_would_fail(clock: Clock) -> None:
    world = seeded_world(now=clock)
    clock.advance(days=7)
    labels = {sample.label for sample in samples(world)}
    assert "Member" in labels
    assert not labels & {"Visitor expected today", "Visitor for tomorrow", "Member who is in already"}


def test_a_visitor_who_has_arrived_is_not_offered_again(world: World) -> None:
    (sample,) = [sample for sample in samples(world) if sample.label == "Visitor expected today"]
    (row,) = [row for row in world.rows(VISITORS) if row.text("FullName") == sample.name]
    world.edit(VISITORS, row.id, "office", {"Arrived": True})
    assert sample not in samples(world)
