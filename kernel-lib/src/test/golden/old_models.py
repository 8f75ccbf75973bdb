"""Writes models in the older of Keras's files, and how they predict, judge and train on.

    python old_models.py            writes ../resources/golden/old/*-<version>.* and old_models_<version>.json
    python old_models.py windows    writes this model alone

Under Keras 2 that is whole-model HDF5, and the zips of Keras 2.13 to 2.15, which Keras 3 reads no more; under Keras 3 the HDF5
that it still writes. requirements-old.txt says what to install, and the golden files' README which versions the tree has.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

import keras  # noqa: E402
import numpy as np  # noqa: E402

if keras.__version__.startswith("2."):
    from keras.src.saving.legacy import hdf5_format  # noqa: E402
else:
    from keras.src.legacy.saving import legacy_h5_format as hdf5_format  # noqa: E402

from tensors import RESOURCES, generator, grid, read, stored, write  # noqa: E402

VERSION = ".".join(keras.__version__.split(".")[:2])
OLD = VERSION.startswith("2.")
L, O, M, F = keras.layers, keras.optimizers, keras.metrics, keras.losses
R, C = keras.regularizers, keras.constraints
MORE = 3
LONG = "a_name_of_a_layer_that_is_as_long_as_those_of_large_networks_" * 3


def leaky(slope: float, **others: Any) -> Any:
    """Keras 2 calls it alpha."""
    return L.LeakyReLU(slope, **others)


def images() -> Any:
    """Every layer for images, in a row that begins with a layer that knows its shape."""
    first = {"input_shape": (8, 8, 2)} if OLD else {}
    return keras.Sequential(
        ([] if OLD else [keras.Input((8, 8, 2))])
        + [
            L.GaussianNoise(0.2, **first),
            L.Conv2D(4, 3, padding="same", activation="relu", kernel_regularizer=R.L1L2(0.01, 0.02)),
            L.BatchNormalization(momentum=0.9, scale=False),
            L.MaxPooling2D(2, strides=1, padding="same"),
            L.SpatialDropout2D(0.25),
            L.Conv2D(4, (2, 3), dilation_rate=(2, 1), use_bias=False, kernel_constraint=C.MaxNorm(2, axis=[0, 1, 2])),
            leaky(0.1),
            L.AveragePooling2D(2),
            L.GaussianDropout(0.3),
            L.Flatten(),
            L.Dropout(0.5),
            L.Dense(6, activation="softplus", kernel_constraint="non_neg", bias_regularizer="l2"),
            L.BatchNormalization(center=False, epsilon=0.01),
            L.Reshape((1, 2, 3)),
            L.GlobalAveragePooling2D(),
            L.Dense(3, activation="softmax"),
        ],
        name="images",
    )


def functions() -> Any:
    """Every function that a layer may end in, by its name and as a layer."""
    x = keras.Input((6,), name="x")
    names = ["linear", "relu", "sigmoid", "tanh", "elu", "gelu", "swish", "softplus", "softmax"]
    values = [L.Activation(name)(x) for name in names]
    values += [layer(x) for layer in (L.ReLU(), L.ReLU(negative_slope=0.1), leaky(0.2), L.ELU(0.5), L.Softmax())]
    values.append(L.Dense(2, activation="elu")(x))
    values.append(L.Dense(2, activation=leaky(0.15))(x))
    return keras.Model(x, L.Dense(2, name="out")(L.Concatenate()(values)))


def branching() -> Any:
    """Several inputs and outputs, every joint, layers used twice, models within models, some of it frozen."""
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    image = keras.Input((4, 4, 1), name="image")
    shared = L.Dense(3, activation="tanh", name="shared")
    u, v = shared(a), shared(b)
    inner = keras.Sequential(
        ([] if OLD else [keras.Input((3,))])
        + [L.Dense(3, activation="relu", **({"input_shape": (3,)} if OLD else {})), L.BatchNormalization(), L.Dense(3)],
        name="inner",
    )
    p, q = keras.Input((3,)), keras.Input((3,))
    deep = L.Dense(3, name="deep")
    normed = L.BatchNormalization(name="normed")(deep(L.Multiply()([p, q])))
    deepest = keras.Sequential([keras.Input((3,)), L.Dense(3, name="far")], name="deepest")
    twin = keras.Model([p, q], L.Add()([normed, deepest(p), q]), name="twin")
    still = keras.Sequential([keras.Input((3,)), L.Dense(3), L.BatchNormalization(), L.Dense(3)], name="still")
    still.trainable = False
    joined = [
        L.Add()([u, v]),
        L.Subtract()([inner(u), inner(v)]),
        L.Average()([twin([u, v]), twin([v, u])]),
        L.Maximum()([u, v]),
        L.Minimum()([u, still(v)]),
        L.Dot(axes=1)([u, v]),
        L.Dot(axes=1, normalize=True)([u, v]),
    ]
    pooled = L.Concatenate(axis=3)([image, L.Conv2D(1, 3, padding="same")(image)])
    joined.append(L.GlobalMaxPooling2D()(pooled))
    together = L.Dropout(0.5)(L.Concatenate()(joined))
    kept = L.Dense(2, trainable=False, name="kept")(together)
    outputs = [L.Dense(1, name="price")(kept), still(L.Dense(3)(together)), twin([u, u])]
    return keras.Model([b, a, image], outputs, name="branching")


def transferred() -> Any:
    """A trained network as the first layer, as most notebooks have it, and names that one attribute has no room for."""
    i = keras.Input((6, 6, 1))
    base = keras.Model(i, L.MaxPooling2D()(L.Conv2D(2, 3, activation="relu")(i)), name="base")
    base.trainable = False
    return keras.Sequential(
        ([] if OLD else [keras.Input((6, 6, 1))]) + [base, L.Flatten(), L.Dense(2, name=LONG), L.Dense(1)]
    )


def deferred() -> Any:
    """Layers in a row that learn their shape late."""
    model = keras.Sequential([L.Dense(3, activation="relu"), L.Dense(1, activation="sigmoid")])
    model.build((None, 4))
    return model


def small() -> Any:
    return keras.Sequential(
        [keras.Input((4,)), L.Dense(2, activation="tanh"), L.Dense(1, name="out")]
    )


def compiled(make: Callable[[], Any], optimizer: Any, *others: Any, **more: Any) -> Any:
    model = make()
    model.compile(optimizer, *others, **more)
    return model


def heads(count: int, activation: str | None, units: int) -> Any:
    x = keras.Input((4,), name="x")
    names = [f"o{i}" for i in range(count)]
    return keras.Model(x, [L.Dense(units, activation=activation, name=name)(x) for name in names])


def judged(units: int, activation: str | None, losses: list[Any], metrics: list[Any]) -> Any:
    """An output for each loss, and all metrics at the first."""
    model = heads(len(losses), activation, units)
    model.compile(O.SGD(0.01), losses, metrics=[metrics] + [[] for _ in losses[1:]], loss_weights=None)
    return model


NUMBERS = [
    "mse", "mae", "mean_absolute_percentage_error", F.MeanSquaredLogarithmicError(), F.Huber(delta=2.0), "log_cosh",
    F.Poisson(), "cosine_similarity", F.MeanSquaredError(reduction="sum"),
]
CHANCES = [
    "binary_crossentropy", F.BinaryCrossentropy(label_smoothing=0.1), F.BinaryFocalCrossentropy(gamma=3.0),
    F.BinaryFocalCrossentropy(apply_class_balancing=True, alpha=0.4), "hinge", F.SquaredHinge(),
]
CLASSES = [
    "categorical_crossentropy", F.CategoricalCrossentropy(label_smoothing=0.1), F.KLDivergence(), "kl_divergence",
    F.CategoricalHinge(), F.CategoricalFocalCrossentropy(alpha=0.3),
]
LABELS = ["sparse_categorical_crossentropy", F.SparseCategoricalCrossentropy()]

# Those that stand in a zip too, where both forms can be had: a file takes its room in the tree.
ZIPPED = {"images", "windows", "functions", "branching", "transferred", "deferred", "uncompiled", "chances", "logits"} | {
    "sgd", "nesterov", "rmsprop", "adam", "amsgrad", "nadam", "scheduled"
}
# Those that Keras 3 writes in its own words alone.
KERAS_3 = {
    "images", "functions", "branching", "transferred", "chances", "rmsprop", "amsgrad", "nadam", "scheduled", "operations"
}


def operations() -> Any:
    """Keras 3's own operations between layers, as MobileNetV3 has them; Keras 2 saves TensorFlow's."""
    x = keras.Input((4,))
    y = L.ReLU(6.0)(L.Dense(3)(x) + 3.0) * (1 / 6)
    return keras.Model(x, L.Dense(2)(keras.ops.relu(2.0 - y) + y))


def windows() -> Any:
    """Convolutions and poolings of images and sequences, with the settings that Keras 2 alone writes."""
    return keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            L.DepthwiseConv2D(3, depth_multiplier=2, activation="relu", depthwise_regularizer="l2"),
            L.SeparableConv2D(3, 3, padding="same"),
            L.Convolution2DTranspose(2, 3, strides=2, padding="same", output_padding=1),
            L.Reshape((24, 12)),
            L.Conv1D(4, 3, padding="causal"),
            L.SeparableConv1D(3, 2, pointwise_constraint="non_neg"),
            L.Conv1DTranspose(2, 2, strides=2),
            L.DepthwiseConv1D(2),
            L.MaxPool1D(2),
            L.AvgPool1D(2, 1, "same"),
            L.Reshape((2, 11, 1, 2)),
            L.Conv3D(2, (1, 2, 1)),
            L.Conv3DTranspose(2, 2, strides=(1, 2, 1)),
            L.MaxPool3D((1, 2, 1), padding="same"),
            L.AvgPool3D((2, 1, 1)),
            L.GlobalMaxPool3D(keepdims=True),
            L.Reshape((1, 2)),
            L.GlobalAvgPool1D(),
            L.Dense(2),
        ]
    )


MODELS: dict[str, Callable[[], Any]] = {
    "windows": windows,
    **({} if OLD else {"operations": operations}),
    "images": lambda: compiled(images, "adam", "categorical_crossentropy", metrics=["accuracy"]),
    "functions": lambda: compiled(functions, "sgd", "mse"),
    "branching": lambda: compiled(
        branching, O.Adam(0.01), ["mse", "mae", F.Huber()], loss_weights=[1, 0.5, 2], metrics=[["mae"], ["mse"], ["mae"]]
    ),
    "transferred": lambda: compiled(transferred, "rmsprop", "mse", metrics=["mae"]),
    "deferred": lambda: compiled(deferred, "sgd", "binary_crossentropy", metrics=["accuracy"]),
    "uncompiled": small,
    "numbers": lambda: judged(
        2, "softplus", NUMBERS,
        ["mse", M.MeanAbsoluteError(), M.RootMeanSquaredError(), M.R2Score(), M.LogCoshError()],
    ),
    "chances": lambda: judged(
        1, "sigmoid", CHANCES,
        ["accuracy", M.BinaryAccuracy(threshold=0.4, name="at 0.4"), M.Precision(), M.Recall(thresholds=0.3), M.TruePositives(),
         M.TrueNegatives(), M.FalsePositives(0.6), M.FalseNegatives(), M.BinaryCrossentropy()],
    ),
    "classes": lambda: judged(
        3, "softmax", CLASSES,
        ["accuracy", M.CategoricalAccuracy(), M.TopKCategoricalAccuracy(k=2), M.CategoricalCrossentropy(),
         M.F1Score(average="macro", threshold=0.4), M.KLDivergence()],
    ),
    "labels": lambda: judged(
        3, "softmax", LABELS,
        ["acc", M.SparseCategoricalAccuracy(), M.SparseTopKCategoricalAccuracy(k=2), M.SparseCategoricalCrossentropy()],
    ),
    "logits": lambda: compiled(
        lambda: heads(1, None, 3), O.SGD(0.1), F.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"]
    ),
}

OPTIMIZERS: dict[str, Callable[[], Any]] = {
    "sgd": lambda: O.SGD(0.05),
    "nesterov": lambda: O.SGD(0.05, momentum=0.9, nesterov=True, clipnorm=0.5),
    "rmsprop": lambda: O.RMSprop(0.01, momentum=0.5, centered=True),
    "adam": lambda: O.Adam(0.01, global_clipnorm=1.0),
    "amsgrad": lambda: O.Adam(0.01, amsgrad=True, clipvalue=0.5),
    "adamw": lambda: O.AdamW(0.01, weight_decay=0.1),
    "nadam": lambda: O.Nadam(0.01),
    "adamax": lambda: O.Adamax(0.01),
    "adagrad": lambda: O.Adagrad(0.05),
    "adadelta": lambda: O.Adadelta(0.5),
    "lion": lambda: O.Lion(0.003),
    "scheduled": lambda: O.Adam(O.schedules.ExponentialDecay(0.02, 4, 0.5)),
}
# As Keras had them up to 2.10, and as tf.keras.optimizers.legacy.
LEGACY: dict[str, Callable[[], Any]] = {
    "legacy_sgd": lambda: O.legacy.SGD(0.05, decay=0.1),
    "legacy_nesterov": lambda: O.legacy.SGD(0.05, momentum=0.9, nesterov=True, clipnorm=0.5),
    "legacy_rmsprop": lambda: O.legacy.RMSprop(0.01, momentum=0.5, centered=True),
    "legacy_adam": lambda: O.legacy.Adam(0.01, decay=0.05),
    "legacy_amsgrad": lambda: O.legacy.Adam(0.01, amsgrad=True),
    "legacy_adamax": lambda: O.legacy.Adamax(0.01),
    "legacy_adagrad": lambda: O.legacy.Adagrad(0.05),
    "legacy_adadelta": lambda: O.legacy.Adadelta(0.5),
    "legacy_nadam": lambda: O.legacy.Nadam(0.01),
    "legacy_scheduled": lambda: O.legacy.Adam(O.schedules.ExponentialDecay(0.02, 4, 0.5)),
}


def batch(name: str, model: Any) -> tuple[list[np.ndarray], list[np.ndarray]]:
    rng = generator(name)
    x = [grid(rng, (6, *each.shape[1:])).astype("float32") for each in model.inputs]
    y = []
    for each in model.outputs:
        units = each.shape[-1]
        if name.startswith("classes") or name.startswith("images"):
            y.append(np.eye(units, dtype="float32")[rng.integers(0, units, 6)])
        elif name.startswith("labels") or name.startswith("logits"):
            y.append(rng.integers(0, units, (6, 1)).astype("float32"))
        elif name.startswith("chances") or name.startswith("deferred"):
            y.append(rng.integers(0, 2, (6, units)).astype("float32"))
        else:
            y.append(np.abs(grid(rng, (6, units))).astype("float32"))
    return x, y


def one(values: list[np.ndarray]) -> Any:
    return values if len(values) > 1 else values[0]


def named(model: Any, weight: Any) -> str:
    """As Lossbook names it: the layer, or the model within and its layer, and the weight."""
    for layer in model.layers:
        if any(weight is each for each in layer.weights):
            if isinstance(layer, keras.Model):
                return f"{layer.name}/{named(layer, weight)}"
            return f"{layer.name}/{weight.name.split('/')[-1].split(':')[0]}"
    raise ValueError(weight.name)


def numbers(value: Any) -> np.ndarray:
    return np.asarray(value.detach().cpu() if hasattr(value, "detach") else value)


def case(name: str, make: Callable[[], Any], trains: bool) -> dict[str, Any]:
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    model = make()
    rng = generator(name)
    for weight in model.weights:
        positive = "variance" in weight.name
        weight.assign(np.abs(grid(rng, tuple(weight.shape), 0.5)) + 0.5 if positive else grid(rng, tuple(weight.shape), 0.5))
    is_compiled = getattr(model, "optimizer", None) is not None
    if is_compiled:
        for i in range(2):
            x, y = batch(f"{name} {i}", model)
            model.train_on_batch(one(x), one(y))
    files = [] if VERSION in ("2.13", "2.14") else [f"{name}-{VERSION}.h5"]
    files += [f"{name}-{VERSION}.keras"] if OLD and name in ZIPPED else []
    limit = hdf5_format.HDF5_OBJECT_HEADER_LIMIT
    hdf5_format.HDF5_OBJECT_HEADER_LIMIT = 600 if name == "transferred" else limit
    for file in files:
        model.save(RESOURCES / "old" / file)
    hdf5_format.HDF5_OBJECT_HEADER_LIMIT = limit
    x, y = batch(f"{name} x", model)
    predicted = model(one(x), training=False)
    predicted = predicted if isinstance(predicted, (list, tuple)) else [predicted]
    found: dict[str, Any] = {
        "name": name,
        "files": files,
        "outputs": [each.split("/")[0] for each in getattr(model, "output_names", [])],
        "layers": sorted({type(layer).__name__ for layer in flattened(model)}),
        "x": [stored(each) for each in x],
        "y": [stored(numbers(each)) for each in predicted],
    }
    if is_compiled:
        judged = model.evaluate(one(x), one(y), batch_size=len(x[0]), verbose=0, return_dict=True)
        found["truth"] = [stored(each) for each in y]
        found["figures"] = {key: float(value) for key, value in judged.items()}
    if trains:
        more = [batch(f"{name} more {i}", model) for i in range(MORE)]
        found["batches"] = [{"x": stored(x[0]), "y": stored(y[0])} for x, y in more]
        for x, y in more:
            model.train_on_batch(one(x), one(y))
        found["after"] = {named(model, weight): stored(numbers(weight)) for weight in model.weights}
    return found


def flattened(model: Any) -> list[Any]:
    return [
        each for layer in model.layers for each in (flattened(layer) if isinstance(layer, keras.Model) else [layer])
    ]


def weights_alone() -> None:
    """What is no model, though it is named like one."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    small().save_weights(RESOURCES / "old" / f"weights-{VERSION}.{'h5' if OLD else 'weights.h5'}")


def refused() -> None:
    """Code in a file, which is never run, and operations that are no layers."""
    x = keras.Input((3,))
    keras.Sequential([keras.Input((3,)), L.Lambda(lambda v: v * 2, name="twice")]).save(
        RESOURCES / "old" / f"lambda-{VERSION}.h5"
    )
    keras.Model(x, L.Dense(1)((x + 1.0) ** 2)).save(RESOURCES / "old" / f"operation-{VERSION}.h5")


if __name__ == "__main__":
    (RESOURCES / "old").mkdir(exist_ok=True)
    chosen = sys.argv[1:]
    kept = read(f"old_models_{VERSION}.json") if chosen else []
    for old in [] if chosen else (RESOURCES / "old").glob(f"*-{VERSION}.*"):
        old.unlink()
    whole = VERSION == "2.15" or not OLD
    wanted = {"transferred", "adam"} if not whole else KERAS_3 if not OLD else {*MODELS, *OPTIMIZERS, *LEGACY}
    wanted = wanted & set(chosen) if chosen else wanted
    optimizers = {**OPTIMIZERS, **LEGACY}
    cases = [case(name, make, False) for name, make in MODELS.items() if name in wanted]
    cases += [
        # In a graph Keras 2 multiplies nadam's momentums once a weight, not once a step.
        case(name, lambda make=make, e=OLD and name == "nadam": compiled(small, make(), "mse", run_eagerly=e), True)
        for name, make in optimizers.items()
        if name in wanted
    ]
    if whole and not chosen:
        weights_alone()
        refused()
    source = f"Keras {keras.__version__}, float32"
    write(f"old_models_{VERSION}.json", [each for each in kept if each["name"] not in chosen] + cases, source)
