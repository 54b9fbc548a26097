"""Any text spelled as a word of a shell or a string of TOML: what messages tell to run or to write can be pasted."""

from __future__ import annotations

import json
import re
import shlex

__all__ = ["CONTROL", "shell_word", "toml_string"]

#: What a terminal hides, obeys or orders anew, and what stands for the bytes of a file's name that is no UTF-8.
_UNSHOWN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028-\u202e\u2066-\u2069\udc80-\udcff]")

#: What a terminal may take for a command, and TOML for none of its characters.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def shell_word(text: str) -> str:
    r"""The text as one word of a shell: a next step can be pasted, whatever the names of files in it hold.

    What a terminal would not show as it is, is spelled in bytes, as in $'a\012b'.
    """
    if not _UNSHOWN.search(text):
        return shlex.quote(text)
    plain = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"$'{_UNSHOWN.sub(_in_bytes, plain)}'"


def _in_bytes(found: re.Match[str]) -> str:
    return "".join(f"\\{octet:03o}" for octet in found[0].encode("utf-8", "surrogateescape"))


def toml_string(text: str) -> str:
    """The text as a string of TOML, in quotes: TOML reads those of JSON, but for control characters."""
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
