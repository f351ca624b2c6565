"""What notices a change of a meaning: its theorems are asked anew in a process of its own, in which its module is another."""

from __future__ import annotations

import ast
import importlib
import os
import pickle
import sys
from collections.abc import Sequence
from enum import Enum
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from resource import RLIMIT_CPU, setrlimit
from types import CodeType, ModuleType

from attrs import field, frozen

from concordant.proofs.kernel.assumptions import runs_of
from concordant.proofs.kernel.ledger import file
from concordant.proofs.kernel.role_theorems import RoleTheorem, of_way, on_its_way
from concordant.proofs.kernel.said import CODE, otherwise
from concordant.proofs.kernel.said_of_code import of_code
from concordant.proofs.kernel.stability import StabilityTheorem, misplaced
from concordant.proofs.kernel.theorems import Finding, Theorem, collected, module_names

LONGEST = 120
"""So many seconds of processor time has a change: most take one."""


class NoticedBy(Enum):
    """What notices a change. Values are what is printed."""

    ERROR = "an error"
    THEOREM = "a theorem"
    TIME = "the time that it takes"
    RECORD = "what is on record beside its sentences"
    TEXT = "what theorems print"
    NOTHING = "nothing"


@frozen
class Noticed:
    """What notices a change first, and how that is said. `texts`: what theorems print, by their id."""

    by: NoticedBy
    detail: str = ""
    texts: dict[str, tuple[str, str]] = field(factory=dict)


@frozen(eq=False)
class Another(MetaPathFinder, Loader):
    """Finds code of its own for a module."""

    name: str
    path: Path
    code: CodeType

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:  # noqa: ARG002
        """Find it by its name."""
        return spec_from_file_location(fullname, self.path, loader=self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run its code."""
        exec(self.code, vars(module))  # noqa: S102  # as every loader does


@frozen(eq=False)
class WrittenMeaning:
    """The meaning of a stem as it stands in its file. Each change of it is imported in its stead, in a process of its own."""

    stem: str

    @property
    def package(self) -> str:
        """The package of its proofs."""
        return f"concordant.proofs.{self.path.parent.parent.name}.{self.stem}"

    @property
    def path(self) -> Path:
        """The file of the meaning."""
        return file(self.stem, "said").with_name("meaning.py")

    def import_the_others(self) -> None:
        """Import all proofs but those of the stem, once for all that are forked."""
        for name in module_names():
            if not name.startswith(f"{self.package}."):
                importlib.import_module(name)

    def judge(self, module: ast.Module, original: Noticed | None) -> Noticed:
        """Judge a change in a process of its own. `original`: what was found of the meaning as it is."""
        answers, telling = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(answers)
            setrlimit(RLIMIT_CPU, (LONGEST, LONGEST))
            try:
                found = self._found(compile(module, str(self.path), "exec"))
            except BaseException as error:  # noqa: BLE001  # also what would end this process
                found = Noticed(NoticedBy.ERROR, f"{type(error).__name__}: {error}")
            with os.fdopen(telling, "wb") as out:
                pickle.dump(found, out)
            os._exit(0)
        os.close(telling)
        with os.fdopen(answers, "rb") as told:
            answer = told.read()
        os.waitpid(process, 0)
        noticed: Noticed = pickle.loads(answer) if answer else Noticed(NoticedBy.TIME)  # noqa: S301  # it was written by this module
        differs = original is not None and noticed.by is NoticedBy.NOTHING and noticed.texts != original.texts
        return Noticed(NoticedBy.TEXT, "; ".join(_apart(noticed, original)), noticed.texts) if differs and original is not None else noticed

    def _found(self, code: CodeType) -> Noticed:
        for name in [each for each in sys.modules if each.startswith(f"{self.package}.")]:
            del sys.modules[name]
        sys.meta_path.insert(0, Another(f"{self.package}.meaning", self.path, code))
        theorems = [each for each in collected(Theorem) if each.stem == self.stem and not each.large]
        said: list[str] = []
        for theorem in theorems:
            if isinstance(theorem, StabilityTheorem):
                if wrong := misplaced(theorem.meaning, runs_of(theorem.meaning)):
                    return Noticed(NoticedBy.THEOREM, f"{theorem.id}: {'; '.join(wrong)}")
                said += otherwise(self.stem, CODE, of_code(theorem.meaning))
        for theorem in theorems:
            if isinstance(theorem, RoleTheorem):
                ran = theorem.judged()
                if isinstance(ran, Finding):
                    return Noticed(NoticedBy.THEOREM, f"{theorem.id}: {ran.detail}")
                said += otherwise(self.stem, on_its_way(theorem.role), of_way(ran))
        texts = {each.id: (each.claim, each.quantifiers) for each in theorems}
        return Noticed(NoticedBy.RECORD if said else NoticedBy.NOTHING, "; ".join(said), texts)


def _apart(one: Noticed, other: Noticed) -> list[str]:
    return sorted(f"{id} prints something else" for id in one.texts.keys() | other.texts.keys() if one.texts.get(id) != other.texts.get(id))
