"""The committed samples are those that Python computes now."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.frontend import (
    binary_message,
    calibration,
    digit_image,
    linear_model,
    messages,
    number_format,
    number_input,
    softmax,
    softmax_views,
    surface,
)

FOLDER = Path(__file__).parents[2] / "ui/frontend/tests/samples"
SAMPLES = (
    binary_message,
    calibration,
    digit_image,
    linear_model,
    number_format,
    number_input,
    softmax,
    softmax_views,
    surface,
)


def as_json(samples: object) -> str:
    return json.dumps(samples, ensure_ascii=False, indent=1) + "\n"


def assert_equal(actual: object, expected: object) -> None:
    """Compare JSON values; numbers may differ by rounding between machines."""
    if isinstance(expected, dict):
        assert isinstance(actual, dict)
        assert actual.keys() == expected.keys()
        for key in expected:
            assert_equal(actual[key], expected[key])
    elif isinstance(expected, list):
        assert isinstance(actual, list)
        assert len(actual) == len(expected)
        for one, other in zip(actual, expected, strict=True):
            assert_equal(one, other)
    elif isinstance(expected, float):
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-300)
    else:
        assert actual == expected


@pytest.mark.parametrize("module", SAMPLES, ids=lambda module: module.__name__.split(".")[-1])
def test_committed_samples_are_current(module: ModuleType) -> None:
    """Check that `python -m tests.frontend` need not be run."""
    path = FOLDER / f"{module.__name__.split('.')[-1]}.json"
    assert_equal(json.loads(path.read_text("utf-8")), json.loads(as_json(module.samples())))


def test_committed_messages_are_current() -> None:
    assert (FOLDER / "messages.js").read_text("utf-8") == messages.text()
