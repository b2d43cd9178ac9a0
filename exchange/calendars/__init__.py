"""The calendar of a school, as its centre publishes it: read from iCalendar or a table, told, applied."""
