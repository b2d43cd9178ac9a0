"""Log the contacts and the reviews of a group, and take an entry back."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from people.models import Guardian, Student
from people.requests import PersonRequest
from programs import actions
from programs.days import day_chips, recent_days, weeks_to_choose
from programs.forms import OTHER, FamilyContactForm, ReviewForm, StudentContactForm
from programs.models import FamilyContact, GroupReview, LoggedRecord, StudentContact, SupportGroup
from programs.ties import to_choose, whole_review_words
from programs.views.doors import loggable_group, page, posted, posted_day

NOTE = ("entry_uuid", "note", "note_level")


@require_http_methods(["GET", "POST"])
def group_contact(request: PersonRequest, pk: int) -> HttpResponse:
    """Log an individual moment with one or several students of the group."""
    group, on = loggable_group(request.user, pk), request.user.local_date()
    days = recent_days(group, on)
    members, hints = to_choose(
        StudentContact, group, posted_day(request) or on, on, _("contact le %(day)s"), _("pas encore cette étape")
    )
    initial = {"day": days[0].isoformat() if days else OTHER, "students": [request.GET.get("eleve", "")]}
    form = StudentContactForm(posted(request), days=day_chips(days, on), members=members, hints=hints, initial=initial)
    form.offer_weeks(weeks_to_choose(group, on))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            rows = actions.log_student_contacts(
                group=group, students=_chosen(members, said), met_on=said["met_on"],
                channel=said["channel"], minutes=said["how_long"], person=request.user, on=on, second=said["second"],
                **{name: said[name] for name in NOTE},
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            words = ngettext(
                "Contact enregistré avec %(n)s élève.", "Contacts enregistrés avec %(n)s élèves.", len(rows)
            )
            return _saved(request, group, words % {"n": len(rows)}, said["entry_uuid"], "contact", *rows)
    return page(request, "programs/contact.html", form, group=group)


@require_http_methods(["GET", "POST"])
def group_family(request: PersonRequest, pk: int) -> HttpResponse:
    """Log a contact with a student's family, or an attempt."""
    group, on = loggable_group(request.user, pk), request.user.local_date()
    days = recent_days(group, on)
    members, hints = to_choose(
        FamilyContact, group, posted_day(request) or on, on, _("jointe le %(day)s"), _("pas encore cette étape")
    )
    guardians = Guardian.objects.visible_to(request.user).filter(student__in=[row.pk for row in members])
    initial = {"day": days[0].isoformat() if days else OTHER, "students": [request.GET.get("eleve", "")]}
    form = FamilyContactForm(
        posted(request), days=day_chips(days, on), members=members, hints=hints, guardians=guardians, initial=initial
    )
    form.offer_weeks(weeks_to_choose(group, on))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            rows = actions.log_family_contacts(
                group=group, students=_chosen(members, said), met_on=said["met_on"], person=request.user, on=on,
                **{name: said[name] for name in ("guardian", "channel", "outcome", "second", *NOTE)},
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            words = ngettext(
                "Contact avec la famille enregistré.", "Contacts avec %(n)s familles enregistrés.", len(rows)
            )
            return _saved(request, group, words % {"n": len(rows)}, said["entry_uuid"], "famille", *rows)
    return page(request, "programs/family.html", form, group=group)


@require_http_methods(["GET", "POST"])
def group_review(request: PersonRequest, pk: int) -> HttpResponse:
    """Look back at the group as a whole, or at one student."""
    group, on = loggable_group(request.user, pk), request.user.local_date()
    days = recent_days(group, on)
    members, hints = to_choose(
        GroupReview, group, posted_day(request) or on, on, _("bilan le %(day)s"), _("à faire cette étape")
    )
    initial = {"day": days[0].isoformat() if days else OTHER, "about": request.GET.get("eleve")}
    form = ReviewForm(
        posted(request), days=day_chips(days, on), members=members, hints=hints,
        whole_hint=whole_review_words(group, on), initial=initial,
    )  # fmt: skip
    form.offer_weeks(weeks_to_choose(group, on))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        names = ("tie", "intensity", "functions", "evolution", "fit", *NOTE)
        student = _one(members, said["about"]) if said["student_id"] else None
        try:
            row = actions.log_review(
                group=group, student=student, met_on=said["met_on"], person=request.user, on=on,
                **{name: said[name] for name in names},
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            return _saved(request, group, _("Bilan enregistré."), said["entry_uuid"], "bilan-groupe", row)
    return page(request, "programs/review.html", form, group=group)


@require_POST
def group_entry_undo(request: PersonRequest, pk: int, entry_uuid: uuid.UUID) -> HttpResponse:
    """Take back what one form wrote; a second press does no harm."""
    group = loggable_group(request.user, pk)
    try:
        undone = actions.undo_entry(
            group=group, entry_uuid=entry_uuid, person=request.user, on=request.user.local_date()
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("group", group.pk)
    if undone:
        messages.info(request, _("Groupe %(name)s\u00a0: l’entrée est retirée.") % {"name": group.name})
    else:
        messages.info(request, _("Groupe %(name)s\u00a0: cette entrée était déjà retirée.") % {"name": group.name})
    return redirect("group", group.pk)


def _chosen(members: list[Student], said: dict[str, Any]) -> list[Student]:
    chosen = {int(number) for number in said["students"]}
    return [row for row in members if row.pk in chosen]


def _one(members: list[Student], number: str) -> Student:
    return next(row for row in members if row.pk == int(number))


def _saved(
    request: PersonRequest, group: SupportGroup, words: str, entry_uuid: uuid.UUID, kind: str, *rows: LoggedRecord
) -> HttpResponse:
    """Say how to take it all back; and, when it is one record, where to correct it."""
    tags = f"undo:{reverse('group_entry_undo', args=[group.pk, entry_uuid])}"
    if len(rows) == 1:
        tags += f"|edit:{reverse('record_edit', args=[kind, rows[0].pk])}"
    messages.success(request, words, extra_tags=tags)
    return redirect("group", group.pk)
