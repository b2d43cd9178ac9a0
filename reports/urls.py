from django.urls import path

from reports.registry import FIGURES, REPORTS
from reports.views import board, dashboard, exports, fidelity, methods, prepared, student_sheets

urlpatterns = [
    path("organisme/", board.board, name="board"),
    path("tableau-de-bord/", dashboard.dashboard, name="dashboard"),
    path("tableau-de-bord/semaines/", dashboard.weeks, name="dashboard_weeks"),
    *(
        path(f"tableau-de-bord/{figure.address}/", dashboard.figure, {"figure": figure}, figure.url_name)
        for figure in FIGURES.values()
    ),
    *(
        path(f"tableau-de-bord/{figure.address}.csv", dashboard.dashboard_csv, {"figure": figure}, figure.csv_url_name)
        for figure in FIGURES.values()
    ),
    path("dyades/<int:pk>/fidelite/", fidelity.dyad_fidelity, name="dyad_fidelity"),
    path("dyades/<int:pk>/fidelite.pdf", fidelity.dyad_fidelity_pdf, name="dyad_fidelity_pdf"),
    path("groupes/<int:pk>/fidelite/", fidelity.group_fidelity, name="group_fidelity"),
    path("groupes/<int:pk>/fidelite.pdf", fidelity.group_fidelity_pdf, name="group_fidelity_pdf"),
    path("programmes/<int:pk>/fidelite/", fidelity.program_fidelity, name="program_fidelity"),
    path("programmes/<int:pk>/fidelite.pdf", fidelity.program_fidelity_pdf, name="program_fidelity_pdf"),
    path("eleves/<int:pk>/fiche/", student_sheets.student_sheet, name="student_sheet"),
    path("rapports/", exports.reports, name="reports"),
    path("rapports/preparer/", exports.report_prepare, name="report_prepare"),
    path("rapports/<int:pk>/", prepared.report, name="report"),
    path("rapports/<int:pk>/avancement/", prepared.report_progress, name="report_progress"),
    path("rapports/<int:pk>/fichier/", prepared.report_file, name="report_file"),
    path("rapports/<int:pk>/annuler/", prepared.report_cancel, name="report_cancel"),
    path("rapports/<int:pk>/refaire/", prepared.report_again, name="report_again"),
    path("rapports/<int:pk>/garder/", prepared.report_keep, name="report_keep"),
    path("rapports/<int:pk>/effacer/", prepared.report_remove, name="report_remove"),
    path("rapports/<int:pk>/repeter/", prepared.report_repeat, name="report_repeat"),
    path("rapports/prevus/<int:pk>/arreter/", prepared.report_repeat_stop, name="report_repeat_stop"),
    path("rapports/methodologie/", methods.methodology, name="methodology"),
    path("rapports/dictionnaire/", methods.dictionary_page, name="dictionary"),
    *(
        path(f"rapports/{report.file_name}.csv", exports.report_csv, {"report": report}, report.url_name)
        for report in REPORTS.values()
        if report.streams
    ),
]
