"""How a worker is driven: one request a line on stdin, one answer a line on stdout, both JSON.

    {"do": "ways", "task": "cnn"}                                   -> {"ways": ["eager"]}
    {"do": "run", "task": "cnn", "batch": 32, "way": "eager", "steps": 100} -> {"seconds": 0.44}
    {"do": "versions"}                                              -> {"versions": {"torch": "2.15.0"}}
    {"do": "quit"}

A request that fails is answered by {"error": "its first line"}. Tasks are `cnn`, `dense`, `binary`, `lstm`, `gru`, `embedding` and `embedding1m`, which train,
`unet`, which trains on a label for each pixel,
`predict`, `resnet` and `mobilenet`, which ask for one sample, `generate`, whose steps are characters of a text, `long`, which trains the CNN on one batch that never changes, and
`mse` and `bce` (from logits), which compute a loss and its gradient over a batch of numbers in double precision.
A worker has no way of doing what it does not know. The Java worker speaks the same words, and two of its own:

    {"do": "listings"}                              -> {"listings": ["regression", "cnn"]}
    {"do": "listing", "name": "cnn", "seed": 1}     -> {"seconds": 30, "results":
                                                        [{"stated": "test loss ≤ 0.1116", "reached": 0.03, "ok": true}]}
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, Callable

Run = Callable[[int], None]
"""Does so many steps and returns when the last one is finished."""

class Worker:
    """A contender: says which ways it has of doing a task, and makes one of them ready to run."""

    def __init__(
        self,
        ways: dict[str, list[str]],
        prepare: Callable[[str, int, str], Run],
        versions: dict[str, str],
    ) -> None:
        self.ways = ways
        self.prepare = prepare
        self.versions = versions
        self.ready: dict[tuple[str, int, str], Run] = {}

    def run(self, task: str, batch: int, way: str, steps: int) -> float:
        """Seconds that the steps took; what has to be built first is not counted."""
        key = (task, batch, way)
        if key not in self.ready:
            self.ready[key] = self.prepare(task, batch, way)
        start = time.perf_counter()
        self.ready[key](steps)
        return time.perf_counter() - start

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["do"]:
            case "ways":
                return {"ways": self.ways.get(request["task"], [])}
            case "versions":
                return {"versions": self.versions}
            case "run":
                keys = ("task", "batch", "way", "steps")
                return {"seconds": self.run(*(request[key] for key in keys))}
            case unknown:
                raise ValueError(f"no such request: {unknown}")

    def serve(self) -> None:
        """Answers until told to quit; whatever a framework prints goes to stderr, not between the answers."""
        answers = os.fdopen(os.dup(1), "w", buffering=1)
        os.dup2(2, 1)
        for line in sys.stdin:
            request = json.loads(line)
            if request["do"] == "quit":
                return
            try:
                reply = self.answer(request)
            except Exception as problem:  # the table says what a contender could not do
                first = (str(problem).strip() or repr(problem)).splitlines()[0]
                reply = {"error": f"{type(problem).__name__}: {first}"}
            answers.write(json.dumps(reply) + "\n")
