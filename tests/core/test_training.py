from functools import cache

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from core.datasets import REAL, measurements
from core.errors import InvalidDataError
from core.features import FeatureMap
from core.model import Parameters
from core.training import CHECKPOINT_EVERY, HEADS, DivergenceError, Problem, Run, Settings, train

RNG = np.random.default_rng(0)
LABELS = np.arange(12) % 3
X = RNG.normal(size=(12, 2)) + LABELS[:, None]
Y = np.eye(3)[LABELS]
SOMEWHERE = Parameters.of(RNG.normal(size=(2, 3)), RNG.normal(size=3))

each_head = pytest.mark.parametrize("head", HEADS)
enough_examples = hypothesis_settings(max_examples=40)

rules = st.builds(
    Settings,
    learning_rate=st.sampled_from([0.01, 0.3, 1.0]),
    batch_size=st.sampled_from([None, 1, 5, 12, 40]),
    l2=st.sampled_from([0.0, 0.01, 0.5]),
)
lengths = st.integers(1, 2 * CHECKPOINT_EVERY + 30)
heads = st.sampled_from(list(HEADS))


def run_of(steps, settings, head="softmax", seed=0):
    return Run.begin(Problem(np.asfortranarray(X), np.asfortranarray(Y), head, seed), settings).continued(steps)


def assert_same_parameters(found, expected):
    assert_array_equal(found.weights, expected.weights)
    assert_array_equal(found.bias, expected.bias)


def assert_same_run(found, expected):
    assert_array_equal(found.losses, expected.losses)
    assert found.schedule == expected.schedule
    assert_same_parameters(found.parameters, expected.parameters)
    for step in range(0, expected.steps, CHECKPOINT_EVERY // 2):
        assert_same_parameters(found.params_at(step), expected.params_at(step))


def objective(parameters, l2, head="softmax"):
    """The loss by SciPy, with the penalty on the weights alone."""
    z = X @ parameters.weights + parameters.bias
    log_likelihood = {
        "softmax": Y * scipy.special.log_softmax(z, axis=1),
        "sigmoid": Y * scipy.special.log_expit(z) + (1 - Y) * scipy.special.log_expit(-z),
    }[head]
    return -log_likelihood.sum() / len(X) + l2 / 2 * (parameters.weights**2).sum()


class TestReplay:
    """A run is a function of its data and settings, however it was reached."""

    @enough_examples
    @given(a=lengths, b=lengths, settings=rules, head=heads, seed=st.integers(0, 2**64 - 1))
    def test_a_run_continued_is_the_run_made_at_once(self, a, b, settings, head, seed):
        at_once = run_of(a + b, settings, head, seed)
        assert_same_run(run_of(a, settings, head, seed).continued(b), at_once)
        assert_same_run(at_once.up_to(a), run_of(a, settings, head, seed))

    @enough_examples
    @given(a=lengths, b=lengths, first=rules, then=rules, head=heads, data=st.data())
    def test_any_step_is_where_a_shorter_run_arrives_under_changing_settings_too(self, a, b, first, then, head, data):
        run = run_of(a, first, head).continued(b, then)
        step = data.draw(st.integers(0, a + b) | st.sampled_from([0, a, a + b]), label="step")
        shorter = run_of(min(step, a), first, head)
        if step > a:
            shorter = shorter.continued(step - a, then)
        assert_same_parameters(run.params_at(step), shorter.parameters)
        assert_same_run(run.up_to(step), shorter)

    @enough_examples
    @given(a=lengths, b=lengths, first=rules, then=rules, data=st.data())
    def test_a_run_taken_back_and_continued_is_the_same_run(self, a, b, first, then, data):
        run = run_of(a, first).continued(b, then)
        before, after = data.draw(st.integers(1, a)), data.draw(st.integers(a + 1, a + b))
        assert_same_run(run.up_to(before).continued(a - before).continued(b, then), run)
        assert_same_run(run.up_to(after).continued(a + b - after), run)

    @enough_examples
    @given(a=lengths, b=lengths, first=rules, then=rules, stride=st.integers(1, 70), data=st.data())
    def test_a_trajectory_passes_through_every_strideth_step(self, a, b, first, then, stride, data):
        run = run_of(a, first).continued(b, then)
        start = data.draw(st.integers(0, a + b))
        end = data.draw(st.integers(start, a + b))
        trajectory = list(run.trajectory(start, end, stride))
        steps = range(start, end + 1, stride)
        assert len(trajectory) == len(steps)
        for found, step in zip(trajectory[:3] + trajectory[-3:], [*steps[:3], *steps[-3:]], strict=True):
            assert_same_parameters(found, run.params_at(step))

    def test_a_trajectory_that_is_left_half_way_leaves_numpys_error_handling_alone(self):
        before = np.geterr()
        trajectory = run_of(60, Settings(0.3)).trajectory(0, 60)
        assert next(trajectory) is not next(trajectory)
        assert np.geterr() == before

    @given(st.lists(st.tuples(st.integers(1, 40), rules), min_size=1, max_size=5))
    def test_settings_at_a_step_are_those_the_next_step_is_taken_under(self, legs):
        run = run_of(0, legs[0][1])
        in_force = []
        for steps, settings in legs:
            run = run.continued(steps, settings)
            in_force += [settings] * steps
        assert [run.settings_at(step) for step in range(run.steps)] == in_force
        assert run.settings == in_force[-1]

    def test_a_long_run_still_has_every_step(self):
        many = np.random.default_rng(1).normal(size=(20, 25))
        problem = Problem(many, np.eye(10)[np.arange(20) % 10], seed=3)
        first, then, steps, changed = Settings(0.1, 7, 0.01), Settings(0.05), 20_000, 12_345
        run = Run.begin(problem, first).continued(changed).continued(steps - changed, then)
        here, asked = Parameters.zeros(25, 10), {1, 99, 100, 101, changed - 1, changed, changed + 1, 19_999, steps}
        for step in range(1, steps + 1):
            settings = first if step <= changed else then
            slope = problem.gradient(here, settings.l2, problem.batch(step - 1, settings.batch_size))
            here = Parameters.of(
                here.weights - settings.learning_rate * slope.weights, here.bias - settings.learning_rate * slope.bias
            )
            if step in asked:
                assert_same_parameters(run.params_at(step), here)

    @given(rules, rules, lengths, lengths, heads, st.integers(1, 70))
    @enough_examples
    def test_losses_found_when_asked_for_are_those_found_on_the_way(self, first, then, half, rest, head, stride):
        known = run_of(half, first, head).continued(rest, then)
        run = run_of(0, first, head).continued(half, valued=False)
        assert_array_equal(run.losses, known.losses[: half + 1])
        run = run.continued(rest // 2, then, valued=False).continued(rest - rest // 2)
        asked = range(0, half + rest + 1, stride)
        assert_array_equal(run.losses_at(asked, [run.params_at(step) for step in asked]), known.losses[asked])
        ends = [run.params_at(half), run.params_at(half + rest)]
        assert_array_equal(run.losses_at([half, half + rest], ends), known.losses[[half, half + rest]])
        assert_array_equal(run.up_to(half).losses, known.losses[: half + 1])
        assert_same_run(run, known)

    def test_losses_up_to_a_step_are_the_first_of_all(self):
        run, known = run_of(0, Settings(0.3)).continued(200, valued=False), run_of(200, Settings(0.3))
        for step in (30, 125, 7):
            assert_array_equal(run.losses_to(step), known.losses[: step + 1])
        assert_array_equal(run.losses, known.losses)

    @given(rules, rules, lengths, lengths)
    @enough_examples
    def test_where_each_step_leads_is_told_on_the_way(self, first, then, half, rest):
        told = {}
        run = run_of(half, first).continued(rest, then, passed=told.__setitem__)
        assert list(told) == list(range(half + 1, half + rest + 1))
        for step, parameters in told.items():
            assert_same_parameters(parameters, run.params_at(step))

    def test_a_run_is_not_changed_by_what_is_continued_from_it(self):
        run = run_of(150, Settings(0.3, batch_size=5))
        losses, weights = run.losses.copy(), run.weights.copy()
        run.continued(150, Settings(1.0))
        assert_array_equal(run.losses, losses)
        assert_array_equal(run.weights, weights)
        assert run.schedule == ((0, Settings(0.3, batch_size=5)),)

    def test_settings_changed_before_the_first_step_are_those_it_began_with(self):
        changed = train(X, LABELS, learning_rate=0.1, steps=0, start=SOMEWHERE).continued(20, Settings(0.3, l2=0.5))
        assert_same_run(changed, train(X, LABELS, learning_rate=0.3, steps=20, l2=0.5, start=SOMEWHERE))

    def test_settings_no_step_was_taken_under_leave_no_trace(self):
        run, settings = run_of(30, Settings(0.1)), Settings(0.3, l2=0.5)
        assert_same_run(run.continued(0, Settings(1.0)).continued(20, settings), run.continued(20, settings))

    @pytest.mark.parametrize(
        "arranged", [np.ascontiguousarray, np.asfortranarray, lambda a: np.repeat(a, 2, 1)[:, ::2]]
    )
    def test_a_run_does_not_depend_on_how_its_samples_lie_in_memory(self, arranged):
        many = np.random.default_rng(0).normal(size=(301, 5))
        targets = np.eye(3)[np.arange(301) % 3]
        expected = train(many, targets, learning_rate=0.3, steps=20)
        assert_same_run(train(arranged(many), arranged(targets), learning_rate=0.3, steps=20), expected)

    def test_a_run_keeps_the_samples_it_was_given(self):
        given = np.asfortranarray(X)
        run = train(given, LABELS, learning_rate=0.3, steps=50)
        before = run.params_at(30)
        given *= 2
        assert_same_parameters(run.params_at(30), before)

    @pytest.mark.parametrize(("first", "last"), [(-1, 3), (0, 6), (4, 3)])
    def test_steps_it_has_not_taken_are_refused(self, first, last):
        with pytest.raises(IndexError):
            list(run_of(5, Settings(0.3)).trajectory(first, last))

    @pytest.mark.parametrize("step", [-1, 6])
    def test_parameters_at_steps_it_has_not_taken_are_refused(self, step):
        run = run_of(5, Settings(0.3))
        with pytest.raises(IndexError):
            run.params_at(step)
        with pytest.raises(IndexError):
            run.up_to(step)


class TestDescent:
    """What a step does: slides 4.1 to 4.4."""

    @each_head
    @pytest.mark.parametrize("batch_size", [None, 5])
    def test_losses_are_the_objective_over_all_samples_at_each_step(self, head, batch_size):
        run = run_of(130, Settings(0.3, batch_size, l2=0.1), head).continued(70, Settings(0.5, batch_size, l2=0.4))
        penalties = [0.1] * 131 + [0.4] * 70
        expected = [objective(p, l2, head) for p, l2 in zip(run.trajectory(0, 200), penalties, strict=True)]
        assert_allclose(run.losses, expected, rtol=1e-12)

    def test_a_step_subtracts_the_learning_rate_times_the_lectures_gradient(self):
        before = SOMEWHERE
        after = train(X, LABELS, learning_rate=0.7, steps=1, l2=0.1, start=before)
        error = scipy.special.softmax(X @ before.weights + before.bias, axis=1) - Y
        assert_allclose(after.weights, before.weights - 0.7 * (X.T @ error / 12 + 0.1 * before.weights), rtol=1e-12)
        assert_allclose(after.bias, before.bias - 0.7 * error.mean(axis=0), rtol=1e-12)

    def test_a_step_of_a_mini_batch_is_the_step_on_its_rows_alone(self):
        run = run_of(1, Settings(0.7, batch_size=5))
        rows = run.problem.batch(0, 5)
        assert_same_parameters(run.parameters, train(X[rows], Y[rows], learning_rate=0.7, steps=1).parameters)

    @each_head
    def test_gradients_are_the_slopes_of_the_objective(self, head):
        W, b, h = SOMEWHERE.weights, SOMEWHERE.bias, 1e-6
        found = Problem(X, Y, head).gradient(Parameters.of(W, b), 0.3)
        for gradient, move in [
            (found.weights, lambda step: Parameters.of(W + step, b)),
            (found.bias, lambda step: Parameters.of(W, b + step)),
        ]:
            steps = h * np.eye(gradient.size).reshape(-1, *gradient.shape)
            slopes = [(objective(move(s), 0.3, head) - objective(move(-s), 0.3, head)) / (2 * h) for s in steps]
            assert_allclose(gradient.ravel(), slopes, atol=1e-8)

    @each_head
    def test_the_gradient_of_a_heads_loss_is_what_its_activation_is_off_by(self, head):
        z = SOMEWHERE.logits(X)
        activation, loss, _ = HEADS[head]
        assert_allclose(loss(z, Y)[1], (activation(z) - Y) / len(X), atol=1e-15)

    @each_head
    @given(st.integers(1, 40), st.integers(2, 10), st.one_of(st.floats(0, 200), st.floats(0, 1e9)))
    def test_the_gradient_is_as_good_where_logits_are_large(self, head, n, K, size):
        rng = np.random.default_rng(n + K)
        problem = Problem(rng.normal(size=(n, 4)), np.eye(K)[rng.integers(0, K, n)], head)
        at = Parameters(size * rng.normal(size=(5, K)))
        slopes = HEADS[head].loss(at.logits(problem.X), problem.Y)[1]
        found = problem.gradient(at, 0.0)
        assert_allclose(found.weights, problem.X.T @ slopes, atol=1e-12)
        assert_allclose(found.bias, slopes.sum(axis=0), atol=1e-12)

    @each_head
    @pytest.mark.parametrize("l2", [0.0, 0.3])
    def test_the_gradient_over_some_rows_is_that_of_a_problem_of_these_alone(self, head, l2):
        rows = np.array([2, 0, 7])
        found, alone = Problem(X, Y, head).gradient(SOMEWHERE, l2, rows), Problem(X[rows], Y[rows], head)
        assert_same_parameters(found, alone.gradient(SOMEWHERE, l2))

    @each_head
    @given(st.integers(1, 400), st.integers(2, 10), st.integers(1, 60), st.sampled_from([0.0, 0.3]))
    def test_losses_do_not_depend_on_how_many_are_asked_for_at_once(self, head, n, K, count, l2):
        rng = np.random.default_rng(n + K + count)
        problem = Problem(rng.normal(size=(n, 4)), rng.uniform(size=(n, K)), head)
        points = [Parameters(rng.normal(size=(5, K))) for _ in range(count)]
        losses = problem.losses(points, l2)
        assert_array_equal(losses, [problem.losses([point], l2)[0] for point in points])
        loss = HEADS[head].loss
        mean = [loss(p.logits(problem.X), problem.Y)[0] + 0.5 * l2 * (p.weights**2).sum() for p in points]
        assert_allclose(losses, mean, rtol=1e-12)

    @each_head
    @given(st.integers(1, 40), st.integers(2, 10), st.floats(0, 1e9), st.sampled_from([0.0, 0.3, 1e3]), st.booleans())
    def test_no_loss_exceeds_what_losses_are_at_most(self, head, n, K, size, l2, one_hot):
        rng = np.random.default_rng(n + K)
        targets = np.eye(K)[rng.integers(0, K, n)] if one_hot else rng.uniform(size=(n, K))
        problem = Problem(rng.normal(scale=rng.choice([1e-3, 1, 1e3]), size=(n, 4)), targets, head)
        points = [Parameters(size * rng.normal(size=(5, K))) for _ in range(5)]
        assert problem.losses(points, l2).max() <= problem.losses_at_most(points, l2)
        assert not problem.losses_at_most([*points, Parameters(np.full((5, K), np.nan))], l2) <= np.inf

    @given(st.integers(1, 400), st.integers(1, 8), st.integers(2, 10), st.integers(1, 60))
    def test_logits_of_many_points_are_each_points_own(self, n, d, K, count):
        rng = np.random.default_rng(n + d + K + count)
        problem = Problem(rng.normal(size=(n, d)), rng.uniform(size=(n, K)))
        points = [Parameters(rng.normal(size=(d + 1, K))) for _ in range(count)]
        logits = np.concatenate([*problem.logits(points)])
        assert_array_equal(logits, [point.logits(problem.X) for point in points])

    def test_training_starts_undecided(self):
        run = train(X, LABELS, learning_rate=0.3, steps=0)
        assert run.steps == 0
        assert run.losses == pytest.approx([np.log(3)])
        assert not run.weights.any()
        assert not run.bias.any()

    def test_a_small_enough_learning_rate_never_raises_the_loss(self):
        assert (np.diff(train(X, LABELS, learning_rate=0.1, steps=300).losses) < 0).all()

    def test_one_hot_rows_train_as_their_labels_do(self):
        assert_same_run(
            train(X, Y, learning_rate=0.3, steps=50), train(X.tolist(), LABELS.tolist(), learning_rate=0.3, steps=50)
        )


class TestMiniBatch:
    @pytest.mark.parametrize("size", [1, 5, 11])
    def test_holds_as_many_rows_as_asked_each_once(self, size):
        rows = [Problem(X, Y).batch(step, size) for step in range(50)]
        assert {len(np.unique(batch)) for batch in rows} == {size}
        assert_array_equal(np.unique(rows), np.arange(12))

    @pytest.mark.parametrize("size", [1, 3, 5, 7])
    def test_shows_no_sample_twice_in_an_epoch_and_shuffles_each_anew(self, size):
        steps = 12 // size
        epochs = [np.concatenate([Problem(X, Y).batch(e * steps + i, size) for i in range(steps)]) for e in range(60)]
        assert {len(np.unique(epoch)) for epoch in epochs} == {steps * size}
        assert len({tuple(epoch) for epoch in epochs}) > 50
        left_out = {sample for epoch in epochs for sample in set(range(12)) - set(epoch)}
        assert left_out == (set(range(12)) if 12 % size else set())

    def test_depends_on_seed_and_step_alone(self):
        def batches(seed):
            return np.array([Problem(X, Y, seed=seed).batch(step, 5) for step in range(20)])

        assert_array_equal(batches(1), batches(1))
        of_any_step = Problem(X, Y, seed=1)
        assert_array_equal([of_any_step.batch(step, 5) for step in reversed(range(20))], batches(1)[::-1])
        assert (batches(1) != batches(2)).any(axis=1).mean() > 0.9
        assert len({tuple(batch) for batch in batches(1)}) > 15

    def test_of_all_samples_is_full_batch_descent(self):
        assert_same_parameters(
            run_of(30, Settings(0.3, batch_size=12)).parameters, run_of(30, Settings(0.3)).parameters
        )


@cache
def standardised(name, features):
    data = REAL[name](features)
    return FeatureMap.fit(data.X)(data.X), data.labels


@pytest.mark.parametrize("l2", [0.01, 0.1])
@pytest.mark.parametrize("n_features", [2, 4])
@pytest.mark.parametrize("name", REAL)
class TestConvergence:
    def test_softmax_arrives_at_scikit_learns_logistic_regression(self, name, n_features, l2):
        columns, labels = standardised(name, measurements(name)[:n_features])
        run = train(columns, labels, learning_rate=0.8, steps=3000, l2=l2)
        model = LogisticRegression(C=1 / (l2 * len(labels)), tol=1e-10, solver="newton-cg").fit(columns, labels)
        least = log_loss(labels, model.predict_proba(columns)) + l2 / 2 * (model.coef_**2).sum()
        assert run.losses[-1] == pytest.approx(least, abs=1e-6)
        assert_allclose(run.weights, model.coef_.T, atol=1e-3)
        assert_allclose(run.bias, model.intercept_, atol=1e-3)

    def test_sigmoids_arrive_at_one_binary_logistic_regression_a_class(self, name, n_features, l2):
        columns, labels = standardised(name, measurements(name)[:n_features])
        run = train(columns, labels, learning_rate=0.8, steps=3000, l2=l2, head="sigmoid")
        least = 0.0
        for k in range(3):
            model = LogisticRegression(C=1 / (l2 * len(labels)), tol=1e-10, solver="newton-cg").fit(
                columns, labels == k
            )
            least += log_loss(labels == k, model.predict_proba(columns)) + l2 / 2 * (model.coef_**2).sum()
            assert_allclose(run.weights[:, k], model.coef_[0], atol=1e-3)
            assert_allclose(run.bias[k], model.intercept_[0], atol=1e-3)
        assert run.losses[-1] == pytest.approx(least, abs=1e-6)


class TestDivergence:
    @each_head
    @pytest.mark.parametrize("settings", [Settings(10.0, l2=1.0), Settings(1e200), Settings(40.0, 5, l2=10.0)])
    def test_error_names_its_step_and_holds_the_finite_run_before_it(self, head, settings):
        with pytest.raises(DivergenceError) as caught:
            run_of(1000, settings, head)
        run, step = caught.value.run, caught.value.step
        assert run.steps == step - 1
        assert np.isfinite(run.losses).all()
        assert np.isfinite(run.weights).all()
        assert np.isfinite(run.bias).all()
        assert_same_run(run, run_of(step - 1, settings, head))
        assert str(step) in str(caught.value)
        with pytest.raises(DivergenceError) as caught:
            run_of(0, settings, head).continued(1000, valued=False)
        assert_same_run(caught.value.run, run)

    def test_features_too_large_to_multiply_diverge_without_a_warning(self):
        with pytest.raises(DivergenceError) as caught:
            train(1e200 * X, LABELS, learning_rate=1.0, steps=10)
        assert caught.value.step == 1
        assert caught.value.run.losses == pytest.approx([np.log(3)])

    def test_a_diverging_continuation_hands_over_the_run_it_continued(self):
        before = run_of(150, Settings(0.3))
        with pytest.raises(DivergenceError) as caught:
            before.continued(1000, Settings(10.0, l2=1.0))
        assert caught.value.step > 150
        assert_array_equal(caught.value.run.losses[:151], before.losses)
        assert_same_parameters(caught.value.run.params_at(150), before.parameters)


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
    def test_that_cannot_be_trained_on_is_refused(self, change, reason):
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
            {"start": Parameters.of(np.full((2, 3), np.nan), np.zeros(3))},
            {"steps": -1},
        ],
        ids=["labels nan", "labels inf", "labels text", "no classes", "start shape", "start nan", "steps"],
    )
    def test_that_cannot_be_trained_on_is_refused_by_type(self, change):
        arguments = {"X": X, "labels": LABELS, "learning_rate": 0.3, "steps": 1} | change
        with pytest.raises(InvalidDataError):
            train(arguments.pop("X"), arguments.pop("labels"), **arguments)
