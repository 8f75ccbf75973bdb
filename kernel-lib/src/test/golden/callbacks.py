"""What Keras's callbacks decide about runs of fit whose figures are given, without a network."""

from typing import Any, Iterator

import keras
import numpy as np

from tensors import generator

Case = dict[str, Any]

RUNS = 120
EPOCHS = 24


class Run:
    """As much of a model as a callback looks at: its weights are the number of the last epoch."""

    def __init__(self, learning_rate: float):
        self.optimizer = keras.optimizers.SGD(learning_rate)
        self.metrics: list[Any] = []
        self.stop_training = False
        self.weights = 0

    def get_weights(self) -> int:
        return self.weights

    def set_weights(self, weights: int) -> None:
        self.weights = weights


def figures(rng: np.random.Generator) -> list[float]:
    """A figure that falls or rises at first and then wanders, on a grid coarse enough for ties."""
    steps = rng.normal(0.0, 1.0, EPOCHS) * 0.5 + np.linspace(-1.5, 0.6, EPOCHS) * rng.choice([-1, 1])
    return [float(v) for v in np.round(np.cumsum(steps) * 4) / 16]


def early_stopping(index: int) -> Case:
    rng = generator(f"early stopping {index}")
    settings: Case = {"patience": int(rng.integers(0, 12)), "mode": str(rng.choice(["min", "max"]))}
    values = figures(rng)
    if rng.random() < 0.4:
        settings["min_delta"] = float(rng.choice([0.0625, 0.125, 0.5]))
    if rng.random() < 0.3:
        settings["baseline"] = float(rng.choice(values))
    if rng.random() < 0.3:
        settings["start_from_epoch"] = int(rng.integers(1, 8))
    run = Run(0.5)
    callback = keras.callbacks.EarlyStopping(restore_best_weights=True, **settings)
    callback.set_model(run)
    callback.on_train_begin()
    epochs = 0
    for value in values:
        run.weights = epochs + 1
        callback.on_epoch_end(epochs, {"val_loss": value})
        epochs += 1
        if run.stop_training:
            break
    callback.on_train_end()
    return {
        "name": f"early stopping {index}",
        "callback": "earlyStopping",
        "settings": settings,
        "figures": values,
        "epochs": epochs,
        "stopped": run.stop_training,
        "weights": run.weights,
    }


def reduce_lr_on_plateau(index: int) -> Case:
    rng = generator(f"plateau {index}")
    settings: Case = {"patience": int(rng.integers(0, 5)), "mode": str(rng.choice(["min", "max"]))}
    values = figures(rng)
    if rng.random() < 0.7:
        settings["factor"] = float(rng.choice([0.5, 0.25, 0.75]))
    if rng.random() < 0.4:
        settings["min_delta"] = float(rng.choice([0.0, 0.0625, 0.125, 0.5]))
    if rng.random() < 0.4:
        settings["cooldown"] = int(rng.integers(1, 5))
    if rng.random() < 0.4:
        settings["min_lr"] = float(rng.choice([0.25, 0.1, 0.01]))
    run = Run(0.5)
    callback = keras.callbacks.ReduceLROnPlateau(**settings)
    callback.set_model(run)
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(values):
        callback.on_epoch_end(epoch, {"val_loss": value})
        rates.append(float(keras.ops.convert_to_numpy(run.optimizer.learning_rate)))
    return {
        "name": f"plateau {index}",
        "callback": "reduceLrOnPlateau",
        "settings": settings,
        "figures": values,
        "rates": rates,
    }


def cases() -> Iterator[Case]:
    for index in range(RUNS):
        yield early_stopping(index)
    for index in range(RUNS):
        yield reduce_lr_on_plateau(index)


FILES = {"callbacks": cases}
