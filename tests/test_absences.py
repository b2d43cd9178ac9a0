"""Somebody is away: all that they hold replaced on one page, at once; back earlier, at once; undone, at once."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.models import Dyad, DyadMeeting, DyadSubstitute
from people.access import Role
from people.models import AuditEntry, Membership, User
from programs.models import GroupSubstitute, Substitute, SupportGroup
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)


def said(cast: Cast, *, since: int = 0, until: int = 4, **more: object) -> dict[str, object]:
    days = {"starts_on": (cast.on + since * DAY).isoformat(), "last_day": (cast.on + until * DAY).isoformat()}
    return {**days, "entry_uuid": str(uuid.uuid4()), **more}


def rows() -> list[Substitute]:
    return [*GroupSubstitute.objects.all(), *DyadSubstitute.objects.all()]


def page_of(person: User) -> str:
    return f"/personnes/{person.pk}/absence/"


def led(cast: Cast) -> QuerySet[SupportGroup]:
    return SupportGroup.objects.active_on(cast.on).filter(leads__person=cast.nadia, leads__ends_on__isnull=True)


def held(cast: Cast) -> int:
    return led(cast).count() + Dyad.objects.open_on(cast.on).filter(mentor__person=cast.nadia).count()


def test_one_choice_serves_all_and_a_line_says_otherwise(cast: Cast, client_of: ClientOf) -> None:
    client, path = client_of(cast.nadia), page_of(cast.nadia)
    dyad, spared = cast.thomas_nadia, cast.maika_nadia
    sent = said(cast, substitute=cast.julie.pk) | {f"dyad_{dyad.pk}": cast.sylvie.pk, f"dyad_{spared.pk}": "nobody"}
    page = client.post(path, sent, follow=True).content.decode()
    assert len(rows()) == held(cast) - 1
    assert not spared.substitutes.exists()
    assert dyad.substitutes.get().person == cast.sylvie
    assert {row.person for row in GroupSubstitute.objects.all()} == {cast.julie}
    assert {(row.starts_on, row.ends_on) for row in rows()} == {(cast.on, cast.on + 5 * DAY)}
    assert AuditEntry.objects.filter(verb="group.substitute_added").count() == GroupSubstitute.objects.count()
    assert client.post(path, sent).status_code == 302
    assert len(rows()) == held(cast) - 1, "sent twice, it is one"
    planned = DyadMeeting.objects.filter(dyad=dyad, status="planned", on__range=(cast.on, cast.on + 4 * DAY))
    week = client_of(cast.sylvie).get("/semaine/").context["agenda"]
    slots = [*week.open, *week.waiting, *(slot for day in week.days for slot in day.slots)]
    assert set(planned) <= {slot.meeting for slot in slots}
    undo = page.split("/saisies/absence-")[1].split('"')[0]
    client.post(f"/saisies/absence-{undo}")
    assert rows() == []
    assert AuditEntry.objects.filter(verb="absence.cancelled").count() == 1


def test_what_is_taken_back_comes_back_whole_unless_another_stands_there(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.julie)
    client.post(page_of(cast.nadia), said(cast, substitute=cast.julie.pk))
    many = len(rows())
    first = DyadSubstitute.objects.order_by("pk")[0]
    gone = client.post(f"/saisies/absence-dyad/{first.pk}/annuler/", follow=True).content.decode()
    gesture = gone.split("/gestes/")[1].split("/")[0]
    other = cast.thomas_nadia.substitutes.create(person=cast.sylvie, starts_on=cast.on + DAY, ends_on=cast.on + 2 * DAY)
    refused = client.post(f"/gestes/{gesture}/annuler/", follow=True).content.decode()
    assert "rien n’est rétabli" in refused
    assert rows() == [other]
    other.delete()
    client.post(f"/gestes/{gesture}/annuler/")
    assert len(rows()) == many


def test_who_stands_in_already_keeps_their_days_and_is_named(cast: Cast, client_of: ClientOf) -> None:
    mine = cast.thomas_nadia.substitutes.create(person=cast.sylvie, starts_on=cast.on, ends_on=cast.on + 2 * DAY)
    client, path = client_of(cast.nadia), page_of(cast.nadia)
    assert f"{cast.sylvie} y remplace déjà du" in client.get(path).content.decode()
    page = client.post(path, said(cast, substitute=cast.julie.pk), follow=True).content.decode()
    assert f"{cast.sylvie} y remplace déjà du 23 novembre 2026 au 24 novembre 2026" in page
    spans = [(one.person, one.starts_on, one.ends_on) for one in cast.thomas_nadia.substitutes.order_by("starts_on")]
    assert spans == [
        (cast.sylvie, mine.starts_on, mine.ends_on), (cast.julie, cast.on + 2 * DAY, cast.on + 5 * DAY)
    ]  # fmt: skip
    again = client.post(path, said(cast, substitute=cast.julie.pk))
    assert again.status_code == 422
    assert "déjà couverts" in again.content.decode()


def test_back_earlier_ends_all_and_leaves_another_absence(cast: Cast, client_of: ClientOf) -> None:
    client, path = client_of(cast.nadia), page_of(cast.nadia)
    client.post(path, said(cast, since=-2, until=8, substitute=cast.julie.pk))
    client.post(path, said(cast, since=30, until=34, substitute=cast.julie.pk))
    assert "De retour plus tôt" in client.get(path).content.decode()
    back = client.post(f"{path}retour/", follow=True).content.decode()
    assert {row.ends_on for row in rows() if row.starts_on <= cast.on} == {cast.on + DAY}
    assert len([row for row in rows() if row.starts_on > cast.on]) == held(cast), "the other absence stays"
    gesture = back.split("/gestes/")[1].split("/")[0]
    assert "déjà terminés" in client.post(f"{path}retour/", follow=True).content.decode()
    client.post(f"/gestes/{gesture}/annuler/")
    assert {row.ends_on for row in rows() if row.starts_on <= cast.on} == {cast.on + 9 * DAY}
    assert "Annuler l’absence du 23 décembre" in client.get(path).content.decode()


def test_what_is_wrong_is_said_at_its_line_and_nothing_is_done(cast: Cast, client_of: ClientOf) -> None:
    """A mentor stands in for a mentor, never for who leads a group."""
    client, path = client_of(cast.nadia), page_of(cast.nadia)
    answer = client.post(path, said(cast, substitute=cast.sylvie.pk))
    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {f"group_{group.pk}" for group in led(cast)}
    assert f'value="{cast.sylvie.pk}" selected' in answer.content.decode()
    for wrong in (
        {"last_day": "2026-11-01"},
        {"starts_on": "2026-09-01"},
        {"last_day": "2028-11-01"},
        {"last_day": ""},
    ):
        assert client.post(path, said(cast, substitute=cast.julie.pk) | wrong).status_code == 422, wrong
    assert client.post(path, said(cast)).status_code == 422
    assert client.post(path, said(cast, substitute=cast.other_mentor.pk)).status_code == 422
    assert rows() == []


def test_only_what_one_may_entrust_is_there(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.karim).get(page_of(cast.nadia)).status_code == 404
    assert client_of(cast.sylvie).get(page_of(cast.sylvie)).status_code == 403
    assert client_of(cast.chantal).get(page_of(cast.nadia)).status_code == 403
    assert client_of(cast.other_lead).get(page_of(cast.nadia)).status_code == 404
    empty = client_of(cast.alain).get(page_of(cast.alain))
    assert "aucun remplacement n’est à prévoir" in empty.content.decode()
    client_of(cast.nadia).post(page_of(cast.nadia), said(cast, substitute=cast.julie.pk))
    row = GroupSubstitute.objects.order_by("pk")[0]
    assert client_of(cast.karim).post(f"/saisies/absence-group/{row.pk}/annuler/").status_code in {403, 404}


def test_the_page_does_not_grow_with_what_they_hold(cast: Cast, client_of: ClientOf) -> None:
    client, path = client_of(cast.nadia), page_of(cast.nadia)
    client.post(path, said(cast, substitute=cast.julie.pk))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        return len(found)

    before = queries()
    for n in range(20):
        person = User.objects.create_user(None, board=cast.board, school=cast.school, family_name=f"Autre {n}")
        Membership.objects.create(person=person, role=Role.RESOURCE_TEACHER, board=cast.board, school=cast.school)
        group = SupportGroup.objects.create(
            board=cast.board, program=cast.groups_program, name=f"G{n}", starts_on=cast.on
        )
        group.leads.create(person=cast.nadia, starts_on=cast.on)
        group.substitutes.create(person=person, starts_on=cast.on, ends_on=cast.on + DAY)
    assert queries() == before
