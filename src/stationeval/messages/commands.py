"""What the command line says: help, headings, results of commands."""

from __future__ import annotations

from stationeval.messages import Message

_HELP: dict[str, Message] = {
    "help-program": Message(
        (
            (
                "按已公布的评价框架给社工站计分、排名、定等级、算补助，每个数都能追溯到条文。\n\n"
                "先看 stationeval demo；再用 stationeval score 给自己的采集表计分。"
            ),
            (
                "Score, rank and grade social-work stations under published evaluation frameworks, and compute their subsidies; "
                "every number can be traced to a clause.\n\n"
                "Start with stationeval demo, then score a workbook of your own with stationeval score."
            ),
        )
    ),
    "help-exit-codes": Message(
        (
            (
                "退出码：0 完成；1 核对不符；2 输入有误；70 程序缺陷；130 中断。\n"
                "环境变量：STATIONEVAL_LANG=zh|en 设定语言；NO_COLOR 关闭颜色。\n"
                '补全：eval "$(_STATIONEVAL_COMPLETE=bash_source stationeval)"（zsh 用 zsh_source）。'
            ),
            (
                "Exit codes: 0 done; 1 verification failed (verify, framework cases); 2 bad input; 70 a defect of the program; "
                "130 interrupted.\n"
                "Environment: STATIONEVAL_LANG=zh|en sets the language; NO_COLOR turns colours off.\n"
                'Completion: eval "$(_STATIONEVAL_COMPLETE=bash_source stationeval)" (zsh: zsh_source).'
            ),
        )
    ),
    "help-lang": Message(("语言：中文或英文（默认 zh）", "language, Chinese or English (default: zh)")),
    "help-json": Message(("结果和问题都以 JSON 输出", "answer in JSON, problems included")),
    "help-debug": Message(("程序出错时显示调用栈", "show the traceback of a defect")),
    "help-help": Message(("显示本页", "show this page")),
    "help-version": Message(("显示版本", "show the version")),
    "help-file": Message(("采集表：.xlsx、.csv、.json 或 .parquet", "the data: .xlsx, .csv, .json or .parquet")),
    "help-framework": Message(
        (
            "框架：编号（如 haining-sppe@2021+reading）或 .yaml 文件",
            "the framework: an id (haining-sppe@2021+reading) or a .yaml file",
        )
    ),
    "help-sheet": Message(("工作表名；不写时自动选择", "the sheet to read; by default the one that fits")),
    "help-round": Message(("只评这一轮，如“中期”", "score this round alone, such as midterm")),
    "help-keep": Message(
        ("一并带入结果的列，如“县区”；可重复", "a further column to carry along, such as county; may be repeated")
    ),
    "help-ratings": Message(("单独的评分表，每行一名评委对一站", "single ratings, one row a rater and station")),
    "help-any-station": Message(("不核对乡镇街道名单", "do not hold the stations against the county's townships")),
    "help-out": Message(
        (
            "结果文件；格式由后缀决定：.xlsx、.csv、.json、.parquet",
            "the result; its suffix says the format: .xlsx, .csv, .json, .parquet",
        )
    ),
    "help-force": Message(("覆盖已有的结果文件", "replace an existing result")),
    "help-station": Message(("社工站名称", "the station's name")),
    "help-demo": Message(
        (
            "用自带的海宁示例（模拟数据）走一遍：出结果表，写结果工作簿",
            "run the built-in Haining example (simulated data): the table and the workbook",
        )
    ),
    "help-demo-out": Message(
        ("结果文件，默认写在当前文件夹", "the result; by default a workbook in the current folder")
    ),
    "help-score": Message(
        (
            "读采集表，计分、排名、定等级、算补助，写出结果\n\n有任何不能放心读取之处，就逐格列出，什么也不写。",
            (
                "score a file and write the result\n\n"
                "Whatever cannot be read safely is listed cell by cell, and nothing is written."
            ),
        )
    ),
    "help-score-example": Message(
        (
            (
                "示例：\n  stationeval score 采集表.xlsx --framework haining-sppe@2021+reading --out 结果.xlsx\n"
                "  stationeval score 采集表.xlsx -f haining-sppe@2021+reading -o 中期.csv --round 中期"
            ),
            (
                "Examples:\n  stationeval score data.xlsx --framework haining-sppe@2021+reading --out result.xlsx\n"
                "  stationeval score data.xlsx -f haining-sppe@2021+reading -o midterm.csv --round midterm"
            ),
        )
    ),
    "help-check": Message(("只检查采集表，列出全部问题", "check a file and list every problem")),
    "help-explain": Message(
        ("说明一个站的总分：从总分到条文和单元格", "explain a station's total, down to clauses and cells")
    ),
    "help-explain-example": Message(
        (
            "示例：\n  stationeval explain 采集表.xlsx -f haining-sppe@2021+reading --station 盐官镇",
            "Example:\n  stationeval explain data.xlsx -f haining-sppe@2021+reading --station 盐官镇",
        )
    ),
    "help-verify": Message(("重算一份保存的结果并核对", "recompute a saved result and compare")),
    "help-bundle": Message(("scores.save 写出的文件", "a file written by scores.save")),
    "help-frameworks": Message(
        ("列出全部框架，各能回答什么、有多少未知", "list the frameworks, what each answers and how much is unknown")
    ),
    "help-show": Message(
        (
            "看一个框架：分值、准入、等级、补助、未知之处",
            "show a framework: points, entry conditions, grades, money, unknowns",
        )
    ),
    "help-framework-group": Message(("编写框架用：检查、案例、格式", "for writing frameworks: lint, cases, schema")),
    "help-lint": Message(("检查一个框架文件，列出全部问题", "check a framework file and list every problem")),
    "help-cases": Message(("检查一个框架并运行它的案例", "check a framework and run its cases")),
    "help-schema": Message(("输出文件格式的 JSON Schema", "print the JSON schema of a file format")),
    "help-path": Message(("框架的 .yaml 文件，或编号", "a framework's .yaml file, or its id")),
    "help-kind": Message(
        (
            "framework、completion、amendment 或 cases（默认 framework）",
            "framework, completion, amendment or cases (default: framework)",
        )
    ),
}

_CLI: dict[str, Message] = {
    "cli-needs-click": Message(
        (
            "命令行需要附加组件，请安装：pip install 'stationeval[cli]'",
            "the command line needs further packages: pip install 'stationeval[cli]'",
        )
    ),
    "cli-usage": Message(("用法：{usage}", "Usage: {usage}")),
    "cli-options": Message(("选项：", "Options:")),
    "cli-commands": Message(("命令：", "Commands:")),
    "cli-arguments": Message(("参数：", "Arguments:")),
    "cli-options-metavar": Message(("[选项]...", "[OPTIONS]...")),
    "cli-commands-metavar": Message(("命令 [参数]...", "COMMAND [ARGUMENTS]...")),
    "cli-file": Message(("文件", "FILE")),
    "cli-name": Message(("名称", "NAME")),
    "cli-framework": Message(("框架", "FRAMEWORK")),
    "cli-path": Message(("路径", "PATH")),
    "cli-bundle": Message(("结果包", "BUNDLE")),
    "cli-kind": Message(("[种类]", "[KIND]")),
    "cli-no-such-command": Message(("没有“{command}”这个命令", "there is no command “{command}”")),
    "cli-no-such-option": Message(("没有“{option}”这个选项", "there is no option “{option}”")),
    "cli-did-you-mean": Message(("，是不是“{near}”？", "; did you mean “{near}”?")),
    "cli-missing-parameter": Message(("缺少 {name}", "{name} is missing")),
    "cli-bad-parameter": Message(("{name} 的值不对：{reason}", "bad value for {name}: {reason}")),
    "cli-choose": Message(("可选 {choices}", "choose one of {choices}")),
    "cli-see-help": Message(("用法见：{command} --help", "see: {command} --help")),
    "cli-interrupted": Message(("已中断，没有写出任何文件", "interrupted; nothing was written")),
    "cli-defect": Message(
        (
            "程序出错（{kind}：{reason}）。这是本程序的缺陷，不是您的数据有误；请加 --debug 重试，并把输出反馈给我们。",
            (
                "the program failed ({kind}: {reason}). This is a defect of the program, not of your data; "
                "please run it again with --debug and report the output."
            ),
        )
    ),
    "cli-more-problems": Message(("……另有 {more} 条，加 --json 可看全部", "… {more} more; --json shows all")),
    "cli-more-rows": Message(("……另有 {more} 行，见结果文件", "… {more} more rows, in the file")),
    "cli-reading": Message(("正在读取……", "reading …")),
    "cli-scoring": Message(("正在读取和计分……", "reading and scoring …")),
    "cli-writing": Message(("正在写出结果……", "writing the result …")),
    "cli-verifying": Message(("正在重算……", "recomputing …")),
    "cli-notes": Message(("读取时的提示，共 {count} 条", "{count} notes of reading and scoring")),
    "cli-written": Message(("已写出 {file}", "written: {file}")),
    "cli-verified": Message(("{file}：重算一致", "{file}: recomputed, and it agrees")),
    "cli-not-verified": Message(("{file}：重算不一致", "{file}: does not agree with what was recomputed")),
    "cli-demo-file": Message(("海宁示例结果.xlsx", "haining-demo.xlsx")),
    "cli-demo-next": Message(
        (
            "看一个站的计分过程：stationeval explain '{file}' -f {framework} --station 盐官镇",
            "how a total came about: stationeval explain '{file}' -f {framework} --station 盐官镇",
        )
    ),
    "cli-frameworks-next": Message(
        (
            "看其中一个：stationeval show 编号；计分：stationeval score 文件 -f 编号 -o 结果.xlsx",
            "look at one: stationeval show ID; score: stationeval score FILE -f ID -o RESULT.xlsx",
        )
    ),
    "cli-adds": Message(("另可{answers}", "adds {answers}")),
    "cli-completions": Message(
        (
            "{framework} 有未公布之处，不能直接计分；可选的补全：{refs}（其中的值不是原文）",
            "{framework} leaves unknown what scoring needs; there is {refs}, whose values are not the issuer's",
        ),
    ),
    "cli-cases-passed": Message(("{file}：检查通过，案例全部相符", "{file}: no problems, and every case agrees")),
}

_HEADS: dict[str, Message] = {
    "head-place": Message(("位置", "Place")),
    "head-example": Message(("说明（每类举一例）", "Note (an example of its kind)")),
    "head-count": Message(("处数", "Times")),
    "where-row": Message(("第{row}行", "row {row}")),
    "head-reason": Message(("原因", "Why")),
    "head-framework": Message(("编号", "Id")),
    "head-label": Message(("名称", "Title")),
    "head-place-of": Message(("地区", "For")),
    "head-answers": Message(("能回答", "Answers")),
    "head-unknowns": Message(("未知", "Unknown")),
    "head-documented": Message(("原文占比", "Documented")),
    "ability-score": Message(("计分", "scores")),
    "ability-grades": Message(("等级", "grades")),
    "ability-gates": Message(("准入", "gates")),
    "ability-tiers": Message(("分级", "tiers")),
    "ability-subsidy": Message(("补助", "subsidy")),
    "ability-allowance": Message(("人月补贴", "allowance")),
    "ability-funding": Message(("经费占比", "funding")),
    "ability-targets": Message(("覆盖目标", "targets")),
    "ability-catalogue": Message(("服务清单", "catalogue")),
    "ability-contest": Message(("赛马", "contest")),
    "show-issuer": Message(("发布：{issuer}（{place}）", "issued by {issuer} ({place})")),
    "show-answers": Message(("能回答：{answers}", "answers: {answers}")),
    "show-shares": Message(
        (
            "决定结果的值：原文 {documented}%，推断 {inferred}%，假定 {assumed}%，未知 {unknown}%",
            "what decides a result: {documented} % documented, {inferred} % inferred, {assumed} % assumed, {unknown} % unknown",
        )
    ),
    "show-points": Message(("分值 {points}", "Points: {points}")),
    "show-exact-points": Message(("{points} 分", "{points}")),
    "show-rounds": Message(("轮次", "Rounds")),
    "show-grades": Message(("等级", "Grades")),
    "show-tiers": Message(("分级", "Tiers")),
    "show-unknowns": Message(("未知 {count} 处", "{count} unknown")),
    "show-inside": Message(("指标：{what}", "indicators: {what}")),
    "show-between": Message(("，应在 {low} 至 {high} 之间", ", between {low} and {high}")),
    "show-when": Message(("{condition}（当 {when} 时）", "{condition} (when {when})")),
}

_PROBLEMS: dict[str, Message] = {
    "station-not-a-township": Message(
        ("不在{county}的乡镇街道名单中，照常计分", "not among the townships of {county}; scored all the same"),
        ("核对名称", "check the name"),
    ),
    "townships-absent": Message(
        ("{county}另有 {count} 个乡镇街道不在表中", "{count} more townships of {county} are not in the data"),
        ("确认是否漏报", "make sure that none was left out"),
    ),
    "demo-output-not-ours": Message(
        (
            "已有同名文件，但不是演示写出的，没有覆盖",
            "a file of that name exists and is not one the demo wrote; it was left alone",
        ),
        ("用 --out 另取文件名，或移走它", "choose another name with --out, or move it away"),
    ),
}

MESSAGES: dict[str, Message] = {**_HELP, **_CLI, **_HEADS, **_PROBLEMS}
