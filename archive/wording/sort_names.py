"""By which name a speaker is sorted."""

from __future__ import annotations

import re

from nameparser import HumanName

PERSON = "person"
THE = "the "
# Common Chinese family names that are nobody's given name in English. With two
# syllables of pinyin after them the order is certain enough; with one, as in “Li Wang”,
# either word may be the family name.
FAMILY_NAMES = frozenset(
    "Bai Cai Cao Chen Cheng Cui Dai Deng Ding Dong Du Duan Fan Fang Feng Fu Gao Gong "
    "Gu Guo Han Hao He Hou Hu Huang Jia Jiang Jin Kang Kong Lai Li Liang Liao Lin Liu "
    "Long Lu Luo Ma Mao Meng Pan Peng Qian Qiao Qin Qiu Ren Shao Shen Shi Song Su Sun "
    "Tan Tang Tian Wan Wang Wei Wen Wu Xi Xia Xiao Xie Xiong Xu Xue Yan Yang Yao Ye "
    "Yin Yu Yuan Zeng Zhang Zhao Zheng Zhong Zhou Zhu Zou".split()
)
SYLLABLE = (
    "(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:i?ang|i?ong|uang|[ei]ng|i?an|iao|uai|uan|ai|ei|ao|ou|en|in|un|ia|ie|iu|ua|ui"
    "|uo|ue|er|a|e|i|u|ü|(?<=[bpmfw])o))"
)
TWO_SYLLABLES = re.compile(f"(?={SYLLABLE}{{2}}$)[a-zü]{{4,}}", re.IGNORECASE)
# Kim Jong-un, Tsai Ing-wen; not Bashar Al-assad
HYPHENATED = re.compile(r"(?!Al-|El-)[A-Z][a-z]+-[a-z]+")
MAX_LENGTH = 200  # of a name; the commas make a sort name longer


def sort_name(name: str, kind: str) -> str:
    """A person's surname first, as in “van der Berg, Jan”. An organization or a group
    without a leading “The”.
    """
    if kind != PERSON:
        the, rest = name[: len(THE)], name[len(THE) :]
        return rest if the.lower() == THE and rest.strip() else name
    if "," in name or _begins_with_family_name(name):
        return name
    parts = HumanName(name)
    given = " ".join(filter(None, [parts.first, parts.middle]))
    if not (given and parts.last):
        return name
    made = ", ".join(filter(None, [parts.last, given, parts.suffix]))
    return made[:MAX_LENGTH].strip()


def _begins_with_family_name(name: str) -> bool:
    """Whether the spelling shows it. Vietnamese and Hungarian names cannot be told from
    it; an editor types their name to sort by.
    """
    first, _, second = name.partition(" ")
    if HYPHENATED.fullmatch(second):
        return True
    return first in FAMILY_NAMES and bool(TWO_SYLLABLES.fullmatch(second))
