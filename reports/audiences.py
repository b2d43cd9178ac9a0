"""To whom files are given, and how much each may know: rows, or counts in which nobody is found again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.models import User
from programs.fixed_periods import Named, ended_periods, fixed_periods, semesters
from reports.tables import Text


@dataclass(frozen=True, eq=False)
class Audience:
    """Who holds one of ``roles``: their page offers one form for all the files of the audience.

    To those of ``named_to`` its files name students: they say why, which ``kept_of_names`` tells them.
    """

    name: str
    roles: tuple[Role, ...]
    lead: Text
    heading: Text
    """Of the form, when the person is of several audiences."""
    kept: Text
    """What the journal keeps of a download."""
    named_to: tuple[Role, ...] = ()
    kept_of_names: Text = ""
    is_masked: bool = False
    """Whether its files are counts with some masked: then their periods are fixed, and over."""
    periods: Callable[..., dict[str, Named]] | None = None
    """The fixed ones to choose from, of a person (``user``, ``on=``); without them, any days may be asked for."""

    def says_why(self, user: User) -> bool:
        return user.access.holds(*self.named_to)


_TOTALS_KEPT = _("La date du téléchargement et votre nom sont gardés au journal.")


def all_periods(user: User, *, on: date) -> dict[str, Named]:
    """The halves of the school years first, then terms, months and years; one that still runs is told so far."""
    return semesters(user, on=on) | fixed_periods(user, on=on)


IN_CHARGE = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)

ROWS = Audience(
    name="rows",
    roles=(*IN_CHARGE, Role.RESOURCE_TEACHER, Role.MENTOR),
    lead=_("Les rencontres, les points de vigilance et les relations terminées que vous pouvez lire."),
    heading=_("Préparer un rapport de ce que vous suivez"),
    kept=_("Vos dyades y portent un numéro, sans le nom de l’élève. La date du téléchargement est gardée au journal."),
    named_to=IN_CHARGE,
    kept_of_names=_("Ces fichiers nomment des élèves\u00a0: le motif, votre nom et la date sont gardés au journal."),
)
BOARD = Audience(
    name="board",
    roles=(Role.BOARD_ADMIN,),
    lead=_("Les nombres de chaque école et de chaque programme, sans aucun nom."),
    heading=_("Préparer un rapport de l’organisme"),
    kept=_TOTALS_KEPT,
    is_masked=True,
    periods=ended_periods,
)
TOTALS = Audience(
    name="totals",
    roles=IN_CHARGE,
    lead=_("Les nombres de vos programmes, sans aucun nom\u00a0: pour un conseil, un bilan, une reddition de comptes."),
    heading=_("Préparer un rapport de vos programmes, sans nom"),
    kept=_TOTALS_KEPT,
    is_masked=True,
    periods=ended_periods,
)
OWN = Audience(
    name="own",
    roles=(Role.RESOURCE_TEACHER,),
    lead=_("Votre propre activité\u00a0: rencontres, suivis et temps dégagé."),
    heading=_("Préparer le bilan de votre activité"),
    kept=_("La date du téléchargement est gardée au journal."),
    periods=all_periods,
)
STAFF = Audience(
    name="staff",
    roles=IN_CHARGE,
    lead=_("L’activité du personnel-ressource et de la formation, par personne."),
    heading=_("Préparer un rapport sur l’activité des adultes"),
    kept=_("Ces rapports nomment des adultes\u00a0: le motif, votre nom et la date sont gardés au journal."),
    named_to=IN_CHARGE,
    kept_of_names=_("Ces rapports nomment des adultes\u00a0: le motif, votre nom et la date sont gardés au journal."),
    periods=all_periods,
)
TRAINING = Audience(
    name="training",
    roles=(Role.TRAINER,),
    lead=_("Les points de vigilance sur la formation, en nombres."),
    heading=_("Préparer un rapport sur la formation"),
    kept=_TOTALS_KEPT,
    is_masked=True,
    periods=ended_periods,
)
AUDIENCES = (TOTALS, ROWS, STAFF, OWN, BOARD, TRAINING)


def audiences_of(user: User) -> list[Audience]:
    """Those that the person's roles open, all of them; none for who only mentors."""
    if user.access.only_mentors:
        return []
    return [audience for audience in AUDIENCES if user.access.holds(*audience.roles)]
