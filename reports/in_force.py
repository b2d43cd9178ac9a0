"""The numbers of the guidelines in force on the last day of a report, with who set them; and what is not followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import CATALOGUE_VERSION, ENTRIES, Audience, Guideline
from guidelines.following import OF_DOMAIN
from guidelines.models import GuidelineSetting
from guidelines.models.followed import followed_in
from guidelines.setting_forms import label_of
from people.access import Role
from people.models import Membership
from programs.models import Program
from reports.asking import Ask
from reports.document import UNFOLLOWED, Layout, Sheet
from reports.tables import Column, Kind, Text

SETTERS = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.BOARD_ADMIN)
"""Who may set a number: of several roles of one person, the nearest to the programme is said."""
OF_CATALOGUE, OF_BOARD, OF_PROGRAM = _("catalogue"), _("organisme"), _("programme")
OF_TRAINING = [entry for entry in ENTRIES if entry.audience == Audience.TRAINERS]
ALL_WHO_FOLLOW, ALL_OTHERS = _("Ceux qui la suivent"), _("Ceux qui n’ont pas le leur")
Place = tuple[int, int | None]
"""A board, and a programme of it or none."""


@dataclass(frozen=True)
class Worth:
    """What a number is worth somewhere; ``setting`` is the row that says so, None for the catalogue's."""

    value: int
    setting: GuidelineSetting | None = None

    @property
    def source(self) -> Text:
        if self.setting is None:
            return OF_CATALOGUE
        return OF_PROGRAM if self.setting.program_id else OF_BOARD


@dataclass(frozen=True)
class NumberLine:
    entry: Guideline
    words: str
    worth: Worth
    school: Text
    program: Text
    by: Text

    @property
    def value(self) -> int:
        return self.worth.value

    @property
    def source(self) -> Text:
        return self.worth.source

    @property
    def since(self) -> date | None:
        return self.worth.setting.starts_on if self.worth.setting else None

    @property
    def reason(self) -> str:
        return self.worth.setting.reason if self.worth.setting else ""

    @property
    def version(self) -> int:
        return CATALOGUE_VERSION


LAYOUT = Layout(
    "nombres-en-vigueur",
    _("Nombres en vigueur"),
    (
        Column(_("Balise"), "entry.title", about=_("Ce qui est vérifié.")),
        Column(_("Code"), "entry.code", about=_("Le code de la balise, le même dans tous les fichiers.")),
        Column(_("Nombre"), "words", about=_("À quoi sert le nombre\u00a0: ce qu’il relève, ou ce qu’il règle.")),
        Column(_("Valeur"), "value", kind=Kind.NUMBER, about=_("La valeur en vigueur le dernier jour de la période.")),
        Column(
            _("Vient de"),
            "source",
            about=_("Catalogue\u00a0: valeur par défaut. Organisme ou programme\u00a0: une valeur à lui."),
        ),
        Column(_("École"), "school", about=_("Vide quand le nombre vaut pour plusieurs programmes.")),
        Column(_("Programme"), "program", about=_("Celui dont c’est le nombre, ou tous ceux qui n’ont pas le leur.")),
        Column(_("Depuis"), "since", kind=Kind.DATE, about=_("Le jour dès lequel il vaut; vide au catalogue.")),
        Column(_("Par"), "by", about=_("Le rôle de qui l’a choisi; vide au catalogue ou s’il n’est pas connu.")),
        Column(_("Motif"), "reason", about=_("La raison donnée alors.")),
        Column(_("Catalogue, version"), "version", kind=Kind.NUMBER, about=_("La version du catalogue des balises.")),
        Column(_("Section"), "entry.citation", about=_("La section de la recension (Boyer, 2014) d’où elle vient.")),
    ),
)
NOTE = _(
    "Les nombres des balises suivies, le dernier jour de la période. Pour qui mentore et pour le personnel-ressource, "
    "ceux de l’organisme valent partout."
)
_NOTE_OF_ALL = _(
    "Les nombres des balises que ce rapport lit, suivies ou non, le dernier jour de la période. Pour qui mentore et "
    "pour le personnel-ressource, ceux de l’organisme valent partout."
)


@dataclass(frozen=True)
class Left:
    """A guideline that some programmes do not follow, of those of which it speaks."""

    entry: Guideline
    programs: int
    of: int


LEFT = Layout(
    UNFOLLOWED,
    _("Balises non suivies"),
    (
        Column(_("Balise"), "entry.title", about=_("Ce qui est vérifié.")),
        Column(_("Code"), "entry.code", about=_("Le code de la balise, le même dans tous les fichiers.")),
        Column(_("Préoccupation"), "entry.concern.label", about=_("Ce dont parle la balise.")),
        Column(
            _("Programmes qui ne la suivent pas"),
            "programs",
            kind=Kind.NUMBER,
            about=_("Le dernier jour de la période, parmi ceux du rapport."),
        ),
        Column(_("Sur (n)"), "of", kind=Kind.NUMBER, about=_("Les programmes dont parle la balise.")),
        Column(_("Section"), "entry.citation", about=_("La section de la recension (Boyer, 2014) d’où elle vient.")),
    ),
)
_NOTE_OF_LEFT = _(
    "Les balises qu’un programme au moins ne suit pas, le dernier jour de la période. Non suivie ne veut jamais dire "
    "conforme."
)


@dataclass(frozen=True)
class InForce:
    """What some programmes follow on a day, and the numbers by which they are judged. Three queries in all.

    ``reads_all``: of a report that reads its guidelines of programmes that don't follow them too (sheets of fidelity).
    """

    programs: Sequence[Program]
    on: date
    entries: Sequence[Guideline] = ENTRIES
    reads_all: bool = False

    @cached_property
    def followed(self) -> dict[int, frozenset[str]]:
        return followed_in([program.pk for program in self.programs], self.on)

    def following(self, entry: Guideline) -> list[Program]:
        return [one for one in self.speaking(entry) if entry.code in self.followed[one.pk]]

    def speaking(self, entry: Guideline) -> list[Program]:
        """The programmes of which the guideline speaks."""
        return [one for one in self.programs if entry.subject in OF_DOMAIN[Program.Domain(one.domain)]]

    def worth(self, entry: Guideline, name: str, program: Program) -> Worth:
        """For the subjects of a programme; of mentors and teachers, the board's."""
        own = None if entry.subject in ("mentor", "teacher") else program.pk
        for place in (own, None):
            row = self._settings.get((program.board_id, place, entry.code, name))
            if row is not None and row.value is not None:
                return Worth(row.value, row)
        return Worth(entry.settable[name])

    @staticmethod
    def label(entry: Guideline, name: str, value: int) -> str:
        return label_of(entry, name, value)

    def by(self, worth: Worth) -> Text:
        """The role that who set it held on that day."""
        row = worth.setting
        if row is None or row.set_by_id is None:
            return ""
        day = row.board.local_date(row.set_at)
        held = {
            role
            for role, starts_on, ends_on in self._roles.get(row.set_by_id, ())
            if (starts_on is None or starts_on <= day) and (ends_on is None or ends_on > day)
        }
        asked = SETTERS if row.program_id else (Role.BOARD_ADMIN,)
        return next((role.label for role in asked if role in held), "")

    def lines(self) -> Iterator[NumberLine]:
        """A line for all who are judged by the board's or the catalogue's number, and one for each own one."""
        for entry in self.entries:
            judged = self.speaking(entry) if self.reads_all else self.following(entry)
            for name in entry.settable:
                told: set[GuidelineSetting | None] = set()
                for program in judged:
                    worth = self.worth(entry, name, program)
                    if worth.setting not in told:
                        told.add(worth.setting)
                        yield self._line(entry, name, worth, program)

    def unfollowed(self) -> Iterator[Left]:
        """In the order of the catalogue."""
        for entry in self.entries:
            of = len(self.speaking(entry))
            if left := of - len(self.following(entry)):
                yield Left(entry, left, of)

    def _line(self, entry: Guideline, name: str, worth: Worth, program: Program) -> NumberLine:
        is_own = worth.source is OF_PROGRAM
        return NumberLine(
            entry,
            self.label(entry, name, worth.value),
            worth,
            school=str(program.school) if is_own else "",
            program=str(program) if is_own else ALL_OTHERS if self.reads_all else ALL_WHO_FOLLOW,
            by=self.by(worth),
        )

    @cached_property
    def _settings(self) -> dict[tuple[int, int | None, str, str], GuidelineSetting]:
        """The last row of each number by the day. One query."""
        boards = {program.board_id for program in self.programs}
        settings = GuidelineSetting.objects.filter(board__in=boards, starts_on__lte=self.on)
        rows = settings.select_related("board").order_by("starts_on", "pk")
        return {(row.board_id, row.program_id, row.guideline, row.name): row for row in rows}

    @cached_property
    def _roles(self) -> dict[int, list[tuple[str, date | None, date | None]]]:
        """The roles of those who set a number, past ones too. One query."""
        people = {row.set_by_id for row in self._settings.values() if row.set_by_id}
        rows = Membership.objects.filter(person__in=people, role__in=SETTERS).values_list(
            "person", "role", "starts_on", "ends_on"
        )
        found: dict[int, list[tuple[str, date | None, date | None]]] = {}
        for person, role, starts_on, ends_on in rows:
            found.setdefault(person, []).append((role, starts_on, ends_on))
        return found


def in_force(ask: Ask, entries: Sequence[Guideline] = ENTRIES, *, reads_all: bool = False) -> InForce:
    return InForce(ask.programs, ask.last_day, entries, reads_all)


def last_tables(ask: Ask, found: InForce | None = None) -> list[Sheet]:
    """The last tables of every report that counts by guidelines: their numbers, and which ones are not followed.

    Four queries.
    """
    told = found or in_force(ask)
    lines, left = list(told.lines()), list(told.unfollowed())
    return [
        LAYOUT.sheet(lines, note=_NOTE_OF_ALL if told.reads_all else NOTE, total=len(lines)),
        LEFT.sheet(left, note=_NOTE_OF_LEFT, total=len(left)),
    ]
