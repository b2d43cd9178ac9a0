"""Draws the icons of the installed application from the mark: ``python -m tools.app_icons`` (Chromium needed)."""

from playwright.sync_api import sync_playwright

from tools import system
from tools.sources import ROOT

IMAGES = ROOT / "static" / "img"
MARK = """<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 32 32">
<rect width="32" height="32" rx="{corner}" fill="#fff"/>
<g transform="translate(16 16) scale({scale}) translate(-15.7 -16)">
<circle cx="21" cy="16" r="7" fill="none" stroke="#0e5c63" stroke-width="2.6"/>
<circle cx="11.5" cy="16" r="9.6" fill="#fff"/><circle cx="11.5" cy="16" r="8.2" fill="#0e5c63"/></g></svg>"""
# A maskable icon is cut to any shape by the device: its mark keeps within the inner circle.
ICONS = {"app-192.png": (192, 7, 1), "app-512.png": (512, 7, 1), "app-512-maskable.png": (512, 0, 0.72)}


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system.chromium(), args=["--no-sandbox"])
        for name, (size, corner, scale) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(MARK.format(size=size, corner=corner, scale=scale))
            page.locator("svg").screenshot(path=IMAGES / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
