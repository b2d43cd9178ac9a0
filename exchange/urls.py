from django.urls import URLPattern, path

from exchange.views import calendars, imports, invented

urlpatterns: list[URLPattern] = [
    path("calendrier/fichier/", calendars.calendar_file, name="calendar_file"),
    path("donnees-inventees/essayer/", invented.invented_add, name="invented_add"),
    path("donnees-inventees/retirer/", invented.invented_remove, name="invented_remove"),
    path("importer/", imports.imports, name="imports"),
    path("importer/<int:pk>/", imports.import_run, name="import_run"),
    path("importer/<int:pk>/avancement/", imports.import_progress, name="import_progress"),
    path("importer/<int:pk>/colonnes/", imports.import_columns, name="import_columns"),
    path("importer/<int:pk>/repondre/", imports.import_answer, name="import_answer"),
    path("importer/<int:pk>/appliquer/", imports.import_apply, name="import_apply"),
    path("importer/<int:pk>/annuler/", imports.import_undo, name="import_undo"),
    path("importer/<int:pk>/abandonner/", imports.import_discard, name="import_discard"),
    path("importer/<int:pk>/laissees.csv", imports.import_left, name="import_left"),
]
