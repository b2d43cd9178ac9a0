"""The two numbers in words, as the headline, the lists and the e-mails say them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.attention import Attention, Tally


def clauses(found: Attention) -> list[str]:
    """« 5 relations à joindre cette semaine, 17 à garder à l’œil, dont 3 en charge, sur 110 »; then the groups."""
    said = []
    if found.dyads.of:
        said.append(_clause(found.dyads, dyads_to_reach(found.dyads.reach), _dyads_to_watch(found.dyads.watch)))
    if found.groups.of:
        said.append(_clause(found.groups, groups_to_reach(found.groups.reach), _groups_to_watch(found.groups.watch)))
    return said


def to_reach_in_brief(found: Attention) -> str:
    """« 5 relations et 1 groupe à joindre », for the subject of an e-mail."""
    dyads, groups = found.dyads.reach, found.groups.reach
    if not dyads and not groups:
        return _("rien à joindre")
    if not groups:
        return ngettext("%(n)s relation à joindre", "%(n)s relations à joindre", dyads) % {"n": dyads}
    if not dyads:
        return ngettext("%(n)s groupe à joindre", "%(n)s groupes à joindre", groups) % {"n": groups}
    relations = ngettext("%(n)s relation", "%(n)s relations", dyads) % {"n": dyads}
    of_groups = ngettext("%(n)s groupe à joindre", "%(n)s groupes à joindre", groups) % {"n": groups}
    return _("%(first)s et %(last)s") % {"first": relations, "last": of_groups}


def dyads_to_reach(count: int) -> str:
    if not count:
        return _("Aucune relation à joindre cette semaine")
    words = ngettext("%(n)s relation à joindre cette semaine", "%(n)s relations à joindre cette semaine", count)
    return words % {"n": count}


def groups_to_reach(count: int) -> str:
    if not count:
        return _("Aucun groupe à joindre cette semaine")
    words = ngettext("%(n)s groupe à joindre cette semaine", "%(n)s groupes à joindre cette semaine", count)
    return words % {"n": count}


def _dyads_to_watch(count: int) -> str:
    return _("%(n)s à garder à l’œil") % {"n": count} if count else _("aucune à garder à l’œil")


def _groups_to_watch(count: int) -> str:
    return _("%(n)s à garder à l’œil") % {"n": count} if count else _("aucun à garder à l’œil")


def _clause(count: Tally, reach: str, watch: str) -> str:
    taken = [_("dont %(n)s en charge") % {"n": count.taken}] if count.taken else []
    return ", ".join([reach, watch, *taken, _("sur %(n)s") % {"n": count.of}])
