"""Compiles modules while the package is built: those that have their C types in a `.pxd` file beside them.

Their sources are plain Python. Where no C compiler is found they are installed as they are, and give the same results,
slower.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from Cython.Build import cythonize
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.errors import BaseError, CompileError, LinkError

#: Integers and floats take the C types that their first values have; annotations are for readers and type checkers.
_DIRECTIVES = {"language_level": 3, "annotation_typing": False, "infer_types": True}
#: What all compiled modules need is compiled once.
_SHARED = "corpus_loader._compiled"
#: Without debugging information, which is ten times as large as the code; and each product is rounded before it is
#: added, as in Python: where processors can do both in one step, compilers would save the rounding.
_OPTIONS = [] if sys.platform == "win32" else ["-g0", "-ffp-contract=off"]


class CompileHook(BuildHookInterface):
    """Adds the compiled modules to the wheel; an editable install has them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say what the wheel holds."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        self._folder = tempfile.TemporaryDirectory(prefix="corpus_loader")
        target = root if version == "editable" else Path(self._folder.name)
        try:
            compiled = compile_modules(root, target)
        except (BaseError, CompileError, LinkError) as error:
            self.app.display_warning(f"nothing is compiled, the package will be slow: {error}")
            return
        build_data |= {"pure_python": False, "infer_tag": True}
        if target != root:
            build_data["force_include"] |= {str(path): str(path.relative_to(target)) for path in compiled}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the wheel now holds."""
        if self.target_name == "wheel":
            self._folder.cleanup()


def compile_modules(root: Path, target: Path) -> list[Path]:
    """The files of the compiled modules, which stand in `target` as their sources stand in `root`.

    There are all of them, or none where one can't be compiled: they call each other, and old ones would be imported in
    place of their sources.
    """
    sources = [path.with_suffix(".py").relative_to(root) for path in sorted(root.glob("corpus_loader/**/*.pxd"))]
    extensions = [
        Extension(".".join(path.with_suffix("").parts), [str(root / path)], extra_compile_args=_OPTIONS)
        for path in sources
    ]
    with tempfile.TemporaryDirectory() as work:
        modules = cythonize(
            [*extensions, Extension(_SHARED, [], extra_compile_args=_OPTIONS)],
            build_dir=work,
            compiler_directives=_DIRECTIVES,
            include_path=[str(root)],
            quiet=True,
            shared_utility_qualified_name=_SHARED,
        )
        command = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        built = Path(work, "built")
        command.build_lib, command.build_temp, command.parallel = str(built), work, True
        command.ensure_finalized()
        compiled = {Path(path): target / Path(path).relative_to(built) for path in command.get_outputs()}
        for path in compiled.values():
            path.unlink(missing_ok=True)
        command.run()
        for path, final in compiled.items():
            final.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, final)
    return list(compiled.values())


if __name__ == "__main__":  # after a change: python hatch_build.py
    here = Path(__file__).resolve().parent
    sys.stdout.writelines(f"{path}\n" for path in compile_modules(here, here))
