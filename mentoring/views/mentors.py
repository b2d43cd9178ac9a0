"""The mentors whom one supports: their training, their approach, their load."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentoring import actions
from mentoring.forms import MentorForm, TrainingForm
from mentoring.models import Dyad, Mentor, MentorApproach, StyleSelfAssessment, Training
from mentoring.portrait import TRAINING_MINUTES
from mentoring.views.doors import mentor_of, mentor_to_run, mentor_to_train
from people.access import Role
from people.models import Student
from people.models.base import active_on
from people.requests import PersonRequest

PAGE = 25
SUPPORTERS = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.TRAINER)


def mentors(request: PersonRequest) -> HttpResponse:
    """The mentors whose training one may record, a page at a time."""
    user, on = request.user, request.user.local_date()
    if not user.access.holds(*SUPPORTERS):
        raise PermissionDenied
    rows = (
        Mentor.objects.trainable_by(user)
        .filter(person__is_active=True)
        .select_related("person__school")
        .with_training(on)
        .annotate(open_dyads=Count("dyads", filter=active_on(on, prefix="dyads__"), distinct=True))
    )
    rows = rows.order_by("person__family_name", "person__given_name", "pk")
    listed = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/mentors.html", {"listed": listed, "goal": TRAINING_MINUTES})


def mentor(request: PersonRequest, pk: int) -> HttpResponse:
    """One mentor: training, approach, the dyads that the reader sees, findings; style for themself and trainers."""
    user, on = request.user, request.user.local_date()
    shown = mentor_of(user, pk)
    trainings = list(Training.objects.visible_to(user).filter(person=shown.person_id).order_by("-completed_on", "-pk"))
    initial = [one.minutes for one in trainings if one.kind == Training.Kind.INITIAL and one.completed_on <= on]
    seen = Dyad.objects.visible_to(user).open_on(on).filter(mentor=shown)
    page = {
        "mentor": shown,
        "is_self": shown.person_id == user.pk,
        "trainings": trainings,
        "minutes": sum(initial),
        "goal": TRAINING_MINUTES,
        "approach": MentorApproach.objects.visible_to(user).filter(mentor=shown, on__lte=on).last(),
        "reads_style": shown.person_id == user.pk or user.access.holds(Role.TRAINER),
        "style": StyleSelfAssessment.objects.visible_to(user).filter(mentor=shown, on__lte=on).last(),
        "dyads": seen.with_people(),
        "reads_dyads": shown.person_id == user.pk or user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER),
        "may_train": Mentor.objects.trainable_by(user).filter(pk=pk).exists(),
        "may_run": Mentor.objects.run_by(user).filter(pk=pk).exists(),
    }
    return render(request, "mentoring/mentor.html", page)


def training_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Record a training that a mentor completed."""
    shown, on = mentor_to_train(request.user, pk), request.user.local_date()
    initial = {"entry_uuid": uuid.uuid4(), "day": on.isoformat(), "kind": Training.Kind.INITIAL}
    form = TrainingForm(_posted(request), on=on, initial=initial)
    if form.is_valid():
        try:
            actions.add_training(mentor=shown, person=request.user, on=on, **form.facts())
        except ValidationError as refusal:
            if getattr(refusal, "code", "") == "same":
                # A double press, most often: it is there, which is what was wanted.
                messages.info(request, " ".join(refusal.messages))
                return redirect("mentor", pk)
            form.refuse(refusal)
        else:
            messages.success(request, _("La formation est inscrite."))
            return redirect("mentor", pk)
    page = {"form": form, "mentor": shown}
    return render(request, "mentoring/training_new.html", page, status=422 if form.is_bound else 200)


def mentor_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say who the mentor is, and the birth dates that an older peer's age is read against."""
    shown, on = mentor_to_run(request.user, pk), request.user.local_date()
    students = Student.objects.visible_to(request.user).filter(
        dyads__in=Dyad.objects.visible_to(request.user).open_on(on).filter(mentor=shown)
    )
    initial = {"kind": shown.kind, "birth_date": shown.birth_date}
    form = MentorForm(_posted(request), students=list(students.distinct()), initial=initial)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("kind", "birth_date")}
        try:
            actions.correct_mentor(mentor=shown, person=request.user, on=on, births=form.births(), **said)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Les renseignements sont enregistrés."))
            return redirect("mentor", pk)
    page = {"form": form, "mentor": shown}
    return render(request, "mentoring/mentor_edit.html", page, status=422 if form.is_bound else 200)


def _posted(request: PersonRequest) -> Any:
    return request.POST if request.method == "POST" else None
