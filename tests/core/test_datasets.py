import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits, load_iris, make_blobs
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from core.activations import softmax
from core.datasets import (
    SYNTHETIC,
    Dataset,
    corners,
    digits,
    iris,
    measurements,
    overlapping_blobs,
    penguins,
    rings,
    scikit_learns_example,
    separable_blobs,
    sheared_blobs,
    split,
    tagged_photos,
)
from core.errors import InvalidDataError
from core.features import FeatureMap
from core.gradient_descent import train
from core.metrics import accuracy, subset_accuracy

each_synthetic = pytest.mark.parametrize("name", SYNTHETIC)


def training_scores(X, targets, head="softmax"):
    columns = FeatureMap.fit(X)(X)
    run = train(columns, targets, learning_rate=1.0, steps=500, head=head)
    return columns @ run.weights + run.bias


def negative_distances_to_means(data):
    means = np.array([data.X[data.labels == k].mean(axis=0) for k in range(data.n_classes)])
    return -np.linalg.norm(data.X[:, None] - means, axis=2)


@each_synthetic
@pytest.mark.parametrize("K", range(2, 11))
@pytest.mark.parametrize("n", [1, 10, 101])
def test_class_sizes_differ_by_one_at_most(name, K, n):
    data = SYNTHETIC[name](n, K, 0.5, 0)
    counts = np.bincount(data.labels, minlength=K)
    assert data.X.shape == (n, 2)
    assert np.isfinite(data.X).all()
    assert counts.sum() == n
    assert np.ptp(counts) <= 1
    assert data.n_classes == len(counts) == len(set(data.classes)) == K


@each_synthetic
def test_samples_are_determined_by_the_seed(name):
    draw = SYNTHETIC[name]
    first, again, other = draw(50, 3, 0.5, 7), draw(50, 3, 0.5, 7), draw(50, 3, 0.5, 8)
    assert_array_equal(first.X, again.X)
    assert_array_equal(first.labels, again.labels)
    assert (first.X != other.X).all()


@each_synthetic
@pytest.mark.parametrize("K", [2, 3, 10])
def test_more_noise_moves_samples_farther(name, K):
    without_noise = SYNTHETIC[name](200, K, 0.0, 0).X
    distances = [
        np.linalg.norm(SYNTHETIC[name](200, K, noise, 0).X - without_noise) for noise in (0.0, 0.1, 0.3, 0.6, 1.0)
    ]
    assert (np.diff(distances) > 0).all()


@each_synthetic
@pytest.mark.parametrize(("n", "K"), [(0, 3), (-1, 3), (10, 1), (10, 0), (10, 11)])
def test_invalid_sizes_are_refused(name, n, K):
    with pytest.raises(InvalidDataError) as caught:
        SYNTHETIC[name](n, K, 0.5, 0)
    assert caught.value.reason == "size"
    assert caught.value.facts == {"n": n, "K": K, "most_classes": 10}


@pytest.mark.parametrize("K", range(2, 11))
@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_a_linear_model_classifies_nearly_all_separable_samples(K, noise):
    data = separable_blobs(300, K, noise, 0)
    assert accuracy(training_scores(data.X, data.labels), data.labels) > 0.98


@pytest.mark.parametrize("K", [2, 3, 10])
@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_some_overlapping_samples_are_nearest_to_the_mean_of_another_class(K, noise):
    data = overlapping_blobs(1000, K, noise, 0)
    assert 1 / K < accuracy(negative_distances_to_means(data), data.labels) < 0.995


def test_a_checkerboard_of_two_classes_is_xor():
    data = corners(200, 2, 0.0, 0)
    assert_array_equal(data.labels == 1, data.X.prod(axis=1) < 0)


@pytest.mark.parametrize("K", [2, 5, 10])
def test_each_ring_lies_inside_the_next(K):
    data = rings(500, K, 0.0, 0)
    radius = np.linalg.norm(data.X, axis=1)
    assert (np.diff([radius[data.labels == k].mean() for k in range(K)]) > 4 / K).all()


def test_sheared_clouds_equal_scikit_learns_example():
    data = sheared_blobs(6000, 3, 0.5, 0)
    shear = np.array([[0.4, 0.2], [-0.4, 1.2]])
    for k, centre in enumerate([[-5, 0], [0, 1.5], [5, -1]]):
        cloud = data.X[data.labels == k]
        assert_allclose(cloud.mean(axis=0), centre @ shear, atol=0.1)
        assert_allclose(np.cov(cloud.T), shear.T @ shear, atol=0.1)


@pytest.mark.parametrize("seed", range(3))
def test_softmax_classifies_more_of_the_middle_sheared_class_than_one_vs_rest(seed):
    data = sheared_blobs(600, 3, 0.5, seed)
    found = {
        head: np.mean(training_scores(data.X, data.labels, head)[data.labels == 1].argmax(axis=1) == 1)
        for head in ("softmax", "sigmoid")
    }
    assert found["softmax"] > found["sigmoid"] + 0.02


def test_scikit_learns_example_is_reproduced_exactly():
    X, labels = make_blobs(n_samples=1000, centers=[[-5, 0], [0, 1.5], [5, -1]], random_state=40)
    data = scikit_learns_example()
    assert_array_equal(data.X, np.dot(X, [[0.4, 0.2], [-0.4, 1.2]]))
    assert_array_equal(data.labels, labels)


@pytest.mark.parametrize(
    ("head", "model", "expected"),
    [("softmax", LogisticRegression(), 0.995), ("sigmoid", OneVsRestClassifier(LogisticRegression()), 0.976)],
)
def test_accuracies_on_scikit_learns_example_equal_scikit_learns(head, model, expected):
    # C = 1 on the sum over samples equals λ = 1/n on the mean. With α = 2, the loss converges in 4,000 steps.
    data = scikit_learns_example()
    run = train(data.X, data.labels, learning_rate=2.0, steps=4000, l2=1 / len(data.X), head=head)
    assert abs(run.losses[-1] - run.losses[-2]) < 1e-15
    scores = data.X @ run.weights + run.bias
    assert model.fit(data.X, data.labels).score(data.X, data.labels) == pytest.approx(expected)
    assert accuracy(scores, data.labels) == pytest.approx(expected)
    assert_array_equal(scores.argmax(axis=1), model.predict(data.X))


def test_penguins_are_342_birds_of_three_species():
    data = penguins()
    assert data.X.shape == (342, 2)
    assert data.classes == ("adelie", "chinstrap", "gentoo")
    assert_array_equal(np.bincount(data.labels), [151, 68, 123])
    assert data.features == ("bill_length_mm", "bill_depth_mm")
    assert_array_equal(data.X[0], [39.1, 18.7])


def test_iris_equals_scikit_learns():
    expected = load_iris()
    data = iris(measurements("iris"))
    assert_array_equal(data.X, expected.data)
    assert_array_equal(data.labels, expected.target)
    assert data.classes == tuple(expected.target_names)


def test_measurements_are_in_the_requested_order():
    assert_array_equal(penguins(("body_mass_g", "bill_depth_mm")).X[0], [3750, 18.7])


def test_digits_equal_scikit_learns():
    expected, data = load_digits(), digits()
    assert_array_equal(data.X, expected.data)
    assert_array_equal(data.labels, expected.target)
    assert data.features == tuple(expected.feature_names)
    assert data.classes == tuple("0123456789")


def test_gradient_descent_reads_as_many_held_out_digits_as_scikit_learn():
    ours, scikit_learns = [], []
    for seed in range(4):
        training, held_out = split(digits(), 0.25, seed)
        run = train(training.X / 16, training.labels, learning_rate=1.0, steps=500, l2=1e-3)
        ours.append(accuracy(softmax(held_out.X / 16 @ run.weights + run.bias), held_out.labels))
        converged = LogisticRegression(C=1 / (1e-3 * len(training.X)), max_iter=5000)
        converged.fit(training.X / 16, training.labels)
        scikit_learns.append(converged.score(held_out.X / 16, held_out.labels))
    assert np.mean(ours) == pytest.approx(np.mean(scikit_learns), abs=0.005)
    assert min(ours) > 0.945


@pytest.mark.parametrize("table", [penguins, iris])
@pytest.mark.parametrize("features", [("species",), ("colour", "bill_length_mm")])
def test_unknown_measurements_are_refused(table, features):
    with pytest.raises(InvalidDataError) as caught:
        table(features)
    assert caught.value.reason == "features"


@pytest.mark.parametrize("overlap", [0.0, 0.3, 1.0])
def test_overlap_is_the_share_of_photos_with_several_tags(overlap):
    tags = tagged_photos(4000, overlap).targets.sum(axis=1)
    assert tags.min() >= 1
    assert np.mean(tags > 1) == pytest.approx(overlap, abs=0.03)


def test_photos_are_determined_by_the_seed():
    assert_array_equal(tagged_photos(50, seed=3).X, tagged_photos(50, seed=3).X)
    assert (tagged_photos(50, seed=3).X != tagged_photos(50, seed=4).X).all()


@pytest.mark.parametrize("overlap", [0.0, 0.5, 1.0])
def test_sigmoids_predict_all_tags_of_photos_with_little_noise(overlap):
    photos = tagged_photos(400, overlap, noise=0.05)
    scores = training_scores(photos.X, photos.targets, "sigmoid")
    assert subset_accuracy(scores > 0, photos.targets) > 0.95


def numbered_samples(n):
    return Dataset(np.arange(n, dtype=np.float64)[:, None], np.arange(n) % 3, ("a", "b", "c"), ("number",))


@pytest.mark.parametrize(("held_out", "n_held_out"), [(0.0, 0), (0.25, 25), (1.0, 100)])
def test_a_split_has_every_sample_in_exactly_one_part(held_out, n_held_out):
    training, testing = split(numbered_samples(100), held_out, seed=0)
    together = np.concatenate([training.X, testing.X]).ravel()
    assert len(testing.X) == n_held_out
    assert_array_equal(np.sort(together), np.arange(100))
    assert_array_equal(np.concatenate([training.labels, testing.labels]), together % 3)
    assert training.classes == testing.classes == ("a", "b", "c")


def test_a_split_is_determined_by_the_seed():
    first, again, other = (split(numbered_samples(100), 0.3, seed)[1].X for seed in (1, 1, 2))
    assert_array_equal(first, again)
    assert (first != other).any()
