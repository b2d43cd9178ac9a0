"""The doors of mentoring: a stranger finds nothing, the right person in the wrong role is told so."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from mentoring.models import DifficultEvent, Doubt, Dyad, MatchingRound, Mentor, Proposal, Referral
from mentoring.models.dyads import mentored
from people.access import Role
from people.kept import kept_for
from people.models import Student, User
from people.models.students import StudentQuerySet
from people.shortcuts import get_or_refuse
from programs.models import Program


def dyad_of(user: User, pk: int) -> Dyad:
    """A visible dyad, or 404. One query."""
    found = kept_for([pk], "a dyad", lambda ids: Dyad.objects.visible_to(user).with_people().filter(pk__in=ids), user)
    if not found:
        raise Http404
    return found[0]


def dyad_to_log(user: User, pk: int) -> Dyad:
    """A dyad whose meetings the person may log; 403 when they may only read it."""
    return get_or_refuse(Dyad.objects.visible_to(user).with_people(), Dyad.objects.loggable_by(user), pk)


def dyad_to_run(user: User, pk: int) -> Dyad:
    """A dyad whose course the person decides on; 403 when they may only read it."""
    return get_or_refuse(Dyad.objects.visible_to(user).with_people(), Dyad.objects.run_by(user), pk)


def dyad_to_plan(user: User, pk: int) -> Dyad:
    """A dyad that the person accompanies for good, or decides on; 403 otherwise, to whoever stands in too."""
    return get_or_refuse(Dyad.objects.visible_to(user).with_people(), Dyad.objects.planned_by(user), pk)


def event_to_support(user: User, pk: int) -> DifficultEvent:
    """A hard event that the person may say the support of; 403 when they may only read it."""
    seen = DifficultEvent.objects.visible_to(user).select_related("dyad__student", "dyad__mentor__person")
    return get_or_refuse(seen, DifficultEvent.objects.loggable_by(user), pk)


def dyad_to_doubt(user: User, pk: int) -> Dyad:
    """A dyad that the person accompanies, in a programme that follows support calls; 403 otherwise."""
    following = Program.objects.filter(support_calls_from__lte=user.local_date())
    entrusted = Dyad.objects.entrusted_to(user).filter(program__in=following)
    return get_or_refuse(Dyad.objects.visible_to(user).with_people(), entrusted, pk)


def dyad_to_answer(user: User, pk: int) -> Dyad:
    """A dyad in which the person mentors, in a programme that asks its minute; 403 otherwise."""
    asking = Program.objects.filter(minutes_from__lte=user.local_date())
    own = Dyad.objects.filter(mentored(user), program__in=asking)
    return get_or_refuse(Dyad.objects.visible_to(user).with_people(), own, pk)


def doubt_of(user: User, pk: int) -> Doubt:
    """A doubt that the person raised, or that is theirs to hear; 404 for all others."""
    readers = Doubt.objects.visible_to(user) | Doubt.objects.raised_by(user)
    rows = readers.select_related("raised_by", "heard_by", "dyad__student", "dyad__mentor__person")
    return get_object_or_404(rows.filter(dyad__in=Dyad.objects.visible_to(user)), pk=pk)


def mentor_of(user: User, pk: int) -> Mentor:
    """A visible mentor, or 404."""
    return get_object_or_404(Mentor.objects.visible_to(user).select_related("person__board"), pk=pk)


def mentor_to_train(user: User, pk: int) -> Mentor:
    """A mentor whose training the person records; 403 when they may only read it."""
    seen = Mentor.objects.visible_to(user).select_related("person__board")
    return get_or_refuse(seen, Mentor.objects.trainable_by(user), pk)


def mentor_to_run(user: User, pk: int) -> Mentor:
    """A mentor whom the person answers for; 403 when they may only read."""
    return get_or_refuse(
        Mentor.objects.visible_to(user).select_related("person__board"), Mentor.objects.run_by(user), pk
    )


def own_mentor(user: User) -> Mentor:
    """Oneself as a mentor; 403 for who doesn't mentor."""
    mentor = Mentor.objects.visible_to(user).select_related("person__board").filter(person=user.pk).first()
    if mentor is None:
        raise PermissionDenied
    return mentor


def programs_to_refer_to(user: User, on: date) -> QuerySet[Program]:
    """The mentoring programmes to which the person may refer: those that they run; a teacher's, of their school."""
    mine = Q(pk__in=Program.objects.led_by(user).values("pk"))
    if user.access.holds(Role.RESOURCE_TEACHER):
        mine |= Q(school__in=Student.objects.visible_to(user).values("school"))
    running = Program.objects.running(on).filter(mine, domain=Program.Domain.MENTORING)
    return running.select_related("school").order_by("name_key", "pk")


def students_to_refer(user: User, on: date) -> StudentQuerySet:
    """Whom the person may refer: the students of the schools whose programmes they run; a teacher's own.

    Wider than ``Student.objects.visible_to``: a programme's lead must be able to name a student who is in none yet.
    """
    led = Program.objects.led_by(user).running(on).filter(domain=Program.Domain.MENTORING)
    known = Q(school__in=led.values("school"))
    if user.access.holds(Role.RESOURCE_TEACHER):
        known |= Q(pk__in=Student.objects.visible_to(user).values("pk"))
    schools = programs_to_refer_to(user, on).order_by().values("school")
    return Student.objects.filter(known, school__in=schools)


def referral_of(user: User, pk: int) -> Referral:
    """A visible referral, or 404."""
    return get_object_or_404(Referral.objects.visible_to(user).with_people(), pk=pk)


def mentor_to_offer(user: User, pk: int) -> Mentor:
    """A mentor whose availability the person says: their own, or as the one who answers for them; 403 otherwise."""
    seen = Mentor.objects.visible_to(user).select_related("person__board")
    allowed = Q(pk__in=Mentor.objects.run_by(user).values("pk")) | Q(person=user.pk)
    return get_or_refuse(seen, Mentor.objects.visible_to(user).filter(allowed), pk)


def round_of(user: User, pk: int) -> MatchingRound:
    """A round of proposals in a programme that the person runs, or 404."""
    rows = MatchingRound.objects.visible_to(user).select_related("program__school", "board", "published_by")
    return get_object_or_404(rows, pk=pk)


def proposal_of(user: User, pk: int) -> Proposal:
    """One proposal of such a round, or 404."""
    return get_object_or_404(Proposal.objects.visible_to(user).with_people(), pk=pk)
