/* SPDX-License-Identifier: MIT */
#include "parse/titles.h"

#include "text/wordlist.h"

/* Nouns that name what somebody is. */
/* clang-format off */
static const char *const head_nouns[] = {
    "accountant", "actor", "actress", "actuary", "adjuster", "admin",
    "administrator", "adviser", "advisor", "advocate", "aesthetician", "agent",
    "agronomist", "aide", "airman", "ambassador", "anaesthetist", "analyst",
    "anesthesiologist", "anesthetist", "animator", "appraiser", "apprentice",
    "arborist", "archaeologist", "architect", "archivist", "arranger",
    "artisan", "artist", "assembler", "assessor", "assistant", "associate",
    "astronomer", "attendant", "attorney", "audiologist", "auditor", "author",
    "avp", "bailiff", "baker", "banker", "barback", "barber", "barista",
    "barrister", "bartender", "beautician", "beekeeper", "bellhop",
    "biochemist", "biologist", "blacksmith", "blogger", "boilermaker",
    "bookkeeper", "bosun", "botanist", "bottler", "brewer", "bricklayer",
    "broadcaster", "broker", "builder", "busser", "butcher", "buyer",
    "cabinetmaker", "cadet", "cameraman", "candidate", "canvasser", "captain",
    "cardiologist", "caregiver", "carer", "caretaker", "carpenter",
    "cartographer", "caseworker", "cashier", "caterer", "cellist", "ceo", "cfo",
    "chairman", "chairperson", "champion", "chancellor", "chaplain",
    "chauffeur", "chef", "chemist", "chiropractor", "choreographer", "cio",
    "ciso", "cleaner", "clerk", "clinician", "cmo", "cna", "co-founder",
    "co-op", "co-ordinator", "coach", "coder", "cofounder", "collector",
    "colonel", "columnist", "commander", "commis", "commissioner", "companion",
    "composer", "comptroller", "concierge", "concreter", "conductor",
    "confectioner", "congressman", "conservator", "consul", "consultant",
    "contractor", "controller", "conveyancer", "coo", "cook", "coordinator",
    "copywriter", "corporal", "corpsman", "correspondent", "cosmetologist",
    "councillor", "councilman", "councilwoman", "counsel", "counsellor",
    "counselor", "courier", "cpo", "craftsman", "creator", "crewmember", "cro",
    "cso", "cto", "curator", "curer", "custodian", "cutter", "cxo", "dancer",
    "dba", "dealer", "dean", "deckhand", "decorator", "demonstrator", "dentist",
    "deputy", "dermatologist", "designer", "detailer", "detective", "developer",
    "devops", "dietician", "dietitian", "diplomat", "director", "dishwasher",
    "dispatcher", "distiller", "diver", "dj", "doctor", "doorman", "drafter",
    "draftsman", "draftsperson", "dramaturg", "draughtsman", "dressmaker",
    "driller", "driver", "drummer", "ecologist", "economist", "editor",
    "educator", "electrician", "electrotechnician", "embalmer", "emt",
    "engineer", "entrepreneur", "envoy", "epidemiologist", "esthetician",
    "estimator", "evaluator", "evp", "examiner", "executive", "expeditor",
    "expert", "fabricator", "facilitator", "farmer", "farmhand", "farmworker",
    "fieldworker", "finisher", "firefighter", "fireman", "fisherman", "fitter",
    "florist", "forager", "foreman", "forester", "forewoman", "forwarder",
    "founder", "freelancer", "fundraiser", "gaffer", "gardener", "generalist",
    "geneticist", "geographer", "geologist", "geophysicist", "glazier",
    "goldsmith", "governess", "governor", "grader", "grip", "groomer",
    "groundskeeper", "groundsman", "grower", "guard", "guide", "guitarist",
    "gunner", "gynecologist", "hairdresser", "hairstylist", "handler",
    "handyman", "handyperson", "headmaster", "headteacher", "helper",
    "herdsman", "herdsperson", "historian", "hospitalist", "host", "hostess",
    "hotelier", "housekeeper", "hydrologist", "hygienist", "illustrator",
    "imam", "immunologist", "infantryman", "inseminator", "inspector",
    "installer", "instructor", "intensivist", "intern", "internist",
    "interpreter", "interviewer", "inventor", "investigator", "ironworker",
    "janitor", "jeweler", "jeweller", "joiner", "journalist", "journeyman",
    "judge", "keeper", "keyholder", "labeller", "laborer", "labourer",
    "landscaper", "launderer", "lawyer", "leader", "lecturer", "legislator",
    "liaison", "librarian", "lieutenant", "lifeguard", "lineman", "linesman",
    "linguist", "loader", "lobbyist", "locksmith", "logistician", "lpn", "lvn",
    "machinist", "magistrate", "maid", "maker", "manager", "manicurist",
    "marketer", "marshal", "mason", "masseur", "masseuse", "mathematician",
    "mayor", "mechanic", "mediator", "medic", "mentor", "merchandiser",
    "merchandizer", "merchant", "messenger", "metallurgist", "meteorologist",
    "microbiologist", "microscopist", "midwife", "milker", "millwright",
    "miner", "minister", "missionary", "mixologist", "moderator", "mover",
    "musician", "nanny", "navigator", "negotiator", "neurologist", "newsreader",
    "notary", "nurse", "nursemaid", "nutritionist", "obstetrician", "officer",
    "oncologist", "operative", "operator", "optician", "optometrist", "orderly",
    "organiser", "organist", "organizer", "orthodontist", "orthotist", "owner",
    "packager", "packer", "paediatrician", "painter", "paralegal", "paramedic",
    "partner", "pastor", "pathologist", "pediatrician", "pedicurist",
    "performer", "perfusionist", "pharmacist", "pharmacologist", "phlebotomist",
    "photographer", "photojournalist", "physician", "physicist",
    "physiotherapist", "pianist", "picker", "pilot", "pipefitter", "pipelayer",
    "planner", "plasterer", "player", "ploughman", "plumber", "podiatrist",
    "policeman", "porter", "post-doc", "postdoc", "postman", "postmaster",
    "potter", "practitioner", "preacher", "preparer", "presenter", "president",
    "presser", "priest", "principal", "printer", "processor", "proctor",
    "procurer", "producer", "professional", "professor", "programmer",
    "projectionist", "promoter", "proofreader", "proprietor", "prosecutor",
    "prosthetist", "psychiatrist", "psychologist", "psychotherapist",
    "publicist", "publisher", "purchaser", "purser", "quartermaster", "quilter",
    "rabbi", "radiographer", "radiologist", "rancher", "ranger", "realtor",
    "receiver", "receptionist", "recruiter", "referee", "registrar",
    "regulator", "renderer", "rep", "reporter", "representative", "researcher",
    "resident", "restorer", "retailer", "reviewer", "rifleman", "rigger", "rn",
    "roofer", "runner", "sailor", "salesclerk", "salesman", "salesperson",
    "saleswoman", "sawyer", "scaffolder", "scenographer", "scholar",
    "scientist", "scout", "scribe", "scrummaster", "sculptor", "sde",
    "seamstress", "secretary", "seller", "senator", "sergeant", "server",
    "serviceman", "setter", "shepherd", "sheriff", "shipper", "shopfitter",
    "shopper", "signaller", "signalman", "singer", "sitter", "soldier",
    "solicitor", "sommelier", "sonographer", "soprano", "sorter", "sourcer",
    "specialist", "spokesperson", "sre", "staffer", "stagehand", "stager",
    "statistician", "steamfitter", "steelfixer", "stenographer", "steward",
    "stewardess", "stocker", "stockman", "stockperson", "storekeeper",
    "storeman", "strategist", "student", "stylist", "sub-editor", "subeditor",
    "superintendent", "supervisor", "supplier", "surgeon", "surveyor", "svp",
    "sysadmin", "tailor", "teacher", "techlead", "technician", "technologist",
    "telecaller", "telemarketer", "telephonist", "teller", "tester",
    "therapist", "tiler", "toolmaker", "toxicologist", "trader", "trainee",
    "trainer", "transcriber", "transcriptionist", "translator", "treasurer",
    "trimmer", "trooper", "trucker", "trustee", "tutor", "typist", "understudy",
    "undertaker", "underwriter", "upholsterer", "urologist", "usher", "valet",
    "valuer", "vendor", "vet", "veterinarian", "videographer", "vintner",
    "violinist", "virologist", "volunteer", "vp", "waiter", "waitress",
    "warden", "warehouseman", "washer", "watchman", "weaver", "webdesigner",
    "webmaster", "welder", "winemaker", "woodworker", "worker", "workman",
    "writer", "yeoman", "zookeeper", "zoologist"};
/* clang-format on */
/* These name somebody only behind another word: "team lead". */
/* clang-format off */
static const char *const weak_nouns[] = {
    "anchor", "chair", "chief", "dev", "fellow", "hand", "head", "lead",
    "major", "marine", "mate", "md", "member", "model", "monitor", "np", "pa",
    "private", "qa", "reader", "tech", "temp"};
/* clang-format on */
/* What may follow the noun: "Director of", "Nurse II", "Engineer, Senior". */
/* clang-format off */
static const char *const after_noun[] = {
    "&", "-", "a", "and", "at", "class", "de", "des", "executive", "first",
    "for", "grade", "i", "ii", "iii", "in", "iv", "jr", "junior", "level", "of",
    "on", "senior", "sr", "to", "v", "with"};
/* clang-format on */
/* Words in small letters that a title may hold. */
/* clang-format off */
static const char *const small_words[] = {
    "a", "and", "at", "de", "des", "du", "e", "for", "in", "la", "of", "on",
    "per", "the", "to", "und", "von", "with"};
/* clang-format on */

#define MAX_WORDS 10 /* a longer phrase is a sentence */

bool title_is_noun(struct str word)
{
    return wordlist_has(WORDLIST(head_nouns), word);
}

bool title_tables_are_sorted(void)
{
    return wordlist_is_sorted(WORDLIST(head_nouns)) &&
           wordlist_is_sorted(WORDLIST(weak_nouns)) &&
           wordlist_is_sorted(WORDLIST(after_noun)) &&
           wordlist_is_sorted(WORDLIST(small_words));
}

/* Whether the noun that ends at `end` is where the phrase's head may be: at
 * its end, before a mark, or before a word such as "of" or "II". */
static bool is_head(struct str phrase, size_t end)
{
    size_t i = end;

    while (i < phrase.len && phrase.data[i] == ' ')
        i++;
    if (i >= phrase.len)
        return true;
    if (!ascii_is_alnum((unsigned char)phrase.data[i]))
        return true;
    uint32_t at = (uint32_t)i;
    struct span next =
        wordlist_next_word(phrase, (struct span){0, (uint32_t)phrase.len}, &at);
    return ascii_is_digit((unsigned char)phrase.data[i]) ||
           wordlist_has(WORDLIST(after_noun), span_of(phrase, next));
}

/* "Account Executive/Manager": the part before or behind the stroke. */
static bool is_noun_part(struct str word)
{
    return title_is_noun(word) || (str_ends_nocase(word, STR("-in-chief"))) ||
           (str_starts_nocase(word, STR("vice-")));
}

enum title_strength title_judge(struct str phrase)
{
    struct span all = {0, (uint32_t)phrase.len};
    uint32_t at = 0;
    unsigned n = 0, small = 0;
    enum title_strength best = TITLE_NO;

    for (;;) {
        struct span span = wordlist_next_word(phrase, all, &at);
        struct str word = span_of(phrase, span);
        if (!word.len)
            break;
        /* "4th Grade Teacher", but not "20 engineers" */
        if (n == 0 && ascii_is_digit((unsigned char)word.data[0]) &&
            !ascii_is_alpha((unsigned char)word.data[word.len - 1]))
            return TITLE_NO;
        n++;
        if (ascii_is_lower((unsigned char)word.data[0]) &&
            !wordlist_has(WORDLIST(small_words), word))
            small++;
        bool is_noun = is_noun_part(word) ||
                       (n > 1 && wordlist_has(WORDLIST(weak_nouns), word)) ||
                       (n == 1 && (str_starts_nocase(phrase, STR("head of ")) ||
                                   str_starts_nocase(phrase, STR("chef de "))));
        if (!is_noun)
            continue;
        enum title_strength here =
            is_head(phrase, span.end) || n == 1 ? TITLE_STRONG : TITLE_WEAK;
        if (n == 1 && !is_head(phrase, span.end))
            here = TITLE_WEAK;
        if (here > best)
            best = here;
    }
    if (n > MAX_WORDS || (small > 3 && small > n / 2))
        return TITLE_NO;
    if (phrase.len && ascii_is_lower((unsigned char)phrase.data[0]) &&
        best == TITLE_STRONG)
        return n <= 4 ? TITLE_WEAK : TITLE_NO;
    return best;
}
