"""What is recorded of a mentor: training, style and approach, and who they are (§3, §3.2, §3.3)."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.audit_verbs import MENTOR_CORRECTED, MENTOR_TRAINED, STUDENT_CORRECTED
from mentoring.models import Mentor, MentorApproach, StyleSelfAssessment, Training
from mentoring.signals import mentor_changed
from people import audit
from people.models import SchoolBoard, Student, User

LONGEST_TRAINING = 6000
APPROACH = ("beliefs", "attitudes", "behaviours", "style")


@transaction.atomic
def add_training(
    *, mentor: Mentor, person: User, on: date, kind: str, completed_on: date, minutes: int, title: str = ""
) -> Training:
    """Record a training that the mentor completed. The same one is never counted twice: it is refused."""
    Mentor.objects.select_for_update().get(pk=mentor.pk)
    facts = {"kind": kind, "completed_on": completed_on, "minutes": minutes, "title": title}
    check_training(mentor.person, on, **facts)  # type: ignore[arg-type]
    training = Training.objects.create(person=mentor.person, **facts)
    audit.record(board=board_of(mentor.person), person=person, verb=MENTOR_TRAINED, subject=training)
    mentor_changed.send(sender=Mentor, mentor=mentor, on=on)
    return training


def check_training(
    adult: User,
    on: date,
    *,
    kind: str,
    completed_on: date,
    minutes: int,
    title: str,
    besides: Training | None = None,
) -> None:
    """Refuse a day to come, a length that can't be, a training that is written already."""
    check_facts(on, completed_on=completed_on, minutes=minutes)
    facts = {"person": adult, "kind": kind, "completed_on": completed_on, "minutes": minutes, "title": title}
    same = Training.objects.filter(**facts)
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        said = _("Cette formation est déjà inscrite. S’il s’agit d’une autre, donnez-lui un titre.")
        raise ValidationError(said, code="same")


def check_facts(on: date, *, completed_on: date, minutes: int) -> None:
    """Refuse a day to come, a length that can't be."""
    if completed_on > on:
        raise ValidationError(
            {"day": _("La date ne peut pas être dans le futur\u00a0: inscrivez la formation une fois suivie.")}
        )
    if not 1 <= minutes <= LONGEST_TRAINING:
        longest = {"longest": LONGEST_TRAINING}
        raise ValidationError({"minutes": _("La durée va de 1 à %(longest)s minutes.") % longest})


@dataclass(frozen=True)
class Session:
    """What one form entered: the trainings that are new, and those whom a training of that kind and day had before."""

    added: list[Training]
    already: list[User]


@transaction.atomic
def add_session(
    *,
    people: Iterable[User],
    kind: str,
    completed_on: date,
    minutes: int,
    title: str,
    session: uuid.UUID,
    person: User,
    on: date,
) -> Session:
    """Record a session for all who followed it; sent twice, it is one. One statement a mentor, and a constant number.

    Who has a training of that kind that day keeps theirs alone: the same hours never count twice.
    """
    check_facts(on, completed_on=completed_on, minutes=minutes)
    chosen = list(people)
    list(Mentor.objects.select_for_update().filter(person__in=chosen).order_by("pk"))  # as for a single training
    wanted = list(User.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in chosen]).order_by("pk"))
    sent = list(Training.objects.filter(session=session).select_related("person"))
    if sent:
        return Session(sent, [])
    of_the_day = Training.objects.filter(person__in=wanted, kind=kind, completed_on=completed_on)
    have = set(of_the_day.values_list("person", flat=True))
    if have.issuperset(one.pk for one in wanted):
        raise ValidationError(
            _("Une formation de cette nature est déjà inscrite ce jour-là pour chaque personne cochée.")
        )
    facts = {"kind": kind, "completed_on": completed_on, "minutes": minutes, "title": title, "session": session}
    added = Training.objects.bulk_create([Training(person=one, **facts) for one in wanted if one.pk not in have])
    audit.record_all(board=board_of(chosen[0]), person=person, verb=MENTOR_TRAINED, subjects=added)
    announce_trained([row.person_id for row in added], on)
    return Session(added, [one for one in chosen if one.pk in have])


def announce_trained(people: Iterable[int], on: date) -> None:
    """Tell those who listen of the mentors among these adults whose trainings changed."""
    first, *others = [*Mentor.objects.filter(person__in=set(people)).select_related("person__board"), None]
    if first is not None:
        mentor_changed.send(sender=Mentor, mentor=first, others=others[:-1], on=on)


@transaction.atomic
def correct_mentor(
    *, mentor: Mentor, person: User, on: date, kind: str, birth_date: date | None, births: Mapping[Student, date | None]
) -> Mentor:
    """Say who the mentor is, and the birth dates that an older peer's age is read against."""
    if birth_date is not None and birth_date > on:
        raise ValidationError({"birth_date": _("La date de naissance ne peut pas être dans le futur.")})
    for student, born in births.items():
        if born is not None and born > on:
            name = f"student_{student.pk}"
            raise ValidationError({name: _("La date de naissance ne peut pas être dans le futur.")})
    current = Mentor.objects.select_for_update(of=("self",)).select_related("person").get(pk=mentor.pk)
    if (current.kind, current.birth_date) != (kind, birth_date):
        current.kind, current.birth_date = kind, birth_date
        current.save()
        audit.record(board=board_of(current.person), person=person, verb=MENTOR_CORRECTED, subject=current)
    for student, born in births.items():
        row = Student.objects.select_for_update().get(pk=student.pk)
        if row.birth_date != born:
            row.birth_date = born
            row.save()
            audit.record(board=row.board, person=person, verb=STUDENT_CORRECTED, subject=row)
    mentor_changed.send(sender=Mentor, mentor=current, on=on)
    return current


@transaction.atomic
def assess_style(*, mentor: Mentor, on: date, markers: Iterable[str]) -> StyleSelfAssessment:
    """The mentor's own look at their style, today's; later the same day, it is the same one."""
    chosen = [marker for marker in StyleSelfAssessment.Marker.values if marker in set(markers)]
    if not chosen:
        raise ValidationError({"markers": _("Cochez au moins une phrase qui vous ressemble.")})
    counts = {
        name: sum(marker in chosen for marker in getattr(StyleSelfAssessment, name.upper()))
        for name in ("developmental", "prescriptive")
    }
    assessment, _new = StyleSelfAssessment.objects.update_or_create(
        mentor=mentor, on=on, defaults={"board": board_of(mentor.person), "markers": chosen, **counts}
    )
    mentor_changed.send(sender=Mentor, mentor=mentor, on=on)
    return assessment


@transaction.atomic
def state_approach(*, mentor: Mentor, on: date, said: Mapping[str, str]) -> MentorApproach:
    """The mentor's approach in their own words, today's; later the same day, it is the same one."""
    words = {name: said[name].strip() for name in APPROACH}
    if not any(words.values()):
        raise ValidationError({"beliefs": _("Décrivez au moins un des quatre volets.")})
    approach, _new = MentorApproach.objects.update_or_create(
        mentor=mentor, on=on, defaults={"board": board_of(mentor.person), **words}
    )
    mentor_changed.send(sender=Mentor, mentor=mentor, on=on)
    return approach


def board_of(adult: User) -> SchoolBoard:
    board = adult.board
    assert board is not None  # noqa: S101 - only an operator has none, and no operator is trained
    return board
