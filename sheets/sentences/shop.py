"""What is said of shop.toml: where it is no TOML, and what a key of it may hold."""

from sheets.sentences.fault import Fault

OF_SHOP: dict[str, Fault] = {
    # no TOML
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
    # keys and their values
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
