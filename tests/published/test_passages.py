"""Sentences as offices elsewhere word them, invented: each number is read as what it says, or as nothing."""

import pytest
from passages import NATIONAL, SHANGHAI, SICHUAN, UNREAD, WORDS, read, said

from helpers.edition import patterns
from helpers.published import reading
from helpers.published.published import Narrative

BUDGET_BESIDE = {
    "9.5": "amount 三公@预算",
    "7.6": "amount 三公",
    "80": "completion 三公/三公@预算",
    "5.5": "amount 用车@预算",
    "4.4": "amount 用车",
    "81": "completion 用车/用车@预算",
    "4": "amount 接待@预算",
    "3.2": "amount 接待",
    "82": "completion 接待/接待@预算",
}
PASSAGES = {
    "a subject whose name holds a stop": (
        SHANGHAI,
        "五.三",
        "11.节能环保支出（类）环境保护管理事务（款）环境保护法规、规划及标准（项），主要用于编制规划。"
        "年初预算为3.00万元，支出决算为7.50万元，决算数大于预算数的主要原因：年中追加。",
        {"3.00": "amount 额@年初预算 2110105", "7.50": "amount 额 2110105"},
    ),
    "a subject by the longer name that it had": (
        SHANGHAI,
        "五.三",
        "6.“社会保障和就业支出（类）行政事业单位离退休（款）归口管理的行政单位离退休（项）”。"
        "年初预算为6.44万元，支出决算为5.74万元。",
        {"6.44": "amount 额@年初预算 2080501", "5.74": "amount 额 2080501"},
    ),
    "the budget before each amount": (
        NATIONAL,
        "七.一",
        "某某县档案馆2023年度财政拨款“三公”经费支出预算为9.5万元，支出决算为7.6万元，完成预算的80%。其中："
        "公务用车购置及运行维护费支出预算为5.5万元，支出决算为4.4万元，完成预算的81%；"
        "公务接待费支出预算为4万元，支出决算为3.2万元，完成预算的82%。",
        BUDGET_BESIDE,
    ),
    "the budget behind each amount": (
        NATIONAL,
        "七.一",
        "某某县档案馆2023年度“三公”经费财政拨款支出决算为7.6万元，完成全年预算9.5万元的80%，其中："
        "公务用车购置及运行维护费支出决算为4.4万元，完成预算5.5万元的81%；"
        "公务接待费支出决算为3.2万元，完成预算4万元的82%。",
        BUDGET_BESIDE,
    ),
    "the budget of the beginning of the year is another than the one at the end": (
        NATIONAL,
        "七.一",
        "公务接待费年初预算6万元，支出决算为3万元，完成年初预算的50%。",
        {
            "6": "amount 接待@年初预算",
            "3": "amount 接待",
            "50": "completion 接待/接待@年初预算",
        },
    ),
    "a comparison with a year long ago is none with the last": (
        NATIONAL,
        "七.一",
        "“三公”经费财政拨款支出决算为7.6万元，比上年决算数增加1.1万元，增长16.9%；"
        "比2019年决算数减少3.3万元，降低30.3%。",
        {
            "7.6": "amount 三公",
            "1.1": "difference 三公/三公@上年",
            "16.9": "rate 三公/三公@上年",
            "3.3": UNREAD,
            "30.3": UNREAD,
        },
    ),
    "a budget alone is no amount that was spent": (
        NATIONAL,
        "七.一",
        "2023年度“三公”经费财政拨款支出预算为9.5万元。",
        {"9.5": "amount 三公@预算"},
    ),
    "guests from abroad in brackets": (
        NATIONAL,
        "七.二",
        "2023年某某县档案馆国内公务接待共21批次（其中外事接待2批次），190人次（其中外事接待7人次）。",
        {
            "21": "count 国内批次",
            "2": "count 外事批次",
            "190": "count 国内人次",
            "7": "count 外事人次",
        },
    ),
    "people without the remark that the declaration has": (
        SICHUAN,
        "七.二",
        "国内公务接待21批次，190人，共计支出1.9万元。外事接待费支出0.4万元。",
        {
            "21": "count 国内批次",
            "190": "count 国内人次",
            "1.9": "amount 国内接待",
            "0.4": "amount 外事接待",
        },
    ),
    "what is said behind a bracket is said of what stands before it": (
        NATIONAL,
        "七.一",
        "公务接待费支出3.2万元（其中公务用车购置费0.1万元），占32%。",
        {"3.2": "amount 接待", "0.1": "amount 购置", "32": "share 接待/三公"},
    ),
    "an amount in brackets": (
        NATIONAL,
        "三",
        "2023年度本年支出合计（120万元），其中：基本支出（80万元），占66.7%；项目支出（40万元），占33.3%。",
        {
            "120": "amount 本年支出",
            "80": "amount 额 基本支出",
            "66.7": "share 额/本年支出 基本支出",
            "40": "amount 额 项目支出",
            "33.3": "share 额/本年支出 项目支出",
        },
    ),
    "costs by shorter names": (
        SICHUAN,
        "七.二",
        "2023年公务接待费3.2万元，较2022年决算数减少0.8万元，下降20%。"
        "公务用车购置及运行维护费共计4.4万元。车辆购置支出0.7万元，车辆运行维护费支出3.7万元。",
        {
            "3.2": "amount 接待",
            "0.8": "difference 接待/接待@上年",
            "20": "rate 接待/接待@上年",
            "4.4": "amount 用车",
            "0.7": "amount 购置",
            "3.7": "amount 运维",
        },
    ),
    "numbers in a reason are the department's own words": (
        NATIONAL,
        "七.一",
        "“三公”经费财政拨款支出决算为7.6万元，决算数小于预算数的主要原因是落实上级12条要求，"
        "少接待3批。公务接待费支出3.2万元。",
        {"7.6": "amount 三公", "12": WORDS, "3": WORDS, "3.2": "amount 接待"},
    ),
    "a completion is no share": (
        NATIONAL,
        "五.二",
        "一般公共预算财政拨款支出120万元，主要用于以下方面：教育支出90万元，完成年初预算98%。",
        {"120": "amount 一般公共支出", "90": "amount 额 205", "98": UNREAD},
    ),
    "the spending of the year is no misspelt basic spending": (
        NATIONAL,
        "三",
        "2023年度总支出130万元，其中本年支出120万元，其中：基本支出80万元，占66.7%；经菅支出40万元，占33.3%。",
        {
            "130": UNREAD,
            "120": "amount 本年支出",
            "80": "amount 额 基本支出",
            "66.7": "share 额/本年支出 基本支出",
            "40": "amount 额 经营支出",
            "33.3": "share 额/本年支出 经营支出",
        },
    ),
    "income and spending by themselves": (
        SHANGHAI,
        "一",
        "某某区某某局2023年度收入总计120万元，支出总计121万元，比上年增加3万元，增长2.5%。",
        {
            "120": "amount 01[收入总计, 决算数]",
            "121": "amount 01[支出总计, 决算数]",
            "3": "difference 01[支出总计, 决算数]/01[支出总计, 决算数]@上年",
            "2.5": "rate 01[支出总计, 决算数]/01[支出总计, 决算数]@上年",
        },
    ),
    "a fund is no name of an office": (
        NATIONAL,
        "四",
        "2023年度一般公共预算财政拨款支出总计88万元。",
        {"88": "amount 一般公共支出"},
    ),
    "the budget of the whole year": (
        NATIONAL,
        "七.一",
        "“三公”经费财政拨款支出全年预算为9.5万元，支出决算为7.6万元，完成全年预算的80%。",
        {
            "9.5": "amount 三公@全年预算",
            "7.6": "amount 三公",
            "80": "completion 三公/三公@预算",
        },
    ),
    "the parts of the money that was appropriated": (
        NATIONAL,
        "四",
        "2023年度财政拨款收入总计130万元，比上年减少5万元，降低3.7%。其中：一般公共预算财政拨款收入100万元，"
        "政府性基金预算财政拨款收入30万元。",
        {
            "130": "amount 04[收入总计, 决算数]",
            "5": "difference 04[收入总计, 决算数]/04[收入总计, 决算数]@上年",
            "3.7": "rate 04[收入总计, 决算数]/04[收入总计, 决算数]@上年",
            "100": "amount 一般公共收入",
            "30": "amount 基金收入",
        },
    ),
    "what is held against a budget is no change from the last year": (
        NATIONAL,
        "七.二",
        "公务接待费支出3.2万元，与2023年度预算相比，减少0.8万元，下降20%，下降的原因是少接待2批。",
        {
            "3.2": "amount 接待",
            "0.8": "difference 接待/接待@预算",
            "20": "rate 接待/接待@预算",
            "2": WORDS,
        },
    ),
    "costs by the names of other places": (
        NATIONAL,
        "七.二",
        "因公出国（境）经费支出1.1万元。公务用车购置及运行费支出4.4万元。公务用车运行费支出3.7万元。",
        {"1.1": "amount 出国", "4.4": "amount 用车", "3.7": "amount 运维"},
    ),
    "guests from abroad are not those of this country": (
        NATIONAL,
        "七.二",
        "国内公务接待批次61个，接待人次502人；国（境）外公务接待批次7个，接待人次43人。",
        {
            "61": "count 国内批次",
            "502": "count 国内人次",
            "7": "count 境外批次",
            "43": "count 境外人次",
        },
    ),
    "what is said of guests in brackets is an aside": (
        NATIONAL,
        "七.二",
        "国内公务接待8批次，160人次。2023年全馆国内公务接待共15批次（其中外事接待3批次），105人次（其中外事接待7人次）。",
        {
            "8": "count 国内批次",
            "160": "count 国内人次",
            "15": "count 国内批次",
            "3": "count 外事批次",
            "105": "count 国内人次",
            "7": "count 外事人次",
        },
    ),
    "both totals with what they are made of": (
        NATIONAL,
        "一",
        "2023年度收入总计92.5万元，其中：本年收入合计90万元，使用非财政拨款结余2万元，年初结转和结余0.5万元。"
        "2023年度支出总计92.6万元，其中：本年支出合计88万元，结余分配1.1万元，年末结转和结余3.5万元。"
        "收入支出总体与上年相比，减少7.5万元，下降7.6%。",
        {
            "92.5": "amount 01[收入总计, 决算数]",
            "90": "amount 本年收入",
            "2": "amount 01[使用非财政拨款结余, 决算数]",
            "0.5": "amount 01[年初结转和结余, 决算数]",
            "92.6": "amount 01[支出总计, 决算数]",
            "88": "amount 本年支出",
            "1.1": "amount 结余分配",
            "3.5": "amount 年末结转结余",
            "7.5": "difference 总计/总计@上年",
            "7.6": "rate 总计/总计@上年",
        },
    ),
    "both totals of what the treasury gave with what they are made of": (
        NATIONAL,
        "四",
        "2023年度财政拨款收入总计81.5万元，其中：年初财政拨款结转和结余1.5万元，财政拨款本年收入80万元。"
        "财政拨款支出总计81.6万元，其中：年末财政拨款结转和结余2.5万元，财政拨款本年支出79万元。",
        {
            "81.5": "amount 04[收入总计, 决算数]",
            "1.5": "amount 04[年初财政拨款结转和结余, 决算数]",
            "80": "amount 财政收入",
            "81.6": "amount 04[支出总计, 合计]",
            "2.5": "amount 04[年末财政拨款结转和结余, 合计]",
            "79": "amount 财政支出",
        },
    ),
    "the total of a fund is what came in and what was left": (
        NATIONAL,
        "八",
        "2023年度政府性基金预算财政拨款收入总计6.6万元，其中：年初结转和结余1.1万元，本年收入5.5万元。"
        "政府性基金预算财政拨款支出总计6.7万元，其中：年末结转和结余0.4万元，本年支出6.3万元。",
        {
            "6.6": "amount 基金总收入",
            "1.1": "amount 08[合计, 年初结转和结余]",
            "5.5": "amount 08[合计, 本年收入]",
            "6.7": "amount 基金总支出",
            "0.4": "amount 08[合计, 年末结转和结余]",
            "6.3": "amount 基金支出",
        },
    ),
    "a row's change from the last year instead of its budget": (
        NATIONAL,
        "五.三",
        "1.教育支出（类）普通教育（款）小学教育（项）：支出决算数为9万元，比上年决算增加1.5万元，增长20%，主要原因是：添了2个班。",
        {
            "9": "amount 额 2050202",
            "1.5": "difference 额/额@上年 2050202",
            "20": "rate 额/额@上年 2050202",
            "2": WORDS,
        },
    ),
    "a change in a reason is of what the reason speaks of, unless it compares": (
        NATIONAL,
        "五.二",
        "2023年度一般公共预算财政拨款支出20万元，主要用于以下方面：教育支出9万元，占45%，主要原因是少修一处校舍，"
        "较上年减少1万元，下降10%；卫生健康支出11万元，占55%，主要原因是添置设备，增加2万元。",
        {
            "20": "amount 一般公共支出",
            "9": "amount 额 205",
            "45": "share 额/一般公共支出 205",
            "1": "difference 额/额@上年 205",
            "10": "rate 额/额@上年 205",
            "11": "amount 额 210",
            "55": "share 额/一般公共支出 210",
            "2": WORDS,
        },
    ),
    "what changed of each income beside what changed of all": (
        NATIONAL,
        "二",
        "2023年度收入合计90万元，其中：财政拨款收入80万元，占88.9%；其他收入10万元，占11.1%。"
        "与上年相比，收入合计增加9万元，其中：事业收入减少1万元，下降50%；其他收入增加2万元，增长25%。",
        {
            "90": "amount 本年收入",
            "80": "amount 02[合计, 财政拨款收入]",
            "88.9": "share 02[合计, 财政拨款收入]/本年收入",
            "10": "amount 额 其他收入",
            "11.1": "share 额/本年收入 其他收入",
            "9": "difference 本年收入/本年收入@上年",
            "1": "difference 额/额@上年 事业收入",
            "50": "rate 额/额@上年 事业收入",
            "2": "difference 额/额@上年 其他收入",
            "25": "rate 额/额@上年 其他收入",
        },
    ),
    "what changed of each kind of spending": (
        NATIONAL,
        "三",
        "2023年度支出合计90万元。与上年相比，支出合计增加9.5万元，增长11.8%。"
        "其中：基本支出增加8万元，增长12%；项目支出增加1.5万元，增长7%。",
        {
            "90": "amount 本年支出",
            "9.5": "difference 本年支出/本年支出@上年",
            "11.8": "rate 本年支出/本年支出@上年",
            "8": "difference 额/额@上年 基本支出",
            "12": "rate 额/额@上年 基本支出",
            "1.5": "difference 额/额@上年 项目支出",
            "7": "rate 额/额@上年 项目支出",
        },
    ),
    "a kind of spending is not the spending of the year, nor who spends": (
        NATIONAL,
        "三",
        "2023年度基本支出合计80万元，项目支出合计10万元。",
        {"80": UNREAD, "10": UNREAD},
    ),
    "a kind of income is not the income of the year, nor whose it is": (
        NATIONAL,
        "二",
        "2023年度财政拨款收入合计80万元，事业收入合计10万元，非同级财政收入总计1.5万元。",
        {"80": "amount 02[合计, 财政拨款收入]", "10": UNREAD, "1.5": UNREAD},
    ),
    "a colon between a name and its number": (
        NATIONAL,
        "三",
        "本年支出合计：80万元。其中：基本支出：30万元，占37.5%；项目支出：50万元，占62.5%。",
        {
            "80": "amount 本年支出",
            "30": "amount 额 基本支出",
            "37.5": "share 额/本年支出 基本支出",
            "50": "amount 额 项目支出",
            "62.5": "share 额/本年支出 项目支出",
        },
    ),
    "money by its name, and how far it fell": (
        NATIONAL,
        "一",
        "2023年度收、支总计均为人民币218.1万元。和上年相比减少7.2万元，减幅为3.2%。",
        {
            "218.1": "amount 总计",
            "7.2": "difference 总计/总计@上年",
            "3.2": "rate 总计/总计@上年",
        },
    ),
    "the budget of the whole year, then what was spent": (
        NATIONAL,
        "七.一",
        "与全年预算相比，公务用车运行维护费全年预算数2.9万元，决算数2.8万元，预决算差异率-3.4%；"
        "公务接待费全年预算数0.5万元，决算数0.3万元。",
        {
            "2.9": "amount 运维@全年预算",
            "2.8": "amount 运维",
            "3.4": UNREAD,
            "0.5": "amount 接待@全年预算",
            "0.3": "amount 接待",
        },
    ),
    "cars by their official names": (
        NATIONAL,
        "十.三",
        "车辆3辆，价值42.5万元，其中：副部（省）级及以上领导用车0辆、主要负责人用车1辆、机要通信用车2辆。",
        {
            "3": "count 车辆",
            "42.5": UNREAD,
            "0": "count 数量[部级领导干部用车, 决算数]",
            "1": "count 领导用车",
            "2": "count 机要用车",
        },
    ),
    "what was completed of the budget that is named beside": (
        SICHUAN,
        "五.三",
        "1.教育（类）普通教育（款）小学教育（项）。年初预算为8万元，支出决算为9万元，完成年初预算的112.5%，"
        "由于新招3名教师。",
        {
            "8": "amount 额@年初预算 2050202",
            "9": "amount 额 2050202",
            "112.5": "completion 额/额@年初预算 2050202",
            "3": WORDS,
        },
    ),
    "a share of the budget is a completion": (
        SICHUAN,
        "五.三",
        "1.教育（类）普通教育（款）小学教育（项）：支出决算为9万元，占预算的90%。",
        {"9": "amount 额 2050202", "90": "completion 额/额@预算 2050202"},
    ),
    "what came in, was spent and is left of a fund": (
        NATIONAL,
        "八",
        "2023年度政府性基金预算财政拨款收入5.5万元；年初结转和结余1.1万元；支出6.2万元，其中基本支出0.2万元，"
        "项目支出6万元；年末结转和结余0.4万元。",
        {
            "5.5": "amount 08[合计, 本年收入]",
            "1.1": "amount 08[合计, 年初结转和结余]",
            "6.2": "amount 基金支出",
            "0.2": "amount 08[合计, 本年支出/基本支出]",
            "6": "amount 08[合计, 本年支出/项目支出]",
            "0.4": "amount 08[合计, 年末结转和结余]",
        },
    ),
    "shares of the basic spending": (
        NATIONAL,
        "六",
        "人员经费64万元，占基本支出的65%；公用经费35万元，占基本支出的35.1%。",
        {
            "64": "amount 人员经费",
            "65": "share 人员经费/一般公共基本",
            "35": "amount 公用经费",
            "35.1": "share 公用经费/一般公共基本",
        },
    ),
    "a row that no list has lends nothing to the one before": (
        SICHUAN,
        "五.三",
        "1.教育（类）普通教育（款）小学教育（项）：支出决算为9万元，完成预算90%。\n"
        "2.教育（类）普通教育（款）行政运行、事业运行（项）：支出决算为8万元，完成预算80%。",
        {
            "9": "amount 额 2050202",
            "90": "completion 额/额@预算 2050202",
            "8": UNREAD,
            "80": UNREAD,
        },
    ),
    "guests by a count that names nothing": (
        NATIONAL,
        "七.二",
        "全年使用财政拨款涉及因公出国（境）团组1个；累计2人次。国内公务接待批次14次，累计118人次。",
        {
            "1": "count 团组",
            "2": "count 出国人次",
            "14": "count 国内批次",
            "118": "count 国内人次",
        },
    ),
    "both totals of the grants without their name in their own section": (
        NATIONAL,
        "四",
        "2023年度财政拨款收、支总计均为46.7万元。与2022年度相比，收、支总计各增加1.6万元，增长3.5%。",
        {
            "46.7": "amount 财政总计",
            "1.6": "difference 财政总计/财政总计@上年",
            "3.5": "rate 财政总计/财政总计@上年",
        },
    ),
    "the spending of all grants is not that of the general budget": (
        NATIONAL,
        "四",
        "五、财政拨款支出决算情况说明\n2023年度财政拨款支出决算43.4万元，占本年支出合计的99.8%。",
        {"43.4": "amount 财政支出", "99.8": "share 财政支出/本年支出"},
    ),
    "what came in and what was spent of a fund": (
        NATIONAL,
        "九",
        "国有资本经营预算财政拨款收入20万元，支出20.0万元。",
        {"20": "amount 09[合计, 本年收入]", "20.0": "amount 国资支出"},
    ),
    "what came in and what was spent of a fund, between what stood before and after": (
        NATIONAL,
        "八",
        "政府性基金预算财政拨款年初结转和结余0.1万元，本年收入66万元，本年支出65万元，年末结转和结余1.1万元。",
        {
            "0.1": "amount 08[合计, 年初结转和结余]",
            "66": "amount 08[合计, 本年收入]",
            "65": "amount 基金支出",
            "1.1": "amount 08[合计, 年末结转和结余]",
        },
    ),
    "the budget of a cost where each is told by itself": (
        NATIONAL,
        "七.二",
        "2.公务用车购置及运行维护费全年预算为27万元，支出决算为26.5万元，完成全年预算的98.1%。"
        "3.公务接待费预算数为2万元，支出决算为1.2万元，完成预算的60%。",
        {
            "27": "amount 用车@全年预算",
            "26.5": "amount 用车",
            "98.1": "completion 用车/用车@预算",
            "2": "amount 接待@预算",
            "1.2": "amount 接待",
            "60": "completion 接待/接待@预算",
        },
    ),
    "what is held against a budget, then against the last year": (
        NATIONAL,
        "七.一",
        "2023年度“三公”经费支出决算为5.48万元，比年初预算减少0.4万元，下降6.8%，比去年增加1.55万元，增长39.4%。",
        {
            "5.48": "amount 三公",
            "0.4": "difference 三公/三公@年初预算",
            "6.8": "rate 三公/三公@年初预算",
            "1.55": "difference 三公/三公@上年",
            "39.4": "rate 三公/三公@上年",
        },
    ),
    "what is the same as the budget, and not as the last year": (
        NATIONAL,
        "七.二",
        "公务接待费支出4万元，决算比预算无增减变化，比去年增加1.05万元，增长35.6%。",
        {
            "4": "amount 接待",
            "1.05": "difference 接待/接待@上年",
            "35.6": "rate 接待/接待@上年",
        },
    ),
    "the three expenses are no expenditure of a fund": (
        NATIONAL,
        "五.一",
        "2023年，使用一般公共预算拨款安排的“三公”经费支出数为18.27万元。",
        {"18.27": "amount 三公"},
    ),
    "costs of running without the word for expenditure": (
        NATIONAL,
        "十.一",
        "2023年机关运行经费财政拨款96.15万元，较2022年增加24.26万元，增加33.75%。",
        {
            "96.15": "amount 机关运行",
            "24.26": "difference 机关运行/机关运行@上年",
            "33.75": "rate 机关运行/机关运行@上年",
        },
    ),
    "two costs of one in a long bracket": (
        NATIONAL,
        "七.一",
        "公务用车购置及运行维护费为382.58万元，较2022年减少42.08万元，下降9.9%（其中：公务用车购置费18.85万元，较2022年减少48.7万元，"
        "下降72.09%；公务用车运行维护费363.73万元，较2022年增加6.62万元，增长1.85%）。",
        {
            "382.58": "amount 用车",
            "42.08": "difference 用车/用车@上年",
            "9.9": "rate 用车/用车@上年",
            "18.85": "amount 购置",
            "48.7": "difference 购置/购置@上年",
            "72.09": "rate 购置/购置@上年",
            "363.73": "amount 运维",
            "6.62": "difference 运维/运维@上年",
            "1.85": "rate 运维/运维@上年",
        },
    ),
    "a percentage of nothing, spelled out": (
        NATIONAL,
        "七.一",
        "公务用车购置支出决算为1万元，完成预算2万元的--%（基数为0，不可比），比上年决算数增加3万元，增长--（基数为0，不可比）。",
        {
            "1": "amount 购置",
            "2": "amount 购置@预算",
            "3": "difference 购置/购置@上年",
        },
    ),
    "people behind a count of receptions": (
        NATIONAL,
        "七.二",
        "因公出国（境）团组1个，人数4人；国内公务接待批次为55次，共计接待332人次；共计购置公务用车2辆。",
        {
            "1": "count 团组",
            "4": "count 出国人次",
            "55": "count 国内批次",
            "332": "count 国内人次",
            "2": "count 购置数",
        },
    ),
    "what was spent of a budget, by other names, then against the last year": (
        NATIONAL,
        "七.一",
        "因公出国（境）费预算数为8万元，决算支出数为7万元，较2022年决算数5万元增2万元，增长40%；公务接待经费支出3万元。",
        {
            "8": "amount 出国@预算",
            "7": "amount 出国",
            "5": "amount 出国@上年",
            "2": "difference 出国/出国@上年",
            "40": "rate 出国/出国@上年",
            "3": "amount 接待",
        },
    ),
    "guests who came from elsewhere in the country": (
        NATIONAL,
        "七.二",
        "国内接待费1.2万元，共接待国内来访11批次，92人次。",
        {"1.2": "amount 国内接待", "11": "count 国内批次", "92": "count 国内人次"},
    ),
    "costs of running behind the whole name of an office": (
        SHANGHAI,
        "十.一",
        "某某市某某区科学技术协作委员会2023年度机关运行经费支出10.5万元，比2022年度增加1万元。",
        {"10.5": "amount 机关运行", "1": "difference 机关运行/机关运行@上年"},
    ),
    "contracts in the words of the ministry": (
        SHANGHAI,
        "十.二",
        "某某市某某区科学技术协作委员会2023年度政府采购支出总额14万元，其中：政府采购货物支出13.5万元。"
        "政府采购授予中小企业合同金额12万元，占政府采购支出总额的86%。",
        {
            "14": "amount 采购",
            "13.5": "amount 货物",
            "12": "amount 中小企业",
            "86": "share 中小企业/采购",
        },
    ),
}


@pytest.mark.parametrize("passage", PASSAGES)
def test_each_number_is_read_as_what_it_says(passage):
    edition, section, sentence, expected = PASSAGES[passage]
    assert expected == read(edition, section, sentence)


def test_two_totals_in_one_sentence_are_each_of_their_own_side():
    sentence = "2023年度收、支总计各是120.5,121.5万元。与2022年相比，收、支总计各减少5.5、4.5万元。"
    cells = ("01[收入总计, 决算数]", "01[支出总计, 决算数]")
    assert {
        "120.5": f"amount {cells[0]}",
        "121.5": f"amount {cells[1]}",
        "5.5": f"difference {cells[0]}/{cells[0]}@上年",
        "4.5": f"difference {cells[1]}/{cells[1]}@上年",
    } == read(SICHUAN, "一", sentence)


def test_a_section_without_its_own_small_headings_is_found_by_its_large_one():
    text = (
        "六、一般公共预算财政拨款基本支出决算情况说明\n一般公共预算财政拨款基本支出80万元。\n"
        "七、财政拨款“三公”经费支出决算情况说明\n公务接待费支出3.2万元。\n"
    )
    found = reading.read(patterns.load(NATIONAL), Narrative(text, "narrative.txt"), 2023)
    assert ["amount 一般公共基本", "amount 接待"] == [said(n) for n in found.numbers]
    assert found.sections["七.一"] is found.sections["七.二"]
    assert found.sections["七.一"] is not found.sections["六"]


ALONE = """某某局2022年度“三公”经费决算公开
2022年度“三公”经费年初预算为120,500.00元，支出决算为80,250.50元，完成年初预算的66.6%。其中：公务用车运行维护费支出50,250.50元，占62.62%；公务接待费支出30,000.00元，占37.38%。
"""


def test_a_section_published_by_itself_under_a_title_of_its_own_is_read():
    found = reading.read(patterns.load(NATIONAL), Narrative(ALONE, "narrative.txt"), 2022)
    assert {n.text: said(n) for n in found.numbers if n.fate != reading.DATES} == {
        "120500.00": "amount 三公@年初预算",
        "80250.50": "amount 三公",
        "66.6": "completion 三公/三公@年初预算",
        "50250.50": "amount 运维",
        "62.62": "share 运维/三公",
        "30000.00": "amount 接待",
        "37.38": "share 接待/三公",
    }


HEADLESS = """上年结转和结余18.9万元，较2022年度决算数减少0.7万元，主要原因是上级安排的项目结转到2023年度继续使用。
（二）本单位2023年度总支出58.1万元，其中本年支出48.2万元，较2022年度决算数减少9.1万元，下降15.9%。
"""


def test_spending_in_a_text_without_headings_is_all_spending_and_no_funds():
    found = reading.read(patterns.load(NATIONAL), Narrative(HEADLESS, "narrative.txt"), 2023)
    told = {n.text: said(n) for n in found.numbers if n.fate != reading.DATES}
    assert "amount 本年支出" == told["48.2"]
    assert ["difference 本年支出/本年支出@上年", "rate 本年支出/本年支出@上年"] == [
        told["9.1"],
        told["15.9"],
    ]
