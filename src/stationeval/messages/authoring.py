"""What the commands for those who write frameworks say, and the files that `framework new` begins with."""

from __future__ import annotations

from stationeval.messages import Message

_HELP: dict[str, Message] = {
    "help-from-excel": Message(
        (
            (
                "把 Excel 里的评分表读成框架或补全\n\n"
                "认得两种表：编号、上级、名称的平表；一级指标、二级指标、分值、评分标准的评分表（可有合并单元格）。"
                "没看懂的逐格列出，一行都不丢。"
            ),
            (
                "read a scoring table in Excel into a framework or a completion\n\n"
                "Two shapes are known: a flat table with code, parent and name, and a scoring sheet with levels, points and a "
                "standard, cells merged or not. What is not understood is listed cell by cell; no row is dropped."
            ),
        )
    ),
    "help-from-excel-example": Message(
        (
            "示例：\n  stationeval framework from-excel 评分表.xlsx --id mou-shi -o mou-shi/2023.yaml",
            "Example:\n  stationeval framework from-excel table.xlsx --id mou-shi -o mou-shi/2023.yaml",
        )
    ),
    "help-table": Message(("评分表：.xlsx 或 .xlsm", "the table: .xlsx or .xlsm")),
    "help-yaml-out": Message(
        ("写到这个 .yaml 文件；不写则输出到屏幕", "the .yaml file to write; without it, the screen")
    ),
    "help-completes": Message(
        (
            "读成这个框架的补全，只填其中未知的值",
            "make a completion of this framework, which fills only what is unknown",
        )
    ),
    "help-completion-name": Message(("补全的名称", "the completion's name")),
    "help-framework-id": Message(
        ("框架编号：小写字母、数字、连字符", "the framework's id: small letters, digits, hyphens")
    ),
    "help-edition": Message(("版本，一般写年份", "the edition, usually a year")),
    "help-label": Message(("框架名称", "the title")),
    "help-issuer": Message(("发布单位", "who issued it")),
    "help-place": Message(("行政区划代码，六位", "the jurisdiction's code, six digits")),
    "help-to-excel": Message(
        ("把框架写成可读回的 Excel 平表", "write a framework as a flat workbook that reads back to the same")
    ),
    "help-excel-out": Message(("写到这个 .xlsx 文件", "the .xlsx file to write")),
    "help-new": Message(
        ("新建一个框架：带说明的草稿和案例文件", "begin a framework: a draft with explanations, and a file of cases")
    ),
    "help-new-example": Message(
        (
            "示例：\n  stationeval framework new mou-shi --edition 2024 --place 330481 --label 某市社工站评估办法",
            "Example:\n  stationeval framework new mou-shi --edition 2024 --place 330481 --label 'An evaluation'",
        )
    ),
    "help-new-out": Message(
        ("在这个文件夹里新建（默认当前文件夹）", "the folder to begin in (default: the current one)")
    ),
    "help-force-file": Message(("覆盖已有的文件", "replace existing files")),
    "help-diff": Message(("逐项比较两个框架", "compare two frameworks value by value")),
    "help-other": Message(("另一个框架", "the other framework")),
    "help-upgrade": Message(
        (
            (
                "把补全或修订件移到所依据框架的当前修订号\n\n"
                "它涉及的每个位置都还在、都还能这样写，才移；否则逐条列出变了什么。"
                "给出旧修订的文件（--older），还会比较名称、数值和用到的数据项。"
            ),
            (
                "move a completion or an amendment to the current revision of its framework\n\n"
                "Only where everything it touches is still there and still open to it; else it lists what changed. With the "
                "file of the older revision (--older), names, values and inputs are compared too."
            ),
        )
    ),
    "help-upgrade-file": Message(("补全或修订件的 .yaml 文件", "the .yaml file of a completion or an amendment")),
    "help-upgrade-out": Message(("写到这个新文件", "the new file to write")),
    "help-upgrade-force": Message(("就地改写，原文件留作 .bak", "change the file in place, keeping it as .bak")),
    "help-older": Message(("框架旧修订的 .yaml 文件", "the framework's file in the older revision")),
}

_SAID: dict[str, Message] = {
    "cli-code": Message(("代码", "CODE")),
    "cli-folder": Message(("文件夹", "FOLDER")),
    "cli-table-read": Message(
        (
            "读了 {rows} 行：{made} 项指标，其中 {understood} 条规则由文字识别；{listed} 条提示，{errors} 处数字对不上",
            "{rows} rows read: {made} indicators, {understood} rules understood from words; {listed} notes, {errors} sums that differ",
        )
    ),
    "cli-table-next": Message(("下一步：stationeval framework lint {file}", "next: stationeval framework lint {file}")),
    "cli-table-differs": Message(
        (
            "已照录写出，但表里的数字自相矛盾，改正后才能用",
            "written as it is, but the table contradicts itself; correct it before use",
        )
    ),
    "cli-new-next": Message(
        (
            "下一步：改 {file}，再运行 stationeval framework cases {file}",
            "next: edit {file}, then run stationeval framework cases {file}",
        )
    ),
    "cli-diff-none": Message(("两者的值完全相同", "every value is the same")),
    "cli-diff-count": Message(("{old} 与 {new}：{count} 处不同", "{old} and {new}: {count} differences")),
    "head-old": Message(("前者", "First")),
    "head-new": Message(("后者", "Second")),
    "cli-upgrade-current": Message(("已经是当前修订 {pin}，不用改", "it is at the current revision {pin} already")),
    "cli-upgraded": Message(("{old} → {new}，已写出 {file}", "{old} → {new}, written: {file}")),
    "cli-upgrade-backup": Message(("原文件留作 {file}", "the file as it was: {file}")),
    "cli-upgrade-fits": Message(
        (
            "可以移到 {new}；用 --out 写新文件，或用 --force 就地改写",
            "it fits {new}; write it with --out, or in place with --force",
        )
    ),
}

_PROBLEMS: dict[str, Message] = {
    "not-an-edition": Message(
        (
            "版本至多 40 字，不含空格和 @ # + / \\",
            "an edition has at most 40 characters, without blanks and @ # + / \\",
        ),
        ("一般写年份，如 2024", "usually a year, as 2024"),
    ),
    "upgrade-not-pinned": Message(
        ("不是钉在某一修订号上的补全或修订件", "not a completion or an amendment that is pinned to a revision"),
        ("写明 completes 或 extends，如 haining-sppe@2021#1", "say completes or extends, as haining-sppe@2021#1"),
    ),
    "upgrade-newer": Message(
        ("依据的修订比这里现有的 {current} 还新", "it is pinned to a newer revision than what is here, {current}"),
        ("先更新框架", "update the framework first"),
    ),
    "upgrade-history": Message(("修订 {revision}（{on}）：{why}", "revision {revision} ({on}): {why}")),
    "upgrade-not-compared": Message(
        (
            "没有旧修订的文件，只核对了 {count} 个位置还在、还能这样写，没有比较名称和数值",
            "without the older file only {count} places were checked to be there and open; names and values were not compared",
        ),
        ("有旧文件时用 --older 给出", "give it with --older where there is one"),
    ),
    "upgrade-other-older": Message(("这个旧文件不是 {pin}", "this older file is not {pin}")),
    "upgrade-changed": Message(
        ("{path} 变了：原为 {was}，现为 {now}", "{path} changed: it was {was}, it is {now}"),
        ("核对后自行改写，再改修订号", "rewrite it by hand, then change the pin"),
    ),
}

_SKELETON: dict[str, Message] = {
    "skeleton-open": Message(("待填", "to be filled in")),
    "skeleton-framework": Message(
        (
            """
# 框架草稿：井号之后是说明。示例数值都标为 assumed（假定），换成原文后改为 documented，并注明来源。
#   检查：stationeval framework lint {file}
#   案例：stationeval framework cases {file}
schema: 1
id: {id}
edition: "{edition}"
revision: 1                      # 我们录入的修订号；数值一改就加一，并在 history 里写明
label:
  zh: {label}
jurisdiction:
  code: "{division}"                 # GB/T 2260 六位代码，加引号
  label:
    zh: {place}
issuer:
  zh: {issuer}
effective:
  from: {start}               # 施行日期
licence: CC0-1.0
maturity: draft                  # draft 草稿；reviewed 复核过；verified 与原件核对过

sources:                         # 每份文件一条；下面用 cite 引用它的名字
  official:
    kind: notice                 # law rule notice standard guide speech paper news sheet book template
    title:
      zh: 待填

basis:                           # 没有另写依据的值都按这一条
  status: assumed                # documented 原文有；inferred 推断；assumed 假定
  note:
    zh: 示例数值

inputs:                          # 数据项：向社工站要什么数
  full_time_staff:
    type: integer                # integer number boolean choice rating money date text
    unit: 人
    min: 0
    label:
      zh: 专职社工人数
    evidence: [劳动合同, 社保记录]
  has_rooms:
    type: boolean
    label:
      zh: 有独立功能室
  has_files:
    type: boolean
    label:
      zh: 服务档案齐全
  satisfaction:
    type: number
    unit: "%"
    min: 0
    max: 100
    label:
      zh: 服务对象满意度

total: 100
dimensions:                      # 维度 → 指标，可再分级；分值不知道写 points: {{unknown: not-published}}
  standard:
    label:
      zh: 规范建设
    points: 60
    indicators:
      S1:
        label:
          zh: 专职人员
        points: 40
        facet: staff             # site staff funds management service output satisfaction effect innovation
        rule:                    # 比例分：达到 6 人得满分，不足的按比例
          kind: ratio
          input: full_time_staff
          target: 6
      S2:
        label:
          zh: 场地与档案
        points: 20
        facet: management
        rule:                    # 组合分：逐项打勾相加
          kind: checklist
          items:
            has_rooms: 10
            has_files: 10
  effect:
    label:
      zh: 服务成效
    points: 40
    indicators:
      E1:
        label:
          zh: 满意度
        points: 40
        facet: satisfaction
        rule:                    # 分段分：从高到低，最后一档写 otherwise
          kind: bands
          input: satisfaction
          bands:
            - at_least: 90
              points: 40
            - at_least: 80
              points: 25
            - otherwise: 0
# 其余规则：linear 线性分，lookup 程度分，count 计数分，deduct 扣分，rating 评分，relative 赛马。见 docs/framework-format.md

gates:                           # 准入条件：符合、不符合、无法判定，不计分
  staffing:
    label:
      zh: 至少两名专职社工
    requires:
      - input: full_time_staff
        at_least: 2

grades:                          # 从高到低，最后一个写 otherwise
  优秀:
    at_least: 90
  合格:
    at_least: 60
  不合格:
    otherwise: true
""",
            """
# A draft: what follows a hash explains. The example numbers are marked as assumed; replace them by what the text says,
# then mark them as documented and name the source.
#   check it:  stationeval framework lint {file}
#   its cases: stationeval framework cases {file}
schema: 1
id: {id}
edition: "{edition}"
revision: 1                      # of our reading; one more whenever a value changes, with a line of history
label:
  en: {label}
jurisdiction:
  code: "{division}"                 # six digits of GB/T 2260, in quotes
  label:
    en: {place}
issuer:
  en: {issuer}
effective:
  from: {start}               # in force from
licence: CC0-1.0
maturity: draft                  # draft, reviewed, or verified against the original

sources:                         # one for each text; below, cite names it
  official:
    kind: notice                 # law rule notice standard guide speech paper news sheet book template
    title:
      en: to be filled in

basis:                           # of every value that has no basis of its own
  status: assumed                # documented, inferred or assumed
  note:
    en: An example number

inputs:                          # the data dictionary: what is asked of a station
  full_time_staff:
    type: integer                # integer number boolean choice rating money date text
    unit: 人
    min: 0
    label:
      en: Full-time social workers
    evidence: [employment contracts, social insurance records]
  has_rooms:
    type: boolean
    label:
      en: Rooms of its own
  has_files:
    type: boolean
    label:
      en: Complete service files
  satisfaction:
    type: number
    unit: "%"
    min: 0
    max: 100
    label:
      en: Satisfaction of users

total: 100
dimensions:                      # dimensions, indicators, any depth; points: {{unknown: not-published}} where not known
  standard:
    label:
      en: Standards
    points: 60
    indicators:
      S1:
        label:
          en: Full-time staff
        points: 40
        facet: staff             # site staff funds management service output satisfaction effect innovation
        rule:                    # full marks at 6, in proportion below
          kind: ratio
          input: full_time_staff
          target: 6
      S2:
        label:
          en: Rooms and files
        points: 20
        facet: management
        rule:                    # the sum of what is ticked
          kind: checklist
          items:
            has_rooms: 10
            has_files: 10
  effect:
    label:
      en: Effect
    points: 40
    indicators:
      E1:
        label:
          en: Satisfaction
        points: 40
        facet: satisfaction
        rule:                    # from the highest band down; the last says otherwise
          kind: bands
          input: satisfaction
          bands:
            - at_least: 90
              points: 40
            - at_least: 80
              points: 25
            - otherwise: 0
# the other rules: linear, lookup, count, deduct, rating, relative; see docs/framework-format.md

gates:                           # entry conditions: met, not met, cannot tell; never points
  staffing:
    label:
      en: At least two full-time social workers
    requires:
      - input: full_time_staff
        at_least: 2

grades:                          # best first; the last says otherwise
  优秀:
    at_least: 90
  合格:
    at_least: 60
  不合格:
    otherwise: true
""",
        )
    ),
    "skeleton-cases": Message(
        (
            """
# 案例：给定数据，应得什么，一分不差。每个等级、每个准入状态至少一例。
#   运行：stationeval framework cases {file}
schema: 1
framework: {id}@{edition}#1
cases:
  - name: 样样达标
    given:
      full_time_staff: 6
      has_rooms: true
      has_files: true
      satisfaction: 95
    expect:
      total: 100
      grade: 优秀
      gates.staffing: met
  - name: 少一半人，满意度在第二档
    like: 样样达标
    change:
      full_time_staff: 3
      satisfaction: 80
    expect:
      total: 65
      points.S1: 20
      grade: 合格
  - name: 只有一人
    like: 样样达标
    change:
      full_time_staff: 1
      has_rooms: false
      satisfaction: 79.9
    expect:
      total: 16.67
      grade: 不合格
      gates.staffing: not met
""",
            """
# Cases: these data must come to exactly this. At least one for each grade and each state of a gate.
#   run them: stationeval framework cases {file}
schema: 1
framework: {id}@{edition}#1
cases:
  - name: everything reached
    given:
      full_time_staff: 6
      has_rooms: true
      has_files: true
      satisfaction: 95
    expect:
      total: 100
      grade: 优秀
      gates.staffing: met
  - name: half the staff, satisfaction in the second band
    like: everything reached
    change:
      full_time_staff: 3
      satisfaction: 80
    expect:
      total: 65
      points.S1: 20
      grade: 合格
  - name: one worker only
    like: everything reached
    change:
      full_time_staff: 1
      has_rooms: false
      satisfaction: 79.9
    expect:
      total: 16.67
      grade: 不合格
      gates.staffing: not met
""",
        )
    ),
}

MESSAGES: dict[str, Message] = {**_HELP, **_SAID, **_PROBLEMS, **_SKELETON}
