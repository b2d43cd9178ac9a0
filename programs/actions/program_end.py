"""Close a programme, with its groups; and let it go on."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import audit
from people.models import User
from people.text import spoken
from programs.actions.course import check_end, end_rows, told
from programs.actions.held import locked
from programs.audit_verbs import PROGRAM_CLOSED
from programs.gestures.kinds import KINDS
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.models import Program
from programs.signals import program_changed

DAY = timedelta(days=1)


@transaction.atomic
def close_program(*, program: Program, last_on: date, person: User, on: date) -> Program:
    """End a programme after its last day: its groups end with it, it opens no other, and nothing is found of it.

    Refused while a dyad would go on: a relationship is ended one by one, with its last talk. Twice changes nothing;
    it can be undone as one gesture.
    """
    program = Program.objects.select_for_update(of=("self",)).select_related("board").get(pk=program.pk)
    ends_on = last_on + DAY
    if program.ends_on == ends_on:
        return program
    if last_on > on + timedelta(days=366):
        raise ValidationError({"last_on": _("Choisissez un jour de l’année qui vient, au plus tard.")})
    open_dyads = program.dyads.exclude(ends_on__lte=ends_on).count()
    if open_dyads:
        words = ngettext(
            "%(count)d dyade du programme se poursuit au-delà du %(day)s\u00a0: terminez-la d’abord.",
            "%(count)d dyades du programme se poursuivent au-delà du %(day)s\u00a0: terminez-les d’abord.",
            open_dyads,
        )
        raise ValidationError({"last_on": words % {"count": open_dyads, "day": spoken(last_on)}})
    changes = Changes()
    groups = [locked(group) for group in program.groups.exclude(ends_on__lte=ends_on)]
    for group in groups:
        check_end(group, ends_on)
        changes.write(group, ends_on=ends_on)
        end_rows(group, ends_on, changes)
    changes.write(program, ends_on=ends_on)
    keep(kind=KINDS["programme-termine"], row=program, person=person, changes=changes)
    audit.record(board=program.board, person=person, verb=PROGRAM_CLOSED, subject=program)
    for group in groups:
        told(group, on)
    program_changed.send(sender=Program, program=program, on=on)
    return program
