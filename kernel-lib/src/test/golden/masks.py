"""Networks whose steps are masked: losses, metrics and the weights of three steps of plain descent."""

from typing import Any, Iterator

import keras
import numpy as np
from keras import layers as L

from layers import case as of_layer
from tensors import generator, grid, stored

Case = dict[str, Any]

RATE = 0.0625
BATCH = 3
STEPS = 5
WIDTH = 3
CLASSES = 4

# which steps of each sample count
MASKS = {
    "all": [[1, 1, 1, 1, 1]] * BATCH,
    "none": [[0, 0, 0, 0, 0]] * BATCH,
    "at the end": [[1, 1, 0, 0, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1]],
    "at the start": [[0, 0, 1, 1, 1], [0, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
    "in the middle": [[1, 0, 0, 1, 1], [1, 1, 0, 1, 0], [0, 1, 0, 1, 0]],
    "of a whole sample": [[1, 1, 0, 1, 1], [0, 0, 0, 0, 0], [1, 0, 0, 0, 0]],
}

EMBEDDING: tuple[str, Case] = ("Embedding", {"input_dim": 7, "output_dim": 3, "mask_zero": True})
WORDS: list[tuple[str, Case]] = [EMBEDDING, ("Dense", {"units": 4, "activation": "tanh"})]
DENSE: list[tuple[str, Case]] = [("Masking", {}), ("Dense", {"units": 4, "activation": "tanh"})]
SPARSE = "SparseCategoricalCrossentropy"
WEIGHTED_MEAN = {"reduction": "mean_with_sample_weight"}

# name, the layers before the last, its units and activation, the loss and its settings, the targets, the weights, the mask
KINDS: list[tuple[str, list[tuple[str, Case]], int, str, str, Case, str, str, str]] = [
    *(
        (f"labels, masked {mask}", DENSE, CLASSES, "softmax", SPARSE, {}, "labels", "", mask)
        for mask in MASKS
    ),
    ("labels from logits", DENSE, CLASSES, "linear", SPARSE, {"from_logits": True}, "labels", "", "in the middle"),
    ("labels, weights of positions", DENSE, CLASSES, "softmax", SPARSE, {}, "labels", "positions", "at the end"),
    ("labels, weighted mean", DENSE, CLASSES, "softmax", SPARSE, WEIGHTED_MEAN, "labels", "positions", "at the end"),
    ("labels, weighted mean without weights", DENSE, CLASSES, "softmax", SPARSE, WEIGHTED_MEAN, "labels", "", "at the start"),
    ("labels, sum", DENSE, CLASSES, "softmax", SPARSE, {"reduction": "sum"}, "labels", "", "in the middle"),
    ("an ignored label", DENSE, CLASSES, "softmax", SPARSE, {"ignore_class": 1}, "labels", "", "in the middle"),
    ("an ignored label, weights", DENSE, CLASSES, "softmax", SPARSE, {"ignore_class": 1}, "labels", "positions", "in the middle"),
    ("one-hot", DENSE, CLASSES, "softmax", "CategoricalCrossentropy", {}, "one-hot", "", "of a whole sample"),
    ("answers", DENSE, 1, "sigmoid", "BinaryCrossentropy", {}, "answers", "", "in the middle"),
    ("several answers", DENSE, 2, "sigmoid", "BinaryCrossentropy", {}, "several answers", "positions", "in the middle"),
    ("numbers", DENSE, 2, "linear", "MeanSquaredError", {}, "numbers", "", "in the middle"),
    ("numbers, weights of samples", DENSE, 2, "linear", "MeanAbsoluteError", {}, "numbers", "samples", "at the end"),
    *((f"words, masked {mask}", WORDS, CLASSES, "softmax", SPARSE, {}, "labels", "", mask) for mask in MASKS),
    ("words without a mask", [("Embedding", {"input_dim": 7, "output_dim": 3}), WORDS[1]], CLASSES, "softmax",
     SPARSE, {}, "labels", "", "at the end"),
    ("another value", [("Masking", {"mask_value": -1.5}), DENSE[1]], 2, "linear", "MeanSquaredError", {}, "numbers", "", "at the end"),
]


def target(rng: np.random.Generator, kind: str) -> np.ndarray:
    """The targets of a batch."""
    labels = rng.integers(0, CLASSES, (BATCH, STEPS))
    if kind == "labels":
        return labels.astype(float)
    if kind == "one-hot":
        return np.eye(CLASSES)[labels]
    if "answers" in kind:
        return rng.integers(0, 2, (BATCH, STEPS, 2 if kind.startswith("several") else 1)).astype(float)
    return grid(rng, (BATCH, STEPS, 2))


def metrics(targets: str) -> list[Any]:
    """Keras's metrics that heed masks, for targets of that kind."""
    names = {"labels": ["sparse_categorical_accuracy"], "one-hot": ["categorical_accuracy", "mse"]}
    return names.get(targets, ["binary_accuracy"] if "answers" in targets else ["mae", "mse"])


def case(
    name: str,
    before: list[tuple[str, Case]],
    units: int,
    end: str,
    loss: str,
    settings: Case,
    targets: str,
    weights: str,
    mask: str,
) -> Case:
    """The prediction, and the figures and the weights after each of three steps."""
    rng = generator("masks " + name)
    words = before[0][0] == "Embedding"
    x = rng.integers(1, 7, (BATCH, STEPS)).astype(float) if words else grid(rng, (BATCH, STEPS, WIDTH))
    value = before[0][1].get("mask_value", 0.0)
    x[np.array(MASKS[mask]) == 0] = value
    y = target(rng, targets)
    all_layers = [*before, ("Dense", {"units": units, "activation": end})]
    made = [getattr(L, kind)(**given, name=f"layer{i}") for i, (kind, given) in enumerate(all_layers)]
    model = keras.Sequential([keras.Input(x.shape[1:]), *made])
    named = {f"{part.name}/{w.name}": w for part in model.layers for w in part.weights}
    for weight in named.values():
        weight.assign(np.abs(grid(rng, tuple(weight.shape), 0.5)) + 0.5 if "variance" in weight.name
                      else grid(rng, tuple(weight.shape), 0.5))
    # Those of Lossbook leave out what the loss ignores.
    judged = [] if "ignore_class" in settings else metrics(targets)
    told: Case = {
        "name": name,
        "layers": [{"class": kind, "settings": given} for kind, given in all_layers],
        "loss": loss,
        "settings": settings,
        "metrics": judged,
        "x": stored(x),
        "y": stored(y),
        "weights": {k: stored(w.numpy()) for k, w in named.items()},
        "predictions": stored(model.predict_on_batch(x)),
    }
    w = None
    if weights:
        w = rng.integers(0, 5, (BATCH, STEPS) if weights == "positions" else (BATCH, 1)) / 4
        told["sampleWeight"] = stored(w.reshape(-1) if weights == "samples" else w)
        w = np.broadcast_to(w, (BATCH, STEPS)).copy()
    rate = RATE / 16 if settings.get("reduction") == "sum" else RATE
    model.compile(keras.optimizers.SGD(rate), getattr(keras.losses, loss)(**settings),
                  metrics=judged, weighted_metrics=judged)
    told["rate"], told["figures"], told["after"] = rate, [], []
    for _ in range(3):
        figures = model.train_on_batch(x, y, sample_weight=w, return_dict=True)
        model.reset_metrics()
        told["figures"].append({k: float(v) for k, v in figures.items()})
        told["after"].append({k: stored(v.numpy()) for k, v in named.items()})
    return told


def cases() -> list[Case]:
    from torch.nn import functional

    from positions import contiguous

    functional.nll_loss = contiguous(functional.nll_loss)
    functional.cross_entropy = contiguous(functional.cross_entropy)
    return [case(*kind) for kind in KINDS]


def masking() -> Iterator[Case]:
    """The layer alone: rows of the value, a row with the value in some places, and one number a step."""
    for value, shape in [(0.0, (3, 7, 2)), (0.0, (2, 3, 4, 3)), (-1.5, (1, 5, 6)), (2.0, (3, 4)), (0.0, (2, 6, 1)), (0.0, (1, 1, 3))]:
        name = f"masking {'x'.join(map(str, shape))}, {value}"
        rng = generator(name)
        x = grid(rng, shape)
        x[rng.random(shape) < 0.3] = value
        x[rng.random(shape[:-1]) < 0.4] = value
        yield of_layer(name, "masking", {"mask_value": value}, x)


def embedding() -> Iterator[Case]:
    """The layer alone: words that repeat, one that no sample has, and other shapes than a row of words."""
    for words, width, shape, settings in [
        (5, 3, (2, 7), {}),
        (4, 1, (1, 5), {"mask_zero": True}),
        (7, 2, (3, 2, 4), {}),
        (1, 4, (2, 1), {}),
        (6, 5, (4, 3), {"embeddings_regularizer": "l2"}),
    ]:
        name = f"embedding {words} {width} {'x'.join(map(str, shape))}{''.join(f', {k}' for k in settings)}"
        x = generator(name).integers(0, words, shape).astype(float)
        yield of_layer(name, "embedding", {"input_dim": words, "output_dim": width, **settings}, x)


FILES: dict[str, Any] = {"masks": cases, "masking": masking, "embedding": embedding}
