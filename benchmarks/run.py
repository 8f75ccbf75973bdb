"""Lossbook beside PyTorch and Keras in one run: steps, starts, memory. `./lossbook bench` calls it.

Each contender is a process of its own with its default threads. One runs at a time, a slice each in turn,
and medians over the slices are compared, so that the ratios hold although the machine's speed drifts. A slice
during which something else used the processor is taken again. For a peer the fastest of its ways counts.
"""

from __future__ import annotations

import argparse
import json
import signal
from dataclasses import replace

from accuracy import listings
from contenders import BUILD, KEEP, Contender, Failed, contenders
from machine import description
from measure import FULL, LOSSES, QUICK, ROWS, Pace, Row, long_run, measured, say, starts
from report import Report


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./lossbook bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few and short slices, one start each")
    parser.add_argument("--rows", help="some of " + ",".join([r.key for r in ROWS + LOSSES] + ["starts"]))
    parser.add_argument("--only", help="some of " + ",".join(contenders()))
    parser.add_argument("--rounds", type=int, help="slices of each way, or seeds of each listing")
    parser.add_argument("--long", action="store_true", help="4,000 steps on one batch: do steps slow down?")
    parser.add_argument("--accuracy", action="store_true", help="the course's listings, whole, with seeds 1, 2, 3")
    parser.add_argument("--listings", help="some of them: regression,cnn")
    return parser.parse_args()


def chosen(names: str | None, known: list[str]) -> list[str]:
    """The names of a comma-separated list, all where there is none."""
    wanted = names.split(",") if names else known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise SystemExit(f"there is no {unknown[0]}: choose from {', '.join(known)}")
    return wanted


def main() -> None:
    options = arguments()
    known = contenders()
    rows = chosen(options.rows, [r.key for r in ROWS + LOSSES] + ["starts"])
    notes: list[str] = []
    tried = able([known[key] for key in chosen(options.only, list(known))], notes)
    pace = QUICK if options.quick else FULL
    if options.rounds:
        pace = replace(pace, rounds=options.rounds, starts=options.rounds)
    report = Report(description(), {}, tried, {}, [], {}, notes)
    if options.accuracy:
        report.accuracies = listings(known["lossbook"], options.listings, options.rounds or 3)
    elif options.long:
        report.spans = long_run(tried, notes)
    else:
        steps(report, [each for each in ROWS + LOSSES if each.key in rows], pace)
        if "starts" in rows:
            report.starts = starts(tried, pace, notes)
    save(report)
    print(report.markdown())
    missed = [each for each in report.accuracies if not each.ok]
    if missed:
        raise SystemExit("missed: " + "; ".join(f"{each.listing}, {each.stated}" for each in missed))


def steps(report: Report, rows: list[Row], pace: Pace) -> None:
    """The rows whose contenders stay alive from slice to slice; each row has fresh ones."""
    for each in rows:
        try:
            started = []
            for contender in report.contenders:
                try:
                    contender.start(**KEEP)
                    report.versions |= contender.ask(do="versions")["versions"]
                    started.append(contender)
                except Failed as problem:
                    report.notes.append(f"{each.title}: {problem}")
            report.rows[each.key] = measured(each, started, pace, report.notes)
        finally:
            for contender in report.contenders:
                contender.stop()
        save(report)


def save(report: Report) -> None:
    """Writes what is measured so far, so that a run that is broken off was not for nothing."""
    (BUILD / "results.json").write_text(json.dumps(report.record(), indent=1), encoding="utf-8")
    (BUILD / "results.md").write_text(report.markdown(), encoding="utf-8")


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


def listen() -> None:
    """Other signals end a run as Ctrl-C does, so that no contender is left behind."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for asked in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, end)


if __name__ == "__main__":
    listen()
    main()
