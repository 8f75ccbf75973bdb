"""The contenders, each a process that stays alive and runs a slice of steps when it is told to."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

from machine import Busy

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = ROOT / "build" / "bench"


KEEP = {"MALLOC_MMAP_THRESHOLD_": "1000000000", "MALLOC_TRIM_THRESHOLD_": "1000000000"}
"""Lets glibc keep what a step frees. As it comes it may hand every large array back to the system and fault
it in again, 2,200 pages a step, and PyTorch then takes 8.8 ms where it can take 5.3: peers get the better."""


PATIENCE = 10.0
"""Seconds that a contender has to end by itself, a slice that it may be in included."""


class Failed(Exception):
    """A contender could not do what it was asked."""


@dataclass
class Slice:
    """One measurement: seconds a step, and how many processors others kept busy meanwhile."""

    step: float
    others: float


def java(program: str) -> str:
    """That program of JAVA_HOME, or of the path."""
    home = os.environ.get("JAVA_HOME")
    found = str(Path(home, "bin", program)) if home else shutil.which(program)
    if not found:
        raise Failed(f"{program} was not found: install a JDK 17 or later, or set JAVA_HOME")
    return found


def lossbook_command() -> list[str]:
    """Compiles the Java worker against the jars that the build made, and says how to start it."""
    target = ROOT / "kernel-lib" / "target"
    jars = [
        jar for jar in target.glob("lossbook-*.jar") if not jar.stem.endswith(("-sources", "-javadoc", "-tests"))
    ]
    if not jars or not (target / "lib").is_dir():
        raise Failed(f"there is no Lossbook jar in {target}: ./lossbook bench builds it first")
    classes = BUILD / "classes"
    classes.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join([str(jars[0]), str(target / "lib" / "*")])
    # The course's listings stand among the tests, which run them briefly.
    listings = ROOT / "kernel-lib" / "src" / "test" / "java" / "org" / "lossbook" / "listing"
    sources = sorted((HERE / "src").glob("*.java"))
    sources += [each for each in sorted(listings.glob("*.java")) if not each.stem.endswith("Test")]
    compiled = subprocess.run([java("javac"), "-cp", path, "-d", classes, *sources], text=True, capture_output=True)
    if compiled.returncode:
        raise Failed(f"the worker does not compile against that jar: {compiled.stderr.splitlines()[0]}")
    # The kernel's own options, so that what is measured is what a notebook gets.
    flags = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true"]
    later = {"Invocation": 50_000, "MinInvocation": 6_000, "Compile": 150_000, "BackEdge": 400_000}
    flags += [f"-XX:Tier4{what}Threshold={count}" for what, count in later.items()]
    flags += ["-Dorg.bytedeco.javacpp.maxBytes=768m", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=1400m"]
    return [java("java"), *flags, "-cp", os.pathsep.join([str(classes), path]), "LossbookWorker"]


def peer_command(script: str, *arguments: str) -> Callable[[], list[str]]:
    """How to start a Python peer, in the environment that this script runs in."""
    return lambda: [sys.executable, "-W", "ignore", str(HERE / "peers" / script), *arguments]


@dataclass
class Contender:
    """One of those that are compared; `first` is its way of training the first batch soonest, "" if it trains none."""

    key: str
    title: str
    first: str
    command: Callable[[], list[str]]
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    words: list[str] = field(default_factory=list)

    def start(self, **environment: str) -> None:
        """Starts the process; its complaints go to a log, so that the table stays readable."""
        self.words = self.words or self.command()
        BUILD.mkdir(parents=True, exist_ok=True)
        with open(BUILD / f"{self.key}.log", "w", encoding="utf-8") as log:
            self.started = time.perf_counter()
            self.process = subprocess.Popen(
                self.words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=os.environ | environment,
                # A group of its own, so that stop() also ends what the process has started: compilers, pools.
                start_new_session=True,
            )

    def ask(self, **request: Any) -> dict[str, Any]:
        """Sends a request and waits for its answer."""
        assert self.process and self.process.stdin and self.process.stdout
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise Failed(f"{self.title} ended: see {BUILD / self.key}.log")
        answer = json.loads(line)
        if "error" in answer:
            raise Failed(f"{self.title}: {answer['error']}")
        return answer

    def slice(self, task: str, batch: int, way: str, steps: int) -> Slice:
        """Runs so many steps and measures them."""
        assert self.process
        before, start = Busy.now(self.process.pid), time.perf_counter()
        seconds = self.ask(do="run", task=task, batch=batch, way=way, steps=steps)["seconds"]
        after, wall = Busy.now(self.process.pid), time.perf_counter() - start
        others = before.others_until(after, wall) if before and after else 0.0
        return Slice(seconds / steps, others)

    def stop(self) -> int:
        """Ends the process and gives the most memory it ever had resident, in bytes."""
        if not self.process:
            return 0
        process, self.process = self.process, None
        assert process.stdin and process.stdout
        for last in (lambda: process.stdin.write('{"do":"quit"}\n'), process.stdin.close):
            with contextlib.suppress(BrokenPipeError):
                last()
        ended, status, usage = 0, 0, None
        until = time.monotonic() + PATIENCE
        while not ended:
            if time.monotonic() > until:
                self._end_group(process.pid)
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            time.sleep(0 if ended else 0.01)
        self._end_group(process.pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)

    @staticmethod
    def _end_group(group: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def contenders() -> dict[str, Contender]:
    """All of them, Lossbook first."""
    peers = "keras_peer.py"
    tried = [
        Contender("lossbook", "Lossbook", "fit", lossbook_command),
        Contender("loop", "Java loop", "", lambda: [*lossbook_command(), "loop"]),
        Contender("numpy", "NumPy", "", peer_command("numpy_peer.py")),
        Contender("pytorch", "PyTorch", "eager", peer_command("pytorch.py")),
        Contender("keras-tensorflow", "Keras on TensorFlow", "train_on_batch", peer_command(peers, "tensorflow")),
        Contender("keras-jax", "Keras on JAX", "train_on_batch", peer_command(peers, "jax")),
    ]
    return {each.key: each for each in tried}
