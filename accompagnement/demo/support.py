"""Support calls of the demonstration's first school: nearly all made in time, and a doubt or two of its mentors."""

from datetime import timedelta
from random import Random

from accompagnement.demo.cast import Cast
from mentoring.models import Doubt, Dyad, SupportCall
from programs.models import Program

FOLLOWED = timedelta(weeks=9)
Answer, Outcome = SupportCall.Answer, SupportCall.Outcome
LEFT_TO_CALL = 6
"""One dyad in so many waits for its calls."""


def support(cast: Cast, chance: Random) -> None:
    """Rive-Claire follows support calls; the second school has yet to."""
    cast.mentoring.support_calls_from = cast.on - FOLLOWED
    cast.mentoring.save()
    rows = Dyad.objects.filter(program=cast.mentoring).open_on(cast.on).select_related("mentor__person").order_by("pk")
    dyads = list(rows)
    SupportCall.objects.bulk_create(
        call
        for place, dyad in enumerate(dyads)
        for party in Program.Party.values
        for call in calls(cast, dyad, party, chance, waits=place % LEFT_TO_CALL == 1)
    )
    for dyad, words, heard in zip(
        dyads[2:], ("Il annule souvent à la dernière minute.", ""), (True, False), strict=False
    ):
        day = cast.calendar.class_day_before(cast.on - timedelta(days=24 if heard else 3))
        Doubt.objects.create(
            board=cast.board,
            key=f"demo-doubt-{dyad.pk}",
            dyad=dyad,
            raised_on=max(day, dyad.starts_on),
            raised_by=dyad.mentor.person,
            words=words,
            heard_on=day + timedelta(days=2) if heard else None,
            heard_by=cast.julie if heard else None,
            answer="Échange avec l’élève : l’heure du midi convient mieux." if heard else "",
        )


def calls(cast: Cast, dyad: Dyad, party: str, chance: Random, *, waits: bool) -> list[SupportCall]:
    """One a month since the calls are followed; ``waits``: none of this month, or a message that nobody took."""
    since = max(dyad.starts_on, cast.on - FOLLOWED)
    days = [since + timedelta(days=7 + 25 * n + chance.randint(0, 3)) for n in range(4)]
    days = [cast.calendar.class_day_before(day) for day in days if day < cast.on]
    made = []
    for place, day in enumerate(days[:-1] if waits else days):
        reached = not (waits and place == len(days) - 2 and party == Program.Party.FAMILY)
        answers = [chance.choices((Answer.YES, Answer.PARTLY, Answer.NO), (8, 3, 1))[0] for _ in SupportCall.QUESTIONS]
        made.append(
            SupportCall(
                board=cast.board,
                key=f"demo-call-{dyad.pk}-{party}-{place}",
                dyad=dyad,
                party=party,
                on=max(day, dyad.starts_on),
                logged_on=day,
                logged_by=cast.julie,
                outcome=Outcome.REACHED if reached else Outcome.MESSAGE_LEFT,
                **dict(zip(SupportCall.QUESTIONS, answers, strict=True)) if reached else {},
            )
        )
    return made
