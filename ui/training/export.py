"""Downloads of a training run: programs that reproduce it, its history as CSV, and an animation."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain, repeat

import numpy as np
import plotly.io
import streamlit as st

from core import Dataset, FeatureMap, Run
from core.features import MIN_SCALE, RBF_CENTRES
from ui.i18n import t
from ui.state.script_queue import SCRIPT_QUEUE
from ui.training.animation import animated_figure
from ui.training.model import Model
from ui.training.scene import Scene
from ui.training.timeline import Timeline

_EXPANSIONS = {
    "linear": "U",
    "quadratic": "np.stack([x1, x2, x1 * x1, x1 * x2, x2 * x2], axis=1)",
    "cubic": "np.stack([x1, x2, x1 * x1, x1 * x2, x2 * x2, x1**3, x1 * x1 * x2, x1 * x2 * x2, x2**3], axis=1)",
    "rbf": "np.stack([np.exp(-((x1 - a) ** 2 + (x2 - b) ** 2) / 2) for a in CENTRES for b in CENTRES], axis=1)",
}
"""Each feature map as a NumPy expression."""

_INPUTS = f"""x1, x2 = U.T
CENTRES = np.array({RBF_CENTRES.tolist()})
"""
"""What the expressions need, except the linear one, which may have more than two inputs."""

_HEADS = {
    "softmax": """def activation(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def loss(W, b, penalty):
    Z = Phi @ W + b
    Z = Z - Z.max(axis=1, keepdims=True)
    return (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(n), labels]).mean()""",
    "sigmoid": """def activation(Z):
    return 1 / (1 + np.exp(-Z))


def loss(W, b, penalty):
    Z = Phi @ W + b
    return (np.logaddexp(0, Z) - Y * Z).sum(axis=1).mean()""",
}
"""Per head, the functions `activation` and `loss`; the penalty term is appended to the last line."""


def download_buttons(data: Dataset, phi: FeatureMap, run: Run, scene: Scene, timeline: Timeline) -> None:
    """Draw one download button per file. A file is generated when its button is pressed."""
    st.markdown(t("take.how", step=run.steps))
    models, runs = zip(
        *[(tracked.model, tracked.run_to(timeline.step)) for tracked in timeline.tracked_runs], strict=True
    )
    files: dict[str, tuple[str, Callable[[], str]]] = {
        "script": ("py", lambda: numpy_program(data, phi.expansion, run)),
        "history": ("csv", lambda: history_csv(scene, models, runs)),
        "animation": ("html", lambda: animation_html(data, phi, run, scene)),
    }
    name = file_name(scene.data_name, timeline.step, local_date())
    for column, (key, (extension, generate)) in zip(st.columns(3), files.items(), strict=True):
        column.download_button(
            t(f"take.{key}"), partial(generate_in_queue, generate), f"{name}.{extension}", key=f"take_{key}",
            width="stretch", on_click="ignore",
        )  # fmt: skip


def generate_in_queue(generate: Callable[[], str]) -> str:
    """Return `generate()`. Streamlit calls this function in another thread, so it waits in the queue of scripts."""
    with SCRIPT_QUEUE.acquire():
        return generate()


def file_name(data_name: str, step: int, day: date) -> str:
    """Return the name of a file to download, without extension. The stage names pictures in the same way."""
    return f"{data_name}-step-{step}-{day.isoformat()}"


def local_date() -> date:
    """Return today's date in the user's time zone."""
    return (datetime.now(UTC) - timedelta(minutes=st.context.timezone_offset or 0)).date()


def notebook_program(call: str, held_out: float, model: Model, run: Run) -> str:
    """Return a program that reproduces the run with `core` and prints its last loss.

    `call` is the Python expression that creates the data set, `held_out` the share of samples held out.
    """
    function = call.split("(")[0]
    lines = [f"data, held_out = split({call}, {held_out!r}, seed=0)" if held_out else f"data = {call}"]
    lines += [
        f'X = FeatureMap.fit(data.X, "{model.phi.expansion}")(data.X)',
        "Y = one_hot(data.labels, data.n_classes)",
    ]
    if model.start is not None:
        W, b = model.start.weights.tolist(), model.start.bias.tolist()
        lines += [f"start = Parameters(np.array({W}), np.array({b}))"]
    lines += _training_lines(run, "start" if model.start is not None else "None")
    code = "\n".join([*lines, "print(run.losses[-1])"])
    names = ("Dataset", "FeatureMap", "Parameters", "Problem", "Run", "Settings", "one_hot", "split", "train")
    imports = ["import numpy as np"] if "np." in code else []
    imports += ["from core import " + ", ".join(name for name in names if f"{name}(" in code or f"{name}." in code)]
    if function == "table_dataset":
        imports += ["from core.table_import import read_table, table_dataset"]
    elif function != "Dataset":
        imports += [f"from core.datasets import {function}"]
    return "\n".join(imports) + "\n\n" + code


def _training_lines(run: Run, start: str) -> list[str]:
    """Return the program lines that train: one call of `train`, or calls of `continued` if settings changed.

    `start` is the Python expression for the W and b before the first step.
    """
    head, seed = run.problem.head, run.problem.seed
    if len(run.schedule) == 1:
        s = run.settings
        return [
            "run = train(",
            f"    X, Y, steps={run.steps}, head={head!r}, seed={seed}, start={start},",
            f"    learning_rate={s.learning_rate!r}, batch_size={s.batch_size!r}, l2={s.l2!r},",
            ")",
        ]
    starts, settings = zip(*run.schedule, strict=True)
    texts = [f"Settings(learning_rate={s.learning_rate!r}, batch_size={s.batch_size!r}, l2={s.l2!r})" for s in settings]
    lengths = np.diff([*starts, run.steps]).tolist()
    return [
        f"run = Run.begin(Problem.from_data(X, Y, {head!r}, seed={seed}), {texts[0]}, {start})",
        f"run = run.continued({lengths[0]})",
        *(f"run = run.continued({steps}, {text})" for steps, text in zip(lengths[1:], texts[1:], strict=True)),
    ]


def numpy_program(data: Dataset, expansion: str, run: Run) -> str:
    """Return a program that reproduces the run with NumPy alone and prints the loss of each step."""
    schedule = [(start, s.learning_rate, s.batch_size, s.l2) for start, s in run.schedule]
    return f"""# Gradient descent as in sections 3 to 5 of the lecture. Prints each step's loss.

import numpy as np

X = np.array({data.X.tolist()})
labels = np.array({data.labels.tolist()})
K = {data.n_classes}
STEPS = {run.steps}
# First step, learning rate, batch size (None: all samples), penalty.
SCHEDULE = {schedule}

# Features, standardised before and after the expansion.
spread = X.std(axis=0)
U = (X - X.mean(axis=0)) / np.where(spread > 1e-12 * abs(X).max(axis=0), spread, 1)  # 1 for a constant
{_INPUTS if expansion != "linear" else ""}Phi = {_EXPANSIONS[expansion]}
Phi = (Phi - Phi.mean(axis=0)) / np.maximum(Phi.std(axis=0), {MIN_SCALE})
Y = np.eye(K)[labels]
n, d = Phi.shape


{_HEADS[run.problem.head]} + penalty / 2 * (W * W).sum()


def batch(step, size):
    if size is None or size >= n:
        return np.arange(n)
    epoch, i = divmod(step, n // size)  # each epoch shuffles all samples and uses full batches only
    generator = np.random.Generator(np.random.Philox(key=np.array([{run.problem.seed}, epoch], dtype=np.uint64)))
    return generator.permutation(n)[i * size : (i + 1) * size]


W, b = np.array({run.params_at(0).weights.tolist()}), np.array({run.params_at(0).bias.tolist()})
print(0, loss(W, b, SCHEDULE[0][3]))
for step in range(STEPS):
    _, alpha, size, penalty = [settings for settings in SCHEDULE if settings[0] <= step][-1]
    rows = batch(step, size)
    G = (activation(Phi[rows] @ W + b) - Y[rows]) / len(rows)      # (Ŷ − Y) / n
    W, b = W - alpha * (Phi[rows].T @ G + penalty * W), b - alpha * G.sum(axis=0)
    print(step + 1, loss(W, b, penalty))
"""


def history_csv(scene: Scene, models: Sequence[Model], runs: Sequence[Run]) -> str:
    """Return the runs as CSV: losses, and every weight and bias, one row per step, at full precision.

    If one run has fewer steps, its cells after its end are empty. With two runs, the column names begin with the run's
    name.
    """
    texts, header, histories = scene.texts, [scene.texts["step"]], []
    for model, run, view in zip(models, runs, scene.model_views, strict=True):
        names = [f"{name} → {class_name}" for name in (*view.parameter_names, "b") for class_name in scene.class_names]
        losses = [texts["training"], *([texts["heldOut"]] if model.held_out else [])]
        header += [f"{view.name} {name}".strip() for name in (*losses, *names)]
        histories.append(_history(model, run, [""] * len((*losses, *names))))
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for step in range(max(run.steps for run in runs) + 1):
        writer.writerow([step, *chain.from_iterable(map(next, histories))])
        SCRIPT_QUEUE.maybe_yield()
    return "\ufeff" + buffer.getvalue()  # Excel detects UTF-8 by the byte order mark


def _history(model: Model, run: Run, missing: list[str]) -> Iterator[Sequence[object]]:
    """Yield the losses, the weights and the biases of each step; `missing` after the end of the run."""
    held_out = model.held_out
    for step, parameters in enumerate(run.trajectory(0, run.steps)):
        held_out_loss = [held_out.objective(parameters, 0.0)[0]] if held_out else []
        yield [run.loss_at(step, parameters), *held_out_loss, *parameters.stacked.ravel().tolist()]
    yield from repeat(missing)


def animation_html(data: Dataset, phi: FeatureMap, run: Run, scene: Scene) -> str:
    """Return an HTML page with the animated figure; the page works without a network connection."""
    figure = animated_figure(data, phi, run, scene)
    SCRIPT_QUEUE.maybe_yield()
    return str(plotly.io.to_html(figure, include_plotlyjs=True, full_html=True, auto_play=False, validate=False))
