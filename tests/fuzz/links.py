"""Random links: every query parameter that a page reads, with valid, invalid and hostile values.

A case depends on its number and the seed alone. It is a page and the parameters of its link. Most parameters belong to
the page; some have valid values, so that the page is tested in many states.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from streamlit.testing.v1 import AppTest

from core.datasets import FIXED, REAL, SYNTHETIC, measurements
from tests.fuzz import page_content
from tests.fuzz.page_content import NOT_A_NUMBER
from tests.pages.conftest import LANGUAGES, PAGES, open_page
from ui.comparison.questions import QUESTIONS as COMPARISON_QUESTIONS
from ui.data import drawn_points
from ui.digits import drawing
from ui.i18n import LANGUAGE
from ui.lecture import steps
from ui.lecture.quiz import Question
from ui.loss import prediction_views
from ui.loss.questions import QUESTIONS as LOSS_QUESTIONS
from ui.softmax import questions, views
from ui.softmax.scenarios import SCENARIOS
from ui.state.url_state import SNAPSHOT
from ui.training.questions import QUESTIONS as TRAINING_QUESTIONS
from ui.training.run_url import MAX_START

Value = str | bytes | list[str]
Random = np.random.Generator

MARKUP = ("<b id=zq>", "<script>zq()</script>", "<img src=x onerror=zq>", "![z](//zq)", "[z](//zq)", ":red[zq]", "`zq`")
"""Values that must not take effect as markup. None is longer than the name of a class may be."""

HOSTILE: tuple[Value, ...] = (
    "", " ", "0", "-0", "1", "-1", "0.5", "1e-320", "1e308", "1e400", "-1e400", "nan", "-nan", "inf", "-Infinity",
    "NaN", "None", "null", "undefined", "true", "False", "9" * 30, "9" * 5000, "1" + "0" * 400, "1_000", "0x10",
    "1e", "+5", "１２", "٣", "½", "1,5", "1,2,3", "1,2,nan", ",", ",,,", "1,2,3,", ";", "a:b;c", ":::", "z" * 10_000,
    "é" * 3333, "\u202e\u200b\u2066abc", "\u0000", "a\x00b", "\ufeff", "👩‍👩‍👧‍👦", "A\u0301" * 300, "../../etc/passwd",
    "..\\..\\x", "file:///etc/passwd", "{lang}", "{0.__class__}", "%s%n", "%00", "$(id)", "'; --", "\\", "\n\r\t",
    b"\xff\xfe", b"\xed\xa0\x80", b"%zz", ["1", "2"], ["", "nan"], ["penguins", "rings", "<b>"], *MARKUP,
)  # fmt: skip

NAMES = [i for i, value in enumerate(HOSTILE) if not NOT_A_NUMBER.search(str(value))]

NUMBERS = ("0", "1", "-1", "0.5", "2", "3", "10", "12", "-12", "100", "1e-3", "1e3", "0.05", "20", "nan", "1e400", "-0")
SETTINGS = ("0.3:0:0", "1:16:0.01", "100:1:1", "30:0:0", "0.001:64:0.3", "0.3:4:1")
ODD_SETTINGS = (
    "1e308:0:0", "1e-308:0:0", "nan:0:0", "inf:0:0", "0:0:0", "-1:0:0", "0.3:-1:0", "0.3:1e3:0", "0.3:99999999999:0",
    "0.3:" + "9" * 4000 + ":0", "0.3:0:1e308", "0.3:0:nan", "0.3:0:-1", "0.3:0", "::", "0.3:1_0:0", "5:0:1e300", "",
)  # fmt: skip
EXPANSIONS = ("linear", "quadratic", "cubic", "rbf")
SETS = (*REAL, *SYNTHETIC, *FIXED, "table", "points")
STEPS = ("0", "1", "7", "50", "99", "100", "101", "300", "400", "401", "20000", "20001", "1.5")
MAX_STEP = 2_000
"""Greatest step of most links, since later steps take long to compute (see `at_last_step`)."""

RATES = ("0.001", "0.3", "3", "30", "100")
BATCHES = ("0", "1", "4", "64")


def _logits(count: int) -> tuple[str, ...]:
    return tuple(",".join(values) for values in (["12"] * count, ["-12", *["12"] * (count - 1)], ["0"] * 10))


def _quiz(name: str, quiz: Mapping[str, Question]) -> dict[str, tuple[str, ...]]:
    """Return the query parameters of a quiz, with all its questions and options."""
    options = {option for question in quiz.values() for option in question.options}
    return {f"{name}_prompt": tuple(quiz), f"{name}_guess": tuple(sorted(options))}


def is_name(key: str) -> bool:
    """Return whether the value of a key is a name, which may be “nan”."""
    return key.startswith("name_") or key == "train_file_name"


COMMON = {
    LANGUAGE: LANGUAGES,
    "present": ("true", "false"),
    "embed": ("true", "false"),
    "class": ("ABCDEF",),
    "lecture": tuple(steps.load_steps("en")),
    "lecture_guess": tuple({option for step in steps.load_steps("en").values() for option in step.options}),
}
STAGE = {
    "speed": ("0.1", "1", "5", "20", "100"),
    "view": ("0", "1", "2", "3", "4"),
    "scale": ("0", "1"),
}
KEYS: dict[str, dict[str, tuple[str, ...]]] = {
    "home": {"hero": ("1,2,3", "-12,12,0", "0,0,0")},
    "softmax_playground": {
        "scenario": tuple(SCENARIOS),
        "temperature": ("0.05", "0.1", "1", "20"),
        "moved": ("1", "2", "10"),
        "softmax_view": (*views.VIEWS, *views.WITHOUT_BARS),
        "add_1000": ("true",),
        "model_x1": ("30", "47.5", "60"),
        "model_x2": ("13", "22"),
        "model_w": ("0,0,0,0,0,0,0,0,0", "6,-6,6,-6,6,-6,6,-6,6", "1e-9,1,1,1,1,1,1,1,-1"),
        "numbers": ("5,4,3", "-1e4, 1e4", "1000,999,998", "0,0", "1e-300,-0"),
        **_quiz("softmax", questions.QUESTIONS),
        **{f"classes_{name}": ("2", "3", "10") for name in SCENARIOS},
        **{f"z_{name}": _logits(len(scenario.logits)) for name, scenario in SCENARIOS.items()},
        **{f"shift_{name}": ("0", "24", "-24") for name in SCENARIOS},
        **{f"name_{name}_{k}": ("犬", "dog", "α") for name in SCENARIOS for k in range(1, 11)},
    },
    "loss_explorer": {
        "loss_view": prediction_views.VIEWS,
        "derivation_part": ("logits", "weights"),
        "derivation_lines": ("1", "2.5", "5"),
        "weights_lines": ("1", "3.5", "6"),
        "target": ("0", "1", "2", "3"),
        "loss_z": ("12,-12,-12,-12", "-12,12,12,12", "0,0,0,0"),
        "against": ("probability", "margin"),
        "losses": ("linear", "cross_entropy,linear", "zero_one,hinge", "cross_entropy,?", ","),
        "epsilon": ("0", "0.5", "1"),
        "loss_h": ("1e-13", "1e-5", "0.1"),
        "hits": ("1", "5", "9"),
        "guess": ("0.01", "0.5", "0.99"),
        "loss_n": ("1", "5", "744", "5000"),
        "surface_from": ("8,8", "-8,-8", "0,0"),
        "surface_steps": ("0", "1", "500"),
        "surface_rate": ("0.1", "1", "5"),
        "surface_target": ("0", "1", "2"),
        "surface_solid": ("0", "1"),
        "surface_camera": ("0.6,0.65,1,0,0", "-16,16,16,-16,16"),
        **_quiz("loss", LOSS_QUESTIONS),
    },
    "live_training": {
        **STAGE,
        "train_data": SETS,
        "train_n": ("30", "300", "2000"),
        "train_classes": ("2", "3", "10"),
        "train_noise": ("0", "0.3", "1"),
        "train_seed": ("0", "9999"),
        **{f"train_x_{name}": measurements(name) for name in REAL},
        **{f"train_y_{column}": measurements(name) for name in REAL for column in measurements(name)},
        "train_columns": ("two", "all"),
        "train_used": ("1,2,3", "3", ""),
        "train_file_name": ("grades.csv", "成績.csv"),
        "train_label": ("species",),
        "train_x_table": ("a",),
        "train_y_table": ("a",),
        "expansion": EXPANSIONS,
        "expansion_b": EXPANSIONS,
        "compare": ("nothing", "rate", "batch", "expansion", "head"),
        "rate": RATES,
        "rate_b": RATES,
        "batch": BATCHES,
        "batch_b": BATCHES,
        "l2": ("0", "0.001", "1"),
        "batch_seed": ("0", "9999"),
        "held_out": ("0", "5", "50"),
        "stop_steps": ("100", "20000"),
        "tolerance": ("0", "0.01", "1e-06"),
        "panel": ("update", "sample", "confusion", "by_hand"),
        "sample": ("1", "2", "2000"),
        "lane": ("0", "1"),
        "points": (
            drawn_points.encode(drawn_points.snap_to_grid(drawn_points.START_POINTS)), "AAAAA", "__8_4", "AAAAA" * 5,
        ),
        "start": ("", "1,2,3,4,5,6,7,8,9", ",".join(["100"] * 9), ",".join(["-100", "100"] * 9)),
        "step": STEPS,
        "past": ("5:0.3:0:0",),
        "past_b": ("5:0.3:0:0",),
        "take": ("true", "false"),
        "notebook": ("true", "false"),
        "mathematics": ("true", "false"),
        **_quiz("training", TRAINING_QUESTIONS),
    },
    "softmax_vs_sigmoid": {
        **STAGE,
        "part": ("exclusive", "labels", "belief", "whole", "guide"),
        "versus_data": ("overlapping", "sheared", "scikit", "separable", "penguins"),
        "versus_n": ("30", "300", "2000"),
        "versus_classes": ("2", "3", "10"),
        "versus_noise": ("0", "0.3", "1"),
        "versus_seed": ("0", "9999"),
        "versus_x_penguins": measurements("penguins"),
        **{f"versus_y_{column}": measurements("penguins") for column in measurements("penguins")},
        "versus_step": STEPS,
        "versus_past": ("5:0.3:0:0",),
        "versus_past_b": ("5:0.3:0:0",),
        "threshold": ("0.05", "0.5", "0.95"),
        **{f"threshold_{k}": ("0.05", "0.5", "0.95") for k in range(3)},
        "threshold_each": ("true", "false"),
        "paint": ("0", "1"),
        "probe_x": ("0", "50", "100"),
        "probe_y": ("0", "50", "100"),
        "overlap": ("0", "0.5", "1"),
        "tag_noise": ("0", "0.2", "1"),
        "tag_seed": ("0", "9999"),
        "labels_sample": ("1", "300"),
        "labels_step": STEPS,
        "labels_past": ("5:0.3:0:0",),
        "labels_past_b": ("5:0.3:0:0",),
        "belief": ("linear", "rbf"),
        "believers": ("30", "300", "600"),
        "belief_l2": ("0", "0.1"),
        "belief_t": ("0.05", "1", "20"),
        "guide_several": ("yes", "no"),
        "guide_more": ("yes", "no"),
        **{key: values for part, quiz in COMPARISON_QUESTIONS.items() for key, values in _quiz(part, quiz).items()},
    },
    "glossary": {},
    "digits": {
        "strokes": (drawing.FIVE, "", "AAAA", "gID_", "_w"),
        "switched": ("0", "63,1", ""),
        "deslant": ("true", "false"),
        "resize": ("true", "false"),
        "even_ink": ("true", "false"),
        "learning": ("true", "false"),
        "digit_rate": ("0.03", "3", "4"),
        "digit_batch": ("0", "16"),
        "digit_l2": ("0", "0.1"),
        "digit_step": ("0", "13", "500"),
        "teaching": ("true", "false"),
        "own_label": ("0", "9", "10"),
        "own_weight": ("1", "20"),
        "errors": ("true", "false"),
        "true_digit": ("0", "9", "10"),
        "read_digit": ("1", "9", "-1"),
        "digit_t": ("0.05", "1", "20"),
        "digits_prompt": ("three", "shift"),
        "digits_guess": ("all", "other"),
    },
    "join": {"code": ("ABCDEF", "ａｂｃｄｅｆ")},
    "class_results": {},
}  # fmt: skip
"""The query parameters that each page reads, without those in COMMON, and some valid values."""


class Link(NamedTuple):
    """A page and the query parameters of its link."""

    page: str
    parameters: dict[str, Value]


def link(number: int, seed: int = 0) -> Link:
    """Return a random link: the same one for the same number and seed."""
    rng = np.random.default_rng([seed, number])
    page = PAGES[number % len(PAGES)]
    keys = COMMON | KEYS[page]
    chosen = [str(key) for key in rng.choice(list(keys), min(len(keys), int(rng.integers(1, 9))), replace=False)]
    parameters: dict[str, Value] = {key: _value(key, keys[key], rng) for key in chosen}
    if page == "softmax_vs_sigmoid" and rng.random() < 0.8:
        parameters["part"] = _one(rng, KEYS[page]["part"])
    if page == "live_training":
        parameters.setdefault("train_data", _one(rng, SETS))
    if page == "loss_explorer" and rng.random() < 0.8:
        parameters["loss_view"] = _one(rng, KEYS[page]["loss_view"])
    if rng.random() < 0.2:  # a parameter of another page, or an unknown one
        foreign = KEYS[str(rng.choice(PAGES))] | {"zq": (), "url_snapshot": (), "_": ()}
        key = str(rng.choice(list(foreign)))
        parameters.setdefault(key, _name(rng) if is_name(key) else _hostile(rng))
    parameters.setdefault(LANGUAGE, _one(rng, LANGUAGES))
    return Link(page, {key: _bounded(key, value) for key, value in parameters.items()})


def at_last_step(link: Link) -> Link:
    """Return the same link at the last step that a run can have."""
    step = {"live_training": "step", "softmax_vs_sigmoid": "versus_step"}.get(link.page)
    return link._replace(parameters=link.parameters | {step: "20000"}) if step else link


def faults(case: Link, reload: bool = False) -> list[str]:
    """List the faults of the page that a link opens; with `reload`, also what a reload from its new link changes."""
    app = open_page(case.page, **case.parameters)
    found = page_content.faults(app, MARKUP)
    untested = keys_read_by(app) - (COMMON | KEYS[case.page]).keys()
    found += [f"reads “{key}”, which is not in KEYS" for key in sorted(untested)]
    if reload and not found:
        reloaded = open_page(case.page, **app.query_params)
        found += [f"differs after a reload: {one} and {other}" for one, other in _differences(app, reloaded)[:3]]
    return found


def keys_read_by(app: AppTest) -> set[str]:
    """Return the query parameters that a page has read."""
    return set(app.session_state._state.filtered_state[SNAPSHOT].written)


def _differences(one: AppTest, other: AppTest) -> list[tuple[str, str]]:
    # A link has six digits of each logit. Their rounding can move a probability across 0.1, where it gets more digits.
    texts = [[text.text.replace("0.1000<", "0.100<") for text in page_content.texts(app)] for app in (one, other)]
    return [_excerpts(a, b) for a, b in zip_longest(*texts, fillvalue="") if a != b]


def _excerpts(one: str, other: str) -> tuple[str, str]:
    """Return excerpts of two texts around the first difference."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(at - 40, 0) : at + 40], other[max(at - 40, 0) : at + 40]


def _value(key: str, valid: tuple[str, ...], rng: Random) -> Value:
    kind = rng.random()
    if is_name(key):
        return _one(rng, valid) if kind < 0.3 else _name(rng)
    if key.startswith(("past", "versus_past", "labels_past")) and kind < 0.8:
        return _past(rng)
    if key == "points" and kind < 0.6:
        return _points(rng)
    if key == "start" and kind < 0.5:
        size = int(rng.choice([6, 9, 18, 30, 260]))
        return ",".join(f"{value:g}" for value in rng.uniform(-1, 1, size) * MAX_START)
    if kind < 0.45 and valid:
        return _one(rng, valid)
    if kind < 0.65:
        return ",".join(_one(rng, NUMBERS) for _ in range(int(rng.integers(1, 11))))
    return _hostile(rng)


def _past(rng: Random) -> str:
    """Return a schedule of settings, usually in order, with valid or invalid settings."""
    untils = np.sort(rng.integers(0, 500, int(rng.integers(1, 8)))).tolist()
    if rng.random() < 0.2:
        untils = untils[::-1]
    if rng.random() < 0.1:
        untils = list(range(1, 1200))
    odd = rng.random() < 0.5
    return ";".join(f"{until}:{_one(rng, SETTINGS + ODD_SETTINGS if odd else SETTINGS)}" for until in untils)


def _points(rng: Random) -> str:
    """Return encoded points, sometimes with an invalid end."""
    count = int(rng.choice([1, 2, 3, 10, 100, 1999, 2000, 2001]))
    low, high = rng.choice([0, 10, 4095]), 4096
    coordinates = rng.integers(low, high, (count, 2))
    classes = rng.integers(0, rng.choice([1, 2, 10, 11, 16]), count)
    text = drawn_points.encode(
        [(x / 4095 * 12 - 6, y / 4095 * 12 - 6, int(k)) for (x, y), k in zip(coordinates, classes, strict=True)]
    )
    return text if rng.random() < 0.8 else text[: int(rng.integers(0, len(text)))] + _one(rng, ("", "!", "é", "A"))


def _bounded(key: str, value: Value) -> Value:
    """Return the value, or MAX_STEP if it is a later step."""
    try:
        is_too_late = key.endswith("step") and isinstance(value, str) and float(value) > MAX_STEP
    except ValueError:
        is_too_late = False
    return str(MAX_STEP) if is_too_late else value


def _hostile(rng: Random) -> Value:
    return HOSTILE[int(rng.integers(len(HOSTILE)))]


def _name(rng: Random) -> Value:
    """Return a hostile name, but not “nan”, which would be shown unchanged."""
    return HOSTILE[int(rng.choice(NAMES))]


def _one(rng: Random, values: tuple[str, ...]) -> str:
    return values[int(rng.integers(len(values)))]
