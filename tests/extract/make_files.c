/* SPDX-License-Identifier: MIT */
/*
 * Writes the files that the scripts beside it feed to the helper: PDFs with
 * every trick to hide text, columns and tables, and bombs of all kinds.
 *
 *     make_files FOLDER
 *
 * The small ones are written by hand here, so that a reader sees what is in
 * them; office documents are packed by make_office.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "make_files.h"

static const char *folder;

void write_file(const char *name, const char *data, size_t len)
{
    char path[1024];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(data, 1, len, f) != len || fclose(f)) {
        fprintf(stderr, "cannot write %s\n", path);
        exit(1);
    }
}

/* A PDF under construction; object numbers are given in order from 1. */
struct pdf {
    struct buf out;
    size_t offsets[64];
    int n;
};

static struct mem mem;

static void pdf_init(struct pdf *p)
{
    p->n = 0;
    buf_init(&p->out, &mem, (size_t)100 << 20);
    buf_put(&p->out, STR("%PDF-1.5\n"));
}

static void put_object(struct pdf *p, const char *body)
{
    p->offsets[p->n++] = p->out.len;
    buf_printf(&p->out, "%d 0 obj\n", p->n);
    buf_put(&p->out, str_of(body));
    buf_put(&p->out, STR("\nendobj\n"));
}

static void put_stream(struct pdf *p, const char *dict, const void *data,
                       size_t len)
{
    p->offsets[p->n++] = p->out.len;
    buf_printf(&p->out, "%d 0 obj\n<< %s /Length %zu >>\nstream\n", p->n, dict,
               len);
    buf_put_bytes(&p->out, data, len);
    buf_put(&p->out, STR("\nendstream\nendobj\n"));
}

static void end_pdf(struct pdf *p, const char *name, const char *trailer)
{
    size_t start = p->out.len;

    buf_printf(&p->out, "xref\n0 %d\n0000000000 65535 f \n", p->n + 1);
    for (int i = 0; i < p->n; i++)
        buf_printf(&p->out, "%010zu 00000 n \n", p->offsets[i]);
    buf_printf(&p->out,
               "trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%zu\n"
               "%%%%EOF\n",
               p->n + 1, trailer, start);
    write_file(name, p->out.data, p->out.len);
    buf_clear(&p->out);
}

/* Objects 1 to 4: catalog, pages, one page with content 5, a font. */
static void put_frame(struct pdf *p)
{
    pdf_init(p);
    put_object(p, "<< /Type /Catalog /Pages 2 0 R >>");
    put_object(p, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    put_object(p, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                  "/Contents 5 0 R /Resources << /Font << /F 4 0 R /B 6 0 R "
                  "/T 8 0 R >> /XObject << /I 7 0 R >> >> >>");
    put_object(p, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                  "/Encoding << /Type /Encoding /BaseEncoding "
                  "/WinAnsiEncoding /Differences [1 /fi /fl] >> >>");
}

static const char to_unicode[] =
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "1 begincodespacerange <00> <ff> endcodespacerange\n"
    "2 beginbfchar <2d> <002d00ad2010> <20> <000900a0> endbfchar\n"
    "1 beginbfrange <61> <7a> <0061> endbfrange\n"
    "endcmap end end\n";

static void put_rest(struct pdf *p)
{
    put_object(p, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold "
                  "/Encoding /WinAnsiEncoding >>");
    put_stream(p,
               "/Type /XObject /Subtype /Image /Width 1 /Height 1 "
               "/ColorSpace /DeviceGray /BitsPerComponent 8",
               "\x80", 1);
    /* A font that says of its hyphen and its space that they are many. */
    put_object(p, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                  "/Encoding /WinAnsiEncoding /ToUnicode 9 0 R >>");
    put_stream(p, "", to_unicode, sizeof(to_unicode) - 1);
}

static void make_page(const char *name, const char *content)
{
    struct pdf p;

    put_frame(&p);
    put_stream(&p, "", content, strlen(content));
    put_rest(&p);
    end_pdf(&p, name, "");
}

static void make_hidden(void)
{
    make_page(
        "hidden.pdf",
        "BT /F 12 Tf 72 780 Td (Plain visible words) Tj ET\n"
        /* white on paper */
        "BT 1 1 1 rg /F 12 Tf 72 760 Td (trickwhite alpha) Tj ET\n"
        /* nearly white */
        "BT .97 .97 .97 rg /F 12 Tf 72 750 Td (trickpale bravo) Tj ET\n"
        "0 0 0 rg BT 3 Tr /F 12 Tf 72 740 Td (trickmode charlie) Tj ET\n"
        "BT 0 Tr /F .5 Tf 72 720 Td (tricktiny delta) Tj ET\n"
        "BT /F 12 Tf 900 700 Td (trickoff echo) Tj ET\n"
        "q 10 10 1 1 re W n BT /F 12 Tf 72 680 Td (trickclip foxtrot) Tj ET "
        "Q\n"
        "BT /F 12 Tf 72 660 Td (trickcover golf) Tj ET\n"
        "1 1 1 rg 60 650 200 30 re f\n"
        /* an image over it */
        "0 g BT /F 12 Tf 72 620 Td (trickimage hotel) Tj ET\n"
        "q 200 0 0 30 60 610 cm /I Do Q\n"
        /* white on a dark bar is visible, and black on it is not */
        "0 0 .3 rg 60 560 300 30 re f\n"
        "BT 1 1 1 rg /F 12 Tf 72 570 Td (White on dark) Tj ET\n"
        "BT 0 0 .3 rg /F 12 Tf 200 570 Td (trickdark india) Tj ET\n"
        /* drawn before the bar that lies below: still visible text */
        "0 g BT /F 12 Tf 72 500 Td (After the bar) Tj ET\n");
}

static void make_tricks(void)
{
    make_page("tricks.pdf",
              "BT /F 12 Tf 72 780 Td (Plain visible words) Tj ET\n"
              /* letters of no width */
              "BT /F 12 Tf .5 Tz 72 740 Td (trickflat alpha) Tj ET\n"
              "BT /F 12 Tf 100 Tz .01 0 0 1 72 720 Tm (trickmatrix bravo) Tj "
              "ET\n"
              /* covered strip by strip */
              "BT /F 12 Tf 72 660 Td (trickstrips charlie) Tj ET\n"
              "1 1 1 rg 60 655 200 2.2 re f 60 657 200 2.2 re f "
              "60 659 200 2.2 re f 60 661 200 2.2 re f 60 663 200 2.2 re f "
              "60 665 200 2.2 re f 60 667 200 2.2 re f 60 669 200 2.2 re f\n"
              /* condensed, struck out: that can be read */
              "0 g BT /F 12 Tf 60 Tz 72 600 Td (Condensed words) Tj ET\n"
              "BT 100 Tz /F 12 Tf 72 560 Td (Struck words) Tj ET "
              "72 563 80 2.2 re f\n");
}

/* What must not be called hidden. */
static void make_honest(void)
{
    make_page(
        "honest.pdf",
        /* white on a photograph */
        "q 595 0 0 200 0 642 cm /I Do Q\n"
        "BT 1 1 1 rg /F 12 Tf 72 780 Td (White on a photograph) Tj ET\n"
        /* a frame made of two boxes, even-odd, around dark text */
        "0 g 50 500 400 100 re 52 502 396 96 re f*\n"
        "BT /F 12 Tf 72 550 Td (Inside of a frame) Tj ET\n"
        /* a circle under white text */
        "0 .3 .3 rg 150 400 m 150 427 127 450 100 450 c 73 450 50 427 50 400 "
        "c 50 373 73 350 100 350 c 127 350 150 373 150 400 c f\n"
        "BT 1 1 1 rg /F 12 Tf 70 396 Td (Badge) Tj ET\n"
        /* text as a clip, painted through */
        "q BT 7 Tr /F 24 Tf 72 300 Td (Painted letters) Tj ET "
        "1 0 0 rg 0 250 595 100 re f Q\n"
        /* outlined letters */
        "BT 1 Tr 0 0 1 RG /F 24 Tf 72 220 Td (Outlined) Tj ET\n"
        /* the same words twice, a hair aside: bold for the poor */
        "BT 0 Tr 0 g /F 12 Tf 72 150 Td (Shadowed) Tj ET\n"
        "BT /F 12 Tf 72.4 150 Td (Shadowed) Tj ET\n"
        /* light grey is pale and can be read */
        "BT .75 g /F 10 Tf 72 100 Td (Pale footer) Tj ET\n");
}

static void make_columns(void)
{
    struct buf c;

    /* Two columns of prose, drawn row by row on the same baselines. */
    buf_init(&c, &mem, 1 << 20);
    buf_put(&c, STR("BT /B 18 Tf 72 800 Td (Jane Roe across the page) Tj "
                    "ET\n"));
    for (int i = 0; i < 12; i++)
        buf_printf(&c,
                   "BT /F 10 Tf 50 %d Td (left line %02d of the first column "
                   "here) Tj ET BT /F 10 Tf 310 %d Td (right line %02d of the "
                   "second column here) Tj ET\n",
                   760 - 14 * i, i, 760 - 14 * i, i);
    buf_put(&c, STR("BT /F 10 Tf 50 560 Td (Below both of the columns stands "
                    "one long line that runs across all of the page) Tj "
                    "ET\n"));
    buf_put_char(&c, '\0');
    make_page("columns.pdf", c.data);
    buf_clear(&c);

    /* A narrow side bar with its own leading beside a wide column. */
    buf_init(&c, &mem, 1 << 20);
    buf_put(&c, STR(".1 .2 .3 rg 0 0 180 842 re f 1 g\n"));
    for (int i = 0; i < 14; i++)
        buf_printf(&c, "BT /F 9 Tf 20 %d Td (Skill number %02d) Tj ET\n",
                   790 - 17 * i, i);
    buf_put(&c, STR("0 g\n"));
    for (int i = 0; i < 30; i++)
        buf_printf(&c,
                   "BT /F 10 Tf 200 %d Td (Work line %02d tells of things "
                   "that were done) Tj ET\n",
                   795 - 13 * i, i);
    buf_put_char(&c, '\0');
    make_page("sidebar.pdf", c.data);
    buf_clear(&c);

    make_page("dates.pdf",
              "BT /B 11 Tf 50 800 Td (Senior Engineer, Example Ltd) Tj ET\n"
              "BT /F 11 Tf 450 800 Td (01/2019 - 05/2021) Tj ET\n"
              "BT /F 10 Tf 50 785 Td (Built the payment service and kept it "
              "up) Tj ET\n"
              "BT /F 10 Tf 50 772 Td (Led a team of four people in two "
              "places) Tj ET\n"
              "BT /B 11 Tf 50 745 Td (Engineer, Other Inc) Tj ET\n"
              "BT /F 11 Tf 450 745 Td (03/2015 - 12/2018) Tj ET\n"
              "BT /F 10 Tf 50 730 Td (Wrote the billing reports of the whole "
              "company) Tj ET\n"
              "BT /F 10 Tf 50 717 Td (Moved three services to the new data "
              "centre) Tj ET\n"
              "BT /B 11 Tf 50 690 Td (Intern, First GmbH) Tj ET\n"
              "BT /F 11 Tf 450 690 Td (06/2014 - 02/2015) Tj ET\n");

    make_page("table.pdf",
              "BT /F 10 Tf 50 800 Td (Skill) Tj ET BT /F 10 Tf 200 800 Td "
              "(Years) Tj ET BT /F 10 Tf 300 800 Td (Level) Tj ET\n"
              "BT /F 10 Tf 50 786 Td (Python) Tj ET BT /F 10 Tf 200 786 Td "
              "(7) Tj ET BT /F 10 Tf 300 786 Td (expert) Tj ET\n"
              "BT /F 10 Tf 50 772 Td (Go) Tj ET BT /F 10 Tf 200 772 Td (3) Tj "
              "ET BT /F 10 Tf 300 772 Td (good) Tj ET\n");
}

static void make_letters(void)
{
    make_page("letters.pdf",
              "BT /F 12 Tf 72 800 Td (Of\001ce and \002ow) Tj ET\n"
              "BT /F 12 Tf 72 780 Td (Responsible for the manage-) Tj ET\n"
              "BT /F 12 Tf 72 766 Td (ment of a well-) Tj ET\n"
              "BT /F 12 Tf 72 752 Td (known company) Tj ET\n"
              "BT /B 14 Tf 6 Tc 72 720 Td (SKILLS) Tj ET\n"
              "BT /B 14 Tf 0 Tc 72 690 Td (E D U C A T I O N) Tj ET\n"
              "BT /F 12 Tf 72 660 Td [(Kern) -20 (ed) -400 (words)] TJ ET\n"
              "BT /F 12 Tf 72 640 Td (caf\351 na\357ve) Tj ET\n"
              "BT /T 12 Tf 72 620 Td (co-founder of all) Tj ET\n"
              "BT 0 1 -1 0 30 300 Tm /F 12 Tf (Sideways) Tj ET\n");
}

static void make_scans(void)
{
    make_page("scan.pdf", "q 595 0 0 842 0 0 cm /I Do Q\n");
    make_page("ocr.pdf",
              "q 595 0 0 842 0 0 cm /I Do Q\n"
              "BT 3 Tr /F 12 Tf 72 700 Td (An invisible layer of words that "
              "a program thought to see) Tj ET\n");
    make_page("picture.pdf", "q 100 0 0 100 50 700 cm /I Do Q\n");
    make_page("blank.pdf", "");
    make_page("allwhite.pdf",
              "1 g BT /F 12 Tf 72 700 Td (Everything is white) Tj ET\n");
}

/* zlib's format: `unit` again and again, up to len bytes. Piece by piece, so
 * that a gigabyte is never in memory. */
static char *deflate_repeated(const char *unit, size_t unit_len, size_t len,
                              size_t *out_len)
{
    static char piece[1 << 16];
    z_stream z = {0};
    size_t whole = sizeof(piece) / unit_len * unit_len;
    size_t cap = len / 500 + unit_len + 100000;
    char *out = malloc(cap);

    for (size_t i = 0; i < whole; i++)
        piece[i] = unit[i % unit_len];
    if (!out || deflateInit(&z, 6) != Z_OK)
        exit(1);
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)cap;
    for (size_t done = 0; done < len;) {
        size_t n = len - done < whole ? len - done : whole;
        z.next_in = (Bytef *)piece;
        z.avail_in = (uInt)n;
        done += n;
        if (deflate(&z, done == len ? Z_FINISH : Z_NO_FLUSH) < 0)
            exit(1);
    }
    *out_len = cap - z.avail_out;
    deflateEnd(&z);
    return out;
}

static char *repeat(char c, size_t len)
{
    char *out = malloc(len + 1);

    if (!out)
        exit(1);
    memset(out, c, len);
    out[len] = '\0';
    return out;
}

static void make_flate(const char *name, const char *unit, size_t len,
                       bool twice)
{
    struct pdf p;
    size_t n, m;
    char *once = deflate_repeated(unit, strlen(unit), len, &n);
    uLongf packed = compressBound(n);
    char *both = malloc(packed);

    if (!both || compress2((Bytef *)both, &packed, (Bytef *)once, n, 9))
        exit(1);
    m = packed;
    put_frame(&p);
    if (twice)
        put_stream(&p, "/Filter [/FlateDecode /FlateDecode]", both, m);
    else
        put_stream(&p, "/Filter /FlateDecode", once, n);
    put_rest(&p);
    end_pdf(&p, name, "");
    free(once);
    free(both);
}

static void make_nested(void)
{
    struct pdf p;
    size_t n;
    char *open = repeat('[', 3000000);
    char *packed = deflate_repeated("[", 1, 3000000, &n);

    put_frame(&p);
    put_stream(&p, "/Filter /FlateDecode", packed, n);
    put_rest(&p);
    end_pdf(&p, "nested.pdf", "");
    /* The same in the file's own structure. */
    pdf_init(&p);
    put_object(&p, open);
    end_pdf(&p, "nested_object.pdf", "");
    free(open);
    free(packed);
}

/* n pages of one size in one flat tree. */
static void make_many_pages(const char *name, int n)
{
    struct pdf p;

    pdf_init(&p);
    put_object(&p, "<< /Type /Catalog /Pages 2 0 R >>");
    buf_printf(&p.out, "2 0 obj\n<< /Type /Pages /Count %d /Kids [", n);
    for (int i = 0; i < n; i++)
        buf_printf(&p.out, "%d 0 R ", i + 3);
    buf_put(&p.out, STR("] >>\nendobj\n"));
    for (int i = 0; i < n; i++)
        buf_printf(&p.out,
                   "%d 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 "
                   "9] >>\nendobj\n",
                   i + 3);
    /* Without a table of offsets: it is found by looking. */
    buf_put(&p.out, STR("trailer << /Root 1 0 R >>\n%%EOF\n"));
    write_file(name, p.out.data, p.out.len);
    buf_clear(&p.out);
}

static void make_pages(void)
{
    struct pdf p;

    make_many_pages("pages.pdf", 10000);
    make_many_pages("pages_51.pdf", 51);
    pdf_init(&p);
    put_object(&p, "<< /Type /Catalog /Pages 2 0 R >>");
    put_object(&p, "<< /Type /Pages /Kids [2 0 R] /Count 1000000000 >>");
    end_pdf(&p, "loop.pdf", "");
}

static void make_encrypted(void)
{
    struct pdf p;

    put_frame(&p);
    put_stream(&p, "", "BT ET", 5);
    put_rest(&p);
    end_pdf(&p, "encrypted.pdf",
            "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
            "/O (0123456789abcdef0123456789abcdef) "
            "/U (fedcba9876543210fedcba9876543210) >> "
            "/ID [(0123456789abcdef) (0123456789abcdef)]");
}

static void make_long(void)
{
    struct buf c;

    buf_init(&c, &mem, 8 << 20);
    buf_put(&c, STR("BT /F 5 Tf 6 TL 20 830 Td\n"));
    for (int i = 0; i < 3000; i++) {
        if (i % 130 == 129)
            buf_put(&c, STR("0 780 Td\n"));
        buf_printf(&c, "(word%05d another%05d third%05d) ' \n", i, i, i);
    }
    buf_put(&c, STR("ET\n"));
    buf_put_char(&c, '\0');
    make_page("long.pdf", c.data);
    buf_clear(&c);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: make_files FOLDER\n");
        return 2;
    }
    folder = argv[1];
    mem_init(&mem, "make_files", 0);
    make_hidden();
    make_tricks();
    make_honest();
    make_columns();
    make_letters();
    make_scans();
    make_pages();
    make_encrypted();
    make_long();
    make_nested();
    make_flate("flate_1gb.pdf", " ", (size_t)1 << 30, true);
    make_flate("flate_q.pdf", "q Q ", (size_t)400 << 20, false);
    make_flate("flate_text.pdf", "BT /F 9 Tf (aaaa bbbb) Tj ET ",
               (size_t)32 << 20, false);
    make_office();
    make_texts();
    return 0;
}
