"""Optimizers on given gradients, and learning rate schedules by the step."""

from typing import Any, Iterator

import keras
import numpy as np

from tensors import generator, grid, short, stored

Case = dict[str, Any]

OPTIMIZERS = {
    "sgd": keras.optimizers.SGD,
    "adagrad": keras.optimizers.Adagrad,
    "adadelta": keras.optimizers.Adadelta,
    "rmsprop": keras.optimizers.RMSprop,
    "adam": keras.optimizers.Adam,
    "adamw": keras.optimizers.AdamW,
    "nadam": keras.optimizers.Nadam,
    "adamax": keras.optimizers.Adamax,
    "lion": keras.optimizers.Lion,
    "ftrl": keras.optimizers.Ftrl,
    "lamb": keras.optimizers.Lamb,
    "adafactor": keras.optimizers.Adafactor,
    "muon": keras.optimizers.Muon,
}

SCHEDULES = {
    "ExponentialDecay": keras.optimizers.schedules.ExponentialDecay,
    "InverseTimeDecay": keras.optimizers.schedules.InverseTimeDecay,
    "PolynomialDecay": keras.optimizers.schedules.PolynomialDecay,
    "CosineDecay": keras.optimizers.schedules.CosineDecay,
    "CosineDecayRestarts": keras.optimizers.schedules.CosineDecayRestarts,
    "PiecewiseConstantDecay": keras.optimizers.schedules.PiecewiseConstantDecay,
}

RATES: list[tuple[str, Case]] = [
    ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 20, "decay_rate": 0.7}),
    (
        "ExponentialDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 20, "decay_rate": 0.7, "staircase": True},
    ),
    ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 20, "decay_rate": 0.5}),
    (
        "InverseTimeDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 20, "decay_rate": 0.5, "staircase": True},
    ),
    ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 50}),
    (
        "PolynomialDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 50, "end_learning_rate": 0.01, "power": 0.5},
    ),
    (
        "PolynomialDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 30, "power": 2.0, "cycle": True},
    ),
    ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 50}),
    ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 50, "alpha": 0.2}),
    (
        "CosineDecay",
        {
            "initial_learning_rate": 0.0,
            "decay_steps": 50,
            "warmup_target": 0.1,
            "warmup_steps": 16,
        },
    ),
    (
        "CosineDecay",
        {
            "initial_learning_rate": 0.01,
            "decay_steps": 50,
            "alpha": 0.1,
            "warmup_target": 0.1,
            "warmup_steps": 16,
        },
    ),
    ("CosineDecayRestarts", {"initial_learning_rate": 0.1, "first_decay_steps": 10}),
    (
        "CosineDecayRestarts",
        {"initial_learning_rate": 0.1, "first_decay_steps": 10, "t_mul": 1.0, "m_mul": 0.9},
    ),
    (
        "CosineDecayRestarts",
        {
            "initial_learning_rate": 0.1,
            "first_decay_steps": 9,
            "t_mul": 1.5,
            "m_mul": 0.5,
            "alpha": 0.1,
        },
    ),
    ("PiecewiseConstantDecay", {"boundaries": [30, 60], "values": [0.1, 0.01, 0.001]}),
]

SHAPES = [[7], [5]]
"""Two variables, so that the length of each differs from the length of both."""

MATRICES = [[3, 5], [2], [4, 2], [2, 2, 3], []]
"""Variables of several shapes, wide and tall, for rules that depend on the shape."""

STEPS = 10
LONG = 100
"""Gradients come round again until then: what drifts has time to."""

OWN: list[tuple[str, Case]] = [
    ("sgd", {}),
    ("sgd", {"learning_rate": 0.03125}),
    ("sgd", {"learning_rate": 0.03125, "momentum": 0.9}),
    ("sgd", {"learning_rate": 0.03125, "momentum": 0.9, "nesterov": True}),
    ("adagrad", {}),
    ("adagrad", {"learning_rate": 0.1, "initial_accumulator_value": 0.0, "epsilon": 1e-3}),
    ("adadelta", {}),
    ("adadelta", {"learning_rate": 1.0, "rho": 0.9, "epsilon": 1e-5}),
    ("rmsprop", {}),
    ("rmsprop", {"learning_rate": 0.01, "rho": 0.8, "momentum": 0.9}),
    ("rmsprop", {"learning_rate": 0.01, "centered": True}),
    ("rmsprop", {"learning_rate": 0.01, "centered": True, "momentum": 0.5, "epsilon": 1e-3}),
    ("adam", {}),
    ("adam", {"epsilon": 1e-3}),
    ("adam", {"learning_rate": 0.01}),
    ("adam", {"beta_1": 0.5, "beta_2": 0.9, "learning_rate": 0.1}),
    ("adam", {"amsgrad": True, "learning_rate": 0.01, "beta_2": 0.9}),
    ("adamw", {}),
    ("adamw", {"learning_rate": 0.01, "weight_decay": 0.1, "amsgrad": True}),
    ("nadam", {}),
    ("nadam", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-5}),
    ("adamax", {}),
    ("adamax", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-5}),
    ("lion", {}),
    ("lion", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.95}),
    ("ftrl", {}),
    ("ftrl", {"learning_rate": 0.1, "initial_accumulator_value": 0.5, "beta": 0.25}),
    ("ftrl", {"learning_rate": 0.1, "l1_regularization_strength": 0.5, "l2_regularization_strength": 0.25}),
    ("ftrl", {"learning_rate": 0.1, "l2_shrinkage_regularization_strength": 0.125, "learning_rate_power": -0.75}),
    ("lamb", {}),
    ("lamb", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-5}),
    ("adafactor", {}),
    ("adafactor", {"learning_rate": 0.1, "beta_2_decay": -0.5, "clip_threshold": 0.5, "relative_step": False}),
    ("adafactor", {"learning_rate": 0.1, "epsilon_1": 1e-3, "epsilon_2": 0.25}),
    ("muon", {}),
    ("muon", {"learning_rate": 0.01, "adam_beta_1": 0.8, "adam_beta_2": 0.95, "epsilon": 1e-5}),
    ("muon", {"learning_rate": 0.01, "adam_weight_decay": None, "adam_lr_ratio": 0.5}),
]

SHAPED: list[tuple[str, Case]] = [
    ("lamb", {}),
    ("lamb", {"learning_rate": 0.01, "weight_decay": 0.1, "clipnorm": 0.75}),
    ("adafactor", {}),
    ("adafactor", {"learning_rate": 0.1, "clip_threshold": 2.0, "weight_decay": 0.1, "clipvalue": 0.5}),
    ("muon", {}),
    ("muon", {"learning_rate": 0.01, "nesterov": False, "rms_rate": None, "weight_decay": None}),
    ("muon", {"exclude_layers": ["variable_2"], "momentum": 0.8, "ns_steps": 3, "gradient_accumulation_steps": 2}),
    ("muon", {"muon_a": 3.0, "muon_b": -3.5, "muon_c": 1.5, "global_clipnorm": 2.0, "adam_weight_decay": 0.1}),
]
"""Cases on variables of several shapes."""

DECAY = {"class_name": "CosineDecay", **RATES[9][1]}
DECAY_ABOVE_ZERO = {"class_name": "CosineDecay", **RATES[10][1]}
"""For FTRL, which divides by the rate."""

SHARED: list[Case] = [
    {"clipvalue": 0.5},
    {"clipnorm": 0.75},
    {"global_clipnorm": 1.5},
    {"weight_decay": 0.1},
    {"learning_rate": DECAY},
    {"learning_rate": DECAY, "weight_decay": 0.05, "global_clipnorm": 2.0},
    {"gradient_accumulation_steps": 3},
    {"use_ema": True, "ema_momentum": 0.9},
    {"use_ema": True, "ema_momentum": 0.75, "ema_overwrite_frequency": 4},
    {
        "learning_rate": DECAY,
        "weight_decay": 0.05,
        "global_clipnorm": 2.0,
        "gradient_accumulation_steps": 3,
        "use_ema": True,
        "ema_momentum": 0.75,
        "ema_overwrite_frequency": 2,
    },
]


def schedule(case: Case) -> Any:
    """Keras's schedule of that class."""
    return SCHEDULES[case["class_name"]](**{k: v for k, v in case.items() if k != "class_name"})


def made(optimizer: str, settings: Case) -> Any:
    """Keras's optimizer; a learning rate may be a schedule."""
    rate = settings.get("learning_rate")
    arguments = settings | ({"learning_rate": schedule(rate)} if isinstance(rate, dict) else {})
    return OPTIMIZERS[optimizer](**arguments)


def words(settings: Case) -> str:
    return "".join(f", {k} {v}" for k, v in settings.items())


def rule_case(optimizer: str, settings: Case, shapes: list[list[int]] = SHAPES) -> Case:
    """The weights after each of ten steps, and after a hundred, on gradients that include zeros, large and tiny ones."""
    rng = generator("optimizer")
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    factors = np.resize([1, 1, 0, 2.0**-20, 2.0**10, 1, 1, 1, 1, 1, 0.25, 0.25], ends[-1])
    start = grid(rng, (ends[-1],))
    gradients = [grid(rng, (ends[-1],)) * factors for _ in range(STEPS)]
    rule = made(optimizer, settings)

    def parts(whole: np.ndarray) -> list[np.ndarray]:
        return [part.reshape(shape) for part, shape in zip(np.split(whole, ends[:-1]), shapes)]

    def whole(parts: Any) -> Any:
        return stored(np.concatenate([part.numpy().reshape(-1) for part in parts]))

    weights = [
        keras.Variable(part, dtype="float64", name=f"variable_{i}") for i, part in enumerate(parts(start))
    ]
    after = []
    for step in range(LONG):
        gradient = gradients[step % STEPS]
        rule.apply([keras.ops.convert_to_tensor(g) for g in parts(gradient)], weights)
        if step < STEPS or step == LONG - 1:
            after.append(whole(weights))
    end = {}
    if settings.get("use_ema"):
        rule.finalize_variable_values(weights)
        end["averages"] = whole(weights)
    return {
        "name": optimizer + words(settings) + ("" if shapes == SHAPES else f", shapes {shapes}"),
        "optimizer": optimizer,
        "settings": settings,
        "shapes": shapes,
        "start": stored(start),
        "gradients": [stored(g) for g in gradients],
        "weights": after,
    } | end


def rules() -> Iterator[Case]:
    for optimizer, settings in OWN:
        yield rule_case(optimizer, settings)
    for optimizer in OPTIMIZERS:
        for settings in SHARED:
            if optimizer == "ftrl" and "learning_rate" in settings:
                settings = settings | {"learning_rate": DECAY_ABOVE_ZERO}
            yield rule_case(optimizer, settings)
    for optimizer, settings in SHAPED:
        yield rule_case(optimizer, settings, MATRICES)


def schedule_case(kind: str, settings: Case) -> Case:
    """The rates of the first steps, and of some far later."""
    steps = [*range(0, 70), 99, 100, 101, 500, 1000]
    rate = schedule({"class_name": kind} | settings)
    rates = [float(rate(np.float64(step))) for step in steps]
    return {
        "name": kind + words(settings),
        "schedule": kind,
        "settings": settings,
        "steps": steps,
        "rates": [short(r, 15) for r in rates],
    }


FILES = {
    "optimizers": rules,
    "schedules": lambda: [schedule_case(kind, settings) for kind, settings in RATES],
}
