"""Whose findings these are: the people of the relation or the group, and those who lead its programme.

Narrower than who may read them: a school's manager reads all, and is told of none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet

from guidelines.models import Flag
from guidelines.models.rights import SUBJECTS
from mentoring.models import Dyad, DyadSubstitute, Mentor
from people.access import NOTHING, Role
from people.models import Membership, User
from people.models.base import active_on
from programs.models import GroupLead, GroupSubstitute, Program, SupportGroup

Key = tuple[str, int]
"""A subject: its kind and its id."""


def led_by(user: User) -> QuerySet[Program]:
    """The programmes that the person leads: those named, or the school's."""
    return Program.objects.filter(
        user.access.within(Role.PROGRAM_LEAD, board="board", school="school", program="pk"), board=user.board_id
    )


def owned_by(user: User) -> Q:
    """Findings on one's own dyads, groups and practice, and on the programmes that one leads; in one's own board."""
    on, led = user.local_date(), led_by(user)
    serving = Mentor._base_manager.filter(active_on(on, prefix="dyads__"), dyads__program__in=led)
    teaching = GroupLead.objects.active_on(on).filter(group__program__in=led)
    holds = user.access.holds
    rights = {
        "dyad": Q(dyad__in=Dyad.objects.loggable_by(user).values("pk")),
        "group": Q(group__in=SupportGroup.objects.loggable_by(user).values("pk")),
        "mentor": Q(mentor__in=serving.values("pk"))
        | (Q(mentor__person=user.pk) if holds(Role.MENTOR, Role.RESOURCE_TEACHER) else NOTHING),
        "teacher": Q(teacher__in=teaching.values("person"))
        | (Q(teacher=user.pk) if holds(Role.RESOURCE_TEACHER) else NOTHING),
        "program": Q(program__in=led.values("pk")),
    }
    return Q(board=user.board_id) & reduce(or_, (rights[subject] for subject in SUBJECTS))


def owners(flags: Iterable[Flag], *, on: date) -> dict[int, set[int]]:
    """By finding, the ids of the people whom it concerns on a day. Nine queries at most, whatever the number."""
    subjects = {flag.pk: (flag.board_id, _key(flag)) for flag in flags}
    boards = {board for board, _ in subjects.values()}
    people, programs = _around({key for _, key in subjects.values()}, on)
    leads = _leads({program for of_one in programs.values() for program in of_one}, boards, on)
    serving = _serving({person for of_one in people.values() for person in of_one}, boards, on)
    return {
        pk: {person for person in people[key] if (person, board) in serving}.union(
            *(leads[program, board] for program in programs[key])
        )
        for pk, (board, key) in subjects.items()
    }


def leads_of_all(programs: Collection[Program], *, on: date) -> dict[int, list[User]]:
    """By programme, who leads it on a day. Three queries, whatever the number."""
    ids = _leads({p.pk for p in programs}, {p.board_id for p in programs}, on)
    people = User.objects.in_bulk(set().union(*ids.values())) if ids else {}
    return {p.pk: [people[pk] for pk in sorted(ids[p.pk, p.board_id]) if pk in people] for p in programs}


def _key(flag: Flag) -> Key:
    return next((kind, pk) for kind in SUBJECTS if (pk := getattr(flag, f"{kind}_id")) is not None)


def _around(keys: set[Key], on: date) -> tuple[defaultdict[Key, set[int]], defaultdict[Key, set[int]]]:
    """By subject, the people in the relation or the group, and the programmes where it lives."""
    people: defaultdict[Key, set[int]] = defaultdict(set)
    programs: defaultdict[Key, set[int]] = defaultdict(set)
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for kind, pk in keys:
        ids[kind].add(pk)
    leading = GroupLead.objects.active_on(on).order_by()
    serving = Dyad.objects.open_on(on)
    mentoring = Dyad.objects.filter(pk__in=ids["dyad"]).order_by().values_list("pk", "mentor__person")
    instead = DyadSubstitute.objects.active_on(on).filter(dyad__in=ids["dyad"]).order_by().values_list("dyad", "person")
    leads = leading.filter(group__in=ids["group"]).values_list("group", "person")
    standing_in = GroupSubstitute.objects.active_on(on).filter(group__in=ids["group"]).order_by()
    rows: tuple[tuple[str, defaultdict[Key, set[int]], Iterable[tuple[int, int]]], ...] = (
        ("dyad", people, mentoring.union(instead)),
        ("dyad", programs, Dyad.objects.filter(pk__in=ids["dyad"]).values_list("pk", "program")),
        ("group", people, leads.union(standing_in.values_list("group", "person"))),
        ("group", programs, SupportGroup.objects.filter(pk__in=ids["group"]).values_list("pk", "program")),
        ("mentor", people, Mentor.objects.filter(pk__in=ids["mentor"]).values_list("pk", "person")),
        ("mentor", programs, serving.filter(mentor__in=ids["mentor"]).values_list("mentor", "program")),
        ("teacher", people, [(pk, pk) for pk in ids["teacher"]]),
        ("teacher", programs, leading.filter(person__in=ids["teacher"]).values_list("person", "group__program")),
        ("program", programs, [(pk, pk) for pk in ids["program"]]),
    )
    for kind, found, pairs in rows:
        for subject, value in pairs if ids[kind] else ():
            found[kind, subject].add(value)
    return people, programs


def _leads(programs: set[int], boards: set[int], on: date) -> defaultdict[tuple[int, int], set[int]]:
    """By programme and board, the people who lead it: by its name, for its school, or for the whole board."""
    roles = _roles(boards, on).filter(role=Role.PROGRAM_LEAD).values_list("person", "board", "school", "program")
    of_width: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for person, board, school, program in roles if programs else ():
        width = ("program", program) if program else ("school", school) if school else ("board", board)
        of_width[width].add(person)
    found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    if of_width:
        for pk, school, board in Program.objects.filter(pk__in=programs).values_list("pk", "school", "board"):
            found[pk, board] = of_width["program", pk] | of_width["school", school] | of_width["board", board]
    return found


def _serving(people: set[int], boards: set[int], on: date) -> set[tuple[int, int]]:
    """Those of the people who mentor or teach in their board on the day: a role that is over opens nothing."""
    roles = _roles(boards, on).filter(role__in=[Role.MENTOR, Role.RESOURCE_TEACHER], person__in=people)
    return set(roles.values_list("person", "board")) if people else set()


def _roles(boards: set[int], on: date) -> QuerySet[Membership]:
    """The roles of a day in these boards, of the people who belong there."""
    roles = Membership.objects.active_on(on).order_by()
    return roles.filter(board__in=boards, person__board=F("board"), person__is_active=True)
