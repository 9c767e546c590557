"""Run a command in the project's own virtual environment, made on first use.

    python3 bootstrap.py COMMAND [ARGUMENT...]

for example `python3 bootstrap.py pytest` or `python3 bootstrap.py lieber --help`.

The environment is `.venv/<major.minor>` beside this file, made with the Python that runs it; the
system's Python is never touched. Only the first run, and the first after a change of
pyproject.toml, needs the network. The standard library is all this file uses, and its syntax is
that of the older Python 3, so that they can read it and say that they are too old.
"""

import hashlib
import os
import sys

SUPPORTED = ((3, 11), (3, 12), (3, 13))
ROOT = os.path.dirname(os.path.realpath(__file__))
NAME = ".venv/%d.%d" % sys.version_info[:2]
VENV = os.path.join(ROOT, *NAME.split("/"))
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
STAMP = os.path.join(VENV, "lieber-stamp")
LOG = os.path.join(VENV, "lieber-install.log")


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if len(sys.argv) > 1 else 2
    check_python()
    if read_stamp() != wanted_stamp():
        set_up()
    return run(sys.argv[1], sys.argv[2:])


def check_python():
    if sys.version_info[:2] in SUPPORTED:
        return
    import shutil

    names = ["python%d.%d" % version for version in reversed(SUPPORTED)]
    found = [name for name in names if shutil.which(name)]
    hint = "; try `%s bootstrap.py`" % found[0] if found else ""
    fail("lieber needs Python 3.11, 3.12 or 3.13, and this is %d.%d" % sys.version_info[:2] + hint)


def run(command, arguments):
    """Become COMMAND, so that its signals and its exit code are its own."""
    suffix = ".exe" if os.name == "nt" and not command.endswith(".exe") else ""
    path = os.path.join(BIN, command + suffix)
    if os.path.basename(command) != command or not os.path.isfile(path):
        fail("there is no command `%s` in %s" % (command, NAME), 127)
    env = dict(os.environ, VIRTUAL_ENV=VENV)
    env["PATH"] = os.pathsep.join([BIN, env.get("PATH", os.defpath)])
    env.pop("PYTHONHOME", None)
    if os.name == "nt":  # there, exec returns to the shell before the command has ended
        import subprocess

        return subprocess.call([path, *arguments], env=env)
    sys.stdout.flush()
    os.execve(path, [path, *arguments], env)


# --- The stamp: written last, so an environment without one is unfinished --------------------


def wanted_stamp():
    """The environment's identity, then what is installed in it: a change of the first means
    making it anew, a change of the second alone means installing again over it."""
    python = "%s %s%s" % (
        sys.implementation.name,
        ".".join(map(str, sys.version_info[:3])),
        getattr(sys, "abiflags", ""),
    )
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    # The path is part of it: the scripts of an environment break when its folder is moved.
    return [python + " " + ROOT, digest]


def read_stamp():
    if not os.path.exists(PYTHON):  # also when it is a link to a Python that has been removed
        return None
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return None


def write_stamp(lines):
    with open(STAMP + ".new", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    os.replace(STAMP + ".new", STAMP)


# --- Setting up --------------------------------------------------------------------------------


def set_up():
    os.makedirs(os.path.dirname(VENV), exist_ok=True)
    with open(VENV + ".lock", "w", encoding="utf-8") as lock:
        wait_for(lock)
        old, new = read_stamp(), wanted_stamp()
        if old == new:  # another run did it meanwhile
            return
        if old and old[0] == new[0]:
            say("pyproject.toml has changed: updating %s" % NAME)
            os.remove(STAMP)
        else:
            say("setting up %s (once; about a minute)" % NAME)
            make_venv(lock)
        install(lock)
        write_stamp(new)


def wait_for(lock):
    """Let one run at a time set up. Where the system has no flock, runs are not held apart."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("waiting for another run that is setting up %s" % NAME)
        fcntl.flock(lock, fcntl.LOCK_EX)


def make_venv(lock):
    import shutil

    if os.path.isdir(VENV):
        shutil.rmtree(VENV)
    # Started from inside an environment, perhaps this very one: build on the Python beneath it.
    python = getattr(sys, "_base_executable", None) or sys.executable
    done, output = call([python, "-I", "-m", "venv", VENV], lock)
    if not done:
        sys.stderr.write(output)
        fail("could not make %s; on Debian or Ubuntu, install the package python3-venv" % NAME)


def install(lock):
    import re

    if pip(["-e", ROOT + "[dev]"], lock):
        if durable_works(lock):
            return
        # pip may have kept a wheel that was built without the flag of build_environment().
        again = ["--no-cache-dir", "--force-reinstall", "--no-deps"]
        durable = [name for name in requirements() if name.startswith("durable-rules")]
        if pip([*again, *durable], lock) and durable_works(lock):
            return
        say_without_durable("it was built but cannot be imported")
        return
    output = read_log()
    rest = [name for name in requirements() if not name.startswith("durable-rules")]
    if pip(rest, lock) and pip(["--no-deps", "-e", ROOT], lock):
        say_without_durable(why_not_built(output))
        with open(LOG, "w", encoding="utf-8") as file:
            file.write(output)
        return
    sys.stderr.write(read_log())
    if re.search("Connection|Temporary failure|Name or service|ProxyError|timed out", output):
        fail("could not install: the first run needs the network")
    fail("could not install the project: pip's own words are above")


def requirements():
    import tomllib

    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        project = tomllib.load(file)["project"]
    return project["dependencies"] + project["optional-dependencies"]["dev"]


def pip(arguments, lock):
    """Install, with pip's output kept in a log; whether it succeeded."""
    command = [PYTHON, "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    done, output = call(command + arguments, lock)
    with open(LOG, "w", encoding="utf-8") as file:
        file.write(output)
    return done


def read_log():
    with open(LOG, encoding="utf-8") as file:
        return file.read()


def durable_works(lock):
    return call([PYTHON, "-I", "-c", "import durable.engine"], lock)[0]


def why_not_built(output):
    import shutil

    if not any(map(shutil.which, ("cc", "gcc", "clang", "cl"))):
        return "there is no C compiler here"
    if "Python.h" in output:
        return "the headers of Python are missing, on Debian or Ubuntu the package python3-dev"
    return "pip's own words are in %s/%s" % (NAME, os.path.basename(LOG))


def say_without_durable(why):
    say(
        "durable-rules could not be installed (%s). Everything else is: "
        "`lieber assess --engine evaluate` works without it. To try again, delete %s." % (why, NAME)
    )


def build_environment():
    env = dict(os.environ)
    # Whatever would send pip elsewhere than into the environment.
    for name in ("PIP_PREFIX", "PIP_ROOT", "PIP_TARGET", "PYTHONHOME", "__PYVENV_LAUNCHER__"):
        env.pop(name, None)
    env["PIP_USER"] = "0"
    if sys.version_info >= (3, 13):
        # durable-rules calls PyEval_CallObject, which Python 3.13 removed: it builds there, and
        # fails when imported. PyObject_CallObject takes the same arguments. Mended upstream in
        # 2025 and not released since.
        flag = "-DPyEval_CallObject=PyObject_CallObject"
        env["CPPFLAGS"] = (env.get("CPPFLAGS", "") + " " + flag).strip()
    return env


def call(command, lock):
    """Run a program in silence; whether it succeeded, and what it said. It inherits the lock:
    should this run be killed, what it started still keeps others away until it ends."""
    import subprocess

    done = subprocess.run(
        command,
        cwd=ROOT,
        env=build_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if os.name == "nt" else (lock.fileno(),),
    )
    return done.returncode == 0, done.stdout


def say(message):
    sys.stderr.write("bootstrap: %s\n" % message)
    sys.stderr.flush()


def fail(message, code=1):
    say(message)
    sys.exit(code)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
