"""What is sold by the metre is counted in metres, and a pair is a pair."""

from core.understanding import Mind
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers

SHELF = (
    "sku,title,variant,price,stock,category,aliases,unit,title_en,variant_en,unit_en\n"
    "CL-1,海盐亚麻布,本色,58,40,布料,linen cloth,米,Sea Salt Linen,Flax,metre\n"
    "CL-2,海盐亚麻布,砖红,62,22,布料,linen cloth,米,Sea Salt Linen,Brick Red,metre\n"
    "SL-1,松针拖鞋,38-39,49,13,鞋,slippers,双,Pine Slippers,38–39,\n"
    "SL-2,松针拖鞋,40-41,49,9,鞋,slippers,双,Pine Slippers,40–41,\n"
    "WI-1,港湾窗帘,宽 1.4 × 高 2.6 m,168,15,帘,curtain,片,Harbour Curtain,1.4 m wide × 2.6 m high,panel\n"
    "WI-2,港湾窗帘,宽 2.0 × 高 2.6 m,228,6,帘,curtain,片,Harbour Curtain,2.0 m wide × 2.6 m high,panel\n"
)


async def test_cloth_is_counted_in_metres(play: Play) -> None:
    """The stock, the price, the sum and what is too much are said in metres, and so much is heard however it is written."""
    await play.imports("shelf.csv", SHELF.encode())
    for language in LANGUAGES:
        buyer = play.buyer(language)
        metres = in_language(language, "40 米", "40 metres")
        there = await play.ask(
            buyer, in_language(language, "海盐亚麻布本色有货吗", "is the Sea Salt Linen in flax in stock?")
        )
        assert metres in there.text
        assert in_language(language, "¥58/米", "58 a metre") in there.text
        sums = {
            "zh": ("两米多少钱", "3米呢"),
            "zh_hant": ("兩米多少錢", "三米呢"),
            "en": ("how much for 2 meters?", "and 3m?"),
        }[language]
        for many, words in zip((2, 3), sums, strict=True):
            heard = await play.ask(buyer, words)
            assert {many, many * 58} <= set(numbers(heard.text)), heard.text
        short = await play.ask(buyer, in_language(language, "要50米有吗", "do you have 50 metres?"))
        assert metres in short.text
        assert in_language(language, "50 米", "50 metres") in short.text


async def test_a_measure_is_a_size_where_goods_are_counted(play: Play) -> None:
    """2 metres of a curtain are its width: the one that wide is told of, and nobody is told what two of it cost."""
    await play.imports("shelf.csv", SHELF.encode())
    wide = {
        "zh": "港湾窗帘2米宽的多少钱",
        "zh_hant": "港灣窗簾2米寬的多少錢",
        "en": "how much is the Harbour Curtain, 2m wide?",
    }
    for language in LANGUAGES:
        buyer = play.buyer(language)
        heard = await play.ask(buyer, wide[language])
        assert 228 in numbers(heard.text)
        assert not {168, 456, 336} & set(numbers(heard.text)), heard.text
        other = await play.ask(buyer, in_language(language, "那1.4的呢", "and the 1.4 one?"))
        assert 168 in numbers(other.text), other.text


async def test_a_pair_is_a_pair(play: Play) -> None:
    """Shoes are told of in pairs, and what is spoken of stays what it is when only the number of pairs is said."""
    await play.imports("shelf.csv", SHELF.encode())
    for language in LANGUAGES:
        buyer = play.buyer(language)
        heard = await play.ask(
            buyer, in_language(language, "松针拖鞋38的有货吗", "are the Pine Slippers in size 38 in stock?")
        )
        assert in_language(language, "13 双", "13 pairs") in heard.text
        two = await play.ask(buyer, in_language(language, "两双多少钱", "how much are 2 pairs?"))
        assert {2, 98} <= set(numbers(two.text))
        assert in_language(language, "40-41", "40–41") not in two.text


async def test_an_attribute_tells_the_unit_too(play: Play) -> None:
    """单位=一米的价格 is as good as the column."""
    row = "sku,title,variant,price,stock,attributes,attributes_en,title_en\nLA-1,夜航花边,白,6,80,单位=一米的价格，不剪断,unit=price per metre,Night Lace\n"
    await play.imports("shelf.csv", row.replace("，", " ").encode())
    for language in LANGUAGES:
        heard = await play.ask(
            play.buyer(language), in_language(language, "夜航花边有货吗", "is the Night Lace in stock?")
        )
        assert in_language(language, "80 米", "80 metres") in heard.text


def test_a_unit_without_a_number_is_no_quantity(mind: Mind) -> None:
    """What the words want is counted only where they say how much."""
    from core.understanding.goods.measuring import poured

    assert poured("how many metres do i need", [(0, 25)], "米") == []
    assert [int(one) for one in poured("3m please", [(0, 9)], "米")] == [3]
