"""Wall time of the commands a user waits for, as medians of whole processes and as ratios."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 15
CASE = "maarat-al-numan-market"
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "lieber --help": [sys.executable, "cli.py", "--help"],
    "lieber check": [sys.executable, "cli.py", "check", CASE],
    "lieber assess": [sys.executable, "cli.py", "assess", CASE],
    "lieber assess --json": [sys.executable, "cli.py", "assess", CASE, "--json"],
    "lieber assess --engine evaluate": [
        sys.executable, "cli.py", "assess", CASE, "--engine", "evaluate",
    ],
    "lieber report": [sys.executable, "cli.py", "report", CASE],
}  # fmt: skip


def once(command: list[str]) -> float:
    """Seconds of wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Run all commands in turn, so that a drift of the machine's speed meets them alike."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for round_ in range(RUNS + 1):
        for name, command in COMMANDS.items():
            seconds = once(command)
            if round_:  # the first round warms the caches
                times[name].append(seconds)
    bare = statistics.median(times["python -c pass"])
    print(f"{'command':34} {'median s':>9} {'min':>6} {'max':>6} {'x bare Python':>14}")
    for name, values in times.items():
        median = statistics.median(values)
        low, high = min(values), max(values)
        print(f"{name:34} {median:9.3f} {low:6.3f} {high:6.3f} {median / bare:14.1f}")


if __name__ == "__main__":
    main()
