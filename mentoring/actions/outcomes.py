"""Consents to keep how a student's terms went, what is kept with them, and forgetting it."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.audit_verbs import CONSENT_GIVEN, CONSENT_WITHDRAWN, OUTCOME_ENTERED, OUTCOME_FORGOTTEN
from mentoring.models import Outcome
from people import audit
from people.models import Consent, SchoolBoard, Student, User
from people.models.consents import may_give_alone
from people.retention import OUTCOMES_KEPT
from programs.models import Program, Term

PURPOSE = Consent.Purpose.OUTCOMES
Numbers = Mapping[str, int | None]
"""``days_absent``, ``lates`` and ``result``, None where they are not known."""


@transaction.atomic
def save_term(
    *,
    program: Program,
    term: Term,
    givers: Mapping[int, str],
    given_on: date | None,
    said: Mapping[int, Numbers],
    person: User,
    on: date,
) -> int:
    """Keep the consents received, then what a term was of those who agree; how many rows changed. Constant queries.

    ``givers`` and ``said`` are by student. A student without a number keeps none. Refuses what nobody agreed to.
    """
    students = {row.pk: row for row in Student.objects.select_for_update().filter(pk__in={*givers, *said})}
    given = _give(program.board, [(students[pk], giver) for pk, giver in givers.items()], given_on, person, on)
    return given + _enter(program.board, term, said, person, on)


def _give(
    board: SchoolBoard, given: Collection[tuple[Student, str]], given_on: date | None, person: User, on: date
) -> int:
    if not given:
        return 0
    if given_on is None or given_on > on:
        raise ValidationError({"given_on": _("Indiquez le jour où le consentement a été donné, au plus tard ce jour.")})
    rows = list(Consent.objects.filter(student__in=[student.pk for student, _giver in given], purpose=PURPOSE))
    held = {row.student_id for row in rows if row.withdrawn_on is None}
    withdrawn = {row.student_id: row.withdrawn_on for row in rows if row.withdrawn_on}
    same_day = {row.student_id: row for row in rows if row.given_on == given_on}
    errors, new, again = dict[str, str](), list[Consent](), list[Consent]()
    for student, giver in given:
        if student.pk in held:
            continue
        if giver == Consent.Giver.STUDENT and not may_give_alone(student, given_on):
            errors[f"{student.pk}-giver"] = _cannot_alone(student)
        elif (last := withdrawn.get(student.pk)) and given_on < last:
            words = _("Le consentement a été retiré le %(day)s\u00a0: un autre ne peut pas dater d’avant.")
            errors[f"{student.pk}-giver"] = words % {"day": last}
        elif row := same_day.get(student.pk):
            row.giver, row.withdrawn_on = giver, None
            again.append(row)
        else:
            new.append(Consent(student=student, purpose=PURPOSE, giver=giver, given_on=given_on))
    if errors:
        raise ValidationError(errors)
    Consent.objects.bulk_update(again, ["giver", "withdrawn_on"])
    made = [*Consent.objects.bulk_create(new), *again]
    audit.record_all(board=board, person=person, verb=CONSENT_GIVEN, subjects=made)
    return len(made)


def _cannot_alone(student: Student) -> str:
    if student.birth_date is None:
        return _("La date de naissance n’est pas connue\u00a0: un parent donne le consentement.")
    return _("Avant 14 ans, un parent donne le consentement.")


def _enter(board: SchoolBoard, term: Term, said: Mapping[int, Numbers], person: User, on: date) -> int:
    agree = set(Consent.objects.in_force(PURPOSE, on).filter(student__in=said).values_list("student", flat=True))
    if agree != set(said):
        raise ValidationError(_("Un consentement vient d’être retiré\u00a0: relisez la page avant d’enregistrer."))
    here = {"school_year": term.school_year, "term": term.name}
    kept = {row.student_id: row for row in Outcome.objects.filter(student__in=said, **here)}
    new, changed, emptied = list[Outcome](), list[Outcome](), list[Outcome]()
    for student, numbers in said.items():
        row = kept.get(student)
        known = any(number is not None for number in numbers.values())
        if row is None and known:
            new.append(Outcome(student_id=student, **here, **numbers, entered_by=person, entered_on=on))
        elif row is not None and not known:
            emptied.append(row)
        elif row is not None and any(getattr(row, name) != number for name, number in numbers.items()):
            for name, number in numbers.items():
                setattr(row, name, number)
            row.entered_by, row.entered_on = person, on
            changed.append(row)
    Outcome.objects.bulk_create(new)
    Outcome.objects.bulk_update(changed, ["days_absent", "lates", "result", "entered_by", "entered_on"])
    audit.record_all(board=board, person=person, verb=OUTCOME_ENTERED, subjects=[*new, *changed])
    audit.record_all(board=board, person=person, verb=OUTCOME_FORGOTTEN, subjects=emptied)
    Outcome.objects.filter(pk__in=[row.pk for row in emptied]).delete()
    return len(new) + len(changed) + len(emptied)


@transaction.atomic
def withdraw_consent(*, consent: Consent, person: User, on: date) -> int:
    """End a student's consent from a day on and forget at once all that was kept with it; how many terms.

    Twice is once.
    """
    student = Student.objects.select_for_update(of=("self",)).select_related("board").get(pk=consent.student_id)
    held = list(Consent.objects.filter(student=student, purpose=PURPOSE, withdrawn_on=None))
    for row in held:
        row.withdrawn_on = max(on, row.given_on)
    Consent.objects.bulk_update(held, ["withdrawn_on"])
    forgotten, _by_model = Outcome.objects.filter(student=student).delete() if held else (0, {})
    audit.record_all(board=student.board, person=person, verb=CONSENT_WITHDRAWN, subjects=held)
    return forgotten


def forget_outcomes(*, board: SchoolBoard, on: date) -> None:
    """Destroy what was entered too long ago, or that nobody agrees to any more. Two queries."""
    rows = Outcome.objects.filter(student__board=board)
    rows.filter(entered_on__lt=on - OUTCOMES_KEPT).delete()
    agreed = Outcome.objects.agreed(on).filter(student__board=board)
    rows.exclude(pk__in=agreed.values("pk")).delete()


def follow_name(*, year: int, names: tuple[str, str]) -> None:
    """A term has another name: what was entered under the first goes with it."""
    before, after = names
    if before != after:
        Outcome.objects.filter(school_year=year, term=before).update(term=after)
