"""« Renseignements personnels »: the privacy officer's desk."""

from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people.access import Role
from people.apart import tell_apart
from people.models import User
from people.models.names import sought
from people.models.privacy import READERS
from people.privacy.journal import known_students
from people.requests import PersonRequest
from people.shortcuts import require_role


class Desk(NamedTuple):
    """A page of the desk."""

    name: str
    icon: str
    verb: Promise
    help: Promise

    @property
    def url(self) -> str:
        return reverse(self.name)


PAGES = (
    Desk("journal", "eye", _("Journal"), _("Qui a ouvert, inscrit, changé, importé ou emporté quoi, et pourquoi")),
    Desk("incidents", "exclamation-circle", _("Incidents de confidentialité"), _("Le registre que demande la loi")),
    Desk("consents", "check-circle-fill", _("Consentements"), _("En vigueur, retirés ou manquants")),
    Desk("retention", "hourglass-split", _("Conservation"), _("Ce qui arrive à son terme, et ce qui a été détruit")),
    Desk("confidentiality", "file-earmark-text", _("Confidentialité"), _("Le texte que tout le monde peut lire")),
)
MOST = 20


@require_http_methods(["GET", "POST"])
def privacy(request: PersonRequest) -> HttpResponse:
    """What the desk holds, page by page; a person is sought by POST, so that no address says a name."""
    user = request.user
    require_role(user, *READERS)
    officer = user.access.holds(Role.PRIVACY_OFFICER)
    context: dict[str, Any] = {"pages": PAGES, "officer": officer}
    if request.method == "POST":
        context |= _found(user, request.POST.get("q", ""))
    return render(request, "people/privacy.html", context)


def _found(user: User, typed: str) -> dict[str, Any]:
    """Adults of the board, and students to whoever may know them, who have that name."""
    words = typed.replace("\0", "").strip()[:100]
    if not words:
        return {"q": "", "sought": True}
    by_name = sought(words, "name_key")
    return {
        "q": words,
        "sought": True,
        "adults": tell_apart(User.objects.visible_to(user).filter(by_name, board=user.board_id)[:MOST]),
        "students": tell_apart(known_students(user).filter(by_name).select_related("school")[:MOST]),
    }
