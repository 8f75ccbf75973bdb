"""Spectral normalization: how Keras predicts with it, and what three training steps make of the weights."""

from typing import Any, Iterator

import keras

from tensors import generator, grid, stored

Case = dict[str, Any]
L = keras.layers

LAYERS: list[tuple[str, Case, int, tuple[int, ...]]] = [
    ("Dense", {"units": 4}, 1, (5, 3)),
    ("Dense", {"units": 1, "activation": "tanh", "use_bias": False}, 3, (5, 7)),
    ("Dense", {"units": 3}, 2, (2, 5, 4)),
    ("Conv2D", {"filters": 3, "kernel_size": 2, "activation": "relu"}, 1, (3, 5, 4, 2)),
]


def spectral() -> Iterator[Case]:
    for class_name, settings, iterations, shape in LAYERS:
        name = f"{class_name} {'x'.join(map(str, shape))} {settings}, {iterations}"
        rng = generator(name)
        layer = L.SpectralNormalization(getattr(L, class_name)(**settings), iterations)
        model = keras.Sequential([keras.Input(shape[1:]), layer])
        for weight in model.weights:
            weight.assign(grid(rng, tuple(weight.shape)))
        before = weights(model)
        x = grid(rng, shape)
        predicted = keras.ops.convert_to_numpy(model(x))
        y = grid(rng, predicted.shape)
        model.compile(keras.optimizers.SGD(0.125), "mse")
        losses = [model.train_on_batch(x, y) for _ in range(3)]
        yield {
            "name": name,
            "class": class_name,
            "layer": settings,
            "power_iterations": iterations,
            "x": stored(x),
            "y": stored(y),
            "weights": before,
            "predicted": stored(predicted),
            "losses": [float(loss) for loss in losses],
            "after": weights(model),
        }


def weights(model: keras.Model) -> Case:
    return {weight.name: stored(weight.numpy()) for weight in model.weights}


FILES = {"spectral": spectral}
