"""What Keras's `fit` and `evaluate` come to with their further arguments: weights, steps, epochs, averages."""

from typing import Any, Iterator

import keras
import numpy as np

from optimizers import made
from tensors import generator, grid, stored

Case = dict[str, Any]

SAMPLES = 22
HELD_OUT = 7

FITS: list[tuple[str, list[Case]]] = [
    ("plain", [{"epochs": 3, "batch_size": 6}]),
    ("sample weights", [{"epochs": 3, "batch_size": 6, "sample_weight": True}]),
    ("class weights", [{"epochs": 2, "batch_size": 6, "class_weight": {"0": 1.0, "1": 2.5}}]),
    ("validation", [{"epochs": 3, "batch_size": 6, "validation": "plain"}]),
    ("validation weights", [{"epochs": 3, "batch_size": 6, "validation": "weighted"}]),
    (
        "all weights",
        [{"epochs": 3, "batch_size": 6, "sample_weight": True, "validation": "weighted"}],
    ),
    ("validation every other epoch", [{"epochs": 5, "batch_size": 6, "validation": "plain", "validation_freq": 2}]),
    (
        "validation every third epoch from the second on",
        [{"epochs": 7, "batch_size": 6, "validation": "plain", "validation_freq": 3, "initial_epoch": 1}],
    ),
    ("later epochs", [{"epochs": 5, "batch_size": 6, "initial_epoch": 3}]),
    ("no epoch left", [{"epochs": 2, "batch_size": 6, "initial_epoch": 2}]),
    ("one step an epoch", [{"epochs": 6, "batch_size": 6, "steps_per_epoch": 1}]),
    ("steps that divide the batches", [{"epochs": 4, "batch_size": 6, "steps_per_epoch": 2}]),
    ("steps that do not divide the batches", [{"epochs": 5, "batch_size": 6, "steps_per_epoch": 3}]),
    ("as many steps as batches", [{"epochs": 2, "batch_size": 6, "steps_per_epoch": 4}]),
    ("more steps than batches", [{"epochs": 3, "batch_size": 6, "steps_per_epoch": 9}]),
    (
        "each fit begins the data anew",
        [
            {"epochs": 3, "batch_size": 6, "steps_per_epoch": 1},
            {"epochs": 2, "batch_size": 6, "steps_per_epoch": 3},
        ],
    ),
]
"""Fits one after the other on one model, each with its arguments."""

TWICE = [{"epochs": 2, "batch_size": 6, "validation": "plain"}, {"epochs": 1, "batch_size": 6}]

OPTIMIZERS: list[tuple[str, str, Case, list[Case]]] = [
    ("an average of the weights", "adam", {"learning_rate": 0.1, "use_ema": True, "ema_momentum": 0.75}, TWICE),
    (
        "an average that takes the weights' place",
        "sgd",
        {"learning_rate": 0.25, "momentum": 0.5, "use_ema": True, "ema_momentum": 0.5, "ema_overwrite_frequency": 3},
        TWICE,
    ),
    ("gradients that accumulate", "adam", {"learning_rate": 0.1, "gradient_accumulation_steps": 3}, TWICE),
    (
        "an average of weights whose gradients accumulate",
        "rmsprop",
        {
            "learning_rate": 0.1,
            "clipnorm": 0.25,
            "gradient_accumulation_steps": 2,
            "use_ema": True,
            "ema_momentum": 0.75,
        },
        TWICE,
    ),
]


def numbers(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Samples, yes or no, and weights, one of which is 0."""
    rng = generator(name)
    count = SAMPLES if name == "train" else HELD_OUT
    x = grid(rng, (count, 2))
    y = (x.sum(axis=1, keepdims=True) + grid(rng, (count, 1), 0.75) > 0).astype(float)
    weights = np.abs(grid(rng, (count,), 1.5))
    weights[2] = 0
    return x, y, weights


def model(optimizer: str, settings: Case, loss: Any = "binary_crossentropy") -> Any:
    """One neuron."""
    net = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid", name="dense")])
    net.set_weights([np.array([[0.5], [-0.25]]), np.array([0.125])])
    net.compile(
        optimizer=made(optimizer, settings),
        loss=loss,
        metrics=["accuracy", "mae"],
        weighted_metrics=["accuracy", "mae", "mse"],
    )
    return net


def arguments(fit: Case) -> Case:
    x, y, weights = numbers("train")
    vx, vy, vweights = numbers("validation")
    kept = {k: v for k, v in fit.items() if k not in ("sample_weight", "validation", "class_weight")}
    if fit.get("sample_weight"):
        kept["sample_weight"] = weights
    if "class_weight" in fit:
        kept["class_weight"] = {int(k): v for k, v in fit["class_weight"].items()}
    if "validation" in fit:
        kept["validation_data"] = (vx, vy, vweights) if fit["validation"] == "weighted" else (vx, vy)
    return kept | {"x": x, "y": y, "shuffle": False, "verbose": 0}


def rounded(history: dict[str, list[float]]) -> dict[str, list[float]]:
    return {name: [float(f"{v:.9g}") for v in values] for name, values in history.items()}


def fit_case(name: str, fits: list[Case], optimizer: str = "sgd", settings: Case | None = None) -> Case:
    settings = {"learning_rate": 0.25} if settings is None else settings
    net = model(optimizer, settings)
    runs = []
    for fit in fits:
        history = net.fit(**arguments(fit))
        runs.append(
            {
                "arguments": fit,
                "epochs": [e + 1 for e in history.epoch],
                "history": rounded(history.history),
                "weights": stored(np.concatenate([w.reshape(-1) for w in net.get_weights()])),
            }
        )
    return {"name": name, "optimizer": optimizer, "settings": settings, "fits": runs}


def evaluations() -> Iterator[Case]:
    """The figures of all samples, by weights and in batches."""
    x, y, weights = numbers("train")
    for loss in ("binary_crossentropy", "dice"):
        for weighted in (False, True):
            for size in (5, 22, 64):
                net = model("sgd", {}, loss)
                figures = net.evaluate(
                    x, y, batch_size=size, verbose=0, return_dict=True,
                    sample_weight=weights if weighted and loss != "dice" else None,
                )  # fmt: skip
                if weighted and loss == "dice":
                    continue
                yield {
                    "name": f"{loss} in batches of {size}{', weighted' if weighted else ''}",
                    "loss": loss,
                    "batch_size": size,
                    "weighted": weighted,
                    "figures": {k: float(f"{v:.9g}") for k, v in figures.items()},
                }


def data_case() -> Case:
    """What all cases train on and are judged by."""
    case: Case = {"name": "data"}
    for name in ("train", "validation"):
        x, y, weights = numbers(name)
        case[name] = {"x": stored(x), "y": stored(y), "weights": stored(weights)}
    return case


def fit_cases() -> Iterator[Case]:
    for name, fits in FITS:
        yield fit_case(name, fits)
    for name, rule, settings, fits in OPTIMIZERS:
        yield fit_case(name, fits, rule, settings)


FILES = {"fit_data": lambda: [data_case()], "fit": fit_cases, "evaluate": evaluations}
