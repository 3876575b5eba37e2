"""What is said of one cell: first what is refused, then what is odd but taken."""

from sheets.sentences.fault import Fault

OF_CELLS: dict[str, Fault] = {
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
    "not_a_count": Fault(
        "“{value}”不是件数。",
        "写 {least} 或更大的整数。",
        '"{value}" is no number of pieces.',
        "Write a whole number from {least} on.",
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
    "sku_is_a_date": Fault(
        "货号“{value}”像日期：表格软件会把 3-1 这样的货号改成日期。",
        "如果原来不是这样，先把这一列设成“文本”，再重新填。",
        'the sku "{value}" looks like a date: spreadsheets turn one such as 3-1 into a date.',
        "If it was another, make the column text and type it again.",
    ),
    "free": Fault("价格是 0。", "真的是送的吗？不是就改一下。", "the price is 0.", "If it is not a gift, correct it."),
    "foreign_currency": Fault(
        "币种是 {value}，店里用的是 {currency}；包邮门槛和差价不会换算。",
        "如果写错了请改成 {currency}。",
        "the currency is {value} while the shop's is {currency}; nothing is converted.",
        "If it is a slip, write {currency}.",
    ),
}
