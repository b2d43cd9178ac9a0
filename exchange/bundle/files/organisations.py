"""boards.csv, schools.csv and the school's calendar."""

from exchange.bundle.declaration import BundleFile, columns, rows_of
from exchange.bundle.types import TimeZone
from people.models import School, SchoolBoard
from programs.models import SchoolDay, SchoolYear, Term

BOARDS = BundleFile(
    "boards.csv",
    SchoolBoard,
    columns(SchoolBoard, "key name kind language time_zone", time_zone=TimeZone(60)),
    identity=("key",),
    board="pk",
)
SCHOOLS = BundleFile("schools.csv", School, columns(School, "key board name"))
SCHOOL_YEARS = BundleFile("school_years.csv", SchoolYear, columns(SchoolYear, "key board label starts_on ends_on"))
TERMS = rows_of("school_year", "terms.csv", Term, "name starts_on ends_on", known_by="name starts_on")
SCHOOL_DAYS = rows_of("school", "school_days.csv", SchoolDay, "date kind", known_by="date")
