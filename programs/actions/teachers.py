"""What a resource teacher counts and states, and the part of their task that a school year frees."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from people import audit
from people.models import SchoolBoard, User
from programs.audit_verbs import TEACHER_RELEASE_SET
from programs.gestures.kinds import made_of
from programs.gestures.verbs import remove
from programs.log.kinds import Entry, Part, kind_of, part_key
from programs.log.verbs import log
from programs.models import Foundation, FunctionTime, Gesture, SchoolYear, TeacherRelease
from programs.signals import teacher_changed


@transaction.atomic
def set_release(
    *,
    teacher: User,
    school_year: SchoolYear,
    percent: Decimal,
    base: str,
    seen: int,
    person: User,
    on: date,
    release: TeacherRelease | None = None,
) -> TeacherRelease:
    """Note the part of a task that a school year frees: on ``release`` when given, else on a new row (§1.2).

    A teacher may have several, which add up. ``seen`` is how many the form showed: a second row like another is the
    same form sent twice when their number has changed since.
    """
    board = _board_of(teacher)
    if not 0 < percent <= 100:
        raise ValidationError({"percent": _("Indiquez un pourcentage de plus de 0 à 100.")})
    if release is None:
        rows = teacher.releases.filter(school_year__board=board)
        same = rows.filter(school_year=school_year, percent=percent, base=base).first()
        if same is not None and rows.count() != seen:
            return same
        release = TeacherRelease(person=teacher)
    release.school_year, release.percent, release.base = school_year, percent, base
    release.save()
    audit.record(board=board, person=person, verb=TEACHER_RELEASE_SET, subject=release)
    teacher_changed.send(sender=User, teacher=teacher, on=on)
    return release


@transaction.atomic
def remove_release(*, release: TeacherRelease, person: User, on: date) -> Gesture:
    """Take a release away; it can be put back."""
    return remove(kind=made_of(TeacherRelease), row=release, person=person, on=on)


@transaction.atomic
def log_function_week(
    *,
    teacher: User,
    minutes: Mapping[str, int],
    spent_on: date,
    on: date,
    entry_uuid: uuid.UUID,
    second: bool = False,
) -> list[FunctionTime]:
    """Count a whole week at once: a row a function, each written once however often the form is sent.

    ``second`` confirms that the minutes add to those that the week has already for these functions.
    """
    kind = kind_of(FunctionTime())
    teacher = kind.locked_owner(teacher)
    if teacher.board is None:
        raise ValidationError(_("Cette personne n’est pas d’un centre de services."))
    if not minutes:
        raise ValidationError(_("Inscrivez les minutes d’au moins une fonction."))
    keys = {function: part_key(entry_uuid, function) for function in minutes}
    sent = set(teacher.function_times.kept().filter(entry_uuid__in=keys.values()).values_list("function", flat=True))
    if not second:
        _refuse_same_week(teacher, spent_on, set(minutes) - sent)
    entries = {
        function: Entry(spent_on, {"function": function, "minutes": count, "preparation": False})
        for function, count in minutes.items()
    }
    parts = [Part(kind, teacher, entry, keys[function]) for function, entry in entries.items()]
    return log(parts=parts, person=teacher, on=on, second=True)


@transaction.atomic
def state_foundations(*, teacher: User, statements: Mapping[str, str], on: date) -> None:
    """Write what one states of each foundation (§2.2); an emptied one goes.

    ``stated_on`` is the day on which a statement was first given: better words don't make it younger.
    """
    teacher = User.objects.get_queryset().select_for_update().get(pk=teacher.pk)
    before = {row.topic: row for row in teacher.foundations.all()}
    changed = False
    for topic, words in statements.items():
        statement, row = words.strip(), before.get(topic)
        if row is None and statement:
            Foundation.objects.create(person=teacher, topic=topic, stated_on=on, statement=statement)
        elif row is not None and not statement:
            row.delete()
        elif row is not None and row.statement != statement:
            row.statement = statement
            row.save()
        else:
            continue
        changed = True
    if changed:
        teacher_changed.send(sender=User, teacher=teacher, on=on)


def _refuse_same_week(teacher: User, day: date, functions: Iterable[str]) -> None:
    monday = day - timedelta(days=day.weekday())
    rows = teacher.function_times.kept().filter(on__gte=monday, on__lt=monday + timedelta(days=7))
    sums = rows.filter(function__in=functions).order_by("function").values_list("function").annotate(Sum("minutes"))
    names = dict(FunctionTime.Function.choices)
    said = [_("%(minutes)s min, %(function)s") % {"minutes": total, "function": names[key]} for key, total in sums]
    if said:
        sentence = _("Déjà consigné pour cette semaine-là\u00a0: %(logged)s. Confirmez si ces minutes s’y ajoutent.")
        raise ValidationError({"second": ValidationError(sentence % {"logged": "; ".join(said)}, code="same_week")})


def _board_of(teacher: User) -> SchoolBoard:
    """An operator belongs to no board, and is nobody's resource teacher."""
    if teacher.board is None:
        raise ValidationError(_("Cette personne n’est pas d’un centre de services."))
    return teacher.board
