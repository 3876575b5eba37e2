"""One sentence about a file: why something is a fault, and how it is mended, in both languages.

`{value}` is the cell as it stands, `{column}` its header; other blanks are filled by whoever found the fault.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    why_zh: str
    mend_zh: str
    why_en: str
    mend_en: str

    def why(self, language: str) -> str:
        return self.why_zh if language == "zh" else self.why_en

    def mend(self, language: str) -> str:
        return self.mend_zh if language == "zh" else self.mend_en
