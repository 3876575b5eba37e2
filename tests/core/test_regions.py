"""Places in what buyers write, and whether a place lies within a region a shop names."""

import pytest

from core.regions import find_place, is_region, is_within

FOUND = [
    ("寄到乌鲁木齐要几天", "乌鲁木齐", "新疆"),
    ("to Shenzhen?", "深圳", "广东"),
    ("Do you ship to xi'an", "西安", "陕西"),
    ("江苏省南京市鼓楼区中山路", "南京", "江苏"),
    ("新疆 喀什能到吗", "喀什", "新疆"),
    ("我在台湾", "台湾", "台湾"),
    ("廣東可以寄嗎", "广东", "广东"),
    ("烏魯木齊", "乌鲁木齐", "新疆"),
    ("寄内蒙古呼伦贝尔要加钱吗", "呼伦贝尔", "内蒙古"),
    ("内蒙包邮吗", "内蒙古", "内蒙古"),
    ("从杭州寄到新疆要多久", "新疆", "新疆"),
    ("from Hangzhou to London", "伦敦", ""),
    ("I live in Shenzhen", "深圳", "广东"),
    ("Can you ship to the US?", "美国", ""),
    ("the us", "美国", ""),
    ("Ships to China?", "中国", ""),
    ("可以发澳洲吗", "澳大利亚", ""),
    ("发海口几天", "海口", "海南"),
    ("海口能寄吗", "海口", "海南"),
    ("寄包头多少钱", "包头", "内蒙古"),
    ("山东日照", "日照", "山东"),
    ("广东省中山", "中山", "广东"),
    ("发广州布料要多久", "广州", "广东"),
    ("Yulin, Shaanxi", "榆林", "陕西"),
    ("陕西榆林", "榆林", "陕西"),
    ("北京朝阳区", "北京", "北京"),
    ("辽宁朝阳市", "朝阳", "辽宁"),
    ("吉林长春", "长春", "吉林"),
    ("海南州", "海南州", "青海"),
    ("海南", "海南", "海南"),
    ("成都", "成都", "四川"),
    ("上海市浦东新区", "浦东", "上海"),
    ("hong kong please", "香港", "香港"),
    ("Xizang / Tibet", "西藏", "西藏"),
    ("寄到天河要几天", "广州", "广东"),
    ("广州市天河区", "广州", "广东"),
    ("寄沙田要幾日", "香港", "香港"),
    ("送到信義區", "台北", "台湾"),
    ("上海静安", "上海", "上海"),
    ("ship to Mong Kok", "香港", "香港"),
]


@pytest.mark.parametrize(("text", "name", "province"), FOUND, ids=[row[0] for row in FOUND])
def test_a_place_is_found(text: str, name: str, province: str) -> None:
    """The place sent to, as exactly as the text says it."""
    place = find_place(text)
    assert place is not None
    assert (place.name, place.province) == (name, province)


NOT_FOUND = """
中山装有吗|大理石纹的|海口大的包|包头拖鞋有吗|长沙发套多少钱|大连衣裙|做成都可以吗|有三明治袋吗|日照时间长吗|哈密瓜色|意大利面|北海道风格
是韩国进口的吗|新疆棉的吗|china cup|tell us please|made in China|朝阳区|Yulin?|这个多少钱|白银色的有吗|||||||
"""


@pytest.mark.parametrize(
    ("text", "said", "same"),
    [
        ("do you ship to Tibet?", "Tibet", "西藏"), ("xizang", "Xizang", "Tibet"), ("西藏", "Xizang", "Tibet"), ("TSINGTAO", "Tsingtao", "Qingdao"),
        ("to Scotland", "Scotland", "UK"), ("to the UK", "United Kingdom", "England"), ("usa", "United States", "America"),
    ],
)  # fmt: skip
def test_a_place_goes_by_the_word_it_was_asked_by(text: str, said: str, same: str) -> None:
    """Whoever asks about Tibet hears of Tibet; it is the same place by any of its names."""
    place = find_place(text)
    assert place is not None
    assert place.name_en == said
    assert place == find_place(same)


@pytest.mark.parametrize("text", [one for one in NOT_FOUND.replace("\n", "|").split("|") if one])
def test_an_ordinary_word_is_no_place(text: str) -> None:
    assert find_place(text) is None or find_place(text) == find_place("北海道")


OWN = (
    ("江浙沪", ("江苏", "浙江", "上海")),
    ("偏远地区", ("新疆", "西藏")),
    ("包邮区", ("江浙沪", "安徽")),
    ("绕", ("绕", "江苏")),
)
WITHIN = [
    ("苏州", "江浙沪", True),
    ("南京", "偏远地区", False),
    ("喀什", "偏远地区", True),
    ("杭州", "包邮区", True),
    ("南京", "绕", True),
    ("上海", "绕", False),
    ("杭州", "浙江", True),
    ("杭州", "浙江省", True),
    ("杭州", "中国", True),
    ("杭州", "中国大陆", True),
    ("香港", "中国大陆", False),
    ("台北", "大陆", False),
    ("台湾", "中国", True),
    ("伦敦", "中国大陆", False),
    ("伦敦", "海外", True),
    ("伦敦", "欧洲", True),
    ("伦敦", "worldwide", True),
    ("新加坡", "Southeast Asia", True),
    ("广州", "珠三角", True),
    ("哈尔滨", "东北", True),
    ("美国", "江苏", False),
    ("江苏", "苏州", None),
    ("广东", "珠三角", None),
    ("中国", "中国大陆", None),
    ("中国", "江苏", None),
    ("广州", "火星", None),
]


@pytest.mark.parametrize(("name", "region", "said"), WITHIN, ids=[f"{row[0]} in {row[1]}" for row in WITHIN])
def test_whether_a_place_lies_within_a_region(name: str, region: str, said: bool | None) -> None:
    """None where it cannot be told: a region nobody knows, or one smaller than the place."""
    place = find_place(name)
    assert place is not None
    assert is_within(place, region, OWN) is said
    assert is_within(place, region, dict(OWN)) is said


def test_the_shops_own_groups_may_be_named_as_the_usual_ones() -> None:
    """A shop that says what 江浙沪 is to it is believed."""
    place = find_place("合肥")
    assert place is not None
    assert is_within(place, "江浙沪") is False
    assert is_within(place, "江浙沪", {"江浙沪": ("安徽",)}) is True


def test_every_province_is_known() -> None:
    names = (
        "北京 天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 "
        "陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾"
    ).split()
    assert len(names) == 34
    for name in names:
        place = find_place(name)
        assert place is not None
        assert place.is_province
        assert is_region(name)


def test_what_is_a_region() -> None:
    assert is_region("偏远地区", OWN)
    assert is_region("mainland")
    assert is_region("欧盟")
    assert not is_region("偏远地区")


def test_a_district_is_its_city_and_no_region() -> None:
    """A parcel for 天河 goes to Guangzhou; what a shop says of 天河 alone is not said of all Guangzhou."""
    place, city = find_place("天河"), find_place("广州")
    assert place is not None
    assert city is not None
    assert is_within(place, "广州") is True
    assert is_within(city, "天河") is None
    assert not is_region("天河")
