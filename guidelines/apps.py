from datetime import date
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from mentoring.models import Dyad, Mentor
    from people.models import User
    from programs.models import Program, SupportGroup
    from programs.signals import Records


class GuidelinesConfig(AppConfig):
    name = "guidelines"

    def ready(self) -> None:
        from guidelines import checks  # noqa: F401 (registers the system checks)
        from guidelines.numbers import Numbers
        from mentoring.signals import dyad_changed, mentor_changed
        from programs.numbers import answer_with
        from programs.signals import group_changed, program_changed, teacher_changed

        answer_with(Numbers)
        dyad_changed.connect(_dyad_changed)
        mentor_changed.connect(_mentor_changed)
        group_changed.connect(_group_changed)
        teacher_changed.connect(_teacher_changed)
        program_changed.connect(_program_changed)


def _dyad_changed(sender: object, *, dyad: "Dyad", on: date, records: "Records" = (), **more: object) -> None:
    """A finding disappears when its cause does: at once, in the same transaction, without any broker."""
    from guidelines.catalogue import moved_by
    from guidelines.evaluation import reevaluate

    reevaluate(dyad, dyad.mentor, on=on, codes=moved_by(records))


def _mentor_changed(sender: object, *, mentor: "Mentor", on: date, **more: object) -> None:
    from guidelines.evaluation import reevaluate

    reevaluate(mentor, on=on)


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
