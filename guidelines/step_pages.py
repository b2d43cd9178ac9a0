"""The page where a next step is done, for those whom that page lets in."""

from typing import Protocol

from django.urls import reverse

from guidelines.models import Flag
from people.access import Role
from people.models import User

LOGGING = frozenset({"dyad_log", "dyad_plan", "dyad_routine", "dyad_liaison", "dyad_event"})
GROUP_LOGGING = frozenset({"group_log", "group_contact", "group_family", "group_review"})
AGREEING = frozenset({"dyad_agreement"})
RUNNING = frozenset(
    {"dyad_commitment", "dyad_pause", "dyad_end", "dyad_ending", "dyad_review", "teacher_release", "program_edit"}
)
GROUP_RUNNING = frozenset({"group_new", "group_lead", "group_member_add", "program_roles", "program_contents"})
TRAINING = frozenset({"training_new"})
OWN = frozenset({"mentor_style", "mentor_approach", "foundations", "function_time"})
WITHOUT_SUBJECT = OWN | {"group_new", "week"}


class Rights(Protocol):
    @property
    def decide(self) -> bool: ...

    @property
    def log(self) -> bool: ...


def is_for(name: str, flag: Flag, user: User, may: Rights) -> bool:
    """Whether the reader may do a step on its page; advice without a page is for everyone. No query."""
    if name in LOGGING or name in GROUP_LOGGING:
        return may.log
    if name in AGREEING:
        return may.log or may.decide
    if name in RUNNING or name in GROUP_RUNNING:
        return may.decide
    if name in TRAINING:
        return may.decide or user.access.holds(Role.TRAINER)
    if name in OWN:
        return user.pk == (flag.mentor.person_id if flag.mentor else flag.teacher_id)
    return True


def page_of(name: str, flag: Flag) -> str:
    """Its address; empty for advice without a page."""
    if not name:
        return ""
    subjects = {
        "dyad": flag.dyad_id,
        "group": flag.group_id,
        "mentor": flag.mentor_id or (flag.dyad.mentor_id if flag.dyad else None),
        "training": flag.mentor_id,
        "teacher": flag.teacher_id,
        "program": flag.program_id or (flag.group.program_id if flag.group else None),
    }
    target = None if name in WITHOUT_SUBJECT else subjects.get(name.split("_")[0])
    if target is None and name not in WITHOUT_SUBJECT:
        return ""
    return reverse(name, args=[target] if target else [])
