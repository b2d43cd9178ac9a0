"""What people have typed and not saved yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.users import User


class Draft(models.Model):
    """What one person has typed in the form of one address: theirs alone, until it is saved or set aside.

    ``content`` holds lists of values by name of field, as a form sends them.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    address = models.CharField(_("adresse"), max_length=300)
    content = models.JSONField(_("saisie"))
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-saved_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="people_draft_one_per_form")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.address}"
