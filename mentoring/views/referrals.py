"""Referring a student to a mentoring programme: whom, why, since when; on screen and on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.access import programs_to_refer_to, referral_of, students_to_refer
from mentoring.actions.referrals import SAID, close_referral, correct_referral, refer_student
from mentoring.forms.wishes import ReferralForm, StudentSearchForm
from mentoring.models import Parting, Referral
from mentoring.rematch import ended_before, waits_until
from people.access import Role
from people.apart import tell_apart
from people.models.base import active_on
from people.models.names import sought
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, number, page, posted, succeeded
from programs.models import SupportGroup
from programs.numbers import in_force
from programs.views.gestures import undo_last, undo_made

REFERRERS = (Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
MOST = 60


@require_http_methods(["GET", "POST"])
def referral_choose(request: PersonRequest) -> HttpResponse:
    """Whom to refer: the students at hand, or those of a name; never a list of a whole school."""
    user, on = request.user, request.user.local_date()
    require_role(user, *REFERRERS)
    form = StudentSearchForm(posted(request))
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    rows = students_to_refer(user, on)
    if group := number(request.GET.get("groupe")):
        seen = SupportGroup.objects.visible_to(user).filter(pk=group)
        here = active_on(on, prefix="group_memberships__")
        rows = rows.filter(here, group_memberships__group__in=seen).distinct()
    found = list(rows.filter(sought(asked, "name_key")).select_related("school").order_by("name_key", "pk")[: MOST + 1])
    too_many = len(found) > MOST
    shown = tell_apart([] if too_many and not asked else found[:MOST])
    waiting = set(Referral.objects.visible_to(user).waiting(on).values_list("student", flat=True))
    context = {"form": form, "asked": asked, "students": shown, "too_many": too_many, "waiting": waiting}
    status = 422 if form.errors else 200
    return render(request, "mentoring/referral_choose.html", context | {"has_any": bool(found)}, status=status)


@require_http_methods(["GET", "POST"])
def referral_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Refer a student: needs, interests, languages, times."""
    user, on = request.user, request.user.local_date()
    if not user.access.holds(*REFERRERS):
        raise PermissionDenied
    student = get_object_or_404(students_to_refer(user, on).select_related("school"), pk=pk)
    programs = programs_to_refer_to(user, on).filter(school=student.school_id)
    form = ReferralForm(posted(request), programs=programs, initial={"referred_on": on, "wished_kind": ""})

    def refer() -> Referral:
        chosen = form.cleaned_data["program"]
        return refer_student(student=student, program=chosen, person=user, on=on, **form.said())

    if made := done(form, refer):
        said = _("La fiche est inscrite\u00a0: l’élève est sur la liste d’attente.")
        messages.success(request, said, extra_tags=undo_made(made))
        return redirect("referral", made.pk)
    return page(request, "mentoring/referral_form.html", form, student=student)


@require_safe
def referral(request: PersonRequest, pk: int) -> HttpResponse:
    """One referral, as it is printed too."""
    shown, on = referral_of(request.user, pk), request.user.local_date()
    waits = Referral.objects.visible_to(request.user).waiting(on).filter(pk=pk).exists()
    runs = Referral.objects.run_by(request.user).filter(pk=pk).exists()
    numbers = in_force(shown.program.board_id, on)
    ended = ended_before([shown.student_id], on).get(shown.student_id, [])[:1]
    context = {"referral": shown, "on": on, "waits": waits, "may_match": runs}
    parting = Parting.objects.visible_to(request.user).filter(dyad__in=[row.pk for row in ended]).first()
    context |= {"not_before": waits_until(ended, numbers, on), "parting": parting}
    return render(request, "mentoring/referral.html", context)


@require_http_methods(["GET", "POST"])
def referral_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say it better."""
    user, on = request.user, request.user.local_date()
    shown = referral_of(user, pk)
    programs = programs_to_refer_to(user, on).filter(pk=shown.program_id)
    initial = {name: getattr(shown, name) for name in (*SAID, "program")}
    form = ReferralForm(posted(request), programs=programs, initial=initial)
    form.fields["program"].disabled = True
    form.watch(shown, back=reverse("referral", args=[pk]))
    if succeeded(form, lambda: correct_referral(referral=shown, person=user, on=on, **form.said())):
        messages.success(request, _("La fiche est enregistrée."))
        return redirect("referral", pk)
    return page(request, "mentoring/referral_form.html", form, student=shown.student, referral=shown)


@require_POST
def referral_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a student off the list, without a dyad."""
    shown = referral_of(request.user, pk)
    if close_referral(referral=shown, person=request.user, on=request.user.local_date()):
        tags = undo_last(request.user, "demande-fermee", shown)
        messages.success(request, _("L’élève n’attend plus\u00a0: la fiche est fermée."), extra_tags=tags)
    else:
        messages.info(request, _("Cette fiche est déjà fermée."))
    return redirect("referral", pk)


@require_safe
def referral_blank(request: PersonRequest) -> HttpResponse:
    """The same on paper, to be filled by hand."""
    require_role(request.user, *REFERRERS)
    form = ReferralForm(programs=programs_to_refer_to(request.user, request.user.local_date()))
    fields = (form["wished_kind"], form["interests"], form["languages"])
    lists = [(field.label, [one.choice_label for one in field.subwidgets]) for field in fields]
    return render(request, "mentoring/referral_blank.html", {"blank": form, "lists": lists})
