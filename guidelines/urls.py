from django.urls import path

from guidelines.views import batches, catalogue, endings, findings, following, health, reminders, settings, vigilance

urlpatterns = [
    path("vigilance/", vigilance.vigilance, name="vigilance"),
    path("vigilance/filtrer/", vigilance.vigilance_filter, name="vigilance_filter"),
    path("vigilance/lot/", batches.flags_choose, name="flags_choose"),
    path("vigilance/lot/<uuid:batch>/", batches.flags_decide, name="flags_decide"),
    path("vigilance/lot/<uuid:batch>/annuler/", batches.flags_undo, name="flags_undo"),
    path("vigilance/donnees-insuffisantes/", vigilance.not_assessed, name="not_assessed"),
    path("vigilance/relations-terminees/", endings.ended_relations, name="ended_relations"),
    path("dyades/<int:pk>/revoir-la-fin/", endings.dyad_ending, name="dyad_ending"),
    path("vigilance/<int:pk>/", findings.flag, name="flag"),
    path("vigilance/<int:pk>/prendre-en-charge/", findings.flag_take, name="flag_take"),
    path("vigilance/<int:pk>/charge/", findings.flag_charge, name="flag_charge"),
    path("vigilance/<int:pk>/reporter/", findings.flag_snooze, name="flag_snooze"),
    path("vigilance/<int:pk>/ecarter/", findings.flag_dismiss, name="flag_dismiss"),
    path("vigilance/<int:pk>/rouvrir/", findings.flag_reopen, name="flag_reopen"),
    path("vigilance/<int:pk>/rappel/", reminders.flag_remind, name="flag_remind"),
    path("programmes/<int:pk>/balises/", following.program_guidelines, name="program_guidelines"),
    path("programmes/<int:pk>/balises/etape/<int:number>/", following.program_step, name="program_step"),
    path("programmes/<int:pk>/balises/<slug:code>/", following.program_guideline, name="program_guideline"),
    path("balises/", catalogue.guidelines, name="guidelines"),
    path("balises/sante/", health.guidelines_health, name="guidelines_health"),
    path("balises/<slug:code>/", catalogue.guideline, name="guideline"),
    path("balises/<slug:code>/essayer/", settings.guideline_try, name="guideline_try"),
    path("balises/<slug:code>/appliquer/", settings.guideline_set, name="guideline_set"),
]
