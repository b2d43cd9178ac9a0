"""A correction of who was in charge until when: no day of a group goes to nobody or to two by mistake."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from people.models import AuditEntry
from programs.actions.structure import change_lead, correct_lead_end, end_lead
from programs.models import GroupLead
from tests.cast import Cast

CHANGE = date(2026, 11, 2)


@pytest.fixture
def handed_over(cast: Cast) -> GroupLead:
    """Nadia, to whom Karim succeeded on Tremplin."""
    who = {"group": cast.tremplin, "reason": "left", "person": cast.julie, "on": cast.on}
    change_lead(lead=cast.karim, starts_on=CHANGE, **who)
    return cast.tremplin.leads.get(person=cast.nadia)


def corrected(cast: Cast, lead: GroupLead, last_on: date, reason: str = "leave", seen: date = CHANGE) -> GroupLead:
    return correct_lead_end(lead=lead, seen=seen, last_on=last_on, reason=reason, person=cast.julie, on=cast.on)


def test_who_took_over_begins_the_day_after(cast: Cast, handed_over: GroupLead) -> None:
    corrected(cast, handed_over, date(2026, 10, 15))
    rows = cast.tremplin.leads.order_by("starts_on").values_list("person", "starts_on", "ends_on", "reason")
    start = cast.tremplin.starts_on
    assert list(rows) == [
        (cast.nadia.pk, start, date(2026, 10, 16), "leave"),
        (cast.karim.pk, date(2026, 10, 16), None, ""),
    ]
    assert corrected(cast, handed_over, date(2026, 10, 15)).reason == "leave"
    assert AuditEntry.objects.filter(verb="group.lead_end_corrected").count() == 1


@pytest.mark.parametrize(
    ("last_on", "reason", "field"),
    [
        (date(2026, 8, 1), "leave", "last_on"),
        (date(2027, 8, 1), "leave", "last_on"),
        (date(2026, 11, 20), "leave", "last_on"),
        (date(2026, 11, 1), "holiday", "reason"),
    ],
    ids=["before the first day", "past the group", "past the end of who took over", "no such reason"],
)
def test_what_cannot_be_is_refused(cast: Cast, handed_over: GroupLead, last_on: date, reason: str, field: str) -> None:
    end_lead(group=cast.tremplin, ends_on=date(2026, 11, 16), reason="left", person=cast.julie, on=cast.on)
    with pytest.raises(ValidationError) as refused:
        corrected(cast, handed_over, last_on, reason)
    assert set(refused.value.message_dict) == {field}


def test_a_gap_is_not_filled_past_the_next_one(cast: Cast, handed_over: GroupLead) -> None:
    cast.tremplin.leads.filter(person=cast.karim).update(starts_on=CHANGE + timedelta(days=7))
    with pytest.raises(ValidationError):
        corrected(cast, handed_over, CHANGE + timedelta(days=14))
    corrected(cast, handed_over, CHANGE + timedelta(days=6))
    assert cast.tremplin.leads.get(person=cast.karim).starts_on == CHANGE + timedelta(days=7)


def test_a_correction_of_an_end_that_has_changed_is_refused(cast: Cast, handed_over: GroupLead) -> None:
    with pytest.raises(ValidationError):
        corrected(cast, handed_over, date(2026, 10, 15), seen=date(2026, 11, 3))
