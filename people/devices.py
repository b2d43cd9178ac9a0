"""What kind of device a browser says it is: enough to recognise one's own, and nothing that would follow anybody."""

import re

BROWSERS = (
    ("Edge", re.compile(r"Edg(e|A|iOS)?/")),
    ("Opera", re.compile(r"OPR/|Opera")),
    ("Firefox", re.compile(r"Firefox/|FxiOS/")),
    ("Chrome", re.compile(r"Chrome/|CriOS/")),
    ("Safari", re.compile(r"Safari/")),
)
"""The first that matches: each says that it is also those that come after."""
SYSTEMS = (
    ("iPad", re.compile(r"iPad")),
    ("iPhone", re.compile(r"iPhone")),
    ("Chromebook", re.compile(r"CrOS")),
    ("Android", re.compile(r"Android")),
    ("Windows", re.compile(r"Windows")),
    ("Mac", re.compile(r"Mac OS X|Macintosh")),
    ("Linux", re.compile(r"Linux|X11")),
)
PLACE = " / "


def kind_of_device(signature: str) -> str:
    """« Firefox / Windows » of a browser's own signature (``User-Agent``); empty parts when it says neither."""
    found = [next((name for name, said in of if said.search(signature)), "") for of in (BROWSERS, SYSTEMS)]
    return PLACE.join(found)


def parts_of(device: str) -> tuple[str, str]:
    """The browser and the system of what ``kind_of_device`` wrote; either may be empty."""
    browser, _place, system = device.partition(PLACE)
    return browser, system
