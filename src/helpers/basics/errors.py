"""What can go wrong, said in one Chinese line that names the place and what to write instead."""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

MOST_TOLD = 20  # problems of one file that are told at once
_LONGEST_WORD = 40  # characters beyond which a word is no slip of another
_SECRET = re.compile(r"(?<=://)[^/\s]*@")  # a password may have an @ of its own
# What could move the cursor, colour the terminal or turn the reading direction.
_UNSEEN = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        0x200E,
        0x200F,
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    ],
    "\N{REPLACEMENT CHARACTER}",
)


_SYSTEM = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件太大",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已经有了",
    errno.ENOTEMPTY: "文件夹里还有别的",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕了圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EAGAIN: "进程太多",
    errno.ENOMEM: "内存不够",
    errno.EIO: "磁盘读写出错",
}


def system(error: OSError) -> str:
    """Return what the system refused for, in Chinese where it is common."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or str(error)


class Refusal(Exception):
    """Base of everything that is reported to a person without a traceback."""


class BeginAnew(Exception):
    """What this process has read is no more so: the command is to begin anew, in a process like this."""


class RequestError(Refusal):
    """The request cannot be understood: unknown department, wrong option."""


class DataError(Refusal):
    """An input file is broken. `place` is a file, with line and column where known."""

    def __init__(self, place: str, problem: str, expected: str = ""):
        self.place, self.problem, self.expected = place, problem, expected
        super().__init__(f"{place}：{problem}" + (f"，应为{expected}" if expected else ""))


class DataErrors(DataError):
    """Several problems of one file, each a line of its own."""

    def __init__(self, problems: Sequence[DataError]):
        self.problems = tuple(problems)
        told = [str(problem) for problem in self.problems[:MOST_TOLD]]
        if len(self.problems) > MOST_TOLD:
            told.append(
                f"{self.problems[0].place.partition(' ')[0]}：另有 {len(self.problems) - MOST_TOLD} 处，改好以上再看"
            )
        first = self.problems[0]
        self.place, self.problem, self.expected = first.place, first.problem, first.expected
        Refusal.__init__(self, "\n".join(told))


class Problems:
    """The problems of one file, gathered while the rest of it is read."""

    def __init__(self) -> None:
        self._found: list[DataError] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep a problem for later instead of stopping at it."""
        try:
            yield
        except DataErrors as several:
            self._found += several.problems
        except DataError as error:
            self._found.append(error)

    def tell(self) -> None:
        """Refuse the file where something was wrong with it."""
        if self._found:
            raise self._found[0] if len(self._found) == 1 else DataErrors(self._found)


def failure(error: Exception) -> str:
    """Return why one of many could not be made, so that the others are: the word of who refused it, else whose fault it is.

    What used up the memory is raised again; nothing more can be made in that process. Python calls it an error of the
    system where it had none left to say so.
    """
    if isinstance(error, MemoryError | SystemError):
        raise MemoryError from error
    return traced(reason(error), error)


def reason(error: Exception) -> str:
    """Return the word of who refused something, else whose fault it is that it failed."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, OSError):
        name = os.path.basename(str(error.filename or ""))
        place = f"{shown(name)} " if name and not name.startswith(".") else ""
        return f"{place}读写不了（{system(error)}）"
    return f"程序出错 {type(error).__name__}：{shown(str(error), 200)}"


_tracing = [False]  # children that are forked have it of their parent


def trace(wanted: bool) -> None:
    """Let what is told of an error be followed by its call stack, or not: --debug."""
    _tracing[0] = wanted


def is_traced() -> bool:
    """Return whether call stacks are asked for."""
    return _tracing[0]


def traced(words: str, error: BaseException) -> str:
    """Return what is told of an error, with its call stack where that is asked for."""
    if not is_traced():
        return words
    import traceback

    return f"{words}\n{''.join(traceback.format_exception(error))}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return 「，最接近的是「…」」 for a mistyped word, or nothing."""
    if len(word) > _LONGEST_WORD:
        return ""
    from difflib import get_close_matches

    match = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"，最接近的是「{match[0]}」" if match else ""


def shown(text: str, limit: int = 40) -> str:
    """Return a piece of input as it may appear in a message: one short printable line."""
    plain = "".join(c if c.isprintable() else "�" for c in text)
    return plain if len(plain) <= limit else plain[:limit] + "…"


def visible(text: str) -> str:
    """Return a text without what a terminal would act on; line breaks stay.

    >>> visible("甲\x1b[31m乙")
    '甲�[31m乙'
    """
    return text if text.isprintable() else text.translate(_UNSEEN)


def told(text: str) -> str:
    """Return words that may hold an address as they may be printed: visible, without a password.

    >>> told("连不上 ftp://user:secret@host/data")
    '连不上 ftp://host/data'
    """
    return _SECRET.sub("", visible(text))
