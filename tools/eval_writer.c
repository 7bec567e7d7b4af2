/* SPDX-License-Identifier: MIT */
#include "tools/eval_writer.h"

#include <stdlib.h>
#include <zip.h>

#include "base/utf8.h"
#include "base/vec.h"

#define COLUMNS        92
#define TAB_STOP       8
#define TAB_MIN        3
#define LINES_PER_PAGE 54
#define MAX_BYTES      ((size_t)8 << 20)
#define FIRST_PAGE     4 /* objects 1 to 3: catalogue, pages, font */

/* Code points of Windows-1252 above Latin-1 that resumes use. */
static const struct {
    uint32_t point;
    unsigned char byte;
} windows[] = {
    {0x20AC, 0x80}, {0x2026, 0x85}, {0x2018, 0x91}, {0x2019, 0x92},
    {0x201C, 0x93}, {0x201D, 0x94}, {0x2022, 0x95}, {0x2013, 0x96},
    {0x2014, 0x97}, {0x0161, 0x9A}, {0x017E, 0x9E}, {0x0160, 0x8A},
    {0x017D, 0x8E}, {0x0152, 0x8C}, {0x0153, 0x9C},
};

static unsigned char byte_of(uint32_t point)
{
    if (point < 0x80 || (point >= 0xA0 && point <= 0xFF))
        return (unsigned char)point;
    for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++)
        if (windows[i].point == point)
            return windows[i].byte;
    return '?';
}

/* Blanks up to the next tab stop; one that nobody could see is a stop more. */
static void put_tab(struct buf *page, size_t *column)
{
    size_t n = TAB_STOP - *column % TAB_STOP;
    if (n < TAB_MIN)
        n += TAB_STOP;
    *column += n;
    while (n-- > 0)
        buf_put_char(page, ' ');
}

/* Appends a line as a PDF string and moves to the next one. */
static void put_line(struct buf *page, struct str line)
{
    size_t column = 0;
    buf_put_char(page, '(');
    for (size_t i = 0; i < line.len; column++) {
        unsigned char c = byte_of(utf8_next(line, &i));
        if (c == '\t') {
            put_tab(page, &column);
            column--;
            continue;
        }
        if (c == '(' || c == ')' || c == '\\')
            buf_put_char(page, '\\');
        buf_put_char(page, (char)c);
    }
    buf_put(page, STR(") Tj T*\n"));
}

/* Cuts the next piece of at most COLUMNS characters off *rest, at a space
 * where there is one. */
static struct str next_piece(struct str *rest)
{
    size_t i = 0, n = 0, space = 0;
    while (i < rest->len && n < COLUMNS) {
        if (rest->data[i] == ' ' && n > 0)
            space = i;
        utf8_next(*rest, &i);
        n++;
    }
    size_t end = i < rest->len && space > 0 ? space : i;
    struct str piece = str_slice(*rest, 0, end);
    *rest = str_trim(str_slice(*rest, end, rest->len));
    return piece;
}

static void put_object(struct buf *out, size_t *offset, unsigned number)
{
    offset[number] = out->len;
    buf_printf(out, "%u 0 obj\n", number);
}

static void put_page(struct buf *out, size_t *offset, unsigned page,
                     struct str content)
{
    unsigned number = FIRST_PAGE + 2 * page;
    put_object(out, offset, number);
    buf_printf(out,
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources"
               "<</Font<</F 3 0 R>>>>/Contents %u 0 R>>\nendobj\n",
               number + 1);
    put_object(out, offset, number + 1);
    buf_printf(out, "<</Length %zu>>\nstream\n", content.len);
    buf_put(out, content);
    buf_put(out, STR("\nendstream\nendobj\n"));
}

#define PAGE_START "BT /F 9 Tf 13 TL 50 745 Td\n"
#define MAX_PAGES  100

static unsigned put_pages(struct buf *out, size_t *offset, struct str text,
                          struct buf *page)
{
    struct str rest = text, line;
    unsigned pages = 0, lines = 0;
    buf_put(page, STR(PAGE_START));
    while (str_next_line(&rest, &line) && pages < MAX_PAGES) {
        struct str left = line;
        do {
            put_line(page, next_piece(&left));
            if (++lines == LINES_PER_PAGE) {
                buf_put(page, STR("ET"));
                put_page(out, offset, pages++, buf_str(page));
                buf_reset(page);
                buf_put(page, STR(PAGE_START));
                lines = 0;
            }
        } while (left.len > 0 && pages < MAX_PAGES);
    }
    buf_put(page, STR("ET"));
    put_page(out, offset, pages++, buf_str(page));
    return pages;
}

rsc_status eval_write_pdf(struct ctx *ctx, struct str *out, struct str text)
{
    size_t offset[FIRST_PAGE + 2 * (MAX_PAGES + 1)] = {0};
    struct buf pdf, page;
    buf_init(&pdf, ctx->arena.mem, MAX_BYTES);
    buf_init(&page, ctx->arena.mem, MAX_BYTES);
    buf_put(&pdf, STR("%PDF-1.4\n"));
    unsigned pages = put_pages(&pdf, offset, text, &page);
    put_object(&pdf, offset, 1);
    buf_put(&pdf, STR("<</Type/Catalog/Pages 2 0 R>>\nendobj\n"));
    put_object(&pdf, offset, 2);
    buf_printf(&pdf, "<</Type/Pages/Count %u/Kids[", pages);
    for (unsigned i = 0; i < pages; i++)
        buf_printf(&pdf, "%u 0 R ", FIRST_PAGE + 2 * i);
    buf_put(&pdf, STR("]>>\nendobj\n"));
    put_object(&pdf, offset, 3);
    buf_put(&pdf, STR("<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding"
                      "/WinAnsiEncoding>>\nendobj\n"));
    unsigned n = FIRST_PAGE + 2 * pages;
    size_t xref = pdf.len;
    buf_printf(&pdf, "xref\n0 %u\n0000000000 65535 f \n", n);
    for (unsigned i = 1; i < n; i++)
        buf_printf(&pdf, "%010zu 00000 n \n", offset[i]);
    buf_printf(&pdf,
               "trailer\n<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n"
               "%%%%EOF\n",
               n, xref);
    *out = ctx_copy(ctx, buf_str(&pdf));
    bool failed = pdf.failed || page.failed;
    buf_clear(&page);
    buf_clear(&pdf);
    return failed ? ctx_fail(ctx, RSC_ENOMEM, "out of memory")
                  : ctx->error.status;
}

static void put_xml(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '&')
            buf_put(out, STR("&amp;"));
        else if (text.data[i] == '<')
            buf_put(out, STR("&lt;"));
        else if (text.data[i] == '\t')
            buf_put(out, STR("</w:t><w:tab/><w:t xml:space=\"preserve\">"));
        else
            buf_put_char(out, text.data[i]);
    }
}

static void put_document(struct buf *out, struct str text)
{
    struct str rest = text, line;
    buf_put(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document "
                     "xmlns:w=\"http://schemas.openxmlformats.org/"
                     "wordprocessingml/2006/main\"><w:body>"));
    while (str_next_line(&rest, &line)) {
        buf_put(out, STR("<w:p><w:r><w:t xml:space=\"preserve\">"));
        put_xml(out, line);
        buf_put(out, STR("</w:t></w:r></w:p>"));
    }
    buf_put(out, STR("</w:body></w:document>"));
}

static bool add_part(zip_t *zip, const char *name, struct str content)
{
    zip_source_t *source = zip_source_buffer(zip, content.data, content.len, 0);
    return source && zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0;
}

#define TYPES                                                                  \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"http://"       \
    "schemas.openxmlformats.org/package/2006/content-types\"><Default "        \
    "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package." \
    "relationships+xml\"/><Override PartName=\"/word/document.xml\" "          \
    "ContentType=\"application/vnd.openxmlformats-officedocument."             \
    "wordprocessingml.document.main+xml\"/></Types>"
#define RELATIONS                                                              \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Relationships xmlns=\"http:" \
    "//schemas.openxmlformats.org/package/2006/relationships\"><Relationship " \
    "Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"  \
    "relationships/officeDocument\" Target=\"word/document.xml\"/>"            \
    "</Relationships>"

rsc_status eval_write_docx(struct ctx *ctx, struct str *out, struct str text)
{
    struct buf xml;
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip =
        target ? zip_open_from_source(target, ZIP_TRUNCATE, NULL) : NULL;
    if (!zip)
        return ctx_fail(ctx, RSC_ENOMEM, "no archive can be made");
    zip_source_keep(target);
    buf_init(&xml, ctx->arena.mem, MAX_BYTES);
    put_document(&xml, text);
    bool good = add_part(zip, "[Content_Types].xml", STR(TYPES)) &&
                add_part(zip, "_rels/.rels", STR(RELATIONS)) &&
                add_part(zip, "word/document.xml", buf_str(&xml)) &&
                zip_close(zip) == 0 && zip_source_open(target) == 0;
    buf_clear(&xml);
    if (!good)
        return ctx_fail(ctx, RSC_EINTERNAL, "the archive cannot be written");
    zip_source_seek(target, 0, SEEK_END);
    size_t len = (size_t)zip_source_tell(target);
    zip_source_seek(target, 0, SEEK_SET);
    char *bytes = ctx_alloc(ctx, len);
    if (bytes)
        zip_source_read(target, bytes, len);
    zip_source_close(target);
    zip_source_free(target);
    *out = (struct str){bytes, len};
    return ctx->error.status;
}
