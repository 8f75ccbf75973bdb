"""Layers that slide a window over sequences, images and volumes, on odd shapes, computed by Keras."""

from functools import partial
from typing import Any, Callable, Iterator

from layers import Case, named
from tensors import distinct, grid

Shape = tuple[int, ...]

# Extents 1, odd and even; kernels smaller than, as large as and larger than strides and input.
CONVOLUTION: dict[str, list[tuple[Shape, Case]]] = {
    "conv1d": [
        ((1, 1, 1), {"kernel_size": 1}),
        ((3, 7, 2), {"kernel_size": 3}),
        ((3, 7, 2), {"kernel_size": 4, "padding": "same"}),
        ((2, 6, 3), {"kernel_size": 3, "padding": "causal"}),
        ((2, 7, 3), {"kernel_size": 2, "strides": 3, "padding": "causal"}),
        ((1, 5, 1), {"kernel_size": 3, "dilation_rate": 2, "padding": "causal"}),
        ((1, 1, 2), {"kernel_size": 3, "dilation_rate": 3, "padding": "causal", "activation": "relu"}),
        ((1, 8, 17), {"kernel_size": 3, "strides": 2, "padding": "same"}),
        ((2, 9, 4), {"kernel_size": 4, "strides": 3, "activation": "relu"}),
        ((2, 8, 6), {"kernel_size": 3, "groups": 2, "padding": "same", "use_bias": False}),
        ((1, 9, 3), {"kernel_size": 2, "dilation_rate": 3}),
        ((2, 5, 2), {"kernel_size": 2, "dilation_rate": 256, "padding": "causal"}),
        ((1, 5, 3), {"kernel_size": 3, "dilation_rate": 100, "padding": "same"}),
    ],
    "conv3d": [
        ((1, 1, 1, 1, 1), {"kernel_size": 1}),
        ((2, 3, 4, 5, 2), {"kernel_size": [1, 2, 3]}),
        ((1, 3, 2, 4, 3), {"kernel_size": 3, "padding": "same", "activation": "relu"}),
        ((2, 4, 5, 3, 2), {"kernel_size": 2, "strides": [2, 1, 2]}),
        ((1, 4, 5, 3, 2), {"kernel_size": 3, "strides": 2, "padding": "same", "use_bias": False}),
        ((1, 5, 4, 5, 1), {"kernel_size": 2, "dilation_rate": [1, 3, 2]}),
        ((1, 3, 3, 2, 4), {"kernel_size": 2, "groups": 2, "padding": "same"}),
        ((1, 2, 3, 3, 16), {"kernel_size": 3, "padding": "same"}),
    ],
    "depthwise_conv1d": [
        ((1, 1, 1), {"kernel_size": 1}),
        ((3, 7, 2), {"kernel_size": 3}),
        ((2, 8, 3), {"kernel_size": 4, "strides": 3, "padding": "same", "activation": "relu"}),
        ((2, 6, 3), {"kernel_size": 2, "depth_multiplier": 2}),
        ((1, 7, 17), {"kernel_size": 3, "dilation_rate": 2, "padding": "same", "use_bias": False}),
        ((1, 5, 1), {"kernel_size": 3, "depth_multiplier": 3, "padding": "same"}),
    ],
    "depthwise_conv2d": [
        ((1, 1, 1, 1), {"kernel_size": 1}),
        ((1, 1, 1, 7), {"kernel_size": 3, "padding": "same"}),
        ((3, 5, 4, 7), {"kernel_size": 3, "activation": "relu"}),
        ((2, 7, 6, 3), {"kernel_size": [3, 2], "strides": 2, "padding": "same"}),
        ((2, 6, 7, 2), {"kernel_size": 3, "depth_multiplier": 2, "activation": "relu"}),
        ((1, 7, 5, 3), {"kernel_size": [2, 3], "dilation_rate": [3, 2]}),
        ((1, 7, 5, 3), {"kernel_size": 3, "dilation_rate": 2, "padding": "same", "depth_multiplier": 3}),
        ((2, 5, 5, 16), {"kernel_size": 3, "padding": "same", "use_bias": False}),
        ((1, 6, 5, 17), {"kernel_size": 5, "strides": 2, "padding": "same"}),
    ],
    "separable_conv1d": [
        ((1, 1, 1), {"kernel_size": 1}),
        ((3, 7, 2), {"kernel_size": 3, "activation": "relu"}),
        ((2, 8, 3), {"kernel_size": 4, "strides": 3, "padding": "same", "depth_multiplier": 2}),
        ((1, 7, 3), {"kernel_size": 2, "dilation_rate": 3, "use_bias": False}),
    ],
    "separable_conv2d": [
        ((1, 1, 1, 1), {"kernel_size": 1}),
        ((3, 5, 4, 7), {"kernel_size": 3, "activation": "relu"}),
        ((2, 7, 6, 3), {"kernel_size": [3, 2], "strides": 2, "padding": "same"}),
        ((2, 6, 7, 2), {"kernel_size": 3, "depth_multiplier": 3, "use_bias": False}),
        ((1, 7, 5, 3), {"kernel_size": [2, 3], "dilation_rate": [3, 2], "padding": "same"}),
    ],
    "conv1d_transpose": [
        ((1, 1, 1), {"kernel_size": 1}),
        ((3, 7, 2), {"kernel_size": 3}),
        ((2, 5, 3), {"kernel_size": 3, "strides": 2}),
        ((2, 5, 3), {"kernel_size": 3, "strides": 2, "padding": "same", "activation": "relu"}),
        ((1, 4, 2), {"kernel_size": 4, "strides": 3, "output_padding": 2}),
        ((1, 4, 2), {"kernel_size": 4, "strides": 3, "output_padding": 0, "padding": "same"}),
        ((1, 4, 1), {"kernel_size": 2, "strides": 3, "use_bias": False}),
        ((2, 5, 3), {"kernel_size": 3, "dilation_rate": 2, "padding": "same"}),
    ],
    "conv2d_transpose": [
        ((1, 1, 1, 1), {"kernel_size": 1}),
        ((1, 1, 1, 7), {"kernel_size": 3, "padding": "same"}),
        ((3, 5, 4, 7), {"kernel_size": 3}),
        ((3, 5, 4, 7), {"kernel_size": 2, "padding": "same"}),
        ((2, 3, 4, 3), {"kernel_size": [3, 2], "strides": 2}),
        ((2, 3, 4, 3), {"kernel_size": [3, 2], "strides": 2, "padding": "same"}),
        ((1, 4, 3, 1), {"kernel_size": 4, "strides": 2, "padding": "same"}),
        ((1, 3, 2, 2), {"kernel_size": 2, "strides": 3}),
        ((1, 3, 2, 2), {"kernel_size": 2, "strides": 3, "padding": "same"}),
        ((2, 2, 3, 2), {"kernel_size": 1, "strides": [2, 3]}),
        ((2, 2, 3, 2), {"kernel_size": 1, "strides": [2, 3], "padding": "same"}),
        ((2, 3, 3, 2), {"kernel_size": 3, "strides": 2, "output_padding": 1}),
        ((2, 3, 3, 2), {"kernel_size": 3, "strides": 2, "output_padding": [1, 0], "padding": "same"}),
        ((1, 3, 4, 2), {"kernel_size": 4, "strides": 3, "output_padding": 2, "padding": "same"}),
        ((1, 4, 4, 2), {"kernel_size": 5, "strides": 3, "output_padding": 0, "padding": "same"}),
        ((2, 4, 5, 3), {"kernel_size": 3, "dilation_rate": 2}),
        ((2, 4, 5, 3), {"kernel_size": [2, 3], "dilation_rate": [3, 2], "padding": "same"}),
        ((2, 3, 4, 5), {"kernel_size": 3, "strides": 2, "use_bias": False}),
        ((2, 3, 4, 5), {"kernel_size": 3, "strides": 2, "activation": "relu", "padding": "same"}),
        ((1, 3, 3, 2), {"kernel_size": 2, "strides": 2, "activation": "tanh"}),
        ((2, 2, 3, 17), {"kernel_size": 3, "strides": 2, "padding": "same", "activation": "relu"}),
    ],
    "conv3d_transpose": [
        ((1, 1, 1, 1, 1), {"kernel_size": 1}),
        ((2, 2, 3, 1, 2), {"kernel_size": [1, 2, 3]}),
        ((1, 2, 3, 2, 3), {"kernel_size": 3, "strides": 2, "padding": "same", "activation": "relu"}),
        ((1, 2, 2, 3, 2), {"kernel_size": 2, "strides": [2, 1, 3]}),
        ((1, 2, 2, 1, 1), {"kernel_size": 3, "strides": 2, "output_padding": 1, "use_bias": False}),
        ((1, 2, 3, 2, 2), {"kernel_size": 2, "dilation_rate": [2, 1, 3], "padding": "same"}),
    ],
}


# Every kind of pooling is tried on all of these.
POOLING: dict[str, list[tuple[Shape, Case]]] = {
    "pooling1d": [
        ((1, 1, 1), {"pool_size": 1}),
        ((1, 1, 7), {"pool_size": 2, "padding": "same"}),
        ((3, 7, 3), {"pool_size": 2}),
        ((3, 7, 3), {"pool_size": 2, "padding": "same"}),
        ((2, 8, 2), {"pool_size": 3, "strides": 2}),
        ((2, 8, 17), {"pool_size": 3, "strides": 2, "padding": "same"}),
        ((1, 7, 1), {"pool_size": 2, "strides": 3}),
    ],
    "pooling3d": [
        ((1, 1, 1, 1, 1), {"pool_size": 1}),
        ((2, 4, 5, 3, 2), {"pool_size": 2}),
        ((2, 3, 4, 3, 2), {"pool_size": [2, 1, 3], "padding": "same"}),
        ((1, 4, 3, 4, 17), {"pool_size": 3, "strides": [1, 2, 1], "padding": "same"}),
        ((1, 5, 4, 5, 1), {"pool_size": [3, 2, 2], "strides": [2, 1, 3]}),
    ],
    "global_pooling1d": [
        ((1, 1, 1), {}),
        ((3, 7, 2), {}),
        ((2, 4, 17), {"keepdims": True}),
    ],
    "global_pooling3d": [
        ((1, 1, 1, 1, 1), {}),
        ((2, 3, 4, 5, 2), {}),
        ((2, 2, 3, 1, 17), {"keepdims": True}),
    ],
    "adaptive_pooling1d": [
        ((1, 1, 1), {"output_size": 1}),
        ((3, 7, 2), {"output_size": 3}),
        ((2, 6, 3), {"output_size": 3}),
        ((2, 3, 2), {"output_size": 5}),
    ],
    "adaptive_pooling2d": [
        ((1, 1, 1, 1), {"output_size": 1}),
        ((2, 7, 5, 3), {"output_size": [3, 2]}),
        ((1, 6, 4, 17), {"output_size": [3, 2]}),
        ((2, 3, 5, 2), {"output_size": [4, 5]}),
        ((1, 6, 7, 1), {"output_size": [2, 3]}),
    ],
    "adaptive_pooling3d": [
        ((1, 1, 1, 1, 1), {"output_size": 1}),
        ((2, 3, 5, 4, 2), {"output_size": [2, 3, 3]}),
        ((1, 4, 2, 4, 3), {"output_size": 2}),
    ],
}


def on_contiguous(convolution: Callable[..., Any]) -> Callable[..., Any]:
    """PyTorch's backward pass of a transposed convolution refuses a kernel whose axes were swapped."""
    return lambda x, kernel, *rest, **named: convolution(x, kernel.contiguous(), *rest, **named)


def convolution(layer: str) -> Iterator[Case]:
    import torch.nn.functional as functional

    for axes in (1, 2, 3):
        call = f"conv_transpose{axes}d"
        setattr(functional, call, on_contiguous(getattr(functional, call)))
    for number, (shape, settings) in enumerate(CONVOLUTION[layer]):
        outputs = {} if layer.startswith("depthwise") else {"filters": 1 + number % 4}
        if "groups" in settings:
            outputs = {"filters": 2 * settings["groups"]}
        yield named(layer, shape, {**outputs, **settings}, grid)


def pooling(family: str) -> Iterator[Case]:
    prefix, _, last = family.rpartition("pooling")
    for kind in ("max", "average"):
        for shape, settings in POOLING[family]:
            yield named(f"{prefix}{kind}_pooling{last}", shape, settings, distinct)


FILES = {layer: partial(convolution, layer) for layer in CONVOLUTION}
FILES |= {family: partial(pooling, family) for family in POOLING}
