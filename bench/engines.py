"""The two engines on every case that comes with the program: time per case, in one process."""

import statistics
import time
from collections.abc import Sequence

from engine.assess import Evaluator, assess
from engine.casefile import read_case
from engine.conditions import Condition
from engine.evaluate import evaluate
from engine.forward import Forward
from engine.incident import Scope
from engine.lawfiles import read_law
from engine.resources import data_folder, documented_cases
from engine.trace import Proof
from engine.truth import Standard

RUNS = 15


def main() -> None:
    """Time both engines in turn on each case; the ratio is of medians."""
    law = read_law(data_folder("law"))
    engine = Forward(law)
    fired: list[int] = []

    def forward(conditions: Sequence[Condition], scope: Scope) -> list[Proof]:
        proofs = engine.prove(conditions, scope)
        fired.append(len(engine.firings))
        return proofs

    engines: dict[str, Evaluator] = {
        "evaluate": lambda conditions, scope: [evaluate(c, scope) for c in conditions],
        "forward": forward,
    }
    print(f"{'case':36} {'evaluate ms':>12} {'forward ms':>12} {'ratio':>7} {'firings':>8}")
    for path in documented_cases():
        case = read_case(path, law.vocabulary)
        times: dict[str, list[float]] = {name: [] for name in engines}
        for round_ in range(RUNS + 1):
            fired.clear()
            for name, evaluator in engines.items():
                start = time.perf_counter()
                assess(case, law, evaluator, Standard.REASONABLE_GROUNDS)
                if round_:
                    times[name].append(time.perf_counter() - start)
        slow, fast = (statistics.median(times[n]) * 1000 for n in ("forward", "evaluate"))
        print(f"{path.stem:36} {fast:12.2f} {slow:12.2f} {slow / fast:7.1f} {sum(fired):8}")


if __name__ == "__main__":
    main()
