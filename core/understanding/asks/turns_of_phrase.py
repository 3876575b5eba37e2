"""Turns of phrase that ask one thing whatever else they resemble: where it is sent from, how many are left, that it is dear."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn of phrase asks, its name for /why, and what it adds to the details."""

    ask: str
    name: str
    adds: str = ""


def turn_of_phrase(bare: str, masked: str) -> Turn | None:
    """The turn of phrase that a folded piece is: `bare` without signs around it, `masked` with names and numbers hidden."""
    if (_SENDS.search(masked) or " from" in masked) and _SENT_FROM.search(masked):
        return Turn("ship_to", "asks where it is sent from", "sent_from")
    if _DEAR_WORD.search(bare) and _DEAR.fullmatch(bare):
        return Turn("haggle", "finds it dear")
    if (
        "便宜" in bare or "实惠" in bare or "划算" in bare or "cheap" in bare or "expensive" in bare
    ) and _CHEAPER.search(masked):
        return Turn("recommend", "asks for something cheaper", "cheaper")
    if ("back" in masked or "restock" in masked) and _BACK.search(masked):
        return Turn("stock", "asks whether it is back")
    if ("斤" in bare or "kg" in bare or "kilo" in bare or "pound" in bare) and _LOAD.search(bare):
        return Turn("spec", "asks what it carries")
    if "了" in bare and _BROKE_ZH.search(bare):
        return Turn("damaged", "tells that it is broken")
    if bare.isascii() and _BROKE.search(masked):
        return Turn("damaged", "tells that it is broken")
    if (_CAME_SIGN.search(bare) and _OTHER_CAME.search(bare)) or _is_short(bare):
        return Turn("missing_item", "tells that another came, or fewer")
    if " with" in bare and _COMES_WITH.search(masked):
        return Turn("spec", "asks what comes with it")
    if ("wash" in bare or "clean" in bare or "iron" in bare) and _WASH.search(bare):
        return Turn("spec", "asks how to wash it")
    if ("改" in bare or "换" in bare or "change" in bare) and _RECIPIENT.search(bare):
        return Turn("change_address", "changes who the parcel goes to")
    if _STILL_TAKEN.fullmatch(bare):
        return Turn("ship_when", "asks whether orders are taken")
    if _BUDGET.fullmatch(bare):
        return Turn("recommend", "tells a budget")
    if "□" in masked and _WHEN_THERE.fullmatch(masked):
        return Turn("stock", "asks when it is there")
    if ("了" in bare and _ON_THE_WAY.search(bare)) or ("what if" in bare and _IF_IT_COMES.search(bare)):
        return Turn("warranty", "asks what is done about what breaks on the way")
    if "不" in masked and _GOES_THERE.fullmatch(masked):
        return Turn("ship_to", "asks whether it goes there")
    if " to pay" in bare and _WAY_TO_PAY.fullmatch(bare):
        return Turn("payment", "asks how to pay")
    if _OFFERS_SIGN.search(bare) and _OFFERS.fullmatch(bare):
        return Turn("haggle", "names a price")
    if _QUALITY.fullmatch(masked):
        return Turn("authenticity" if _FAKE.search(masked) else "spec", "asks whether the quality is good")
    if "□" in masked and _ANY_GOOD.fullmatch(masked):
        return Turn("spec", "asks whether a thing is any good")
    if _AFTER_CARE.fullmatch(bare):
        return Turn("spec", "asks what washing does to it")
    if _SUM.fullmatch(bare):
        return Turn("price", "asks what it comes to")
    if "脏" in bare and _SOILS.fullmatch(bare):
        return Turn("spec", "asks whether it shows dirt")
    if "with" in bare and _SUM_WITH_POSTAGE.fullmatch(bare):
        return Turn("ship_fee", "asks what it comes to with the postage")
    if _SO_LONG.fullmatch(bare):
        return Turn("ship_eta", "asks whether it takes so long")
    if _ACCOUNT.fullmatch(bare):
        return Turn("payment", "asks where to pay to")
    if _WHICH_COLOURS.fullmatch(bare):
        return Turn("spec", "asks which colours or sizes")
    if ("□" in masked or " have" in masked or "cheap" in masked) and _WHAT_THERE_IS.search(masked):
        return Turn("recommend", "asks what there is of a kind", "kinds")
    if "送" in bare and _FOR_WHOM.fullmatch(bare):
        return Turn("other", "says whom it is for")
    if ("半价" in bare or "买" in bare) and _HALF_PRICE.fullmatch(bare):
        return Turn("promo", "asks for an offer by its terms")
    if bare.endswith("back") and _POSTAGE_BACK.search(bare):
        return Turn("return_exchange", "asks who pays for sending it back")
    if "的" in bare and _THAT_COLOUR.fullmatch(bare):
        return Turn("other", "says what kind is wanted")
    if bare.endswith(("点的", "些的", "点儿的")) and _KIND_WANTED.fullmatch(bare):
        return Turn("other", "says what kind is wanted")
    if _HOW_MANY.search(masked):
        if _LEFT.search(bare):
            return Turn("stock", "asks how many are left")
        if _ENOUGH.search(masked):
            return Turn("recommend", "asks how many are enough", "how_many")
    return None


def is_angry(text: str) -> bool:
    """Whether a line is nothing but signs of anger: 😡😡."""
    signs = [one for one in text if not one.isspace() and one not in "\ufe0f\u200d"]
    return bool(signs) and all(one in _SIGNS_OF_ANGER for one in signs)


def _is_short(bare: str) -> bool:
    """Whether fewer came than were bought: 买两件收到一件."""
    found = _BOUGHT_AND_GOT.search(bare)
    return found is not None and found["bought"] != found["got"]


_MANY = "件个只双条套包袋盒份瓶罐本张台部把块片支枝副对卷米"
_CAME_SIGN = re.compile("不是|[买要拍订定]的|instead of|rather than|ordered|bought")
_OTHER_CAME = re.compile(
    r"(?:收到的?|[发寄送]过?来的|到手的?|来的|给我[发寄]的)(?:却|竟然|居然)?是[^,。!?吗么]{1,10}[,， ]?(?:而|却)?不是[^,。!?吗么]{1,10}$|"
    r"(?:买|拍|订|定|要)的是?(?![^,。]{0,16}(?:什么|几|哪|谁|没|有|天|刚|才|周|月|日|次))[^,。!?]{1,8}[,， ]?(?:你们?|结果|怎么|,| )*(?:发过?来|寄过?来|收到|发|寄|来|给我)的(?:却|竟然|居然)?是?[^,。!?]{0,6}(?:的|色|码|款|号|[smlx])(?:啊|呀|诶|呢)*$|"
    r"^(?:这个?|那个?|收到的?|来的|发来的|寄来的|根本|明明|都|并|,| )*不是我们?(?:买|订|定|拍|点)(?:的那?|那)[款个件种样条双只]?(?:颜色|尺码|码|东西|货|款式?)?(?:啊|呀|吧|哦|诶|欸)*$|"
    r"(?<![a-z])(?:got|received|(?:was|were) sent|(?:you|they)(?: guys)? sent(?: me| us)?|came (?:in|as)) (?:an? |the )?[\w -]{1,24} (?:instead of|rather than) (?:an? |the )?[\w -]{1,24}$|"
    r"^(?:but |so |hi )*(?:i|we) (?:ordered|bought|paid for) [\w -]{1,24},? (?:and|but)(?: (?:i|we))?(?: only)? (?:got|received|(?:was|were) sent|you sent(?: me)?) (?!(?:it|them|that|this|mine|everything|all|an? (?:e?mail|message|text|refund|confirmation|discount|coupon|code)|(?:the|my|your) (?:parcel|package|order|goods|things|items?|delivery|e?mail|message|confirmation|tracking|refund))(?![a-z]))[\w -]{1,24}$"
)
"""Bought black and got white: 收到的是白色不是黑色, got M instead of L. Not: ordered two and got them today."""
_BOUGHT_AND_GOT = re.compile(
    rf"(?:买|拍|订|定)(?:了|的是?)?(?P<bought>\d+|[一二两三四五六七八九十几])[{_MANY}],?(?:怎么|结果|却|可是|但是?|我| )*(?:[只就才仅](?:收到|到手|[发寄送]过?来|来|到|发|寄)|收到|到手|[发寄送]过?来|[来到发寄]了)(?:了|我)*(?P<got>\d+|[一二两三四五六七八九十几])[{_MANY}](?:了|啊|呀|诶|呢)*$"
)
_SENT_FROM = re.compile(
    r"(?:从|由|在|是|是从)?(?:什么|哪个?|哪一个)(?:里|儿|边)?(?:地方|城市|省|仓库?|地)?(?:给我|帮我|直接)?(?:发货|发出来?|寄出来?|寄过来|寄来|发过来|发的货|发货的|发走|寄的|发的)(?:呀|啊|呢|的|过来)*$|"
    r"发货地(?:址|点)?(?:是|在|为)?(?:哪|什么|◎|吗|呢|$)|(?:哪里|哪儿|哪)是?发货地|"
    r"(?:从|由|是|是在)◎(?:的?仓库?)?(?:发货|发出|寄出|直发|发的)(?:的|过来)*(?:吗|么|不|还是.*)?$|^◎(?:发货|直发)?还是◎(?:发货|直发)的?(?:呢|啊)?$|"
    r"(?<![a-z])where (?:(?:do|will|would|are) (?:you|u|they)(?: guys)?(?: all)? |does (?:it|this|that|the (?:parcel|order)|everything) |is (?:it|this|that) |are (?:they|these) |it'?s )(?:usually |normally |actually |being )?(?:ship\w*|sent|send\w*|post(?:ed|ing)?|dispatch\w*|com(?:e|ing)|mail\w*)(?: it| them| things| out)? from(?![a-z])|"
    r"(?<![a-z])(?:ship(?:s|ped|ping)?|sen[dt]|posted|dispatched) from (?:where|◎|china)(?![a-z])|^from where (?:do|will) (?:you|u) (?:ship|send)"
)
"""Not 泰国发货吗, which may as well ask whether it is sent there."""
_SPAN_ZH = r"(?:这么久|那么久|这么长时间|这么多天|半个?多?月|(?:一两|两三|三四|好几|几|[一二两三四五六七八九十]+|\d{1,3})(?:个半?多?月|多?天|周|个?多?星期|个?多?礼拜|多?日))"
_SPAN_EN = r"(?:(?:a|an|one|two|three|four|five|six|\d{1,2}) (?:whole |full )?(?:days?|weeks?|months?)|a whole (?:week|month)|(?:that|so|this) long)"
_SO_LONG = re.compile(
    rf"(?:啊|真的|不会|怎么|为什么|那|还|也|都|是不是|难道|,| )*(?:要|得|需要)(?:等|过|花)?{_SPAN_ZH}(?:左右|之久|之后|后|以上)?(?:才|才能|能|会|可以)*(?:到|到货|收到|送到|拿到)(?:货|手)?(?:吗|么|啊|呀|呢|吧|的)*|"
    rf"(?:啊|真的|不会|怎么|那|,| )*{_SPAN_ZH}(?:左右|之后|后)?(?:才|才能)(?:能|会)?(?:到|到货|收到|送到|拿到)(?:货|手)?(?:吗|么|吧)|"
    rf"(?:so |really |wait |and |,| )*(?:does|will|would|do) (?:it|they|this|that|delivery|shipping)(?: really| actually)? take(?: up to)? {_SPAN_EN}(?: to (?:arrive|come|get here|be delivered|deliver))?"
)
"""Of what has not come yet. Who tells that it took so long asks nothing."""
_LEFT = re.compile(
    rf"^(?:这个?|那个?|这款|那款|它|都|应该|还|是)*(?:还有|有现?货|是现货|现货)的?吧$|(?:还有|还剩|剩下?|剩余|库存|现货)(?:有|还)?(?:多少|几)[{_MANY}]?(?:货|现货|库存)?(?:了|呢|啊|呀)*$|(?<![a-z])how (?:many|much) (?:(?:of (?:it|them|these|those) )?(?:(?:is|are) (?:still )?left|do you (?:still )?have(?: left)?|left|(?:is|are) there(?: left)?))$"
)
_BACK = re.compile(
    r"(?<![a-z])(?:is|are) (?:it|they|that|this|these|those|the [a-z□●■ ]{1,30}) back(?: (?:in stock|in|yet|now|again))*$|(?<![a-z])(?:any|been|have you) (?:restocks?|restocked)(?: \w+){0,2}$"
)
_DEAR = re.compile(
    r"(?:哇|啊|哦|唉|哎|那|这|也|都|还|真|真的|实在|感觉|觉得|有点|有些|有一点|好|太|这么|怎么|那么|挺|蛮|老|略|稍微|稍|价格|价钱|价位|卖|小|我|[个款件条双套张块]|,| )*贵(?:死|得很)?(?:了|啊|呀|哦|吧|呢|的|些|点|一点|一点点|诶|欸|耶|喔|哎|啦|噢|咯|喽|呗)*|"
    r"(?:你们?家?|这个?|的|那|卖|东西|是)*(?:价|价格|价钱|定价|标价|要价)(?:也|都|真|真的|有点|有些|太|这么|得|实在|未免)*(?:离谱|夸张|吓人|高|黑|坑|虚高|贵)(?:了|吧|啊|点|些)*|"
    r"(?:wow|hmm+|oh|ok|well|but|honestly|sorry|hm|omg|,| )*(?:that's|that is|thats|it's|it is|its|they're|this is|those are|still|bit|a bit|is|seems|kind of)?(?: (?:just|still|really|a|bit|little|kinda|kind|of|way|rather|quite|pretty|somewhat|far))*(?: ?(?:too|so|very|quite|pretty|bit|rather))? ?(?:expensive|pricey|steep|dear|too much|so much|a lot of money)(?: for (?:me|us|that|it|this))?(?: (?:lol|haha|tbh|though|mate|sorry))*"
)
_ENOUGH = re.compile(
    rf"(?:[{_MANY}]|□|0|的|用|这样|了|会|的话|帘|布|买)(?:够不够|够吗|够用吗|够用不|够了吗|够没)|(?:要|需要|得|买|用|配|拍|该买|应该买)(?:多少|几)[{_MANY}幅](?:布|料|窗帘|面料)?(?:才|就|会|比较|最|能)?(?:够|合适|行|好看|好)|(?:要|需要|得)(?:买|用|拍)?几[米码块片条幅]$|做[^,。!?]{{1,12}}(?:要|需要|得)(?:买|用)?(?:多少|几)[米码块{_MANY}](?:布|料)?|"
    r"(?<![a-z])how (?:many|much)(?: (?!do |does |is |are |for |left)[\w□●■-]+){0,3} (?:do i|will i|would i|should i|i|we|do we|would we|you think i) (?:need|require|have to (?:buy|get)|get|buy|order)(?![a-z])|(?<![a-z])(?:is|are|would|will)(?: [\w□●■]+){1,4}(?: be)? enough (?:for|to)(?![a-z])"
)
_CHEAPER = re.compile(
    r"(?:有没有|有|还有|还有没有|想看|看看|看下|推荐)(?:更|再|稍微|稍|比较|别的|其他|其它)*(?:便宜|实惠|划算)(?:一?点|一?些|点儿)?的?(?:款式?|□|吗|么|没有?|不|呢|可以看|可选|推荐|看看)*(?<!便宜)(?<!便宜点)$|(?:更便宜|便宜一?[点些])的(?:有吗|有没有|款?呢?)$|"
    r"(?<![a-z])(?:anything|something|any|a|got|have|one|ones|others?|show me)(?: \w+){0,2} (?:cheaper|less expensive|more affordable|cheaper one|in a lower price)(?: \w+){0,2}$|^(?:any )?cheaper (?:ones?|options?|alternatives?)$"
)
_WASH = re.compile(
    r"(?<![a-z])(?:can|may|could|should|must|do|does|how (?:do|should|can|to))(?: (?:i|you|we|it|they|this|these|that|one))?(?: (?:be|to|just|machine|hand|safely))* ?(?:wash|clean|iron|bleach|tumble|dry clean)(?:ed)?(?: \w+){0,5}$"
)
_RECIPIENT = re.compile(
    r"(?:电话|手机|联系方式|联系电话|收货人|收件人|姓名|收货地址)(?:号码?)?(?:请|麻烦|帮我|给我|也|要|想|都|,| )*(?:改|换)(?:成|为|到)|"
    r"(?<![a-z])change (?:the |my )?(?:(?:phone|mobile|contact|telephone)(?: number)?|recipient(?:'s name)?) (?:to|into)(?![a-z])"
)
_COMES_WITH = re.compile(
    r"^(?:(?:so|and|but|ok|also) )*(?:does|do|will) (?:it|they|this|these|that|those|(?:the|your) [a-z□●■0 '-]{1,40}?) come with (?!.*(?:gift|free|discount|warranty|guarantee|receipt|invoice|note))"
)
_STILL_TAKEN = re.compile(
    r"(?:请问|现在|今天|这会儿|这个点|周末|晚上|还|都|你们|店里)*(?:能不能|可不可以|能|可以)(?:正常)?(?:下单|拍|买|接单)(?:吗|么|不|的吗)?|(?:can|may) i still (?:order|buy|place an order)(?: (?:now|today|tonight|this late))?|are you (?:still )?taking orders(?: (?:now|today|tonight))?"
)
_WHICH_COLOURS = re.compile(
    r"(?:and |so |ok )*(?:what|which)(?: other)? (?:colou?rs?|sizes?)(?: (?:do you (?:have|do|stock)|have you got|are there|are they|is it|does it come in|do they come in|does this come in|you have|you got|available|are available|left|are left|in stock))*"
)
_WHAT_THERE_IS = re.compile(
    r"□(?:你们|店里|这边|都|一共|总共|,| )*有(?:几|多少|哪几|哪些|什么)(?:种|款|样|个|些)?(?:款|款式|样式|种类|选择)?(?:可以?选)?(?:的|呀|呢|啊)*$|(?:都|还)?有(?:哪些|什么|几种|几款|哪几[种款])(?:样?的)?□(?:呀|呢|啊|可以?选)*$|最便宜的?□(?:是|有|多少钱|哪.*|什么.*|呢|吗)*$|□(?:里|中)?(?:最便宜的?)(?:是|多少钱|哪.*|什么.*|呢)*$|"
    r"(?<![a-z])(?:what(?:'s| is| are)|which(?: one| is| are)?) (?:your |the )?(?:cheapest|least expensive|lowest priced) (?:□s?|[a-z]+)(?: you have)?$|(?<![a-z])(?:what|which)(?: (?:kinds?|types?|sorts?|styles?) of)? (?:□s?|(?!colou?rs|sizes)[a-z]+s) (?:do|have) (?:you|u)(?: guys)?(?: (?:have|got|sell|carry))?(?: in stock| available)?$"
)
_THAT_COLOUR = re.compile(
    r"(?:那|就|我|还是|先)*(?:要|来|选|拿)[^,。!?吗么]{0,3}[黑白红蓝绿黄粉紫灰棕咖橙金银杏]色?的(?:那个|那款|款)?(?:吧|了|好了|啦)+"
)
_HALF_PRICE = re.compile(
    r"(?:那|请问|买|拿|是不是|还|有没有|有|,| |[一二两三四五\d个件条套])*第[二三四五\d][个件条双套份](?:是不是|是|能|可以|能不能|还|就|算|打|不是)*(?:半价|[五5]折|免费|送)的?(?:吗|么|嘛|啊|呀|的|不|呢)*|买[一二三四五\d]送[一二三四五\d](?:还有吗|吗|有吗|有没有|么|的活动.*)?"
)
_POSTAGE_BACK = re.compile(
    r"(?:(?:do|will|would|must|should) i (?:have to |need to )?(?:pay|cover)|who (?:pays|covers|is paying))(?: for)? (?:the )?(?:return )?(?:(?:shipping|postage|posting|sending|mailing)(?: (?:it|them|this))?|to (?:send|ship|post)(?: it| them| this)?) back$"
)
_FOR_WHOM = re.compile(
    r"(?:是|想|要|准备|打算|买来|用来|就是)*送(?:给)?(?:我|我们|一?个|家里)*(?:妈妈?|爸爸?|父母|老婆|老公|太太|先生|女朋友|男朋友|女友|男友|闺蜜|朋友|同学|同事|老师|领导|长辈|婆婆|岳母|丈母娘|奶奶|爷爷|外婆|外公|孩子|小孩|儿子|女儿|姐姐|妹妹|客户|客人|人)(?:的|当|做|作|作为|,| )*(?:生日|新年|结婚|新婚|圣诞|毕业|乔迁|过年|节日)*(?:礼物|礼品)?(?:的|用|哒)*"
)
_KIND_WANTED = re.compile(
    r"(?:我|就|还是|比较|最好)*(?:想要|要|想找|找|喜欢|想买)(?:一?个|一?款|一?条|一?件)?[^,。!?]{0,8}(?:好|大|小|长|短|厚|薄|软|硬|深|浅|宽|窄|轻|结实|素|亮|暗|便宜|简单)(?:一)?(?:点|些)(?:儿)?的?"
)
_ACCOUNT = re.compile(
    r"(?:那|请问|你们?|的|发我?|给我|把|发一?下|收款|银行|支付宝|微信)*(?:账号|帐号|账户|卡号|收款码|付款码|二维码)(?:是|多少|几号|号码|发我?|给我?|发一?下|一下|呢|吗|有|啊|呀)*|"
    r"(?:what(?:'s| is) |send me |give me |can i have )?(?:your |the )?(?:account (?:number|no|details)|qr ?code|alipay(?: account| id)?|bank details|payment link)(?: please)?"
)
_SUM = re.compile(
    r"(?:那|那么|请问|这样|这些|这几[样个件]|以上|算下来|的话|,| )*(?:一共|总共|合计|总计|加起来|合起来|加埋|全部)(?:一共|总共|是|要|得|下来|的|都|算|付|给|加起来| )*(?:多少|几多)(?:钱|元|块)?(?:呢|啊|呀|呐)*|"
    r"(?:so |and |then |ok |okay )*(?:how much|what)(?:'s| is| are| does| do| would| will| for)?(?: (?:that|it|they|them|this|these|everything|i|you|be|come|owe|pay|cost|to|the|for|in|all))*(?: (?:altogether|all together|in total|in all|total|everything|it all come to|all of (?:it|them|that)|do i owe you))(?: (?:please|then|now))*"
)
_SOILS = re.compile(
    r"(?:这个?|它|那|颜色|浅色的?|白色的?|会不会|容不容易|容易|显不显|耐不耐|怕不怕|很|太|会|显|耐|怕|不)+(?:弄|变|显)?脏(?:吗|么|不|呢|啊|呀)*"
)
_SUM_WITH_POSTAGE = re.compile(
    r"(?:so |and |then |ok |okay )*(?:what(?:'s| is| would be)|how much(?: is| would)?) (?:the |that |it |my |all )*(?:total|sum|altogether|in total|be|come to|cost)?(?: \w+){0,3}? with(?: the)? (?:shipping|postage|delivery)(?: (?:to|for) [a-z ]{2,24})?(?: please)?"
)
_OFFERS = re.compile(
    rf"(?:那|那么|就|要不|不如|老板|亲|,| )*[¥￥]?\d+(?:\.\d+)?(?:块钱|块|元|刀)?(?:[一每1][{_MANY}])?(?:给我|卖|包邮|拿|的话|,| )*(?:行不行|行吗|行不|行嘛|可以吗|可以不|可不可以|卖不卖|卖吗|卖不|成吗|成不成|成不|怎么样|好不好|好吗|得唔得|可否|ok吗|吧)+"
)
_FAKE = re.compile("冒充|忽悠|骗人|假|以次充好|real|genuine|fake")
_QUALITY = re.compile(
    r"(?:你们?家?|这家?|这边|店里?|的|这个?|那|□|东西|产品|货|料子?|面料|,| )*(?:质量|品质|质素)(?:到底|究竟|会不会|有没有|能不能|真的|都|还|得|过|是不是|很|,| )*(?:(?:靠谱|可靠|好|行|保证|保障|过关|放心|差|没问题|有问题)的?(?:吗|么|嘛|不|㗎)|(?:怎么样|怎样|如何|咋样|点样|好不好|靠不靠谱|行不行|过不过关))(?:呀|啊|吧|的|呢|嘅)*|"
    r".*(?:冒充|忽悠|骗人|是假的|假货|以次充好)[^,。]{0,4}(?:吗|吧|么|嘛)|"
    r"(?:so |and |but )?(?:how(?:'s| is)|what(?:'s| is)) (?:the|your|its) quality(?: like)?|(?:is|are) (?:the|your|its) (?:quality|products|goods|stuff)(?: any)? (?:good|reliable|ok|decent|real|genuine|fake)"
)
_ANY_GOOD = re.compile(
    r"(?:那|你们?家?|这个?|的|●|■|,| )*□(?:●|■|的|,| )*(?:好不好|好吗|好用吗|好用不|好不好用|值得买吗|值不值得买|咋样|怎么样)(?:啊|呀|呢)*"
)
_AFTER_CARE = re.compile(
    r"(?:洗了?|水洗|机洗|手洗|泡|晒|会不会|会|容易|了|以后|之后|会很|,| )*(?:掉色|褪色|缩水|起球|变形|掉毛|染色)(?:怎么办|咋办|点办|吗|么|嘛|不|怎么处理|厉害吗|严重吗|呢|了)*|"
    r"(?:does|will|do|would) (?:it|they|this|these|the colou?rs?) (?:fade|shrink|bleed|pill|run)(?: \w+){0,4}"
)
_WHEN_THERE = re.compile(
    r"(?:请问|那个?|你们?|家|店里|的|,| )*(?:[●■]的?)*□(?:[●■]的?|的| )*(?:大概|什么时候|啥时候?|几时|何时|哪天)+(?:才|能|会|可以|再|还|又)*(?:有现?货|有|来货?|补货?|上货|上架|进货|回来)(?:呢|啊|呀|吗|了| )*"
)
"""Not 到货, which may ask after a parcel."""
_ON_THE_WAY = re.compile(
    r"(?:路上|途中|运输|快递|寄(?:过来|来|到)?|收到|到货|到手|送到|拿到)(?:时候?|的时候|后|要是|如果|万一|给|就|都|已经|的话| )*(?:弄|压|摔|打|撞|碰|冻|热|挤)?(?:死|坏|碎|烂|破|断|裂|化|漏|枯|蔫)掉?了(?:的话)?[, ]*(?:怎么办|咋办|咋整|怎么处理|谁负责|谁赔|赔不赔|赔吗|包赔吗|包不包赔|管不管|管吗|补不补|补发?吗|包吗)"
)
_IF_IT_COMES = re.compile(
    r"(?<![a-z])what if (?:it|they|one|something|any of (?:it|them)|the □|□)s? (?:arrives?|comes?|gets?|is|are|breaks?|dies?)(?: (?:here|to me|is|are|all|already))*(?: (?:broken|damaged|dead|cracked|smashed|in pieces|on the way|in the post|in transit))*"
)
_GOES_THERE = re.compile(
    r"(?:请问|你们?|那|这个|,| )*(?:送不送|寄不寄|发不发)(?:得?到|去|往)?◎(?:的|那边|这边|吗|呀|啊|呢)*|(?:请问|你们?|那|这个|,| )*◎(?:那边|这边)?(?:送不送|寄不寄|发不发|送不送得?到)(?:的|呀|啊|呢)*"
)
_WAY_TO_PAY = re.compile(
    r"(?:(?:so|and|ok|fine|great|then|,) )*(?:what(?:'s| is|s)|which is) (?:the )?(?:best|easiest|quickest|simplest|usual) way to pay(?: (?:you|for (?:it|this|that|them)))?"
)
_BUDGET = re.compile(
    r"(?:我的?|大概|最好|价格|价位|预算|控制|在|想要|要|,| )*(?:(?:\d+|[一二两三四五六七八九]?[十百千]+)(?:(?:块钱|块|元)(?:左右|上下)|(?:块钱|块|元)?(?:以内|以下|之内|之下|内))|(?:不要|别|不)(?:超过?|多于|高于) ?(?:\d+|[一二两三四五六七八九]?[十百千])(?:块钱|块|元)?)(?:的|吧|就行|就好|有吗|有没有|推荐)*|"
    r"(?:不要|别)太贵(?:的|了|哈|啊)*|"
    r"(?:(?:a )?(?:something|anything|one|budget|ideally|maybe|preferably|for|,) )*(?:under|below|less than|up to|not (?:more than|over)|max(?:imum)?|within) [¥$£€]?\d+ ?(?:yuan|rmb|cny|dollars|bucks)?(?: (?:or so|or less|max|please|if possible|each))*|"
    r"(?:我的?|大概|预算|,| )*预算(?:在|是|大概|大约|就|差不多|左右|,| )*\d+(?:块|元|左右|以内|以下|上下|多|-\d+)*(?:吧|的)*|(?:my |the |our )?budget(?:'s| is| of|:)?(?: about| around| roughly| only| up to| under| max)* [¥$£€]?\d+(?: ?(?:yuan|rmb|cny|dollars|usd|pounds|bucks|or so|max|each))*"
)
_LOAD = re.compile(
    r"[装放承提背拎扛载][^,。!?]{0,4}\d+ ?(?:斤|公斤|kg|千克)|(?<![a-z])(?:holds?|carry|carries|bear|take) (?:up to |about )?\d+ ?(?:kgs?|kilos?|lbs?|pounds?)(?![a-z])"
)
_BROKE = re.compile(
    r"^(?!.*(?<![a-z])(?:if|would|could|can|do|does|will|how|what)(?![a-z])).*(?<![a-z])(?:zip|zipper|strap|handle|seam|button|lid|sole|stitching|stitches|thread|lining|hook|hem|cover|bag|tote|□|it)s?(?: (?:has|have|is|was|are|were|just|already|also|totally|completely|all|got))* "
    r"(?:broke|broken|ripped|torn|tore|snapped|split|came off|come off|coming off|fell off|falling off|fell apart|falling apart|came apart|came undone|coming undone|burst|cracked)(?![a-z])"
)
_BROKE_ZH = re.compile(
    r"(?<!如果)(?:带子|背带|肩带|绑带|提手|把手|拉链|拉头|扣子|纽扣|磁扣|缝线|线头|线|底|轮子|盖子|里布|挂钩|边角?|杯子|盘子|碗)(?:就|都|已经|又|全|居然|竟然|直接)*(?:断|坏|裂|开线|脱线|掉|破|崩|散|脱落|碎|开胶)(?:掉|开|裂|成两半)?了(?:啊|呀|呢|哦|,|!)*$"
)
_SIGNS_OF_ANGER = frozenset("😡🤬😠👿💢🖕😤👎")

_OFFERS_SIGN = re.compile(r"\d.*(?:[行成好]|可以|卖|怎么样|可否|得唔得|ok)")
_SENDS = re.compile("[发寄]")
_DEAR_WORD = re.compile("贵|价|expensive|pricey|steep|dear| much| lot of money")
_HOW_MANY = re.compile("[多几够吧]|how m|enough")
"""What must stand in a line before the longer patterns are tried: most lines hold none of it."""
