"""The whole pool at once: as many students as the gates allow, then what speaks most for all of them together.

The best for one may be somebody else's only mentor: that is why it is not one student after the other. Equal pools give
equal answers: the students come longest first, the mentors by name, and the solver breaks ties by their order.
"""

from collections.abc import Sequence

from mentoring.matching.gates import PLACES, closed
from mentoring.matching.pool import Offer, Pool
from mentoring.matching.reasons import lightness, weight


def assign(pool: Pool, *, taken: Sequence[int] = ()) -> list[Offer | None]:
    """For each student of the pool, in its order, the mentor proposed; None for whom no gate lets one through.

    ``taken`` holds, by mentor of the pool, the places that a person has given away. No query.
    """
    given = list(taken) or [0] * len(pool.offers)
    seats = [
        (place, offer.load + given[place] + nth)
        for place, offer in enumerate(pool.offers)
        for nth in range(min(max(0, offer.free - given[place]), len(pool.waiting)))
    ]
    worth = [
        [None if closed(pool, one, offer, besides=(PLACES,)) else weight(one, offer) for offer in pool.offers]
        for one in pool.waiting
    ]
    table = [
        [None if (value := line[place]) is None else value + lightness(load) for place, load in seats] for line in worth
    ]
    return [None if seat is None else pool.offers[seats[seat][0]] for seat in best(table)]


def best(worth: Sequence[Sequence[int | None]]) -> list[int | None]:
    """By line, its column or None: as many lines as can be given one of their own, then the highest sum.

    ``worth`` is 0 or more, None where line and column can't meet.
    """
    if not worth or not worth[0]:
        return [None] * len(worth)
    from scipy.optimize import linear_sum_assignment  # a second to load, only for who asks for proposals

    highest = max((value for line in worth for value in line if value is not None), default=0)
    one_more = len(worth) * highest + 1
    table = [[0 if value is None else one_more + value for value in line] for line in worth]
    lines, columns = linear_sum_assignment(table, maximize=True)
    found: list[int | None] = [None] * len(worth)
    for line, column in zip(lines, columns, strict=True):
        if worth[line][column] is not None:
            found[line] = int(column)
    return found
