"""What can be wrong with a framework, completion or amendment."""

from __future__ import annotations

from stationeval.messages import Message

_VOCABULARY: dict[str, Message] = {
    "missing-key": Message(("缺少“{key}”", "“{key}” is missing"), ("请补上 {key}", "add {key}")),
    "unknown-key": Message(
        ("这里没有“{key}”这个键", "there is no key “{key}” here"), ("可以写：{near}", "it may be: {near}")
    ),
    "null-value": Message(
        ("值是空的", "the value is empty"),
        (
            "不知道就写 {{unknown: not-published}}，不需要就删去这一行",
            "write {{unknown: not-published}}, or remove the line",
        ),
    ),
    "expected-number": Message(
        ("应为数字", "a number is expected"), ("数字不加引号，不带单位", "no quotes and no unit")
    ),
    "expected-integer": Message(("应为整数", "a whole number is expected")),
    "expected-text": Message(
        ("应为文字", "text is expected"),
        ("编号、年份和代码请加引号", "put codes, years and numbers that are names in quotes"),
    ),
    "expected-boolean": Message(("应为 true 或 false", "true or false is expected")),
    "expected-mapping": Message(
        ("应为“键: 值”的一组", "a mapping of “key: value” is expected"), ("请写成 {{键: 值}}", "write {{key: value}}")
    ),
    "expected-list": Message(("应为列表", "a list is expected"), ("请写成 [a, b]", "write [a, b]")),
    "expected-plain-value": Message(("应为单个的值", "a single value is expected")),
    "not-one-of": Message(
        ("不在允许的词里", "not one of the words allowed here"), ("可以写：{near}", "it may be: {near}")
    ),
    "not-allowed": Message(("这里不能写这个值", "this value is not allowed here")),
    "too-few-entries": Message(("至少要有 {limit} 项", "at least {limit} entries are needed")),
    "too-many-entries": Message(("至多 {limit} 项", "at most {limit} entries are allowed")),
    "number-too-small": Message(("不得小于 {limit}", "must be at least {limit}")),
    "number-too-large": Message(("不得大于 {limit}", "must be at most {limit}")),
    "bad-jurisdiction-code": Message(
        ("行政区划代码是六位数字(GB/T 2260)", "a jurisdiction code has six digits (GB/T 2260)"),
        ('例如 "330481",要加引号', 'as in "330481", in quotes'),
    ),
    "bad-duration": Message(("应为时长，例如 P2Y 或 P6M", "a duration is expected, as P2Y or P6M")),
    "not-an-id": Message(
        ("名称只用小写字母、数字和连字符", "an id has small letters, digits and hyphens only"),
        ("例如 haining-sppe", "as in haining-sppe"),
    ),
    "not-a-date": Message(("应为日期，例如 2021-01-31", "a day is expected, as 2021-01-31")),
    "no-text": Message(("至少要有 zh 或 en", "at least one of zh and en is needed")),
    "too-many-problems": Message(("问题太多，另有 {more} 处未列出", "too many problems; {more} more are not listed")),
    "too-many-checks": Message(
        ("问题超过 {limit} 处，检查到此为止", "more than {limit} problems; checking stopped here")
    ),
    "bounds-crossed": Message(("下限大于上限", "the lower bound is above the upper one")),
}

_TREE: dict[str, Message] = {
    "points-and-weight": Message(
        ("同时写了 points 和 weight", "both points and weight"), ("只留一个", "keep one of them")
    ),
    "points-beside-weights": Message(
        ("同一级里有的写 points,有的写 weight", "some siblings have points and others a weight"),
        ("同一级请用同一种写法", "siblings must use the same one"),
    ),
    "points-do-not-add-up": Message(
        ("下级分值合计 {sum}，与 {points} 不符", "what is inside adds up to {sum}, not to {points}"),
        ("请核对分值，或改用 weight", "check the points, or use weight"),
    ),
    "no-total": Message(
        ("用了 weight 却没有 total", "weights without a total"),
        (
            "请写 total;不知道就写 {{unknown: not-published}}",
            "give a total; where it is not known, {{unknown: not-published}}",
        ),
    ),
    "no-points": Message(
        ("既没有 points 也没有 weight", "neither points nor weight"),
        (
            "不知道就写 points: {{unknown: not-published}}",
            "where they are not known: points: {{unknown: not-published}}",
        ),
    ),
    "not-positive": Message(("必须大于 0", "must be more than 0")),
    "rule-and-indicators": Message(
        ("同时有 rule 和 indicators", "both a rule and indicators"),
        ("计分规则请放到最末级指标上", "put the rule on the innermost indicators"),
    ),
    "neither-rule-nor-indicators": Message(
        ("既没有 rule 也没有 indicators", "neither a rule nor indicators"),
        ("不知道就写 rule: {{unknown: not-published}}", "where it is not known: rule: {{unknown: not-published}}"),
    ),
    "no-indicators": Message(
        ("indicators 是空的", "there are no indicators in it"),
        (
            "不知道就写 indicators: {{unknown: not-published}}",
            "where they are not known: indicators: {{unknown: not-published}}",
        ),
    ),
    "total-too-large": Message(
        (
            "总分乘以小数位（{places} 位）后超出可精确计算的范围",
            "the total at {places} decimal places is too large to compute exactly",
        ),
    ),
    "id-twice": Message(
        ("编号“{name}”用了两次，第一次在第 {first} 行", "the id “{name}” is used twice, first on line {first}"),
        (
            "全部维度、指标、加减分项的编号不得重复",
            "ids of dimensions, indicators, bonus and deduction items must all differ",
        ),
    ),
    "bad-key": Message(
        ("编号不能为空，不能有首尾空格和方括号", "an id may not be empty, nor have outer blanks or square brackets")
    ),
    "claim-not-met": Message(
        ("来源说 {claim} 为 {equals}，这里是 {found}", "the source says {claim}: {equals}; here it is {found}"),
        ("请核对 facts 与内容", "compare facts with what is there"),
    ),
}

_RULES: dict[str, Message] = {
    "out-of-missing": Message(
        (
            "指标用 weight,规则里写了分数，却没有 out_of",
            "the indicator has a weight and the rule writes points, but there is no out_of",
        ),
        ("请写 out_of:规则按多少分计", "say with out_of what full marks are in the rule"),
    ),
    "item-without-points": Message(
        (
            "这种规则要从满分算起，加减分项须写 points",
            "this kind of rule starts from full marks, so the item needs points",
        )
    ),
    "more-than-full-marks": Message(("超过满分 {full}", "more than full marks, {full}")),
    "full-marks-out-of-reach": Message(
        ("最多只能得 {best} 分，得不到满分 {full}", "the most that can be earned is {best}, never the full {full}")
    ),
    "points-below-zero": Message(
        ("得分小于 0", "points below 0"), ("扣分请放到 deductions", "put deductions in deductions")
    ),
    "target-out-of-reach": Message(
        ("目标超过输入的最大值 {most}", "the target is above the most that the input may be, {most}")
    ),
    "otherwise-not-last": Message(("otherwise 必须在最后", "otherwise must come last")),
    "otherwise-missing": Message(
        ("最后一档缺少 otherwise", "the last band must be otherwise"),
        ("例如 - {{otherwise: 0}}", "as in - {{otherwise: 0}}"),
    ),
    "otherwise-unreachable": Message(
        (
            "前面各档已覆盖“{name}”的全部取值，otherwise 永远用不到",
            "the bands above cover all that {name} may be; otherwise is never reached",
        )
    ),
    "band-malformed": Message(
        (
            "每档写 at_least 或 more_than 之一和 points,末档只写 otherwise",
            "a band has one of at_least and more_than, and points; the last has otherwise only",
        )
    ),
    "unreachable-band": Message(
        ("上一档的下限是 {above}，这一档永远用不到", "the band above starts at {above}; this one is never reached"),
        ("各档从高到低排列", "write bands from the highest down"),
    ),
    "band-beyond-input": Message(
        ("超出输入“{name}”的最大值，永远达不到", "above the most that {name} may be; never reached")
    ),
    "knots-not-rising": Message(("x 必须递增，前一个是 {before}", "x must rise; the one before is {before}")),
    "choice-without-points": Message(("选项没有分数：{choices}", "choices without points: {choices}")),
    "not-a-choice": Message(("不是输入的选项", "not a choice of the input"), ("可以写：{near}", "it may be: {near}")),
    "when-zero-missing": Message(
        ("除数“{of}”可能为 0，却没有 when_zero", "the divisor {of} may be 0, and there is no when_zero"),
        ("请写 when_zero,或在输入上写 more_than: 0", "add when_zero, or more_than: 0 to the input"),
    ),
    "when-zero-without-of": Message(("没有除数 of,when_zero 没有意义", "when_zero without of says nothing")),
    "rating-without-range": Message(("评分输入须有 min 和 max", "a rated input needs min and max")),
}

_NAMES: dict[str, Message] = {
    "no-such-input": Message(
        ("没有“{name}”这个输入", "there is no input “{name}”"), ("可能是：{near}", "it may be: {near}")
    ),
    "input-of-wrong-type": Message(
        (
            "输入“{name}”的类型是 {type}，这里要 {types}",
            "input “{name}” is of type {type}; here it must be one of {types}",
        )
    ),
    "reserved-name": Message(
        ("这是数据表或结果表的列名，不能用作 id", "this is a header of data or results, and cannot be an id"),
        ("换一个 id", "choose another id"),
    ),
    "unused-input": Message(("输入“{name}”没有任何规则用到", "nothing uses input “{name}”")),
    "same-label": Message(
        ("名称“{other}”的输入也叫这个", "input “{other}” goes by this as well"),
        ("表头靠名称识别，请区分", "headers are matched by it; make them differ"),
    ),
    "choice-without-choices": Message(("choice 至少要有两个选项", "a choice needs at least two choices")),
    "choices-of-non-choice": Message(("类型是 {type}，不能有 choices", "type is {type}, which has no choices")),
    "choice-twice": Message(("选项重复", "the same choice twice")),
    "range-of-non-number": Message(("类型是 {type}，不能有数值范围", "type is {type}, which has no range of numbers")),
    "range-crossed": Message(("最大值须大于最小值 {least}", "the most must be more than the least, {least}")),
    "places-out-of-range": Message(("小数位应为 0 到 6", "decimal places are from 0 to 6")),
    "derived-is-input": Message(("与输入同名", "an input has the same name")),
    "derived-from-derived": Message(("不能从派生值再派生", "a derived value cannot be made from a derived one")),
    "derived-needs-two": Message(("{kind} 要且只要两个输入", "{kind} takes exactly two inputs")),
    "condition-empty": Message(
        ("条件没有写要求", "the condition asks for nothing"), ("例如 at_least: 6", "as in at_least: 6")
    ),
    "condition-impossible": Message(
        ("与 {other} {limit} 矛盾，永远不成立", "at odds with {other} {limit}; it can never hold")
    ),
    "times-without-bound": Message(("times 只能与数值界限同用", "times needs a bound to multiply")),
    "value-of-wrong-type": Message(("与输入的类型 {type} 不符", "not a value of the input's type, {type}")),
    "no-such-grade": Message(
        ("没有“{name}”这个等级", "there is no grade “{name}”"), ("可能是：{near}", "it may be: {near}")
    ),
    "no-such-tier": Message(
        ("没有“{name}”这个档次", "there is no tier “{name}”"), ("可能是：{near}", "it may be: {near}")
    ),
    "no-such-gate": Message(
        ("没有“{name}”这个准入条件", "there is no gate “{name}”"), ("可能是：{near}", "it may be: {near}")
    ),
    "no-such-veto": Message(
        ("没有“{name}”这个否决项", "there is no veto “{name}”"), ("可能是：{near}", "it may be: {near}")
    ),
    "no-such-node": Message(
        ("没有“{name}”这个维度或指标", "there is no dimension or indicator “{name}”"),
        ("可能是：{near}", "it may be: {near}"),
    ),
}

_SECTIONS: dict[str, Message] = {
    "grade-malformed": Message(
        ("等级要写 at_least 或 otherwise: true 之一", "a grade has one of at_least and otherwise: true")
    ),
    "grade-otherwise-not-last": Message(("otherwise 的等级必须在最后", "the grade with otherwise must come last")),
    "grade-otherwise-missing": Message(
        ("最后一个等级缺少 otherwise", "the last grade must be otherwise"),
        ("例如 不合格: {{otherwise: true}}", "as in fail: {{otherwise: true}}"),
    ),
    "grades-out-of-order": Message(
        ("等级须从高到低，上一等级的下限是 {above}", "grades go from the highest down; the one above starts at {above}")
    ),
    "grade-out-of-reach": Message(("不在总分范围 0 到 {most} 内", "outside the range of the total, 0 to {most}")),
    "not-a-share": Message(
        ("应为 0 到 1 之间的比例", "a share from 0 to 1 is expected"), ("40% 写成 0.4", "write 40% as 0.4")
    ),
    "effect-malformed": Message(
        ("只能写 grade、grade_at_most、total 之一", "exactly one of grade, grade_at_most and total")
    ),
    "tier-not-lower": Message(
        ("只能包含更低的档次", "only a lower tier can be included"), ("可以写：{near}", "it may be: {near}")
    ),
    "round-without-weight": Message(
        ("轮次没有 weight", "a round without weight"),
        ("不知道就写 {{unknown: not-published}}", "where it is not known: {{unknown: not-published}}"),
    ),
    "weights-not-one": Message(("{section} 的权重合计须为 1", "the weights of {section} must add up to 1")),
    "trim-drops-all": Message(
        ("去掉 {dropped} 个评分后没有剩余", "nothing is left once {dropped} ratings are dropped"),
        ("needs 须大于去掉的个数", "needs must be more than what is dropped"),
    ),
    "raters-rate-nothing": Message(("有评分主体，却没有评分类输入", "there are raters but no rated input")),
    "below-zero": Message(("不得小于 0", "must not be below 0")),
    "odd-money-unit": Message(
        ("金额单位应为 0.01、0.1、1、10 或 100 元", "money is rounded to 0.01, 0.1, 1, 10 or 100 yuan")
    ),
    "pool-without-score": Message(("没有评分，不能按分数或名次分配", "there is no score to share by")),
    "amounts-not-rising": Message(
        ("金额须逐档提高，低一档是 {below}", "amounts must rise with the tier; the lower one is {below}")
    ),
    "target-malformed": Message(("只能写 share 或 count 之一", "exactly one of share and count")),
    "item-without-period": Message(("写了 min 就要写 unit 和 per", "min needs unit and per")),
    "declared-not-met": Message(("实际有 {found} 个", "there are {found}")),
    "contest-without-rounds": Message(("竞赛没有轮次", "a contest without rounds")),
    "not-a-count": Message(("应为不小于 1 的整数", "a whole number from 1 up is expected")),
    "consequence-malformed": Message(
        (
            "when 只能写 grade、veto、gate_not_met 或文字之一",
            "when has exactly one of grade, veto, gate_not_met and words",
        )
    ),
}

_GROUNDS: dict[str, Message] = {
    "no-such-source": Message(
        ("没有“{name}”这个来源", "there is no source “{name}”"), ("可能是：{near}", "it may be: {near}")
    ),
    "documented-without-cite": Message(
        ("写了 documented 却没有 cite", "documented, but without a cite"),
        ("请注明来源，或改为 inferred、assumed", "name the source, or say inferred or assumed"),
    ),
    "no-such-field": Message(
        ("这里没有“{name}”", "there is no “{name}” here"), ("可能是：{near}", "it may be: {near}")
    ),
    "field-is-node": Message(
        ("“{name}”里有各自的依据", "what is inside “{name}” has its own basis"),
        ("请把依据写到里面的各项上", "write the basis on the entries inside"),
    ),
    "no-such-day": Message(("日历上没有这一天", "there is no such day")),
    "effective-crossed": Message(("早于开始日期 {start}", "before the first day, {start}")),
    "history-incomplete": Message(
        (
            "history 应逐条记录到第 {revision} 版，缺：{left}",
            "history must have a line for each revision up to {revision}; missing: {left}",
        )
    ),
    "draft": Message(("“{id}”还是草稿，未经复核", "“{id}” is a draft that nobody has reviewed yet")),
}

_MERGING: dict[str, Message] = {
    "no-such-path": Message(
        ("路径中的“{missing}”不存在({inside})", "“{missing}” in this path does not exist ({inside})"),
        ("可能是：{near}", "it may be: {near}"),
    ),
    "extends-another": Message(("依据的是另一版本，现有的是 {found}", "written for another version; here is {found}")),
    "completes-another": Message(
        ("补全的是另一版本，现有的是 {found}", "completes another version; here is {found}"),
        ("请对照新版本核对后更新", "check it against the new version, then update this line"),
    ),
    "source-already-there": Message(
        ("已有名为“{name}”的来源", "there is a source “{name}” already"), ("请换一个名称", "choose another id")
    ),
    "overlapping-changes": Message(
        ("“{path}”与“{other}”改的是同一处", "“{path}” and “{other}” change the same place"),
        ("合成一条修改", "make them one change"),
    ),
    "change-not-allowed": Message(
        ("“{path}”不能用修改来改", "“{path}” cannot be changed by a change"),
        ("版本、生效日期等写在文件开头", "edition, dates and so on stand at the head of the file"),
    ),
    "change-in-list": Message(
        ("不能增删列表中的单项", "a single entry of a list cannot be added or removed"),
        ("请用 set 改整个“{path}”", "set the whole of “{path}”"),
    ),
    "already-there": Message(
        ("“{path}”已经存在", "“{path}” is there already"), ("要改请用 set", "to change it, use set")
    ),
    "stale-was": Message(
        ("“{path}”原来是 {now}", "“{path}” was {now}"),
        ("请对照所依据的版本核对", "check it against the version it extends"),
    ),
    "completion-documented": Message(
        ("补全中的值不能是 documented", "nothing in a completion is documented"),
        ("写 inferred（注明来源）或 assumed", "write inferred (with a cite) or assumed"),
    ),
    "completion-replaces": Message(
        ("框架已有“{name}”，补全不能替换", "the framework has “{name}”; a completion cannot replace it")
    ),
    "overlapping-fills": Message(
        ("“{path}”与“{other}”填的是同一处", "“{path}” and “{other}” fill the same place"),
        ("合成一处填写", "fill it in one place"),
    ),
    "fill-not-allowed": Message(("“{path}”不能由补全填写", "“{path}” cannot be filled by a completion")),
    "completion-changes-known": Message(
        ("“{path}”是已知的，为 {now}", "“{path}” is known: {now}"),
        ("补全只能填未知的值", "a completion fills only what is unknown"),
    ),
    "fill-is-unknown": Message(("“{path}”填的仍是未知", "“{path}” is filled with another unknown")),
    "completion-adds-entry": Message(
        ("“{path}”是已公布的清单，不能添加", "“{path}” is a published list; nothing can be added"),
        ("新增内容请用修订文件", "what a later text adds belongs in an amendment"),
    ),
    "outside-bounds": Message(("“{path}”应在 {low} 到 {high} 之间", "“{path}” must be from {low} to {high}")),
    "not-plain": Message(("框架里不能放 {type} 类型的值", "a framework cannot hold a {type}")),
    "not-a-decimal": Message(
        ("不能用有限小数表示", "no finite decimal writes this number"), ("请改用 weight", "use weight instead")
    ),
}

_FINDING: dict[str, Message] = {
    "bad-reference": Message(
        ("不是框架的名称", "not the name of a framework"),
        (
            "例如 haining-sppe、haining-sppe@2021#1、haining-sppe@2021+reading;文件请用 Path",
            "as in haining-sppe, haining-sppe@2021#1 or haining-sppe@2021+reading; for a file, use a Path",
        ),
    ),
    "no-such-framework": Message(
        ("没有安装这个框架", "no such framework is installed"), ("可能是：{near}", "it may be: {near}")
    ),
    "no-such-edition": Message(
        ("“{id}”没有这一版", "“{id}” has no such edition"), ("现有：{known}", "there are: {known}")
    ),
    "no-such-revision": Message(("没有这个修订号", "no such revision"), ("现有：{known}", "there is: {known}")),
    "no-such-completion": Message(
        ("“{id}”没有这个补全", "“{id}” has no such completion"), ("现有：{known}", "there are: {known}")
    ),
    "not-in-force": Message(
        ("这一天“{id}”没有生效的版本", "no edition of “{id}” was in force on that day"),
        ("现有：{known}", "there are: {known}"),
    ),
    "no-such-file": Message(("文件读不出来：{reason}", "the file cannot be read: {reason}")),
    "file-of-cases": Message(("这是测试用例，不是框架", "these are cases, not a framework")),
    "not-a-pin": Message(
        ("应为 名称@版本#修订号", "id@edition#revision is expected"),
        ("例如 haining-sppe@2021#1", "as in haining-sppe@2021#1"),
    ),
    "no-such-base": Message(
        ("找不到所依据的框架", "what this builds on cannot be found"), ("可能是：{near}", "it may be: {near}")
    ),
    "extends-cycle": Message(("修订循环引用：{path}", "editions extend each other in a circle: {path}")),
    "misplaced-file": Message(
        ("与文件所在位置不符，应为“{expected}”", "at odds with where the file is; expected “{expected}”")
    ),
    "two-packages": Message(
        ("“{id}”由多个软件包提供：{packages}", "“{id}” is brought by more than one package: {packages}"),
        ("请卸载其中一个", "uninstall one of them"),
    ),
    "plugin-broken": Message(
        (
            "软件包 {package} 的框架目录打不开：{reason}",
            "the folder of frameworks of package {package} cannot be opened: {reason}",
        )
    ),
    "no-such-ability": Message(
        ("框架没有规定“{ability}”", "the framework does not define “{ability}”"),
        ("可以问：{near}", "it may be asked for: {near}"),
    ),
    "no-such-value": Message(
        ("没有“{path}”这个值", "there is no value “{path}”"), ("可能是：{near}", "it may be: {near}")
    ),
    "still-unknown": Message(("“{path}”仍然未知，补不出来", "“{path}” is still unknown and cannot be made up")),
}

_WORDS: dict[str, Message] = {
    "not-published": Message(("未公布", "not published")),
    "not-found": Message(("未找到", "not found")),
    "lost-in-source": Message(("原文缺失", "lost in our copy")),
    "ambiguous": Message(("有歧义", "ambiguous")),
    "fw-node": Message(("维度与指标", "dimensions and indicators")),
    "fw-points": Message(("分值", "points")),
    "fw-source": Message(("来源", "source")),
    "fw-title": Message(("标题", "title")),
    "fw-path": Message(("路径", "path")),
    "fw-why": Message(("原因", "why")),
    "fw-unknowns": Message(("未知 {count} 项", "{count} values unknown")),
    "unknown-value": Message(("未公布", "unknown")),
}

MESSAGES: dict[str, Message] = {
    **_VOCABULARY,
    **_TREE,
    **_RULES,
    **_NAMES,
    **_SECTIONS,
    **_GROUNDS,
    **_MERGING,
    **_FINDING,
    **_WORDS,
}
