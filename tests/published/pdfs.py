"""PDFs made byte by byte: fonts of symbols, an encrypted one, pictures only, many pages, a bomb."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

PICTURE = b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceRGB/BitsPerComponent 8"


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects; the first is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    size = b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    return out + head + table + size + b"startxref\n%d\n%%%%EOF" % len(out)


def stream(data: bytes, keys: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n" % (len(data), keys) + data + b"\nendstream"


def page(contents: bytes, resources: bytes = b"", more: Sequence[bytes] = (), trailer: bytes = b"") -> bytes:
    """A PDF of one page; further objects are numbered from 5."""
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % resources
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, leaf, contents, *more], trailer)


def symbols(and_a_picture: bool = False) -> bytes:
    """Statements whose signs are set in the fonts Symbol and Wingdings, with plain codes and no table of Unicode."""
    fonts = b"/Font<</S 5 0 R/H 6 0 R/W 7 0 R>>"
    made = [
        b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Font/Subtype/TrueType/BaseFont/Wingdings2/FirstChar 0/LastChar 255/Widths[%s]/FontDescriptor 8 0 R>>"
        % (b"600 " * 256),
        b"<</Type/FontDescriptor/FontName/Wingdings2/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent 0"
        b"/CapHeight 800/StemV 80>>",
    ]
    lines = [
        (b"\\255", b" Consider recommending sun to all patients \\(", b"\\305\\305", b"\\231\\231", b"\\)."),
        (b"\\257", b" Pictures should only be taken upon due consideration \\(", b"\\305", b"\\231\\231\\231", b"\\)."),
        (b"\\326", b" It is good practice to wait for the sun.", b"", b"", b""),
        (b"\\255", b" = weak recommendation for", b"", b"", b""),
        (b"\\257", b" = weak recommendation against", b"", b"", b""),
        (b"\\326", b" = good practice", b"", b"", b""),
        (b"", b"", b"\\305\\305", b"\\231\\231", b" = low"),
        (b"", b"", b"\\305", b"\\231\\231\\231", b" = very low"),
    ]
    text = b"".join(
        b"BT /S 11 Tf 50 %d Td (%s) Tj /H 11 Tf (%s) Tj /S 11 Tf (%s) Tj /W 11 Tf (%s) Tj /H 11 Tf (%s) Tj ET\n"
        % (780 - 40 * row, *line)
        for row, line in enumerate(lines)
    )
    return scanned(stream(text), fonts, made) if and_a_picture else page(stream(text), fonts, made)


def scanned(contents: bytes, resources: bytes, more: Sequence[bytes]) -> bytes:
    """A page of text, and behind it one that is a picture; further objects are numbered from 5."""
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<%s>>>>"
    first = 5 + len(more)
    tree = b"<</Type/Pages/Kids[3 0 R %d 0 R]/Count 2>>" % first
    image = b"/XObject<</I %d 0 R>>" % (first + 2)
    behind = [leaf % (first + 1, image), stream(b"q 500 0 0 700 40 40 cm /I Do Q"), stream(b"\x00" * 300, PICTURE)]
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, leaf % (4, resources), contents, *more, *behind])


def encrypted() -> bytes:
    """A PDF that a password nobody knows protects."""
    keys = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"ab" * 32, b"cd" * 32)
    return page(stream(b"BT ET"), b"", [keys], b"/Encrypt 5 0 R/ID[<00><00>]")


def picture() -> bytes:
    """A PDF of one picture, as a scanner makes it."""
    image = stream(b"\x00" * 300, PICTURE)
    return page(stream(b"q 500 0 0 700 40 40 cm /I Do Q"), b"/XObject<</I 5 0 R>>", [image])


def pages(count: int) -> bytes:
    """A PDF of so many pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *[leaf] * count]
    )


def bomb(letters: int) -> bytes:
    """A page whose few bytes unpack to very many letters."""
    text = b"BT /H 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * (letters // 54) + b"ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return page(stream(zlib.compress(text, 9), b"/Filter/FlateDecode"), b"/Font<</H 5 0 R>>", [font])


def loop() -> bytes:
    """A form that draws itself three times, each of which does so again."""
    form = stream(b"/F Do " * 3, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>")
    return page(stream(b"/F Do"), b"/XObject<</F 5 0 R>>", [form])
