"""What an explanation says: how each rule worked out, what it rests on, and what follows from the total."""

from __future__ import annotations

from stationeval.messages import Message

_HEADINGS: dict[str, Message] = {
    "explain-head": Message(
        (
            "{station}　总分 {total} 分（满分 {full} 分）　{grade}　第 {rank} 名（共 {stations} 个站点）",
            "{station}   total {total} of {full}   {grade}   rank {rank} of {stations}",
        ),
    ),
    "explain-head-ungraded": Message(
        (
            "{station}　总分 {total} 分（满分 {full} 分）　第 {rank} 名（共 {stations} 个站点）",
            "{station}   total {total} of {full}   rank {rank} of {stations}",
        ),
    ),
    "explain-made-by": Message(("框架：{framework}　{signature}", "Framework: {framework}   {signature}")),
    "explain-section-rounding": Message(("总分取舍", "Rounding of the total")),
    "explain-section-veto": Message(("一票否决", "Vetoes")),
    "explain-section-grade": Message(("等次", "Grade")),
    "explain-section-rank": Message(("名次", "Rank")),
    "explain-section-gate": Message(("准入条件", "Entry conditions")),
    "explain-section-tier": Message(("站点层级", "Tier")),
    "explain-section-consequence": Message(("结果运用", "Consequences")),
    "explain-rounds": Message(("轮次：总分 = {rounds}", "Rounds: {rounds}")),
    "explain-sources": Message(("来源", "Sources")),
    "explain-total": Message(("总分", "Total")),
    "explain-bonus": Message(("加分项", "Bonus")),
    "explain-deductions": Message(("扣分项", "Deductions")),
    "explain-earned": Message(("{label}　{points} / {full} 分", "{label}   {points} of {full}")),
    "explain-earned-endless": Message(("{label}　{points} 分", "{label}   {points}")),
    "explain-taken": Message(("{label}　扣 {points} 分", "{label}   {points} taken off")),
    "explain-change": Message(("{label}：{points} 分", "{label}: {points}")),
    "explain-change-left-out": Message(
        ("不计入的项目，其分值由其余项目按比例分担", "The rest stand in for what is left out, in proportion"),
    ),
    "explain-change-rounding": Message(("按规定四舍五入", "Rounded as the framework says")),
    "explain-change-cap": Message(("超过上限的部分不计", "What exceeds the cap does not count")),
    "explain-change-floor": Message(("总分不低于 0 分", "A total is never below 0")),
}

_VALUES: dict[str, Message] = {
    "explain-empty": Message(("未填", "empty")),
    "explain-row": Message(("第 {row} 行", "row {row}")),
    "explain-data": Message(("数据：{data}", "Data: {data}")),
    "explain-derived-sum": Message(("{label} = {parts} 之和 = {value}", "{label} = the sum of {parts} = {value}")),
    "explain-derived-mean": Message(
        ("{label} = {parts} 的平均 = {value}", "{label} = the mean of {parts} = {value}"),
    ),
    "explain-derived-difference": Message(("{label} = {parts} 之差 = {value}", "{label} = {parts} = {value}")),
    "explain-derived-ratio": Message(("{label} = {parts} 之比 = {value}", "{label} = {parts} = {value}")),
    "explain-derived-share-true": Message(
        ("{label} = {parts} 中为“是”的比例 = {value}", "{label} = the share of yes among {parts} = {value}"),
    ),
    "explain-rated": Message(
        ("{label}由各评价主体的评分加权：{groups}", "{label} is weighed from ratings: {groups}"),
    ),
    "explain-rated-group": Message(
        ("{group} {count} 个评分，平均 {mean} × {weight}", "{group}, {count} ratings, mean {mean} × {weight}"),
    ),
    "explain-rated-trimmed": Message(
        (
            "{group} {count} 个评分，去掉最高 {high} 个、最低 {low} 个后平均 {mean} × {weight}",
            "{group}, {count} ratings less the {high} highest and {low} lowest, mean {mean} × {weight}",
        ),
    ),
}

_BASIS: dict[str, Message] = {
    "explain-basis": Message(("依据：{basis}", "Basis: {basis}")),
    "explain-field-total": Message(("总分", "total")),
    "explain-field-rounds": Message(("轮次权重", "weights of the rounds")),
    "explain-field-rounding": Message(("取舍位数", "rounding")),
    "explain-field-ties": Message(("并列处理", "treatment of ties")),
    "explain-field-points": Message(("分值", "points")),
    "explain-field-weight": Message(("权重", "weight")),
    "explain-field-missing": Message(("缺失处理", "treatment of gaps")),
    "explain-field-applies": Message(("适用条件", "when it applies")),
    "explain-field-rule": Message(("计分办法", "rule")),
    "explain-field-target": Message(("目标值", "target")),
    "explain-field-floor": Message(("起分线", "floor")),
    "explain-field-when-zero": Message(("除数为零时的处理", "marks for a divisor of zero")),
    "explain-field-direction": Message(("高低方向", "direction")),
    "explain-field-bands": Message(("分档", "bands")),
    "explain-field-knots": Message(("折点", "knots")),
    "explain-field-items": Message(("各项分值", "points of the items")),
    "explain-field-map": Message(("各档分值", "points of the choices")),
    "explain-field-points-each": Message(("每项分值", "points for each")),
    "explain-field-start": Message(("起评分", "starting points")),
    "explain-field-method": Message(("比较方法", "method of comparison")),
    "explain-field-requires": Message(("条件", "conditions")),
    "explain-field-when": Message(("触发条件", "trigger")),
    "explain-field-effect": Message(("后果", "effect")),
    "explain-field-at-least": Message(("分数线", "cut-off")),
    "explain-field-quota": Message(("名额", "quota")),
    "explain-field-cap": Message(("上限", "cap")),
    "explain-field-lasts": Message(("期限", "duration")),
    "explain-field-share": Message(("比例", "share")),
}

_BOUNDS: dict[str, Message] = {
    "bound-at-least": Message(("不低于 {bound}", "at least {bound}")),
    "bound-more-than": Message(("高于 {bound}", "more than {bound}")),
    "bound-at-most": Message(("不高于 {bound}", "at most {bound}")),
    "bound-less-than": Message(("低于 {bound}", "less than {bound}")),
    "bound-equals": Message(("为“{bound}”", "“{bound}”")),
    "bound-one-of": Message(("为 {bound} 之一", "one of {bound}")),
    "bound-unknown": Message(("某个未知的数", "an unknown number")),
    "bound-unknown-between": Message(
        ("某个未知的数，介于 {low} 与 {high}", "an unknown number, between {low} and {high}"),
    ),
}

_RULES: dict[str, Message] = {
    "rule-ratio": Message(
        (
            "{argument} ÷ 目标 {target} × 满分 {full} 分 {result} 分",
            "{argument} ÷ target {target} × full marks {full} {result}",
        ),
    ),
    "rule-ratio-one": Message(("{argument} × 满分 {full} 分 {result} 分", "{argument} × full marks {full} {result}")),
    "rule-ratio-full": Message(
        (
            "{argument}，达到目标 {target}，得满分 {full} 分",
            "{argument} reaches the target {target}: full marks {full}",
        ),
    ),
    "rule-ratio-lower": Message(
        (
            "目标 {target} ÷（{argument}）× 满分 {full} 分 {result} 分（越低越好）",
            "target {target} ÷ ({argument}) × full marks {full} {result} (the lower the better)",
        ),
    ),
    "rule-ratio-lower-full": Message(
        (
            "{argument}，不高于目标 {target}，得满分 {full} 分",
            "{argument} is within the target {target}: full marks {full}",
        ),
    ),
    "rule-ratio-floor": Message(
        (
            "{argument}，只达到目标 {target} 的 {share}%，低于起分线 {floor}%，不得分",
            "{argument} is {share}% of the target {target}, below the floor of {floor}%: no points",
        ),
    ),
    "rule-negative": Message(("{argument}，为负数，不得分", "{argument} is negative: no points")),
    "rule-when-zero-full": Message(
        ("{of}为 0，按规定得满分 {full} 分", "{of} is 0: full marks {full}, as the rule says"),
    ),
    "rule-when-zero-none": Message(("{of}为 0，按规定不得分", "{of} is 0: no points, as the rule says")),
    "rule-bands": Message(("{argument}，{band}，得 {points} 分", "{argument}, {band}: {points}")),
    "rule-linear": Message(
        (
            "{argument}，在 {x0} 与 {x1} 之间：{y0} +（{x} − {x0}）÷（{x1} − {x0}）×（{y1} − {y0}）{result} 分",
            "{argument}, between {x0} and {x1}: {y0} + ({x} − {x0}) ÷ ({x1} − {x0}) × ({y1} − {y0}) {result}",
        ),
    ),
    "rule-checklist": Message(
        (
            "{all} 项中具备 {got} 项（{have}），缺 {lack}，得 {points} 分",
            "{got} of {all} ({have}), lacking {lack}: {points}",
        ),
    ),
    "rule-checklist-full": Message(("{all} 项全部具备（{have}），得 {points} 分", "all {all} ({have}): {points}")),
    "rule-checklist-none": Message(("{all} 项均不具备（{lack}），不得分", "none of {all} ({lack}): no points")),
    "rule-checklist-needs-all": Message(
        ("须 {all} 项全部具备，缺 {lack}，不得分", "all {all} are needed; lacking {lack}: no points"),
    ),
    "rule-item-points": Message(("{label} {points} 分", "{label} {points}")),
    "rule-lookup": Message(("{label}为“{choice}”，得 {points} 分", "{label} “{choice}”: {points}")),
    "rule-count": Message(("{argument} × 每项 {each} 分 {result} 分", "{argument} × {each} each {result}")),
    "rule-count-start": Message(
        (
            "起评 {start} 分 + {argument} × 每项 {each} 分 {result} 分",
            "from {start}, + {argument} × {each} each {result}",
        ),
    ),
    "rule-deduct": Message(
        (
            "满分 {full} 分 − {argument} × 每项 {each} 分 {result} 分",
            "full marks {full} − {argument} × {each} each {result}",
        ),
    ),
    "rule-at-most": Message(("{words}，以 {most} 分为限", "{words}, at most {most}")),
    "rule-at-least": Message(("{words}，最低 {least} 分", "{words}, at least {least}")),
    "rule-rating": Message(
        (
            "{argument}，量程 {low} 至 {high}：（{x} − {low}）÷（{high} − {low}）× 满分 {full} 分 {result} 分",
            "{argument}, on a scale of {low} to {high}: ({x} − {low}) ÷ ({high} − {low}) × full marks {full} {result}",
        ),
    ),
    "rule-relative": Message(
        (
            "{argument}，与同场站点比较（{method}），位置 {place}（最好为 1，最差为 0）× 满分 {full} 分 {result} 分；增减站点会改变此分",
            "{argument}, against the stations scored together ({method}): place {place} (1 best, 0 worst) × full marks {full} {result}; adding a station changes it",
        ),
    ),
    "rule-relative-within": Message(("{method}，在同一 {group} 内", "{method}, within the same {group}")),
    "rule-method-minmax": Message(("极差法", "min-max")),
    "rule-method-rank": Message(("名次法", "rank")),
    "rule-method-percentile": Message(("百分位法", "percentile")),
    "rule-method-zscore": Message(("标准分法", "z-score")),
    "rule-scaled": Message(
        (
            "{words}；折算 {points} ÷ {out_of} × 满分 {full} 分 {result} 分",
            "{words}; scaled {points} ÷ {out_of} × full marks {full} {result}",
        ),
    ),
    "rule-rounded": Message(
        (
            "四舍五入到 {places} 位小数：{before} → {after} 分",
            "rounded half up at decimal place {places}: {before} → {after}",
        ),
    ),
    "rule-missing-zero": Message(
        ("{labels}未填，按框架规定记 0 分", "{labels} empty: 0, as the framework says"),
    ),
    "rule-missing-excluded": Message(
        (
            "{labels}未填，按框架规定不计入，由同级其余项目按比例分担",
            "{labels} empty: left out as the framework says; the others beside it stand in for it",
        ),
    ),
    "rule-inapplicable": Message(
        ("不适用，不计入：{condition}", "does not apply and is left out: {condition}"),
    ),
}

_FINDINGS: dict[str, Message] = {
    "condition": Message(("{value}（要求{bounds}）", "{value} (required: {bounds})")),
    "condition-state": Message(("{condition}，{state}", "{condition}: {state}")),
    "condition-when": Message(("{condition}（因{when}）", "{condition} (because {when})")),
    "condition-idle": Message(("不涉及（{when}）", "not asked ({when})")),
    "condition-all-unknown": Message(("要求未知", "what it requires is unknown")),
    "finding-rounding": Message(
        (
            "{before} 分四舍五入到 {places} 位小数，得 {after} 分",
            "{before}, rounded half up at decimal place {places}: {after}",
        ),
    ),
    "finding-no-rounding": Message(("{after} 分，不需取舍", "{after}, nothing to round")),
    "veto-holds": Message(("触发", "holds")),
    "veto-idle": Message(("未触发", "does not hold")),
    "veto-cannot-tell": Message(("无法判定，未作触发处理", "cannot tell; not applied")),
    "veto-grade": Message(("等次定为“{grade}”", "the grade becomes “{grade}”")),
    "veto-grade-at-most": Message(("等次最高为“{grade}”", "the grade is at most “{grade}”")),
    "veto-total": Message(("总分最高为 {total} 分", "the total is at most {total}")),
    "veto-changes-nothing": Message(("结果未因此改变", "it changes nothing here")),
    "finding-grade": Message(("{total} 分，{bounds}，为“{grade}”", "{total}, {bounds}: “{grade}”")),
    "finding-grade-vetoed": Message(("一票否决后为“{grade}”", "after vetoes “{grade}”")),
    "finding-quota-over": Message(
        ("“{grade}”名额已满，顺延为“{then}”", "the quota for “{grade}” is full: “{then}”"),
    ),
    "finding-rank": Message(("总分在 {stations} 个站点中列第 {rank} 名", "rank {rank} of {stations} by total")),
    "finding-rank-tied": Message(
        (
            "总分在 {stations} 个站点中列第 {rank} 名，与另外 {others} 个站点并列",
            "rank {rank} of {stations} by total, tied with {others} others",
        ),
    ),
    "explain-grade": Message(("等次“{grade}”", "grade {grade}")),
    "tier-reached": Message(("达到“{tier}”", "“{tier}” is reached")),
    "tier-none": Message(("未达到任何层级", "no tier is reached")),
    "tier-includes": Message(("包含“{tier}”的全部要求", "asks for all that “{tier}” asks")),
    "consequence-applies": Message(("适用", "applies")),
    "consequence-words": Message(
        ("“{when}”时适用，本库不作判定", "applies where “{when}”; not decided here"),
    ),
    "consequence-lasts": Message(("期限 {lasts}", "for {lasts}")),
    "duration-years": Message(("{count} 年", "{count} years")),
    "duration-months": Message(("{count} 个月", "{count} months")),
    "duration-days": Message(("{count} 天", "{count} days")),
    "consequence-share": Message(("比例 {share}%", "share {share}%")),
}

_GAPS: dict[str, Message] = {
    "gap-lost": Message(("失 {lost} 分（满分 {full} 分）：{regain}", "lost {lost} of {full}: {regain}")),
    "gap-deducted": Message(("扣 {lost} 分：{regain}", "{lost} taken off: {regain}")),
    "gap-need": Message(("{label}现为 {now}，{needed}即可得回", "{label} is {now}; {needed} regains it")),
    "gap-become": Message(("改为“{bound}”", "{bound}")),
    "gap-relative": Message(
        ("{label}取决于与同场其他站点的比较", "{label} depends on the stations scored together"),
    ),
    "gap-any": Message(("{label}填写任何值即可得回", "any value of {label} regains it")),
    "gap-endless": Message(("{label}取任何值都不能全部得回", "no value of {label} regains all of it")),
    "gap-divisor": Message(("{of}为 {now}，无从计算比值", "{of} is {now}: there is no ratio")),
    "gap-beyond": Message(("但允许的范围到 {bound} 为止", "but the range allowed ends at {bound}")),
}

_WHAT_IF: dict[str, Message] = {
    "what-if": Message(
        (
            "假设：{station} 的“{label}”由 {was} 改为 {then}，不是实际数据",
            "supposed, not data: “{label}” of {station} from {was} to {then}",
        ),
    ),
    "what-if-unknown": Message(
        ("框架没有“{input}”这项数据", "the framework has no input {input}"),
        ("相近的有：{near}", "close to it: {near}"),
    ),
    "what-if-derived": Message(
        ("“{label}”由其他数据算出，不能直接改", "“{label}” is made from other inputs and cannot be set"),
        ("改它所依据的数据：{parts}", "change what it is made from: {parts}"),
    ),
    "what-if-rated": Message(
        ("“{label}”由评分表汇总，不能直接改", "“{label}” is weighed from single ratings and cannot be set"),
        ("改评分表后重新计分", "change the ratings and score again"),
    ),
}

_DIFFERENCE: dict[str, Message] = {
    "diff-head": Message(
        ("两次评价比较：{stations} 个站点有变化", "Two evaluations compared; stations that differ: {stations}"),
    ),
    "diff-before": Message(("前：{signature}", "before: {signature}")),
    "diff-after": Message(("后：{signature}", "after: {signature}")),
    "diff-added": Message(("新增站点：{stations}", "Stations added: {stations}")),
    "diff-removed": Message(("减少站点：{stations}", "Stations gone: {stations}")),
    "diff-framework": Message(("框架的值有 {count} 处不同", "{count} values of the framework differ")),
    "diff-total": Message(("总分 {before} → {after}（{change}）", "total {before} → {after} ({change})")),
    "diff-total-same": Message(("总分不变，{before}", "total unchanged, {before}")),
    "diff-grade": Message(("等次 {before} → {after}", "grade {before} → {after}")),
    "diff-rank": Message(("名次 {before} → {after}", "rank {before} → {after}")),
    "diff-rank-by-others": Message(
        ("自身总分不变，名次因其他站点而变", "its own total is unchanged; the rank moved because of others"),
    ),
    "diff-amount": Message(("补助 {before} 元 → {after} 元", "subsidy {before} yuan → {after} yuan")),
    "diff-input": Message(("数据“{label}”：{before} → {after}", "data “{label}”: {before} → {after}")),
    "diff-input-round": Message(
        ("数据“{label}”（{round}）：{before} → {after}", "data “{label}” ({round}): {before} → {after}"),
    ),
    "diff-points": Message(("{label}：{before} → {after} 分（{change}）", "{label}: {before} → {after} ({change})")),
    "diff-gate": Message(("准入条件“{label}”：{before} → {after}", "entry condition “{label}”: {before} → {after}")),
    "diff-none": Message(("结果相同", "the results are the same")),
}

_EXCHANGE: dict[str, Message] = {
    "exchange-malformed": Message(
        ("不是成绩文件的格式：{reason}", "not the format of scores: {reason}"),
        ("格式见 docs/schema/scores-1.json", "the format is docs/schema/scores-1.json"),
    ),
    "exchange-framework-differs": Message(
        (
            "框架 {framework} 与计分时不同：现为 {sha256}，当时为 {expected}",
            "the framework {framework} is not the one that made the scores: it is {sha256}, it was {expected}",
        ),
        (
            "安装当时的版本，或用 framework= 给出当时的框架",
            "install that revision, or give the framework with framework=",
        ),
    ),
    "exchange-result-differs": Message(
        ("文件写的是 {found}，重新计算得 {again}", "it says {found}; computed again it is {again}"),
        ("以重新计算的为准，并查明文件在何处被改", "trust the computation, and find out where the file was changed"),
    ),
    "exchange-more": Message(("另有 {more} 处不同", "{more} more differences")),
}

_BUNDLE: dict[str, Message] = {
    "bundle-unreadable": Message(
        ("不是可读的存证文件：{reason}", "not a readable bundle: {reason}"),
        ("向保存者索取原件", "ask whoever kept it for the original"),
    ),
    "bundle-too-large": Message(
        ("文件有 {size} 字节，超过上限 {limit}", "the file has {size} bytes; the most is {limit}"),
    ),
    "bundle-part-differs": Message(
        ("{part} 的内容与清单所记不符，已被改动", "{part} is not what the manifest records: it was changed"),
        ("以原件为准", "trust the original"),
    ),
    "bundle-part-missing": Message(("缺少 {part}", "{part} is missing")),
    "bundle-part-extra": Message(("多出 {part}", "{part} does not belong here")),
    "bundle-container-differs": Message(
        (
            "各部分内容未变，但文件外层（压缩包结构）被改动，从第 {offset} 字节起",
            "the parts are as they were, but the container around them was changed, from byte {offset} on",
        ),
    ),
    "bundle-other-version": Message(
        ("由 {version} 版写成，现用 {here} 版核对", "written by version {version}, verified by version {here}"),
    ),
    "bundle-framework-elsewhere": Message(
        (
            "本机安装的 {framework} 与文件所附的框架不同",
            "the {framework} installed here is not the framework in the bundle",
        ),
        ("核对所附框架的来源", "find out where the framework in the bundle comes from"),
    ),
}

MESSAGES: dict[str, Message] = {
    **_HEADINGS,
    **_VALUES,
    **_BASIS,
    **_BOUNDS,
    **_RULES,
    **_FINDINGS,
    **_GAPS,
    **_WHAT_IF,
    **_DIFFERENCE,
    **_EXCHANGE,
    **_BUNDLE,
}
