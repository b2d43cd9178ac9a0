"""Programmes: what each says of itself, its contents, and the role of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import Role
from people.models import User
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, page, posted, succeeded
from programs import roles
from programs.actions.program_end import close_program
from programs.actions.programmes import (
    acknowledge_role,
    change_program,
    declare_activity,
    follow_calls,
    remove_activity,
    set_results,
    set_roles,
    start_program,
)
from programs.forms.calls import CallsForm, pace_of
from programs.forms.programmes import ActivityForm, ProgramEndForm, ProgramForm, ResultsForm, RolesForm, as_typed
from programs.gestures.kinds import made_of
from programs.models import Program, ProgramActivity, ProgramRole
from programs.models.programs import LOGGING_GRACE_DAYS
from programs.views.gestures import taken_back, undo_last, undo_made

PAGE = 25
READERS = (Role.RESOURCE_TEACHER, Role.MENTOR, Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.BOARD_ADMIN)


@require_safe
def programs(request: PersonRequest) -> HttpResponse:
    """The programmes that the person may see, a page at a time."""
    require_role(request.user, *READERS)
    rows = (
        Program.objects.visible_to(request.user).select_related("school").order_by("school__name_key", "name_key", "pk")
    )
    context = {
        "listed": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_start": roles.schools_to_open_in(request.user).exists(),
    }
    return render(request, "programs/programs.html", context)


@require_safe
def program(request: PersonRequest, pk: int) -> HttpResponse:
    """What a programme says of itself: structure, contents, roles, findings."""
    user, on = request.user, request.user.local_date()
    row = _program(user, pk)
    context = {
        "program": row,
        "is_group": row.domain == Program.Domain.GROUP,
        "forms_said": [label for value, label in Program.Form.choices if value in row.forms],
        "may_run": roles.may_run(user, row),
        "results": row.results.annotate(tied=Count("activities")),
        "activities": row.activities.select_related("result"),
        "readings": roles.readings(row, user, on),
    }
    return render(request, "programs/program.html", context)


@require_http_methods(["GET", "POST"])
def program_new(request: PersonRequest) -> HttpResponse:
    """Open a programme at a school that one runs."""
    user = request.user
    schools = roles.schools_to_open_in(user)
    if not schools.exists():
        raise PermissionDenied
    asked = (request.POST if request.method == "POST" else request.GET).get("domaine")
    domain = Program.Domain.MENTORING if asked == Program.Domain.MENTORING else Program.Domain.GROUP
    initial = {"cadence_unit": Program.CadenceUnit.WEEK, "logging_grace_days": LOGGING_GRACE_DAYS}
    form = ProgramForm(posted(request), domain=domain, schools=schools, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        new = start_program(
            school=said["school"], domain=domain, person=user, on=user.local_date(),
            entry_uuid=said["entry_uuid"], **form.facts(),
        )  # fmt: skip
        words = _("Le programme est ouvert. Dites ce qu’il vise et le rôle de chaque personne.")
        messages.success(request, words, extra_tags=undo_made(new))
        return redirect("program", new.pk)
    return page(request, "programs/program_form.html", form, program=None, domain=domain)


@require_http_methods(["GET", "POST"])
def program_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something else of a programme; its domain stays."""
    row = _program_to_run(request.user, pk)
    form = ProgramForm(posted(request), domain=row.domain, initial=as_typed(row))
    form.watch(row, back=reverse("program", args=[pk]))
    on = request.user.local_date()
    if done(form, lambda: change_program(program=row, person=request.user, on=on, **form.facts())):
        messages.success(request, _("Le programme est enregistré."))
        return redirect("program", row.pk)
    return page(request, "programs/program_form.html", form, program=row)


@require_http_methods(["GET", "POST"])
def program_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Close a programme: the page says what ends with it."""
    row, on = _program_to_run(request.user, pk), request.user.local_date()
    form = ProgramEndForm(posted(request), initial={"last_on": on})
    if now := done(form, lambda: close_program(program=row, person=request.user, on=on, **form.cleaned_data)):
        tags = undo_last(request.user, "programme-termine", now)
        messages.success(request, _("La fin du programme est enregistrée."), extra_tags=tags)
        return redirect("program", pk)
    return page(request, "programs/program_end.html", form, program=row)


@require_http_methods(["GET", "POST"])
def program_contents(request: PersonRequest, pk: int) -> HttpResponse:
    """What the programme is meant to bring, and the activities that it declares for it."""
    row = _program_to_run(request.user, pk)
    texts = "\n".join(result.text for result in row.results.all())
    form = ResultsForm(posted(request), initial={"results": texts})
    form.watch(row, *row.results.all(), back=reverse("program_contents", args=[pk]))
    on = request.user.local_date()

    def write() -> None:
        set_results(program=row, texts=form.cleaned_data["results"], person=request.user, on=on)

    if succeeded(form, write):
        messages.success(request, _("Les résultats attendus sont enregistrés."))
        return redirect("program_contents", row.pk)
    declared = row.activities.select_related("result")
    return page(request, "programs/contents.html", form, program=row, activities=declared)


@require_http_methods(["GET", "POST"])
def program_activity_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Declare an activity of the programme."""
    return _activity(request, _program_to_run(request.user, pk), None)


@require_http_methods(["GET", "POST"])
def program_activity_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something else of a declared activity."""
    activity = _activity_to_run(request.user, pk)
    return _activity(request, activity.program, activity)


@require_POST
def program_activity_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a declared activity away."""
    activity = _activity_to_run(request.user, pk)
    gesture = remove_activity(activity=activity, person=request.user, on=request.user.local_date())
    return taken_back(request, made_of(ProgramActivity), gesture)


@require_http_methods(["GET", "POST"])
def program_roles(request: PersonRequest, pk: int) -> HttpResponse:
    """The role and the limits of each actor."""
    row = _program_to_run(request.user, pk)
    form = RolesForm(posted(request), program=row)
    form.watch(row, *row.roles.all(), back=reverse("program", args=[pk]))
    on = request.user.local_date()
    if succeeded(form, lambda: set_roles(program=row, texts=form.texts(), person=request.user, on=on)):
        messages.success(request, _("Les rôles sont enregistrés."))
        return redirect("program", row.pk)
    return page(request, "programs/roles.html", form, program=row)


@require_http_methods(["GET", "POST"])
def program_calls(request: PersonRequest, pk: int) -> HttpResponse:
    """Whether a mentoring programme follows support calls, and at which pace."""
    row, on = _program_to_run(request.user, pk), request.user.local_date()
    if row.domain != Program.Domain.MENTORING:
        raise Http404
    form = CallsForm(posted(request), initial=pace_of(row, on))
    form.watch(row, back=reverse("program", args=[pk]))
    if done(form, lambda: follow_calls(program=row, person=request.user, on=on, **form.facts())):
        messages.success(request, _("Le suivi des appels de soutien est enregistré."))
        return redirect("program", row.pk)
    return page(request, "programs/calls.html", form, program=row)


@require_POST
def role_acknowledge(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that one has read and accepted one's own role."""
    user, on = request.user, request.user.local_date()
    role = get_object_or_404(ProgramRole.objects.visible_to(user).select_related("program"), pk=pk)
    if role.actor not in roles.actors_of(user, role.program, on):
        raise PermissionDenied
    try:
        acknowledge_role(role=role, person=user, on=on)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Merci\u00a0: vous avez pris connaissance de votre rôle."))
    return redirect("program", role.program_id)


def _activity(request: PersonRequest, row: Program, known: ProgramActivity | None) -> HttpResponse:
    names = ("name", "content", "theme", "format", "result")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = ActivityForm(posted(request), results=row.results.all(), initial=initial)
    if known:
        form.watch(known, back=reverse("program_contents", args=[row.pk]))
    on = request.user.local_date()

    def declare() -> ProgramActivity:
        return declare_activity(program=row, activity=known, person=request.user, on=on, **form.cleaned_data)

    if said := done(form, declare):
        messages.success(request, _("L’activité est enregistrée."), extra_tags="" if known else undo_made(said))
        return redirect("program_contents", row.pk)
    return page(request, "programs/activity.html", form, program=row, known=known)


def _program(user: User, pk: int) -> Program:
    return get_object_or_404(Program.objects.visible_to(user).select_related("school"), pk=pk)


def _program_to_run(user: User, pk: int) -> Program:
    row = _program(user, pk)
    if not roles.may_run(user, row):
        raise PermissionDenied
    return row


def _activity_to_run(user: User, pk: int) -> ProgramActivity:
    activity = get_object_or_404(ProgramActivity.objects.visible_to(user).select_related("program"), pk=pk)
    if not roles.may_run(user, activity.program):
        raise PermissionDenied
    return activity
