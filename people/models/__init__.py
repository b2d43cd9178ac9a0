from people.models.accounts import Invitation
from people.models.audit import AuditEntry
from people.models.consents import Consent
from people.models.drafts import Draft
from people.models.looks import Look
from people.models.notifications import Mailing, MailPreference, Message, Notification
from people.models.organisations import School, SchoolBoard
from people.models.privacy import Destruction, PrivacyIncident, RetentionPlan
from people.models.sessions import OpenedSession
from people.models.students import FormerGrade, FormerSchool, Guardian, Student
from people.models.users import Membership, User
from people.models.verifications import Verification

__all__ = [
    "AuditEntry",
    "Consent",
    "Destruction",
    "Draft",
    "FormerGrade",
    "FormerSchool",
    "Guardian",
    "Invitation",
    "Look",
    "MailPreference",
    "Mailing",
    "Membership",
    "Message",
    "Notification",
    "OpenedSession",
    "PrivacyIncident",
    "RetentionPlan",
    "School",
    "SchoolBoard",
    "Student",
    "User",
    "Verification",
]
