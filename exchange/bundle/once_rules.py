"""What the model keeps once, whatever the keys: a second row for it is refused by its place."""

from django.db import models
from django.utils.translation import gettext as _

from exchange.bundle.base_rules import Rules
from exchange.bundle.drafts import Draft, spelled
from exchange.bundle.index import CHUNK
from exchange.bundle.roles import RolesGiven
from exchange.bundle.state import State
from exchange.reading import Problem
from exchange.scratch import batches
from mentoring.models import MatchingRound, MentorApproach, MinuteItem, MinuteTally, StyleSelfAssessment
from people.models import RetentionPlan
from programs.models import ProgramRole


class OnceRules(Rules):
    """Two keys never describe what the model keeps once; ``names`` say what that is, the last one as a column."""

    file: str
    model: type[models.Model]
    names: tuple[str, ...]

    def asked(self, drafts: list[Draft]) -> list[Draft]:
        """Those of the rows that the model keeps once."""
        return drafts

    def __init__(self, state: State, roles: RolesGiven) -> None:
        super().__init__(state, roles)
        self.told = state.scratch.shelf()

    def check(self, drafts: list[Draft]) -> list[Problem]:
        problems = []
        drafts = self.asked(drafts)
        rows = {tuple(draft.final(name) for name in self.names): draft for draft in reversed(drafts)}
        told = [(spelled(*(draft.final(name) for name in self.names)), draft) for draft in drafts]
        self.told.put((what, 0, (draft.handle, draft.row)) for what, draft in told)
        first = self.told.get(what for what, _draft in told)
        for what, draft in told:
            key, row = first[what][0]
            if row != draft.row:
                problems.append(self._problem(draft, key, _(", ligne %(row)s") % {"row": row}))
        owner = self.names[0]
        for some in batches({place[0] for place in rows if place[0] > 0}, CHUNK):
            kept = self.model._base_manager.filter(**{f"{owner}__in": some}).values_list("pk", "key", *self.names)
            for pk, key, *place in kept:
                taker = rows.get(tuple(place))
                if taker is not None and taker.pk != pk and not taker.faulty:
                    problems.append(self._problem(taker, key, _(", dans la base")))
        return problems

    def _problem(self, draft: Draft, key: str, where: str) -> Problem:
        draft.faulty = True
        sentence = _("la clé «\u00a0%(key)s\u00a0» décrit déjà le même élément%(where)s.")
        return Problem(
            self.file, draft.row, self.names[-1].removesuffix("_id"), sentence % {"key": key, "where": where}
        )


class ProgramRoleRules(OnceRules):
    file, model, names = "program_roles.csv", ProgramRole, ("program_id", "actor")


class StyleRules(OnceRules):
    file, model, names = "style_assessments.csv", StyleSelfAssessment, ("mentor_id", "on")


class ApproachRules(OnceRules):
    file, model, names = "mentor_approaches.csv", MentorApproach, ("mentor_id", "on")


class MinuteItemRules(OnceRules):
    """One of ours is left out once; a board's own questions have no code."""

    file, model, names = "minute_items.csv", MinuteItem, ("board_id", "code")

    def asked(self, drafts: list[Draft]) -> list[Draft]:
        return [draft for draft in drafts if draft.final("code")]


class MinuteTallyRules(OnceRules):
    """A question has one tally a month and programme, and one a month of the whole board."""

    file, model, names = "minute_tallies.csv", MinuteTally, ("board_id", "program_id", "month", "item")


class RetentionPlanRules(OnceRules):
    """A board has one."""

    file, model, names = "retention_plans.csv", RetentionPlan, ("board_id",)


class RoundRules(OnceRules):
    """A programme has one round that pends."""

    file, model, names = "matching_rounds.csv", MatchingRound, ("program_id", "published_on")

    def asked(self, drafts: list[Draft]) -> list[Draft]:
        return [draft for draft in drafts if draft.final("published_on") is None]
