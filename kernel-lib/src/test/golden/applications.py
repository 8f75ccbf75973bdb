"""Writes the networks of keras.applications as Keras saves them, with what they predict, for Java to compare.

    python applications.py FOLDER                every architecture, with and without its top: about 20 GB
    python applications.py FOLDER ResNet50       this one alone
    python applications.py golden                ../resources/golden/applications/*.json.gz: one of each family, its layers
                                                 alone, with weights that both sides compute from their names
    python applications.py golden ResNet50       this one alone

A folder gets of each the whole model, NAME.keras and NAME.h5, its weights alone, NAME.weights.h5, and NAME.json: an image
and what Keras predicts. KerasFolder, a program among the Java tests, loads all of them and compares.
Weights are random; moving statistics lie near those of an image, so that they are neither 0 and 1 nor those at which
numbers vanish or overflow a hundred layers further on.
NASNet needs KERAS_BACKEND=jax: Keras refuses it on PyTorch.
"""

import gzip
import json
import os
import sys
import zlib
from pathlib import Path
from typing import Any, Callable

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras.src.applications import convnext  # noqa: E402

from tensors import RESOURCES, generator, grid, stored  # noqa: E402

SIDE = 96
OPEN = (80, 112)

ALL: dict[str, Callable[..., keras.Model]] = {
    name: make for name, make in vars(keras.applications).items() if callable(make)
}
# One of each family; without the top where that alone has more weights than the rest.
FAMILIES: dict[str, dict[str, Any]] = {
    "ConvNeXtTiny": {}, "DenseNet121": {}, "EfficientNetB0": {}, "EfficientNetV2B0": {}, "InceptionResNetV2": {},
    "InceptionV3": {}, "MobileNet": {}, "MobileNetV2": {"alpha": 0.35}, "MobileNetV3Large": {}, "MobileNetV3Small": {},
    "NASNetMobile": {}, "ResNet50": {}, "ResNet50V2": {}, "VGG16": {"include_top": False, "pooling": "avg"},
    "VGG19": {"include_top": False, "pooling": "max"}, "Xception": {},
}


def made(name: str, **settings: Any) -> keras.Model:
    keras.utils.clear_session()
    keras.utils.set_random_seed(zlib.crc32(name.encode()))
    with_top = settings.get("include_top", True)
    return ALL[name](weights=None, **({"classifier_activation": None} if with_top else {}), **settings)


def branch_ends(model: keras.Model) -> set[Any]:
    """The layers whose outputs, perhaps after a dropout, are added to a block's own input or to another branch."""
    ends = set()
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.Add):
            added = []
            for node in layer._inbound_nodes[0].parent_nodes:
                while isinstance(node.operation, keras.layers.Dropout):
                    node = node.parent_nodes[0]
                added.append(node.operation)
            weighted = [operation for operation in added if operation.weights]
            ends.update(weighted if len(weighted) < len(added) else weighted[1:])
    return ends


def varied(model: keras.Model, rng: np.random.Generator, x: np.ndarray) -> None:
    """Moves what Keras begins with 0 or 1 away from there, and keeps what is added to a block's input small.

    Where random blocks add as much as comes in, each magnifies the rounding before it: after a hundred layers Keras itself
    is 2e-4 away from the same network in double precision.
    """
    for weight in model.weights:
        shape = tuple(weight.shape)
        if weight.name in ("bias", "beta"):
            weight.assign(grid(rng, shape, 0.1))
        elif weight.name == "gamma":
            weight.assign(rng.uniform(0.7, 1.4, shape))
    for layer in branch_ends(model):
        for weight in layer.weights:
            if weight.name in ("bias", "beta", "gamma", "kernel"):
                weight.assign(0.2 * weight)
    with_statistics(model, rng, x)


def with_statistics(model: keras.Model, rng: np.random.Generator, x: np.ndarray) -> None:
    """Gives each batch normalization moving statistics near those of what reaches it when the network predicts for x."""

    def measure(layer: keras.Layer, values: np.ndarray) -> None:
        rest = tuple(range(values.ndim - 1))
        # Channels that hardly vary, as those of a handful of positions may, are not blown up.
        variance = (values.var(rest) + values.var()) / 2 + 1e-3
        shape = variance.shape
        layer.moving_mean.assign(values.mean(rest) + grid(rng, shape, 0.1) * np.sqrt(variance))
        layer.moving_variance.assign(variance * rng.uniform(0.7, 1.4, shape))

    measured(model, x, measure)


def measured(model: keras.Model, x: np.ndarray, measure: Callable[[keras.Layer, np.ndarray], None]) -> None:
    """Predicts for x and calls `measure` with each batch normalization and its input, just before the layer computes."""
    call = keras.layers.BatchNormalization.call

    def measuring(layer: Any, inputs: Any, training: Any = None, mask: Any = None) -> Any:
        measure(layer, keras.ops.convert_to_numpy(inputs))
        return call(layer, inputs, training=False)

    keras.layers.BatchNormalization.call = measuring
    model(x, training=False)
    keras.layers.BatchNormalization.call = call


def predicted(model: keras.Model, x: np.ndarray) -> np.ndarray:
    return keras.ops.convert_to_numpy(model(x, training=False))


def files(folder: Path, name: str, with_top: bool) -> None:
    """A network in each form in which Keras saves it."""
    called = name if with_top else name + "-open"
    rng = generator(called)
    # Keras joins the cells of NASNetLarge by their sizes when it makes the network, so that these have to be known.
    shape = (SIDE, SIDE, 3) if with_top else (*OPEN, 3) if name == "NASNetLarge" else None
    model = made(name, input_shape=shape, include_top=with_top)
    # Without a top most take any size.
    size = tuple(extent or some for extent, some in zip(model.inputs[0].shape[1:3], OPEN))
    x = rng.integers(0, 256, (2, *size, 3)).astype("float32")
    if not any(isinstance(layer, (keras.layers.Rescaling, keras.layers.Normalization)) for layer in model.layers):
        x = x / 127.5 - 1
    varied(model, rng, x)
    y = predicted(model, x)
    written = [f"{called}.keras", f"{called}.h5"]
    for file in written:
        model.save(folder / file)
    model.save_weights(folder / f"{called}.weights.h5")
    case = {
        "name": called, "files": written, "weights": f"{called}.weights.h5", "parameters": model.count_params(),
        "x": [stored(x)], "y": [stored(y)],
    }
    (folder / f"{called}.json").write_text(json.dumps(case))
    print(f"{called}: {model.count_params():,} weights, y from {y.min():.3g} to {y.max():.3g}", flush=True)


def noise(name: str, count: int) -> np.ndarray:
    """Numbers from -1 to 1 that follow from a name, as PortableNoise computes them in Java."""
    i = np.arange(count, dtype=np.uint64) + np.uint64(zlib.crc32(name.encode()))
    h = (i * np.uint64(0x9E3779B97F4A7C15)) & np.uint64(0xFFFFFFFFFFFFFFFF)
    h ^= h >> np.uint64(29)
    h *= np.uint64(0xBF58476D1CE4E5B9)
    return ((h >> np.uint64(40)).astype(np.float64) / 2**23 - 1).astype("float32")


def from_names(layer: keras.Layer, scale: float = 1.0) -> None:
    """Weights that follow from their names, at a scale that keeps the size of what passes through."""
    for weight in layer.weights:
        shape = tuple(weight.shape)
        # That of a layer scale has no name of its own.
        name = "gamma" if isinstance(layer, convnext.LayerScale) else weight.name
        values = noise(f"{layer.name}/{name}", int(np.prod(shape))).reshape(shape)
        if weight.name == "moving_variance":
            values = (1 + np.float32(0.3) * values) * np.float32(scale)
        elif weight.name == "moving_mean":
            values = np.float32(0.3) * values * np.sqrt(np.float32(scale))
        elif name in ("gamma", "variance"):
            values = 1 + np.float32(0.3) * values
        elif weight.name.endswith("kernel"):
            inputs = np.prod(shape[:2]) if weight.name == "depthwise_kernel" else np.prod(shape[:-1])
            values = values * np.sqrt(np.float32(6 / inputs))
        else:
            values = np.float32(0.1) * values
        weight.assign(values)


def scaled(model: keras.Model, x: np.ndarray) -> dict[str, float]:
    """Gives each batch normalization statistics of the size that its input has, one number a layer."""
    scales = {}

    def measure(layer: keras.Layer, values: np.ndarray) -> None:
        size = float(np.mean(values**2))
        scales[layer.name] = float(f"{size:.4g}")
        from_names(layer, scales[layer.name])

    measured(model, x, measure)
    return scales


def family(name: str, settings: dict[str, Any]) -> None:
    """A network's layers, the scales of its moving statistics, and what it predicts."""
    tops = {} if settings.get("include_top") is False else {"classes": 7}
    model = made(name, input_shape=(SIDE, SIDE, 3), **tops, **settings)
    x = noise("image", SIDE * SIDE * 3).reshape(1, SIDE, SIDE, 3)
    for layer in model._flatten_layers():
        if not isinstance(layer, keras.Model):
            from_names(layer)
    scales = scaled(model, x)
    y = predicted(model, x)
    case = {
        "name": name, "source": f"Keras {keras.__version__}, float32", "config": json.loads(model.to_json()),
        "scales": scales, "y": stored(y), "settings": settings,
    }
    folder = RESOURCES / "applications"
    folder.mkdir(exist_ok=True)
    text = json.dumps(case, separators=(",", ":")).encode()
    (folder / f"{name}.json.gz").write_bytes(gzip.compress(text, 9, mtime=0))
    print(f"{name}: {model.count_params():,} weights, y from {y.min():.3g} to {y.max():.3g}", flush=True)


if __name__ == "__main__":
    where, names = sys.argv[1], sys.argv[2:]
    if where == "golden":
        for each in names or FAMILIES:
            family(each, FAMILIES[each])
    else:
        to = Path(where)
        to.mkdir(parents=True, exist_ok=True)
        for each in names or ALL:
            files(to, each, True)
            files(to, each, False)
