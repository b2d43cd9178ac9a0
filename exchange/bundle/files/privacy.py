"""The registers of the privacy officer: incidents, what was destroyed, and how long a board keeps what."""

from exchange.bundle.declaration import BundleFile, columns
from people.models import Destruction, PrivacyIncident, RetentionPlan

INCIDENTS = BundleFile(
    "privacy_incidents.csv",
    PrivacyIncident,
    columns(
        PrivacyIncident,
        "key board information circumstances happened_on happened_until is_period_approximate aware_on people"
        " is_count_approximate assessment risk commission_told_on people_told_on public_notices measures recorded_on"
        " recorded_by",
    ),
    further_ranges=(("happened_on", "happened_until"),),
)
DESTRUCTIONS = BundleFile(
    "destructions.csv", Destruction, columns(Destruction, "key board kind fate count before done_on done_by")
)
PLANS = BundleFile(
    "retention_plans.csv",
    RetentionPlan,
    columns(
        RetentionPlan,
        "key board students adults journal incidents messages imports nightly_from reason set_on set_by",
    ),
    rules="retention_plans",
)
