"""What frames, spectrograms and resampling of a sound are, from SciPy, and mel bands, from Keras.

    .venv-golden/bin/pip install scipy==1.17.1
    .venv-golden/bin/python kernel-lib/src/test/golden/sounds.py
"""

import json
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from scipy import signal  # noqa: E402

GOLDEN = Path(__file__).resolve().parents[1] / "resources" / "golden"


def tones(count: int, rate: int, seed: int) -> np.ndarray:
    """Two tones and noise, as numbers that float32 holds exactly."""
    rng = np.random.default_rng(seed)
    t = np.arange(count) / rate
    x = 0.5 * np.sin(2 * np.pi * 440 * t) + 0.2 * np.sin(2 * np.pi * 1250 * t) + 0.05 * rng.normal(size=count)
    return np.round(x * 4096) / 4096


def tensor(array: np.ndarray) -> dict[str, Any]:
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in array.ravel()]}


def power(window: str, frame: int, step: int, rate: int, count: int) -> dict[str, Any]:
    x = tones(count, rate, frame + step)
    w = signal.get_window({"rectangular": "boxcar"}.get(window, window), frame)
    # SciPy's slices lie around multiples of the step, the library's frames within the sound.
    transform = signal.ShortTimeFFT(w, hop=step, fs=rate, fft_mode="onesided", scale_to=None)
    rows = [np.abs(np.fft.rfft(x[s : s + frame] * w)) ** 2 for s in range(0, count - frame + 1, step)]
    if (frame // 2) % step == 0:
        inside = transform.stft(x)[:, frame // 2 // step - transform.p_min :][:, : len(rows)]
        assert np.allclose(np.abs(inside.T) ** 2, rows)
    return {
        "name": f"power, {window}, {frame} every {step}",
        "kind": "power",
        "settings": {"window": window, "frame": frame, "step": step, "rate": rate},
        "x": tensor(x),
        "y": tensor(np.array(rows)),
        "frequencies": np.fft.rfftfreq(frame, 1 / rate).tolist(),
    }


def mel(bands: int, frame: int, step: int, rate: int, count: int, low: float, high: float) -> dict[str, Any]:
    x = tones(count, rate, bands)
    layer = keras.layers.MelSpectrogram(
        fft_length=frame,
        sequence_stride=step,
        sampling_rate=rate,
        num_mel_bins=bands,
        min_freq=low,
        max_freq=high,
        dtype="float64",
    )
    y = keras.ops.convert_to_numpy(layer(x[None].astype("float64")))[0].T
    return {
        "name": f"mel, {bands} bands, {frame} every {step}",
        "kind": "mel",
        "settings": {"bands": bands, "frame": frame, "step": step, "rate": rate, "low": low, "high": high},
        "x": tensor(x),
        "y": tensor(y),
    }


def resampled(rate: int, to: int, count: int) -> dict[str, Any]:
    x = tones(count, rate, to)
    divisor = np.gcd(rate, to)
    return {
        "name": f"{rate} Hz to {to} Hz",
        "kind": "resampled",
        "settings": {"rate": rate, "to": to},
        "x": tensor(x),
        "y": tensor(signal.resample_poly(x, to // divisor, rate // divisor)),
    }


if __name__ == "__main__":
    cases = [
        power("hann", 64, 32, 8000, 300),
        power("hamming", 32, 16, 8000, 100),
        power("rectangular", 16, 5, 4000, 61),
        mel(8, 256, 128, 8000, 700, 20, 4000),
        mel(20, 512, 160, 16000, 1600, 125, 7600),
        resampled(8000, 16000, 60),
        resampled(44100, 16000, 300),
        resampled(8000, 3000, 120),
        resampled(11025, 8000, 90),
    ]
    rows = ",\n".join(json.dumps(each) for each in cases)
    text = f'{{"source": "SciPy and Keras {keras.__version__}, written by sounds.py", "cases": [\n{rows}\n]}}\n'
    (GOLDEN / "sounds.json").write_text(text, encoding="utf-8")
