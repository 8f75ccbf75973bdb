"""Images moved by one affine map and sampled bilinearly, by Keras on PyTorch in float64."""

import keras
import numpy as np

from tensors import generator, loaded, read, stored

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


FILES = {"affine": cases}


def check():
    """How many stored results the back end at hand misses."""
    return sum(
        not np.allclose(
            moved(loaded(case["x"]), case["move"], case["outside"]), loaded(case["y"]), atol=1e-5
        )
        for case in read(FILE)
    )
