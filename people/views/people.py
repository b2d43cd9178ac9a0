"""The people of a school or a board: what was imported, and who holds which role."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from people.access import Role
from people.apart import tell_apart
from people.headcounts import GRADES, headcounts
from people.models import Membership, School, Student, User
from people.models.names import sought
from people.requests import PersonRequest

PER_PAGE = 50
P = TypeVar("P", User, Student)
STUDENTS, ADULTS, COUNTS = "eleves", "adultes", "effectifs"


@require_http_methods(["GET", "POST"])
def people(request: PersonRequest) -> HttpResponse:
    """Adults and students of the schools that one manages; an administrator sees students as counts only.

    Names are searched by POST: none ends in an address.
    """
    user, on = request.user, request.user.local_date()
    tabs = [*((STUDENTS,) if user.access.holds(Role.SCHOOL_MANAGER) else ()), ADULTS]
    tabs += [COUNTS] if user.access.holds(Role.BOARD_ADMIN) else []
    if tabs == [ADULTS]:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    tab = data.get("liste", "")
    tab = tab if tab in tabs else tabs[0]
    words = request.POST.get("q", "").replace("\0", "").strip()[:100]  # PostgreSQL refuses a NUL
    context = {"tabs": tabs, "tab": tab, "q": words, "on": on}
    if tab == COUNTS:
        context |= {"lines": list(headcounts(user)), "grades": GRADES}
    else:
        rows: QuerySet[User] | QuerySet[Student] = _students(user) if tab == STUDENTS else _adults(user, on)
        context["page"] = _page(rows.filter(sought(words, "name_key")), data.get("page", "1"))
    return render(request, "people/people.html", context)


def _students(user: User) -> QuerySet[Student]:
    managed = user.access.within(Role.SCHOOL_MANAGER, board="board", school="school")
    return Student.objects.visible_to(user).filter(managed).select_related("school")


def _adults(user: User, on: date) -> QuerySet[User]:
    """Those of the managed schools, and those of the board that are in none for its administrator."""
    managed = Q(school__in=School.objects.managed_by(user)) | user.access.within(Role.BOARD_ADMIN, board="board")
    roles = Membership.objects.visible_to(user).active_on(on).select_related("school", "program")
    adults = User.objects.visible_to(user).filter(managed).select_related("school")
    return adults.prefetch_related(Prefetch("memberships", roles, to_attr="current_roles"))


def _page(rows: QuerySet[P], number: str) -> Page[P]:
    listed: Page[P] = Paginator(rows, PER_PAGE).get_page(number)
    tell_apart(listed)
    return listed
