"""Adults: who they are, and the roles that they hold for a time within a scope."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.access import BOARD_ROLES, Access, Role
from people.kept import kept_for
from people.models.base import RangeQuerySet, new_key, range_ordered
from people.models.names import NamedPerson, NamedQuerySet
from people.models.organisations import School, SchoolBoard
from people.names import full

if TYPE_CHECKING:
    from programs.models import Program


class UserQuerySet(NamedQuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """The adults that a person's roles let them list, and the person."""
        in_board = user.access.within(Role.BOARD_ADMIN, Role.PRIVACY_OFFICER, Role.TRAINER, board="board")
        in_school = user.access.within(Role.SCHOOL_MANAGER, Role.PROGRAM_LEAD, board="board", school="school")
        in_program = Q(school__programs__in=user.access.program_ids(Role.PROGRAM_LEAD))
        return self.filter(in_board | in_school | in_program | Q(pk=user.pk)).distinct()

    def shown_to(self, user: "User") -> Self:
        """Those whose screens one may ask to see: whose account one keeps for the board, who hold no role of a board's
        administration or protection, now or later. Their own acceptance comes on top."""
        in_board = user.access.within(Role.BOARD_ADMIN, board="board")
        wider = Membership.objects.filter(role__in=BOARD_ROLES).exclude(ends_on__lte=user.local_date())
        kept = self.managed_by(user).filter(in_board, is_active=True)
        return kept.exclude(pk=user.pk).exclude(pk__in=wider.values("person"))

    def managed_by(self, user: "User") -> Self:
        """The adults whose account one keeps: of one's schools or board, none of whose roles reaches beyond these.

        Whoever could change the address of somebody with wider rights could sign in as them.
        """
        theirs = Q(school__in=School.objects.managed_by(user)) | user.access.within(Role.BOARD_ADMIN, board="board")
        lasting = Membership.objects.exclude(ends_on__lte=user.local_date())
        beyond = lasting.exclude(pk__in=lasting.managed_by(user).values("pk"))
        return self.filter(theirs, is_superuser=False).exclude(pk__in=beyond.values("person"))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User") -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def managed_by(self, user: "User") -> UserQuerySet:
        return self.get_queryset().managed_by(user)

    def shown_to(self, user: "User") -> UserQuerySet:
        return self.get_queryset().shown_to(user)

    def create_user(self, email: str | None, password: str | None = None, **fields: object) -> "User":
        """Create an adult; without a password they can't sign in until they choose one."""
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an operator: no board, no role in any school."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(NamedPerson, AbstractBaseUser, PermissionsMixin):
    """An adult of a board (an operator has none). Without an e-mail address, an adult can't sign in."""

    board = models.ForeignKey(SchoolBoard, models.PROTECT, null=True, blank=True, related_name="people")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="people")
    key = models.CharField(_("clé"), max_length=120, default=new_key)
    given_name = models.CharField(_("prénom"), max_length=120, blank=True)
    family_name = models.CharField(_("nom"), max_length=120, blank=True)
    email = models.EmailField(_("courriel"), null=True, blank=True, unique=True)
    is_active = models.BooleanField(_("actif"), default=True)
    is_staff = models.BooleanField(_("exploitation"), default=False)
    first_steps_aside = models.BooleanField(_("premiers pas laissés de côté"), default=False, db_default=False)
    emptied_on = models.DateField(_("renseignements détruits le"), null=True, blank=True, editable=False)
    """From that day, only days and numbers are left of them (``people.privacy.destruction``)."""
    access_version = models.PositiveIntegerField(default=0, db_default=0)
    """What lets the person in (a session, a link that resets the password) carries it: raised, all of it is dead."""

    shown_in: int | None = None
    """Of who signed in: the look (id) by which somebody sees their screens now."""
    is_shown = False
    """Whether somebody else reads the page in their place."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "key"], name="people_user_key_in_board"),
            models.UniqueConstraint(Lower("email"), name="people_user_email_without_case"),
        ]

    def __str__(self) -> str:
        return super().__str__() if self.get_full_name() else self.email or self.key

    def get_session_auth_hash(self) -> str:
        return f"{self.access_version}.{super().get_session_auth_hash()}"

    def get_session_auth_fallback_hash(self) -> "Iterator[str]":
        for older in super().get_session_auth_fallback_hash():
            yield f"{self.access_version}.{older}"

    def get_full_name(self) -> str:
        return full(self.given_name, self.family_name)

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in (self.given_name, self.family_name) if part).upper() or "?"

    def local_date(self) -> date:
        """Today where the person works."""
        return self.board.local_date() if self.board else timezone.localdate()

    @cached_property
    def unread(self) -> int:
        """How many notifications wait to be read: one query, none when the sign-in brought the number along."""
        return self.notifications.unread().count()

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether the person has set one up: one query, none when the sign-in brought it along."""
        from people.second_factor import held

        return User.objects.get_queryset().filter(held(), pk=self.pk).exists()

    @cached_property
    def access(self) -> Access:
        """What the person's roles open today: one query, read once per request."""
        on, columns = self.local_date(), ("role", "board_id", "school_id", "program_id")

        def held(people: Sequence[int]) -> "models.QuerySet[Membership, Any]":
            rows = Membership.objects.active_on(on).filter(person__in=people)
            return rows.values_list(*columns)

        return Access.of(self.pk, kept_for([self.pk], "roles of somebody", held, None, on))


class MembershipQuerySet(RangeQuerySet["Membership"]):
    def visible_to(self, user: "User") -> Self:
        """The roles of the people whom the person may list."""
        return self.filter(person__in=User.objects.visible_to(user))

    def managed_by(self, user: "User") -> Self:
        """The roles that one may give and end: those of the schools that one manages, of the board that one runs."""
        schools = School.objects.managed_by(user).values("pk")
        in_school = Q(school__in=schools, program__isnull=True) | Q(program__school__in=schools)
        of_school = in_school & ~Q(role__in=BOARD_ROLES)
        return self.filter(of_school | user.access.within(Role.BOARD_ADMIN, board="board"))


class Membership(models.Model):
    """A role held within a scope (the narrowest of programme, school and board given), for a time."""

    person = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=20, choices=Role)
    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="memberships")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="memberships")
    program: "models.ForeignKey[Program | None, Program | None]" = models.ForeignKey(
        "programs.Program", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            range_ordered("people_membership_range_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
