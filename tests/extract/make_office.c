/* SPDX-License-Identifier: MIT */
/* .docx and .odt: small ones with everything that must or must not be read,
 * and the bombs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/mem.h"
#include "base/str.h"
#include "make_files.h"

struct part {
    const char *name;
    const char *data;
    size_t len; /* 0: up to the NUL */
};

static void write_zip(const char *name, const struct part *parts, size_t n)
{
    zip_error_t error;
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, &error);
    zip_stat_t info;

    if (!zip)
        exit(1);
    zip_source_keep(out);
    for (size_t i = 0; i < n; i++) {
        size_t len = parts[i].len ? parts[i].len : strlen(parts[i].data);
        zip_source_t *s = zip_source_buffer(zip, parts[i].data, len, 0);
        if (zip_file_add(zip, parts[i].name, s, 0) < 0)
            exit(1);
    }
    if (zip_close(zip) || zip_source_open(out) || zip_source_stat(out, &info))
        exit(1);
    char *data = malloc(info.size);
    if (!data || zip_source_read(out, data, info.size) < 0)
        exit(1);
    write_file(name, data, info.size);
    free(data);
    zip_source_close(out);
    zip_source_free(out);
}

#define RELATION(id, type, target)                                             \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/"    \
    "officeDocument/2006/relationships/" type "\" Target=\"" target "\"/>"

static const char package_index[] = "<Relationships>" RELATION(
    "r1", "officeDocument", "word/document.xml") "</Relationships>";

static const char document_index[] =
    "<Relationships>" RELATION("r1", "styles", "styles.xml")
        RELATION("r2", "numbering", "numbering.xml")
            RELATION("r3", "header", "header1.xml")
                RELATION("r4", "footer", "footer1.xml")
                    RELATION("r5", "header", "header2.xml")
                        RELATION("r6", "footnotes", "footnotes.xml")
                            RELATION("r7", "comments",
                                     "comments.xml") "</Relationships>";

static const char styles[] =
    "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/></w:rPr>"
    "</w:rPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"/>"
    "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 1\""
    "/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz "
    "w:val=\"32\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"H2\"><w:basedOn w:val=\"H\"/>"
    "</w:style>"
    "<w:style w:type=\"character\" w:styleId=\"Gone\"><w:rPr><w:vanish/>"
    "</w:rPr></w:style></w:styles>";

static const char numbering[] =
    "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">"
    "<w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText "
    "w:val=\"x\"/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start "
    "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/>"
    "</w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>"
    "</w:numbering>";

#define P(text)       "<w:p>" R("", text) "</w:p>"
#define R(look, text) "<w:r><w:rPr>" look "</w:rPr><w:t>" text "</w:t></w:r>"
#define ITEM(list, text)                                                       \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"" list         \
    "\"/></w:numPr></w:pPr>" R("", text) "</w:p>"
#define CELL(shade, content)                                                   \
    "<w:tc><w:tcPr>" shade "</w:tcPr>" content "</w:tc>"
#define SHADE(fill) "<w:shd w:val=\"clear\" w:fill=\"" fill "\"/>"
#define WHITE       "<w:color w:val=\"FFFFFF\"/>"

static const char document[] =
    "<?xml version=\"1.0\"?><w:document><w:body>"
    "<w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr>" R("", "Work Exp") R(
        "", "erience") "</w:p>" P("Plain &amp; simple") "<w:p>" R("", "Split ")
        R("<w:b/>", "bo") R("<w:b/>", "ld")
            R("", " tail") "<w:r><w:tab/><w:t>2019</w:t></w:r></w:p>" ITEM(
                "1", "first bullet") ITEM("1", "second bullet")
                ITEM("2", "step one") ITEM("2", "step two")
    /* left out and reported */
    "<w:p>" R("", "seen") R("<w:vanish/>", " trickvanish alpha")
        R("<w:rStyle w:val=\"Gone\"/>", " trickstyle bravo")
            R(WHITE, " trickwhite charlie")
                R("<w:sz w:val=\"2\"/>",
                  " tricktiny delta") "</w:p>"
                                      /* white on dark is visible */
                                      "<w:p><w:pPr>" SHADE(
                                          "102040") "</w:pPr>" R(WHITE,
                                                                 "White on "
                                                                 "dark") "</"
                                                                         "w:p>"
                                                                         /* not
                                                                            text
                                                                            of
                                                                            the
                                                                            document
                                                                          */
                                                                         "<w:"
                                                                         "p>" R(
                                                                             "", "kept") "<w:del><w:r><w:delText>deletedword</w:delText>"
                                                                                         "</w:r></w:del><w:ins>" R(
                                                                                             "",
                                                                                             " inserted") "</w:ins>"
                                                                                                          "<w:r><w:instrText>HYPERLINK codeword</w:instrText></w:r>"
                                                                                                          "<w:moveFrom>" R("", "movedword") "</w:moveFrom></w:p>"
                                                                                                                                            /* a text box, written twice */
                                                                                                                                            "<w:p>" R("", "Anchor line") "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:spPr>"
                                                                                                                                                                         "<a:solidFill><a:srgbClr val=\"000000\"/></a:solidFill></wps:spPr>"
                                                                                                                                                                         "<wps:txbx><w:txbxContent><w:p>" R(WHITE, "Boxed contact") "</w:p>"
                                                                                                                                                                                                                                    "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
                                                                                                                                                                                                                                    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>" P("Boxed contact") "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
                                                                                                                                                                                                                                                                                                         "</w:r>" R("", " goes on") "</w:p>"
                                                                                                                                                                                                                                                                                                                                    /* a table of rows */
                                                                                                                                                                                                                                                                                                                                    "<w:tbl><w:tr>" CELL("",
                                                                                                                                                                                                                                                                                                                                                         P("Skill"))
                                                                                                                                                                                                                                                                                                                                        CELL("",
                                                                                                                                                                                                                                                                                                                                             P("Years")) "</w:tr><w:tr>" CELL("", P("Python")) CELL("",
                                                                                                                                                                                                                                                                                                                                                                                                    P(
                                                                                                                                                                                                                                                                                                                                                                                                        "7")) "</w:tr></w:tbl>"
                                                                                                                                                                                                                                                                                                                                                                                                              /* a table as a layout */
                                                                                                                                                                                                                                                                                                                                                                                                              "<w:tbl><w:tr>" CELL(
                                                                                                                                                                                                                                                                                                                                                                                                                  SHADE(
                                                                                                                                                                                                                                                                                                                                                                                                                      "202020"),
                                                                                                                                                                                                                                                                                                                                                                                                                  "<w:p>" R(
                                                                                                                                                                                                                                                                                                                                                                                                                      WHITE, "Side one") "</w:p>" P("Side two")) CELL("", P("Main one") P("Main two")) "</w:tr></w:tbl>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "<w:p><w:pPr><w:pStyle w:val=\"H2\"/></w:pPr>" R(
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                           "",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                           "Education") "</w:p>" P("of\xef\xac\x81"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   "ce co\xc2\xad"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   "operate pyth\xe2\x80\x8b"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   "on caf\x65\xcc\x81 a\xc2\xa0z") "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"r3\"/>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "<w:headerReference w:type=\"first\" r:id=\"r5\"/><w:footerReference "
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "w:type=\"default\" r:id=\"r4\"/></w:sectPr></w:body></w:document>";

static void make_docx(void)
{
    const struct part parts[] = {
        {"[Content_Types].xml", "<Types/>", 0},
        {"_rels/.rels", package_index, 0},
        {"word/_rels/document.xml.rels", document_index, 0},
        {"word/styles.xml", styles, 0},
        {"word/numbering.xml", numbering, 0},
        {"word/document.xml", document, 0},
        {"word/header1.xml", "<w:hdr>" P("Jane Header") "</w:hdr>", 0},
        {"word/header2.xml", "<w:hdr>" P("titlepageword") "</w:hdr>", 0},
        {"word/footer1.xml", "<w:ftr>" P("Jane Footer") "</w:ftr>", 0},
        {"word/footnotes.xml",
         "<w:footnotes><w:footnote>" P("A footnote") "</w:footnote>"
                                                     "</w:footnotes>",
         0},
        {"word/comments.xml", "<w:comments>" P("commentword") "</w:comments>",
         0},
    };

    write_zip("rich.docx", parts, sizeof(parts) / sizeof(parts[0]));
}

static const char odt_content[] =
    "<office:document-content><office:automatic-styles>"
    "<style:style style:name=\"Gone\"><style:text-properties "
    "text:display=\"none\"/></style:style>"
    "<style:style style:name=\"White\"><style:text-properties "
    "fo:color=\"#ffffff\"/></style:style>"
    "<style:style style:name=\"Bold\" style:parent-style-name=\"Big\">"
    "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
    "</office:automatic-styles><office:body><office:text>"
    "<text:tracked-changes><text:p>deletedword</text:p></text:tracked-changes>"
    "<text:h>Experience</text:h>"
    "<text:p text:style-name=\"Bold\">Engineer<text:tab/>2019</text:p>"
    "<text:p>A<text:s text:c=\"2\"/>B <text:span text:style-name=\"Gone\">"
    "trickstyle alpha</text:span> <text:span text:style-name=\"White\">"
    "trickwhite bravo</text:span>end</text:p>"
    "<text:list><text:list-item><text:p>one</text:p></text:list-item>"
    "<text:list-item><text:p>two</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Skill</text:p>"
    "</table:table-cell><table:table-cell><text:p>Years</text:p>"
    "</table:table-cell></table:table-row></table:table>"
    "<text:p>With<office:annotation><text:p>commentword</text:p>"
    "</office:annotation> note<draw:frame><draw:text-box><text:p>Boxed"
    "</text:p></draw:text-box></draw:frame></text:p>"
    "</office:text></office:body></office:document-content>";

static const char odt_styles[] =
    "<office:document-styles><office:styles><style:style style:name=\"Big\">"
    "<style:text-properties fo:font-size=\"16pt\"/></style:style>"
    "</office:styles><office:master-styles><style:master-page><style:header>"
    "<text:p>Head line</text:p></style:header><style:footer><text:p>Foot line"
    "</text:p></style:footer></style:master-page></office:master-styles>"
    "</office:document-styles>";

#define ODT_TYPE "application/vnd.oasis.opendocument.text"

static void make_odt(void)
{
    const struct part rich[] = {{"mimetype", ODT_TYPE, 0},
                                {"content.xml", odt_content, 0},
                                {"styles.xml", odt_styles, 0}};
    const struct part locked[] = {
        {"mimetype", ODT_TYPE, 0},
        {"content.xml", "\x01\x02\x03", 0},
        {"META-INF/manifest.xml", "<manifest:encryption-data/>", 0}};
    const struct part sheet[] = {
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0},
        {"content.xml", "<a/>", 0}};

    write_zip("rich.odt", rich, 3);
    write_zip("locked.odt", locked, 3);
    write_zip("sheet.ods", sheet, 2);
}

static void make_word(const char *name, const char *xml, size_t len)
{
    const struct part parts[] = {{"_rels/.rels", package_index, 0},
                                 {"word/document.xml", xml, len}};

    write_zip(name, parts, 2);
}

/* Hidden by the paragraph or by the width of the letters. */
static void make_tricks(void)
{
#define PP(properties, text)                                                   \
    "<w:p><w:pPr>" properties "</w:pPr>" R("", text) "</w:p>"
#define RR(properties, text) "<w:p>" R(properties, text) "</w:p>"
#define BOX(offset, text)                                                      \
    "<w:p><w:r><w:drawing><wp:anchor><wp:positionH><wp:posOffset>" offset      \
    "</wp:posOffset></wp:positionH><wps:wsp><wps:txbx><w:txbxContent>"         \
    "<w:p>" R("", text) "</w:p></w:txbxContent></wps:txbx></wps:wsp>"          \
                        "</wp:anchor></w:drawing></w:r></w:p>"
    static const char text[] = "<w:document><w:body>" PP(
        "<w:spacing w:line=\"2\" w:lineRule=\"exact\"/>",
        "trickline alpha") PP("<w:spacing w:after=\"0\" w:line=\"20\" "
                              "w:lineRule=\"exact\"/>",
                              "trickline bravo") PP("<w:ind w:left=\"60000\"/>",
                                                    "trickindent charlie")
        PP("<w:ind w:start=\"-40000\"/>", "trickindent delta")
            RR("<w:w w:val=\"1\"/>", "trickwidth echo")
                RR("<w:specVanish/>", "trickspec foxtrot")
                    RR("<w:vanish/><w:webHidden w:val=\"0\"/>", "trickweb golf")
                        RR("<w:color w:val=\"000000\"/>"
                           "<w:highlight w:val=\"black\"/>",
                           "trickmark hotel")
                            PP("<w:framePr w:w=\"900\" w:x=\"-30000\"/><w:ind "
                               "w:left=\"0\"/>",
                               "trickframe india") BOX("-25400000",
                                                       "trickbox juliett")
                                BOX("9000", "Box on the page")
                                    PP("<w:framePr w:w=\"900\" w:x=\"1200\"/>",
                                       "Frame on the page")
        /* what is seen */
        PP("<w:spacing w:line=\"200\" w:lineRule=\"exact\"/>",
           "Tight lines") PP("<w:ind w:left=\"5000\"/>", "Deep indent")
            RR("<w:w w:val=\"66\"/><w:spacing w:val=\"2\"/>", "Narrow letters")
                RR("<w:color w:val=\"000000\"/>"
                   "<w:highlight w:val=\"yellow\"/>",
                   "Marked yellow") RR("<w:vanish w:val=\"0\"/>",
                                       "Shown again") "</w:body></w:document>";

    make_word("tricks.docx", text, sizeof(text) - 1);
}

/* The same text n times between a head and a tail; closer, unless empty,
 * ends each of them. */
static void make_repeated(const char *name, const char *head, const char *unit,
                          size_t n, const char *tail, const char *closer)
{
    struct mem mem;
    struct buf b;

    mem_init(&mem, "repeated", 0);
    buf_init(&b, &mem, (size_t)400 << 20);
    buf_put(&b, str_of(head));
    for (size_t i = 0; i < n; i++)
        buf_put(&b, str_of(unit));
    buf_put(&b, str_of(tail));
    for (size_t i = 0; i < n && *closer; i++)
        buf_put(&b, str_of(closer));
    if (*closer)
        buf_put(&b, STR("</w:body></w:document>"));
    if (b.failed)
        exit(1);
    make_word(name, b.data, b.len);
    buf_clear(&b);
}

static void make_attributes(void)
{
    struct mem mem;
    struct buf b;

    mem_init(&mem, "attributes", 0);
    buf_init(&b, &mem, (size_t)40 << 20);
    buf_put(&b, STR("<w:document><w:body"));
    for (int i = 0; i < 300000; i++)
        buf_printf(&b, " a%d=\"\"", i);
    buf_put(&b, STR("></w:body></w:document>"));
    make_word("attributes.docx", b.data, b.len);
    buf_clear(&b);
}

static void make_members(void)
{
    static char names[5000][16];
    static struct part parts[5000];

    for (int i = 0; i < 5000; i++) {
        snprintf(names[i], sizeof(names[i]), "word/%d", i);
        parts[i] = (struct part){names[i], "x", 0};
    }
    write_zip("members.docx", parts, 5000);
}

static void put16(struct buf *b, unsigned v)
{
    buf_put_char(b, (char)(v & 255));
    buf_put_char(b, (char)(v >> 8 & 255));
}

static void put32(struct buf *b, unsigned v)
{
    put16(b, v & 65535);
    put16(b, v >> 16);
}

/* Two hundred names in the directory that share one body, each said to be a
 * gigabyte long. */
static void make_overlap(void)
{
    static const char body[] = "<w:document><w:body/></w:document>";
    unsigned len = sizeof(body) - 1;
    struct mem mem;
    struct buf b;

    mem_init(&mem, "overlap", 0);
    buf_init(&b, &mem, 1 << 20);
    put32(&b, 0x04034b50);
    put16(&b, 20), put16(&b, 0), put16(&b, 0), put32(&b, 0), put32(&b, 0);
    put32(&b, len), put32(&b, 1u << 30), put16(&b, 17), put16(&b, 0);
    buf_put(&b, STR("word/document.xml"));
    buf_put_bytes(&b, body, len);
    size_t start = b.len;
    for (int i = 0; i < 200; i++) {
        char name[24];
        snprintf(name, sizeof(name), "word/document.%s", i ? "xm" : "xml");
        unsigned n = (unsigned)strlen(name);
        put32(&b, 0x02014b50);
        put16(&b, 20), put16(&b, 20), put16(&b, 0), put16(&b, 0);
        put32(&b, 0), put32(&b, 0), put32(&b, len), put32(&b, 1u << 30);
        put16(&b, n), put16(&b, 0), put16(&b, 0), put16(&b, 0), put16(&b, 0);
        put32(&b, 0), put32(&b, 0);
        buf_put_bytes(&b, name, n);
    }
    unsigned size = (unsigned)(b.len - start);
    put32(&b, 0x06054b50);
    put16(&b, 0), put16(&b, 0), put16(&b, 200), put16(&b, 200);
    put32(&b, size), put32(&b, (unsigned)start), put16(&b, 0);
    write_file("overlap.docx", b.data, b.len);
    buf_clear(&b);
}

static void make_bombs(void)
{
    static const char laughs[] =
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d "
        "\"&c;&c;&c;&c;&c;&c;&c;\">]><w:document>&d;</w:document>";
    static const char outside[] =
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
        "<w:document><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>";

    make_word("laughs.docx", laughs, 0);
    make_word("outside.docx", outside, 0);
    make_word("cut.docx", document, 700);
    make_repeated("deep.docx", "<w:document>", "<w:p>", 1000000, "", "");
    make_repeated("ratio.docx", "<w:document><w:body>", P("aaaaaaaaaaaaaaaa"),
                  2500000, "</w:body></w:document>", "");
    make_repeated("long.docx", "<w:document><w:body>", P("many words here"),
                  8000, "</w:body></w:document>", "");
    make_repeated("tables.docx", "<w:document><w:body>", "<w:tbl><w:tr><w:tc>",
                  70, P("deep inside"), "</w:tc></w:tr></w:tbl>");
    make_attributes();
    make_members();
    make_tricks();
    make_overlap();
}

static void make_others(void)
{
    static const struct {
        const char *file, *member;
    } others[] = {{"book.epub", "META-INF/container.xml"},
                  {"sheet.xlsx", "xl/workbook.xml"},
                  {"slides.pptx", "ppt/presentation.xml"},
                  {"letter.pages", "Index/Document.iwa"},
                  {"some.zip", "resume.pdf"}};

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        write_zip(others[i].file, &(struct part){others[i].member, "<a/>", 0},
                  1);
}

void make_office(void)
{
    make_docx();
    make_odt();
    make_bombs();
    make_others();
}
