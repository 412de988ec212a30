"""What stops an analysis of results, or is worth saying of it."""

from __future__ import annotations

from stationeval.messages import Message

MESSAGES: dict[str, Message] = {
    "weights-unreadable": Message(
        ("看不懂这条权重约束", "this constraint on weights cannot be read"),
        (
            "写成 a >= b、0.1 <= a <= 0.3、a + b == 0.5 的样子；名称中有其他符号时加反引号",
            "write it like a >= b, 0.1 <= a <= 0.3 or a + b == 0.5; a name with other signs goes in backquotes",
        ),
    ),
    "weights-strict": Message(
        ("权重约束不能用严格的大于或小于", "a constraint on weights is not strict"),
        ("改用 >= 或 <=", "use >= or <="),
    ),
    "weights-unknown-name": Message(
        ("没有名为 {name} 的权重；最接近的是 {near}", "no weight is called {name}; the nearest is {near}"),
        ("用指标或维度的代号", "use the id of an indicator or dimension"),
    ),
    "weights-too-many": Message(("权重约束超过 {most} 条", "more than {most} constraints on weights")),
    "weights-infeasible": Message(
        (
            "没有任何权重能同时满足这些约束（权重非负、合计为1）：{constraints}",
            "no weights (none negative, their sum 1) meet these constraints together: {constraints}",
        ),
        ("放宽或去掉其中一条", "relax or drop one of them"),
    ),
    "weights-nothing": Message(
        ("总分或轮次权重合计为零，谈不上各项权重", "the full marks or the weights of the rounds sum to nothing"),
    ),
    "seed-needed": Message(
        ("随机种子须为非负整数，0也算", "a seed is a whole number from 0 on"),
        ("给出 seed=,同一种子总得同一结果", "give seed=; the same seed always gives the same result"),
    ),
    "draws-needed": Message(
        ("抽样次数须为1到{most}的整数", "the number of draws is a whole number from 1 to {most}"),
    ),
    "analysis-choice": Message(
        ("{name} 只能是 {known} 之一", "{name} is one of {known}"),
    ),
    "analysis-no-station": Message(("没有名为 {station} 的站点", "no station is called {station}")),
    "analysis-too-many": Message(
        ("此分析最多容纳 {most} 个站点", "this analysis holds at most {most} stations"),
        ("按县区分开做", "analyse counties one by one"),
    ),
    "analysis-left-out": Message(
        (
            "{station} 的“{name}”不计分，其余各项代它计分，总分因此不是权重与得分率之和",
            "“{name}” is left out at {station} and its siblings stand for it, so totals are no sum of weights and rates",
        ),
        (
            '改用 level="dimension",或不含该站点',
            'use level="dimension", or leave the station out',
        ),
    ),
    "analysis-one-station": Message(
        ("只有一个站点，名次总是1", "there is one station alone; its rank is always 1"),
    ),
    "analysis-constant": Message(
        (
            "“{name}”各站点得分率相同，它的权重不改变名次",
            "all stations have the same rate of “{name}”: its weight changes no rank by itself",
        ),
    ),
    "rates-shape": Message(
        ("得分率应为“站点 × 指标”的数表，不能为空", "rates are a table of stations by indicators, not empty"),
    ),
    "rate-not-a-number": Message(
        ("得分率不是有限的数", "the rate is not a finite number"),
        ("补全或去掉这一格所在的站点或指标", "fill it in, or leave out its station or indicator"),
    ),
    "rate-missing": Message(
        ("得分率没有填写", "the rate is empty"),
        ("补全或去掉这一格所在的站点或指标", "fill it in, or leave out its station or indicator"),
    ),
    "rates-station-twice": Message(("站点名称有重复", "a station stands twice")),
}
MESSAGES |= {
    "errors-need-scores": Message(
        ("只有评分结果才能给数据项加误差,光有得分率不行", "errors of inputs need scores, not plain rates"),
    ),
    "error-no-input": Message(
        ("“{name}”不是已填报的数值数据项,不能给它加误差", "“{name}” is no numeric input of these scores"),
    ),
    "error-unreadable": Message(
        (
            "看不懂“{name}”的误差;可用 {known},数值须大于零",
            "the error of “{name}” cannot be read; use {known}, above 0",
        ),
        (
            '写成 {{"rounded_to": 10}}、{{"deviation": 3, "raters": 5}} 或 {{"answers": 120}}',
            'write {{"rounded_to": 10}}, {{"deviation": 3, "raters": 5}} or {{"answers": 120}}',
        ),
    ),
    "error-no-maximum": Message(
        (
            "“{name}”没有最大值,只给样本量算不出抽样误差",
            "“{name}” has no maximum: the number of answers alone gives no sampling error",
        ),
        ("再给出单个回答的标准差 deviation", "add the deviation of one answer"),
    ),
}
MESSAGES |= {
    "target-needed": Message(
        ("等次、名次、级别三者须指明且只指明一个", "give exactly one of grade, rank and tier"),
    ),
    "target-unknown": Message(("没有这个目标;可选 {known}", "there is no such target; known are {known}")),
    "limit-unreadable": Message(
        ("看不懂这个界限", "this limit cannot be read"),
        ("写成(最小,最大),不设界的一端写 None", "write (least, most), None for an open end"),
    ),
    "requirement-missing": Message(
        (
            "缺少这一数据项,不知道离要求还差多少",
            "this input is missing, so how far it is from the requirement is unknown",
        ),
        ("先补填", "fill it in first"),
    ),
}
MESSAGES |= {
    "weights-set": Message(
        (
            "权重组“{name}”须给每项一个非负数,且合计不为零;各项为 {known}",
            "the weights “{name}” need a number from 0 for each of {known}, and a sum above 0",
        ),
    ),
    "weights-not-free": Message(
        (
            "权重受约束,各权重不独立,方差分解不适用",
            "constraints make weights depend on one another: no shares of variance",
        ),
        ('改用 release="all",或用 acceptability', 'use release="all", or acceptability'),
    ),
    "draws-power": Message(("此处的抽样次数须为2的幂", "the number of draws is a power of two here")),
    "analysis-share": Message(("应大于0且不大于1", "it is above 0 and at most 1")),
    "sensitivity-too-many": Message(("组合超过 {most} 种", "more than {most} combinations")),
}
