"""« Conservation »: how long each kind of record is kept, what will go, and making it go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import Role
from people.actions.nights import SAID, set_plan
from people.models import Destruction
from people.models.privacy import READERS
from people.privacy.destruction import destroy, due, held_back
from people.privacy.durations import durations, words_of
from people.privacy.forms import DestructionForm, RetentionForm
from people.privacy.plan import night_of, ours, plan_of
from people.requests import PersonRequest
from people.shortcuts import own_board
from people.views.forms import done, page, posted

LATEST = 50


@require_safe
def retention(request: PersonRequest) -> HttpResponse:
    """What would go today and within a year, how long everything is kept, and what has gone."""
    user = request.user
    board = own_board(user, *READERS)
    on = user.local_date()
    gone = Destruction.objects.visible_to(user).select_related("done_by")[:LATEST]
    plan = plan_of(board)
    lines = due(board, on, plan)
    context = {
        "due": lines,
        "now": sum(line.now for line in lines),
        "held_back": held_back(board, on, plan),
        "durations": durations(plan),
        "plan": plan,
        "night": night_of(plan),
        "register": [(row, words_of(row.kind)) for row in gone],
        "keeps": user.access.holds(Role.PRIVACY_OFFICER),
    }
    return render(request, "people/retention.html", context)


@require_http_methods(["GET", "POST"])
def retention_destroy(request: PersonRequest) -> HttpResponse:
    """Say what would go, kind by kind; once the privacy officer has read it, make it go, for good."""
    user, on = request.user, request.user.local_date()
    board = own_board(user, Role.PRIVACY_OFFICER)
    lines = [line for line in due(board, on, plan_of(board)) if line.now]
    form = DestructionForm(posted(request), seen=sum(line.now for line in lines))
    made = done(form, lambda: (destroy(board=board, person=user, on=on),))
    if made is not None:
        messages.success(request, _("C’est fait, et inscrit au registre des destructions."))
        return redirect("retention")
    if not lines and request.method == "GET":
        messages.info(request, _("Rien n’a atteint sa durée de conservation\u00a0: il n’y a rien à détruire."))
        return redirect("retention")
    return page(request, "people/retention_destroy.html", form, due=lines)


@require_http_methods(["GET", "POST"])
def retention_plan(request: PersonRequest) -> HttpResponse:
    """For how many years the board keeps what, and whether the night destroys: the privacy officer says so, and why."""
    user, on = request.user, request.user.local_date()
    board = own_board(user, Role.PRIVACY_OFFICER)
    plan = plan_of(board)
    form = RetentionForm(posted(request), initial={name: getattr(plan, name, None) for name in SAID}, ours=ours())
    if plan is not None:
        form.watch(plan, back=reverse("retention"))

    def change() -> object:
        reason = form.cleaned_data["reason"]
        return set_plan(board=board, person=user, on=on, reason=reason, said=form.said())

    if done(form, change):
        messages.success(request, _("Les durées de votre organisme sont enregistrées."))
        return redirect("retention")
    return page(request, "people/retention_plan.html", form)
