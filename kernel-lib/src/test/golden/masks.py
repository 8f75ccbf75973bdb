"""Networks whose steps are masked: losses, metrics and the weights of three steps of plain descent."""

import inspect
from typing import Any, Iterator

import keras
import numpy as np
from keras import layers as L

from layers import case as of_layer
from tensors import generator, grid, stored

Case = dict[str, Any]

RATE = 0.0625
BATCH = 3
STEPS = 5
WIDTH = 3
CLASSES = 4

# which steps of each sample count
MASKS = {
    "all": [[1, 1, 1, 1, 1]] * BATCH,
    "none": [[0, 0, 0, 0, 0]] * BATCH,
    "at the end": [[1, 1, 0, 0, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1]],
    "at the start": [[0, 0, 1, 1, 1], [0, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
    "in the middle": [[1, 0, 0, 1, 1], [1, 1, 0, 1, 0], [0, 1, 0, 1, 0]],
    "of a whole sample": [[1, 1, 0, 1, 1], [0, 0, 0, 0, 0], [1, 0, 0, 0, 0]],
}

EMBEDDING: tuple[str, Case] = ("Embedding", {"input_dim": 7, "output_dim": 3, "mask_zero": True})
WORDS: list[tuple[str, Case]] = [EMBEDDING, ("Dense", {"units": 4, "activation": "tanh"})]
DENSE: list[tuple[str, Case]] = [("Masking", {}), ("Dense", {"units": 4, "activation": "tanh"})]
SPARSE = "SparseCategoricalCrossentropy"
WEIGHTED_MEAN = {"reduction": "mean_with_sample_weight"}

# name, the layers before the last, its units and activation, the loss and its settings, the targets, the weights, the mask
KINDS: list[tuple[str, list[tuple[str, Case]], int, str, str, Case, str, str, str]] = [
    *(
        (f"labels, masked {mask}", DENSE, CLASSES, "softmax", SPARSE, {}, "labels", "", mask)
        for mask in MASKS
    ),
    ("labels from logits", DENSE, CLASSES, "linear", SPARSE, {"from_logits": True}, "labels", "", "in the middle"),
    ("labels, weights of positions", DENSE, CLASSES, "softmax", SPARSE, {}, "labels", "positions", "at the end"),
    ("labels, weighted mean", DENSE, CLASSES, "softmax", SPARSE, WEIGHTED_MEAN, "labels", "positions", "at the end"),
    ("labels, weighted mean without weights", DENSE, CLASSES, "softmax", SPARSE, WEIGHTED_MEAN, "labels", "", "at the start"),
    ("labels, sum", DENSE, CLASSES, "softmax", SPARSE, {"reduction": "sum"}, "labels", "", "in the middle"),
    ("an ignored label", DENSE, CLASSES, "softmax", SPARSE, {"ignore_class": 1}, "labels", "", "in the middle"),
    ("an ignored label, weights", DENSE, CLASSES, "softmax", SPARSE, {"ignore_class": 1}, "labels", "positions", "in the middle"),
    ("one-hot", DENSE, CLASSES, "softmax", "CategoricalCrossentropy", {}, "one-hot", "", "of a whole sample"),
    ("answers", DENSE, 1, "sigmoid", "BinaryCrossentropy", {}, "answers", "", "in the middle"),
    ("several answers", DENSE, 2, "sigmoid", "BinaryCrossentropy", {}, "several answers", "positions", "in the middle"),
    ("numbers", DENSE, 2, "linear", "MeanSquaredError", {}, "numbers", "", "in the middle"),
    ("numbers, weights of samples", DENSE, 2, "linear", "MeanAbsoluteError", {}, "numbers", "samples", "at the end"),
    *((f"words, masked {mask}", WORDS, CLASSES, "softmax", SPARSE, {}, "labels", "", mask) for mask in MASKS),
    ("words without a mask", [("Embedding", {"input_dim": 7, "output_dim": 3}), WORDS[1]], CLASSES, "softmax",
     SPARSE, {}, "labels", "", "at the end"),
    *((f"after {kind}{' axis 1' if 'axis' in given else ''}", [DENSE[0], (kind, given), DENSE[1]], 2, "linear", "MeanSquaredError", {}, "numbers", "", "in the middle")
      for kind, given in [
          ("Activation", {"activation": "tanh"}), ("BatchNormalization", {"momentum": 0.75}),
          ("BatchNormalization", {"axis": 1, "momentum": 0.75, "scale": False}), ("LayerNormalization", {}),
          ("GroupNormalization", {"groups": 1}), ("UnitNormalization", {}), ("RMSNormalization", {}), ("PReLU", {}),
          ("LeakyReLU", {}), ("Rescaling", {"scale": 0.5, "offset": 0.25}), ("Identity", {}),
          ("Conv1D", {"filters": 3, "kernel_size": 2, "padding": "same"}), ("Reshape", {"target_shape": [5, 3]}),
      ]),
    ("BatchNormalization, masked none", [DENSE[0], ("BatchNormalization", {})], 2, "linear",
     "MeanSquaredError", {}, "numbers", "", "none"),
    *((f"the mean of steps masked {mask}", [*DENSE, ("GlobalAveragePooling1D", {})], 2, "linear", "MeanSquaredError", {},
       "numbers of samples", "", mask) for mask in ("all", "at the end", "in the middle")),
    ("the mean of words", [*WORDS, ("GlobalAveragePooling1D", {"keepdims": True}), ("Flatten", {})], 2, "tanh",
     "MeanSquaredError", {}, "numbers of samples", "samples", "at the start"),
    ("another value", [("Masking", {"mask_value": -1.5}), DENSE[1]], 2, "linear", "MeanSquaredError", {}, "numbers", "", "at the end"),
]


def target(rng: np.random.Generator, kind: str) -> np.ndarray:
    """The targets of a batch."""
    labels = rng.integers(0, CLASSES, (BATCH, STEPS))
    if kind == "numbers of samples":
        return np.abs(grid(rng, (BATCH, 2)))
    if kind == "labels":
        return labels.astype(float)
    if kind == "one-hot":
        return np.eye(CLASSES)[labels]
    if "answers" in kind:
        return rng.integers(0, 2, (BATCH, STEPS, 2 if kind.startswith("several") else 1)).astype(float)
    return grid(rng, (BATCH, STEPS, 2))


def metrics(targets: str) -> list[Any]:
    """Keras's metrics that heed masks, for targets of that kind."""
    names = {"labels": ["sparse_categorical_accuracy"], "one-hot": ["categorical_accuracy", "mse"]}
    return names.get(targets, ["binary_accuracy"] if "answers" in targets else ["mae", "mse"])


def case(
    name: str,
    before: list[tuple[str, Case]],
    units: int,
    end: str,
    loss: str,
    settings: Case,
    targets: str,
    weights: str,
    mask: str,
) -> Case:
    """The prediction, and the figures and the weights after each of three steps."""
    rng = generator("masks " + name)
    words = before[0][0] == "Embedding"
    x = rng.integers(1, 7, (BATCH, STEPS)).astype(float) if words else grid(rng, (BATCH, STEPS, WIDTH))
    value = before[0][1].get("mask_value", 0.0)
    x[np.array(MASKS[mask]) == 0] = value
    y = target(rng, targets)
    all_layers = [*before, ("Dense", {"units": units, "activation": end})]
    made = [getattr(L, kind)(**given, name=f"layer{i}") for i, (kind, given) in enumerate(all_layers)]
    model = keras.Sequential([keras.Input(x.shape[1:]), *made])
    named = {f"{part.name}/{w.name}": w for part in model.layers for w in part.weights}
    for weight in named.values():
        weight.assign(np.abs(grid(rng, tuple(weight.shape), 0.5)) + 0.5 if "variance" in weight.name
                      else grid(rng, tuple(weight.shape), 0.5))
    # Those of Lossbook leave out what the loss ignores.
    judged = [] if "ignore_class" in settings else metrics(targets)
    told: Case = {
        "name": name,
        "layers": [{"class": kind, "settings": given} for kind, given in all_layers],
        "loss": loss,
        "settings": settings,
        "metrics": judged,
        "x": stored(x),
        "y": stored(y),
        "weights": {k: stored(w.numpy()) for k, w in named.items()},
        "predictions": stored(model.predict_on_batch(x)),
    }
    w = None
    if weights:
        w = rng.integers(0, 5, (BATCH, STEPS) if weights == "positions" else (BATCH, 1)) / 4
        told["sampleWeight"] = stored(w.reshape(-1) if weights == "samples" else w)
        w = w[:, 0] if targets.endswith("samples") else np.broadcast_to(w, (BATCH, STEPS)).copy()
    rate = RATE / 16 if settings.get("reduction") == "sum" else RATE
    model.compile(keras.optimizers.SGD(rate), getattr(keras.losses, loss)(**settings),
                  metrics=judged, weighted_metrics=judged)
    told["rate"], told["figures"], told["after"] = rate, [], []
    for _ in range(3):
        figures = model.train_on_batch(x, y, sample_weight=w, return_dict=True)
        model.reset_metrics()
        told["figures"].append({k: float(v) for k, v in figures.items()})
        told["after"].append({k: stored(v.numpy()) for k, v in named.items()})
    return told


def cases() -> list[Case]:
    from torch.nn import functional

    from positions import contiguous

    functional.nll_loss = contiguous(functional.nll_loss)
    functional.cross_entropy = contiguous(functional.cross_entropy)
    return [case(*kind) for kind in KINDS]


def masking() -> Iterator[Case]:
    """The layer alone: rows of the value, a row with the value in some places, and one number a step."""
    for value, shape in [(0.0, (3, 7, 2)), (0.0, (2, 3, 4, 3)), (-1.5, (1, 5, 6)), (2.0, (3, 4)), (0.0, (2, 6, 1)), (0.0, (1, 1, 3))]:
        name = f"masking {'x'.join(map(str, shape))}, {value}"
        rng = generator(name)
        x = grid(rng, shape)
        x[rng.random(shape) < 0.3] = value
        x[rng.random(shape[:-1]) < 0.4] = value
        yield of_layer(name, "masking", {"mask_value": value}, x)


def embedding() -> Iterator[Case]:
    """The layer alone: words that repeat, one that no sample has, and other shapes than a row of words."""
    for words, width, shape, settings in [
        (5, 3, (2, 7), {}),
        (4, 1, (1, 5), {"mask_zero": True}),
        (7, 2, (3, 2, 4), {}),
        (1, 4, (2, 1), {}),
        (6, 5, (4, 3), {"embeddings_regularizer": "l2"}),
    ]:
        name = f"embedding {words} {width} {'x'.join(map(str, shape))}{''.join(f', {k}' for k in settings)}"
        x = generator(name).integers(0, words, shape).astype(float)
        yield of_layer(name, "embedding", {"input_dim": words, "output_dim": width, **settings}, x)


MAKING: Case = {  # numbers for the arguments that Keras's layers have to be given
    "units": 2, "filters": 2, "kernel_size": 1, "rate": 0.5, "stddev": 0.5, "input_dim": 9, "output_dim": 2, "n": 2, "dims": [2, 1],
    "target_shape": [5, 5], "num_heads": 2, "key_dim": 2, "head_dim": 2, "num_query_heads": 2, "num_key_value_heads": 1,
    "scale": 0.5, "height": 5, "width": 5, "output_size": 1, "num_tokens": 9, "num_bins": 9, "groups": 1,
    "activation": "tanh", "pool_size": 1, "factor": 0.5, "equation": "...x,xy->...y", "output_shape": [2],
}
SHAPES = [(2, 5, 5), (2, 5, 5, 5), (2, 5, 5, 5, 5)]
MERGING = ("Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract")
WHERE_STEPS_REMAIN = {"return_sequences": True}


def passes(kind: type[keras.Layer], settings: Case) -> Case:
    """Whether the output of a layer has a mask where its input has one, or all its inputs have."""
    for shape in SHAPES:
        x = L.Masking()(np.ones(shape))
        both = kind.__name__ in MERGING or "Attention" in kind.__name__
        try:
            made = kind(**settings)
            if kind.__name__ in ("MultiHeadAttention", "GroupedQueryAttention"):
                y = made(x, x)
            else:
                y = made([x, L.Masking()(np.ones(shape))] if both else x)
        except (ValueError, RuntimeError, TypeError, IndexError, AttributeError, NotImplementedError, ImportError) as e:
            reason = e
            continue
        words = "".join(f", {k} {v}" for k, v in settings.items())
        return {
            "name": f"{kind.__name__}{words}",
            "layer": kind.__name__,
            "settings": settings,
            "shape": shape[1:],
            "inputs": 2 if both else 1,
            "passes": keras.src.backend.get_keras_mask(y) is not None,
        }
    raise ValueError(f"{kind.__name__}: {reason}")


def passing() -> Iterator[Case]:
    """Every layer of Keras's that takes one value, or several alike."""
    for name, kind in sorted(vars(L).items()):
        if not isinstance(kind, type) or not issubclass(kind, keras.Layer) or name != kind.__name__:
            continue
        wanted = [p for p in inspect.signature(kind.__init__).parameters.values()
                  if p.default is p.empty and p.kind == p.POSITIONAL_OR_KEYWORD and p.name != "self"]
        settings = {p.name: MAKING[p.name] for p in wanted if p.name in MAKING}
        if name == "Dot":
            settings = {"axes": 2}
        if name.startswith("MaxPooling"):
            settings = {"pool_size": 1}
        if len(settings) < len(wanted) and name != "Dot" or name == "AugMix":  # whether it takes these shapes is chance
            continue
        variants = [settings]
        if "return_sequences" in str(inspect.signature(kind.__init__)):
            variants.append({**settings, **WHERE_STEPS_REMAIN})
        if name == "Embedding":
            variants.append({**settings, "mask_zero": True})
        if name == "GroupNormalization":
            variants = [{"groups": 1}]
        for each in variants:
            try:
                yield passes(kind, each)
            except ValueError as e:
                print("left out:", str(e).splitlines()[0][:150])


FILES: dict[str, Any] = {"masks": cases, "masking": masking, "mask_rules": passing, "embedding": embedding}
