"""Words of results and reports: headings, labels, states, banners."""

from __future__ import annotations

from stationeval.messages import Message

_REPORT: dict[str, Message] = {
    "report-count": Message(("{errors} 处错误，{notes} 条提示", "{errors} errors, {notes} notes")),
    "report-more": Message(("……另有 {more} 条，见 report.problems", "… {more} more, in report.problems")),
    "report-columns": Message(("位置|值|代码|原因|改法", "place|value|code|why|hint")),
}

_WORDS: dict[str, Message] = {
    "word-yes": Message(("是", "yes")),
    "word-no": Message(("否", "no")),
    "word-agrees": Message(("一致", "agrees")),
    "word-differs": Message(("不一致", "differs")),
    "state-met": Message(("符合", "met")),
    "state-not-met": Message(("不符合", "not met")),
    "state-cannot-tell": Message(("无法判定", "cannot tell")),
    "status-documented": Message(("原文", "documented")),
    "status-inferred": Message(("推断", "inferred")),
    "status-assumed": Message(("假定", "assumed")),
    "status-unknown": Message(("未知", "unknown")),
    "unknown-not-published": Message(("未公布", "not published")),
    "unknown-not-found": Message(("未查到", "not found")),
    "unknown-lost-in-source": Message(("来源中丢失", "lost in the source")),
    "unknown-ambiguous": Message(("原文不明确", "ambiguous")),
    "kind-ratio": Message(("比例分", "in proportion")),
    "kind-bands": Message(("分段分", "by bands")),
    "kind-linear": Message(("线性分", "linear")),
    "kind-checklist": Message(("组合分", "checklist")),
    "kind-lookup": Message(("程度分", "by choice")),
    "kind-count": Message(("计数分", "for each")),
    "kind-deduct": Message(("扣分", "deducted for each")),
    "kind-rating": Message(("评分", "rated")),
    "kind-relative": Message(("相对分", "relative")),
    "word-no-points": Message(("不得分", "no points")),
    "unit-yuan": Message(("元", "yuan")),
    "unit-fen": Message(("元（到分）", "yuan, to the fen")),
}

_FIELDS: dict[str, Message] = {
    "field-base": Message(("基数", "base")),
    "field-factor": Message(("系数", "factor")),
    "field-out-of": Message(("按满分折算", "scaled from")),
    "field-otherwise": Message(("其余", "otherwise")),
    "field-min": Message(("最低要求", "at least")),
    "field-per": Message(("每", "per")),
    "field-for-each": Message(("对每个", "for each")),
    "field-complete": Message(("是否完整", "complete")),
    "field-currency": Message(("币种", "currency")),
    "field-mode": Message(("取舍方式", "rounding")),
    "field-unit": Message(("计到", "to the")),
    "field-method": Message(("并列名次", "ties")),
    "ground-drop-highest": Message(("去掉最高分个数", "highest dropped")),
    "ground-drop-lowest": Message(("去掉最低分个数", "lowest dropped")),
    "ground-needs": Message(("至少评分数", "ratings needed")),
    "ground-persons": Message(("人数", "persons")),
    "ground-months": Message(("月数", "months")),
    "ground-max-months": Message(("最多月数", "months at most")),
    "ground-includes": Message(("包含", "includes")),
    "field-quota": Message(("名额", "quota")),
    "kind-rate": Message(("按比例", "a share of a base")),
    "kind-flat": Message(("定额", "a flat sum")),
    "kind-by-grade": Message(("按等级", "by grade")),
    "kind-by-tier": Message(("按分级", "by tier")),
    "kind-per-person-month": Message(("按人按月", "for each person and month")),
    "word-error": Message(("不允许", "not allowed")),
    "word-exclude": Message(("不计入", "left out")),
    "word-none": Message(("不取舍", "not rounded")),
    "word-half-up": Message(("四舍五入", "half up")),
    "word-competition": Message(("并列占位（1、2、2、4）", "1, 2, 2, 4")),
    "word-dense": Message(("并列不占位（1、2、2、3）", "1, 2, 2, 3")),
    "word-ordinal": Message(("不并列（1、2、3、4）", "1, 2, 3, 4")),
    "word-week": Message(("周", "week")),
    "word-month": Message(("月", "month")),
    "word-quarter": Message(("季度", "quarter")),
    "word-half-year": Message(("半年", "half-year")),
    "word-year": Message(("年", "year")),
    "word-cny": Message(("人民币", "yuan")),
}

_HEADS: dict[str, Message] = {
    "head-rank": Message(("名次", "Rank")),
    "head-station": Message(("社工站", "Station")),
    "head-dimensions": Message(("各维度得分", "Points by dimension")),
    "head-bonus": Message(("加分", "Bonus")),
    "head-deductions": Message(("扣分项", "Deductions")),
    "head-total": Message(("总分", "Total")),
    "head-grade": Message(("等级", "Grade")),
    "head-vetoes": Message(("一票否决", "Vetoes")),
    "head-money": Message(("补助（元）", "Subsidy (yuan)")),
    "head-points": Message(("得分", "Points")),
    "head-share": Message(("得分率", "Share")),
    "head-full-marks": Message(("满分", "Full marks")),
    "head-mean": Message(("平均", "Mean")),
    "head-all-gates": Message(("全部条件", "All of them")),
    "head-sheet": Message(("工作表", "Sheet")),
    "head-cell": Message(("单元格", "Cell")),
    "head-input": Message(("项目", "Input")),
    "head-value": Message(("值", "Value")),
    "head-why": Message(("说明", "Why")),
    "head-hint": Message(("改法", "Hint")),
    "head-code": Message(("代码", "Code")),
    "head-node": Message(("所属", "Part of")),
    "head-status": Message(("依据", "Basis")),
    "head-source": Message(("来源", "Source")),
    "head-quote": Message(("原文", "Quote")),
    "head-facts": Message(("事实编号", "Facts")),
    "head-path": Message(("路径", "Path")),
    "head-rate": Message(("比例", "Rate")),
    "head-standard": Message(("标准（元）", "Standard (yuan)")),
    "head-cap": Message(("封顶（元）", "Cap (yuan)")),
    "head-condition": Message(("条件", "Condition")),
    "head-amount": Message(("金额（元）", "Amount (yuan)")),
    "head-sum": Message(("合计（元）", "Sum (yuan)")),
    "head-exact": Message(("精确值（元）", "Exact (yuan)")),
    "head-all": Message(("合计", "All")),
    "head-agrees": Message(("核对", "Check")),
    "head-claim": Message(("应得（元）", "Claim (yuan)")),
    "head-shared": Message(("分配额（元）", "Share of the pool (yuan)")),
    "head-dimension": Message(("维度", "Dimension")),
    "head-round": Message(("轮次", "Round")),
    "head-indicator": Message(("指标", "Indicator")),
    "head-lost": Message(("失分", "Lost")),
    "head-regain": Message(("如何补回", "What would regain it")),
    "head-clause": Message(("条款依据", "Clause")),
}

_SHEETS: dict[str, Message] = {
    "sheet-title": Message(("{label}（{edition} 版）", "{label} ({edition} edition)")),
    "sheet-summary": Message(("总表", "Summary")),
    "sheet-dimensions": Message(("维度", "Dimensions")),
    "sheet-indicators": Message(("指标", "Indicators")),
    "sheet-lost": Message(("扣分", "Lost points")),
    "sheet-money": Message(("补助", "Subsidy")),
    "sheet-gates": Message(("准入", "Entry conditions")),
    "sheet-problems": Message(("问题", "Notes")),
    "sheet-provenance": Message(("依据", "Provenance")),
    "sheet-more-rows": Message(("另有 {more} 行，超出工作表所能容纳", "{more} more rows than a sheet can hold")),
    "sheet-page": Message(("第 {page} 页 / 共 {pages} 页", "page {page} of {pages}")),
    "banner-simulated": Message(
        (
            "模拟数据：数据自称为模拟，本结果不反映任何真实社工站。",
            "Simulated data: the data say so of themselves; this result describes no real station.",
        )
    ),
    "banner-assumed": Message(
        (
            (
                "本结果含假定值：决定结果的值中，原文记载的占 {documented}%，假定的占 {assumed}%，逐项见“依据”表。"
                "假定值不是{issuer}公布的，不能当作正式结果。"
            ),
            (
                "This result rests on assumed values: of the values that decide it, {documented} % are documented and "
                "{assumed} % assumed; see the sheet “Provenance”. {issuer} did not publish them; this is no official result."
            ),
        )
    ),
    "remark-rounds": Message(("得分为各轮加权：{parts}", "points are weighted over the rounds: {parts}")),
    "remark-unpaid": Message(("补助未能计算：{why}", "the subsidy could not be computed: {why}")),
    "remark-money": Message(("补助合计 {total} {unit}", "subsidies sum to {total} {unit}")),
    "remark-clause": Message(("原文：“{quote}”", "the text says: “{quote}”")),
    "remark-note": Message(("说明：{note}", "note: {note}")),
    "remark-gates": Message(
        (
            "准入条件不计分。“无法判定”表示标准本身或所需数据未知。",
            "Entry conditions carry no points. “Cannot tell” means that the standard or a value it needs is unknown.",
        )
    ),
    "remark-problems": Message(("读取和计分时的提示，共 {count} 条", "{count} notes of reading and scoring")),
    "remark-provenance": Message(
        (
            "决定结果的值：原文 {documented}%，推断 {inferred}%，假定 {assumed}%，未知 {unknown}%",
            (
                "of the values that decide a result {documented} % are documented, {inferred} % inferred, {assumed} % "
                "assumed, {unknown} % unknown"
            ),
        )
    ),
    "remark-lost": Message(
        (
            "每站按失分从多到少排列；每项单独看，有的数据同时影响几项指标。",
            "each station's losses, greatest first, each taken alone: some values count in several indicators.",
        )
    ),
    "remark-lost-many": Message(
        (
            "社工站多于 {limit} 个，不逐站列出失分；可用 stationeval explain 查看单个站点。",
            "more than {limit} stations: losses are not listed; use stationeval explain for a single station.",
        )
    ),
}

_EXPORT: dict[str, Message] = {
    "output-exists": Message(
        ("文件已存在，没有覆盖", "the file exists and was not overwritten"),
        (
            "换一个文件名；确实要覆盖时加 --force（函数中为 overwrite=True）",
            "choose another name, or add --force (overwrite=True)",
        ),
    ),
    "output-suffix": Message(
        ("不能写出“{suffix}”格式", "cannot write the format “{suffix}”"),
        ("可用：{known}", "use one of: {known}"),
    ),
    "output-folder": Message(
        ("文件夹不存在", "the folder does not exist"),
        ("先建立文件夹，或换一个位置", "make the folder, or choose another place"),
    ),
    "output-is-folder": Message(
        ("这是文件夹，不是文件", "this is a folder, not a file"), ("写上文件名", "give the name of a file")
    ),
    "output-unwritable": Message(
        ("无法写入：{reason}", "cannot be written: {reason}"),
        (
            "检查权限和磁盘空间；文件若正在 Excel 中打开，先关闭",
            "check permissions and free space; if the file is open in Excel, close it first",
        ),
    ),
    "output-library": Message(
        ("写出 {suffix} 需要附加组件", "writing {suffix} needs a further package"),
        ("安装：pip install 'stationeval[{extra}]'", "install it: pip install 'stationeval[{extra}]'"),
    ),
}

MESSAGES: dict[str, Message] = {**_REPORT, **_WORDS, **_FIELDS, **_HEADS, **_SHEETS, **_EXPORT}
