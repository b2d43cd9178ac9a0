"""« Contact individuel », « contact avec une famille »: what ties a group's adult to each student (§2)."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar, Unpack

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.forms import Data
from people.models import Guardian, Student, User
from programs.attendance import class_list
from programs.forms.records import ContactForm, ContactOptions, FamilyContactForm, StudentContactForm
from programs.log.coverage import to_choose
from programs.log.day_choices import recent_days, weeks_to_choose
from programs.log.forms import noted, posted_day
from programs.log.kinds import R
from programs.log.relation_kinds import RelationKind
from programs.models import FamilyContact, GroupReview, StudentContact, SupportGroup

C = TypeVar("C", bound=StudentContact | FamilyContact)


class GroupEntryKind(RelationKind[R, SupportGroup, None]):
    """What a group's page says of its entries, whichever they are."""

    def removed_words(self, owner: SupportGroup) -> str:
        return _t("Groupe %(name)s\u00a0: l’entrée est retirée.") % {"name": owner.name}

    def nothing_words(self, owner: SupportGroup) -> str:
        return _t("Groupe %(name)s\u00a0: cette entrée était déjà retirée.") % {"name": owner.name}


class ContactKind(GroupEntryKind[C], Generic[C]):
    """With a student of the group, or their family: a form takes several, and writes a record for each."""

    asks_second = True
    hint: object
    log: type[StudentContact] | type[FamilyContact]
    no_hint = _("pas encore cette étape")
    undo_all = "group_entry_undo"

    def second_words(self, records: Sequence[C]) -> str:
        sentence = _t(
            "Un contact semblable est déjà consigné ce jour-là\u00a0: %(names)s. Confirmez s’il y en a eu un autre."
        )
        return sentence % {"names": ", ".join(str(record.student) for record in records)}

    def wrong(self, record: C, on: date) -> dict[str, str]:
        return super().wrong(record, on) | wrong_student(record.group, record.student_id, record.on, "students")

    def part_names(self, owner: SupportGroup) -> Collection[int]:
        rows = self.model._default_manager.filter(group=owner)
        return set(rows.order_by().values_list("student", flat=True))

    def form(self, data: Data, *, owner: SupportGroup, user: User, on: date, query: Mapping[str, str]) -> ContactForm:
        day = posted_day(data) or on
        members, hints = to_choose(self.log, owner, day, on, str(self.hint), str(self.no_hint))
        initial = {"students": [query.get("eleve", "")]}
        days = recent_days(owner, on)
        form = self.make(data, user, owner=owner, on=on, days=days, members=members, hints=hints, initial=initial)
        form.offer_weeks(weeks_to_choose(owner, on))
        return form

    def edit_form(self, data: Data, *, record: C, user: User, on: date, query: Mapping[str, str]) -> ContactForm:
        note, hidden = noted(record)
        days = [record.on, *recent_days(record.group, on)]
        initial = note | {"student": str(record.student_id)} | self.as_logged(record)
        form = self.make(
            data, user, record, owner=record.group, on=on, days=days, members=members_then(record, data), hints={},
            of_one=True, initial=initial,
        )  # fmt: skip
        form.note_hidden = hidden
        form.offer_weeks(weeks_to_choose(record.group, on))
        return form

    @abstractmethod
    def make(
        self, data: Data, user: User, record: C | None = None, **options: Unpack[ContactOptions]
    ) -> ContactForm: ...

    @abstractmethod
    def as_logged(self, record: C) -> dict[str, Any]: ...


class StudentContactKind(ContactKind[StudentContact]):
    slug = "contact"
    model = log = StudentContact
    name = _("contact individuel")
    fact = ("student_id", "channel")
    template = "programs/contact.html"
    title = _("Consigner un contact individuel")
    heading = _("Contact individuel")
    hint = _("contact le %(day)s")

    def make(
        self, data: Data, user: User, record: StudentContact | None = None, **options: Unpack[ContactOptions]
    ) -> StudentContactForm:
        return StudentContactForm(data, **options)

    def as_logged(self, record: StudentContact) -> dict[str, Any]:
        return {"channel": record.channel, "minutes": str(record.minutes) if record.minutes else ""}

    def saved_words(self, records: Sequence[StudentContact], user: User) -> str:
        words = ngettext(
            "Contact enregistré avec %(n)s élève.", "Contacts enregistrés avec %(n)s élèves.", len(records)
        )
        return words % {"n": len(records)}


class FamilyContactKind(ContactKind[FamilyContact]):
    slug = "famille"
    model = log = FamilyContact
    name = _("contact avec une famille")
    fact = ("student_id", "channel", "outcome")
    template = "programs/family.html"
    title = _("Consigner un contact avec une famille")
    heading = _("Contact avec une famille")
    hint = _("jointe le %(day)s")

    def wrong(self, record: FamilyContact, on: date) -> dict[str, str]:
        wrong = super().wrong(record, on)
        school = record.group.program.school_id
        if Student.objects.filter(pk=record.student_id).gone_from(school, record.on).exists():
            wrong["students"] = _t(
                "L’élève n’est plus à l’école du programme\u00a0: sa famille n’est plus appelée d’ici. "
                "Choisissez un jour d’avant son départ, ou laissez cette famille."
            )
        if record.guardian is not None and record.guardian.student_id != record.student_id:
            wrong["guardian"] = _t(
                "Cette personne n’est pas de la famille de l’élève choisi. Corrigez l’un ou l’autre."
            )
        return wrong

    def make(
        self, data: Data, user: User, record: FamilyContact | None = None, **options: Unpack[ContactOptions]
    ) -> FamilyContactForm:
        """Whoever is no more of the family is offered for the contact that was theirs alone; the families of students
        who are gone from the school are not."""
        group, day = options.get("owner"), posted_day(data) or (record.on if record else options["on"])
        if group is not None:
            there = Student.objects.filter(pk__in=[row.pk for row in options["members"]])
            gone = set(there.gone_from(group.program.school_id, day).values_list("pk", flat=True))
            options["members"] = [row for row in options["members"] if row.pk not in gone]
        students = [row.pk for row in options["members"]]
        theirs = Q(ended_on__isnull=True) | Q(pk=record.guardian_id if record else None)
        guardians = Guardian.past_and_present.visible_to(user).filter(theirs, student__in=students)
        return FamilyContactForm(data, guardians=guardians, **options)

    def as_logged(self, record: FamilyContact) -> dict[str, Any]:
        return {"guardian": record.guardian_id, "channel": record.channel, "outcome": record.outcome}

    def saved_words(self, records: Sequence[FamilyContact], user: User) -> str:
        words = ngettext(
            "Contact avec la famille enregistré.", "Contacts avec %(n)s familles enregistrés.", len(records)
        )
        return words % {"n": len(records)}


def wrong_student(group: SupportGroup, student: int | None, day: date, field: str) -> dict[str, str]:
    """Refuse who was not of the group that day."""
    if student is None or group.had_student_on(student, day):
        return {}
    return {field: _t("Un élève n’est pas du groupe à cette date. Vérifiez la date ou le choix des élèves.")}


def members_then(record: StudentContact | FamilyContact | GroupReview, data: Data) -> list[Student]:
    """Who belonged to the group that day; with whom the record is about, so that it can be read back."""
    day = posted_day(data) or record.on
    about = Q(pk=record.student_id) if day == record.on and record.student_id else Q(pk=None)
    rows = Student.objects.filter(Q(pk__in=record.group.students_on(day).values("pk")) | about)
    return class_list(rows)
