"""Rosters of other systems: read into neutral records (``oneroster``, ``sds``), then written once (``apply``)."""
