"""Layers of several inputs: values and gradients of each merge, broadcast and along any axis."""

from typing import Any, Iterator

import numpy as np

from layers import Case, kind_of, named
from tensors import distinct, generator, grid, stored

ELEMENTWISE = ["add", "subtract", "multiply", "average", "maximum", "minimum"]

PAIRS = [
    [(2, 3, 4, 5), (2, 1, 1, 5)],
    [(2, 1, 1, 5), (2, 3, 4, 5)],
    [(2, 3, 4, 5), (2, 5)],
    [(2, 4), (2, 3, 1)],
    [(2, 3, 1, 5), (2, 1, 4, 1)],
    [(3, 1), (3, 7)],
    [(1, 1, 1), (1, 1, 1)],
]


def merge(layer: str, settings: Case, shapes: list[tuple[int, ...]], tiny: bool = False) -> Case:
    """A layer of several inputs, forward and backward; no two numbers of the inputs are equal."""
    import torch

    words = "".join(f", {k} {v}" for k, v in settings.items()) + (", tiny" if tiny else "")
    name = f"{layer} {' '.join('x'.join(map(str, shape)) for shape in shapes)}{words}"
    rng = generator(name)
    sizes = [int(np.prod(shape)) for shape in shapes]
    every = distinct(rng, (sum(sizes),)) * (2.0**-30 if tiny else 1)
    values = [part.reshape(shape) for part, shape in zip(np.split(every, np.cumsum(sizes)[:-1]), shapes)]
    sources = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in values]
    y = kind_of(layer)(**settings)(sources)
    dy = grid(rng, tuple(y.shape))
    gradients = torch.autograd.grad(y, sources, torch.tensor(dy))
    return {
        "name": name,
        "layer": layer,
        "settings": settings,
        "x": [stored(x) for x in values],
        "y": stored(y.detach().numpy()),
        "dy": stored(dy),
        "dx": [stored(g.numpy()) for g in gradients],
    }


def merging() -> Iterator[Case]:
    for layer in ELEMENTWISE:
        for shapes in PAIRS:
            yield merge(layer, {}, shapes)
        if layer != "subtract":
            yield merge(layer, {}, [(2, 3, 1), (2, 1, 4), (2, 1), (2, 3, 4)])
    for axis, shapes in [
        (-1, [(3, 2), (3, 1), (3, 5)]),
        (1, [(2, 3, 4), (2, 1, 4)]),
        (2, [(2, 3, 4, 5), (2, 3, 1, 5), (2, 3, 2, 5)]),
        (-2, [(2, 3, 4, 5), (2, 3, 1, 5)]),
        (3, [(1, 2, 3, 1, 2), (1, 2, 3, 4, 2)]),
        (-1, [(1, 2, 3, 1, 2), (1, 2, 3, 1, 1)]),
    ]:
        yield merge("concatenate", {"axis": axis}, shapes)
    for normalize in (False, True):
        for axes, shapes in [
            (1, [(3, 4), (3, 4)]),
            (1, [(2, 3, 4), (2, 3, 5)]),
            (2, [(2, 3, 4), (2, 5, 4)]),
            (-1, [(2, 3, 4), (2, 5, 4)]),
            ([2, 1], [(2, 3, 4), (2, 4, 5)]),
            ([1, 2], [(3, 4), (3, 5, 4)]),
            ([-1, 1], [(2, 3, 5, 4), (2, 4)]),
            ([2, 3], [(2, 3, 4, 5), (2, 6, 1, 4)]),
        ]:
            yield merge("dot", {"axes": axes, "normalize": normalize}, shapes)
    yield merge("dot", {"axes": [1, 1]}, [(1, 1, 1), (1, 1)])
    yield merge("dot", {"axes": -1, "normalize": True}, [(2, 3, 4), (2, 5, 4)], tiny=True)
    yield merge("dot", {"axes": 1, "normalize": True}, [(2, 4), (2, 4)], tiny=True)


def softmax() -> Iterator[Case]:
    for axis, shapes in [
        (-1, [(3, 7), (2, 3, 4), (2, 3, 4, 5), (1, 1)]),
        (1, [(3, 7), (2, 3, 4), (2, 3, 4, 5), (1, 1, 5)]),
        (-2, [(2, 3, 4), (2, 3, 4, 5)]),
        ([1, 2], [(2, 3, 4), (2, 3, 4, 5)]),
        ([1, 3], [(2, 3, 4, 5)]),
        ([-1, 1], [(2, 3, 4, 5), (2, 1, 2, 3, 2)]),
        ([1, 2, 3], [(2, 3, 4, 5)]),
    ]:
        for shape in shapes:
            yield named("softmax", shape, {"axis": axis}, grid)


FILES: dict[str, Any] = {"merging": merging, "softmax": softmax}
