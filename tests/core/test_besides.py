"""The part of a line that orders, beside what the rest of it asks."""

import pytest

from core.answering.besides import ordering_part


@pytest.mark.parametrize(
    ("line", "part", "is_wish"),
    [
        pytest.param("要一套，发到成都，大概几天能到", "要一套", True, id="how long it takes"),
        pytest.param("要个黑的 今天能发吗", "要个黑的", True, id="a colour, and no comma"),
        pytest.param("灰色要一條，幾時到香港", "灰色要一條", True, id="Cantonese"),
        pytest.param("红格的发两张 地址苏州", "红格的发两张", True, id="send two"),
        pytest.param("ok one pair please, how long to Guangzhou?", "ok one pair please", True, id="English"),
        pytest.param("camel please. do you take paypal?", "camel please", False, id="a colour and please"),
        pytest.param("米白色托特包兩個，可以幫我分開包嗎", "米白色托特包兩個", False, id="goods and how many"),
        pytest.param("要張紅格，送到廣州幾時到", "要張紅格", False, id="one, without the number"),
        pytest.param("要一条灰的 一条驼的 打几折", "要一条灰的 一条驼的", True, id="two of them"),
    ],
)
def test_what_orders_is_kept_where_it_stood(line: str, part: str, is_wish: bool) -> None:
    """The rest is blank, so that places in it are those of the line."""
    found = ordering_part(line)
    assert found is not None
    assert (found.words.strip(), found.is_wish) == (part, is_wish)
    assert len(found.words) == len(line)
    assert line.find(part) == len(found.words) - len(found.words.lstrip())


def test_each_part_by_itself() -> None:
    """Two of one and one of the other; what says which belongs to what it stands behind."""
    found = ordering_part("红格的来两个 墨绿的来一个")
    assert found is not None
    assert [each.strip() for each in found.each()] == ["红格的来两个", "墨绿的来一个"]
    found = ordering_part("要两个，墨绿的，发上海几天到")
    assert found is not None
    assert [each.strip() for each in found.each()] == ["要两个 墨绿的"]
    assert found.holds((4, 7))
    assert not found.holds((8, 14))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("要两个", id="all of it orders"),
        pytest.param("什么时候发货，几天能到", id="nothing orders"),
        pytest.param("两个便宜点行吗，我常来", id="a bargain"),
        pytest.param("我要两个，少发了一个", id="an order that came short"),
        pytest.param("我买了两个，怎么还没发", id="an order placed"),
        pytest.param("买两个的话，运费怎么算", id="if two"),
        pytest.param("先要一个样品看看，可以吗", id="a sample"),
        pytest.param("我要一个一个问，先说多大", id="questions one by one"),
        pytest.param("昨天要了两个，什么时候到", id="ordered yesterday"),
        pytest.param("窗户要三米宽的，用几片", id="a measure"),
        pytest.param("i have two questions, when do you ship", id="no goods are counted"),
        pytest.param("要两个多少钱？什么时候发", id="a question of the price"),
        pytest.param("要" * 300 + "两个，什么时候发", id="a story"),
    ],
)
def test_no_order_is_made_up(line: str) -> None:
    """Questions, bargains and complaints count things as well."""
    assert ordering_part(line) is None
