"""A page that shows every part of the screens, for tests only: used as ROOT_URLCONF it adds /planche/ and /saisie/."""

from datetime import date, time, timedelta
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from accompagnement.urls import urlpatterns as project
from programs.calendars.periods import WeekCell, WeekState

START, DAY = date(2026, 9, 14), date(2026, 11, 23)
NAMES = ["Amélie Côté", "Bilal Haddad", "Chloé Gagnon", "David Tremblay", "Élodie Roy", "Félix Bouchard"]
ENTRY = """{% extends "entry.html" %}{% load ui %}{% block title %}Groupe{% endblock %}
{% block heading %}Groupe Tremplin{% endblock %}{% block lead %}Rencontre prévue à 14 h 30, local C-108{% endblock %}
{% block back %}<a href="/">Ma semaine</a>{% endblock %}
{% block content %}<div class="entry-columns"><div>{% chips form.day %}{% chips form.minutes %}</div>
{% attendance_chips form.absent %}</div>{% endblock %}
{% block save_status %}{% attendance_count form.absent %}{% endblock %}"""


class SheetForm(forms.Form):
    day = forms.ChoiceField(label="Quand", choices=[("a", "Aujourd’hui"), ("b", "Jeudi"), ("other", "Autre date")])
    other = forms.DateField(label="Autre date", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    minutes = forms.TypedChoiceField(
        label="Durée", help_text="en minutes", choices=[(n, n) for n in (10, 25, 40, 60)], coerce=int
    )
    absent = forms.MultipleChoiceField(
        choices=list(enumerate(NAMES)), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="Motif", required=False, help_text="Une phrase suffit.")
    on = forms.DateField(label="Date", error_messages={"required": "Indiquez la date"})
    kind = forms.ChoiceField(label="Type", choices=[("x", "Tous")])
    sure = forms.BooleanField(label="J’ai relu", required=False)
    way = forms.ChoiceField(label="Canal", choices=[("p", "En personne"), ("v", "Par vidéo")], widget=forms.RadioSelect)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].hints = {"a": "lundi 23 nov.", "b": "19 nov."}


def cells() -> list[WeekCell]:
    begun = "outside outside met met met met met excused met missed missed pending running"
    states = f"{begun} to_come to_come to_come no_class no_class"
    monday, found = date(2026, 8, 31), []
    for number, state in enumerate(states.split()):
        held = 2 if number == 4 else int(state == "met")
        found.append(WeekCell(monday, monday + timedelta(7), monday, monday + timedelta(4), WeekState(state), held))
        monday += timedelta(7)
    return found


def context() -> dict[str, object]:
    form = SheetForm({"minutes": "25", "absent": ["2"], "day": "a"}, initial={"day": "a"})
    return {
        "sheet": form,
        "cells": cells(),
        "few": cells()[5:13],
        "day": DAY,
        "start": START,
        "old": date(2026, 4, 6),
        "pause": date(2026, 10, 20),
        "end": date(2027, 6, 24),
        "ended": date(2026, 10, 31),
        "hour": time(14, 30),
    }


def sheet(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string((Path(__file__).parent / "sheet.html").read_text())
    return HttpResponse(page.render(context(), request))


def entry(request: HttpRequest) -> HttpResponse:
    form = (
        SheetForm({"day": "a"})
        if "erreur" in request.GET
        else SheetForm(initial={"day": "a", "minutes": 25, "absent": ["2"]})
    )
    status = 422 if form.errors else 200
    return HttpResponse(engines["django"].from_string(ENTRY).render({"form": form}, request), status=status)


urlpatterns = [*project, path("planche/", sheet), path("saisie/", entry)]
