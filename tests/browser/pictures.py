"""Pictures of every view in both languages, to hold a restructuring against them.

    python -m tests.browser.pictures FOLDER [--app app.py] [--against OTHER]

takes them at 1280×800 and, if asked, names those that differ from the pictures of the same name in another folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image, ImageChops

from tests.browser.app import LANGUAGES, ROOT, address_of, browsing, new_context, serving, wait_for_page
from tests.browser.views import VIEWS

SMOOTHING = 32
"""Of 255: how much brighter or darker a pixel on an edge may be from one picture to the next."""


def take(app: Path, folder: Path) -> None:
    """Take all pictures of an app."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving(app) as base, browsing() as browser:
        view = new_context(browser).new_page()
        for language in LANGUAGES:
            for number, shown in enumerate(VIEWS):
                view.goto(address_of(base, shown.page, **shown.parameters, lang=language))
                wait_for_page(view)
                name = f"{number:02} {shown.name}.{language}.png".replace(" ", "_")
                view.screenshot(path=folder / name)


def differing(folder: Path, other: Path) -> list[str]:
    """List the pictures that differ from those in another folder by more than smoothed edges do, and the boxes."""
    found = []
    for path in sorted(folder.glob("*.png")):
        one, two = (Image.open(where / path.name).convert("RGB") for where in (folder, other))
        difference = ImageChops.difference(one, two).convert("L")
        box = difference.point(lambda value: 255 * (value > SMOOTHING)).getbbox()
        if box:
            found.append(f"{path.name}: {box}")
    return found


def main() -> None:
    """Take the pictures, and compare them."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--app", type=Path, default=ROOT / "app.py", help="the app, by default this one")
    parser.add_argument("--against", type=Path, help="a folder with pictures taken before")
    asked = parser.parse_args()
    take(asked.app, asked.folder)
    if asked.against:
        print("\n".join(differing(asked.folder, asked.against)) or "no differences")


if __name__ == "__main__":
    main()
