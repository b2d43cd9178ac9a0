"""What is asked of an ending that is reviewed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guidelines.models import EndingReview
from guidelines.reviewing import Said
from mentoring.forms.endings import EndCodeField, EndedByField
from people.forms import ActionForm

LONGEST = EndingReview._meta.get_field("learnt").max_length
TOO_LONG = _("Ce texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")


class EndingReviewForm(ActionForm):
    use_required_attribute = False

    ended_by = EndedByField()
    end_code = EndCodeField(error_messages={"required": _("Choisissez ce qui a mené à la fin de la relation.")})
    what_happened = forms.CharField(
        label=_("Ce qui s’est passé"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez ce qui s’est passé, en une phrase ou deux."), "max_length": TOO_LONG},
    )
    learnt = forms.CharField(
        label=_("Ce que nous en retenons"),
        help_text=_("Pour le prochain jumelage ou le prochain soutien. N’y mettez aucun renseignement de santé."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez ce que vous en retenez, en une phrase."), "max_length": TOO_LONG},
    )

    def said(self) -> Said:
        """What the action takes."""
        return Said(**self.cleaned_data)
