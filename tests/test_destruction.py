"""What goes once its time is over: all that names somebody, in every table and version; what runs stays as it is."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import JSONField
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from mentoring.models import Dyad
from people.actions.nights import SAID as PLAN
from people.actions.nights import set_plan, tend_night
from people.models import AuditEntry, Destruction, Guardian, Notification, PrivacyIncident, RetentionPlan, Student, User
from people.privacy.destruction import destroy, due, gone_adults, gone_students
from people.privacy.keepings import TECHNICAL
from people.privacy.tables import DECLARED, Clock, Fate
from people.retention import INCIDENTS_KEPT, JOURNAL_KEPT, NIGHT_NOTICE, PEOPLE_KEPT
from people.tasks import destroy_by_night
from programs.models import GroupMember
from tests.furnished import furnish

ClientOf = Callable[[User], Client]
WORD = "Zzyxwv"
DAY = timedelta(days=1)


@pytest.fixture
def furnished(cast: Cast) -> Cast:
    furnish(cast)
    return cast


def left(student: Student, on: date) -> None:
    """Their relations are over, and they left the school long enough ago."""
    Student.objects.filter(pk=student.pk).update(left_on=on - PEOPLE_KEPT - DAY)
    for model in (Dyad, GroupMember):
        for row in model._base_manager.filter(student=student):
            row.ends_on = row.starts_on + DAY  # type: ignore[attr-defined]
            row.save()


def write_everywhere(whose: str, pk: int) -> None:
    """A word that nothing else holds, in every column that names somebody or was typed of them."""
    clock = Clock.STUDENT if whose == "student" else Clock.ADULT
    for one in DECLARED:
        if one.keeping.clock is not clock or one.keeping.fate is not Fate.EMPTIED:
            continue
        for model in one.tables:
            columns = [model._meta.get_field(name) for name in one.texts if name not in ("birth_date", "email")]
            values = {column.name: [WORD] if isinstance(column, JSONField) else WORD for column in columns}
            rows = model._base_manager.filter(one.about(whose, [pk], model))
            rows.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).update(**values)


def holding(word: str) -> Iterator[str]:
    """The tables in which a word stands somewhere."""
    for model in apps.get_models(include_auto_created=True):
        if any(word in str(row) for row in model._base_manager.values_list()):
            yield model._meta.label


@pytest.mark.on_postgresql
def test_nothing_that_names_a_student_is_left_and_the_counts_stay(furnished: Cast) -> None:
    cast, student = furnished, furnished.ines
    left(student, cast.on)
    write_everywhere("student", student.pk)
    Guardian.objects.filter(student=student).update(family_name=WORD, phone=WORD)
    assert len(set(holding(WORD))) > 12
    before = {one.model: one.of._base_manager.count() for one in DECLARED}
    told = {line.table.model: line.now for line in due(cast.board, cast.on, None) if line.now}
    made = destroy(board=cast.board, person=cast.line, on=cast.on)
    assert list(holding(WORD)) == []
    assert {row.kind: row.count for row in made} == told
    student.refresh_from_db()
    assert (str(student), student.birth_date, student.emptied_on) == (f"Élève {student.pk}", None, cast.on)
    for one in DECLARED:
        if one.keeping.fate is not Fate.DESTROYED and one.model not in ("people.Destruction", "people.AuditEntry"):
            assert one.of._base_manager.count() == before[one.model], one.model
    assert destroy(board=cast.board, person=cast.line, on=cast.on) == []
    assert AuditEntry.objects.filter(verb="destruction.confirmed", person=cast.line).count() == len(made)
    assert not Destruction.objects.filter(board=cast.other_board, done_by=cast.line).exists()


@pytest.mark.on_postgresql
def test_nothing_that_names_an_adult_is_left(furnished: Cast) -> None:
    cast, adult = furnished, furnished.karim
    adult.memberships.update(starts_on=None, ends_on=cast.on - PEOPLE_KEPT - DAY)
    adult.led_groups.update(ends_on=cast.on - DAY)
    write_everywhere("adult", adult.pk)
    User.objects.get_queryset().filter(pk=adult.pk).update(email=f"{WORD.lower()}@rives.example")
    assert list(gone_adults(cast.board, cast.on)) == [adult]
    destroy(board=cast.board, person=cast.line, on=cast.on)
    assert list(holding(WORD)) == []
    assert list(holding(WORD.lower())) == []
    adult.refresh_from_db()
    assert (adult.email, adult.is_active, adult.has_usable_password()) == (None, False, False)


@pytest.mark.on_postgresql
def test_what_runs_or_is_recent_or_elsewhere_stays(furnished: Cast) -> None:
    cast = furnished
    Student.objects.filter(pk=cast.ines.pk).update(left_on=cast.on - PEOPLE_KEPT - DAY)
    Student.objects.filter(pk=cast.sofia.pk).update(left_on=cast.on - PEOPLE_KEPT + DAY)
    left(cast.other_student, cast.on)
    assert cast.ines_marc.ends_on is None
    assert list(gone_students(cast.board, cast.on)) == []
    assert list(gone_adults(cast.board, cast.on)) == []
    names = set(Student.objects.values_list("name_key", flat=True))
    destroy(board=cast.board, person=cast.line, on=cast.on)
    assert set(Student.objects.values_list("name_key", flat=True)) == names
    assert list(gone_students(cast.other_board, cast.on)) == [cast.other_student]


@pytest.mark.on_postgresql
def test_registers_and_journals_go_by_their_own_days(cast: Cast) -> None:
    for board in (cast.board, cast.other_board):
        for age in (INCIDENTS_KEPT - DAY, INCIDENTS_KEPT + DAY):
            said = {"information": "Noms", "circumstances": "Perte", "aware_on": cast.on - age}
            row = PrivacyIncident.objects.create(board=board, **said)
            row.measures = "Rien"
            row.save()
    Notification.objects.all().delete()
    destroy(board=cast.board, person=cast.line, on=cast.on)
    assert PrivacyIncident.objects.filter(board=cast.board).count() == 1
    assert PrivacyIncident.history.filter(board=cast.board).count() == 2  # type: ignore[attr-defined]
    assert PrivacyIncident.objects.filter(board=cast.other_board).count() == 2
    later = cast.on + JOURNAL_KEPT + 2 * DAY
    assert AuditEntry.objects.exists()
    destroy(board=cast.board, person=cast.line, on=later)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"destruction.confirmed"}


def test_the_officer_reads_first_then_confirms(furnished: Cast, client_of: ClientOf) -> None:
    cast, client, page = furnished, client_of(furnished.line), reverse("retention_destroy")
    assert client.get(page).status_code == 302
    left(cast.ines, cast.on)
    shown: Any = client.get(page)
    seen = shown.context["form"].initial["seen"]
    assert seen
    assert client.post(page, {"seen": seen}).status_code == 422
    assert client.post(page, {"seen": seen - 1, "sure": "on"}).status_code == 422
    assert not Destruction.objects.filter(done_by=cast.line).exists()
    assert client.post(page, {"seen": seen, "sure": "on"}).status_code == 302
    assert Destruction.objects.filter(done_by=cast.line, kind="people.Student", count=1).exists()
    register = client_of(cast.robert).get(reverse("retention")).content.decode()
    assert "Registre des destructions" in register
    assert str(cast.line) in register
    assert client_of(cast.robert).get(page).status_code == 403


def test_everybody_reads_how_long_everything_is_kept(cast: Cast, client_of: ClientOf) -> None:
    for client in (Client(), client_of(cast.marc)):
        text = client.get(reverse("confidentiality")).content.decode()
        assert "Réglages techniques, sans renseignement personnel" in text
        for one in DECLARED:
            assert one.keeping == TECHNICAL or str(one.words).lower() in text.lower(), one.model
            assert one.keeping.length.lower() in text.lower()
    assert str(cast.line) in text


def planned(cast: Cast, **said: Any) -> RetentionPlan:
    asked = {**dict.fromkeys(PLAN), "nightly_from": cast.on + NIGHT_NOTICE, **said}
    return set_plan(board=cast.board, person=cast.line, on=cast.on, reason="Calendrier de 2026", said=asked)


@pytest.mark.on_postgresql
def test_the_night_destroys_what_was_announced_and_no_more(furnished: Cast) -> None:
    cast = furnished
    left(cast.ines, cast.on)
    plan = planned(cast)
    assert plan.announced["people.Student"] == 1
    assert tend_night(board=cast.board, on=cast.on + NIGHT_NOTICE - DAY) == []
    left(cast.sofia, cast.on)
    assert tend_night(board=cast.board, on=cast.on + NIGHT_NOTICE) == []
    plan.refresh_from_db()
    assert (plan.announced_on, plan.announced["people.Student"]) == (cast.on + NIGHT_NOTICE, 2)
    made = tend_night(board=cast.board, on=cast.on + 2 * NIGHT_NOTICE)
    assert {row.count for row in made if row.kind == "people.Student"} == {2}
    assert {row.done_by for row in made} == {None}
    assert Student.objects.filter(emptied_on=cast.on + 2 * NIGHT_NOTICE).count() == 2
    assert tend_night(board=cast.board, on=cast.on + 2 * NIGHT_NOTICE) == []


def test_who_comes_back_after_the_announcement_is_kept(furnished: Cast) -> None:
    cast = furnished
    left(cast.ines, cast.on)
    planned(cast)
    back = {"starts_on": cast.on + DAY, "ends_on": None}
    Dyad._base_manager.filter(pk=cast.ines_marc.pk).update(**back)
    tend_night(board=cast.board, on=cast.on + NIGHT_NOTICE)
    assert Student.objects.filter(pk=cast.ines.pk, emptied_on=None).exists()


def test_a_board_that_decides_nothing_is_left_alone_at_night(furnished: Cast) -> None:
    cast = furnished
    left(cast.ines, cast.on)
    destroy_by_night()
    planned(cast, nightly_from=None)
    tend_night(board=cast.board, on=cast.on + 100 * DAY)
    assert Student.objects.filter(pk=cast.ines.pk, emptied_on=None).exists()


def test_a_board_keeps_longer_or_less_long(furnished: Cast, client_of: ClientOf) -> None:
    cast = furnished
    left(cast.ines, cast.on)
    planned(cast, students=10, nightly_from=None)
    assert destroy(board=cast.board, person=cast.line, on=cast.on) == []
    planned(cast, students=2, nightly_from=None)
    assert {row.kind for row in destroy(board=cast.board, person=cast.line, on=cast.on)} >= {"people.Student"}
    for client in (client_of(cast.line), client_of(cast.marc)):
        assert "2 ans après le départ de l’élève" in client.get(reverse("confidentiality")).content.decode()
    assert "2 ans après le départ" not in Client().get(reverse("confidentiality")).content.decode()


def test_durations_stay_within_bounds_and_are_audited(cast: Cast, client_of: ClientOf) -> None:
    client, page = client_of(cast.line), reverse("retention_plan")
    said = {"reason": "Calendrier adopté en 2026", "incidents": "7"}
    soon = (cast.on + NIGHT_NOTICE - DAY).isoformat()
    for wrong in ({"incidents": "4"}, {"students": "0"}, {"reason": "bah"}, {"nightly_from": soon}, {"journal": "x"}):
        shown = client.post(page, {**said, **wrong})
        assert shown.status_code == 422, wrong
    assert not RetentionPlan.objects.exists()
    assert client.post(page, said).status_code == 302
    assert client.post(page, said).status_code == 302
    plan = RetentionPlan.objects.get()
    assert (plan.incidents, plan.students, plan.nightly_from, plan.set_by) == (7, None, None, cast.line)
    kept = AuditEntry.objects.filter(verb="retention.changed")
    assert [entry.reason for entry in kept] == [said["reason"]]
    assert said["reason"] in client_of(cast.robert).get(reverse("retention")).content.decode()
