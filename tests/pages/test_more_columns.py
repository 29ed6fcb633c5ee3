"""Training on more columns than the two on the plane: of an uploaded table, and of the penguins and irises."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.preprocessing import StandardScaler
from streamlit.testing.v1 import AppTest

from core import Dataset, Run, Settings, iris, penguins
from core.activations import ACTIVATIONS, Floats
from core.datasets import measurements
from core.table_import import MAX_FEATURES
from tests.fuzz.page_content import component_data, faults
from tests.pages.conftest import markup, open_page, text_of
from tests.pages.test_export import stage_of
from tests.pages.test_upload import captions, open_with_table, samples, upload
from ui.i18n import catalogue
from ui.training import animation, export
from ui.training.model import Model
from ui.training.scene import column_names, features_of, features_on_plane, model_of, scene_of

COLUMNS = [f"m{i}" for i in range(1, 7)]


def six_columns(n: int = 120) -> tuple[Floats, list[str]]:
    """Return n samples with 6 features in three overlapping classes, and the names of their classes."""
    generator = np.random.default_rng(5)
    labels = generator.integers(0, 3, n)
    X = generator.normal(0, 1, (n, 6)) + labels[:, None] * generator.normal(0, 0.6, 6)
    return (X * [1, 10, 0.1, 1, 100, 1] + [0, 50, 0, -3, 1000, 0]).round(4), [f"kind {label}" for label in labels]


def as_csv(X: Floats, kinds: list[str], names: list[str] = COLUMNS) -> bytes:
    rows = [",".join([*map(str, row), kind]) for row, kind in zip(X.tolist(), kinds, strict=True)]
    return "\n".join([",".join([*names, "kind"]), *rows]).encode()


def open_with_all_columns(content: bytes, **link: str) -> AppTest:
    """Open a link that trains on all columns of a table, and upload the table."""
    return open_with_table(content, train_columns="all", train_file_name="mine.csv", **link)


def tracked(app: AppTest) -> Any:
    return app.session_state["training_run"].tracked_runs[0]


def stage_data(app: AppTest) -> dict[str, Any]:
    return component_data(stage_of(app))


def of_four_columns(expansion: str = "linear") -> tuple[Dataset, Model, Run]:
    data = iris(measurements("iris"))
    model = model_of(data, data.rows(np.arange(0)), expansion)
    return data, model, Run.begin(model.problem, Settings(0.3)).continued(50)


def test_all_columns_train_to_the_optimum_of_scikit_learn() -> None:
    X, kinds = six_columns()
    app = open_with_all_columns(as_csv(X, kinds), rate="1", l2="0.1", step="2000", panel="confusion")
    run = tracked(app)
    parameters = run.params_at(2000)
    standardised = StandardScaler().fit_transform(X)
    np.testing.assert_allclose(run.model.problem.X, standardised, rtol=0, atol=1e-12)
    reference = LogisticRegression(C=1 / (0.1 * len(X)), tol=1e-10, max_iter=10_000).fit(standardised, kinds)
    expected = reference.predict_proba(standardised)
    got = ACTIVATIONS["softmax"](parameters.logits(run.model.problem.X))
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-6)
    right = np.mean(reference.predict(standardised) == kinds)
    assert run.model.accuracy(parameters) == right
    assert run.rows(2000, 2000, 1).accuracies[0] == right
    counts = confusion_matrix(kinds, reference.predict(standardised))
    table = re.findall("<table.*?</table>", markup(app))[-1]
    assert [int(cell) for cell in re.findall(r"<td>(\d+)</td>", table)] == counts.ravel().tolist()


def test_the_sample_panel_uses_all_columns() -> None:
    X, kinds = six_columns()
    app = open_with_all_columns(as_csv(X, kinds), step="10", panel="sample", sample="7")
    z = tracked(app).params_at(10).logits(StandardScaler().fit_transform(X)[[6]])[0]
    table = next(block for block in re.findall("<table.*?</table>", markup(app)) if "x₆ · (ŷ − y) ÷ n" in block)
    assert all(f">{value:.3f}".replace("-", "−") in table for value in z)


@pytest.mark.parametrize("others", [{}, {"train_columns": "two"}])
def test_two_columns_are_the_default(others: dict[str, str]) -> None:
    X, kinds = six_columns()
    app = open_with_table(as_csv(X, kinds), expansion="quadratic", **others)
    assert samples(app).shape == (120, 5)
    assert stage_data(app)["planeNote"] == ""


def test_the_page_says_that_the_other_columns_have_their_mean(language: str) -> None:
    X, kinds = six_columns()
    app = open_with_all_columns(as_csv(X, kinds), expansion="cubic", lang=language)
    texts = catalogue(language)
    assert not app.exception
    assert stage_data(app)["planeNote"] == texts["training.others_at_mean"].format(count=4)
    assert texts["training.only_linear"].format(count=6) in captions(app)
    assert texts["hint.more_columns"] in markup(app) + text_of(app)
    assert "x1: m1, x2: m2" not in captions(app)
    assert "x₁: m1, x₂: m2, x₃: m3, x₄: m4, x₅: m5, x₆: m6" in captions(app).replace("\\", "")
    assert not any(box.label == texts["control.expansion"] for box in app.selectbox)
    compare = next(box for box in app.selectbox if box.label == texts["control.compare"])
    assert texts["compare.expansion"] not in compare.options


def test_columns_are_left_out_and_the_link_opens_the_same_picture() -> None:
    X, kinds = six_columns()
    app = open_with_all_columns(as_csv(X, kinds))
    app.multiselect[0].set_value(["m2", "m4", "m5", "m6"]).run()
    assert app.query_params["train_used"] == "2,4,5,6"
    assert samples(app).shape == (120, 4)
    link = {name: app.query_params[name] for name in ("train_columns", "train_used")}
    np.testing.assert_array_equal(samples(open_with_table(as_csv(X, kinds), **link)), samples(app))
    app.multiselect[0].set_value(["m2"]).run()
    assert app.error[0].value == catalogue("en")["table.few_columns"]
    upload(app, as_csv(X, kinds, [f"n{i}" for i in range(6)]))
    assert samples(app).shape == (120, 6)


@pytest.mark.parametrize("text", ["", "0,1", "1,7", "x", "1;2", "nan,1"])
def test_an_invalid_selection_in_a_link_is_ignored(text: str) -> None:
    app = open_with_all_columns(as_csv(*six_columns()), train_used=text)
    assert not app.exception
    assert samples(app).shape == (120, 6)


def test_a_column_that_numbers_the_rows_is_not_trained_on_by_default() -> None:
    X, kinds = six_columns()
    X[:, 0] = np.arange(1, 121)
    app = open_with_all_columns(as_csv(X, kinds))
    assert app.multiselect[0].value == COLUMNS[1:]


def test_at_most_twenty_columns_are_used_and_this_is_said(language: str) -> None:
    n, names = 60, [f"c{i}" for i in range(25)]
    X = np.random.default_rng(1).normal(size=(n, 25))
    content = as_csv(X, ["uv"[i % 2] for i in range(n)], names)
    for link in ({}, {"train_used": ",".join(str(i) for i in range(1, 26))}):
        app = open_with_all_columns(content, lang=language, panel="by_hand", **link)
        assert samples(app).shape == (n, MAX_FEATURES)
        assert catalogue(language)["table.most_columns"].format(most=20, columns=25) in captions(app)
    assert catalogue(language)["training.too_many_columns_to_set"] in [info.value for info in app.info]


def test_nine_columns_can_be_set_by_hand_and_twenty_are_all_in_the_table_of_weights() -> None:
    X = np.random.default_rng(1).normal(size=(60, 20))
    content = as_csv(X, ["uv"[i % 2] for i in range(60)], [f"c{i}" for i in range(20)])
    used = ",".join(str(i) for i in range(1, 10))
    app = open_with_all_columns(content, panel="by_hand", train_used=used)
    assert len(app.text_input) >= 20
    app = open_with_all_columns(content, panel="update", step="3")
    assert markup(app).count('scope="row">x₂₀') == 3


def test_rows_with_a_missing_cell_are_left_out_only_if_its_column_is_used() -> None:
    X, kinds = six_columns()
    content = as_csv(X, kinds).decode().split("\n")
    content[5] = "1,2,3,,5,6,kind 1"
    table = "\n".join(content).encode()
    app = open_with_table(table)
    assert len(samples(app)) == 120
    app = open_with_all_columns(table, lang="en")
    assert len(samples(app)) == 119
    assert catalogue("en")["table.empty_cells"].format(column="m4", count=1) in captions(app)


def test_a_constant_column_has_no_effect_and_is_named(language: str) -> None:
    X, kinds = six_columns()
    X[:, 3] = 7.5
    app = open_with_all_columns(as_csv(X, kinds), step="50", lang=language)
    run = tracked(app)
    assert np.all(run.params_at(50).weights[3] == 0)
    assert np.isfinite(run.rows(0, 50, 1).losses).all()
    assert catalogue(language)["table.constant"].format(columns="m4") in captions(app)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the program closes no file
def test_the_notebook_program_trains_on_all_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = as_csv(*six_columns())
    link = {"step": "5", "notebook": "true", "held_out": "20", "train_used": "1,2,5,6"}
    app = open_with_all_columns(content, lang="en", **link)
    (tmp_path / "mine.csv").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    exec(app.code[0].value, {})
    assert tracked(app).model.problem.X.shape == (96, 4)
    loss = tracked(app).rows(5, 5, 1).losses[0]
    assert float(capsys.readouterr().out) == pytest.approx(loss, rel=1e-9)


@pytest.mark.parametrize("name", ["penguins", "iris"])
def test_all_measurements_of_a_real_data_set(name: str, language: str) -> None:
    app = open_page("live_training", train_data=name, train_columns="all", lang=language, notebook="true")
    data = {"penguins": penguins, "iris": iris}[name](measurements(name))
    assert faults(app) == []
    np.testing.assert_allclose(np.sort(samples(app), axis=1), np.sort(StandardScaler().fit_transform(data.X), axis=1))
    assert stage_data(app)["planeNote"]
    assert all(feature in app.code[0].value for feature in measurements(name))


def test_the_plane_has_the_first_two_columns_and_predictions_at_the_mean_of_the_others() -> None:
    data, model, _ = of_four_columns()
    held_out = data.rows(np.arange(20))
    scene = scene_of(data, held_out, [model])
    np.testing.assert_array_equal(scene.points[0], data.X[:, :2])
    np.testing.assert_array_equal(scene.points[1], held_out.X[:, :2])
    corners = np.array([[x, y, *data.X.mean(axis=0)[2:]] for y in scene.y_range for x in scene.x_range])
    np.testing.assert_allclose(features_of(model, scene).basis, model.phi(corners), rtol=1e-6, atol=1e-6)
    assert np.all(abs(features_of(model, scene).basis[:, 2:]) < 1e-12)
    assert column_names("linear", 4) == ["x₁", "x₂", "x₃", "x₄"]


def test_the_numpy_program_and_the_history_have_all_columns(capsys: pytest.CaptureFixture[str]) -> None:
    data, model, run = of_four_columns()
    exec(export.numpy_program(data, "linear", run), {})
    printed = [float(line.split()[1]) for line in capsys.readouterr().out.splitlines()]
    np.testing.assert_allclose(printed, run.losses, rtol=0, atol=1e-12)
    text = export.history_csv(scene_of(data, data.rows(np.arange(0)), [model]), [model], [run])
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert header[2:14:3] == [f"x{i} → Setosa" for i in "₁₂₃₄"]
    np.testing.assert_array_equal([float(value) for value in rows[-1][2:]], run.parameters.stacked.ravel())


def test_the_animation_shows_the_regions_at_the_mean_and_says_so() -> None:
    data, model, run = of_four_columns()
    scene = scene_of(data, data.rows(np.arange(0)), [model])
    figure = animation.animated_figure(data, model.phi, run, scene)
    centre = figure["frames"][-1]["data"][0]["z"][0][0]
    corner = np.array([[scene.x_range[0], scene.y_range[0]]])
    logits = run.parameters.logits(features_on_plane(model.phi, corner))
    assert int(centre) == logits.argmax()
    assert scene.plane_note in figure["layout"]["xaxis"]["title"]["text"]
