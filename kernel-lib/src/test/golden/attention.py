"""Attention: values, scores and gradients for masks, causal or not, for one query or several heads."""

from typing import Any, Iterator

import keras
import numpy as np

from layers import Case, fill, kind_of
from tensors import generator, grid, stored

Call = dict[str, Any]

# Which steps count, by the length of the sequence: none left out, padding, a gap, one step.
MASKS = {1: [[1]], 4: [[1, 1, 1, 0], [0, 1, 0, 1]], 5: [[1, 1, 1, 0, 0], [1, 0, 1, 1, 1]], 3: [[1, 1, 0], [0, 0, 1]]}


def attend(
    layer: str,
    settings: Case,
    shapes: list[tuple[int, ...]],
    call: Call | None = None,
    masked: tuple[int, ...] = (),
    blind: bool = False,
    pairs: tuple[int, ...] = (),
) -> Case:
    """A call of a layer forward and backward; `masked` names the inputs that have a mask.

    Where a query sees no key Keras's back ends agree on the output and not on the gradient, which is
    that of a constant; there dy is 0, so that none of them matters. `blind` masks all keys of a sample.
    `pairs` is the shape of a mask that is given to the call, [n, t, s] or [n, heads, t, s].
    """
    import torch

    call = call or {}
    words = "".join(f", {k} {v}" for k, v in {**settings, **call}.items())
    words += "".join(f", mask {i}" for i in masked) + (", blind" if blind else "")
    words += f", pairs {'x'.join(map(str, pairs))}" if pairs else ""
    name = f"{layer} {' '.join('x'.join(map(str, shape)) for shape in shapes)}{words}"
    rng = generator(name)
    made = kind_of(layer)(**settings)
    sources = [torch.tensor(grid(rng, shape), dtype=torch.float64, requires_grad=True) for shape in shapes]
    masks = []
    for i, shape in enumerate(shapes):
        if i in masked:
            rows = np.resize(np.array(MASKS[shape[1]], dtype=bool), shape[:2])
            masks.append(np.zeros_like(rows) if blind and i > 0 else rows)
        else:
            masks.append(None)
    given = sources if len(sources) > 1 else [sources[0], sources[0]]
    given_masks = masks if len(masks) > 1 else [masks[0], masks[0]]
    tensors = [None if mask is None else torch.tensor(mask) for mask in given_masks]
    pair_mask = rng.random(pairs) < 0.6 if pairs else None
    more = {"attention_mask": torch.tensor(pair_mask)} if pairs else {}
    is_list = layer in ("attention", "additive_attention")
    if is_list:
        made.build([tuple(x.shape) for x in given])
        weights = fill(made, rng)
        y = made(given, mask=tensors if masked else None, **call)
    else:
        made.build(*[tuple(x.shape) for x in given])
        weights = fill(made, rng)
        for x, mask in zip(given, tensors):
            if mask is not None:
                keras.src.backend.set_keras_mask(x, mask)
        y = made(*given, **call, **more)
    outputs = list(y) if isinstance(y, (tuple, list)) else [y]
    ups = [grid(rng, tuple(each.shape)) for each in outputs]
    if masked or pairs:
        ups = [up * visible(given_masks, call, settings, each.shape, i, pair_mask) for i, (up, each) in enumerate(zip(ups, outputs))]
    variables = made.trainable_weights
    total = sum((each * torch.tensor(up)).sum() for each, up in zip(outputs, ups))
    gradients = torch.autograd.grad(total, sources + [v.value for v in variables], allow_unused=True)
    zero = [np.zeros(shape) for shape in shapes] + [np.zeros(v.shape) for v in variables]
    found = [z if g is None else g.numpy() for g, z in zip(gradients, zero)]
    names = [named(made, v) for v in variables]
    return {
        "name": name,
        "layer": layer,
        "settings": settings,
        "call": call,
        "x": [stored(x.detach().numpy()) for x in sources],
        "masks": [None if mask is None else stored(mask) for mask in masks],
        **({"attention_mask": stored(pair_mask)} if pairs else {}),
        "weights": {n: stored(v.numpy()) for n, v in zip(names, variables)},
        "y": [stored(each.detach().numpy()) for each in outputs],
        "dy": [stored(up) for up in ups],
        "dx": [stored(g) for g in found[: len(sources)]],
        "gradients": {n: stored(g) for n, g in zip(names, found[len(sources) :])},
    }


def named(layer: keras.Layer, variable: Any) -> str:
    """The name of a weight within its layer: query/kernel."""
    parts = variable.path.split("/")
    return "/".join(parts[-2:]) if parts[-1] in ("kernel", "bias") else parts[-1]


def visible(masks: list[Any], call: Call, settings: Case, shape: tuple[int, ...], which: int, pairs: Any = None) -> np.ndarray:
    """1 for the queries that see a key, in the shape of an output or of the scores."""
    query, value = masks[0], masks[1]
    key = masks[2] if len(masks) > 2 else None
    batch, steps = shape[0], shape[-2] if which else shape[1]
    length = next((len(m[0]) for m in (value, key) if m is not None), None) or steps
    seen = np.ones((batch, steps, length), dtype=bool)
    for mask in (value, key):
        seen &= True if mask is None else mask[:, None, :]
    seen &= True if query is None else query[:, :, None]
    if pairs is not None and length != pairs.shape[-1]:
        seen = np.resize(seen[:, :, :1], (batch, steps, pairs.shape[-1]))
        length = pairs.shape[-1]
    if call.get("use_causal_mask"):
        seen &= np.tril(np.ones((steps, length), dtype=bool))
    if pairs is not None:
        of_heads = pairs if pairs.ndim == 4 else pairs[:, None]
        rows = (seen[:, None] & of_heads).any(axis=-1).astype(float)
        return rows[..., None] if which else rows.min(axis=1).reshape(batch, steps, *[1] * (len(shape) - 2))
    rows = seen.any(axis=-1).astype(float)
    if which and len(shape) == 4:
        return rows[:, None, :, None]
    return rows.reshape(batch, steps, *[1] * (len(shape) - 2))


def attention() -> Iterator[Case]:
    causal, scores = {"use_causal_mask": True}, {"return_attention_scores": True}
    heads = {"num_heads": 2, "key_dim": 3}
    yield attend("multi_head_attention", heads, [(2, 4, 6)])
    yield attend("multi_head_attention", heads, [(2, 4, 6)], causal)
    yield attend("multi_head_attention", heads, [(3, 1, 2)], causal)
    yield attend("multi_head_attention", heads, [(1, 1, 1)])
    yield attend("multi_head_attention", {**heads, "value_dim": 4, "use_bias": False}, [(2, 4, 6), (2, 5, 3)])
    yield attend("multi_head_attention", {**heads, "output_shape": 5}, [(2, 4, 6), (2, 5, 3), (2, 5, 2)])
    yield attend("multi_head_attention", {**heads, "output_shape": [2, 3]}, [(2, 4, 6)])
    yield attend("multi_head_attention", heads, [(2, 5, 6), (2, 4, 6)], causal)
    yield attend("multi_head_attention", heads, [(2, 4, 6)], {**scores, **causal})
    yield attend("multi_head_attention", heads, [(2, 4, 6), (2, 5, 3)], scores)
    yield attend("multi_head_attention", {**heads, "sliding_window": 2}, [(2, 5, 3)])
    yield attend("multi_head_attention", {**heads, "sliding_window": 2}, [(2, 5, 3)], causal)
    yield attend("multi_head_attention", {**heads, "use_gate": True, "value_dim": 2}, [(2, 4, 3)])
    yield attend("multi_head_attention", {"num_heads": 1, "key_dim": 2}, [(2, 2, 3, 4)])
    yield attend("multi_head_attention", heads, [(2, 2, 2, 4), (2, 3, 1, 4)], scores)
    for masked, shapes in [((0,), [(2, 4, 6)]), ((1,), [(2, 4, 6), (2, 5, 6)]), ((0, 1), [(2, 4, 6), (2, 5, 6)]), ((0, 2), [(2, 4, 6), (2, 5, 6), (2, 5, 2)]), ((1, 2), [(2, 3, 6), (2, 4, 6), (2, 4, 2)])]:
        for call in ({}, causal, scores):
            yield attend("multi_head_attention", heads, shapes, call, masked)
    yield attend("multi_head_attention", heads, [(2, 3, 6), (2, 4, 2)], {}, (1,), blind=True)
    yield attend("multi_head_attention", heads, [(2, 3, 6), (2, 4, 2)], scores, (1,), blind=True)
    for pairs in ((2, 4, 5), (2, 2, 4, 5), (2, 1, 5)):
        for call in ({}, causal, scores):
            yield attend("multi_head_attention", heads, [(2, 4, 6), (2, 5, 6)], call, pairs=pairs)
    for call in ({}, causal, scores):
        yield attend("multi_head_attention", heads, [(2, 4, 6), (2, 5, 6)], call, (0, 1), pairs=(2, 4, 5))
    yield attend("multi_head_attention", heads, [(2, 4, 6)], causal, (0,), pairs=(2, 4, 4))
    groups = {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2}
    yield attend("group_query_attention", groups, [(2, 4, 6)])
    yield attend("group_query_attention", {**groups, "use_bias": False}, [(2, 4, 6), (2, 5, 6)], causal)
    yield attend("group_query_attention", {**groups, "num_key_value_heads": 1}, [(2, 4, 6), (2, 5, 6), (2, 5, 6)], scores)
    yield attend("group_query_attention", {**groups, "num_key_value_heads": 4, "use_gate": True}, [(2, 4, 6)])
    yield attend("group_query_attention", groups, [(2, 4, 6)], causal, (0,))
    yield attend("group_query_attention", groups, [(2, 4, 6)], causal, (0,), pairs=(2, 4, 4))
    for layer, settings in [
        ("attention", {}),
        ("attention", {"use_scale": True}),
        ("attention", {"score_mode": "concat"}),
        ("attention", {"score_mode": "concat", "use_scale": True}),
        ("additive_attention", {}),
        ("additive_attention", {"use_scale": False}),
    ]:
        yield attend(layer, settings, [(2, 4, 3), (2, 5, 3)])
        yield attend(layer, settings, [(2, 4, 3), (2, 5, 6), (2, 5, 3)], causal, (0, 1))
        yield attend(layer, settings, [(1, 1, 1)], scores)
        yield attend(layer, settings, [(2, 3, 2), (2, 4, 2)], scores, (1,))
    yield attend("attention", {}, [(2, 3, 2), (2, 4, 2)], causal, (0, 1))


FILES: dict[str, Any] = {"attention": attention}
