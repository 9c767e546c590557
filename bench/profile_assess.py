"""Where the time of one `lieber assess` goes: stages timed in one fresh process."""

import time

START = time.perf_counter()
STAGES: list[tuple[str, float]] = []


def stage(name: str) -> None:
    """Note the time since the last stage."""
    global START
    now = time.perf_counter()
    STAGES.append((name, now - START))
    START = now


import typer  # noqa: E402, F401

stage("import typer")
import pydantic  # noqa: E402, F401
import yaml  # noqa: E402, F401

stage("import pydantic and yaml")
from engine.assess import assess  # noqa: E402
from engine.casefile import read_case  # noqa: E402
from engine.lawcache import compiled_law  # noqa: E402
from engine.layout import plain  # noqa: E402
from engine.output import to_json  # noqa: E402
from engine.resources import data_folder, find_case  # noqa: E402
from engine.sources import Sources  # noqa: E402
from engine.summary import summary  # noqa: E402
from engine.truth import Standard  # noqa: E402

stage("import the engine")
from engine.chain import available  # noqa: E402
from engine.forward import Forward  # noqa: E402

available()
stage("import durable-rules and try it")
LAW = compiled_law(data_folder("law"), {})
stage("read the law (as compiled the last time)")
CASE = read_case(find_case("maarat-al-numan-market"), LAW.vocabulary)
stage("read the case (and build its models)")
ENGINE = Forward(LAW)
stage("compile the law to rules")
RESULT = assess(CASE, LAW, ENGINE.prove, Standard.REASONABLE_GROUNDS)
stage("assess (registers rulesets on first use)")
plain(summary(RESULT))
stage("print the summary")
to_json(RESULT, Sources(CASE))
stage("make the JSON")

if __name__ == "__main__":
    total = sum(seconds for _, seconds in STAGES)
    for name, seconds in STAGES:
        print(f"{name:42} {1000 * seconds:8.1f} ms {100 * seconds / total:5.1f} %")
    print(f"{'together':42} {1000 * total:8.1f} ms")
    print(f"{len(LAW.provisions)} provisions and variants")
