"""The journal as its reader may read it: the deeds of their board, by person, by student, by day and by kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from itertools import islice
from operator import or_
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.access import Role
from people.apart import tell_apart
from people.audit_registry import codes
from people.audit_verbs import LIST_OPENED, LOOK_FILE_OPENED, LOOK_LIST_OPENED, STUDENT_OPENED, STUDENT_REASON_GIVEN
from people.files import Visit
from people.models import AuditEntry, Student, User
from people.privacy.pages import NAMING
from people.privacy.tables import DECLARED as TABLES
from people.privacy.tables import table_of
from people.ways import OFFICER

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BATCH = 500
OPENINGS = {STUDENT_OPENED.code, STUDENT_REASON_GIVEN.code, LOOK_FILE_OPENED.code}
KINDS: "Mapping[str, StrOrPromise]" = {
    "lecture": gettext_lazy("ouvertures de dossiers"),
    "exportation": gettext_lazy("fichiers emportés"),
    "importation": gettext_lazy("importations"),
    "comptes": gettext_lazy("comptes et rôles"),
    "protection": gettext_lazy("protection des renseignements"),
    "vigilance": gettext_lazy("décisions sur les balises et la vigilance"),
    "suivi": gettext_lazy("programmes, groupes, dyades et suivi"),
}
"""What a deed is, by the word that the address says."""
OBJECTS = {
    "importation": {"import", "calendar", "roster", "bundle", "invented_data"},
    "comptes": {"account", "look", "role", "invitation", "person", "digest", "verification"},
    "protection": {"consent", "incident", "destruction", "journal", "retention"},
    "vigilance": {
        "flag", "ending", "number", "guideline", "evaluations", "relations", "agenda", "team_meeting",
    },
}  # fmt: skip
"""Of which objects the deeds of a kind are, when the deed itself does not say."""


def kind_of(code: str) -> str:
    """The kind of a deed, from its verb."""
    if code in OPENINGS or code.endswith(("list_opened", "list.opened")):
        return "lecture"
    if code.endswith(("exported", "downloaded")):
        return "exportation"
    thing = code.partition(".")[0]
    return next((kind for kind, things in OBJECTS.items() if thing in things), "suivi")


@dataclass(frozen=True)
class Asked:
    """What of the journal is asked for; ``until`` is the last day that counts."""

    kind: str = ""
    since: date | None = None
    until: date | None = None
    adult: User | None = None
    student: Student | None = None

    def entries(self, user: User) -> "QuerySet[AuditEntry]":
        """Those that the person may read, the latest first. A student's are those of every row about them."""
        rows = AuditEntry.objects.visible_to(user).select_related("person", "board")
        if self.kind:
            rows = rows.filter(verb__in=[code for code in codes() if kind_of(code) == self.kind])
        if self.since and user.board:
            rows = rows.filter(at__gte=user.board.began(self.since))
        if self.until and user.board:
            rows = rows.filter(at__lt=user.board.began(self.until + timedelta(days=1)))
        if self.adult:
            own_row = Q(subject_type=User._meta.label_lower, subject_id=self.adult.pk)
            rows = rows.filter(Q(person=self.adult) | own_row)
        if self.student:
            rows = rows.filter(about(self.student.pk))
        return rows


def about(student: int) -> Q:
    """The deeds about a student: on their own row, on any row that is about them, and the openings of what named them
    beside others."""
    found = Q(subject_type=Student._meta.label_lower, subject_id=student)
    for one in TABLES:
        if one.student and one.of is not Student:
            rows = one.of._base_manager.filter(one.about("student", [student]))
            found |= Q(subject_type=one.of._meta.label_lower, subject_id__in=rows.order_by().values("pk"))
    for label, lookups in NAMING.items():
        model = apps.get_model(label)
        rows = model._base_manager.filter(reduce(or_, (Q(**{lookup: student}) for lookup in lookups)))
        of = {"subject_type": model._meta.label_lower, "verb__in": [LIST_OPENED.code, LOOK_LIST_OPENED.code]}
        found |= Q(**of, subject_id__in=rows.order_by().values("pk"))
    return found


def who_is_asked_for(user: User, *, adult: int, student: int) -> dict[str, Any]:
    """The adult and the student that an address names, among those whom the reader may know. Two queries at most."""
    found: dict[str, Any] = {}
    if adult:
        found["adult"] = User.objects.visible_to(user).filter(pk=adult).first()
    if student:
        found["student"] = known_students(user).filter(pk=student).first()
    return found


def known_students(user: User) -> "QuerySet[Student]":
    """Those whom the journal names to the reader: to the privacy officer, the board's."""
    return Student.objects.filter(OFFICER.students(user))


@dataclass(frozen=True)
class Line:
    """A deed as it is told: ``about`` names the people whom the reader may know, or says the number of the row."""

    entry: AuditEntry
    about: str
    why: str

    @property
    def cells(self) -> list[str]:
        at = localtime(self.entry.at, ZoneInfo(self.entry.board.time_zone))
        day, hour = at.date().isoformat(), at.strftime("%H:%M")
        who = str(self.entry.person or _("Le système"))
        return [day, hour, who, self.entry.sentence, self.about, self.why, self.entry.verb]


HEADINGS = (
    gettext_lazy("Date"), gettext_lazy("Heure"), gettext_lazy("Qui"), gettext_lazy("Geste"),
    gettext_lazy("Au sujet de"), gettext_lazy("Motif"), gettext_lazy("Code"),
)  # fmt: skip


def told(entries: Sequence[AuditEntry], user: User) -> list[Line]:
    """The lines of some entries. A query for each kind of row that they are about, and two for the names."""
    subjects = _Subjects.of(entries, user)
    says_why = user.access.holds(Role.PRIVACY_OFFICER)
    return [Line(entry, subjects.words(entry), _why(entry, says_why=says_why)) for entry in entries]


def every_line(entries: "QuerySet[AuditEntry]", user: User) -> Iterator[Line]:
    """All the lines, without holding them all."""
    rows = entries.iterator(chunk_size=BATCH)
    while some := list(islice(rows, BATCH)):
        yield from told(some, user)


def _why(entry: AuditEntry, *, says_why: bool) -> str:
    """In words of ours, to all; in those of whoever said it, which may name a child, to the privacy officer."""
    if entry.verb == STUDENT_OPENED.code:
        return capfirst(Visit(entry).why)
    return entry.reason if says_why else ""


Subject = tuple[str, int]


@dataclass
class _Subjects:
    names: dict[Subject, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, entries: Iterable[AuditEntry], user: User) -> "_Subjects":
        ids = defaultdict[str, set[int]](set)
        for entry in entries:
            if entry.subject_id is not None:
                ids[entry.subject_type].add(entry.subject_id)
        subjects, students, adults = cls(), dict[Subject, set[int]](), dict[Subject, set[int]]()
        for label, pks in ids.items():
            subjects._read(label, pks, students, adults)
        subjects._name(known_students(user), students)
        subjects._name(User.objects.visible_to(user), adults)
        return subjects

    def _read(
        self, label: str, pks: set[int], students: dict[Subject, set[int]], adults: dict[Subject, set[int]]
    ) -> None:
        """Of the rows of a table: the name of what has one, and the ids of the people whom they are about."""
        try:
            model = apps.get_model(label)
        except LookupError:
            return
        one = table_of(model)
        named = ["name"] if any(column.name == "name" for column in model._meta.concrete_fields) else []
        lookups = [lookup or "pk" for lookup in (*one.student, *one.adult)] if one else []
        if not lookups and not named:
            return
        for pk, *values in model._base_manager.filter(pk__in=pks).values_list("pk", *lookups, *named):
            self.names[label, pk] += [value for value in values[len(lookups) :] if value]
            split = len(one.student) if one else 0
            students.setdefault((label, pk), set()).update(filter(None, values[:split]))
            adults.setdefault((label, pk), set()).update(filter(None, values[split : len(lookups)]))

    def words(self, entry: AuditEntry) -> str:
        if entry.subject_id is None:
            return ""
        names = self.names.get((entry.subject_type, entry.subject_id), [])
        return " · ".join(dict.fromkeys(names)) or _("nº\u00a0%(number)s") % {"number": entry.subject_id}

    def _name(self, known: "QuerySet[Any]", wanted: dict[Subject, set[int]]) -> None:
        """Say the names of those whom the reader may know. One query."""
        pks = set[int]().union(*wanted.values())
        people: dict[int, Any] = {row.pk: row for row in tell_apart(known.filter(pk__in=pks))} if pks else {}
        for subject, ids in wanted.items():
            found = [people[pk] for pk in sorted(ids) if pk in people]
            self.names[subject] += [str(person) for person in found]
