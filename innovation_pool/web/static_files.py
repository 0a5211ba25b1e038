"""Our stylesheet and scripts as they are served: without comments and indentation, a fingerprint in the name.

Only what is written for people goes: comments and white space. Names and the code stay as they are.
"""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Where white space means nothing in a stylesheet. Not before a colon: "a :hover" is not "a:hover".
AROUND = re.compile(r"\s*([<>]=|[{};,>]|!important)\s*")
STRING = re.compile(r'("[^"\n]*")')
# Texts and patterns of a script, and the signs that need no space beside them.
LITERAL = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|/[^/*\s][^/\s]*/(?=[.,);]))""")
BESIDE = re.compile(r" *([=!<>&|?:;,{}()\[\]]+|(?<![+-] )[+-](?! [+-])) *")
OURS = ("css/app.", "js/")


def without_comments_css(text: str) -> str:
    """The same rules on one line; what stands in quotes is untouched."""
    parts = STRING.split(COMMENT.sub("", text))
    for place in range(0, len(parts), 2):
        part = AROUND.sub(r"\1", re.sub(r"\s+", " ", parts[place]))
        parts[place] = re.sub(r":\s+", ":", part).replace(";}", "}")
    return "".join(parts).strip()


def without_comments_js(text: str) -> str:
    """The same lines, less those that are comments, and without the spaces that mean nothing.

    No text of ours runs over several lines, so the beginning of a line is never inside one; what stands in
    quotes, and a pattern, is untouched.
    """
    lines = (line.strip() for line in text.splitlines())
    kept = "\n".join(line for line in lines if line and not line.startswith("//"))
    parts = LITERAL.split(kept)
    return "".join(part if place % 2 else BESIDE.sub(r"\1", part) for place, part in enumerate(parts))


def as_served(name: str, text: str) -> str:
    """A file of ours as it leaves the server; any other as it is."""
    if not name.startswith(OURS):
        return text
    if name.endswith(".css"):
        return without_comments_css(text)
    return without_comments_js(text) if name.endswith(".js") else text


class ServedFiles(CompressedManifestStaticFilesStorage):
    """What `collectstatic` makes: fingerprints, compressed copies, and our own files made short."""

    def _save(self, name, content):
        if name.startswith(OURS) and name.endswith((".css", ".js")):
            content.seek(0)
            content = ContentFile(as_served(name, content.read().decode("utf-8")).encode("utf-8"))
        return super()._save(name, content)
