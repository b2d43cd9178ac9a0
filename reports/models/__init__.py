"""Reports as rows: what was asked, how far it is, what it gave; and those that are asked for again each period."""

from reports.models.prepared import Report, ReportPart
from reports.models.schedules import ReportSchedule

__all__ = ["Report", "ReportPart", "ReportSchedule"]
