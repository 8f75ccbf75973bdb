"""Writes models that Keras saved, and how they predict and train on, for the Java tests to load.

    python saved_models.py            writes ../resources/golden/keras/*.keras and saved_models.json
    python saved_models.py signal     writes these models alone

Everything is in float32, which is what Lossbook computes in, so this does not run with golden.py.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from typing import Any  # noqa: E402

import keras  # noqa: E402
import numpy as np  # noqa: E402

from tensors import RESOURCES, generator, grid, read, stored, write  # noqa: E402

L = keras.layers
BATCHES = 5
MORE = 3


def cnn() -> keras.Model:
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            L.Conv2D(3, 3, padding="same", strides=2, activation="relu"),
            L.BatchNormalization(momentum=0.9),
            L.MaxPooling2D(2, padding="same"),
            L.Conv2D(4, 2, use_bias=False),
            L.Activation("silu"),
            L.AveragePooling2D(1),
            L.Dropout(0.0),
            L.Flatten(),
            L.Dense(5, activation=L.LeakyReLU(negative_slope=0.3)),
            L.LeakyReLU(negative_slope=0.1),
            L.Dense(3, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def pooled() -> keras.Model:
    model = keras.Sequential(
        [
            keras.Input((36,)),
            L.Reshape((6, 6, 1)),
            L.Conv2D(4, (2, 3), dilation_rate=(2, 1), groups=1, activation="gelu"),
            L.GlobalAveragePooling2D(),
            L.Dense(4, activation="elu"),
            L.ReLU(),
            L.Dense(3),
        ]
    )
    model.compile(
        keras.optimizers.RMSprop(0.01, momentum=0.5, centered=True),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.SparseTopKCategoricalAccuracy(k=2, name="nearly")],
    )
    return model


def regression(optimizer: Any, loss: Any) -> keras.Model:
    model = keras.Sequential(
        [
            keras.Input((5,), name="measurements"),
            L.Dense(4, activation="tanh", kernel_regularizer=keras.regularizers.L2(0.01)),
            L.Dense(3, activation="softplus", kernel_constraint=keras.constraints.MaxNorm(1.5)),
            L.Dense(1, name="out"),
        ],
        name="regression",
    )
    if optimizer is not None:
        model.compile(optimizer, loss, metrics=["mae"] if loss == "mse" else None)
    return model


def functional() -> keras.Model:
    """Two inputs, a shared layer, models within, frozen weights; layers not in the order of their making."""
    a = keras.Input((3,), name="a")
    b = keras.Input((3,), name="b")
    shared = L.Dense(3, activation="tanh", name="shared")
    late = L.Dense(2, name="late")
    inner = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="relu"), L.Dense(2)], name="inner")
    u, v = keras.Input((2,)), keras.Input((2,))
    twin = keras.Model([u, v], L.Dense(2, name="deep")(L.Multiply()([u, v])), name="twin")
    total = L.Add()([shared(a), shared(b)])
    frozen = L.Dense(2, trainable=False, name="frozen")
    one, two = frozen(inner(total)), late(total)
    joined = L.Concatenate()([L.Subtract()([one, two]), L.Maximum()([one, two]), twin([one, two])])
    model = keras.Model([a, b], L.Dense(1, name="out")(L.Average()([joined, L.Dense(6)(b)])))
    model.compile(keras.optimizers.Adam(0.01), "mse", metrics=["mae"])
    return model


def called() -> keras.Model:
    """What is called with training, which fit and predict overwrite; none drops anything, to be compared."""
    x = keras.Input((5,))
    y = L.Dropout(0.0)(x)
    y = L.GaussianNoise(0.0)(y, training=True)
    y = L.BatchNormalization(momentum=0.8, name="kept")(y, training=False)
    last = L.BatchNormalization(momentum=0.8)
    inner = keras.Sequential([keras.Input((5,)), L.Dense(4, activation="tanh"), last], name="inner")
    y = L.Concatenate()(inputs=[inner(y, training=False), inner(x)])
    model = keras.Model(x, L.Dense(1, name="out")(inputs=y))
    model.compile("sgd", "mse")
    return model


def noisy() -> keras.Model:
    """Every layer that is at work in training alone, as most functional models have one."""
    x = keras.Input((4, 4, 3))
    y = L.SpatialDropout2D(0.3)(x)
    y = L.GaussianDropout(0.4)(L.GaussianNoise(0.5)(y))
    y = L.Dropout(0.5, seed=3)(L.Flatten()(y), training=True)
    model = keras.Model(x, L.Dense(2)(L.Dropout(0.2)(y, training=None)))
    return model


def images() -> keras.Model:
    """Settings said in full, or otherwise than Keras's defaults, that mean the same."""
    x = keras.Input((6, 6, 2), batch_size=4)
    y = L.BatchNormalization(axis=3)(x)
    y = L.Conv2D(3, (3, 3), [1, 1], "SAME", "channels_last", (1, 1), 1, L.Softmax(axis=3), kernel_initializer="he_normal")(y)
    y = L.MaxPooling2D((2, 2), None, "valid", "channels_last")(L.Softmax(axis=[3])(y))
    y = L.AveragePooling2D(2, 1, data_format="channels_last")(L.Dropout(0.3, noise_shape=None)(y))
    y = L.Conv2D(2, 1, dilation_rate=2, activation=L.ReLU(None, 0.3, 0.0), kernel_regularizer="l2")(y)
    y = L.SpatialDropout2D(0.2, "channels_last")(L.Activation(keras.activations.relu)(L.BatchNormalization()(y)))
    both = [L.GlobalAveragePooling2D(keepdims=True)(y), L.GlobalMaxPooling2D("channels_last", True)(y)]
    y = L.Conv2D(3, 1, activation=L.LeakyReLU(0.1))(L.Concatenate(axis=3)(both))
    return keras.Model(x, L.Flatten("channels_last")(L.Reshape((-1, 3))(y)))


def rows() -> keras.Model:
    x = keras.Input((4,))
    y = L.Softmax(axis=1)(L.BatchNormalization(axis=1)(x))
    a = L.Dense(3, L.Softmax(axis=1), kernel_regularizer="L1L2", bias_constraint=keras.constraints.NonNeg())(y)
    b = L.Dense(3, L.ELU(0.5), kernel_constraint=keras.constraints.MaxNorm(2, axis=0))(L.Reshape((4,))(y))
    dots = [L.Dot(axes)([a, b]) for axes in (1, -1, (1, 1), [1, -1])] + [L.Dot(-1, normalize=True)([a, b])]
    joined = L.Concatenate(axis=1)([*dots, L.Activation(L.LeakyReLU())(a), L.Activation("linear")(b)])
    return keras.Model(x, L.Dense(2, "swish")(joined))


def signal() -> keras.Model:
    """What slides a window along a sequence."""
    x = keras.Input((17, 3))
    y = L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu")(x)
    y = L.MaxPooling1D(2, padding="same")(L.DepthwiseConv1D(3, depth_multiplier=2)(y))
    y = L.SeparableConv1D(3, 2, padding="same", activation="tanh")(y)
    y = L.Conv1DTranspose(2, 3, strides=2, padding="same")(L.AveragePooling1D(3, 2)(y))
    both = [L.GlobalAveragePooling1D()(y), L.GlobalMaxPooling1D()(L.Conv1D(2, 2, 3, groups=2)(y))]
    narrow = [L.Flatten()(L.AdaptiveAveragePooling1D(3)(y)), L.Flatten()(L.AdaptiveMaxPooling1D(5)(y))]
    model = keras.Model(x, L.Dense(1)(L.Concatenate()(both + narrow)))
    model.compile(keras.optimizers.SGD(0.01), "mse")
    return model


def enlarged() -> keras.Model:
    """What MobileNets and autoencoders of images consist of."""
    x = keras.Input((9, 8, 2))
    y = L.DepthwiseConv2D((3, 2), 2, "same", 2, depthwise_regularizer=keras.regularizers.L2(0.01))(x)
    y = L.ReLU()(L.BatchNormalization(momentum=0.9)(y))
    limit = keras.constraints.MaxNorm(1.5, axis=[0, 1, 2])
    y = L.SeparableConv2D(3, 2, pointwise_constraint=limit, depthwise_regularizer="l2", activation="relu")(y)
    y = L.Conv2DTranspose(4, 3, strides=2, padding="same", output_padding=1, activation="relu")(y)
    y = L.BatchNormalization()(L.Conv2DTranspose(2, (2, 3), strides=(3, 2), use_bias=False)(y))
    sizes = [L.AdaptiveAveragePooling2D((3, 2))(y), L.AdaptiveMaxPooling2D((3, 2))(y)]
    model = keras.Model(x, L.Dense(1)(L.Flatten()(L.Concatenate()(sizes))))
    model.compile(keras.optimizers.SGD(0.01), "mse")
    return model


def volume() -> keras.Model:
    x = keras.Input((5, 6, 7, 2))
    y = L.MaxPooling3D(2, padding="same")(L.Conv3D(4, (2, 3, 3), activation="relu")(x))
    y = L.Conv3DTranspose(3, 3, strides=2, padding="same", activation="tanh")(y)
    y = L.Conv3D(2, 2, strides=(1, 2, 1), groups=1, padding="same")(y)
    both = [L.GlobalAveragePooling3D()(y), L.GlobalMaxPooling3D()(L.AveragePooling3D((2, 1, 2), 1)(y))]
    narrow = [L.Flatten()(L.AdaptiveAveragePooling3D(2)(y)), L.Flatten()(L.AdaptiveMaxPooling3D((3, 1, 2))(y))]
    model = keras.Model(x, L.Dense(1)(L.Concatenate()(both + narrow)))
    model.compile(keras.optimizers.SGD(0.0005), "mse")
    return model


def prepared() -> keras.Model:
    """Layers that prepare and normalize, some of which measured data."""
    rng = generator("prepared data")
    x = keras.Input((6, 7, 3))
    measured = L.Normalization()
    y = measured(L.Rescaling(np.array([0.5, 1.0, 2.0]), offset=[0.5, 0.25, 0.125])(L.Rescaling(0.5)(x)))
    measured.adapt(grid(rng, (5, 6, 7, 3)))
    y = L.Normalization(mean=[0.125, 0.25, 0.5], variance=np.array([1.0, 4.0, 0.25]))(y)
    y = L.Normalization(axis=None)(L.Normalization(axis=(1, 3), mean=1.0, variance=2.0)(y))
    y = L.SpectralNormalization(L.Conv2D(4, 3, padding="same", activation="tanh", name="within"), name="outside")(y)
    y = L.CenterCrop(6, 4)(L.Resizing(8, 5, crop_to_aspect_ratio=True)(y))
    y = L.GroupNormalization(2)(L.LayerNormalization(gamma_constraint=keras.constraints.MaxNorm(2))(y))
    y = L.RMSNormalization()(L.GroupNormalization(-1, axis=2)(y))
    y = L.BatchNormalization(axis=1)(L.UnitNormalization(axis=[1, 3])(y))
    z = L.Flatten()(L.BatchNormalization(axis=2, gamma_regularizer="l2", beta_constraint="non_neg")(y))
    bins = L.Discretization(num_bins=4)
    bins.update_state(grid(rng, (50,)))
    bins.finalize_state()
    counts = L.CategoryEncoding(4, "count")(L.Discretization([-0.5, 0.0, 0.5])(z))
    joined = L.Concatenate()([z, counts, L.Rescaling(0.25)(bins(z))])
    model = keras.Model(x, L.SpectralNormalization(L.Dense(3), power_iterations=2)(joined))
    model.compile(keras.optimizers.SGD(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def attentive() -> keras.Model:
    """Attention of several heads, of a sequence to itself and to another, some of it called with settings."""
    x, other = keras.Input((5, 6)), keras.Input((5, 3))
    y = L.MultiHeadAttention(2, 3, dropout=0.0)(x, x, use_causal_mask=True)
    y = L.LayerNormalization()(L.Add()([x, y]))
    across = L.MultiHeadAttention(3, 2, value_dim=4, use_bias=False, kernel_regularizer="l2", bias_constraint="non_neg")
    z, scores = across(query=y, value=other, return_attention_scores=True)
    grouped = L.GroupQueryAttention(2, 4, 2)(z, value=x, key=x)
    joined = [L.Flatten()(each) for each in (z, scores, grouped)]
    model = keras.Model([x, other], L.Dense(1)(L.Concatenate()(joined)))
    model.compile(keras.optimizers.SGD(0.0005, momentum=0.5), "mse")
    return model


O = keras.optimizers
HUBER = keras.losses.Huber()  # Keras 3.15 writes no delta into its files
def pairs() -> keras.Model:
    """Attention with a mask among its inputs, alone and beside causality."""
    x = keras.Input((4, 6), name="x")
    other = keras.Input((5, 6), name="other")
    mask = keras.Input((4, 5), name="seen")
    own = keras.Input((4, 4), name="own")
    seen, some = L.ReLU()(mask), L.ReLU()(own)  # half of the pairs
    y = L.MultiHeadAttention(2, 3, name="cross")(x, other, attention_mask=seen)
    y = L.MultiHeadAttention(2, 3, name="self")(y, y, y, attention_mask=own, use_causal_mask=True)
    y = L.GroupQueryAttention(3, 4, 2, name="grouped")(y, value=y, attention_mask=some)
    return keras.Model([x, other, mask, own], L.Dense(2, name="end")(L.GlobalAveragePooling1D(name="mean")(y)))


def recurrent() -> keras.Model:
    """Recurrent layers within others, of cells, and with settings."""
    steps = L.LSTM(3, return_sequences=True, kernel_regularizer="l2", recurrent_constraint=keras.constraints.MaxNorm(1.5))
    own = L.GRU(2, go_backwards=True, return_sequences=True, reset_after=False, name="own")
    model = keras.Sequential(
        [
            keras.Input((5, 3)),
            L.Bidirectional(steps, merge_mode="sum"),
            L.TimeDistributed(L.Dense(4, activation="tanh")),
            L.Bidirectional(L.SimpleRNN(2, return_sequences=True), backward_layer=own),
            L.RNN([L.LSTMCell(3), L.GRUCell(2), L.LSTMCell(2)], return_sequences=True),
            L.GRU(3, activation="softsign", recurrent_activation="hard_sigmoid", use_bias=False),
            L.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model


def translation() -> keras.Model:
    """An encoder whose states a decoder begins with, and a cell for one step."""
    x, z = keras.Input((5, 2)), keras.Input((4, 2))
    _, h, c = L.LSTM(3, return_state=True)(x)
    y = L.LSTM(3, return_sequences=True, name="decoder")(z, initial_state=[h, c])
    y, *states = L.Bidirectional(L.GRU(3, return_state=True), name="both")(y, initial_state=[h, c])
    one, _ = L.GRUCell(3, name="one")(L.Reshape((2,))(L.Cropping1D((0, 3))(z)), [states[1]])
    model = keras.Model([x, z], L.Dense(1)(L.Concatenate()([y, *states, one])))
    model.compile("rmsprop", "mse")
    return model


MODELS: dict[str, Any] = {
    "cnn": cnn,
    "pooled": pooled,
    "functional": functional,
    "called": called,
    "noisy": noisy,
    "images": images,
    "rows": rows,
    "signal": signal,
    "enlarged": enlarged,
    "volume": volume,
    "prepared": prepared,
    "attentive": attentive,
    "pairs": pairs,
    "recurrent": recurrent,
    "translation": translation,
    "uncompiled": lambda: regression(None, None),
    "sgd": lambda: regression(O.SGD(0.05, momentum=0.9, nesterov=True), "mse"),
    "plain_sgd": lambda: regression(O.SGD(0.05, clipnorm=0.5), HUBER),
    "amsgrad": lambda: regression(O.Adam(0.01, amsgrad=True, global_clipnorm=1.0), HUBER),
    "adamw": lambda: regression(O.AdamW(0.01, weight_decay=0.1), "mse"),
    "nadam": lambda: regression(O.Nadam(0.01), HUBER),
    "adamax": lambda: regression(O.Adamax(0.01), "log_cosh"),
    "adagrad": lambda: regression(O.Adagrad(0.05), "mse"),
    "adadelta": lambda: regression(O.Adadelta(0.5), "mse"),
    "lion": lambda: regression(O.Lion(0.003), "mse"),
    "ftrl": lambda: regression(O.Ftrl(0.05, l1_regularization_strength=0.01), "mse"),
    "lamb": lambda: regression(O.Lamb(0.01), HUBER),
    "adafactor": lambda: regression(O.Adafactor(0.05), "mse"),
    "muon": lambda: regression(O.Muon(0.01, exclude_layers=["out"]), "mse"),
    "averaged": lambda: regression(O.Adam(0.01, use_ema=True, ema_momentum=0.75, ema_overwrite_frequency=2), "mse"),
    "accumulated": lambda: regression(
        O.RMSprop(0.01, momentum=0.5, use_ema=True, gradient_accumulation_steps=3, global_clipnorm=1.0), HUBER
    ),
    "scheduled": lambda: regression(
        O.Adam(O.schedules.ExponentialDecay(0.02, 4, 0.5)), keras.losses.MeanSquaredError("sum")
    ),
}


def batch(name: str, model: keras.Model) -> tuple[list[np.ndarray], np.ndarray]:
    rng = generator(name)
    x = [grid(rng, (4, *given.shape[1:])).astype("float32") for given in model.inputs]
    classes = model.output_shape[-1]
    y = rng.integers(0, classes, (4, 1)) if classes > 1 else grid(rng, (4, 1))
    return x, y.astype("float32")


def named(model: keras.Model, weight: keras.Variable) -> str:
    """As Lossbook names it: the layer, or the model within and its layer, and the weight."""
    for layer in model.layers:
        if isinstance(layer, keras.Model) and any(weight is each for each in layer.weights):
            return f"{layer.name}/{named(layer, weight)}"
        if any(weight is each for each in layer.weights):
            is_attention = isinstance(layer, (L.MultiHeadAttention, L.GroupQueryAttention))
            names = weight.path.split("/")[-2:] if is_attention else within(layer, weight)
            return "/".join([layer.name, *names])
    raise ValueError(weight.path)


def within(layer: keras.Layer, weight: keras.Variable) -> list[str]:
    """A weight's name in its layer, after those of the layers within that are several."""

    def has(other: keras.Layer) -> bool:
        return any(weight is each for each in other.weights)

    if isinstance(layer, L.Bidirectional):
        group = "forward_layer" if has(layer.forward_layer) else "backward_layer"
        return [group, *within(getattr(layer, group), weight)]
    if isinstance(layer, L.StackedRNNCells):
        index = next(i for i, cell in enumerate(layer.cells) if has(cell))
        kinds = [keras.src.utils.naming.to_snake_case(type(cell).__name__) for cell in layer.cells]
        count = kinds[:index].count(kinds[index])
        return [kinds[index] + (f"_{count}" if count else ""), weight.name]
    if isinstance(layer, L.TimeDistributed):
        return within(layer.layer, weight)
    return within(layer.cell, weight) if isinstance(layer, L.RNN) else [weight.name]


def case(name: str) -> dict[str, Any]:
    keras.utils.clear_session()
    keras.utils.set_random_seed(1)
    model = MODELS[name]()
    rng = generator(name)
    for weight in model.weights:
        if not any(kept in weight.path for kept in ("moving", "mean", "variance", "count")):
            weight.assign(grid(rng, tuple(weight.shape), 0.5))
    if model.compiled:
        for i in range(BATCHES):
            model.train_on_batch(*batch(f"{name} {i}", model))
    model.save(RESOURCES / "keras" / f"{name}.keras")
    x, _ = batch(f"{name} x", model)
    found: dict[str, Any] = {
        "name": name,
        "x": [stored(each) for each in x],
        "y": stored(keras.ops.convert_to_numpy(model(x if len(x) > 1 else x[0], training=False))),
    }
    if model.compiled:
        more = [batch(f"{name} more {i}", model) for i in range(MORE)]
        found["batches"] = [{"x": [stored(each) for each in x], "y": stored(y)} for x, y in more]
        for x, y in more:
            model.train_on_batch(x, y)
        found["after"] = {
            named(model, weight): stored(keras.ops.convert_to_numpy(weight))
            for weight in model.weights
        }
    return found


if __name__ == "__main__":
    (RESOURCES / "keras").mkdir(exist_ok=True)
    source = f"Keras {keras.__version__} on {keras.config.backend()}, float32"
    chosen = sys.argv[1:]
    kept = {one["name"]: one for one in read("saved_models.json")} if chosen else {}
    cases = [case(name) if name in (chosen or MODELS) else kept[name] for name in MODELS]
    write("saved_models.json", cases, source)
