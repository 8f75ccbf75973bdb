"""Layers that measure data: what Keras's adapt finds in it."""

from typing import Any, Iterator

import keras
import numpy as np

from tensors import generator, grid, stored

Case = dict[str, Any]


def adapted() -> Iterator[Case]:
    normalizations: list[tuple[tuple[int, ...], Case]] = [
        ((5, 3), {}),
        ((1, 2), {}),
        ((4, 3, 2), {}),
        ((4, 3, 2), {"axis": 1}),
        ((4, 3, 2), {"axis": [1, 2]}),
        ((3, 2, 4, 3), {"axis": [1, 3]}),
        ((4, 3), {"axis": []}),
    ]
    for shape, settings in normalizations:
        layer = keras.layers.Normalization(**settings)
        data = grid(generator(f"normalization {shape} {settings}"), shape, 3.0)
        layer.adapt(data)
        found = {"mean": layer.adapt_mean.numpy(), "variance": layer.adapt_variance.numpy()}
        yield case("normalization", settings, data, found)
    discretizations: list[tuple[int, Case]] = [
        (12, {"num_bins": 4}),
        (3, {"num_bins": 5}),
        (1, {"num_bins": 2}),
        (99, {"num_bins": 3}),
        (100, {"num_bins": 7}),
        (250, {"num_bins": 49}),
        (333, {"num_bins": 10, "epsilon": 0.05}),
    ]
    for count, settings in discretizations:
        layer = keras.layers.Discretization(**settings)
        data = grid(generator(f"discretization {count} {settings}"), (count, 1))
        layer.update_state(data)  # what adapt calls, which asks for TensorFlow
        layer.finalize_state()
        yield case("discretization", settings, data, {"bin_boundaries": np.array(layer.bin_boundaries)})


def case(layer: str, settings: Case, data: np.ndarray, found: dict[str, np.ndarray]) -> Case:
    return {
        "name": f"{layer} {'x'.join(map(str, data.shape))} {settings}",
        "layer": layer,
        "settings": settings,
        "data": stored(data),
        "found": {name: stored(value) for name, value in found.items()},
    }


FILES = {"adapted": adapted}
