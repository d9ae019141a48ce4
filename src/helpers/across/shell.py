"""A page that needs nothing but itself: its look, its data and its one script, which alone its policy lets run."""

from __future__ import annotations

import base64
import hashlib
import json
import re

from helpers.basics.paths import LOOK
from helpers.report.elements import TURNING, text

_TURNING = re.compile(f"[{''.join(map(chr, TURNING))}]")


def shell(title: str, body: str, data: object, *, look: str) -> str:
    """Return a page without its typeface. `look` names its style sheet and its script; `data` is read by the script."""
    styles = [(LOOK / name).read_text("utf-8") for name in ("report.css", "index.css")]
    styles += [(LOOK / f"{look}.css").read_text("utf-8")] if look != "index" else []
    script = (LOOK / f"{look}.js").read_text("utf-8")
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-{allowed}'"
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<title>{text(title)}</title>\n<style>{"".join(styles)}</style>\n</head>\n'
        f"<body>\n{body}\n"
        f'<script type="application/json" id="rows">{_inert(written)}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def _inert(written: str) -> str:
    """Return JSON that ends no element and turns no reading direction."""
    return _TURNING.sub("\N{REPLACEMENT CHARACTER}", written).replace("<", r"\u003c")
