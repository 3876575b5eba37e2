"""Words that rule an ask out, however much the rest of a piece sounds like it: where 到账 stands, money is meant and no parcel."""

import re
from collections.abc import Collection

_TABLE: tuple[tuple[str, str], ...] = (
    ("ship_eta", r"到账|到帐|(?:款|钱).{0,6}到|退款|退货|换货|审核|开票|发票|my money|refund"),
    ("ship_when", r"退款|退货|换货|开票|发票(?!.*发货)|refund"),
    (
        "haggle",
        r"(?:对吗|对吧|是吗|对不对|是不是)$|^(?:能不能|可不可以|能|可以|麻烦|请|那|再|稍微|,)*快(?:一?点|一?些|点儿)(?:吗|么|嘛|不|呢|吧|行吗|行不行|可以吗|好吗)*$",
    ),
    ("price", r"(?:退|赔|补|返|扣).{0,8}多少钱"),
    ("carrier", r"快递员|快递小哥|派件员|寄回|退货|换货|退回|物流(?:信息|状态|显示|一直|怎么|不)"),
    ("missing_item", r"没要|不要赠|不需要|发票"),
    ("stock", r"联系方式|电话|问题|地址|客服|优惠|活动|发票|快递(?:吗|么)|运费|包邮|办法|人在|区别|说明书"),
    ("human", r"报销|人工费|工人|安装师傅"),
    ("spec", r"质量问题|流程|运费|邮费|发票|快递|优惠|退|换货"),
    ("ship_to", r"送(?:东西|什么|礼|赠品|点|个|不送)|赠品"),
    ("order_status", r"哪个订单|哪一?单|什么订单|which order"),
    ("praise", r"不满意|不好|不行|没有|差|不是|不怎么|怎么|吗$|not |n't |but "),
    (
        "recommend",
        r"(?:不要|不用|别|不需要|不必)(?:再)?(?:给我|跟我)?(?:推荐|介绍)|(?:don't|do not|no need to) (?:recommend|suggest)|^哪个$|my (?:order|package|parcel)",
    ),
    ("return_exchange", r"发票.{0,6}(?:换|重开|改)|退(?:款|差价|钱|运费)(?!货)"),
    ("payment", r"退款|refund"),
    ("cancel", r"怎么(?:又|被|就)?(?:自动)?取消了|自动取消|为什么取消|subscription|membership|account"),
    ("track", r"退款|refund|invoice|发票|退货单"),
)
_PATTERNS = {ask: re.compile(pattern) for ask, pattern in _TABLE}


def ruled_out(words: str, among: Collection[str]) -> frozenset[str]:
    """Those of some asks that the words of a folded piece cannot mean."""
    return frozenset(ask for ask in among if ask in _PATTERNS and _PATTERNS[ask].search(words))
