"""The columns and files that the specifications know: what stands beside them is said, since nobody reads it."""

from django.utils.translation import gettext as _

from exchange.rosters.files import Table
from exchange.rosters.records import Notes, Place

#: OneRoster 1.0 to 1.2 and School Data Sync 2.1 by file, those that we leave on purpose included.
ROW = "sourcedId status dateLastModified"
KNOWN = {
    "manifest": "propertyName value",
    "orgs": f"{ROW} name type identifier parentSourcedId",
    "academicsessions": f"{ROW} title type startDate endDate parentSourcedId schoolYear",
    "users": f"""{ROW} enabledUser orgSourcedIds role username userId userIds givenName familyName middleName identifier
        email sms phone agents agentSourcedIds grade grades password userMasterIdentifier resourceSourcedIds
        preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId pronouns
        activeDirectoryMatchId""",
    "roles": f"""{ROW} userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId
        sessionSourcedId grade isPrimary roleStartDate roleEndDate""",
    "relationships": "userSourcedId relationshipUserSourcedId relationshipRole",
    "demographics": f"""{ROW} userSourcedId birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican
        nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity
        countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus birthCity birthState
        birthCountry ethnicityCodes raceCodes""",
}
#: Those of School Data Sync 1, whose columns are named by words.
KNOWN_BY_WORDS = {
    "school": """SIS ID, Name, School Number, School NCES_ID, State ID, Grade Low, Grade High, Principal SIS ID,
        Principal Name, Principal Secondary Email, Address, City, State, Country, Zip, Phone, Zone""",
    "student": """SIS ID, School SIS ID, Username, First Name, Last Name, Password, State ID, Secondary Email,
        Student Number, Middle Name, Grade, Status, Gender, Birthdate, ELL Status, FederalRace, Graduation Year,
        Mailing Address, Mailing City, Mailing State, Mailing Zip, Mailing Latitude, Mailing Longitude, Mailing Country,
        Residence Address, Residence City, Residence State, Residence Zip, Residence Latitude, Residence Longitude,
        Residence Country""",
    "teacher": """SIS ID, School SIS ID, Username, First Name, Last Name, Password, State ID, Teacher Number, Status,
        Middle Name, Secondary Email, Title, Qualification""",
    "user": "Email, First Name, Last Name, Phone, SIS ID",
    "guardianrelationship": "SIS ID, Email, Role",
}
COLUMNS = {file: {name.lower() for name in names.split()} for file, names in KNOWN.items()}
COLUMNS |= {
    file: {" ".join(name.lower().split()) for name in names.split(",")} for file, names in KNOWN_BY_WORDS.items()
}
#: Left on purpose: a support group is no class.
LEFT = """
    courses classes enrollments classresources courseresources resources categories lineitems results scorescales
    userprofiles userresources resultlearningobjectiveids lineitemscorescales lineitemlearningobjectiveids
    resultscorescales userflags section studentenrollment teacherroster
"""
LEFT_FILES = frozenset(LEFT.split())


def say_unread(tables: dict[str, Table], notes: Notes) -> None:
    """Once a file: the columns that no specification knows, or that the whole file is not read."""
    for name, table in tables.items():
        if name in LEFT_FILES:
            continue
        if name not in COLUMNS:
            notes.tolerate(Place(table.name), "unread_file", _("ce fichier n’est pas lu."))
            continue
        # OneRoster lets each system add its own as metadata.*
        unread = [c for c in table.columns if c not in COLUMNS[name] and not c.startswith("metadata.")]
        if unread:
            words = _("colonnes qui ne sont pas lues\u00a0: %(columns)s.")
            place = Place(table.name, table.header_row, unread[0])
            notes.tolerate(place, "unread_columns", words % {"columns": ", ".join(unread)})
