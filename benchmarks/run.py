"""Lossbook beside PyTorch and Keras in one run: steps, starts, memory. `./lossbook bench` calls it.

Each contender is a process of its own with its default threads. One runs at a time, a slice each in turn,
and medians over the slices are compared, so that the ratios hold although the machine's speed drifts. A slice
during which something else used the processor is taken again. For a peer the fastest of its ways counts.
"""

from __future__ import annotations

import argparse
import json
import statistics

from contenders import BUILD, Contender, Failed, contenders
from machine import description
from measure import FULL, QUICK, ROWS, Measured, long_run, row, say, starts
from report import Report


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./lossbook bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few and short slices, one start each")
    parser.add_argument("--rows", help="some of " + ",".join([r.key for r in ROWS] + ["starts"]))
    parser.add_argument("--only", help="some of " + ",".join(contenders()))
    parser.add_argument("--rounds", type=int, help="slices of each way")
    parser.add_argument("--long", action="store_true", help="4,000 steps on one batch: do steps slow down?")
    parser.add_argument("--accuracy", action="store_true", help="Lossbook's CNN on MNIST, 5 epochs, seeds 1, 2, 3")
    return parser.parse_args()


def chosen(names: str | None, known: list[str]) -> list[str]:
    """The names of a comma-separated list, all where there is none."""
    wanted = names.split(",") if names else known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise SystemExit(f"there is no {unknown[0]}: choose from {', '.join(known)}")
    return wanted


def accuracy(lossbook: Contender) -> str:
    """Test accuracy of the CNN after five epochs of MNIST, a line for each seed."""
    lossbook.start()
    lines, reached = ["| seed | test accuracy | seconds |", "|---:|---:|---:|"], []
    for seed in (1, 2, 3):
        answer = lossbook.ask(do="accuracy", seed=seed, epochs=5)
        reached.append(answer["accuracy"])
        lines.append(f"| {seed} | {answer['accuracy']:.4f} | {answer['seconds']:.1f} |")
        say(lines[-1])
    lossbook.stop()
    lines.append(f"| mean | {statistics.mean(reached):.4f} | |")
    return "\n".join(lines) + "\n"


def main() -> None:
    options = arguments()
    known = contenders()
    tried = [known[key] for key in chosen(options.only, list(known))]
    if options.accuracy:
        print(accuracy(known["lossbook"]))
        return
    pace = QUICK if options.quick else FULL
    rows = [] if options.long else chosen(options.rows, [r.key for r in ROWS] + ["starts"])
    notes: list[str] = []
    tried = able(tried, notes)
    rounds = options.rounds or pace.rounds
    pace = type(pace)(rounds, pace.seconds, pace.starts, pace.retries)
    report = Report(description(), {}, tried, {}, [], {}, notes)
    try:
        for contender in tried:
            contender.start()
            report.versions |= contender.ask(do="versions")["versions"]
        measured: dict[str, list[Measured]] = report.rows
        for each in ROWS:
            if each.key in rows:
                measured[each.key] = row(each, tried, pace, notes)
    finally:
        for contender in tried:
            contender.stop()
    if "starts" in rows:
        report.starts = starts(tried, pace, notes)
    if options.long:
        report.spans = long_run(tried, notes)
    (BUILD / "results.json").write_text(json.dumps(report.record(), indent=1), encoding="utf-8")
    (BUILD / "results.md").write_text(report.markdown(), encoding="utf-8")
    print(report.markdown())


def able(tried: list[Contender], notes: list[str]) -> list[Contender]:
    """Those that can be started at all; what is missing for the others stands under the table."""
    found = []
    for contender in tried:
        try:
            contender.words = contender.command()
            found.append(contender)
        except Failed as problem:
            notes.append(str(problem))
    return found


if __name__ == "__main__":
    main()
