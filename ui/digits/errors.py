"""Where the model errs: the confusion matrix of the held-out digits, the digits of one cell, the surest errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core import confusion_matrix, softmax
from core.activations import Floats
from ui.digits.model import MAX_COUNT, DigitModel
from ui.digits.pictures import draw_pictures
from ui.i18n import t
from ui.i18n.number_format import format_probability
from ui.look.charts import clickable_matrix, draw_clickable
from ui.state import url_state, widgets

CLASSES = range(10)
TRUE, READ = "true_digit", "read_digit"
"""Session keys and query parameters of the opened cell: its row and its column."""

N_SUREST = 10


@dataclass(frozen=True, eq=False)
class Reading:
    """How the model reads digits: images (n, 64) of counts, true labels (n,), probabilities (n, 10)."""

    images: Floats
    labels: NDArray[np.intp]
    probabilities: Floats

    @property
    def predicted(self) -> NDArray[np.intp]:
        """The most probable digit of each image (n,)."""
        return np.asarray(self.probabilities.argmax(axis=1))

    def counts(self) -> NDArray[np.intp]:
        """Return the confusion matrix (10, 10): rows are true digits, columns are read digits."""
        return confusion_matrix(self.predicted, self.labels, len(CLASSES))

    def cell(self, true: int, read: int) -> NDArray[np.intp]:
        """Return the indices of the digits in a cell of the confusion matrix, the surest first."""
        return self._surest_first((self.labels == true) & (self.predicted == read))

    def errors(self) -> NDArray[np.intp]:
        """Return the indices of the digits that are read incorrectly, the surest first."""
        return self._surest_first(self.predicted != self.labels)

    def _surest_first(self, selected: NDArray[np.bool_]) -> NDArray[np.intp]:
        indices = np.flatnonzero(selected)
        return indices[np.argsort(-self.probabilities[indices].max(axis=1), kind="stable")]


def held_out_reading(model: DigitModel) -> Reading:
    """Return how the model reads the held-out digits."""
    images = model.held_out.X
    return Reading(images, model.held_out.labels, softmax(model.parameters.logits(images / MAX_COUNT)))


def show_errors(model: DigitModel) -> None:
    """Draw the confusion matrix, the digits of the opened cell and the surest errors."""
    reading = held_out_reading(model)
    counts = reading.counts()
    matrix, cell = st.columns([1.15, 1], gap="medium")
    with cell:
        true, read = _cell_selectboxes(counts)
        st.markdown(t("digits.cell", count=counts[true, read], true=true, read=read))
        _draw_digits(reading, reading.cell(true, read))
    with matrix:
        names = [str(k) for k in CLASSES]
        figure = clickable_matrix(counts, names, (t("digits.read_as"), t("digits.true")), (true, read))
        draw_clickable(figure, "digit_errors", t("digits.matrix_alt"), _open_cell)
    st.markdown(t("digits.surest", count=N_SUREST))
    _draw_digits(reading, reading.errors()[:N_SUREST])


def _cell_selectboxes(counts: NDArray[np.intp]) -> tuple[int, int]:
    """Draw selectboxes for row and column of a cell; by default, the cell with the most errors."""
    errors = counts.copy()
    np.fill_diagonal(errors, 0)
    row, column = divmod(int(errors.argmax()), len(CLASSES))
    with st.container(horizontal=True, gap="small"):
        true = widgets.selectbox(TRUE, CLASSES, str, default=row)
        read = widgets.selectbox(READ, CLASSES, str, default=column)
    return true, read


def _open_cell(row: int, column: int) -> None:
    url_state.set_state({TRUE: row, READ: column})


def _draw_digits(reading: Reading, indices: NDArray[np.intp]) -> None:
    captions = [
        t(
            "digits.picture",
            true=reading.labels[i],
            read=reading.predicted[i],
            p=format_probability(reading.probabilities[i].max()),
        )
        for i in indices
    ]
    draw_pictures([reading.images[i] for i in indices], captions)
