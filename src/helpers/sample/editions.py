"""A new edition to fill in: it follows another, and declares only what differs."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.basics import paths
from helpers.basics.errors import RequestError, nearest, shown
from helpers.edition import declared

_ABOUT = """# 财务人员读：这个版本是什么，与「沿用」的版本有什么不同。
# 这里和同一文件夹里的 tables.yaml、statements.yaml、checks.yaml、charts.yaml、outline.yaml、
# proofreading.yaml 只写不同的：同一编号的换成这里的，新编号的加在后面；没有的文件全部沿用。
名称: ''           # 如 某省 2025 年度部门决算公开
沿用: {base}
# 去掉: {{表: [], 说明: [], 勾稽: [], 图: []}}   # 沿用的版本里有、这里不要的
"""


def create(name: str, base: str) -> Path:
    """Make data/rules/name/ with an edition.yaml that follows `base`, and return it."""
    if not re.fullmatch(r"[a-z0-9-]{1,60}", name):
        raise RequestError(
            f"版本名「{shown(name)}」不对，应只含小写字母、数字和连字符，如 hubei-2025"
        )
    if base not in declared.names():
        known = declared.names()
        raise RequestError(
            f"没有版本「{shown(base)}」{nearest(base, known)}，有：{'、'.join(known)}"
        )
    place = paths.RULES / name
    if place.exists():
        raise RequestError(f"版本「{name}」已经有了，没有改动它")
    place.mkdir()
    (place / "edition.yaml").write_text(_ABOUT.format(base=base), encoding="utf-8")
    return place
