"""Addresses: French words, ids, never a name."""

from django.urls import include, path

urlpatterns = [
    path("comptes/", include("allauth.urls")),
]
