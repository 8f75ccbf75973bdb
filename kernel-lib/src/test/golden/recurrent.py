"""Recurrent layers: masks, states given and returned, both directions, cells, and states kept between batches."""

from typing import Any, Iterator

import keras
import numpy as np

from layers import Case
from tensors import generator, grid, stored

L = keras.layers

MASKS = {
    "padded": [[1, 1, 1, 0, 0], [1, 0, 0, 0, 0], [1, 1, 1, 1, 1]],
    "in the middle": [[1, 0, 1, 0, 1], [0, 1, 1, 0, 0], [0, 0, 1, 1, 0]],
    "all": [[1] * 5] * 3,
    "none": [[0] * 5] * 3,
}


def plain(config: Any) -> Any:
    """Keras's own config without what depends on this script: types of numbers, shapes seen."""
    if isinstance(config, dict):
        return {k: plain(v) for k, v in config.items() if k not in ("dtype", "build_config")}
    return [plain(each) for each in config] if isinstance(config, list) else config


def recurrent(
    name: str, layer: keras.Layer, shapes: list[tuple[int, ...]], mask: Any = None, later: int = 0
) -> Case:
    """A layer of a sequence and of states, forward and backward, then forward for further batches."""
    import torch

    rng = generator(name)
    xs = [grid(rng, shape) for shape in shapes]
    sources = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in xs]
    more: dict[str, Any] = {}
    if len(xs) > 1:
        states = sources[1:]
        more["states" if name.split()[0].endswith("cell") else "initial_state"] = states
    if mask is not None and len(xs) == 1:  # with states Keras does not look at the mask that a value has
        more["mask"] = torch.tensor(np.array(mask, dtype=bool))
    layer(sources[0], **more)
    weights = []
    for weight in layer.trainable_weights:
        weights.append(grid(rng, tuple(weight.shape), 0.5))
        weight.assign(weights[-1])
    fresh = layer
    if later:  # PyTorch has no gradient of what changes its states; a first batch begins with zeros anyway
        for state in keras.tree.flatten(layer.states):  # Keras's own reset fails for stacked cells
            state.assign(np.zeros(state.shape))
        fresh = stateless(layer, sources[0], weights)
        layer(sources[0], **more)
    ys = keras.tree.flatten(fresh(sources[0], **more))
    dys = [grid(rng, tuple(y.shape)) for y in ys]
    variables = [v.value for v in fresh.trainable_weights]
    gradients = torch.autograd.grad(ys, sources + variables, [torch.tensor(dy) for dy in dys], allow_unused=True)
    batches = []
    for _ in range(later):
        x = grid(rng, shapes[0])
        y = keras.tree.flatten(layer(torch.tensor(x), **more))
        batches.append({"x": stored(x), "y": [stored(each.detach().numpy()) for each in y]})

    def numbers(gradient: Any, like: np.ndarray) -> Any:
        return stored(np.zeros(like.shape) if gradient is None else gradient.numpy())

    return {
        "name": name,
        "layer": plain(keras.saving.serialize_keras_object(layer)),
        "x": [stored(x) for x in xs],
        "mask": None if mask is None else stored(np.array(mask)),
        "weights": [stored(w) for w in weights],
        "y": [stored(y.detach().numpy()) for y in ys],
        "dy": [stored(dy) for dy in dys],
        "dx": [numbers(g, x) for g, x in zip(gradients, xs)],
        "gradients": [numbers(g, w) for g, w in zip(gradients[len(xs) :], weights)],
        "later": batches,
    }


def stateless(layer: keras.Layer, x: Any, weights: list[np.ndarray]) -> keras.Layer:
    """The same layer that keeps no states."""

    def off(config: Any) -> Any:
        if isinstance(config, dict):
            return {k: False if k == "stateful" else off(v) for k, v in config.items()}
        return [off(each) for each in config] if isinstance(config, list) else config

    twin = keras.saving.deserialize_keras_object(off(keras.saving.serialize_keras_object(layer)))
    twin(x)
    for weight, numbers in zip(twin.trainable_weights, weights):
        weight.assign(numbers)
    return twin


def cases() -> Iterator[Case]:
    x, h, h2 = (3, 5, 2), (3, 4), (3, 3)
    kinds: dict[str, Any] = {
        "lstm": lambda **k: L.LSTM(4, **k),
        "gru": lambda **k: L.GRU(4, **k),
        "gru, reset before": lambda **k: L.GRU(4, reset_after=False, **k),
        "simple_rnn": lambda **k: L.SimpleRNN(4, **k),
    }
    for kind, make in kinds.items():
        states = [h, h] if kind == "lstm" else [h]
        for which, mask in MASKS.items():
            yield recurrent(f"{kind}, mask {which}", make(return_sequences=True, return_state=True), [x], mask)
        yield recurrent(f"{kind}, last, masked", make(), [x], MASKS["in the middle"])
        yield recurrent(f"{kind}, states", make(return_state=True), [x, *states])
        both = make(return_sequences=True, return_state=True)
        yield recurrent(f"{kind}, states, masked", both, [x, *states], MASKS["in the middle"])
        back = make(return_sequences=True, go_backwards=True)
        yield recurrent(f"{kind}, backwards, masked", back, [x], MASKS["padded"])
        zeros = make(return_sequences=True, zero_output_for_mask=True)
        yield recurrent(f"{kind}, zeros, masked", zeros, [x], MASKS["in the middle"])
        yield recurrent(f"{kind}, length 1", make(return_sequences=True), [(3, 1, 2)])
        yield recurrent(f"{kind}, length 1 of one", make(), [(1, 1, 1)])
        yield recurrent(f"{kind}, a batch of one", make(use_bias=False), [(1, 6, 3)])
        yield recurrent(f"{kind}, stateful", make(stateful=True, return_state=True), [x], later=3)
        yield recurrent(f"{kind}, stateful, masked", make(stateful=True), [x], MASKS["padded"], later=2)
    yield recurrent("conv_lstm1d", L.ConvLSTM1D(2, 3), [(2, 3, 5, 2)], [[1, 0, 1], [1, 1, 0]])
    same = L.ConvLSTM1D(2, 2, padding="same", strides=2, return_sequences=True, return_state=True)
    yield recurrent("conv_lstm1d, strides", same, [(1, 3, 5, 1)])
    yield recurrent("conv_lstm1d, states", L.ConvLSTM1D(2, 3, padding="same"), [(2, 3, 4, 2), (2, 4, 2), (2, 4, 2)])
    hard = L.ConvLSTM2D(2, (2, 3), use_bias=False, recurrent_activation="hard_sigmoid", return_sequences=True)
    yield recurrent("conv_lstm2d", hard, [(2, 3, 4, 5, 1)], [[1, 0, 1], [1, 1, 0]])
    dilated = L.ConvLSTM2D(3, 2, dilation_rate=2, go_backwards=True, stateful=True)
    yield recurrent("conv_lstm2d, dilated", dilated, [(1, 2, 4, 5, 2)], later=1)
    yield recurrent("bidirectional of images", L.Bidirectional(L.ConvLSTM2D(2, 2, return_sequences=True)), [(2, 3, 3, 3, 1)])
    yield recurrent("conv_lstm3d", L.ConvLSTM3D(1, 2, padding="same"), [(1, 2, 3, 2, 2, 1)])
    yield recurrent("lstm_cell", L.LSTMCell(4), [(3, 2), h, h])
    yield recurrent("gru_cell", L.GRUCell(4), [(3, 2), h])
    yield recurrent("simple_rnn_cell", L.SimpleRNNCell(4), [(3, 2), h])
    yield recurrent("rnn of a cell", L.RNN(L.GRUCell(4), return_sequences=True), [x], MASKS["padded"])
    yield recurrent("rnn of a cell, states", L.RNN(L.LSTMCell(4), return_state=True), [x, h, h])
    yield recurrent("rnn of three cells", L.RNN([L.LSTMCell(4), L.SimpleRNNCell(4), L.LSTMCell(3)]), [x], MASKS["padded"])
    yield recurrent("rnn of two cells", L.RNN([L.GRUCell(4), L.GRUCell(3)], return_sequences=True, return_state=True), [x])
    yield recurrent("rnn of two cells, stateful", L.RNN([L.GRUCell(4), L.GRUCell(3)], stateful=True), [x], later=2)
    for mode in ["concat", "sum", "mul", "ave", None]:
        for sequences in [False, True]:
            inner = L.GRU(4, return_sequences=sequences)
            name = f"bidirectional, {mode}{', sequences' if sequences else ''}"
            yield recurrent(name, L.Bidirectional(inner, merge_mode=mode), [x])
            inner = L.LSTM(4, return_sequences=sequences)
            yield recurrent(f"{name}, masked", L.Bidirectional(inner, merge_mode=mode), [x], MASKS["in the middle"])
    inner = L.LSTM(4, return_sequences=True, return_state=True)
    yield recurrent("bidirectional, states", L.Bidirectional(inner), [x, h, h, h, h])
    inner = L.SimpleRNN(4, return_state=True)
    yield recurrent("bidirectional, returned states apart", L.Bidirectional(inner, merge_mode=None), [x])
    yield recurrent("bidirectional, backwards first", L.Bidirectional(L.SimpleRNN(4, go_backwards=True, return_sequences=True), backward_layer=L.SimpleRNN(4, return_sequences=True)), [x])
    own = L.GRU(4, go_backwards=True, activation="relu")
    yield recurrent("bidirectional, own layer", L.Bidirectional(L.LSTM(4), backward_layer=own), [x], MASKS["padded"])
    yield recurrent("bidirectional of a cell", L.Bidirectional(L.RNN(L.LSTMCell(4), return_sequences=True)), [x], MASKS["padded"])
    yield recurrent("bidirectional, stateful", L.Bidirectional(L.LSTM(4, stateful=True)), [x], later=2)
    yield recurrent("time_distributed, dense", L.TimeDistributed(L.Dense(3, activation="tanh")), [(3, 4, 2)])
    yield recurrent("time_distributed, conv1d", L.TimeDistributed(L.Conv1D(3, 2)), [(2, 3, 4, 2)])
    yield recurrent("time_distributed, lstm", L.TimeDistributed(L.LSTM(3)), [(2, 3, 4, 2)])


FILES = {"recurrent": cases}
