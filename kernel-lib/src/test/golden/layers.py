"""Layers: values and gradients of each layer on odd shapes, computed by Keras on PyTorch in float64."""

from functools import partial
from typing import Any, Iterator

import keras
import numpy as np
from keras.src.applications import convnext

from tensors import RESOURCES, distinct, generator, grid, loaded, read, stored

Case = dict[str, Any]

KINDS = {
    name.lower(): kind
    for name, kind in vars(keras.layers).items()
    if isinstance(kind, type) and issubclass(kind, keras.Layer)
} | {"layerscale": convnext.LayerScale}

# What a new layer is tried on, by the number of its input's axes; odd extents, none of which repeats.
SHAPES = {2: [(3, 7), (1, 5)], 3: [(3, 7, 2), (1, 5, 6)], 4: [(3, 7, 6, 2), (1, 5, 8, 3)]}

ACTIVATIONS = [
    "linear",
    "relu",
    "sigmoid",
    "tanh",
    "leaky_relu",
    "elu",
    "gelu",
    "silu",
    "softplus",
    "softmax",
]

FORMULAS = [
    "celu",
    "exponential",
    "hard_shrink",
    "hard_sigmoid",
    "hard_silu",
    "hard_swish",
    "hard_tanh",
    "log_sigmoid",
    "mish",
    "relu6",
    "selu",
    "soft_shrink",
    "softsign",
    "sparse_plus",
    "sparse_sigmoid",
    "squareplus",
    "tanh_shrink",
]

def is_kind(layer: str) -> bool:
    """Whether Keras has a layer of that name."""
    return layer.replace("_", "").lower() in KINDS


def kind_of(layer: str) -> type[keras.Layer]:
    """Keras's class, by its name in small letters, with underscores or without."""
    return KINDS[layer.replace("_", "").lower()]


def build(layer: str, settings: Case, shape: tuple[int, ...]) -> keras.Layer:
    """The Keras layer of that name and settings, with its weights created."""
    made = kind_of(layer)(**settings)
    made.build(shape)
    if isinstance(made, convnext.LayerScale):
        made.gamma._name = "gamma"  # Keras gives it none
    return made


def fill(
    layer: keras.Layer, rng: np.random.Generator, spread: float = 0.5
) -> dict[str, np.ndarray]:
    """Gives every weight numbers of its own; a variance or a scale stays positive."""
    values = {}
    for weight in layer.weights:
        if not keras.backend.is_float_dtype(weight.dtype):
            values[weight.name] = weight.numpy()
            continue
        value = grid(rng, tuple(weight.shape), spread)
        if weight.name in ("moving_variance", "variance", "gamma"):
            value = np.abs(value) + 0.5
        weight.assign(value)
        values[weight.name] = value
    if isinstance(layer, keras.layers.Normalization):
        layer.finalize_state()  # it computes with copies of its weights
    return values


def case(
    name: str, layer: str, settings: Case, x: np.ndarray, training: bool | None = None
) -> Case:
    """Runs a layer forward and backward for a random upstream gradient and records all of it."""
    import torch

    rng = generator(name)
    made = build(layer, settings, x.shape)
    weights = fill(made, rng)
    source = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    y = forward(made, source, training)
    if not y.requires_grad:  # categories, which pass no gradient on
        y = y.to(torch.float64) + 0 * source.sum()
    if y.dtype != torch.float64:
        raise TypeError(f"{name} was computed in {y.dtype}")
    dy = grid(rng, tuple(y.shape))
    variables = made.trainable_weights
    gradients = torch.autograd.grad(
        y, [source] + [v.value for v in variables], torch.tensor(dy), allow_unused=True
    )
    record: Case = {
        "name": name,
        "layer": layer,
        "settings": settings,
        "x": stored(x),
        "weights": {k: stored(v) for k, v in weights.items()},
        "y": stored(y.detach().numpy()),
        "dy": stored(dy),
        "dx": stored(np.zeros(x.shape) if gradients[0] is None else gradients[0].numpy()),
        "gradients": {
            v.name: stored(g.numpy()) for v, g in zip(variables, gradients[1:])
        },
    }
    if training is not None:
        record["training"] = training
        record["updated"] = {
            v.name: stored(v.numpy()) for v in made.weights if v.name.startswith("moving")
        }
    return record


def forward(layer: keras.Layer, x: Any, training: bool | None) -> Any:
    """The layer's values; Keras on PyTorch is set right in the two places where it is known wrong.

    Where the padding of an average is not symmetric, that back end repeats the border and counts it;
    the other back ends leave the padding out of the average, as Keras documents, and so does this.
    Its bicubic interpolation has a parameter of -0.75 where the others have -0.5, and no Lanczos's.
    """
    kinds = (keras.layers.AveragePooling1D, keras.layers.AveragePooling2D, keras.layers.AveragePooling3D)
    if isinstance(layer, kinds) and layer.padding == "same":
        return average_without_padding(x, layer.pool_size, layer.strides)
    if isinstance(layer, keras.layers.UpSampling2D) and layer.interpolation not in ("nearest", "bilinear"):
        size = (x.shape[1] * layer.size[0], x.shape[2] * layer.size[1])
        return interpolated(x, size, layer.interpolation)
    if isinstance(layer, keras.layers.Resizing) and layer.interpolation not in ("nearest", "bilinear"):
        return interpolated(x, (layer.height, layer.width), layer.interpolation, layer.antialias)
    return layer(x) if training is None else layer(x, training=training)


def interpolated(x: Any, size: tuple[int, int], interpolation: str, antialias: bool = False) -> Any:
    """Images of another size: each pixel the mean of those around it, weighted by their distance."""
    import torch

    def weights(extent: int, wanted: int) -> torch.Tensor:
        places = (np.arange(wanted) + 0.5) * (extent / wanted) - 0.5
        distances = np.abs(places[:, None] - np.arange(extent))
        distances /= max(1, extent / wanted) if antialias else 1
        kernel = cubic(distances) if interpolation == "bicubic" else lanczos(distances, int(interpolation[-1]))
        return torch.tensor(kernel / kernel.sum(axis=1, keepdims=True))

    rows, columns = weights(x.shape[1], size[0]), weights(x.shape[2], size[1])
    return torch.einsum("yh,xw,nhwc->nyxc", rows, columns, x)


def cubic(x: np.ndarray) -> np.ndarray:
    """The cubic convolution of Keys (1981) with a = -1/2."""
    near, far = 1.5 * x**3 - 2.5 * x**2 + 1, -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2
    return np.where(x < 1, near, np.where(x < 2, far, 0))


def lanczos(x: np.ndarray, radius: int) -> np.ndarray:
    """Lanczos's windowed sinc."""
    return np.where(x <= radius, np.sinc(x) * np.sinc(x / radius), 0)


def average_without_padding(x: Any, pool: tuple[int, ...], strides: tuple[int, ...]) -> Any:
    """Average pooling with padding "same": each window's mean over its share of true positions."""
    import torch

    pads = []
    for size, window, stride in zip(x.shape[-2:0:-1], pool[::-1], strides[::-1]):
        total = max(0, (-(-size // stride) - 1) * stride + window - size)
        pads += [total // 2, total - total // 2]

    def means(positions: torch.Tensor) -> torch.Tensor:
        padded = torch.nn.functional.pad(positions, pads)
        return getattr(torch.nn.functional, f"avg_pool{len(pool)}d")(padded, pool, strides)

    positions = x.movedim(-1, 1)
    return (means(positions) / means(torch.ones_like(positions))).movedim(1, -1)


def dense() -> Iterator[Case]:
    for activation in ACTIVATIONS:
        settings = {"units": 5, "activation": activation}
        name = f"dense 3x7 to 5, {activation}"
        yield case(name, "dense", settings, grid(generator(name + " x"), (3, 7)))
    for n, inputs, units, bias in [(1, 1, 1, True), (1, 7, 3, True), (33, 4, 2, False), (2, 64, 10, True)]:
        settings = {"units": units, "use_bias": bias}
        name = f"dense {n}x{inputs} to {units}{'' if bias else ', no bias'}"
        yield case(name, "dense", settings, grid(generator(name + " x"), (n, inputs)))
    positions: list[tuple[tuple[int, ...], int, Case]] = [
        ((3, 5, 7), 4, {}),
        ((1, 1, 1), 1, {}),
        ((2, 5, 1), 3, {"use_bias": False}),
        ((3, 4, 5, 3), 2, {"activation": "relu"}),
        ((2, 1, 3, 2, 4), 5, {"activation": "softmax"}),
    ]
    for shape, units, settings in positions:
        yield named("dense", shape, {"units": units, **settings}, grid)


def conv2d() -> Iterator[Case]:
    plain: list[tuple[tuple[int, ...], int, Case]] = [
        ((1, 1, 1, 1), 1, {"kernel_size": 1}),
        ((1, 1, 1, 7), 3, {"kernel_size": 1}),
        ((1, 1, 1, 7), 2, {"kernel_size": 3, "padding": "same"}),
        ((3, 5, 4, 7), 4, {"kernel_size": 3}),
        ((3, 5, 4, 7), 4, {"kernel_size": 3, "padding": "same"}),
        ((2, 7, 6, 3), 2, {"kernel_size": [3, 2]}),
        ((2, 7, 6, 3), 2, {"kernel_size": [3, 2], "padding": "same"}),
        ((1, 9, 8, 1), 3, {"kernel_size": 5}),
        ((1, 4, 3, 2), 3, {"kernel_size": 5, "padding": "same"}),
        ((3, 7, 6, 2), 3, {"kernel_size": 3, "strides": 2}),
        ((3, 7, 6, 2), 3, {"kernel_size": 3, "strides": 2, "padding": "same"}),
        ((1, 8, 8, 1), 4, {"kernel_size": 3, "strides": 2, "padding": "same"}),
        ((2, 6, 5, 3), 2, {"kernel_size": 3, "strides": [2, 1]}),
        ((2, 6, 5, 3), 2, {"kernel_size": 3, "strides": [2, 1], "padding": "same"}),
        ((2, 5, 5, 2), 3, {"kernel_size": 1, "strides": 2, "padding": "same"}),
        ((2, 7, 8, 2), 3, {"kernel_size": 3, "dilation_rate": 2}),
        ((2, 7, 8, 2), 3, {"kernel_size": 3, "dilation_rate": 2, "padding": "same"}),
        ((1, 7, 5, 3), 2, {"kernel_size": [3, 2], "dilation_rate": [1, 2], "padding": "same"}),
        ((2, 5, 5, 6), 6, {"kernel_size": 3, "groups": 2}),
        ((2, 5, 4, 6), 6, {"kernel_size": 3, "groups": 3, "padding": "same"}),
        ((1, 5, 5, 6), 6, {"kernel_size": 3, "groups": 6, "padding": "same"}),
        ((3, 6, 5, 6), 12, {"kernel_size": 3, "groups": 6, "strides": 2, "padding": "same"}),
        ((3, 5, 4, 7), 4, {"kernel_size": 3, "use_bias": False}),
        ((2, 5, 5, 1), 8, {"kernel_size": 3, "activation": "relu"}),
        ((2, 5, 5, 7), 3, {"kernel_size": 3, "activation": "tanh", "padding": "same"}),
    ]
    for shape, filters, settings in plain:
        yield named("conv2d", shape, {"filters": filters, **settings}, grid)


def named(layer: str, shape: tuple[int, ...], settings: Case, numbers: Any) -> Case:
    """A case whose name spells its shape and settings."""
    words = ", ".join(f"{k} {v}" for k, v in settings.items())
    name = f"{layer} {'x'.join(map(str, shape))}{', ' if words else ''}{words}"
    x = numbers(generator(name + " x"), shape)
    # At its corner Keras's prelu has neither side's slope.
    return case(name, layer, settings, x + 1 / 64 if layer == "prelu" else x)


def pooling() -> Iterator[Case]:
    windows: list[tuple[tuple[int, ...], Case]] = [
        ((1, 1, 1, 1), {"pool_size": 1}),
        ((1, 1, 1, 7), {"pool_size": 2, "padding": "same"}),
        ((3, 5, 7, 3), {"pool_size": 2}),
        ((3, 5, 7, 3), {"pool_size": 2, "padding": "same"}),
        ((2, 6, 4, 7), {"pool_size": 2}),
        ((1, 7, 6, 2), {"pool_size": 3}),
        ((1, 7, 6, 2), {"pool_size": 3, "padding": "same"}),
        ((2, 7, 8, 2), {"pool_size": [2, 3]}),
        ((2, 7, 8, 2), {"pool_size": [2, 3], "padding": "same"}),
        ((2, 5, 6, 3), {"pool_size": 2, "strides": 1}),
        ((2, 5, 6, 3), {"pool_size": 2, "strides": 1, "padding": "same"}),
        ((2, 7, 6, 3), {"pool_size": 3, "strides": 2}),
        ((2, 7, 6, 3), {"pool_size": 3, "strides": 2, "padding": "same"}),
        ((1, 6, 7, 1), {"pool_size": 3, "strides": 1, "padding": "same"}),
        ((1, 6, 7, 2), {"pool_size": [2, 3], "strides": [1, 2], "padding": "same"}),
    ]
    for layer in ("max_pooling2d", "average_pooling2d"):
        for shape, settings in windows:
            yield named(layer, shape, settings, distinct)
    for layer in ("global_average_pooling2d", "global_max_pooling2d"):
        for shape in [(1, 1, 1, 1), (1, 1, 1, 7), (3, 5, 4, 7)]:
            yield named(layer, shape, {}, distinct)
            yield named(layer, shape, {"keepdims": True}, distinct)


def batch_normalization() -> Iterator[Case]:
    options: list[tuple[tuple[int, ...], Case]] = [
        ((3, 7), {}),
        ((33, 2), {"momentum": 0.9, "epsilon": 1e-5}),
        ((4, 3), {"scale": False}),
        ((4, 3), {"center": False}),
        ((4, 3), {"scale": False, "center": False}),
        ((1, 5), {}),
        ((3, 5, 4, 7), {}),
        ((2, 4, 3, 3), {"momentum": 0.9, "epsilon": 1e-5}),
        ((2, 4, 3, 3), {"scale": False}),
        ((2, 4, 3, 3), {"center": False}),
        ((1, 1, 1, 3), {}),
        ((3, 1, 1, 2), {}),
        ((3, 4, 5), {}),
        ((3, 4, 5), {"axis": 1}),
        ((2, 3, 4, 5), {"axis": 1}),
        ((2, 3, 4, 5), {"axis": 2, "momentum": 0.9, "epsilon": 1e-5}),
        ((2, 3, 4, 5), {"axis": -2, "scale": False}),
        ((2, 3, 4, 5), {"axis": 1, "center": False}),
        ((2, 3, 2, 2, 5), {}),
        ((2, 3, 2, 2, 5), {"axis": 3}),
        ((2, 1, 3, 2, 2, 2), {}),
        ((2, 1, 3, 2, 2, 2), {"axis": 2}),
    ]
    for shape, settings in options:
        for training in (True, False):
            words = "".join(f", {k} {v}" for k, v in settings.items())
            phase = "training" if training else "inference"
            name = f"batch_normalization {'x'.join(map(str, shape))}{words}, {phase}"
            x = grid(generator(name + " x"), shape)
            yield case(name, "batch_normalization", settings, x, training)


NORMALIZATIONS: dict[str, list[tuple[tuple[int, ...], Case]]] = {
    "layer_normalization": [
        ((3, 7), {}),
        ((1, 1), {}),
        ((2, 1), {"epsilon": 1e-6}),
        ((33, 2), {"epsilon": 1e-5}),
        ((2, 17), {"scale": False}),
        ((2, 17), {"center": False}),
        ((2, 5), {"scale": False, "center": False}),
        ((2, 3, 7), {}),
        ((2, 1, 7), {"axis": 1}),
        ((2, 3, 7), {"axis": 1}),
        ((2, 3, 7), {"axis": [1, 2]}),
        ((3, 5, 4, 7), {}),
        ((3, 5, 4, 1), {}),
        ((3, 5, 4, 2), {"axis": [-1, -2]}),
        ((2, 5, 4, 3), {"axis": [1, 2, 3]}),
        ((2, 5, 4, 3), {"axis": [1, 3], "epsilon": 1e-5}),
        ((2, 5, 4, 3), {"axis": [1, 3], "scale": False}),
        ((2, 5, 4, 3), {"axis": 2, "center": False}),
        ((2, 3, 2, 2, 3), {"axis": [2, 4]}),
        ((2, 3, 2, 2, 3), {}),
        ((3, 7), {"rms_scaling": True}),
        ((2, 3, 4), {"rms_scaling": True, "axis": [1]}),
    ],
    "group_normalization": [
        ((3, 64), {}),
        ((3, 6), {"groups": 2}),
        ((2, 7), {"groups": 1}),
        ((2, 4, 3, 6), {"groups": 3}),
        ((2, 4, 3, 5), {"groups": -1}),
        ((1, 4, 3, 1), {"groups": 1}),
        ((2, 5, 6), {"groups": 2, "epsilon": 1e-5}),
        ((2, 2, 3, 2, 4), {"groups": 2}),
        ((2, 4, 3, 6), {"groups": 3, "scale": False}),
        ((2, 4, 3, 6), {"groups": 3, "center": False}),
        ((2, 4, 3, 6), {"groups": 3, "scale": False, "center": False}),
        ((2, 4, 3, 5), {"groups": 2, "axis": 1}),
        ((2, 3, 6, 5), {"groups": 2, "axis": 2}),
        ((2, 3, 6, 5), {"groups": -1, "axis": -2, "center": False}),
    ],
    "rms_normalization": [
        ((3, 7), {}),
        ((1, 1), {}),
        ((2, 5), {"epsilon": 0.1}),
        ((2, 3, 7), {}),
        ((2, 3, 7), {"axis": 2}),
        ((2, 3, 7), {"axis": [1, 2]}),
        ((3, 5, 4, 7), {"axis": [-1]}),
        ((2, 3, 2, 2, 3), {"axis": [-1, -2]}),
    ],
    "unit_normalization": [
        ((3, 7), {}),
        ((2, 1), {}),
        ((2, 3, 7), {}),
        ((2, 3, 7), {"axis": 1}),
        ((2, 3, 7), {"axis": [1, 2]}),
        ((3, 5, 4, 2), {"axis": [1, 3]}),
        ((2, 3, 2, 2, 3), {}),
    ],
}


def normalization() -> Iterator[Case]:
    # On PyTorch Keras takes any axes in a row for the last ones; without that it computes by its own formula.
    keras.src.ops.nn.is_continuous_axis = lambda axis: False
    for layer, options in NORMALIZATIONS.items():
        for shape, settings in options:
            yield named(layer, shape, settings, grid)


PREPROCESSING: dict[str, list[tuple[tuple[int, ...], Case]]] = {
    "rescaling": [
        ((3, 7), {"scale": 0.25}),
        ((1, 1), {"scale": -3.0, "offset": 0.5}),
        ((2, 3, 2), {"scale": 1 / 127.5, "offset": -1}),
        ((2, 5, 4, 3), {"scale": [1.0, 2.0, -0.5], "offset": 0.25}),
        ((2, 5, 4, 3), {"scale": 0.5, "offset": [1.0, 2.0, 3.0]}),
        ((2, 3, 2), {"scale": [[1.0], [2.0], [3.0]], "offset": [[[0.5, -0.5]]]}),
    ],
    "normalization": [
        ((3, 7), {}),
        ((1, 1), {"invert": True}),
        ((3, 5), {"axis": []}),
        ((2, 3, 4), {"axis": 1}),
        ((2, 3, 4), {"axis": [1, 2], "invert": True}),
        ((2, 5, 4, 3), {}),
        ((2, 5, 4, 3), {"axis": [1, 3]}),
        ((3, 7), {"mean": 0.5, "variance": 4.0}),
        ((3, 2), {"mean": [0.5, -1.0], "variance": [4.0, 0.0625], "invert": True}),
        ((3, 2), {"mean": 0.5, "variance": 0.0, "invert": True}),
        ((2, 5, 4, 3), {"mean": [0.5, -1.0, 2.0], "variance": [4.0, 0.25, 1.0]}),
        ((2, 5, 4, 3), {"axis": 1, "mean": [1.0, 2.0, 3.0, 4.0, 5.0], "variance": [1.0, 2.0, 3.0, 4.0, 5.0]}),
        ((2, 2, 4, 3), {"axis": [1, 3], "mean": [1.0, 2.0, 3.0], "variance": [1.0, 2.0, 3.0]}),
        ((2, 2, 4, 3), {"axis": [1, 3], "mean": [[1.0], [2.0]], "variance": [[1.0], [4.0]]}),
    ],
    "resizing": [
        ((2, 4, 4, 1), {"height": 2, "width": 2}),
        ((2, 5, 7, 3), {"height": 3, "width": 10}),
        ((1, 1, 1, 2), {"height": 3, "width": 2}),
        ((2, 5, 7, 3), {"height": 1, "width": 1}),
        ((2, 5, 7, 2), {"height": 4, "width": 9, "interpolation": "nearest"}),
        ((2, 5, 7, 2), {"height": 9, "width": 4, "interpolation": "bicubic"}),
        ((2, 5, 7, 2), {"height": 9, "width": 4, "interpolation": "lanczos3"}),
        ((2, 7, 5, 1), {"height": 3, "width": 6, "interpolation": "lanczos5", "antialias": True}),
        ((2, 9, 7, 2), {"height": 4, "width": 3, "antialias": True}),
        ((2, 9, 7, 2), {"height": 4, "width": 9, "interpolation": "bicubic", "antialias": True}),
        ((2, 9, 7, 2), {"height": 4, "width": 3, "interpolation": "nearest", "antialias": True}),
        ((2, 6, 9, 2), {"height": 4, "width": 4, "crop_to_aspect_ratio": True}),
        ((2, 9, 4, 2), {"height": 5, "width": 3, "crop_to_aspect_ratio": True}),
        ((2, 6, 9, 2), {"height": 4, "width": 4, "pad_to_aspect_ratio": True}),
        ((2, 8, 3, 2), {"height": 5, "width": 4, "pad_to_aspect_ratio": True, "fill_value": -2.5}),
        ((2, 5, 5, 2), {"height": 5, "width": 5, "pad_to_aspect_ratio": True, "fill_value": 1.0}),
    ],
    "center_crop": [
        ((2, 7, 6, 2), {"height": 4, "width": 3}),
        ((2, 5, 5, 1), {"height": 5, "width": 5}),
        ((1, 1, 1, 1), {"height": 1, "width": 1}),
        ((2, 7, 4, 2), {"height": 3, "width": 6}),
        ((2, 3, 4, 2), {"height": 5, "width": 7}),
    ],
    "discretization": [
        ((3, 7), {"bin_boundaries": [-0.5, 0.25, 1.0]}),
        ((1, 1), {"bin_boundaries": [0.0]}),
        ((2, 3, 4), {"bin_boundaries": [0.0, 0.0, 1.0], "epsilon": 0.1}),
        ((3, 7), {"bin_boundaries": [-0.5, 0.25], "output_mode": "one_hot"}),
        ((3, 1), {"bin_boundaries": [-0.5, 0.25], "output_mode": "one_hot"}),
        ((3, 7), {"bin_boundaries": [-0.5, 0.25], "output_mode": "multi_hot"}),
        ((2, 4, 3), {"bin_boundaries": [-0.5, 0.25], "output_mode": "multi_hot"}),
        ((2, 4, 3), {"bin_boundaries": [-0.5, 0.25, 1.0], "output_mode": "count"}),
        ((2, 7), {"bin_boundaries": [-0.5, 0.25, 1.0], "output_mode": "count"}),
    ],
    "category_encoding": [
        ((3, 7), {"num_tokens": 5}),
        ((1, 1), {"num_tokens": 5}),
        ((3, 4), {"num_tokens": 5, "output_mode": "count"}),
        ((3, 1), {"num_tokens": 5, "output_mode": "one_hot"}),
        ((3, 4), {"num_tokens": 5, "output_mode": "one_hot"}),
        ((2, 3, 4), {"num_tokens": 5, "output_mode": "one_hot"}),
    ],
}


def preprocessing() -> Iterator[Case]:
    for layer, options in PREPROCESSING.items():
        for shape, settings in options:
            yield named(layer, shape, settings, categories if layer == "category_encoding" else grid)


def categories(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.integers(0, 5, shape).astype(np.float64)


def activation() -> Iterator[Case]:
    """Each activation over a grid with its far ends, alone; `softmax` has rows of five."""
    points = [-1000, -100, -30, -10, -5, -3, -2, -1, -0.5, -0.125, -0.0078125, 0]
    points += [0.0078125, 0.125, 0.5, 1, 2, 3, 5, 10, 30, 100, 1000, 0.25, -0.25]
    x = np.array(points, dtype=np.float64).reshape(5, 5)
    for function in ACTIVATIONS:
        yield case(f"activation {function}", "activation", {"activation": function}, x)
    images = grid(generator("activation images"), (2, 3, 1, 7), 2.0)
    for function in ACTIVATIONS:
        settings = {"activation": function}
        yield case(f"activation {function} on images", "activation", settings, images)
    for settings in [{}, {"negative_slope": 0.01}]:
        yield case(f"layer leaky_relu {settings}", "leaky_relu", settings, x)
    for settings in [{}, {"alpha": 0.5}]:
        yield case(f"layer elu {settings}", "elu", settings, x)
    for layer in ("relu", "softmax"):
        yield case(f"layer {layer}", layer, {}, x)
    for settings in [{"max_value": 4}, {"max_value": 2.5, "negative_slope": 0.1}, {"threshold": 0.75},
                     {"max_value": 6, "negative_slope": 0.25, "threshold": 1.5}]:
        yield case(f"layer relu {settings}", "relu", settings, x)
    finite = np.clip(x, -30, 30)
    for function in FORMULAS:
        where = finite if function == "exponential" else x
        yield case(f"activation {function}", "activation", {"activation": function}, where)
        settings = {"activation": function}
        yield case(f"activation {function} on images", "activation", settings, images)
    rows = grid(generator("activation rows"), (4, 6), 2.0)
    for function in ("log_softmax", "sparsemax", "glu"):
        yield function_case(f"{function} rows", function, {}, rows)
        yield function_case(f"{function} images", function, {}, grid(generator(function), (2, 3, 1, 8), 1.0))
        if function != "glu":
            yield function_case(f"{function} far ends", function, {}, x)
            yield function_case(f"{function} of one", function, {}, rows[:, :1].copy())
    yield function_case("celu 2", "celu", {"alpha": 2.5}, x)
    yield function_case("squareplus 0.5", "squareplus", {"b": 0.5}, x)
    yield function_case("hard_shrink 2.5", "hard_shrink", {"threshold": 2.5}, x)
    yield function_case("soft_shrink 2.5", "soft_shrink", {"threshold": 2.5}, x)
    yield function_case("threshold", "threshold", {"threshold": 0.75, "default_value": -2}, x)
    yield function_case("gelu exact", "gelu", {"approximate": False}, x)
    yield function_case("gelu approximate", "gelu", {"approximate": True}, x)


def function_of(name: str) -> Any:
    """Keras's activation function, or sparsemax as its paper has it.

    Keras 3.15 takes the threshold from the sum of all partial sums, so that the result neither sums
    to one nor stays the same where all numbers grow by as much; it documents the paper's.
    """
    return sparsemax if name == "sparsemax" else getattr(keras.activations, name)


def sparsemax(x: Any) -> Any:
    """Martins and Astudillo 2016, algorithm 1."""
    import torch

    x = torch.as_tensor(x)
    falling, _ = torch.sort(x, dim=-1, descending=True)
    sums = torch.cumsum(falling, dim=-1)
    ranks = torch.arange(1, x.shape[-1] + 1, dtype=x.dtype)
    size = torch.sum(1 + ranks * falling > sums, dim=-1, keepdim=True)
    threshold = (torch.gather(sums, -1, size - 1) - 1) / size
    return torch.clamp(x - threshold, min=0)


def function_case(name: str, function: str, settings: Case, x: np.ndarray) -> Case:
    """An activation as a function with settings that the `Activation` layer cannot pass on."""
    import torch

    source = torch.tensor(x, requires_grad=True)
    y = function_of(function)(source, **settings)
    dy = grid(generator(name), tuple(y.shape))
    (dx,) = torch.autograd.grad(y, [source], torch.tensor(dy))
    return {
        "name": name,
        "layer": function,
        "settings": settings,
        "x": stored(x),
        "weights": {},
        "y": stored(y.detach().numpy()),
        "dy": stored(dy),
        "dx": stored(dx.numpy()),
        "gradients": {},
    }


def shape() -> Iterator[Case]:
    yield named("flatten", (1, 1, 1, 7), {}, distinct)
    yield named("flatten", (3, 2, 5, 7), {}, distinct)
    yield named("reshape", (3, 12), {"target_shape": [2, 3, 2]}, distinct)
    yield named("reshape", (1, 2, 3, 7), {"target_shape": [6, -1]}, distinct)
    yield named("reshape", (2, 3, 4, 1), {"target_shape": [12]}, distinct)


def layer_scale() -> Iterator[Case]:
    for sizes in [(3, 7), (1, 5, 2), (2, 3, 1, 5), (1, 1, 1, 1), (3, 4, 5, 16)]:
        yield named("layer_scale", sizes, {"init_values": 0.5, "projection_dim": sizes[-1]}, distinct)


def einsum_dense() -> Iterator[Case]:
    for sizes, settings in [
        ((3, 7), {"equation": "ab,bc->ac", "output_shape": [4], "bias_axes": "c"}),
        ((2, 3, 5), {"equation": "abc,cd->abd", "output_shape": [None, 4], "bias_axes": "d", "activation": "relu"}),
        ((2, 3, 5), {"equation": "abc,cde->abde", "output_shape": [None, 2, 3], "bias_axes": "de"}),
        ((2, 3, 2, 5), {"equation": "abcd,cde->abe", "output_shape": [None, 4], "bias_axes": "e"}),
        ((2, 3, 5), {"equation": "abc,bd->adc", "output_shape": [4, None], "bias_axes": "d"}),
        ((2, 3, 5), {"equation": "abc,cd->adb", "output_shape": [4, 3], "bias_axes": "db"}),
        ((2, 3, 4, 5), {"equation": "...x,xy->...y", "output_shape": [6], "bias_axes": "y"}),
        ((2, 3, 4, 5), {"equation": "ab...,bc->ac...", "output_shape": [6], "activation": "tanh"}),
        ((1, 1, 1), {"equation": "abc,cd->abd", "output_shape": [None, 1]}),
    ]:
        yield named("einsum_dense", sizes, settings, distinct)


def tried(layer: str, settings: list[Case]) -> Iterator[Case]:
    """A layer with each of these settings, on odd shapes with as many axes as it takes."""
    for each in settings:
        spec = kind_of(layer)(**each).input_spec
        first = spec[0] if isinstance(spec, list) else spec  # Keras's SimpleRNN has a list
        axes = first.ndim if first is not None else None
        for sizes in SHAPES[axes] if axes else sum(SHAPES.values(), []):
            yield named(layer, sizes, each, distinct)


def again(file: str) -> list[Case]:
    """The cases of a file that `tried` wrote."""
    return [
        named(one["layer"], tuple(one["x"]["shape"]), one["settings"], distinct)
        for one in read(f"{file}.json")
    ]


FILES = {
    "dense": dense,
    "einsum_dense": einsum_dense,
    "conv2d": conv2d,
    "pooling": pooling,
    "batch_normalization": batch_normalization,
    "normalization": normalization,
    "preprocessing": preprocessing,
    "activation": activation,
    "shape": shape,
    "layer_scale": layer_scale,
}
FILES |= {
    path.stem: partial(again, path.stem)
    for path in sorted(RESOURCES.glob("*.json"))
    if path.stem not in FILES and '"dx":{' in path.read_text(encoding="utf-8")
}


def check() -> int:
    """Compares the stored values with those of the back end that runs now; returns the misses."""
    misses = 0
    for file in FILES:
        for stored_case in read(f"{file}.json"):
            difference = distance(stored_case)
            if difference > 1e-6:
                misses += 1
                print(f"{file}.json: {stored_case['name']} differs by {difference:.3g}")
    return misses


def distance(stored_case: Case) -> float:
    """The largest difference of one case's values, relative to their size."""
    x = loaded(stored_case["x"])
    settings = stored_case["settings"]
    if not is_kind(stored_case["layer"]):
        y = function_of(stored_case["layer"])(x, **settings)
    else:
        made = build(stored_case["layer"], settings, x.shape)
        for weight in made.weights:
            weight.assign(loaded(stored_case["weights"][weight.name]))
        phase = {k: stored_case[k] for k in ("training",) if k in stored_case}
        y = made(keras.ops.convert_to_tensor(x), **phase)
    wanted = loaded(stored_case["y"])
    y = keras.ops.convert_to_numpy(y)
    if y.shape != wanted.shape:
        return float("inf")
    return float(np.max(np.abs(y - wanted) / (1 + np.abs(wanted)), initial=0.0))
