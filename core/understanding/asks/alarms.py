"""What the seller must see at once, whatever is asked beside it: extortion, kickbacks, threats, harassment, abuse."""

import re

ALARMS = {
    "extortion": re.compile(
        r"(?:不|否则|再不|要是不)(?:给我|给|肯|马上|立刻)?(?:退|赔|补|便宜|少|送|降|处理|解决)[^,。!?]{0,10}[,， ]?(?:我)?(?:就|马上|立刻|直接|肯定|要)(?:给)?(?:你|你们)?(?:打|给|写|来)?(?:个|一个)?(?:差评|一星|投诉|曝光|举报|12315|工商|挂)|(?:差评|一星|曝光|挂网上|举报)(?:等着|伺候|威胁|见)|不(?:退|赔|补)[^,。!?]{0,8}[,， ]?(?:就)?(?:差评|一星|曝光|举报)|"
        r"(?<![a-z])(?:or|otherwise|else)(?: \w+){0,6} (?:bad|negative|one[- ]star|1[- ]star|terrible|worst) (?:reviews?|ratings?|feedback)|(?:refund|discount|pay|money|free)(?: \w+){0,5} or (?:else )?(?:i'll|i will|i'm going to)(?: \w+){0,4} (?:review|report|expose|feedback|stars?)|(?:unless|if you don't)(?: \w+){0,8} (?:bad|negative|one[- ]star|1[- ]star) (?:review|rating|feedback)(?![a-z])"
    ),
    "kickback": re.compile(
        r"回扣|返点给我|给我(?:个人)?返点|好处费|虚开|假发票|多开(?:点|些)?发票|发票(?:能|可以|可不可以|能不能)?(?:多|往高|开高|开大|开多)(?:开|写|点|一?些)|(?:金额|发票)(?:往)?开[高大多]|(?<![a-z])(?:kick ?backs?|under the table|fake (?:invoice|receipt)|false (?:invoice|receipt)|(?:inflate|pad|higher amount on|bigger amount on)(?: \w+){0,3} (?:invoice|receipt)|(?:invoice|receipt) (?:for|with) (?:a )?(?:higher|bigger|larger) (?:amount|price|sum))(?![a-z])"
    ),
    "threat": re.compile(
        r"(?:弄|打|砍|杀|干|捅|搞|整)死(?:你|你们)|(?:杀|砍)(?:了)?你(?:全家|们)?(?!的价)|找人(?:弄|打|搞|收拾|砍)你|(?:知道|查到|有)你(?:家|的)?(?:住址|地址|住哪|住在哪)|上门(?:找|弄|收拾|砸)你|砸(?:了)?你(?:的|家|们)?店|放火|等着(?:瞧|收尸|死)|让你(?:好看|死|全家|开不下去|混不下去)|你(?:给我)?小心点|"
        r"(?<![a-z])(?:(?:i'll|i will|gonna|going to|i'm going to|we will|i should)(?: \w+){0,2} (?:kill|hurt|beat|shoot|stab|burn|destroy|break) (?:you|your|u)|kill you|i know where you live|watch your back|you(?:'ll| will) (?:regret|pay for) this|you(?:'re| are) dead|come (?:to|after) your (?:house|home|family))(?![a-z])"
    ),
    "harassment": re.compile(
        r"(?:约炮|裸照|做爱|上床|陪睡|一夜情|包养|看胸|开房)|(?<![a-z])(?:nudes?|send nudes|sex with|blow ?job|horny|sleep with me|sexy pics?)(?![a-z])"
    ),
    "abuse": re.compile(
        r"傻[逼比叉b屄]|煞笔|沙雕店|操你|草你|艹你|日你|干你(?:妈|娘|老母)|你妈(?:的|逼|死|比)|尼玛|妈了个|他妈|特么的|去死|死全家|全家死|狗(?:东西|娘养|杂种|日的)|王八蛋|畜生|杂种|贱(?:人|货|逼)|婊子|废物|脑残|白痴|智障|滚(?:蛋|你|犊子|开|$)|(?<![a-z])(?:tmd|cnm|nmsl|sb|mlgb|wcnm)(?![a-z])|"
        r"(?<![a-z])(?:fuck(?: you| off| u|ing (?:idiot|scammer|liar|thief|asshole))|motherfucker|asshole|bitch|cunt|bastard|dickhead|son of a bitch|piece of shit|retard|moron|idiots?|go to hell|stupid (?:bot|idiot|seller|bitch)|whore|scumbag|screw you)(?![a-z])"
    ),
}
