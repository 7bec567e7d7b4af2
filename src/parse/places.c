/* SPDX-License-Identifier: MIT */
#include "parse/places.h"

#include "text/wordlist.h"

/* Codes of states, provinces and countries; written in capitals. */
/* clang-format off */
static const char *const region_codes[] = {
    "ab", "act", "ak", "al", "ar", "az", "bc", "ca", "co", "ct", "dc", "de",
    "eu", "fl", "ga", "hi", "ia", "id", "il", "in", "ks", "ky", "la", "ma",
    "mb", "md", "me", "mi", "mn", "mo", "ms", "mt", "nb", "nc", "nd", "ne",
    "nh", "nj", "nl", "nm", "ns", "nsw", "nt", "nv", "ny", "oh", "ok", "on",
    "or", "pa", "pe", "pr", "qc", "qld", "ri", "sc", "sd", "sk", "tas", "tn",
    "tx", "u.k.", "u.s.", "u.s.a.", "uae", "uk", "us", "usa", "ut", "va", "vic",
    "vt", "wa", "wi", "wv", "wy", "yt"};
/* clang-format on */

/* States, provinces, countries, and what stands in their place. */
/* clang-format off */
static const char *const region_names[] = {
    "afghanistan", "alabama", "alaska", "albania", "alberta", "algeria",
    "andhra pradesh", "angola", "argentina", "arizona", "arkansas", "armenia",
    "assam", "australia", "austria", "azerbaijan", "bahrain", "bangladesh",
    "barbados", "bavaria", "belarus", "belgium", "bihar", "bolivia", "bosnia",
    "botswana", "brazil", "british columbia", "brunei", "bulgaria",
    "california", "cambodia", "cameroon", "canada", "catalonia", "chile",
    "china", "colombia", "colorado", "connecticut", "costa rica", "croatia",
    "cuba", "cyprus", "czech republic", "czechia", "delaware", "denmark",
    "deutschland", "district of columbia", "dominican republic", "ecuador",
    "egypt", "el salvador", "england", "espa\xC3\xB1""a", "estonia", "ethiopia",
    "fiji", "finland", "florida", "france", "georgia", "germany", "ghana",
    "goa", "great britain", "greece", "guatemala", "gujarat", "guyana", "haiti",
    "haryana", "hawaii", "hesse", "honduras", "hong kong", "hungary", "hybrid",
    "iceland", "idaho", "illinois", "india", "indiana", "indonesia", "iowa",
    "iran", "iraq", "ireland", "israel", "italy", "ivory coast", "jamaica",
    "japan", "jordan", "kansas", "karnataka", "kazakhstan", "kentucky", "kenya",
    "kerala", "korea", "kosovo", "kuwait", "kyrgyzstan", "laos", "latvia",
    "lebanon", "libya", "lithuania", "louisiana", "luxembourg", "macau",
    "madagascar", "madhya pradesh", "maharashtra", "maine", "malawi",
    "malaysia", "maldives", "malta", "manitoba", "maryland", "massachusetts",
    "mauritius", "mexico", "michigan", "minnesota", "mississippi", "missouri",
    "moldova", "mongolia", "montana", "montenegro", "morocco", "mozambique",
    "myanmar", "namibia", "nationwide", "nebraska", "nepal", "netherlands",
    "nevada", "new brunswick", "new hampshire", "new jersey", "new mexico",
    "new south wales", "new york", "new zealand", "nicaragua", "nigeria",
    "north carolina", "north dakota", "north macedonia", "northern ireland",
    "norway", "nova scotia", "odisha", "ohio", "oklahoma", "oman", "ontario",
    "oregon", "pakistan", "palestine", "panama", "paraguay", "pennsylvania",
    "peru", "philippines", "poland", "portugal", "puerto rico", "punjab",
    "qatar", "quebec", "queensland", "rajasthan", "remote", "republic of korea",
    "rhode island", "romania", "russia", "rwanda", "saskatchewan",
    "saudi arabia", "saxony", "scotland", "senegal", "serbia", "sierra leone",
    "singapore", "slovakia", "slovenia", "somalia", "south africa",
    "south australia", "south carolina", "south dakota", "south korea", "spain",
    "sri lanka", "state", "sudan", "sweden", "switzerland", "syria", "taiwan",
    "tamil nadu", "tanzania", "tasmania", "telangana", "tennessee", "texas",
    "thailand", "the netherlands", "togo", "trinidad", "tunisia", "turkey",
    "t\xC3\xBCrkiye", "uganda", "ukraine", "united arab emirates",
    "united kingdom", "united states", "united states of america", "uruguay",
    "utah", "uttar pradesh", "uzbekistan", "venezuela", "vermont", "victoria",
    "vietnam", "virginia", "wales", "washington", "west bengal",
    "west virginia", "western australia", "wisconsin", "worldwide", "wyoming",
    "yemen", "zambia", "zimbabwe"};
/* clang-format on */

/* Cities that stand without their country. */
/* clang-format off */
static const char *const city_names[] = {
    "aberdeen", "abu dhabi", "accra", "adelaide", "ahmedabad", "albany",
    "albuquerque", "amsterdam", "anchorage", "ann arbor", "antwerp",
    "arlington", "athens", "atlanta", "auckland", "aurora", "austin",
    "baltimore", "bangalore", "bangkok", "barcelona", "basel", "bath",
    "baton rouge", "bay area", "beijing", "belfast", "belgrade", "bengaluru",
    "berlin", "bern", "bhopal", "bilbao", "birmingham", "boise", "bologna",
    "bonn", "bordeaux", "boston", "boulder", "bradford", "bratislava", "bremen",
    "brighton", "brisbane", "bristol", "brooklyn", "brussels", "bucharest",
    "budapest", "buenos aires", "buffalo", "cairo", "calgary", "cambridge",
    "canberra", "cape town", "cardiff", "casablanca", "chandigarh",
    "charleston", "charlotte", "chennai", "chicago", "christchurch",
    "cincinnati", "city", "cleveland", "coimbatore", "cologne", "colombo",
    "columbus", "copenhagen", "cork", "coventry", "dallas", "darwin", "delhi",
    "denver", "derby", "des moines", "detroit", "dhaka", "doha", "dortmund",
    "dresden", "dubai", "dublin", "dundee", "durban", "durham",
    "d\xC3\xBCsseldorf", "edinburgh", "edmonton", "eindhoven", "el paso",
    "essen", "exeter", "florence", "fort worth", "frankfurt", "fresno",
    "galway", "gdansk", "geneva", "genoa", "ghent", "glasgow", "gothenburg",
    "graz", "greater boston area", "greater london", "guadalajara", "gurgaon",
    "gurugram", "halifax", "hamburg", "hamilton", "hanoi", "hanover", "harare",
    "hartford", "helsinki", "ho chi minh city", "hobart", "honolulu", "houston",
    "hull", "hyderabad", "indianapolis", "indore", "irvine", "istanbul",
    "jacksonville", "jaipur", "jakarta", "jeddah", "jersey city",
    "johannesburg", "kampala", "kansas city", "karachi", "kathmandu", "kiel",
    "kingston", "knoxville", "kochi", "kolkata", "krakow", "kuala lumpur",
    "lagos", "lahore", "las vegas", "lausanne", "leeds", "leicester", "leipzig",
    "lille", "lima", "lincoln", "lisbon", "liverpool", "ljubljana", "london",
    "los angeles", "louisville", "lucknow", "luxembourg", "lyon", "madison",
    "madrid", "malm\xC3\xB6", "manchester", "manhattan", "manila", "marseille",
    "melbourne", "memphis", "mexico city", "miami", "milan", "milton keynes",
    "milwaukee", "minneapolis", "minsk", "monterrey", "montreal", "moscow",
    "mountain view", "mumbai", "munich", "nagpur", "nairobi", "nantes",
    "naples", "nashville", "new delhi", "new orleans", "new york city",
    "newark", "newcastle", "nice", "noida", "norwich", "nottingham",
    "nuremberg", "oakland", "oklahoma city", "omaha", "orlando", "oslo",
    "ottawa", "oxford", "palo alto", "paris", "perth", "philadelphia",
    "phoenix", "pittsburgh", "plymouth", "pomona", "portland", "porto",
    "portsmouth", "prague", "pretoria", "pune", "raleigh", "reading", "redmond",
    "reno", "reykjavik", "richmond", "riga", "riyadh", "rochester", "rome",
    "rotterdam", "sacramento", "salt lake city", "salzburg", "san antonio",
    "san diego", "san francisco", "san francisco bay area", "san jose",
    "santa clara", "santa monica", "santiago", "sao paulo", "savannah",
    "scranton", "seattle", "seoul", "seville", "shanghai", "sheffield",
    "shenzhen", "silicon valley", "sofia", "southampton", "spokane",
    "springfield", "st louis", "st. louis", "stockholm", "stuttgart",
    "sunnyvale", "surat", "swansea", "sydney", "syracuse", "s\xC3\xA3o paulo",
    "taipei", "tallinn", "tampa", "tel aviv", "the hague", "thessaloniki",
    "tokyo", "toledo", "toronto", "toulouse", "trondheim", "tucson", "tulsa",
    "turin", "utrecht", "vadodara", "valencia", "vancouver", "venice", "vienna",
    "vilnius", "warsaw", "washington dc", "wellington", "winnipeg", "wroclaw",
    "york", "zagreb", "zurich", "z\xC3\xBCrich"};
/* clang-format on */

/* Words in the names of employers and schools. */
/* clang-format off */
static const char *const employer_words[] = {
    "academy", "ag", "agency", "airlines", "airport", "airways", "army",
    "associates", "association", "authority", "b.v.", "bakery", "bank",
    "borough", "brewery", "bros", "brothers", "bureau", "bv", "cafe",
    "caf\xC3\xA9", "center", "centre", "chambers", "charity", "church",
    "clinic", "club", "clubs", "co", "co.", "college", "commission",
    "committee", "company", "consortium", "cooperative", "corp", "corp.",
    "corporation", "council", "county", "court", "dairy", "dealership",
    "dental", "department", "diner", "district", "enterprise", "enterprises",
    "factory", "farm", "farms", "federation", "firm", "foods", "foundation",
    "foundry", "fund", "fundaci\xC3\xB3n", "gallery", "garage", "gmbh", "group",
    "healthcare", "highschool", "holdings", "homes", "hospice", "hospital",
    "hospitality", "hospitals", "hotel", "hotels", "inc", "inc.",
    "incorporated", "industries", "initiative", "inn", "institute",
    "institution", "instituto", "international", "isd", "kita", "lab",
    "laboratories", "laboratory", "labs", "library", "limited", "llc", "llc.",
    "llp", "lodge", "lp", "ltd", "ltd.", "markets", "ministry", "motors",
    "museum", "navy", "network", "networks", "nhs", "nursery", "oy", "oyj",
    "partners", "partnership", "pharmaceuticals", "pharmacy", "plc", "police",
    "polytechnic", "properties", "pub", "publishers", "publishing", "pvt",
    "pvt.", "railway", "railways", "ranch", "realty", "resort", "resorts",
    "restaurant", "restaurants", "s.a.", "s.l.", "s.p.a.", "sa", "salon",
    "savings", "school", "schools", "services", "shop", "society", "solutions",
    "spa", "srl", "staffing", "store", "stores", "studio", "studios",
    "supermarket", "supermarkets", "systems", "technologies", "technology",
    "theater", "theatre", "transit", "transportation", "trucking", "trust",
    "union", "universidad", "universitat", "university", "universit\xC3\xA4t",
    "universit\xC3\xA9", "utilities", "ventures", "vineyard", "vineyards",
    "winery", "workshop", "worldwide", "ymca", "ywca", "zoo"};
/* clang-format on */

enum place_kind place_judge(struct str phrase)
{
    bool is_code = phrase.len >= 2 &&
                   ascii_is_upper((unsigned char)phrase.data[0]) &&
                   ascii_is_upper((unsigned char)phrase.data[phrase.len - 1]);

    if (phrase.len > 2 && phrase.data[phrase.len - 1] == '.')
        is_code = ascii_is_upper((unsigned char)phrase.data[phrase.len - 2]);
    if (is_code && wordlist_has(WORDLIST(region_codes), phrase))
        return PLACE_REGION;
    if (!phrase.len || ascii_is_lower((unsigned char)phrase.data[0]))
        return PLACE_NO;
    if (wordlist_has(WORDLIST(region_names), phrase))
        return PLACE_REGION;
    if (wordlist_has(WORDLIST(city_names), phrase))
        return PLACE_CITY;
    return PLACE_NO;
}

unsigned place_employer_words(struct str phrase)
{
    struct span all = {0, (uint32_t)phrase.len};
    uint32_t at = 0;
    unsigned n = 0;

    for (;;) {
        struct span word = wordlist_next_word(phrase, all, &at);
        if (span_is_empty(word))
            return n;
        if (wordlist_has(WORDLIST(employer_words), span_of(phrase, word)))
            n++;
    }
}

bool place_tables_are_sorted(void)
{
    return wordlist_is_sorted(WORDLIST(region_codes)) &&
           wordlist_is_sorted(WORDLIST(region_names)) &&
           wordlist_is_sorted(WORDLIST(city_names)) &&
           wordlist_is_sorted(WORDLIST(employer_words));
}
