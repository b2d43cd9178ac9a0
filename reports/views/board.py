"""« Organisme »: the board's schools and programmes in numbers, for its administration."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.access import Role
from people.requests import PersonRequest
from people.shortcuts import require_role
from programs.fixed_periods import ended_periods
from reports.board import Board
from reports.forms import BoardForm


@require_safe
def board(request: PersonRequest) -> HttpResponse:
    """What is to reach and to watch today, what a fixed period counted, and the guidelines that are followed."""
    user = request.user
    require_role(user, Role.BOARD_ADMIN)
    on = user.local_date()
    periods = ended_periods(user, on=on)
    form = BoardForm(request.GET, periods=periods)
    facts = Board(
        user,
        on=on,
        period=form.period,
        whole_name=_("Tout l’organisme"),
        own_people=_("Personnes de l’école"),
    )
    form.offer_schools({str(place[0]): name for place, name in facts.schools.items()})
    facts.school = form.school
    context = {"facts": facts, "form": form}
    return render(request, "reports/board.html", context)
