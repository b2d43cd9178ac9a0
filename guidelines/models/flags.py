"""A finding is a row with a life."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Self, cast

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import CATALOGUE, Concern, decided_with, of_concern
from guidelines.models.followed import followed_on, somewhere_followed_on
from guidelines.models.former_terms import of_former_term, of_former_weeks
from guidelines.models.rights import OWN, SUBJECTS, TO_LEADS_ONLY, decided_by, entrusted_to, taken_by, trained_by
from guidelines.severity import Severity
from mentoring.models import Dyad, Mentor
from people.access import NOTHING, Role
from people.models import SchoolBoard, User
from people.models.base import active_on
from programs.models import Program, SupportGroup

WHETHER = models.BooleanField()
RHYTHM = of_concern(Concern.RHYTHM)
UNCOUNTED = of_concern(*(concern for concern in Concern if concern != Concern.RHYTHM))
Subject = Dyad | Mentor | SupportGroup | User | Program


class FlagQuerySet(models.QuerySet["Flag"]):
    def live(self) -> Self:
        """Whose facts still hold, whatever a person decided about them."""
        return self.filter(cleared_on__isnull=True)

    def to_examine(self) -> Self:
        """Live, and nobody has set them aside."""
        return self.live().exclude(state__in=[Flag.State.DISMISSED, Flag.State.SNOOZED])

    def pressing(self) -> Self:
        """What asks for action; the rest is for information."""
        return self.filter(severity__in=[Severity.CRITICAL, Severity.WARNING])

    def followed(self, on: date, *kinds: str, codes: Collection[str] = tuple(CATALOGUE)) -> Self:
        """Of guidelines, all or these ``codes``, that the subject's programme follows on a day. Adds ``program_of``.

        Naming the ``kinds`` of subjects that the rows are known to be of spares the database the others' rules.
        """
        return self._with_program().filter(somewhere_followed_on(on, codes)).filter(followed_on(on, *kinds))

    def with_followed(self, on: date) -> Self:
        """Adds ``is_followed``, and ``program_of``."""
        return self._with_program().annotate(is_followed=models.ExpressionWrapper(followed_on(on), WHETHER))

    def _with_program(self) -> Self:
        return self.annotate(program_of=Coalesce("dyad__program", "group__program", "program"))

    def to_watch(self, on: date) -> Self:
        """What the headline counts: live, followed, of an open relation's or group's rhythm, and not set aside.

        Past its committed end, a relation is to be closed or renewed: its silence rests. So does that of one whose
        mentor left: it is without an adult, which a person decides on (``mentoring.decisions``); nobody is late. Nor is
        one that rests between two years (``of_former_weeks``).
        """
        return self.live().pressing().exclude(state=Flag.State.DISMISSED)._of_rhythm(on)

    def to_reach(self, on: date) -> Self:
        """Of those, what nobody has decided on, of the highest severity."""
        return self.to_watch(on).filter(TO_REACH)

    def reached_on(self, day: date) -> Self:
        """What was to reach at the end of a past day, by the history of each finding."""
        history = FlagEvent.objects.filter(flag=models.OuterRef("pk"), on__lte=day).order_by("-on", "-at", "-pk")
        stood = history.exclude(kind__in=[FlagEvent.Kind.SEEN, FlagEvent.Kind.SEVERITY]).values("kind")
        was = self.annotate(was=models.Subquery(stood[:1]), weighed=models.Subquery(history.values("severity")[:1]))
        still = Q(cleared_on__isnull=True) | Q(cleared_on__gt=day)
        is_open = Q(was__in=[FlagEvent.Kind.RAISED, FlagEvent.Kind.REOPENED])
        return was.filter(still, is_open, weighed=Severity.CRITICAL)._of_rhythm(day)

    def to_complete(self, on: date) -> Self:
        """What the quiet lists hold: live, followed, not set aside, of any other concern, whatever its severity.

        What a term of an earlier year says rests until one of this year has ended.
        """
        return self.to_examine().exclude(of_former_term(on)).followed(on, codes=UNCOUNTED)

    def resting(self, on: date) -> Self:
        """What a relation past its committed end would have to watch: shown, never counted, until closed or renewed."""
        rows = self.live().pressing().exclude(state=Flag.State.DISMISSED).followed(on, "dyad", codes=RHYTHM)
        return rows.filter(active_on(on, prefix="dyad__"), dyad__committed_until__lte=on)

    def decided_together_with(self, flags: Iterable["Flag"]) -> Self:
        """The live findings on which people decide at once when they decide on these, these included."""
        of_rule: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for flag in flags:
            kind = flag.subject_kind
            of_rule[kind, flag.guideline].add(getattr(flag, f"{kind}_id"))
        rules = [Q(guideline__in=decided_with(code), **{f"{kind}__in": ids}) for (kind, code), ids in of_rule.items()]
        return self.live().filter(reduce(or_, rules, NOTHING))

    def _of_rhythm(self, on: date) -> Self:
        is_open = active_on(on, prefix="dyad__") & active_on(on, prefix="group__")
        rows = self.filter(is_open).exclude(dyad__committed_until__lte=on)
        rows = rows.exclude(dyad__in=Dyad.objects.left_alone_on(on).order_by().values("pk"))
        return rows.exclude(of_former_weeks(on)).followed(on, "dyad", "group", codes=RHYTHM)

    def leading(self) -> Self:
        """One row per subject and cause, the most severe: silence breaches several guidelines, and is one finding.

        Adds ``in_cause``, how many rows of this set it stands for. Apply it last, on what is to be shown.
        """
        subject = [models.F(kind) for kind in SUBJECTS]
        of_cause = [*subject, models.F("cause")]
        order: list[models.Case | str] = [severity_rank(), "raised_on", "pk"]
        return self.annotate(
            in_cause=models.Window(models.Count("pk"), partition_by=of_cause),
            place_in_cause=models.Window(RowNumber(), partition_by=of_cause, order_by=order),
        ).filter(place_in_cause=1)

    def visible_to(self, user: User, *kinds: str) -> Self:
        """Findings on oneself and one's own, and on what one answers for; a trainer's on training and style.

        What concerns children one by one is for those who lead the group or the programme. Naming ``kinds`` of
        subjects gives the findings on these alone, and spares the database the rights on the others.
        """
        own_rights = (OWN[kind](user) for kind in kinds or SUBJECTS)
        readable = reduce(or_, own_rights, decided_by(user, *kinds) | trained_by(user))
        if kinds:
            readable &= reduce(or_, (Q(**{f"{kind}__isnull": False}) for kind in kinds))
        leads = SupportGroup.objects.loggable_by(user).values("pk")
        to_leads = Q(group__in=leads) if "group" in (kinds or SUBJECTS) else NOTHING
        return self.filter(readable & (~TO_LEADS_ONLY | to_leads))

    def rhythm_visible_to(self, user: User) -> Self:
        """Of the rhythm of relations and groups, what ``visible_to`` gives: rights on people have no part in it."""
        return self.filter(decided_by(user, "dyad", "group") | entrusted_to(user), guideline__in=RHYTHM)

    def rhythm_entrusted_to(self, user: User) -> Self:
        """Of that, one's own relations and groups, as substitute too, whatever else one answers for."""
        return self.filter(entrusted_to(user), guideline__in=RHYTHM)

    def decidable_by(self, user: User) -> Self:
        """Findings that the person may dismiss, snooze and reopen: the programme's lead, the school's manager."""
        return self.filter(decided_by(user))

    def takeable_by(self, user: User) -> Self:
        """Findings that the person may take in charge: as above, and a resource teacher's own."""
        return self.filter(taken_by(user))

    def with_deeds(self, user: User) -> Self:
        """Adds ``is_takeable`` and ``is_decidable``: what the person may decide about each finding that they read."""
        takeable, decidable = (models.ExpressionWrapper(may(user), WHETHER) for may in (taken_by, decided_by))
        return self.annotate(is_takeable=takeable, is_decidable=decidable)

    def with_rights(self, user: User) -> Self:
        """The same, and ``is_loggable``."""
        return self.with_deeds(user).annotate(
            is_loggable=models.Exists(Dyad.objects.loggable_by(user).filter(pk=models.OuterRef("dyad")))
            | models.Exists(SupportGroup.objects.loggable_by(user).filter(pk=models.OuterRef("group"))),
        )

    def counted_for(self, user: User) -> Self:
        """What the board's administration may count and may not read; what tells of children it does not even count."""
        return self.filter(user.access.within(Role.BOARD_ADMIN, board="board") & ~TO_LEADS_ONLY)

    def advised_by(self, user: User) -> Self:
        """A trainer's findings alone, on training and style, whatever else the person may read."""
        return self.filter(trained_by(user))

    def by_urgency(self) -> Self:
        """Most severe first; then what nobody has in charge; then the oldest."""
        taken = models.Case(models.When(state=Flag.State.TAKEN, then=1), default=0)
        return self.order_by(severity_rank(), taken, "raised_on", "pk")

    def with_subject(self) -> Self:
        return self.select_related(
            "dyad__student",
            "dyad__mentor__person",
            "dyad__program__school",
            "group__program__school",
            "mentor__person",
            "teacher",
            "program__school",
            "taken_by",
        )


def severity_rank() -> models.Case:
    return models.Case(*[models.When(severity=s, then=s.rank) for s in Severity], default=9)


class Flag(models.Model):
    """One finding on one subject: at most one live row per guideline and subject.

    ``value``, ``threshold`` and ``severity`` are those of the last evaluation; a cleared row keeps its last ones.
    """

    class State(models.TextChoices):
        OPEN = "open", _("à examiner")
        TAKEN = "taken", _("en charge")
        SNOOZED = "snoozed", _("reporté")
        DISMISSED = "dismissed", _("écarté")
        CLEARED = "cleared", _("réglé")

    class Confidence(models.TextChoices):
        COMPLETE = "complete", _("complètes")
        PARTIAL = "partial", _("partielles")

    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="flags")
    guideline = models.CharField(_("balise"), max_length=40)
    dyad = models.ForeignKey(Dyad, models.CASCADE, null=True, blank=True, related_name="flags")
    mentor = models.ForeignKey(Mentor, models.CASCADE, null=True, blank=True, related_name="flags")
    group = models.ForeignKey(SupportGroup, models.CASCADE, null=True, blank=True, related_name="flags")
    teacher = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="teacher_flags")
    program = models.ForeignKey(Program, models.CASCADE, null=True, blank=True, related_name="flags")
    cause = models.CharField(_("cause"), max_length=40, default="")
    severity = models.CharField(_("gravité"), max_length=8, choices=Severity)
    value = models.IntegerField(_("valeur observée"), null=True, blank=True)
    threshold = models.IntegerField(_("balise"), null=True, blank=True)
    confidence = models.CharField(_("données"), max_length=8, choices=Confidence)
    catalogue_version = models.PositiveIntegerField(_("version du catalogue"))
    state = models.CharField(_("suivi"), max_length=9, choices=State, default=State.OPEN)
    raised_on = models.DateField(_("relevé le"))
    cleared_on = models.DateField(_("réglé le"), null=True, blank=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    in_cause: int
    """With ``leading``: how many findings this one stands for, itself included."""

    is_followed: bool
    """With ``with_followed``."""

    is_former: bool
    """With ``former_terms.is_former``."""

    is_takeable: bool
    is_decidable: bool
    """With ``with_deeds``."""

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            *[
                models.UniqueConstraint(
                    fields=["guideline", subject],
                    condition=Q(cleared_on__isnull=True),
                    name=f"guidelines_flag_one_live_per_{subject}",
                )
                for subject in SUBJECTS
            ],
            models.CheckConstraint(
                name="guidelines_flag_one_subject",
                condition=reduce(
                    or_, (Q(**{f"{kind}__isnull": kind != only for kind in SUBJECTS}) for only in SUBJECTS)
                ),
            ),
            models.CheckConstraint(
                name="guidelines_flag_cleared_has_date",
                condition=Q(state="cleared", cleared_on__isnull=False)
                | (~Q(state="cleared") & Q(cleared_on__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["board"], condition=Q(cleared_on__isnull=True), name="guidelines_flag_live")]

    def __str__(self) -> str:
        return f"{self.guideline} {self.severity}"

    @property
    def subject(self) -> Subject:
        return cast(Subject, self.dyad or self.mentor or self.group or self.teacher or self.program)

    @property
    def is_to_examine(self) -> bool:
        """Of a live row, whether nobody has set it aside (``to_examine``)."""
        return self.state not in (Flag.State.DISMISSED, Flag.State.SNOOZED)

    @property
    def is_to_reach(self) -> bool:
        """Of a row to watch, whether it asks to be reached (``to_reach``)."""
        return asks_to_be_reached(self.severity, self.state)

    def rests_on(self, day: date, alone: Collection[int] = ()) -> bool:
        """Whether it is the silence of a relation that is past its committed end, to be closed or renewed, or that is
        without an adult (``alone``: the dyads that are)."""
        until = self.dyad.committed_until if self.dyad else None
        rests = (until is not None and until <= day) or self.dyad_id in alone
        return self.guideline in RHYTHM and self.cleared_on is None and rests

    def decided_together(self) -> FlagQuerySet:
        """The live findings of the same subject that people decide on at once, this one included."""
        return Flag.objects.decided_together_with([self])

    @property
    def subject_kind(self) -> str:
        return next(kind for kind in SUBJECTS if getattr(self, f"{kind}_id") is not None)


def asks_to_be_reached(severity: str, state: str) -> bool:
    return severity == Severity.CRITICAL and state == Flag.State.OPEN


TO_REACH = Q(severity=Severity.CRITICAL, state=Flag.State.OPEN)
"""The same, of the rows of a query."""
TAKEN = Q(state=Flag.State.TAKEN)


class FlagEventQuerySet(models.QuerySet["FlagEvent"]):
    def visible_to(self, user: User) -> Self:
        """The history of what one decides on or leads; a mentor reads the finding without it."""
        return self.filter(flag__in=Flag.objects.takeable_by(user))


class FlagEvent(models.Model):
    """One moment of a finding's life; trends are derived from these rows."""

    class Kind(models.TextChoices):
        RAISED = "raised", _("relevé")
        SEVERITY = "severity", _("gravité changée")
        SEEN = "seen", _("vu")
        TAKEN = "taken", _("pris en charge")
        SNOOZED = "snoozed", _("reporté")
        DISMISSED = "dismissed", _("écarté")
        REOPENED = "reopened", _("rouvert")
        CLEARED = "cleared", _("réglé")

    class Reason(models.TextChoices):
        """Why a finding was set aside, as one chooses it; a sentence tells the rest."""

        OTHERWISE = "otherwise", _("A eu lieu autrement")
        KNOWN = "known", _("Connue et acceptée")
        NOT_OURS = "not_ours", _("Ne vaut pas pour nous")
        MISTAKE = "mistake", _("Erreur de saisie")
        OTHER = "other", _("Autre")

    flag = models.ForeignKey(Flag, models.CASCADE, related_name="events")
    kind = models.CharField(_("événement"), max_length=9, choices=Kind)
    on = models.DateField(_("date"))
    at = models.DateTimeField(_("moment"), auto_now_add=True)
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    severity = models.CharField(_("gravité"), max_length=8, choices=Severity)
    value = models.IntegerField(_("valeur observée"), null=True, blank=True)
    reason = models.TextField(_("motif"), blank=True)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    reason_code = models.CharField(_("nature du motif"), max_length=9, choices=Reason, blank=True, default="")
    batch = models.UUIDField(_("lot"), null=True, blank=True, editable=False)
    """The same for all that one gesture decided: it is taken back together."""
    before = models.JSONField(null=True, blank=True, editable=False)
    """With ``batch``: state, in whose charge (id) and until when (ISO) the finding stood before."""

    objects = FlagEventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="guidelines_flagevent_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.flag_id} {self.kind}"
