"""A run depends only on its problem, its start and its schedule, not on how it was computed."""

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from core.activations import ACTIVATIONS
from core.gradient_descent import MAX_LOSS, train
from core.parameters import Parameters
from core.run import CHECKPOINT_EVERY, Problem, Run, Settings

RNG = np.random.default_rng(0)
LABELS = np.arange(12) % 3
X = RNG.normal(size=(12, 2)) + LABELS[:, None]
Y = np.eye(3)[LABELS]
SOMEWHERE = Parameters(RNG.normal(size=(2, 3)), RNG.normal(size=3))

each_head = pytest.mark.parametrize("head", ACTIVATIONS)
enough_examples = hypothesis_settings(max_examples=40)

rules = st.builds(
    Settings,
    learning_rate=st.sampled_from([0.01, 0.3, 1.0]),
    batch_size=st.sampled_from([None, 1, 5, 12, 40]),
    l2=st.sampled_from([0.0, 0.01, 0.5]),
)
lengths = st.integers(1, 2 * CHECKPOINT_EVERY + 30)
heads = st.sampled_from(list(ACTIVATIONS))


def run_of(steps, settings, head="softmax", seed=0, start=None):
    return Run.begin(Problem.from_data(X, Y, head, seed), settings, start).continued(steps)


def assert_same_parameters(found, expected):
    assert_array_equal(found.weights, expected.weights)
    assert_array_equal(found.bias, expected.bias)


def assert_same_run(found, expected):
    assert_array_equal(found.losses, expected.losses)
    assert (found.schedule, found.diverged) == (expected.schedule, expected.diverged)
    assert_same_parameters(found.parameters, expected.parameters)
    for step in range(0, expected.steps, CHECKPOINT_EVERY // 2):
        assert_same_parameters(found.params_at(step), expected.params_at(step))


def loss_by_scipy(parameters, l2, head="softmax"):
    """Return the loss with a penalty on the weights only."""
    z = X @ parameters.weights + parameters.bias
    log_likelihood = {
        "softmax": Y * scipy.special.log_softmax(z, axis=1),
        "sigmoid": Y * scipy.special.log_expit(z) + (1 - Y) * scipy.special.log_expit(-z),
    }[head]
    return -log_likelihood.sum() / len(X) + l2 / 2 * (parameters.weights**2).sum()


class TestReplay:
    @enough_examples
    @given(a=lengths, b=lengths, settings=rules, head=heads, seed=st.integers(0, 2**64 - 1))
    def test_a_continued_run_equals_a_run_computed_at_once(self, a, b, settings, head, seed):
        at_once = run_of(a + b, settings, head, seed)
        assert_same_run(run_of(a, settings, head, seed).continued(b), at_once)
        assert_same_run(at_once.truncated(a), run_of(a, settings, head, seed))

    @enough_examples
    @given(a=lengths, b=lengths, first=rules, then=rules, head=heads, data=st.data())
    def test_any_step_equals_the_end_of_a_shorter_run(self, a, b, first, then, head, data):
        run = run_of(a, first, head).continued(b, then)
        step = data.draw(st.integers(0, a + b) | st.sampled_from([0, a, a + b]), label="step")
        shorter = run_of(min(step, a), first, head)
        if step > a:
            shorter = shorter.continued(step - a, then)
        assert_same_parameters(run.params_at(step), shorter.parameters)
        assert_same_run(run.truncated(step), shorter)

    @enough_examples
    @given(a=lengths, b=lengths, first=rules, then=rules, data=st.data())
    def test_a_truncated_and_continued_run_equals_the_original(self, a, b, first, then, data):
        run = run_of(a, first).continued(b, then)
        before, after = data.draw(st.integers(1, a)), data.draw(st.integers(a + 1, a + b))
        assert_same_run(run.truncated(before).continued(a - before).continued(b, then), run)
        assert_same_run(run.truncated(after).continued(a + b - after), run)

    @enough_examples
    @given(a=lengths, b=lengths, first=rules, then=rules, stride=st.integers(1, 70), data=st.data())
    def test_a_trajectory_has_every_stride_th_step(self, a, b, first, then, stride, data):
        run = run_of(a, first).continued(b, then)
        start = data.draw(st.integers(0, a + b))
        end = data.draw(st.integers(start, a + b))
        trajectory = list(run.trajectory(start, end, stride))
        steps = range(start, end + 1, stride)
        assert len(trajectory) == len(steps)
        for found, step in zip(trajectory[:3] + trajectory[-3:], [*steps[:3], *steps[-3:]], strict=True):
            assert_same_parameters(found, run.params_at(step))

    def test_an_unfinished_trajectory_does_not_change_numpys_error_handling(self):
        before = np.geterr()
        trajectory = run_of(60, Settings(0.3)).trajectory(0, 60)
        assert next(trajectory) is not next(trajectory)
        assert np.geterr() == before

    @given(st.lists(st.tuples(st.integers(1, 40), rules), min_size=1, max_size=5))
    def test_settings_at_a_step_are_those_of_the_next_step(self, legs):
        run = run_of(0, legs[0][1])
        in_force = []
        for steps, settings in legs:
            run = run.continued(steps, settings)
            in_force += [settings] * steps
        assert [run.settings_at(step) for step in range(run.steps)] == in_force
        assert run.settings == in_force[-1]

    def test_a_long_run_has_every_step(self):
        many = np.random.default_rng(1).normal(size=(20, 25))
        problem = Problem(many, np.eye(10)[np.arange(20) % 10], seed=3)
        first, then, steps, changed = Settings(0.1, 7, 0.01), Settings(0.05), 20_000, 12_345
        run = Run.begin(problem, first).continued(changed).continued(steps - changed, then)
        parameters, checked = (
            Parameters.zeros(25, 10),
            {1, 99, 100, 101, changed - 1, changed, changed + 1, 19_999, steps},
        )
        for step in range(1, steps + 1):
            settings = first if step <= changed else then
            _, slope = problem.objective(parameters, settings.l2, problem.minibatch(step - 1, settings.batch_size))
            parameters = Parameters(
                parameters.weights - settings.learning_rate * slope.weights,
                parameters.bias - settings.learning_rate * slope.bias,
            )
            if step in checked:
                assert_same_parameters(run.params_at(step), parameters)

    @given(rules, rules, lengths, lengths)
    @enough_examples
    def test_on_step_gets_each_new_step_with_its_parameters_and_loss(self, first, then, half, rest):
        steps = []
        run = run_of(half, first).continued(rest, then, on_step=lambda *step: steps.append(step))
        assert [step for step, _, _ in steps] == list(range(half + 1, half + rest + 1))
        losses = run.losses
        for step, parameters, loss in steps:
            assert_same_parameters(parameters, run.params_at(step))
            if (run.settings.batch_size or 12) < 12:
                assert loss is None
            else:
                assert loss == losses[step]

    def test_continuing_a_run_does_not_change_it(self):
        run = run_of(150, Settings(0.3, batch_size=5))
        losses, weights = run.losses.copy(), run.weights.copy()
        run.continued(150, Settings(1.0))
        assert_array_equal(run.losses, losses)
        assert_array_equal(run.weights, weights)
        assert run.schedule == ((0, Settings(0.3, batch_size=5)),)

    def test_settings_changed_before_the_first_step_replace_the_initial_ones(self):
        changed = run_of(0, Settings(0.1), start=SOMEWHERE).continued(20, Settings(0.3, l2=0.5))
        assert_same_run(changed, run_of(20, Settings(0.3, l2=0.5), start=SOMEWHERE))

    def test_settings_without_a_step_are_not_in_the_schedule(self):
        run, settings = run_of(30, Settings(0.1)), Settings(0.3, l2=0.5)
        assert_same_run(run.continued(0, Settings(1.0)).continued(20, settings), run.continued(20, settings))

    def test_a_run_does_not_depend_on_later_changes_of_its_samples(self):
        given = X.copy()
        run = Run.begin(Problem.from_data(given, LABELS), Settings(0.3)).continued(50)
        before = run.params_at(30)
        given *= 2
        assert_same_parameters(run.params_at(30), before)

    @pytest.mark.parametrize(("first", "last"), [(-1, 3), (0, 6), (4, 3)])
    def test_a_trajectory_beyond_the_run_is_refused(self, first, last):
        with pytest.raises(IndexError):
            list(run_of(5, Settings(0.3)).trajectory(first, last))

    @pytest.mark.parametrize("step", [-1, 6])
    def test_parameters_beyond_the_run_are_refused(self, step):
        run = run_of(5, Settings(0.3))
        with pytest.raises(IndexError):
            run.params_at(step)
        with pytest.raises(IndexError):
            run.truncated(step)

    @each_head
    @pytest.mark.parametrize("batch_size", [None, 5])
    def test_a_run_equals_train(self, head, batch_size):
        run = run_of(130, Settings(0.3, batch_size, 0.1), head, seed=4)
        history = train(X, LABELS, learning_rate=0.3, steps=130, batch_size=batch_size, l2=0.1, seed=4, head=head)
        assert_array_equal(run.losses, history.losses)
        for step in (0, 17, 130):
            assert_same_parameters(run.params_at(step), history.params_at(step))

    @each_head
    @pytest.mark.parametrize("batch_size", [None, 5])
    def test_losses_are_the_objective_on_all_samples_at_each_step(self, head, batch_size):
        run = run_of(130, Settings(0.3, batch_size, l2=0.1), head).continued(70, Settings(0.5, batch_size, l2=0.4))
        penalties = [0.1] * 131 + [0.4] * 70
        points = run.trajectory(0, 200)
        assert_allclose(
            run.losses, [loss_by_scipy(p, l2, head) for p, l2 in zip(points, penalties, strict=True)], rtol=1e-12
        )
        assert [run.loss_at(step) for step in (0, 130, 131, 200)] == run.losses[[0, 130, 131, 200]].tolist()

    def test_the_objective_on_some_rows_equals_that_of_a_problem_with_these_rows(self):
        rows = np.array([2, 0, 7])
        found = Problem(X, Y).objective(SOMEWHERE, 0.3, rows)
        alone = Problem(X[rows], Y[rows]).objective(SOMEWHERE, 0.3)
        assert found[0] == alone[0]
        assert_same_parameters(found[1], alone[1])


class TestDivergence:
    DIVERGING = pytest.mark.parametrize(
        "settings", [Settings(10.0, l2=1.0), Settings(1e200), Settings(40.0, 5, l2=10.0)]
    )

    @each_head
    @DIVERGING
    def test_a_run_ends_at_the_last_step_whose_loss_is_finite(self, head, settings):
        run = run_of(1000, settings, head)
        assert run.diverged
        assert run.steps < 1000
        assert np.isfinite(run.losses).all()
        assert run.losses.max() <= MAX_LOSS
        assert np.isfinite(run.parameters.stacked).all()
        assert_array_equal(run_of(run.steps, settings, head).losses, run.losses)

    @each_head
    @DIVERGING
    def test_a_run_computed_step_by_step_diverges_at_the_same_step(self, head, settings):
        run, step_by_step = run_of(1000, settings, head), run_of(0, settings, head)
        while not step_by_step.diverged:
            step_by_step = step_by_step.continued(1)
        assert_same_run(step_by_step, run)
        assert_same_run(run.continued(10), run)

    def test_features_too_large_to_multiply_diverge_without_a_warning(self):
        run = Run.begin(Problem(1e200 * X, Y), Settings(1.0)).continued(10)
        assert run.diverged
        assert run.losses == pytest.approx([np.log(3)])

    def test_a_run_that_diverges_keeps_its_earlier_steps(self):
        before = run_of(150, Settings(0.3))
        run = before.continued(1000, Settings(10.0, l2=1.0))
        assert run.diverged
        assert run.steps >= 150
        assert_array_equal(run.losses[:151], before.losses)
        assert_same_parameters(run.params_at(150), before.parameters)

    def test_a_diverged_run_can_be_truncated_or_continued_with_other_settings(self):
        run = run_of(1000, Settings(10.0, l2=1.0))
        assert not run.truncated(run.steps - 1).diverged
        assert run.truncated(run.steps).diverged
        continued = run.continued(20, Settings(0.1, l2=1.0))
        assert not continued.diverged
        assert continued.steps == run.steps + 20
