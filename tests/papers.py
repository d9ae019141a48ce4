"""Documents made by hand for tests: PDFs object by object, docx part by part."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def pdf(*pages: bytes, rotate: int = 0, more: str = "", trailer: str = "") -> bytes:
    """Return a PDF with these streams of operators as pages; `/Im` is a picture, `/F` a font of plain letters."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(count))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceGray /Length 1 >>\nstream\n\x80\nendstream",
    ]
    for i, stream in enumerate(pages):
        said = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {rotate} "
            f"/Contents {6 + 2 * i} 0 R /Resources << /Font << /F 3 0 R >> /XObject << /Im 4 0 R >> >> >>"
        )
        objects += [
            said.encode(),
            f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream",
        ]
    objects += [more.encode()] if more else []
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010d} 00000 n \n".encode() for place in places))
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def text(x: float, y: float, words: str, size: int = 10) -> bytes:
    """Return the operators of a line of plain letters."""
    return f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n".encode()


def box(x: float, y: float, width: float, height: float) -> bytes:
    """Return the operators of the edges of a box."""
    return f"{x} {y} {width} {height} re S\n".encode()


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    nothing = "00" * 32
    said = f"<< /Filter /Standard /V 1 /R 2 /O <{nothing}> /U <{'11' * 32}> /P -4 >>"
    return pdf(b"", more=said, trailer=f"/Encrypt 7 0 R /ID [<{nothing}> <{nothing}>]")


def docx(body: str, **parts: str) -> bytes:
    """Return a docx with this XML in its body, and further parts of word/ by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:mc="{_MC}"><w:body>{body}</w:body></w:document>',
        )
        for name, xml in parts.items():
            packed.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    said = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"


def tr(*cells: str) -> str:
    """Return a row of a table; a cell is its text, or its XML."""
    return "<w:tr>" + "".join(c if c.startswith("<") else tc(c) for c in cells) + "</w:tr>"


def tc(words: str, properties: str = "") -> str:
    """Return a cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"
