from collections.abc import Collection
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from mentoring.models import Dyad, Mentor
    from people.models import School, User
    from programs.models import Program, SchoolYear, SupportGroup
    from programs.signals import Records


class GuidelinesConfig(AppConfig):
    name = "guidelines"

    def ready(self) -> None:
        from guidelines import checks  # noqa: F401 (registers the system checks)
        from guidelines.gestures import NUMBERS
        from guidelines.numbers import Numbers
        from guidelines.together import TOGETHER
        from mentoring.signals import dyad_changed, mentor_changed
        from people.signals import messages_recorded
        from programs.gestures.kinds import declare
        from programs.numbers import answer_with
        from programs.signals import calendar_changed, group_changed, program_changed, teacher_changed, terms_changed

        answer_with(Numbers)
        declare(*NUMBERS, *TOGETHER)
        dyad_changed.connect(_dyad_changed)
        mentor_changed.connect(_mentor_changed)
        group_changed.connect(_group_changed)
        teacher_changed.connect(_teacher_changed)
        program_changed.connect(_program_changed)
        calendar_changed.connect(_calendar_changed)
        terms_changed.connect(_terms_changed)
        messages_recorded.connect(_messages_recorded)


def _dyad_changed(sender: object, *, dyad: "Dyad", on: date, records: "Records" = (), **more: object) -> None:
    """A finding disappears when its cause does: at once, in the same transaction, without any broker."""
    from guidelines.catalogue import moved_by
    from guidelines.evaluation import reevaluate

    reevaluate(dyad, dyad.mentor, on=on, codes=moved_by(records))


def _mentor_changed(
    sender: object, *, mentor: "Mentor", on: date, others: "Collection[Mentor]" = (), **more: object
) -> None:
    from guidelines.evaluation import reevaluate

    reevaluate(mentor, *others, on=on)


def _group_changed(
    sender: object, *, group: "SupportGroup", on: date, records: "Records" = (), **kwargs: object
) -> None:
    from guidelines.catalogue import moved_by
    from guidelines.evaluation import reevaluate

    reevaluate(group, on=on, codes=moved_by(records))


def _teacher_changed(sender: object, *, teacher: "User", on: date, **more: object) -> None:
    from guidelines.evaluation import reevaluate

    reevaluate(teacher, on=on)


def _program_changed(sender: object, *, program: "Program", on: date, **more: object) -> None:
    from guidelines.evaluation import reevaluate

    reevaluate(program, on=on)


def _messages_recorded(sender: object, *, messages: Collection[int], **more: object) -> None:
    """What must leave now does not wait for the clock: a worker is told once it is committed."""
    from django.db import transaction

    from guidelines.tasks import ring

    for message in messages:
        transaction.on_commit(partial(ring, message))


def _calendar_changed(sender: object, *, school: "School", on: date, **more: object) -> None:
    """A day that closes excuses what it touches at once: one evaluation of the board, of what days and plans move."""
    from guidelines.catalogue import moved_by
    from guidelines.evaluation import evaluate_board
    from mentoring.models import DyadMeeting
    from programs.models import GroupMeeting, SchoolDay

    codes = moved_by({SchoolDay, DyadMeeting, GroupMeeting})
    evaluate_board(school.board, on=school.board.until_today(on), codes=codes)


def _terms_changed(sender: object, *, year: "SchoolYear", on: date, **more: object) -> None:
    from guidelines.catalogue import moved_by
    from guidelines.evaluation import evaluate_board
    from programs.models import Term

    evaluate_board(year.board, on=year.board.until_today(on), codes=moved_by({Term}))
