"""What is asked at the doors of a board, and a new start for who lost their second factor."""

from typing import Any

from allauth.mfa.base.views import IndexView
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.access import Role
from people.actions.second_factor import reset_second_factor, set_sign_in_rules
from people.doors import person_to_keep
from people.requests import PersonRequest
from people.second_factor import must_set_up, without_one
from people.shortcuts import own_board
from people.sign_in_forms import ResetFactorForm, SignInRulesForm
from people.views.forms import page, posted, succeeded


class Factors(IndexView):  # type: ignore[misc]
    """One's own second factors; what to do first, for who can't go on without one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "must_set_up": must_set_up(self.request.user)}


@require_http_methods(["GET", "POST"])
def sign_in_rules(request: PersonRequest) -> HttpResponse:
    """Of which roles a second factor is asked, and how many people have none yet."""
    user, board = request.user, own_board(request.user, Role.BOARD_ADMIN)
    form = SignInRulesForm(posted(request), initial={"roles": board.asks_second_factor_of})
    form.watch(board, back=reverse("sign_in_rules"))
    if succeeded(form, lambda: set_sign_in_rules(board=board, person=user, **form.cleaned_data)):
        messages.success(request, _("Les règles de connexion sont enregistrées."))
        return redirect("sign_in_rules")
    waiting = without_one(board, on=user.local_date()).count()
    return page(request, "people/sign_in_rules.html", form, waiting=waiting, enforced=settings.SECOND_FACTOR_ENFORCED)


@require_http_methods(["GET", "POST"])
def person_second_factor(request: PersonRequest, pk: int) -> HttpResponse:
    """Say why, and let somebody set up another second factor."""
    shown = person_to_keep(request.user, pk)
    if shown.pk == request.user.pk:
        messages.info(request, _("Votre propre second facteur se règle dans «\u00a0Appareils et connexion\u00a0»."))
        return redirect("mfa_index")
    form = ResetFactorForm(posted(request))
    if succeeded(form, lambda: reset_second_factor(adult=shown, person=request.user, **form.cleaned_data)):
        messages.success(request, _("C’est fait\u00a0: la personne réglera un autre second facteur à sa connexion."))
        return redirect("person", pk)
    return page(request, "people/second_factor.html", form, person=shown)
