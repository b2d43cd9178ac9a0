from django.urls import path

from guidelines.views import catalogue, findings, reminders, vigilance

urlpatterns = [
    path("vigilance/", vigilance.vigilance, name="vigilance"),
    path("vigilance/<int:pk>/", findings.flag, name="flag"),
    path("vigilance/<int:pk>/prendre-en-charge/", findings.flag_take, name="flag_take"),
    path("vigilance/<int:pk>/ecarter/", findings.flag_dismiss, name="flag_dismiss"),
    path("vigilance/<int:pk>/rouvrir/", findings.flag_reopen, name="flag_reopen"),
    path("vigilance/<int:pk>/rappel/", reminders.flag_remind, name="flag_remind"),
    path("balises/", catalogue.guidelines, name="guidelines"),
    path("balises/<slug:code>/", catalogue.guideline, name="guideline"),
]
