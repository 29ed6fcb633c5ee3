"""Record the numbers that links of every page and view show, so that a refactoring does not change them.

    python -m tests.browser.recorded_links [--app app.py]

Opens each link in English and writes the numbers to tests/data/links.json; `test_recorded_links.py` compares them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.app import ROOT, launch_browser, new_context, open_page, run_app
from tests.browser.page_elements import DEEP

FILE = ROOT / "tests/data/links.json"

EXPANSION_OF = {"rings": "quadratic", "spirals": "cubic", "separable": "linear", "overlapping": "rbf", "corners": "rbf"}
POINTS = "AAAAA__8_4gAAABAgAAC__AgBABCDC"

UNSTABLE: list[tuple[str, dict[str, str]]] = [
    ("live_training", {"step": "600", "train_data": "iris", "rate": "30"}),
    ("live_training", {"step": "100", "train_data": "iris", "rate": "100"}),
]
"""Links to steps at which rounding errors have grown, since the loss oscillates: float64 differs from long double by
more than 1e-9 from step 167 (α = 30) and from step 56 (α = 100) on. A different order of additions changes the numbers.
"""

LINKS: list[tuple[str, dict[str, str]]] = [
    ("home", {}),
    ("home", {"hero": "1,2,3"}),
    *(("softmax_playground", {"scenario": name}) for name in ("image", "news", "fault", "binary")),
    *(
        ("softmax_playground", {"softmax_view": view, "temperature": "2", "z_image": "3,-1.5,0.25"})
        for view in ("steps", "geometry", "sharpness", "jacobian", "lecture")
    ),
    ("softmax_playground", {"softmax_view": "precision", "numbers": "1000,999,998"}),
    ("softmax_playground", {"softmax_view": "steps", "classes_image": "10", "temperature": "0.05"}),
    ("softmax_playground", {"softmax_view": "jacobian", "shift_image": "5", "moved": "2"}),
    ("softmax_playground", {"softmax_prompt": "hot", "softmax_guess": "uniform"}),
    *(
        ("loss_explorer", {"loss_view": view, "loss_z": "2,-1,0.5,3", "target": "2"})
        for view in ("price", "against", "likelihood", "distance", "check")
    ),
    ("loss_explorer", {"loss_view": "against", "against": "margin"}),
    ("loss_explorer", {"loss_view": "distance", "epsilon": "0.3"}),
    ("loss_explorer", {"loss_view": "likelihood", "hits": "5", "guess": "0.5", "loss_n": "744"}),
    ("loss_explorer", {"loss_view": "check", "loss_h": "1e-05"}),
    ("loss_explorer", {"loss_view": "surface", "surface_steps": "5", "surface_rate": "0.5"}),
    ("loss_explorer", {"loss_view": "surface", "surface_solid": "1", "surface_from": "3,-2", "surface_target": "1"}),
    *(("live_training", {"train_data": data, "step": "90"}) for data in ("penguins", "iris", "sheared", "scikit")),
    *(
        ("live_training", {"train_data": data, "expansion": expansion, "rate": "1", "step": "200"})
        for data, expansion in EXPANSION_OF.items()
    ),
    ("live_training", {"step": "1234"}),
    ("live_training", {"step": "60", "panel": "by_hand", "start": "1,2,3,4,5,6,7,8,9"}),
    ("live_training", {"step": "50", "held_out": "30", "l2": "0.01", "panel": "confusion"}),
    ("live_training", {"step": "60", "batch": "16", "batch_seed": "7", "panel": "sample", "sample": "12"}),
    ("live_training", {"step": "120", "rate": "1", "past": "60:0.1:0:0"}),
    ("live_training", {"step": "150", "rate": "3", "batch": "4", "past": "20:0.3:0:0;90:1:64:0.01"}),
    ("live_training", {"step": "300", "tolerance": "0.001"}),
    ("live_training", {"step": "500", "stop_steps": "300"}),
    ("live_training", {"step": "300", "rate": "100", "l2": "1"}),
    ("live_training", {"step": "160", "train_data": "iris", "rate": "30"}),
    ("live_training", {"step": "50", "train_data": "iris", "rate": "100"}),
    *UNSTABLE,
    ("live_training", {"step": "80", "train_data": "spirals", "train_n": "2000", "train_classes": "10"}),
    ("live_training", {"step": "40", "train_data": "points", "points": POINTS}),
    *(
        ("live_training", {"step": "70", "train_data": "rings", "compare": compare, other: value})
        for compare, other, value in (
            ("rate", "rate_b", "3"),
            ("batch", "batch_b", "4"),
            ("expansion", "expansion_b", "cubic"),
            ("head", "view", "1"),
        )
    ),
    ("live_training", {"step": "90", "compare": "rate", "rate_b": "1", "past_b": "20:0.1:0:0"}),
    ("softmax_vs_sigmoid", {"part": "exclusive", "probe_x": "30", "probe_y": "85"}),
    ("softmax_vs_sigmoid", {"part": "exclusive", "versus_data": "penguins", "versus_step": "120", "threshold": "0.7"}),
    ("softmax_vs_sigmoid", {"part": "labels", "labels_sample": "12"}),
    ("softmax_vs_sigmoid", {"part": "labels", "tag_noise": "0.1", "overlap": "1", "labels_step": "50"}),
    ("softmax_vs_sigmoid", {"part": "belief"}),
    ("softmax_vs_sigmoid", {"part": "belief", "belief": "rbf", "believers": "30", "belief_t": "3"}),
    ("softmax_vs_sigmoid", {"part": "whole"}),
    ("softmax_vs_sigmoid", {"part": "guide", "guide_several": "no", "guide_more": "yes"}),
    ("loss_explorer", {"lecture": "minus_log", "lecture_guess": "log_two"}),
    ("live_training", {"lecture": "rate", "lecture_guess": "b"}),
    ("softmax_vs_sigmoid", {"lecture": "rule"}),
]

READ_NUMBERS = (
    "() => {"
    + DEEP
    + """
    const values = {}, cells = [];
    for (const element of everything(document)) {
        const name = element.dataset?.testid, value = element.dataset?.value ?? element.textContent;
        const isOurs = name && !/^st[A-Z]/.test(name);
        if (isOurs && value.trim() && isFinite(value)) (values[name] ??= []).push(Number(value));
        const number = element.matches("td") && element.textContent.trim().replace("−", "-");
        if (number && isFinite(number)) cells.push(Number(number));
    }
    return { values, cells };
}"""
)


def read_numbers(view: Page) -> dict[str, Any]:
    """Return the numbers on a page: by test id, from data-value if present, and those in the cells of tables."""
    numbers: dict[str, Any] = view.evaluate(READ_NUMBERS)
    return numbers


def main() -> None:
    """Record the numbers of all links."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.recorded_links")
    parser.add_argument("--app", type=Path, default=ROOT / "app.py", help="the app to record, by default this one")
    with run_app(parser.parse_args().app) as base, launch_browser() as browser:
        view = new_context(browser).new_page()
        links = []
        for page, parameters in LINKS:
            open_page(view, base, page, **parameters, lang="en")
            links.append({"page": page, "parameters": parameters, **read_numbers(view)})
    FILE.write_text("[\n" + ",\n".join(json.dumps(link) for link in links) + "\n]\n", "utf-8")


if __name__ == "__main__":
    main()
