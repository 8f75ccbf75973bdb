"""The benchmark measures what it says, and the Java worker still fits the library."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from accuracy import Stated, listings, table
from contenders import Contender, Failed, Slice, contenders, lossbook_command
from measure import Measured, Pace, Row, Starts, measured, starts
from report import Report, duration
from run import steps

SLEEPER = Path(__file__).parent / "sleeper.py"
ROW = Row("cnn-32", "a step", "cnn", 32, 2.0)
PACE = Pace(rounds=3, seconds=0.02, starts=1, retries=0)


def sleeper(key: str, step: float) -> Contender:
    return Contender(key, key, "steady", lambda: [sys.executable, str(SLEEPER), str(step)])


def sliced(contender: str, way: str, *steps: float, others: float = 0.0) -> Measured:
    return Measured(contender, way, 20, [Slice(step, others) for step in steps])


def report(rows: dict[str, list[Measured]], began: list[Starts]) -> str:
    both = [sleeper("lossbook", 0), sleeper("peer", 0), sleeper("other", 0), sleeper("numpy", 0)]
    both[-1].first = ""  # trains nothing
    return Report("a machine", {"Java": "17"}, both, rows, began, {}, []).markdown()


def test_slices_are_medians_of_what_a_contender_takes_and_a_broken_way_is_a_note() -> None:
    notes: list[str] = []
    contender = sleeper("slow", 0.001)
    contender.start()
    try:
        (found,) = measured(ROW, [contender], PACE, notes)
    finally:
        contender.stop()
    assert (found.way, len(found.slices)) == ("steady", 3)
    assert found.median >= 0.001
    assert notes == ["a step, broken: slow: RuntimeError: no compiler here"]


def test_a_start_is_a_fresh_process_with_a_time_and_a_peak_of_memory() -> None:
    notes: list[str] = []
    (found,) = starts([sleeper("slow", 0.0)], PACE, notes)
    assert notes == []
    assert found.seconds[0] > 0
    assert found.bytes[0] > 2**20


def test_a_contender_that_ended_is_named() -> None:
    contender = Contender("gone", "Gone", "steady", lambda: [sys.executable, "-c", "pass"])
    contender.start()
    with pytest.raises(Failed, match="Gone ended"):
        contender.ask(do="versions")
    contender.stop()


def test_a_contender_that_ends_in_a_row_is_a_note_and_takes_part_in_the_next() -> None:
    """The mortal ends in its fifth slice."""
    ones = [sleeper("lossbook", 0.0), mortal()]
    rows = [Row(key, key, "cnn", 32, None) for key in ("first", "second")]
    made = Report("a machine", {}, ones, {}, [], {}, [])
    steps(made, rows, PACE)
    assert [[each.contender for each in made.rows[row.key]] for row in rows] == [["lossbook"], ["lossbook"]]
    assert [note for note in made.notes if note.startswith("first, steady: mortal ended")]
    assert [note for note in made.notes if note.startswith("second, steady: mortal ended")]


def mortal() -> Contender:
    script = "import itertools, os; from protocol import Worker; n = itertools.count()\n"
    script += "Worker({'cnn': ['steady']}, lambda *_: lambda _: os._exit(1) if next(n) > 3 else None, {}).serve()"
    path = f"import sys; sys.path.insert(0, {str(SLEEPER.parents[1] / 'peers')!r}); "
    return Contender("mortal", "mortal", "steady", lambda: [sys.executable, "-c", path + script])


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


BUSY = "import subprocess, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"
"""A contender that hears nothing for ten minutes, and what it has started itself."""


def test_a_contender_that_does_not_listen_is_ended_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contenders.PATIENCE", 0.2)
    contender = Contender("deaf", "Deaf", "", lambda: [sys.executable, "-c", BUSY])
    contender.start()
    assert contender.process and contender.process.stdout
    child = int(contender.process.stdout.readline())
    contender.stop()
    assert not is_alive(child)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_interrupted_leaves_no_contender_behind(asked: signal.Signals) -> None:
    script = f"""if True:
        import sys, signal
        sys.path.insert(0, {str(SLEEPER.parents[1])!r})
        import contenders, run
        contenders.PATIENCE = 0.2
        run.listen()
        def talk(self, **_):
            print(self.process.pid, self.process.stdout.readline(), flush=True)
            self.process.stdout.readline()
        contenders.Contender.ask = talk
        one = contenders.Contender("busy", "Busy", "", lambda: [sys.executable, "-c", {BUSY!r}])
        run.steps(run.Report("", {{}}, [one], {{}}, [], {{}}, []), run.ROWS, run.QUICK)
    """
    driver = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert driver.stdout
    started = [int(word) for word in driver.stdout.readline().split()]
    assert len(started) == 2 and all(map(is_alive, started))
    driver.send_signal(asked)
    driver.communicate(timeout=60)
    assert not any(map(is_alive, started))


def test_the_java_worker_trains_on_more_samples_than_its_heap_could_hold() -> None:
    contender = Contender("lossbook", "Lossbook", "fit", lossbook_command)
    contender.start()
    try:
        assert contender.slice("binary", 32, "fit", 6_000).step > 0  # 602 MB of samples, were they all made
    finally:
        contender.stop()


def test_the_ratio_is_to_the_fastest_way_of_the_fastest_peer() -> None:
    ways = [
        sliced("lossbook", "fit", 0.002, 0.0022, 0.9),
        sliced("lossbook", "augmented", 0.0024, 0.0024, 0.0024),
        sliced("lossbook", "plan", 0.002, 0.002, 0.002),
        sliced("peer", "eager", 0.005, 0.005, 0.005),
        sliced("peer", "compiled", 0.0044, 0.0044, 0.0044),
        sliced("other", "fit", 0.006, 0.006, 0.006, others=1.0),
    ]
    table = report({"cnn-32": ways}, [])
    assert "| 2.2 ms (fit) | 4.4 ms (compiled) | 6 ms (fit) | 2.00× (peer) | 2.00× |" in table
    assert "| · its plan's bare step | 2 ms |  |  | 2.20× (peer) |  |" in table
    assert "| · `fit` over the bare step | 1.10 |" in table
    assert "| · `fit` with augmentation over `fit` | 1.09 |  |  |  | ≤ 1.30 |" in table
    assert "Others used the machine during 3 of 18 slices." in table


def test_starts_and_memory_are_rows_of_the_same_table() -> None:
    began = [Starts("lossbook", [1.0], [200 * 2**20]), Starts("peer", [3.0], [600 * 2**20])]
    table = report({}, began)
    assert "| process start to first trained batch | 1 s | 3 s |  | 3.00× (peer) |  |" in table
    assert "| peak resident memory, 300 steps on | 200 MB | 600 MB |  | 3.00× (peer) |  |" in table


@pytest.mark.parametrize(
    ("seconds", "text"), [(12.34, "12.3 s"), (0.00221, "2.21 ms"), (0.0000534, "53.4 µs")]
)
def test_durations_have_three_digits_and_a_fitting_unit(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_java_worker_does_every_task_in_every_way() -> None:
    contender = Contender("lossbook", "Lossbook", "fit", lossbook_command)
    contender.start()
    try:
        tasks = [("cnn", 32), ("dense", 32), ("binary", 32), ("lstm", 32), ("gru", 32), ("predict", 1), ("generate", 1), ("long", 32)]
        for task, batch in [*tasks, ("mse", 99), ("bce", 99), ("adam", 99)]:
            for way in contender.ask(do="ways", task=task)["ways"]:
                assert contender.slice(task, batch, way, 2).step > 0
    finally:
        contender.stop()


def test_the_loops_by_hand_are_for_what_has_one() -> None:
    contender = contenders()["loop"]
    contender.start()
    try:
        assert contender.ask(do="ways", task="cnn")["ways"] == []
        for task in ("mse", "bce", "adam"):
            assert contender.ask(do="ways", task=task)["ways"] == ["loop"]
            assert contender.slice(task, 99, "loop", 2).step > 0
    finally:
        contender.stop()


def test_losses_have_a_table_of_their_own_with_those_who_took_part() -> None:
    rows = {
        "cnn-32": [sliced("lossbook", "fit", 0.002), sliced("peer", "eager", 0.004)],
        "mse-1m": [sliced("lossbook", "formula", 0.001), sliced("other", "loop", 0.0012)],
        "bce-1m": [sliced("lossbook", "formula", 0.002), sliced("numpy", "by hand", 0.006), sliced("other", "loop", 0.005)],
    }
    table = report(rows, [])
    assert "| 2 ms (formula) | 5 ms (loop) | 6 ms (by hand) | 2.50× (other) | 1.00×, is 3.00× (numpy) |" in table
    assert "|  | lossbook | peer | other | Lossbook over the fastest peer | wanted |" in table
    assert "|  | lossbook | other | numpy | Lossbook over the fastest peer | wanted |" in table
    assert "| 1 ms (formula) | 1.2 ms (loop) |  | 1.20× (other) | 0.77× |" in table


def test_who_trains_nothing_is_not_started_for_training() -> None:
    idle = sleeper("idle", 0.0)
    idle.first = ""
    assert starts([idle], PACE, []) == []


def test_a_listing_that_misses_what_it_states_stands_out() -> None:
    seconds = [1.0, 2.0, 3.0]
    found = table(
        [
            Stated("dense", "test loss ≤ 0.16", [0.12, 0.13, 0.15], seconds, True),
            Stated("dense", "test accuracy ≥ 0.955", [0.96, 0.97, 0.91], seconds, False),
        ]
    )
    assert "| listing | stated | seed 1 | seed 2 | seed 3 | seconds | ok |" in found
    assert "| dense | test loss ≤ 0.16 | 0.1200 | 0.1300 | 0.1500 | 2.0 | yes |" in found
    assert "|  | test accuracy ≥ 0.955 | 0.9600 | 0.9700 | 0.9100 |  | **no** |" in found


def test_the_java_worker_trains_a_listing_to_what_it_states() -> None:
    contender = Contender("lossbook", "Lossbook", "fit", lossbook_command)
    (found, r2) = listings(contender, "regression", 1)
    assert found.listing == r2.listing == "regression"
    assert found.ok and r2.ok
    assert len(found.reached) == 1
    assert contender.process is None


def test_an_unknown_listing_is_refused_with_those_there_are() -> None:
    contender = Contender("lossbook", "Lossbook", "fit", lossbook_command)
    with pytest.raises(SystemExit, match="there is no listing gan: choose from regression, classification"):
        listings(contender, "gan", 1)
