"""Writes the golden files that the Java tests compare with: values and gradients from Keras.

    python golden.py            writes ../resources/golden/*.json (Keras on PyTorch, float64)
    python golden.py check      compares the stored values with another back end's, named by
                                KERAS_BACKEND, so that no file rests on one implementation alone

The packages are pinned in requirements.txt; the files' schema is in ../resources/golden/README.md.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("JAX_ENABLE_X64", "1")

import keras  # noqa: E402  (the back end must be chosen before)

keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
# Keras demotes float64 wherever two types meet, except on TensorFlow; here every result stays float64.
keras.src.backend.common.dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

import callbacks  # noqa: E402
import fitting  # noqa: E402
import functional  # noqa: E402
import images  # noqa: E402
import layers  # noqa: E402
import losses  # noqa: E402
import metrics  # noqa: E402
import optimizers  # noqa: E402
import regularizers  # noqa: E402
import training  # noqa: E402


def main(arguments: list[str]) -> int:
    if arguments == ["check"]:
        misses = images.check() + layers.check() + losses.check() + metrics.check()
        print(f"{keras.config.backend()}: {misses} cases differ")
        return 1 if misses else 0
    if arguments or keras.config.backend() != "torch":
        print(__doc__)
        return 2
    import torch

    source = f"Keras {keras.__version__} on PyTorch {torch.__version__.split('+')[0]}, float64"
    for module in (
        callbacks, fitting, functional, images, layers, losses, metrics, optimizers, regularizers, training,
    ):
        module.make(source)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
