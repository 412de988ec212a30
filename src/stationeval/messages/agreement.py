"""Agreement between raters: what stops it, what is worth saying of it, and how a coefficient is read."""

from __future__ import annotations

from stationeval.messages import Message

_ERRORS: dict[str, Message] = {
    "agreement-not-a-table": Message(
        (
            "评分须是一张表:一行一个被评对象,一列一名评委",
            "ratings are a table: one row a rated unit, one column a rater",
        ),
        ("缺的评分填 None", "write None where a rating is missing"),
    ),
    "agreement-cell": Message(
        ("这里要填数字", "a number belongs here"),
        ("缺的评分填 None", "write None where a rating is missing"),
    ),
    "agreement-infinite": Message(
        ("评分不能是无穷大,也不能超过 {most}", "a rating is finite and at most {most}"),
        ("改成实际评分,缺的填 None", "write the rating itself, or None where it is missing"),
    ),
    "agreement-mixed-labels": Message(
        ("类别有的是数字,有的是文字", "some categories are numbers and others text"),
        ("统一成一种写法", "write them all in one way"),
    ),
    "agreement-unordered": Message(
        ("文字类别没有先后,无法计算距离", "text has no order, so there is no distance between categories"),
        ("用 categories= 按从低到高列出类别", "list the categories from low to high with categories="),
    ),
    "agreement-category-unknown": Message(
        ("类别不在所列之中:{known}", "this category is none of {known}"),
        ("改正评分,或补进 categories=", "correct the rating, or add it to categories="),
    ),
    "agreement-category-twice": Message(
        ("categories= 中有重复的类别", "a category stands twice in categories="),
        ("每个类别只列一次", "list each category once"),
    ),
    "agreement-all-missing": Message(
        ("一个评分也没有", "there is no rating at all"),
        ("至少两名评委都评过至少两个对象", "two raters must both have rated two units at least"),
    ),
    "agreement-too-few-raters": Message(
        ("没有任何对象有两名以上评委的评分", "no unit has ratings by two raters"),
        (
            "一名评委谈不上一致性:请另一名评委也评同样的对象",
            "one rater agrees with nobody: have another rate the same units",
        ),
    ),
    "agreement-two-raters": Message(
        ("此系数只用于两名评委,表中有 {found} 列", "this coefficient is for two raters; the table has {found} columns"),
        ("两名以上评委用 fleiss_kappa 或 krippendorff_alpha", "for more raters use fleiss_kappa or krippendorff_alpha"),
    ),
    "agreement-too-few-units": Message(
        (
            "评分齐全的对象只有 {found} 个,至少要 {needs} 个",
            "{found} units have every rating that is needed; at least {needs} must",
        ),
        (
            "补齐评分;评分不全时可用 krippendorff_alpha",
            "complete the ratings; krippendorff_alpha takes incomplete ones",
        ),
    ),
    "agreement-constant": Message(
        (
            "所有评分都相同,没有差异可供衡量一致性",
            "every rating is the same: nothing varies, so agreement is not defined",
        ),
        (
            "看评分标准是否无法区分各站,而不要读作完全一致",
            "ask whether the scale tells stations apart at all; do not read it as perfect agreement",
        ),
    ),
    "agreement-below-zero": Message(
        ("比率尺度的评分不能为负", "ratings on a ratio scale are never below zero"),
        ('改用 metric="interval"', 'use metric="interval"'),
    ),
    "agreement-too-many-values": Message(
        (
            "有 {found} 个不同的评分,比率尺度最多 {most} 个",
            "{found} different ratings; the ratio metric takes {most} at most",
        ),
        ('改用 metric="interval"', 'use metric="interval"'),
    ),
    "agreement-confidence": Message(
        ("置信水平须在0与1之间", "a confidence level lies between 0 and 1"),
        ("例如 0.95", "0.95, for example"),
    ),
    "agreement-names": Message(
        (
            "评委名单有 {found} 个名字,表中有 {raters} 列",
            "{found} names of raters for {raters} columns, each name once",
        ),
        ("每列一个名字,不重复", "give one name a column, each once"),
    ),
    "agreement-nothing-rated": Message(
        ("{framework} 没有由评委评分的输入", "{framework} has no input that raters rate"),
        ("换一个含评分指标的框架", "choose a framework with rated indicators"),
    ),
    "agreement-no-rated-column": Message(
        ("评分表没有任何评分指标的列", "the ratings have no column of a rated input"),
        ("应有的列:{labels}", "columns there may be: {labels}"),
    ),
    "agreement-rater-empty": Message(
        ("没有写评委", "the rater is not named"),
        ("填上评委的姓名或编号,或去掉整列", "name the rater, or leave the whole column out"),
    ),
    "agreement-rated-twice": Message(
        (
            "同一评委对同一站点同一轮评了两次;第一次在{first}",
            "the same rater rates this station twice in one round; first at {first}",
        ),
        ("只留一行", "keep one row"),
    ),
}

_NOTES: dict[str, Message] = {
    "agreement-units-left-out": Message(
        ("{count} 个对象评分不全,未计入", "{count} units lack a rating and are left out"),
    ),
    "agreement-raters-unnamed": Message(
        (
            "评分表没有 rater 一列,不知道哪些评分出自同一人:只能比较评价主体,不算组内相关系数、和谐系数与去掉一人的影响",
            "no column `rater`: whose rating is whose is unknown, so only rater groups are compared, without ICC, W and the effect of leaving one out",
        ),
        ("加上 rater 一列", "add a column `rater`"),
    ),
    "agreement-raters-many": Message(
        (
            "评委有 {found} 名,超过 {most} 名:宽严按评价主体比较,不逐一去掉",
            "{found} raters, more than {most}: severity is compared between groups, and nobody is left out in turn",
        ),
    ),
    "agreement-raters-apart": Message(
        (
            "有评委没有评过共同的对象,分成 {parts} 部分;宽严只在各部分之内可比",
            "some raters share no rated unit: they fall into {parts} parts, and severity compares only within each",
        ),
        ("安排评委交叉评几个相同的站点", "have raters of each part rate a few stations in common"),
    ),
    "agreement-equal-weights": Message(
        (
            "总体一致性按各评分指标等权计算:框架没有给出它们各自的分值",
            "overall agreement weighs the rated inputs equally: the framework gives no points for each of them",
        ),
    ),
    "agreement-boot-undefined": Message(
        (
            "“{label}”有 {undefined} 次重抽样算不出系数,区间只据其余各次",
            "“{label}”: {undefined} resamples had no coefficient; the interval rests on the others",
        ),
    ),
    "agreement-needs-data": Message(
        (
            "没有算去掉一名评委后的名次:框架还要评分以外的数据",
            "ranks without each rater are not computed: the framework needs more than ratings",
        ),
        ("用 data= 给出站点数据表", "give the table of stations with data="),
    ),
    "agreement-not-scored": Message(
        (
            "没有算去掉一名评委后的名次:框架还不能计分",
            "ranks without each rater are not computed: the framework cannot score yet",
        ),
        ("选一个补全方案", "choose a completion"),
    ),
    "agreement-plain-means": Message(
        (
            "框架没有规定怎样合并各评委的评分:去掉一名评委后的名次按简单平均计算",
            "the framework does not say how ratings are combined: ranks without each rater take plain means",
        ),
    ),
    "agreement-cannot-leave-out": Message(
        (
            "去掉“{rater}”后有站点缺评分,算不出名次",
            "without “{rater}” some station has no rating, so there are no ranks",
        ),
    ),
}

_READINGS: dict[str, Message] = {
    "agreement-reads": Message(
        ("{name} = {value}{interval}:{word}({source})", "{name} = {value}{interval}: {word} ({source})"),
    ),
    "agreement-reads-low": Message(
        (";区间下限只到“{word}”", "; the interval reaches down to “{word}”"),
    ),
    "agreement-reliable": Message(("可靠", "reliable")),
    "agreement-tentative": Message(("只能得出试探性结论", "for tentative conclusions only")),
    "agreement-unreliable": Message(("不可靠", "not reliable")),
    "agreement-icc-excellent": Message(("极好", "excellent")),
    "agreement-icc-good": Message(("良好", "good")),
    "agreement-icc-moderate": Message(("中等", "moderate")),
    "agreement-icc-poor": Message(("较差", "poor")),
    "agreement-kappa-almost-perfect": Message(("几乎完全一致", "almost perfect")),
    "agreement-kappa-substantial": Message(("高度一致", "substantial")),
    "agreement-kappa-moderate": Message(("中等一致", "moderate")),
    "agreement-kappa-fair": Message(("一般", "fair")),
    "agreement-kappa-slight": Message(("轻微", "slight")),
    "agreement-kappa-poor": Message(("比偶然还差", "poor")),
    "agreement-w-very-strong": Message(("异常强", "unusually strong agreement")),
    "agreement-w-strong": Message(("强", "strong agreement")),
    "agreement-w-moderate": Message(("中等", "moderate agreement")),
    "agreement-w-weak": Message(("弱", "weak agreement")),
    "agreement-w-very-weak": Message(("极弱", "very weak agreement")),
}

_FINDINGS: dict[str, Message] = {
    "agreement-overall": Message(("全部评分指标", "all rated inputs")),
    "agreement-everyone": Message(("全体评委", "all raters")),
    "agreement-line": Message(("{label}({who}):{text}", "{label} ({who}): {text}")),
    "agreement-found": Message(("{label}:{text}", "{label}: {text}")),
    "found-wording": Message(
        (
            "评委对这一条的理解不同:去掉各人宽严之后仍不一致。先改写评分说明,再评",
            "raters read the wording differently: they disagree even once each one's severity is taken away. Rewrite what earns which mark",
        ),
    ),
    "found-severity": Message(
        (
            "评委理解一致,但宽严不同:去掉各人宽严之后就一致了。需要校准评委,不必改写条文",
            "raters read the wording alike but differ in severity: once it is taken away they agree. Calibrate the raters; the wording can stay",
        ),
    ),
    "found-stations-alike": Message(
        (
            "评委之间相差不大,是各站太相近,这一条区分不出高低",
            "raters are close to each other; it is the stations that hardly differ on it",
        ),
    ),
    "found-cannot-tell": Message(
        (
            "一致性低或算不出,现有评分分不清是宽严还是理解不同",
            "agreement is low or cannot be computed, and these ratings do not tell severity from wording",
        ),
    ),
    "found-tentative": Message(("大致一致,只能据以得出试探性结论", "raters roughly agree; conclusions stay tentative")),
    "found-alike": Message(("评委理解一致", "raters read it alike")),
    "rater-lenient": Message(("偏宽", "lenient")),
    "rater-severe": Message(("偏严", "severe")),
    "agreement-rater-line": Message(
        (
            "{rater} {word}:与一同评分者的平均相差 {value} 分(满分以100计)",
            "{rater} is {word}: {value} points of a hundred from the mean of those rating with them",
        ),
    ),
    "agreement-move-line": Message(
        (
            "去掉{rater},{moved}个站点名次变动;变动最大的{station}变动{farthest}位",
            "without {rater} the rank of {moved} stations changes; {station} moves farthest, by {farthest}",
        ),
    ),
}

MESSAGES: dict[str, Message] = {**_ERRORS, **_NOTES, **_READINGS, **_FINDINGS}
