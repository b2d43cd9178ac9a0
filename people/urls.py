from django.urls import URLPattern, path

from people.views import drafts, invitations, mail, notifications, people

urlpatterns: list[URLPattern] = [
    path("personnes/", people.people, name="people"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/lues/", notifications.notifications_read, name="notifications_read"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("messages/", mail.messages, name="messages"),
    path("envois/", mail.mailings, name="mailings"),
    path("desabonnement/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("brouillons/", drafts.draft_keep, name="draft_keep"),
    path("brouillons/effacer/", drafts.draft_discard, name="draft_discard"),
]
