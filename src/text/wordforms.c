/* SPDX-License-Identifier: MIT */
#include "wordforms.h"

struct pair {
    const char *a, *b;
};

/* Plural and singular where the rules below are wrong. */
static const struct pair irregular_plurals[] = {
    {"analyses", "analysis"},
    {"diagnoses", "diagnosis"},
    {"theses", "thesis"},
    {"hypotheses", "hypothesis"},
    {"syntheses", "synthesis"},
    {"prostheses", "prosthesis"},
    {"crises", "crisis"},
    {"matrices", "matrix"},
    {"indices", "index"},
    {"appendices", "appendix"},
    {"criteria", "criterion"},
    {"curricula", "curriculum"},
    {"children", "child"},
    {"women", "woman"},
    {"men", "man"},
    {"teeth", "tooth"},
    {"feet", "foot"},
    {"knives", "knife"},
    {"shelves", "shelf"},
    {"lives", "life"},
    {"leaves", "leaf"},
    {"buses", "bus"},
    {"viruses", "virus"},
    {"campuses", "campus"},
    {"bonuses", "bonus"},
    {"databases", "database"},
    {"cookies", "cookie"},
    {"movies", "movie"},
    {"calories", "calorie"},
};

/* British and American parts of words; the first that fits is taken, and only
 * at a word's end where the pair starts with '-'. A pair that touches other
 * words by accident does no harm as long as both sides of it fold alike. */
static const struct pair spellings[] = {
    {"-isation", "ization"},
    {"-isations", "izations"},
    {"-ise", "ize"},
    {"-ised", "ized"},
    {"-ises", "izes"},
    {"-ising", "izing"},
    {"-iser", "izer"},
    {"-isers", "izers"},
    {"-yse", "yze"},
    {"-ysed", "yzed"},
    {"-yser", "yzer"},
    {"-ysing", "yzing"},
    {"aesthe", "esthe"},
    {"anaesth", "anesth"},
    {"paediat", "pediat"},
    {"orthopaed", "orthoped"},
    {"haemat", "hemat"},
    {"haemo", "hemo"},
    {"anaemi", "anemi"},
    {"gynaeco", "gyneco"},
    {"oestro", "estro"},
    {"oesophag", "esophag"},
    {"caesar", "cesar"},
    {"leukaemi", "leukemi"},
    {"faec", "fec"},
    {"foet", "fet"},
    {"oedema", "edema"},
    {"archaeo", "archeo"},
    {"encyclopaed", "encycloped"},
    {"manoeuv", "maneuv"},
    {"behaviour", "behavior"},
    {"colour", "color"},
    {"labour", "labor"},
    {"honour", "honor"},
    {"favour", "favor"},
    {"flavour", "flavor"},
    {"harbour", "harbor"},
    {"neighbour", "neighbor"},
    {"humour", "humor"},
    {"tumour", "tumor"},
    {"rigour", "rigor"},
    {"armour", "armor"},
    {"vapour", "vapor"},
    {"endeavour", "endeavor"},
    {"odour", "odor"},
    {"-centre", "center"},
    {"-centres", "centers"},
    {"-metre", "meter"},
    {"-metres", "meters"},
    {"-litre", "liter"},
    {"-litres", "liters"},
    {"-fibre", "fiber"},
    {"-fibres", "fibers"},
    {"-theatre", "theater"},
    {"-theatres", "theaters"},
    {"catalogue", "catalog"},
    {"dialogue", "dialog"},
    {"analogue", "analog"},
    {"modell", "model"},
    {"travell", "travel"},
    {"labell", "label"},
    {"counsell", "counsel"},
    {"channell", "channel"},
    {"signall", "signal"},
    {"cancell", "cancel"},
    {"levell", "level"},
    {"fuell", "fuel"},
    {"tunnell", "tunnel"},
    {"jewell", "jewel"},
    {"-enrolment", "enrollment"},
    {"-fulfilment", "fulfillment"},
    {"-instalment", "installment"},
    {"-skilful", "skillful"},
    {"defence", "defense"},
    {"offence", "offense"},
    {"licence", "license"},
    {"-practise", "practice"},
    {"-practised", "practiced"},
    {"-practising", "practicing"},
    {"-programme", "program"},
    {"-programmes", "programs"},
    {"cheque", "check"},
    {"aluminium", "aluminum"},
    {"plough", "plow"},
    {"mould", "mold"},
    {"draught", "draft"},
    {"artefact", "artifact"},
    {"sulph", "sulf"},
    {"judgement", "judgment"},
    {"ageing", "aging"},
    {"grey", "gray"},
    {"tyre", "tire"},
    {"storey", "story"},
    {"kerb", "curb"},
    {"sceptic", "skeptic"},
    {"cosy", "cozy"},
    {"jewellery", "jewelry"},
    {"homoeo", "homeo"},
    {"acknowledgement", "acknowledgment"},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct word_form word_form_of(struct str word)
{
    struct word_form form = {0};
    if (word.len > 0 && word.len <= SCAN_WORD_MAX) {
        memcpy(form.text, word.data, word.len);
        form.len = (uint8_t)word.len;
    }
    return form;
}

/* form with `cut` bytes less at its end and `add` behind; unchanged where
 * that is too long. */
static struct word_form ending(struct str word, size_t cut, const char *add)
{
    size_t n = strlen(add);
    struct word_form form = word_form_of(word);
    if (cut > word.len || word.len - cut + n > SCAN_WORD_MAX)
        return form;
    memset(form.text + word.len - cut, 0, cut);
    memcpy(form.text + word.len - cut, add, n);
    form.len = (uint8_t)(word.len - cut + n);
    return form;
}

static bool ends(struct str word, const char *end)
{
    return str_ends(word, str_of(end));
}

/* One of 64 for two letters. */
static unsigned pair_bit(const char *two)
{
    return ((unsigned char)two[0] * 7u + (unsigned char)two[1]) & 63u;
}

/* Which pairs of letters stand in the word: most of the spellings are ruled
 * out by one bit. */
static uint64_t pair_bits(struct str word)
{
    uint64_t bits = 0;
    for (size_t i = 0; i + 1 < word.len; i++)
        bits |= (uint64_t)1 << pair_bit(word.data + i);
    return bits;
}

static struct word_form swap_spelling(struct str word, bool to_american)
{
    uint64_t bits = pair_bits(word);

    for (size_t i = 0; i < COUNT(spellings); i++) {
        bool at_end = spellings[i].a[0] == '-';
        const char *british = spellings[i].a + at_end;
        const char *from = to_american ? british : spellings[i].b;
        const char *to = to_american ? spellings[i].b : british;
        size_t n = strlen(from), at;

        if (word.len < n || word.len < 4 || !(bits >> pair_bit(from) & 1))
            continue;
        at = at_end ? word.len - n : str_find(word, str_of(from), 0);
        if (at == SIZE_MAX || memcmp(word.data + at, from, n))
            continue;
        struct word_form form = word_form_of(str_slice(word, 0, at));
        size_t tail = word.len - at - n, m = strlen(to);
        if (at + m + tail > SCAN_WORD_MAX)
            break;
        memcpy(form.text + at, to, m);
        memcpy(form.text + at + m, word.data + at + n, tail);
        form.len = (uint8_t)(at + m + tail);
        return form;
    }
    return word_form_of(word);
}

static struct word_form singular(struct str word)
{
    for (size_t i = 0; i < COUNT(irregular_plurals); i++)
        if (str_eq(word, str_of(irregular_plurals[i].a)))
            return word_form_of(str_of(irregular_plurals[i].b));
    if (word.len < 4 || !ends(word, "s") || ends(word, "ss") ||
        ends(word, "us") || ends(word, "is"))
        return word_form_of(word);
    if (ends(word, "ies") && word.len > 4)
        return ending(word, 3, "y");
    if (ends(word, "sses") || ends(word, "shes") || ends(word, "ches") ||
        ends(word, "xes"))
        return ending(word, 2, "");
    return ending(word, 1, "");
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Also the third person of a verb. */
static struct word_form plural(struct str word)
{
    for (size_t i = 0; i < COUNT(irregular_plurals); i++)
        if (str_eq(word, str_of(irregular_plurals[i].b)))
            return word_form_of(str_of(irregular_plurals[i].a));
    if (word.len < 2)
        return word_form_of(word);
    if (ends(word, "y") && !is_vowel(word.data[word.len - 2]))
        return ending(word, 1, "ies");
    if (ends(word, "s") || ends(word, "sh") || ends(word, "ch") ||
        ends(word, "x"))
        return ending(word, 0, "es");
    return ending(word, 0, "s");
}

struct word_form word_canonical(struct str word)
{
    struct word_form form = singular(word);
    form = swap_spelling(word_form_str(&form), true);
    /* "programmes" is American only now. */
    return singular(word_form_str(&form));
}

static size_t put_form(struct word_form *forms, size_t n, size_t max,
                       struct word_form form)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(word_form_str(&forms[i]), word_form_str(&form)))
            return n;
    if (n < max && form.len > 0)
        forms[n++] = form;
    return n;
}

size_t word_forms(struct str word, struct word_form forms[WORD_FORMS_MAX])
{
    struct word_form key = word_canonical(word), all[WORD_FORMS_MAX];
    size_t n = 0, kept = 0;

    n = put_form(all, n, WORD_FORMS_MAX, word_form_of(word));
    n = put_form(all, n, WORD_FORMS_MAX, key);
    n = put_form(all, n, WORD_FORMS_MAX, singular(word));
    for (size_t i = 0, singles = n; i < singles; i++)
        n = put_form(all, n, WORD_FORMS_MAX,
                     swap_spelling(word_form_str(&all[i]), false));
    for (size_t i = 0, singles = n; i < singles; i++)
        n = put_form(all, n, WORD_FORMS_MAX, plural(word_form_str(&all[i])));
    for (size_t i = 0; i < n; i++) {
        struct word_form other = word_canonical(word_form_str(&all[i]));
        if (str_eq(word_form_str(&other), word_form_str(&key)))
            forms[kept++] = all[i];
    }
    return kept;
}

/* Past and participle of common duty verbs that are irregular; an empty
 * second one equals the first. */
static const struct {
    const char *verb, *past, *participle;
} irregular_verbs[] = {
    {"build", "built", ""},
    {"write", "wrote", "written"},
    {"lead", "led", ""},
    {"teach", "taught", ""},
    {"drive", "drove", "driven"},
    {"sell", "sold", ""},
    {"buy", "bought", ""},
    {"make", "made", ""},
    {"take", "took", "taken"},
    {"give", "gave", "given"},
    {"keep", "kept", ""},
    {"hold", "held", ""},
    {"run", "ran", "run"},
    {"set", "set", ""},
    {"cut", "cut", ""},
    {"find", "found", ""},
    {"meet", "met", ""},
    {"think", "thought", ""},
    {"speak", "spoke", "spoken"},
    {"draw", "drew", "drawn"},
    {"grow", "grew", "grown"},
    {"deal", "dealt", ""},
    {"understand", "understood", ""},
    {"oversee", "oversaw", "overseen"},
    {"bring", "brought", ""},
    {"feed", "fed", ""},
    {"put", "put", ""},
    {"read", "read", ""},
    {"lay", "laid", ""},
    {"sew", "sewed", "sewn"},
    {"weave", "wove", "woven"},
    {"shoot", "shot", ""},
    {"break", "broke", "broken"},
    {"choose", "chose", "chosen"},
    {"know", "knew", "known"},
    {"undertake", "undertook", "undertaken"},
};

/* Longer verbs whose last consonant doubles. */
static const char *const doubling[] = {
    "program", "control", "transfer", "submit", "commit", "refer",
    "format",  "debug",   "equip",    "defer",  "permit",
};

static bool doubles(struct str verb)
{
    size_t n = verb.len;
    for (size_t i = 0; i < COUNT(doubling); i++)
        if (str_eq(verb, str_of(doubling[i])))
            return true;
    if (n < 3 || n > 4)
        return false;
    const char *v = verb.data + n;
    /* plan, ship, set, run; not draw, fix, play */
    return !is_vowel(v[-1]) && v[-1] != 'w' && v[-1] != 'x' && v[-1] != 'y' &&
           is_vowel(v[-2]) && !is_vowel(v[-3]);
}

/* The verb before "ed" and "ing". */
static struct word_form verb_stem(struct str verb)
{
    char last[2] = {verb.data[verb.len - 1], 0};
    if (doubles(verb))
        return ending(verb, 0, last);
    if (last[0] == 'e' && !ends(verb, "ee") && !ends(verb, "oe"))
        return ending(verb, 1, "");
    return word_form_of(verb);
}

size_t verb_forms(struct str verb, struct word_form forms[VERB_FORMS_MAX])
{
    size_t n = put_form(forms, 0, VERB_FORMS_MAX, word_form_of(verb));
    if (verb.len < 2)
        return n;
    struct word_form stem = verb_stem(verb);
    const char *past = NULL, *participle = "";

    n = put_form(forms, n, VERB_FORMS_MAX, plural(verb));
    n = put_form(forms, n, VERB_FORMS_MAX,
                 ending(word_form_str(&stem), 0, "ing"));
    for (size_t i = 0; i < COUNT(irregular_verbs); i++) {
        if (str_eq(verb, str_of(irregular_verbs[i].verb))) {
            past = irregular_verbs[i].past;
            participle = irregular_verbs[i].participle;
        }
    }
    if (past) {
        n = put_form(forms, n, VERB_FORMS_MAX, word_form_of(str_of(past)));
        return put_form(forms, n, VERB_FORMS_MAX,
                        word_form_of(str_of(participle)));
    }
    if (ends(verb, "y") && !is_vowel(verb.data[verb.len - 2]))
        return put_form(forms, n, VERB_FORMS_MAX, ending(verb, 1, "ied"));
    return put_form(forms, n, VERB_FORMS_MAX,
                    ending(word_form_str(&stem), 0, "ed"));
}
