"""Whom a training session is entered for: the adults whom one trains, those who lack training first, by school."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mentoring.models import Mentor
from mentoring.models.mentors import trainees
from mentoring.numbers import TRAINING_MINUTES
from people.apart import tell_apart
from people.models import School, User
from programs.numbers import in_force

MOST = 60
"""How many boxes a page shows before it asks for a school."""


@dataclass(frozen=True)
class Place:
    school: School
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Trainees:
    """``lacking`` have less initial training than is asked; ``staff`` mentor nobody. ``hints`` are by person."""

    lacking: list[User]
    trained: list[User]
    staff: list[User]
    hints: dict[int, str]
    places: list[Place]

    @property
    def every(self) -> list[User]:
        return [*self.lacking, *self.trained, *self.staff]


def trainees_of(user: User, on: date, school: int) -> Trainees:
    """Those whom the person trains; of one school (0: the first) when they are many. Four queries."""
    asked = in_force(user.board_id, on).worth(TRAINING_MINUTES)
    mentors = list(
        Mentor.objects.trainable_by(user)
        .filter(person__is_active=True)
        .select_related("person__school")
        .with_training(on)
        .order_by("person__name_key", "pk")
    )
    staff = list(
        trainees(user).filter(mentor__isnull=True, is_active=True).select_related("school").order_by("name_key", "pk")
    )
    people = [*(row.person for row in mentors), *staff]
    tell_apart(people)
    places = _places(people, school)
    chosen = next((place.school.pk for place in places if place.is_chosen), None)
    shown = {one.pk for one in people if chosen is None or one.school_id == chosen}
    minutes = {row.person_id: getattr(row, "trained", None) or 0 for row in mentors}
    return Trainees(
        [row.person for row in mentors if row.person_id in shown and minutes[row.person_id] < asked],
        [row.person for row in mentors if row.person_id in shown and minutes[row.person_id] >= asked],
        [one for one in staff if one.pk in shown],
        {pk: f"{done} min" for pk, done in minutes.items()},
        places,
    )


def _places(people: Iterable[User], school: int) -> list[Place]:
    """The schools to choose from, when there are too many people for a page."""
    schools = {one.school.pk: one.school for one in people if one.school}
    counts = Counter(one.school_id for one in people)
    if len(schools) < 2 or counts.total() <= MOST:
        return []
    listed = sorted(schools.values(), key=lambda one: (one.name, one.pk))
    chosen = school if school in schools else listed[0].pk
    return [Place(one, counts[one.pk], one.pk == chosen) for one in listed]
