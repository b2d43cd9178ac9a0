from django.urls import path

from mentoring.models import Dyad
from mentoring.records import FOLLOWUPS
from mentoring.views import (
    agreements,
    calls,
    corrections,
    dyads,
    farewells,
    first_steps,
    given,
    mentors,
    own,
    relations,
    search,
    support,
    together,
    week,
)
from programs.log.views import entries
from programs.views import relations as shared

DYAD = {"of": Dyad}
DYAD_MEETING = {"kind": "rencontre"}

urlpatterns = [
    path("semaine/", week.week, name="week"),
    path("semaine/chez-d-autres/", week.elsewhere, name="elsewhere"),
    path("semaine/confirmer/", week.hold_today, name="hold_today"),
    path("semaine/confirmer/annuler/", week.hold_today_undo, name="hold_today_undo"),
    path("consigner/", week.log, name="log"),
    path("consigner/ensemble/", together.log_together, name="log_together"),
    path("consigner/ensemble/<uuid:entry_uuid>/annuler/", together.log_together_undo, name="log_together_undo"),
    path("recherche/", search.search, name="search"),
    path("dyades/", dyads.dyads, name="dyads"),
    path("dyades/nouvelle/", relations.dyad_new, name="dyad_new"),
    path("dyades/<int:pk>/", dyads.dyad, name="dyad"),
    path("dyades/<int:pk>/modifier/", corrections.dyad_edit, name="dyad_edit"),
    path("pauses/<int:pk>/modifier/", corrections.dyad_pause_edit, name="dyad_pause_edit"),
    path("ententes/<int:pk>/modifier/", corrections.dyad_agreement_edit, name="dyad_agreement_edit"),
    path("formations/<int:pk>/modifier/", corrections.training_edit, name="training_edit"),
    path("dyades/<int:pk>/consigner/", entries.record_log, DYAD_MEETING, name="dyad_log"),
    path("dyades/<int:pk>/refaire/", together.dyad_repeat, name="dyad_repeat"),
    path("dyades/<int:pk>/planifier/", relations.dyad_plan, name="dyad_plan"),
    path("dyades/<int:pk>/horaire/", shared.timetable, DYAD, name="dyad_timetable"),
    path("plages-dyade/<int:pk>/retirer/", shared.slot_end, DYAD, name="dyad_slot_end"),
    path("dyades/<int:pk>/pause/", relations.dyad_pause, name="dyad_pause"),
    path("dyades/<int:pk>/remplacement/", shared.substitute, DYAD, name="dyad_substitute"),
    path("remplacements-dyade/<int:pk>/terminer/", shared.substitute_end, DYAD, name="dyad_substitute_end"),
    path("dyades/<int:pk>/reprendre/", relations.dyad_resume, name="dyad_resume"),
    path("dyades/<int:pk>/terminer/", relations.dyad_end, name="dyad_end"),
    path("dyades/<int:pk>/dernier-echange/", farewells.dyad_farewell, name="dyad_farewell"),
    path("dyades/<int:pk>/dernier-echange/annuler/", farewells.dyad_farewell_undo, name="dyad_farewell_undo"),
    path("rencontres/<int:pk>/tenue/", entries.record_held, DYAD_MEETING, name="meeting_held"),
    path("rencontres/<int:pk>/non-tenue/", entries.record_not_held, DYAD_MEETING, name="meeting_not_held"),
    path("rencontres/<int:pk>/modifier/", entries.record_edit, DYAD_MEETING, name="meeting_edit"),
    path("rencontres/<int:pk>/annuler/", entries.record_undo, DYAD_MEETING, name="meeting_undo"),
    path("dyades/<int:pk>/entente/", agreements.dyad_agreement, name="dyad_agreement"),
    path("dyades/<int:pk>/engagement/", agreements.dyad_commitment, name="dyad_commitment"),
    *(
        path(f"dyades/<int:pk>/{kind.page}/", entries.record_log, {"kind": kind.slug}, name=kind.names["log"])
        for kind in FOLLOWUPS
    ),
    path("appels/", calls.calls, name="calls"),
    path("dyades/<int:pk>/doute/", calls.dyad_doubt, name="dyad_doubt"),
    path("doutes/<int:pk>/retirer/", calls.doubt_withdraw, name="doubt_withdraw"),
    path("doutes/<int:pk>/entendre/", calls.doubt_hear, name="doubt_hear"),
    path("doutes/<int:pk>/rouvrir/", calls.doubt_reopen, name="doubt_reopen"),
    path("evenements/<int:pk>/soutien/", support.event_support, name="event_support"),
    path("mentors/", mentors.mentors, name="mentors"),
    path("premiers-pas/", first_steps.first_steps_page, name="first_steps"),
    path("personnes/<int:pk>/mentorat/", mentors.person_mentor, name="person_mentor"),
    path("mentors/<int:pk>/", mentors.mentor, name="mentor"),
    path("mentors/<int:pk>/modifier/", mentors.mentor_edit, name="mentor_edit"),
    path("mentors/<int:pk>/formation/", mentors.training_new, name="training_new"),
    path("mon-parcours/", given.own_path, name="own_path"),
    path("mon-parcours/attestation/<int:year>/", given.own_attestation, name="own_attestation"),
    path("mon-parcours/attestation/<int:year>/pdf/", given.own_attestation_pdf, name="own_attestation_pdf"),
    path("mon-style/", own.mentor_style, name="mentor_style"),
    path("mon-approche/", own.mentor_approach, name="mentor_approach"),
]
