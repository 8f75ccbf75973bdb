"""The table: one row a measure, the fastest way of each contender, and the ratio to the fastest peer."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any

import accuracy
from contenders import Contender
from measure import LOSSES, ROWS, Measured, Row, Starts

OURS = "lossbook"
PLAN = "plan"
"""The way in which Lossbook's bare step is measured, without `fit` around it."""
AUGMENTED = "augmented"
"""`fit` on images that are moved, turned and zoomed while batches are gathered."""


def duration(seconds: float) -> str:
    """Three digits, in the unit that suits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def megabytes(size: float) -> str:
    return f"{size / 2**20:,.0f} MB"


def times(ratio: float) -> str:
    return f"{ratio:.2f}×"


@dataclass
class Report:
    """All that one run measured."""

    machine: str
    versions: dict[str, str]
    contenders: list[Contender]
    rows: dict[str, list[Measured]]
    starts: list[Starts]
    spans: dict[str, list[float]]
    notes: list[str]
    accuracies: list[accuracy.Stated] = field(default_factory=list)

    def markdown(self) -> str:
        """The whole report."""
        parts = ["; ".join([self.machine, *(f"{k} {v}" for k, v in self.versions.items())])]
        training = [each for each in self.contenders if each.first]
        losing = {each.contender for row in LOSSES for each in self.rows.get(row.key, [])}
        parts.append(self.table(training, ROWS, self.starts))
        parts.append(self.table([each for each in self.contenders if each.key in losing], LOSSES, []))
        if self.spans:
            parts.append(self.long_table())
        if self.accuracies:
            parts.append(accuracy.table(self.accuracies))
        disturbed = sum(each.disturbed for row in self.rows.values() for each in row)
        if disturbed:
            total = sum(len(each.slices) for row in self.rows.values() for each in row)
            parts.append(f"Others used the machine during {disturbed} of {total} slices.")
        parts += [f"- {note}" for note in self.notes]
        return "\n\n".join(filter(None, parts)) + "\n"

    def table(self, columns: list[Contender], rows: list[Row], starts: list[Starts]) -> str:
        """Those rows that were measured."""
        found = [row for row in rows if row.key in self.rows]
        if not found and not starts:
            return ""
        lines = [cells("", *(each.title for each in columns), "Lossbook over the fastest peer", "wanted")]
        lines.append(cells("---", *["---:"] * (len(columns) + 2)))
        for row in found:
            lines += self.step_lines(columns, row, self.rows[row.key])
        if starts:
            lines.append(self.start_line(columns, "process start to first trained batch", "seconds", duration))
            lines.append(self.start_line(columns, "peak resident memory, 300 steps on", "bytes", megabytes))
        return "\n".join(lines)

    def step_lines(self, columns: list[Contender], row: Row, measured: list[Measured]) -> list[str]:
        """The row, and for training the bare step and what `fit` and augmentation add to it."""
        ours = {each.way: each.median for each in measured if each.contender == OURS}
        bare = ours.pop(PLAN, None)
        augmented = ours.pop(AUGMENTED, None)
        best = {OURS: min(ours.values())} if ours else {}
        shown = {OURS: f"{duration(best[OURS])} ({min(ours, key=ours.__getitem__)})"} if ours else {}
        for contender in columns:
            ways = [each for each in measured if each.contender == contender.key]
            if contender.key != OURS and ways:
                fastest = min(ways, key=lambda each: each.median)
                best[contender.key] = fastest.median
                shown[contender.key] = f"{duration(fastest.median)} ({fastest.way})"
        lines = [line(columns, row.title, shown, self.over(best), self.wanted(row, best))]
        if bare is not None and ours:
            lines.append(
                line(columns, "· its plan's bare step", {OURS: duration(bare)}, self.over({**best, OURS: bare}), "")
            )
            overhead = f"{best[OURS] / bare:.2f}"
            lines.append(line(columns, "· `fit` over the bare step", {OURS: overhead}, "", "≤ 1.10"))
        if augmented is not None and ours:
            overhead = f"{augmented / best[OURS]:.2f}"
            lines.append(line(columns, "· `fit` with augmentation over `fit`", {OURS: overhead}, "", "≤ 1.30"))
        return lines

    def wanted(self, row: Row, best: dict[str, float]) -> str:
        """The ratio that is wanted; where it is not to the fastest peer, what it is and to whom."""
        if row.wanted is None:
            return ""
        if not row.beside or OURS not in best or row.beside not in best:
            return times(row.wanted)
        title = next(each.title for each in self.contenders if each.key == row.beside)
        return f"{times(row.wanted)}, is {times(best[row.beside] / best[OURS])} ({title})"

    def over(self, best: dict[str, float]) -> str:
        """How many of Lossbook's steps fit into one of the fastest peer's."""
        peers = {key: value for key, value in best.items() if key != OURS}
        if OURS not in best or not peers:
            return ""
        fastest = min(peers, key=peers.__getitem__)
        title = next(each.title for each in self.contenders if each.key == fastest)
        return f"{times(peers[fastest] / best[OURS])} ({title})"

    def start_line(self, columns: list[Contender], title: str, figure: str, spell: Any) -> str:
        medians = {each.contender: statistics.median(getattr(each, figure)) for each in self.starts}
        shown = {key: spell(value) for key, value in medians.items()}
        return line(columns, title, shown, self.over(medians), "")

    def long_table(self) -> str:
        """Steps on one batch for long enough that its gradients die out."""
        count = max(map(len, self.spans.values()))
        ends = [f"to {500 * (i + 1):,}" for i in range(count)]
        lines = [cells("a step on one batch, batch 32", *ends, "last over first")]
        lines.append(cells("---", *["---:"] * (count + 1)))
        for key, spans in self.spans.items():
            title = next(each.title for each in self.contenders if each.key == key)
            ratio = f"{min(spans[-2:]) / spans[0]:.2f}"
            lines.append(cells(title, *map(duration, spans), ratio))
        return "\n".join(lines)

    def record(self) -> dict[str, Any]:
        """The same for machines, every slice included."""
        return {
            "machine": self.machine,
            "versions": self.versions,
            "rows": {key: [each.record() for each in row] for key, row in self.rows.items()},
            "starts": [each.record() for each in self.starts],
            "long": self.spans,
            "accuracies": [each.record() for each in self.accuracies],
            "notes": self.notes,
        }


def line(columns: list[Contender], title: str, shown: dict[str, str], ratio: str, wanted: str) -> str:
    return cells(title, *(shown.get(each.key, "") for each in columns), ratio, wanted)


def cells(*words: str) -> str:
    return f"| {' | '.join(words)} |"
