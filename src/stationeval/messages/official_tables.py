"""What reading and writing official tables says, and the commands for those who write frameworks."""

from __future__ import annotations

from stationeval.messages import Message

_HEADS: dict[str, Message] = {
    "head-base": Message(("基本分", "Base")),
    "sheet-table-nodes": Message(("指标", "Nodes")),
    "sheet-table-inputs": Message(("数据项", "Inputs")),
    "sheet-table-rest": Message(("其他", "Rest")),
    "table-hint-parent": Message(
        ("上级指标的编号；最上一级留空", "the code of the indicator above; empty for the outermost")
    ),
    "table-hint-points": Message(
        (
            "数字，或：未公布、未查到、来源中丢失、原文不明确；同一级要么都写分值，要么都写权重",
            "a number, or: not published, not found, lost in the source, ambiguous; siblings have points or weights, never both",
        )
    ),
    "table-hint-kind": Message(
        (
            "只填最末一级。留空时按“原文”一列的文字识别，识别不了的记为原文不明确",
            "for the innermost only; where it is empty, the rule is read from the words of the column “quote”",
        )
    ),
    "table-hint-input": Message(
        ("“数据项”表中的编号或名称", "the code or the name of an input in the sheet of inputs")
    ),
    "table-hint-steps": Message(
        (
            "分段分：≥90: 5；≥80: 3；其余: 0。线性分：60: 0；95: 10。组合分：数据项: 分值；……。程度分：选项: 分值；……",
            "by bands: ≥90: 5；≥80: 3；其余: 0. Linear: 60: 0；95: 10. Checklist: input: points；…. By choice: choice: points；…",
        )
    ),
    "table-hint-status": Message(("原文（须填来源）、推断或假定", "documented (with a source), inferred or assumed")),
    "table-hint-path": Message(
        (
            "框架中的位置，如 gates.staffing.requires[0].at_least；名称里有点号的加引号",
            "a place in the framework, as gates.staffing.requires[0].at_least; a name with dots stands in quotes",
        )
    ),
    "table-hint-value": Message(
        (
            '与 YAML 文件写法相同：数字不加引号；像数字的文字加英文双引号，如 "2021"',
            'as in a YAML file: numbers without quotes; text that looks like a number in double quotes, as "2021"',
        )
    ),
}

_READING: dict[str, Message] = {
    "table-not-a-workbook": Message(
        ("不能读取“{suffix}”格式的表", "a table cannot be read from the format “{suffix}”"),
        (
            "可用：{known}；Word 中的表先复制到 Excel，旧的 .xls 先另存为 .xlsx",
            "use one of: {known}; copy a table from Word to Excel first, save an old .xls as .xlsx",
        ),
    ),
    "table-no-header": Message(
        (
            "没有找到评分表的表头：既没有指标和分值（或评分标准）两类列，也不是编号、上级、名称的平表",
            "no header of a scoring table: neither columns of indicators with points or a standard, nor code, parent and name",
        ),
        (
            "表头写成：一级指标、二级指标、分值、评分标准；或参照 framework to-excel 写出的平表",
            "use the headers 一级指标, 二级指标, 分值, 评分标准, or a flat table as framework to-excel writes it",
        ),
    ),
    "table-too-large": Message(
        (
            "工作表有 {rows} 行 {columns} 列，超过评分表的上限 {most_rows} 行 {most_columns} 列",
            "the sheet has {rows} rows and {columns} columns; a table has at most {most_rows} and {most_columns}",
        ),
        ("删去多余的行列和工作表再读", "remove what is not the table"),
    ),
    "table-no-rows": Message(
        ("表头之下没有读到指标", "no indicator below the header"),
        ("检查表头是否在指标上方", "see that the header is above the rows"),
    ),
    "table-head-open": Message(
        ("表里没有、暂时填上的：{keys}", "not in the table and filled for now: {keys}"),
        (
            "写出的文件里逐项改正，或用 --id --edition --label --issuer --place 给出",
            "correct them in the file, or give --id --edition --label --issuer --place",
        ),
    ),
    "table-title": Message(
        ("表头上方的文字，用作标题或仅作说明", "words above the header, used as the title or only said")
    ),
    "table-section": Message(
        ("分节的标题行，其下各行归入这一节", "the heading of a section; the rows below are in it")
    ),
    "table-sum": Message(("小计或合计行，只用于核对", "a sum; used to check the points")),
    "table-remark": Message(
        ("说明文字，没有录入框架", "a remark; not in the framework"),
        ("其中若有规则，请自行补写", "write rules in it by hand"),
    ),
    "table-grades": Message(
        ("等级由这句话读出", "the grades were read from this sentence"), ("核对等级和分数线", "check the grades")
    ),
    "table-repeated-header": Message(("重复的表头", "the header again")),
    "table-veto": Message(
        ("一票否决的内容没有录入：需要写成条件", "a veto is not in the framework: it must be written as a condition"),
        ("在文件的 vetoes 中写明条件和后果", "write its condition and effect in vetoes"),
    ),
    "table-row-hidden": Message(("隐藏的行，照常读取", "a hidden row; read all the same")),
    "table-row-without-name": Message(
        ("这一行没有指标名称，没有录入", "the row has no indicator; it is not in the framework"),
        ("补上名称，或确认可以不要", "name it, or make sure that it is not needed"),
    ),
    "table-continued": Message(
        ("这一行接着上面的指标，文字并在一起", "the row goes on with the indicator above; the words were joined")
    ),
    "table-group-row": Message(
        ("这一行是上一级指标本身，文字记作说明", "the row is of a group; its words were kept as a note")
    ),
    "table-label-from-words": Message(
        (
            "“{label}”下面各行各有分值，按细项录入，名称取自文字开头",
            "the rows of “{label}” have points each; they became indicators named by their first words",
        )
    ),
    "table-column-unread": Message(
        ("这一列没有读取", "the column was not read"), ("需要的话改用认得的表头", "rename its header if it is needed")
    ),
    "table-error-cell": Message(("单元格里是错误值或没有结果的公式", "an error, or a formula without a result")),
    "table-points-unread": Message(
        ("看不出是多少分", "these are no points"), ("写成一个数字，如 5 或 5分", "write one number, as 5")
    ),
    "table-points-shared": Message(
        (
            "一个分值对着几项指标，看不出是谁的",
            "one number stands beside several indicators; whose it is cannot be told",
        ),
        ("逐项写明分值", "write the points of each"),
    ),
    "table-two-points": Message(
        (
            "“{label}”有两个不同的分值，用了先出现的",
            "“{label}” has two different numbers of points; the first was used",
        ),
        ("核对后在文件中改正", "check, and correct the file"),
    ),
    "table-number-in-label": Message(
        (
            "名称末尾的数字不能确定是分值，留在名称里",
            "the number at the end of the name may be no points; it stays in the name",
        ),
        ("是分值就写成“（5分）”", "if it is, write （5分）"),
    ),
    "table-no-points": Message(
        ("没有写分值，记为未公布", "no points are given; they are unknown: not-published"),
        ("知道的话补上", "add them if they are known"),
    ),
    "table-no-total": Message(
        ("写的是权重，没有写总分", "there are weights, but no total"),
        ("在文件中写上 total，例如 100", "add total to the file, as 100"),
    ),
    "table-no-rule": Message(
        ("没有评分标准，规则记为未公布", "no standard is given; the rule is unknown: not-published"),
        ("知道的话补上规则", "add the rule if it is known"),
    ),
    "table-rule-unread": Message(
        (
            "文字不能只按一种意思读成规则，记为原文不明确，原文保留",
            "the words do not mean one rule only; it is unknown: ambiguous, with the words kept",
        ),
        (
            "在文件中写出 rule，写法见 docs/how-to/official-table.md",
            "write the rule in the file; see docs/how-to/official-table.en.md",
        ),
    ),
    "table-rule-gap": Message(
        (
            "相邻两档之间有空隙（如 89 与 90），空隙里的数按较低一档读",
            "there is a gap between two bands (as 89 to 90); what lies in it was given to the lower one",
        ),
        ("核对是否如此", "check that this is meant"),
    ),
    "table-rule-percent": Message(
        (
            "“按比例”读作：完成百分之百得满分，不足的按比例",
            "“in proportion” was read as full marks at 100 % and in proportion below",
        ),
        ("核对是否如此", "check that this is meant"),
    ),
    "table-sum-differs": Message(
        ("表里写 {written} 分，下面各项合计 {sum} 分", "the table says {written}, and what is inside adds up to {sum}"),
        ("核对原表；两个数都照录，没有改动", "check the table; both were kept as they are"),
    ),
    "table-cell-unread": Message(
        ("不是“{column}”一列能填的", "not what the column “{column}” can hold"),
        ("填法见表头上的批注", "see the comment on the header"),
    ),
    "table-value-as-text": Message(
        ("按文字读取", "read as text"), ("文字加英文双引号，以免误读", "put text in double quotes")
    ),
    "table-path-unread": Message(
        (
            "不是框架中的位置，或这里已有别的值，没有录入",
            "no place in the framework, or something else is there; it was left out",
        ),
        ("核对路径", "check the path"),
    ),
    "table-code-twice": Message(
        ("这个编号已经用过，这一行没有录入", "the code is taken; the row was left out"),
        ("换一个编号", "choose another code"),
    ),
    "table-no-parent": Message(
        ("上面没有这个上级指标，这一行没有录入", "no such indicator above; the row was left out"),
        ("写上级的编号，上级在前", "give the code of a row above"),
    ),
    "table-input-made": Message(
        ("“数据项”表里没有它，新建为 {name}（{kind}）", "it is not among the inputs; it was added as {name} ({kind})"),
        ("补上单位和范围", "add its unit and range"),
    ),
    "table-fill-differs": Message(
        (
            "与框架已有的 {path} 不同；补全只能填未知的，没有改动",
            "differs from what the framework knows at {path}; a completion fills only what is unknown",
        ),
        ("若原框架有误，请改框架并升修订号", "if the framework is wrong, correct it in a new revision"),
    ),
    "table-fill-no-place": Message(
        ("框架的 {inside} 里没有这一项，没有录入", "{inside} of the framework has no such entry; it was left out"),
        ("名称要与框架一致", "names must be those of the framework"),
    ),
    "table-fill-nothing": Message(("{path} 没有可填的未知之处", "nothing is unknown at {path}")),
    "table-text-too-long": Message(("一个单元格放不下：{reason}", "a cell cannot hold it: {reason}")),
}

MESSAGES: dict[str, Message] = {**_HEADS, **_READING}
