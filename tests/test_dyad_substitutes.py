"""Standing in for a mentor: what opens, for how long, and who is credited."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from mentoring.kinds import KINDS
from mentoring.undone import undone

from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.actions import Fact, log_liaison
from mentoring.models import DyadMeeting, DyadSubstitute
from people.models import AuditEntry, Guardian, Student, User
from tests.cast import Cast

ClientOf = Callable[[User], Client]
Entry = Callable[..., dict[str, Any]]
WEEK = timedelta(days=7)


@pytest.fixture
def entry() -> Entry:
    """What the page of a held meeting sends today."""
    usual = {"day": "2026-11-23", "minutes": "40", "channel": "in_person", "activity": "shared_activity", "note": ""}
    return lambda **changes: {"entry_uuid": str(uuid.uuid4()), **usual, **changes}


@pytest.fixture
def standing_in(cast: Cast) -> DyadSubstitute:
    """Sylvie stands in for Marc-Olivier with Inès, since last Thursday and until Thursday."""
    return DyadSubstitute.objects.create(
        dyad=cast.ines_marc, person=cast.sylvie, starts_on=cast.on - timedelta(days=4), ends_on=cast.on + timedelta(4)
    )


def pages(cast: Cast) -> dict[str, int]:
    dyad = cast.ines_marc.pk
    return {
        f"/dyades/{dyad}/": 200,
        f"/dyades/{dyad}/consigner/": 200,
        f"/dyades/{dyad}/routine/": 200,
        f"/dyades/{dyad}/entente/": 403,
        f"/dyades/{dyad}/planifier/": 403,
        f"/dyades/{dyad}/remplacement/": 403,
        f"/dyades/{dyad}/terminer/": 403,
        f"/dyades/{cast.thomas_nadia.pk}/": 404,
        f"/mentors/{cast.marc_mentor.pk}/": 404,
    }


def test_the_range_opens_the_dyad_and_nothing_else(
    cast: Cast, client_of: ClientOf, standing_in: DyadSubstitute
) -> None:
    evaluate_board(cast.board, on=cast.on)
    about_ines = Flag.objects.filter(dyad=cast.ines_marc)
    assert about_ines.exists()
    meeting = cast.ines_marc.meetings.filter(status="held").latest("on")
    DyadMeeting.objects.filter(pk=meeting.pk).update(note="Cela reste entre nous", note_level="confidential")
    sylvie = client_of(cast.sylvie)
    assert {path: sylvie.get(path).status_code for path in pages(cast)} == pages(cast)
    page = sylvie.get(f"/dyades/{cast.ines_marc.pk}/").content.decode()
    assert "Cela reste entre nous" not in page
    assert "Formation initiale" not in page
    assert "Inès" in sylvie.post("/recherche/", {"q": "ines"}).content.decode()
    sees = (Flag.objects.visible_to, Student.objects.visible_to)
    assert [about_ines[0] in sees[0](cast.sylvie), cast.ines in sees[1](cast.sylvie)] == [True, True]
    assert not Flag.objects.visible_to(cast.sylvie).filter(mentor=cast.marc_mentor).exists()


@pytest.mark.parametrize(("gone", "code"), [(7, 200), (8, 404)])
def test_seven_days_more_to_finish_logging_then_nothing(
    cast: Cast, client_of: ClientOf, standing_in: DyadSubstitute, gone: int, code: int
) -> None:
    last_day = cast.on - timedelta(days=gone)
    standing_in.starts_on, standing_in.ends_on = last_day - WEEK, last_day + timedelta(days=1)
    standing_in.save()
    sylvie, dyad = client_of(cast.sylvie), cast.ines_marc
    assert [sylvie.get(f"/dyades/{dyad.pk}/{more}").status_code for more in ("", "consigner/")] == [code] * 2
    assert ("Inès" in sylvie.get("/dyades/").content.decode()) is (code == 200)
    guardian = Guardian.objects.create(board=cast.board, student=cast.ines, given_name="Amina")
    assert (guardian in Guardian.objects.visible_to(cast.sylvie)) is (code == 200)
    if code == 404:
        assert "Inès" not in sylvie.post("/recherche/", {"q": "ines"}).content.decode()
        assert not DyadMeeting.objects.loggable_by(cast.sylvie).filter(dyad=dyad).exists()


def test_only_the_days_of_the_range_are_logged(
    cast: Cast, client_of: ClientOf, standing_in: DyadSubstitute, entry: Entry
) -> None:
    sylvie, path = client_of(cast.sylvie), f"/dyades/{cast.ines_marc.pk}/consigner/"
    before = entry(day="other", other_on=(standing_in.starts_on - timedelta(days=3)).isoformat(), channel="phone")
    refused = sylvie.post(path, before)
    assert refused.status_code == 422
    assert "Vous remplacez du 19 novembre 2026 au 26 novembre 2026" in refused.content.decode()
    liaison = {"entry_uuid": before["entry_uuid"], "day": "other", "other_on": before["other_on"], "work_heard": "on"}
    assert sylvie.post(f"/dyades/{cast.ines_marc.pk}/liaison/", liaison | {"channel": "phone"}).status_code == 422
    held = cast.ines_marc.meetings.filter(status="held", on__lt=standing_in.starts_on).latest("on")
    waiting = DyadMeeting.objects.create(
        board=cast.board, dyad=cast.ines_marc, on=standing_in.starts_on - timedelta(days=1), status="planned"
    )
    assert sylvie.post(f"/rencontres/{waiting.pk}/tenue/", follow=True).status_code == 200
    assert sylvie.post(f"/rencontres/{held.pk}/annuler/").status_code == 403
    typed = entry(day=cast.on.isoformat(), saved_at=held.saved_at.isoformat())
    assert sylvie.post(f"/rencontres/{held.pk}/modifier/", typed).status_code == 422
    feed = sylvie.get(f"/dyades/{cast.ines_marc.pk}/").content.decode()
    assert f"/rencontres/{held.pk}/modifier/" not in feed
    waiting.refresh_from_db()
    held.refresh_from_db()
    assert (waiting.status, held.status, held.deleted_at) == ("planned", "held", None)
    assert cast.ines_marc.meetings.filter(met_by__isnull=False).count() == 0
    fact = Fact(cast.ines_marc, cast.on - WEEK, cast.marc, held.entry_uuid)
    record = log_liaison(fact=fact, on=cast.on, channel="phone")
    assert sylvie.post(f"/suivis/echange/{record.pk}/annuler/").status_code == 403


def test_what_others_undid_or_wrote_on_other_days_stays_theirs(
    cast: Cast, client_of: ClientOf, standing_in: DyadSubstitute
) -> None:
    sylvie, now = client_of(cast.sylvie), timezone.now()
    rows = cast.ines_marc.meetings.filter(status="held")
    before = rows.filter(on__lt=standing_in.starts_on).latest("on")
    during = DyadMeeting.objects.create(
        board=cast.board, dyad=cast.ines_marc, on=standing_in.starts_on, status="held", logged_on=cast.on
    )
    for ago, row in enumerate((before, during)):
        row.save()  # what the demonstration loads in bulk has no history to come back to
        gone_at = now - timedelta(minutes=ago)
        DyadMeeting.objects.filter(pk=row.pk).update(deleted_at=gone_at, logged_on=cast.on)
    mine = {line.record.pk for line in undone(cast.sylvie, on=cast.on)}
    assert (during.pk in mine, before.pk in mine) == (True, False)
    assert {line.record.pk for line in undone(cast.marc, on=cast.on)} >= {during.pk, before.pk}
    of_meetings = KINDS[next(slug for slug, kind in KINDS.items() if kind.model is DyadMeeting)]
    gone = DyadMeeting.objects.get(pk=before.pk)
    assert [of_meetings.may_change(user, gone) for user in (cast.sylvie, cast.marc)] == [False, True]
    DyadMeeting.objects.filter(pk=before.pk).update(deleted_at=None)
    gone.refresh_from_db()
    assert [of_meetings.may_change(user, gone) for user in (cast.sylvie, cast.marc)] == [False, True]
    assert sylvie.get("/annulees/").status_code == 200


def test_her_week_holds_the_days_of_her_range(cast: Cast, client_of: ClientOf, standing_in: DyadSubstitute) -> None:
    for days in (-6, 0, 5):
        day = cast.on + timedelta(days=days)
        DyadMeeting.objects.update_or_create(
            board=cast.board, dyad=cast.ines_marc, on=day, defaults={"status": "planned", "timetable": None}
        )
    week = client_of(cast.sylvie).get("/semaine/").context["agenda"]
    slots = [*week.open, *week.waiting, *(slot for day in week.days for slot in day.slots)]
    mine = {slot.meeting.on for slot in slots if slot.meeting.dyad_id == cast.ines_marc.pk}
    assert cast.on in mine
    assert all(standing_in.starts_on <= day < standing_in.ends_on for day in mine)
    today = cast.ines_marc.meetings.get(on=cast.on)
    client_of(cast.sylvie).post("/semaine/confirmer/", {"rencontre": f"d{today.pk}"})
    today.refresh_from_db()
    assert today.met_by == cast.sylvie


def test_credit_stays_with_whoever_met(
    cast: Cast, client_of: ClientOf, standing_in: DyadSubstitute, entry: Entry
) -> None:
    def met(user: User, **typed: object) -> User | None:
        sent = entry(second="on", **typed)
        assert client_of(user).post(f"/dyades/{cast.ines_marc.pk}/consigner/", sent).status_code == 302
        return DyadMeeting.objects.get(entry_uuid=sent["entry_uuid"]).met_by

    path = f"/dyades/{cast.ines_marc.pk}/consigner/"
    assert "Qui a tenu la rencontre" in client_of(cast.marc).get(path).content.decode()
    assert "Qui a tenu la rencontre" not in client_of(cast.sylvie).get(path).content.decode()
    assert met(cast.sylvie) == cast.sylvie
    assert met(cast.marc) == cast.sylvie
    assert met(cast.marc, met_by="usual") is None
    assert met(cast.julie, met_by=str(cast.sylvie.pk)) == cast.sylvie
    assert met(cast.julie, day="other", other_on="2026-11-12", met_by=str(cast.sylvie.pk)) is None
    mine = cast.ines_marc.meetings.filter(met_by=cast.sylvie).first()
    assert mine is not None
    standing_in.delete()
    kept = entry(saved_at=mine.saved_at.isoformat(), minutes="60", second="on")
    client_of(cast.marc).post(f"/rencontres/{mine.pk}/modifier/", kept)
    mine.refresh_from_db()
    assert (mine.minutes, mine.met_by) == (60, cast.sylvie)
    assert "par Sylvie Marcotte" in client_of(cast.marc).get(f"/dyades/{cast.ines_marc.pk}/").content.decode()
    assert "Qui a tenu la rencontre" not in client_of(cast.marc).get(path).content.decode()


def test_a_substitute_is_named_once_for_a_day_by_who_may(cast: Cast, client_of: ClientOf) -> None:
    path = f"/dyades/{cast.ines_marc.pk}/remplacement/"
    julie, on = client_of(cast.julie), cast.on.isoformat()
    sent = {"substitute": cast.sylvie.pk, "starts_on": on, "last_day": "2026-11-27"}
    for wrong in (
        {"substitute": cast.marc.pk},
        {"substitute": cast.other_mentor.pk},
        {"substitute": cast.alain.pk},
        {"last_day": "2026-11-20"},
        {"starts_on": "2026-09-01"},
        {"last_day": "2028-01-01"},
    ):
        assert julie.post(path, sent | wrong).status_code == 422, wrong
    assert [julie.post(path, sent).status_code for _click in range(2)] == [302, 302]
    assert julie.post(path, sent | {"substitute": cast.nadia.pk, "starts_on": "2026-11-27"}).status_code == 422
    row = cast.ines_marc.substitutes.get()
    assert client_of(cast.marc).post(path, sent).status_code == 403
    assert client_of(cast.sylvie).post(f"/remplacements-dyade/{row.pk}/terminer/").status_code == 403
    assert client_of(cast.etienne).post(f"/remplacements-dyade/{row.pk}/terminer/").status_code == 404
    julie.post(f"/remplacements-dyade/{row.pk}/terminer/")
    row.refresh_from_db()
    assert row.ends_on == cast.on + timedelta(days=1)
    assert client_of(cast.sylvie).get(f"/dyades/{cast.ines_marc.pk}/").status_code == 200
    julie.post(f"/remplacements-dyade/{row.pk}/terminer/", {"retirer": "1"})
    assert client_of(cast.sylvie).get(f"/dyades/{cast.ines_marc.pk}/").status_code == 404
    verbs = AuditEntry.objects.filter(subject_type="mentoring.dyadsubstitute").values_list("verb", flat=True)
    assert sorted(verbs) == ["dyad.substitute_added", "dyad.substitute_ended", "dyad.substitute_removed"]


def test_a_teacher_who_mentors_names_a_substitute_for_their_own_dyad(cast: Cast, client_of: ClientOf) -> None:
    sent = {"substitute": cast.sylvie.pk, "starts_on": "2026-11-23", "last_day": "2026-11-27"}
    nadia = client_of(cast.nadia)
    assert nadia.post(f"/dyades/{cast.thomas_nadia.pk}/remplacement/", sent).status_code == 302
    assert nadia.post(f"/dyades/{cast.ines_marc.pk}/remplacement/", sent).status_code == 404


@pytest.mark.once
def test_the_pages_queries_do_not_grow_with_the_substitutes(cast: Cast, client_of: ClientOf) -> None:
    def queries(path: str) -> int:
        client_of(cast.julie).get(path)
        with CaptureQueriesContext(connection) as found:
            assert client_of(cast.julie).get(path).status_code == 200
        return len(found)

    def named(count: int) -> None:
        DyadSubstitute.objects.bulk_create(
            DyadSubstitute(
                dyad=cast.ines_marc, person=cast.sylvie, starts_on=cast.on + n * WEEK, ends_on=cast.on + (n + 1) * WEEK
            )
            for n in range(count)
        )

    paths = [f"/dyades/{cast.ines_marc.pk}/{more}" for more in ("", "remplacement/")]
    named(1)
    one = [queries(path) for path in paths]
    named(29)
    assert [queries(path) for path in paths] == one
