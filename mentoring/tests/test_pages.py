"""The pages show the person's own, all of it, in a constant number of queries."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.models import Dyad, DyadMeeting
from people.models import Student, User
from programs.models import GroupMeeting
from tests.cast import Cast, also_mentors

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
Entry = Callable[..., dict[str, Any]]


def text(client: Client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, path
    return re.sub(r"\s+", " ", reply.content.decode())


def count(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(caught)


def more_dyads(cast: Cast, number: int) -> list[Dyad]:
    """So many more dyads of Nadia's, each with a meeting logged, one planned today, and one waiting."""
    students = Student.objects.bulk_create(
        Student(board=cast.board, school=cast.school, given_name=f"Élève{n}", family_name="Nombre")
        for n in range(number)
    )
    dyads = Dyad.objects.bulk_create(
        Dyad(
            board=cast.board, program=cast.mentoring, mentor=cast.nadia_mentor, student=one, starts_on=date(2026, 9, 8)
        )
        for one in students
    )
    days = (("planned", cast.on), ("planned", cast.on - timedelta(days=5)), ("held", cast.on - timedelta(days=10)))
    DyadMeeting.objects.bulk_create(
        DyadMeeting(board=cast.board, dyad=dyad, on=on, status=status, planned=True, starts_at=time(9, 0))
        for dyad in dyads
        for status, on in days
    )
    return dyads


def test_the_week_has_today_what_waits_and_the_days_to_come(cast: Cast, nadia: Client, planned: DyadMeeting) -> None:
    DyadMeeting.objects.create(
        board=cast.board, dyad=cast.kim_nadia, on=date(2026, 11, 19), status="planned", starts_at=time(12, 10)
    )
    page = text(nadia, "/semaine/")
    assert "Lundi 23 novembre 2026" in page
    assert "à consigner" in page
    assert f'action="/rencontres/{planned.pk}/tenue/"' in page
    assert "Jeudi" in page
    assert "19 novembre" in page
    assert "Le reste de la semaine" in page


def test_what_is_logged_sinks_and_can_be_corrected(nadia: Client, planned: DyadMeeting) -> None:
    nadia.post(f"/rencontres/{planned.pk}/tenue/")
    page = text(nadia, "/semaine/")
    assert "Rencontre enregistrée." in page
    assert "Consignée à" in page
    assert f'href="/rencontres/{planned.pk}/modifier/"' in page
    assert f'action="/rencontres/{planned.pk}/tenue/"' not in page


def test_one_does_not_see_anothers_week(cast: Cast, client_of: ClientOf, planned: DyadMeeting) -> None:
    assert f"/rencontres/{planned.pk}/" not in text(client_of(cast.marc), "/semaine/")
    assert f"/rencontres/{planned.pk}/" not in text(client_of(cast.julie), "/semaine/"), "nor does who leads"


def folded(client: Client) -> str:
    """What stands under « À confirmer chez d’autres » in a person's week; its rows come when it is unfolded."""
    week = (
        text(client, "/semaine/")
        .partition('<details class="section disclosure elsewhere">')[2]
        .partition("</details>")[0]
    )
    if not week:
        return ""
    assert 'href="/semaine/chez-d-autres/"' in week, "without a script, a link leads to them"
    rows = client.get("/semaine/chez-d-autres/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in rows
    return week + rows


def test_a_lead_finds_what_waits_with_others_and_whom_it_waits_for(
    cast: Cast, julie: Client, nadia: Client, client_of: ClientOf
) -> None:
    DyadMeeting.objects.filter(status="planned").delete()
    earlier, later = (
        DyadMeeting.objects.create(board=cast.board, dyad=cast.thomas_nadia, on=date(2026, 11, day), status="planned")
        for day in (12, 19)
    )
    DyadMeeting.objects.create(board=cast.board, dyad=cast.kim_nadia, on=date(2026, 9, 30), status="planned")
    GroupMeeting.objects.filter(status="planned").delete()
    assert "(1 relation)" in folded(julie)
    assert "Attend Nadia" in folded(julie)
    assert "2 rencontres, depuis jeudi 12 novembre" in folded(julie)
    assert f'href="/rencontres/{earlier.pk}/modifier/"' in folded(julie)
    assert "<form" not in folded(julie), "nothing is confirmed for another in one tap"
    for who in (nadia, client_of(cast.marc)):
        assert folded(who) == ""
    alain = text(client_of(cast.alain), "/semaine/chez-d-autres/")
    assert "Attend Nadia" in alain
    assert "Consigner pour" not in alain, "a school's management reads, and logs nothing"
    later.dyad.substitutes.create(person=cast.sylvie, starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 14))
    assert "Attend Sylvie" in folded(julie)


def test_where_a_lead_mentors_their_own_meetings_are_their_week(cast: Cast, julie: Client) -> None:
    DyadMeeting.objects.filter(status="planned").delete()
    GroupMeeting.objects.filter(status="planned").delete()
    also_mentors(cast.julie, cast.kim_nadia)
    own = DyadMeeting.objects.create(board=cast.board, dyad=cast.kim_nadia, on=date(2026, 11, 19), status="planned")
    page = text(julie, "/semaine/")
    assert f'action="/rencontres/{own.pk}/tenue/"' in page
    assert "disclosure elsewhere" not in page


def test_a_meeting_logged_for_somebody_says_by_whom(cast: Cast, julie: Client, nadia: Client, entry: Entry) -> None:
    pages = f"/dyades/{cast.thomas_nadia.pk}/"
    DyadMeeting.objects.filter(dyad=cast.thomas_nadia, on=cast.on).delete()
    assert "Vous consignez pour Nadia" in text(julie, f"{pages}consigner/")
    assert "Vous consignez pour" not in text(nadia, f"{pages}consigner/")
    saved = julie.post(f"{pages}consigner/", entry(retour="dyade"), follow=True)
    assert "Rencontre enregistrée au nom de Nadia" in saved.content.decode()
    meeting = DyadMeeting.objects.get(dyad=cast.thomas_nadia, on=cast.on)
    assert meeting.met_by is None, "credit stays with the usual adult"
    said = f"onsignée par {cast.julie} pour {cast.nadia}"
    assert said in text(nadia, pages)
    assert said in text(nadia, f"/entrees/rencontre/{meeting.pk}/historique/")
    assert f"par {cast.julie}" in text(nadia, "/semaine/")
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", entry())
    assert "onsignée par" not in text(julie, f"/dyades/{cast.kim_nadia.pk}/")


@pytest.mark.parametrize("path", ["/semaine/", "/semaine/chez-d-autres/"])
def test_what_waits_elsewhere_asks_the_same_of_one_and_of_thirty(cast: Cast, julie: Client, path: str) -> None:
    more_dyads(cast, 1)
    GroupMeeting.objects.create(board=cast.board, group=cast.tremplin, on=date(2026, 11, 2), status="planned")
    few = count(julie, path)
    more_dyads(cast, 30)
    assert count(julie, path) == few
    assert few <= 12, few


def test_the_weeks_queries_do_not_grow(cast: Cast, nadia: Client) -> None:
    more_dyads(cast, 1)
    few = count(nadia, "/semaine/")
    more_dyads(cast, 30)
    assert count(nadia, "/semaine/") == few
    assert few <= 12, few


def test_the_lists_queries_do_not_grow(cast: Cast, nadia: Client) -> None:
    paths = ("/dyades/", "/consigner/")
    more_dyads(cast, 1)
    few = [count(nadia, path) for path in paths]
    more_dyads(cast, 30)
    assert [count(nadia, path) for path in paths] == few
    assert max(few) <= 12


def test_the_dyads_queries_do_not_grow_with_its_meetings(cast: Cast, nadia: Client) -> None:
    dyad = more_dyads(cast, 1)[0]
    path = f"/dyades/{dyad.pk}/"
    few = count(nadia, path)
    DyadMeeting.objects.bulk_create(
        DyadMeeting(board=cast.board, dyad=dyad, on=cast.on - timedelta(days=n), status="held", logged_by=cast.nadia)
        for n in range(1, 31)
    )
    assert count(nadia, path) == few
    assert few <= 18, few


def test_a_dyads_page_asks_only_for_what_there_is(cast: Cast, julie: Client, nadia: Client) -> None:
    """A pause, a substitute, a doubt and who left are looked for in one statement, and read where there is one."""
    path = f"/dyades/{cast.thomas_nadia.pk}/"
    few = count(julie, path)
    cast.thomas_nadia.pauses.create(starts_on=cast.on + timedelta(days=7))
    cast.thomas_nadia.substitutes.create(
        person=cast.sylvie, starts_on=cast.on + timedelta(days=1), ends_on=cast.on + timedelta(days=9)
    )
    page = text(julie, path)
    assert "Annuler la pause prévue" in page
    assert "Remplacement du" in page
    assert count(julie, path) <= few + 4
    type(cast.nadia).objects.filter(pk=cast.nadia.pk).update(is_active=False)
    assert "n’est plus là" in text(julie, path)


def test_who_may_log_for_many_chooses_among_the_first_or_searches(cast: Cast, julie: Client) -> None:
    assert "Chercher une autre dyade" not in text(julie, "/consigner/")
    more_dyads(cast, 70)
    late = Student.objects.create(board=cast.board, school=cast.school, given_name="Zoé", family_name="Roy")
    dyad = Dyad.objects.create(
        board=cast.board, program=cast.mentoring, mentor=cast.nadia_mentor, student=late, starts_on=date(2026, 9, 8)
    )
    DyadMeeting.objects.filter(dyad__student__given_name__startswith="Élève", status="planned").delete()
    DyadMeeting.objects.create(board=cast.board, dyad=dyad, on=cast.on, status="planned")
    page = julie.get("/consigner/")
    assert len(page.context["dyads"]) == 50
    assert page.context["dyads"][0].due
    assert dyad in page.context["dyads"]
    assert "Chercher une autre dyade" in page.content.decode()


def test_open_and_ended_dyads_are_two_lists(cast: Cast, julie: Client) -> None:
    cast.kim_nadia.ends_on = cast.on
    cast.kim_nadia.save()
    assert str(cast.kim) not in text(julie, "/dyades/")
    assert str(cast.kim) in text(julie, "/dyades/?etat=terminees")
    assert julie.get("/dyades/?page=zzz").status_code == 200


def test_a_confidential_note_is_counted_and_redacted(
    cast: Cast, nadia: Client, julie: Client, client_of: ClientOf
) -> None:
    DyadMeeting.objects.create(
        board=cast.board,
        dyad=cast.thomas_nadia,
        on=cast.on,
        status="held",
        logged_by=cast.nadia,
        note="Parle de sa famille",
        note_level="confidential",
    )
    path = f"/dyades/{cast.thomas_nadia.pk}/"
    assert "Parle de sa famille" in text(nadia, path)
    assert "Parle de sa famille" in text(julie, path)
    seen_by_manager = text(client_of(cast.alain), path)
    assert "Parle de sa famille" not in seen_by_manager
    assert "Note confidentielle" in seen_by_manager


def test_the_dyads_page_offers_to_log_what_waits(cast: Cast, nadia: Client, planned: DyadMeeting) -> None:
    page = text(nadia, f"/dyades/{planned.dyad_id}/")
    assert f'action="/rencontres/{planned.pk}/tenue/"' in page
    reply = nadia.post(f"/rencontres/{planned.pk}/tenue/", {"retour": "dyade"})
    assert reply["Location"] == f"/dyades/{planned.dyad_id}/"


def test_search_reads_names_without_accents_among_what_one_sees(cast: Cast, nadia: Client, client_of: ClientOf) -> None:
    asked = {"q": "LEVESQUE  thomas"}
    found = f'href="/dyades/{cast.thomas_nadia.pk}/"'
    assert found in nadia.post("/recherche/", asked).content.decode()
    assert found not in client_of(cast.marc).post("/recherche/", asked).content.decode()
    assert "Aucun résultat" in client_of(cast.other_lead).post("/recherche/", asked).content.decode()
    assert f'href="/groupes/{cast.tremplin.pk}/"' in nadia.post("/recherche/", {"q": "tremplin"}).content.decode()


def test_search_takes_anything(nadia: Client) -> None:
    for words, status in (("", 422), ("\x00", 422), ("x" * 5000, 422), ("%_'\"<", 200)):
        assert nadia.post("/recherche/", {"q": words}).status_code == status


@pytest.mark.parametrize("who", ["julie", "alain", "marc", "karim"])
def test_the_minutes_of_training_are_told_whole_to_who_plans_the_dyad_alone(
    cast: Cast, client_of: Callable[[User], Client], who: str
) -> None:
    dyad = cast.ines_marc
    dyad.substitutes.create(person=cast.karim, starts_on=cast.on, ends_on=cast.on + timedelta(days=7))
    minutes = sum(dyad.mentor.person.trainings.filter(kind="initial").values_list("minutes", flat=True))
    page = text(client_of(getattr(cast, who)), f"/dyades/{dyad.pk}/")
    assert (f"Formation initiale : {minutes} min sur" in page) == (who != "karim")
    assert ("Formation initiale" in page) == (who != "karim")
