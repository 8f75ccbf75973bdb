"""Layers that slide a window over sequences, images and volumes, on odd shapes, computed by Keras."""

from functools import partial
from typing import Any, Callable, Iterator

from layers import Case, named
from tensors import grid

Shape = tuple[int, ...]

# Extents 1, odd and even; kernels smaller than, as large as and larger than the strides.
TRANSPOSED: dict[int, list[tuple[Shape, Case]]] = {
    2: [
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
}


def on_contiguous(convolution: Callable[..., Any]) -> Callable[..., Any]:
    """PyTorch's backward pass of a transposed convolution refuses a kernel whose axes were swapped."""
    return lambda x, kernel, *rest, **named: convolution(x, kernel.contiguous(), *rest, **named)


def transposed(axes: int) -> Iterator[Case]:
    import torch.nn.functional as functional

    call = f"conv_transpose{axes}d"
    setattr(functional, call, on_contiguous(getattr(functional, call)))
    for number, (shape, settings) in enumerate(TRANSPOSED[axes]):
        yield named(f"conv{axes}d_transpose", shape, {"filters": 1 + number % 4, **settings}, grid)


FILES = {f"conv{axes}d_transpose": partial(transposed, axes) for axes in TRANSPOSED}
