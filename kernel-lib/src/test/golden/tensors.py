"""Numbers for golden cases: seeded by the case's name, exact in float32, written short."""

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np

RESOURCES = Path(__file__).resolve().parents[1] / "resources" / "golden"

Tensor = dict[str, Any]


def generator(name: str) -> np.random.Generator:
    """A generator of its own for each case, so that a new case changes no other."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def grid(rng: np.random.Generator, shape: tuple[int, ...], spread: float = 1.0) -> np.ndarray:
    """Normal numbers rounded to 1/256: the same number in float32 and float64, and short as text."""
    return np.round(rng.normal(0.0, spread, shape) * 256) / 256


def distinct(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers no two of which are equal, so that a maximum has one place and its gradient one owner."""
    count = int(np.prod(shape))
    return ((rng.permutation(count) - count // 2) / 32).reshape(shape)


def stored(array: Any, digits: int = 9) -> Tensor:
    """Shape and data, row-major; nine significant digits name a float32, seventeen a float64."""
    array = np.asarray(array, dtype=np.float64)
    if not np.isfinite(array).all():
        raise ValueError(f"a golden tensor of shape {array.shape} is not finite")
    data = [short(v, digits) for v in array.reshape(-1).tolist()]
    return {"shape": list(array.shape), "data": data}


def short(value: float, digits: int) -> float | int:
    """The number with that many significant digits, an integer where it is one."""
    rounded = float(f"{value:.{digits}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e9 else rounded


def loaded(tensor: Tensor) -> np.ndarray:
    """The array that `stored` wrote."""
    return np.array(tensor["data"], dtype=np.float64).reshape(tensor["shape"])


def write(name: str, cases: list[dict[str, Any]], source: str) -> None:
    """One file, one case a line, so that a changed case shows as one changed line."""
    names = [case["name"] for case in cases]
    if len(set(names)) != len(names):
        raise ValueError(f"{name}: case names repeat")
    lines = ",\n".join(
        json.dumps(case, allow_nan=False, separators=(",", ":")) for case in cases
    )
    text = f'{{"source":{json.dumps(source)},"cases":[\n{lines}\n]}}\n'
    path = RESOURCES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{name}: {len(cases)} cases, {len(text) // 1024} KiB")


def read(name: str) -> list[dict[str, Any]]:
    """The cases of a file."""
    return json.loads((RESOURCES / name).read_text(encoding="utf-8"))["cases"]
