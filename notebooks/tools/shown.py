"""What a cell shows: its text, and whether there is a picture in it."""

import html
import re

_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(r"<(svg|img|canvas)\b", re.IGNORECASE)


def of(cell):
    """The plain text of the cell's outputs, of its streams and of the error that it ends with."""
    return "\n".join(text for text in map(_text, cell.get("outputs", [])) if text)


def has_picture(cell):
    return any(_is_picture(output.get("data", {})) for output in cell.get("outputs", []))


def words_of_html(page):
    return html.unescape(_TAG.sub(" ", page))


def tags(cell):
    return cell.metadata.get("tags", [])


def _text(output):
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return output.data.get("text/plain") or words_of_html(output.data.get("text/html", ""))


def _is_picture(data):
    return any(kind.startswith("image/") for kind in data) or bool(_PICTURE.search(data.get("text/html", "")))
