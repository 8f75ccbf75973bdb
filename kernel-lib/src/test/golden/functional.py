"""Networks that branch: joints, shared and frozen layers, several inputs and outputs."""

from typing import Any, Callable

import keras
import numpy as np
from keras import layers as L

from tensors import generator, grid, stored

Case = dict[str, Any]

RATE = 0.0625


def merges() -> Case:
    """Every joint of two branches in one network; no two numbers are equal, so a maximum has one owner."""
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    p = L.Dense(3, activation="tanh", name="p")(a)
    q = L.Dense(3, name="q")(b)
    joined = [
        L.Add()([p, q, p]),
        L.Subtract()([p, q]),
        L.Multiply()([p, q, q]),
        L.Average()([p, q]),
        L.Maximum()([p, q]),
        L.Minimum()([p, q]),
        L.Dot(axes=1)([p, q]),
        L.Dot(axes=1, normalize=True)([p, q]),
    ]
    out = L.Dense(2, name="out")(L.Concatenate()(joined))
    return network("joints", keras.Model([a, b], out), ["mse"])


def images() -> Case:
    """A residual connection, and channels and columns of images side by side."""
    x = keras.Input((5, 6, 2), name="x")
    c = L.Conv2D(3, 3, padding="same", activation="relu", name="c")(x)
    d = L.Conv2D(3, 3, padding="same", name="d")(c)
    r = L.Activation("relu")(L.Add()([c, d]))
    wide = L.Concatenate(axis=2)([r, c])
    deep = L.Concatenate()([wide, wide])
    pooled = L.MaxPooling2D(2)(deep)
    out = L.Dense(3, activation="softmax", name="out")(L.Flatten()(pooled))
    return network("images", keras.Model(x, out), ["sparse_categorical_crossentropy"])


def shared() -> Case:
    """One dense layer used twice, once on a flattened image; two outputs with a loss each."""
    a, b = keras.Input((6,), name="a"), keras.Input((2, 3, 1), name="b")
    both = L.Dense(4, activation="relu", name="both")
    p, q = both(a), both(L.Flatten()(b))
    price = L.Dense(1, name="price")(L.Add()([p, q]))
    sold = L.Dense(1, activation="sigmoid", name="sold")(L.Concatenate()([p, price]))
    return network("shared", keras.Model([a, b], [price, sold]), ["mse", "binary_crossentropy"], [1, 0.3])


def frozen() -> Case:
    """A frozen dense layer and a frozen batch normalization under trained ones."""
    x = keras.Input((4,), name="x")
    h = L.Dense(5, activation="tanh", name="first")(x)
    h = L.Dense(5, activation="relu", name="still", trainable=False)(h)
    n = L.BatchNormalization(name="norm", trainable=False)(h)
    out = L.Dense(1, name="out")(n)
    return network("frozen", keras.Model(x, out), ["mse"])


def nested() -> Case:
    """A network as a layer of another, used twice."""
    inner = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="relu", name="one"), L.Dense(2, name="two")], name="inner")
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    out = L.Dense(1, activation="sigmoid", name="out")(L.Multiply()([inner(a), inner(b)]))
    return network("nested", keras.Model([a, b], out), ["binary_crossentropy"])


def squeeze() -> Case:
    """Channels scaled by what all pixels say, enlarged, cropped and padded; softmax over the pixels."""
    x = keras.Input((5, 4, 3), name="x")
    c = L.Conv2D(4, 3, activation="relu", name="c")(L.ZeroPadding2D(((1, 0), (2, 1)))(x))
    s = L.Dense(2, activation="relu", name="down")(L.GlobalAveragePooling2D(keepdims=True)(c))
    s = L.Dense(4, activation="sigmoid", name="up")(s)
    m = L.Multiply()([c, s])
    wide = L.Concatenate(axis=2)([L.UpSampling2D((2, 1), interpolation="bilinear")(m), L.UpSampling2D((2, 1))(m)])
    p = L.Permute((2, 1, 3))(L.Cropping2D(((1, 0), (2, 1)))(wide))
    shares = L.Softmax(axis=(1, 2))(L.Dense(3, activation="tanh", name="pixels")(p))
    return network("squeeze", keras.Model(x, L.Dense(1, name="out")(L.Flatten()(shares))), ["mse"])


def attention() -> Case:
    """Scores of each step with each other by dot products, and what merges repeat."""
    x = keras.Input((5, 3), name="x")
    q, k = L.Dense(4, name="q")(x), L.Dense(4, name="k")(x)
    shares = L.Softmax()(L.Dot(axes=2)([q, k]))
    mixed = L.Dot(axes=(2, 1))([shares, L.Dense(3, activation="tanh", name="v")(x)])
    last = L.Dense(3, name="last")(L.Flatten()(x))
    y = L.Subtract()([L.Add()([mixed, L.RepeatVector(5)(last)]), last])
    y = L.Maximum()([y, L.Dense(1, name="one")(y)])
    cosines = L.Dot(axes=-1, normalize=True)([y, y])
    moved = L.UpSampling1D(2)(L.Cropping1D((1, 2))(L.ZeroPadding1D(2)(cosines)))
    return network("attention", keras.Model(x, L.Dense(1, name="out")(L.GlobalAveragePooling1D()(moved))), ["mse"])


def weights_of(model: keras.Model, prefix: str = "") -> dict[str, keras.Variable]:
    """Every weight by `layer/weight`, those of a network within by `network/layer/weight`."""
    found: dict[str, keras.Variable] = {}
    for part in model.layers:
        if isinstance(part, keras.Model):
            found |= weights_of(part, f"{prefix}{part.name}/")
        else:
            found |= {f"{prefix}{part.name}/{w.name}": w for w in part.weights}
    return found


def target(rng: np.random.Generator, loss: str, n: int) -> np.ndarray:
    if loss == "mse":
        return grid(rng, (n, 1))
    if loss == "binary_crossentropy":
        return rng.integers(0, 2, (n, 1)).astype(float)
    return rng.integers(0, 3, n).astype(float)


def network(name: str, model: keras.Model, losses: list[str], shares: list[float] | None = None) -> Case:
    """Its prediction, and its weights after each of three steps of plain descent."""
    rng = generator("functional " + name)
    named = weights_of(model)
    for key, weight in named.items():
        value = grid(rng, tuple(weight.shape), 0.5)
        weight.assign(np.abs(value) + 0.5 if key.endswith("variance") else value)
    n = 4
    x = [grid(rng, (n, *i.shape[1:])) for i in model.inputs]
    y = [target(rng, loss, n) if model.outputs[k].shape[1] == 1 or loss != "mse" else grid(rng, (n, 2))
         for k, loss in enumerate(losses)]
    case: Case = {
        "name": name,
        "x": [stored(v) for v in x],
        "y": [stored(v) for v in y],
        "weights": {k: stored(w.numpy()) for k, w in named.items()},
        "trainable": sorted(k for k, w in named.items() if w.trainable),
    }
    said = model.predict_on_batch(x if len(x) > 1 else x[0])
    case["predictions"] = [stored(v) for v in (said if len(losses) > 1 else [said])]
    model.compile(keras.optimizers.SGD(RATE), losses, loss_weights=shares)
    case["losses"], case["after"] = [], []
    for _ in range(3):
        told = model.train_on_batch(x if len(x) > 1 else x[0], y if len(y) > 1 else y[0], return_dict=True)
        model.reset_metrics()
        case["losses"].append(float(told["loss"]))
        case["after"].append({k: stored(w.numpy()) for k, w in named.items()})
    return case


CASES: list[Callable[[], Case]] = [merges, images, shared, frozen, nested, squeeze, attention]


FILES = {"functional": lambda: [case() for case in CASES]}
