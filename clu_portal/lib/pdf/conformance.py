"""Make WeasyPrint's PDF/A-3a say that it is PDF/UA-1 too. Source: dependencies.md §2.4, verified with page-validation.

The two descriptions stand inside the single rdf:RDF of the packet (WeasyPrint's own `xmp_metadata` opens a second one,
which validators do not read), and the packet is not compressed. Done by WeasyPrint's finisher, before anything is
written: a second program rewriting the file would cost time and could undo the rest.
"""

import pydyf

PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of PDF/UA the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
END = b"</rdf:RDF>"


def declare_pdf_ua(document: object, pdf: pydyf.PDF) -> None:
    """WeasyPrint finisher: complete the metadata packet of `pdf`, in place."""
    packet = metadata_stream(pdf)
    text = b"".join(packet.stream)
    if text.count(END) != 1:
        raise ValueError("the metadata packet has not exactly one rdf:RDF")
    packet.stream = [text.replace(END, PDF_UA + END)]
    packet.compress = False


def metadata_stream(pdf: pydyf.PDF) -> pydyf.Stream:
    (packet,) = (
        item for item in pdf.objects if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata"
    )
    return packet
