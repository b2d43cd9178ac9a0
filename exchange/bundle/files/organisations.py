"""boards.csv, schools.csv and the school's calendar."""

from exchange.bundle.declaration import BundleFile, columns
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
SCHOOLS = BundleFile("schools.csv", School, columns(School, "key board name"), identity=("board_id", "key"))
SCHOOL_YEARS = BundleFile(
    "school_years.csv",
    SchoolYear,
    columns(SchoolYear, "key board label starts_on ends_on"),
    identity=("board_id", "key"),
    ranges=(("starts_on", "ends_on"),),
)
TERMS = BundleFile(
    "terms.csv",
    Term,
    columns(Term, "school_year name starts_on ends_on"),
    identity=("school_year_id", "name", "starts_on"),
    board="school_year__board",
    handle="",
    ranges=(("starts_on", "ends_on"),),
)
SCHOOL_DAYS = BundleFile(
    "school_days.csv",
    SchoolDay,
    columns(SchoolDay, "school date kind"),
    identity=("school_id", "date"),
    board="school__board",
    handle="",
)
