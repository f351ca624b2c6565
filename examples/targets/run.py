"""Runs the commands in the `report.txt` of each target again, and fails where a verdict is not the one that is recorded there.

python run.py [--record] [TARGET...]
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
INSTALLED = HERE.parent.parent / ".venv" / "targets"
PACKAGES = "site-packages"
SECONDS = 600
"""How long a command has, and an installation."""
VERDICT = re.compile(r"^(?:  (?:conformance|history|validation) .*|\S+ +(?:holds|VIOLATED|undecided) .* profiles; .*)$", re.MULTILINE)
TOOK = re.compile(r"(;|,| ) +\d+\.\d+ s(?=$|;)", re.MULTILINE)
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def install(target):
    """Install what a target needs in a folder of its own, once; return the folder. What is installed is told by its place from what a user wrote."""
    folder = INSTALLED / target.name
    needs = [file for file in (target / "requirements.txt", target / "package.json", target / "debian.txt") if file.exists()]
    ways = [installing(file, folder) for file in needs]
    wanted = "\n".join([*map(str, ways), *(file.read_text() for file in needs)])
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for file, command in zip(needs, ways, strict=True):
        (folder / file.name).write_text(file.read_text())
        subprocess.run(command, check=True, timeout=SECONDS, cwd=folder)
    stamp.write_text(wanted)
    return folder


def installing(file, folder):
    """Return the command that installs what a file lists."""
    if file.name == "package.json":
        return ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    if file.name == "debian.txt":  # unpacked, not installed: nothing of it is started, or changes the machine
        return [
            "/bin/sh",
            "-c",
            f"apt-get download -qq -o APT::Sandbox::User=root {' '.join(file.read_text().split())} && for each in *.deb; do dpkg -x $each .; done",
        ]
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--upgrade"]
    return [*pip, "--target", str(folder / PACKAGES), "--requirement", str(file)]


def commands(report):
    """Yield the commands of a report, and what is recorded of each."""
    for part in report.split("$ ")[1:]:
        command, _, said = part.partition("\n")
        yield command, said


def said_by(command, target, installed):
    """Run a command as somebody would who stands in the folder of the target and has installed what it needs."""
    path = os.pathsep.join((str(Path(sys.executable).parent), str(installed / "usr" / "bin"), os.environ["PATH"]))
    found = {
        "PATH": path,
        "PYTHONPATH": f"{HERE / 'shared'}{os.pathsep}{installed / PACKAGES}",
        "NODE_PATH": f"{HERE / 'shared'}{os.pathsep}{installed / 'node_modules'}",
    }
    shell = ["/bin/sh", "-c", command]
    try:
        run = subprocess.run(shell, cwd=target, env=os.environ | found, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"it took more than {SECONDS} seconds"
    return the_same_everywhere(run.stdout + run.stderr)


def the_same_everywhere(said):
    """Leave out of what a command said how long it took, where in memory something is, and where on this machine the packages are."""
    return ADDRESS.sub("", TOOK.sub("", said)).replace(f"{INSTALLED}{os.sep}", "")


def judge(target, *, record):
    """Run what a report says, print each verdict, and return how many are others than are recorded."""
    report = target / "report.txt"
    try:
        installed = install(target)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"{target.name}: what it needs cannot be installed: {error}", flush=True)
        return 1
    now, wrong = "", 0
    for command, recorded in commands(report.read_text()):
        said = said_by(command, target, installed)
        found, expected = VERDICT.findall(said), VERDICT.findall(recorded)
        print(f"{target.name}: {command}", *found, sep="\n", flush=True)
        if not record and found != expected:
            print("is recorded as:", *expected, "but now:", said, sep="\n")
            wrong += 1
        now += f"$ {command}\n{said.rstrip()}\n\n"
    if record:
        report.write_text(now.rstrip() + "\n")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help="write down what is found, instead of comparing it")
    parser.add_argument("targets", nargs="*", help="only these; all, by default")
    asked = parser.parse_args()
    known = {folder.parent.name: folder.parent for folder in sorted(HERE.glob("*/report.txt"))}
    return 1 if sum(judge(known[name], record=asked.record) for name in asked.targets or known) else 0


if __name__ == "__main__":
    sys.exit(main())
