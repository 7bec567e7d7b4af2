#!/bin/bash
# What the helper reads of each format, and what it leaves out and reports.
. "$(dirname "$0")/setup.sh"

# text FILE: what dump prints of it.
text() { "$dump" "$helper" "$files/$1" 2>&1; }
lines() { "$dump" "$helper" -l "$files/$1" 2>&1; }
# only TEXT PATTERN NAME: the pattern is nowhere in what is not a report.
lacks() {
    ! grep -vE '^HIDDEN |^WARNING ' <<<"$1" | grep -qE -- "$2"
    ok $? "$3"
}

out=$(text hidden.pdf)
like "$out" '^Plain visible words$' "PDF: plain text"
like "$out" '^White on dark' "PDF: white on a dark bar is visible"
like "$out" '^After the bar' "PDF: text after a fill is visible"
lacks "$out" 'trick' "PDF: no trick gets into the text"
for trick in 'colour of its background: .*alpha' 'background: .*bravo' \
    'drawn invisibly: .*charlie' 'smaller than 4 pt: .*delta' \
    'outside of the page: .*echo' 'clipped away: .*foxtrot' \
    'covered by something else: .*golf' 'covered .*hotel' \
    'background: .*india'; do
    like "$out" "^HIDDEN p1 .*$trick" "PDF: reported: ${trick##*.\*}"
done

out=$(text tricks.pdf)
lacks "$out" 'trick' "PDF: no flat or striped text gets into the text"
for trick in 'smaller than 4 pt: .*alpha' 'smaller than 4 pt: .*bravo' \
    'covered by something else: .*charlie'; do
    like "$out" "^HIDDEN p1 .*$trick" "PDF: reported: ${trick##*.\*}"
done
for words in 'Condensed words' 'Struck words'; do
    like "$out" "^$words\$" "PDF: not hidden: $words"
done

out=$(text honest.pdf)
lacks "$out" 'nothing' "PDF: an honest page reads"
for words in 'White on a photograph' 'Inside of a frame' Badge \
    'Painted letters' Outlined Shadowed 'Pale footer'; do
    like "$out" "^$words\$" "PDF: not hidden: $words"
done
! grep -q '^HIDDEN' <<<"$out"
ok $? "PDF: no false report"

out=$(text columns.pdf)
before=$(grep -n 'left line 11' <<<"$out" | cut -d: -f1)
after=$(grep -n 'right line 00' <<<"$out" | cut -d: -f1)
[ "${before:-9}" -lt "${after:-0}" ]
ok $? "PDF: two columns drawn by rows are read one after the other"
is "$(head -n 1 <<<"$out")" "Jane Roe across the page" "PDF: the title first"
like "$(tail -n 1 <<<"$out")" '^Below both' "PDF: what is below, last"
out=$(text sidebar.pdf)
before=$(grep -n 'Skill number 13' <<<"$out" | cut -d: -f1)
after=$(grep -n 'Work line 00' <<<"$out" | cut -d: -f1)
[ "${before:-9}" -lt "${after:-0}" ]
ok $? "PDF: a side bar is read before the main column"
out=$(text dates.pdf)
like "$out" "^Engineer, Other Inc	03/2015 - 12/2018\$" \
    "PDF: a date at the margin stays on its line"
out=$(lines table.pdf)
like "$out" '^LINE p1 cell .*Python	7	expert' "PDF: a row of a table"
out=$(text letters.pdf)
like "$out" '^Office and flow$' "PDF: ligatures are letters"
like "$out" '^Responsible for the management$' "PDF: a cut word is whole"
like "$out" '^of a well-known$' "PDF: a hyphen that belongs stays"
like "$out" '^SKILLS$' "PDF: wide-set letters are a word"
like "$out" '^EDUCATION$' "PDF: spelled letters are a word"
like "$out" '^Kerned words$' "PDF: kerning does not cut words"
like "$out" '^café naïve$' "PDF: accents"
like "$out" '^Sideways$' "PDF: rotated text"
like "$out" '^co-founder of all$' "PDF: a glyph that claims to be many is one"
out=$(lines hidden.pdf)
like "$out" '^LINE p1 body 12.0pt 3 words \(72,' "PDF: lines have boxes"

out=$(text rich.docx)
lacks "$out" 'trick|deletedword|codeword|movedword|commentword|titlepage' \
    "DOCX: nothing that is not shown"
for trick in 'marked as hidden: .*alpha' 'marked as hidden: .*bravo' \
    'background: .*charlie' 'smaller than 4 pt: .*delta'; do
    like "$out" "^HIDDEN p1 .*$trick" "DOCX: reported: ${trick##*.\*}"
done
is "$(head -n 1 <<<"$out")" "Jane Header" "DOCX: the header first"
for line in 'Work Experience' 'Plain & simple' 'Split bold tail	2019' \
    '• first bullet' '1. step one' '2. step two' 'White on dark' \
    'kept inserted' 'Anchor line goes on' 'Skill	Years' 'Python	7' \
    'office cooperate python café a z' 'A footnote' 'Jane Footer'; do
    like "$out" "^$line\$" "DOCX: $line"
done
is "$(grep -c 'Boxed contact' <<<"$out")" 1 "DOCX: a text box, once"
is "$(grep -A3 '^Side one' <<<"$out" | tr '\n' '|')" \
    "Side one|Side two||Main one|" "DOCX: a layout table cell by cell"
out=$(lines rich.docx)
like "$out" '^LINE p1 heading bold 16.0pt .*Work Experience' "DOCX: headings"
like "$out" '^LINE p1 heading bold 16.0pt .*Education' "DOCX: inherited style"
like "$out" '^LINE p1 item .*first bullet' "DOCX: items"
out=$(text tricks.docx)
lacks "$out" 'trick' "DOCX: no trick of paragraphs or widths gets in"
for trick in 'clipped away: .*alpha' 'clipped away: .*bravo' \
    'outside of the page: .*charlie' 'outside of the page: .*delta' \
    'smaller than 4 pt: .*echo' 'marked as hidden: .*foxtrot' \
    'marked as hidden: .*golf' 'background: .*hotel' \
    'outside of the page: .*india' 'outside of the page: .*juliett'; do
    like "$out" "^HIDDEN p1 .*$trick" "DOCX: reported: ${trick##*.\*}"
done
for line in 'Tight lines' 'Deep indent' 'Narrow letters' 'Marked yellow' \
    'Shown again' 'Box on the page' 'Frame on the page'; do
    like "$out" "^$line\$" "DOCX: not hidden: $line"
done
out=$(text tables.docx)
like "$out" 'deep inside' "DOCX: tables in tables in tables"

out=$(text rich.odt)
lacks "$out" 'trick|deletedword|commentword' "ODT: nothing that is not shown"
like "$out" '^HIDDEN p1 marked as hidden: .*alpha' "ODT: hidden text"
like "$out" '^HIDDEN p1 .*background: .*bravo' "ODT: white text"
for line in 'Experience' 'Engineer	2019' '• two' 'Skill	Years' 'With note' \
    'Boxed' 'Head line' 'Foot line'; do
    like "$out" "^$line\$" "ODT: $line"
done
like "$(lines rich.odt)" '^LINE p1 body bold 16.0pt .*Engineer' \
    "ODT: styles are inherited"

out=$(text rich.rtf)
lacks "$out" 'trick|deletedword|infoword|codeword|skippedword' \
    "RTF: nothing that is not shown"
like "$out" '^HIDDEN p1 marked as hidden: .*alpha' "RTF: hidden text"
like "$out" '^HIDDEN p1 .*background: .*bravo' "RTF: white text"
for line in 'Head line' 'Experience' 'Café naïve Пр — end' 'seen tail' \
    'White on dark' '• item one' 'Skill	Years' 'Behind link' '😀'; do
    like "$out" "^$line\$" "RTF: $line"
done
like "$(lines rich.rtf)" '^LINE p1 heading bold .*Experience' "RTF: headings"

out=$(text rich.html)
lacks "$out" 'trick|titleword|script|commentword' \
    "HTML: nothing that is not shown"
for trick in 'marked as hidden: .*alpha' 'background: .*bravo' \
    'smaller than 4 pt: .*charlie' 'marked as hidden: .*delta' \
    'marked as hidden: .*echo' 'outside of the page: .*foxtrot'; do
    like "$out" "^HIDDEN p1 .*$trick" "HTML: reported: ${trick##*.\*}"
done
for line in 'Jane & Roe' 'Café AB bold tail' 'White on dark' \
    'Seen on screens' '• one' '• three' 'Go	3' 'a' 'b' \
    '3 < 4 &unknown; ©'; do
    like "$out" "^$line\$" "HTML: $line"
done

for set in utf8 utf16le utf16be; do
    like "$(text $set.txt)" '^Jürgen' "text: $set"
done
like "$(text latin1.txt)" 'Jürgen Müller, Straße 5' "text: Latin-1"
like "$(text cp1251.txt)" 'Иван Петров' "text: Windows-1251"
like "$(text sjis.txt)" '履歴書' "text: Shift-JIS"
like "$(lines utf8.txt)" '^LINE p1 item .*- item one' "text: items"
out=$(text notes.md)
like "$out" '^Some bold code text$' "Markdown: without marks"
like "$(lines notes.md)" '^LINE p1 heading .* Skills' "Markdown: headings"
like "$(lines notes.md)" '^LINE p1 cell .* Go	3' "Markdown: tables"
like "$(text hash.txt)" '^C# and F# are' "text: C# is no heading"
like "$(text hash.txt)" '^x \*\* y' "text: stars stay in plain text"
out=$(text tricks.txt)
like "$out" '^python and tags and می‌خ fine' "text: zero-width characters"
like "$out" '^HIDDEN p1 zero-width characters: .*hi' "text: invisible tags"
like "$(lines pages.txt)" '^LINE p2 .*page two' "text: form feeds end pages"
finish
