"""The account of an import: what was bound, what is listed, what is disputed, what is inferred."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from helpers.basics.errors import visible
from helpers.basics.model import FINAL
from helpers.intake.claims import Standing

MOST_TOLD = 20  # lines of a kind that the text form prints; json has them all


@dataclass(frozen=True, slots=True)
class Dispute:
    """One amount of which the document says several: what stands and where, and what else is said where."""

    of: str
    stands: str
    places: tuple[str, ...]
    others: tuple[tuple[str, str], ...]

    @staticmethod
    def between(standing: Standing) -> Dispute:
        """Return the dispute that a standing has with its others."""
        scope, basis = standing.claim.key
        return Dispute(
            of=scope.label if basis == FINAL else f"{scope.label}（{basis}）",
            stands=standing.claim.written,
            places=standing.places,
            others=tuple((other.written, other.place) for other in standing.others),
        )

    @property
    def words(self) -> str:
        """The dispute in one line."""
        others = "、".join(f"{written}（{place}）" for written, place in self.others)
        return f"{self.of}：取 {self.stands}（{'、'.join(self.places[:3])}），另有 {others}"


@dataclass(frozen=True)
class Account:
    """What was made of the documents of one department-year, and what was not."""

    department: str
    year: int
    edition: str
    files: dict[str, str]
    tables: tuple[str, ...]
    lacking: tuple[str, ...]
    cells: int
    rows: int
    numbers: dict[str, int]
    unread: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    inferred: tuple[str, ...]
    residuals: tuple[str, ...]
    unbuilt: tuple[str, ...]
    kept: tuple[str, ...]
    words: tuple[str, ...] = ()
    replaced: bool = False

    @property
    def said(self) -> str:
        """The account in one line."""
        counts = (
            ("未读", self.unread),
            ("不一致", self.disputes),
            ("推定", self.inferred),
            ("余数", self.residuals),
            ("还原不了", self.unbuilt),
        )
        rest = "".join(f"，{what} {len(some)}" for what, some in counts if some)
        text = (
            f"，说明 {self.numbers['all']} 个数绑定 {self.numbers['bound']}" if self.numbers else ""
        )
        text += f"，自己的话 {len(self.words)} 段" if self.words else ""
        return f"{self.edition}，{len(self.tables)} 张表 {self.cells} 格{text}，写成 {self.rows} 行{rest}"


def text(accounts: Iterable[Account]) -> str:
    """Return accounts for a person to read."""
    return "".join(f"{visible(line)}\n" for account in accounts for line in _lines(account))


def _lines(account: Account) -> list[str]:
    files = "、".join(f"{theirs} → published/{ours}" for ours, theirs in account.files.items())
    lines = [f"{account.department} {account.year}：{account.said}", f"  文件　{files}"]
    if account.replaced:
        kept = f"，保留了原来的 {'、'.join(account.kept)}" if account.kept else ""
        profile = "" if "profile.yaml" in account.kept else "、profile.yaml"
        lines.append(f"  替换　原来的 figures.csv{profile} 和 published/{kept}")
    if account.lacking:
        lines.append(f"  缺表　{'、'.join(account.lacking)}")
    for what, said in (
        ("未读", account.unread),
        ("不一致", [dispute.words for dispute in account.disputes]),
        ("推定", account.inferred),
        ("还原不了", account.unbuilt),
    ):  # residuals are many and plain arithmetic: their notes in figures.csv say so
        lines += [f"  {what}　{line}" for line in _first(said)]
    return lines


def _first(said: Sequence[str]) -> list[str]:
    more = len(said) - MOST_TOLD
    return [*said[:MOST_TOLD], f"另有 {more} 处，--format json 全部列出"] if more > 0 else [*said]


def as_json(accounts: Iterable[Account]) -> str:
    """Return accounts for a program to read: a list, one object each."""
    return json.dumps([asdict(one) for one in accounts], ensure_ascii=False, indent=1) + "\n"


FORMATS = {"text": text, "json": as_json}
