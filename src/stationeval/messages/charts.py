"""Words on pictures, and what stops one from being drawn."""

from __future__ import annotations

from stationeval.messages import Message

_WORDS: dict[str, Message] = {
    "chart-source": Message(("依据：", "made by: ")),
    "chart-rank-intervals": Message(("可能的名次范围", "ranks that each station can hold")),
    "chart-rank-now": Message(("现有权重下的名次", "rank at the weights as they are")),
    "chart-rank-axis": Message(("名次", "rank")),
    "chart-acceptability": Message(("各名次的可能性（%）", "how likely each rank is (%)")),
    "chart-grades": Message(("各等级的可能性", "how likely each grade is")),
    "chart-probability-axis": Message(("可能性（%）", "probability (%)")),
    "chart-no-grades": Message(
        (
            "没有等级可画：框架没有等级，或分析的只是得分率",
            "no grades to draw: the framework has none, or these are plain rates",
        )
    ),
    "chart-stability": Message(("权重可以变动多少", "how far each weight may move")),
    "chart-rank-holds": Message(("名次都不变", "no rank changes")),
    "chart-grade-holds": Message(("等级都不变", "no grade changes")),
    "chart-weight-now": Message(("现有权重", "weight as it is")),
    "chart-weight-axis": Message(
        ("权重（占总分%，其余指标按比例增减）", "weight (% of the whole; the others keep their proportions)")
    ),
    "chart-agreement": Message(("评分者之间是否一致", "how far raters agree")),
    "chart-agreement-axis": Message(
        (
            "一致性系数（低于0.667不宜下结论，0.8以上可靠）",
            "agreement (below 0.667 conclude nothing, from 0.8 reliable)",
        )
    ),
    "chart-not-defined": Message(("没有定义", "not defined")),
    "chart-contributions": Message(("从“{a}”到“{b}”：差在哪里", "from “{a}” to “{b}”: what the difference is made of")),
    "chart-side-a": Message(("前者", "the first")),
    "chart-side-b": Message(("后者", "the second")),
    "chart-performance": Message(("表现不同", "performance")),
    "chart-yardstick": Message(("尺度不同", "yardstick")),
    "chart-rest": Message(("其余 {count} 项", "{count} more")),
    "chart-points-axis": Message(("得分", "points")),
    "chart-rate-axis": Message(("得分率（%）", "share of full marks (%)")),
    "chart-axis-cut": Message(("（横轴不从0开始）", " (the axis does not begin at 0)")),
    "chart-funnel": Message(("平均分与站点数：哪些差异不是偶然", "means and numbers of stations: what is not chance")),
    "chart-limit-95": Message(("95%偶然范围", "95 % limits of chance")),
    "chart-limit-998": Message(("99.8%偶然范围", "99.8 % limits of chance")),
    "chart-mean": Message(("全部站点平均", "mean of all stations")),
    "chart-stations-axis": Message(("站点数", "stations")),
    "chart-slopes": Message(("名次的变化", "ranks over time")),
}

_ERRORS: dict[str, Message] = {
    "chart-library-needed": Message(
        ("画图需要 matplotlib", "pictures need matplotlib"),
        ("pip install 'stationeval[plot]'", "pip install 'stationeval[plot]'"),
    ),
    "chart-no-font": Message(
        ("找不到含汉字的字体，图中的汉字会成为方框", "there is no font with Chinese: its characters would be boxes"),
        (
            "pip install 'stationeval[plot]'，或 apt-get install fonts-noto-cjk",
            "pip install 'stationeval[plot]', or apt-get install fonts-noto-cjk",
        ),
    ),
    "chart-type-unknown": Message(
        ("图片只能存为 {known}", "a picture is written as one of {known}"),
        ("改用这些扩展名", "use one of these suffixes"),
    ),
    "chart-not-a-table": Message(
        ("{name} 不是结果表，也不带结果表", "{name} is no table of results and has none"),
    ),
    "chart-column-lacks": Message(("{name} 缺少这些列：{columns}", "{name} lacks these columns: {columns}")),
    "chart-rows": Message(
        ("一张图画得下1到{most}行", "a picture shows from 1 to {most} rows"),
        ("按县区分开画，或只画一部分", "draw counties one by one, or a part"),
    ),
}

MESSAGES: dict[str, Message] = {**_WORDS, **_ERRORS}
