"""A small Hub on 127.0.0.1: real HTTP on two origins (the Hub, and the storage behind it), with faults on demand."""

from __future__ import annotations

import re
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, get_args

from . import uploads  # noqa: F401 - registers its calls
from .api import Answer, Hub, Request, answer, refusal
from .store import RefusedError

#: What goes wrong: the connection ends halfway into the request's body, or before the answer to a request that was
#: carried out; or the request is refused; or something else happens first and the request is then answered.
Fault = Literal["cut", "lose-answer"] | RefusedError | Callable[[], object]


#: So many times that it never ends.
FOREVER = sys.maxsize

Origin = Literal["hub", "storage"]


@dataclass(frozen=True)
class Seen:
    """One request as it arrived: on which origin, and with which credentials."""

    origin: Origin
    method: str
    target: str
    authorization: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.target}"


@dataclass
class Rule:
    """A fault, and the requests that it hits: those that match, after the first few, so many times."""

    pattern: re.Pattern[str]
    fault: Fault
    after: int
    times: int
    hit: int = 0

    def meets(self, request: str) -> bool:
        """Whether the fault hits this request, which is "METHOD /path"; counts it."""
        if self.hit >= self.times or not self.pattern.search(request):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.hit += 1
        return True


@dataclass
class Server:
    """The running Hub, everything that was asked of it, and what is to go wrong."""

    hub: Hub = field(default_factory=Hub)
    seen: list[Seen] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    #: What went wrong without being asked to: the server's own faults.
    crashes: list[str] = field(default_factory=list)
    #: One answer at a time, as if from one database.
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def endpoint(self) -> str:
        return self.hub.origin

    def fail(self, pattern: str, fault: Fault, *, after: int = 0, times: int = 1) -> Rule:
        """Let requests whose "METHOD /path" holds `pattern` go wrong, from now until `heal`."""
        self.rules.append(Rule(re.compile(pattern), fault, after, times))
        return self.rules[-1]

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self.rules.clear()

    def since(self, mark: int, method: str = "") -> list[str]:
        """The requests since `seen` was `mark` long, those that only tell the Hub about the client left out."""
        noise = re.compile(r"agent-harnesses|telemetry|whoami")
        return [str(one) for one in self.seen[mark:] if method in one.method and not noise.search(one.target)]

    def fault(self, request: str) -> Fault | None:
        """The first fault that hits this request."""
        with self.lock:
            return next((rule.fault for rule in self.rules if rule.meets(request)), None)


@contextmanager
def serving(hub: Hub) -> Iterator[Server]:
    """A server that listens on two ports of 127.0.0.1 until the block ends."""
    server = Server(hub)
    listeners = [_Listener(server, origin) for origin in get_args(Origin)]
    hub.origin, hub.storage = (f"http://127.0.0.1:{listener.server_address[1]}" for listener in listeners)
    threads = [threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True) for listener in listeners]
    for thread in threads:
        thread.start()
    try:
        yield server
    finally:
        for listener, thread in zip(listeners, threads, strict=True):
            listener.shutdown()
            listener.server_close()
            thread.join()


class _Listener(ThreadingHTTPServer):
    """One of the two origins."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, state: Server, origin: Origin) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.state, self.origin = state, origin

    def handle_error(self, request: object, client_address: object) -> None:
        """Note a fault of this server; a client that hangs up is none."""
        if not isinstance(sys.exception(), ConnectionError):
            self.state.crashes.append(traceback.format_exc())


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_any(self) -> None:
        """Note the request, let it go wrong where that was asked for, else answer it."""
        state = self.server.state
        seen = Seen(self.server.origin, self.command, self.path, self.headers.get("Authorization"))
        state.seen.append(seen)
        fault = state.fault(str(seen))
        if fault == "cut":
            self.rfile.read(int(self.headers.get("Content-Length") or 0) // 2)
            return self.hang_up()
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.body())
        if isinstance(fault, RefusedError):
            return self.send(refusal(fault))
        if callable(fault):
            fault()
        with state.lock:
            reply = answer(state.hub, request)
        return self.hang_up() if fault == "lose-answer" else self.send(reply)

    do_GET = do_HEAD = do_POST = do_PUT = do_any  # noqa: N815 - the names that the standard library calls

    def body(self) -> bytes:
        """The request's body, of a known length or in chunks."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def hang_up(self) -> None:
        """End the connection without an answer."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def send(self, reply: Answer) -> None:
        """Send the answer."""
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        """Say nothing: `Server.seen` is the log."""
