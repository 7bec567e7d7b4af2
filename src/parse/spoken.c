/* SPDX-License-Identifier: MIT */
#include "parse/spoken.h"

#include "base/vec.h"
#include "text/wordlist.h"

/* What language_names points to. */
/* clang-format off */
static const char *const languages[] = {
    "Afrikaans", "Albanian", "American Sign Language", "Amharic", "Arabic",
    "Armenian", "Assamese", "Auslan", "Azerbaijani", "Basque", "Belarusian",
    "Bengali", "Berber", "Bosnian", "British Sign Language", "Bulgarian",
    "Burmese", "Cantonese", "Catalan", "Cebuano", "Chinese", "Creole",
    "Croatian", "Czech", "Danish", "Dari", "Dutch", "English", "Esperanto",
    "Estonian", "Filipino", "Finnish", "French", "Gaelic", "Galician",
    "Georgian", "German", "Greek", "Gujarati", "Haitian Creole", "Hakka",
    "Hausa", "Hawaiian", "Hebrew", "Hindi", "Hmong", "Hokkien", "Hungarian",
    "Icelandic", "Igbo", "Indonesian", "Irish", "Italian", "Japanese",
    "Javanese", "Kannada", "Kazakh", "Khmer", "Kinyarwanda", "Konkani",
    "Korean", "Kurdish", "Kyrgyz", "Lao", "Latin", "Latvian", "Lithuanian",
    "Luxembourgish", "Macedonian", "Malay", "Malayalam", "Maltese", "Mandarin",
    "Maori", "Marathi", "Mongolian", "Nepali", "Norwegian", "Odia", "Pashto",
    "Persian", "Polish", "Portuguese", "Punjabi", "Quechua", "Romanian",
    "Russian", "Samoan", "Sanskrit", "Serbian", "Serbo-Croatian", "Shona",
    "Sindhi", "Sinhala", "Slovak", "Slovenian", "Somali", "Spanish",
    "Sundanese", "Swahili", "Swedish", "Tagalog", "Tajik", "Tamil", "Tatar",
    "Telugu", "Thai", "Tibetan", "Tigrinya", "Tongan", "Turkish", "Turkmen",
    "Twi", "Ukrainian", "Urdu", "Uyghur", "Uzbek", "Vietnamese", "Welsh",
    "Wolof", "Xhosa", "Yiddish", "Yoruba", "Zulu"};
/* clang-format on */

/* Index in languages by name. */
/* clang-format off */
static const struct wordmap_entry language_names[] = {
    {"afrikaans", 0}, {"albanian", 1}, {"american sign language", 2},
    {"amharic", 3}, {"arabic", 4}, {"armenian", 5}, {"asl", 2}, {"assamese", 6},
    {"auslan", 7}, {"azerbaijani", 8}, {"azeri", 8}, {"bahasa", 50},
    {"bangla", 11}, {"basque", 9}, {"belarusian", 10}, {"bengali", 11},
    {"berber", 12}, {"bosnian", 13}, {"british sign language", 14}, {"bsl", 14},
    {"bulgarian", 15}, {"burmese", 16}, {"cantonese", 17}, {"castilian", 97},
    {"catalan", 18}, {"cebuano", 19}, {"chinese", 20}, {"creole", 21},
    {"croatian", 22}, {"czech", 23}, {"danish", 24}, {"dari", 25},
    {"deutsch", 36}, {"dutch", 26}, {"english", 27}, {"espa\xC3\xB1ol", 97},
    {"esperanto", 28}, {"estonian", 29}, {"farsi", 80}, {"filipino", 30},
    {"finnish", 31}, {"flemish", 26}, {"fran\xC3\xA7""ais", 32}, {"french", 32},
    {"gaelic", 33}, {"galician", 34}, {"georgian", 35}, {"german", 36},
    {"greek", 37}, {"gujarati", 38}, {"haitian creole", 39}, {"hakka", 40},
    {"hausa", 41}, {"hawaiian", 42}, {"hebrew", 43}, {"hindi", 44},
    {"hmong", 45}, {"hokkien", 46}, {"hungarian", 47}, {"icelandic", 48},
    {"igbo", 49}, {"indonesian", 50}, {"irish", 51}, {"italian", 52},
    {"italiano", 52}, {"japanese", 53}, {"javanese", 54}, {"kannada", 55},
    {"kazakh", 56}, {"khmer", 57}, {"kinyarwanda", 58}, {"konkani", 59},
    {"korean", 60}, {"kurdish", 61}, {"kyrgyz", 62}, {"lao", 63}, {"latin", 64},
    {"latvian", 65}, {"lithuanian", 66}, {"luxembourgish", 67},
    {"macedonian", 68}, {"malay", 69}, {"malayalam", 70}, {"maltese", 71},
    {"mandarin", 72}, {"mandarin chinese", 72}, {"maori", 73}, {"marathi", 74},
    {"mongolian", 75}, {"nederlands", 26}, {"nepali", 76}, {"norwegian", 77},
    {"odia", 78}, {"oriya", 78}, {"pashto", 79}, {"persian", 80},
    {"polish", 81}, {"polski", 81}, {"portuguese", 82},
    {"portugu\xC3\xAAs", 82}, {"punjabi", 83}, {"quechua", 84},
    {"romanian", 85}, {"russian", 86}, {"samoan", 87}, {"sanskrit", 88},
    {"serbian", 89}, {"serbo-croatian", 90}, {"shona", 91}, {"sindhi", 92},
    {"sinhala", 93}, {"sinhalese", 93}, {"slovak", 94}, {"slovene", 95},
    {"slovenian", 95}, {"somali", 96}, {"spanish", 97}, {"sundanese", 98},
    {"swahili", 99}, {"swedish", 100}, {"tagalog", 101}, {"tajik", 102},
    {"tamil", 103}, {"tatar", 104}, {"telugu", 105}, {"thai", 106},
    {"tibetan", 107}, {"tigrinya", 108}, {"tongan", 109}, {"turkish", 110},
    {"turkmen", 111}, {"twi", 112}, {"ukrainian", 113}, {"urdu", 114},
    {"uyghur", 115}, {"uzbek", 116}, {"vietnamese", 117}, {"welsh", 118},
    {"wolof", 119}, {"xhosa", 120}, {"yiddish", 121}, {"yoruba", 122},
    {"zulu", 123}};
/* clang-format on */

/* Levels in words, on the scale of struct spoken_language. */
/* clang-format off */
static const struct wordmap_entry level_names[] = {
    {"a1", 1}, {"a2", 2}, {"advanced", 5}, {"average", 3}, {"b1", 3}, {"b2", 4},
    {"basic", 1}, {"basic knowledge", 1}, {"basic user", 2}, {"basics", 1},
    {"beginner", 1}, {"beginners", 1}, {"bilingual", 7},
    {"bilingual proficiency", 7}, {"breakthrough", 1}, {"business", 4},
    {"business fluent", 5}, {"business level", 5}, {"c1", 5}, {"c2", 6},
    {"communicative", 3}, {"conversant", 4}, {"conversational", 3},
    {"elementary", 2}, {"elementary proficiency", 2}, {"excellent", 5},
    {"expert", 5}, {"fair", 3}, {"first language", 7}, {"fluency", 5},
    {"fluent", 5}, {"fluently", 5}, {"full professional", 6},
    {"full professional proficiency", 6}, {"full proficiency", 5},
    {"full working", 4}, {"full working proficiency", 5}, {"good", 4},
    {"good command", 4}, {"high proficiency", 5}, {"highly proficient", 5},
    {"independent user", 3}, {"intermediate", 3}, {"l1", 7}, {"learning", 1},
    {"limited", 2}, {"limited working", 3}, {"limited working proficiency", 3},
    {"lower intermediate", 2}, {"mastery", 6}, {"medium", 3}, {"moderate", 3},
    {"mother tongue", 7}, {"mother-tongue", 7}, {"mothertongue", 7},
    {"muttersprache", 7}, {"native", 7}, {"native language", 7}, {"native level", 7},
    {"native or bilingual", 7}, {"native proficiency", 7},
    {"native speaker", 7}, {"native-level", 7}, {"native/bilingual", 7}, {"near native", 6},
    {"near-native", 6}, {"negotiation level", 5}, {"notions", 1}, {"novice", 1},
    {"pre intermediate", 2}, {"pre-advanced", 3}, {"pre-intermediate", 2},
    {"professional", 5}, {"professional fluency", 5},
    {"professional proficiency", 5}, {"professional working", 4},
    {"professional working proficiency", 4}, {"proficient", 5},
    {"proficient user", 6}, {"rudimentary", 1}, {"school level", 1},
    {"some", 2}, {"starter", 1}, {"strong", 4}, {"superior", 5},
    {"threshold", 3}, {"upper intermediate", 4}, {"upper-intermediate", 4},
    {"vantage", 4}, {"very good", 5}, {"waystage", 2}, {"working", 4},
    {"working knowledge", 4}, {"working proficiency", 4}};
/* clang-format on */

struct str spoken_find(struct str name)
{
    int i = wordmap_find(WORDMAP(language_names), name);

    return i < 0 ? STR_NONE : str_of(languages[i]);
}

bool spoken_tables_are_sorted(void)
{
    return wordmap_is_sorted(WORDMAP(language_names)) &&
           wordmap_is_sorted(WORDMAP(level_names));
}

/* ILR: 0 to 5 with a plus; "ILR 3", "S-3/R-3". */
static uint8_t ilr_level(struct str word)
{
    static const uint8_t levels[] = {0, 2, 3, 5, 6, 7};

    if (word.len == 0 || word.data[0] < '0' || word.data[0] > '5')
        return 0;
    return levels[word.data[0] - '0'];
}

/* The words [first, first + n) as one phrase of the table. */
static int phrase_level(struct str text, const struct span *words, size_t n)
{
    struct str phrase = str_slice(text, words[0].start, words[n - 1].end);

    return wordmap_find(WORDMAP(level_names), phrase);
}

uint8_t spoken_level(struct str text, struct span within)
{
    struct span words[24];
    size_t n = 0, best_len = 0;
    uint32_t at = within.start;
    int best = 0;

    while (n < sizeof(words) / sizeof(words[0])) {
        struct span word = wordlist_next_word(text, within, &at);
        if (span_is_empty(word))
            break;
        words[n++] = word;
    }
    for (size_t i = 0; i < n; i++) {
        if (str_eq_nocase(span_of(text, words[i]), STR("ilr")) && i + 1 < n)
            return ilr_level(span_of(text, words[i + 1]));
        for (size_t len = n - i < 4 ? n - i : 4; len > 0; len--) {
            int level = phrase_level(text, words + i, len);
            /* The longest phrase says most: "limited working". */
            if (level > 0 && len > best_len) {
                best = level;
                best_len = len;
            }
        }
    }
    return (uint8_t)best;
}

size_t spoken_next(struct str text, struct span within, uint32_t *at,
                   struct span *name)
{
    struct span words[3];

    for (;;) {
        words[0] = wordlist_next_word(text, within, at);
        if (span_is_empty(words[0]))
            return 0;
        /* "Haitian Creole" before "Haitian". */
        uint32_t behind = *at;
        size_t n = 1;
        while (n < 3) {
            words[n] = wordlist_next_word(text, within, &behind);
            if (span_is_empty(words[n]))
                break;
            n++;
        }
        for (; n > 0; n--) {
            *name = (struct span){words[0].start, words[n - 1].end};
            if (spoken_find(span_of(text, *name)).len) {
                *at = name->end;
                return n;
            }
        }
    }
}

/* What separates one language of a list from the next. */
static bool is_list_mark(struct str text, size_t i)
{
    unsigned char c = (unsigned char)text.data[i];
    struct str rest = str_slice(text, i, text.len);

    return c == ',' || c == ';' || c == '|' || c == '\n' || c == '\t' ||
           str_starts(rest, STR("\xE2\x80\xA2")) ||
           str_starts(rest, STR("\xC2\xB7"));
}

/* "Fluent English": the mark or language before, from which words may belong
 * to this one. */
static uint32_t lead_start(struct str text, uint32_t from, uint32_t to)
{
    uint32_t start = from;

    for (uint32_t i = from; i < to; i++) {
        if (is_list_mark(text, i))
            start = i + 1;
    }
    return start;
}

/* "German and good English": words behind the "and" are the next one's. */
static bool is_and_of_next(struct str text, uint32_t i, uint32_t to)
{
    static const char *const joints[] = {" and ", " & ", " + "};
    struct str rest = str_slice(text, i, to);

    for (size_t k = 0; k < sizeof(joints) / sizeof(joints[0]); k++)
        if (str_starts_nocase(rest, str_of(joints[k])))
            return str_trim(rest).len + 2 > strlen(joints[k]);
    return false;
}

/* has_next: another language stands at `to`. */
static uint32_t tail_end(struct str text, uint32_t from, uint32_t to,
                         bool has_next)
{
    unsigned depth = 0;

    for (uint32_t i = from; i < to; i++) {
        if (has_next && !depth && is_and_of_next(text, i, to))
            return i;
        if (text.data[i] == '(')
            depth++;
        else if (text.data[i] == ')' && depth)
            depth--;
        /* "English, fluent" when no level stood before the comma. */
        else if (!depth && is_list_mark(text, i) &&
                 spoken_level(text, (struct span){from, i}))
            return i;
    }
    return to;
}

rsc_status spoken_read(struct ctx *ctx, struct spoken_list *out,
                       struct str text, struct span within)
{
    struct span name, next;
    uint32_t at = within.start, before = within.start;
    bool by_lead = false; /* the level stood before the name */
    size_t n = spoken_next(text, within, &at, &name);

    while (n) {
        n = spoken_next(text, within, &at, &next);
        uint32_t stop = n ? next.start : within.end;
        struct spoken_language *item = vec_push(ctx, out);
        if (!item)
            return ctx->error.status;
        *item = (struct spoken_language){
            .name = name,
            .language = spoken_find(span_of(text, name)),
        };
        uint32_t lead = lead_start(text, before, name.start);
        uint32_t end = tail_end(text, name.end, stop, n > 0);
        item->level = spoken_level(text, (struct span){name.end, end});
        if (!item->level)
            item->level = spoken_level(text, (struct span){lead, name.start});
        else
            stop = end;
        /* "Bilingual English and Spanish" */
        if (!item->level && out->len > 1 && by_lead &&
            str_eq_nocase(str_trim(str_slice(text, before, name.start)),
                          STR("and")))
            item->level = out->items[out->len - 2].level;
        by_lead = item->level != 0 && stop != end;
        /* What stood behind this one is not before the next one. */
        before = item->level && !by_lead ? stop : name.end;
        name = next;
    }
    return RSC_OK;
}
