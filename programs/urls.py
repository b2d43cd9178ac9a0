from django.urls import URLPattern, path

from programs.views import calendar, groups, meetings

urlpatterns: list[URLPattern] = [
    path("calendrier/", calendar.calendar, name="calendar"),
    path("calendrier/jour/", calendar.calendar_day, name="calendar_day"),
    path("calendrier/annee/", calendar.calendar_year, name="calendar_year"),
    path("groupes/", groups.groups, name="groups"),
    path("groupes/nouveau/", groups.group_new, name="group_new"),
    path("groupes/<int:pk>/", groups.group, name="group"),
    path("groupes/<int:pk>/consigner/", meetings.group_log, name="group_log"),
    path("groupes/<int:pk>/membres/ajouter/", groups.group_member_add, name="group_member_add"),
    path("groupes/<int:pk>/responsable/", groups.group_lead, name="group_lead"),
    path("membres/<int:pk>/retirer/", groups.group_member_end, name="group_member_end"),
    path("rencontres-groupe/<int:pk>/tenue/", meetings.group_meeting_held, name="group_meeting_held"),
    path("rencontres-groupe/<int:pk>/non-tenue/", meetings.group_meeting_not_held, name="group_meeting_not_held"),
    path("rencontres-groupe/<int:pk>/modifier/", meetings.group_meeting_edit, name="group_meeting_edit"),
    path("rencontres-groupe/<int:pk>/annuler/", meetings.group_meeting_undo, name="group_meeting_undo"),
]
