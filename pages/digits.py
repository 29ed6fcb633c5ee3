"""Section 6.4, OCR: softmax regression reads a digit that the user draws."""

import streamlit as st

from ui.classroom.page_questions import show_quiz
from ui.components.digit_drawing import digit_drawing
from ui.digits import calibration, drawing, errors, learning, teaching
from ui.digits.model import READ_OF_100, STEPS, trained_model
from ui.digits.questions import QUESTIONS, QUIZ
from ui.i18n import t
from ui.lecture import panel
from ui.shell.page import page
from ui.state import widgets

with page("digits"):
    in_lecture, taught = panel.is_open_on("digits"), teaching.taught_model()
    drawn, model = drawing.read_drawing(), trained_model()
    if taught and not in_lecture:
        model = taught.model
    digit_drawing(
        "digit",
        drawn.strokes,
        drawn.switched,
        drawn.steps,
        model.parameters,
        rates=READ_OF_100 if model is trained_model() else {},
        on_change=drawing.store_drawing,
    )
    if model is trained_model():
        n_training, n_held_out = len(model.training.X), len(model.held_out.X)
        st.markdown(t("digits.model", steps=STEPS, training=n_training, held_out=n_held_out, read=model.n_read))
        if not in_lecture:
            show_quiz(QUIZ, QUESTIONS)
    else:
        st.markdown(t("digits.teach_notice"))
    # Panels are drawn only when open, so that the page stays fast.
    learning_panel = widgets.expander("learning", t("digits.learning"))
    if learning_panel.open:
        with learning_panel:
            learning.show_learning(drawn.counts())
    error_panel = widgets.expander("errors", t("digits.errors"))
    if error_panel.open:
        with error_panel:
            errors.show_errors(model)
            calibration.show_calibration(model)
    teaching_panel = widgets.expander("teaching", t("digits.teaching"))
    if teaching_panel.open:
        with teaching_panel:
            teaching.show_teaching(drawn)
