"""What can be wrong with the cases beside a framework, or with rows made for one."""

from __future__ import annotations

from stationeval.messages import Message

MESSAGES: dict[str, Message] = {
    "case-differs": Message(
        (
            "案例“{case}”的 {key} 应为 {expected}，算得 {found}",
            "case “{case}”: {key} should be {expected}, and is {found}",
        ),
        ("核对规则、原文和案例", "check the rule, the source and the case"),
    ),
    "case-unknown-key": Message(
        ("案例“{case}”：这个框架没有“{key}”这项结果", "case “{case}”: this framework gives no result {key}"),
        ("可以写：{near}", "it may be: {near}"),
    ),
    "case-unknown-input": Message(
        ("案例“{case}”：框架没有“{key}”这个输入", "case “{case}”: the framework has no input {key}"),
        ("可以写：{near}", "it may be: {near}"),
    ),
    "case-unknown-round": Message(
        ("案例“{case}”：框架没有“{key}”这一轮", "case “{case}”: the framework has no round {key}"),
        ("可以写：{near}", "it may be: {near}"),
    ),
    "case-not-before": Message(
        ("前面没有名为“{key}”的案例", "no case before this one is named “{key}”"),
        ("like 只能写前面的案例：{near}", "like names an earlier case: {near}"),
    ),
    "case-twice": Message(("案例名“{case}”重复", "two cases are named “{case}”"), ("换一个名称", "rename one of them")),
    "cases-other-revision": Message(
        ("案例写的是 {wanted}，框架现在是 {found}", "the cases are of {wanted}, and the framework is now {found}"),
        ("核对案例后改写 framework", "check the cases, then change `framework`"),
    ),
    "no-cases": Message(
        ("{framework} 可以计分，却没有案例", "{framework} can be scored, and has no cases"),
        (
            "在框架旁写 {file}，每个等次、否决和门槛状态至少一例",
            "write {file} beside it, with a case for each grade, veto and state of a gate",
        ),
    ),
    "full-marks-not-together": Message(
        (
            "找不到让这项和共用其数据({inputs})的各项都得满分的数值",
            "no values of {inputs} were found that earn full marks of this and of all that share them",
        ),
    ),
}
