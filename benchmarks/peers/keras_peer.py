"""Keras as a contender, on the back end named by the first argument: tensorflow or jax."""

from __future__ import annotations

import os
import sys
from typing import Any, Callable

BACKEND = sys.argv[1]
os.environ["KERAS_BACKEND"] = BACKEND
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import keras  # noqa: E402  (the back end must be chosen before)
from keras_networks import NETWORKS  # noqa: E402
from protocol import Run, Worker  # noqa: E402
from samples import CHARACTERS, WORDS, samples  # noqa: E402

TRAINING = ["train_on_batch", "fit"]
WAYS = {
    "cnn": TRAINING,
    "dense": TRAINING,
    "binary": TRAINING,
    "predict": ["predict_on_batch", "call", "predict"],
    "long": ["train_on_batch"],
    "resnet": ["predict_on_batch", "graph"],
    "mobilenet": ["predict_on_batch", "graph"],
    "lstm": TRAINING,
    "gru": TRAINING,
    "generate": ["predict", "call"],
    "unet": ["train_on_batch"],
    "encoder": TRAINING,
} | {task: TRAINING for task in WORDS}


def network(task: str) -> keras.Model:
    """The task's network, compiled, ending in logits as Keras recommends."""
    layers = keras.layers
    if task in ("lstm", "gru"):
        model = NETWORKS[task]()
        model.compile("adam", "mean_squared_error")
        return model
    if task in NETWORKS:
        model = NETWORKS[task]()
    elif task == "dense":
        parts = [keras.Input((10,)), layers.Dense(64, "relu"), layers.Dense(64, "relu")]
        model = keras.Sequential([*parts, layers.Dense(3)])
    elif task in WORDS:
        parts = [keras.Input((200,), dtype="int32"), layers.Embedding(WORDS[task], 16)]
        model = keras.Sequential([*parts, layers.GlobalAveragePooling1D(), layers.Dense(1)])
        model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
        return model
    elif task == "binary":
        parts = [keras.Input((784,)), layers.Dense(128, "relu"), layers.Dense(64, "relu")]
        model = keras.Sequential([*parts, layers.Dense(1)])
        model.compile(keras.optimizers.SGD(0.01), keras.losses.BinaryCrossentropy(from_logits=True))
        return model
    else:
        model = keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Conv2D(32, 3, activation="relu"),
                layers.MaxPooling2D(2),
                layers.Conv2D(64, 3, activation="relu"),
                layers.MaxPooling2D(2),
                layers.Conv2D(64, 3, activation="relu"),
                layers.Flatten(),
                layers.Dense(64, activation="relu"),
                layers.Dense(10),
            ]
        )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def prepare(task: str, batch: int, way: str) -> Run:
    if task == "generate":
        return generating(way)
    model = network(task)
    if task in ("predict", "resnet", "mobilenet"):
        return predicting(model, task, batch, way)
    if way == "fit":
        return fitting(model, task, batch)
    x, y = map(keras.ops.convert_to_tensor, samples(task, batch))

    def train(steps: int) -> None:
        for _ in range(steps):
            model.train_on_batch(x, y)

    return train


def fitting(model: keras.Model, task: str, batch: int) -> Run:
    """One epoch over as many batches as there are steps; a repeated slice finds its data made."""
    prepared = {}

    def train(steps: int) -> None:
        if steps not in prepared:
            prepared[steps] = samples(task, batch * steps)
        model.fit(*prepared[steps], batch_size=batch, verbose=0)

    return train


def graph(model: keras.Model) -> Callable[[Any], Any]:
    """The model compiled by the back end itself, without what Keras does around it."""
    if BACKEND == "tensorflow":
        import tensorflow as tf

        return tf.function(lambda x: model(x, training=False))
    import jax

    weights = [[v.value for v in each] for each in (model.trainable_variables, model.non_trainable_variables)]
    called = jax.jit(lambda x: model.stateless_call(*weights, x, training=False)[0])
    return lambda x: called(jax.numpy.asarray(x))


def predicting(model: keras.Model, task: str, batch: int, way: str) -> Run:
    x, _ = samples(task, batch)
    called = graph(model) if way == "graph" else None

    def predict(steps: int) -> None:
        for _ in range(steps):
            if way == "predict_on_batch":
                model.predict_on_batch(x)
            elif called:
                keras.ops.convert_to_numpy(called(x))
            elif way == "predict":
                model.predict(x, verbose=0)
            else:
                keras.ops.convert_to_numpy(model(x, training=False))

    return predict


def generating(way: str) -> Run:
    """A text that goes on, a character a step; the layer keeps its state from call to call."""
    layers = keras.layers
    parts = [keras.Input(batch_shape=(1, 1, CHARACTERS)), layers.LSTM(256, stateful=True)]
    model = keras.Sequential([*parts, layers.Dense(CHARACTERS, "softmax")])
    rng = np.random.default_rng(7)

    def generate(steps: int) -> None:
        model.layers[0].reset_state()
        character = 1
        for _ in range(steps):
            x = np.zeros((1, 1, CHARACTERS), np.float32)
            x[0, 0, character] = 1
            said = model.predict(x, verbose=0) if way == "predict" else keras.ops.convert_to_numpy(model(x))
            p = said[0].astype(np.float64)
            character = int(rng.choice(CHARACTERS, p=p / p.sum()))

    return generate


def versions() -> dict[str, str]:
    module = __import__(BACKEND)
    return {"Keras": keras.__version__, BACKEND: module.__version__}


if __name__ == "__main__":
    Worker(WAYS, prepare, versions()).serve()
