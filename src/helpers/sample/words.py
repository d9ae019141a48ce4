"""What an invented department writes into its profile.yaml: words drawn from data/sample/words.yaml."""

from __future__ import annotations

from functools import cache

from helpers.basics import paths
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, read, vet
from helpers.edition import codes
from helpers.sample import district
from helpers.sample.asked import Asked
from helpers.sample.year import Year


@cache
def _words() -> Mapping:
    file, lists = (
        "sample/words.yaml",
        ("职责", "机构设置", "二级单位", "人员", "科目原因", "用途", "资产用途", "名词解释"),
    )
    keys: Keys = {
        "区县": Word,
        "地区": Word,
        **dict.fromkeys(lists, Sequence),
        **dict.fromkeys(("原因", "三公明细", "绩效"), Mapping),
    }
    return vet(read(paths.SAMPLE / "words.yaml", file), file, keys, keys)


def profile(now: Year, before: Year, asked: Asked) -> dict:
    """Return profile.yaml of a year under an edition; a reason is written where there is something to explain."""
    one, words = now.department, _words()
    once, chance = one.chance(0, "文字"), one.chance(now.year, "文字")
    county = words["区县"].replace("〈区县〉", district.place(one.ordinal))
    plain = f"{county}{one.kind.name}"
    units = [
        f"{county}{unit}（虚构）" for unit in once.sample(words["二级单位"], once.randint(1, 3))
    ]
    offices = sum(scale == "行政" for scale, _, _ in one.people)
    filled = {
        "〈区县〉": county,
        "〈简称〉": plain,
        "〈职责〉": one.kind.duties,
        "〈股室〉": str(once.randint(3, 14)),
        "〈二级单位〉": str(len(units)),
        "〈行政〉": str(offices),
        "〈在职〉": str(sum(heads for _, _, heads in one.people)),
    }

    def said(options, drawn=chance) -> str:
        text = str(drawn.choice(options))
        for slot, value in filled.items():
            text = text.replace(slot, value)
        return text

    public, last = now.three_public, before.three_public
    cars = ("公务用车购置费", "公务用车运行维护费")
    spoken = {
        "收支总计": True,
        "财政拨款": True,
        "一般公共预算": True,
        "三公经费": sum(public.values()) != sum(last.values()),
        "因公出国": public["因公出国（境）费"] != last["因公出国（境）费"],
        "公务用车": any(public[c] != last[c] for c in cars),
        "公务接待费": public["公务接待费"] != last["公务接待费"],
        "机关运行经费": now.office_costs != before.office_costs,
        "政府采购": True,
    }
    planned_otherwise = {
        "年初预算": sum(final - planned for final, planned in now.budgets.values()),
        "三公预算": sum(public.values()) - sum(now.three_public_budget.values()),
    }
    spoken |= {k: bool(apart) for k, apart in planned_otherwise.items() if asked.prints("原因", k)}
    reasons = {
        key: said(words["原因"][key])
        for key, wanted in spoken.items()
        if wanted and asked.prints("原因", key)
    }
    reasons |= {
        function: said(words["科目原因"])
        for function, (final, planned) in now.budgets.items()
        if planned and final != planned
    }
    spent = {
        "因公出国": "因公出国（境）费",
        "公务用车运行维护费": "公务用车运行维护费",
        "国内公务接待": "公务接待费",
    }
    details = {
        key: said(words["三公明细"][key])
        for key, category in spent.items()
        if public[category] and asked.prints("三公明细", key)
    }
    foreign = public["公务接待费"] and public["因公出国（境）费"]
    if foreign and asked.prints("三公明细", "外事接待"):
        details["外事接待"] = said(words["三公明细"]["外事接待"])
    performance: dict[str, str | list[str]] = {"自评综述": said(words["绩效"]["自评综述"])}
    if now.projects:
        performance = {
            "项目": "、".join(list(now.projects)[:2]),
            **performance,
            "评价报告": [str(p) for p in words["绩效"]["评价报告"]],
        }
    purposes = {
        function: said(words["用途"])
        for function in [*now.budgets, *(f for _, f in now.fund_budgets)]
        if asked.prints("用途", "*")
    }
    written = {
        "department": f"{plain}（虚构）",
        "short_name": plain,
        "year": now.year,
        "edition": asked.edition,
        "region": said([words["地区"]]),
        "kind": one.kind.type,
        "sector": one.kind.name,
        "duties": said(words["职责"]),
        "organisation": said(words["机构设置"]),
        "units": units,
        "staff": said(words["人员"]),
        "reasons": reasons,
        "purposes": purposes,
        "three_public_details": details,
        "assets_use": said(words["资产用途"], one.chance(0, "资产"))
        if now.cars_by_use["其他用车"] and asked.prints("资产用途")
        else "",
        "performance": {k: v for k, v in performance.items() if asked.prints("绩效", k)},
        "glossary": [
            *map(str, words["名词解释"]),
            *(_explained(function, now.year) for function in now.functions),
        ],
        "style": {
            "percent_decimals": once.choice((1, 1, 2)),
            "three_public_percent_decimals": once.choice((0, 1, 2)),
            "trim_zeros": once.random() < 0.8,
        }
        if not asked.has_style
        else {},
    }
    return {key: value for key, value in written.items() if value}


def _explained(function: str, year: int) -> str:
    """Return the explanation of a function: its three names and what it pays for."""
    names = [codes.functional().name(function[:n], year) for n in (3, 5, 7)]
    return "{}（类）{}（款）{}（项）：反映{}方面的支出。".format(
        *names, names[2].removesuffix("支出")
    )
