"""The user's own digits as further training data: the model is trained on with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import train
from core.activations import Floats
from ui.digits.drawing import Drawing
from ui.digits.model import L2, LEARNING_RATE, MAX_COUNT, DigitModel, trained_model
from ui.digits.own_digits import (
    MAX_DIGITS,
    MAX_FILE_BYTES,
    DigitsFileError,
    OwnDigit,
    add_own_digit,
    as_arrays,
    from_file,
    own_digits,
    set_own_digits,
    to_file,
)
from ui.digits.pictures import draw_pictures
from ui.i18n import t
from ui.look import html
from ui.state import widgets
from ui.state.script_queue import SCRIPT_QUEUE

STEPS, STEPS_AT_ONCE = 100, 20
"""Further training steps in all, and between two calls of `SCRIPT_QUEUE.maybe_yield`."""

LABEL, WEIGHT = "own_label", "own_weight"
"""Session keys and query parameters: the label of the next digit, and how often each own digit is in the data."""

WEIGHTS = (1, 5, 20)
FILE_NAME = "softmax-lab-digits.json"

_TAUGHT, _REFUSED = "taught_model", "own_digits_refused"


@dataclass(frozen=True, eq=False)
class TaughtModel:
    """A model after further training, and how many digits of the user it was trained with."""

    model: DigitModel
    n_own: int


def taught_model() -> TaughtModel | None:
    """Return the model that the user has trained on in this session, or None."""
    taught: TaughtModel | None = st.session_state.get(_TAUGHT)
    return taught


def train_on(digits: tuple[OwnDigit, ...], weight: int) -> DigitModel:
    """Return the model after STEPS further steps, with each of the digits `weight` times in the training data.

    Waits for the script queue: a button's callback runs before the page's script, which waits by itself.
    """
    model = trained_model()
    images, labels = as_arrays(digits)
    X = np.concatenate([model.training.X, np.repeat(images, weight, axis=0)]) / MAX_COUNT
    y = np.concatenate([model.training.labels, np.repeat(labels, weight)])
    parameters = model.parameters
    with SCRIPT_QUEUE.acquire():
        for _ in range(0, STEPS, STEPS_AT_ONCE):
            run = train(X, y, learning_rate=LEARNING_RATE, steps=STEPS_AT_ONCE, l2=L2, start=parameters)
            parameters = run.parameters
            SCRIPT_QUEUE.maybe_yield()
    return replace(model, parameters=parameters)


def show_teaching(drawn: Drawing) -> None:
    """Draw what adds the drawing to the user's digits, the digits, their file, and what training on changes."""
    digits, counts = own_digits(), drawn.counts()
    st.markdown(t("digits.teach_try", max=MAX_DIGITS))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        label = widgets.selectbox(LABEL, range(10), str)
        _button("add", lambda: add_own_digit(counts, label), not counts.any() or len(digits) >= MAX_DIGITS)
        _button("remove", lambda: set_own_digits(digits[:-1]), not digits)
    if digits or taught_model():
        _show_digits(digits)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            weight = widgets.segmented_control(WEIGHT, WEIGHTS, "{}×".format)
            _button("train", lambda: _teach(digits, weight), not digits, is_primary=True)
            _button("forget", _forget, taught_model() is None)
    _show_file(digits)


def _teach(digits: tuple[OwnDigit, ...], weight: int) -> None:
    st.session_state[_TAUGHT] = TaughtModel(train_on(digits, weight), len(digits))


def _forget() -> None:
    st.session_state.pop(_TAUGHT, None)


def _button(name: str, on_click: Callable[[], None], disabled: bool = False, *, is_primary: bool = False) -> None:
    st.button(
        t(f"digits.teach_{name}", steps=STEPS), key=f"teach_{name}", on_click=on_click, disabled=disabled,
        type="primary" if is_primary else "secondary", width="content",
    )  # fmt: skip


def _show_digits(digits: tuple[OwnDigit, ...]) -> None:
    """Draw the user's digits, what both models read, and how many digits each of them reads correctly."""
    images, labels = as_arrays(digits)
    models = [trained_model()]
    names = [t("digits.teach_before")]
    if taught := taught_model():
        models.append(taught.model)
        names.append(t("digits.teach_after", count=taught.n_own))
    read = [_read(model, images) for model in models]
    readings = [" → ".join(str(part[i]) for part in read) for i in range(len(digits))]
    captions = [t("digits.teach_caption", label=labels[i], read=readings[i]) for i in range(len(digits))]
    draw_pictures(list(images), captions)
    rows = [
        [
            name,
            f"{int((part == labels).sum())} / {len(labels)}",
            f"{model.n_read} / {len(model.held_out.labels)}",
        ]
        for name, model, part in zip(names, models, read, strict=True)
    ]
    html.table(["", t("digits.teach_own"), t("digits.teach_held_out")], rows, caption=t("digits.teach_read"))


def _read(model: DigitModel, images: Floats) -> NDArray[np.intp]:
    return np.asarray(model.parameters.logits(images / MAX_COUNT).argmax(axis=1))


def _show_file(digits: tuple[OwnDigit, ...]) -> None:
    """Draw a button that downloads the digits, and an uploader whose file replaces them."""
    st.download_button(
        t("digits.teach_save"), to_file(digits), FILE_NAME, "application/json", key="teach_save", on_click="ignore",
        disabled=not digits, icon=":material/download:",
    )  # fmt: skip
    context = get_script_run_ctx()
    key = f"own_digits_file:{context.session_id if context else ''}"

    def load() -> None:
        uploaded = st.session_state[key]
        if uploaded is not None:
            load_file(uploaded.getvalue())

    st.file_uploader(t("digits.teach_load"), "json", key=key, on_change=load)
    if refused := st.session_state.get(_REFUSED):
        st.error(t(f"digits.file_{refused}", max=MAX_DIGITS, kilobytes=MAX_FILE_BYTES // 1000), icon=":material/error:")


def load_file(data: bytes) -> None:
    """Replace the user's digits by those of a file, or let the page say why the file is refused."""
    try:
        set_own_digits(from_file(data))
        st.session_state.pop(_REFUSED, None)
    except DigitsFileError as error:
        st.session_state[_REFUSED] = error.reason
