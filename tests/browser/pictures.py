"""Take screenshots of every view in both languages, to compare them before and after a refactoring.

    python -m tests.browser.pictures FOLDER [--app app.py] [--against OTHER]

The size is 1280×800. With --against, list the screenshots that differ from those in another folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image, ImageChops

from tests.browser.app import LANGUAGES, ROOT, address_of, launch_browser, new_context, run_app, wait_for_page
from tests.browser.views import VIEWS

TOLERANCE = 32
"""Largest difference of a pixel, of 255, that antialiasing may cause."""


def take_screenshots(app: Path, folder: Path) -> None:
    """Save screenshots of all views of an app in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with run_app(app) as base, launch_browser() as browser:
        view = new_context(browser).new_page()
        for language in LANGUAGES:
            for number, case in enumerate(VIEWS):
                view.goto(address_of(base, case.page, **case.parameters, lang=language))
                wait_for_page(view)
                name = f"{number:02} {case.name}.{language}.png".replace(" ", "_")
                view.screenshot(path=folder / name)


def differences(folder: Path, other: Path) -> list[str]:
    """List the screenshots that differ from those in another folder, with the boxes in which they differ."""
    found = []
    for path in sorted(folder.glob("*.png")):
        one, two = (Image.open(parent / path.name).convert("RGB") for parent in (folder, other))
        difference = ImageChops.difference(one, two).convert("L")
        box = difference.point(lambda value: 255 * (value > TOLERANCE)).getbbox()
        if box:
            found.append(f"{path.name}: {box}")
    return found


def main() -> None:
    """Take the screenshots and compare them."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--app", type=Path, default=ROOT / "app.py", help="the app, by default this one")
    parser.add_argument("--against", type=Path, help="a folder with screenshots to compare with")
    arguments = parser.parse_args()
    take_screenshots(arguments.app, arguments.folder)
    if arguments.against:
        print("\n".join(differences(arguments.folder, arguments.against)) or "no differences")


if __name__ == "__main__":
    main()
