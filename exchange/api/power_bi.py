"""The file by which Power BI Desktop opens a table of ours: one connection, to one CSV, which a token then opens."""

import json


def data_source(address: str) -> str:
    """A ``.pbids`` file on an address, by the Web connector. It holds no secret: Power BI asks for it."""
    details = {"protocol": "http", "address": {"url": address}}
    return json.dumps(
        {"version": "0.1", "connections": [{"details": details, "options": {}, "mode": "Import"}]}, indent=2
    )
