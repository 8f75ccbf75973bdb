"""Writes random models of sequence layers as Keras saves them, before and after three training steps, and what they predict.

    python random_sequences.py FOLDER            120 models: NAME.keras, NAME.after.keras and NAME.json
    python random_sequences.py FOLDER 17 93      the models of these numbers alone
    python random_sequences.py golden            ../resources/golden/random_sequences.zip: those that CI compares

A model follows from its number, as in random_models.py. Layers of random numbers have a rate of 0.

Left out is where Keras differs from itself. MultiHeadAttention takes the mask off the values that it is applied to, so that
a sum with them behind it has a mask when the model is made and none when it runs. A step that may look at none weighs all
alike; then PyTorch passes a gradient to what it looked for, and JAX does not, as the weights do not depend on it.
"""

import sys
from pathlib import Path
from typing import Any, Callable

import random_models
from random_models import BATCH, LARGEST, Maker

import keras
import numpy as np

from tensors import grid

L = keras.layers
COUNT = 120
WORDS = 7
MASKED = "words"  # the beginning of the names of inputs that are whole numbers


def is_masked(x: Any) -> bool:
    return getattr(x, "_keras_mask", None) is not None


class Sequences(Maker):
    """Draws layers that fit [steps, numbers]."""

    ends_in_steps = False

    def curves(self) -> dict[str, Any]:
        """Activations: mostly Keras's own, which have a fast way."""
        if self.chance(0.7):
            return {}
        return {"activation": self.one(["relu", "tanh", "softsign", "sigmoid"])}

    def gated(self) -> dict[str, Any]:
        settings = self.curves()
        if self.chance(0.2):
            settings["recurrent_activation"] = self.one(["sigmoid", "hard_sigmoid", "tanh"])
        return settings

    def common(self, sequences: bool | None = None) -> dict[str, Any]:
        settings: dict[str, Any] = {
            "use_bias": self.chance(0.85), "go_backwards": self.chance(0.2),
            "return_sequences": self.chance(0.7) if sequences is None else sequences,
        }
        if self.chance(0.15):
            settings["kernel_regularizer"] = keras.regularizers.L2(0.01)
        if self.chance(0.1):
            settings["recurrent_constraint"] = keras.constraints.MaxNorm(1.0)
        return settings

    def recurrent(self, sequences: bool | None = None) -> keras.Layer:
        units = self.whole(1, 5)
        return self.one([
            lambda: L.SimpleRNN(units, **self.curves(), **self.common(sequences)),
            lambda: L.LSTM(units, unit_forget_bias=self.chance(), **self.gated(), **self.common(sequences)),
            lambda: L.LSTM(units, **self.common(sequences)),
            lambda: L.GRU(units, reset_after=self.chance(0.6), **self.gated(), **self.common(sequences)),
            lambda: L.GRU(units, **self.common(sequences)),
        ])()

    def cell(self) -> Any:
        units = self.whole(1, 4)
        return self.one([
            lambda: L.SimpleRNNCell(units), lambda: L.LSTMCell(units),
            lambda: L.GRUCell(units, reset_after=self.chance()),
        ])()

    def both_ways(self) -> keras.Layer:
        layer = self.recurrent()
        layer.go_backwards = False  # Keras turns the other one round
        return L.Bidirectional(layer, merge_mode=self.one(["concat", "concat", "sum", "mul", "ave"]))

    def layer(self, shape: tuple[int, ...]) -> keras.Layer | None:
        if len(shape) == 1:
            return self.one([
                lambda: L.Dense(self.whole(1, 6), **self.weighted()), lambda: L.RepeatVector(self.whole(1, 4)),
                lambda: L.LayerNormalization(epsilon=1e-2), lambda: L.Dropout(0.0),
            ])()
        if len(shape) == 3:
            return L.ConvLSTM1D(
                self.whole(1, 3), self.whole(1, min(3, shape[1])), padding=self.one(["same", "valid"]),
                return_sequences=self.chance(),
            )
        if len(shape) == 4:
            return L.ConvLSTM2D(
                self.whole(1, 3), (self.whole(1, min(3, shape[1])), self.whole(1, min(3, shape[2]))),
                padding=self.one(["same", "valid"]), return_sequences=self.chance(), use_bias=self.chance(),
            )
        drawn: list[Callable[[], keras.Layer | None]] = [
            self.recurrent, self.recurrent, self.recurrent, self.both_ways, self.both_ways,
            lambda: L.RNN(self.cell(), return_sequences=self.chance()),
            lambda: L.RNN([self.cell(), self.cell()], return_sequences=self.chance()),
            lambda: L.TimeDistributed(L.Dense(self.whole(1, 4), **self.weighted())),
            lambda: L.Dense(self.whole(1, 5), **self.weighted()),
            lambda: L.LayerNormalization(epsilon=1e-2),
            lambda: L.Dropout(0.0),
            lambda: L.GlobalAveragePooling1D() if self.chance(0.4) else None,
            lambda: L.Conv1D(self.whole(1, 4), self.whole(1, 3), padding=self.one(["same", "causal"])),
            lambda: L.Activation(self.one(["tanh", "softmax", "relu"])),
        ]
        return self.one(drawn)()

    def attended(self, x: Any) -> Any:
        """Attention to itself, with or without a residual."""
        width = x.shape[-1]
        heads = self.whole(1, 3)
        y = self.one([
            lambda: L.MultiHeadAttention(
                heads, self.whole(1, 4), value_dim=self.one([None, self.whole(1, 3)]), use_bias=self.chance(0.8)
            )(x, x, use_causal_mask=self.chance(0.4)),
            lambda: L.MultiHeadAttention(heads, 2)(x, L.Dense(self.whole(1, 4))(x)),
            lambda: L.GroupQueryAttention(self.whole(1, 3), 2 * heads, heads)(x, x, use_causal_mask=self.chance(0.4)),
            lambda: L.Attention(use_scale=self.chance(), score_mode=self.one(["dot", "concat"]))(
                [x, x], use_causal_mask=self.chance(0.4)
            ),
            lambda: L.AdditiveAttention(use_scale=self.chance())([x, L.Dense(width)(x)]),
        ])()
        if is_masked(x):
            self.ends_in_steps = True
        elif y.shape == x.shape and self.chance(0.7):
            y = L.LayerNormalization(epsilon=1e-2)(L.Add()([x, y]))
        return y

    def encoded(self, x: Any) -> Any:
        """A decoder that begins with the states of an encoder."""
        units = self.whole(1, 4)
        if self.chance():
            _, h, c = L.LSTM(units, return_state=True)(x)
            return L.LSTM(units, return_sequences=self.chance())(x, initial_state=[h, c])
        _, h = L.GRU(units, return_state=True)(x)
        return L.GRU(units, return_sequences=self.chance())(x, initial_state=h)

    def input(self) -> tuple[Any, Any]:
        steps = self.whole(1, 7)
        kind = self.whole(0, 9)
        if kind < 5:
            x = keras.Input((steps,), name=MASKED)
            return x, L.Embedding(WORDS, self.whole(1, 5), mask_zero=self.chance(0.7))(x)
        if kind < 9:
            x = keras.Input((steps, self.whole(1, 4)))
            return x, L.Masking(0.0)(x) if self.chance(0.6) else x
        shape = self.one([(steps, 4, 2), (steps, 3, 4, 2)])
        x = keras.Input(shape)
        return x, x

    def model(self) -> keras.Model:
        x, y = self.input()
        y = self.grown(y, self.whole(1, 2))
        if len(y.shape) == 3 and self.chance(0.6):
            y = self.one([self.attended, self.attended, self.encoded])(y)
            y = self.grown(y, self.whole(0, 2))
        return keras.Model(x, self.head(y))

    def head(self, y: Any) -> Any:
        """The end: one for a sample, or one at each step."""
        if len(y.shape) > 2 and self.chance():
            flat = self.chance(0.3) and not self.ends_in_steps or len(y.shape) > 3
            y = L.Flatten()(y) if flat else self.recurrent(False)(y)
        return L.Dense(self.whole(1, 4), activation=self.one([None, "tanh"]), name="end")(y)

    def chain(self) -> keras.Model:
        x, y = self.input()
        y = self.head(self.grown(y, self.whole(1, 3)))
        functional = keras.Model(x, y)
        return keras.Sequential([x] + functional.layers[1:])


def batch(model: keras.Model, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Samples of several lengths, padded with zeros, one of them with a gap."""
    shape = (BATCH, *model.inputs[0].shape[1:])
    if model.inputs[0].name.startswith(MASKED):
        x = rng.integers(1, WORDS, shape).astype("float32")
    else:
        x = grid(rng, shape).astype("float32")
    if shape[1] > 1:
        for sample in range(1, BATCH):
            x[sample, int(rng.integers(1, shape[1] + 1)):] = 0
        if shape[1] > 2:
            x[BATCH - 1, 1] = 0
    y = grid(rng, (BATCH, *model.outputs[0].shape[1:])).astype("float32")
    return x, y


if __name__ == "__main__":
    models = random_models.Models("sequence", Sequences, batch, COUNT, range(1, COUNT, 8), keeps_trained=True)
    if sys.argv[1] == "golden":
        models.commit("random_sequences.zip")
    else:
        models.write_all(Path(sys.argv[1]), [int(number) for number in sys.argv[2:]])
