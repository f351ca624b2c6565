"""A page as one HTML file that works without a network: script, style and data are in it, and its policy lets in no others."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any


def one_file(title: str, without: str, script_name: str, id: str, data: Any) -> str:
    """Return the text of the file. `without`: what is said where no scripts run; `id`: of the element that holds the data."""
    home = files("concordant.checks.page")
    script, style = (home.joinpath(name).read_text(encoding="utf-8") for name in (script_name, "page.css"))
    script, style = script.replace("</script", "<\\/script"), style.replace("</style", "")
    policy = (
        f"default-src 'none'; script-src {_source(script)}; style-src {_source(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f"<noscript>{escape(without)}</noscript>",
            f'<script type="application/json" id="{id}">{json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", chr(92) + "u003c")}</script>',
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        )
    )


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
