"""Invite one person, or many at once; where no mail server is named, the links are shown once to who invites."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from people.access import Role
from people.actions.accounts import invite
from people.doors import person_to_keep
from people.invitations import has_mail_server, token
from people.models import Invitation, User
from people.person_forms import InviteForm
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import posted

LINKS = "invitation_links"
MOST = 200


@require_POST
def person_invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Invite, or invite again: the former link serves no more."""
    shown = person_to_keep(request.user, pk)
    if not shown.email or not shown.is_active:
        messages.warning(request, _("Pour inviter cette personne, il faut un courriel et un compte ouvert."))
    else:
        send(request, [shown])
    return redirect("person", pk)


@require_http_methods(["GET", "POST"])
def people_invite(request: PersonRequest) -> HttpResponse:
    """Those who have an address and never came in: invite the ones that are ticked."""
    user, now = request.user, timezone.now()
    require_role(user, Role.SCHOOL_MANAGER, Role.BOARD_ADMIN)
    waiting = User.objects.managed_by(user).filter(is_active=True, email__isnull=False, last_login__isnull=True)
    form = InviteForm(posted(request), waiting=waiting)
    if form.is_valid():
        send(request, form.cleaned_data["person"])
        return redirect("people_invite")
    invited = dict(
        Invitation.objects.visible_to(user).open_at(now).filter(person__in=waiting).values_list("person", "expires_at")
    )
    rows = [(one, invited.get(one.pk)) for one in waiting.select_related("school")[:MOST]]
    links = request.session.pop(LINKS, {})
    shown = {one.pk: one for one in User.objects.managed_by(user).filter(pk__in=links)}
    context = {
        "rows": rows,
        "links": [(shown[int(pk)], link) for pk, link in links.items() if int(pk) in shown],
        "form": form,
    }
    return render(request, "people/invite.html", context, status=422 if form.is_bound else 200)


def send(request: PersonRequest, people: Iterable[User]) -> None:
    """Invite these people, and say what became of it."""
    invitations = invite(people=people, person=request.user, at=timezone.now())
    said = {"n": len(invitations)}
    if not invitations:
        return
    if has_mail_server():
        words = ngettext("L’invitation part par courriel.", "%(n)s invitations partent par courriel.", len(invitations))
        messages.success(request, words % said)
        return
    links = {str(one.person_id): request.build_absolute_uri(_address(one)) for one in invitations}
    request.session[LINKS] = request.session.get(LINKS, {}) | links
    if len(invitations) > 1:
        words = _(
            "Aucune messagerie n’est configurée\u00a0: %(n)s liens sont à transmettre, dans «\u00a0Inviter\u00a0»."
        )
        messages.warning(request, words % said)


def _address(invitation: Invitation) -> str:
    return reverse("invitation", args=[token(invitation)])
