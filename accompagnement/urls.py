"""Addresses: French words and ids, never a name."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from accompagnement import pwa, views
from accompagnement.api import API
from accompagnement.operations.health import live, ready
from accompagnement.operations.metrics import metrics
from exchange.api.application import addresses

urlpatterns = [
    path("", views.home, name="home"),
    path("menu/", views.menu, name="menu"),
    path("sante/", ready, name="health"),
    path("sante/vie/", live, name="health_live"),
    path("sante/pret/", ready, name="health_ready"),
    path("mesures/", metrics, name="metrics"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("sw.js", pwa.service_worker, name="service_worker"),
    path("hors-ligne/", pwa.offline, name="offline"),
    path("langue/", login_not_required(require_http_methods(["GET", "POST"])(set_language)), name="set_language"),
    path("apparence/", views.set_theme, name="set_theme"),
    path("comptes/", include("accompagnement.account_urls")),
    path("", include("people.urls")),
    path("", include("programs.urls")),
    path("", include("mentoring.urls")),
    path("", include("guidelines.urls")),
    path("", include("reports.urls")),
    path("", include("exchange.urls")),
    *addresses(API),
]

handler400 = "accompagnement.errors.bad_request"
handler500 = "accompagnement.errors.server_error"
