"""What is said of a file as a whole: its size, its format, its header."""

from sheets.sentences.fault import Fault

_SAVE_ZH = "请在表格软件里另存为 .xlsx 或 CSV UTF-8，再发一次。"
_SAVE_EN = "Save it as .xlsx or CSV UTF-8 in your spreadsheet program and send it again."

OF_FILES: dict[str, Fault] = {
    "empty": Fault(
        "文件是空的。", "请确认存好了再发。", "the file is empty.", "Check that it was saved, then send it again."
    ),
    "no_rows": Fault(
        "只有表头，没有一行内容。",
        "在表头下面每样东西写一行。",
        "there is a header but no row below it.",
        "Write one row for each thing.",
    ),
    "too_large": Fault(
        "文件有 {size} MiB，最多 {limit} MiB。",
        "去掉表里插入的图片，或者分成几个文件。",
        "the file has {size} MiB, and the most is {limit} MiB.",
        "Take out inserted pictures, or split it into several files.",
    ),
    "bomb": Fault(
        "这个表格解开后太大（最多 {limit} MiB）。",
        "复制内容到一个新表格，另存后再发。",
        "the workbook unpacks to far too much (the most is {limit} MiB).",
        "Copy the cells into a new workbook, save that and send it.",
    ),
    "too_many_rows": Fault(
        "有 {count} 行，一个文件最多 {limit} 行。",
        "请分成几个文件，一个个导入；没写到的货不会被删掉。",
        "there are {count} rows, and the most is {limit} in one file.",
        "Split it into several files and import them in turn: what a file does not name is kept.",
    ),
    "too_many_columns": Fault(
        "有 {count} 列，最多 {limit} 列。",
        "删掉用不到的列。",
        "there are {count} columns, and the most is {limit}.",
        "Delete the columns that are not needed.",
    ),
    "stray_cell": Fault(
        "很靠下的第 {far} 行还有内容。",
        "把表格下面多余的行删掉再存。",
        "there is a cell far down, in row {far}.",
        "Delete the rows below the table and save it again.",
    ),
    "cell_too_long": Fault(
        "这一格超过 {limit} 个字。",
        "写短一些；如果是 CSV，检查有没有少一个引号。",
        "the cell is longer than {limit} characters.",
        "Shorten it; in a CSV file, look for a missing quotation mark.",
    ),
    "too_heavy": Fault(
        "打开这个表格太费内存或时间，已经停下，什么都没改。",
        "复制内容到一个新表格，另存后再发。",
        "opening the workbook took too much memory or time and was stopped; nothing was changed.",
        "Copy the cells into a new workbook, save that and send it.",
    ),
    "damaged": Fault(
        "文件坏了，打不开。",
        "用表格软件打开，另存为 .xlsx 再发。",
        "the workbook is damaged and cannot be opened.",
        "Open it in a spreadsheet program, save it as .xlsx and send that.",
    ),
    "entities": Fault(
        "表格里有不该有的 XML 声明，没有打开。",
        "复制内容到一个新表格，另存后再发。",
        "the workbook holds XML declarations that no spreadsheet writes, so it was not opened.",
        "Copy the cells into a new workbook, save that and send it.",
    ),
    "encrypted": Fault(
        "表格设了打开密码。",
        "去掉密码另存后再发。",
        "the workbook is locked with a password.",
        "Save it without a password and send it again.",
    ),
    "old_excel": Fault(
        "这是旧版 .xls 文件。",
        "打开后另存为 .xlsx 再发。",
        "this is an old .xls file.",
        "Open it, save it as .xlsx and send that.",
    ),
    "not_a_workbook": Fault(
        "这是个压缩包，不是表格。",
        "先解压，把里面的 .csv 或 .xlsx 发来。",
        "this is a zip archive, not a workbook.",
        "Unpack it and send the .csv or .xlsx inside.",
    ),
    "kind_archive": Fault(
        "这是个压缩包，不是表格。",
        "先解压，把里面的 .csv 或 .xlsx 发来。",
        "this is an archive, not a table.",
        "Unpack it and send the .csv or .xlsx inside.",
    ),
    "kind_pdf": Fault("这是 PDF，不是表格。", _SAVE_ZH, "this is a PDF, not a table.", _SAVE_EN),
    "kind_picture": Fault("这是图片，不是表格。", _SAVE_ZH, "this is a picture, not a table.", _SAVE_EN),
    "kind_document": Fault("这是文档，不是表格。", _SAVE_ZH, "this is a document, not a table.", _SAVE_EN),
    "kind_html": Fault(
        "这其实是网页，只是名字像表格。",
        "用表格软件打开，" + _SAVE_ZH[1:],
        "this is a web page under a table's name.",
        _SAVE_EN,
    ),
    "encoding": Fault("文字编码认不出来。", _SAVE_ZH, "the text is in an encoding that is not known here.", _SAVE_EN),
    "not_text": Fault("里面不是文字。", _SAVE_ZH, "this is not text.", _SAVE_EN),
    "quotes": Fault(
        "引号没有配对。",
        "从这一行往下找少了的双引号；格子里本身的双引号要写两个。",
        "the quotation marks do not pair up.",
        "From this row on, look for a missing one; a quotation mark inside a cell is written twice.",
    ),
    "which_kind": Fault(
        "看不出这是哪种表。表头有：{there}。",
        "商品表要有 货号、名称、价格；订单表要有 订单号、买家、货号；顾客表要有 买家，再加姓名或电话。",
        "it is not clear which kind of table this is. Its header has: {there}.",
        "A catalogue has sku, title and price; orders have order_no, buyer and sku; customers have buyer, and name or phone.",
    ),
    "unread_sheets": Fault(
        "只读了第一张工作表，“{value}”里也有内容，没有读。",
        "要导入就另存成一个文件再发。",
        'only the first sheet was read; "{value}" holds something too.',
        "To import it, save it as a file of its own and send that.",
    ),
    "chinese_commas": Fault(
        "各列之间用的是“{sign}”，分不出列。",
        "换成英文逗号，或者在表格软件里另存为 .xlsx 再发。",
        'the columns are set apart by "{sign}", which cannot be told from text.',
        "Use commas, or save the table as .xlsx in a spreadsheet program.",
    ),
    # the header
    "missing_columns": Fault(
        "少了必填的列：{needed}。现在有：{there}。",
        "在第一行加上少的列名。",
        "required columns are missing: {needed}. The header has: {there}.",
        "Add the missing names to the header.",
    ),
    "column_twice": Fault(
        "「{value}」这一列（{name}）出现了两次。",
        "只留一列。",
        '"{value}" is a second column for {name}.',
        "Keep one of them.",
    ),
    "unknown_column": Fault(
        "不认识「{value}」这一列，没有读它。",
        "不需要就不用管。",
        'the column "{value}" is not known and was not read.',
        "If it is not needed, leave it.",
    ),
    "unknown_column_near": Fault(
        "不认识「{value}」这一列，没有读它。",
        "是不是「{near}」？",
        'the column "{value}" is not known and was not read.',
        'Did you mean "{near}"?',
    ),
    "nameless_column": Fault(
        "第 {place} 列有内容但没有列名，没有读它。",
        "需要的话给它写上列名。",
        "column {place} has cells but no name, and was not read.",
        "Give it a name if it is needed.",
    ),
    "extra_cells": Fault(
        "这一行有 {there} 格，表头只有 {known} 列，多出来的是“{value}”。",
        "多半是文字里有逗号：把那一格用双引号括起来。",
        'the row has {there} cells but the header only {known}; "{value}" is left over.',
        "A comma inside a text is the usual cause: put that cell in double quotation marks.",
    ),
    "phrases_of_no_ask": Fault(
        "文件名不是任何一种问题的名字。",
        "用问题的名字做文件名，例如 ship_fee.txt；您自己加的写成 own-代发.txt。",
        "no ask is called as this file is.",
        "Name it after the ask, such as ship_fee.txt, or own-dropship.txt for one of your own.",
    ),
    "phrases_not_text": Fault(
        "这个文件不是 UTF-8 文本。",
        "另存为 UTF-8 编码的纯文本再发。",
        "the file is no UTF-8 text.",
        "Save it as plain text in UTF-8 and send it again.",
    ),
    "phrases_none": Fault(
        "文件里一句话都没有。",
        "每行写一句买家会说的话。",
        "there is not one line in it.",
        "Write one thing that buyers say on each line.",
    ),
    "phrase_blank": Fault(
        "not: 后面什么都没有。",
        "补上那句话，或者删掉这一行。",
        "nothing follows not:.",
        "Write the words, or delete the line.",
    ),
    "phrase_pattern": Fault(
        "两道斜杠中间的写法用不了。",
        "把要找的字直接写出来，一行一句，不加斜杠。",
        "what stands between the slashes cannot be used as a pattern.",
        "Write the words themselves, a line each, without slashes.",
    ),
    "phrase_long": Fault(
        "这句话超过 200 个字。",
        "写短一点，或者拆成几行。",
        "the line is longer than 200 characters.",
        "Shorten it or split it.",
    ),
}
