"""What nothing on file answers, and how a hand-over is read: what stories of hand-overs share."""

from tests.made_shop import in_language

UNCLEAR = {
    "zh": "诸葛亮为什么要七擒孟获",
    "zh_hant": "諸葛亮為什麼要七擒孟獲",
    "en": "why did the chicken cross the road",
}
MISSING = {"zh": "你们支持货到付款吗", "zh_hant": "你們支持貨到付款嗎", "en": "do you take cash on delivery?"}


def handed_over_lines(text: str, language: str) -> list[str]:
    """The lines of a message, but for the automatic label, that speak of the shopkeeper: there something is handed over."""
    person, label = in_language(language, "掌柜", "shopkeeper"), in_language(language, "自动", "utomatic")
    return [line for line in text.split("\n") if person in line and label not in line]
