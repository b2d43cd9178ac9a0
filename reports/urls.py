from django.urls import path

from reports.registry import FIGURES, REPORTS
from reports.views import board, dashboard, exports, fidelity, student_sheets

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
    *(
        path(f"rapports/{report.file_name}.csv", exports.report_csv, {"report": report}, report.url_name)
        for report in REPORTS.values()
        if report.streams
    ),
]
