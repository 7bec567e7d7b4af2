/* SPDX-License-Identifier: MIT */
#include "parse/heading_names.h"

#include "text/wordlist.h"

/*
 * The names of sections as heading_fold leaves them: lower case, one blank
 * between words, "and" for "&". To add one, put it into its list in the order
 * of the bytes; a unit test keeps the order.
 */

/* clang-format off */
static const char *const summary_names[] = {
    "about", "about me", "academic profile", "at a glance",
    "background summary", "bio", "biography", "branding statement",
    "brief profile", "candidate profile", "career aim", "career goal",
    "career goals", "career highlights", "career objective", "career overview",
    "career profile", "career snapshot", "career statement", "career summary",
    "career synopsis", "careers objective", "core profile", "elevator pitch",
    "employment objective", "executive profile", "executive summary",
    "experience summary", "goal", "goals", "highlights", "in brief",
    "introduction", "job objective", "key highlights", "mission statement",
    "my profile", "my story", "objective", "objectives", "overview",
    "personal profile", "personal statement", "personal summary",
    "position desired", "professional background summary", "professional bio",
    "professional highlights", "professional objective",
    "professional overview", "professional profile",
    "professional qualifications summary", "professional statement",
    "professional summary", "professional synopsis", "profile",
    "profile and skills", "profile summary", "qualification summary",
    "qualifications profile", "qualifications summary", "resume objective",
    "resume summary", "short profile", "snapshot", "statement", "summary",
    "summary and objective", "summary and skills", "summary of experience",
    "summary of professional experience", "summary of qualifications",
    "summary of skills and experience", "summary profile", "summary statement",
    "synopsis", "value offered", "value proposition", "who i am"};
/* clang-format on */

/* clang-format off */
static const char *const experience_names[] = {
    "academic appointments", "academic experience", "accounting experience",
    "additional employment", "additional experience",
    "additional work experience", "administrative experience", "appointments",
    "apprenticeship", "apprenticeships", "assignments", "aviation experience",
    "business experience", "career", "career and experience",
    "career experience", "career history", "career path", "career progression",
    "career summary and experience", "career to date", "civilian employment",
    "civilian experience", "clerkships", "client assignments",
    "client engagements", "clinical experience", "clinical placements",
    "clinical rotations", "consultancy", "consulting experience",
    "contract experience", "contract history", "contract roles", "contracts",
    "corporate experience", "culinary experience", "current employment",
    "current position", "current role", "customer service experience",
    "design experience", "driving experience", "earlier career",
    "earlier experience", "earlier roles", "early career", "employment",
    "employment and experience", "employment details", "employment experience",
    "employment history", "employment record", "employment to date",
    "engagements", "engineering experience", "entrepreneurial experience",
    "experience", "experience and employment", "experience and leadership",
    "experience details", "experience highlights", "experiences",
    "farm experience", "fellowships and residency", "field experience",
    "field work", "fieldwork", "finance experience", "flight experience",
    "freelance", "freelance experience", "freelance work",
    "further experience", "hospital experience", "hr experience",
    "human resources experience", "industrial experience",
    "industrial exposure", "industry experience", "industry roles",
    "international experience", "internship", "internship experience",
    "internships", "internships and experience", "it experience",
    "job experience", "job history", "job summary history",
    "judicial experience", "key experience", "kitchen experience",
    "law enforcement experience", "leadership experience", "legal experience",
    "management experience", "marketing experience", "military background",
    "military career", "military experience", "military history",
    "military service", "non technical experience", "non-related experience",
    "nursing experience", "occupational history", "on-the-job experience",
    "organisational experience", "organizational experience",
    "other employment", "other experience", "other positions",
    "other work experience", "paid experience", "past experience",
    "permanent employment", "permanent positions", "permanent roles",
    "pharmacy experience", "placements", "positions held",
    "post-doctoral experience", "practical experience", "practicum",
    "practicum experience", "present employment", "present position",
    "previous employment", "previous experience", "prior experience",
    "professional and leadership experience", "professional appointments",
    "professional background", "professional career",
    "professional employment", "professional engagements",
    "professional experience", "professional experience and achievements",
    "professional experiences", "professional exposure",
    "professional history", "professional practice",
    "professional work experience", "professional work history",
    "programming experience", "project experience", "recent experience",
    "related experience", "related work experience", "relevant experience",
    "relevant work experience", "research experience", "residency",
    "retail experience", "roles", "rotations", "sales experience",
    "selected experience", "service history", "software experience",
    "student teaching", "student teaching experience",
    "teaching and research experience", "teaching experience",
    "teaching positions", "technical experience", "total experience",
    "trade experience", "where i have worked", "where i've worked", "work",
    "work and experience", "work and leadership experience",
    "work and volunteer experience", "work background", "work experience",
    "work experience details", "work experiences", "work history",
    "work history and experience", "work placements", "work profile",
    "work summary"};
/* clang-format on */

/* clang-format off */
static const char *const education_names[] = {
    "academia", "academic", "academic achievements and education",
    "academic and professional qualifications", "academic background",
    "academic chronicle", "academic credential", "academic credentials",
    "academic details", "academic education", "academic history",
    "academic preparation", "academic profile and education",
    "academic qualification", "academic qualifications",
    "academic qualifications and training", "academic record",
    "academic training", "academics", "college", "degree", "degrees",
    "education", "education and activities", "education and affiliations",
    "education and awards", "education and certification",
    "education and certifications", "education and credentials",
    "education and honors", "education and languages", "education and licences",
    "education and licenses", "education and licensure",
    "education and military", "education and professional development",
    "education and qualifications", "education and skills",
    "education and training", "education background", "education details",
    "education history", "education qualifications", "education summary",
    "education training", "educational background", "educational credentials",
    "educational details", "educational history", "educational profile",
    "educational qualification", "educational qualifications",
    "educational summary", "formal education", "further education",
    "higher education", "legal education", "medical education",
    "military education", "my education", "post secondary education",
    "professional education", "professional qualification", "qualification",
    "qualifications", "qualifications and education",
    "qualifications and training", "relevant education", "scholastic record",
    "scholastics", "school", "schooling", "secondary education", "studies",
    "study", "tertiary education", "training and education",
    "training and qualifications", "university", "university education",
    "vocational education", "vocational training"};
/* clang-format on */

/* clang-format off */
static const char *const skills_names[] = {
    "abilities", "additional skills", "administrative skills",
    "analytical skills", "applications", "area of expertise",
    "areas of concentration", "areas of effectiveness", "areas of experience",
    "areas of expertise", "areas of knowledge", "areas of practice",
    "areas of specialization", "areas of strength", "attributes",
    "business skills", "capabilities", "career skills", "clinical skills",
    "communication skills", "competences", "competencies", "competency",
    "computer knowledge", "computer literacy", "computer proficiency",
    "computer skills", "core areas of expertise", "core capabilities",
    "core competences", "core competencies", "core competencies and skills",
    "core competency", "core expertise", "core knowledge", "core proficiencies",
    "core qualifications", "core skills", "core strengths", "culinary skills",
    "databases", "design skills", "digital skills", "domain expertise",
    "domain knowledge", "domain skills", "driving skills", "equipment",
    "expert in", "expertise", "frameworks", "functional expertise",
    "functional skills", "hard skills", "highlights of expertise",
    "highlights of qualifications", "highlights of skills",
    "interests and skills", "interpersonal skills", "it expertise",
    "it knowledge", "it proficiency", "it skills", "job skills",
    "key areas of expertise", "key attributes", "key capabilities",
    "key competencies", "key expertise", "key qualifications", "key skills",
    "key skills and competencies", "key strengths", "knowledge", "lab skills",
    "laboratory skills", "language and computer skills",
    "languages and technologies", "leadership skills", "legal skills",
    "libraries", "machine skills", "machinery and equipment", "main skills",
    "management skills", "mechanical skills", "methodologies", "my skills",
    "nursing skills", "office skills", "other skills", "personal attributes",
    "personal competencies", "personal skills", "platforms", "practice areas",
    "professional competencies", "professional skills",
    "professional strengths", "proficiencies", "programming languages",
    "programming skills", "qualification highlights",
    "qualifications and skills", "relevant skills", "research skills",
    "selected competencies", "selected skills", "skill", "skill highlights",
    "skill matrix", "skill set", "skill sets", "skills", "skills and abilities",
    "skills and certifications", "skills and competencies",
    "skills and expertise", "skills and interests", "skills and knowledge",
    "skills and languages", "skills and qualifications", "skills and strengths",
    "skills and talents", "skills and technologies", "skills and tools",
    "skills overview", "skills profile", "skills summary", "skillset",
    "soft skills", "software", "software and tools", "software proficiency",
    "software skills", "special skills", "specialisations", "specialities",
    "specializations", "specialties", "stack", "strengths", "summary of skills",
    "systems", "teaching skills", "tech stack", "technical and soft skills",
    "technical background", "technical competencies", "technical environment",
    "technical expertise", "technical knowledge", "technical proficiencies",
    "technical proficiency", "technical profile", "technical skill set",
    "technical skills", "technical skillset", "technical strengths",
    "technical summary", "technical toolbox", "technical tools", "techniques",
    "technologies", "technology", "technology stack", "toolbox", "tools",
    "tools and equipment", "tools and technologies", "top skills",
    "trade skills", "transferable skills", "what i know"};
/* clang-format on */

/* clang-format off */
static const char *const projects_names[] = {
    "academic project", "academic projects", "capstone", "capstone project",
    "class projects", "college projects", "course projects", "current projects",
    "design projects", "dissertation", "engineering projects",
    "engineering projects completed", "final year project", "github projects",
    "hackathons", "independent projects", "key matters", "key projects",
    "key projects handled", "main projects", "major projects",
    "notable projects", "open source", "open source contributions",
    "open source projects", "personal projects", "portfolio", "project",
    "project details", "project experience and portfolio", "project highlights",
    "project summary", "project work", "projects", "projects and achievements",
    "projects and activities", "projects and publications",
    "projects and research", "projects handled", "projects undertaken",
    "recent projects", "relevant projects", "representative matters",
    "representative projects", "research projects", "sample projects",
    "selected matters", "selected projects", "selected work", "selected works",
    "side project", "side projects", "significant projects",
    "software projects", "technical projects", "thesis", "university projects"};
/* clang-format on */

/* clang-format off */
static const char *const certifications_names[] = {
    "accreditation", "accreditations", "additional training", "admissions",
    "bar admission", "bar admissions", "board certification",
    "board certifications", "cards and tickets", "certificate", "certificates",
    "certificates and courses", "certificates and licences",
    "certificates and licenses", "certificates and training", "certification",
    "certification and licensure", "certification and training",
    "certifications", "certifications and courses",
    "certifications and credentials", "certifications and licences",
    "certifications and licenses", "certifications and licensure",
    "certifications and memberships", "certifications and qualifications",
    "certifications and training", "certifications held", "certified courses",
    "clearance", "clearances", "continuing education", "course work", "courses",
    "courses and certifications", "courses and training", "coursework", "cpd",
    "credentials", "current certifications", "driver's licence",
    "driver's license", "driving licence", "driving license", "endorsements",
    "food safety certifications", "further training",
    "health and safety training", "in-service training", "it certifications",
    "key certifications", "key courses", "licence", "licences",
    "licences and certifications", "licences and tickets", "license",
    "licenses", "licenses and certificates", "licenses and certifications",
    "licenses and endorsements", "licensure", "licensure and certifications",
    "medical licensure", "military training", "moocs", "online courses",
    "professional certification", "professional certifications",
    "professional credentials", "professional development",
    "professional development and training", "professional licences",
    "professional licenses", "professional licensure",
    "professional qualifications", "professional registration",
    "professional registrations", "professional training", "registration",
    "registrations", "registrations and licences", "related coursework",
    "relevant certifications", "relevant courses", "relevant coursework",
    "safety certifications", "safety training", "security clearance",
    "security clearances", "selected courses", "seminars",
    "seminars and workshops", "specialized training", "state licensure",
    "teacher certification", "teaching certification",
    "teaching certifications", "teaching credentials",
    "technical certifications", "tickets", "tickets and licences", "training",
    "training and certification", "training and certifications",
    "training and courses", "training courses", "trainings", "workshops",
    "workshops and training"};
/* clang-format on */

/* clang-format off */
static const char *const languages_names[] = {
    "foreign language skills", "foreign languages", "known languages",
    "language", "language abilities", "language competencies",
    "language knowledge", "language proficiencies", "language proficiency",
    "language skills", "languages", "languages and proficiency",
    "languages known", "languages skills", "languages spoken",
    "linguistic abilities", "linguistic proficiency", "linguistic skills",
    "linguistics", "other languages", "spoken languages"};
/* clang-format on */

/* clang-format off */
static const char *const interests_names[] = {
    "a day of my life", "activities", "activities and honors",
    "activities and interests", "activities and leadership",
    "activities and societies", "area of interest", "areas of interest",
    "campus activities", "campus involvement", "clubs", "clubs and societies",
    "co-curricular activities", "extra curricular activities",
    "extra-curricular activities", "extracurricular",
    "extracurricular activities", "extracurricular experience",
    "extracurricular involvement", "extracurriculars", "field of interest",
    "free time", "fun facts", "hobbies", "hobbies and activities",
    "hobbies and interests", "hobby", "interest", "interests",
    "interests and activities", "interests and hobbies", "leisure",
    "leisure activities", "leisure interests", "leisure time",
    "life philosophy", "most proud of", "on campus involvement",
    "other interests", "outside interests", "outside of work", "passions",
    "personal interests", "social activities", "sports", "sports and hobbies",
    "student activities", "when i'm not working"};
/* clang-format on */

/* clang-format off */
static const char *const awards_names[] = {
    "academic achievements", "academic awards", "academic honors", "accolades",
    "accomplishments", "accomplishments and awards", "achievements",
    "achievements and awards", "awards", "awards and achievements",
    "awards and decorations", "awards and fellowships", "awards and grants",
    "awards and honors", "awards and honours", "awards and recognition",
    "awards and scholarships", "awards/honors", "career accomplishments",
    "career achievements", "competitions", "decorations", "distinctions",
    "fellowships", "fellowships and awards", "grants", "grants and awards",
    "grants and fellowships", "honors", "honors and achievements",
    "honors and awards", "honors and distinctions", "honors and scholarships",
    "honors/awards", "honours", "honours and awards",
    "honours and scholarships", "key accomplishments", "key achievements",
    "major accomplishments", "major achievements", "medals",
    "medals and awards", "military awards", "military decorations",
    "notable accomplishments", "notable achievements", "patents and awards",
    "personal achievements", "press", "press and awards", "prizes",
    "prizes and awards", "professional accomplishments",
    "professional achievements", "recognition", "recognition and awards",
    "recognitions", "rewards", "rewards and recognition", "scholarships",
    "scholarships and awards", "selected accomplishments",
    "selected achievements", "selected honors", "significant accomplishments",
    "significant achievements", "special achievements"};
/* clang-format on */

/* clang-format off */
static const char *const publications_names[] = {
    "articles", "bibliography", "books", "conference papers",
    "conference presentations", "conference proceedings",
    "conference publications", "conferences", "credits", "discography",
    "exhibitions", "filmography", "invited talks", "journal articles",
    "journal publications", "lectures", "papers", "patents",
    "patents and publications", "peer-reviewed publications", "performances",
    "poster presentations", "posters", "preprints", "presentations",
    "presentations and publications", "press and publications", "publications",
    "publications and patents", "publications and presentations",
    "publications and research", "publications and talks", "published articles",
    "published works", "recordings", "research and publications",
    "research papers", "research publications", "selected exhibitions",
    "selected publications", "selected talks", "speaking",
    "speaking engagements", "talks", "talks and presentations",
    "working papers", "writing", "writings"};
/* clang-format on */

/* clang-format off */
static const char *const volunteer_names[] = {
    "charitable work", "charity work", "civic activities", "civic engagement",
    "civic involvement", "community", "community activities",
    "community and volunteer work", "community engagement",
    "community involvement", "community leadership", "community outreach",
    "community service", "community service and volunteering", "community work",
    "leadership and service", "leadership and volunteer", "outreach",
    "pro bono", "pro bono work", "service", "service and outreach",
    "social service", "social work", "voluntary activities",
    "voluntary experience", "voluntary roles", "voluntary work", "volunteer",
    "volunteer activities", "volunteer and community service",
    "volunteer and leadership", "volunteer and leadership experience",
    "volunteer experience", "volunteer history", "volunteer involvement",
    "volunteer leadership", "volunteer positions", "volunteer roles",
    "volunteer service", "volunteer work", "volunteer/community service",
    "volunteering", "volunteering experience", "volunteerism"};
/* clang-format on */

/* clang-format off */
static const char *const references_names[] = {
    "academic references", "character references", "personal references",
    "professional references", "recommendations", "referee", "referees",
    "reference", "reference contacts", "references",
    "references available on request", "references available upon request",
    "references upon request", "testimonials"};
/* clang-format on */

/* clang-format off */
static const char *const other_names[] = {
    "academic service", "additional", "additional details",
    "additional information", "affiliations", "affiliations and memberships",
    "associations", "availability", "board memberships", "board service",
    "boards", "committee work", "committees", "declaration", "driving",
    "expected salary", "extra", "family background", "further information",
    "general information", "institutional service", "leadership",
    "leadership and activities", "leadership and involvement",
    "leadership positions", "leadership roles", "links", "membership",
    "memberships", "memberships and affiliations", "miscellaneous", "notes",
    "notice period", "organisations", "organizational memberships",
    "organizations", "other", "other activities", "other details",
    "other information", "other relevant information", "personal",
    "personal background", "personal data", "personal details",
    "personal information", "personal particulars", "personal profile details",
    "position of responsibility", "positions of responsibility", "preferences",
    "professional activities", "professional affiliations",
    "professional affiliations and memberships", "professional associations",
    "professional bodies", "professional membership",
    "professional membership and affiliations", "professional memberships",
    "professional memberships and affiliations", "professional organizations",
    "professional service", "research", "research areas", "research interests",
    "responsibilities held", "right to work", "salary", "security",
    "social links", "social media", "strength and weakness",
    "supplementary information", "teaching", "teaching areas",
    "teaching interests", "travel", "university service", "visa status", "web",
    "websites", "work authorisation", "work authorization"};
/* clang-format on */

/* clang-format off */
static const char *const contact_names[] = {
    "address", "contact", "contact details", "contact info",
    "contact information", "contact me", "details", "get in touch",
    "my contact", "personal contact", "personal info", "reach me"};
/* clang-format on */

static const struct wordlist names_of[SECTION_KINDS] = {
    [SECTION_SUMMARY] = WORDLIST_INIT(summary_names),
    [SECTION_EXPERIENCE] = WORDLIST_INIT(experience_names),
    [SECTION_EDUCATION] = WORDLIST_INIT(education_names),
    [SECTION_SKILLS] = WORDLIST_INIT(skills_names),
    [SECTION_PROJECTS] = WORDLIST_INIT(projects_names),
    [SECTION_CERTIFICATIONS] = WORDLIST_INIT(certifications_names),
    [SECTION_LANGUAGES] = WORDLIST_INIT(languages_names),
    [SECTION_INTERESTS] = WORDLIST_INIT(interests_names),
    [SECTION_AWARDS] = WORDLIST_INIT(awards_names),
    [SECTION_PUBLICATIONS] = WORDLIST_INIT(publications_names),
    [SECTION_VOLUNTEER] = WORDLIST_INIT(volunteer_names),
    [SECTION_REFERENCES] = WORDLIST_INIT(references_names),
    [SECTION_OTHER] = WORDLIST_INIT(other_names),
    [SECTION_CONTACT] = WORDLIST_INIT(contact_names),
};

/* What the last word of a heading that is not in the lists says. */
/* clang-format off */
static const struct wordmap_entry last_words[] = {
    {"academics", SECTION_EDUCATION}, {"accomplishments", SECTION_AWARDS},
    {"accreditations", SECTION_CERTIFICATIONS},
    {"achievements", SECTION_AWARDS}, {"activities", SECTION_INTERESTS},
    {"affiliations", SECTION_OTHER}, {"appointments", SECTION_EXPERIENCE},
    {"awards", SECTION_AWARDS}, {"background", SECTION_EXPERIENCE},
    {"certificates", SECTION_CERTIFICATIONS},
    {"certifications", SECTION_CERTIFICATIONS}, {"competences", SECTION_SKILLS},
    {"competencies", SECTION_SKILLS}, {"courses", SECTION_CERTIFICATIONS},
    {"coursework", SECTION_CERTIFICATIONS},
    {"credentials", SECTION_CERTIFICATIONS}, {"degrees", SECTION_EDUCATION},
    {"details", SECTION_OTHER}, {"education", SECTION_EDUCATION},
    {"employment", SECTION_EXPERIENCE}, {"experience", SECTION_EXPERIENCE},
    {"experiences", SECTION_EXPERIENCE}, {"expertise", SECTION_SKILLS},
    {"extracurriculars", SECTION_INTERESTS}, {"history", SECTION_EXPERIENCE},
    {"hobbies", SECTION_INTERESTS}, {"honors", SECTION_AWARDS},
    {"honours", SECTION_AWARDS}, {"information", SECTION_OTHER},
    {"interests", SECTION_INTERESTS}, {"internships", SECTION_EXPERIENCE},
    {"languages", SECTION_LANGUAGES}, {"leadership", SECTION_OTHER},
    {"licences", SECTION_CERTIFICATIONS}, {"licenses", SECTION_CERTIFICATIONS},
    {"licensure", SECTION_CERTIFICATIONS}, {"memberships", SECTION_OTHER},
    {"objective", SECTION_SUMMARY}, {"papers", SECTION_PUBLICATIONS},
    {"patents", SECTION_PUBLICATIONS}, {"placements", SECTION_EXPERIENCE},
    {"portfolio", SECTION_PROJECTS}, {"presentations", SECTION_PUBLICATIONS},
    {"proficiencies", SECTION_SKILLS}, {"profile", SECTION_SUMMARY},
    {"projects", SECTION_PROJECTS}, {"publications", SECTION_PUBLICATIONS},
    {"qualifications", SECTION_EDUCATION}, {"recognition", SECTION_AWARDS},
    {"referees", SECTION_REFERENCES}, {"references", SECTION_REFERENCES},
    {"scholarships", SECTION_AWARDS}, {"service", SECTION_VOLUNTEER},
    {"skills", SECTION_SKILLS}, {"skillset", SECTION_SKILLS},
    {"strengths", SECTION_SKILLS}, {"summary", SECTION_SUMMARY},
    {"technologies", SECTION_SKILLS}, {"tickets", SECTION_CERTIFICATIONS},
    {"tools", SECTION_SKILLS}, {"training", SECTION_CERTIFICATIONS},
    {"trainings", SECTION_CERTIFICATIONS}, {"volunteer", SECTION_VOLUNTEER},
    {"volunteering", SECTION_VOLUNTEER}, {"work", SECTION_EXPERIENCE}};
/* clang-format on */

/* Names that are ordinary words too: alone in a line they need some help from
 * the layout. */
/* clang-format off */
static const char *const weak_names[] = {
    "abilities", "about", "academic", "academics", "activities", "additional",
    "address", "administrative skills", "admissions", "analytical skills",
    "applications", "apprenticeship", "availability", "boards", "books",
    "business skills", "capstone", "career", "certificate", "clearance",
    "clinical skills", "clubs", "college", "committees", "communication skills",
    "community", "competitions", "computer skills", "conferences",
    "consultancy", "contact", "courses", "cpd", "credentials", "credits",
    "databases", "degree", "design skills", "details", "digital skills",
    "dissertation", "domain knowledge", "driving", "employment", "equipment",
    "exhibitions", "experiences", "extra", "field work", "fieldwork",
    "frameworks", "freelance", "goal", "goals", "grants", "hackathons", "hobby",
    "in brief", "interest", "internship", "internships", "interpersonal skills",
    "introduction", "knowledge", "lab skills", "laboratory skills", "language",
    "languages", "leadership", "leadership skills", "lectures", "leisure",
    "libraries", "licence", "license", "linguistic skills", "linguistics",
    "links", "management skills", "medals", "methodologies", "moocs", "notes",
    "objective", "objectives", "office skills", "organisations",
    "organizations", "other", "outreach", "overview", "papers", "passions",
    "patents", "performances", "personal", "platforms", "portfolio",
    "practicum", "preferences", "presentations", "press",
    "programming languages", "project", "project work", "publications",
    "qualification", "recognition", "recordings", "reference", "registration",
    "research", "research skills", "residency", "roles", "salary",
    "scholarships", "school", "security", "seminars", "service", "soft skills",
    "software", "sports", "stack", "statement", "strength and weakness",
    "strengths", "studies", "study", "systems", "talks", "teaching",
    "teaching skills", "technical knowledge", "techniques", "technologies",
    "technology", "thesis", "tickets", "tools", "training", "travel",
    "university", "web", "work", "workshops", "writing"};
/* clang-format on */

int heading_name_find(struct str folded)
{
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        if (wordlist_has(names_of[kind], folded))
            return kind;
    }
    return -1;
}

int heading_last_word_find(struct str word)
{
    return wordmap_find(WORDMAP(last_words), word);
}

bool heading_is_weak(struct str folded)
{
    return wordlist_has(WORDLIST(weak_names), folded);
}

bool heading_tables_are_sorted(void)
{
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        if (!wordlist_is_sorted(names_of[kind]))
            return false;
    }
    return wordmap_is_sorted(WORDMAP(last_words)) &&
           wordlist_is_sorted(WORDLIST(weak_names));
}
