"""« Bilan » of a group: a dated look back at it as a whole, or at the tie with one student (§2, §2.2)."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.forms import Data
from people.models import User
from programs.forms.records import OBSERVED, WHOLE_GROUP, GroupReviewForm
from programs.log.coverage import to_choose, whole_review_words
from programs.log.day_choices import recent_days, weeks_to_choose
from programs.log.forms import noted, posted_day
from programs.models import GroupReview, SupportGroup
from programs.records.contacts import GroupEntryKind, members_then, wrong_student


class GroupReviewKind(GroupEntryKind[GroupReview]):
    slug = "bilan-groupe"
    model = GroupReview
    name = _("bilan")
    fact = ("student_id",)
    template = "programs/review.html"
    title = _("Faire un bilan")
    heading = _("Bilan")
    saved = _("Bilan enregistré.")

    def wrong(self, record: GroupReview, on: date) -> dict[str, str]:
        """A date alone is no review."""
        wrong = super().wrong(record, on) | wrong_student(record.group, record.student_id, record.on, "student")
        if not record.note.strip() and not any(getattr(record, name) for name in OBSERVED):
            wrong["evolution"] = _t("Écrivez au moins une observation.")
        return wrong

    def form(
        self, data: Data, *, owner: SupportGroup, user: User, on: date, query: Mapping[str, str]
    ) -> GroupReviewForm:
        day = posted_day(data) or on
        members, hints = to_choose(GroupReview, owner, day, on, _t("bilan le %(day)s"), _t("à faire cette étape"))
        form = GroupReviewForm(
            data, owner=owner, on=on, days=recent_days(owner, on), members=members, hints=hints,
            whole_hint=whole_review_words(owner, on), initial={"about": query.get("eleve")},
        )  # fmt: skip
        form.offer_weeks(weeks_to_choose(owner, on))
        return form

    def edit_form(
        self, data: Data, *, record: GroupReview, user: User, on: date, query: Mapping[str, str]
    ) -> GroupReviewForm:
        note, hidden = noted(record)
        initial = note | {"about": str(record.student_id or WHOLE_GROUP)}
        initial |= {name: getattr(record, name) for name in OBSERVED}
        days = [record.on, *recent_days(record.group, on)]
        form = GroupReviewForm(
            data, owner=record.group, on=on, days=days, members=members_then(record, data), hints={}, whole_hint="",
            initial=initial,
        )  # fmt: skip
        form.note_hidden = hidden
        form.offer_weeks(weeks_to_choose(record.group, on))
        return form
