"""Rebuild the committed front-end files from their published packages: ``python tools/vendor_front.py``.

1. Fetch Bootstrap and Bootstrap Icons with npm (needed here only; the product runs without Node).
2. Keep the parts of Bootstrap that templates and crispy forms name, with PurgeCSS.
3. Write the sprite of the icons listed in ``static/img/icons.txt``.
4. Write the licences and the SHA-256 of what came in and of what was written.
"""

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
SPRITE = ROOT / "static" / "img" / "icons.svg"
BOOTSTRAP, ICONS, PURGECSS = "bootstrap@5.3.9", "bootstrap-icons@1.13.2", "purgecss@7"
CONTENT = ["templates/**/*.html", "*/forms.py", "*/forms/*.py", "*/templatetags/*.py"]
DRAWN_BY_DJANGO = (
    "/^(a|button|dd|dl|dt|fieldset|input|label|legend|li|ol|optgroup|select|small|table|td|textarea|th|ul)$/"
)
SAFE = [
    DRAWN_BY_DJANGO,
    "/^form-/",
    "/^is-invalid/",
    "/^input-group/",
    "/^visually-hidden/",
    "/^row$/",
    "/^col(-md|-lg)?(-\\d+)?$/",
]


def fetch(package: str, folder: Path) -> Path:
    """Unpack a package; returns its folder."""
    npm = ["npm", "pack", "--silent", package]
    name = subprocess.run(npm, cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
    target = folder / name.removesuffix(".tgz")
    with tarfile.open(folder / name) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def purge(source: Path, target: Path) -> None:
    config, purged = source.parent / "purgecss.config.mjs", source.parent / "purged.css"
    config.write_text(
        "export const variables = true, dynamicAttributes = ['type', 'role', 'multiple', 'size'];"
        f"export const safelist = {{ standard: [{', '.join(SAFE)}] }};"
    )
    content = [str(ROOT / glob) for glob in CONTENT]
    command = ["npx", "--yes", PURGECSS, "--config", str(config), "--css", str(source), "--content", *content]
    subprocess.run([*command, "--output", str(purged)], cwd=source.parent, check=True)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", purged.read_text())
    target.write_text(css.strip() + "\n")


def sprite(icons: Path) -> None:
    symbols = []
    for name in (ROOT / "static" / "img" / "icons.txt").read_text().split():
        svg = (icons / "icons" / f"{name}.svg").read_text()
        shapes = re.sub(r"\s*\n\s*", "", re.sub(r"^<svg[^>]*>|</svg>\s*$", "", svg.strip()))
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{shapes}</symbol>')
    SPRITE.write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        bootstrap, icons = fetch(BOOTSTRAP, Path(scratch)), fetch(ICONS, Path(scratch))
        source = bootstrap / "dist" / "css" / "bootstrap.min.css"
        for package, name in ((bootstrap, "bootstrap"), (icons, "bootstrap-icons")):
            (VENDOR / name).mkdir(parents=True, exist_ok=True)
            shutil.copy(package / "LICENSE", VENDOR / name / "LICENSE")
        target = VENDOR / "bootstrap" / "bootstrap.purged.css"
        purge(source, target)
        sprite(icons)
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n"
            for path, name in ((source, f"{BOOTSTRAP}/dist/css/bootstrap.min.css"), (target, target.name))
        ]
        (VENDOR / "bootstrap" / "SHA256SUMS").write_text("".join(lines))


if __name__ == "__main__":
    main()
