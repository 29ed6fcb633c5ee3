"""Glossary page: the terms of the lecture in both languages, with explanations and links to what shows them."""

from ui.components.linked_table import LinkedRow, linked_table
from ui.i18n import catalogue, language, languages, t, texts_under
from ui.shell.page import page
from ui.softmax import scenarios
from ui.state.links import address_of, open_link

SOFTMAX, LOSS, TRAINING, COMPARISON = "softmax_playground", "loss_explorer", "live_training", "softmax_vs_sigmoid"
PENGUINS = {"train_data": "penguins", "expansion": "linear"}

VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "sample": (TRAINING, {**PENGUINS, "panel": "sample", "step": "0"}),
    "label": (LOSS, {"loss_view": "price"}),
    "model": (SOFTMAX, {"softmax_view": "model"}),
    "training": (TRAINING, {**PENGUINS, "step": "0"}),
    "logistic_regression": (COMPARISON, {"part": "whole"}),
    "exclusive": (COMPARISON, {"part": "guide"}),
    "logit": (SOFTMAX, scenarios.url_parameters("image")),
    "softmax": (SOFTMAX, {"softmax_view": "steps"}),
    "distribution": (SOFTMAX, {"softmax_view": "lecture"}),
    "sigmoid": (SOFTMAX, {**scenarios.url_parameters("binary"), "softmax_view": "geometry"}),
    "temperature": (SOFTMAX, {"softmax_view": "sharpness"}),
    "one_hot": (LOSS, {"loss_view": "price"}),
    "argmax": (COMPARISON, {"part": "whole"}),
    "confidence": (COMPARISON, {"part": "belief"}),
    "weights": (SOFTMAX, {"softmax_view": "model"}),
    "bias": (SOFTMAX, {"softmax_view": "model"}),
    "features": (TRAINING, {"train_data": "rings", "expansion": "quadratic", "step": "300"}),
    "standardised": (TRAINING, {**PENGUINS, "panel": "sample", "step": "100"}),
    "loss": (LOSS, {"loss_view": "against"}),
    "cross_entropy": (LOSS, {"loss_view": "price"}),
    "bce": (COMPARISON, {"part": "labels"}),
    "squared_error": (LOSS, {"loss_view": "against"}),
    "entropy": (SOFTMAX, {"softmax_view": "sharpness"}),
    "nat": (SOFTMAX, {"softmax_view": "sharpness"}),
    "kl": (LOSS, {"loss_view": "distance"}),
    "likelihood": (LOSS, {"loss_view": "likelihood"}),
    "mle": (LOSS, {"loss_view": "likelihood"}),
    "label_smoothing": (LOSS, {"loss_view": "distance", "epsilon": "0.2"}),
    "gradient": (LOSS, {"loss_view": "check"}),
    "gradient_descent": (LOSS, {"loss_view": "surface"}),
    "jacobian": (SOFTMAX, {"softmax_view": "jacobian"}),
    "learning_rate": (TRAINING, {**PENGUINS, "compare": "rate", "rate": "0.01", "rate_b": "3", "step": "50"}),
    "step": (TRAINING, {**PENGUINS, "panel": "update", "step": "1"}),
    "mini_batch": (TRAINING, {**PENGUINS, "batch": "16", "step": "0"}),
    "regularisation": (TRAINING, {"train_data": "separable", "l2": "0.01", "step": "0"}),
    "boundary": (TRAINING, {"train_data": "separable", "step": "100"}),
    "accuracy": (TRAINING, {**PENGUINS, "step": "100"}),
    "held_out": (TRAINING, {**PENGUINS, "held_out": "30", "step": "100"}),
    "overfitting": (COMPARISON, {"part": "belief", "belief": "rbf", "believers": "30"}),
    "rbf": (TRAINING, {"train_data": "spirals", "expansion": "rbf", "step": "300"}),
    "simplex": (TRAINING, {**PENGUINS, "view": "3", "step": "100"}),
    "one_vs_rest": (COMPARISON, {"part": "exclusive"}),
    "threshold": (COMPARISON, {"part": "exclusive"}),
    "multi_label": (COMPARISON, {"part": "labels"}),
    "calibration": (COMPARISON, {"part": "belief"}),
    "reliability": (COMPARISON, {"part": "belief"}),
    "ece": (COMPARISON, {"part": "belief"}),
    "nll": (COMPARISON, {"part": "belief"}),
    "confusion": (TRAINING, {**PENGUINS, "panel": "confusion", "step": "100"}),
    "precision": (COMPARISON, {"part": "labels"}),
    "f1": (COMPARISON, {"part": "labels"}),
    "overflow": (SOFTMAX, {"softmax_view": "precision"}),
    "mlp": (TRAINING, {"train_data": "rings", "expansion": "quadratic", "step": "300"}),
}
"""The page and the query parameters that show each term, in the order of the lecture."""

with page("glossary"):
    codes = sorted(languages(), key=lambda code: code != language())
    rows = []
    for name, definition in texts_under("definition").items():
        term, *translations = (catalogue(code)[f"term.{name}"] for code in codes)
        rows.append(LinkedRow(term, (*translations, definition), t("glossary.see"), address_of(*VIEWS[name])))
    header = [*(catalogue(code)["app.language_name"] for code in codes), t("glossary.definition"), t("glossary.link")]
    clicked_row = linked_table("glossary", t("glossary.caption"), header, rows, codes)
    if clicked_row is not None:
        open_link(*VIEWS[list(texts_under("definition"))[clicked_row]])
