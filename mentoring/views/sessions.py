"""A training session, entered once for all who followed it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mentoring.actions.mentors import Session, add_session
from mentoring.forms.sessions import SessionForm
from mentoring.gestures import TrainingSessionMade
from mentoring.models import Training
from mentoring.sessions import trainees_of
from mentoring.views.mentors import SUPPORTERS
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, number, page, posted


@require_http_methods(["GET", "POST"])
def training_session(request: PersonRequest) -> HttpResponse:
    """One session and all who followed it; with ``?ecole=``, of another school."""
    user, on = request.user, request.user.local_date()
    require_role(user, *SUPPORTERS)
    whom = trainees_of(user, on, number(request.GET.get("ecole")))
    form = SessionForm(posted(request), whom=whom, days=[on], on=on, initial={"kind": Training.Kind.INITIAL})
    if form.is_bound and (sent := list(Training.objects.visible_to(user).filter(session=form.uuid_to_send))):
        _say(request, Session(sent, []))
        return redirect("mentors")

    def enter() -> Session:
        said = {"people": form.cleaned_data["people"], "session": form.cleaned_data["entry_uuid"]}
        return add_session(**said, **form.facts(), person=user, on=on)

    if entered := done(form, enter):
        _say(request, entered)
        return redirect("mentors")
    return page(request, "mentoring/training_session.html", form, whom=whom)


def _say(request: PersonRequest, entered: Session) -> None:
    n = len(entered.added)
    words = ngettext(
        "La formation est inscrite pour une personne.", "La formation est inscrite pour %(n)s personnes.", n
    )
    undo = reverse("made_undo", args=[TrainingSessionMade.slug, entered.added[0].pk])
    messages.success(request, words % {"n": n}, extra_tags=f"undo:{undo}")
    if entered.already:
        names = ", ".join(map(str, entered.already))
        words = _("Déjà inscrite ce jour-là, donc pas une deuxième fois\u00a0: %(names)s.")
        messages.info(request, words % {"names": names})
