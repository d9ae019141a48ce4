"""argparse in Chinese: usage, headings, and what is wrong with a command line."""

from __future__ import annotations

import argparse
import re

from helpers.basics.errors import RequestError, shown

_SAID = (
    (r"unrecognized arguments: (.*)", r"不认识的选项 \1"),
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"argument (.*): invalid choice: (\S+) \(choose from (.*)\)", r"\1 不能是 \2，可以是 \3"),
    (r"argument (.*): expected .*argument.*", r"\1 后面缺少内容"),
    (r"argument (.*): invalid whole value: (.*)", r"\1 不能是 \2，应为整数"),
    (r"argument (.*): invalid count value: (.*)", r"\1 不能是 \2，应为 1 以上的整数"),
    (r"argument (.*): invalid years value: (.*)", r"\1 不能是 \2，应为年度，如 2023 或 2019-2023"),
)


class _Chinese(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser of arguments that refuses in Chinese and never ends the program itself."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, formatter_class=_Chinese, **options)
        self._positionals.title, self._optionals.title = "命令与参数", "选项"

    def error(self, message: str):
        for pattern, chinese in _SAID:
            message = re.sub(pattern, chinese, message)
        raise RequestError(f"{shown(message, 200)}，用法见 {self.prog} --help")


class Version(argparse.Action):
    """The option that prints the version and ends; it is looked up only then."""

    def __init__(self, option_strings, dest, **options):
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, **options)

    def __call__(self, parser, *_):
        from importlib.metadata import version

        print(f"juesuan {version('juesuan')}")
        parser.exit()


def whole(text: str) -> int:
    """Return a whole number, or refuse the text."""
    if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def years(text: str) -> range:
    """Return the years of `2023` or of `2019-2023`, or refuse the text.

    >>> years("2023"), years("2019-2023")
    (range(2023, 2024), range(2019, 2024))
    """
    first, _, last = text.partition("-") if re.fullmatch(r"\d{4}-\d{4}", text) else (text, "", "")
    found = range(whole(first), whole(last or first) + 1)
    if not found:
        raise ValueError(text)
    return found


def count(text: str) -> int:
    """Return a whole number from one up, or refuse the text."""
    if whole(text) < 1:
        raise ValueError(text)
    return int(text)
