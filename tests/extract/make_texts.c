/* SPDX-License-Identifier: MIT */
/* RTF, HTML, plain text in many character sets, and what is no document. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "make_files.h"

static void put(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static void make_rtf(void)
{
    put("rich.rtf",
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}{\\f1"
        "\\fcharset204 Cyr;}}{\\colortbl;\\red255\\green255\\blue255;\\red0"
        "\\green0\\blue64;}{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}}"
        "{\\info{\\author infoword}}{\\header\\pard Head line\\par}"
        "\\pard\\s1\\b Experience\\b0\\par\\pard Caf\\'e9 na\\u239?ve "
        "{\\f1\\'cf\\'f0} \\emdash  end\\par"
        "\\pard seen {\\v trickstyle alpha}{\\cf1 trickwhite bravo}"
        "{\\deleted deletedword} tail\\par"
        "{\\highlight2\\cf1 White on dark}\\par"
        "{\\listtext\\bullet\\tab}item one\\par"
        "\\trowd\\cellx100\\cellx200\\pard\\intbl Skill\\cell Years\\cell\\row"
        "\\pard Behind {\\field{\\*\\fldinst HYPERLINK codeword}{\\fldrslt "
        "link}}{\\*\\unknown skippedword}\\par"
        "{\\pict\\bin5 }}}}}}\\u-10179?\\u-8704?\\par}");
    /* Groups that never end, numbers that never fit. */
    struct mem mem;
    struct buf b;
    mem_init(&mem, "rtf", 0);
    buf_init(&b, &mem, 8 << 20);
    buf_put(&b, STR("{\\rtf1 "));
    for (int i = 0; i < 500000; i++)
        buf_put(&b, STR("{\\b99999999999 "));
    buf_put(&b, STR("deep text"));
    write_file("deep.rtf", b.data, b.len);
    buf_clear(&b);
}

static void make_html(void)
{
    struct mem mem;
    struct buf b;

    put("rich.html",
        "<!DOCTYPE html><html><head><title>titleword</title><style>/* x */"
        ".gone{display:none}.w{color:#fff}.dark{background:#103050}"
        "@media print{.seen{display:none}}</style></head><body>"
        "<h1>Jane &amp; Roe</h1><p>Caf&eacute; &#x41;&#66; <b>bold</b> tail"
        "<p class=gone>trickclass alpha</p>"
        "<p class='w'>trickwhite bravo</p>"
        "<div class=dark><p class=w>White on dark</div>"
        "<p class=seen>Seen on screens"
        "<p style=\"font-size:0\">tricktiny charlie"
        "<p hidden>trickattribute delta</p>"
        "<p style='visibility: hidden'>trickvisibility echo</p>"
        "<div style='position:absolute;left:-9999px'>trickoff foxtrot</div>"
        "<ul><li>one<li>two</ul><ol><li>three</ol>"
        "<table><tr><td>Skill<td>Years<tr><td>Go<td>3</table>"
        "<script>scriptword</script><noscript>scriptless</noscript>"
        "<!-- commentword --><p>a<br>b<p>3 < 4 &unknown; &copy</body></html>");
    mem_init(&mem, "html", 0);
    buf_init(&b, &mem, 8 << 20);
    buf_put(&b, STR("<html><body>"));
    for (int i = 0; i < 100000; i++)
        buf_put(&b, STR("<div>"));
    buf_put(&b, STR("deep text"));
    write_file("deep.html", b.data, b.len);
    buf_reset(&b);
    buf_put(&b, STR("<html><p"));
    for (int i = 0; i < 60000; i++)
        buf_printf(&b, " a%d=1", i);
    buf_put(&b, STR(">wide text"));
    write_file("wide.html", b.data, b.len);
    buf_reset(&b);
    buf_put(&b, STR("<html>"));
    for (int i = 0; i < 30000; i++)
        buf_put(&b, STR("<b><p>x</i>"));
    write_file("mixed.html", b.data, b.len);
    buf_clear(&b);
}

static void make_sets(void)
{
    put("utf8.txt", "\xef\xbb\xbf"
                    "J\xc3\xbcrgen\r\n\r\n- item one\r\n* item two\r\nEnd\n");
    put("latin1.txt", "J\xfcrgen M\xfcller, Stra\xdf"
                      "e 5, gro\xdf und k\xfchn, \xe4hnlich sch\xf6n\n");
    put("cp1251.txt",
        "\xc8\xe2\xe0\xed \xcf\xe5\xf2\xf0\xee\xe2, \xe8\xed\xe6\xe5\xed\xe5"
        "\xf0, \xd1\xe0\xed\xea\xf2-\xcf\xe5\xf2\xe5\xf0\xe1\xf3\xf0\xe3, "
        "\xee\xef\xfb\xf2 \xf0\xe0\xe1\xee\xf2\xfb \xef\xff\xf2\xfc "
        "\xeb\xe5\xf2\n");
    put("sjis.txt", "\x97\x9a\x97\xf0\x8f\x91 \x8e\x81\x96\xbc "
                    "\x8e\x52\x93\x63\x91\xbe\x98\x59 \x8a\x77\x97\xf0 "
                    "\x93\x8c\x8b\x9e\x91\xe5\x8a\x77\x91\xb2\x8b\xc6\n");
    write_file("utf16le.txt", "\xff\xfeJ\0\xfc\0r\0g\0e\0n\0\n\0", 16);
    write_file("utf16be.txt", "\0J\0\xfc\0r\0g\0e\0n\0 \0o\0k\0\n", 20);
    put("notes.md", "# Jane Roe\n\nSome **bold** `code` text\n\nSkills\n------"
                    "\n\n- Python\n\n| Skill | Years |\n|---|---|\n| Go | 3 "
                    "|\n");
    put("hash.txt", "C# and F# are languages\n#hashtag\nx ** y\n");
    put("tricks.txt", "pyth\xe2\x80\x8bon and "
                      "\xf3\xa0\x81\xa8\xf3\xa0\x81\xa9 tags and "
                      "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae fine\x1b[31m\n");
    put("pages.txt", "page one\fpage two\n");
}

static void make_no_documents(void)
{
    struct mem mem;
    struct buf b;

    write_file("empty", "", 0);
    put("spaces", " \n\t\n");
    write_file("a.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    write_file("a.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10);
    write_file("a.elf",
               "\x7f"
               "ELF\2\1\1",
               7);
    write_file("a.gz", "\x1f\x8b\x08\0\0\0\0\0", 8);
    put("a.rar", "Rar!\x1a\x07\x01");
    write_file("fake.pdf", "GIF89a", 6);
    mem_init(&mem, "ole", 0);
    buf_init(&b, &mem, 1 << 20);
    buf_put_bytes(&b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    buf_put_bytes(&b, "....W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", 28);
    write_file("old.doc", b.data, b.len);
    b.len = 8;
    buf_put_bytes(&b, "....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                  36);
    write_file("locked.docx", b.data, b.len);
    buf_reset(&b);
    for (unsigned i = 0, x = 1; i < 4096; i++) {
        x = x * 1103515245u + 12345u;
        buf_put_char(&b, (char)(x >> 16));
    }
    write_file("noise.bin", b.data, b.len);
    /* The same, longer than what the kind of a text is told by. */
    for (unsigned i = 0, x = 2; i < 100000; i++) {
        x = x * 1103515245u + 12345u;
        buf_put_char(&b, (char)(x >> 16));
    }
    write_file("long_noise.bin", b.data, b.len);
    buf_clear(&b);
    put("cut.pdf", "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\n");
    put("only_magic.pdf", "%PDF-");
    put("cut.zip", "PK\3\4");
}

void make_texts(void)
{
    make_rtf();
    make_html();
    make_sets();
    make_no_documents();
}
