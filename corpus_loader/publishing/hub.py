"""Publishing a corpus: one commit that holds all of it, on the commit that was looked at, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus_loader.corpus.manifest import OF_THE_HUB, sha256_of
from corpus_loader.errors import CorpusError, HubError
from corpus_loader.loaders.hub_client import bars_on_terminals, explained, failures, told
from corpus_loader.publishing.hub_plan import Plan, RemoteFile, differs, read_remote, read_tree

__all__ = ["Published", "need_token", "publish"]


@dataclass(frozen=True)
class Published:
    """Where the corpus is now."""

    repo: str
    commit: str
    url: str
    tag: str | None
    #: False where the Hub held exactly this corpus already.
    committed: bool


def publish(plan: Plan) -> Published:
    """Main of the plan's repository holds exactly the plan's files, by one commit on the one that was planned for.

    Large files are sent first, and those that the Hub has are not sent again; then one commit names them all. Whatever
    goes wrong, main is as it was or all new. Where it went wrong too late to know, the two are compared. Raises
    HubError, which says which of the two holds, and CorpusError where the folder has changed since it was planned.
    """
    from huggingface_hub import constants

    need_token(plan.repo)
    commit = _commit(plan, plan.parent or _create(plan)) if plan.changes_anything else plan.parent
    if commit is None:
        raise HubError(f"publishing {plan.repo}: the plan holds no file", next_step="build the corpus again")
    if plan.tag is not None:
        _tag(plan.repo, plan.tag, commit)
    url = f"{constants.ENDPOINT}/datasets/{plan.repo}"
    return Published(plan.repo, commit, url, plan.tag, committed=plan.changes_anything)


def need_token(repo: str) -> None:
    """There is a token; HubError where there is none, for nothing is published without one."""
    from huggingface_hub import constants, get_token

    if get_token() is None:
        next_step = f"make a token that can write at {constants.ENDPOINT}/settings/tokens, then run: hf auth login"
        raise HubError(f"publishing {repo}: there is no token on this machine", next_step=next_step)


def _create(plan: Plan) -> str:
    """The repository exists; the commit that it starts with."""
    from huggingface_hub import HfApi

    with explained("creating", plan.repo):
        HfApi().create_repo(plan.repo, repo_type="dataset", private=plan.private or None, exist_ok=True)
    remote = read_remote(plan.repo)
    if remote is None or remote.files.keys() - OF_THE_HUB:
        raise HubError(
            f"publishing {plan.repo}: somebody else has made that repository meanwhile; nothing was published",
            next_step="run the same command again, and read its new plan; if it says the same, choose another name",
        )
    return remote.commit


def _commit(plan: Plan, parent: str) -> str:
    """The commit that holds the plan's files and no others."""
    try:
        with bars_on_terminals():
            commit = _send(plan, parent)
    except failures() as error:
        return _aftermath(plan, parent, error)
    try:
        sound = _holds(read_tree(plan.repo, commit), plan)
    except HubError as lost:
        what = f"{plan.repo} was published as {commit[:7]}, but could not be checked afterwards: {lost.what}"
        raise HubError(what, next_step="run the same command again: it compares first") from lost
    if not sound:
        what = f"{plan.repo}: the Hub accepted {commit[:7]}, but it does not hold what was sent"
        raise HubError(what, next_step="run the same command again: it sends what differs")
    return commit


def _send(plan: Plan, parent: str) -> str:
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi

    api = HfApi()
    added = plan.of("new", "changed")
    additions = [CommitOperationAdd(change.path, plan.corpus / change.path) for change in added]
    # An empty list of ignored files, since a .gitignore in the repository would silently keep some out.
    api.preupload_lfs_files(
        plan.repo, additions, repo_type="dataset", revision="main", free_memory=False, gitignore_content=""
    )
    _refuse_changed(plan)
    deletions = [CommitOperationDelete(change.path, is_folder=False) for change in plan.of("removed")]
    made = api.create_commit(
        plan.repo,
        [*additions, *deletions],
        commit_message=f"{plan.manifest.title} {plan.manifest.version}",
        repo_type="dataset",
        revision="main",
        parent_commit=parent,
    )
    return str(made.oid)


def _refuse_changed(plan: Plan) -> None:
    """The files are still those that were planned: an upload takes time, and a build may have come in between."""
    planned = {file.path: file.sha256 for file in plan.files}
    for change in plan.of("new", "changed"):
        if sha256_of(plan.corpus / change.path) != planned[change.path]:
            raise CorpusError(
                f"{plan.corpus / change.path} was changed while it was being published; nothing was published",
                next_step="publish again when the build is done",
            )


def _aftermath(plan: Plan, parent: str, error: Exception) -> str:
    """The commit, where main holds this corpus in spite of the error; else HubError with what main holds instead.

    A commit whose answer was lost has landed; and where somebody else published the same corpus, all is well too.
    """
    try:
        remote = read_remote(plan.repo)
    except HubError:
        outcome = "whether the commit arrived can't be asked now, but it is there whole or not at all"
        raise told(error, "publishing", plan.repo, outcome=outcome) from error
    if remote and _holds(remote.files, plan):
        return remote.commit
    if remote and remote.commit != parent:
        raise HubError(
            f"publishing {plan.repo}: main has moved from {parent[:7]} to {remote.commit[:7]} since it was looked at; "
            "nothing of this corpus was published",
            next_step="run the same command again, and read its new plan",
        ) from error
    outcome = f"main is still at {parent[:7]}, nothing was published"
    raise told(error, "publishing", plan.repo, outcome=outcome) from error


def _holds(tree: Mapping[str, RemoteFile], plan: Plan) -> bool:
    """Whether these are the plan's files, and no others."""
    if tree.keys() - OF_THE_HUB != {file.path for file in plan.files}:
        return False
    return not any(differs(plan.corpus, file, tree[file.path]) for file in plan.files)


def _tag(repo: str, tag: str, commit: str) -> None:
    """The tag names the commit; the commit stays published where that fails."""
    from huggingface_hub import HfApi

    api = HfApi()
    with explained(f"the corpus is published as {commit[:7]}, but not yet tagged {tag}:", repo):
        refs = api.list_repo_refs(repo, repo_type="dataset")
        named = {known.name: known.target_commit for known in refs.tags}.get(tag)
        if named is None:
            api.create_tag(repo, tag=tag, revision=commit, repo_type="dataset")
        elif named != commit:
            raise HubError(
                f"{repo} is published as {commit[:7]}, but {tag} was given to {named[:7]} meanwhile",
                next_step="raise `version` in corpus.toml, build again, then publish",
            )
