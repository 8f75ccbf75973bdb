"""Writes what pretrained(name) needs of each network of keras.applications: its layers, and where its weights are.

    python pretrained.py            ../../main/resources/org/lossbook/pretrained/*.json.gz
    python pretrained.py resnet50   this one alone
    python pretrained.py tiny       ../resources/org/lossbook/pretrained: a network for the tests, its weights and predictions

Address, file name and hash are those that Keras itself asks for; nothing is downloaded. In front of each network stands the
layer that turns an image with numbers from 0 to 1 into what the network was trained on. NASNet needs KERAS_BACKEND=jax.
"""

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras.src.utils import file_utils  # noqa: E402

A = keras.applications
FOLDER = Path(__file__).resolve().parents[2] / "main" / "resources" / "org" / "lossbook" / "pretrained"

# By the mode of imagenet_utils.preprocess_input; without one the network has its own layer, for numbers from 0 to 255.
TF, TORCH, CAFFE, OWN = "tf", "torch", "caffe", "own"
NETWORKS: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "xception": (A.Xception, TF, {}),
    "vgg16": (A.VGG16, CAFFE, {}),
    "vgg19": (A.VGG19, CAFFE, {}),
    "resnet50": (A.ResNet50, CAFFE, {}),
    "resnet101": (A.ResNet101, CAFFE, {}),
    "resnet152": (A.ResNet152, CAFFE, {}),
    "resnet50_v2": (A.ResNet50V2, TF, {}),
    "resnet101_v2": (A.ResNet101V2, TF, {}),
    "resnet152_v2": (A.ResNet152V2, TF, {}),
    "inception_v3": (A.InceptionV3, TF, {}),
    "inception_resnet_v2": (A.InceptionResNetV2, TF, {}),
    "mobilenet": (A.MobileNet, TF, {}),
    "mobilenet_v2": (A.MobileNetV2, TF, {}),
    "mobilenet_v3_small": (A.MobileNetV3Small, OWN, {}),
    "mobilenet_v3_large": (A.MobileNetV3Large, OWN, {}),
    "densenet121": (A.DenseNet121, TORCH, {}),
    "densenet169": (A.DenseNet169, TORCH, {}),
    "densenet201": (A.DenseNet201, TORCH, {}),
    "nasnet_mobile": (A.NASNetMobile, TF, {}),
    "nasnet_large": (A.NASNetLarge, TF, {}),
}
NETWORKS |= {f"efficientnet_b{i}": (getattr(A, f"EfficientNetB{i}"), OWN, {}) for i in range(8)}
NETWORKS |= {f"efficientnet_v2_{i.lower()}": (getattr(A, f"EfficientNetV2{i}"), OWN, {}) for i in ("B0", "B1", "B2", "B3", "S", "M", "L")}
NETWORKS |= {f"convnext_{i.lower()}": (getattr(A, f"ConvNeXt{i}"), OWN, {}) for i in ("Tiny", "Small", "Base", "Large", "XLarge")}
NETWORKS |= {f"mobilenet_{alpha}": (A.MobileNet, TF, {"alpha": alpha}) for alpha in (0.25, 0.5, 0.75)}
NETWORKS |= {f"mobilenet_v2_{alpha}": (A.MobileNetV2, TF, {"alpha": alpha}) for alpha in (0.35, 0.5, 0.75, 1.3, 1.4)}

# Deviations and means in the order red, green, blue, of numbers from 0 to 1.
MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
# Blue, green, red, from 0 to 255; the first kernel is turned round instead of the image.
BGR = [103.939, 116.779, 123.68]


class Asked(Exception):
    """What Keras wants to download."""


def asked(make: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """The file of weights that Keras would download."""
    found: dict[str, Any] = {}

    def get_file(fname: str = None, origin: str = None, file_hash: str = None, **_: Any) -> str:
        found.update(file=fname, url=origin, **({"hash": file_hash} if file_hash else {}))
        raise Asked

    usual = file_utils.get_file
    file_utils.get_file = get_file
    try:
        keras.utils.clear_session()
        make(weights="imagenet", **settings)
    except Asked:
        return found
    finally:
        file_utils.get_file = usual
    raise ValueError(f"{make} asks for no file")


def short(config: dict[str, Any]) -> dict[str, Any]:
    """A config without what a network without training has no use for, and what is Keras's default anyway."""
    def trimmed(value: Any) -> Any:
        if isinstance(value, list):
            return [trimmed(each) for each in value]
        if not isinstance(value, dict):
            return value
        if value.get("class_name") == "__keras_tensor__":
            return {"class_name": "__keras_tensor__", "config": {"keras_history": value["config"]["keras_history"]}}
        return {
            key: trimmed(each) for key, each in value.items()
            if key not in ("build_config", "registered_name", "dtype", "sparse", "ragged", "optional", "synchronized")
            and not key.endswith(("_initializer", "_regularizer", "_constraint"))
            and not (key == "trainable" and each is True)
            and not (key == "groups" and each == 1)
            and not (key == "data_format" and each == "channels_last")
            and not (key == "dilation_rate" and each in (1, [1, 1]))
        }
    return trimmed(config)


def preprocessing(mode: str) -> dict[str, Any]:
    """The layer before the network, from numbers between 0 and 1."""
    if mode == TF:
        return {"class_name": "Rescaling", "config": {"scale": 2.0, "offset": -1.0}}
    if mode == OWN:
        return {"class_name": "Rescaling", "config": {"scale": 255.0, "offset": 0.0}}
    mean = MEAN if mode == TORCH else [value / 255 for value in reversed(BGR)]
    deviation = DEVIATION if mode == TORCH else [1 / 255] * 3
    return {
        "class_name": "Normalization",
        "config": {"axis": -1, "mean": mean, "variance": [value**2 for value in deviation]},
    }


def with_preprocessing(config: dict[str, Any], mode: str) -> dict[str, Any]:
    """The network behind a layer `preprocessing`, which takes the place of its input."""
    layers = config["config"]["layers"]
    name = layers[0]["name"]

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: moved(each) for key, each in value.items()}
        if isinstance(value, list):
            return ["preprocessing", *value[1:]] if value[:1] == [name] and len(value) == 3 else [moved(v) for v in value]
        return value

    before = preprocessing(mode)
    before["config"]["name"] = before["name"] = "preprocessing"
    tensor = {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}
    before["inbound_nodes"] = [{"args": [tensor], "kwargs": {}}]
    config["config"]["layers"] = [layers[0], before, *moved(layers[1:])]
    return config


def config(make: Any, mode: str, settings: dict[str, Any]) -> dict[str, Any]:
    keras.utils.clear_session()
    model = make(weights=None, **settings)
    return with_preprocessing(short(json.loads(model.to_json())), mode)


def write(name: str) -> None:
    make, mode, settings = NETWORKS[name]
    bare = {**settings, "include_top": False}
    case = {
        "name": name,
        "mode": mode,
        "top": {**asked(make, settings), "config": config(make, mode, settings)},
        "open": {**asked(make, bare), "config": config(make, mode, bare)},
    }
    text = json.dumps(case, separators=(",", ":")).encode()
    packed = gzip.compress(text, 9, mtime=0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json.gz").write_bytes(packed)
    print(f"{name}: {len(packed):,} bytes, {case['top'].get('hash', 'no hash')}", flush=True)


def tiny() -> None:
    """A network with a layer of each kind that has weights, as Keras published its own: weights alone, in the old form."""
    from keras.src.legacy.saving import legacy_h5_format

    import h5py
    from tensors import RESOURCES, generator, grid, stored

    folder = RESOURCES.parent / "org" / "lossbook" / "pretrained"
    folder.mkdir(parents=True, exist_ok=True)
    L = keras.layers
    forms: dict[str, Any] = {}
    rng = generator("tiny")
    image = np.round(rng.uniform(0, 1, (2, 8, 8, 3)) * 255) / 255
    # What the network reads: blue, green and red, from 0 to 255, without their means.
    read = image[..., ::-1] * 255 - BGR
    for form, size in (("top", 8), ("open", None)):
        keras.utils.clear_session()
        x = keras.Input((size, size, 3))
        y = L.Conv2D(4, 3, strides=2, padding="same", use_bias=False, name="conv1")(x)
        y = L.ReLU(6.0, name="relu")(L.BatchNormalization(name="bn")(y))
        y = L.DepthwiseConv2D(3, padding="same", name="depthwise")(y)
        y = L.SeparableConv2D(5, 3, padding="same", name="separable")(y)
        y = L.Activation("relu", name="out_relu")(y)
        if form == "top":
            y = L.Dense(1000, activation="softmax", name="predictions")(L.GlobalAveragePooling2D()(y))
        model = keras.Model(x, y)
        rng = generator("tiny weights")
        for weight in model.weights:
            value = grid(rng, tuple(weight.shape), 0.05)
            weight.assign(np.abs(value) + 0.5 if "variance" in weight.name else value)
        # The names of published files are those of another session.
        for layer in model.layers:
            layer._name = "older_" + layer.name
        with h5py.File(folder / f"tiny_{form}.h5", "w") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, model)
        for layer in model.layers:
            layer._name = layer.name.removeprefix("older_")
        predicted = keras.ops.convert_to_numpy(model(read.astype("float32"), training=False))
        forms[form] = {
            "file": f"tiny_{form}.h5", "url": f"https://localhost/tiny_{form}.h5",
            "config": with_preprocessing(short(json.loads(model.to_json())), CAFFE),
            "y": stored(predicted),
        }
    case = {"name": "tiny", "mode": CAFFE, "x": stored(image), **forms}
    (folder / "tiny.json.gz").write_bytes(gzip.compress(json.dumps(case).encode(), 9, mtime=0))


if __name__ == "__main__":
    if sys.argv[1:] == ["tiny"]:
        tiny()
    else:
        for each in sys.argv[1:] or NETWORKS:
            if each.startswith("nasnet") == (keras.config.backend() == "jax"):
                write(each)
        names = sorted(file.name.removesuffix(".json.gz") for file in FOLDER.glob("*.json.gz"))
        (FOLDER / "networks.txt").write_text("\n".join(names) + "\n")
