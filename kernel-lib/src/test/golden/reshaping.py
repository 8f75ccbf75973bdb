"""Layers that rearrange numbers: permute, repeat, pad, crop and enlarge, along one axis or three."""

from typing import Any, Iterator

from layers import Case, named
from tensors import distinct

SEQUENCES = [(3, 5, 2), (1, 1, 1)]
IMAGES = [(2, 4, 5, 2), (1, 1, 1, 1)]
VOLUMES = [(2, 3, 2, 1, 3), (1, 1, 1, 1, 1)]


def reshaping() -> Iterator[Case]:
    for dims, shape in [([1], (3, 7)), ([2, 1], (3, 5, 2)), ([3, 1, 2], (2, 3, 5, 7)), ([1, 2], (2, 3, 1)),
                        ([4, 2, 3, 1], (2, 3, 1, 5, 2))]:
        yield named("permute", shape, {"dims": dims}, distinct)
    for n, shape in [(1, (3, 7)), (5, (3, 7)), (3, (1, 1))]:
        yield named("repeat_vector", shape, {"n": n}, distinct)
    yield named("identity", (3, 5, 2), {}, distinct)
    yield named("flatten", (3, 2, 5, 7), {"data_format": "channels_first"}, distinct)
    yield named("flatten", (3, 4, 2, 3, 2), {}, distinct)
    yield named("reshape", (2, 3, 4, 2), {"target_shape": [2, 1, -1, 3, 1]}, distinct)
    yield from margins("zero_padding", "padding", SEQUENCES, IMAGES, VOLUMES)
    yield from margins("cropping", "cropping", [(3, 5, 2), (1, 4, 1)], [(3, 4, 6, 2), (1, 4, 4, 1)],
                       [(2, 4, 3, 3, 2), (1, 4, 4, 4, 1)])
    for size in (1, 2, 3):
        for shape in SEQUENCES:
            yield named("up_sampling1d", shape, {"size": size}, distinct)
        for shape in VOLUMES:
            yield named("up_sampling3d", shape, {"size": [size, 2, 1]}, distinct)
    for interpolation in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"):
        for size in ([2, 2], [1, 3], [4, 2]):
            for shape in [*IMAGES, *([(1, 3, 2, 17)] if size == [2, 2] else [])]:
                yield named("up_sampling2d", shape, {"size": size, "interpolation": interpolation}, distinct)


def margins(layer: str, setting: str, *shapes: list[tuple[int, ...]]) -> Iterator[Case]:
    """Keras's default, one number for all sides, and two for each axis."""
    for axes, some in enumerate(shapes, 1):
        pairs = [[1, 2], [0, 1], [2, 0]][:axes]
        options: list[Case] = [{}, {setting: 1}, {setting: pairs if axes > 1 else pairs[0]}]
        if axes > 1:
            options.append({setting: [1, 0, 1][:axes]})
        for shape in some:
            for settings in options:
                yield named(f"{layer}{axes}d", shape, settings, distinct)


FILES: dict[str, Any] = {"reshaping": reshaping}
