"""A process with its own Hub endpoint, cache and token, that runs commands and Python for the tests.

The Hub's clients read their endpoint when they are imported, so each needs a process; and each process is kept, since
importing them takes seconds. Run as a script it is that process: a JSON request a line in, a JSON answer a line out.
Its waits between two attempts take a hundredth of a second: the clients' retries are real, their patience is not.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The chunk client retries by itself, for minutes.
IMPATIENT_CHUNKS = {"HF_XET_CLIENT_RETRY_MAX_ATTEMPTS": "2", "HF_XET_CLIENT_RETRY_BASE_DELAY": "10ms"}


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


class Client:
    """The test's end of such a process."""

    def __init__(self, endpoint: str, home: Path, *, chunks: bool = False, offline: bool = False) -> None:
        """Start it; with `chunks` it moves large files in chunks, as it is installed, else by plain HTTP."""
        home.mkdir(parents=True, exist_ok=True)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING"))}
        own = {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_DISABLE_TELEMETRY": "1"}
        own |= IMPATIENT_CHUNKS if chunks else {"HF_HUB_DISABLE_XET": "1"}
        own |= {"HF_HUB_OFFLINE": "1"} if offline else {}
        self._log = (home / "log.txt").open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**inherited, **own, "NO_PROXY": "127.0.0.1", "PYTHONIOENCODING": "utf-8"},
            encoding="utf-8",
        )

    def run(self, *argv: str | Path, token: str | None = "hf_writer") -> Ran:
        """Run `corpus-loader` with these arguments; `token` is what HF_TOKEN holds."""
        return Ran(**self._ask({"argv": [str(arg) for arg in argv]}, token))

    def python(self, code: str, token: str | None = None, **names: object) -> Any:
        """Run the code with those names; what it leaves in `result`. An exception in it fails the test."""
        return self._ask({"code": code, "names": {k: str(v) for k, v in names.items()}}, token)["result"]

    def _ask(self, request: dict[str, Any], token: str | None) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({**request, "token": token}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the client process ended: {Path(self._log.name).read_text(encoding='utf-8')}"
        answer: dict[str, Any] = json.loads(line)
        assert "traceback" not in answer, answer["traceback"]
        return answer

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()
        self._log.close()


def _command(argv: list[str]) -> dict[str, Any]:
    from corpus_loader.cli import main

    sys.argv = ["corpus-loader", *argv]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    printed = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return {"code": code, "out": printed[0], "err": printed[1]}


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not stand among the answers
    patience = time.sleep
    time.sleep = lambda seconds: patience(min(seconds, 0.01))
    for line in sys.stdin:
        request = json.loads(line)
        os.environ.pop("HF_TOKEN", None)
        if request["token"] is not None:
            os.environ["HF_TOKEN"] = request["token"]
        try:
            if "argv" in request:
                answer = _command(request["argv"])
            else:
                names = dict(request["names"])
                exec(request["code"], names)
                answer = {"result": names.get("result")}
        except BaseException:  # noqa: BLE001 - the test at the other end is told, and fails
            answer = {"traceback": traceback.format_exc()}
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    _serve()
