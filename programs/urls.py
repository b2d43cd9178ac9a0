from django.urls import URLPattern, path

from programs.log.views import entries, history
from programs.models import SupportGroup
from programs.views import calendar, gestures, group_course, groups, members, programmes, relations, teachers, years

GROUP = {"of": SupportGroup}
GROUP_MEETING = {"kind": "rencontre-groupe"}
CONTACT = {"kind": "contact"}

urlpatterns: list[URLPattern] = [
    path("calendrier/", calendar.calendar, name="calendar"),
    path("calendrier/jour/", calendar.calendar_day, name="calendar_day"),
    path("calendrier/annee/", years.calendar_year, name="calendar_year"),
    path("calendrier/etape/", years.calendar_term, name="calendar_term"),
    path("calendrier/etape/retirer/", years.calendar_term_remove, name="calendar_term_remove"),
    path("groupes/", groups.groups, name="groups"),
    path("groupes/nouveau/", groups.group_new, name="group_new"),
    path("groupes/<int:pk>/", groups.group, name="group"),
    path("groupes/<int:pk>/modifier/", group_course.group_edit, name="group_edit"),
    path("groupes/<int:pk>/terminer/", group_course.group_end, name="group_end"),
    path("groupes/<int:pk>/consigner/", entries.record_log, GROUP_MEETING, name="group_log"),
    path("groupes/<int:pk>/membres/ajouter/", members.group_member_add, name="group_member_add"),
    path("groupes/<int:pk>/responsable/", group_course.group_lead, name="group_lead"),
    path("prises-en-charge/<int:pk>/modifier/", group_course.group_lead_edit, name="group_lead_edit"),
    path("groupes/<int:pk>/contact/", entries.record_log, CONTACT, name="group_contact"),
    path("groupes/<int:pk>/famille/", entries.record_log, {"kind": "famille"}, name="group_family"),
    path("groupes/<int:pk>/bilan/", entries.record_log, {"kind": "bilan-groupe"}, name="group_review"),
    path("groupes/<int:pk>/entrees/<uuid:entry_uuid>/annuler/", entries.entry_undo, CONTACT, name="group_entry_undo"),
    path("groupes/<int:pk>/remplacement/", relations.substitute, GROUP, name="group_substitute"),
    path("remplacements-groupe/<int:pk>/terminer/", relations.substitute_end, GROUP, name="group_substitute_end"),
    path("groupes/<int:pk>/horaire/", relations.timetable, GROUP, name="group_timetable"),
    path("plages-groupe/<int:pk>/retirer/", relations.slot_end, GROUP, name="group_slot_end"),
    path("membres/<int:pk>/modifier/", members.group_member_edit, name="group_member_edit"),
    path("membres/<int:pk>/retirer/", members.group_member_end, name="group_member_end"),
    path("rencontres-groupe/<int:pk>/tenue/", entries.record_held, GROUP_MEETING, name="group_meeting_held"),
    path(
        "rencontres-groupe/<int:pk>/non-tenue/", entries.record_not_held, GROUP_MEETING, name="group_meeting_not_held"
    ),
    path("rencontres-groupe/<int:pk>/modifier/", entries.record_edit, GROUP_MEETING, name="group_meeting_edit"),
    path("rencontres-groupe/<int:pk>/annuler/", entries.record_undo, GROUP_MEETING, name="group_meeting_undo"),
    path("personnel-ressource/", teachers.resource_teachers, name="teachers"),
    path("personnel-ressource/<int:pk>/", teachers.teacher, name="teacher"),
    path("personnel-ressource/<int:pk>/liberation/", teachers.teacher_release, name="teacher_release"),
    path("liberations/<int:pk>/retirer/", teachers.teacher_release_remove, name="teacher_release_remove"),
    path("mon-temps/", teachers.function_time, name="function_time"),
    path("mon-temps/semaine/", teachers.function_time_week, name="function_time_week"),
    path(
        "mon-temps/semaine/<uuid:entry_uuid>/annuler/",
        teachers.function_time_week_undo,
        name="function_time_week_undo",
    ),
    path("mon-temps/<int:pk>/annuler/", entries.record_undo, {"kind": "temps"}, name="function_time_undo"),
    path("mes-fondements/", teachers.foundations, name="foundations"),
    path("programmes/", programmes.programs, name="programs"),
    path("programmes/nouveau/", programmes.program_new, name="program_new"),
    path("programmes/<int:pk>/", programmes.program, name="program"),
    path("programmes/<int:pk>/modifier/", programmes.program_edit, name="program_edit"),
    path("programmes/<int:pk>/terminer/", programmes.program_end, name="program_end"),
    path("programmes/<int:pk>/contenus/", programmes.program_contents, name="program_contents"),
    path("programmes/<int:pk>/contenus/ajouter/", programmes.program_activity_new, name="program_activity_new"),
    path("contenus/<int:pk>/modifier/", programmes.program_activity_edit, name="program_activity_edit"),
    path("contenus/<int:pk>/retirer/", programmes.program_activity_remove, name="program_activity_remove"),
    path("programmes/<int:pk>/appels/", programmes.program_calls, name="program_calls"),
    path("programmes/<int:pk>/roles/", programmes.program_roles, name="program_roles"),
    path("roles/<int:pk>/prendre-connaissance/", programmes.role_acknowledge, name="role_acknowledge"),
    path("suivis/<slug:kind>/<int:pk>/annuler/", entries.record_undo, name="record_undo"),
    path("entrees/<slug:kind>/<int:pk>/historique/", history.record_history, name="record_history"),
    path("entrees/<slug:kind>/<int:pk>/modifier/", entries.record_edit, name="record_edit"),
    path("entrees/<slug:kind>/<int:pk>/retablir/", history.record_restore, name="record_restore"),
    path("saisies/<slug:kind>/<int:pk>/annuler/", gestures.made_undo, name="made_undo"),
    path("gestes/<int:pk>/annuler/", gestures.gesture_undo, name="gesture_undo"),
    path("annulees/", history.undone_list, name="undone"),
]
