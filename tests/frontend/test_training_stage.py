"""The browser's decision regions and positions are those of core."""

from __future__ import annotations

import numpy as np
import pytest

from core import FeatureMap, penguins, sigmoid, softmax, train
from core.datasets import rings
from tests.frontend.node import call


@pytest.mark.parametrize("expansion", ["linear", "cubic", "rbf"])
def test_the_browsers_decision_regions_equal_core(expansion: str) -> None:
    data = rings(200, 4, 0.3, 1)
    phi = FeatureMap.fit(data.X, expansion)
    run = train(phi(data.X), data.labels, learning_rate=0.5, steps=300)
    nodes, size, K = (2 if expansion == "linear" else 33), 64, 4
    axis, centres = np.linspace(-6, 6, nodes), -6 + 12 * (np.arange(size) + 0.5) / size
    plane = [np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2) for line in (axis, centres)]
    basis = phi(plane[0])
    winners = call(
        "training_stage/decision_regions.js",
        """(module, basis, weights, bias, nodes, size, K) => {
            const { gridLogits, rasterLogits, gridPositions, paletteOf, shadeRegions } = module;
            const atNodes = new Float32Array(nodes * nodes * K), logits = new Float32Array(size * size * K);
            gridLogits(basis, weights, bias, nodes * nodes, weights.length / K, K, atNodes);
            rasterLogits(atNodes, gridPositions(size, nodes), nodes, K, size, logits);
            const winners = new Uint8Array(size * size), pixels = new Uint32Array(size * size);
            const palette = paletteOf({ colours: Array(K).fill([0, 0, 0]), background: [0, 0, 0] });
            shadeRegions(logits, K, size, palette, pixels, winners, "softmax");
            return winners;
        }""",
        basis.ravel().tolist(), run.weights.ravel().tolist(), run.bias.tolist(), nodes, size, K,
    )  # fmt: skip
    logits = phi(plane[1]) @ run.weights + run.bias
    ranked = np.sort(logits, axis=1)
    clear = ranked[:, -1] - ranked[:, -2] > (1e-4 if expansion == "linear" else 0.35)
    assert clear.mean() > 0.8
    assert (np.array(winners) == logits.argmax(axis=1))[clear].all()


def test_positions_on_the_simplex_equal_the_probabilities_of_core() -> None:
    data = penguins()
    X = FeatureMap.fit(data.X)(data.X)
    run = train(X, data.labels, learning_rate=0.3, steps=40)
    probabilities = call(
        "training_stage/side_views/probability_simplex.js",
        "({ sampleProbabilities }, X, W, b) => sampleProbabilities(X, W, b, 2)",
        X.ravel().tolist(), run.weights.ravel().tolist(), run.bias.tolist(),
    )  # fmt: skip
    np.testing.assert_allclose(np.reshape(probabilities, (-1, 3)), softmax(run.parameters.logits(X)), atol=1e-6)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.8])
def test_the_browsers_threshold_regions_equal_core(threshold: float) -> None:
    rng = np.random.default_rng(0)
    size, K = 40, 3
    logits = rng.normal(0, 2, (size * size, K)).astype(np.float32)
    pixels, lines = call(
        "training_stage/threshold_shading.js training_stage/decision_regions.js",
        """({ shadeThresholds, levelLines, paletteOf }, outputs, size, K, threshold) => {
            const values = Float32Array.from(outputs), bytes = new Uint8ClampedArray(size * size * 4);
            const colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255]], background = [0, 0, 0];
            const palette = paletteOf({ colours, background }), noClass = [255, 255, 255], aboveOne = noClass;
            const paint = { colours, background, palette, noClass, aboveOne };
            shadeThresholds(values, K, size, Array(K).fill(threshold), paint, new Uint32Array(bytes.buffer));
            return [bytes, levelLines(values, size, threshold, K, 0)];
        }""",
        sigmoid(logits).ravel().tolist(), size, K, threshold,
    )  # fmt: skip
    colours = np.array(pixels).reshape(size, size, 4)[::-1, :, :3].reshape(-1, 3) > 0
    yes = sigmoid(logits) > threshold
    alone, nobody = yes.sum(axis=1) == 1, yes.sum(axis=1) == 0
    np.testing.assert_array_equal(colours[alone], yes[alone])
    assert colours[nobody].all()
    several = yes.sum(axis=1) > 1
    assert (colours[several] & yes[several]).any(axis=1).all()
    crossings = np.array(lines).reshape(-1, 2, 2)
    S = sigmoid(logits)[:, 0].reshape(size, size) > threshold
    assert len(crossings) > 0
    for (x, y), _ in crossings:  # each end lies between two neighbours of which one is above the threshold
        j, i = y - 0.5, x - 0.5
        corners = S[[int(np.floor(j)), int(np.ceil(j))], [int(np.floor(i)), int(np.ceil(i))]]
        assert corners[0] != corners[1]
