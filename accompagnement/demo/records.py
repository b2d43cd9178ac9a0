"""What the demonstration's adults record beside the meetings, as people do: nearly all of it, with gaps told here.

Each gap gives one guideline something to say. The rest is complete, so that Vigilance stays readable.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from accompagnement.demo.calendar import DemoCalendar
from accompagnement.demo.names import FAMILY, GIVEN
from accompagnement.demo.words import AGREED, APPROACHES, EVOLUTIONS, STATEMENTS, SUBJECTS, SUPPORT, TIES
from mentoring.models import (
    DifficultEvent,
    Dyad,
    FollowUp,
    Mentor,
    MentorApproach,
    RelationshipReview,
    StyleSelfAssessment,
    TeacherLiaison,
)
from people.models import Guardian, SchoolBoard, Student, User
from programs.models import (
    FamilyContact,
    Foundation,
    FunctionTime,
    GroupLead,
    GroupMember,
    GroupReview,
    StudentContact,
    SupportGroup,
    Term,
)
from programs.models.contacts import Channel

PRESENCE = timedelta(days=28)
"""Under this, a rule on a term says nothing of a dyad."""
Marker = StyleSelfAssessment.Marker


@dataclass
class Records:
    """Writes the records of one board, by the people who keep them, up to the day."""

    board: SchoolBoard
    calendar: DemoCalendar
    chance: Random
    made: int = 0

    @cached_property
    def terms(self) -> list[tuple[date, date]]:
        """First day and first day after of each term begun, oldest first."""
        rows = Term.objects.filter(school_year__board=self.board, starts_on__lte=self.calendar.on)
        return list(rows.order_by("starts_on").values_list("starts_on", "ends_on"))

    @cached_property
    def last(self) -> tuple[date, date]:
        """The last term that has ended."""
        return [term for term in self.terms if term[1] <= self.calendar.on][-1]

    def key(self) -> str:
        self.made += 1
        return f"demo-{self.made}"

    def days(self, first: date, end: date) -> list[date]:
        """Class days from one to another (excluded), none after today."""
        return [day for day in self.calendar.class_days if first <= day < end and day <= self.calendar.on]

    def entry(self, on: date, by: User) -> dict[str, Any]:
        """What every logged record says."""
        return {"board": self.board, "key": self.key(), "on": on, "logged_on": on, "logged_by": by}

    # Dyads

    def dyads(self, leads: dict[int, User]) -> None:
        """Of those who were there in the last ended term, a ninth each misses its liaisons, its follow-up of the lates,
        its review. ``leads`` hold the reviews, by programme."""
        rows = Dyad.objects.filter(board=self.board).select_related("mentor__person").order_by("pk")
        open_ones = [dyad for dyad in rows if dyad.is_open_on(self.calendar.on)]
        there = [dyad for dyad in open_ones if dyad.starts_on <= self.last[1] - PRESENCE]
        liaisons, followups, reviews = list[TeacherLiaison](), list[FollowUp](), list[RelationshipReview]()
        for dyad in rows:
            place = there.index(dyad) % 9 if dyad in there else 0
            for start, end in self.terms:
                missing = place if (start, end) == self.last else 0
                days = self.days(max(start, dyad.starts_on), min(end, dyad.ends_on or end))
                if days:
                    liaisons += self.liaisons(dyad, days) if missing != 3 else []
                    followups += self.followups(dyad, days, lates=missing != 5)
                    reviews += self.reviews(dyad, days, leads[dyad.program_id]) if missing != 7 else []
        TeacherLiaison.objects.bulk_create(liaisons)
        FollowUp.objects.bulk_create(followups)
        RelationshipReview.objects.bulk_create(reviews)
        self.events(open_ones)

    def liaisons(self, dyad: Dyad, days: list[date]) -> list[TeacherLiaison]:
        return [
            TeacherLiaison(
                dyad=dyad,
                **self.entry(day, dyad.mentor.person),
                channel=self.chance.choice((Channel.IN_PERSON, Channel.EMAIL, Channel.PHONE)),
                subject=self.chance.choice(SUBJECTS),
                achievement_heard=self.chance.random() < 0.8,
                work_heard=self.chance.random() < 0.5,
            )
            for day in sorted(self.chance.sample(days, min(2, len(days))))
        ]

    def followups(self, dyad: Dyad, days: list[date], *, lates: bool) -> list[FollowUp]:
        """One a month or so; lates, discipline and results are looked at in turn, and all of them at the end."""
        chosen = days[9::20] or days[-1:]
        return [
            FollowUp(
                dyad=dyad,
                **self.entry(day, dyad.mentor.person),
                recognised=self.chance.random() < 0.8,
                skill=self.chance.choice(FollowUp.Skill.values),
                lates_reviewed=lates and (place % 2 == 0 or day == chosen[-1]),
                discipline_reviewed=place % 2 == 1 or day == chosen[-1],
                results_reviewed=True,
            )
            for place, day in enumerate(chosen)
        ]

    def reviews(self, dyad: Dyad, days: list[date], lead: User) -> list[RelationshipReview]:
        """Three weeks after the start of the term, or of the dyad; a second one when the term is long enough."""
        return [
            RelationshipReview(
                dyad=dyad,
                **self.entry(day, lead),
                redefined=self.chance.random() < 0.2,
                agreed=self.chance.choice(AGREED),
            )
            for day in days[14::30]
        ]

    def events(self, dyads: list[Dyad]) -> None:
        """Six hard events, answered within the week but one."""
        rows = []
        for place, dyad in enumerate(dyads[2::5][:6]):
            day = self.calendar.class_day_before(self.calendar.on - timedelta(days=21 + 6 * place))
            if day >= dyad.starts_on:
                row = DifficultEvent(dyad=dyad, kind=list(DifficultEvent.Kind)[place % 4], support="")
                for name, value in self.entry(day, dyad.mentor.person).items():
                    setattr(row, name, value)
                if place:
                    row.supported_on, row.support = day + timedelta(days=place), SUPPORT[place % len(SUPPORT)]
                rows.append(row)
        DifficultEvent.objects.bulk_create(rows)

    # Mentors

    def mentors(self) -> None:
        """Nearly all have stated their approach and ticked their markers; one is mostly prescriptive, one has yet to
        say the behaviours and the style."""
        styles, approaches = [], []
        on = self.calendar.class_day_before(self.calendar.current.starts_on + timedelta(days=30))
        open_dyads = Dyad.objects.open_on(self.calendar.on).filter(board=self.board).values("mentor")
        for place, mentor in enumerate(Mentor.objects.filter(pk__in=open_dyads).order_by("pk")):
            markers = [Marker.TRUST, Marker.NEEDS, self.chance.choice((Marker.FLEXIBLE, Marker.INVOLVED))]
            markers += [Marker.RESULTS] if place % 3 == 0 else []
            if place == 5:
                markers = [Marker.ADJUSTS, Marker.CHANGE, Marker.RESULTS, Marker.EXPECTATIONS]
            styles.append(
                StyleSelfAssessment(
                    **self.stated(mentor, on),
                    markers=[str(marker) for marker in markers],
                    developmental=sum(marker in StyleSelfAssessment.DEVELOPMENTAL for marker in markers),
                    prescriptive=sum(marker in StyleSelfAssessment.PRESCRIPTIVE for marker in markers),
                )
            )
            said = dict(zip(("beliefs", "attitudes", "behaviours", "style"), APPROACHES[place % 3], strict=True))
            if place == 3:
                said |= {"behaviours": "", "style": ""}
            approaches.append(MentorApproach(**self.stated(mentor, on), **said))
        StyleSelfAssessment.objects.bulk_create(styles)
        MentorApproach.objects.bulk_create(approaches)

    def stated(self, mentor: Mentor, on: date) -> dict[str, Any]:
        return {"board": self.board, "key": self.key(), "mentor": mentor, "on": on}

    # Groups

    def families(self) -> None:
        """One parent for each student of the board."""
        rows = []
        for place, student in enumerate(Student.objects.filter(board=self.board).order_by("pk")):
            rows.append(
                Guardian(
                    board=self.board,
                    key=self.key(),
                    student=student,
                    given_name=GIVEN[(place * 7 + 3) % len(GIVEN)],
                    family_name=student.family_name or FAMILY[place % len(FAMILY)],
                    relation=("mère", "père", "mère", "grand-mère")[place % 4],
                    phone=f"418 555-{100 + place % 100:04d}",
                )
            )
        Guardian.objects.bulk_create(rows)

    def groups(self) -> None:
        """In the last ended term, the second group lacks three individual contacts, the third two families, and the
        last one its reviews."""
        contacts, families, reviews = list[StudentContact](), list[FamilyContact](), list[GroupReview]()
        rows = SupportGroup.objects.filter(board=self.board).order_by("pk").prefetch_related("members__student")
        open_ones = [group for group in rows if group.ends_on is None or group.ends_on > self.calendar.on]
        for group in rows:
            place = open_ones.index(group) if group in open_ones else -1
            last = group.leads.select_related("person").order_by("-starts_on")[0]
            lead, until = last.person, last.ends_on or group.ends_on
            for term in self.terms:
                days = self.days(max(term[0], group.starts_on), min(term[1], until or term[1]))
                if not days:
                    continue
                gap = place if term == self.last else -1
                members = list(group.members.all())
                contacts += self.contacts(group, members[3:] if gap == 1 else members, days, lead)
                families += self.calls(group, members[2:] if gap == 2 else members, days, lead)
                reviews += self.group_reviews(group, members, days, lead) if gap != len(open_ones) - 1 else []
        StudentContact.objects.bulk_create(contacts)
        FamilyContact.objects.bulk_create(families)
        GroupReview.objects.bulk_create(reviews)

    def contacts(
        self, group: SupportGroup, members: list[GroupMember], days: list[date], lead: User
    ) -> list[StudentContact]:
        return [
            StudentContact(
                group=group,
                student=member.student,
                **self.entry(self.chance.choice(days), lead),
                minutes=self.chance.choice((5, 10, 10, 15, 20)),
            )
            for member in members
        ]

    def calls(
        self, group: SupportGroup, members: list[GroupMember], days: list[date], lead: User
    ) -> list[FamilyContact]:
        """Some are left a message; one family in eight did not answer at first."""
        outcome = FamilyContact.Outcome
        guardians = {one.student_id: one for one in Guardian.objects.filter(student__group_memberships__group=group)}
        rows = []
        for place, member in enumerate(members):
            tries = [outcome.NO_ANSWER, outcome.REACHED] if place % 8 == 5 else [outcome.REACHED]
            tries = [outcome.MESSAGE_LEFT] if place % 8 == 2 else tries
            when = sorted(self.chance.choice(days) for _ in tries)
            rows += [
                FamilyContact(
                    group=group,
                    student=member.student,
                    guardian=guardians.get(member.student_id),
                    outcome=result,
                    channel=Channel.PHONE if result != outcome.REACHED or place % 3 else Channel.EMAIL,
                    **self.entry(day, lead),
                )
                for day, result in zip(when, tries, strict=True)
            ]
        return rows

    def group_reviews(
        self, group: SupportGroup, members: list[GroupMember], days: list[date], lead: User
    ) -> list[GroupReview]:
        """Of the whole group, then of each student, in the last days of the term."""
        if len(days) < 20:
            return []
        whole = GroupReview(
            group=group, **self.entry(days[-3], lead), evolution=self.chance.choice(EVOLUTIONS), fit=GroupReview.Fit.YES
        )
        return [
            whole,
            *(
                GroupReview(
                    group=group,
                    student=member.student,
                    **self.entry(self.chance.choice(days[-12:]), lead),
                    tie=self.chance.choice(TIES),
                    intensity=self.chance.choice(GroupReview.Intensity.values),
                    functions="Je l’écoute et je fais le lien avec l’équipe; l’élève choisit ses objectifs.",
                    evolution=self.chance.choice(EVOLUTIONS),
                    fit=self.chance.choice(GroupReview.Fit.values[:2]),
                )
                for member in members
            ),
        ]

    # Teachers

    def teachers(self) -> None:
        """Every week the time of the three functions and, before the first meeting, the five foundations; the second
        teacher logs no concertation and has stated three foundations."""
        times, foundations = list[FunctionTime](), list[Foundation]()
        start = self.calendar.current.starts_on
        leads = GroupLead.objects.active_on(self.calendar.on).values("person")
        teachers = User.objects.filter(board=self.board, pk__in=leads).order_by("pk")
        for place, teacher in enumerate(teachers):
            topics = Foundation.Topic.values[:3] if place == 1 else Foundation.Topic.values
            foundations += [
                Foundation(person=teacher, topic=topic, stated_on=start, statement=STATEMENTS[topic])
                for topic in topics
            ]
            for week, day in enumerate(self.days(start, self.calendar.current.ends_on)[3::5]):
                times += self.week(teacher, day, week, services=place != 1)
        FunctionTime.objects.bulk_create(times)
        Foundation.objects.bulk_create(foundations)

    def week(self, teacher: User, day: date, week: int, *, services: bool) -> list[FunctionTime]:
        function = FunctionTime.Function
        shares = [(function.STUDENTS, 150, False), (function.STUDENTS, 45, True), (function.TEACHERS, 40, False)]
        shares += [(function.SERVICES, 50, False)] if services and week % 2 == 0 else []
        return [
            FunctionTime(
                person=teacher,
                **self.entry(day, teacher),
                function=name,
                minutes=minutes + self.chance.choice((-10, 0, 0, 15)),
                preparation=preparation,
            )
            for name, minutes, preparation in shares
        ]
