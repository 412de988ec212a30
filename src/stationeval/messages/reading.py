"""What can be wrong with a text before its meaning is looked at: YAML, numbers, keys, size."""

from __future__ import annotations

from stationeval.messages import Message

MESSAGES: dict[str, Message] = {
    # the file as a whole
    "yaml-unreadable-file": Message(
        ("文件读不出来：{reason}", "the file cannot be read: {reason}"),
        ("请检查路径和权限", "check the path and the permissions"),
    ),
    "yaml-too-large": Message(
        ("文件超过上限 {limit} 字节", "the file is larger than {limit} bytes"),
        ("框架只写规则，数据请放到数据文件里", "a framework holds rules only; keep data in data files"),
    ),
    "yaml-not-utf-8": Message(
        ("从这里起不是 UTF-8 文本", "what begins here is not UTF-8 text"),
        (
            "请在编辑器中另存为 UTF-8；确认它不是表格或图片",
            "save it as UTF-8 in your editor; see that it is no workbook or picture",
        ),
    ),
    "yaml-other-encoding": Message(
        ("文件不是 UTF-8 编码，看起来是 {guess}", "the file is not UTF-8; it looks like {guess}"),
        ("请在编辑器中另存为 UTF-8", "save it again as UTF-8 in your editor"),
    ),
    "yaml-empty-document": Message(
        ("文件没有内容", "the file has no content"),
        ("至少要有 schema: 1 一行", "it needs at least the line schema: 1"),
    ),
    "yaml-top-level": Message(
        ("文件最外层必须是“键: 值”", "the outermost level must be “key: value” lines"),
        ("请以 schema: 1 一行开头", "begin with the line schema: 1"),
    ),
    "yaml-several-documents": Message(
        (
            "一个文件只能有一份文档，这里又用 --- 开始了一份",
            "one document a file, but another begins here with ---",
        ),
        ("请删去 --- 或分成两个文件", "remove the --- or split the file in two"),
    ),
    "yaml-directive": Message(
        ("不允许 % 开头的 YAML 指令", "YAML directives (%) are not allowed"),
        ("请删去这一行和随后的 ---", "remove this line and the --- after it"),
    ),
    # bounds
    "yaml-too-deep": Message(
        ("嵌套超过 {limit} 层", "nested deeper than {limit} levels"),
        ("请检查缩进和括号是否配对", "check the indentation and that brackets pair up"),
    ),
    "yaml-too-many-values": Message(
        (
            "文件里的键和值超过 {limit} 个，读到这里为止",
            "more than {limit} keys and values; reading stopped here",
        ),
        ("框架只写规则，数据请放到数据文件里", "a framework holds rules only; keep data in data files"),
    ),
    "yaml-too-many-problems": Message(
        ("问题超过 {limit} 处，读到这里为止", "more than {limit} problems; reading stopped here"),
        ("请先改好上面的问题再读一次", "mend those above, then read again"),
    ),
    "yaml-text-too-long": Message(
        ("文字有 {length} 个字符，上限 {limit}", "a text of {length} characters; the most is {limit}"),
        ("请引用要点，全文放到来源里", "quote the point and keep the full text with the source"),
    ),
    "yaml-number-too-long": Message(
        ("数字有 {length} 个字符，上限 {limit}", "a number of {length} characters; the most is {limit}"),
        ("编号请加引号写成文字", "an identifier is text: put it in quotes"),
    ),
    # characters
    "yaml-hidden-character": Message(
        ("有看不见的字符 {char}", "an invisible character, {char}"),
        (
            "请删去；确实需要时在双引号里写成转义",
            "delete it; where it is needed, write it as an escape in double quotes",
        ),
    ),
    "yaml-tab": Message(
        ("缩进里有制表符", "a tab in the indentation"),
        ("缩进只用空格", "indent with blanks only"),
    ),
    "yaml-fullwidth-colon": Message(
        ("用了全角冒号“：”：{text}", "a full-width colon (：): “{text}”"),
        (
            "键后面用半角冒号加一个空格；若是文字请加引号",
            "end a key with : and a blank; if it is text, put it in quotes",
        ),
    ),
    "yaml-fullwidth-comma": Message(
        ("用了全角逗号“，”分隔：{text}", "a full-width comma (，) as a separator: “{text}”"),
        (
            "括号里用半角逗号分隔；若是文字请加引号",
            "separate with , inside brackets; if it is text, put it in quotes",
        ),
    ),
    "yaml-fullwidth-bracket": Message(
        ("用了全角括号：{text}", "a full-width bracket: “{text}”"),
        ("请用半角的 {{ }} 和 [ ];若是文字请加引号", "use {{ }} and [ ]; if it is text, put it in quotes"),
    ),
    "yaml-fullwidth-space": Message(
        ("用了全角空格：{text}", "a full-width blank: “{text}”"),
        ("请用半角空格；若是文字请加引号", "use a plain blank; if it is text, put it in quotes"),
    ),
    # keys and values
    "yaml-anchor": Message(
        ("不允许锚点 &", "anchors (&) are not allowed"),
        (
            "请在每处写出完整的值；若是文字请加引号",
            "write the value out in each place; if it is text, put it in quotes",
        ),
    ),
    "yaml-alias": Message(
        ("不允许引用 *", "aliases (*) are not allowed"),
        (
            "请在每处写出完整的值；若是文字请加引号",
            "write the value out in each place; if it is text, put it in quotes",
        ),
    ),
    "yaml-merge-key": Message(
        ("不允许合并键 <<", "merge keys (<<) are not allowed"),
        ("请把要合并的内容写出来", "write out what was to be merged"),
    ),
    "yaml-tag": Message(
        ("不允许类型标记 !", "tags (!) are not allowed"),
        ("请删去标记；若是文字请加引号", "remove the tag; if it is text, put it in quotes"),
    ),
    "yaml-duplicate-key": Message(
        ("同一个键写了两次，第一次在第 {first} 行", "this key stands twice; first on line {first}"),
        ("请只留一个", "keep one of them"),
    ),
    "yaml-key-not-text": Message(
        ("键必须是文字，这里是 {text}", "a key must be text, not {text}"),
        ("请给键加引号", "put the key in quotes"),
    ),
    "yaml-key-without-value": Message(
        ("括号里的“{key}”没有值", "“{key}” inside the brackets has no value"),
        (
            '若逗号属于前面的值，请给整个值加引号："{whole}"',
            'if the comma belongs to the value before it, quote the whole value: "{whole}"',
        ),
    ),
    "yaml-empty-value": Message(
        ("没有写值", "there is no value"),
        (
            "请写出值；空的写 null、{{}} 或 []。下级内容要比键缩进更深",
            "write one; null, {{}} or [] where it is empty. What belongs to a key is indented further than the key",
        ),
    ),
    "yaml-ambiguous-value": Message(
        ("“{text}”可以有不同的读法", "“{text}” can be read in more than one way"),
        (
            "若是文字请加引号，否则写成 {instead}",
            "put it in quotes if it is text, else write it like {instead}",
        ),
    ),
    "yaml-not-finite": Message(
        ("“{text}”不是有限的数", "“{text}” is not a finite number"),
        (
            "若是文字请加引号；不知道的值写成 {{unknown: 原因}}",
            "put it in quotes if it is text; write what is not known as {{unknown: reason}}",
        ),
    ),
    "yaml-text-over-lines": Message(
        ("不加引号的文字跨了行", "text without quotes runs over several lines"),
        (
            "请检查缩进和括号；确是多行文字请加引号或用 |",
            "check the indentation and the brackets; quote a text of several lines or use |",
        ),
    ),
    # syntax
    "yaml-missing-colon": Message(
        ("这一行没有“键: 值”的冒号：{text}", "no colon after a key on this line: “{text}”"),
        ("键后面写半角冒号加一个空格", "end a key with : and a blank"),
    ),
    "yaml-colon-in-text": Message(
        ("值里又出现了“: ”", "a second “: ” inside a value"),
        (
            "含有“: ”的文字请加引号；下级内容请另起一行缩进",
            "quote a text that holds “: ”; put what belongs to a key on its own, indented line",
        ),
    ),
    "yaml-colon-without-blank": Message(
        ("冒号后面没有空格", "no blank after the colon"),
        (
            "键后面写半角冒号加一个空格；若是文字请加引号",
            "end a key with : and a blank; if it is text, put it in quotes",
        ),
    ),
    "yaml-bad-indentation": Message(
        ("这一行的缩进与上文对不上", "the indentation of this line does not fit those above"),
        (
            "同一级的行缩进相同；也请看上一行是否已经有值",
            "lines of one level are indented alike; see also whether the line above already has a value",
        ),
    ),
    "yaml-misplaced-dash": Message(
        ("列表的 - 不能写在这里", "a list item (-) cannot stand here"),
        (
            "请另起一行，或写成 [ ];若是文字请加引号",
            "begin it on a new line or use [ ]; if it is text, put it in quotes",
        ),
    ),
    "yaml-unclosed": Message(
        ("从这里开始的 {opener} 没有配对的结束符", "what {opener} opens here is never closed"),
        ("请补上结束的括号或引号", "add the closing bracket or quote"),
    ),
    "yaml-missing-comma": Message(
        (
            "第 {opened} 行 {opener} 开始的括号里，这里应当是逗号、冒号或结束的括号",
            "inside the {opener} of line {opened}, a comma, a colon or the closing bracket is expected here",
        ),
        (
            "请补上逗号；含逗号、冒号、引号或括号的文字请加引号",
            "add it; put a text with commas, colons, quotes or brackets in quotes",
        ),
    ),
    "yaml-text-after-value": Message(
        ("值已经结束，后面还有 {text}", "the value has ended, but this follows: {text}"),
        ("请删去多余的内容，或给整个值加引号", "remove what is too much, or put the whole value in quotes"),
    ),
    "yaml-value-expected": Message(
        ("这里应当是一个值，却是 {found}", "a value is expected here, not {found}"),
        ("请补上值，或删去多余的标点", "add the value, or remove what is too much"),
    ),
    "yaml-reserved-character": Message(
        ("不加引号的文字不能以 {char} 开头", "text without quotes cannot begin with {char}"),
        ("请加引号", "put it in quotes"),
    ),
    "yaml-bad-escape": Message(
        ("双引号里的反斜杠转义不对", "a wrong backslash escape inside double quotes"),
        ("反斜杠写成 \\\\,或改用单引号", "write a backslash as \\\\ or use single quotes"),
    ),
    "yaml-other-syntax": Message(
        ("不是这里可用的 YAML:{detail}", "not YAML as it may be used here: {detail}"),
        ("请对照上一行检查缩进、引号和括号", "check indentation, quotes and brackets against the line above"),
    ),
}
