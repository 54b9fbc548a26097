"""Compiles modules while the package is built: those that have their C types in a `.pxd` file beside them.

Their sources are plain Python. Where no C compiler is found they are installed as they are, and give the same results,
slower.
"""

from __future__ import annotations

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
#: Without these, what is there for debuggers is ten times as large as the code.
_OPTIONS = [] if sys.platform == "win32" else ["-g0"]


class CompileHook(BuildHookInterface):
    """Adds the compiled modules to the wheel; an editable install has them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say what the wheel holds."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        target = root if version == "editable" else Path(tempfile.mkdtemp(prefix="corpus_loader"))
        try:
            compiled = compile_modules(root, target)
        except (BaseError, CompileError, LinkError) as error:
            self.app.display_warning(f"nothing is compiled, the package will be slow: {error}")
            return
        build_data |= {"pure_python": False, "infer_tag": True}
        if target != root:
            build_data["force_include"] |= {str(path): str(path.relative_to(target)) for path in compiled}


def compile_modules(root: Path, target: Path) -> list[Path]:
    """The files of the compiled modules, which stand in `target` as their sources stand in `root`."""
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
        command.build_lib, command.build_temp, command.parallel = str(target), work, True
        command.ensure_finalized()
        command.run()
    return [Path(path) for path in command.get_outputs()]


if __name__ == "__main__":  # after a change: python hatch_build.py
    here = Path(__file__).resolve().parent
    sys.stdout.writelines(f"{path}\n" for path in compile_modules(here, here))
