"""Students and their families."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people.models.base import KeyedModel
from people.models.names import NamedPerson, NamedQuerySet
from people.models.organisations import School
from people.signals import students_left
from people.ways import OFFICER, WAYS
from people.witness import is_watched, tell_created

if TYPE_CHECKING:
    from people.models.users import User


GRADES = [MinValueValidator(1), MaxValueValidator(5)]


def _seen_by(user: "User") -> Q:
    return reduce(or_, (way.students(user) for way in WAYS))


class StudentQuerySet(NamedQuerySet["Student"]):
    def visible_to(self, user: "User") -> Self:
        """The students of one's own groups and dyads (also standing in), of a lead's programmes, a manager's school."""
        return self.filter(pk__in=self.model._base_manager.filter(_seen_by(user)).values("pk"))

    def few_visible_to(self, user: "User") -> Self:
        """The same of a few rows: each is looked up, where ``visible_to`` gathers all that the person may see."""
        return self.filter(Exists(self.model._base_manager.filter(_seen_by(user), pk=OuterRef("pk"))))

    def openable_by(self, user: "User") -> Self:
        """As above, and those whose file opens to the person once they have said why."""
        return self.filter(Q(pk__in=self.visible_to(user).order_by().values("pk")) | OFFICER.students(user))

    def bulk_update(self, objs: "Iterable[Student]", fields: "Iterable[str]", batch_size: int | None = None) -> int:
        """As Django's; a grade or a school that changes leaves the one that was known until today, and whoever listens
        is told who left a school. Three queries more at most."""
        students, names = list(objs), list(fields)
        if "grade" in names:
            remember_grades(students)
        left = departures(students) if {"school", "school_id", "left_on"} & {*names} else {}
        changed = super().bulk_update(students, names, batch_size)
        for on, schools in left.items():
            students_left.send(sender=self.model, schools=schools, on=on)
        return changed

    def gone_from(self, school: int, on: date) -> Self:
        """Those who were of the school and are not any more on a day: at another one, or at none of the board's."""
        was = FormerSchool.objects.filter(student=OuterRef("pk"), school=school, until__lte=on)
        left = Q(school=school, left_on__lte=on)
        return self.filter(left | (~Q(school=school) & Q(Exists(was))))


class Student(NamedPerson, KeyedModel):
    school = models.ForeignKey(School, models.PROTECT, related_name="students", verbose_name=_("école"))
    given_name = models.CharField(_("prénom"), max_length=120, blank=True)
    family_name = models.CharField(_("nom"), max_length=120, blank=True)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    left_on = models.DateField(_("départ"), null=True, blank=True)
    grade = models.PositiveSmallIntegerField(_("année du secondaire"), null=True, blank=True, validators=GRADES)
    class_name = models.CharField(_("classe"), max_length=60, blank=True, default="", db_default="")
    homeroom = models.CharField(_("groupe-repère"), max_length=60, blank=True, default="", db_default="")
    emptied_on = models.DateField(_("renseignements détruits le"), null=True, blank=True, editable=False)
    """From that day, only days and numbers are left of them (``people.privacy.destruction``)."""

    objects = StudentQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        base_manager_name = "objects"
        ordering = ["name_key", "pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.CheckConstraint(
                name="people_student_grade_1_to_5", condition=Q(grade__isnull=True) | Q(grade__range=(1, 5))
            ),
        ]
        indexes = [models.Index(fields=["board", "name_key"], name="people_student_namesakes")]


class FormerSchool(models.Model):
    """The school where a student was known to be until a day, the first one elsewhere."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="former_schools")
    school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name=_("école"))
    until = models.DateField(_("jusqu’au"))

    class Meta:
        ordering = ["until", "pk"]
        constraints = [models.UniqueConstraint(fields=["student", "until"], name="people_formerschool_once_a_day")]

    def __str__(self) -> str:
        return f"{self.student_id} {self.school_id}"


class FormerGrade(models.Model):
    """The grade that a student was known to have until a day, and the class and homeroom that went with it: a past day
    is read with it, whatever came since."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="former_grades")
    grade = models.PositiveSmallIntegerField(_("année du secondaire"), validators=GRADES)
    class_name = models.CharField(_("classe"), max_length=60, blank=True, default="", db_default="")
    homeroom = models.CharField(_("groupe-repère"), max_length=60, blank=True, default="", db_default="")
    until = models.DateField(_("jusqu’au"))

    class Meta:
        ordering = ["until", "pk"]
        constraints = [models.UniqueConstraint(fields=["student", "until"], name="people_formergrade_once_a_day")]

    def __str__(self) -> str:
        return f"{self.student_id} {self.grade}"


def departures(students: "Iterable[Student]") -> dict[date, dict[int, int]]:
    """What is about to change of where students are, kept: by first day elsewhere, the school that each leaves.

    Several changes of one day keep the first school. Two queries.
    """
    new = {student.pk: student for student in students}
    found: dict[date, dict[int, int]] = {}
    moved = []
    for known in Student.objects.filter(pk__in=new).select_related("board"):
        told, on = new[known.pk], known.board.until_today(date.max)
        if known.school_id != told.school_id:
            moved.append(FormerSchool(student=known, school_id=known.school_id, until=on))
            found.setdefault(on, {})[known.pk] = known.school_id
        elif known.left_on is None and told.left_on is not None:
            found.setdefault(told.left_on, {})[known.pk] = known.school_id
    _keep(FormerSchool, moved)
    return found


def _keep(model: "type[FormerSchool | FormerGrade]", rows: "Iterable[FormerSchool | FormerGrade]") -> None:
    """Keep them but for those of a day that is there; whoever watches is told which are new, two queries more."""
    known = list(rows)
    there: Any = model._default_manager.filter(student__in=[row.student_id for row in known]).values_list(
        "pk", flat=True
    )
    before = set(there) if is_watched() else set()
    model._default_manager.bulk_create(known, ignore_conflicts=True)  # type: ignore[arg-type]
    if is_watched():
        tell_created(model, set(there.all()) - before)


def gone_from(school: str, on: date, student: str = "student") -> Q:
    """Of rows about a student: those whose student is gone from the school that ``school`` leads to, on a day."""
    was = FormerSchool.objects.filter(student=OuterRef(student), school=OuterRef(school), until__lte=on)
    return Q(**{f"{student}__left_on__lte": on}) | (~Q(**{f"{student}__school": F(school)}) & Q(Exists(was)))


def remember_grades(students: "Iterable[Student]") -> None:
    """Keep what is about to change: several changes of one day keep the first. Two queries."""
    new = {student.pk: student.grade for student in students}
    known = Student.objects.filter(pk__in=new, grade__isnull=False).select_related("board")
    former = [
        FormerGrade(
            student=student,
            grade=student.grade,
            class_name=student.class_name,
            homeroom=student.homeroom,
            until=student.board.until_today(date.max),
        )
        for student in known
        if student.grade is not None and student.grade != new[student.pk]
    ]
    _keep(FormerGrade, former)


class GuardianQuerySet(NamedQuerySet["Guardian"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(student__in=Student.objects.visible_to(user))


class FamilyManager(models.Manager["Guardian"]):
    """Those who are of the family: whoever was taken off it is called no more, from the moment that it is known."""

    def get_queryset(self) -> GuardianQuerySet:
        return GuardianQuerySet(self.model, using=self._db).filter(ended_on__isnull=True)

    def visible_to(self, user: "User") -> GuardianQuerySet:
        return self.get_queryset().visible_to(user)


class Guardian(NamedPerson, KeyedModel):
    """An adult of a student's family; never signs in. One who is no more of it is kept for the contacts of its time."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="guardians")
    given_name = models.CharField(_("prénom"), max_length=120, blank=True)
    family_name = models.CharField(_("nom"), max_length=120, blank=True)
    relation = models.CharField(_("lien"), max_length=60, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    ended_on = models.DateField(_("fin du lien"), null=True, blank=True)

    objects = FamilyManager()
    past_and_present = GuardianQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        base_manager_name = "past_and_present"
        ordering = ["name_key", "pk"]
