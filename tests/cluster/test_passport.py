"""What differs between two machines is refused with a sentence, and what `--cluster` cannot do is, too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

import concordant
from concordant.checks.cluster import by_ray, passport
from concordant.checks.cluster.passport import Passport
from concordant.checks.exit_codes import MISUSE
from concordant.checks.misuse import Misuse
from concordant.checks.own import own
from tests import command

LOCK = Path(command.__file__).with_name("lock.py").read_text(encoding="utf-8")


def here(*names: str) -> Passport:
    """Return the passport of this process, about these protocols alone: other tests have loaded others."""
    found = Passport.here()
    return evolve(found, own={name: found.own[name] for name in names})


def test_who_is_alike_is_admitted_by_what_is_read_again() -> None:
    assert Passport.read(here().written()) == here()
    here().admit()


@pytest.mark.parametrize(
    ("name", "there", "said"),
    [
        ("numba", "0.1", r"numba is [\d.]+ there and 0.1 here; install the same on every machine"),
        ("unheard_of", "1", r"unheard_of is missing there and 1 here"),
        ("the sources of Concordant", "", "the sources of Concordant differ; install the same on every machine"),
    ],
)
def test_other_versions_and_other_sources_are_refused(name: str, there: str, said: str) -> None:
    with pytest.raises(Misuse, match=said):
        evolve(here(), facts={**here().facts, name: there}).admit()


def test_a_package_that_is_missing_here_alone_is_missed() -> None:
    facts = {name: fact for name, fact in here().facts.items() if name != "numba"}

    with pytest.raises(Misuse, match=r"numba is [\d.]+ there and missing here"):
        evolve(here(), facts=facts).admit()


def test_the_digest_knows_each_file_of_ours_once_wherever_it_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    for place in (first, again):
        (place / "concordant").mkdir(parents=True)
        (place / "concordant" / "rule.py").write_text("1", encoding="utf-8")

    def digest_in(*places: Path) -> str:
        monkeypatch.setattr(concordant, "__path__", [str(place / "concordant") for place in places])
        return dict(passport._facts())[passport.OURS]

    known = digest_in(first)
    assert (digest_in(again), digest_in(first, again), digest_in(first, first)) == (known, known, known)
    (again / "concordant" / "rule.json").write_text("{}", encoding="utf-8")
    assert digest_in(again) != known


def test_a_users_module_that_is_missing_or_another_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lock_of_a_cluster.py").write_text(LOCK, encoding="utf-8")
    own("lock_of_a_cluster.py")
    mine = here("lock_of_a_cluster.py")
    mine.admit()

    with pytest.raises(Misuse, match=r"lock_of_a_cluster.py, or what it imports, is not the same there; copy it to every machine anew"):
        evolve(mine, own={"lock_of_a_cluster.py": "another"}).admit()
    with pytest.raises(
        Misuse, match=r"nowhere.py cannot be loaded there, in .*: there is no file nowhere.py; .* at the same place on every machine"
    ):
        evolve(mine, own={"nowhere.py": ""}).admit()


def without_ray(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as if Ray were not installed."""
    line = "import sys; sys.modules['ray'] = None; from concordant.checks.main import code; sys.exit(code())"
    return subprocess.run([sys.executable, "-c", line, *arguments], capture_output=True, text=True, check=False)  # noqa: S603  # our own command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "two_phase_commit"), by_ray.MISSING),
        (("refute", "PAX-1"), by_ray.MISSING),
        (("prove", "two_phase_commit"), by_ray.MISSING),
        (("mutants", "two_phase_commit"), by_ray.MISSING),
        (("mutants", "--write"), "--write writes a file of this machine, while --cluster lets others work; leave one of the two out"),
        (
            ("check", "--checkpoint", "saved"),
            "--checkpoint writes a file of this machine, while --cluster lets others work; leave one of the two out",
        ),
        (("check", "two_phase_commit", "--divide"), by_ray.MISSING),
        (
            ("check", "two_phase_commit", "--divide", "--engine", "reference"),
            "--divide goes with none of --engine reference, --breakdown, --coverage, --checkpoint, which are of one process; leave them out",
        ),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_what_cannot_be_done_is_refused_with_what_to_install_or_leave_out(arguments: tuple[str, ...], said: str) -> None:
    done = without_ray(*arguments, "--cluster", "local")

    assert (done.returncode, done.stdout, done.stderr) == (MISUSE, "", f"concordant: {said}\n")


def test_a_search_is_divided_over_workers_of_a_cluster_and_of_nothing_else() -> None:
    done = without_ray("check", "two_phase_commit", "--divide")

    assert (done.returncode, done.stdout) == (MISUSE, "")
    assert done.stderr == (
        "concordant: --divide divides each search over the workers of a cluster; name one by --cluster ADDRESS, or --cluster local\n"
    )
