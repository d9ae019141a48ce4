"""Kinds of change in the narrative: a number, a word, a sentence, a heading."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import partial
from itertools import pairwise
from random import Random

from helpers.basics import money
from helpers.basics.money import HALF, Amount
from mutation_kinds.clean import Clean, Spot
from mutation_kinds.judging import CJK, Mutation, Skip, drawn, kind, other_digit


def retold(clean: Clean, spot: Spot, new: str, told: str = "") -> Mutation:
    """Return the change of one stretch of the narrative."""
    if new == spot.text:
        raise Skip
    line = clean.line_of(spot.start)
    places = {f"narrative.txt:{line}"} | ({spot.sentence.id} if spot.sentence else set())
    around = clean.text[max(0, spot.start - 12) : spot.start], clean.text[spot.end : spot.end + 8]
    return Mutation(
        "text",
        clean.text[: spot.start] + new + clean.text[spot.end :],
        told
        or f"{spot.sentence.id if spot.sentence else line}：{around[0]}【{spot.text}→{new}】{around[1]}".replace(
            "\n", "⏎"
        ),
        frozenset(places),
    )


def explained(spot: Spot, new: str) -> bool:
    """Return whether rounding explains a number in the place of another."""
    if spot.number is None or spot.number.value is None:
        return Decimal(new) == Decimal(spot.text)
    value = Decimal(new)
    if spot.number.unit == "%":
        return Amount(value, HALF.scaleb(value.as_tuple().exponent)).meets(spot.number.value)
    if spot.number.unit == money.WAN:
        return money.amount(new, money.WAN).meets(spot.number.value)
    return value == Decimal(spot.text)


def renumbered(clean: Clean, spot: Spot, new: str) -> Mutation:
    """Return the change of one number of the narrative, unless rounding explains it."""
    if explained(spot, new):
        raise Skip
    return retold(clean, spot, new)


MONEY, PERCENT = r"\d+(?:\.\d+)?(?=万元)", r"\d+(?:\.\d+)?(?=%)"
COUNT = r"(?<![\d.])\d+(?=辆|批次|人次|个|人|次|台)"
section = lambda spot: spot.section  # noqa: E731


def digit_changed(clean: Clean, chance: Random, pattern: str) -> Mutation:
    spot = drawn(chance, clean.spots(pattern), section)
    return renumbered(clean, spot, other_digit(spot.text, chance))


kind("句：金额错一位")(partial(digit_changed, pattern=MONEY))
kind("句：百分数错一位")(partial(digit_changed, pattern=PERCENT))
kind("句：完成率错")(partial(digit_changed, pattern=r"(?<=完成预算)\d+(?:\.\d+)?(?=%)"))
kind("句：数量错一位")(partial(digit_changed, pattern=COUNT))


@kind("句：小数点移位")
def point_moved(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"\d+\.\d+(?=万元|%|分)"), section)
    whole, part = spot.text.split(".")
    options = [f"{whole}{part[0]}.{part[1:]}" if part[1:] else whole + part]
    options += [f"{whole[:-1]}.{whole[-1]}{part}"] if len(whole) > 1 else []
    return renumbered(clean, spot, chance.choice(options))


@kind("句：两数互换")
def numbers_swapped(clean: Clean, chance: Random) -> Mutation:
    groups: dict[tuple, list[Spot]] = {}
    for unit in (MONEY, PERCENT, COUNT):
        for spot in clean.spots(unit):
            groups.setdefault((spot.section, spot.sentence.id, unit), []).append(spot)
    a, b = sorted(
        chance.sample(
            drawn(
                chance,
                [g for g in groups.values() if len({s.text for s in g}) > 1],
                lambda g: g[0].section,
            ),
            2,
        ),
        key=lambda s: s.start,
    )
    if explained(a, b.text) and explained(b, a.text):
        raise Skip
    whole = Spot(a.start, b.end, clean.text[a.start : b.end], a.section, a.sentence)
    return retold(clean, whole, b.text + clean.text[a.end : b.start] + a.text)


@kind("句：照抄相邻一项的百分数")
def percent_copied(clean: Clean, chance: Random) -> Mutation:
    spots = clean.spots(PERCENT)
    pairs = [p for a, b in pairwise(spots) if a.section == b.section for p in ((a, b), (b, a))]
    one, other = drawn(chance, pairs, lambda p: p[0].section)
    return renumbered(clean, one, other.text)


@kind("句：照抄别处的金额")
def amount_copied(clean: Clean, chance: Random) -> Mutation:
    spots = clean.spots(MONEY)
    return renumbered(clean, drawn(chance, spots, section), drawn(chance, spots, section).text)


@kind("句：变动额写成百分数")
def change_as_percent(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"(?<=[增减][加少])([\d.]+)(?=万元，[增下][长降])"), section)
    rate = next(s for s in clean.spots(PERCENT) if s.start > spot.end)
    return renumbered(clean, rate, spot.text)


WAYS = {
    a: b
    for x, y in (("增加", "减少"), ("增长", "下降"), ("大于", "小于"))
    for a, b in ((x, y), (y, x))
}


@kind("句：增减方向写反")
def direction_turned(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots("|".join(WAYS)), section)
    return retold(clean, spot, WAYS[spot.text])


@kind("句：有变动而写持平")
def said_unchanged(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"各?(增加|减少)[\d.]+万元(，(增长|下降)[\d.]+%)?"), section)
    return retold(clean, spot, "持平")


def unit_changed(clean: Clean, chance: Random, before: str, after: str) -> Mutation:
    spot = drawn(chance, clean.spots(rf"(?<=\d){before}"), section)
    number = re.search(r"[\d.]+$", clean.text[: spot.start])
    if after == "元" and not Decimal(number[0]):
        raise Skip  # 0元 is 0万元
    return retold(clean, spot, after)


kind("句：万元写成元")(partial(unit_changed, before="万元", after="元"))
kind("句：万元写成万")(partial(unit_changed, before="万元", after="万"))
kind("句：漏百分号")(partial(unit_changed, before="%", after=""))


@kind("句：年份过时")
def stale_year(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"20\d\d(?=年)"), section)
    return retold(clean, spot, str(int(spot.text) - 1))


@kind("标题：年份过时或缺位")
def stale_heading(clean: Clean, chance: Random) -> Mutation:
    spot = chance.choice([s for s in clean.spots(r"20\d\d(?=年)", headings=True) if not s.sentence])
    return retold(
        clean,
        spot,
        chance.choice((str(int(spot.text) - 1), str(int(spot.text) - 2), spot.text[:3])),
    )


@kind("句：整句漏掉")
def sentence_dropped(clean: Clean, chance: Random) -> Mutation:
    at, sentence = drawn(chance, clean.sentences, lambda s: s[1].section)
    if len(sentence.text) <= 4:
        raise Skip
    return retold(
        clean, Spot(at, at + len(sentence.text), sentence.text, sentence.section, sentence), ""
    )


@kind("句：整句重复")
def sentence_doubled(clean: Clean, chance: Random) -> Mutation:
    at, sentence = drawn(chance, clean.sentences, lambda s: s[1].section)
    if len(sentence.text) <= 4:
        raise Skip
    return retold(
        clean,
        Spot(at, at + len(sentence.text), sentence.text, sentence.section, sentence),
        sentence.text * 2,
    )


@kind("节：整节漏掉")
def section_dropped(clean: Clean, chance: Random) -> Mutation:
    written = [s for s in clean.statements if s.title and any(x.text.strip() for x in s.sentences)]
    statement = chance.choice(written)
    ids = {s.id for s in statement.sentences}
    spans = [(at, at + len(s.text)) for at, s in clean.sentences if s.id in ids]
    start = max(at for at, _ in clean.headings if at < spans[0][0])
    text = clean.text[:start] + clean.text[spans[-1][1] + 1 :]
    return Mutation("text", text, f"{statement.number} {statement.title}", frozenset(ids))


@kind("句：列举漏一项")
def item_dropped(clean: Clean, chance: Random) -> Mutation:
    first = clean.spots(r"(?<=：)[^：；。]*\d[^：；。]*；") + clean.spots(
        r"(?<=：)[^：、。；，]*\d[^：、。；，]*、"
    )
    later = clean.spots(r"；[^；。]*\d[^；。]*(?=[；。])") + clean.spots(
        r"、[^、。；，（]*\d(?!0万元以上)[^、。；，（]*(?=[、。；，])"
    )
    items = [s for s in clean.spots(r"^\d+\..*（项）.*。$") if s.section.startswith("五.三")]
    spot = drawn(chance, first + later + items, section)
    if not any(map(Decimal, re.findall(r"[\d.]*\d", spot.text.partition("）")[2] or spot.text))):
        raise Skip  # a row of which nothing but zero is said may be left out
    return retold(clean, spot, "")


def _listed(clean: Clean) -> list[Spot]:
    return [s for s in clean.spots(r"(?<=主要包括：).*(?=等。)") if s.section.startswith("六")]


@kind("六：款名漏一个")
def name_dropped(clean: Clean, chance: Random) -> Mutation:
    spot = chance.choice(_listed(clean))
    names = spot.text.split("、")
    gone = chance.randrange(len(names))
    return retold(
        clean,
        spot,
        "、".join(names[:gone] + names[gone + 1 :]),
        f"{spot.sentence.id}：漏「{names[gone]}」",
    )


@kind("六：款名多一个")
def name_added(clean: Clean, chance: Random) -> Mutation:
    spot = chance.choice(_listed(clean))
    names = spot.text.split("、")
    table = clean.this.tables.table("08")
    zero = [
        r.label
        for side in table.sides
        for r in side.rows
        if len(r.key) == 5 and table.cell(r.key, "决算数").amount.is_zero
    ]
    extra, at = chance.choice(zero), chance.randint(0, len(names))
    return retold(
        clean,
        spot,
        "、".join([*names[:at], extra, *names[at:]]),
        f"{spot.sentence.id}：多「{extra}」",
    )


@kind("句：科目名改字")
def subject_misspelt(clean: Clean, chance: Random) -> Mutation:
    listed = [
        s
        for s in clean.spots(rf"(?<=[：；])[{CJK}]{{2,}}支出(?=\d)")
        if s.section[0] in "三五" and s.text in s.sentence.names
    ]
    named = [
        s for s in clean.spots(rf"[{CJK}]{{4,}}(?=（[类款项]）)") if s.section.startswith("五.三")
    ]
    spot = drawn(chance, listed + named, section)
    at = chance.randrange(len(spot.text) - 2)
    return retold(clean, spot, spot.text[:at] + chance.choice("与及甲厅") + spot.text[at + 1 :])


@kind("句：零基数写增长率")
def rate_on_nothing(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"(?<=增加)[\d.]+万元(?=。)"), section)
    return retold(
        clean,
        spot,
        spot.text
        + chance.choice(("，增长100%", "，增长{}%", "，上升100%", "，同比增长100%")).format(
            chance.randint(2, 300)
        ),
    )


@kind("句：零预算写完成率")
def completed_nothing(clean: Clean, chance: Random) -> Mutation:
    return retold(
        clean,
        drawn(chance, clean.spots("未安排预算"), section),
        f"完成预算{chance.choice((100, 100, chance.randint(50, 150)))}%",
    )


@kind("句：同一事实两处不同")
def told_twice(clean: Clean, chance: Random) -> Mutation:
    spots = [s for s in clean.spots(MONEY) if s.number and Decimal(s.text)]
    cells = Counter(c for s in spots for c in set(s.number.cells[:1]))
    spot = drawn(
        chance, [s for s in spots if s.number.cells and cells[s.number.cells[0]] > 1], section
    )
    return renumbered(clean, spot, other_digit(spot.text, chance))


@kind("文：未填的占位字样")
def placeholder_left(clean: Clean, chance: Random) -> Mutation:
    if chance.random() < 0.7:
        return retold(
            clean,
            drawn(chance, clean.spots(r"\d+(?:\.\d+)?(?=万元|%|辆|批次|人次|个)"), section),
            chance.choice(("XX", "××", "ＸＸ", "○○")),
        )
    spot = drawn(chance, clean.spots("增加|减少|增长|下降"), section)
    return retold(clean, spot, f"{spot.text}（{WAYS[spot.text]}）")


@kind("文：词语重复")
def word_doubled(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(rf"[{CJK}]{{2}}"), section)
    return retold(clean, spot, spot.text * 2)


@kind("文：引号括号不成对")
def pair_broken(clean: Clean, chance: Random) -> Mutation:
    return retold(clean, drawn(chance, clean.spots("[“”（）《》]", headings=True), section), "")


@kind("文：标点重复")
def stop_doubled(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots("[，。；、：]", headings=True), section)
    return retold(clean, spot, spot.text * 2)


@kind("文：部门名称错字")
def name_misspelt(clean: Clean, chance: Random) -> Mutation:
    who = clean.this.profile
    spot = drawn(
        chance,
        clean.spots(f"{re.escape(who.department)}|{re.escape(who.short_name)}", headings=True),
        section,
    )
    at = chance.randrange(len(spot.text))
    if spot.text[at] in "（）":
        raise Skip
    new = chance.choice(
        (
            spot.text[:at] + chance.choice("与厅甲乙会") + spot.text[at + 1 :],
            spot.text[:at] + spot.text[at + 1 :],
        )
    )
    return retold(clean, spot, new)
