"""A contender for the tests: its steps take as long as it is told, and one of its ways breaks."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "peers"))

from protocol import Run, Worker  # noqa: E402


def prepare(task: str, batch: int, way: str) -> Run:
    if way == "broken":
        raise RuntimeError("no compiler here\nand more lines")
    print("a framework's chatter")
    return lambda steps: time.sleep(steps * float(sys.argv[1]))


Worker({"cnn": ["steady", "broken"]}, prepare, {"Sleeper": "1"}).serve()
