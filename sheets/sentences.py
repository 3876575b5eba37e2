"""What is said about a file, in Chinese and English: for every fault why it is one, and how it is mended.

`{value}` is the cell as it stands, `{column}` its header; other blanks are filled by whoever found the fault.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    why_zh: str
    mend_zh: str
    why_en: str
    mend_en: str

    def why(self, language: str) -> str:
        return self.why_zh if language == "zh" else self.why_en

    def mend(self, language: str) -> str:
        return self.mend_zh if language == "zh" else self.mend_en


PLACES: dict[str, tuple[str, str]] = {
    "file": ("{file}：", "{file}: "),
    "row": ("{file} 第 {row} 行：", "{file}, row {row}: "),
    "cell": ("{file} 第 {row} 行「{column}」：", "{file}, row {row}, column {column}: "),
    "key": ("{file}「{column}」：", "{file}, {column}: "),
    "line": ("{file} 第 {row} 行「{column}」：", "{file}, line {row}, {column}: "),
    "bare line": ("{file} 第 {row} 行：", "{file}, line {row}: "),
    "more": ("……另外还有 {count} 处。", "… and {count} more."),
}

_SAVE_ZH = "请在表格软件里另存为 .xlsx 或 CSV UTF-8，再发一次。"
_SAVE_EN = "Save it as .xlsx or CSV UTF-8 in your spreadsheet program and send it again."

FAULTS: dict[str, Fault] = {
    # the file as a whole
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
    # cells
    "blank": Fault(
        "这一格不能空着。",
        "补上内容；合并过的单元格要先取消合并，每行都写。",
        "the cell must not be blank.",
        "Fill it in; merged cells must be unmerged and filled in every row.",
    ),
    "blank_amount": Fault(
        "价格不能空着。", "写上金额，例如 129。", "the price must not be blank.", "Write the amount, such as 129."
    ),
    "formula": Fault(
        "“{value}”是公式，这里只收算好的值。",
        "复制这一格，选择性粘贴为“数值”，再存。",
        '"{value}" is a formula, and only plain values are taken.',
        "Copy the cell, paste it as a value and save.",
    ),
    "error": Fault(
        "这一格是个错误值（{value}）。",
        "改成正确的内容。",
        "the cell holds an error ({value}).",
        "Replace it with the right value.",
    ),
    "digits": Fault(
        "“{value}”是数字格式，表格只留得住 15 位，后面的已经变了。",
        "先把这一列设成“文本”，再重新填完整的号码。",
        '"{value}" is a number, and a spreadsheet keeps only 15 digits, so the last ones are lost.',
        "Format the column as text, then type the whole number again.",
    ),
    "identifier": Fault(
        "“{value}”里有空格、竖线，或者以等号开头。",
        "只用字母、数字和短横线，例如 T101-BE。",
        '"{value}" has a space or a | in it, or starts with =.',
        "Use letters, digits and hyphens only, such as T101-BE.",
    ),
    "sku_twice": Fault(
        "货号“{value}”在第 {first} 行已经用过。",
        "每行的货号要不一样，改掉其中一个。",
        'the sku "{value}" was already used in row {first}.',
        "Every row needs a sku of its own: change one of the two.",
    ),
    "too_long": Fault(
        "有 {length} 个字，最多 {limit} 个。",
        "写短一些。",
        "it has {length} characters, and the most is {limit}.",
        "Shorten it.",
    ),
    "unseen": Fault(
        "“{value}”里有看不见的字符 {sign}。",
        "删掉这一格，手工重新输入。",
        '"{value}" holds an invisible character, {sign}.',
        "Clear the cell and type it again by hand.",
    ),
    "not_amount": Fault(
        "“{value}”不是金额。",
        "只写数字，例如 129 或 129.50。",
        '"{value}" is not an amount.',
        "Write the number only, such as 129 or 129.50.",
    ),
    "comma": Fault(
        "“{value}”里的逗号看不出是千位还是小数。",
        "小数用点，例如 12.50；千位可以不写。",
        'the comma in "{value}" may be for thousands or for decimals.',
        "Write decimals with a point, such as 12.50, and thousands without a comma.",
    ),
    "negative_amount": Fault(
        "“{value}”是负数。", "写 0 或更大的金额。", '"{value}" is negative.', "Write 0 or a larger amount."
    ),
    "too_fine": Fault(
        "“{value}”的小数太多，{currency} 最多 {places} 位。",
        "四舍五入到 {places} 位小数。",
        '"{value}" has too many decimals: {currency} has {places}.',
        "Round it to {places} decimal places.",
    ),
    "amount_too_large": Fault(
        "“{value}”太大了，不像价格。",
        "检查是不是多写了几位。",
        '"{value}" is too large for a price.',
        "Check for digits too many.",
    ),
    "currency_conflict": Fault(
        "“{value}”写的是 {meant}，这一行的币种却是 {currency}。",
        "只写数字，或者在币种列写上 {meant}。",
        '"{value}" says {meant}, but the currency of this row is {currency}.',
        "Write the number only, or put {meant} in the currency column.",
    ),
    "unknown_currency": Fault(
        "没有“{value}”这种币种。",
        "写三个字母的代码，例如 CNY；空着就是 {currency}。",
        '"{value}" is not a currency code.',
        "Write three letters such as CNY; left blank it is {currency}.",
    ),
    "floor_above_price": Fault(
        "底价“{value}”比价格“{price}”还高。",
        "底价要小于或等于价格。",
        'the floor price "{value}" is above the price "{price}".',
        "It must be the price or less.",
    ),
    "not_whole": Fault(
        "“{value}”不是整数。",
        "只写 0 或更大的整数；卖完写 0，不清楚就空着。",
        '"{value}" is not a whole number.',
        "Write 0 or more, digits only: 0 is sold out, and a blank is unknown.",
    ),
    "negative_count": Fault(
        "“{value}”是负数。",
        "卖完写 0，不清楚就空着。",
        '"{value}" is negative.',
        "Write 0 for sold out, or leave it blank.",
    ),
    "too_few": Fault(
        "“{value}”太小，至少是 {least}。", "改大一些。", '"{value}" is too small.', "The least is {least}."
    ),
    "too_many": Fault("“{value}”太大，最多 {most}。", "改小一些。", '"{value}" is too large.', "The most is {most}."),
    "not_a_date": Fault(
        "“{value}”不是日期。",
        "写成 2027-03-08 或 2027-03-08 16:40。",
        '"{value}" is not a date.',
        "Write it as 2027-03-08 or 2027-03-08 16:40.",
    ),
    "attribute": Fault(
        "“{value}”不是「名称=内容」。",
        "写成 材质=纯棉|尺寸=38 cm，每项中间用竖线。",
        '"{value}" is not key=value.',
        "Write material=cotton|size=38 cm, with a | between two.",
    ),
    "attribute_twice": Fault(
        "属性「{name}」写了两次（“{value}”）。",
        "合成一个。",
        'the attribute "{name}" stands twice ("{value}").',
        "Make it one.",
    ),
    "alias_too_long": Fault(
        "别名“{value}”太长。",
        "几个别名之间用竖线 | 隔开。",
        'the alias "{value}" is too long.',
        "Put a | between two aliases.",
    ),
    "photo": Fault(
        "“{value}”不像图片。",
        "写表格旁边的文件名（如 photos/a.jpg）、https 网址或者 Telegram 文件编号。",
        '"{value}" is not a photo.',
        "Write a file beside the table (photos/a.jpg), an https address or a Telegram file id.",
    ),
    "photo_not_https": Fault(
        "“{value}”不是 https 网址。",
        "换成 https:// 开头的。",
        '"{value}" is not an https address.',
        "Use one that starts with https://.",
    ),
    "photo_astray": Fault(
        "“{value}”不在表格旁边。",
        "把图片放在表格旁边，写 photos/a.jpg 这样的名字，不要写盘符和 ..。",
        '"{value}" does not lie beside the table.',
        "Put the picture beside the table and write it as photos/a.jpg, without a drive or ...",
    ),
    "too_many_photos": Fault(
        "有 {value} 张图片，最多 {most} 张。",
        "去掉几张。",
        "there are {value} photos, and the most is {most}.",
        "Leave some out.",
    ),
    "buyer": Fault(
        "“{value}”不是买家编号。",
        "写 Telegram 的数字编号，例如 123456789。",
        '"{value}" is not a buyer\'s id.',
        "Write the numeric Telegram id, such as 123456789.",
    ),
    "buyer_twice": Fault(
        "买家“{value}”在第 {first} 行已经有了。",
        "合成一行。",
        'the buyer "{value}" stands in row {first} too.',
        "Make it one row.",
    ),
    "order_differs": Fault(
        "订单 {order_no} 在第 {first} 行写的不一样，这里是“{value}”。",
        "改成一样，或者只写在一行。",
        'order {order_no} says something else in row {first}; here it is "{value}".',
        "Make the rows agree, or write it in one of them.",
    ),
    "phone": Fault(
        "“{value}”不是电话号码。",
        "写成 13800001234 或 +86 138 0000 1234。",
        '"{value}" is not a phone number.',
        "Write it as +86 138 0000 1234.",
    ),
    "calendar": Fault(
        "没有“{value}”这种历法。",
        "写 公历 或 农历，空着就是公历。",
        '"{value}" is not a calendar.',
        "Write solar or lunar; left blank it is solar.",
    ),
    "not_a_birthday": Fault(
        "“{value}”不是生日。",
        "写成 1990-05-01 或 05-01。",
        '"{value}" is not a birthday.',
        "Write it as 1990-05-01, or 05-01 without the year.",
    ),
    # odd, but taken
    "category_differs": Fault(
        "“{title}”在第 {first} 行的分类是“{other}”，这里是“{value}”。",
        "同一个名称最好同一个分类。",
        '"{title}" has the category "{other}" in row {first} and "{value}" here.',
        "Rows with one title should have one category.",
    ),
    "looks_the_same": Fault(
        "名称和规格跟第 {first} 行一模一样，买家分不清。",
        "在规格里写出区别。",
        "title and variant are the same as in row {first}, so a buyer cannot tell them apart.",
        "Say the difference in the variant.",
    ),
    "sku_alike": Fault(
        "货号“{value}”和第 {first} 行的“{other}”只差大小写。",
        "最好改得不一样些。",
        'the sku "{value}" differs from "{other}" in row {first} only by case.',
        "Better make them differ more.",
    ),
    "free": Fault("价格是 0。", "真的是送的吗？不是就改一下。", "the price is 0.", "If it is not a gift, correct it."),
    "foreign_currency": Fault(
        "币种是 {value}，店里用的是 {currency}；包邮门槛和差价不会换算。",
        "如果写错了请改成 {currency}。",
        "the currency is {value} while the shop's is {currency}; nothing is converted.",
        "If it is a slip, write {currency}.",
    ),
    # shop.toml: how it is written
    "toml_not_text": Fault(
        "这不是文字文件。",
        "用文本编辑器存成 UTF-8 的 shop.toml。",
        "this is not a text file.",
        "Save shop.toml as UTF-8 in a text editor.",
    ),
    "toml_value": Fault(
        "有个数字或日期写得不对。",
        "检查数字和日期，例如 16、2027-02-06。",
        "a number or date is malformed.",
        "Check the numbers and dates, such as 16 or 2027-02-06.",
    ),
    "toml_line": Fault(
        "这一行看不懂（{value}）。",
        "写成 名字 = 值。",
        "this line cannot be read ({value}).",
        "Write it as key = value.",
    ),
    "toml_curly": Fault(
        "用了弯引号（{value}）。",
        '改成英文的直引号 "。',
        "curly quotation marks are used ({value}).",
        'Write straight ones: ".',
    ),
    "toml_quote": Fault(
        "引号没有合上（{value}）。",
        '给这段文字补上结尾的引号 "；文字本身带引号时写成 \\"。',
        "a quotation mark is not closed ({value}).",
        'End the text with "; a quotation mark inside it is written \\".',
    ),
    "toml_backslash": Fault(
        "反斜杠没有写对（{value}）。", "反斜杠要写两个。", "a backslash is not doubled ({value}).", "Write two of them."
    ),
    "toml_equals": Fault(
        "少了等号（{value}）。",
        "写成 名字 = 值；名字里有汉字的要加引号。",
        "the = is missing ({value}).",
        "Write key = value; a key that is not plain letters goes in quotation marks.",
    ),
    "toml_key": Fault(
        "名字写得不对（{value}）。",
        '名字只用英文字母；有汉字的要加引号，例如 "江浙沪" = ["江苏"]。',
        "the key is malformed ({value}).",
        'Use plain letters; any other key goes in quotation marks: "江浙沪" = ["江苏"].',
    ),
    "toml_unquoted": Fault(
        "值写得不对（{value}）。",
        '文字要加双引号，例如 name = "北窗布艺"；时间写成 "16:40"。',
        "the value is malformed ({value}).",
        'Texts go in quotation marks: name = "North Window"; times too: "16:40".',
    ),
    "toml_twice": Fault(
        "这个名字已经写过了（{value}）。", "只留一个。", "this key is written twice ({value}).", "Keep one of them."
    ),
    "toml_section_twice": Fault(
        "这一段已经写过了（{value}）。",
        "合成一段。",
        "this section is written twice ({value}).",
        "Put the two together.",
    ),
    "toml_bracket": Fault(
        "括号没有合上（{value}）。",
        "补上 ] 或 }}，每项之间用逗号。",
        "a bracket is not closed ({value}).",
        "Add the ] or }}, and put commas between the items.",
    ),
    "toml_after": Fault(
        "值后面还有多余的字（{value}）。",
        "一行只写一个 名字 = 值；注释前面加 #。",
        "something stands after the value ({value}).",
        "Write one key = value in a line; a remark starts with #.",
    ),
    # shop.toml: what it says
    "key_missing": Fault("少了 {name}。", "补上它。", "{name} is missing.", "Add it."),
    "unknown_key": Fault(
        "不认识“{value}”，没有读它。",
        "不需要就删掉。",
        '"{value}" is not known and was not read.',
        "If it is not needed, delete it.",
    ),
    "unknown_key_near": Fault(
        "不认识“{value}”，没有读它。",
        "是不是 {near}？",
        '"{value}" is not known and was not read.',
        'Did you mean "{near}"?',
    ),
    "not_a_section": Fault(
        "{name} 应该是一段。",
        "单独写一行 [{name}]，内容写在下面。",
        "{name} should be a section.",
        "Write [{name}] on a line of its own and its keys below.",
    ),
    "not_tables": Fault(
        "{name} 应该是一段一段的。",
        "每一条前面写 [[{name}]]。",
        "{name} should be a list of sections.",
        "Write [[{name}]] before each.",
    ),
    "not_a_text": Fault(
        "“{value}”不是文字。", "用双引号括起来。", '"{value}" is not a text.', "Put it in double quotation marks."
    ),
    "not_a_list": Fault(
        "“{value}”不是一列文字。",
        '写成 ["江苏", "浙江"]。',
        '"{value}" is not a list of texts.',
        'Write it as ["one", "two"].',
    ),
    "not_true_or_false": Fault(
        "“{value}”不对。",
        "写 true 或 false，不加引号。",
        '"{value}" is neither true nor false.',
        "Write true or false, without quotation marks.",
    ),
    "not_a_time": Fault(
        "“{value}”不是时间。", '写成 "16:40"。', '"{value}" is not a time of day.', 'Write it as "16:40".'
    ),
    "not_a_span": Fault(
        "“{value}”不是营业时段。",
        '写成 "09:00-12:00"；过夜写 "20:00-02:00"，全天写 "00:00-24:00"。',
        '"{value}" is not a span of hours.',
        'Write it as "09:00-12:00"; over midnight "20:00-02:00", all day "00:00-24:00".',
    ),
    "hours_overlap": Fault(
        "{day} 的时段有重叠：{value}。",
        "改成不重叠的。",
        "the hours of {day} overlap: {value}.",
        "Make them follow one another.",
    ),
    "hours_empty": Fault(
        "营业时间是空的。",
        '写 daily = ["09:00-18:00"]，或者把 [hours] 整段删掉。',
        "there are no hours.",
        'Write daily = ["09:00-18:00"], or leave [hours] out.',
    ),
    "not_a_day": Fault(
        "“{value}”不是日期。", '写成 "2027-02-06"。', '"{value}" is not a date.', 'Write it as "2027-02-06".'
    ),
    "not_a_weekday": Fault(
        "“{value}”不是星期几。",
        "写 mon tue wed thu fri sat sun，或者 周一 到 周日。",
        '"{value}" is not a weekday.',
        "Write mon, tue, wed, thu, fri, sat or sun.",
    ),
    "unknown_timezone": Fault(
        "没有“{value}”这个时区。", '写成 "{near}"。', '"{value}" is not a time zone.', 'Did you mean "{near}"?'
    ),
    "unknown_language": Fault(
        "“{value}”这种语言还不会。",
        '可以写 ["zh", "en"]，至少一种。',
        '"{value}" is not a language spoken here.',
        'Write ["zh", "en"], or one of them.',
    ),
    "unknown_tone": Fault(
        "没有“{value}”这种口气。",
        "写 warm、neutral 或 brief。",
        '"{value}" is not a tone.',
        "Write warm, neutral or brief.",
    ),
    "unknown_calendar": Fault(
        "没有“{value}”这种日历。",
        '写 "CN"，或者不写。',
        '"{value}" is not a calendar known here.',
        'Write "CN", or leave it out.',
    ),
    "carrier_code": Fault(
        "快递代号“{value}”不对。",
        "只用小写字母和数字，例如 zto。",
        '"{value}" is not a carrier code.',
        "Use small letters and digits, such as zto.",
    ),
    "carrier_twice": Fault(
        "快递代号“{value}”写了两次。",
        "每家快递一个代号。",
        'the carrier code "{value}" stands twice.',
        "Give every carrier one of its own.",
    ),
    "two_defaults": Fault(
        "默认快递有两家。",
        "只留一家 default = true。",
        "two carriers are marked default.",
        "Keep default = true on one of them.",
    ),
    "transit": Fault(
        "“{value}”不是地区和天数。",
        '写成 transit = {{ "江浙沪" = [1, 2], "default" = [2, 4] }}。',
        '"{value}" is not a region with its days.',
        'Write transit = {{ "江浙沪" = [1, 2], "default" = [2, 4] }}: days, from and to.',
    ),
    "transit_order": Fault(
        "“{value}”的天数不对。",
        "前面写最快几天，后面写最慢几天，最多 120。",
        '"{value}" has its days wrong.',
        "The fewer come first, and the most is 120.",
    ),
    "not_wordings": Fault(
        "“{value}”不是一段话。",
        '写成 zh = "……" 和 en = "…"。',
        '"{value}" says nothing in any language.',
        'Write zh = "……" and en = "…" below it.',
    ),
    "policy_near": Fault(
        "“{value}”算作您自己的一条。",
        "是不是 {near}？",
        '"{value}" was taken as a policy of your own.',
        'Did you mean "{near}"?',
    ),
    "unknown_region": Fault(
        "不知道“{value}”是哪里，问到时会请您回答。",
        "写省、市、国家的名字，或者在 [regions] 里说明。",
        '"{value}" is not a place known here, so you will be asked.',
        "Write a province, city or country, or explain it under [regions].",
    ),
    "unknown_region_near": Fault(
        "不知道“{value}”是哪里，问到时会请您回答。",
        "是不是“{near}”？",
        '"{value}" is not a place known here, so you will be asked.',
        'Did you mean "{near}"?',
    ),
    "unknown_ask": Fault(
        "没有“{value}”这种问题。",
        "看说明里的名字，例如 ship_when、carrier。",
        '"{value}" is not the name of an ask.',
        "The names are in the docs, such as ship_when or carrier.",
    ),
    "unknown_ask_near": Fault(
        "没有“{value}”这种问题。", "是不是 {near}？", '"{value}" is not the name of an ask.', 'Did you mean "{near}"?'
    ),
}
