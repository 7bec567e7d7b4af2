/* SPDX-License-Identifier: MIT */
/* Tells the format by the content, never by a name, and calls its reader. */
#include "archive.h"
#include "charset.h"
#include "docx.h"
#include "odt.h"
#include "reader.h"

#include "base/utf8.h"

/* Formats that are known and not read, by their first bytes. */
struct refusal {
    unsigned offset;
    struct str magic;
    const char *what; /* "this is %s" */
};

#define MAGIC(text)                                                            \
    {                                                                          \
        text, sizeof(text) - 1                                                 \
    }

static const struct refusal refusals[] = {
    {0, MAGIC("\x89PNG\r\n"), "an image (PNG)"},
    {0, MAGIC("\xff\xd8\xff"), "an image (JPEG)"},
    {0, MAGIC("GIF8"), "an image (GIF)"},
    {0, MAGIC("II*\0"), "an image (TIFF)"},
    {0, MAGIC("MM\0*"), "an image (TIFF)"},
    {8, MAGIC("WEBP"), "an image (WebP)"},
    {4, MAGIC("ftyphe"), "an image (HEIC)"},
    {4, MAGIC("ftypmif1"), "an image (HEIC)"},
    {4, MAGIC("ftypavif"), "an image (AVIF)"},
    {4, MAGIC("ftyp"), "a video"},
    {0, MAGIC("\x1a\x45\xdf\xa3"), "a video"},
    {0, MAGIC("OggS"), "a sound file"},
    {0, MAGIC("ID3"), "a sound file"},
    {8, MAGIC("WAVE"), "a sound file"},
    {0, MAGIC("7z\xbc\xaf\x27\x1c"), "an archive (7z)"},
    {0, MAGIC("Rar!\x1a\x07"), "an archive (RAR)"},
    {0, MAGIC("\x1f\x8b\x08"), "a compressed file (gzip)"},
    {0, MAGIC("BZh"), "a compressed file (bzip2)"},
    {0, MAGIC("\xfd\x37zXZ\0"), "a compressed file (xz)"},
    {0, MAGIC("\x28\xb5\x2f\xfd"), "a compressed file (zstd)"},
    {257, MAGIC("ustar"), "an archive (tar)"},
    {0,
     MAGIC("\x7f"
           "ELF"),
     "a program"},
    {0, MAGIC("MZ"), "a program"},
    {0, MAGIC("\xcf\xfa\xed\xfe"), "a program"},
    {0, MAGIC("\xca\xfe\xba\xbe"), "a program"},
    {0, MAGIC("\0asm"), "a program"},
    {0, MAGIC("SQLite format 3"), "a database"},
    {0, MAGIC("%!PS"), "PostScript"},
    {0, MAGIC("\xffWPC"), "a WordPerfect document"},
    {0, MAGIC("AT&TFORM"), "a DjVu document"},
    {0, MAGIC("wOFF"), "a font"},
    {0, MAGIC("MIME-Version:"), "a web archive (.mht)"},
    {0, MAGIC("From: <Saved by"), "a web archive (.mht)"},
};

/* The container of the Office formats before 2007. Its directory names the
 * streams in UTF-16. */
static const struct {
    struct str stream; /* UTF-16LE */
    const char *what;
} old_office[] = {
    {MAGIC("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
     "an Office document with a password; save a copy without one"},
    {MAGIC("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"),
     "an old Word document (.doc); open it in Word or LibreOffice and save it "
     "as .docx or PDF"},
    {MAGIC("W\0o\0r\0k\0b\0o\0o\0k\0"),
     "an Excel workbook; save the resume as .docx or PDF"},
    {MAGIC("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0"),
     "an old PowerPoint file; save it as PDF"},
    {MAGIC("_\0_\0n\0a\0m\0e\0i\0d\0_\0"),
     "an e-mail (Outlook); save its attachment and use that"},
};

static rsc_status refuse(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, RSC_EUNSUPPORTED,
                    "this is %s, not a document with text; use PDF, .docx, "
                    ".odt, .rtf, HTML or plain text",
                    what);
}

static rsc_status refuse_old_office(struct ctx *ctx, struct str bytes)
{
    for (size_t i = 0; i < sizeof(old_office) / sizeof(old_office[0]); i++) {
        if (str_find(bytes, old_office[i].stream, 0) != SIZE_MAX)
            return ctx_fail(ctx, RSC_EUNSUPPORTED, "this is %s",
                            old_office[i].what);
    }
    return refuse(ctx, "an old Office file");
}

static rsc_status refuse_known(struct ctx *ctx, struct str bytes)
{
    if (str_starts(bytes, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return refuse_old_office(ctx, bytes);
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        const struct refusal *r = &refusals[i];
        if (bytes.len >= r->offset &&
            str_starts(str_slice(bytes, r->offset, bytes.len), r->magic))
            return refuse(ctx, r->what);
    }
    return RSC_OK;
}

/* Poppler looks for its mark in the first KB; so do we. */
static bool is_pdf(struct str bytes)
{
    struct str head = str_slice(bytes, 0, bytes.len < 1024 ? bytes.len : 1024);

    return str_find(head, STR("%PDF-"), 0) != SIZE_MAX;
}

/* What a file is shows in its first bytes; decoding 20 MB of noise to learn
 * that it is none would keep a small machine busy for seconds. */
#define HEAD_BYTES ((size_t)8192)

/* Bytes that no text in any character set has, in the decoded text. */
static bool is_binary(struct str text)
{
    size_t n = text.len < HEAD_BYTES ? text.len : HEAD_BYTES;
    size_t odd = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text.data[i];
        odd += (c < ' ' && !ascii_is_space(c) && c != 0x1b && c != 0x1a) ||
               c == 0x7f;
    }
    return odd * 50 > n;
}

/* A page may begin with a comment, a declaration, or any tag. */
static bool is_html(struct str text)
{
    static const char *const starts[] = {"<!doctype html",
                                         "<html",
                                         "<head",
                                         "<body",
                                         "<div",
                                         "<p>",
                                         "<p ",
                                         "<h1",
                                         "<h2",
                                         "<h3",
                                         "<table",
                                         "<meta",
                                         "<title",
                                         "<style",
                                         "<span",
                                         "<ul",
                                         "<center",
                                         "<font",
                                         "<br",
                                         "<b>",
                                         "<main",
                                         "<article",
                                         "<header",
                                         "<section"};
    struct str head =
        str_trim(str_slice(text, 0, text.len < 4096 ? text.len : 4096));

    if (!str_starts(head, STR("<")))
        return false;
    if (str_starts(head, STR("<?xml")) || str_starts(head, STR("<!--")))
        return str_find_nocase(head, STR("<html"), 0) != SIZE_MAX;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (str_starts_nocase(head, str_of(starts[i])))
            return true;
    }
    return false;
}

/* What a page says of its own character set, in its first bytes; -1 for
 * nothing. A plain text says nothing, and no harm is done. */
static int declared_charset(struct str bytes)
{
    struct str head = str_slice(bytes, 0, bytes.len < 4096 ? bytes.len : 4096);
    size_t at = str_find_nocase(head, STR("charset="), 0);

    if (at == SIZE_MAX || str_find(head, STR("<"), 0) == SIZE_MAX)
        return -1;
    size_t start = at + 8;
    while (start < head.len && strchr("\"' ", head.data[start]))
        start++;
    size_t end = start;
    while (end < head.len && !strchr("\"' />;", head.data[end]))
        end++;
    return charset_find(str_slice(head, start, end));
}

static rsc_status refuse_unknown(struct ctx *ctx)
{
    return ctx_fail(ctx, RSC_EUNSUPPORTED,
                    "this is no kind of document that is known; use PDF, "
                    ".docx, .odt, .rtf, HTML or plain text");
}

/* The same question of the first bytes alone, before the rest is decoded. */
static bool starts_binary(struct ctx *ctx, struct str bytes, int declared)
{
    struct buf text;

    if (bytes.len <= HEAD_BYTES)
        return false;
    buf_init(&text, ctx->arena.mem, 4 * HEAD_BYTES + 16);
    charset_decode(&text, str_slice(bytes, 0, HEAD_BYTES), declared);
    bool binary = is_binary(buf_str(&text));
    buf_clear(&text);
    return binary;
}

static rsc_status read_text(struct ctx *ctx, struct builder *b,
                            struct reading_facts *facts,
                            const struct source *source)
{
    struct buf text;
    struct source decoded = *source;
    int declared = declared_charset(source->bytes);

    if (starts_binary(ctx, source->bytes, declared))
        return refuse_unknown(ctx);
    buf_init(&text, ctx->arena.mem, 4 * source->bytes.len + 16);
    const char *charset = charset_decode(&text, source->bytes, declared);
    decoded.bytes = buf_str(&text);
    bool html = is_html(decoded.bytes);
    facts->method = ctx_printf(ctx, "%s, %s", html ? "html" : "text", charset);
    rsc_status st = RSC_OK;
    if (text.failed)
        st = ctx_fail(ctx, RSC_ELIMIT,
                      "this file needs too much memory; use a shorter one");
    else if (is_binary(decoded.bytes))
        st = refuse_unknown(ctx);
    else
        st = html ? html_read(ctx, b, facts, &decoded)
                  : text_read(ctx, b, facts, &decoded);
    buf_clear(&text);
    return st;
}

/* Containers that are no text document, by a member that only they have. */
static rsc_status refuse_archive(struct ctx *ctx, const struct archive *a)
{
    static const struct {
        const char *folder, *what;
    } kinds[] = {
        {"xl/", "an Excel workbook"},
        {"ppt/", "a PowerPoint presentation"},
        {"visio/", "a Visio drawing"},
        {"Index/", "an Apple Pages, Numbers or Keynote file"},
        {"index.apxl", "an Apple Keynote file"},
        {"index.xml", "an Apple Pages file"},
        {"META-INF/container.xml", "an e-book (EPUB)"},
        {"META-INF/MANIFEST.MF", "a Java program"},
        {"AndroidManifest.xml", "an Android program"},
        {"content.xml", "an OpenDocument file of another kind"},
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (archive_has_folder(a, kinds[i].folder))
            return refuse(ctx, kinds[i].what);
    }
    return ctx_fail(ctx, RSC_EUNSUPPORTED,
                    "this is an archive (ZIP); unpack it and use the document "
                    "inside");
}

/* By the declared type; some writers leave it out. */
static bool is_odt(struct ctx *ctx, struct archive *archive)
{
    struct str type;

    if (!archive_has(archive, "content.xml"))
        return false;
    if (archive_head(ctx, &type, archive, "mimetype", 100))
        return false;
    return type.len == 0 ||
           str_starts(type, STR("application/vnd.oasis.opendocument.text"));
}

/* OpenDocument as one XML file. */
static bool is_fodt(struct str bytes)
{
    struct str head = str_slice(bytes, 0, bytes.len < 4096 ? bytes.len : 4096);

    return str_starts(head, STR("<?xml")) &&
           str_find(head, STR("<office:document"), 0) != SIZE_MAX;
}

static rsc_status read_zip(struct ctx *ctx, struct builder *b,
                           struct reading_facts *facts,
                           const struct source *source)
{
    struct archive *archive;
    rsc_status st = archive_open(ctx, &archive, source->bytes);

    if (st)
        return st;
    if (archive_has_folder(archive, "word/"))
        st = docx_read(ctx, b, facts, archive);
    else if (is_odt(ctx, archive))
        st = odt_read(ctx, b, facts, archive);
    else
        st = refuse_archive(ctx, archive);
    archive_close(archive);
    return st;
}

static rsc_status read_by_content(struct ctx *ctx, struct builder *b,
                                  struct reading_facts *facts,
                                  const struct source *source)
{
    rsc_status st = refuse_known(ctx, source->bytes);

    if (st)
        return st;
    if (is_pdf(source->bytes))
        return pdf_read(ctx, b, facts, source);
    if (str_starts(source->bytes, STR("PK\3\4")) ||
        str_starts(source->bytes, STR("PK\5\6")))
        return read_zip(ctx, b, facts, source);
    if (str_starts(source->bytes, STR("{\\rtf")))
        return rtf_read(ctx, b, facts, source);
    if (is_fodt(source->bytes))
        return fodt_read(ctx, b, facts, source);
    return read_text(ctx, b, facts, source);
}

rsc_status document_read(struct ctx *ctx, struct document *out,
                         struct builder *b, const struct source *source)
{
    struct reading_facts facts = {.pages = 1};
    rsc_status st = read_by_content(ctx, b, &facts, source);

    if (!st)
        st = builder_finish(b, out);
    if (st)
        return st;
    if (out->n_words == 0)
        return ctx_fail(ctx, RSC_ENOTEXT, "%s",
                        facts.why_empty
                            ? facts.why_empty
                            : "this document has no text that can be seen");
    out->kind = facts.kind;
    out->pages = facts.pages;
    out->method = facts.method;
    return RSC_OK;
}
