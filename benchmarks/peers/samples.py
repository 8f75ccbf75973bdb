"""What the peers are fed."""

from __future__ import annotations

import numpy as np

IMAGES = ((28, 28, 1), 10)
PHOTOS = ((224, 224, 3), 1000)
SHAPES = {"resnet": PHOTOS, "mobilenet": PHOTOS, "unet": ((128, 128, 3), 4)}
SHAPES |= {"encoder": ((64, 64), 10)}
SHAPES |= {"cnn": IMAGES, "predict": IMAGES, "long": IMAGES, "dense": ((10,), 3), "binary": ((784,), 2)}
SHAPES |= {"lstm": ((50, 16), 2), "gru": ((50, 16), 2)}
WORDS = {"embedding": 20_000, "embedding1m": 1_000_000}
SHAPES |= {task: ((200,), 2) for task in WORDS}
"""What each task feeds a network: the shape of a sample and the number of classes; texts of so many words."""

CHARACTERS = 64
"""How many a generated text is made of."""

COLUMNS = ("binary", "lstm", "gru", *WORDS)
"""The networks of one output."""


def samples(task: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Seeded random inputs and labels; what they mean makes no step slower or faster.

    Labels are integers, one for each pixel of the U-Net; those of a network of one output are a column of floats, which is what its loss takes.
    """
    shape, classes = SHAPES[task]
    rng = np.random.default_rng(7)
    places = (count, *shape[:2]) if task == "unet" else (count,)
    if task in WORDS:
        x = rng.integers(0, WORDS[task], (count, *shape), np.int32)
    else:
        x = rng.random((count, *shape), np.float32)
    y = rng.integers(0, classes, places)
    return x, y.astype(np.float32).reshape(-1, 1) if task in COLUMNS else y


def numbers(task: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Truth and prediction for a loss, in double precision; for cross-entropy labels 0 and 1, and logits."""
    rng = np.random.default_rng(7)
    y = rng.random(count)
    return np.round(y) if task == "bce" else y, rng.uniform(-6, 6, count)
