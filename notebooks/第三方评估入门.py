# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 从一份采集表到得分、排名、等级和补助
#
# 数据是海宁 12 个真实镇街的**模拟**采集表；框架是 `haining-sppe@2021+reading`，它是一种解读，不是海宁的评分表。

# %%
import stationeval as se
from stationeval.datasets import haining

framework = se.load("haining-sppe@2021+reading")
workbook = haining() / "社工站数据采集表.xlsx"
framework

# %% [markdown]
# ## 先看有没有问题
# `check` 列出全部问题，每条有工作表、单元格、现值、原因、改法；只有提示、没有错误，才能计分。

# %%
report = se.check(workbook, framework)
print(report.to_text(limit=8))
assert report.ok

# %% [markdown]
# ## 计分、排名、等级

# %%
scores = se.score(workbook, framework)
scores.to_frame().round(2)

# %% [markdown]
# ## 一个站点的每一分从哪里来
# 从总分一直到条文和单元格；后面是丢掉的分，按多少排，并说明补上什么能拿回来。

# %%
station = scores.stations[-1]
print(scores.explain(station).to_text()[:1200])

# %%
print(scores.gaps(station).to_text()[:800])

# %% [markdown]
# ## 补助
# 精确到元；`state` 是补助条件是否符合。

# %%
se.subsidy(scores).to_frame()

# %% [markdown]
# ## 申诉：如果这个数改了，会怎样
# `what_if` 只改一个站点，`diff` 说明什么变了、为什么变。

# %%
changed = scores.what_if(station, key_visit_rate=100)
print(scores.diff(changed).to_text())

# %% [markdown]
# ## 结果有多少建立在假定上

# %%
print(f"假定所占满分的比例：{float(scores.assumed_share):.0%}")
for unknown in framework.unknowns():
    print(unknown.path, unknown.why)
