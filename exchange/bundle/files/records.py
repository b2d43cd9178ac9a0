"""What people log beside the meetings: ties of a group, functions of a teacher, what surrounds a dyad."""

from django.db import models
from django.db.models import Q

from exchange.bundle.declaration import BundleFile, columns
from mentoring.models import DifficultEvent, FollowUp, RelationshipReview, SupportCall, TeacherLiaison
from programs.models import FamilyContact, FunctionTime, GroupReview, StudentContact

LOGGED = "logged_on logged_by note note_level"
SINCE = "note_by"
"""What every entry has, meetings too; a column that all gain is the last of ``SINCE``: files keep their order."""


def logged(name: str, model: type[models.Model], names: str) -> BundleFile:
    """A file of entries with a key, dated, authored and noted; what was undone is not among them."""
    kept = Q(deleted_at__isnull=True)
    return BundleFile(name, model, columns(model, f"key {names} {LOGGED} {SINCE}"), kept=kept)


FUNCTION_TIMES = logged("function_times.csv", FunctionTime, "person on function minutes preparation")
OF_GROUPS = (
    logged("student_contacts.csv", StudentContact, "group student on channel minutes"),
    logged("family_contacts.csv", FamilyContact, "group student guardian on channel outcome"),
    logged("group_reviews.csv", GroupReview, "group student on tie intensity functions evolution fit"),
)
OF_DYADS = (
    logged("teacher_liaisons.csv", TeacherLiaison, "dyad on channel subject achievement_heard work_heard"),
    logged("followups.csv", FollowUp, "dyad on recognised skill lates_reviewed discipline_reviewed results_reviewed"),
    logged("difficult_events.csv", DifficultEvent, "dyad on kind supported_on support"),
    logged("relationship_reviews.csv", RelationshipReview, "dyad on redefined agreed"),
    logged("support_calls.csv", SupportCall, "dyad on party channel outcome meets tie benefit helped safe"),
)
