"""Small networks whose parameters and outputs cost by their size, or are held within limits, through three steps."""

from typing import Any

import keras

from layers import fill
from tensors import generator, short, stored
from training import LOSSES, OPTIMIZERS, Case, batches, build, layer, named

REGULARIZERS = ("kernel_regularizer", "bias_regularizer", "activity_regularizer")
CONSTRAINTS = {
    "max_norm": lambda most, axis: keras.constraints.MaxNorm(most, axis=axis),
    "min_max_norm": lambda of, axis: keras.constraints.MinMaxNorm(*of, axis=axis),
    "non_negative": lambda _, axis: keras.constraints.NonNeg(),
    "unit_norm": lambda _, axis: keras.constraints.UnitNorm(axis=axis),
}


def dense(**more: Any) -> list[Case]:
    return [layer("dense", units=6, activation="tanh", **more), layer("dense", units=1)]


def images(**more: Any) -> list[Case]:
    return [
        layer("conv2d", filters=5, kernel_size=3, activation="relu", **more),
        layer("flatten"),
        layer("dense", units=3, activation="softmax"),
    ]


NETWORKS: dict[str, tuple[list[int], list[Case], str, int]] = {}


def network(name: str, inputs: list[int], layers: list[Case], loss: str, classes: int = 0) -> None:
    NETWORKS[name] = (inputs, layers, loss, classes)


network("kernel l1", [4], dense(kernel_regularizer={"l1": 0.03}), "mse")
network("kernel l2", [4], dense(kernel_regularizer={"l2": 0.05}), "mse")
network("kernel l1l2", [4], dense(kernel_regularizer={"l1": 0.02, "l2": 0.04}), "mse")
network("kernel orthogonal rows", [4], dense(kernel_regularizer={"factor": 0.3, "mode": "rows"}), "mse")
network("kernel orthogonal columns", [4], dense(kernel_regularizer={"factor": 0.2, "mode": "columns"}), "mse")
network("bias l2", [4], dense(bias_regularizer={"l2": 0.1}), "mse")
network("activity l1", [4], dense(activity_regularizer={"l1": 0.05}), "mse")
network("activity l2", [4], dense(activity_regularizer={"l2": 0.07}), "mse")
network(
    "everything on images",
    [5, 6, 2],
    images(
        kernel_regularizer={"l2": 0.02},
        bias_regularizer={"l1": 0.03},
        activity_regularizer={"l1": 0.01, "l2": 0.02},
    ),
    "sparse_categorical_crossentropy",
    3,
)
network(
    "activity of the last layer, softmax",
    [4],
    [layer("dense", units=3, activation="softmax", activity_regularizer={"l2": 0.2})],
    "categorical_crossentropy",
    3,
)
network("max norm", [4], dense(kernel_constraint={"max_norm": 0.25}), "mse")
network("max norm of a bias", [4], dense(bias_constraint={"max_norm": 0.2}), "mse")
network("non negative", [4], dense(kernel_constraint={"non_negative": True}), "mse")
network("unit norm", [4], dense(kernel_constraint={"unit_norm": True}), "mse")
network("min max norm", [4], dense(kernel_constraint={"min_max_norm": [0.6, 0.9, 0.75]}), "mse")
network(
    "max norm on images",
    [5, 6, 2],
    images(kernel_constraint={"max_norm": 0.8}),
    "sparse_categorical_crossentropy",
    3,
)


def made(item: Case) -> Case:
    """The layer with Keras's objects in place of their descriptions."""
    settings = dict(item["settings"])
    for name in REGULARIZERS:
        if name in settings:
            factors = settings[name]
            settings[name] = (
                keras.regularizers.OrthogonalRegularizer(**factors)
                if "factor" in factors
                else keras.regularizers.L1L2(**{"l1": 0.0, "l2": 0.0} | factors)
            )
    axes = {"kernel_constraint": [0, 1, 2] if item["layer"] == "conv2d" else 0, "bias_constraint": 0}
    for name, axis in axes.items():
        if name in settings:
            ((kind, value),) = settings[name].items()
            settings[name] = CONSTRAINTS[kind](value, axis)
    return {"layer": item["layer"], "settings": settings}


def trained(case: Case, optimizer: str, settings: Case) -> Case:
    """Three steps: the losses with all costs before each, the last batch's loss in the end, the weights."""
    import torch

    model = build(case | {"network": [made(item) for item in case["network"]]})
    weights = named(model)
    for name, value in case["start"].items():
        weights[name].assign(value)
    trainable = {k: v for k, v in weights.items() if v.trainable}
    rule = OPTIMIZERS[optimizer](**settings)
    loss = LOSSES[case["loss"]](dtype="float64")
    losses = []
    for x, y in batches(case):
        value = loss(torch.tensor(y), model(torch.tensor(x), training=True)) + sum(model.losses)
        rule.apply(list(torch.autograd.grad(value, [v.value for v in trainable.values()])), list(trainable.values()))
        losses.append(short(value.item(), 9))
    x, y = batches(case)[-1]
    ended = loss(torch.tensor(y), model(torch.tensor(x), training=False)) + sum(model.losses)
    return {
        "optimizer": optimizer,
        "settings": settings,
        "losses": losses,
        "ended": short(ended.item(), 9),
        "after": {k: stored(v.numpy()) for k, v in weights.items()},
    }


def network_case(name: str) -> Case:
    inputs, layers, loss, classes = NETWORKS[name]
    case = {"name": name, "input": inputs, "network": layers, "loss": loss, "classes": classes}
    rng = generator(name)
    case["start"] = {}
    for part in build(case | {"network": [made(item) for item in layers]}).layers:
        case["start"] |= {f"{part.name}/{k}": v for k, v in fill(part, rng, 0.25).items()}
    runs = [
        trained(case, "sgd", {"learning_rate": 0.125}),
        trained(case, "adam", {"learning_rate": 0.0625}),
    ]
    return {
        "name": name,
        "input": inputs,
        "network": layers,
        "loss": loss,
        "weights": {k: stored(v) for k, v in case["start"].items()},
        "batches": [{"x": stored(x), "y": stored(y)} for x, y in batches(case)],
        "runs": runs,
    }


FILES = {"regularizers": lambda: [network_case(name) for name in NETWORKS]}
