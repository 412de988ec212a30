"""What can be wrong with data, and what is said of data that were read safely."""

from __future__ import annotations

from stationeval.messages import Message

_CELL_ERRORS: dict[str, Message] = {
    "boolean-for-number": Message(
        ("这里要填数字，单元格里是真/假值", "a number belongs here, but the cell holds true or false"),
        ("填写数字", "write a number"),
    ),
    "chinese-numeral": Message(
        ("数字写成了中文，不作猜测", "the number is written in Chinese words; it is not guessed"),
        ("改写为阿拉伯数字 {write}", "write {write}"),
    ),
    "cell-choice-near": Message(
        ("不在可选项中，与“{near}”相近", "not one of the choices, but close to “{near}”"),
        ("改为“{near}”，或其他可选项：{choices}", "write “{near}”, or another of: {choices}"),
    ),
    "cell-choice-unknown": Message(
        ("不在可选项中", "not one of the choices"),
        ("可选项：{choices}", "choose one of: {choices}"),
    ),
    "date-for-number": Message(
        ("这里要填数字，单元格里是日期或时间", "a number belongs here, but the cell holds a date or time"),
        (
            "Excel 会把 1-2 这样的内容变成日期：把单元格格式设为“文本”或“数值”后重新填写",
            "Excel turns entries such as 1-2 into dates: format the cell as a number and enter it again",
        ),
    ),
    "error-cell": Message(
        ("单元格是公式错误，不能当作空缺", "the cell holds a formula error, which is not the same as missing"),
        ("修正公式，或改填确定的数值", "repair the formula, or enter the value itself"),
    ),
    "formula-text": Message(
        ("内容是以 = 开头的公式文本，不会被执行", "the text begins with = like a formula; it is not executed"),
        ("填写计算结果", "enter the result"),
    ),
    "formula-without-value": Message(
        ("公式没有保存计算结果", "the formula carries no computed result"),
        (
            "用 Excel 或 WPS 打开并保存一次，或改填数值",
            "open and save the file once in Excel, or enter the value",
        ),
    ),
    "fraction-for-integer": Message(
        ("这里要填整数", "a whole number belongs here"),
        ("填写整数", "write a whole number"),
    ),
    "merged-cells": Message(
        ("合并单元格 {range} 用一个值对应了几行", "the merged cells {range} give several rows one value"),
        ("取消合并，逐行填写", "unmerge them and fill in each row"),
    ),
    "cell-not-a-value": Message(
        ("这种内容({kind})不是单个值", "this kind of content ({kind}) is not a single value"),
        ("每格只填一个值", "one value a cell"),
    ),
    "cell-not-a-date": Message(
        ("不是一个日期", "not a date"),
        ("按 2021-12-31 的样式填写", "write it like 2021-12-31"),
    ),
    "cell-not-a-number": Message(
        ("这里要填数字", "a number belongs here"),
        (
            "只填一个确定的阿拉伯数字；没有数据就留空",
            "write one definite number in digits; leave it empty if there is none",
        ),
    ),
    "cell-not-boolean": Message(
        ("这里要填“是”或“否”", "this must be yes or no"),
        ("填“是”或“否”", "write 是 or 否 (yes or no)"),
    ),
    "cell-not-finite": Message(
        ("不是有限的数", "not a finite number"),
        ("检查计算公式中的除数", "check the divisor in the formula"),
    ),
    "not-more-than": Message(
        ("必须大于 {limit}", "must be more than {limit}"),
        ("核对数值和单位", "check the value and its unit"),
    ),
    "scientific": Message(
        ("科学计数法的数字可能已丢失末位", "a number in scientific notation may have lost digits"),
        ("把单元格格式设为“数值”，写出全部数字", "format the cell as a number and write all digits"),
    ),
    "too-fine": Message(
        ("小数位数过多（最多 15 位）", "too many decimal places (at most 15)"),
        ("按需要的位数四舍五入后填写", "round it to the places that matter"),
    ),
    "too-large": Message(
        ("数值过大（须小于 10 的 15 次方）", "too large (must be less than 10 to the power 15)"),
        ("核对是否误填了编号、电话或证件号", "check that it is not a code, telephone or identity number"),
    ),
    "too-many-places": Message(
        ("最多 {places} 位小数", "at most {places} decimal places"),
        ("按 {places} 位小数填写", "write it with {places} decimal places"),
    ),
    "two-values": Message(
        ("一格里有不止一个值", "more than one value in one cell"),
        ("只填一个值；要合计就填合计后的数", "write one value; if a sum is meant, write the sum"),
    ),
    "unit-differs": Message(
        (
            "写的单位是“{found}”，这一项的单位是“{unit}”",
            "the unit written is “{found}”, but this input is in “{unit}”",
        ),
        ("换算为“{unit}”后填写，或更正单位", "convert to “{unit}”, or correct the unit"),
    ),
    "value-above-max": Message(
        ("大于上限 {limit}", "above the maximum {limit}"),
        ("核对数值和单位", "check the value and its unit"),
    ),
    "value-below-min": Message(
        ("小于下限 {limit}", "below the minimum {limit}"),
        ("核对数值和单位", "check the value and its unit"),
    ),
}

_CELL_NOTES: dict[str, Message] = {
    "boolean-word": Message(("读作“{read}”", "read as {read}")),
    "choice-repaired": Message(("读作可选项“{read}”", "read as the choice “{read}”")),
    "currency-sign": Message(("去掉货币符号，读作 {read}", "currency sign removed, read as {read}")),
    "date-text": Message(("读作日期 {read}", "read as the date {read}")),
    "date-with-time": Message(("去掉时间，读作日期 {read}", "time of day removed, read as the date {read}")),
    "full-width": Message(("全角或带空格的数字，读作 {read}", "full-width or spaced digits, read as {read}")),
    "merged-label": Message(
        ("合并单元格 {range} 的名称用于其中每一行", "the merged cells {range} name each of their rows")
    ),
    "missing-marker": Message(("作为空缺处理", "taken as missing")),
    "number-as-text": Message(("文本形式的数字，读作 {read}", "a number stored as text, read as {read}")),
    "number-for-text": Message(("数字作为文字，读作“{read}”", "a number taken as the text “{read}”")),
    "percent-format": Message(("百分比格式的单元格，读作 {read}", "a cell formatted as a percentage, read as {read}")),
    "percent-sign": Message(("带百分号，读作 {read}", "written with a percent sign, read as {read}")),
    "share-not-percent": Message(
        (
            "以 % 为单位却只有 {read}，按原样读取",
            "the unit is %, yet the value is only {read}; it is read as it stands",
        ),
        ("如果是 0.96 表示 96%，请改填 96", "if 0.96 was meant as 96 %, write 96"),
    ),
    "thousands": Message(("去掉千分位逗号，读作 {read}", "thousands separators removed, read as {read}")),
    "unit-suffix": Message(("去掉单位，读作 {read}", "unit removed, read as {read}")),
}

_TABLE_ERRORS: dict[str, Message] = {
    "column-near": Message(
        (
            "不认识的列“{header}”，与缺少的“{near}”相近",
            "unknown column “{header}”, close to the absent “{near}”",
        ),
        (
            "如果指的是它，把列名改为“{near}”；不是就删去此列",
            "rename it to “{near}” if that is meant; otherwise remove the column",
        ),
    ),
    "column-twice": Message(
        ("“{first}”和“{second}”两列是同一项", "the columns “{first}” and “{second}” are the same item"),
        ("只保留一列", "keep one of them"),
    ),
    "column-ambiguous": Message(
        ("列名“{header}”对应不止一项：{ids}", "the header “{header}” fits more than one input: {ids}"),
        ("用其中一个编号作列名", "use one of these ids as the header"),
    ),
    "column-not-found": Message(
        ("没有“{header}”列", "there is no column “{header}”"),
        ("加上此列，或不要求它", "add it, or do not ask for it"),
    ),
    "columns-in-levels": Message(
        (
            "列名有 {levels} 层，无法按名称对应",
            "the column names have {levels} levels and cannot be matched by name",
        ),
        ("把列名合并为一层", "flatten them to one level"),
    ),
    "no-rows": Message(
        ("没有任何社工站的数据行", "there is no row of station data"),
        ("检查文件和工作表", "check the file and the sheet"),
    ),
    "no-station-column": Message(
        ("找不到社工站名称列", "there is no column of station names"),
        (
            "加上列名为“社工站”（或 station）的一列；现有列：{headers}",
            "add a column named station (or 社工站); the columns are: {headers}",
        ),
    ),
    "station-absent": Message(
        ("缺少这个社工站的数据", "there are no data for this station"), ("补上该站的一行", "add its row")
    ),
    "station-empty": Message(
        ("没有社工站名称", "the station has no name"),
        ("填写社工站名称，或删去此行", "write its name, or remove the row"),
    ),
    "station-near": Message(
        ("不在应评社工站之列，与“{near}”相近", "not among the stations expected, but close to “{near}”"),
        ("如果指的是它，改为“{near}”", "write “{near}” if that is meant"),
    ),
    "station-not-text": Message(
        ("不能作为社工站名称或编号", "not a station's name or code"),
        ("填写文字名称或整数编号", "write a name, or a code of digits"),
    ),
    "station-twice": Message(
        (
            "社工站“{station}”重复出现，前一次在 {first}",
            "the station “{station}” appears twice, first at {first}",
        ),
        ("每站（每轮）只保留一行", "keep one row for each station (and round)"),
    ),
    "station-unexpected": Message(
        ("不在应评社工站之列", "not among the stations expected"),
        ("核对名称，或把它列入名单", "check its name, or add it to the list"),
    ),
    "more-errors": Message(("另有 {more} 处错误未逐一列出", "{more} more errors are not listed one by one")),
}

_TABLE_NOTES: dict[str, Message] = {
    "column-ignored": Message(
        (
            "这一列“{header}”不参与评价，已忽略",
            "the column “{header}” is not part of the evaluation and is ignored",
        )
    ),
    "column-without-header": Message(("这一列没有列名，已忽略", "this column has no header and is ignored")),
    "more-alike": Message(
        ("这一列另有 {more} 格作了同样处理({code})", "{more} more cells of this column were treated alike ({code})")
    ),
    "name-repaired": Message(("名称读作“{read}”", "the name is read as {read}")),
    "more-notes": Message(("另有 {more} 条提示未逐一列出", "{more} more notes are not listed one by one")),
}

_FILE_ERRORS: dict[str, Message] = {
    "data-not-found": Message(("没有这个文件", "there is no such file"), ("检查路径", "check the path")),
    "data-unreadable": Message(
        ("文件无法读取：{reason}", "the file cannot be read: {reason}"),
        ("检查路径和权限", "check its path and permissions"),
    ),
    "data-type-unknown": Message(
        ("不支持的文件类型“{suffix}”", "the file type “{suffix}” is not supported"),
        ("可用：{known}", "use one of: {known}"),
    ),
    "data-empty": Message(("文件是空的", "the file is empty"), ("检查是否选错文件", "check that it is the right file")),
    "data-too-large": Message(
        (
            "文件展开后过大（{size} 字节，上限 {limit}）",
            "the file is too large when unpacked ({size} bytes, at most {limit})",
        ),
        ("只保留数据区，或改存为 parquet", "keep only the data, or store it as parquet"),
    ),
    "sheet-too-large": Message(
        (
            "工作表范围过大（{rows} 行 × {columns} 列）",
            "the sheet's extent is too large ({rows} rows × {columns} columns)",
        ),
        ("删去数据区以外的单元格", "delete the cells outside the data"),
    ),
    "old-workbook": Message(
        ("这是旧版 .xls 工作簿", "this is a workbook in the old .xls format"),
        ("另存为 .xlsx", "save it as .xlsx"),
    ),
    "encrypted-workbook": Message(
        ("工作簿有打开密码", "the workbook is encrypted"), ("去掉密码后另存", "save it without a password")
    ),
    "not-a-workbook": Message(
        ("这不是一个完好的 Excel 工作簿({reason})", "this is not a sound Excel workbook ({reason})"),
        ("在 Excel 或 WPS 中打开，另存为 .xlsx", "open it in Excel and save it as .xlsx"),
    ),
    "data-library-needed": Message(
        ("读取这种文件要安装附加组件", "reading this kind of file needs an extra"),
        ("pip install 'stationeval[{extra}]'", "pip install 'stationeval[{extra}]'"),
    ),
    "no-header": Message(
        ("前 {rows} 行里找不到列名", "no header was found in the first {rows} rows"),
        (
            "列名要有“社工站”和指标名称（或编号）",
            "the header needs a station column and inputs, by label or id",
        ),
    ),
    "sheets-alike": Message(
        ("几个工作表都像数据表：{sheets}", "several sheets look like the data: {sheets}"),
        ("用 sheet= 指定其中一个", "name one of them by sheet="),
    ),
    "sheet-not-found": Message(
        ("没有工作表“{sheet}”", "there is no sheet “{sheet}”"), ("可选：{sheets}", "one of: {sheets}")
    ),
    "data-encoding-unknown": Message(
        ("文字编码既不是 UTF-8 也不是 GB18030", "the text is neither UTF-8 nor GB18030"),
        ("另存为 UTF-8 编码的 CSV", "save it as CSV in UTF-8"),
    ),
    "csv-malformed": Message(
        ("CSV 格式有误：{reason}", "malformed CSV: {reason}"),
        ("检查引号是否成对", "check that quotes are paired"),
    ),
    "csv-extra-fields": Message(
        (
            "这一行的值比列名多 {more} 个，后面的值可能都错位",
            "this row has {more} more values than the header; those after it may be shifted",
        ),
        ("含逗号的值要加引号，数字不用千分位", "quote values with commas; write numbers without separators"),
    ),
    "json-malformed": Message(("JSON 格式有误：{reason}", "malformed JSON: {reason}"), ("检查文件", "check the file")),
    "json-not-records": Message(
        ("JSON 不是由记录组成的列表", "the JSON is not a list of records"),
        ('写成 [{{"station": "……", …}}, …]', 'write [{{"station": "…", …}}, …]'),
    ),
    "data-not-a-table": Message(
        ("无法作为表格读取({kind})", "this cannot be read as a table ({kind})"),
        (
            "请给数据框、记录列表、列的字典或文件路径",
            "give a data frame, a list of records, a dict of columns or a file's path",
        ),
    ),
    "columns-uneven": Message(
        ("各列长短不一：{lengths}", "the columns differ in length: {lengths}"),
        ("每列的值要一样多", "give each column as many values"),
    ),
}

_FILE_NOTES: dict[str, Message] = {
    "encoding-read": Message(("按 {encoding} 编码读取", "read in the encoding {encoding}")),
    "row-is-total": Message(("合计行，不作为社工站读取", "a totals row, not read as a station")),
    "row-is-units": Message(("单位行，已跳过", "a row of units, skipped")),
    "row-is-header": Message(("重复的列名行，已跳过", "a repeated header row, skipped")),
    "row-is-remark": Message(("说明文字行，已跳过", "a row of remarks, skipped")),
    "row-is-blank": Message(("空行，已跳过", "a blank row, skipped")),
    "row-hidden": Message(("隐藏的行，照常读取", "a hidden row, read like the others")),
    "sheet-ignored": Message(("工作表“{sheet}”未使用", "the sheet “{sheet}” was not used")),
    "title-skipped": Message(("列名之前的行，已跳过", "a row above the header, skipped")),
}

MESSAGES: dict[str, Message] = {
    **_CELL_ERRORS,
    **_CELL_NOTES,
    **_TABLE_ERRORS,
    **_TABLE_NOTES,
    **_FILE_ERRORS,
    **_FILE_NOTES,
}
