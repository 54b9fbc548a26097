"""The calls of the Hub that publishing and loading a dataset make, each answered from the store."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qs, quote, unquote, urlsplit

from .store import RefusedError, Repo, Tree


@dataclass(frozen=True)
class Request:
    """One HTTP request; header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def token(self) -> str | None:
        return self.headers.get("authorization", "").removeprefix("Bearer ") or None

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, value: object, status: int = 200, **headers: str) -> Answer:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(status, json.dumps(value).encode(), {"Content-Type": "application/json", **named})


class ChunkStore(Protocol):
    """Where large files go and come from in chunks; None on a Hub that knows no chunks."""

    def token(self, kind: str) -> Mapping[str, str]: ...
    def received(self) -> Mapping[str, tuple[bytes, str]]: ...
    def name_of(self, sha256: str) -> str | None: ...


@dataclass
class Hub:
    """The whole state of the server: who may do what, the repositories, and what was uploaded but not committed."""

    #: Token → the name spaces it may write; every known token may read everything in `readers` of a repository.
    tokens: dict[str, set[str]] = field(default_factory=lambda: {"hf_writer": {"ada"}, "hf_reader": set()})
    repos: dict[str, Repo] = field(default_factory=dict)
    #: SHA-256 → content, as uploaded.
    uploads: dict[str, bytes] = field(default_factory=dict)
    chunks: ChunkStore | None = None
    #: Origins, set when the server listens: the Hub itself, and the storage that signed URLs point to.
    origin: str = ""
    storage: str = ""

    def reader(self, request: Request) -> str | None:
        if request.token is not None and request.token not in self.tokens:
            raise RefusedError(401, "Invalid credentials in Authorization header")
        return request.token

    def writer(self, request: Request, name: str) -> None:
        token = self.reader(request)
        if token is None:
            raise RefusedError(401, "Invalid username or password.")
        if name.split("/")[0] not in self.tokens[token]:
            raise RefusedError(403, f"You don't have the rights to write to {name} with this token")

    def repo(self, request: Request, name: str) -> Repo:
        """The repository, if it is there and the token may see it."""
        token, repo = self.reader(request), self.repos.get(name)
        hidden = repo is not None and repo.private and name.split("/")[0] not in self.tokens.get(token or "", set())
        if repo is None or hidden:
            raise RefusedError(404 if token else 401, "Repository not found", "RepoNotFound")
        if repo.gated and token is None:
            raise RefusedError(401, f"Access to dataset {name} is restricted.", "GatedRepo")
        return repo


Call = Callable[..., Answer]
_ROUTES: list[tuple[str, re.Pattern[str], Call]] = []
_REPO = r"(?P<name>[\w.-]+/[\w.-]+)"


def route(methods: str, pattern: str) -> Callable[[Call], Call]:
    """Answer those methods on that path with the function; `{repo}` and `{name}` become its keyword arguments."""
    expression = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern.replace("{repo}", _REPO)))

    def register(call: Call) -> Call:
        _ROUTES.extend((method, expression, call) for method in methods.split())
        return call

    return register


def answer(hub: Hub, request: Request) -> Answer:
    """What the Hub says to that request."""
    try:
        for method, pattern, call in _ROUTES:
            match = pattern.fullmatch(request.path) if method == request.method else None
            if match:
                return call(hub, request, **{key: unquote(value or "") for key, value in match.groupdict().items()})
        raise RefusedError(404, f"no such call: {request.method} {request.path}")
    except RefusedError as refused:
        return refusal(refused)


def refusal(refused: RefusedError) -> Answer:
    """The answer that says no."""
    headers = {"X_Error_Message": refused.message, "X_Request_Id": "test"}
    if refused.code:
        headers["X_Error_Code"] = refused.code
    return Answer.of({"error": refused.message, **refused.body}, refused.status, **headers)


# ------------------------------------------------------------------------------------------------------ repositories


@route("POST", "/api/repos/create")
def create_repo(hub: Hub, request: Request) -> Answer:
    wanted = request.json()
    name = f"{wanted['organization']}/{wanted['name']}"
    hub.writer(request, name)
    url = f"{hub.origin}/datasets/{name}"
    if name in hub.repos:
        raise RefusedError(409, "You already created this dataset repo", url=url)
    hub.repos[name] = Repo(name, private=wanted.get("visibility") == "private")
    return Answer.of({"url": url})


@route("POST", "/api/validate-yaml")
def validate_yaml(hub: Hub, request: Request) -> Answer:
    if not request.json()["content"].startswith("---\n"):
        return Answer.of({"errors": [{"message": "no YAML front matter"}], "warnings": []}, 400)
    return Answer.of({"errors": [], "warnings": []})


@route("GET", "/api/datasets/{repo}")
@route("GET", "/api/datasets/{repo}/revision/{revision}")
def info(hub: Hub, request: Request, name: str, revision: str = "main") -> Answer:
    repo = hub.repo(request, name)
    commit = repo.at(revision)
    siblings = [{"rfilename": path} for path in sorted(commit.tree)]
    return Answer.of(
        {"id": name, "sha": commit.oid, "private": repo.private, "gated": repo.gated, "siblings": siblings, "tags": []}
    )


@route("GET", "/api/datasets/{repo}/refs")
def refs(hub: Hub, request: Request, name: str) -> Answer:
    repo = hub.repo(request, name)
    tags = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": oid} for tag, oid in repo.tags.items()]
    main = {"name": "main", "ref": "refs/heads/main", "targetCommit": repo.main}
    return Answer.of({"branches": [main], "converts": [], "tags": tags})


@route("POST", "/api/datasets/{repo}/tag/{revision}")
def tag(hub: Hub, request: Request, name: str, revision: str) -> Answer:
    hub.writer(request, name)
    repo, wanted = hub.repo(request, name), request.json()["tag"]
    if wanted in repo.tags:
        raise RefusedError(409, f"Tag {wanted} already exists")
    repo.tags[wanted] = repo.at(revision).oid
    return Answer.of({})


# ------------------------------------------------------------------------------------------------------------- trees


def _entries(tree: Tree, folder: str, *, recursive: bool) -> list[dict[str, object]]:
    """Files and folders below `folder`, as a tree listing shows them; a missing folder is refused."""
    prefix = f"{folder}/" if folder else ""
    below = {path: blob for path, blob in sorted(tree.items()) if path.startswith(prefix)}
    if folder and not below:
        raise RefusedError(404, f"{folder} does not exist", "EntryNotFound")
    parents = {"/".join(path.split("/")[:depth]) for path in below for depth in range(1, path.count("/") + 1)}
    folders = [_folder(path) for path in sorted(parents) if path.startswith(prefix)]
    entries = folders + [blob.entry(path) for path, blob in below.items()]
    return [entry for entry in entries if recursive or "/" not in str(entry["path"]).removeprefix(prefix)]


def _folder(path: str) -> dict[str, object]:
    return {"type": "directory", "path": path, "oid": hashlib.sha1(path.encode()).hexdigest(), "size": 0}


@route("GET", "/api/datasets/{repo}/tree/{revision}(?:/(?P<folder>.*))?")
def tree(hub: Hub, request: Request, name: str, revision: str, folder: str = "") -> Answer:
    """The listing, ten entries a page: a client that does not turn pages is found out."""
    query = parse_qs(urlsplit(request.target).query)
    recursive, start = query.get("recursive") in (["True"], ["true"]), int(query.get("cursor", ["0"])[0])
    entries = _entries(hub.repo(request, name).at(revision).tree, folder.strip("/"), recursive=recursive)
    page, more = entries[start : start + 10], len(entries) > start + 10
    url = f"{hub.origin}{request.path}?recursive={recursive}&cursor={start + 10}"
    return Answer.of(page, **({"Link": f'<{url}>; rel="next"'} if more else {}))


@route("POST", "/api/datasets/{repo}/paths-info/{revision}")
def paths_info(hub: Hub, request: Request, name: str, revision: str) -> Answer:
    files = hub.repo(request, name).at(revision).tree
    found = []
    for path in parse_qs(request.body.decode()).get("paths", []):
        if path in files:
            found.append(files[path].entry(path))
        elif any(known.startswith(f"{path}/") for known in files):
            found.append(_folder(path))
    return Answer.of(found)


@route("HEAD GET", "/datasets/{repo}/resolve/{revision}/(?P<path>.+)")
def resolve(hub: Hub, request: Request, name: str, revision: str, path: str) -> Answer:
    """A file: small ones here, large ones by a signed URL of the storage, or by the name of their chunks."""
    commit = hub.repo(request, name).at(revision)
    headers = {"X-Repo-Commit": commit.oid}
    if path not in commit.tree:
        message = {"X-Error-Code": "EntryNotFound", "X-Error-Message": "Entry not found"}
        return Answer(404, b'{"error": "Entry not found"}', headers | message)
    blob = commit.tree[path]
    headers |= {"ETag": f'"{blob.etag}"', "Accept-Ranges": "bytes"}
    if not blob.large:
        return _ranged(request, blob.content, headers)
    headers |= {"X-Linked-Etag": f'"{blob.etag}"', "X-Linked-Size": str(len(blob.content))}
    if blob.xet_hash:
        route_to_token = f"{hub.origin}/api/datasets/{name}/xet-read-token/{commit.oid}"
        headers |= {"X-Xet-Hash": blob.xet_hash, "Link": f'<{route_to_token}>; rel="xet-auth"'}
    signed = f"{hub.storage}/content/{quote(name, safe='')}/{commit.oid}/{quote(path)}"
    return Answer(302, b"", headers | {"Location": signed})


@route("HEAD GET", "/content/{name}/{revision}/(?P<path>.+)")
def content(hub: Hub, request: Request, name: str, revision: str, path: str) -> Answer:
    blob = hub.repos[name].at(revision).tree[path]
    return _ranged(request, blob.content, {"ETag": f'"{blob.etag}"', "Accept-Ranges": "bytes"})


def _ranged(request: Request, whole: bytes, headers: Mapping[str, str]) -> Answer:
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
    if not asked:
        return Answer(200, whole, headers)
    start, end = int(asked[1]), min(int(asked[2] or len(whole) - 1), len(whole) - 1)
    if start > end:
        return Answer(416, b"", headers)
    return Answer(206, whole[start : end + 1], {**headers, "Content-Range": f"bytes {start}-{end}/{len(whole)}"})
