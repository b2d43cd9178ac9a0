"""What the browser sends while somebody types."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people import expired_forms
from people.actions.drafts import is_still_theirs, keep_draft
from people.drafts import SAVED, opened_form, typed
from people.requests import PersonRequest


@csrf_exempt  # the signed name that the form carries proves as much, and outlives a sign-in in another tab
@login_not_required
@require_POST
def draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed for who opened the form, and say so; also when the session ended meanwhile."""
    opened = opened_form(request.POST)
    signed_in = request.user.is_authenticated
    if opened is None:
        said = _("Cette page est ouverte depuis trop longtemps\u00a0: rechargez-la pour que la saisie soit gardée.")
        return JsonResponse({"said": said}, status=422)
    if signed_in and opened.person_id != request.user.pk:
        return JsonResponse({"said": _("Ce formulaire a été ouvert par une autre personne.")}, status=409)
    if opened.nonce in request.session.get(SAVED, []):
        return JsonResponse({"said": ""})
    if not signed_in and not is_still_theirs(opened):
        return JsonResponse({"said": _("Ce compte est fermé\u00a0: la saisie n’est pas gardée.")}, status=403)
    if not keep_draft(opened=opened, content=typed(request.POST)):
        return JsonResponse({"said": _("La saisie est trop longue pour un brouillon.")}, status=413)
    if not signed_in:
        said = _("Votre session a pris fin. Votre saisie est gardée\u00a0: enregistrez pour vous reconnecter.")
        return JsonResponse({"said": said}, status=401)
    return JsonResponse({"said": render_to_string("people/draft_kept.txt", {"at": timezone.now()}).strip()})


@require_POST
def draft_discard(request: PersonRequest) -> HttpResponse:
    """« Repartir de zéro »: the same form, empty."""
    opened = opened_form(request.POST)
    if opened is None:
        return redirect("home")
    expired_forms.close(request, opened)
    return redirect(opened.address)
