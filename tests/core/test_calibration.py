import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize_scalar

from core.activations import softmax
from core.calibration import MAX_TEMPERATURE, MIN_TEMPERATURE, fit_temperature
from core.errors import InvalidDataError
from core.losses import softmax_cross_entropy
from core.metrics import reliability


def draw_labels(logits, seed=0):
    """Draw a label for each row of logits with the probabilities of softmax."""
    rng = np.random.default_rng(seed)
    return (rng.random((len(logits), 1)) > softmax(logits).cumsum(axis=1)[:, :-1]).sum(axis=1)


def scaled_problem(n, K, factor, seed):
    """Return logits multiplied by `factor`, and labels drawn with the original logits."""
    z = np.random.default_rng(seed).normal(0, 2, (n, K))
    return factor * z, draw_labels(z, seed)


@pytest.mark.parametrize(("n", "K", "seed"), [(200, 2, 0), (1000, 3, 1), (500, 10, 2)])
@pytest.mark.parametrize("factor", [0.2, 1.0, 3.0, 15.0])
def test_the_temperature_minimises_the_loss_as_scipy_does(n, K, seed, factor):
    z, labels = scaled_problem(n, K, factor, seed)
    expected = minimize_scalar(
        lambda log_t: softmax_cross_entropy(z / np.exp(log_t), labels)[0],
        bounds=(np.log(MIN_TEMPERATURE), np.log(MAX_TEMPERATURE)),
        method="bounded",
        options={"xatol": 1e-10},
    )
    fitted = fit_temperature(z, labels)
    assert fitted == pytest.approx(np.exp(expected.x), rel=1e-6)
    assert softmax_cross_entropy(z / fitted, labels)[0] <= expected.fun + 1e-14


@pytest.mark.parametrize("factor", [0.2, 1.0, 3.0, 15.0])
def test_the_temperature_is_the_factor_by_which_logits_are_too_large(factor):
    z, labels = scaled_problem(20_000, 3, factor, 0)
    assert fit_temperature(z, labels) == pytest.approx(factor, rel=0.03)
    assert reliability(softmax(z, fit_temperature(z, labels)), labels).error < 0.02


@pytest.mark.parametrize("temperature", [0.05, 0.3, 4.0, 50.0])
def test_a_temperature_changes_confidence_but_no_prediction(temperature):
    z, _ = scaled_problem(500, 4, 1.0, 0)
    before, after = softmax(z), softmax(z, temperature)
    assert (after.argmax(axis=1) == before.argmax(axis=1)).all()
    assert ((after.max(axis=1) > before.max(axis=1)) == (temperature < 1)).all()


def test_shifts_of_logits_do_not_change_the_temperature():
    z, labels = scaled_problem(300, 3, 2.0, 0)
    assert_allclose(fit_temperature(z + 1000 * np.arange(300)[:, None], labels), fit_temperature(z, labels), rtol=1e-9)


@pytest.mark.parametrize(("labels", "bound"), [([0, 1], MIN_TEMPERATURE), ([1, 0], MAX_TEMPERATURE)])
@pytest.mark.parametrize("margin", [1e-3, 1.0, 1e4])
def test_the_temperature_is_at_a_bound_where_all_predictions_are_right_or_all_wrong(margin, labels, bound):
    assert fit_temperature([[margin, 0.0], [0.0, margin]], labels) == pytest.approx(bound)


def test_the_temperature_of_equal_logits_is_one():
    assert fit_temperature([[2.0, 2.0, 2.0], [-1.0, -1.0, -1.0]], [0, 1]) == 1.0


@pytest.mark.parametrize(
    ("logits", "labels", "reason"),
    [
        ([1.0, 2.0], [0, 1], "shape"),
        (np.zeros((0, 3)), [], "shape"),
        ([[1.0, 2.0]], [0, 1], "shape"),
        ([[1.0, 2.0]], [[0.0, 1.0]], "shape"),
        ([[1.0, np.nan]], [0], "not_finite"),
        ([[1.0, np.inf]], [0], "not_finite"),
        ([[1.0, 2.0]], [2], "labels"),
        ([[1.0, 2.0]], [0.5], "labels"),
    ],
)
def test_invalid_logits_and_labels_are_refused(logits, labels, reason):
    with pytest.raises(InvalidDataError) as caught:
        fit_temperature(logits, labels)
    assert caught.value.reason == reason
