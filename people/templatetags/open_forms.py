"""What an entry page carries so that nothing typed is lost: ``{% load open_forms %}``."""

from django import template
from django.conf import settings
from django.forms import Form
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.drafts import ANEW, TOKEN, OpenedForm, address_of, copy_key, draft_of, fill
from people.forms import ActionForm
from people.looking import look_of
from people.models import Draft
from people.stamps import STAMP

register = template.Library()
HIDDEN = '<input type="hidden" name="{}" value="{}">'


@register.simple_tag(takes_context=True)
def take_up_draft(context: template.Context) -> Draft | None:
    """Fill the page's form with what its reader had begun to type there; the draft, or None. One query.

    Whoever looks at somebody's screens sees nothing that is not said yet.
    """
    request, form = context.get("request"), context.get("form")
    if (
        request is None
        or look_of(request)
        or not request.user.is_authenticated
        or not isinstance(form, Form)
        or form.is_bound
    ):
        return None
    draft = draft_of(request.user, address_of(request))
    if draft is None:
        return None
    fill(form, draft.content, anew=ANEW in request.GET)
    if STAMP in draft.content:
        # What others saved since then must still come up when this is saved.
        if STAMP in context:
            context[STAMP] = draft.content[STAMP][0]
        elif isinstance(form, ActionForm) and form.stamp:
            form.stamp = draft.content[STAMP][0]
    return draft


@register.simple_tag(takes_context=True)
def opened_by(context: template.Context) -> SafeString:
    """The fields that say who opened the form, and which version it shows; before both versions, when there are two."""
    request, form = context["request"], context.get("form")
    opened = OpenedForm.by(request.user, request)
    said = format_html(HIDDEN, TOKEN, opened.token)
    return said + version_shown(form) if isinstance(form, ActionForm) else said


@register.simple_tag
def version_shown(form: ActionForm) -> SafeString:
    """The field that says which version a form shows, for one of several on a page; before both, when there are two."""
    said = format_html(HIDDEN, STAMP, form.stamp) if form.stamp else SafeString()
    if form.clash is not None:
        said += render_to_string("components/comparison.html", {"comparison": form.clash})
    return said


@register.simple_tag(takes_context=True)
def keeps_typing(context: template.Context) -> SafeString:
    """The attributes of a form whose typing is kept as one goes, and that is sent again after a cut."""
    words = {
        "hx-boost": "true",
        "entry": "",
        "drafts": reverse("draft_keep"),
        "copy-key": copy_key(context["request"].user),
        "cut": _("Le réseau est coupé\u00a0: votre saisie est gardée sur cet appareil."),
        "back": _("Nous avons repris ce que vous aviez saisi avant la coupure."),
    }
    return format_html_join("", ' data-{}="{}"', words.items())


@register.simple_tag
def idle_lock() -> int:
    """After how many seconds without a gesture the page asks for a sign-in."""
    return int(settings.IDLE_LOCK_SECONDS)
