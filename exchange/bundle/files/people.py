"""people.csv, memberships.csv, and the students with their families."""

from dataclasses import replace

from django.db.models import Q

from exchange.bundle.checks import has_a_name
from exchange.bundle.declaration import BundleFile, Column, column, columns, named, rows_of
from exchange.bundle.roles import AT_HOME, roles_of
from exchange.bundle.types import Email, Items, Reference
from people.access import Role
from people.models import (
    Consent,
    FormerGrade,
    FormerSchool,
    Guardian,
    MailPreference,
    Membership,
    Student,
    User,
    Verification,
)

PEOPLE = BundleFile(
    "people.csv",
    User,
    columns(
        User,
        "key board school given_name family_name email roles",
        board=replace(column(User, "board"), required=True),
        email=Email(254, lower=True),
        roles=Column("roles", Items(tuple(Role.values)), read=roles_of, empty=list),
    ),
    rules="people",
)
CLOSED_ACCOUNTS = BundleFile(
    "closed_accounts.csv",
    User,
    (
        Column("person", Reference(120, "people.csv"), "id", "key", required=True),
        named("active", column(User, "is_active")),
    ),
    identity=("id", "board_id"),
    handle="",
    kept=Q(is_active=False),
    rules="accounts",
)
"""A further file on people, whose own columns are fixed; only those who may not sign in are in it."""
MAIL_PREFERENCES = rows_of("person", "mail_preferences.csv", MailPreference, "digest", known_by="")
MEMBERSHIPS = BundleFile(
    "memberships.csv",
    Membership,
    columns(
        Membership,
        "person role board school program starts_on ends_on",
        board=replace(column(Membership, "board"), required=False),
    ),
    identity=("person_id", "role", "board_id", "school_id", "program_id", "starts_on"),
    handle="",
    kept=~Q(pk__in=Membership.objects.filter(AT_HOME).values("pk")),
    rules="memberships",
)
STUDENTS = BundleFile(
    "students.csv",
    Student,
    columns(Student, "key school given_name family_name birth_date grade"),
    checks=(has_a_name,),
    rules="students",
)
STUDENT_DEPARTURES = BundleFile(
    "student_departures.csv",
    Student,
    (Column("student", Reference(120, "students.csv"), "id", "key", required=True), *columns(Student, "left_on")),
    identity=("id", "board_id"),
    handle="",
    kept=Q(left_on__isnull=False),
)
"""A further file on students, whose own columns are fixed; only those who are at no school of the board are in it."""
STUDENT_CLASSES = BundleFile(
    "student_classes.csv",
    Student,
    (
        Column("student", Reference(120, "students.csv"), "id", "key", required=True),
        *columns(Student, "class_name homeroom"),
    ),
    identity=("id", "board_id"),
    handle="",
    kept=~Q(class_name="", homeroom=""),
)
"""A further file on students; only those of whom a class or a homeroom is known are in it."""
FORMER_GRADES = rows_of(
    "student", "former_grades.csv", FormerGrade, "grade until class_name homeroom", known_by="until"
)
FORMER_SCHOOLS = rows_of("student", "former_schools.csv", FormerSchool, "school until", known_by="until")
VERIFICATIONS = rows_of(
    "person",
    "verifications.csv",
    Verification,
    "kind verified_on valid_until verified_by",
    known_by="kind verified_on",
    further_ranges=(("verified_on", "valid_until"),),
)
GUARDIANS = BundleFile(
    "guardians.csv",
    Guardian,
    columns(Guardian, "key student given_name family_name relation email phone ended_on"),
    tied=("student",),
    checks=(has_a_name,),
    rules="guardians",
)
CONSENTS = rows_of(
    "student",
    "consents.csv",
    Consent,
    "purpose giver given_on withdrawn_on",
    known_by="purpose given_on",
    further_ranges=(("given_on", "withdrawn_on"),),
    rules="consents",
)
