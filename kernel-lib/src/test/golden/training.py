"""Small networks through their first training steps."""

from typing import Any

import keras
import numpy as np

from layers import fill, kind_of
from optimizers import OPTIMIZERS
from tensors import generator, grid, short, stored

Case = dict[str, Any]

RULES: list[tuple[str, Case]] = [
    ("sgd", {"learning_rate": 0.03125}),
    ("sgd", {"learning_rate": 0.03125, "momentum": 0.9}),
    ("sgd", {"learning_rate": 0.03125, "momentum": 0.9, "nesterov": True}),
    ("adam", {"learning_rate": 0.01}),
    ("sgd", {"learning_rate": 0.03125, "clipnorm": 0.125}),
    ("sgd", {"learning_rate": 0.03125, "global_clipnorm": 0.25}),
    ("adamw", {"learning_rate": 0.01, "weight_decay": 0.125}),
]

LOSSES = {
    "mse": keras.losses.MeanSquaredError,
    "binary_crossentropy": keras.losses.BinaryCrossentropy,
    "categorical_crossentropy": keras.losses.CategoricalCrossentropy,
    "sparse_categorical_crossentropy": keras.losses.SparseCategoricalCrossentropy,
}

def layer(kind: str, **settings: Any) -> Case:
    return {"layer": kind, "settings": settings}


NETWORKS: list[Case] = [
    {
        "name": "convolutional classifier, softmax",
        "input": [8, 8, 1],
        "network": [
            layer("conv2d", filters=4, kernel_size=3, activation="relu"),
            layer("max_pooling2d", pool_size=2),
            layer("conv2d", filters=6, kernel_size=2, activation="relu"),
            layer("flatten"),
            layer("dense", units=8, activation="relu"),
            layer("dense", units=3, activation="softmax"),
        ],
        "loss": "sparse_categorical_crossentropy",
        "classes": 3,
    },
    {
        "name": "batch normalization and average pooling, sigmoid",
        "input": [7, 6, 2],
        "network": [
            layer("conv2d", filters=5, kernel_size=3, strides=2, padding="same", use_bias=False),
            layer("batch_normalization", momentum=0.9),
            layer("activation", activation="relu"),
            layer("average_pooling2d", pool_size=2),
            layer("conv2d", filters=3, kernel_size=1, activation="tanh"),
            layer("global_average_pooling2d"),
            layer("dense", units=1, activation="sigmoid"),
        ],
        "loss": "binary_crossentropy",
        "classes": 2,
    },
    {
        "name": "dense classifier, softmax over one-hot labels",
        "input": [10],
        "network": [
            layer("dense", units=16, activation="relu"),
            layer("dense", units=8, activation="relu"),
            layer("dense", units=3, activation="softmax"),
        ],
        "loss": "categorical_crossentropy",
        "classes": 3,
    },
    {
        "name": "regression, linear",
        "input": [10],
        "network": [layer("dense", units=8, activation="tanh"), layer("dense", units=1)],
        "loss": "mse",
        "classes": 0,
    },
]


def build(case: Case) -> keras.Sequential:
    """The network, each layer named as Keras names it in a fresh process: dense, dense_1, …"""
    seen: dict[str, int] = {}
    made = [keras.Input(tuple(case["input"]))]
    for item in case["network"]:
        kind = item["layer"]
        name = kind if kind not in seen else f"{kind}_{seen[kind]}"
        seen[kind] = seen.get(kind, 0) + 1
        made.append(kind_of(kind)(name=name, **item["settings"]))
    return keras.Sequential(made)


def named(model: keras.Sequential) -> dict[str, keras.Variable]:
    """Every weight by `layer/weight`."""
    return {f"{part.name}/{w.name}": w for part in model.layers for w in part.weights}


def batches(case: Case) -> list[tuple[np.ndarray, np.ndarray]]:
    """Three batches, the last of them partial."""
    rng = generator(case["name"] + " data")
    made = []
    for n in (4, 4, 3):
        x = grid(rng, (n, *case["input"]))
        labels = rng.integers(0, max(case["classes"], 1), n)
        if case["loss"] == "mse":
            y = grid(rng, (n, 1))
        elif case["loss"] == "categorical_crossentropy":
            y = np.eye(case["classes"])[labels]
        elif case["loss"] == "binary_crossentropy":
            y = labels.astype(float)[:, None]
        else:
            y = labels.astype(float)
        made.append((x, y))
    return made


def train(
    case: Case, start: dict[str, np.ndarray], optimizer: str, settings: Case
) -> tuple[Case, Case]:
    """Three steps from the same start: what the first one saw, and where the weights ended."""
    import torch

    model = build(case)
    weights = named(model)
    for name, value in start.items():
        weights[name].assign(value)
    trainable = {k: v for k, v in weights.items() if v.trainable}
    rule = OPTIMIZERS[optimizer](**settings)
    loss = LOSSES[case["loss"]](dtype="float64")
    losses, first = [], {}
    for x, y in batches(case):
        output = model(torch.tensor(x), training=True)
        value = loss(torch.tensor(y), output)
        gradients = torch.autograd.grad(value, [v.value for v in trainable.values()])
        if not first:
            first = {
                "output": stored(output.detach().numpy()),
                "loss": short(value.item(), 9),
                "gradients": {k: stored(g.numpy()) for k, g in zip(trainable, gradients)},
            }
        rule.apply(list(gradients), list(trainable.values()))
        losses.append(short(value.item(), 9))
    if max(losses) > 8:
        raise ValueError(f"{case['name']}: {losses} comes near where Keras clips probabilities")
    after = {k: stored(v.numpy()) for k, v in weights.items()}
    ended = {"optimizer": optimizer, "settings": settings, "losses": losses, "after": after}
    return first, ended


def network_case(case: Case) -> Case:
    """One network with given weights: its first forward and backward, then three steps of each rule."""
    rng = generator(case["name"])
    start: dict[str, np.ndarray] = {}
    for part in build(case).layers:
        start |= {f"{part.name}/{k}": v for k, v in fill(part, rng, 0.25).items()}
    runs = [train(case, start, optimizer, settings) for optimizer, settings in RULES]
    return {
        "name": case["name"],
        "input": case["input"],
        "network": case["network"],
        "loss": case["loss"],
        "weights": {k: stored(v) for k, v in start.items()},
        "batches": [{"x": stored(x), "y": stored(y)} for x, y in batches(case)],
        "first": runs[0][0],
        "runs": [ended for _, ended in runs],
    }


FILES = {"networks": lambda: [network_case(case) for case in NETWORKS]}
