"""Images moved by one affine map and sampled bilinearly, by Keras on PyTorch in float64."""

import keras
import numpy as np

from tensors import generator, loaded, read, stored

Case = dict

FILE = "affine.json"

SHAPES = {"grey": (5, 7, 1), "colour": (6, 5, 3)}

MOVES = {
    "identity": {},
    "turned": {"turn": 25},
    "turned far": {"turn": -130},
    "zoomed in": {"zoom": 1.3},
    "zoomed out": {"zoom": 0.6},
    "moved": {"right": 1.25, "below": -0.7},
    "mirrored": {"mirrored": True},
    "upside down": {"upside_down": True},
    "everything": {
        "turn": 12,
        "zoom": 0.85,
        "right": -1.6,
        "below": 0.4,
        "mirrored": True,
        "upside_down": True,
    },
}


def back(shape, turn=0.0, zoom=1.0, right=0.0, below=0.0, mirrored=False, upside_down=False):
    """From a place in the moved image to the place it shows: flipped, scaled, turned to the left about the
    middle, then moved; all of it backwards."""
    middle = np.array([[1, 0, (shape[1] - 1) / 2], [0, 1, (shape[0] - 1) / 2], [0, 0, 1]])
    flipped = np.diag([-1 if mirrored else 1, -1 if upside_down else 1, 1])
    angle = np.deg2rad(turn)
    turned = np.array(
        [[np.cos(angle), np.sin(angle), 0], [-np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )
    moved = np.array([[1, 0, right], [0, 1, below], [0, 0, 1]])
    there = moved @ middle @ turned @ np.diag([zoom, zoom, 1]) @ flipped @ np.linalg.inv(middle)
    return np.linalg.inv(there)


def moved(image, move, outside):
    matrix = back(image.shape, **move).reshape(-1)[:8]
    fill = {"fill_mode": "reflect"} if outside is None else {"fill_value": outside}
    result = keras.ops.image.affine_transform(image, matrix, interpolation="bilinear", **fill)
    return keras.ops.convert_to_numpy(result)


def cases():
    for kind, shape in SHAPES.items():
        for name, move in MOVES.items():
            for outside in (None, 0.5):
                case = f"{kind}, {name}, {'reflect' if outside is None else outside}"
                image = generator(case).integers(0, 257, shape) / 256
                yield {
                    "name": case,
                    "move": move,
                    "outside": outside,
                    "x": stored(image),
                    "y": stored(moved(image, move, outside)),
                }


FIXED: list[tuple[str, Case]] = [
    ("RandomBrightness", {"factor": [0.25, 0.25]}),
    ("RandomBrightness", {"factor": [-0.5, -0.5], "value_range": [0, 1]}),
    ("RandomContrast", {"factor": [0.0, 0.0]}),
    ("RandomContrast", {"factor": [-0.5, 0.5]}),
    ("RandomSaturation", {"factor": [0.25, 0.25]}),
    ("RandomSaturation", {"factor": [0.75, 0.75], "value_range": [0, 1]}),
    ("RandomHue", {"factor": [0.5, 0.5]}),
    ("RandomHue", {"factor": [0.25, 0.25], "value_range": [0, 1]}),
    ("RandomSharpness", {"factor": [0.25, 0.25]}),
    ("RandomSharpness", {"factor": [1.0, 1.0], "value_range": [0, 1]}),
    ("RandomColorDegeneration", {"factor": [0.5, 0.5]}),
    ("RandomGrayscale", {"factor": 1.0}),
    ("RandomInvert", {"factor": [1.0, 1.0]}),
    ("RandomInvert", {"factor": [1.0, 1.0], "value_range": [0, 1]}),
    ("RandomPosterization", {"factor": [3, 3]}),
    ("RandomFlip", {}),
    ("RandomFlip", {"mode": "horizontal"}),
    ("RandomFlip", {"mode": "vertical"}),
    ("RandomRotation", {"factor": [0.125, 0.125]}),
    ("RandomRotation", {"factor": [-0.0625, -0.0625], "fill_mode": "constant", "fill_value": 7.0}),
    ("RandomRotation", {"factor": [0.03125, 0.03125], "fill_mode": "nearest", "interpolation": "nearest"}),
    ("RandomTranslation", {"height_factor": [0.25, 0.25], "width_factor": [-0.375, -0.375]}),
    ("RandomTranslation", {"height_factor": [-0.8125, -0.8125], "width_factor": [0.5, 0.5], "fill_mode": "wrap"}),
    ("RandomZoom", {"height_factor": [0.375, 0.375]}),
    ("RandomZoom", {"height_factor": [-0.25, -0.25], "width_factor": [0.5, 0.5], "fill_mode": "wrap"}),
    ("RandomShear", {"x_factor": [0.25, 0.25], "y_factor": [0.125, 0.125]}),
    ("RandomGaussianBlur", {"factor": [1.0, 1.0], "sigma": [0.75, 0.75]}),
    ("RandomGaussianBlur", {"factor": [1.0, 1.0], "kernel_size": 5, "sigma": [1.0, 1.0], "value_range": [0, 1]}),
    ("RandomCrop", {"height": 5, "width": 7}),
    ("RandomCrop", {"height": 8, "width": 4}),
    ("RandomColorJitter", {"brightness_factor": [0.25, 0.25], "contrast_factor": [-0.5, 0.5]}),
    ("Solarization", {}),
    ("Solarization", {"value_range": [0, 1]}),
    ("AutoContrast", {}),
    ("AutoContrast", {"value_range": [0, 1]}),
    ("Equalization", {}),
    ("Equalization", {"bins": 16, "value_range": [0, 1]}),
    ("RandomErasing", {"factor": [1.0, 1.0], "scale": [1.0, 1.0], "fill_value": 3.0}),
]
"""Random layers whose choices leave a few results at most."""

TRIES = 8


def random_case(layer: str, settings: Case) -> Case:
    """All results of training on one image that so many tries give, and that of prediction."""
    rng = generator(f"random image {layer} {settings}")
    high = settings.get("value_range", [0, 255])[1]
    x = np.round(rng.uniform(0, 1, (1, 5, 7, 3)) * 256) / 256 * (255 if high == 255 else 1)
    results: list[np.ndarray] = []
    for seed in range(TRIES):
        made = getattr(keras.layers, layer)(**settings, seed=seed) if layer not in (
            "AutoContrast", "Equalization"
        ) else getattr(keras.layers, layer)(**settings)
        y = np.asarray(keras.ops.convert_to_numpy(made(x, training=True)))
        if not any(np.allclose(y, other) for other in results):
            results.append(y)
    case = {
        "name": layer + "".join(f", {k} {v}" for k, v in settings.items()),
        "layer": layer,
        "settings": settings,
        "x": stored(x),
        "trained": [stored(y) for y in results],
    }
    predicted = np.asarray(keras.ops.convert_to_numpy(made(x, training=False)))
    return case | {"predicted": stored(predicted)}


FILES = {"affine": cases, "random_images": lambda: [random_case(*one) for one in FIXED]}


def check():
    """How many stored results the back end at hand misses."""
    return sum(
        not np.allclose(
            moved(loaded(case["x"]), case["move"], case["outside"]), loaded(case["y"]), atol=1e-5
        )
        for case in read(FILE)
    )
