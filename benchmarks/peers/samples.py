"""What the peers are fed."""

from __future__ import annotations

import numpy as np

IMAGES = ((28, 28, 1), 10)
SHAPES = {"cnn": IMAGES, "predict": IMAGES, "long": IMAGES, "dense": ((10,), 3)}
"""What each task feeds a network: the shape of a sample and the number of classes."""


def samples(task: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Seeded random inputs and integer labels; what they mean makes no step slower or faster."""
    shape, classes = SHAPES[task]
    rng = np.random.default_rng(7)
    return rng.random((count, *shape), np.float32), rng.integers(0, classes, count)


def numbers(task: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Truth and prediction for a loss, in double precision; for cross-entropy labels 0 and 1, and logits."""
    rng = np.random.default_rng(7)
    y = rng.random(count)
    return np.round(y) if task == "bce" else y, rng.uniform(-6, 6, count)
