"""The mentors whom one supports: their training, their approach, their load."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.access import mentor_of, mentor_to_run, mentor_to_train
from mentoring.actions.becoming import lacks_role, make_mentor
from mentoring.actions.mentors import add_training, correct_mentor
from mentoring.forms.mentors import BecomingForm, MentorForm, TrainingForm
from mentoring.gate import readiness
from mentoring.models import Dyad, Mentor, MentorApproach, StyleSelfAssessment, Training
from mentoring.numbers import TRAINING_MINUTES
from people.access import Role
from people.apart import tell_apart
from people.doors import person_to_keep
from people.models import Student, User
from people.models.base import active_on
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import page, posted, succeeded
from programs.numbers import in_force
from programs.views.gestures import undo_made

PAGE = 25
SUPPORTERS = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.TRAINER)


@require_safe
def mentors(request: PersonRequest) -> HttpResponse:
    """The mentors whose training one may record, a page at a time."""
    user, on = request.user, request.user.local_date()
    require_role(user, *SUPPORTERS)
    rows = (
        Mentor.objects.trainable_by(user)
        .select_related("person__school")
        .with_training(on)
        .annotate(open_dyads=Count("dyads", filter=active_on(on, prefix="dyads__"), distinct=True))
        .filter(Q(person__is_active=True) | Q(open_dyads__gt=0))  # who left is shown as long as a dyad waits
    )
    listed = Paginator(rows.order_by("person__name_key", "pk"), PAGE).get_page(request.GET.get("page"))
    tell_apart(listed)
    goal = in_force(user.board_id, on).worth(TRAINING_MINUTES)
    return render(request, "mentoring/mentors.html", {"listed": listed, "goal": goal})


@require_safe
def mentor(request: PersonRequest, pk: int) -> HttpResponse:
    """One mentor: training, approach, the dyads that the reader sees, findings; style for themself and trainers."""
    user, on = request.user, request.user.local_date()
    shown = mentor_of(user, pk)
    trainings = list(Training.objects.visible_to(user).filter(person=shown.person_id).order_by("-completed_on", "-pk"))
    initial = [one.minutes for one in trainings if one.kind == Training.Kind.INITIAL and one.completed_on <= on]
    seen = Dyad.objects.visible_to(user).open_on(on).filter(mentor=shown)
    goal = in_force(shown.person.board_id, on).worth(TRAINING_MINUTES)
    context = {
        "mentor": shown,
        "ready": readiness([shown], on, goal=goal)[0],
        "keeps": User.objects.managed_by(user).filter(pk=shown.person_id).exists(),
        "is_self": shown.person_id == user.pk,
        "trainings": trainings,
        "minutes": sum(initial),
        "goal": goal,
        "approach": MentorApproach.objects.visible_to(user).filter(mentor=shown, on__lte=on).last(),
        "reads_style": shown.person_id == user.pk or user.access.holds(Role.TRAINER),
        "style": StyleSelfAssessment.objects.visible_to(user).filter(mentor=shown, on__lte=on).last(),
        "dyads": tell_apart(seen.with_people()),
        "reads_dyads": shown.person_id == user.pk or user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER),
        "may_train": Mentor.objects.trainable_by(user).filter(pk=pk).exists(),
        "may_run": Mentor.objects.run_by(user).filter(pk=pk).exists(),
    }
    return render(request, "mentoring/mentor.html", context)


@require_http_methods(["GET", "POST"])
def training_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Record a training that a mentor completed."""
    shown, on = mentor_to_train(request.user, pk), request.user.local_date()
    form = TrainingForm(posted(request), days=[on], on=on, initial={"kind": Training.Kind.INITIAL})
    if form.is_valid():
        try:
            training = add_training(mentor=shown, person=request.user, on=on, **form.facts())
        except ValidationError as refusal:
            if getattr(refusal, "code", "") == "same":
                # A double press, most often: it is there, which is what was wanted.
                messages.info(request, " ".join(refusal.messages))
                return redirect("mentor", pk)
            form.refuse(refusal)
        else:
            messages.success(request, _("La formation est inscrite."), extra_tags=undo_made(training))
            return redirect("mentor", pk)
    back = reverse("mentor", args=[pk])
    return page(request, "mentoring/training_new.html", form, person=shown.person, back=back)


@require_http_methods(["GET", "POST"])
def mentor_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say who the mentor is, and the birth dates that an older peer's age is read against."""
    shown, on = mentor_to_run(request.user, pk), request.user.local_date()
    students = Student.objects.visible_to(request.user).filter(
        dyads__in=Dyad.objects.visible_to(request.user).open_on(on).filter(mentor=shown)
    )
    initial = {"kind": shown.kind, "birth_date": shown.birth_date}
    form = MentorForm(posted(request), students=list(students.distinct()), initial=initial)
    form.watch(shown, *form.students, back=reverse("mentor", args=[pk]))

    def correct() -> object:
        said = {name: form.cleaned_data[name] for name in ("kind", "birth_date")}
        return correct_mentor(mentor=shown, person=request.user, on=on, births=form.births(), **said)

    if succeeded(form, correct):
        messages.success(request, _("Les renseignements sont enregistrés."))
        return redirect("mentor", pk)
    return page(request, "mentoring/mentor_edit.html", form, mentor=shown)


@require_http_methods(["GET", "POST"])
def person_mentor(request: PersonRequest, pk: int) -> HttpResponse:
    """Make somebody a mentor."""
    user, on = request.user, request.user.local_date()
    shown = person_to_keep(user, pk)
    form = BecomingForm(posted(request))
    if succeeded(form, lambda: make_mentor(adult=shown, person=user, on=on, **form.cleaned_data)):
        messages.success(request, _("La fiche de mentorat est ouverte."))
        return redirect("person", pk)
    gives_role = lacks_role(shown, on) and shown.pk != user.pk
    return page(request, "mentoring/person_mentor.html", form, person=shown, gives_role=gives_role)
