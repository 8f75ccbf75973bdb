"""Slices in turn: A B C D, A B C D, …, so that what slows the machine for a while slows everyone."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from contenders import KEEP, Contender, Failed, Slice


@dataclass(frozen=True)
class Row:
    """One thing that is measured; `wanted` is the least ratio of a peer's time to Lossbook's.

    That peer is `beside`, and the fastest one where it is empty.
    """

    key: str
    title: str
    task: str
    batch: int
    wanted: float | None
    beside: str = ""


ROWS = [
    Row("cnn-32", "CNN, a training step at batch 32", "cnn", 32, 2.0),
    Row("cnn-128", "CNN, a training step at batch 128", "cnn", 128, 1.5),
    Row("dense-32", "dense 10–64–64–3, a training step at batch 32", "dense", 32, 5.0),
    Row("binary-32", "dense 784–128–64–1, a training step at batch 32", "binary", 32, 3.0),
    Row("embedding-32", "embedding of 20,000 words, mean of 200, dense, a training step at batch 32", "embedding", 32, 3.0),
    Row("embedding-1m", "the same of 1,000,000 words", "embedding1m", 32, 3.0),
    Row("predict", "CNN, `predict` of one sample", "predict", 1, None),
    Row("mobilenet", "MobileNetV2, `predict` of one 224×224 image", "mobilenet", 1, 1.0),
    Row("resnet", "ResNet50, `predict` of one 224×224 image", "resnet", 1, 1.0),
    Row("lstm-32", "LSTM of 64 over [50, 16], a training step at batch 32", "lstm", 32, 1.5),
    Row("gru-32", "GRU of 64 over [50, 16], a training step at batch 32", "gru", 32, 2.0),
    Row("generate-256", "LSTM of 256, one more of 64 characters of a text", "generate", 1, 1.0),
    Row("unet-8", "U-Net of 5 levels on 128×128, a training step at batch 8", "unet", 8, 1.2),
    Row("encoder-32", "two transformer encoder blocks on [64, 64], a training step at batch 32", "encoder", 32, 1.3),
]

LOSSES = [
    Row("mse-1m", "MSE and its gradient, 1 M doubles", "mse", 1_000_000, 1 / 1.3, "loop"),
    Row("bce-1m", "cross-entropy from logits and its gradient, 1 M doubles", "bce", 1_000_000, 1.0, "numpy"),
    Row("adam-1m", "Adam's update of 1 M weights", "adam", 1_000_000, 1 / 1.2, "loop"),
]
"""Rows of a table of their own: here a loop written by hand is among the peers."""


@dataclass(frozen=True)
class Pace:
    """How thorough a run is."""

    rounds: int
    seconds: float
    starts: int
    retries: int


FULL = Pace(rounds=11, seconds=1.0, starts=5, retries=6)
QUICK = Pace(rounds=3, seconds=0.3, starts=1, retries=1)

LONG = 0.1
"""Seconds of a step that need no average over twenty."""

QUIET = 0.1
"""A slice counts as disturbed when others kept more than this much of one processor busy."""


@dataclass
class Measured:
    """All slices of one way of one contender."""

    contender: str
    way: str
    steps: int
    slices: list[Slice] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(each.step for each in self.slices)

    @property
    def disturbed(self) -> int:
        return sum(each.others > QUIET for each in self.slices)

    def record(self) -> dict[str, Any]:
        return {
            "contender": self.contender,
            "way": self.way,
            "steps": self.steps,
            "median": self.median,
            "seconds": [each.step for each in self.slices],
            "others": [round(each.others, 3) for each in self.slices],
        }


def say(text: str) -> None:
    """Progress goes to stderr: stdout is the table's."""
    print(text, file=sys.stderr, flush=True)


def measured(row: Row, tried: list[Contender], pace: Pace, notes: list[str]) -> list[Measured]:
    """One row of the table: every way of every contender, interleaved."""
    ready: list[tuple[Contender, Measured]] = []
    for contender in tried:
        try:
            ways = contender.ask(do="ways", task=row.task)["ways"]
        except Failed as problem:
            notes.append(str(problem))
            continue
        for way in ways:
            say(f"{row.title}: warming up {contender.title}, {way}")
            try:
                steps = warmed_up(contender, row, way, pace)
                ready.append((contender, Measured(contender.key, way, steps)))
            except Failed as problem:
                notes.append(f"{row.title}, {way}: {problem}")
    for number in range(1, pace.rounds + 1):
        say(f"{row.title}: round {number} of {pace.rounds}")
        for contender, each in list(ready):
            try:
                each.slices.append(quiet_slice(contender, row, each, pace))
            except Failed as problem:
                notes.append(f"{row.title}, {each.way}: {problem}")
                ready.remove((contender, each))
    return [each for _, each in ready]


def warmed_up(contender: Contender, row: Row, way: str, pace: Pace) -> int:
    """Lets compilers and caches settle; gives the number of steps that fill a slice."""
    step = contender.slice(row.task, row.batch, way, 1).step  # compiles
    for _ in range(2):
        step = contender.slice(row.task, row.batch, way, 2 if step > LONG else 20).step
    steps = max(3 if step > LONG else 20, round(pace.seconds / step))
    for _ in range(2):
        contender.slice(row.task, row.batch, way, steps)
    return steps


def quiet_slice(contender: Contender, row: Row, way: Measured, pace: Pace) -> Slice:
    """A slice during which nothing else ran; after so many tries the least disturbed one."""
    best: Slice | None = None
    for attempt in range(pace.retries + 1):
        # Threads of the contender before may still spin for a moment.
        time.sleep(0.05 if attempt == 0 else 1.0)
        taken = contender.slice(row.task, row.batch, way.way, way.steps)
        if best is None or taken.others < best.others:
            best = taken
        if best.others <= QUIET:
            break
    assert best
    return best


@dataclass
class Starts:
    """Fresh processes of one contender: seconds to the first trained batch, most memory in bytes."""

    contender: str
    seconds: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        return {"contender": self.contender, "seconds": self.seconds, "bytes": self.bytes}


def starts(tried: list[Contender], pace: Pace, notes: list[str]) -> list[Starts]:
    """From process start to the first trained CNN batch, and memory after 300 more, in turn."""
    tried = [contender for contender in tried if contender.first]
    found = {contender.key: Starts(contender.key) for contender in tried}
    for number in range(1, pace.starts + 1):
        say(f"start: round {number} of {pace.starts}")
        for contender in tried:
            contender.start()
            try:
                contender.slice("cnn", 32, contender.first, 1)
                seconds = time.perf_counter() - contender.started
                contender.slice("cnn", 32, contender.first, 300)
                found[contender.key].bytes.append(contender.stop())
                found[contender.key].seconds.append(seconds)
            except Failed as problem:
                notes.append(f"start: {problem}")
            finally:
                contender.stop()
    return [each for each in found.values() if each.seconds]


def long_run(tried: list[Contender], notes: list[str]) -> dict[str, list[float]]:
    """Seconds a step, five hundred after five hundred, on one batch until its gradients have died out.

    Moments that decay into subnormal floats would show as steps that grow slower; see the table's ratio.
    """
    spans: dict[str, list[float]] = {}
    for contender in tried:
        if not contender.first:
            continue
        contender.start(**KEEP)
        try:
            way = contender.ask(do="ways", task="long")["ways"][0]
            contender.slice("long", 32, way, 50)
            spans[contender.key] = []
            for number in range(8):
                spans[contender.key].append(contender.slice("long", 32, way, 500).step)
                say(f"{contender.title}: steps to {500 * (number + 1)}: {spans[contender.key][-1] * 1e3:.3f} ms")
        except Failed as problem:
            notes.append(f"long run: {problem}")
        finally:
            contender.stop()
    return spans
