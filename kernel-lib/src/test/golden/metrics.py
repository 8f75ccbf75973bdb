"""Metrics over whole sets: Keras's where it has one, else what `metric_references.py` defines."""

from dataclasses import dataclass, field
from typing import Any, Callable

import keras
import numpy as np

from metric_references import REFERENCES
from tensors import generator, loaded, read, short, stored

Case = dict[str, Any]
Settings = dict[str, Any]

DIGITS = 17
FEWEST = 200

KERAS: dict[str, Callable[..., keras.metrics.Metric]] = {
    "exactAccuracy": keras.metrics.Accuracy,
    "mean": keras.metrics.Mean,
    "sum": keras.metrics.Sum,
    "binaryAccuracy": keras.metrics.BinaryAccuracy,
    "categoricalAccuracy": keras.metrics.CategoricalAccuracy,
    "sparseCategoricalAccuracy": keras.metrics.SparseCategoricalAccuracy,
    "topKCategoricalAccuracy": keras.metrics.TopKCategoricalAccuracy,
    "sparseTopKCategoricalAccuracy": keras.metrics.SparseTopKCategoricalAccuracy,
    "precision": keras.metrics.Precision,
    "recall": keras.metrics.Recall,
    "fBeta": keras.metrics.FBetaScore,
    "truePositives": keras.metrics.TruePositives,
    "trueNegatives": keras.metrics.TrueNegatives,
    "falsePositives": keras.metrics.FalsePositives,
    "falseNegatives": keras.metrics.FalseNegatives,
    "r2": keras.metrics.R2Score,
    "iou": keras.metrics.IoU,
    "meanIoU": keras.metrics.MeanIoU,
    "binaryIoU": keras.metrics.BinaryIoU,
    "oneHotIoU": keras.metrics.OneHotIoU,
    "oneHotMeanIoU": keras.metrics.OneHotMeanIoU,
    "precisionAtRecall": keras.metrics.PrecisionAtRecall,
    "recallAtPrecision": keras.metrics.RecallAtPrecision,
    "sensitivityAtSpecificity": keras.metrics.SensitivityAtSpecificity,
    "specificityAtSensitivity": keras.metrics.SpecificityAtSensitivity,
    "pearsonCorrelation": keras.metrics.PearsonCorrelation,
    "concordanceCorrelation": keras.metrics.ConcordanceCorrelation,
}


@dataclass
class Data:
    """Samples, and the figures that are asked of them: a metric and its settings each."""

    name: str
    truth: np.ndarray
    prediction: np.ndarray
    weight: np.ndarray
    keras: list[tuple[str, Settings]] = field(default_factory=list)
    defined: list[tuple[str, Settings]] = field(default_factory=list)


def weights(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Quarters from 0 to 3: some samples count nothing."""
    return rng.integers(0, 13, rows) / 4


def apart(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """Rows of probabilities no two of which are equal: the largest is one alone."""
    draws = [rng.permutation(1024)[:columns] / 1024 for _ in range(rows)]
    return np.array(draws)


def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    return np.eye(classes)[labels]


F_BETAS: list[tuple[str, Settings]] = [
    ("fBeta", {"beta": beta, "average": average})
    for beta in (0.5, 1.0, 2.0)
    for average in ("micro", "macro", "weighted", None)
]
POINTS: list[tuple[str, Settings]] = [
    point
    for least in (0.25, 0.75, 0.9)
    for point in (
        ("precisionAtRecall", {"recall": least}),
        ("recallAtPrecision", {"precision": least, "num_thresholds": 20}),
        ("sensitivityAtSpecificity", {"specificity": least}),
        ("specificityAtSensitivity", {"sensitivity": least, "num_thresholds": 2}),
        ("specificityAtSensitivity", {"sensitivity": least, "num_thresholds": 1}),
    )
]
AGREEMENTS = ["matthewsCorrelation", "cohenKappa", "balancedAccuracy"]
COUNTS = ["truePositives", "trueNegatives", "falsePositives", "falseNegatives"]


def single(name: str, rows: int, share: float, steps: int) -> Data:
    """One sigmoid; a grid of so many steps makes ties."""
    rng = generator(f"metrics {name}")
    y = (rng.random(rows) < share).astype(float)
    p = np.round(np.clip(rng.normal(0.35 + 0.3 * y, 0.2), 0, 1) * steps) / steps
    data = Data(name, y, p, weights(rng, rows))
    data.keras = [("binaryAccuracy", {}), ("binaryAccuracy", {"threshold": 0.25})]
    data.keras += [("precision", {}), ("precision", {"thresholds": 0.25}), ("recall", {})]
    data.keras += [("recall", {"thresholds": 0.75})]
    data.keras += [(count, {}) for count in COUNTS]
    data.keras += [("fBeta", {"beta": 2.0, "average": "macro", "threshold": 0.5})]
    data.keras += [*POINTS, ("binaryIoU", {}), ("binaryIoU", {"threshold": 0.25, "target_class_ids": [1]})]
    data.defined = [("specificity", {}), *((agreement, {}) for agreement in AGREEMENTS)]
    data.defined += [("auc", {}), ("auc", {"curve": "PR"}), ("averagePrecision", {})]
    return data


def rows_of_answers(name: str, rows: int, columns: int, exclusive: bool) -> Data:
    """One-hot rows, or several yes and no that do not exclude each other."""
    rng = generator(f"metrics {name}")
    p = apart(rng, rows, columns)
    labels = np.where(rng.random(rows) < 0.5, p.argmax(1), rng.integers(0, columns, rows))
    y = one_hot(labels, columns)
    if not exclusive:
        y = np.clip(y + (rng.random((rows, columns)) < 0.2), 0, 1)
    data = Data(name, y, p, weights(rng, rows))
    data.keras = [("binaryAccuracy", {"threshold": 0.5})]
    for metric in ("precision", "recall"):
        data.keras += [(metric, {}), (metric, {"class_id": 1}), (metric, {"top_k": 2})]
        data.keras += [(metric, {"thresholds": 0.75, "class_id": 2})]
    data.keras += [(count, {}) for count in COUNTS] + F_BETAS
    data.keras += [("fBeta", {"beta": 1.0, "average": "macro", "threshold": 0.5})]
    data.keras += POINTS + [("precisionAtRecall", {"recall": 0.5, "class_id": 1})]
    data.keras += [("binaryIoU", {})]
    if exclusive:
        data.keras += [("pearsonCorrelation", {}), ("concordanceCorrelation", {})]
        data.defined += [(agreement, {}) for agreement in AGREEMENTS]
        data.keras += [("oneHotIoU", {"num_classes": columns, "target_class_ids": [0, 2]})]
        data.keras += [("oneHotMeanIoU", {"num_classes": columns})]
        data.keras += [("oneHotMeanIoU", {"num_classes": columns, "ignore_class": 1})]
        data.keras += [("categoricalAccuracy", {})]
        data.keras += [("topKCategoricalAccuracy", {"k": k}) for k in (1, 2, 3)]
    data.defined += [
        ("averagePrecision", {"average": average}) for average in ("micro", "macro", "weighted", None)
    ]
    data.defined += [
        (metric, {"average": average, "threshold": 0.5})
        for metric in ("precision", "recall", "specificity")
        for average in ("micro", "macro", "weighted", None)
    ]
    data.defined += [
        ("auc", {"curve": curve, "average": average})
        for curve in ("ROC", "PR")
        for average in ("micro", "macro", "weighted", None)
    ]
    return data


def labelled(name: str, rows: int, classes: int, drawn: int, said: int) -> Data:
    """Integer labels, of which only the first `drawn` occur and the first `said` are ever said."""
    rng = generator(f"metrics {name}")
    p = apart(rng, rows, classes)
    p[:, said:] /= 2048
    y = np.where(rng.random(rows) < 0.5, p.argmax(1) % drawn, rng.integers(0, drawn, rows))
    data = Data(name, y.astype(float), p, weights(rng, rows))
    data.keras = [("sparseCategoricalAccuracy", {})]
    data.keras += [("sparseTopKCategoricalAccuracy", {"k": k}) for k in (1, 2, 3)]
    rows_of = {"num_classes": classes, "sparse_y_pred": False}
    data.keras += [("meanIoU", rows_of), ("meanIoU", rows_of | {"ignore_class": 1})]
    data.keras += [("iou", rows_of | {"target_class_ids": [1, 3]})]
    data.defined = [
        (metric, {"average": average})
        for metric in ("precision", "recall", "specificity", "fBeta", *COUNTS)
        for average in ("micro", "macro", "weighted", None)
        if metric not in COUNTS or average in ("micro", None)
    ]
    data.defined += [(agreement, {}) for agreement in AGREEMENTS]
    data.defined += [("averagePrecision", {"average": average}) for average in ("macro", "weighted")]
    data.defined += [("precision", {"class_id": 2}), ("recall", {"top_k": 2, "average": "macro"})]
    data.defined += [
        ("auc", {"curve": curve, "average": average})
        for curve in ("ROC", "PR")
        for average in ("macro", "weighted")
    ]
    return data


def measured(name: str, rows: int, columns: int, features: int) -> Data:
    """Measurements far from 0, and predictions that know half of their spread."""
    rng = generator(f"metrics {name}")
    y = 1000 + np.round(rng.normal(0, 4, (rows, columns)) * np.arange(1, columns + 1) * 64) / 64
    p = np.round((500 + y / 2 + rng.normal(0, 2, (rows, columns))) * 64) / 64
    data = Data(name, y, p, weights(rng, rows))
    data.keras = [("r2", {"class_aggregation": how}) for how in (None, "uniform_average")]
    data.keras += [("r2", {"class_aggregation": "variance_weighted_average"})]
    if columns > 1:
        data.keras += [("pearsonCorrelation", {}), ("concordanceCorrelation", {})]
    else:
        data.defined = [("pearsonCorrelation", {}), ("concordanceCorrelation", {})]
    if features:
        data.keras += [("r2", {"num_regressors": features})]
    return data


def numbered(name: str, rows: int, positions: int, classes: int) -> Data:
    """Class numbers beside class numbers at several positions of a sample, a few out of range."""
    rng = generator(f"metrics {name}")
    y = rng.integers(0, classes + 1, (rows, positions))
    p = np.where(rng.random((rows, positions)) < 0.5, y, rng.integers(-1, classes, (rows, positions)))
    data = Data(name, y.astype(float), p.astype(float), weights(rng, rows))
    data.keras = [("meanIoU", {"num_classes": classes})]
    data.keras += [("meanIoU", {"num_classes": classes, "ignore_class": 0})]
    data.keras += [("iou", {"num_classes": classes, "target_class_ids": [1]})]
    data.keras += [("exactAccuracy", {}), ("mean", {}), ("sum", {})]
    return data


def sequences(name: str, rows: int, steps: int, classes: int, logits: bool) -> Data:
    """A label at each step beside a row of scores, mostly right, with padding 0 at the ends."""
    rng = generator(f"metrics {name}")
    p = apart(rng, rows * steps, classes).reshape(rows, steps, classes)
    y = np.where(rng.random((rows, steps)) < 0.75, p.argmax(-1), rng.integers(0, classes, (rows, steps)))
    y *= np.arange(steps) < rng.integers(1, steps + 1, rows)[:, None]
    p = np.round((8 * p - 4) * 64) / 64 if logits else p / p.sum(-1, keepdims=True)
    p = p if logits else p.astype(np.float32).astype(float)
    data = Data(name, y.astype(float), p, weights(rng, rows))
    form = {"from_logits": True} if logits else {}
    data.defined = [("perplexity", form), ("perplexity", form | {"ignored_label": 0})]
    data.defined += [("sequenceAccuracy", {}), ("sequenceAccuracy", {"ignored_label": 0})]
    data.defined += [
        ("editDistance", {"normalize": normalize} | more)
        for normalize in (True, False)
        for more in ({}, {"ignored_label": 0}, {"ctc": True})
    ]
    return data


def decided(name: str, rows: int, steps: int, classes: int) -> Data:
    """Rows of labels that -1 fills up, beside others of another length."""
    rng = generator(f"metrics {name}")
    y = rng.integers(0, classes, (rows, steps))
    p = np.concatenate([np.roll(y, 1, 1), rng.integers(0, classes, (rows, 2))], 1)
    p = np.where(rng.random(p.shape) < 0.25, rng.integers(0, classes, p.shape), p)
    for of in (y, p):
        of[np.arange(of.shape[1]) >= rng.integers(0, of.shape[1] + 1, rows)[:, None]] = -1
    data = Data(name, y.astype(float), p.astype(float), weights(rng, rows))
    data.defined = [("editDistance", {}), ("editDistance", {"normalize": False})]
    data.defined += [("editDistance", {"ignored_label": 1})]
    return data


def ranked(name: str, rows: int, items: int, most: int, steps: int) -> Data:
    """How relevant items are, from 0 to `most`, in a few rows none, and scores of which some are equal."""
    rng = generator(f"metrics {name}")
    y = rng.integers(1, most + 1, (rows, items)) * (rng.random((rows, items)) < 0.2).astype(float)
    p = np.round(np.clip(rng.normal(0.3 + 0.3 * y / most, 0.25), 0, 1) * steps) / steps
    data = Data(name, y, p, weights(rng, rows))
    data.defined = [(metric, {"k": k}) for metric in ("hitRate", "ndcg") for k in (1, 3, items)]
    data.defined += [("meanReciprocalRank", {})]
    return data


def boxes(name: str, rows: int) -> Data:
    """Boxes in the unit measure, and others near them, of which some lie apart or the wrong way round."""
    rng = generator(f"metrics {name}")
    y = np.sort(rng.integers(0, 257, (rows, 2, 2)), 1).reshape(rows, 4) / 256
    data = Data(name, y, np.clip(y + np.round(rng.normal(0, 0.2, (rows, 4)) * 256) / 256, 0, 1), weights(rng, rows))
    data.defined = [("boxIoU", {})]
    return data


def corner(name: str, truth: list[float], prediction: list[float]) -> Data:
    """All of one class, or a single sample: what is 0/0 is 0."""
    y, p = np.array(truth), np.array(prediction)
    data = Data(name, y, p, np.ones(len(y)))
    data.keras = [("precision", {}), ("recall", {}), ("binaryAccuracy", {})]
    data.keras += [("fBeta", {"beta": 1.0, "average": "macro", "threshold": 0.5})]
    data.keras += [(count, {}) for count in COUNTS]
    data.defined = [("specificity", {})]
    return data


DATA = [
    single("one sigmoid, few among many, ties", 300, 0.15, 64),
    single("one sigmoid, balanced", 220, 0.5, 4096),
    rows_of_answers("one-hot rows of four", 240, 4, True),
    rows_of_answers("three answers a sample", 220, 3, False),
    labelled("labels of five", 260, 5, 5, 5),
    labelled("labels of five, one never there and one never said", 230, 5, 4, 4),
    numbered("class numbers at three positions", 220, 3, 4),
    measured("measurements", 250, 1, 7),
    sequences("sequences of probabilities", 210, 3, 4, False),
    sequences("sequences of logits", 220, 2, 3, True),
    sequences("sequences of one step", 200, 1, 3, False),
    decided("rows of labels of any length", 230, 4, 3),
    measured("measurements of three kinds", 210, 3, 0),
    corner("all yes", [1, 1, 1, 1], [0.75, 0.25, 0.625, 0.5]),
    corner("all no", [0, 0, 0, 0], [0.75, 0.25, 0.625, 0.5]),
    corner("all no and none said", [0, 0, 0], [0.25, 0.25, 0.125]),
    corner("all yes and none said", [1, 1, 1], [0.25, 0.25, 0.125]),
    corner("one sample", [1], [0.75]),
    boxes("boxes", 240),
    ranked("items that are relevant or not", 120, 8, 1, 4096),
    ranked("items rated from 0 to 5, many ties", 120, 12, 5, 16),
]


def by_keras(data: Data, metric: str, settings: Settings, weighted: bool) -> Any:
    """What Keras says of the whole set at once."""
    made = KERAS[metric](dtype="float64", **settings)
    y, p = data.truth, data.prediction
    if metric in ("fBeta", "r2") and y.ndim == 1:
        y, p = y[:, None], p[:, None]
    if metric == "binaryAccuracy" and y.ndim == 1:
        y, p = y[:, None], p[:, None]
    weight = data.weight
    if metric in ("iou", "meanIoU", "binaryIoU") and y.ndim > 1:
        weight = np.repeat(weight[:, None], y.shape[1], 1)  # Keras wants one a position here
    if metric in ("mean", "sum"):
        # They take values and weights, and no third array.
        made.update_state(y, p * data.weight.reshape(-1, *[1] * (p.ndim - 1)) if weighted else p)
    else:
        made.update_state(y, p, sample_weight=weight if weighted else None)
    if metric.lower().endswith("iou"):
        return exact_iou(made)
    return np.asarray(keras.ops.convert_to_numpy(made.result()), dtype=np.float64)


def exact_iou(made: Any) -> np.ndarray:
    """Keras's figure by its counts, as it divides them in float32 whatever its type."""
    counts = keras.ops.convert_to_numpy(made.total_cm).astype(np.float64)[:, :]
    union = counts.sum(0) + counts.sum(1) - np.diag(counts)
    ids = [each for each in made.target_class_ids if union[each] > 0]
    exact = np.mean([counts[each, each] / union[each] for each in ids])
    if not abs(exact - float(made.result())) < 1e-6:
        raise ValueError(f"{exact} is not Keras's {float(made.result())}")
    return np.asarray(exact)


def by_definition(data: Data, metric: str, settings: Settings, weighted: bool) -> Any:
    weight = data.weight if weighted else np.ones(len(data.truth))
    return np.asarray(REFERENCES[metric](data.truth, data.prediction, weight, **settings))


def figure(data: Data, way: str, metric: str, settings: Settings, weighted: bool) -> Case:
    """One figure with the name of who computed it; Keras's small number beside divisors is 0 here."""
    known = keras.config.epsilon()
    keras.config.set_epsilon(1e-300)
    value = (by_keras if way == "keras" else by_definition)(data, metric, settings, weighted)
    keras.config.set_epsilon(known)
    key = {"values": stored(value, DIGITS)} if value.ndim else {"value": short(float(value), DIGITS)}
    if metric == "auc" and (data.prediction.ndim == 1 or settings["average"] == "micro"):
        curve = settings.get("curve", "ROC")
        key["keras"] = {str(n): short(keras_area(data, curve, n, weighted), DIGITS) for n in (200, 8194)}
    return {"by": way, "metric": metric, "settings": settings, "weighted": weighted, **key}


def keras_area(data: Data, curve: str, thresholds: int, weighted: bool) -> float:
    """Keras's area at so many thresholds; 8,194 lie between any two scores of a 4,096th."""
    made = keras.metrics.AUC(num_thresholds=thresholds, curve=curve, dtype="float64")
    made.update_state(data.truth, data.prediction, sample_weight=data.weight if weighted else None)
    return float(made.result())


def asked(data: Data) -> list[tuple[str, str, Settings]]:
    return [("keras", *one) for one in data.keras] + [("definition", *one) for one in data.defined]


def case(data: Data) -> Case:
    """One set with all that is asked of it, with and without weights."""
    return {
        "name": data.name,
        "yTrue": stored(data.truth, DIGITS),
        "yPred": stored(data.prediction, DIGITS),
        "sampleWeight": stored(data.weight, DIGITS),
        "figures": [
            figure(data, *one, weighted) for one in asked(data) for weighted in (False, True)
        ],
    }


def cases() -> list[Case]:
    """A case for each set of samples; each metric is seen on enough rows."""
    rows: dict[str, int] = {}
    for data in DATA:
        for metric in {one[1] for one in asked(data)}:
            rows[metric] = rows.get(metric, 0) + len(data.truth)
    if min(rows.values()) < FEWEST:
        raise ValueError(f"{rows}: a metric has fewer rows than {FEWEST}")
    return [case(data) for data in DATA]


FILES = {"metrics": cases}


def check() -> int:
    """Compares the stored figures of Keras with the running back end's; returns the misses."""
    misses = 0
    for record, data in zip(read("metrics.json"), DATA):
        for stored_figure in record["figures"]:
            if "keras" in stored_figure:
                curve = stored_figure["settings"].get("curve", "ROC")
                near = keras_area(data, curve, 8194, stored_figure["weighted"])
                if not abs(near - stored_figure["value"]) <= 1e-6:
                    misses += 1
                    print(f"{data.name} {curve}: Keras {near}, exact {stored_figure['value']}")
            if stored_figure["by"] != "keras":
                continue
            found = figure(
                data, "keras", stored_figure["metric"], stored_figure["settings"], stored_figure["weighted"]
            )
            wanted, seen = (
                loaded(one["values"]) if "values" in one else np.array(one["value"])
                for one in (stored_figure, found)
            )
            if not np.max(np.abs(wanted - seen)) <= 1e-9 * (1 + np.max(np.abs(wanted))):
                misses += 1
                print(f"{data.name} {stored_figure} differs: {seen}")
    return misses
