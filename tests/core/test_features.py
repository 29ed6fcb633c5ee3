import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from core.datasets import rings
from core.errors import InvalidDataError
from core.features import EXPANSIONS, FeatureMap, cubic, linear, monomials, quadratic, rbf
from core.gradient_descent import train
from core.metrics import accuracy

DEGREES = {"linear": 1, "quadratic": 2, "cubic": 3}

each_expansion = pytest.mark.parametrize("expansion", EXPANSIONS)


def samples(n=40, d=2, seed=0):
    return np.random.default_rng(seed).normal(3, 5, (n, d))


@pytest.mark.parametrize(
    ("expansion", "columns"),
    [
        (linear, [2, 3]),
        (quadratic, [2, 3, 4, 6, 9]),
        (cubic, [2, 3, 4, 6, 9, 8, 12, 18, 27]),
    ],
)
def test_expansions_of_two_and_three_by_hand(expansion, columns):
    assert_array_equal(expansion(np.array([[2.0, 3.0]])), [columns])


@pytest.mark.parametrize("d", [1, 2, 4])
@pytest.mark.parametrize("expansion", DEGREES)
def test_polynomial_expansions_equal_scikit_learns(expansion, d):
    U = samples(d=d)
    expected = PolynomialFeatures(DEGREES[expansion], include_bias=False).fit_transform(U)
    assert_allclose(EXPANSIONS[expansion](U), expected, rtol=1e-12)


@pytest.mark.parametrize("expansion", ["quadratic", "cubic"])
def test_powers_are_in_the_order_of_the_columns(expansion):
    U = samples()
    expected = [U[:, factors].prod(axis=1) for factors in map(list, monomials(2, DEGREES[expansion]))]
    assert_array_equal(EXPANSIONS[expansion](U), np.transpose(expected))


@pytest.mark.parametrize("d", [1, 2])
def test_rbf_equals_scikit_learns_kernel_on_a_five_by_five_grid(d):
    U = samples(d=d) / 5
    grid = np.stack(np.meshgrid(*[[-2, -1, 0, 1, 2]] * d, indexing="ij"), axis=-1).reshape(-1, d)
    assert_allclose(rbf(U), rbf_kernel(U, grid, gamma=0.5), rtol=1e-12)


@each_expansion
def test_every_column_is_standardised_on_the_training_samples(expansion):
    X = samples()
    columns = FeatureMap.fit(X, expansion)(X)
    assert_allclose(columns.mean(axis=0), 0, atol=1e-12)
    assert_allclose(columns.std(axis=0), 1, rtol=1e-12)


def test_linear_map_equals_scikit_learns_standard_scaler_on_new_samples_too():
    X, new = samples(seed=1), samples(seed=2)
    assert_allclose(FeatureMap.fit(X)(new), StandardScaler().fit(X).transform(new), rtol=1e-12, atol=1e-14)


@each_expansion
def test_the_features_of_a_sample_do_not_depend_on_other_samples(expansion):
    X = samples()
    phi = FeatureMap.fit(X, expansion)
    assert_allclose(phi(X[3:4]), phi(X)[3:4], rtol=1e-12, atol=1e-14)


@each_expansion
@pytest.mark.parametrize("constant", [0.0, 0.1, -7.3e6])
def test_a_constant_column_is_mapped_to_zero(expansion, constant):
    X = samples()
    X[:, 1] = constant
    columns = FeatureMap.fit(X, expansion)(X)
    assert np.abs(columns).max() < 20
    assert_array_equal(FeatureMap.fit(X)(X)[:, 1], 0)


@pytest.mark.parametrize("constant", [0.0, 0.1, 39.7])
def test_a_column_that_was_constant_is_not_scaled_in_new_samples(constant):
    X = samples()
    X[:, 1] = constant
    assert_allclose(FeatureMap.fit(X)(X + 0.25)[:, 1], 0.25, rtol=1e-12)


@pytest.mark.parametrize("large", [1e16, 1e100])
@pytest.mark.filterwarnings("ignore:Precision loss")
def test_rounding_errors_of_large_numbers_are_not_scaled_up(large):
    X = samples()
    X[:, 1] = large * (1 + 2.3e-16 * (np.arange(len(X)) % 3))
    assert np.abs(FeatureMap.fit(X)(X)[:, 1]).max() <= 1


@each_expansion
@given(arrays(np.float64, (6, 2), elements=st.integers(-(10**6), 10**6)), st.integers(-(10**6), 10**6))
def test_features_of_any_samples_are_finite(expansion, X, far):
    phi = FeatureMap.fit(X, expansion)
    assert np.isfinite(phi(X)).all()
    assert np.isfinite(phi(X + far)).all()


def test_rbf_far_from_all_centres_never_raises_on_underflow():
    with np.errstate(under="raise"):
        assert_array_equal(rbf(np.array([[1e3, 1e3], [38.0, 0.0]]))[0], 0)


@pytest.mark.parametrize("expansion", DEGREES)
def test_features_along_a_line_are_polynomials_of_the_expansions_degree(expansion):
    degree = DEGREES[expansion]
    phi = FeatureMap.fit(samples(), expansion)
    line = np.array([0.4, 2.0]) + np.outer(np.arange(degree + 2), [1.3, -0.7])
    columns = phi(line)
    assert_allclose(np.diff(columns, degree + 1, axis=0), 0, atol=1e-10)
    assert np.abs(np.diff(columns, degree, axis=0)).max() > 1e-3


@pytest.mark.parametrize(
    ("expansion", "low", "high"), [("linear", 0.4, 0.7), ("quadratic", 0.95, 1), ("cubic", 0.95, 1), ("rbf", 0.95, 1)]
)
def test_nonlinear_features_separate_two_rings_but_linear_ones_do_not(expansion, low, high):
    data = rings(300, 2, 0.1, seed=0)
    columns = FeatureMap.fit(data.X, expansion)(data.X)
    run = train(columns, data.labels, learning_rate=1.0, steps=300)
    assert low <= accuracy(columns @ run.weights + run.bias, data.labels) <= high


def test_an_unknown_expansion_is_refused():
    with pytest.raises(InvalidDataError) as caught:
        FeatureMap.fit(samples(), "quartic")
    assert caught.value.reason == "expansion"
    assert caught.value.facts == {"expansion": "quartic"}


def test_rbf_centres_far_from_all_samples_are_not_scaled_up():
    from core import iris

    data = iris()
    phi = FeatureMap.fit(data.X, "rbf")
    far = data.X.mean(axis=0) + np.array([[-3, 3], [3, -3], [6, 6]]) * data.X.std(axis=0)
    assert np.abs(phi(far)).max() <= 10


@each_expansion
def test_a_map_does_not_depend_on_the_memory_layout_of_its_samples(expansion):
    X = np.random.default_rng(0).normal(size=(341, 2)) * 7.3
    one, other = FeatureMap.fit(X, expansion), FeatureMap.fit(np.asfortranarray(X), expansion)
    assert_array_equal(one(X), other(X))
