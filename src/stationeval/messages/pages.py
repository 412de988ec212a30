"""Words of the pages and pictures that show a framework to people: headings, rules in words, axes."""

from __future__ import annotations

from stationeval.messages import Message

_HEADINGS: dict[str, Message] = {
    "page-points": Message(("分值与计分办法", "Points and rules")),
    "page-raters": Message(("评价主体", "Evaluators")),
    "page-policies": Message(("计分约定", "Conventions of scoring")),
    "page-subsidy": Message(("补助", "Subsidy")),
    "page-claims": Message(("来源对整体的说法", "What the source says of the whole")),
    "page-unknowns": Message(("未知之处", "What is not known")),
    "page-completion": Message(("补全：{name}", "Completion: {name}")),
    "page-fills": Message(("补了什么", "What it fills")),
    "page-cases": Message(("案例", "Cases")),
    "page-inputs": Message(("数据项", "Inputs")),
    "page-derived": Message(("导出数据项", "Derived inputs")),
    "page-history": Message(("修订记录", "History")),
    "page-comparison": Message(("各地框架对比", "Frameworks side by side")),
    "theme-looks-at": Message(("看什么", "What they look at")),
    "theme-asks": Message(("要求什么", "What they ask")),
    "theme-judges": Message(("谁评、怎么评、评后怎样", "Who judges, how, and what follows")),
    "theme-pays": Message(("给多少钱", "What they pay")),
}

_HEADS: dict[str, Message] = {
    "page-what": Message(("项目", "What")),
    "page-framework": Message(("框架", "Framework")),
    "page-facet": Message(("侧面", "Looks at")),
    "page-content": Message(("内容", "Content")),
    "page-reference": Message(("编号", "Reference")),
    "page-place": Message(("地区", "Place")),
    "page-issuer": Message(("发布机关", "Issuer")),
    "page-edition": Message(("版本", "Edition")),
    "page-effective": Message(("施行", "In force")),
    "page-period": Message(("评价周期", "Period")),
    "page-checked": Message(("核对日期", "Checked")),
    "page-maturity": Message(("成熟度", "Maturity")),
    "page-answers": Message(("能回答", "Answers")),
    "page-cannot": Message(("尚不能回答", "Cannot answer yet")),
    "page-shares": Message(("依据构成", "What it rests on")),
    "page-licence": Message(("数据许可", "Licence of the data")),
    "page-hash": Message(("内容 sha256", "sha256 of the content")),
    "page-total": Message(("总分", "Full marks")),
    "page-name": Message(("名称", "name")),
    "page-inside": Message(("下级指标", "indicators below")),
    "page-own": Message(("其他", "others")),
    "page-includes": Message(("并含", "includes")),
    "page-declared": Message(("宣布的数目", "declared numbers")),
    "page-honours": Message(("表彰", "honours")),
    "page-written": Message(("原文写法", "As written")),
    "page-component": Message(("补助项", "Component")),
    "page-amount": Message(("金额", "Amount")),
    "page-pool": Message(("总盘子", "Pool")),
    "page-service": Message(("服务", "Service")),
    "page-required": Message(("要求", "Required")),
    "page-when": Message(("情形", "When")),
    "page-follows": Message(("结果运用", "What follows")),
    "page-terms": Message(("期限、比例", "Terms")),
    "page-bounds": Message(("应在", "Between")),
    "page-read-as": Message(("解读", "Read as")),
    "page-stops": Message(("妨碍", "Stands in the way of")),
    "page-remark": Message(("说明", "Note")),
    "page-help": Message(("填报说明", "Help")),
    "page-evidence": Message(("佐证材料", "Evidence")),
    "page-aliases": Message(("其他表头", "Other headers")),
    "page-was": Message(("原来", "Before")),
    "page-now": Message(("补为", "Filled with")),
    "page-case": Message(("案例", "Case")),
    "page-given": Message(("给定", "Given")),
    "page-expected": Message(("应得", "Expected")),
    "page-revision": Message(("修订", "Revision")),
    "page-day": Message(("日期", "Day")),
    "page-kind": Message(("类型", "kind")),
    "page-range": Message(("范围", "range")),
    "page-by": Message(("时间", "By")),
    "page-achieved": Message(("计算用的数据", "the inputs it is counted by")),
    "page-whole": Message(("占比的基数", "what it is a share of")),
    "page-trim": Message(("去掉高低分", "Trimming")),
    "page-of": Message(("组成", "parts")),
    "page-annual": Message(("全年合成", "how the year is made up")),
}

_SENTENCES: dict[str, Message] = {
    "page-edition-revision": Message(("{edition}（第 {revision} 次录入）", "{edition} (our revision {revision})")),
    "page-from": Message(("{day} 起", "from {day}")),
    "page-until": Message(("{since}，至 {day}", "{since} to {day}")),
    "page-blocked": Message(("{ability}（缺 {count} 个值）", "{ability} ({count} values missing)")),
    "page-shares-are": Message(
        (
            "决定结果的值中，原文 {documented}%，推断 {inferred}%，假定 {assumed}%，未知 {unknown}%",
            (
                "of the values that decide a result {documented}% are documented, {inferred}% inferred, {assumed}% assumed, "
                "{unknown}% unknown"
            ),
        )
    ),
    "page-completed": Message(
        (
            "补全“{names}”中的值不是发布机关公布的，其结果不能当作正式结果。",
            "What the completion “{names}” fills in was not published by the issuer; its results are not official.",
        )
    ),
    "page-author": Message(("（编写：{author}）", "(written by {author})")),
    "page-between": Message(("{why}，在 {low} 与 {high} 之间", "{why}, between {low} and {high}")),
    "page-reading": Message(("{why}，解读为 {reading}", "{why}, read as {reading}")),
    "page-yuan": Message(("{amount} 元", "{amount} yuan")),
    "page-note": Message(("注：{note}", "Note: {note}")),
    "page-applies": Message(("适用于：{condition}", "applies where {condition}")),
    "page-missing": Message(("缺数据时：{policy}", "where data are missing: {policy}")),
    "page-cap": Message(("合计以 {cap} 分为限", "at most {cap} in all")),
    "page-trims": Message(
        (
            "满 {needs} 个评分时去掉 {high} 个最高、{low} 个最低",
            "with {needs} ratings or more, the {high} highest and {low} lowest are dropped",
        )
    ),
    "page-digits": Message(("{what}{places}", "{what} {places}")),
    "page-places": Message(("四舍五入到 {places} 位小数", "half up to {places} decimal places")),
    "page-break-by": Message(("先比较 {names}", "parted first by {names}")),
    "page-paid-in": Message(("计到 {unit} 元，四舍五入", "in units of {unit} yuan, half up")),
    "page-complete": Message(("清单完整", "The catalogue is complete")),
    "page-incomplete": Message(
        ("清单不完整，还有未能读到的项目", "The catalogue is not complete: more exist than could be read")
    ),
    "page-declares": Message(("宣布的数目：{what}", "declared: {what}")),
    "page-encoded": Message(
        ("已编入 {domains} 个领域、{items} 项", "encoded: {domains} domains, {items} items"),
    ),
    "page-services": Message(("项目：{what}", "items: {what}")),
    "page-annual-sum": Message(("全年成绩为各轮之和", "the year is the sum of the rounds")),
    "page-honours-round": Message(("每轮前 {top} 名：{label}", "the first {top} of each round: {label}")),
    "page-honours-year": Message(("全年前 {top} 名：{label}", "the first {top} of the year: {label}")),
    "page-as-above": Message(("同上", "as above")),
    "page-default": Message(("未写明，用本库的默认", "not written: the default of this library")),
    "page-common": Message(("通用说明", "Note for many values")),
    "page-share": Message(("比例 {share}", "share {share}")),
    "page-values": Message(("{count} 个值", "{count} values")),
    "page-items": Message(("{count} 项", "{count} values")),
    "page-like": Message(("同“{name}”，改：", "as “{name}”, but:")),
    "page-accessed": Message(("查阅于 {day}", "read on {day}")),
    "page-defects": Message(("缺陷：", "Defects:")),
    "period-project": Message(("项目周期", "project")),
    "maturity-draft": Message(("初稿", "draft")),
    "maturity-reviewed": Message(("已复核", "reviewed")),
    "maturity-verified": Message(("已核定", "verified")),
    "source-law": Message(("法律", "law")),
    "source-rule": Message(("规章办法", "rule")),
    "source-notice": Message(("通知", "notice")),
    "source-standard": Message(("标准", "standard")),
    "source-guide": Message(("指南", "guide")),
    "source-speech": Message(("发言", "speech")),
    "source-paper": Message(("论文", "paper")),
    "source-news": Message(("新闻", "news")),
    "source-sheet": Message(("评分表", "sheet")),
    "source-book": Message(("图书", "book")),
    "source-template": Message(("模板", "template")),
    "claim-total": Message(("总分", "full marks")),
    "claim-dimensions": Message(("维度数", "dimensions")),
    "claim-indicators": Message(("二级指标数", "indicators")),
    "claim-level-3": Message(("三级指标数", "indicators of the third level")),
    "claim-level-4": Message(("四级指标数", "indicators of the fourth level")),
    "claim-domains": Message(("领域数", "domains")),
    "claim-items": Message(("大项数", "items")),
    "claim-minor-items": Message(("小项数", "minor items")),
    "claim-gates": Message(("准入条件数", "gates")),
    "claim-rounds": Message(("轮次数", "rounds")),
    "claim-raters": Message(("评价主体数", "evaluators")),
    "type-integer": Message(("整数", "integer")),
    "type-number": Message(("数", "number")),
    "type-boolean": Message(("是否", "yes or no")),
    "type-choice": Message(("选项", "choice")),
    "type-rating": Message(("评分", "rating")),
    "type-money": Message(("金额", "money")),
    "type-date": Message(("日期", "date")),
    "type-text": Message(("文字", "text")),
}

_RULES: dict[str, Message] = {
    "says-ratio": Message(
        ("{what}达到 {target} 得满分，不足的按比例", "{what}: full marks from {target}, in proportion below")
    ),
    "says-lower": Message(
        (
            "{what}不高于 {target} 得满分，高于的按 {target} ÷ 实际值",
            "{what}: full marks up to {target}, above it {target} ÷ the value",
        )
    ),
    "says-floor": Message(("{words}；低于满分的 {floor}% 不得分", "{words}; nothing below {floor}% of full marks")),
    "says-zero-full": Message(("{words}；{of}为 0 得满分", "{words}; full marks where {of} is 0")),
    "says-zero-none": Message(("{words}；{of}为 0 不得分", "{words}; nothing where {of} is 0")),
    "says-out-of": Message(
        (
            "{words}（以 {out_of} 分为满分，折算到本项分值）",
            "{words} (out of {out_of}, scaled to what the indicator is worth)",
        )
    ),
    "says-bands": Message(("{what}：{bands}", "{what}: {bands}")),
    "says-otherwise": Message(("其余 {points} 分", "otherwise {points}")),
    "says-item": Message(("{what} {points} 分", "{what} {points}")),
    "says-knot": Message(("{x} 得 {points} 分", "{points} at {x}")),
    "says-linear": Message(
        ("{what}：{knots}，其间按直线，两端以外不变", "{what}: {knots}, in a straight line between, level outside")
    ),
    "says-checklist": Message(("{count} 项，每具备一项 {points} 分：{items}", "{points} for each of {count}: {items}")),
    "says-checklist-all": Message(
        ("全部具备得满分，缺一项不得分：{items}", "full marks for all of them, else nothing: {items}")
    ),
    "says-count": Message(
        ("{what}每 {one} 得 {points} 分，不超过本项分值", "{what}: {points} for each {one}, up to full marks")
    ),
    "says-count-start": Message(
        (
            "起评 {start} 分，{what}每 {one} 加 {points} 分，不超过本项分值",
            "{what}: from {start}, {points} more for each {one}, up to full marks",
        )
    ),
    "says-deduct": Message(
        (
            "满分起评，{what}每 {one} 扣 {points} 分，最低 {floor} 分",
            "{what}: from full marks, {points} off for each {one}, not below {floor}",
        )
    ),
    "says-rating": Message(
        (
            "{what}：评分，{low} 不得分，{high} 得满分，其间按比例",
            "{what}: rated, nothing at {low}, full marks at {high}",
        )
    ),
    "says-relative": Message(
        (
            "{what}越高越好，与同场站点比较（{method}）",
            "{what}: the higher the better, against the stations scored together ({method})",
        )
    ),
    "says-relative-lower": Message(
        (
            "{what}越低越好，与同场站点比较（{method}）",
            "{what}: the lower the better, against the stations scored together ({method})",
        )
    ),
    "derived-sum": Message(("{parts} 之和", "the sum of {parts}")),
    "derived-mean": Message(("{parts} 的平均", "the mean of {parts}")),
    "derived-difference": Message(("{parts} 之差，前者减后者", "the difference of {parts}, the first less the second")),
    "derived-ratio": Message(("{parts} 之比，前者除以后者", "the ratio of {parts}, the first by the second")),
    "derived-share-true": Message(("{parts} 中为“是”的比例", "the share of yes among {parts}")),
    "derived-when-zero": Message(("除数为 0 时取 {value}", "{value} where the divisor is 0")),
    "condition-is": Message(("{what}为“{value}”", "{what} is “{value}”")),
    "condition-one-of": Message(("{what}为 {values} 之一", "{what} is one of {values}")),
    "says-max-months": Message(("{words}，最多 {most} 个月", "{words}, {most} months at most")),
    "says-cap": Message(("{words}，最高 {cap}", "{words}, at most {cap}")),
    "says-increasing": Message(("（只知逐级递增）", " (only that they rise is known)")),
    "says-service": Message(("至少 {least}", "at least {least}")),
    "says-per": Message(("每{per}{words}", "{words} a {per}")),
    "says-for-each": Message(("对“{each}”中的每一个，{words}", "{words}, for each of “{each}”")),
    "when-grade": Message(("等级不低于{line}", "grade {line} or better")),
    "when-tier": Message(("分级不低于{line}", "tier {line} or higher")),
    "when-gate": Message(("符合准入条件“{gate}”", "meets “{gate}”")),
    "when-graded": Message(("等级为“{grade}”", "the grade is “{grade}”")),
    "when-veto": Message(("触发一票否决“{veto}”", "the veto “{veto}” holds")),
    "when-gate-not-met": Message(("不符合准入条件“{gate}”", "“{gate}” is not met")),
    "funding-set": Message(("{base}的 {share}", "{share} of {base}")),
    "funding-at-most": Message(("不超过{base}的 {share}", "at most {share} of {base}")),
    "funding-at-least": Message(("不低于{base}的 {share}", "at least {share} of {base}")),
    "funding-observed": Message(("实际为{base}的 {share}", "in fact {share} of {base}")),
    "pool-pro-rata": Message(("超出时各站同比例压缩", "cut in proportion where the claims exceed it")),
    "pool-by-score": Message(("按总分分配", "shared by total")),
    "pool-by-rank": Message(("按名次分配", "shared by rank")),
}

_PICTURES: dict[str, Message] = {
    "stage-input": Message(("投入", "Inputs")),
    "stage-process": Message(("过程", "Process")),
    "stage-output": Message(("产出", "Output")),
    "stage-effect": Message(("成效", "Effect")),
    "stage-open": Message(("未知", "open")),
    "picture-stages": Message(
        ("分值投向：投入、过程、产出、成效各占多少", "Where the points go: inputs, process, output, effect")
    ),
    "picture-stages-reads": Message(
        (
            "实色为确定的占比，浅色为未公布处留下的可能。",
            "Solid is what is certain; pale is what the gaps leave possible.",
        )
    ),
    "picture-stages-silent": Message(
        ("分值投向未公布，未画出：{names}。", "Nothing is known of, and not drawn: {names}.")
    ),
    "picture-shares": Message(("补助随“{base}”的变化", "The subsidy by “{base}”")),
    "picture-yuan": Message(("{what}（元）", "{what} (yuan)")),
    "picture-factor-one": Message(("{factors}按 1 画出", "drawn with {factors} at 1")),
    "picture-months": Message(("月数", "months")),
    "picture-person": Message(("一人累计补贴", "What one person receives in all")),
    "picture-rate": Message(("{label} {rate} 元/月", "{label} {rate} a month")),
    "picture-sums": Message(("补助标准（元）", "Sums (yuan)")),
    "picture-curves": Message(
        ("计分曲线：横轴为数据，纵轴为得分", "The rules as curves: the data to the right, points upwards")
    ),
    "picture-none": Message(("0 项", "none")),
    "picture-all": Message(("{count} 项", "all {count}")),
    "picture-worst": Message(("最差", "worst")),
    "picture-best": Message(("最好", "best")),
}

MESSAGES: dict[str, Message] = {**_HEADINGS, **_HEADS, **_SENTENCES, **_RULES, **_PICTURES}
