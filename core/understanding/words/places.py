"""Where a buyer wants a parcel to go: names of provinces, prefectures and countries, and the shop's own regions."""

from functools import lru_cache

from core.gazetteer import districts
from core.understanding.words.names import Names


def places(folded: str, own: tuple[str, ...] = (), *, is_phrase: bool = False) -> list[tuple[str, int, int]]:
    """(name, from, to) of every place named in a folded text, the longest name where several begin. In a phrase the districts
    of cities are words as any other: an address holds several, and would teach that a line of places asks nothing."""
    return [(folded[start:end], start, end) for start, end in _names(own, not is_phrase).find(folded)]


@lru_cache(maxsize=8)
def _names(own: tuple[str, ...], with_districts: bool) -> Names:
    more = (*districts(), *_DISTRICTS) if with_districts else ()
    return Names((*_CHINESE, *_ENGLISH, *more, *(one.lower() for one in own)), with_ends=True)


_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 内蒙 广西 西藏 宁夏 新疆 香港 澳门 "
    "江浙沪 江浙沪皖 珠三角 长三角 东三省 东北 华北 华东 华南 华中 西北 西南 港澳台 港澳 大陆 内地 偏远地区 海外 国外"
)
_PREFECTURES = (
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒 阿拉善 "
    "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳市 葫芦岛 长春 四平 辽源 通化 白山市 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭 "
    "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 "
    "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 "
    "新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 "
    "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 "
    "泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆 "
    "拉萨 日喀则 昌都 林芝 山南 那曲 阿里地区 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 西宁 海东 海北 黄南 果洛 玉树 海西 银川 石嘴山 吴忠 固原 中卫 "
    "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 喀什 和田 伊犁 塔城 阿勒泰 石河子 昆山 张家港 常熟 江阴 慈溪 晋江 台北 新北 桃园 台中 台南 高雄 新竹 基隆 九龙 新界 香港岛"
)
_COUNTRIES = (
    "中国 美国 英国 加拿大 澳大利亚 澳洲 新西兰 日本 韩国 新加坡 马来西亚 泰国 越南 菲律宾 印度尼西亚 印尼 印度 法国 德国 意大利 西班牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 俄罗斯 乌克兰 波兰 葡萄牙 爱尔兰 巴西 墨西哥 阿联酋 迪拜 沙特 "
    "以色列 土耳其 埃及 南非 尼日利亚 肯尼亚 柬埔寨 老挝 缅甸 哈萨克斯坦 蒙古国 欧洲 欧盟 东南亚 北美 非洲 中东 纽约 洛杉矶 伦敦 东京 大阪 首尔 多伦多 温哥华 悉尼 墨尔本 吉隆坡 曼谷"
)
_DISTRICTS = frozenset("海淀 通州 昌平 顺义 浦东 徐汇 闵行 松江区 嘉定 崇明 pudong haidian kowloon".split())
_CHINESE = frozenset((_PROVINCES + " " + _PREFECTURES + " " + _COUNTRIES).split())
_ENGLISH = frozenset(
    one.replace("_", " ")
    for one in (
        "china mainland_china hong_kong macau macao taiwan beijing shanghai guangzhou shenzhen chengdu wuhan hangzhou nanjing chongqing tianjin xinjiang tibet hainan guangdong sichuan yunnan zhejiang jiangsu "
        "usa u.s. u.s.a. america united_states the_us the_states uk u.k. united_kingdom england scotland wales northern_ireland ireland canada australia new_zealand japan korea south_korea singapore malaysia thailand vietnam "
        "philippines indonesia india pakistan bangladesh sri_lanka france germany italy spain portugal netherlands holland belgium switzerland austria sweden norway denmark finland iceland russia ukraine poland czechia "
        "czech_republic hungary romania bulgaria greece turkey croatia serbia slovenia slovakia estonia latvia lithuania brazil mexico argentina chile colombia peru uae dubai saudi_arabia qatar kuwait oman bahrain israel egypt "
        "morocco nigeria kenya ghana south_africa ethiopia europe the_eu eu asia africa middle_east south_america latin_america puerto_rico hawaii alaska guam kazakhstan mongolia cambodia laos myanmar nepal "
        "new_york nyc los_angeles chicago houston seattle boston san_francisco miami dallas austin atlanta denver philadelphia washington_dc las_vegas portland_oregon texas california florida new_jersey ohio michigan "
        "toronto vancouver montreal ottawa calgary london manchester birmingham liverpool edinburgh glasgow dublin paris lyon berlin munich hamburg frankfurt madrid barcelona valencia rome milan lisbon amsterdam brussels zurich geneva "
        "vienna stockholm oslo copenhagen helsinki moscow warsaw prague budapest athens istanbul sydney melbourne brisbane perth auckland tokyo osaka seoul busan kuala_lumpur penang johor bangkok hanoi saigon manila jakarta bali "
        "mumbai delhi bangalore cairo lagos nairobi johannesburg cape_town tel_aviv riyadh mexico_city sao_paulo buenos_aires santiago bogota lima"
    ).split()
)
