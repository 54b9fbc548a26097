"""`corpus-loader publish`: the plan, then one commit."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from corpus_loader.cli.terminal import show
from corpus_loader.publishing.hub import Published, need_token
from corpus_loader.publishing.hub import publish as publish_plan
from corpus_loader.publishing.hub_plan import MOST_OPERATIONS, Plan, make_plan

__all__ = ["publish"]


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("name", metavar="USER/NAME")
@click.option("--private", is_flag=True, help="Make the repository private, if it has to be made.")
@click.option("--tag", is_flag=True, help="Tag the commit with the version: v1.0.0.")
@click.option("--dry-run", is_flag=True, help="Print the plan and send nothing.")
@click.option("--replace", is_flag=True, help="Empty a repository that holds something else than a corpus.")
@click.option(
    "--max-operations",
    type=click.IntRange(min=1),
    default=MOST_OPERATIONS,
    show_default=True,
    metavar="N",
    help="Refuse a plan that touches more files; the Hub may give up on a large commit.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def publish(
    corpus: Path,
    name: str,
    *,
    private: bool,
    tag: bool,
    dry_run: bool,
    replace: bool,
    max_operations: int,
    as_json: bool,
) -> None:
    """Put a corpus folder on the Hub in one atomic commit.

    The folder is checked against its manifest, and the plan is printed first. Then either the whole corpus is
    published, or nothing is: a reader never meets half of it. Publishing the same corpus again sends nothing.
    The token is that of `hf auth login`, or HF_TOKEN.

    \b
    Examples:
      corpus-loader publish corpus ada/syria-2015 --dry-run
      corpus-loader publish corpus ada/syria-2015 --private --tag
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    plan = make_plan(corpus, name, private=private, tag=tag, replace=replace, most_operations=max_operations)
    if not dry_run:
        need_token(name)
    if not as_json:
        show(_in_words(plan))
    published = None if dry_run else publish_plan(plan)
    click.echo(json.dumps(_as_table(plan, published), ensure_ascii=False) if as_json else _outcome(plan, published))


def _in_words(plan: Plan) -> str:
    """The plan, a line for each file that changes."""
    visibility = "private" if plan.private else "public"
    place = f"main is at {plan.parent[:7]}" if plan.parent else "will be made"
    if not (plan.parent or plan.with_token):
        place = "not visible without a token: made if it does not exist"
    lines = [
        f"{plan.manifest.title} {plan.manifest.version} → {plan.repo} ({visibility}, {place})",
    ]
    changes = plan.of("new", "changed", "removed")
    lines += [f"  {change.kind:9} {change.path}  {change.bytes:,} bytes" for change in changes]
    if unchanged := plan.counts["unchanged"]:
        lines.append(f"  unchanged {unchanged} files")
    lines += [f"  left out  {path}: the manifest does not know it" for path in plan.left_out]
    sent = len(plan.of("new", "changed"))
    lines.append(f"  {sent} files, {plan.bytes_to_send:,} bytes to send")
    if plan.tag:
        lines.append(f"  tag {plan.tag}")
    return "\n".join(lines)


def _outcome(plan: Plan, published: Published | None) -> str:
    if published is None:
        return "dry run: nothing was sent"
    said = "published" if published.committed else "already published, nothing was sent"
    tagged = f", tagged {published.tag}" if published.tag else ""
    return (
        f"{said}: {published.url} at {published.commit}{tagged}\n"
        f'  load it: corpus_loader.load_dataset("{plan.repo}@{published.tag or published.commit}")'
    )


def _as_table(plan: Plan, published: Published | None) -> dict[str, Any]:
    """The plan and its outcome for machines; keys never change their meaning."""
    status = "planned" if published is None else "published" if published.committed else "unchanged"
    return {
        "repo": plan.repo,
        "status": status,
        "commit": published.commit if published else None,
        "url": published.url if published else None,
        "tag": plan.tag,
        "private": plan.private,
        "parent": plan.parent,
        "with_token": plan.with_token,
        "bytes_to_send": plan.bytes_to_send,
        "changes": [asdict(change) for change in plan.changes],
        "left_out": list(plan.left_out),
    }
