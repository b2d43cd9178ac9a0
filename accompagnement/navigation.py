"""What the frame of every page needs: the places a person may go."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentoring.models import Mentor
from people.access import Role
from people.looking import look_of
from people.models import Look, User

LOGGERS = (Role.RESOURCE_TEACHER, Role.MENTOR)
ANSWERABLE = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
IN_SCHOOL = (*LOGGERS, *ANSWERABLE)


@dataclass(frozen=True)
class Place:
    """A page of the navigation: who finds it there (everybody when no role is named), and what counts as being in it.

    ``within`` names the other addresses, by prefix of their name, during which the place stays current.
    """

    name: str
    label: str | Promise
    icon: str
    roles: tuple[Role, ...] = ()
    within: tuple[str, ...] = ()
    short: str | Promise = ""

    @property
    def url(self) -> str:
        return reverse(self.name)

    @property
    def word(self) -> str | Promise:
        """What the bottom bar has room for."""
        return self.short or self.label

    def holds(self, address: str) -> bool:
        return address == self.name or address.startswith(self.within or ("\0",))


DASHBOARD = Place("dashboard", _("Tableau de bord"), "speedometer2", ANSWERABLE, short=_("Tableau"))
BOARD = Place("board", _("Organisme"), "table", (Role.BOARD_ADMIN,))
WEEK = Place("week", _("Ma semaine"), "calendar-week", (*LOGGERS, Role.PROGRAM_LEAD), ("hold_today",), _("Semaine"))
UNLOGGED = Place("elsewhere", _("À confirmer chez d’autres"), "hourglass-split", ANSWERABLE)
LOG = Place("log", _("Consigner"), "pencil-square", LOGGERS, ("dyad_log", "group_log", "meeting_", "group_meeting_"))
VIGILANCE = Place("vigilance", _("Vigilance"), "eye", (*IN_SCHOOL, Role.TRAINER, Role.BOARD_ADMIN), ("flag", "ended_"))
DYADS = Place("dyads", _("Dyades"), "link-45deg", IN_SCHOOL, ("dyad",))
MATCHING = Place("matching", _("Jumelages"), "intersect", ANSWERABLE, ("matching", "referral"))
REFERRALS = replace(MATCHING, label=_("Orienter un élève"), roles=(Role.RESOURCE_TEACHER,))
"""The same page, for whoever refers and does not match: under « Menu »."""
GROUPS = Place("groups", _("Groupes"), "people", (Role.RESOURCE_TEACHER, *ANSWERABLE), ("group",))
SEARCH = Place("search", _("Chercher"), "search", (*IN_SCHOOL, Role.PRIVACY_OFFICER))
REPORTS = Place(
    "reports", _("Rapports"), "file-earmark-text", (*IN_SCHOOL, Role.TRAINER, Role.BOARD_ADMIN), ("report",)
)
GUIDELINES = Place("guidelines", _("Balises"), "sliders", (), ("guideline",))
CALENDAR = Place("calendar", _("Calendrier"), "calendar3")
NOTIFICATIONS = Place("notifications", _("Notifications"), "bell", within=("notification",))
MESSAGES = Place("messages", _("Mes messages"), "envelope")
MAILINGS = Place("mailings", _("Envois"), "arrow-right", (*ANSWERABLE, Role.BOARD_ADMIN))
PROGRAMS = Place("programs", _("Programmes"), "clipboard-check", ANSWERABLE, ("program", "role_"))
OF_PROGRAMS = replace(PROGRAMS, roles=(*LOGGERS, Role.BOARD_ADMIN))
"""The same page, for those whose days don't begin with it: under « Menu »."""
TEACHERS = Place("teachers", _("Personnel-ressource"), "person-check", ANSWERABLE, ("teacher",))
MY_TIME = Place("function_time", _("Mon temps"), "hourglass-split", (Role.RESOURCE_TEACHER,), ("function_time_",))
FOUNDATIONS = Place("foundations", _("Mes fondements"), "intersect", (Role.RESOURCE_TEACHER,))
MENTORS = Place("mentors", _("Mentorat"), "mortarboard", (*ANSWERABLE, Role.TRAINER), ("mentor", "training_"))
MY_STYLE = Place("mentor_style", _("Mon style"), "sliders", LOGGERS)
MY_APPROACH = Place("mentor_approach", _("Mon approche"), "chat-dots", LOGGERS)
UNDONE = Place("undone", _("Annulées récemment"), "arrow-counterclockwise", (*LOGGERS, Role.PROGRAM_LEAD))
THEMES = ("light", "dark")
MY_PATH = Place("own_path", _("Mon parcours"), "calendar-check", LOGGERS, ("own_attestation",), _("Parcours"))
MY_DYADS = replace(DYADS, label=_("Mes dyades"), within=("dyad", "flag", "vigilance"))
PEOPLE = Place(
    "people",
    _("Personnes"),
    "person",
    (Role.SCHOOL_MANAGER, Role.BOARD_ADMIN),
    ("people_", "person", "student", "import"),
)
IMPORTS = Place("imports", _("Importer"), "plus-lg", (Role.SCHOOL_MANAGER, Role.BOARD_ADMIN), ("import_",))

PRIVACY = Place(
    "privacy",
    _("Renseignements personnels"),
    "shield-lock",
    (Role.PRIVACY_OFFICER, Role.BOARD_ADMIN),
    ("journal", "incident", "retention", "consents"),
    _("Renseignements"),
)
CONFIDENTIALITY = Place("confidentiality", _("Confidentialité"), "shield-lock")
TOKENS = Place("api_tokens", _("Agenda et jetons"), "shield-lock", within=("api_", "power_bi", "calendar_link"))
SIGN_IN_RULES = Place("sign_in_rules", _("Règles de connexion"), "lock", (Role.BOARD_ADMIN,))
DIRECTORY = Place("directory", _("Annuaire"), "people", (Role.BOARD_ADMIN,), ("directory_",))
FIRST_STEPS = Place("first_steps", _("Premiers pas"), "clipboard-check", (Role.SCHOOL_MANAGER, Role.BOARD_ADMIN))

DAILY = (DASHBOARD, BOARD, WEEK, LOG, VIGILANCE, DYADS, MATCHING, GROUPS, SEARCH, NOTIFICATIONS)
ACCOUNTABLE = (REPORTS, GUIDELINES, CALENDAR, PROGRAMS, MENTORS, PEOPLE, PRIVACY)
ELSEWHERE = (
    UNLOGGED, REFERRALS, UNDONE, TEACHERS, MY_PATH, MY_STYLE, MY_APPROACH, MY_TIME, FOUNDATIONS, OF_PROGRAMS, MESSAGES,
    MAILINGS, IMPORTS, FIRST_STEPS, SIGN_IN_RULES, DIRECTORY, TOKENS, CONFIDENTIALITY,
)  # fmt: skip
"""Under « Menu » and the person's name only."""
MY_PATH_AND_PRACTICE = replace(MY_PATH, within=("own_", "mentor"))
NARROW = (
    (WEEK, LOG, MY_DYADS, MY_PATH_AND_PRACTICE, NOTIFICATIONS, GUIDELINES),
    (),
    (UNDONE, MESSAGES, TOKENS, CONFIDENTIALITY),
)
"""The same three for whoever mentors and does nothing else: their dyads, their log, what they have given."""
OF_MENTORS = (MY_STYLE, MY_APPROACH)
LOGGABLE = (*LOGGERS, Role.PROGRAM_LEAD)
EVERYWHERE = (LOG, *OF_MENTORS, *DAILY, *ACCOUNTABLE, *ELSEWHERE)

HOMES = (
    (ANSWERABLE, DASHBOARD),
    (LOGGERS, WEEK),
    ((Role.BOARD_ADMIN,), BOARD),
    ((Role.TRAINER,), VIGILANCE),
    ((Role.PRIVACY_OFFICER,), PRIVACY),
)


def home_of(user: User) -> Place:
    """The page where the person's day begins."""
    return next((place for roles, place in HOMES if user.access.holds(*roles)), GUIDELINES)


@dataclass(frozen=True)
class Item:
    place: Place
    is_current: bool


class Navigation:
    """The frame for one person on one page; what a page does not print costs no query."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        self.user = user
        match = request.resolver_match
        self.address = match.url_name or "" if match else ""

    @cached_property
    def current(self) -> str:
        """The name of the place that the page is in: the first that claims its address (« log » before « dyads »)."""
        places = (LOG, *NARROW[0], *NARROW[2]) if self.is_narrow else EVERYWHERE
        return next((place.name for place in places if place.holds(self.address)), "")

    @property
    def daily(self) -> list[Item]:
        return self._items(NARROW[0] if self.is_narrow else DAILY)

    @property
    def accountable(self) -> list[Item]:
        return self._items(NARROW[1] if self.is_narrow else ACCOUNTABLE)

    @property
    def elsewhere(self) -> list[Item]:
        shown = {item.place.name for item in (*self.daily, *self.accountable)}
        places = NARROW[2] if self.is_narrow else ELSEWHERE
        return [item for item in self._items(places) if item.place.name not in shown]

    @property
    def bar(self) -> list[Item]:
        """At most four places: the page where the day begins, then log, watch, search; the rest is in the menu."""
        if self.is_narrow:
            return self.daily[:4]
        first = home_of(self.user)
        log = (LOG,) if self.user.access.holds(*LOGGABLE) else ()
        others = [place for place in (VIGILANCE, SEARCH, GUIDELINES, REPORTS) if self._opens(place) and place != first]
        return [self._item(place) for place in (first, *log, *others)][:4]

    @property
    def is_narrow(self) -> bool:
        return self.user.access.only_mentors

    @cached_property
    def school_name(self) -> str:
        return str(self.user.school or self.user.board or "")

    @cached_property
    def role(self) -> str:
        roles = [grant.role for grant in self.user.access.grants]
        return capfirst(str(roles[0].label)) if roles else ""

    def _items(self, places: Iterable[Place]) -> list[Item]:
        return [self._item(place) for place in places if self._opens(place)]

    def _item(self, place: Place) -> Item:
        return Item(place, place.name == self.current)

    @cached_property
    def mentors(self) -> bool:
        """Whether the person mentors; a resource teacher may."""
        return self.user.access.holds(Role.MENTOR) or Mentor.objects.filter(person=self.user.pk).exists()

    def _opens(self, place: Place) -> bool:
        opens = not place.roles or self.user.access.holds(*place.roles)
        return opens and (place not in OF_MENTORS or self.mentors)


def _seen_by(user: User) -> Look | None:
    """The look by which somebody sees the person's own screens. No query when nobody does."""
    return Look.objects.select_related("asked_by").filter(pk=user.shown_in).first() if user.shown_in else None


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``nav`` for a signed-in person, ``theme`` when the browser remembers one: the device's own, until then."""
    theme = request.COOKIES.get("theme", "")
    context: dict[str, Any] = {"theme": theme if theme in THEMES else ""}
    if isinstance(user := getattr(request, "user", None), User):
        context["nav"] = Navigation(request, user)
        context["look"] = look_of(request) or _seen_by(user)
    return context
