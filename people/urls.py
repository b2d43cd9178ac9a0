from django.urls import URLPattern, path

from people.views import (
    adults,
    drafts,
    invitations,
    inviting,
    mail,
    notifications,
    people,
    roles,
    students,
)

urlpatterns: list[URLPattern] = [
    path("personnes/", people.people, name="people"),
    path("personnes/ajouter/", adults.person_new, name="person_new"),
    path("personnes/plusieurs/", adults.people_several, name="people_several"),
    path("personnes/inviter/", inviting.people_invite, name="people_invite"),
    path("personnes/<int:pk>/", adults.person, name="person"),
    path("personnes/<int:pk>/corriger/", adults.person_edit, name="person_edit"),
    path("personnes/<int:pk>/inviter/", inviting.person_invite, name="person_invite"),
    path("personnes/<int:pk>/fermer/", adults.person_close, name="person_close"),
    path("personnes/<int:pk>/rouvrir/", adults.person_reopen, name="person_reopen"),
    path("personnes/<int:pk>/role/", roles.person_role, name="person_role"),
    path("personnes/<int:pk>/verification/", roles.person_verification, name="person_verification"),
    path("verifications/<int:pk>/retirer/", roles.verification_remove, name="person_verification_remove"),
    path("roles-tenus/<int:pk>/fin/", roles.role_end, name="person_role_end"),
    path("eleves/ajouter/", students.student_new, name="student_new"),
    path("eleves/<int:pk>/corriger/", students.student_edit, name="student_edit"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/lues/", notifications.notifications_read, name="notifications_read"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("messages/", mail.messages, name="messages"),
    path("envois/", mail.mailings, name="mailings"),
    path("desabonnement/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("brouillons/", drafts.draft_keep, name="draft_keep"),
    path("brouillons/effacer/", drafts.draft_discard, name="draft_discard"),
]
