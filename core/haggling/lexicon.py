"""The words of bargaining, on folded text (`normalise`): asking for less, final answers, agreeing, leaving, talk of goods."""

import re


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


PUSH = _words(
    # Chinese: cheaper, less, a discount, the last price.
    r"便宜[点些嘛吧呗啦哈不行个多一\d]|便宜到|便宜处理|(?:能|再|算|给我|帮我|不|可以|求|求求|改|更)便宜(?!又)|(?:便宜|少|降|减|让|抹|免|低|优惠)(?:我|你)?(?:一?点|些|几|两|个?\d|个?[一二三五十八]+[块元]|多少)|优惠(?:点|些|下|一点|一下|价)",
    r"(?:能|可以|还能|再|给)(?:不能)?(?:再|给)?(?:便宜|少|优惠|降|减|让|低)(?!了?[发寄件货])|(?:再|还|能)(?:少|低|降|让|减)(?!了)|少[点些](?!货)|少不少|少收|让点|让利|让一?让|降降|降价(?:吗|吧|呗|点)|减(?:到|掉|点|一?下)",
    r"抹(?:个|掉|了)?零|(?:零头|尾数)(?:抹|去|不|免|给|别)?|免个零头|凑个?[一]?(?:整|百)|最低(?:价|多少|能|到|给|卖|的)?(?!配|温|消费)|底价|底线(?:是)?(?:多少|价)?|最多能(?:便宜|让|少|减|优惠)|说个最低",
    r"打[个]?\d折|打[个]?[一二三四五六七八九半对]折|[五六七八九]折(?:行|可以|吗|吧|卖|给|好)|打折(?:吗|吧|呗|不|行|给)|打个?折|平[点些]|平少少|刀[吗不多一我]|可刀|小刀|大刀|刀一?下|刀个|砍[点一价半个]|对半|拦腰|腰斩|讲价|讲讲价|议价|还价|谈价|谈谈?价|不二价|(?:价格?|价钱).{0,6}(?:商量|谈|空间|议|低些|低点|让)|(?:没|有)得?商量|(?:空间|余地)(?:吗|没|大)",
    r"太贵|好贵|贵了|真贵|有点?小?贵|贵(?:啊|呀|哦|死|得离谱)|这么贵(?!是)|卖这么高|不值(?:这个|那么|这么)?(?:价|多)?|价高|超预算|预算(?:不够|只有|就|有限)|学生(?:党|没钱|价)|没(?:什么)?钱|钱不够|差\d+块",
    r"(?:别|人|那|隔壁|网上|其他|拼多多|淘宝|京东|超市|1688|实体店|批发).{0,10}(?:便宜|才\d|才卖|只要|只卖|一半)|比你(?:们|家|这)*(?:这)?便宜|别家.{0,6}\d|跟.{1,6}一个价",
    r"给个?(?:实在|实诚|最低|好|痛快|优惠|内部|员工|批发|面子|友情|会员)(?:点的?)?价?|(?:实在|痛快|爽快|内部|员工)价|按(?:上次|活动|会员|昨天|原来).{0,5}(?:价|算|给)|(?:活动|昨天|直播间|会员)的?价.{0,3}(?:给|可以|行)|一口价|折中|一人让|各让|诚心(?:要|买|想)|意思意思",
    r"送(?:我|点|个|根|双|张|一?[件个张双根])(?!货|到|过来|人|给|去|上)|赠(?:我|点|个)|多送|再送|送个?赠品|送小礼|多给(?:点|几)|多装几|包个邮|包一下呗|免(?:个|掉|了)?(?:邮费|运费)|给(?:我)?(?:包邮|免运费|免邮)|运费给?我?免",
    r"改(?:个|下|一下)?价格?(?:便宜|我|\d|吧)|改(?:到|成)\d|(?:(?<!\d)\d+|[一二两三四五六七八九十百千]{2,}|五十|一百)(?:块钱?|元|钱)?[,， ]?(?:整|包邮|[一二两三四3]个)?(?:卖不卖|卖不|出不出|卖吗|出吗|出不|卖我|卖就|拿走|行不|行吗|行就|成不成|成不|成吗|可以吗|真的可以|我?(?:直接|全|就|就全|全都)?(?:要|买|拿|拍)|就行|得了|怎么样|如何|好不好|吧)",
    r"给.{0,3}(?:折扣|优惠|面子|赠品)(?!券|码)|给(?:我)?(?:个|点)?[^,。]{0,3}(?:实在|活动|会员)[^,。]{0,3}价|没有优惠了|再给点|打折吗|(?:一百|两百|三百|\d{2,})[^,。]{0,3}(?:我全|我马上|我就)|给我\d|能谈|给(?:我)?包邮|包邮我就|免.{0,2}(?:邮费|运费)|运费.{0,3}免|按(?:那个|这个)价|按.{0,8}(?:算|给我)|(?:不能|没法|真的?不能)(?:再)?(?:少|低|便宜)|少个?(?:\d|[一二三五十]+)|给我?减|一分都不|给个?实在|只要\d+.{0,4}(?:能|你)|送[一两二三几][个包件双袋]|卖我\d",
    # English: less, a discount, the last price, a sum that is offered.
    r"(?<![a-z])(?:cheaper|(?:give|gimme|get|have|any|some|more|bit|little|less|want|need|possible|kindly|for|boss can|add)(?: \w+){0,3} (?:discounts?|dscount)|\d ?%|haggl\w*|negotia\w+|obo|lowball|price match|split the difference|meet (?:me |you |u )?(?:half ?way|in the middle|at)|half ?way|wiggle room|room (?:to move|on|in)|bottom line|rock bottom|last price|final price|best price|better price|better (?:deal|offer|rate)|good price|lower price|price (?:lower|down|negotiable|flexible)|flexible)(?![a-z])",
    r"(?<![a-z])(?:(?:go|going|any|little|bit|much|price|it|come|bring it|be|even|for a|accept a|at a|consider a|to a|get it|get this|sell it) (?:any |a |bit |little |much |somewhat |for |at )*(?:lower|less)|lower (?:the|your|it|this|that|price|amount|cost|offer|than)|lowest|least (?:you|u|they|would|i)|(?:how|that) low|reduc\w+|knock (?:\w+ ){1,4}off|knock off (?:a|some|\d|the)|shave|drop (?:it|the price|the \d|your|to) ?(?:a|down|to|by|\d|and)|come down|bring (?:it|the price|that) down|go down|take (?:some |a bit |[$£€]?\d+ )off|[$£€]?\d+ (?:%|percent )?off|something off|ten percent|sharpen|round (?:it )?down|round it)(?![a-z])",
    r"(?<![a-z])(?:too (?:much|high|expensive|pricey|steep|rich)|(?:pretty|really|very|kind of|kinda|still|bit|little|so|extremely|quite|seems?|sounds?|is|way) (?:\w+ ){0,2}?(?:high|steep|pricey|expensive|overpriced)|overpriced|pricey|a bit much|not worth|isn't worth|worth (?:that|the|this) (?:much|price)|out of my (?:price )?(?:range|budget)|(?:over|above|close to|beyond) (?:my )?budget|tight budget|can't (?:really )?afford|only (?:really )?afford|can afford|don't have that much|more than i (?:wanted|want|can|have))(?![a-z])",
    r"(?<![a-z])(?:would|will|could|can|do|might|if) (?:you|u|we|i)(?: guys)? (?:\w+ ){0,3}?(?:take|accept|do|sell|let|consider|go|come|get|have|give|settle|manage|say|budge)(?: \w+){0,7}? (?:¤|[$£€¥]? ?\d)",
    r"(?<![a-z])(?:how about|what about|what if|what do you say|what would you say|how does|how's|make it|call it|let's say|let's do|say|settle (?:for|at|on))(?: \w+){0,4}? ?[$£€¥]? ?\d",
    r"(?<![a-z])(?:i(?:'d| would|'ll| will|'m|'ve)?(?: \w+){0,5}? (?:pay|offer|offering|give(?: you)?|do|go|spend|higher|afford|cash|raise|stretch|up to|max|hoping|thinking|thought|around|like|asking for|take it)|my (?:max|maximum|limit|budget|best|top|highest|final|offer|last)(?: \w+){0,4}?|(?:best|most|max|highest) (?:i|offer)(?: \w+){0,4}?|offer(?:ed|ing)?(?: \w+){0,4}?|counter(?: ?offer)?(?: \w+){0,3}?|willing to(?: \w+){0,4}?|no more than|not (?:go )?(?:above|over|more)|final offer|last offer)(?: \w+){0,3}? ?[$£€¥]? ?\d",
    r"(?:\d|¤)(?: \w+){0,3} (?:take it or leave|and (?:you|u|we|i)(?:'ve| have|'ll| will)?(?: got)? (?:a )?(?:deal|sale|take|pick|buy)|final offer|is (?:my|the) (?:max|best|limit|highest|most|final|top)|tops|obo|flat\?|cash|would work|and i(?:'ll| will)|is (?:fair|reasonable|more)|and its? sold|and it's sold)",
    r"(?<![a-z])(?:take|buy|have|get) (?:both|two|three|four|five|\d+|them all|all(?: \w+)?)(?: of (?:them|these))? (?:for|at|if)(?![a-z])",
    r"(?<![a-z])(?:take it or leave it|final offer|last offer|throw (?:in|(?:\w+ ){1,3}in)|chuck in|sweeten|(?:any|give|get|add|throw)(?: \w+){0,2} (?:freebie|free gift|samples?)|for free|waive|include (?:\w+ ){1,4}(?:for|at) (?:that|the|this)|(?:swap|trade) for (?:my|a)|(?:do|make) me (?:a|an) (?:deal|offer)|(?:work|help)(?: \w+){0,3} (?:on|with) (?:the )?price|budge|any (?:movement|leeway|chance of (?:\d|a lower|less)|less for)|match (?:it|the|that|this)|consider less|consider offers|open to offers|(?:whats|what's|what is) the (?:least|lowest|best) (?:you|u)|(?:will|would) (?:you|u) (?:realistically )?(?:let it go)|would (?:you|u) take|what would (?:you|u) (?:\w+ )?(?:take|accept|let|sell)|price firm|can less|come on[ ,n]*\d|(?:wouldn't|i can't|i can|i could|i only) (?:\w+ ){0,3}?(?:\d|pay more)|(?:can|cant|can't) (?:you|u)? ?(?:\w+ )?knock off|a little better|for less|any less|last week's price|last weeks price|discounts? for bulk|out of my|over my budget|no chance of|all i have|in cash|best (?:you|u) can|can do better|do better|firm(?: on)?(?: the)?(?: price)?\?|whats? your best|what's (?:your|ur) (?:best|lowest|comfortable)|comfortable price|cover the shipping|old price|last week's price|(?:found|saw|see|seen|get|got|goes?|going|sell\w*|listed|quoted|offering)(?: \w+){0,6} (?:for (?:about |around |only )?(?:less|[$£€¥]? ?\d)|elsewhere|cheaper|less)|cheaper elsewhere|elsewhere for)(?![a-z])",
)
"""The buyer wants it for less, or something on top."""

NO_PUSH = _words(
    r"这么便宜|更便宜的|便宜(?:点|些)?的(?:那|款|版|有|好)|比便宜|卡里没钱|没钱了|[日末后周]再送|能让(?:快递|朋友|我|他)|给好评|自动(?:减|打)|多少(?:才)?(?:打|减|能减)|砍一刀链接|面议|降解|缺斤少两|折扣码|折价券|双[十11]+|现货到付|让我(?:老公|老婆|妈|爸)|送我们这|(?<!多)送几[个包]|算(?:还是|下来|钱)|多少一[份层片]|少[一二两三\d]+(?:根|本|罐|瓶|支|样|对|包|块板|件|个)|什么时候打折|[邮运](?:费|咋).{0,3}(?:贵|便宜)|学生证|第二件|买贵了|选哪|拍四件",
    r"优惠券怎么|有(?:什么|啥|没有|哪些)?(?:优惠|活动|折扣)(?:券|活动)?(?:吗|么|呢|\?|$)|(?:领|用|抵|满减|叠加).{0,4}券|券.{0,4}(?:领|用)|满\d+减|降价(?:了|怎么|要退)|差价|退差|保价|补差",
    r"(?<!再)(?<!能)少(?:了|发|寄|件|货|给我发|装)|漏发|多少钱|(?:不|贵)贵(?:吗|不)|值得?买|最低(?:消费|配|温)|少糖|少盐|送到|送货|送达|送人|配送|派送",
    r"(?<![a-z])(?:nothing|anything|something|any|one|ones|options?|product|model) (?:that is |that's )?(?:cheaper|less)|discount codes?|coupon|sale price|lower (?:back|part|shelf|drawer|end|case|body|right|left|deck|level)|high (?:quality|end|speed|resolution|rating|performance|school)|higher (?:quality|end|resolution)|trade ?mark|shipping address|delivery price",
)
"""What looks like it and is not: existing offers, a price protection, something missing, another and cheaper product."""

PROMO = _words(
    r"有.{0,4}(?:优惠|折扣|活动)(?!券)|优惠吗|打折吗|搞活动",
    r"(?<![a-z])(?:any|is there|are there|do you (?:have|offer|do))(?: \w+){0,3} (?:offers?|discounts?|deals?|promos?|promotions?|sales?)(?![a-z])",
)
"""A question for offers: innocent alone, the opening move where pushing follows."""

POSTAGE = _words(
    r"包邮|邮费|运费|免邮|快递费",
    r"(?<![a-z])(?:free (?:shipping|delivery|postage)|(?:shipping|postage|delivery) (?:fee|cost|included|free))(?![a-z])",
)
"""Postage: asked once it is a shipping question, asked again it is bargaining."""

BUDGET = _words(
    r"(?<![a-z])(?:budget|price range|up ?to|max(?:imum)?|under|around|(?<!how )(?<!what )about|less than|between)(?![a-z])|预算|左右|以内|以下|之间"
)
"""How much somebody means to spend. Before any price was named it is a wish, not an offer."""

OTHERWISE = _words(
    r"取消|退(?:款|货|回|了|换|差)|为什么|为啥|怎么(?:这么|比|付|还让)|咋|哪款|掏钱|昨天买|前天",
    r"(?<![a-z])(?:cancel|refund|why|knock off|is (?:there|the) (?:a |an )?(?:student|free|discount|expensive|cheaper|live|price)|the cheaper|cheaper (?:one|version|shipping)|(?:student|member|military|senior|nhs|bulk|trade|birthday|loyalty|repeat|quantity) discounts?|return)(?![a-z])",
)
"""Lines in which the words of bargaining mean something else."""

FINAL = _words(
    r"最低(?:价|了|的)|不(?:能|可以|好)(?:再)?(?:少|便宜|优惠|降|低)|不(?:议|讲|还|二)价|没(?:有)?(?:法|办法)(?:再)?(?:少|便宜|优惠|降|低)|少不了|便宜不了|降不了|优惠不了|(?:已经|都)是?(?:最|到)(?:低|底)|到底了|底价|实在价|一口价|恕不|谢绝|不另外?|成本价|亏本|没(?:有)?利润|做不到|不行(?:的|哦|呢|呀|啊)?|改不了|给不了|送不了|没有(?:赠品|优惠)",
    r"(?<![a-z])(?:lowest|as low as (?:i|we)|(?:can't|cannot|won't|couldn't|unable to|not able to|not willing to|no way to) (?:\w+ ){0,3}?(?:go|do|take|accept|lower|sell|budge|that|come|drop|reduce|let)|no lower|any lower|not (?:go|going) (?:any )?(?:lower|below)|can't go|firm|final (?:offer|price|answer)|bottom|best (?:i|price|we)|too low|no less|nothing less|minimum|not negotiable|non-negotiable|or nothing|stays there|honest (?:one|price)|our best|no deal|i would (?:not|never)|sorry|no thank|no,|nope)(?![a-z])",
)
"""The seller says that this is it."""

REFUSED = _words(
    r"不(?:行|够|得|卖|可以|可能|让卖|中)(?!价)|[做卖给拿少买]不(?:了|到|出|下|起)|亏|太低|低了|差(?:太|得)(?:多|远)|没法|没办法",
    r"(?<![a-z])(?:no|nope|can't|cannot|won't|couldn't|too low|sorry|less than|below|not (?:enough|possible|able|going|for me))(?![a-z])",
)
"""The seller will not have it: a sum of the buyer's beside such words is only said again."""

AGREED = _words(
    r"成交|拍了|拍下|已?拍好|下单了|马上(?:下单|拍|付)|这就(?:下单|拍|付)|我(?:下单|拍|付款)(?:了|吧)|付(?:款|好|钱)?了|已付|买了|那就(?:这个|这样|要|买|拍|下单)|就要这|就买|就它了|我(?:就)?要了(?!吗)|好[的吧,，\s]*(?:我)?(?:要|买|拍|下单)|订了|行[,，\s]*(?:我)?(?:拍|买|要)",
    r"(?<![a-z])(?:i(?:'ll| will| would| can)?(?: \w+){0,2}? take (?:it|one|them|two)(?! (?:for|at|if|to) (?!(?:that|your|the|this|full|list)))|(?:i'll|i will|i'd like to|let me|i) (?:just |then |now )?(?:buy|order|have|get|grab) (?:it|this|one|that|them|two|three)(?! (?:for|if|at) (?!(?:that|your|the|this|full|list)))|i(?:'ve| have)? (?:just )?(?:ordered|paid|placed|bought)|it's a deal|(?:you|we|u)(?:'ve| have)? (?:got )?(?:yourself )?a deal(?!\?)|sounds? (?:good|great|perfect|fair|reasonable|like a (?:plan|deal))|that(?:'s| is| would be| will be|'ll be|'ll| will)? (?:is |be )?(?:fine|great|perfect|good|reasonable|fair|ok|okay|works?|work|awesome|wonderful)|works for me|would be (?:great|reasonable|perfect|fine)|(?:i )?(?:accept|agree)(?: your| the| that| to)?|agreed|(?:it's|its|you're|that's) (?:a deal|sold)|sold!?$|i can do that|i'll do (?:it|that)|let's do (?:it|that|this)|see you (?:then|at|on|tomorrow|soon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|there)|sending (?:you )?the offer|order(?:ing)? (?:it )?now|just ordered)(?![a-z])|^(?:(?:ok|okay|yes|great|alright|fine|cool|perfect|sure)[ ,.!]*)*deal[ .!]*$|^deal[,.! ]",
)
"""The buyer agrees to what was named, or has bought."""

UNDONE = _words(
    r"不(?:要|买|拍)了|算了|考虑|再说|再看|太贵|退",
    r"(?<![a-z])(?:can't (?:reach|make|do)|no deal|not a deal|don't (?:think|know)|won't|unless|if|only if|but|sorry|would that|reach a deal|still)(?![a-z])|\?",
)
"""Beside such words nothing is agreed."""

ACCEPTED = _words(
    r"成交|(?:可以|好的|行)[,，\s]*(?:给您?|帮您?|这就)改|改好了|已(?:经)?改价|感谢(?:您)?(?:的)?(?:购买|下单)",
    r"(?<![a-z])(?:(?:it's|its|you have|you've got|you got|have|got|we have) (?:yourself )?a (?:deal|very nice)|deal!?$|^(?:ok(?:ay)?|alright|fine|sure|yes)?[ ,.-]*deal|that works|works for me|sold|i can do that|(?:i|i'll|i will|ok i|we) (?:can )?accept|i'll take it|nice doing business|thank you for your (?:order|purchase)|sounds (?:good|great|fair))(?![a-z])(?!\?)",
)
"""The seller agrees."""

LEAVING = _words(
    r"不(?:要|买|拍)了(?!吗)|算了(?:吧)?|去别家|别家买|走了|再见|太贵不买|再考虑|不买了",
    r"(?<![a-z])(?:no deal|can't (?:reach|make) a deal|look(?:ing)? elsewhere|i'll pass|forget it|never mind|good luck|not interested|walk away|have to pass|going to pass|no thanks)(?![a-z])",
)
"""The buyer leaves."""

GOODS = _words(
    r"材质|面料|尺寸|尺码|大小|多大|多长|多高|多重|多宽|颜色|款|型号|规格|质量|好用|耐用|正品|真假|成分|含|功能|用法|怎么用|怎么洗|安装|保修|保质|有货|现货|发货|什么时候|几天|快递|物流|到货|收到|推荐|区别|哪[个款种]|适合|掉色|起球|厚|薄|软|硬|防水|容量|电池|配件|图|照片|视频|新的|几成新|划痕|地址|发票|退|换|破|坏|身高|体重|穿|味道|口味|产地|日期",
    r"(?<![a-z])(?:condition|sizes?|colou?rs?|materials?|made of|warranty|features?|specs?|photos?|pictures?|pics?|scratch\w*|dents?|miles|mileage|works?|working|battery|charger|included?|come with|comes with|fit|dimensions?|inches|feet|wide|tall|long|old|brand|model|available|location|located|deliver\w*|ship\w*|pick ?up|when|where|which|quality|used|new|bedrooms?|bathrooms?|parking|utilities|pets?|laundry|smoke|accident|engine|title|owner|stains?|clean|recommend\w*|looking for|interested|storage|memory|screen|reviews?|author|pages|about|style|wash|care|how (?:do|does|long|many|big|old)|what (?:is|are|kind|type|size|colou?r)|does it|is it|are they|do they|has it)(?![a-z])",
)
"""Talk of the thing itself, of sending it and of what comes after."""

FREE_WITH_NUMBER = re.compile(
    r"^\W*(?:(?:no|ok|okay|fine|maybe|then|well|alright|hmm|final)\W+)*[$£€¥]?\s*\d[\d,.]*\s*(?:k|块|元|块钱|dollars|bucks)?\W*$"
)
"""A bare sum: "7500?", "no 152"."""
