import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize_scalar

from core.activations import softmax
from core.calibration import MAX_TEMPERATURE, MIN_TEMPERATURE, fit_temperature
from core.errors import InvalidDataError
from core.losses import softmax_cross_entropy
from core.metrics import reliability


def labels_drawn_from(logits, seed=0):
    """For each row of logits a label, as likely as softmax says."""
    rng = np.random.default_rng(seed)
    return (rng.random((len(logits), 1)) > softmax(logits).cumsum(axis=1)[:, :-1]).sum(axis=1)


def scaled_problem(n, K, factor, seed):
    """Logits `factor` times as large as those the labels were drawn by."""
    z = np.random.default_rng(seed).normal(0, 2, (n, K))
    return factor * z, labels_drawn_from(z, seed)


@pytest.mark.parametrize(("n", "K", "seed"), [(200, 2, 0), (1000, 3, 1), (500, 10, 2)])
@pytest.mark.parametrize("factor", [0.2, 1.0, 3.0, 15.0])
def test_the_temperature_is_that_of_scipys_minimum(n, K, seed, factor):
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
def test_logits_blown_up_by_a_factor_are_cooled_by_that_factor(factor):
    z, labels = scaled_problem(20_000, 3, factor, 0)
    assert fit_temperature(z, labels) == pytest.approx(factor, rel=0.03)
    assert reliability(softmax(z, fit_temperature(z, labels)), labels).error < 0.02


@pytest.mark.parametrize("temperature", [0.05, 0.3, 4.0, 50.0])
def test_a_temperature_moves_confidence_one_way_and_no_prediction(temperature):
    z, _ = scaled_problem(500, 4, 1.0, 0)
    before, after = softmax(z), softmax(z, temperature)
    assert (after.argmax(axis=1) == before.argmax(axis=1)).all()
    assert ((after.max(axis=1) > before.max(axis=1)) == (temperature < 1)).all()


def test_a_shift_of_a_samples_logits_changes_nothing():
    z, labels = scaled_problem(300, 3, 2.0, 0)
    assert_allclose(fit_temperature(z + 1000 * np.arange(300)[:, None], labels), fit_temperature(z, labels), rtol=1e-9)


@pytest.mark.parametrize(("labels", "bound"), [([0, 1], MIN_TEMPERATURE), ([1, 0], MAX_TEMPERATURE)])
@pytest.mark.parametrize("margin", [1e-3, 1.0, 1e4])
def test_logits_never_wrong_or_always_lead_to_the_bounds(margin, labels, bound):
    assert fit_temperature([[margin, 0.0], [0.0, margin]], labels) == pytest.approx(bound)


def test_equal_logits_have_no_best_temperature():
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
def test_what_cannot_be_fitted_is_refused(logits, labels, reason):
    with pytest.raises(InvalidDataError) as caught:
        fit_temperature(logits, labels)
    assert caught.value.reason == reason
