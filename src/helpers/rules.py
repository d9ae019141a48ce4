"""The commands about editions, `juesuan rules …`: their options and what they do."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from helpers.basics.arguments import ChineseParser
from helpers.basics.errors import RequestError, nearest, shown, visible

Command = Callable[[argparse.Namespace], int]


def add(listed, commands: Mapping[str, Command], help_of: Callable) -> None:
    """Add the commands to a parser's; `help_of` gives each its -h."""
    rules = listed.add_parser(
        "rules",
        help="检查版本，或新建一个版本",
        description="版本是 data/rules/ 下的一个文件夹：表样、句子、勾稽、图、先后。",
        add_help=False,
    )
    help_of(rules)
    kinds = rules.add_subparsers(
        metavar="做什么", required=True, parser_class=ChineseParser, dest="做什么"
    )
    vet = kinds.add_parser(
        "check",
        help="检查版本",
        description="检查版本的每个文件：写错的，和永远填不上、不会不符、读不回来、没有放进任何一节的。",
        add_help=False,
    )
    vet.add_argument("edition", nargs="*", metavar="版本", help="哪个版本，不写是全部")
    help_of(vet)
    vet.set_defaults(do=commands["rules check"])
    start = kinds.add_parser(
        "new",
        help="新建一个版本",
        description="新建 data/rules/版本/，沿用另一个版本，只写不同的。",
        add_help=False,
    )
    start.add_argument("edition", metavar="版本", help="新版本的名字，小写字母、数字和连字符")
    start.add_argument("--from", dest="base", required=True, metavar="版本", help="沿用哪个版本")
    help_of(start)
    start.set_defaults(do=commands["rules new"])


def check(options) -> int:
    """Say what is wrong with editions, and return the exit status."""
    from helpers.edition import declared
    from helpers.review import vetting
    from helpers.sample import readback

    chosen = options.edition or declared.names()
    for name in chosen:
        if name not in declared.names():
            raise RequestError(f"没有版本「{shown(name)}」{nearest(name, declared.names())}")
    found = {name: vetting.problems(name) or readback.problems(name) for name in chosen}
    for name, said in found.items():
        print(f"{name}：{f'{len(said)} 处' if said else '没有发现问题'}")
        for line in said:
            print(visible(f"  {line}"))
    return 3 if any(found.values()) else 0


def create(options) -> int:
    """Make an edition that follows another, and return the exit status."""
    from helpers.sample import editions

    place = editions.create(options.edition, options.base)
    print(
        f"已建 {place}；只写与 {options.base} 不同的，写完运行 juesuan rules check {options.edition}"
    )
    return 0
