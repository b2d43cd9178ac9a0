"""The demonstration: the cast, and two school years of believable history around every guideline."""

from datetime import date, time, timedelta
from random import Random

from django.db import transaction

from accompagnement.demo.calendar import DemoCalendar
from accompagnement.demo.cast import Cast, common_password, make_cast
from accompagnement.demo.records import Records
from accompagnement.demo.shapes import shape_dyads, shape_groups
from accompagnement.demo.stage import Stage
from accompagnement.demo.statements import state_programs
from accompagnement.demo.stories import (
    BOISE,
    CONFIDENTIAL_NOTES,
    MENTORS,
    ORDINARY_NOTES,
    RIVE_CLAIRE,
    Commitment,
    Rhythm,
    Story,
)
from accompagnement.demo.support import support
from guidelines.actions import dismiss, take_in_charge
from guidelines.catalogue.duration import DYAD_DURATION_PLANNED, DYAD_DURATION_SHORT
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import Dyad, DyadMeeting, DyadTimetable, Mentor, Pause, Referral
from people.access import Role
from people.models import School, SchoolBoard, Student, User
from people.months import add_months
from programs.actions.planning import plan_ahead
from programs.models import (
    GroupLead,
    GroupMeeting,
    GroupMember,
    GroupTimetable,
    Program,
    SchoolYear,
    SupportGroup,
    TeacherRelease,
)
from programs.models.contacts import Channel

SEED = 2014
WEEKS_REPLAYED = 8
FIRST_INVENTED_NAME = 300
TIMES = (time(8, 10), time(11, 50), time(12, 10), time(12, 25), time(15, 40), time(16, 0))


def dice(nth: int) -> Random:
    """Chance, the same every time."""
    return Random(SEED + nth)  # noqa: S311


def make_demo(on: date) -> Cast:
    """Create everything as it stands on ``on``: the same for the same day."""
    with transaction.atomic():
        cast = make_cast(on)
        stage = Stage(cast.board, cast.calendar, common_password(), students_made=FIRST_INVENTED_NAME)
        teller = Teller(stage)
        told = teller.tell(cast.school, cast.mentoring, RIVE_CLAIRE)
        teller.tell(cast.second_school, cast.second_mentoring, BOISE)
        earlier_group_meetings(stage, cast, dice(0))
        groups_of_last_year(stage, cast, dice(1))
        group_left_alone(stage, cast, dice(4))
        waiting(stage, cast)
        stage.write()
        state_programs(cast)
        shape_dyads(cast, told)
        shape_groups(cast, dice(2))
        keep_records(cast, dice(3))
        support(cast, dice(5))
        for board in (cast.board, cast.other_board):
            plan_ahead(board=board, on=on)
    for board in (cast.board, cast.other_board):
        replay(board, cast.calendar)
    decide(cast)
    return cast


class Teller:
    """Turns stories into dyads, meetings and plans."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.calendar: DemoCalendar = stage.calendar
        self.random = dice(0)

    def tell(self, school: School, program: Program, stories: tuple[Story, ...]) -> list[Dyad]:
        """The dyads, in the order of their stories."""
        mentors = [self.mentor(school, name, minutes) for name, minutes in MENTORS[school.key]]
        students: list[Student] = []
        dyads: list[Dyad] = []
        for story in stories:
            student = self.student(school) if story.again is None else students[story.again]
            students.append(student)
            dyad = self.dyad(program, student, mentors[story.mentor], story)
            self.meetings(dyad, story)
            dyads.append(dyad)
        return dyads

    def mentor(self, school: School, name: str, minutes: tuple[int, ...]) -> Mentor:
        kinds = [Mentor.Kind.COMMUNITY_VOLUNTEER, Mentor.Kind.SCHOOL_VOLUNTEER, Mentor.Kind.TEACHER]
        person = self.stage.adult(name, school.key, Role.MENTOR, school=school)
        return self.stage.mentor(person, self.random.choice(kinds), *minutes)

    def student(self, school: School) -> Student:
        (student,) = self.stage.students(school, fill=1, grade=self.random.randint(1, 4))
        return student

    def dyad(self, program: Program, student: Student, mentor: Mentor, story: Story) -> Dyad:
        calendar, ends_on = self.calendar, None
        if story.ended is None:
            starts_on = calendar.day(story.start, self.random.randint(1, 3))
        else:
            ends_on = calendar.day(story.ended, 1)
            # Summer must not turn two months into four.
            nearest = calendar.class_day_from if story.months <= 2 else calendar.class_day_before
            starts_on = nearest(add_months(ends_on, -story.months))
        last_year = ends_on is not None and ends_on <= calendar.previous.ends_on
        year = calendar.previous if last_year else calendar.current
        until = {
            Commitment.YEAR: max(year.ends_on, add_months(starts_on, 6)),
            Commitment.NONE: None,
            Commitment.LAPSED: calendar.previous.ends_on,
            Commitment.SHORT: add_months(starts_on, 4),
            Commitment.MARCH: min(add_months(starts_on, 6) + timedelta(days=14), year.ends_on - timedelta(days=7)),
        }[story.commitment]
        return self.stage.dyad(
            program,
            student,
            mentor,
            starts_on,
            committed_until=until,
            ends_on=ends_on,
            end_reason=story.reason,
            ended_by=story.by if ends_on else "",
            end_code=story.code,
            planned_handover=story.handover,
        )

    def meetings(self, dyad: Dyad, story: Story) -> None:
        """Week after week, from the start to the end or to the day."""
        slot = self.stage.slot(dyad, self.random.randint(1, 5), self.random.choice(TIMES))
        slot.ends_on = dyad.ends_on
        if story.rhythm != Rhythm.WAITING:
            self.first(dyad, slot)
        for week in range(self.calendar.place, -1, -1):
            on = self.calendar.day(week, slot.weekday or 1)
            if on > self.calendar.on or on <= dyad.starts_on or (dyad.ends_on and on >= dyad.ends_on):
                continue
            self.week(dyad, story.rhythm, week, on, slot)
        if story.rhythm == Rhythm.PAUSED:
            pause = Pause(dyad=dyad, reason="Absence prolongée de l’élève")
            pause.starts_on, pause.ends_on = self.calendar.week(6), self.calendar.week(2)
            self.stage.keep(pause)

    def first(self, dyad: Dyad, slot: DyadTimetable) -> None:
        if dyad.starts_on.isoweekday() == slot.weekday:
            self.held(dyad, dyad.starts_on, slot)
        else:
            self.held(dyad, dyad.starts_on, None)

    def week(self, dyad: Dyad, rhythm: Rhythm, week: int, on: date, slot: DyadTimetable) -> None:
        """One week's meeting, by the rhythm of the relationship."""
        if rhythm == Rhythm.PAUSED and 3 <= week <= 6:
            return
        if (rhythm == Rhythm.SILENT and (week <= 5 or week % 3 == 0)) or (rhythm == Rhythm.ALTERNATE and week % 2 == 0):
            return
        if rhythm == Rhythm.WAITING:
            self.not_yet(dyad, week, on, slot)
        elif rhythm == Rhythm.UNLOGGED and week <= 3:
            self.stage.plan(dyad, on, slot)
        elif rhythm == Rhythm.EXCUSED and week in (2, 3):
            self.stage.not_held(dyad, on, DyadMeeting.Reason.STUDENT_ABSENT, slot)
        elif rhythm == Rhythm.PHONE and week in (2, 3):
            self.held(dyad, on, None, channel=Channel.PHONE)
        elif week > 5 and self.random.random() < 0.07:
            self.stage.not_held(dyad, on, DyadMeeting.Reason.ADULT_ABSENT, slot)
        elif week or on < self.calendar.on:
            self.held(dyad, on, slot)
            again = self.calendar.day(week, (slot.weekday or 1) % 5 + 1)
            if rhythm == Rhythm.TWICE and week % 3 and again > dyad.starts_on and again != on:
                self.held(dyad, again, None)

    def not_yet(self, dyad: Dyad, week: int, on: date, slot: DyadTimetable) -> None:
        """Two who wait for their first meeting: the student was away, then they spoke on the phone."""
        if week > 1:
            self.stage.not_held(dyad, on, DyadMeeting.Reason.STUDENT_ABSENT, slot)
        elif week == 1:
            self.stage.meet(dyad, on, channel=Channel.PHONE, minutes=10)

    def held(
        self,
        dyad: Dyad,
        on: date,
        slot: DyadTimetable | None,
        channel: Channel = Channel.IN_PERSON,
    ) -> None:
        """A meeting held, of a believable kind, with a note now and then."""
        chance = self.random
        if on > self.calendar.on:
            return
        if channel == Channel.IN_PERSON and chance.random() < 0.06:
            channel = Channel.VIDEO
        drawn = chance.random()
        note = (
            chance.choice(ORDINARY_NOTES) if drawn < 0.12 else chance.choice(CONFIDENTIAL_NOTES) if drawn > 0.97 else ""
        )
        delay = min(chance.choice((0, 0, 0, 1, 2, 4)), (self.calendar.on - on).days)
        length = chance.choice((10, 25, 25, 25, 40, 60))
        meeting = self.stage.meet(
            dyad, on, slot=slot, channel=channel, logged_after=delay, note=note, confidential=drawn > 0.97
        )
        meeting.minutes = length
        meeting.activity = chance.choice([*DyadMeeting.Activity])
        meeting.structured = meeting.activity == DyadMeeting.Activity.SHARED_ACTIVITY and chance.random() < 0.7
        meeting.topic = chance.choice([*DyadMeeting.Topic])
        meeting.chosen_by = chance.choice([*DyadMeeting.ChosenBy])


def weeks_behind(calendar: DemoCalendar) -> int:
    """How many class weeks the current year had before that of the day; the first is left out when not whole."""
    mondays = [monday for monday in calendar.mondays if monday >= calendar.current.starts_on]
    return mondays.index(calendar.week(0))


def earlier_group_meetings(stage: Stage, cast: Cast, chance: Random) -> None:
    """What the cast's groups did before week 3, since the start of the year."""
    for group in (cast.tremplin, cast.elan, cast.passerelle, cast.boussole, cast.horizon, cast.cordee):
        lead = group.leads.get().person
        slot = group.timetables.get()
        stage.prepared[GroupMember] += group.members.all()
        for week in range(weeks_behind(cast.calendar), 1 if group is cast.cordee else 3, -1):
            group_week(stage, group, cast.calendar.day(week, slot.weekday or 1), slot, chance, lead)
    stage.prepared[GroupMember].clear()


def group_week(stage: Stage, group: SupportGroup, on: date, slot: GroupTimetable, chance: Random, lead: User) -> None:
    absent = [place for place, _member in enumerate(stage.members_of(group)) if chance.random() < 0.08]
    stage.group_meet(group, on, slot, lead, absent=absent)


def groups_of_last_year(stage: Stage, cast: Cast, chance: Random) -> None:
    """Two groups of the school year before, closed with it."""
    previous = cast.calendar.previous
    for program, name, lead, size in (
        (cast.groups_program, "Tremplin de l’an dernier", cast.nadia, 11),
        (cast.second_groups_program, "Cordée de l’an dernier", cast.pascal, 6),
    ):
        group = stage.group(program, name, lead, stage.students(program.school, fill=size, grade=2))
        group.starts_on, group.ends_on = previous.starts_on, previous.ends_on
        group.save()
        for row in (stage.prepared[GroupLead][-1], *stage.members_of(group)):
            row.starts_on, row.ends_on = previous.starts_on, previous.ends_on
        slot = stage.slot(group, 2, time(14, 30))
        slot.ends_on = previous.ends_on
        for on in (day for day in previous.class_days if day.isoweekday() == 2):
            group_week(stage, group, on, slot, chance, lead)


def group_left_alone(stage: Stage, cast: Cast, chance: Random) -> None:
    """Escale: its teacher has been on leave since week 2, as she noted before she left, and nobody has taken over."""
    school, calendar = cast.second_school, cast.calendar
    annick = stage.adult("Annick Savoie", "boise", Role.RESOURCE_TEACHER, school=school)
    group = stage.group(cast.second_groups_program, "Escale", annick, stage.students(school, fill=8))
    lead = stage.prepared[GroupLead][-1]
    lead.ends_on, lead.reason = calendar.week(2), GroupLead.Reason.LEAVE
    slot = stage.slot(group, 2, time(12, 10))
    for week in range(weeks_behind(calendar), 2, -1):
        group_week(stage, group, calendar.day(week, 2), slot, chance, annick)
    for week in (2, 1):
        meeting = stage.group_plan(group, calendar.day(week, 2), slot)
        meeting.status, meeting.reason = GroupMeeting.Status.NOT_HELD, GroupMeeting.Reason.ADULT_ABSENT
        meeting.logged_on, meeting.logged_by = calendar.class_day_before(calendar.week(2) - timedelta(days=1)), annick


WISHES = {
    5: (["music", "games"], ["1-midday", "3-midday"], ["french", "arabic"]),
    3: (["sport", "nature"], ["2-after", "4-after"], ["french"]),
    1: (["reading", "arts", "music"], ["1-midday", "5-midday"], ["french", "spanish"]),
}
"""By weeks waited: what the students wish; mentors offer the same in turn."""


def waiting(stage: Stage, cast: Cast) -> None:
    """Students who wait for a mentor, and the time that the school releases for Nadia and Karim."""
    for week, student in zip((5, 3, 1), stage.students(cast.school, fill=3, grade=2), strict=True):
        interests, times, languages = WISHES[week]
        Referral.objects.create(
            student=student,
            program=cast.mentoring,
            referred_on=cast.calendar.day(week, 3),
            needs="Organisation et confiance",
            referred_by=cast.nadia,
            interests=interests,
            times=times,
            languages=languages,
        )
    for place, mentor in enumerate(Mentor.objects.filter(person__school=cast.school).order_by("pk")):
        mentor.interests, mentor.times, mentor.languages = WISHES[(5, 3, 1)[place % 3]]
        mentor.save()
    year = SchoolYear.objects.of(cast.board, cast.on)
    if year is not None:
        for person, percent in ((cast.nadia, 40), (cast.karim, 25)):
            TeacherRelease.objects.create(
                person=person, school_year=year, percent=percent, base=TeacherRelease.Base.WHOLE_TASK
            )


def keep_records(cast: Cast, chance: Random) -> None:
    """What people log and state beside the meetings, on both boards."""
    leads = {cast.mentoring.pk: cast.julie, cast.second_mentoring.pk: cast.helene}
    for board, reviewers in ((cast.board, leads), (cast.other_board, {cast.other_mentoring.pk: cast.other_lead})):
        records = Records(board, cast.calendar, chance)
        records.families()
        records.dyads(reviewers)
        records.mentors()
        records.groups()
        records.teachers()


def replay(board: SchoolBoard, calendar: DemoCalendar) -> None:
    """Evaluate the last weeks one after the other, then the day, so that findings have a history."""
    for weeks in range(WEEKS_REPLAYED, -1, -1):
        evaluate_board(board, on=calendar.on - timedelta(weeks=weeks))


def decide(cast: Cast) -> None:
    """Julie has taken one finding in charge and dismissed another."""
    flags = Flag.objects.live().filter(board=cast.board)
    on = cast.on
    taken = flags.filter(guideline=DYAD_DURATION_PLANNED.code, dyad=cast.kim_nadia).first()
    if taken is not None:
        take_in_charge(flag=taken, person=cast.julie, on=on)
    dismissed = flags.filter(guideline=DYAD_DURATION_SHORT.code, dyad=cast.olivia_sylvie).first()
    if dismissed is not None:
        reason = "Déménagement : la fin ne dépend pas du programme."
        dismiss(flag=dismissed, person=cast.julie, on=on, reason=reason, review_on=on + timedelta(weeks=8))
