"""What comparing places and years has to say."""

from __future__ import annotations

from stationeval.messages import Message

_COMPARE: dict[str, Message] = {
    "compare-needs-two": Message(
        ("比较至少需要两次评价", "a comparison needs at least two evaluations"),
        ("给出两次以上的评价，各有名称", "give two or more evaluations, each by its name"),
    ),
    "level-not-possible": Message(
        ("区间的置信水平须在0与1之间", "the level of an interval lies between 0 and 1"), ("例如 0.95", "such as 0.95")
    ),
    "compare-too-few": Message(
        (
            "{a} 与 {b} 只有 {common} 个共同站点，不足3个，谈不上排名是否一致",
            "{a} and {b} have {common} stations in common; with fewer than 3 nothing can be said of their rankings",
        ),
    ),
    "compare-all-equal": Message(
        (
            "{a} 或 {b} 的 {common} 个共同站点得分全部相同，排名相关没有定义",
            "all {common} common stations have the same total in {a} or in {b}: a correlation of ranks is not defined",
        ),
    ),
}

_DECOMPOSE: dict[str, Message] = {
    "decompose-total": Message(("总分之差", "difference of totals")),
    "decompose-total-rounding": Message(("总分取整", "rounding of the total")),
    "decompose-veto": Message(("一票否决", "vetoes")),
    "decompose-bonus": Message(("加分", "bonus")),
    "decompose-deductions": Message(("扣分", "deductions")),
    "decompose-whole": Message(("总分层面的处理", "done to the total")),
    "decompose-between": Message(
        ("between 是一个站点，或两个站点（组）", "between is one station, or two stations or groups"),
        ('例如 between=("甲镇", "乙镇")', 'such as between=("A", "B")'),
    ),
    "decompose-same": Message(
        ("两边是同一次评价的同一对象，没有差异可言", "both sides are the same of one evaluation: nothing differs"),
        ("给出两个站点，或两次评价", "name two stations, or give two evaluations"),
    ),
    "decompose-groups-unnamed": Message(
        ("给了分组列“{by}”，却没有说比较哪两组", "grouped by “{by}”, but not said which two groups"),
        ("between 写其中两个：{groups}", "between names two of: {groups}"),
    ),
    "decompose-no-group": Message(
        ("“{by}”中没有“{group}”这一组", "“{by}” has no group “{group}”"), ("有：{groups}", "there are: {groups}")
    ),
    "decompose-no-full-marks": Message(
        ("有一边的框架满分为零，无法换成得分率", "the full marks of one side are nothing: there are no rates"),
        ('改用 unit="points"', 'use unit="points"'),
    ),
    "decompose-full-marks-differ": Message(
        (
            "两个框架满分不同（{a} 与 {b}），分数之差含有满分之差",
            "full marks differ ({a} and {b}): the difference in points holds that difference",
        ),
        ('要比较得分率，用 unit="rate"', 'to compare rates, use unit="rate"'),
    ),
    "decompose-cannot-cross": Message(
        (
            "{data} 的数据不能按 {framework} 计分，尺度与表现因此分不开：{why}",
            "data of {data} cannot be scored under {framework}, so that yardstick and performance are not told apart: {why}",
        ),
        ("补齐所缺的输入，或只看各部分的差", "fill in the inputs that lack, or read the parts alone"),
    ),
    "decompose-input-differs": Message(
        (
            "两个框架都有“{label}”，但类型、单位或选项不同，不能互用",
            "both frameworks have “{label}”, but its type, unit or choices differ: it does not go over",
        ),
    ),
}

_GROUPS: dict[str, Message] = {
    "groups-nothing": Message(("没有可分组的评价", "there is nothing to group")),
    "groups-by-needed": Message(
        ("没有说按哪一列分组；随数据保留的列有：{kept}", "not said by which column; the columns kept are: {kept}"),
        ('读数据时写 keep=("county",)，再写 by="county"', 'read with keep=("county",), then by="county"'),
    ),
    "groups-by-out-of-place": Message(
        ("各组已由名称给出，不能再用 by", "the groups are given by name, so that by has no place"),
        ("去掉 by", "leave by out"),
    ),
    "group-empty": Message(
        ("分组列“{by}”是空的", "the group “{by}” is empty"),
        ("填上所属的组，或不含该站点", "fill it in, or leave the station out"),
    ),
    "full-marks-differ": Message(
        (
            "各框架满分不同（{marks}），分数不能直接比",
            "full marks differ ({marks}): points do not stand beside each other",
        ),
        ('改用 unit="rate"，比较得分率', 'use unit="rate" to compare shares of full marks'),
    ),
    "groups-alone": Message(
        (
            "这些组只有一个站点，组内离散度无从得知：{groups}",
            "these groups have one station each, whose spread cannot be told: {groups}",
        ),
    ),
    "groups-only-one": Message(
        ("“{by}”只有一组，没有组间可比", "“{by}” has one group alone: there is nothing to compare it with"),
    ),
    "groups-no-spread": Message(
        (
            "“{by}”每组只有一个站点，分不清差异与偶然",
            "every group of “{by}” has one station: difference and chance cannot be told apart",
        ),
    ),
    "groups-few": Message(
        (
            "“{by}”只有 {groups} 组，组间离散度估计得很粗",
            "“{by}” has {groups} groups: the spread between them is estimated only roughly",
        ),
    ),
    "groups-all-zero": Message(
        ("总分全部为零，泰尔指数与基尼系数没有定义", "all totals are 0: Theil and Gini are not defined"),
    ),
}

_YEARS: dict[str, Message] = {
    "years-few-common": Message(
        ("各年都参加评价的站点不足2个", "fewer than 2 stations stand in every year"),
        ("核对各年的站点名称是否一致", "see whether the stations are called the same every year"),
    ),
    "convergence-no-logarithm": Message(
        ("有站点总分为零，不能取对数", "a total is 0 and has no logarithm"),
        ('改用 scale="difference"', 'use scale="difference"'),
    ),
    "convergence-luck": Message(
        (
            "起点的偶然误差本身就使斜率为负（向均值回归）；落后者追上来，还要看标准差是否缩小",
            "luck in the first year alone makes the slope negative (regression to the mean); that the weak catch up shows in a standard deviation that falls as well",
        ),
    ),
    "convergence-few": Message(
        (
            "共同站点只有 {stations} 个，不足4个，估计不出斜率的误差",
            "{stations} common stations are fewer than 4: the error of a slope cannot be estimated",
        ),
    ),
    "convergence-equal-start": Message(
        ("首年各站点总分相同，没有斜率可言", "all stations began with the same total: there is no slope"),
    ),
    "mobility-classes": Message(
        (
            "不能把 {common} 个共同站点分成 {classes} 档",
            "{common} common stations cannot be cut into {classes} classes",
        ),
        ("至少2档，不多于共同站点数", "take at least 2, and no more than there are common stations"),
    ),
}

_LINK: dict[str, Message] = {
    "link-few-common": Message(
        ("共同站点不足 {fewest} 个，无从换算", "fewer than {fewest} common stations: there is nothing to link by"),
        ("换算要靠两种框架都评过的站点", "a link rests on stations that both frameworks evaluated"),
    ),
    "link-all-equal": Message(
        ("共同站点在一种框架下得分全部相同，无从换算", "the common stations all have the same total on one side"),
    ),
    "link-outside": Message(
        ("总分须在 {low} 与 {high} 之间", "the total lies between {low} and {high}"),
    ),
    "link-no-equating": Message(
        (
            "这是换算，不是等值：两种框架看的东西不同，换算值只说明在同类站点中的相对位置，不能代替另一种框架的评价",
            "this links, it does not equate: the frameworks look at different things, and a linked total tells a standing among such stations, not what the other framework would have found",
        ),
    ),
    "link-few": Message(
        (
            "只有 {common} 个共同站点（不足 {few} 个），换算随个别站点摆动，见 low 与 high",
            "the link rests on {common} common stations, fewer than {few}, and swings with single ones: see low and high",
        ),
    ),
    "link-unlike": Message(
        (
            "共同站点两边总分的相关系数只有 {correlation}，低于 {alike}，换算对单个站点没有多大意义",
            "the totals of the common stations correlate by {correlation}, below {alike}: the link says little of single stations",
        ),
    ),
    "link-beyond": Message(
        (
            "{stations} 个站点的总分超出共同站点的范围，换算值是外推",
            "{stations} stations have totals outside those of the common stations: their linked totals are extrapolated",
        ),
    ),
}

MESSAGES: dict[str, Message] = {**_COMPARE, **_DECOMPOSE, **_GROUPS, **_YEARS, **_LINK}
