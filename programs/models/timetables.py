"""When meetings are planned: a weekday, or a day of the school's cycle."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.base import range_ordered


class TimetableSlot(models.Model):
    """A recurring slot; planned meetings are generated from it on class days."""

    weekday = models.PositiveSmallIntegerField(_("jour de la semaine, lundi = 1"), null=True, blank=True)
    cycle_day = models.PositiveSmallIntegerField(_("jour du cycle"), null=True, blank=True)
    starts_at = models.TimeField(_("heure"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), null=True, blank=True)
    place = models.CharField(_("lieu"), max_length=120, blank=True)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["weekday", "cycle_day", "starts_at", "pk"]
        constraints = [
            range_ordered("%(app_label)s_%(class)s_range_ordered"),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_weekday_or_cycle_day",
                condition=Q(weekday__range=(1, 7), cycle_day__isnull=True)
                | Q(weekday__isnull=True, cycle_day__range=(1, 10)),
            ),
        ]
