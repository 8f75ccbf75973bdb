"""Writes the golden files that the Java tests compare with: values and gradients from Keras.

    python golden.py                writes ../resources/golden/**/*.json (Keras on PyTorch, float64)
    python golden.py huber conv2d   writes these files alone
    python golden.py global_average_pooling1d '{}' '{"keepdims": true}'
                                    writes the file of a further layer of Keras's: a case for each of
                                    these settings on each of the shapes that layers.py has for it
    python golden.py check          compares the stored values with another back end's, named by
                                    KERAS_BACKEND, so that no file rests on one implementation alone

The packages are pinned in requirements.txt; the files' schema is in ../resources/golden/README.md.
"""

import json
import os
import sys
from functools import partial
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("JAX_ENABLE_X64", "1")

import keras  # noqa: E402  (the back end must be chosen before)

keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
# Keras demotes float64 wherever two types meet, except on TensorFlow; here every result stays float64.
keras.src.backend.common.dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

import adapting  # noqa: E402
import attention  # noqa: E402
import callbacks  # noqa: E402
import fitting  # noqa: E402
import functional  # noqa: E402
import images  # noqa: E402
import layers  # noqa: E402
import losses  # noqa: E402
import masks  # noqa: E402
import merging  # noqa: E402
import metrics  # noqa: E402
import optimizers  # noqa: E402
import positions  # noqa: E402
import recurrent  # noqa: E402
import regularizers  # noqa: E402
import reshaping  # noqa: E402
import spectral  # noqa: E402
import training  # noqa: E402
import windows  # noqa: E402
from tensors import write  # noqa: E402


MODULES = (
    adapting,
    attention,
    callbacks,
    fitting,
    functional,
    images,
    layers,
    losses,
    masks,
    merging,
    metrics,
    optimizers,
    positions,
    recurrent,
    regularizers,
    reshaping,
    spectral,
    training,
    windows,
)


def chosen(names: list[str]) -> dict[str, Any]:
    """The files of these names, or all, and what makes each one's cases."""
    files = {name: make for module in MODULES for name, make in module.FILES.items()}
    if not names:
        return files
    if names[1:] and all(name.startswith("{") for name in names[1:]) and layers.is_kind(names[0]):
        return {names[0]: partial(layers.tried, names[0], [json.loads(name) for name in names[1:]])}
    full = [name if name in files else f"losses/{name}" for name in names]
    return {name: files[name] for name in full} if set(full) <= set(files) else {}


def main(arguments: list[str]) -> int:
    if arguments == ["check"]:
        misses = images.check() + layers.check() + losses.check() + metrics.check()
        print(f"{keras.config.backend()}: {misses} cases differ")
        return 1 if misses else 0
    files = chosen(arguments)
    if not files or keras.config.backend() != "torch":
        print(__doc__)
        return 2
    import torch

    pytorch = f"PyTorch {torch.__version__.split('+')[0]}, float64"
    for name, cases in files.items():
        alone = name.removeprefix("losses/") in losses.TORCH
        write(f"{name}.json", list(cases()), pytorch if alone else f"Keras {keras.__version__} on {pytorch}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
