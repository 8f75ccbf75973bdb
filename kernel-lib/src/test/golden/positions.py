"""Networks whose output has several positions, a picture's pixels or a sequence's steps, with a target at each."""

from typing import Any, Callable

import keras
import numpy as np
from keras import layers as L

from tensors import generator, grid, stored

Case = dict[str, Any]

RATE = 0.0625
BATCH = 3
SIZE = (5, 4)  # of an image
CLASSES = 3
STEPS = 20  # of a sequence
IGNORED = 255

# name, Keras's class of the loss, its settings, what ends the network, its activation, the targets, the weights
KINDS: list[tuple[str, str, Case, int, str, str, str]] = [
    ("labels", "SparseCategoricalCrossentropy", {}, CLASSES, "softmax", "labels", ""),
    ("labels with a one", "SparseCategoricalCrossentropy", {}, CLASSES, "softmax", "labels, 1", ""),
    ("labels from logits", "SparseCategoricalCrossentropy", {"from_logits": True}, CLASSES, "linear", "labels", ""),
    ("labels of a sequence", "SparseCategoricalCrossentropy", {}, CLASSES, "softmax", "labels of steps", ""),
    ("labels, weights of samples", "SparseCategoricalCrossentropy", {}, CLASSES, "softmax", "labels", "samples"),
    ("labels, weights of positions", "SparseCategoricalCrossentropy", {}, CLASSES, "softmax", "labels", "positions"),
    ("labels, weights of steps", "SparseCategoricalCrossentropy", {}, CLASSES, "softmax", "labels of steps", "positions"),
    ("labels, weighted mean", "SparseCategoricalCrossentropy", {"reduction": "mean_with_sample_weight"},
     CLASSES, "softmax", "labels", "positions"),
    ("labels, sum", "SparseCategoricalCrossentropy", {"reduction": "sum"}, CLASSES, "softmax", "labels", "positions"),
    ("an ignored label", "SparseCategoricalCrossentropy", {"ignore_class": IGNORED}, CLASSES, "softmax", "ignored", ""),
    ("an ignored label from logits", "SparseCategoricalCrossentropy", {"ignore_class": IGNORED, "from_logits": True},
     CLASSES, "linear", "ignored", ""),
    ("an ignored class", "SparseCategoricalCrossentropy", {"ignore_class": 1}, CLASSES, "softmax", "labels", ""),
    ("an ignored label, weights", "SparseCategoricalCrossentropy", {"ignore_class": IGNORED},
     CLASSES, "softmax", "ignored", "positions"),
    ("an ignored label, weighted mean", "SparseCategoricalCrossentropy",
     {"ignore_class": IGNORED, "reduction": "mean_with_sample_weight"}, CLASSES, "softmax", "ignored", "positions"),
    ("an ignored label, sum", "SparseCategoricalCrossentropy", {"ignore_class": IGNORED, "reduction": "sum"},
     CLASSES, "softmax", "ignored", "positions"),
    ("one-hot", "CategoricalCrossentropy", {}, CLASSES, "softmax", "one-hot", ""),
    ("one-hot, weights of positions", "CategoricalCrossentropy", {}, CLASSES, "softmax", "one-hot", "positions"),
    ("focal", "CategoricalFocalCrossentropy", {}, CLASSES, "softmax", "one-hot", "positions"),
    ("divergence", "KLDivergence", {}, CLASSES, "softmax", "one-hot", ""),
    ("hinge of classes", "CategoricalHinge", {}, CLASSES, "linear", "one-hot", ""),
    ("binary", "BinaryCrossentropy", {}, 1, "sigmoid", "answers, 1", ""),
    ("binary without a one", "BinaryCrossentropy", {}, 1, "sigmoid", "answers", ""),
    ("binary, weights of positions", "BinaryCrossentropy", {}, 1, "sigmoid", "answers, 1", "positions"),
    ("several answers", "BinaryFocalCrossentropy", {}, 2, "sigmoid", "several answers", "positions"),
    ("numbers", "MeanSquaredError", {}, 2, "linear", "numbers", ""),
    ("numbers, weights of positions", "MeanSquaredError", {}, 2, "linear", "numbers", "positions"),
    ("numbers of a sequence", "MeanAbsoluteError", {}, 2, "tanh", "numbers of steps", ""),
    ("directions", "CosineSimilarity", {}, 3, "linear", "directions", "positions"),
    ("dice of all", "Dice", {}, 2, "sigmoid", "several answers", ""),
    ("dice of each image", "Dice", {"axis": [1, 2, 3]}, 2, "sigmoid", "several answers", ""),
    ("dice of each class of each image", "Dice", {"axis": [1, 2]}, 2, "sigmoid", "several answers", ""),
    ("dice of each class", "Dice", {"axis": [0, 1, 2]}, 2, "sigmoid", "several answers", ""),
    ("dice of each position", "Dice", {"axis": -1}, 2, "sigmoid", "several answers", ""),
    ("tversky of each class of each image", "Tversky", {"alpha": 0.75, "beta": 0.75, "axis": [1, 2]},
     2, "sigmoid", "several answers", ""),
    ("tversky of each image", "Tversky", {"axis": [-3, -2, -1]}, 2, "softmax", "one-hot of two", ""),
]


def target(rng: np.random.Generator, kind: str) -> np.ndarray:
    """The targets of a batch."""
    labels = rng.integers(0, CLASSES, (BATCH, *SIZE))
    if kind.startswith("labels"):
        shaped = {"labels": labels, "labels, 1": labels[..., None], "labels of steps": labels.reshape(BATCH, STEPS)}
        return shaped[kind].astype(float)
    if kind == "ignored":
        return np.where(rng.random(labels.shape) < 0.3, IGNORED, labels).astype(float)
    if kind == "one-hot":
        return np.eye(CLASSES)[labels]
    if kind == "one-hot of two":
        return np.eye(2)[labels % 2]
    if "answers" in kind:
        width = {"answers": (), "answers, 1": (1,), "several answers": (2,)}[kind]
        return rng.integers(0, 2, (BATCH, *SIZE, *width)).astype(float)
    if kind == "numbers of steps":
        return grid(rng, (BATCH, STEPS, 2))
    return grid(rng, (BATCH, *SIZE, 3 if kind == "directions" else 2))


def case(name: str, loss: str, settings: Case, units: int, end: str, targets: str, weights: str) -> Case:
    """The prediction, and the loss and the weights after each of three steps of plain descent."""
    rng = generator("positions " + name)
    made = [keras.Input((*SIZE, 2)), L.Conv2D(4, 3, padding="same", activation="tanh", name="first"),
            L.Conv2D(units, 1, activation=end, name="last")]
    if targets.endswith("steps"):
        made.append(L.Reshape((STEPS, units), name="steps"))
    model = keras.Sequential(made)
    named = {f"{part.name}/{w.name}": w for part in model.layers for w in part.weights}
    for weight in named.values():
        weight.assign(grid(rng, tuple(weight.shape), 0.5))
    x, y = grid(rng, (BATCH, *SIZE, 2)), target(rng, targets)
    saved = {k: stored(w.numpy()) for k, w in named.items()}
    w = None
    if weights:
        places = (BATCH,) if weights == "samples" else (BATCH, STEPS) if "steps" in targets else (BATCH, *SIZE)
        w = rng.integers(0, 5, places) / 4
    told: Case = {
        "name": name,
        "loss": loss,
        "settings": settings,
        "end": end,
        "x": stored(x),
        "y": stored(y),
        "weights": saved,
        "predictions": stored(model.predict_on_batch(x)),
    }
    if w is not None:
        told["sampleWeight"] = stored(w)
    # Keras lines weights up with positions from the right, so those of samples need axes of one.
    lined = w if weights != "samples" else w[:, None, None]
    read = {k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()}
    rate = RATE / 64 if settings.get("reduction") == "sum" else RATE
    model.compile(keras.optimizers.SGD(rate), getattr(keras.losses, loss)(**read))
    told["rate"], told["losses"], told["after"] = rate, [], []
    for _ in range(3):
        value = model.train_on_batch(x, y, sample_weight=lined, return_dict=True)
        model.reset_metrics()
        told["losses"].append(float(value["loss"]))
        told["after"].append({k: stored(v.numpy()) for k, v in named.items()})
    return told


def contiguous(call: Callable[..., Any]) -> Callable[..., Any]:
    """PyTorch's cross-entropies over positions have no gradient by the view that Keras hands them."""
    return lambda output, target, **rest: call(output.contiguous(), target, **rest)


def cases() -> list[Case]:
    from torch.nn import functional

    functional.nll_loss = contiguous(functional.nll_loss)
    functional.cross_entropy = contiguous(functional.cross_entropy)
    return [case(*kind) for kind in KINDS]


FILES = {"positions": cases}
