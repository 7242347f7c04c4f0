"""Which words does the command line use, in Chinese and in English?"""

from typing import NamedTuple

from recourse.values.parties import Text


class Wording(NamedTuple):
    """A kind of problem: how the command ends, its stable title, and the three sentences."""

    status: int
    title: Text
    what: Text
    why: Text
    remedy: Text


SAYINGS = {
    "nothing": Text("（没有）", "(none)"),
    "reference": Text(
        "编号 {id}；运行 `recourse explain {id}` 可查看说明。",
        "Reference {id}; `recourse explain {id}` tells more.",
    ),
    "published-governs": Text(
        "内置手册与已发布的版本不同；按已发布的版本 {sha256}… 办理。",
        "The built-in rulebook differs from what was published; edition {sha256}… governs.",
    ),
    "future-day": Text(
        "注意：{day} 还没有到；到这一天为止的期限现在就按已过处理。",
        "Note: {day} is still to come; deadlines up to it lapse now.",
    ),
    "wrote": Text("已写入 {path}。", "Wrote {path}."),
    "rejects": Text(
        "有 {count} 行没有导入，原因和处理办法见 {path}。",
        "{count} rows were not taken; {path} says why and what to do.",
    ),
    "registered": Text("登记了 {count} 个供方和零件。", "Registered {count} suppliers and parts."),
    "dry-run": Text("这是试运行，没有记录任何内容。", "This was a dry run; nothing was recorded."),
    "equal": Text("案例 {name}：{steps} 步，全部相符", "{name}: {steps} steps, all as expected"),
    "step": Text(
        "{file} 第 {step} 步 {what}：应为 {expected}，实为 {actual}",
        "{file} step {step} {what}: expected {expected}, found {actual}",
    ),
    "mistake": Text(
        "{file} 第 {step} 步 {what}：{actual}{expected}",
        "{file} step {step} {what}: {actual} {expected}",
    ),
    "right": Text("规则手册没有错误。", "The rulebook has no mistakes."),
    "mistakes": Text("规则手册有 {count} 处错误。", "Mistakes in the rulebook: {count}."),
    "nothing-differs": Text("没有差异。", "Nothing differs."),
    "says-the-same": Text(
        "规定没有差异，只是注释或写法不同。", "Both say the same, with other comments or layout."
    ),
    "not-set": Text("未规定", "not set"),
    "evidence-use": Text(
        "登记时写 evidence={written}；事后补充：recourse do add_evidence label=claim:C1 "
        "evidence={written}",
        "Name it in an act as evidence={written}, or later: recourse do add_evidence "
        "label=claim:C1 evidence={written}",
    ),
    "reading": Text("正在导入", "taking in"),
    "more-fields": Text(
        "字段写成 KEY=VALUE；表写成 KEY.NAME=VALUE；列表用逗号分隔",
        "write a field as KEY=VALUE, a table as KEY.NAME=VALUE, a list with commas",
    ),
}
"""What is said beside the data."""

PROBLEMS = {
    "usage": Wording(
        2,
        Text("命令写法有误", "The command is not written rightly"),
        Text("不能执行这条命令。", "This command cannot be run."),
        Text("{why_zh}", "{why_en}"),
        Text("运行 `{command} --help` 查看写法。", "See `{command} --help`."),
    ),
    "malformed-input": Wording(
        2,
        Text("输入不合要求", "The input is malformed"),
        Text("不能办理 {about}。", "Cannot do {about}."),
        Text("{why_zh}", "{why_en}"),
        Text("按说明更正后再试：{help}", "Correct it and ask again: {help}"),
    ),
    "malformed-file": Wording(
        2,
        Text("文件不合要求", "The file is malformed"),
        Text("不能使用文件 {path}。", "The file {path} cannot be used."),
        Text("{why_zh}", "{why_en}"),
        Text("更正该文件后再试；没有记录任何内容。", "Correct the file; nothing was recorded."),
    ),
    "malformed-rulebook": Wording(
        2,
        Text("规则手册有误", "The rulebook is malformed"),
        Text("不能使用规则手册 {place}。", "The rulebook {place} cannot be used."),
        Text("{why_zh}", "{why_en}"),
        Text(
            "逐条改正后运行 `recourse rulebook check {place}`。",
            "Correct each, then run `recourse rulebook check {place}`.",
        ),
    ),
    "no-such-rulebook": Wording(
        2,
        Text("没有所用的规则手册", "The rulebook in use is not there"),
        Text("不能使用规则手册 {place}。", "The rulebook {place} cannot be used."),
        Text("没有名为 {place} 的文件夹或文件。", "There is no folder or file {place}."),
        Text(
            "更正 recourse.toml 的 rulebook 或 RECOURSE_RULEBOOK；都不写则用内置的 zzbs。",
            "Correct rulebook in recourse.toml, or RECOURSE_RULEBOOK; without either the built-in "
            "zzbs is used.",
        ),
    ),
    "rulebook-differs": Wording(
        5,
        Text("手册与已发布的版本不同", "The rulebook is not the one that was published"),
        Text("不能按所用的手册办理。", "Nothing can be done by the rulebook in use."),
        Text(
            "所用手册（含 [settings]）的哈希值是 {used}，而 {event} 发布的是 {published}，"
            "自 {since} 起生效。",
            "The rulebook in use, with its [settings], has the hash {used}; {event} published "
            "{published}, in effect since {since}.",
        ),
        Text(
            "恢复原文（recourse rulebook text {published} --out 文件夹）并去掉 [settings]；"
            "要改变规定，请提出新版本：recourse rulebook propose 手册 --effective 日期。",
            "Restore the text (recourse rulebook text {published} --out FOLDER) and leave away "
            "[settings]; to change the rules propose an edition: recourse rulebook propose PLACE "
            "--effective DAY.",
        ),
    ),
    "rulebook-damaged": Wording(
        1,
        Text("日志中的手册原文已损坏", "The text of the rulebook in the log is damaged"),
        Text("不能办理。", "Nothing can be done."),
        Text(
            "{event} 发布的版本是 {published}，而日志中的原文是 {used}。",
            "{event} published {published}, but the text in the log is {used}.",
        ),
        Text("从备份恢复存储。", "Restore the store from a backup."),
    ),
    "evidence-not-kept": Wording(
        2,
        Text("证据文件未保存", "The file of evidence is not kept"),
        Text("不能登记。", "This cannot be recorded."),
        Text(
            "存储旁边没有哈希值为 {sha256} 的文件，或其内容已改变。",
            "Beside the store there is no file with the hash {sha256}, or it was altered.",
        ),
        Text(
            "先运行 `recourse evidence add 文件`，再照它给出的写法登记。",
            "Run `recourse evidence add FILE` first, and name the file as it says.",
        ),
    ),
    "no-files-in-memory": Wording(
        2,
        Text("内存存储没有证据文件", "A store in memory keeps no files"),
        Text("不能保存或查找文件。", "No file can be kept or looked up."),
        Text("所用的存储是 {store}。", "The store in use is {store}."),
        Text("用 --store 指明文件路径。", "Name a file with --store."),
    ),
    "no-cases": Wording(
        3,
        Text("规则手册没有案例", "The rulebook has no cases"),
        Text("不能试用规则手册 {place}。", "The rulebook {place} cannot be tested."),
        Text("{folder} 中没有案例文件。", "There is no case file in {folder}."),
        Text(
            "把案例写成 {folder} 中以 .toml 结尾的文件；可照内置手册的案例写。",
            "Write cases into {folder}, with names that end in .toml, like those of the built-in "
            "book.",
        ),
    ),
    "nobody-acts": Wording(
        2,
        Text("没有说明由谁办理", "Nobody was named who acts"),
        Text("不能办理。", "This cannot be done."),
        Text("没有给出办理人。", "No person was given."),
        Text(
            "用 --as USER 或 RECOURSE_AS 写明办理人；人员在 recourse.toml 的 [people] 中。",
            "Name one with --as USER or RECOURSE_AS; people stand in [people] of recourse.toml.",
        ),
    ),
    "unknown-person": Wording(
        2,
        Text("没有这个人员", "The person is not known"),
        Text("{person} 不能办理。", "{person} cannot do this."),
        Text(
            "recourse.toml 的 [people] 中没有 {person}；其中有：{known}。",
            "[people] of recourse.toml does not name {person}; it names: {known}.",
        ),
        Text(
            '在 [people] 中加一行，例如 {person} = "quality_engineer"；或更正 --as。',
            'Add a line to [people], such as {person} = "quality_engineer", or correct --as.',
        ),
    ),
    "unknown-act": Wording(
        2,
        Text("没有这项操作", "The act is not known"),
        Text("不能执行 {act}。", "Cannot do {act}."),
        Text("没有名为 {act} 的操作。{close_zh}", "There is no act of that name.{close_en}"),
        Text("运行 `recourse do --help` 查看全部操作。", "`recourse do --help` lists all acts."),
    ),
    "not-on-record": Wording(
        3,
        Text("没有这一记录", "Nothing of that name is on record"),
        Text("不能显示 {name}。", "Cannot show {name}."),
        Text("存储 {store} 中没有 {name}。", "Nothing is on record under {name} in {store}."),
        Text(
            "核对编号；也可以用 --store 指定另一个存储。",
            "Check the number, or name another store with --store.",
        ),
    ),
    "no-such-file": Wording(
        3,
        Text("没有这个文件", "There is no such file"),
        Text("不能读取 {path}。", "{path} cannot be read."),
        Text("没有这个文件（{detail}）。", "There is no such file ({detail})."),
        Text("核对路径。", "Check the path."),
    ),
    "file-unreadable": Wording(
        7,
        Text("文件无法读写", "The file cannot be read or written"),
        Text("不能读写 {path}。", "{path} cannot be read or written."),
        Text("系统报告：{detail}。", "The system says: {detail}."),
        Text("核对权限和磁盘空间。", "Check permissions and disk space."),
    ),
    "store-not-empty": Wording(
        2,
        Text("存储不是空的", "The store is not empty"),
        Text("不能在 {store} 中制作演示数据。", "Cannot make the demo data in {store}."),
        Text("其中已有 {position} 个事件。", "It holds {position} events already."),
        Text("用 --store 指定一个新文件。", "Name a new file with --store."),
    ),
    "changed-meanwhile": Wording(
        4,
        Text("其间已被他人更改", "Somebody changed it meanwhile"),
        Text("不能办理。", "This cannot be done."),
        Text(
            "在读取和写入之间，另一项操作先完成了（{detail}）。没有记录任何内容。",
            "Something else was recorded between reading and writing ({detail}); "
            "nothing of this was recorded.",
        ),
        Text("再看一遍现在的情况，然后重新办理。", "Look at it again and ask anew."),
    ),
    "store-unreachable": Wording(
        7,
        Text("无法使用存储", "The store cannot be used"),
        Text("不能打开存储 {store}。", "Cannot open the store {store}."),
        Text("{why_zh}", "{why_en}"),
        Text("{remedy_zh}", "{remedy_en}"),
    ),
    "policy-broke": Wording(
        1,
        Text("一条自动规则出错", "A policy broke"),
        Text(
            "自动处理停在这里，这次操作没有记录。",
            "The automatic reactions stop here; what was being done is not recorded.",
        ),
        Text(
            "规则 {policy}（{says_zh}）处理事件 {event}（{topic}，{day}）时出错：{detail}。",
            "The policy {policy} ({says_en}) breaks at the event {event} ({topic}, {day}): "
            "{detail}.",
        ),
        Text(
            "没有丢失任何内容。请把这段话报告给开发者；更正之后再运行一次，从这个事件继续。",
            "Nothing is lost. Report this to the developers; after the correction the next run "
            "goes on with this event.",
        ),
    ),
    "unexpected-error": Wording(
        1,
        Text("意外错误", "An unexpected error"),
        Text("命令没有完成。", "The command did not finish."),
        Text("{detail}", "{detail}"),
        Text(
            "设置 RECOURSE_DEBUG=1 再运行一次，并把输出报告给开发者。",
            "Run it again with RECOURSE_DEBUG=1 and report what it prints.",
        ),
    ),
}
"""Every problem that the command line itself can have, by its stable code."""


def say(code: str, language: str, **facts: object) -> str:
    """The saying of that code in "zh" or "en", with the actual values."""
    return pick(SAYINGS[code], language).format(**facts)


def pick(text: Text, language: str) -> str:
    """`text` in "zh", or in English."""
    return text.zh if language == "zh" else text.en
