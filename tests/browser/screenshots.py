"""The pictures of the README, taken anew: python -m tests.browser.screenshots"""

from __future__ import annotations

from tests.browser.app import LANGUAGES, PAGES, ROOT, browsing, open_page, serving, stand_at

FOLDER = ROOT / "docs/screenshots"
STATES = {
    "home": {},
    "softmax_playground": {"scenario": "news"},
    "loss_explorer": {},
    "live_training": {"train_data": "spirals", "expansion": "cubic", "rate": "1"},
    "softmax_vs_sigmoid": {},
}


def main() -> None:
    """Each page in each language, light, as a laptop shows it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving() as base, browsing() as browser:
        for language in LANGUAGES:
            for name in PAGES:
                view = browser.new_page(viewport={"width": 1280, "height": 800})
                open_page(view, base, name, lang=language, **STATES[name])
                if name == "live_training":
                    stand_at(view, 160)
                view.wait_for_timeout(1200)
                view.screenshot(path=FOLDER / f"{name}.{language}.png")
                view.close()


if __name__ == "__main__":
    main()
