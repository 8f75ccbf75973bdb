"""Loads what SaveModels.java wrote and says what Keras sees in it, as JSON: run in .venv-keras, not by pytest."""

import json
import os
import sys
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras  # noqa: E402
import numpy as np  # noqa: E402


def samples(case):
    return np.array(case["x"], dtype="float32").reshape(case["shape"])


def farthest(model, case, expected):
    predicted = keras.ops.convert_to_numpy(model(samples(case), training=False)).reshape(-1)
    return float(np.abs(predicted - np.array(expected)).max())


def look(folder, case):
    path = str(folder / f"{case['name']}.keras")
    seen = {"name": case["name"]}
    plain = keras.saving.load_model(path, compile=False)
    seen["predicted"] = farthest(plain, case, case["predicted"])
    for weight in plain.weights:
        weight.assign(np.zeros(weight.shape))
    plain.load_weights(folder / f"{case['name']}.weights.h5")
    seen["by_weights"] = farthest(plain, case, case["predicted"])
    try:
        model = keras.saving.load_model(path)
    except TypeError as e:
        return seen | {"refused": str(e)}
    seen |= {
        "steps": int(model.optimizer.iterations),
        "optimizer": type(model.optimizer).__name__,
        "loss": keras.saving.serialize_keras_object(model.loss),
        "rate": float(model.optimizer.learning_rate),
    }
    history = model.fit(
        samples(case), np.array(case["y"]).reshape(-1, 1), batch_size=4, shuffle=False, verbose=0
    ).history
    return seen | {"figures": sorted(history), "after": farthest(model, case, case["after"])}


def unread(folder):
    """What Keras cannot read, and why."""
    found = {}
    for path in sorted(folder.glob("*.keras")):
        try:
            keras.saving.load_model(path)
        except Exception as e:
            found[path.name] = str(e)
    return found


if __name__ == "__main__":
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        folder = Path(sys.argv[1])
        found = [look(folder, case) for case in json.loads((folder / "expected.json").read_text())]
        options = unread(folder / "options")
    print(json.dumps({"models": found, "unread": options, "warnings": [str(w.message) for w in warned]}))
