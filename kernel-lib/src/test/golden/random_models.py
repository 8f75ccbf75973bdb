"""Writes random models of all layers as Keras saves them, what they predict, and their weights after three training steps.

    python random_models.py FOLDER            200 models: NAME.keras and NAME.json
    python random_models.py FOLDER 17 130     the models of these numbers alone
    python random_models.py golden            ../resources/golden/random_models.zip: those that CI compares

A model follows from its number. KerasFolder, a program among the Java tests, loads all models of a folder and compares.
Layers of random numbers have a rate of 0, so that both sides compute the same.
"""

import json
import os
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402

from tensors import RESOURCES, generator, grid, stored  # noqa: E402

L = keras.layers
COUNT = 200
COMMITTED = range(1, COUNT, 8)
BATCH = 4
STEPS = 3
LARGEST = 600  # numbers of a sample

ACTIVATIONS = [
    "linear", "relu", "sigmoid", "tanh", "leaky_relu", "elu", "gelu", "silu", "softplus", "softmax", "relu6", "selu",
    "exponential", "hard_sigmoid", "hard_silu", "hard_tanh", "log_sigmoid", "mish", "softsign", "celu",
    "hard_shrink", "soft_shrink", "tanh_shrink", "squareplus", "sparse_plus", "sparse_sigmoid",
]


class Maker:
    """Draws layers that fit a shape."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def one(self, of: Any) -> Any:
        return of[int(self.rng.integers(len(of)))]

    def chance(self, share: float = 0.5) -> bool:
        return bool(self.rng.random() < share)

    def whole(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def number(self, low: float, high: float) -> float:
        return float(round(self.rng.uniform(low, high), 3))

    def activation(self) -> str:
        return self.one(ACTIVATIONS) if self.chance(0.7) else "relu"

    def weighted(self, bias: bool = True) -> dict[str, Any]:
        """The settings of a layer with weights."""
        settings: dict[str, Any] = {"activation": self.activation()}
        if bias:
            settings["use_bias"] = self.chance(0.8)
        return settings

    def penalized(self) -> dict[str, Any]:
        settings: dict[str, Any] = {}
        if self.chance(0.15):
            settings["kernel_regularizer"] = self.one(
                [keras.regularizers.L2(0.01), keras.regularizers.L1(0.01), keras.regularizers.L1L2(0.01, 0.02)]
            )
        if self.chance(0.1):
            settings["kernel_constraint"] = self.one([keras.constraints.MaxNorm(1.5), keras.constraints.NonNeg()])
        if self.chance(0.1):
            settings["activity_regularizer"] = keras.regularizers.L2(0.01)
        return settings

    def window(self, sizes: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(self.whole(1, min(3, size)) for size in sizes)

    def sliding(self, sizes: tuple[int, ...], dilates: bool = True) -> dict[str, Any]:
        """A kernel with strides or dilation and padding."""
        window = self.window(sizes)
        settings: dict[str, Any] = {"kernel_size": window, "padding": self.one(["valid", "same"])}
        if self.chance(0.4):
            settings["strides"] = self.whole(1, 2)
        elif dilates and self.chance(0.3) and all(2 * (w - 1) < size for w, size in zip(window, sizes)):
            settings["dilation_rate"] = 2
        return settings

    def pooling(self, sizes: tuple[int, ...], average: bool) -> dict[str, Any]:
        window = self.window(sizes)
        settings: dict[str, Any] = {"pool_size": window, "strides": self.whole(1, 2) if self.chance() else window}
        strides = settings["strides"] if isinstance(settings["strides"], tuple) else (settings["strides"],) * len(window)
        pads = [max(0, (-(-n // s) - 1) * s + w - n) for n, w, s in zip(sizes, window, strides)]
        # Keras on PyTorch counts the border twice where the padding of an average is not symmetric.
        if self.chance() and not (average and any(pads)):
            settings["padding"] = "same"
        if len(window) == 1:
            settings = {k: v[0] if isinstance(v, tuple) else v for k, v in settings.items()}
        return settings

    def layer(self, shape: tuple[int, ...]) -> keras.Layer | None:
        """A layer for values of that shape; none where what was drawn does not fit."""
        rank = len(shape)
        drawn: list[Callable[[], keras.Layer | None]] = [
            lambda: L.Dense(self.whole(1, 6), **self.weighted(), **self.penalized()),
            lambda: L.Activation(self.activation()),
            lambda: self.one(
                [L.ReLU(6.0), L.ReLU(None, 0.1, 0.0), L.ReLU(2.0, 0.2, 0.3), L.LeakyReLU(0.2), L.ELU(0.7)]
            ),
            lambda: L.PReLU(shared_axes=list(range(1, rank)) if rank > 1 and self.chance() else None),
            lambda: L.Softmax(axis=self.one([-1, self.whole(1, rank)])),
            lambda: L.BatchNormalization(
                axis=self.one([-1, -1, self.whole(1, rank)]), momentum=0.8, epsilon=self.one([1e-3, 1e-2]),
                center=self.chance(0.8), scale=self.chance(0.8),
            ),
            lambda: L.LayerNormalization(
                axis=self.one([-1, list(range(self.whole(1, rank), rank + 1))]), center=self.chance(0.8),
                scale=self.chance(0.8), epsilon=1e-2,
            ),
            lambda: L.RMSNormalization(epsilon=1e-2),
            lambda: L.UnitNormalization(axis=self.one([-1, self.whole(1, rank)])),
            lambda: L.GroupNormalization(groups=self.one([1, -1, shape[-1]]), epsilon=1e-2) if rank > 1 else None,
            lambda: self.one([L.Dropout, L.GaussianNoise, L.GaussianDropout, L.AlphaDropout])(0.0),
            lambda: L.Identity(),
            lambda: L.Rescaling(self.number(0.2, 1.5), self.number(-0.5, 0.5)),
            lambda: L.Flatten() if self.chance(0.3) else None,
            lambda: L.Reshape((-1, self.one(shape))) if self.chance(0.4) else None,
            lambda: L.Permute(tuple(int(a) + 1 for a in self.rng.permutation(rank))),
            lambda: L.ActivityRegularization(l1=0.01, l2=0.02),
            lambda: keras.Sequential([keras.Input(shape), L.Dense(3, "tanh"), L.Dense(self.whole(1, 4))]),
        ]
        if rank == 1:
            drawn += [lambda: L.RepeatVector(self.whole(2, 4))] * 2
        if rank in (2, 3, 4):
            drawn += self.spatial(shape, rank - 1) * 2
        return self.one(drawn)()

    def spatial(self, shape: tuple[int, ...], axes: int) -> list[Callable[[], keras.Layer | None]]:
        """Layers that slide over sequences, images or volumes."""
        kind = {name: getattr(L, f"{name}{axes}D", None) for name in (
            "Conv", "DepthwiseConv", "SeparableConv", "MaxPooling", "AveragePooling", "GlobalAveragePooling",
            "GlobalMaxPooling", "ZeroPadding", "Cropping", "UpSampling", "SpatialDropout",
        )}
        transpose = getattr(L, f"Conv{axes}DTranspose")
        sizes, channels = shape[:-1], shape[-1]
        groups = self.one([g for g in (1, 2, 3, channels) if channels % g == 0])
        both = [(self.whole(0, 2), self.whole(0, 2)) for _ in sizes]
        crop = [(a if a + b < n else 0, b if a + b < n else 0) for (a, b), n in zip(both, sizes)]
        drawn: list[Callable[[], keras.Layer | None]] = [
            lambda: kind["Conv"](
                groups * self.whole(1, 3), groups=groups, **self.sliding(sizes), **self.weighted(), **self.penalized()
            ),
            lambda: kind["Conv"](self.whole(1, 4), **self.sliding(sizes), **self.weighted()),
            lambda: transpose(
                self.whole(1, 4), self.window(sizes), strides=self.whole(1, 2), padding=self.one(["valid", "same"]),
                **self.weighted(),
            ),
            lambda: kind["MaxPooling"](**self.pooling(sizes, False)),
            lambda: kind["AveragePooling"](**self.pooling(sizes, True)),
            lambda: kind["GlobalAveragePooling"](keepdims=self.chance()) if self.chance(0.4) else None,
            lambda: kind["GlobalMaxPooling"](keepdims=self.chance()) if self.chance(0.4) else None,
            lambda: kind["ZeroPadding"](both[0] if axes == 1 else tuple(both)),
            lambda: kind["Cropping"](crop[0] if axes == 1 else tuple(crop)),
            lambda: kind["UpSampling"](self.whole(1, 2)),
            lambda: kind["SpatialDropout"](0.0),
        ]
        if axes < 3:
            drawn += [
                lambda: kind["DepthwiseConv"](
                    **self.sliding(sizes), depth_multiplier=self.whole(1, 2), **self.weighted()
                ),
                lambda: kind["SeparableConv"](
                    self.whole(1, 4), **self.sliding(sizes), depth_multiplier=self.whole(1, 2), **self.weighted()
                ),
            ]
        if axes == 2:
            drawn.append(lambda: L.UpSampling2D(2, interpolation="bilinear"))
        return drawn

    def step(self, x: Any, layer: keras.Layer | None) -> Any:
        """What a layer gives, unless it fits nowhere or is too large."""
        if layer is None:
            return None
        try:
            y = layer(x)
        except ValueError:
            return None
        shape = y.shape[1:]
        return y if shape and all(shape) and np.prod(shape) <= LARGEST else None

    def grown(self, x: Any, depth: int) -> Any:
        """Some layers after a value."""
        for _ in range(depth):
            for _ in range(20):
                y = self.step(x, self.layer(tuple(x.shape[1:])))
                if y is not None:
                    x = y
                    break
        return x

    def joined(self, x: Any) -> Any:
        """Two branches that meet again."""
        shape = tuple(x.shape[1:])
        same: list[Callable[[], keras.Layer]] = [
            lambda: L.Dense(shape[-1], "tanh"), lambda: L.Activation(self.activation()), lambda: L.LayerNormalization(),
            lambda: L.Dense(shape[-1]),
        ]
        if len(shape) == 3:
            same.append(lambda: L.Conv2D(shape[-1], 3, padding="same", activation="relu"))
            same.append(lambda: L.DepthwiseConv2D(3, padding="same"))
        a, b = self.one(same)()(x), self.one(same)()(x)
        if self.chance(0.2):
            shared = L.Dense(shape[-1], "tanh")
            a, b = shared(a), shared(b)
        if self.chance(0.25) and len(shape) > 1:  # extents of 1, which are repeated
            b = L.Dense(shape[-1], "sigmoid")(L.Reshape((1,) * (len(shape) - 1) + (shape[-1],))(
                L.Dense(shape[-1])(L.Flatten()(b))
            ))
            return self.one([L.Multiply, L.Add, L.Subtract, L.Maximum])()([a, b])
        if len(shape) == 1 and self.chance(0.3):
            return L.Concatenate()([L.Dot(axes=1, normalize=self.chance())([a, b]), a])
        how = self.one([L.Add, L.Subtract, L.Multiply, L.Average, L.Maximum, L.Minimum, L.Concatenate])
        if how is L.Concatenate:
            return L.Concatenate(axis=self.whole(1, len(shape)))([a, b])
        return how()([x, a, b] if how in (L.Add, L.Multiply, L.Average) and self.chance() else [a, b])

    def input(self) -> keras.KerasTensor:
        channels = self.whole(1, 4)
        shapes = [
            (self.whole(1, 8),), (self.whole(1, 9), channels), (self.whole(1, 8), self.whole(2, 8), channels),
            (self.whole(3, 8), self.whole(3, 8), channels), (self.whole(1, 4), self.whole(2, 4), self.whole(1, 5), channels),
        ]
        return keras.Input(self.one(shapes))

    def model(self) -> keras.Model:
        x = self.input()
        y = self.grown(x, self.whole(1, 3))
        if self.chance(0.6):
            y = self.joined(y)
            y = self.grown(y, self.whole(0, 3))
        return keras.Model(x, self.head(y))

    def head(self, y: Any) -> Any:
        """The end: a number or classes, of a sample or of each position."""
        if len(y.shape) > 2 and self.chance(0.7):
            y = L.Flatten()(y)
        return L.Dense(self.whole(1, 4), activation=self.one([None, "tanh", "softplus"]), name="end")(y)

    def chain(self) -> keras.Model:
        """Layers in a row, as most people write them."""
        functional = self.model_of_chain()
        return keras.Sequential([keras.Input(functional.inputs[0].shape[1:])] + functional.layers[1:])

    def model_of_chain(self) -> keras.Model:
        x = self.input()
        return keras.Model(x, self.head(self.grown(x, self.whole(2, 5))))

    def optimizer(self) -> keras.optimizers.Optimizer:
        # A large epsilon: where a gradient is 0 but for rounding, Adam's usual one follows the rounding.
        return self.one([
            lambda: keras.optimizers.SGD(0.02),
            lambda: keras.optimizers.SGD(0.02, momentum=0.9, nesterov=True),
            lambda: keras.optimizers.Adam(0.01, epsilon=0.01),
        ])()


def named(model: keras.Model, weight: keras.Variable) -> str:
    """As Lossbook names it: the layer, or the model within and its layer, and the weight."""
    for layer in model.layers:
        if isinstance(layer, keras.Model) and any(weight is each for each in layer.weights):
            return f"{layer.name}/{named(layer, weight)}"
        if any(weight is each for each in layer.weights):
            return f"{layer.name}/{weight.name}"
    raise ValueError(weight.path)


def varied(model: keras.Model, rng: np.random.Generator) -> None:
    """Moves what Keras begins with 0 or 1 away from there."""
    for weight in model.weights:
        shape = tuple(weight.shape)
        if weight.name in ("bias", "beta", "moving_mean"):
            weight.assign(grid(rng, shape, 0.2))
        elif weight.name in ("gamma", "scale", "moving_variance"):
            weight.assign(1 + np.clip(grid(rng, shape, 0.2), -0.6, 0.6))
        elif weight.name == "alpha":
            weight.assign(np.abs(grid(rng, shape, 0.3)))


def batch(model: keras.Model, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    x = grid(rng, (BATCH, *model.inputs[0].shape[1:])).astype("float32")
    y = grid(rng, (BATCH, *model.outputs[0].shape[1:])).astype("float32")
    return x, y


@dataclass(frozen=True)
class Models:
    """Models of one kind, which follow from their numbers."""

    kind: str
    maker: type[Maker]
    batch: Callable[[keras.Model, np.random.Generator], tuple[np.ndarray, np.ndarray]]
    count: int
    committed: range
    keeps_trained: bool = False
    """Whether the trained model is saved too, for layers that have several weights of one name."""

    def write(self, folder: Path, number: int) -> None:
        keras.utils.clear_session()
        keras.utils.set_random_seed(number)
        maker = self.maker(number)
        model = maker.chain() if number % 3 == 0 else maker.model()
        name = f"{self.kind}-{number:03}"
        rng = generator(name)
        varied(model, rng)
        model.compile(maker.optimizer(), "mse")
        model.save(folder / f"{name}.keras")
        x, _ = self.batch(model, rng)
        batches = [self.batch(model, rng) for _ in range(STEPS)]
        case: dict[str, Any] = {
            "name": name, "files": [f"{name}.keras"],
            "layers": [type(layer).__name__ for layer in model._flatten_layers() if not isinstance(layer, keras.Model)],
            "x": [stored(x)], "y": [stored(keras.ops.convert_to_numpy(model(x, training=False)))],
            "batches": [{"x": [stored(x)], "y": [stored(y)]} for x, y in batches],
        }
        for x, y in batches:
            model.train_on_batch(x, y)
        if self.keeps_trained:
            case["trained"] = f"{name}.after.keras"
            model.save(folder / case["trained"])
        else:
            case["after"] = {
                named(model, w): stored(keras.ops.convert_to_numpy(w)) for w in model.weights if "seed" not in w.path
            }
        (folder / f"{name}.json").write_text(json.dumps(case, separators=(",", ":")))

    def write_all(self, folder: Path, numbers: list[int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for each in numbers or range(self.count):
            self.write(folder, each)

    def commit(self, to: str) -> None:
        """Every eighth model, packed."""
        with tempfile.TemporaryDirectory() as folder:
            self.write_all(Path(folder), list(self.committed))
            with zipfile.ZipFile(RESOURCES / to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
                for file in sorted(Path(folder).iterdir()):
                    packed.writestr(
                        zipfile.ZipInfo(file.name, (2020, 1, 1, 0, 0, 0)), file.read_bytes(), zipfile.ZIP_DEFLATED, 9
                    )


if __name__ == "__main__":
    models = Models("random", Maker, batch, COUNT, COMMITTED)
    if sys.argv[1] == "golden":
        models.commit("random_models.zip")
    else:
        models.write_all(Path(sys.argv[1]), [int(number) for number in sys.argv[2:]])
