from django.urls import path

from mentoring.views import dyads, meetings, relations, search, week

urlpatterns = [
    path("semaine/", week.week, name="week"),
    path("semaine/confirmer/", week.hold_today, name="hold_today"),
    path("consigner/", week.log, name="log"),
    path("recherche/", search.search, name="search"),
    path("dyades/", dyads.dyads, name="dyads"),
    path("dyades/nouvelle/", relations.dyad_new, name="dyad_new"),
    path("dyades/<int:pk>/", dyads.dyad, name="dyad"),
    path("dyades/<int:pk>/consigner/", meetings.dyad_log, name="dyad_log"),
    path("dyades/<int:pk>/planifier/", relations.dyad_plan, name="dyad_plan"),
    path("dyades/<int:pk>/pause/", relations.dyad_pause, name="dyad_pause"),
    path("dyades/<int:pk>/reprendre/", relations.dyad_resume, name="dyad_resume"),
    path("dyades/<int:pk>/terminer/", relations.dyad_end, name="dyad_end"),
    path("rencontres/<int:pk>/tenue/", meetings.meeting_held, name="meeting_held"),
    path("rencontres/<int:pk>/non-tenue/", meetings.meeting_not_held, name="meeting_not_held"),
    path("rencontres/<int:pk>/modifier/", meetings.meeting_edit, name="meeting_edit"),
    path("rencontres/<int:pk>/annuler/", meetings.meeting_undo, name="meeting_undo"),
]
