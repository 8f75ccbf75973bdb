"""Writes the real series of the library from statsmodels, and what windows and forecasts of one are, from NumPy and scikit-learn.

    python -m venv .venv-uses && .venv-uses/bin/pip install -r kernel-lib/src/test/golden/requirements-uses.txt
    .venv-uses/bin/python kernel-lib/src/test/golden/series.py
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import mean_absolute_error, root_mean_squared_error
from statsmodels import datasets

HERE = Path(__file__).resolve()
SERIES = HERE.parents[2] / "main" / "resources" / "org" / "lossbook" / "data" / "series"
GOLDEN = HERE.parents[1] / "resources" / "golden"


def sunspots() -> None:
    years = datasets.sunspots.load_pandas().data
    assert list(years["YEAR"]) == list(range(1700, 2009))
    write(
        "sunspots.txt",
        "Yearly mean sunspot number, 1700 to 2008. National Geophysical Data Center (NOAA);"
        " public domain, from statsmodels.datasets.sunspots.",
        [f"{value:g}" for value in years["SUNACTIVITY"]],
    )


def co2() -> None:
    """Months are means of their weeks; February to April 1964 lie on a straight line, as in R's dataset co2."""
    weeks = datasets.co2.load_pandas().data["co2"]
    months = weeks.resample("MS").mean()["1959":]
    assert list(months[months.isna()].index.strftime("%Y-%m")) == ["1964-02", "1964-03", "1964-04"]
    write(
        "co2.txt",
        "Monthly mean carbon dioxide in the air at Mauna Loa, in ppm, January 1959 to December 2001."
        " Keeling and Whorf 2004, Carbon Dioxide Information Analysis Center; public domain, from"
        " statsmodels.datasets.co2: means of its weeks, February to April 1964 interpolated.",
        [f"{value:.2f}" for value in months.interpolate()],
    )


def write(name: str, source: str, values: list[str]) -> None:
    SERIES.mkdir(parents=True, exist_ok=True)
    (SERIES / name).write_text("# " + source + "\n" + "\n".join(values) + "\n", encoding="utf-8")


def case(name: str, length: int, horizon: int, stride: int, share: float, period: int) -> dict[str, Any]:
    """Windows of random numbers: those of the past, those of what comes after, and two forecasts."""
    rng = np.random.default_rng(length + 10 * horizon + 100 * stride)
    values = np.round(np.cumsum(rng.normal(size=40)), 3)
    at = round(share * len(values))

    def cut(first: int, last: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
        starts = [
            s for s in range(max(0, first - length), len(values), stride) if s + length + horizon <= last
        ]
        x = np.array([values[s : s + length] for s in starts])
        y = np.array([values[s + length : s + length + horizon] for s in starts])
        return x, y, starts

    past, comes = cut(0, at), cut(at, len(values))
    naive = np.repeat(comes[0][:, -1:], horizon, axis=1)
    seasonal = np.array(
        [
            [values[s + length + j - period * (1 + j // period)] for j in range(horizon)]
            for s in comes[2]
        ]
    )
    scale = mean_absolute_error(values[1:at], values[: at - 1])
    forecasts = {
        who: {
            "y": guess.tolist(),
            "mae": mean_absolute_error(comes[1], guess),
            "rmse": root_mean_squared_error(comes[1].ravel(), guess.ravel()),
            "mase": mean_absolute_error(comes[1], guess) / scale,
        }
        for who, guess in {"naive": naive, "seasonal": seasonal}.items()
    }
    return {
        "name": name,
        "series": values.tolist(),
        "settings": {"length": length, "horizon": horizon, "stride": stride, "share": share, "period": period},
        "train": {"x": past[0].tolist(), "y": past[1].tolist()},
        "test": {"x": comes[0].tolist(), "y": comes[1].tolist()},
        "mean": float(values[:at].mean()),
        "deviation": float(values[:at].std()),
        "forecasts": forecasts,
    }


def golden() -> None:
    cases = [
        case("one step", 4, 1, 1, 0.7, 4),
        case("three steps", 5, 3, 1, 0.75, 2),
        case("every third", 6, 2, 3, 0.6, 5),
        case("no overlap", 3, 4, 4, 0.5, 3),
    ]
    rows = ",\n".join(json.dumps(each) for each in cases)
    text = '{"source": "NumPy and scikit-learn, written by series.py", "cases": [\n' + rows + "\n]}\n"
    (GOLDEN / "series.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sunspots()
    co2()
    golden()
