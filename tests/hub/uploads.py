"""The calls that bring files: what to send and where, the large files themselves, and the commit that names them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from .api import Answer, Hub, Request, route
from .store import LARGE, Blob, RefusedError, Tree


@route("POST", "/api/datasets/{repo}/preupload/{revision}")
def preupload(hub: Hub, request: Request, name: str, revision: str) -> Answer:
    hub.writer(request, name)
    asked, known = request.json(), hub.repo(request, name).at(revision).tree
    ignored = asked.get("gitIgnore", known[".gitignore"].content.decode() if ".gitignore" in known else "").split()
    files = [
        {
            "path": path,
            "uploadMode": "lfs" if path.endswith(LARGE) else "regular",
            "shouldIgnore": path in ignored,
            "oid": known[path].etag if path in known else None,
        }
        for path in (file["path"] for file in asked["files"])
    ]
    return Answer.of({"files": files})


@route("POST", "/datasets/{repo}.git/info/lfs/objects/batch")
def batch(hub: Hub, request: Request, name: str) -> Answer:
    """Where to put each large file that is not here yet."""
    hub.writer(request, name)
    objects = []
    for wanted in request.json()["objects"]:
        actions = {
            "upload": {"href": f"{hub.storage}/upload/{wanted['oid']}"},
            "verify": {"href": f"{hub.origin}/datasets/{name}.git/verify"},
        }
        objects.append(wanted if wanted["oid"] in hub.uploads else {**wanted, "actions": actions})
    return Answer.of({"transfer": "basic", "objects": objects})


@route("PUT", "/upload/{sha256}")
def upload(hub: Hub, request: Request, sha256: str) -> Answer:
    if hashlib.sha256(request.body).hexdigest() != sha256:
        raise RefusedError(400, "the content does not have the announced sha256")
    hub.uploads[sha256] = request.body
    return Answer.of({}, ETag=sha256)


@route("POST", "/datasets/{repo}.git/verify")
def verify(hub: Hub, request: Request, name: str) -> Answer:
    hub.writer(request, name)
    if request.json()["oid"] not in hub.uploads:
        raise RefusedError(404, "the object was not uploaded")
    return Answer.of({})


@route("GET", "/api/datasets/{repo}/xet-(?P<kind>read|write)-token/{revision}")
def xet_token(hub: Hub, request: Request, name: str, kind: str, revision: str) -> Answer:
    if kind == "write":
        hub.writer(request, name)
    hub.repo(request, name)
    if hub.chunks is None:
        raise RefusedError(501, "this Hub keeps no chunks")
    token = hub.chunks.token(kind)
    headers = {
        "X_Xet_Cas_Url": token["casUrl"],
        "X_Xet_Access_Token": token["accessToken"],
        "X_Xet_Token_Expiration": token["exp"],
    }
    return Answer.of({**token, "exp": int(token["exp"])}, **headers)


# ----------------------------------------------------------------------------------------------------------- commits


@route("POST", "/api/datasets/{repo}/commit/{revision}")
def commit(hub: Hub, request: Request, name: str, revision: str) -> Answer:
    """All the operations or none."""
    hub.writer(request, name)
    repo = hub.repo(request, name)
    lines = [json.loads(line) for line in request.body.splitlines()]
    header = lines[0]["value"]
    if header.get("parentCommit", repo.main) != repo.main:
        raise RefusedError(412, "A commit has happened since. Please refresh and try again.")
    if hub.chunks is not None:
        hub.uploads.update({sha256: content for sha256, (content, _) in hub.chunks.received().items()})
    made = repo.commit(_applied(hub, repo.head.tree, lines[1:]), header["summary"])
    return Answer.of({"commitOid": made.oid, "commitUrl": f"{hub.origin}/datasets/{name}/commit/{made.oid}"})


def _applied(hub: Hub, tree: Tree, operations: Iterable[Mapping[str, Any]]) -> Tree:
    tree = dict(tree)
    for operation in operations:
        value = operation["value"]
        path = value["path"]
        if operation["key"] == "file":
            tree[path] = Blob(base64.b64decode(value["content"]), large=False)
        elif operation["key"] == "lfsFile":
            if value["oid"] not in hub.uploads:
                raise RefusedError(400, f"unknown LFS object {value['oid']}")
            name = hub.chunks.name_of(value["oid"]) if hub.chunks else None
            tree[path] = Blob(hub.uploads[value["oid"]], large=True, xet_hash=name)
        elif path in tree:
            del tree[path]
        else:
            raise RefusedError(404, f"A file with this name doesn't exist: {path}", "EntryNotFound")
    return tree
