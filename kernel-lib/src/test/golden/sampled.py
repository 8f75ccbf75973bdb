"""Writes sampled_softmax.json: TensorFlow's sampled softmax of fixed candidates, and its gradient.

    .venv-texts/bin/python kernel-lib/src/test/golden/sampled.py
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from typing import Any  # noqa: E402

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from tensors import generator, grid, stored, write  # noqa: E402


def expected(classes: np.ndarray, count: int, tries: int, uniform: bool) -> np.ndarray:
    """How often a class is expected among different ones that so many draws gave."""
    p = np.full(classes.shape, 1 / count) if uniform else np.log1p(1 / (classes + 1)) / np.log1p(count)
    return -np.expm1(tries * np.log1p(-p))


def case(name: str, rows: int, count: int, drawn: list[int], uniform: bool, keeps: bool) -> dict[str, Any]:
    rng = generator(f"sampled softmax {name}")
    labels = rng.integers(0, count, rows)
    labels[0] = drawn[0]  # an accidental hit
    logits = grid(rng, (rows, count), 3)
    candidates = np.array(drawn, dtype=np.int64)
    with tf.GradientTape() as tape:
        z = tf.constant(logits, dtype=tf.float64)
        tape.watch(z)
        each = tf.nn.sampled_softmax_loss(
            weights=tf.eye(count, dtype=tf.float64),
            biases=tf.zeros(count, dtype=tf.float64),
            labels=labels[:, None],
            inputs=z,
            num_sampled=len(drawn),
            num_classes=count,
            sampled_values=(
                tf.constant(candidates),
                tf.constant(expected(labels[:, None], count, len(drawn), uniform)),
                tf.constant(expected(candidates, count, len(drawn), uniform)),
            ),
            remove_accidental_hits=not keeps,
        )
        mean = tf.reduce_mean(each)
    return {
        "name": name,
        "settings": {"fixed": drawn, "uniform": uniform, "keep_accidental_hits": keeps},
        "yTrue": stored(labels),
        "yPred": stored(logits),
        "perSample": stored(each.numpy()),
        "gradient": stored(tape.gradient(mean, z).numpy()),
    }


if __name__ == "__main__":
    write(
        "sampled_softmax.json",
        [
            case("log-uniform", 5, 12, [3, 0, 7, 11], False, False),
            case("log-uniform, hits kept", 5, 12, [3, 0, 7, 11], False, True),
            case("uniform", 4, 30, [29, 4, 17, 8, 2, 0], True, False),
            case("one candidate", 3, 6, [2], False, False),
        ],
        f"tf.nn.sampled_softmax_loss of TensorFlow {tf.__version__}",
    )
