"""What an import says of those who leave: each open dyad, group and plan that waits for somebody's decision."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.words import join_words
from mentoring.departures import Left
from people.models import User


def left_words(user: User, left: Left) -> str:
    """Of an adult: who they were for."""
    said = _dyads_and_groups(left)
    if not said:
        return _("%(person)s n’est plus là\u00a0: rien n’est laissé sans adulte.") % {"person": user}
    if left.groups > left.alone:
        shared = left.groups - left.alone
        said.append(
            ngettext(
                "dont %(n)s groupe avec une autre personne responsable",
                "dont %(n)s groupes avec une autre personne responsable",
                shared,
            )
            % {"n": shared}
        )
    words = _("%(person)s n’est plus là, et laisse %(what)s\u00a0: décidez de la suite sur leurs pages.")
    told = words % {"person": user, "what": join_words(said)}
    if left.planned:
        gone = ngettext(
            " %(n)s rencontre prévue n’attend plus personne.",
            " %(n)s rencontres prévues n’attendent plus personne.",
            left.planned,
        )
        told += gone % {"n": left.planned}
    return told


def student_words(left: Left, where: str) -> str:
    """Of a student who is gone from their school; ``where`` tells to which, or that it is to none."""
    said = _dyads_and_groups(left)
    if not said:
        return where
    told = _("%(where)s Il reste à décider de %(what)s.") % {"where": where, "what": join_words(said)}
    return told + _(" D’ici là, la dyade est en pause.") if left.dyads else told


def _dyads_and_groups(left: Left) -> list[str]:
    said = []
    if left.dyads:
        said.append(ngettext("%(n)s dyade ouverte", "%(n)s dyades ouvertes", left.dyads) % {"n": left.dyads})
    if left.groups:
        said.append(ngettext("%(n)s groupe ouvert", "%(n)s groupes ouverts", left.groups) % {"n": left.groups})
    return said
