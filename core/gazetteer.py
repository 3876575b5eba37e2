"""The gazetteer: China's provinces and prefectures and the main countries, with every spelling by which they are known."""

import re
from dataclasses import dataclass, field, replace
from functools import cache

CHINA = "中国"


@dataclass(frozen=True, slots=True)
class Place:
    """`name` in short Simplified Chinese. `province` is "" for a country and for cities abroad; for a province its own name."""

    name: str
    name_en: str = field(compare=False)
    province: str
    country: str

    @property
    def is_country(self) -> bool:
        return self.name == self.country

    @property
    def is_province(self) -> bool:
        return self.name == self.province


@cache
def pattern() -> re.Pattern[str]:
    spellings = sorted(names(), key=len, reverse=True)
    latin = "|".join(re.escape(one) for one in spellings if one.isascii())
    chinese = "|".join(re.escape(one) for one in spellings if not one.isascii())
    return re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|{chinese}", re.IGNORECASE)


@cache
def names() -> dict[str, tuple[Place, ...]]:
    """Every spelling, casefolded, with the places it may mean."""
    found: dict[str, list[Place]] = {}

    def put(spelling: str, place: Place) -> None:
        places = found.setdefault(spelling.replace("'", "").casefold(), [])
        if place not in places and not any(one.is_province and one.name == place.name for one in places):
            places.append(place)

    for line in _PROVINCES.strip().splitlines():
        head, _, cities = line.partition(":")
        short, full, english = head.strip().split(" ", 2)
        province = Place(short, english, short, CHINA)
        for spelling in (short, full, english):
            put(spelling, province)
        for city in filter(None, (one.strip() for one in cities.split(","))):
            name, city_en = city.split(" ", 1)
            put(name, Place(name, city_en, short, CHINA))
            put(city_en, Place(name, city_en, short, CHINA))
    for line in _COUNTRIES.strip().splitlines():
        head, _, cities = line.partition(":")
        spellings, english = head.strip().split(" ", 1)
        name = spellings.split("/")[0]
        for spelling in (*spellings.split("/"), *english.split("/")):
            put(spelling, Place(name, english.split("/")[0], "", name))
        for city in filter(None, (one.strip() for one in cities.split(","))):
            city_zh, city_en = city.split(" ", 1)
            put(city_zh, Place(city_zh, city_en, "", name))
            put(city_en, Place(city_zh, city_en, "", name))
    for spelling, means in _ALSO.items():
        place = found[means][0]
        # Whoever asks about Tibet hears of Tibet; short ones, such as "the uk", are better said as they are called in full.
        put(spelling, replace(place, name_en=spelling.title()) if spelling.isalpha() and len(spelling) > 4 else place)
    for district, city in districts().items():
        put(district, found[city][0])
    return {spelling: tuple(places) for spelling, places in found.items()}


@cache
def districts() -> dict[str, str]:
    """Districts of large cities, casefolded, with the city each lies in. A parcel goes to the city; a name that several cities
    have, or that is a plain word, stands here with 区 behind it or not at all."""
    return {
        name.replace("_", " "): city
        for city, _, names_of in (line.partition(":") for line in _DISTRICTS.strip().splitlines())
        for name in names_of.split()
    }


_ALSO = {
    "内蒙": "内蒙古", "帝都": "北京", "魔都": "上海", "羊城": "广州", "鹏城": "深圳", "蓉城": "成都", "乌市": "乌鲁木齐", "哈市": "哈尔滨", "呼市": "呼和浩特",
    "石市": "石家庄", "peking": "北京", "canton": "广州", "tibet": "西藏", "inner mongolia": "内蒙古", "macau": "澳门", "hongkong": "香港",
    "urumchi": "乌鲁木齐", "hohhot city": "呼和浩特", "kashi": "喀什", "usa": "美国", "u.s.": "美国", "u.s.a.": "美国", "the us": "美国", "the states": "美国", "u.k.": "英国", "holland": "荷兰",
    "great britain": "英国", "england": "英国", "scotland": "英国", "korea": "韩国", "uae": "阿联酋", "蒙古国": "蒙古",
    "阿坝州": "阿坝", "ngawa": "阿坝", "garze": "甘孜", "tsingtao": "青岛", "amoy": "厦门", "swatow": "汕头", "nyc": "纽约",
}  # fmt: skip

_PROVINCES = """
北京 北京市 Beijing: 海淀 Haidian, 通州 Tongzhou, 昌平 Changping, 大兴 Daxing, 顺义 Shunyi
天津 天津市 Tianjin: 滨海新区 Binhai
上海 上海市 Shanghai: 浦东 Pudong, 闵行 Minhang, 松江 Songjiang, 嘉定 Jiading, 崇明 Chongming, 徐汇 Xuhui
重庆 重庆市 Chongqing: 万州 Wanzhou, 涪陵 Fuling, 永川 Yongchuan
河北 河北省 Hebei: 石家庄 Shijiazhuang, 唐山 Tangshan, 秦皇岛 Qinhuangdao, 邯郸 Handan, 邢台 Xingtai, 保定 Baoding, 张家口 Zhangjiakou, 承德 Chengde, 沧州 Cangzhou, 廊坊 Langfang, 衡水 Hengshui, 雄安 Xiong'an
山西 山西省 Shanxi: 太原 Taiyuan, 大同 Datong, 阳泉 Yangquan, 长治 Changzhi, 晋城 Jincheng, 朔州 Shuozhou, 晋中 Jinzhong, 运城 Yuncheng, 忻州 Xinzhou, 临汾 Linfen, 吕梁 Lüliang
内蒙古 内蒙古自治区 Inner Mongolia: 呼和浩特 Hohhot, 包头 Baotou, 乌海 Wuhai, 赤峰 Chifeng, 通辽 Tongliao, 鄂尔多斯 Ordos, 呼伦贝尔 Hulunbuir, 巴彦淖尔 Bayannur, 乌兰察布 Ulanqab, 兴安盟 Hinggan League, 锡林郭勒 Xilingol, 阿拉善 Alxa
辽宁 辽宁省 Liaoning: 沈阳 Shenyang, 大连 Dalian, 鞍山 Anshan, 抚顺 Fushun, 本溪 Benxi, 丹东 Dandong, 锦州 Jinzhou, 营口 Yingkou, 阜新 Fuxin, 辽阳 Liaoyang, 盘锦 Panjin, 铁岭 Tieling, 朝阳 Chaoyang, 葫芦岛 Huludao
吉林 吉林省 Jilin: 长春 Changchun, 吉林市 Jilin City, 四平 Siping, 辽源 Liaoyuan, 通化 Tonghua, 白山 Baishan, 松原 Songyuan, 白城 Baicheng, 延边 Yanbian, 延吉 Yanji
黑龙江 黑龙江省 Heilongjiang: 哈尔滨 Harbin, 齐齐哈尔 Qiqihar, 鸡西 Jixi, 鹤岗 Hegang, 双鸭山 Shuangyashan, 大庆 Daqing, 伊春 Yichun, 佳木斯 Jiamusi, 七台河 Qitaihe, 牡丹江 Mudanjiang, 黑河 Heihe, 绥化 Suihua, 大兴安岭 Daxing'anling
江苏 江苏省 Jiangsu: 南京 Nanjing, 无锡 Wuxi, 徐州 Xuzhou, 常州 Changzhou, 苏州 Suzhou, 南通 Nantong, 连云港 Lianyungang, 淮安 Huai'an, 盐城 Yancheng, 扬州 Yangzhou, 镇江 Zhenjiang, 泰州 Taizhou, 宿迁 Suqian, 昆山 Kunshan, 江阴 Jiangyin, 常熟 Changshu, 张家港 Zhangjiagang, 太仓 Taicang, 宜兴 Yixing
浙江 浙江省 Zhejiang: 杭州 Hangzhou, 宁波 Ningbo, 温州 Wenzhou, 嘉兴 Jiaxing, 湖州 Huzhou, 绍兴 Shaoxing, 金华 Jinhua, 衢州 Quzhou, 舟山 Zhoushan, 台州 Taizhou, 丽水 Lishui, 义乌 Yiwu, 慈溪 Cixi, 余姚 Yuyao, 诸暨 Zhuji, 海宁 Haining
安徽 安徽省 Anhui: 合肥 Hefei, 芜湖 Wuhu, 蚌埠 Bengbu, 淮南 Huainan, 马鞍山 Ma'anshan, 淮北 Huaibei, 铜陵 Tongling, 安庆 Anqing, 黄山 Huangshan, 滁州 Chuzhou, 阜阳 Fuyang, 宿州 Suzhou (Anhui), 六安 Lu'an, 亳州 Bozhou, 池州 Chizhou, 宣城 Xuancheng
福建 福建省 Fujian: 福州 Fuzhou, 厦门 Xiamen, 莆田 Putian, 三明 Sanming, 泉州 Quanzhou, 漳州 Zhangzhou, 南平 Nanping, 龙岩 Longyan, 宁德 Ningde, 平潭 Pingtan, 晋江 Jinjiang, 石狮 Shishi
江西 江西省 Jiangxi: 南昌 Nanchang, 景德镇 Jingdezhen, 萍乡 Pingxiang, 九江 Jiujiang, 新余 Xinyu, 鹰潭 Yingtan, 赣州 Ganzhou, 吉安 Ji'an, 宜春 Yichun, 抚州 Fuzhou (Jiangxi), 上饶 Shangrao
山东 山东省 Shandong: 济南 Jinan, 青岛 Qingdao, 淄博 Zibo, 枣庄 Zaozhuang, 东营 Dongying, 烟台 Yantai, 潍坊 Weifang, 济宁 Jining, 泰安 Tai'an, 威海 Weihai, 日照 Rizhao, 临沂 Linyi, 德州 Dezhou, 聊城 Liaocheng, 滨州 Binzhou, 菏泽 Heze
河南 河南省 Henan: 郑州 Zhengzhou, 开封 Kaifeng, 洛阳 Luoyang, 平顶山 Pingdingshan, 安阳 Anyang, 鹤壁 Hebi, 新乡 Xinxiang, 焦作 Jiaozuo, 濮阳 Puyang, 许昌 Xuchang, 漯河 Luohe, 三门峡 Sanmenxia, 南阳 Nanyang, 商丘 Shangqiu, 信阳 Xinyang, 周口 Zhoukou, 驻马店 Zhumadian, 济源 Jiyuan
湖北 湖北省 Hubei: 武汉 Wuhan, 黄石 Huangshi, 十堰 Shiyan, 宜昌 Yichang, 襄阳 Xiangyang, 鄂州 Ezhou, 荆门 Jingmen, 孝感 Xiaogan, 荆州 Jingzhou, 黄冈 Huanggang, 咸宁 Xianning, 随州 Suizhou, 恩施 Enshi, 仙桃 Xiantao, 潜江 Qianjiang, 天门 Tianmen, 神农架 Shennongjia
湖南 湖南省 Hunan: 长沙 Changsha, 株洲 Zhuzhou, 湘潭 Xiangtan, 衡阳 Hengyang, 邵阳 Shaoyang, 岳阳 Yueyang, 常德 Changde, 张家界 Zhangjiajie, 益阳 Yiyang, 郴州 Chenzhou, 永州 Yongzhou, 怀化 Huaihua, 娄底 Loudi, 湘西 Xiangxi
广东 广东省 Guangdong: 广州 Guangzhou, 深圳 Shenzhen, 珠海 Zhuhai, 汕头 Shantou, 佛山 Foshan, 韶关 Shaoguan, 湛江 Zhanjiang, 肇庆 Zhaoqing, 江门 Jiangmen, 茂名 Maoming, 惠州 Huizhou, 梅州 Meizhou, 汕尾 Shanwei, 河源 Heyuan, 阳江 Yangjiang, 清远 Qingyuan, 东莞 Dongguan, 中山 Zhongshan, 潮州 Chaozhou, 揭阳 Jieyang, 云浮 Yunfu
广西 广西壮族自治区 Guangxi: 南宁 Nanning, 柳州 Liuzhou, 桂林 Guilin, 梧州 Wuzhou, 北海 Beihai, 防城港 Fangchenggang, 钦州 Qinzhou, 贵港 Guigang, 玉林 Yulin, 百色 Baise, 贺州 Hezhou, 河池 Hechi, 来宾 Laibin, 崇左 Chongzuo
海南 海南省 Hainan: 海口 Haikou, 三亚 Sanya, 三沙 Sansha, 儋州 Danzhou, 琼海 Qionghai, 文昌 Wenchang, 万宁 Wanning, 东方 Dongfang, 五指山 Wuzhishan, 陵水 Lingshui, 澄迈 Chengmai, 乐东 Ledong, 临高 Lingao, 定安 Ding'an, 屯昌 Tunchang, 昌江 Changjiang, 保亭 Baoting, 琼中 Qiongzhong, 白沙 Baisha
四川 四川省 Sichuan: 成都 Chengdu, 自贡 Zigong, 攀枝花 Panzhihua, 泸州 Luzhou, 德阳 Deyang, 绵阳 Mianyang, 广元 Guangyuan, 遂宁 Suining, 内江 Neijiang, 乐山 Leshan, 南充 Nanchong, 眉山 Meishan, 宜宾 Yibin, 广安 Guang'an, 达州 Dazhou, 雅安 Ya'an, 巴中 Bazhong, 资阳 Ziyang, 阿坝 Aba, 甘孜 Ganzi, 凉山 Liangshan, 西昌 Xichang
贵州 贵州省 Guizhou: 贵阳 Guiyang, 六盘水 Liupanshui, 遵义 Zunyi, 安顺 Anshun, 毕节 Bijie, 铜仁 Tongren, 黔西南 Qianxinan, 黔东南 Qiandongnan, 黔南 Qiannan, 凯里 Kaili, 都匀 Duyun, 兴义 Xingyi
云南 云南省 Yunnan: 昆明 Kunming, 曲靖 Qujing, 玉溪 Yuxi, 保山 Baoshan, 昭通 Zhaotong, 丽江 Lijiang, 普洱 Pu'er, 临沧 Lincang, 楚雄 Chuxiong, 红河 Honghe, 文山 Wenshan, 西双版纳 Xishuangbanna, 大理 Dali, 德宏 Dehong, 怒江 Nujiang, 迪庆 Diqing, 香格里拉 Shangri-La, 景洪 Jinghong
西藏 西藏自治区 Xizang: 拉萨 Lhasa, 日喀则 Shigatse, 昌都 Chamdo, 林芝 Nyingchi, 山南 Shannan, 那曲 Nagqu, 阿里地区 Ngari
陕西 陕西省 Shaanxi: 西安 Xi'an, 铜川 Tongchuan, 宝鸡 Baoji, 咸阳 Xianyang, 渭南 Weinan, 延安 Yan'an, 汉中 Hanzhong, 榆林 Yulin, 安康 Ankang, 商洛 Shangluo, 杨凌 Yangling
甘肃 甘肃省 Gansu: 兰州 Lanzhou, 嘉峪关 Jiayuguan, 金昌 Jinchang, 白银 Baiyin, 天水 Tianshui, 武威 Wuwei, 张掖 Zhangye, 平凉 Pingliang, 酒泉 Jiuquan, 庆阳 Qingyang, 定西 Dingxi, 陇南 Longnan, 临夏 Linxia, 甘南 Gannan, 敦煌 Dunhuang
青海 青海省 Qinghai: 西宁 Xining, 海东 Haidong, 海北 Haibei, 黄南 Huangnan, 海南州 Hainan Prefecture, 果洛 Golog, 玉树 Yushu, 海西 Haixi, 格尔木 Golmud
宁夏 宁夏回族自治区 Ningxia: 银川 Yinchuan, 石嘴山 Shizuishan, 吴忠 Wuzhong, 固原 Guyuan, 中卫 Zhongwei
新疆 新疆维吾尔自治区 Xinjiang: 乌鲁木齐 Urumqi, 克拉玛依 Karamay, 吐鲁番 Turpan, 哈密 Hami, 昌吉 Changji, 博尔塔拉 Bortala, 巴音郭楞 Bayingolin, 阿克苏 Aksu, 克孜勒苏 Kizilsu, 喀什 Kashgar, 和田 Hotan, 伊犁 Ili, 伊宁 Yining, 库尔勒 Korla, 塔城 Tacheng, 阿勒泰 Altay, 石河子 Shihezi, 阿拉尔 Aral, 图木舒克 Tumxuk, 五家渠 Wujiaqu, 北屯 Beitun, 铁门关 Tiemenguan, 双河 Shuanghe, 可克达拉 Kokdala, 昆玉 Kunyu, 胡杨河 Huyanghe, 新星 Xinxing, 白杨 Baiyang
香港 香港特别行政区 Hong Kong: 九龙 Kowloon, 新界 New Territories
澳门 澳门特别行政区 Macao: 氹仔 Taipa
台湾 台湾省 Taiwan: 台北 Taipei, 新北 New Taipei, 桃园 Taoyuan, 台中 Taichung, 台南 Tainan, 高雄 Kaohsiung, 基隆 Keelung, 新竹 Hsinchu, 嘉义 Chiayi, 屏东 Pingtung, 花莲 Hualien, 宜兰 Yilan, 台东 Taitung, 彰化 Changhua, 金门 Kinmen
"""

_DISTRICTS = """
北京: 东城区 西城区 丰台 石景山 门头沟 房山 怀柔 平谷 延庆 密云 中关村 望京 亦庄
上海: 静安 黄浦区 长宁 普陀区 虹口 杨浦 宝山区 青浦 奉贤 金山区 徐家汇 陆家嘴 浦西
天津: 南开区 河西区 西青 津南 武清 塘沽 北辰
重庆: 渝中 渝北 沙坪坝 南岸区 九龙坡 北碚 巴南 江津 璧山
广州: 天河 越秀 海珠 荔湾 番禺 白云区 黄埔 花都 增城 tianhe panyu
深圳: 福田 罗湖 宝安 龙岗 龙华区 南山区 坪山 前海 futian
佛山: 顺德 禅城 南海区 三水区
杭州: 余杭 萧山 拱墅 上城区 滨江区 临平 富阳 临安 xiaoshan
宁波: 鄞州 北仑 镇海区 奉化
南京: 江宁 浦口 秦淮区 玄武区 建邺 栖霞 六合区
苏州: 姑苏 吴中 吴江 相城 虎丘
成都: 武侯区 锦江区 青羊区 金牛区 成华 双流 郫都 温江 龙泉驿
武汉: 武昌 汉口 汉阳 洪山区 江夏 黄陂 东西湖
西安: 雁塔 未央区 碑林 灞桥 长安区
厦门: 思明 湖里区 集美 海沧 同安 翔安
青岛: 市南区 市北区 崂山 城阳 黄岛
香港: 沙田 旺角 尖沙咀 铜锣湾 元朗 屯门 荃湾 观塘 将军澳 大埔 深水埗 红磡 湾仔 柴湾 葵涌 粉岭 大屿山 油麻地 sha_tin mong_kok tsim_sha_tsui causeway_bay yuen_long tuen_mun tsuen_wan kwun_tong wan_chai
台北: 信义区 大安区 内湖区 士林 北投 万华 松山区 文山区
新北: 板桥 三重区 中和区 永和区 新店区 新庄区 淡水区 汐止
高雄: 左营 凤山区 三民区 鼓山区
台中: 西屯 北屯 南屯
"""

_COUNTRIES = """
中国 China
美国 United States/US/America/United States of America: 纽约 New York, 洛杉矶 Los Angeles, 旧金山 San Francisco, 西雅图 Seattle, 芝加哥 Chicago, 波士顿 Boston, 休斯顿 Houston, 加州 California
加拿大 Canada: 多伦多 Toronto, 温哥华 Vancouver, 蒙特利尔 Montreal
墨西哥 Mexico
巴西 Brazil: 圣保罗 São Paulo
阿根廷 Argentina
智利 Chile
秘鲁 Peru
哥伦比亚 Colombia
英国 United Kingdom/UK/Britain: 伦敦 London, 曼彻斯特 Manchester, 爱丁堡 Edinburgh
爱尔兰 Ireland: 都柏林 Dublin
法国 France: 巴黎 Paris
德国 Germany: 柏林 Berlin, 慕尼黑 Munich, 法兰克福 Frankfurt, 汉堡市 Hamburg
意大利 Italy: 罗马 Rome, 米兰 Milan
西班牙 Spain: 马德里 Madrid, 巴塞罗那 Barcelona
葡萄牙 Portugal: 里斯本 Lisbon
荷兰 Netherlands: 阿姆斯特丹 Amsterdam
比利时 Belgium: 布鲁塞尔 Brussels
瑞士 Switzerland: 苏黎世 Zurich
奥地利 Austria: 维也纳 Vienna
丹麦 Denmark: 哥本哈根 Copenhagen
瑞典 Sweden: 斯德哥尔摩 Stockholm
挪威 Norway: 奥斯陆 Oslo
芬兰 Finland: 赫尔辛基 Helsinki
波兰 Poland: 华沙 Warsaw
捷克 Czechia/Czech Republic: 布拉格 Prague
匈牙利 Hungary: 布达佩斯 Budapest
希腊 Greece: 雅典 Athens
罗马尼亚 Romania
乌克兰 Ukraine: 基辅 Kyiv
俄罗斯 Russia: 莫斯科 Moscow, 圣彼得堡 Saint Petersburg, 海参崴 Vladivostok
白俄罗斯 Belarus
哈萨克斯坦 Kazakhstan: 阿拉木图 Almaty
乌兹别克斯坦 Uzbekistan
吉尔吉斯斯坦 Kyrgyzstan
蒙古 Mongolia: 乌兰巴托 Ulaanbaatar
土耳其 Turkey/Türkiye: 伊斯坦布尔 Istanbul
以色列 Israel
阿联酋 United Arab Emirates: 迪拜 Dubai, 阿布扎比 Abu Dhabi
沙特阿拉伯/沙特 Saudi Arabia
卡塔尔 Qatar
伊朗 Iran
印度 India: 孟买 Mumbai, 新德里 New Delhi
巴基斯坦 Pakistan
孟加拉国 Bangladesh
斯里兰卡 Sri Lanka
尼泊尔 Nepal
日本 Japan: 东京 Tokyo, 大阪 Osaka, 京都 Kyoto, 横滨 Yokohama, 名古屋 Nagoya, 福冈 Fukuoka, 北海道 Hokkaido, 冲绳 Okinawa
韩国 South Korea: 首尔 Seoul, 釜山 Busan, 济州岛 Jeju
朝鲜 North Korea
新加坡 Singapore
马来西亚 Malaysia: 吉隆坡 Kuala Lumpur, 槟城 Penang
泰国 Thailand: 曼谷 Bangkok, 清迈 Chiang Mai, 普吉岛 Phuket
越南 Vietnam: 河内 Hanoi, 胡志明市 Ho Chi Minh City
菲律宾 Philippines: 马尼拉 Manila
印度尼西亚/印尼 Indonesia: 雅加达 Jakarta, 巴厘岛 Bali
柬埔寨 Cambodia: 金边 Phnom Penh
缅甸 Myanmar/Burma: 仰光 Yangon
老挝 Laos: 万象 Vientiane
文莱 Brunei
澳大利亚/澳洲 Australia: 悉尼 Sydney, 墨尔本 Melbourne, 布里斯班 Brisbane, 珀斯 Perth
新西兰 New Zealand: 奥克兰 Auckland
南非 South Africa: 开普敦 Cape Town, 约翰内斯堡 Johannesburg
埃及 Egypt: 开罗 Cairo
尼日利亚 Nigeria
肯尼亚 Kenya
摩洛哥 Morocco
埃塞俄比亚 Ethiopia
"""
