"""Standing in for a group's lead: what opens, for how long, who is credited, and that the lead stays the lead."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from people.models import AuditEntry, Membership, Student, User
from programs.models import GroupMeeting, GroupSubstitute, SupportGroup

ClientOf = Callable[[User], Client]
Payload = Callable[..., dict[str, Any]]
DAY = timedelta(days=1)


@pytest.fixture
def planned(cast: Cast) -> GroupMeeting:
    return cast.tremplin.meetings.get(on=cast.on, status=GroupMeeting.Status.PLANNED)


@pytest.fixture
def typed(cast: Cast) -> Payload:
    """The log form as filled for today, nobody absent."""
    usual = {"day": cast.on.isoformat(), "minutes": "25", "activities": ["game"]}
    return lambda **given: {"entry_uuid": str(uuid.uuid4()), **usual, **given}


@pytest.fixture
def standing_in(cast: Cast) -> GroupSubstitute:
    """Karim stands in for Nadia with Tremplin, since last Thursday and until Thursday."""
    return GroupSubstitute.objects.create(
        group=cast.tremplin, person=cast.karim, starts_on=cast.on - 4 * DAY, ends_on=cast.on + 4 * DAY
    )


def test_the_range_opens_the_group_its_students_and_its_findings(
    cast: Cast, client_of: ClientOf, standing_in: GroupSubstitute
) -> None:
    karim, path = client_of(cast.karim), f"/groupes/{cast.tremplin.pk}/"
    codes = {"": 200, "consigner/": 200, "contact/": 200, "famille/": 200, "responsable/": 403, "remplacement/": 403}
    assert {more: karim.get(f"{path}{more}").status_code for more in codes} == codes
    assert karim.get(f"/groupes/{cast.boussole.pk}/").status_code == 404
    member = cast.tremplin.members.all()[0].student
    assert member in Student.objects.visible_to(cast.karim)
    assert "Tremplin" in karim.post("/recherche/", {"q": "tremplin"}).content.decode()
    mine = {slot.name for slot in karim.get("/semaine/").context["agenda"].open}
    assert "Tremplin" in mine
    standing_in.starts_on, standing_in.ends_on = cast.on - 20 * DAY, cast.on - 7 * DAY
    standing_in.save()
    assert karim.get(path).status_code == 404
    assert member not in Student.objects.visible_to(cast.karim)
    standing_in.ends_on = cast.on - 6 * DAY
    standing_in.save()
    assert karim.get(path).status_code == 200
    Membership.objects.filter(person=cast.karim).update(ends_on=cast.on)
    assert not SupportGroup.objects.visible_to(User.objects.get(pk=cast.karim.pk)).exists()


def test_credit_and_days(
    cast: Cast, client_of: ClientOf, standing_in: GroupSubstitute, planned: GroupMeeting, typed: Payload
) -> None:
    karim, path = client_of(cast.karim), f"/groupes/{cast.tremplin.pk}/"
    before = (cast.on - 11 * DAY).isoformat()
    refused = karim.post(f"{path}consigner/", typed(day=before, second="on"))
    assert (refused.status_code, "Vous remplacez du" in refused.content.decode()) == (422, True)
    student = cast.tremplin.members.all()[0].student_id
    contact = typed(day=before, students=[student], channel="phone")
    assert karim.post(f"{path}contact/", contact).status_code == 422
    earlier = GroupMeeting.objects.filter(group=cast.tremplin, status="held", on__lt=standing_in.starts_on)[0]
    assert karim.post(f"/rencontres-groupe/{earlier.pk}/annuler/").status_code == 403
    karim.post(f"/rencontres-groupe/{planned.pk}/tenue/")
    planned.refresh_from_db()
    assert (planned.status, planned.met_by) == ("held", cast.karim)
    nadia = client_of(cast.nadia)
    page = nadia.get(f"/rencontres-groupe/{planned.pk}/modifier/").content.decode()
    assert "Qui a tenu la rencontre" in page
    assert "par Karim Haddad" in nadia.get(path).content.decode()
    changed = typed(saved_at=planned.saved_at.isoformat(), met_by="usual")
    assert nadia.post(f"/rencontres-groupe/{planned.pk}/modifier/", changed).status_code == 302
    planned.refresh_from_db()
    assert planned.met_by is None
    karim.post(f"/rencontres-groupe/{planned.pk}/annuler/")
    nadia.post(f"/rencontres-groupe/{planned.pk}/tenue/")
    planned.refresh_from_db()
    assert planned.met_by == cast.karim


def test_a_substitute_is_no_change_of_lead(cast: Cast, client_of: ClientOf, standing_in: GroupSubstitute) -> None:
    def findings() -> set[tuple[str, int | None]]:
        evaluate_board(cast.board, on=cast.on)
        live = Flag.objects.filter(group=cast.tremplin, cleared_on__isnull=True)
        return set(live.values_list("guideline", "value"))

    with_one = findings()
    standing_in.delete()
    assert findings() == with_one


def test_leads_and_substitutes_read_in_order(cast: Cast, client_of: ClientOf, standing_in: GroupSubstitute) -> None:
    lead = cast.tremplin.leads.get()
    lead.ends_on, lead.reason = cast.on + 10 * DAY, "left"
    lead.save()
    cast.tremplin.leads.create(person=cast.julie, starts_on=lead.ends_on)
    shown = client_of(cast.nadia).get(f"/groupes/{cast.tremplin.pk}/").context["tenures"]
    assert [(one.person, one.is_substitute) for one in shown] == [
        (cast.julie, False),
        (cast.karim, True),
        (cast.nadia, False),
    ]


def test_a_lead_names_a_substitute_for_their_own_group(cast: Cast, client_of: ClientOf) -> None:
    sent = {"substitute": cast.karim.pk, "starts_on": "2026-11-23", "last_day": "2026-11-27"}
    nadia = client_of(cast.nadia)
    path = f"/groupes/{cast.tremplin.pk}/remplacement/"
    assert nadia.post(path, sent | {"substitute": cast.marc.pk}).status_code == 422
    assert [nadia.post(path, sent).status_code for _click in range(2)] == [302, 302]
    row = cast.tremplin.substitutes.get()
    assert AuditEntry.objects.filter(verb="group.substitute_added", subject_id=row.pk, person=cast.nadia).count() == 1
    assert nadia.post(f"/groupes/{cast.elan.pk}/remplacement/", sent).status_code == 404
    assert client_of(cast.karim).post(f"/remplacements-groupe/{row.pk}/terminer/").status_code == 403
    nadia.post(f"/remplacements-groupe/{row.pk}/terminer/", {"retirer": "1"})
    assert client_of(cast.karim).get(f"/groupes/{cast.tremplin.pk}/").status_code == 404


def test_of_two_substitutes_the_one_who_is_chosen_is_credited(
    cast: Cast, client_of: ClientOf, standing_in: GroupSubstitute, typed: Payload
) -> None:
    GroupSubstitute.objects.create(
        group=cast.tremplin, person=cast.julie, starts_on=cast.on - 11 * DAY, ends_on=standing_in.starts_on
    )
    path = f"/groupes/{cast.tremplin.pk}/consigner/"
    before = (cast.on - 5 * DAY).isoformat()
    page = client_of(cast.nadia).get(path, {"le": before}).content.decode()
    assert ("Karim Haddad" in page, 'name="met_by" value="usual"' in page) == (True, True)

    def met(**said: str) -> User | None:
        sent = typed(second="on", **said)
        assert client_of(cast.nadia).post(path, sent).status_code == 302
        return GroupMeeting.objects.get(entry_uuid=sent["entry_uuid"]).met_by

    chosen = {day: met(day=day, met_by=str(cast.karim.pk)) for day in (before, cast.on.isoformat())}
    assert set(chosen.values()) == {cast.karim}
    assert met(day=before) == cast.julie  # nobody was named: whoever stood in that day
    assert met(day=before, met_by="usual") is None


def test_a_new_range_does_not_open_the_days_of_an_old_one(
    cast: Cast, client_of: ClientOf, standing_in: GroupSubstitute, typed: Payload
) -> None:
    old = cast.on - 40 * DAY
    GroupSubstitute.objects.create(group=cast.tremplin, person=cast.karim, starts_on=old, ends_on=old + 7 * DAY)
    sent = typed(day="other", other_on=old.isoformat(), second="on", late_reason="Oubli")
    refused = client_of(cast.karim).post(f"/groupes/{cast.tremplin.pk}/consigner/", sent)
    assert (refused.status_code, "Vous remplacez du" in refused.content.decode()) == (422, True)
    past = cast.tremplin.meetings.create(board=cast.board, on=old, status="held")
    assert client_of(cast.karim).post(f"/rencontres-groupe/{past.pk}/annuler/").status_code == 403
