from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from core import digits, split, train
from core.digit_image import INK_SHARE, MAX_WIDTH, Preprocessing, bitmap, block_counts, digit_image
from tests.drawn_digits import drawn_digits

AS_DRAWN = Preprocessing(deslant=False, resize=False, even_ink=False)
RESIZED = Preprocessing(deslant=False, resize=True, even_ink=False)
ALL_STEPS = [Preprocessing(*steps) for steps in product([False, True], repeat=3)]
DRAWN = drawn_digits()
LABELS = np.array([drawn.digit for drawn in DRAWN])


@pytest.fixture(scope="module")
def parameters():
    training, _ = split(digits(), 0.25, 0)
    return train(training.X / 16, training.labels, learning_rate=1.0, steps=500, l2=1e-3).parameters


def is_read(parameters, steps):
    X = np.array([digit_image(drawn.strokes, steps) for drawn in DRAWN]) / 16
    return parameters.logits(X).argmax(axis=1) == LABELS


def test_at_least_85_of_100_drawn_digits_are_read_and_half_of_each_class(parameters):
    right = is_read(parameters, Preprocessing())
    assert right.mean() >= 0.85
    assert min(right[digit == LABELS].mean() for digit in range(10)) >= 0.5


def test_each_step_makes_the_model_read_more_drawn_digits(parameters):
    steps = [AS_DRAWN, RESIZED, Preprocessing(deslant=False), Preprocessing()]
    rates = [is_read(parameters, one).mean() for one in steps]
    assert rates[0] < 0.4
    assert np.all(np.diff(rates) > 0.02)


def test_without_strokes_all_pixels_are_zero():
    for steps in ALL_STEPS:
        assert_array_equal(digit_image([], steps), np.zeros(64))


def test_a_line_as_drawn_blackens_the_points_within_half_a_pen():
    image = digit_image([np.array([[0.0, 0.5], [1.0, 0.5]])], AS_DRAWN).reshape(8, 8)
    assert_array_equal(image[3:5], 8)  # 4 rows of points, two in each row of blocks
    assert image.sum() == 2 * 8 * 8


def test_a_pixel_counts_the_black_points_of_its_block():
    black = np.zeros((32, 32), dtype=bool)
    black[4:8, 8:12] = black[31, 31] = True
    expected = np.zeros(64)
    expected[[8 + 2, 63]] = 16, 1
    assert_array_equal(block_counts(black), expected)


@pytest.mark.parametrize("drawn", DRAWN[::7], ids=lambda drawn: f"{drawn.digit}-{drawn.style}")
def test_a_resized_digit_fills_all_rows_and_does_not_depend_on_position_and_size(drawn):
    for steps in (RESIZED, Preprocessing()):
        black = bitmap(drawn.strokes, steps)
        assert black.any(axis=1).all()
        assert np.ptp(np.flatnonzero(black.any(axis=0))) < MAX_WIDTH + 1
        moved = [0.05 + 0.5 * stroke for stroke in drawn.strokes]
        assert (bitmap(moved, steps) != black).sum() <= 2  # rounding at the edge of the pen


@pytest.mark.parametrize("drawn", DRAWN[::7], ids=lambda drawn: f"{drawn.digit}-{drawn.style}")
def test_ink_covers_the_same_share_of_each_digit(drawn):
    assert bitmap(drawn.strokes, Preprocessing()).mean() == pytest.approx(INK_SHARE, abs=0.015)


@pytest.mark.parametrize("slant", [-0.5, 0.3])
def test_a_slanted_line_is_made_upright(slant):
    y = np.linspace(0.1, 0.9, 9)
    upright, slanted = ([np.stack([x, y], axis=1)] for x in (np.full(9, 0.5), 0.5 + slant * (y - 0.5)))
    assert (bitmap(slanted, Preprocessing()) != bitmap(upright, Preprocessing())).sum() <= 2
    assert (bitmap(slanted, RESIZED) != bitmap(upright, RESIZED)).sum() > 50


@pytest.mark.parametrize("points", [[[0.5, 0.5]], [[0.5, 0.5]] * 3, [[0.0, 0.0]], [[0.2, 0.5], [0.8, 0.5]]], ids=str)
def test_a_dot_and_a_flat_line_stay_finite(points):
    for steps in ALL_STEPS:
        assert 0 < digit_image([np.array(points)], steps).sum() < 16 * 64
