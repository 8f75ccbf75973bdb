"""The machine: what it is, and whether something else was using it while a slice ran."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
STAT = Path("/proc/stat")


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def description() -> str:
    """Processor, cores, operating system, date."""
    return f"{processor()}, {cores()} cores, {platform.system()} {platform.machine()}, {date.today()}"


def processor() -> str:
    """The processor's name; with AVX-512 or not matters more for the figures than its clock."""
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor() or platform.machine()
    fields = dict(
        (part.strip() for part in line.split(":", 1))
        for line in info.read_text().splitlines()
        if ":" in line
    )
    vectors = "AVX-512" if "avx512f" in fields.get("flags", "") else "no AVX-512"
    return f"{fields.get('model name', platform.machine())} ({vectors})"


@dataclass(frozen=True)
class Busy:
    """Processor seconds spent so far: by everything, and by one process."""

    all: float
    one: float

    @staticmethod
    def now(process: int) -> Busy | None:
        """None where the system does not say (it has no /proc)."""
        if not STAT.exists():
            return None
        # user, nice, system, idle, iowait, irq, softirq, steal
        times = [int(word) for word in STAT.read_text().split("\n", 1)[0].split()[1:9]]
        own = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return Busy((sum(times) - times[3] - times[4]) / TICKS, (int(own[11]) + int(own[12])) / TICKS)

    def others_until(self, end: Busy, seconds: float) -> float:
        """How many processors the rest of the machine kept busy meanwhile."""
        return max(0.0, (end.all - self.all) - (end.one - self.one)) / max(seconds, 1e-9)
