"""Losses: values per sample, reduced, and their gradient, on ordinary and on extreme predictions."""

from typing import Any, Iterator

import keras
import numpy as np

from tensors import generator, loaded, read, short, stored, write

Case = dict[str, Any]

LOSSES = {
    "mse": keras.losses.MeanSquaredError,
    "mae": keras.losses.MeanAbsoluteError,
    "binary_crossentropy": keras.losses.BinaryCrossentropy,
    "categorical_crossentropy": keras.losses.CategoricalCrossentropy,
    "sparse_categorical_crossentropy": keras.losses.SparseCategoricalCrossentropy,
}

DIGITS = 17
LOGITS = {"from_logits": True}
SHAPES = [(1, 1), (1, 4), (5, 1), (3, 7), (33, 3)]
CERTAIN = [0.0, 1.0, 1e-12, 1 - 1e-12, 1e-7, 1 - 1e-7, 1e-6, 1 - 1e-6, 0.5]
FAR = [1e4, -1e4, 750.0, -750.0, 100.0, -100.0, 40.0, -40.0, 0.0, 1e-12, -1e-12]


def case(
    name: str,
    loss: str,
    settings: Case,
    truth: np.ndarray,
    prediction: np.ndarray,
    weight: np.ndarray | None = None,
) -> Case:
    """One loss on one batch: every sample's value, their mean and sum, the mean's gradient."""
    import torch

    source = torch.tensor(prediction, requires_grad=True)
    y = torch.tensor(truth)
    reduced = {
        reduction: LOSSES[loss](reduction=reduction, dtype="float64", **settings)(y, source, weight)
        for reduction in ("none", "sum_over_batch_size", "sum")
    }
    mean = reduced["sum_over_batch_size"]
    if {value.dtype for value in reduced.values()} != {torch.float64}:
        raise TypeError(f"{name} was not computed in float64")
    (gradient,) = torch.autograd.grad(mean, [source])
    record: Case = {
        "name": name,
        "loss": loss,
        "settings": settings,
        "yTrue": stored(truth, DIGITS),
        "yPred": stored(prediction, DIGITS),
    }
    if weight is not None:
        record["sampleWeight"] = stored(weight, DIGITS)
    record |= {
        "perSample": stored(reduced["none"].detach().numpy(), DIGITS),
        "mean": short(mean.item(), DIGITS),
        "sum": short(reduced["sum"].item(), DIGITS),
        "gradient": stored(gradient.numpy(), DIGITS),
    }
    if "categorical" in loss and not settings.get("from_logits"):
        record["gradientAsGiven"] = stored(as_given(settings, truth, prediction, weight), DIGITS)
    return record


def as_given(
    settings: Case, truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray | None
) -> np.ndarray:
    """The gradient without Keras's division of each row by its own sum: -y/p inside the clipping."""
    n, classes = prediction.shape
    rows = np.eye(classes)[truth.astype(int)] if truth.ndim == 1 else truth
    smoothing = settings.get("label_smoothing", 0.0)
    rows = rows * (1 - smoothing) + smoothing / classes
    inside = (prediction >= 1e-7) & (prediction <= 1 - 1e-7)
    weights = np.ones(n) if weight is None else weight
    return np.where(inside, -rows / np.where(inside, prediction, 1), 0) * weights[:, None] / n


def rounded(array: np.ndarray) -> np.ndarray:
    """Few digits, so that the files stay readable."""
    return np.round(array, 4)


def probabilities(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Rows that add up to one."""
    raw = rng.uniform(0.05, 1, shape)
    return raw / raw.sum(axis=1, keepdims=True)


def distances() -> Iterator[Case]:
    for loss in ("mse", "mae"):
        for shape in SHAPES:
            rng = generator(f"{loss} {shape}")
            truth, prediction = rounded(rng.normal(0, 2, (2, *shape)))
            yield case(f"{loss} {shape[0]}x{shape[1]}", loss, {}, truth, prediction)
        far = np.array([[0.0], [0.0], [1e4], [-1e4], [3.0], [3.0]])
        near = np.array([[1e-12], [-1e-12], [-1e4], [1e4], [2.5], [1e8]])
        yield case(f"{loss} near and far", loss, {}, far, near)
        rng = generator(f"{loss} weighted")
        truth, prediction = rounded(rng.normal(0, 2, (2, 4, 3)))
        yield case(f"{loss} weighted", loss, {}, truth, prediction, np.array([1, 0, 0.5, 2.0]))


def binary() -> Iterator[Case]:
    loss = "binary_crossentropy"
    for shape in SHAPES:
        for smoothing in (0.0, 0.1):
            rng = generator(f"{loss} {shape}")
            truth = rng.integers(0, 2, shape).astype(float)
            settings = {"label_smoothing": smoothing} if smoothing else {}
            size = f"{shape[0]}x{shape[1]}{', smoothed' if smoothing else ''}"
            prediction = rounded(rng.uniform(0.01, 0.99, shape))
            logits = rounded(rng.normal(0, 3, shape))
            yield case(f"{loss} {size}", loss, settings, truth, prediction)
            yield case(f"{loss} {size}, logits", loss, LOGITS | settings, truth, logits)
    yield case(f"{loss} soft labels", loss, {}, *map(np.array, ([[0.2, 0.7]], [[0.3, 0.6]])))
    for label in (0.0, 1.0):
        for points, settings in ((CERTAIN, {}), (FAR, LOGITS)):
            p = np.array(points)[:, None]
            words = f"label {label:.0f}, {'logits far out' if settings else 'almost certain'}"
            yield case(f"{loss} {words}", loss, settings, np.full_like(p, label), p)
    weight = np.array([1, 0, 0.5])
    truth, p = np.array([[1.0], [0.0], [1.0]]), np.array([[0.9], [0.4], [0.2]])
    yield case(f"{loss} weighted", loss, {}, truth, p, weight)


def categorical() -> Iterator[Case]:
    for loss in ("categorical_crossentropy", "sparse_categorical_crossentropy"):
        sparse = loss.startswith("sparse")
        for n, classes in [(1, 1), (1, 4), (3, 2), (5, 7), (33, 3)]:
            rng = generator(f"categorical {n} {classes}")
            labels = rng.integers(0, classes, n)
            truth = labels.astype(float) if sparse else np.eye(classes)[labels]
            p, z = probabilities(rng, (n, classes)), rounded(rng.normal(0, 3, (n, classes)))
            size = f"{loss} {n}x{classes}"
            yield case(size, loss, {}, truth, p)
            yield case(f"{size}, logits", loss, LOGITS, truth, z)
            if not sparse:
                smoothed = {"label_smoothing": 0.1}
                yield case(f"{size}, smoothed", loss, smoothed, truth, p)
                yield case(f"{size}, smoothed, logits", loss, smoothed | LOGITS, truth, z)
        certain = np.array([[1, 0, 0], [1 - 1e-12, 1e-12, 0], [1 - 1e-6, 1e-6, 0], [0.5, 0.5, 0]])
        far = np.array([[1e4, -1e4, 0], [1e4, 1e4, -1e4], [-1e4, -1e4, -1e4], [750, 0, -750.0]])
        for label in range(3):
            labels = np.full(4, label)
            truth = labels.astype(float) if sparse else np.eye(3)[labels]
            yield case(f"{loss} label {label}, almost certain", loss, {}, truth, certain)
            yield case(f"{loss} label {label}, logits far out", loss, LOGITS, truth, far)
        labels = np.array([2, 0, 1, 1])
        truth = labels.astype(float) if sparse else np.eye(3)[labels]
        p = probabilities(generator(f"{loss} weighted"), (4, 3))
        yield case(f"{loss} weighted", loss, {}, truth, p, np.array([1, 0, 0.5, 2.0]))
    soft = np.array([[0.7, 0.2, 0.1], [0.25, 0.5, 0.25]])
    p = np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])
    yield case("categorical_crossentropy soft labels", "categorical_crossentropy", {}, soft, p)
    worked = np.array([[1.0, 0.0]]), np.array([[0.9, 0.1]])
    yield case("categorical_crossentropy worked example", "categorical_crossentropy", {}, *worked)


def make(source: str) -> None:
    """Writes this module's file."""
    write("losses.json", [*distances(), *binary(), *categorical()], source)


def check() -> int:
    """Compares the stored values per sample with the running back end's; returns the misses.

    TensorFlow's sparse cross-entropy divides a row by its sum once more after clipping it at 1e-7.
    """
    misses = 0
    for stored_case in read("losses.json"):
        weight = stored_case.get("sampleWeight")
        loss = LOSSES[stored_case["loss"]](
            reduction="none", dtype="float64", **stored_case["settings"]
        )
        values = loss(
            loaded(stored_case["yTrue"]),
            loaded(stored_case["yPred"]),
            loaded(weight) if weight else None,
        )
        wanted = loaded(stored_case["perSample"])
        difference = np.max(np.abs(keras.ops.convert_to_numpy(values) - wanted) / (1 + wanted))
        if difference > 2e-7:
            misses += 1
            print(f"losses.json: {stored_case['name']} differs by {difference:.3g}")
    return misses
