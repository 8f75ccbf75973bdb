"""Whether two pictures show the same, on machines whose fonts may differ: with another colour, curve or word they do not."""

import base64
import io
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter

from numbered import tokens
from PIL import Image, ImageChops, ImageStat

_COLOUR = re.compile(r"rgb\(\s*([0-9]+)\s*,\s*([0-9]+)\s*,\s*([0-9]+)\s*\)|#([0-9a-fA-F]{6})\b")
_PAINT = ("style", "fill", "stroke", "stop-color")


def svg_differences(committed, fresh, same_words, loose=False):
    """`same_words` compares two lists of tokens. In a loose comparison, of what training drew, shapes may differ."""
    was, now = ElementTree.fromstring(committed), ElementTree.fromstring(fresh)
    found = []
    if not _alike(_painted(was), _painted(now), 48 if loose else 0):
        found.append("its colours differ")
    kinds, kinds_now = _kinds(was), _kinds(now)
    if set(kinds) != set(kinds_now) or not loose and kinds != kinds_now:
        found.append(f"its elements differ: {dict(kinds)}, now {dict(kinds_now)}")
    if not loose and not same_words(tokens(_words(was)), tokens(_words(now))):
        found.append(f"its words differ: {_words(was)!r}, now {_words(now)!r}")
    return found


def png_differences(committed, fresh, loose=False):
    was, now = _read(committed), _read(fresh)
    if was.size != now.size:
        return [f"its size differs: {was.size}, now {now.size}"]
    found = []
    colours, colours_now = _colours(was), _colours(now)
    strong, strong_now = _strong(colours), _strong(colours_now)
    reach = 48 if loose else 24
    if not (_each_has_like(strong, colours_now, reach) and _each_has_like(strong_now, colours, reach)):
        found.append(f"its colours differ: {sorted(strong)}, now {sorted(strong_now)}")
    elif not loose and (moved := [colour for colour in strong if _moved(was, now, colour)]):
        found.append(f"what has the colour {moved[0]} lies elsewhere")
    difference = sum(ImageStat.Stat(ImageChops.difference(_thumbnail(was), _thumbnail(now))).mean) / 3
    if difference > (32 if loose else 8):
        found.append(f"it looks different, by {difference:.0f} of 255")
    return found


def png(data):
    """The bytes of a picture as an output has them."""
    return base64.b64decode(data)


# --- Colours -----------------------------------------------------------------------------------------------------------


def _alike(some, others, reach):
    return _each_has_like(some, others, reach) and _each_has_like(others, some, reach)


def _each_has_like(colours, others, reach):
    return all(any(_distance(colour, other) <= reach for other in others) for colour in colours)


def _distance(colour, other):
    return max(abs(a - b) for a, b in zip(colour, other))


# --- SVG ---------------------------------------------------------------------------------------------------------------


def _local(element):
    return element.tag.rpartition("}")[2]


def _kinds(svg):
    return Counter(map(_local, svg.iter()))


def _words(svg):
    written = [element.text or "" for element in svg.iter() if _local(element) in ("text", "tspan", "title")]
    return " ".join([svg.get("aria-label") or "", *written])


def _painted(svg):
    paints = " ".join(element.get(name, "") for element in svg.iter() for name in _PAINT)
    return {
        tuple(bytes.fromhex(digits)) if digits else (int(r), int(g), int(b)) for r, g, b, digits in _COLOUR.findall(paints)
    }


# --- PNG ---------------------------------------------------------------------------------------------------------------


def _read(data):
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    card = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(card, picture).convert("RGB")


def _colours(picture):
    """Its colours, each with its share of the area, but for those of a few pixels, which smooth an edge."""
    area = picture.width * picture.height
    return {colour: count / area for count, colour in picture.getcolors(area) if count / area >= 2e-4}


def _strong(colours):
    """The colours that mean something: neither grey nor the shade of an edge."""
    return [colour for colour, share in colours.items() if share >= 1e-3 and max(colour) - min(colour) >= 48]


def _moved(was, now, colour):
    """Whether what is painted in a colour is bounded otherwise, by more than another font explains."""
    box, box_now = _bounds(was, colour), _bounds(now, colour)
    return any(abs(a - b) > 0.06 * max(was.size) for a, b in zip(box, box_now))


def _bounds(picture, colour):
    away = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
    furthest = ImageChops.lighter(ImageChops.lighter(away[0], away[1]), away[2])
    return furthest.point(lambda distance: 255 if distance <= 24 else 0).getbbox()


def _thumbnail(picture):
    return picture.resize((16, 16), Image.Resampling.BOX)
