"""The playground: number and names of classes, and the numbers that each view shows."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import pytest
import scipy.special
import scipy.stats
from streamlit.testing.v1 import AppTest

from core import softmax
from tests.fuzz.page_content import component_data
from tests.pages.conftest import markup, open_page
from ui.i18n import catalogue
from ui.i18n.number_format import format_decimal, format_probability
from ui.softmax.float_precision import EXAMPLES, parse_numbers
from ui.softmax.model_view import DEFAULT_PENGUIN, trained_model
from ui.softmax.views import VIEWS


def data_of(app: AppTest, component: str) -> dict[str, Any]:
    """Return the data that the component was sent."""
    return next(
        component_data(element.proto)
        for element in app.get("bidi_component")
        if element.proto.component_name.endswith(component)
    )


def bars(app: AppTest) -> dict[str, Any]:
    """Return the data that the logit bars were sent."""
    return data_of(app, "logit_bars")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("K", [2, 3, 10])
def test_every_view_opens_in_both_languages_for_few_and_many_classes(view: str, K: int, language: str) -> None:
    app = open_page("softmax_playground", lang=language, softmax_view=view, classes_image=str(K))
    assert not app.exception
    assert catalogue(language)[f"playground.{view}_try"] in [element.value for element in app.markdown]
    assert 'class="callout"' in markup(app)
    assert len(bars(app)["names"]) == K


def test_the_model_shows_the_trained_weights_instead_of_the_bars(language: str) -> None:
    app = open_page("softmax_playground", lang=language, softmax_view="model")
    model, texts = data_of(app, "linear_model"), markup(app) + "".join(element.value for element in app.markdown)
    assert model["weights"] == model["trained"] == trained_model()[2]
    assert model["measured"] == list(DEFAULT_PENGUIN)
    assert catalogue(language)["playground.model_try"] in texts
    assert "logit_bars" not in "".join(element.proto.component_name for element in app.get("bidi_component"))


def test_the_link_has_the_measurements_and_weights_of_the_model() -> None:
    link = {"softmax_view": "model", "model_x1": "33.5", "model_x2": "99", "model_w": "1,2,3,-4,5,6,6,-6,0.5"}
    model = data_of(open_page("softmax_playground", lang="en", **link), "linear_model")
    assert model["measured"] == [33.5, DEFAULT_PENGUIN[1]]  # 99 mm is out of range
    assert model["weights"] == [[1, 2, 3], [-4, 5, 6], [6, -6, 0.5]]


@pytest.mark.parametrize("text", ["1,2,3", "", "x,2,3,4,5,6,7,8,9", "1,2,3,4,5,6,6,6,nan", "1,2,3,4,5,6,6,6,7"])
def test_invalid_weights_in_the_link_are_ignored(text: str) -> None:
    app = open_page("softmax_playground", lang="en", softmax_view="model", model_w=text)
    assert data_of(app, "linear_model")["weights"] == trained_model()[2]


def test_the_link_has_names_and_logits_for_any_number_of_classes() -> None:
    z = [0.5, -1, 2, 3.25, 0]
    link = {"classes_image": "5", "z_image": ",".join(map(str, z)), "name_image_1": "Fox", "name_image_4": "<b>|,&"}
    app = open_page("softmax_playground", lang="en", **link)
    assert bars(app)["logits"] == z
    assert bars(app)["names"] == ["Fox", "Cat", "Bird", "<b>|,&", "Class 5"]
    assert {key: app.query_params[key] for key in link} == link


def test_markup_in_a_name_is_escaped() -> None:
    name = "<img src=x onerror=z>"
    app = open_page("softmax_playground", lang="en", name_image_2=name, softmax_view="lecture")
    assert name not in markup(app)
    assert "&lt;img src=x onerror=z&gt;" in markup(app)
    assert name not in " ".join(element.value for element in [*app.markdown, *app.caption])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  a   b ", "a b"),
        ("x" * 99, "x" * 24),
        ("\u202e\u0000\u200b", "Dog"),
        ("", "Dog"),
        ("犬 🐶", "犬 🐶"),
        ("👩‍🔬", "👩‍🔬"),
        ("\u200d", "Dog"),
        ("x" * 23 + "👩‍🔬", "x" * 23 + "👩"),
    ],
)
def test_names_are_short_and_printable(typed: str, shown: str) -> None:
    assert bars(open_page("softmax_playground", lang="en", name_image_1=typed))["names"][0] == shown


def test_classes_keep_their_logits_when_k_changes() -> None:
    app = open_page("softmax_playground", lang="en", z_image="5,-4,3")
    app.slider(key="classes_image:en").set_value(5).run()
    assert app.session_state["z_image"] == [5, -4, 3, 0, 0]
    app.slider(key="classes_image:en").set_value(2).run()
    assert app.session_state["z_image"] == [5, -4]
    assert app.query_params["z_image"] == "5,-4"


def test_a_preset_resets_the_other_controls() -> None:
    app = open_page("softmax_playground", scenario="news", classes_image="7", shift_image="2", temperature="3")
    next(button for button in app.button if button.label == "Softmax(10, 0, 0)").click().run()
    assert bars(app)["logits"] == [10, 0, 0]
    assert (bars(app)["temperature"], bars(app)["shift"]) == (1, 0)


def test_sharpness_measures_equal_scipy() -> None:
    z, T = [2.5, -1.25, 0.75, 4.0], 1.7
    text = markup(
        open_page(
            "softmax_playground",
            scenario="news",
            z_news="2.5,-1.25,0.75,4",
            temperature="1.7",
            softmax_view="sharpness",
        )
    )
    for t in (T, 0.05, 0.5, 1.0, 2.0, 20.0):
        p = scipy.special.softmax(np.array(z) / t)
        H = scipy.stats.entropy(p, base=2)
        cells = (
            format_decimal(H),
            format_decimal(2**H, 2),
            format_probability(p.max()),
            format_decimal(p.max() - np.sort(p)[-2]),
        )
        assert "".join(f"<td>{escape(cell)}</td>" for cell in cells) in text
    assert f"{format_decimal(scipy.stats.entropy(scipy.special.softmax(np.array(z) / T), base=2))} bits" in text


def test_the_lectures_properties_show_the_numbers_of_core() -> None:
    z = [2.5, -1.25, 0.75, 4.0]
    text = markup(
        open_page(
            "softmax_playground", scenario="news", z_news=",".join(map(str, z)), temperature="2", softmax_view="lecture"
        )
    )
    p = softmax(z, 2)
    assert f"min ŷ = {format_probability(p.min())}" in text
    assert f"= {format_decimal(p[3] / p[0], 2)}" in text


@pytest.mark.parametrize(("number", "name"), [("11", "float16"), ("88.5", "float32"), ("709.5", "float64")])
def test_a_sum_that_overflows_is_a_failure_of_the_textbook_formula(number: str, name: str) -> None:
    app = open_page("softmax_playground", lang="en", softmax_view="precision", numbers=f"{number}, {number}")
    (message,) = [m.value for m in app.markdown if m.value.startswith("The textbook formula fails in")]
    assert name in message.partition(":")[0]
    assert f"✗ {catalogue('en')['playground.textbook']}</caption>" in markup(app)


def test_the_slides_rounded_probabilities_are_corrected() -> None:
    text = markup(open_page("softmax_playground", softmax_view="lecture"))
    assert "[0.9999092, 0.0000454, 0.0000454]" in text
    assert "[0.999, 0.0004, 0.0004]" in text


@pytest.mark.parametrize(
    ("numbers", "failing_types"),
    [
        ("5, 4, 3", set()),
        ("12, 11, 10", {"float16"}),
        ("100, 99, 98", {"float16", "float32"}),
        ("1000, 999, 998", {"float16", "float32", "float64"}),
        ("-1000, -1001, -1002", {"float16", "float32", "float64"}),
    ],
)
def test_float_types_in_which_only_the_textbook_formula_fails_are_shown(numbers: str, failing_types: set[str]) -> None:
    assert numbers in EXAMPLES
    app = open_page("softmax_playground", lang="en", softmax_view="precision", numbers=numbers)
    text = markup(app)
    texts = catalogue("en")
    assert text.count(f"✗ {texts['playground.textbook']}</caption>") == len(failing_types)
    assert text.count(f"✓ {texts['playground.stable']}</caption>") == 3
    message = next((m.value for m in app.markdown if m.value.startswith("The textbook formula fails in")), "")
    types = ("float16", "float32", "float64")
    assert {name for name in types if f"{name}," in message or f"{name}:" in message} == failing_types
    assert "nan" not in text.lower()
    expected = scipy.special.softmax(parse_numbers(numbers))
    assert text.count(f"<td>{format_probability(float(expected[1]))}</td>") >= 2


@pytest.mark.parametrize("text", ["", "1", "1,2,3,4,5,6", "1,x", "1,,2", "nan,1", "inf,1", "10001,0", "1;2"])
def test_only_two_to_five_numbers_are_accepted(text: str) -> None:
    assert parse_numbers(text) is None


def test_full_width_numbers_are_accepted() -> None:
    assert parse_numbers("１２，３、−４") == [12, 3, -4]
    assert parse_numbers("１．５，２") == [1.5, 2]


def test_numbers_are_written_with_a_minus_sign_and_powers_of_ten() -> None:
    text = markup(open_page("softmax_playground", lang="en", softmax_view="precision", numbers="-1.00001e-7,-0"))
    assert "−1.00001×10⁻⁷" in text
    assert "e−" not in text
    assert "−0<" not in text
    assert "z + 0" not in text


def test_invalid_numbers_get_a_warning(language: str) -> None:
    app = open_page("softmax_playground", lang=language, softmax_view="precision", numbers="1,x")
    assert not app.exception
    assert app.warning[0].value == catalogue(language)["playground.numbers_fault"].format(most=5, largest="10,000")
