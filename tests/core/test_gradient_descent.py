"""`objective`, the mini-batches and `train` against SciPy, scikit-learn and finite differences."""

from functools import cache
from itertools import islice

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from core.activations import ACTIVATIONS
from core.datasets import REAL, measurements
from core.errors import DivergenceError, InvalidDataError
from core.features import FeatureMap
from core.gradient_descent import minibatches, objective, train
from core.losses import sigmoid_binary_cross_entropy, softmax_cross_entropy
from core.parameters import Parameters

RNG = np.random.default_rng(0)
LABELS = np.arange(12) % 3
X = RNG.normal(size=(12, 2)) + LABELS[:, None]
Y = np.eye(3)[LABELS]
W, B = RNG.normal(size=(2, 3)), RNG.normal(size=3)
LOSSES = {"softmax": softmax_cross_entropy, "sigmoid": sigmoid_binary_cross_entropy}

each_head = pytest.mark.parametrize("head", ACTIVATIONS)


def loss_by_scipy(W, b, l2, head):
    """Return the loss with a penalty on the weights only."""
    z = X @ W + b
    log_likelihood = {
        "softmax": Y * scipy.special.log_softmax(z, axis=1),
        "sigmoid": Y * scipy.special.log_expit(z) + (1 - Y) * scipy.special.log_expit(-z),
    }[head]
    return -log_likelihood.sum() / len(X) + l2 / 2 * (W**2).sum()


class TestObjective:
    @each_head
    def test_loss_equals_scipys(self, head):
        assert objective(X, Y, W, B, 0.3, head)[0] == pytest.approx(loss_by_scipy(W, B, 0.3, head), rel=1e-14)

    @each_head
    def test_gradients_equal_finite_differences_of_the_loss(self, head):
        _, grad_W, grad_b = objective(X, Y, W, B, 0.3, head)
        for gradient, move in ((grad_W, lambda step: (W + step, B)), (grad_b, lambda step: (W, B + step))):
            steps = 1e-6 * np.eye(gradient.size).reshape(-1, *gradient.shape)
            slopes = [
                (loss_by_scipy(*move(step), 0.3, head) - loss_by_scipy(*move(-step), 0.3, head)) / 2e-6
                for step in steps
            ]
            assert_allclose(gradient.ravel(), slopes, atol=1e-8)

    def test_gradients_equal_the_formulas_of_the_lecture(self):
        error = scipy.special.softmax(X @ W + B, axis=1) - Y
        _, grad_W, grad_b = objective(X, Y, W, B)
        assert_allclose(grad_W, X.T @ error / 12, rtol=1e-12)
        assert_allclose(grad_b, error.mean(axis=0), rtol=1e-12)

    @each_head
    @given(st.integers(1, 40), st.integers(2, 10), st.one_of(st.floats(0, 200), st.floats(0, 1e9)))
    def test_loss_and_gradients_for_large_logits_equal_the_losses_module(self, head, n, K, size):
        rng = np.random.default_rng(n + K)
        features, targets = rng.normal(size=(n, 4)), np.eye(K)[rng.integers(0, K, n)]
        weights, bias = size * rng.normal(size=(4, K)), size * rng.normal(size=K)
        expected, slopes = LOSSES[head](features @ weights + bias, targets)
        loss, grad_W, grad_b = objective(features, targets, weights, bias, head=head)
        assert_allclose(loss, expected, rtol=1e-12)
        assert_allclose(grad_W, features.T @ slopes, atol=1e-12)
        assert_allclose(grad_b, slopes.sum(axis=0), atol=1e-12)


class TestMinibatches:
    @staticmethod
    def first(steps, size, n=12, seed=0, first_step=0):
        return list(islice(minibatches(n, size, seed, first_step), steps))

    @pytest.mark.parametrize("size", [1, 5, 11])
    def test_have_the_requested_number_of_distinct_rows(self, size):
        rows = self.first(50, size)
        assert {len(np.unique(batch)) for batch in rows} == {size}
        assert_array_equal(np.unique(rows), np.arange(12))

    @pytest.mark.parametrize("size", [1, 3, 5, 7])
    def test_have_every_sample_once_per_epoch_in_a_new_order(self, size):
        steps = 12 // size
        epochs = np.reshape(self.first(60 * steps, size), (60, -1))
        assert {len(np.unique(epoch)) for epoch in epochs} == {steps * size}
        assert len({tuple(epoch) for epoch in epochs}) > 50
        left_out = {sample for epoch in epochs for sample in set(range(12)) - set(epoch)}
        assert left_out == (set(range(12)) if 12 % size else set())

    def test_depend_only_on_seed_and_step(self):
        batches = self.first(20, 5, seed=1)
        assert_array_equal(self.first(20, 5, seed=1), batches)
        assert_array_equal([self.first(1, 5, seed=1, first_step=step)[0] for step in range(20)], batches)
        assert (np.array(self.first(20, 5, seed=2)) != batches).any(axis=1).mean() > 0.9
        assert len({tuple(batch) for batch in batches}) > 15

    @pytest.mark.parametrize("size", [None, 12, 40])
    def test_of_all_samples_keep_their_order(self, size):
        assert_array_equal(np.arange(12)[self.first(3, size)[2]], np.arange(12))


class TestTrain:
    def test_a_step_subtracts_the_learning_rate_times_the_gradient(self):
        history = train(X, LABELS, learning_rate=0.7, steps=1, l2=0.1, start=Parameters(W, B))
        error = scipy.special.softmax(X @ W + B, axis=1) - Y
        assert_allclose(history.weights, W - 0.7 * (X.T @ error / 12 + 0.1 * W), rtol=1e-12)
        assert_allclose(history.bias, B - 0.7 * error.mean(axis=0), rtol=1e-12)

    def test_a_mini_batch_step_equals_a_step_on_its_rows(self):
        history = train(X, LABELS, learning_rate=0.7, steps=1, batch_size=5)
        rows = next(minibatches(12, 5))
        alone = train(X[rows], Y[rows], learning_rate=0.7, steps=1)
        assert_array_equal(history.weights, alone.weights)
        assert_array_equal(history.bias, alone.bias)

    @each_head
    @pytest.mark.parametrize("batch_size", [None, 5])
    def test_losses_are_the_objective_on_all_samples_at_each_step(self, head, batch_size):
        history = train(X, LABELS, learning_rate=0.3, steps=130, batch_size=batch_size, l2=0.1, head=head)
        parameters = [history.params_at(step) for step in range(131)]
        assert_allclose(history.losses, [loss_by_scipy(p.weights, p.bias, 0.1, head) for p in parameters], rtol=1e-12)
        assert_array_equal(history.params_at(130).weights, history.weights)

    def test_training_starts_with_equal_probabilities(self):
        history = train(X, LABELS, learning_rate=0.3, steps=0)
        assert history.losses == pytest.approx([np.log(3)])
        assert not history.weights.any()
        assert not history.bias.any()

    def test_a_small_learning_rate_never_increases_the_loss(self):
        assert (np.diff(train(X, LABELS, learning_rate=0.1, steps=300).losses) < 0).all()

    def test_one_hot_targets_train_like_labels(self):
        assert_array_equal(
            train(X, Y, learning_rate=0.3, steps=50).losses,
            train(X.tolist(), LABELS.tolist(), learning_rate=0.3, steps=50).losses,
        )

    def test_mini_batches_of_all_samples_equal_full_batch_descent(self):
        assert_array_equal(
            train(X, LABELS, learning_rate=0.3, steps=30, batch_size=12).weights,
            train(X, LABELS, learning_rate=0.3, steps=30).weights,
        )

    @pytest.mark.parametrize(
        "arranged", [np.ascontiguousarray, np.asfortranarray, lambda a: np.repeat(a, 2, 1)[:, ::2]]
    )
    def test_a_run_does_not_depend_on_the_memory_layout_of_its_samples(self, arranged):
        many = np.random.default_rng(0).normal(size=(301, 5))
        targets = np.eye(3)[np.arange(301) % 3]
        expected = train(many, targets, learning_rate=0.3, steps=20)
        found = train(arranged(many), arranged(targets), learning_rate=0.3, steps=20)
        assert_array_equal(found.losses, expected.losses)

    def test_the_step_at_which_training_diverges_is_reported(self):
        for features in (X, 1e200 * X):
            with pytest.raises(DivergenceError) as caught:
                train(features, LABELS, learning_rate=10.0, l2=1.0, steps=1000)
            steps = caught.value.step - 1
            assert str(steps + 1) in str(caught.value)
            assert np.isfinite(train(features, LABELS, learning_rate=10.0, l2=1.0, steps=steps).losses).all()


@cache
def standardised(name, features):
    data = REAL[name](features)
    return FeatureMap.fit(data.X)(data.X), data.labels


@pytest.mark.parametrize("l2", [0.01, 0.1])
@pytest.mark.parametrize("n_features", [2, 4])
@pytest.mark.parametrize("name", REAL)
class TestConvergence:
    def test_softmax_converges_to_scikit_learns_logistic_regression(self, name, n_features, l2):
        columns, labels = standardised(name, measurements(name)[:n_features])
        run = train(columns, labels, learning_rate=0.8, steps=3000, l2=l2)
        model = LogisticRegression(C=1 / (l2 * len(labels)), tol=1e-10, solver="newton-cg").fit(columns, labels)
        minimum = log_loss(labels, model.predict_proba(columns)) + l2 / 2 * (model.coef_**2).sum()
        assert run.losses[-1] == pytest.approx(minimum, abs=1e-6)
        assert_allclose(run.weights, model.coef_.T, atol=1e-3)
        assert_allclose(run.bias, model.intercept_, atol=1e-3)

    def test_sigmoids_converge_to_one_binary_logistic_regression_per_class(self, name, n_features, l2):
        columns, labels = standardised(name, measurements(name)[:n_features])
        run = train(columns, labels, learning_rate=0.8, steps=3000, l2=l2, head="sigmoid")
        minimum = 0.0
        for k in range(3):
            model = LogisticRegression(C=1 / (l2 * len(labels)), tol=1e-10, solver="newton-cg").fit(
                columns, labels == k
            )
            minimum += log_loss(labels == k, model.predict_proba(columns)) + l2 / 2 * (model.coef_**2).sum()
            assert_allclose(run.weights[:, k], model.coef_[0], atol=1e-3)
            assert_allclose(run.bias[k], model.intercept_[0], atol=1e-3)
        assert run.losses[-1] == pytest.approx(minimum, abs=1e-6)


class TestInput:
    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"learning_rate": 0.0}, "learning_rate"),
            ({"learning_rate": -1.0}, "learning_rate"),
            ({"learning_rate": np.nan}, "learning_rate"),
            ({"learning_rate": np.inf}, "learning_rate"),
            ({"batch_size": 0}, "batch_size"),
            ({"batch_size": 1.5}, "batch_size"),
            ({"l2": -0.1}, "l2"),
            ({"l2": np.nan}, "l2"),
            ({"l2": np.inf}, "l2"),
            ({"head": "tanh"}, "head"),
            ({"seed": -1}, "seed"),
            ({"seed": 2**64}, "seed"),
            ({"seed": 1.5}, "seed"),
            ({"steps": -1}, "steps"),
            ({"steps": 1.5}, "steps"),
            ({"X": X[:, 0]}, "shape"),
            ({"X": X[:0], "labels": LABELS[:0]}, "shape"),
            ({"labels": LABELS[:-1]}, "shape"),
            ({"labels": 1}, "shape"),
            ({"labels": Y[None]}, "shape"),
            ({"labels": LABELS - 1}, "labels"),
            ({"labels": LABELS + 0.5}, "labels"),
            ({"X": np.where(Y[:, :2] == 1, np.nan, X)}, "not_finite"),
            ({"X": np.where(Y[:, :2] == 1, np.inf, X)}, "not_finite"),
            ({"labels": np.where(Y == 1, np.nan, Y)}, "not_finite"),
            ({"start": Parameters.zeros(2, 4)}, "shape"),
        ],
    )
    def test_invalid_values_are_refused(self, change, reason):
        arguments = {"X": X, "labels": LABELS, "learning_rate": 0.3, "steps": 1} | change
        with pytest.raises(InvalidDataError) as caught:
            train(arguments.pop("X"), arguments.pop("labels"), **arguments)
        assert caught.value.reason == reason

    @pytest.mark.parametrize(
        "change",
        [
            {"labels": np.where(LABELS == 1, np.nan, LABELS)},
            {"labels": np.where(LABELS == 1, np.inf, LABELS)},
            {"labels": np.array(["adelie", "chinstrap", "gentoo"])[LABELS]},
            {"labels": Y[:, :0]},
            {"start": Parameters.zeros(3, 3)},
            {"start": Parameters(np.full((2, 3), np.nan), np.zeros(3))},
        ],
        ids=["labels nan", "labels inf", "labels text", "no classes", "start shape", "start nan"],
    )
    def test_other_invalid_arguments_are_refused(self, change):
        arguments = {"X": X, "labels": LABELS, "learning_rate": 0.3, "steps": 1} | change
        with pytest.raises(InvalidDataError):
            train(arguments.pop("X"), arguments.pop("labels"), **arguments)
