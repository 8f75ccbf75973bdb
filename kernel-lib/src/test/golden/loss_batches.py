"""The inputs of each loss: many random rows, other settings, one sample, one class, weights, edges."""

from typing import Any, Callable, Iterator, NamedTuple

import numpy as np

from tensors import generator

Settings = dict[str, Any]
Pair = tuple[np.ndarray, np.ndarray]
Draw = Callable[[np.random.Generator, tuple[int, int]], Pair]

LOGITS = {"from_logits": True}
TINY = [0.0, 1.0, 1e-12, -1e-12]
CERTAIN = [0.0, 1.0, 1e-12, 1 - 1e-12, 1e-7, 1 - 1e-7, 1e-6, 1 - 1e-6, 0.5]
FAR = [1e4, -1e4, 750.0, -750.0, 100.0, -100.0, 40.0, -40.0, 0.0, 1e-12, -1e-12]
FAR_ROWS = np.array([[1e4, -1e4, 0], [1e4, 1e4, -1e4], [-1e4, -1e4, -1e4], [750, 0, -750.0]])


class Batch(NamedTuple):
    """One call of a loss; `slope` is False where the value is finite and its gradient is not, or is
    a matter of choice, each time with the reason beside it."""

    name: str
    settings: Settings
    truth: np.ndarray
    prediction: np.ndarray
    weight: np.ndarray | None = None
    slope: bool = True


def rounded(array: Any) -> np.ndarray:
    """Few digits, so that the files stay readable."""
    return np.round(array, 4)


def column(*numbers: float) -> np.ndarray:
    return np.array(numbers, dtype=float)[:, None]


def every(first: list[float], second: list[float]) -> Pair:
    """Each of one list beside each of the other, a pair a row."""
    return column(*[a for a in first for _ in second]), column(*[b for _ in first for b in second])


def probabilities(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Rows of few digits that add up to one."""
    raw = rng.uniform(0.02, 1, shape)
    rows = rounded(raw / raw.sum(axis=1, keepdims=True))
    rows[:, -1] = rounded(1 - rows[:, :-1].sum(axis=1))
    return rows


def spread(
    loss: str, draw: Draw, settings: Settings, columns: tuple[int, int] = (1, 3)
) -> Iterator[Batch]:
    """The bulk for one choice of settings: narrow and wide rows, a sample alone, and weights."""
    said = "".join(f", {key} {value}" for key, value in settings.items())
    narrow, wide = columns
    for shape in dict.fromkeys([(130, narrow), (60, wide), (1, narrow), (1, wide)]):
        rng = generator(f"{loss} {shape} {sorted(settings)}")
        name = f"{shape[0]}x{shape[1]}{said}"
        yield Batch(name, settings, *draw(rng, shape))
    rng = generator(f"{loss} weighted {sorted(settings)}")
    weight = rounded(rng.uniform(0, 2, 9))
    weight[3:5] = 0, 1
    yield Batch(f"weighted{said}", settings, *draw(rng, (9, wide)), weight)


def others(
    loss: str, draw: Draw, choices: list[Settings], shape: tuple[int, int] = (25, 2)
) -> Iterator[Batch]:
    """Fewer rows for each further choice of settings."""
    for settings in choices:
        name = ", ".join(f"{key} {value}" for key, value in settings.items())
        yield Batch(name, settings, *draw(generator(f"{loss} {name}"), shape))


# Errors: any number beside any other.


def numbers(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
    truth, prediction = rounded(rng.normal(0, 2, (2, *shape)))
    return truth, prediction


def counts(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
    """A count and the rate that was predicted for it."""
    return rng.poisson(3, shape).astype(float), rounded(rng.uniform(0.05, 6, shape))


def amounts(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
    """Not negative."""
    truth, prediction = rounded(rng.uniform(0, 9, (2, *shape)))
    return truth, prediction


ERRORS: dict[str, tuple[Settings, list[Settings]]] = {
    "mse": ({}, []),
    "mae": ({}, []),
    "mape": ({}, []),
    "huber": ({}, [{"delta": 0.1}, {"delta": 2.5}]),
    "logCosh": ({}, []),
    "quantile": ({"q": 0.9}, [{"q": 0.1}, {"q": 0.5}]),
    "barron": (
        {"alpha": 1, "c": 1},
        [{"alpha": a, "c": c} for a in ("-inf", -2, 0, 0.5, 1, 1.5, 2) for c in (0.5, 2)],
    ),
}


def errors(loss: str) -> Iterator[Batch]:
    default, choices = ERRORS.get(loss, ({}, []))
    yield from spread(loss, numbers, default)
    yield from others(loss, numbers, choices, (12 if len(choices) > 4 else 25, 2))
    for settings in [default, *choices]:
        said = "".join(f", {key} {value}" for key, value in settings.items())
        yield Batch(f"near{said}", settings, *every(TINY, [*TINY, -1]))
        far, wrong = column(0, 0, 1e4, -1e4, 3, 3), column(1e4, -1e4, -1e4, 1e4, 2.5, 1e6)
        yield Batch(f"far{said}", settings, far, wrong)


def rmse(loss: str) -> Iterator[Batch]:
    # Weights are left out: Keras's metric divides by their sum, where its losses divide by n.
    yield from (batch for batch in spread(loss, numbers, {}) if batch.weight is None)
    yield Batch("near", {}, *every(TINY, [*TINY, -1]))
    yield Batch("far", {}, column(0, 1e4, -1e4, 3), column(1e4, -1e4, 1e4, 1e6))
    # The root has no slope at 0.
    yield Batch("no error at all", {}, column(1, 0, 1e-12), column(1, 0, 1e-12), slope=False)


def msle(loss: str) -> Iterator[Batch]:
    yield from spread(loss, amounts, {})
    yield Batch("edges", {}, *every([0, 1e-12, 1, 1e4], [0, 1e-12, 1e-7, 1, 1e4]))
    yield Batch("negative counts as almost nothing", {}, column(-0.5, 1, -2), column(2, -3, -0.5))


def poisson(loss: str) -> Iterator[Batch]:
    yield from spread(loss, counts, {})
    yield Batch("edges", {}, *every([0, 1, 7], [0, 1e-12, 1e-7, 1, 1e4]))


def gaussian_nll(loss: str) -> Iterator[Batch]:
    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        n = shape[0]
        mean, log_variance = rounded(rng.normal(0, 2, n)), rounded(rng.uniform(-3, 3, n))
        return rounded(rng.normal(0, 2, (n, 1))), np.stack([mean, log_variance], axis=1)

    yield from spread(loss, draw, {}, columns=(2, 2))
    # PyTorch keeps the variance above 1e-6, whose logarithm is -13.8; none of these comes near.
    for log_variance in (0.0, -10.0, 10.0, 1e-12):
        truth, mean = every([0, 1, 1e4], [*TINY, -1e4])
        p = np.concatenate([mean, np.full_like(mean, log_variance)], axis=1)
        yield Batch(f"edges, log variance {log_variance}", {}, truth, p)


def cosine_similarity(loss: str) -> Iterator[Batch]:
    yield from spread(loss, numbers, {}, columns=(2, 3))
    yield Batch("one number a row", {}, *every([2, -3, 1e4], [0.5, -0.25, 1e4]))
    axes = np.array([[1.0, 0], [1, 0], [0, 1], [1e4, 1], [1e-12, 0], [1, 1e-12]])
    turned = np.array([[0, 1.0], [1, 1], [0, -2], [1, -1e4], [1, 0.5], [0, 3]])
    yield Batch("right angles", {}, axes, turned)
    short = np.array([[1e-12, 0], [1e-12, -1e-12], [1e-9, 2e-9]])
    yield Batch("shorter than epsilon", {}, np.array([[1.0, 2], [1, 1], [2, -1]]), short)
    yield Batch("a truth of nothing", {}, np.zeros((2, 2)), np.array([[1.0, 2], [-1, 3]]))
    # A vector of zeros has no direction: 1/0 times 0 in the gradient.
    yield Batch("nothing predicted", {}, np.array([[1.0, 2], [0, 0]]), np.zeros((2, 2)), slope=False)


# Yes or no.


def yes_or_no(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
    return rng.integers(0, 2, shape).astype(float), rounded(rng.uniform(0.01, 0.99, shape))


def yes_or_no_logits(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
    return rng.integers(0, 2, shape).astype(float), rounded(rng.normal(0, 3, shape))


BINARY: dict[str, list[Settings]] = {
    "binaryCrossentropy": [{"label_smoothing": 0.1}],
    "binaryFocalCrossentropy": [
        {"label_smoothing": 0.1},
        {"gamma": 0.5},
        {"gamma": 0},
        {"apply_class_balancing": True},
        {"apply_class_balancing": True, "alpha": 0.7, "gamma": 3, "label_smoothing": 0.2},
    ],
}


def binary(loss: str) -> Iterator[Batch]:
    choices = BINARY[loss]
    yield from spread(loss, yes_or_no, {})
    yield from spread(loss, yes_or_no_logits, LOGITS)
    yield from others(loss, yes_or_no, choices)
    yield from others(loss, yes_or_no_logits, [LOGITS | choice for choice in choices])
    soft = np.array([[0.2, 0.7], [0.5, 0.9]]), np.array([[0.3, 0.6], [0.5, 0.95]])
    yield Batch("soft labels", {}, *soft)
    for label in (0.0, 1.0):
        certain, far = column(*CERTAIN), column(*FAR)
        yield Batch(f"label {label:.0f}, almost certain", {}, np.full_like(certain, label), certain)
        yield Batch(f"label {label:.0f}, logits far out", LOGITS, np.full_like(far, label), far)
        if "Focal" in loss:
            edges = np.full_like(certain, label), certain
            yield Batch(f"label {label:.0f}, almost certain, gamma 0", {"gamma": 0}, *edges)
            # A root's slope is infinite at 0.
            root = {"gamma": 0.5}
            yield Batch(f"label {label:.0f}, almost certain, gamma 0.5", root, *edges, slope=False)
            for gamma in (0, 0.5):
                settings = LOGITS | {"gamma": gamma}
                name = f"label {label:.0f}, gamma {gamma}, logits far out"
                yield Batch(name, settings, np.full_like(far, label), far, slope=gamma == 0)


# One of several classes.


OF_LABELS = ("sparseCategoricalCrossentropy", "sampledSoftmax")


def classes(loss: str, logits: bool) -> Draw:
    sparse = loss in (*OF_LABELS, "categoricalGeneralizedCrossEntropy")

    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        labels = rng.integers(0, shape[1], shape[0])
        p = rounded(rng.normal(0, 3, shape)) if logits else probabilities(rng, shape)
        return truth(labels, shape[1], sparse), p

    return draw


def truth(labels: Any, count: int, sparse: bool) -> np.ndarray:
    labels = np.asarray(labels)
    return labels.astype(float) if sparse else np.eye(count)[labels]


SOFTENED = [{"label_smoothing": 0.1}]
CATEGORICAL: dict[str, list[Settings]] = {
    "categoricalCrossentropy": SOFTENED,
    "sparseCategoricalCrossentropy": SOFTENED,
    "sampledSoftmax": [],
    "categoricalFocalCrossentropy": [
        *SOFTENED,
        {"gamma": 0.5},
        {"gamma": 0},
        {"alpha": 0.7, "gamma": 3, "label_smoothing": 0.2},
    ],
}


def categorical(loss: str) -> Iterator[Batch]:
    sparse = loss in OF_LABELS
    for form in ({}, LOGITS):
        draw = classes(loss, logits=bool(form))
        yield from spread(loss, draw, form, columns=(2, 3))
        yield from others(loss, draw, [form | choice for choice in CATEGORICAL[loss]], (10, 3))
        wide = generator(f"{loss} wide {sorted(form)}")
        yield Batch(f"4x10{', logits' if form else ''}", form, *draw(wide, (4, 10)))
        one = column(0, 1, 1e4, -1e4) if form else column(1, 1)
        labels = truth([0] * len(one), 1, sparse)
        yield Batch(f"one class{', logits' if form else ''}", form, labels, one)
    certain = np.array([[1, 0, 0], [1 - 1e-12, 1e-12, 0], [1 - 1e-6, 1e-6, 0], [0.5, 0.5, 0]])
    for label in range(3):
        labels = truth([label] * 4, 3, sparse)
        yield Batch(f"label {label}, almost certain", {}, labels, certain)
        yield Batch(f"label {label}, logits far out", LOGITS, labels, FAR_ROWS)
    if not sparse:
        soft = np.array([[0.7, 0.2, 0.1], [0.25, 0.5, 0.25]])
        p = np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])
        yield Batch("soft labels", {}, soft, p)
        yield Batch("worked example", {}, np.array([[1.0, 0.0]]), np.array([[0.9, 0.1]]))


def generalized(loss: str) -> Iterator[Batch]:
    draw = classes(loss, logits=False)
    yield from spread(loss, draw, {}, columns=(2, 3))
    yield from spread(loss, classes(loss, logits=True), LOGITS, columns=(2, 3))
    choices = [{"q": 0.01}, {"q": 0.7}, {"q": 0.99}]
    yield from others(loss, draw, choices, (25, 3))
    yield from others(loss, classes(loss, logits=True), [LOGITS | c for c in choices], (15, 3))
    yield Batch("one class", {}, np.array([0.0]), np.array([[1.0]]))
    for label in range(3):
        yield Batch(f"label {label}, logits far out", LOGITS, np.full(4, float(label)), FAR_ROWS)
    certain = np.array([[1 - 1e-12, 1e-12], [1, 0], [1e-7, 1 - 1e-7], [0.5, 0.5]])
    yield Batch("edges", {}, np.array([0.0, 0, 1, 1]), certain)
    yield Batch("hardly", {}, np.array([1.0, 0]), certain[[0, 2]])
    # The slope of p^q is infinite at 0.
    yield Batch("never", {}, np.array([1.0]), np.array([[1.0, 0]]), slope=False)


# Distributions beside distributions.


def distributions(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
    return probabilities(rng, shape), probabilities(rng, shape)


ENDS = np.array([[1.0, 0, 0], [0, 1, 0], [0.5, 0.5, 0], [1e-12, 1 - 1e-12, 0], [0.25, 0.25, 0.5]])


def divergence(loss: str) -> Iterator[Batch]:
    yield from spread(loss, distributions, {}, columns=(2, 3))
    wide = generator(f"{loss} wide")
    yield Batch("4x10", {}, *distributions(wide, (4, 10)))
    yield Batch("one class", {}, np.ones((2, 1)), np.ones((2, 1)))
    n = len(ENDS)
    # Keras clips what it takes the logarithm of; in Jensen and Shannon's the slope is infinite at 0.
    slope = loss == "klDivergence"
    ends = np.repeat(ENDS, n, axis=0), np.tile(ENDS, (n, 1))
    yield Batch("edges", {}, *ends, slope=slope)
    inside = np.array([[0.2, 0.3, 0.5], [1e-6, 0.5, 0.499999], [0.98, 0.01, 0.01]])
    yield Batch("truth at the edges", {}, np.repeat(ENDS, 3, axis=0), np.tile(inside, (n, 1)))


# Margins.


def margins(loss: str) -> Iterator[Batch]:
    def signs(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        return rng.choice([-1.0, 1.0], shape), rounded(rng.normal(0, 2, shape))

    yield from spread(loss, signs, {})
    yield Batch("edges", {}, *every([-1, 1], [*FAR, 1, -1]))
    if loss != "logistic":  # where labels of 0 have no meaning
        for batch in others(loss, yes_or_no_logits, [{}], (40, 2)):
            yield batch._replace(name="labels 0 and 1")
        yield Batch("labels 0 alone", {}, np.zeros((4, 1)), column(2, 0.5, -0.5, -2))
        yield Batch("labels 1 alone", {}, np.ones((4, 1)), column(2, 0.5, -0.5, -2))


def categorical_hinge(loss: str) -> Iterator[Batch]:
    draw = classes(loss, logits=True)
    yield from spread(loss, draw, {}, columns=(2, 3))
    yield Batch("4x10", {}, *draw(generator(f"{loss} wide"), (4, 10)))
    yield Batch("one class", {}, np.ones((6, 1)), column(0, 1, 2, -3, 1e4, -1e4))
    p = [[0, 0, 0], [1, 1, 1], [-1, -2, -3], [1e4, -1e4, 0], [1e-12, -1e-12, 0], [3, 2, 2], [3, 1, 2]]
    for label in range(3):
        labels = np.eye(3)[[label] * len(p)]
        yield Batch(f"label {label}, edges", {}, labels, np.array(p, dtype=float))


# Overlap.


def overlap(loss: str) -> Iterator[Batch]:
    mixed = {"alpha": 0.3, "beta": 0.7} if loss == "tversky" else {}
    rows = {"axis": -1}
    # Without an axis the whole batch is one number, which Keras multiplies by each sample's weight.
    yield from (b for b in spread(loss, yes_or_no, {}) if b.weight is None)
    yield from spread(loss, yes_or_no, rows)
    if mixed:
        yield from others(loss, yes_or_no, [mixed, mixed | rows], (20, 3))
    edges = every([0, 1], [0, 1, 1e-12, 0.5])
    yield Batch("edges, axis -1", rows, *edges)
    yield Batch("edges", {}, *edges)
    yield Batch("nothing there, nothing found", {}, np.zeros((2, 2)), np.zeros((2, 2)))


# Embeddings.


def embedded(rng: np.random.Generator, n: int, d: int, labels: int, unit: bool) -> Pair:
    """Every label at least twice."""
    truth = rng.permutation([i % labels for i in range(n)]).astype(float)
    vectors = rng.normal(0, 1, (n, d))
    if unit:
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return truth, np.round(vectors, 6)


def embeddings(loss: str) -> Iterator[Batch]:
    unit = loss == "circle"
    default: Settings = {} if unit else {"margin": 1}
    other = {"gamma": 16, "margin": 0.25} if unit else {"margin": 0.2}
    for settings in (default, other):
        said = "".join(f", {key} {value}" for key, value in settings.items())
        for n, d, labels in [(32, 2, 3), (48, 3, 6), (24, 4, 2), (5, 3, 2)]:
            rng = generator(f"{loss} {n} {d} {sorted(settings)}")
            yield Batch(f"{n}x{d}{said}", settings, *embedded(rng, n, d, labels, unit))
        rng = generator(f"{loss} weighted {sorted(settings)}")
        weight = rounded(rng.uniform(0, 2, 8))
        yield Batch(f"weighted{said}", settings, *embedded(rng, 8, 3, 2, unit), weight)
    rng = generator(f"{loss} single")
    _, p = embedded(rng, 6, 3, 2, unit)
    yield Batch("some without a pair", default, np.array([0.0, 0, 1, 2, 1, 3]), p)
    yield Batch("one label", default, np.zeros(6), p)
    yield Batch("alone", default, np.zeros(1), p[:1])
    if not unit:
        far = np.array([[1e4, 0], [-1e4, 0], [0, 1e4], [1e-12, 0]])
        yield Batch("far", default, np.array([0.0, 0, 1, 1]), far)


def spoken(rng: np.random.Generator, n: int, steps: int, classes: int, most: int) -> Pair:
    """Labels that fit their steps, the blank between equal ones included, and logits."""
    truth = np.zeros((n, most))
    for row in truth:
        count = rng.integers(0, most + 1)
        row[:count] = rng.integers(1, classes, count)
        while np.count_nonzero(row) + np.count_nonzero((row[1:] == row[:-1]) & (row[1:] > 0)) > steps:
            row[np.count_nonzero(row) - 1] = 0
    return truth, rounded(rng.normal(0, 2, (n, steps, classes)))


def ctc(loss: str) -> Iterator[Batch]:
    for n, steps, classes, most in [(64, 6, 4, 3), (64, 5, 3, 5), (40, 12, 6, 7), (24, 1, 3, 1), (8, 3, 2, 3)]:
        rng = generator(f"{loss} {n} {steps} {classes}")
        yield Batch(f"{n} of {steps} steps", {}, *spoken(rng, n, steps, classes, most))
    rng = generator(f"{loss} others")
    yield Batch("weighted", {}, *spoken(rng, 8, 5, 4, 3), rounded(rng.uniform(0, 2, 8)))
    yield Batch("alone", {}, *spoken(rng, 1, 4, 3, 2))
    _, p = spoken(rng, 3, 4, 3, 2)
    yield Batch("empty labels", {}, np.zeros((3, 2)), p)
    yield Batch("equal labels", {}, np.array([[1.0, 1, 0], [2, 2, 0], [1, 2, 1]]), p)
    yield Batch("rows wider than the steps", {}, np.pad(np.array([[1.0, 2], [2, 0], [1, 1]]), ((0, 0), (0, 4))), p)
    far = np.array([[[1e4, -1e4, 0], [750, 0, -750], [0, 1e4, 0]]])
    yield Batch("far", {}, np.array([[1.0, 2, 0]]), far)


def contrastive(loss: str) -> Iterator[Batch]:
    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        return rng.integers(0, 2, shape).astype(float), rounded(rng.uniform(0, 2, shape))

    yield from spread(loss, draw, {"margin": 1})
    yield from others(loss, draw, [{"margin": 0.5}, {"margin": 2}])
    yield Batch("edges", {"margin": 1}, *every([0, 1], [0, 1e-12, 1, 2, 1e4]))


def hinge_embedding(loss: str) -> Iterator[Batch]:
    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        return rng.choice([-1.0, 1.0], shape), rounded(rng.uniform(0, 2, shape))

    yield from spread(loss, draw, {"margin": 1})
    yield from others(loss, draw, [{"margin": 0.5}, {"margin": 2}])
    yield Batch("edges", {"margin": 1}, *every([-1, 1], [0, 1e-12, 2, 1e4]))
    # At the corner the slope is a matter of choice.
    yield Batch("corner", {"margin": 1}, *every([-1], [1]), slope=False)


def margin_ranking(loss: str) -> Iterator[Batch]:
    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        return rng.choice([-1.0, 1.0], shape[0]), rounded(rng.normal(0, 2, shape))

    yield from spread(loss, draw, {"margin": 0}, columns=(2, 2))
    yield from others(loss, draw, [{"margin": 0.5}, {"margin": 2}])
    far = np.array([[1e4, -1e4], [-1e4, 1e4], [1e-12, 0], [750, 749]])
    for side in (-1.0, 1.0):
        yield Batch(f"far, {side:.0f}", {"margin": 0.5}, np.full(4, side), far)
    # At the corner the slope is a matter of choice.
    yield Batch("the same", {"margin": 0}, np.array([1.0, -1.0]), np.ones((2, 2)), slope=False)


def multi_margin(loss: str) -> Iterator[Batch]:
    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        return rng.integers(0, shape[1], shape[0]).astype(float), rounded(rng.normal(0, 3, shape))

    yield from spread(loss, draw, {"margin": 1}, columns=(2, 3))
    yield Batch("4x10", {"margin": 1}, *draw(generator(f"{loss} wide"), (4, 10)))
    yield from others(loss, draw, [{"margin": 0.5}, {"margin": 1, "p": 2}, {"margin": 2, "p": 2}], (25, 3))
    for label in range(3):
        yield Batch(f"label {label}, far", {"margin": 0.5}, np.full(3, float(label)), FAR_ROWS[[0, 1, 3]])
    # At the corner the slope is a matter of choice.
    p = np.array([[0.0, 1, 1], [1, 1, 0]])
    yield Batch("corner", {"margin": 1}, np.array([0.0, 1]), p, slope=False)


def cosine_embedding(loss: str) -> Iterator[Batch]:
    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        return rng.choice([-1.0, 1.0], shape[0]), rounded(rng.normal(0, 2, shape))

    yield from spread(loss, draw, {"margin": 0}, columns=(4, 6))
    yield from others(loss, draw, [{"margin": 0.5}, {"margin": -0.25}], (25, 6))
    yield Batch("one number each", {"margin": 0.5}, *draw(generator(f"{loss} narrow"), (12, 2)))
    far = np.array([[1e4, 0, 1e4, 1e4], [1, 1e-4, 1, 0], [1e-3, 0, 0, 1e3]])
    for side in (-1.0, 1.0):
        yield Batch(f"far, {side:.0f}", {"margin": -0.5}, np.full(3, side), far)
    zeros = np.array([[0.0, 0, 1, 2], [0, 0, 0, 0]])
    yield Batch("no direction", {"margin": 0.5}, np.array([1.0, -1]), zeros, slope=False)


def triplet_margin(loss: str) -> Iterator[Batch]:
    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        return np.zeros(shape[0]), rounded(rng.normal(0, 1, shape))

    yield from spread(loss, draw, {"margin": 1}, columns=(3, 9))
    yield from others(loss, draw, [{"margin": 0.25}, {"margin": 3}], (25, 6))
    far = np.array([[1e4, 0, -1e4, 0, 0, 1], [0, 0, 1e-6, 0, 1e3, 1], [1, 1, 1, 1, 1, 1.5]])
    yield Batch("far and near", {"margin": 1}, np.zeros(3), far)


# Boxes.


def boxes(loss: str) -> Iterator[Batch]:
    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        corner = rng.uniform(0, 3, (2, shape[0], 2))
        return tuple(rounded(np.concatenate([c, c + rng.uniform(0.2, 4, c.shape)], 1)) for c in corner)

    yield from spread(loss, draw, {}, columns=(4, 4))
    unit = np.array([[0.0, 0, 1, 1]])
    inside = np.array([[0.25, 0.25, 0.5, 0.75], [-1, -1, 2, 3], [0.5, 0.5, 1.5, 1.5]])
    apart = np.array([[2.0, 2, 3, 3], [-3, 0.25, -1, 0.75], [0.25, 5, 0.5, 6], [1e4, 1e4, 2e4, 2e4]])
    yield Batch("inside and around", {}, np.repeat(unit, 3, axis=0), inside)
    yield Batch("apart", {}, np.repeat(unit, 4, axis=0), apart)
    sharing = np.array([[0, 0.25, 1, 0.75], [0.25, 0, 0.75, 1]])
    yield Batch("sides in common", {}, np.repeat(unit, 2, axis=0), sharing)
    yield Batch("the same", {}, unit, unit)
    touching = np.array([[1.0, 0, 2, 1], [1, 1, 2, 2], [0.5, 0.5, 0.5, 0.5], [0, 0, 1, 1e-12]])
    # At the corner between overlapping and not, the slope is a matter of choice.
    yield Batch("touching, without area", {}, np.repeat(unit, 4, axis=0), touching, slope=False)


# Adversaries.


def adversaries(loss: str) -> Iterator[Batch]:
    def made(rng: np.random.Generator, shape: tuple[int, int]) -> Pair:
        return np.zeros(shape), rounded(rng.normal(0, 3, shape))

    # A generator sees what the other says of its own samples alone, and those are fakes, 0.
    judging = loss.endswith("Discriminator")
    yield from spread(loss, yes_or_no_logits if judging else made, {})
    # The 3 keeps the sum of scores as they are, Wasserstein's, from being nothing but rounding.
    yield Batch("edges", {}, *every([0, 1] if judging else [0], [*FAR, 1, -1, 3]))


BATCHES: dict[str, Callable[[str], Iterator[Batch]]] = {
    **dict.fromkeys(ERRORS, errors),
    "rmse": rmse,
    "msle": msle,
    "poisson": poisson,
    "gaussianNll": gaussian_nll,
    "cosineSimilarity": cosine_similarity,
    **dict.fromkeys(BINARY, binary),
    **dict.fromkeys(CATEGORICAL, categorical),
    "categoricalGeneralizedCrossEntropy": generalized,
    "klDivergence": divergence,
    "jensenShannon": divergence,
    **dict.fromkeys(["hinge", "squaredHinge", "logistic"], margins),
    "categoricalHinge": categorical_hinge,
    **dict.fromkeys(["dice", "tversky"], overlap),
    **dict.fromkeys(["circle", "triplet"], embeddings),
    "contrastive": contrastive,
    "ctc": ctc,
    "hingeEmbedding": hinge_embedding,
    "marginRanking": margin_ranking,
    "multiMargin": multi_margin,
    "cosineEmbedding": cosine_embedding,
    "tripletMargin": triplet_margin,
    **dict.fromkeys(["iou", "giou"], boxes),
    **{
        f"{game}{side}": adversaries
        for game in ("minimax", "nonSaturating", "wasserstein", "leastSquares")
        for side in ("Discriminator", "Generator")
    },
}


def batches(loss: str) -> Iterator[Batch]:
    """The inputs of a loss; any number beside any other where nothing else is said of it."""
    return BATCHES.get(loss, errors)(loss)
