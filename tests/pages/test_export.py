"""The exported program, history and animation agree with the run on the stage."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import Dataset, Run, Settings, accuracy, penguins, softmax, split
from core.datasets import spirals
from tests.fuzz.page_content import component_data
from tests.pages.conftest import open_page
from tests.pages.test_upload import upload
from ui.training import animation, export
from ui.training.model import Model
from ui.training.scene import model_of, scene_of

NOTHING = penguins().rows(np.arange(0))


def on_a_line() -> Dataset:
    return replace(penguins(), X=np.stack([penguins().X[:, 0], np.full(342, 39.7)], axis=1))


def far_apart() -> Dataset:
    labels = np.arange(12) % 2
    return Dataset(np.stack([labels * 10.0 - 5, np.arange(12.0)], axis=1), labels, ("class_1", "class_2"), ("x1", "x2"))


CASES = {
    "penguins, all samples": (penguins(), "linear", Settings(0.3), 0, "softmax"),
    "cubic spirals in mini-batches with a penalty": (
        spirals(120, 4, 0.3, 2), "cubic", Settings(0.3, 16, 0.01), 7, "softmax",
    ),
    "quadratic": (spirals(90, 3, 0.3, 1), "quadratic", Settings(1.0), 0, "softmax"),
    "bumps": (spirals(90, 2, 0.3, 1), "rbf", Settings(1.0, None, 0.001), 0, "softmax"),
    "points on a line": (on_a_line(), "quadratic", Settings(0.3), 0, "softmax"),
    "logits beyond what 1 − σ can tell from 0": (far_apart(), "linear", Settings(100.0), 0, "sigmoid"),
    "one-vs-rest": (penguins(), "quadratic", Settings(0.3, 32), 1, "sigmoid"),
}  # fmt: skip


def run_of(case: str) -> tuple[Dataset, Model, Run]:
    data, expansion, settings, seed, head = CASES[case]
    model = model_of(data, NOTHING, expansion, seed=seed, head=head)
    run = Run.begin(model.problem, settings).continued(60)
    return data, model, run.continued(40, Settings(0.1, settings.batch_size, 0.05))


@pytest.mark.parametrize("case", CASES)
def test_the_program_prints_the_losses_of_the_run(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    data, model, run = run_of(case)
    text = export.numpy_program(data, model.phi.expansion, run)
    assert "core" not in text
    exec(text, {})
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [int(step) for step, _ in printed] == list(range(101))
    np.testing.assert_allclose([float(loss) for _, loss in printed], run.losses, rtol=0, atol=1e-12)


def history(*models: Model, data: Dataset = NOTHING, steps: tuple[int, ...] = (100,)) -> list[list[str]]:
    """Return the rows of the history of runs of these models."""
    scene = scene_of(data, NOTHING, models)
    runs = [Run.begin(model.problem, Settings(0.3)).continued(n) for model, n in zip(models, steps, strict=True)]
    return list(csv.reader(io.StringIO(export.history_csv(scene, models, runs).removeprefix("\ufeff"))))


def test_the_history_has_every_step_exactly() -> None:
    data, model, run = run_of("cubic spirals in mini-batches with a penalty")
    text = export.history_csv(scene_of(data, NOTHING, [model]), [model], [run])
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert header[:3] == ["step", "training loss", "x₁ → Class 1"]
    assert header[-1] == "b → Class 4"
    assert len(rows) == 101
    np.testing.assert_array_equal([float(row[1]) for row in rows], run.losses)
    np.testing.assert_array_equal([float(value) for value in rows[-1][2:]], np.vstack([run.weights, run.bias]).ravel())


def test_the_history_has_the_loss_of_held_out_samples() -> None:
    training, held_out = split(penguins(), 0.2, 0)
    model = model_of(training, held_out)
    header, *rows = history(model, data=training)
    assert header[1:3] == ["training loss", "held-out loss"]
    assert model.held_out is not None
    run = Run.begin(model.problem, Settings(0.3)).continued(100)
    assert float(rows[100][2]) == model.held_out.objective(run.parameters, 0.0)[0]


def test_the_history_has_both_of_two_models_and_empty_cells_after_the_end_of_the_shorter_run() -> None:
    models = [replace(model_of(penguins(), NOTHING, head=head), name=head) for head in ("softmax", "sigmoid")]
    header, *rows = history(*models, data=penguins(), steps=(3, 1))
    names = [f"{name} → {species}" for name in ("x₁", "x₂", "b") for species in ("Adelie", "Chinstrap", "Gentoo")]
    losses = [f"{head} training loss" for head in ("softmax", "sigmoid")]
    assert header == [
        "step", losses[0], *(f"softmax {name}" for name in names), losses[1], *(f"sigmoid {name}" for name in names),
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["0", "1", "2", "3"]
    assert all(rows[1])
    assert rows[2][11:] == [""] * 10
    assert all(rows[3][:11])


def test_files_have_the_data_set_the_step_and_the_date_in_their_names(language: str) -> None:
    app = open_page("live_training", lang=language, train_data="rings", step="40", take="true", compare="rate")
    assert not app.exception
    assert export.file_name("rings", 40, date(2026, 1, 5)) == "rings-step-40-2026-01-05"
    assert component_data(stage_of(app))["dataName"] == "rings"


@pytest.mark.parametrize(
    ("name", "part"),
    [("mine.csv", "mine"), ("Übung 1 (neu).csv", "Übung-1-neu"), ("猫.csv", "猫"), ("(…).csv", "table")],
)
def test_the_name_of_an_uploaded_file_is_part_of_the_names_of_downloads(name: str, part: str) -> None:
    app = upload(open_page("live_training", train_data="table"), b"a,b,c\n1,2,u\n3,4,v\n5,6,u\n", name)
    assert component_data(stage_of(app))["dataName"] == part


def stage_of(app: AppTest) -> Any:
    found = [node.proto for node in app.get("bidi_component")]
    return next(proto for proto in found if proto.id.endswith("-stage"))


def test_the_animation_is_one_file_with_the_regions_of_the_run() -> None:
    data, model, run = run_of("quadratic")
    phi = model.phi
    text = export.animation_html(data, phi, run, scene_of(data, NOTHING, [model]))
    assert not re.search(r"<(script|link)[^>]+(src|href)=", text)
    frames = json.loads(re.search(r"Plotly\.addFrames\('[^']+', (\[.*?\])\);", text, re.S).group(1))
    assert [int(frame["name"]) for frame in frames][-1] == run.steps
    winners = np.floor(np.array(frames[-1]["data"][0]["z"]))
    assert winners.shape == (animation.HEATMAP_SIZE, animation.HEATMAP_SIZE)
    low, high = data.X.min(axis=0), data.X.max(axis=0)
    margin = 0.08 * (high - low)
    xs, ys = np.linspace(low - margin, high + margin, animation.HEATMAP_SIZE).T
    cells = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    assert accuracy(softmax(run.parameters.logits(phi(cells))), winners.ravel()) == 1.0
