"""Fill an empty school with invented data; take all of it out again."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from exchange.audit_verbs import INVENTED_DATA_ADDED, INVENTED_DATA_REMOVED
from exchange.bundle.importing import import_bundle
from exchange.invented.calendar import setting, take_back_calendar
from exchange.invented.keys import RESERVED, days_told, prefix
from exchange.invented.removal import Rows, remove
from exchange.invented.story import Table, story
from guidelines.evaluation import reevaluate
from mentoring.models import Dyad
from people import audit
from people.models import AuditEntry, School, Student, User
from people.models.base import new_key
from programs.actions.planning import plan_ahead
from programs.models import Program, SchoolYear, SupportGroup


def empty_schools(schools: "QuerySet[School]") -> "QuerySet[School]":
    """Those that have no student and no programme, hence no group and no dyad."""
    students, programs = (model._base_manager.filter(school=OuterRef("pk")) for model in (Student, Program))
    return schools.filter(~Exists(students), ~Exists(programs))


def filled_schools(schools: "QuerySet[School]") -> "QuerySet[School]":
    """Those that show invented data, by its programmes and its adults: students are too many to look through."""
    kinds = (Program, User)
    programs, adults = (kind._base_manager.filter(school=OuterRef("pk"), key__startswith=RESERVED) for kind in kinds)
    return schools.filter(Exists(programs) | Exists(adults))


@transaction.atomic
def add_invented_data(*, school: School, person: User, on: date) -> None:
    """Fill an empty school, with a calendar when it has none. Refuses a school that has students or a programme."""
    school = School.objects.select_for_update(of=("self",)).select_related("board").get(pk=school.pk)
    if not empty_schools(School.objects.filter(pk=school.pk)).exists():
        words = _("Cette école a déjà des élèves ou un programme\u00a0: rien d’inventé n’y est ajouté.")
        raise ValidationError(words)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "invented.zip"
        _write(path, story(setting(school, on)))
        import_bundle(path=path, only=school.board, journaled=False)
    plan_ahead(board=school.board, on=on, school=school)
    of_school = {"program__school": school}
    reevaluate(*Dyad.objects.filter(**of_school), *SupportGroup.objects.filter(**of_school), on=on)
    audit.record(board=school.board, person=person, verb=INVENTED_DATA_ADDED, subject=school)


@transaction.atomic
def remove_invented_data(*, school: School, person: User) -> None:
    """Take out all that is invented, with what was logged on it meanwhile, and nothing else; twice is once.

    An adult who was given an address, or whose deeds the journal tells, is somebody: they stay, with another key.
    """
    school = School.objects.select_for_update(of=("self",)).select_related("board").get(pk=school.pk)
    own = {"board": school.board, "key__startswith": prefix(school)}
    deeds = AuditEntry.objects.filter(person=OuterRef("pk"))
    for somebody in User._base_manager.filter(Exists(deeds) | models.Q(email__isnull=False), **own):
        User._base_manager.filter(pk=somebody.pk).update(key=new_key())
    roots = _keyed(own)
    if not roots:
        return
    keys = Program._base_manager.filter(**own).values_list("key", flat=True)
    days = next(filter(None, map(days_told, keys)), None)
    gone = remove(roots)
    take_back_calendar(school, days, gone.get(User, set()))
    audit.record(board=school.board, person=person, verb=INVENTED_DATA_REMOVED, subject=school)


def _keyed(own: dict[str, object]) -> Rows:
    """The rows of every kind whose key is reserved, but the year, which others may use. Nobody logs there meanwhile."""
    found: Rows = {}
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if not {"board", "key"} <= names or model is SchoolYear or model.__name__.startswith("Historical"):
            continue
        if pks := set(model._base_manager.select_for_update().filter(**own).values_list("pk", flat=True)):
            found[model] = pks
    return found


def _write(path: Path, tables: dict[str, Table]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            archive.writestr(name, text.getvalue())
