"""Whom an instrument binds, on each side of each date of the status table."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from wholelaw import whole_law

from engine.bound import How, asked, bound
from engine.casefile import case_from
from engine.evaluate import evaluate
from engine.law import Provision, StateStatus, Treaty
from engine.loader import Document
from engine.truth import Standard

LAW = whole_law()
DAY = timedelta(days=1)
AT = Standard.REASONABLE_GROUNDS


def carried_by(treaty: Treaty) -> Provision | None:
    """A provision on one incident that binds as this treaty does, and says so as treaty."""
    found = (
        provision
        for provision in LAW.provisions.values()
        if provision.bound_by == treaty.id
        and provision.instrument.kind not in ("custom", "soft_law")
        and provision.kind != "call"
        and provision.level == "incident"
    )
    return next(found, None)


CARRIED = [(t, p) for t in LAW.treaties.values() if (p := carried_by(t)) is not None]
BY_PARTY = [pair for pair in CARRIED if pair[0].by == "party"]


def answer(
    treaty: Treaty, provision: Provision, day: date, party: dict[str, Any], place: dict[str, Any]
) -> tuple[How, tuple[StateStatus, ...]]:
    incident = {
        "id": "incident",
        "date": str(day),
        "attributed_to": [{"party": "party"}],
        **({"place": place} if place else {}),
    }
    data = {
        "case": "bound",
        "title": "Who is bound",
        "standard": "clear_and_convincing",
        "parties": {"party": {"name": "the party", **party}},
        "incidents": [incident],
    }
    case = case_from(Document("bound.yaml", "", data), LAW.vocabulary)
    scope = case.incident_scope(case.incidents[0], "party")
    proofs = {n: evaluate(c, scope) for n, c in asked([provision], LAW).items()}
    found = bound(provision, LAW, proofs, scope, AT)
    assert found.treaty is treaty
    return found.how, found.states


def days(row: StateStatus) -> Iterator[tuple[date, bool]]:
    """The days on which the answer turns, each with whether the State is bound on it."""
    if not row.party:
        yield date(2020, 1, 1), False
        return
    assert row.since
    yield row.since - DAY, False
    yield row.since, True
    if row.until:
        yield row.until, True
        yield row.until + DAY, False


@pytest.mark.parametrize(("treaty", "provision"), CARRIED, ids=[t.id for t, _ in CARRIED])
def test_a_state_is_bound_from_the_day_in_its_row_and_not_on_the_day_before(
    treaty: Treaty, provision: Provision
) -> None:
    free = How.CUSTOM if provision.custom else How.NOT
    for row in treaty.states.values():
        party = {"state": row.state} if treaty.by == "party" else {}
        place = {"country": row.state} if treaty.by == "territory" else {}
        for day, is_bound in days(row):
            how, states = answer(treaty, provision, day, party, place)
            assert how is (How.TREATY if is_bound else free), (row.state, day)
            assert states == (row,)


@pytest.mark.parametrize(("treaty", "provision"), CARRIED, ids=[t.id for t, _ in CARRIED])
def test_of_a_state_without_a_row_and_of_a_party_without_a_state_nothing_is_known(
    treaty: Treaty, provision: Provision
) -> None:
    unlisted = "ISL"
    assert unlisted not in treaty.states
    for state in ({}, {"state": unlisted}):
        place = {"country": unlisted} if state and treaty.by == "territory" else {}
        party = state if treaty.by == "party" else {}
        how, states = answer(treaty, provision, date(2020, 1, 1), party, place)
        assert how is How.UNKNOWN
        assert states == ()


@pytest.mark.parametrize(("treaty", "provision"), CARRIED, ids=[t.id for t, _ in CARRIED])
def test_after_the_day_of_the_table_no_state_is_known_to_be_free(
    treaty: Treaty, provision: Provision
) -> None:
    free = How.CUSTOM if provision.custom else How.NOT
    last = LAW.status_as_of
    assert last
    for row in treaty.states.values():
        if not row.party:
            party = {"state": row.state} if treaty.by == "party" else {}
            place = {"country": row.state} if treaty.by == "territory" else {}
            assert answer(treaty, provision, last, party, place) == (free, (row,))
            assert answer(treaty, provision, last + DAY, party, place) == (How.UNKNOWN, (row,))


@pytest.mark.parametrize(("treaty", "provision"), BY_PARTY, ids=[t.id for t, _ in BY_PARTY])
def test_an_armed_group_is_bound_as_the_table_says_of_armed_groups(
    treaty: Treaty, provision: Provision
) -> None:
    ((fact, value),) = LAW.vocabulary.roles.armed_group.items()
    group = {fact.split(".")[1]: value}
    free = How.CUSTOM if provision.custom else How.NOT
    told = {
        "binds": How.TREATY,
        "does_not_bind": free,
        "disputed": How.DISPUTED,
        "on_territory": How.UNKNOWN,  # so long as nobody says where
        "": How.UNKNOWN,
    }
    how, _ = answer(treaty, provision, date(2020, 1, 1), group, {})
    assert how is told[treaty.armed_groups]
    if treaty.armed_groups == "on_territory":
        for row in treaty.states.values():
            for day, is_bound in days(row):
                how, _ = answer(treaty, provision, day, group, {"country": row.state})
                assert how is (How.TREATY if is_bound else free), (row.state, day)
