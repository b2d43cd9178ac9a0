"""Attendance and results: kept for who agrees, forgotten when they no longer do, told of a whole programme only."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accompagnement.demo.cast import Cast
from mentoring.actions.outcomes import forget_outcomes
from mentoring.models import Dyad, Outcome
from mentoring.outcomes import compared
from people.models import AuditEntry, Consent, Student, User
from people.retention import OUTCOMES_KEPT
from people.stamps import STAMP
from programs.actions.terms import Span, change_term
from programs.models import Program, Term

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
Said = dict[str, str]


@pytest.fixture
def terms(cast: Cast) -> list[Term]:
    """The four that are over: three of last year, one of this."""
    found = list(Term.objects.filter(school_year__board=cast.board, ends_on__lte=cast.on).order_by("starts_on"))
    assert len(found) == 4
    return found


@pytest.fixture
def program(cast: Cast) -> Program:
    """One of Julie's, without anybody yet."""
    said = {"board": cast.board, "school": cast.school, "name": "Passerelle", "domain": Program.Domain.MENTORING}
    return Program.objects.create(**said)


def accompany(cast: Cast, program: Program, starts_on: date, name: str = "Léa", born: date | None = None) -> Student:
    of = {"board": cast.board, "school": cast.school}
    student = Student.objects.create(**of, given_name=name, family_name="Roy", birth_date=born, grade=1)
    Dyad.objects.create(
        board=cast.board, program=program, student=student, mentor=cast.nadia_mentor, starts_on=starts_on
    )
    return student


def agree(student: Student, on: date) -> Consent:
    return student.consents.create(purpose="outcomes", giver="parent", given_on=on)


def keep(student: Student, term: Term, on: date, **numbers: int) -> None:
    student.outcomes.create(school_year=term.school_year, term=term.name, entered_on=on, **numbers)


def six(cast: Cast, program: Program, terms: list[Term]) -> list[Student]:
    """Accompanied from the second term; 2 to 12 absences in the first one, half as many in the last."""
    students = [accompany(cast, program, terms[1].starts_on, f"Élève{place}") for place in range(6)]
    for place, student in enumerate(students, 1):
        agree(student, cast.on)
        keep(student, terms[0], cast.on, days_absent=2 * place)
        keep(student, terms[3], cast.on, days_absent=place)
    return students


def entry(program: Program, term: Term) -> str:
    return f"{reverse('program_outcomes_term', args=[program.pk])}?etape={term.pk}"


def test_who_agrees_is_entered_on_one_page(
    cast: Cast, client_of: ClientOf, program: Program, terms: list[Term]
) -> None:
    client, page = client_of(cast.julie), entry(program, terms[3])
    lea = accompany(cast, program, cast.on - DAY, "Léa", born=date(2012, 3, 4))
    max_, zoe = accompany(cast, program, cast.on - DAY, "Max", born=date(2014, 3, 4)), accompany(cast, program, cast.on)
    ask: Said = {"given_on": cast.on.isoformat(), f"{lea.pk}-giver": "student", f"{zoe.pk}-giver": ""}
    refused = client.post(page, ask | {f"{max_.pk}-giver": "student"})
    assert refused.status_code == 422
    assert "Avant 14 ans, un parent donne le consentement." in refused.content.decode()
    assert not Consent.objects.exists()
    assert client.post(page, ask | {f"{max_.pk}-giver": "parent"}).status_code == 302
    assert set(Consent.objects.values_list("student", "giver")) == {(lea.pk, "student"), (max_.pk, "parent")}
    numbers: Said = {
        "given_on": cast.on.isoformat(),
        f"{lea.pk}-days_absent": "4",
        f"{lea.pk}-result": "71",
        f"{max_.pk}-lates": "0",
    }
    wrong = client.post(page, numbers | {f"{max_.pk}-result": "171"})
    assert wrong.status_code == 422
    assert "un nombre entier, de 0 à 100" in wrong.content.decode()
    assert 'value="171"' in wrong.content.decode()
    assert not Outcome.objects.exists()
    assert client.post(page, numbers).status_code == 302
    told = ("student", "term", "days_absent", "lates", "result", "entered_by", "entered_on")
    assert set(Outcome.objects.values_list(*told)) == {
        (lea.pk, terms[3].name, 4, None, 71, cast.julie.pk, cast.on),
        (max_.pk, terms[3].name, None, 0, None, cast.julie.pk, cast.on),
    }
    client.post(page, numbers)
    assert AuditEntry.objects.filter(verb="outcome.entered", person=cast.julie).count() == 2
    assert AuditEntry.objects.filter(verb="consent.given", person=cast.julie).count() == 2
    client.post(page, {"given_on": cast.on.isoformat(), f"{max_.pk}-lates": "3"})
    assert list(Outcome.objects.values_list("student", "lates")) == [(max_.pk, 3)]


def test_a_number_of_who_did_not_agree_is_never_kept(
    cast: Cast, client_of: ClientOf, program: Program, terms: list[Term]
) -> None:
    student = accompany(cast, program, cast.on)
    past = agree(student, cast.on - 9 * DAY)
    Consent.objects.filter(pk=past.pk).update(withdrawn_on=cast.on)
    said = {"given_on": cast.on.isoformat(), f"{student.pk}-lates": "3"}
    assert client_of(cast.julie).post(entry(program, terms[3]), said).status_code == 302
    assert not Outcome.objects.exists()


def test_a_second_copy_does_not_undo_the_first(
    cast: Cast, client_of: ClientOf, program: Program, terms: list[Term]
) -> None:
    student, page = accompany(cast, program, cast.on), entry(program, terms[3])
    agree(student, cast.on)
    client, name = client_of(cast.julie), f"{student.pk}-lates"
    stamp = client.get(page).context["form"].stamp
    assert client.post(page, {name: "2", STAMP: stamp}).status_code == 302
    second = client.post(page, {name: "5", STAMP: stamp})
    assert second.status_code == 422
    assert "Quelqu’un a enregistré une autre version entre-temps" in second.content.decode()
    assert Outcome.objects.get().lates == 2


def test_a_consent_withdrawn_forgets_at_once_and_can_be_given_again(
    cast: Cast, client_of: ClientOf, program: Program, terms: list[Term]
) -> None:
    students, client = six(cast, program, terms), client_of(cast.julie)
    consent = Consent.objects.get(student=students[0])
    page = reverse("program_consent", args=[program.pk, consent.pk])
    assert "2 étapes seront effacés aussitôt" in client.get(page).content.decode()
    assert Outcome.objects.count() == 12
    assert client.post(page).status_code == client.post(page).status_code == 302
    assert not Outcome.objects.filter(student=students[0]).exists()
    assert Outcome.objects.count() == 10
    assert compared(program, cast.on)[0].count == 5
    assert AuditEntry.objects.filter(verb="consent.withdrawn", person=cast.julie).count() == 1
    asked = {"given_on": cast.on.isoformat(), f"{students[0].pk}-giver": "parent"}
    assert client.post(entry(program, terms[3]), asked).status_code == 302
    assert Consent.objects.in_force(Consent.Purpose.OUTCOMES, cast.on).filter(student=students[0]).count() == 1
    assert Outcome.objects.filter(student=students[0]).count() == 0
    elsewhere = reverse("program_consent", args=[cast.groups_program.pk, consent.pk])
    assert client.post(elsewhere).status_code == 404


def test_before_and_since_are_told_of_five_students_at_least_and_of_no_one(
    cast: Cast, client_of: ClientOf, program: Program, terms: list[Term]
) -> None:
    students = six(cast, program, terms)
    absences, lates, _result = compared(program, cast.on)
    assert (absences.count, lates.count, lates.before) == (6, 0, None)
    assert absences.before is not None
    assert absences.since is not None
    assert (absences.before.low, absences.before.middle, absences.before.high) == (4.5, 7, 9.5)
    assert (absences.since.low, absences.since.middle, absences.since.high) == (2.25, 3.5, 4.75)
    client, page = client_of(cast.julie), reverse("program_outcomes", args=[program.pk])
    shown = client.get(page).content.decode()
    assert "Avant et après ne disent pas pourquoi" in shown
    assert "médiane 3,5" in " ".join(shown.split())
    assert not any(student.given_name in shown for student in students)
    Consent.objects.filter(student__in=students[:2]).update(withdrawn_on=cast.on)
    assert compared(program, cast.on)[0].before is None
    assert "Rien à montrer encore" in client.get(page).content.decode()


def test_before_ends_before_the_first_day_and_since_begins_after_it(
    cast: Cast, program: Program, terms: list[Term]
) -> None:
    """The term in which a relation begins is neither; the last known of each counts."""
    for place in range(5):
        student = accompany(cast, program, terms[2].starts_on + 10 * DAY, f"Élève{place}")
        agree(student, cast.on)
        for term, result in zip(terms, (50, 60, 99, 70), strict=True):
            keep(student, term, cast.on, result=result)
    result = compared(program, cast.on)[2]
    assert result.before is not None
    assert result.since is not None
    assert (result.before.middle, result.since.middle, result.count) == (60, 70, 5)
    program.dyads.update(ends_on=terms[3].starts_on)
    assert compared(program, cast.on)[2].count == 0


def test_what_is_kept_follows_the_name_of_its_term_and_is_destroyed_in_time(
    cast: Cast, program: Program, terms: list[Term]
) -> None:
    student, other = (accompany(cast, program, terms[1].starts_on, name) for name in ("Léa", "Max"))
    consents = [agree(one, cast.on) for one in (student, other)]
    for one in (student, other):
        keep(one, terms[3], cast.on, lates=1)
    span = Span("Première étape", terms[3].starts_on, terms[3].ends_on - DAY)
    change_term(term=terms[3], span=span, person=cast.alain, on=cast.on)
    assert set(Outcome.objects.values_list("term", flat=True)) == {"Première étape"}
    Consent.objects.filter(pk=consents[1].pk).update(withdrawn_on=cast.on)
    forget_outcomes(board=cast.board, on=cast.on)
    assert Outcome.objects.get().student == student
    forget_outcomes(board=cast.board, on=cast.on + OUTCOMES_KEPT + DAY)
    assert not Outcome.objects.exists()


def test_the_pages_queries_do_not_grow(cast: Cast, client_of: ClientOf, program: Program, terms: list[Term]) -> None:
    client = client_of(cast.julie)

    def queries() -> list[int]:
        counts = []
        for page in (reverse("program_outcomes", args=[program.pk]), entry(program, terms[3])):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page).status_code == 200
            counts.append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            names = {f"{row.student.pk}-days_absent": "9" for row in client.get(page).context["form"].rows}
            assert client.post(page, names).status_code == 302
        return [*counts, len(seen)]

    first = accompany(cast, program, terms[1].starts_on, "Seule")
    agree(first, cast.on)
    keep(first, terms[0], cast.on, days_absent=1)
    keep(first, terms[3], cast.on, days_absent=1)
    for page in (reverse("program_outcomes", args=[program.pk]), entry(program, terms[3])):
        client.get(page)  # the day's first opening is kept in the journal
    few = queries()
    six(cast, program, terms)
    assert queries() == few
