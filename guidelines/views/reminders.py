"""« Envoyer un rappel »: what would leave, to whom, then the sending."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guidelines import reminders, tasks
from guidelines.models import Flag
from people.requests import PersonRequest


@require_http_methods(["GET", "POST"])
def flag_remind(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the reminder to the dyad's mentor as it would leave; POST sends it. For those who decide on the finding."""
    user, on = request.user, request.user.local_date()
    flag = get_object_or_404(Flag.objects.visible_to(user).with_subject().select_related("board"), pk=pk)
    if not Flag.objects.decidable_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    if request.method == "POST":
        try:
            message = reminders.remind(flag=flag, person=user, on=on)
        except reminders.NotSent as reason:
            return _page(request, flag, str(reason), status=422)
        transaction.on_commit(lambda: tasks.ring(message.pk))
        messages.success(request, _("Le rappel part dans la minute. Vous le retrouverez ici, avec son état."))
        return redirect("flag", pk)
    return _page(request, flag, reminders.obstacle(flag, person=user, on=on))


def _page(request: PersonRequest, flag: Flag, obstacle: str, status: int = 200) -> HttpResponse:
    user, on = request.user, request.user.local_date()
    letter = None if obstacle else reminders.reminder_letter(flag, person=user)
    context = {
        "flag": flag,
        "obstacle": obstacle,
        "letter": letter,
        "copies": reminders.copies(flag, person=user, on=on) if letter else [],
    }
    return render(request, "guidelines/remind.html", context, status=status)
