"""What the journal tells of school years, programmes, groups and resource teachers; the verbs of every relation."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from people.audit_registry import Verb, declare


@dataclass(frozen=True)
class RelationVerbs:
    """What befalls any relation, a group or a dyad: the same deeds, each with its own sentence."""

    started: Verb
    cancelled: Verb
    corrected: Verb
    slot_cancelled: Verb
    slot_added: Verb
    slot_ended: Verb
    substitute_added: Verb
    substitute_ended: Verb
    substitute_removed: Verb


GROUP = RelationVerbs(
    started=declare("group.started", _("%(person)s a ouvert un groupe.")),
    cancelled=declare("group.cancelled", _("%(person)s a annulé l’ouverture d’un groupe.")),
    corrected=declare("group.corrected", _("%(person)s a corrigé le nom ou les dates d’un groupe.")),
    slot_cancelled=declare("group.slot_cancelled", _("%(person)s a annulé une plage de l’horaire d’un groupe.")),
    slot_added=declare("group.slot_added", _("%(person)s a ajouté une plage à l’horaire d’un groupe.")),
    slot_ended=declare("group.slot_ended", _("%(person)s a retiré une plage de l’horaire d’un groupe.")),
    substitute_added=declare("group.substitute_added", _("%(person)s a noté un remplacement dans un groupe.")),
    substitute_ended=declare("group.substitute_ended", _("%(person)s a mis fin à un remplacement dans un groupe.")),
    substitute_removed=declare(
        "group.substitute_removed", _("%(person)s a retiré l’accès d’un remplacement dans un groupe.")
    ),
)

GROUP_MEMBER_ADDED = declare("group.member_added", _("%(person)s a ajouté un élève à un groupe."))
GROUP_MEMBER_CANCELLED = declare("group.member_cancelled", _("%(person)s a annulé l’ajout d’un élève à un groupe."))
GROUP_MEMBER_START_CORRECTED = declare(
    "group.member_start_corrected", _("%(person)s a corrigé l’arrivée d’un élève dans un groupe.")
)
GROUP_MEMBER_ENDED = declare("group.member_ended", _("%(person)s a noté le départ d’un élève d’un groupe."))
GROUP_MEMBER_END_CORRECTED = declare(
    "group.member_end_corrected", _("%(person)s a corrigé le départ d’un élève d’un groupe.")
)
GROUP_MEMBER_END_REMOVED = declare(
    "group.member_end_removed", _("%(person)s a effacé le départ d’un élève d’un groupe.")
)
GROUP_LEAD_CHANGED = declare("group.lead_changed", _("%(person)s a confié un groupe à une autre personne."))
GROUP_LEAD_ENDED = declare("group.lead_ended", _("%(person)s a noté qu’un groupe n’a plus de responsable."))
GROUP_LEAD_END_CORRECTED = declare(
    "group.lead_end_corrected", _("%(person)s a corrigé la fin de la prise en charge d’un groupe.")
)

GROUP_LEAD_CANCELLED = declare("group.lead_cancelled", _("%(person)s a annulé la prise en charge d’un groupe."))
GROUP_LEAD_START_CORRECTED = declare(
    "group.lead_start_corrected", _("%(person)s a corrigé le début de la prise en charge d’un groupe.")
)
GROUP_CLOSED = declare("group.closed", _("%(person)s a terminé un groupe."))

PROGRAM_STARTED = declare("program.started", _("%(person)s a ouvert un programme."))
PROGRAM_CANCELLED = declare("program.cancelled", _("%(person)s a annulé l’ouverture d’un programme."))
PROGRAM_CLOSED = declare("program.closed", _("%(person)s a terminé un programme."))
PROGRAM_CHANGED = declare("program.changed", _("%(person)s a modifié un programme."))
PROGRAM_RESULTS_SET = declare("program.results_set", _("%(person)s a écrit les résultats attendus d’un programme."))
PROGRAM_ACTIVITY_DECLARED = declare("program.activity_declared", _("%(person)s a déclaré une activité d’un programme."))
PROGRAM_ACTIVITY_REMOVED = declare("program.activity_removed", _("%(person)s a retiré une activité d’un programme."))
PROGRAM_CALLS_FOLLOWED = declare(
    "program.calls_followed", _("%(person)s a réglé le suivi des appels de soutien d’un programme.")
)
PROGRAM_CALLS_DROPPED = declare(
    "program.calls_dropped", _("%(person)s a mis fin au suivi des appels de soutien d’un programme.")
)
PROGRAM_ROLES_SET = declare("program.roles_set", _("%(person)s a écrit les rôles d’un programme."))

TEACHER_RELEASE_SET = declare("teacher.release_set", _("%(person)s a noté une libération de tâche."))
TEACHER_RELEASE_REMOVED = declare("teacher.release_removed", _("%(person)s a retiré une libération de tâche."))

SCHOOL_YEAR_OPENED = declare("school_year.opened", _("%(person)s a ouvert une année scolaire."))
SCHOOL_YEAR_CANCELLED = declare("school_year.cancelled", _("%(person)s a annulé l’ouverture d’une année scolaire."))
SCHOOL_DAY_CHANGED = declare("school_day.changed", _("%(person)s a changé un jour du calendrier d’une école."))
TERM_ADDED = declare("term.added", _("%(person)s a inscrit une étape au calendrier."))
TERM_CHANGED = declare("term.changed", _("%(person)s a corrigé une étape du calendrier."))
TERM_REMOVED = declare("term.removed", _("%(person)s a retiré une étape du calendrier."))

RECORD_FORGOTTEN = declare("record.forgotten", _("%(person)s a détruit une entrée annulée, avec son historique."))
STRUCTURE_RESTORED = declare("structure.restored", _("%(person)s a rétabli ce qui avait été annulé."))
GESTURE_FORGOTTEN = declare("gesture.forgotten", _("%(person)s a détruit ce qui avait été annulé."))
