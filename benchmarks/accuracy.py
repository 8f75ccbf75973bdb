"""The course's listings, trained whole with several seeds: what each states, and what it comes to."""

from __future__ import annotations

import statistics
from dataclasses import asdict, dataclass
from typing import Any

from contenders import Contender
from measure import say


@dataclass
class Stated:
    """One stated result of a listing, with what each seed reached."""

    listing: str
    stated: str
    reached: list[float]
    seconds: list[float]
    ok: bool

    def record(self) -> dict[str, Any]:
        return asdict(self)


def listings(lossbook: Contender, wanted: str | None, seeds: int) -> list[Stated]:
    """Trains them one after the other, each with the seeds 1, 2, 3, …"""
    lossbook.start()
    try:
        known = lossbook.ask(do="listings")["listings"]
        names = wanted.split(",") if wanted else known
        unknown = [name for name in names if name not in known]
        if unknown:
            raise SystemExit(f"there is no listing {unknown[0]}: choose from {', '.join(known)}")
        return [result for name in names for result in trained(lossbook, name, seeds)]
    finally:
        lossbook.stop()


def trained(lossbook: Contender, name: str, seeds: int) -> list[Stated]:
    """One listing with all seeds; a row for each result that it states."""
    answers = []
    for seed in range(1, seeds + 1):
        answers.append(lossbook.ask(do="listing", name=name, seed=seed))
        said = "; ".join(f"{each['stated']}: {each['reached']:.4f}" for each in answers[-1]["results"])
        say(f"{name}, seed {seed}: {said}")
    seconds = [answer["seconds"] for answer in answers]
    of_seeds = zip(*(answer["results"] for answer in answers))
    return [
        Stated(
            name,
            results[0]["stated"],
            [each["reached"] for each in results],
            seconds,
            all(each["ok"] for each in results),
        )
        for results in of_seeds
    ]


def table(results: list[Stated]) -> str:
    """A row for each stated result; the listing and its seconds stand in its first one."""
    seeds = len(results[0].reached)
    head = ["listing", "stated", *(f"seed {seed}" for seed in range(1, seeds + 1)), "seconds", "ok"]
    lines = [head, ["---", "---", *["---:"] * seeds, "---:", "---"]]
    before = ""
    for each in results:
        first = each.listing != before
        before = each.listing
        seconds = f"{statistics.median(each.seconds):.1f}" if first else ""
        reached = [f"{value:.4f}" for value in each.reached]
        ok = "yes" if each.ok else "**no**"
        lines.append([each.listing if first else "", each.stated, *reached, seconds, ok])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
