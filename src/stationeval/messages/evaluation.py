"""What stops an evaluation, or is worth saying of its results."""

from __future__ import annotations

from stationeval.messages import Message

MESSAGES: dict[str, Message] = {
    "column-absent": Message(
        ("表中没有“{label}”一列，计分需要它", "the table has no column “{label}”, and scoring needs it"),
        ("补上这一列（列名可写 {input} 或 {label}）", "add the column, headed {input} or {label}"),
    ),
    "column-absent-note": Message(
        (
            "表中没有“{label}”一列，按框架的缺失规则({policy})处理",
            "no column “{label}”; treated by the framework's policy for missing values ({policy})",
        ),
    ),
    "missing-value": Message(
        ("“{label}”没有填写，计分需要它", "“{label}” is empty, and scoring needs it"),
        (
            "按佐证材料填写；框架没有允许缺失",
            "fill it from the evidence; the framework does not allow it to be missing",
        ),
    ),
    "missing-payment-input": Message(
        (
            "“{label}”没有填写，该站符合补助条件，金额要用到它",
            "“{label}” is empty; the station is entitled to money that is computed from it",
        ),
        ("补填后再计算补助", "fill it in, then compute the subsidy"),
    ),
    "rounds-expected": Message(
        (
            "框架分 {rounds} 几轮评价，表中没有“轮次”列",
            "the framework has the rounds {rounds}, and the table has no column `round`",
        ),
        (
            "加一列“轮次”；只评其中一轮时，用 round= 指明",
            "add a column `round`, or name the one round with round=",
        ),
    ),
    "round-unknown": Message(
        ("框架没有“{round}”这一轮，只有 {rounds}", "the framework has no round {round}, only {rounds}"),
        ("改用框架的轮次", "use one of the framework's rounds"),
    ),
    "round-missing": Message(
        ("{station} 缺“{round}”这一轮", "{station} has no row for the round “{round}”"),
        ("补上这一轮，或用 round= 只评已有的一轮", "add it, or score one round alone with round="),
    ),
    "round-disagrees": Message(
        (
            "“{label}”两轮填写不同；全年只用一次的数，取最后一轮的 {value}",
            "“{label}” differs between rounds; what is used once a year is taken from the last round: {value}",
        ),
    ),
    "nothing-applies": Message(
        (
            "{station} 没有任何一项适用或填写，算不出总分",
            "nothing applies to {station} or is filled in, so it has no total",
        ),
        ("至少填写一项", "fill in at least one indicator"),
    ),
    "group-absent": Message(
        ("表中没有“{group}”一列，分组需要它", "the table has no column “{group}” to group by"),
        ("补上这一列，并用 keep=({group!r},) 读入", "add it, and read it with keep=({group!r},)"),
    ),
    "total-too-large-here": Message(
        ("{station} 的总分位数过多", "{station}: the total has too many digits"),
        ("核对没有上限的加分项所填的数量", "check the numbers given for a bonus without a limit"),
    ),
    "too-large-to-pay": Message(
        ("算出的金额位数过多", "the amount has too many digits"),
        ("检查基数和比例", "check the base and the rate"),
    ),
    "unknown-blocks": Message(
        ("{ability} 需要 {path}，而它未知({why})", "{ability} needs {path}, which is unknown ({why})"),
        (
            "选用一个补全(completion)，或用 fw.complete({{...}}) 填入",
            "choose a completion, or fill it with fw.complete({{...}})",
        ),
    ),
    "not-defined": Message(
        ("{framework} 没有规定{ability}", "{framework} does not define {ability}"),
        ("它能回答：{answers}", "it can answer: {answers}"),
    ),
    "no-such-station": Message(
        ("结果中没有“{station}”", "the results have no station “{station}”"),
        ("{near}", "{near}"),
    ),
    "quota-tie": Message(
        (
            "{station} 与名额线上的站点同分，“{grade}”名额不够，顺延到下一等级",
            "{station} ties across the line of the quota for “{grade}”, and moves to the next grade",
        ),
    ),
    "quota-over": Message(
        (
            "{station} 够“{grade}”的分，但名额已满，顺延到下一等级",
            "{station} has the points for “{grade}”, but its quota is full; it moves to the next grade",
        ),
    ),
    "gate-cannot-tell": Message(
        (
            "有 {count} 个站点的“{gate}”无法判定：{stations}",
            "cannot tell whether “{gate}” is met at {count} stations: {stations}",
        ),
        ("补填所需数据，或等待来源补全", "fill in what it asks for, or wait for the source"),
    ),
    "relative-rule": Message(
        (
            "“{label}”是相对计分（赛马）：增减一个站点会改变其他站点的得分",
            "“{label}” is scored relative to the others: adding a station changes their points",
        ),
    ),
    "rating-missing": Message(
        ("{station} 的“{label}”没有“{raters}”的评分", "{station} has no rating of “{label}” by “{raters}”"),
        ("补上这组评分", "add this group's ratings"),
    ),
    "rater-group-unknown": Message(
        (
            "框架没有“{raters}”这一评价主体，只有 {known}",
            "the framework has no rater group “{raters}”, only {known}",
        ),
        ("改用框架的评价主体", "use one of the framework's groups"),
    ),
    "rater-group-absent": Message(
        ("评分表没有“评价主体”一列", "the ratings have no column `rater_group`"),
        ("加一列，写明每行是谁的评分", "add it, naming whose rating each row is"),
    ),
    "too-few-ratings": Message(
        (
            "{station} 的“{label}”，“{raters}”只有 {count} 个评分，少于 {needs} 个，不去最高最低分",
            "{station}: only {count} ratings of “{label}” by “{raters}”, fewer than {needs}: nothing is trimmed",
        ),
    ),
    "ratings-aggregated": Message(
        (
            "“{label}”按表中已汇总的评分计算，没有分评价主体的评分表",
            "“{label}” is taken as already aggregated: no table of single ratings was given",
        ),
    ),
}
