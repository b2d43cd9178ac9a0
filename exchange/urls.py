from django.urls import URLPattern, path

from exchange.scim.addresses import ADDRESSES
from exchange.views import calendars, directory, imports, invented, tokens

urlpatterns: list[URLPattern] = [
    path("agenda/<str:secret>.ics", tokens.calendar_feed, name="calendar_feed"),
    path("calendrier/fichier/", calendars.calendar_file, name="calendar_file"),
    path("donnees-inventees/essayer/", invented.invented_add, name="invented_add"),
    path("donnees-inventees/retirer/", invented.invented_remove, name="invented_remove"),
    path("annuaire/", directory.directory, name="directory"),
    path("annuaire/jeton/", directory.directory_token, name="directory_token"),
    path("annuaire/revoquer/", directory.directory_token_revoke, name="directory_token_revoke"),
    *ADDRESSES,
    path("importer/", imports.imports, name="imports"),
    path("importer/<int:pk>/", imports.import_run, name="import_run"),
    path("importer/<int:pk>/avancement/", imports.import_progress, name="import_progress"),
    path("importer/<int:pk>/colonnes/", imports.import_columns, name="import_columns"),
    path("importer/<int:pk>/repondre/", imports.import_answer, name="import_answer"),
    path("importer/<int:pk>/appliquer/", imports.import_apply, name="import_apply"),
    path("importer/<int:pk>/annuler/", imports.import_undo, name="import_undo"),
    path("importer/<int:pk>/abandonner/", imports.import_discard, name="import_discard"),
    path("importer/<int:pk>/laissees.csv", imports.import_left, name="import_left"),
    path("interface/", tokens.api_guide, name="api_guide"),
    path("jetons/", tokens.api_tokens, name="api_tokens"),
    path("jetons/agenda/", tokens.calendar_link, name="calendar_link"),
    path("jetons/<int:pk>/revoquer/", tokens.api_token_revoke, name="api_token_revoke"),
    path("power-bi/", tokens.power_bi, name="power_bi"),
    path("power-bi/<slug:name>.pbids", tokens.power_bi_file, name="power_bi_file"),
]
