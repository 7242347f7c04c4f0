"""How do photos, reports and receipts come in, and what hangs on what?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example
from recourse.adapters.cli.words import say

if TYPE_CHECKING:
    from recourse.adapters.storage.files import EvidenceFiles
    from recourse.commands import Command

app = typer.Typer(
    name="evidence",
    help="证据文件 / files of evidence",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)


@app.command("add", epilog=example("recourse evidence add crack.jpg --kind photo"))
def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="照片、报告等 / a file")],
    kind: Annotated[
        str, typer.Option("--kind", help="photo | report | receipt | letter | other")
    ] = "photo",
) -> None:
    """把文件存到存储旁边，并给出登记时的写法 / keep a file, and say how an act names it.

    文件按内容的哈希值保存，不保存文件名；备份存储时请一并备份该文件夹。

    It is kept under the hash of its content, without its name; the folder belongs to the backup.
    """
    from recourse.adapters.storage.files import UnfitFile
    from recourse.values.proof import KINDS

    session: Session = ctx.obj
    if kind not in KINDS:
        told = " | ".join(KINDS)
        raise Problem("usage", why_zh=f"--kind: {told}", why_en=f"--kind: {told}", command=COMMAND)
    try:
        sha256 = files_of(session).add(file)
    except UnfitFile as unfit:
        zh, en = (said.format(**unfit.facts) for said in UNFIT[unfit.code])
        raise Problem("malformed-file", path=file.name, why_zh=zh, why_en=en) from unfit
    written = f"{kind}:{sha256}"
    document = {"evidence": written, "size": file.stat().st_size}
    session.show(document, card=document)
    session.note(say("evidence-use", session.lang, written=written))


FOLDER = "recourse.files"  # in the working folder, where the log is in a database
COMMAND = "recourse evidence add"
UNFIT = {
    "empty": ("文件是空的。", "The file is empty."),
    "too-large": (
        "文件超过 {most} 字节；可在 recourse.toml 的 [evidence] 中改 max_bytes。",
        "The file has more than {most} bytes; max_bytes in [evidence] of recourse.toml says so.",
    ),
    "no-file": (
        "没有这个文件，或者它是文件夹、链接、设备。",
        "There is no such file, or it is a folder, a link or a device.",
    ),
    "unknown-type": (
        "按内容判断，它的类型是 {found}；可用的有：{known}（recourse.toml 的 [evidence]）。",
        "By its content its type is {found}; taken are {known} ([evidence] of recourse.toml).",
    ),
    "altered": (
        "以前存的同一文件 {place} 已改变；把它移走后再添加。",
        "The same file, kept before as {place}, was altered; move that away, then add it again.",
    ),
}


@app.command("list", epilog=example("recourse evidence list"))
def list_all(
    ctx: typer.Context,
    label: Annotated[
        str | None, typer.Argument(metavar="LABEL", help="只看该对象 / of this thing only")
    ] = None,
) -> None:
    """每份证据证明什么，文件是否完好 / what each file bears out, and whether it is as it was.

    LABEL 是编号(T1)，或连同种类(returned_part:T1)；读取整个日志。

    LABEL is a name such as T1, or with its kind returned_part:T1; the whole log is read.
    """
    from recourse.adapters.cli.output import Grid
    from recourse.aggregates.evidence import about
    from recourse.application.verifying import evidence_named

    session: Session = ctx.obj
    kept = files_of(session)
    rows = [
        {
            "about": about(fact),
            "event": fact.id,
            "effective_on": fact.event.effective_on,
            "actor": fact.event.actor,
            "kind": proof.kind,
            "sha256": proof.sha256,
            "state": kept.state_of(proof.sha256),
        }
        for fact, proof in evidence_named(session.engine.store)
        if label in {None, about(fact), about(fact).partition(":")[2]}
    ]
    if label and not rows:
        raise Problem("not-on-record", name=label, store=session.settings.store)
    session.show(rows, card={}, grids=[Grid("", rows)])


@app.command("get", epilog=example("recourse evidence get 3f5a… --out crack.jpg"))
def get(
    ctx: typer.Context,
    sha256: Annotated[str, typer.Argument(metavar="SHA256", help="哈希值 / the hash")],
    out: Annotated[Path, typer.Option("--out", help="新文件 / a new file")],
) -> None:
    """取出一份证据 / take a copy of a file out."""
    session: Session = ctx.obj
    kept = files_of(session)
    if kept.state_of(sha256) != "stored":
        raise Problem("not-on-record", name=sha256, store=str(kept.folder))
    if out.exists():
        why = (f"{out} 已经存在。", f"{out} is there already.")
        raise Problem("usage", why_zh=why[0], why_en=why[1], command="recourse evidence get")
    shutil.copyfile(kept.path_of(sha256), out)
    document = {"sha256": sha256, "out": str(out)}
    session.show(document, card=document)


def files_of(session: Session) -> "EvidenceFiles":
    """The files beside the store in use, or in the folder that the settings name."""
    from recourse.adapters.storage.addresses import address_of
    from recourse.adapters.storage.files import EvidenceFiles, Limits
    from recourse.adapters.storage.opening import must_exist

    address = address_of(session.settings.store)
    if address is None:
        raise Problem("no-files-in-memory", store=session.settings.store)
    must_exist(session.settings.store)
    chosen = dict(session.settings.evidence)
    folder = chosen.pop("folder", None)
    if "media_types" in chosen:
        chosen["media_types"] = tuple(chosen["media_types"])
    if folder or not isinstance(address, Path):
        return EvidenceFiles(Path(folder or FOLDER), Limits(**chosen))
    return EvidenceFiles.beside(address, Limits(**chosen))


def must_be_kept(session: Session, commands: "Sequence[Command]") -> None:
    """Refuse an act that names a file which is not kept here: the log would name it for ever."""
    from recourse.commands.base import evidence_of

    for proof in (proof for command in commands for proof in evidence_of(command)):
        if files_of(session).state_of(proof.sha256) != "stored":
            raise Problem("evidence-not-kept", sha256=proof.sha256)
