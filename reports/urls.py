from django.urls import path

from reports.views import dashboard, exports

urlpatterns = [
    path("tableau-de-bord/", dashboard.dashboard, name="dashboard"),
    path("tableau-de-bord/frequence.csv", dashboard.dashboard_frequency_csv, name="dashboard_frequency_csv"),
    path("tableau-de-bord/situations.csv", dashboard.dashboard_classes_csv, name="dashboard_classes_csv"),
    path("tableau-de-bord/durees.csv", dashboard.dashboard_lengths_csv, name="dashboard_lengths_csv"),
    path("tableau-de-bord/tailles.csv", dashboard.dashboard_sizes_csv, name="dashboard_sizes_csv"),
    path("tableau-de-bord/tendance.csv", dashboard.dashboard_trend_csv, name="dashboard_trend_csv"),
    path("rapports/", exports.reports, name="reports"),
    path("rapports/rencontres.csv", exports.report_meetings_csv, name="report_meetings_csv"),
    path("rapports/points-de-vigilance.csv", exports.report_findings_csv, name="report_findings_csv"),
]
