/* SPDX-License-Identifier: MIT */
#include "parse/job_words.h"

#include "text/wordlist.h"

/* The headings of advertisements, as heading_fold leaves them. */
/* clang-format off */
static const struct wordmap_entry heading_names[] = {
    {"a bit about you", JOB_MUST}, {"a day in the life", JOB_DUTIES},
    {"a plus", JOB_NICE}, {"about our company", JOB_LEFT_OUT},
    {"about the company", JOB_LEFT_OUT}, {"about the job", JOB_DUTIES},
    {"about the organisation", JOB_LEFT_OUT},
    {"about the organization", JOB_LEFT_OUT}, {"about the role", JOB_DUTIES},
    {"about the team", JOB_LEFT_OUT}, {"about this role", JOB_DUTIES},
    {"about us", JOB_LEFT_OUT}, {"about you", JOB_MUST},
    {"accommodation", JOB_LEFT_OUT}, {"accommodations", JOB_LEFT_OUT},
    {"accountabilities", JOB_DUTIES}, {"added advantage", JOB_NICE},
    {"additional information", JOB_LEFT_OUT},
    {"additional qualifications", JOB_NICE}, {"additional skills", JOB_NICE},
    {"advantageous", JOB_NICE}, {"agency notice", JOB_LEFT_OUT},
    {"applicant requirements", JOB_MUST}, {"applicants must have", JOB_MUST},
    {"application", JOB_LEFT_OUT}, {"application process", JOB_LEFT_OUT},
    {"apply", JOB_LEFT_OUT}, {"apply now", JOB_LEFT_OUT}, {"assets", JOB_NICE},
    {"background check", JOB_LEFT_OUT}, {"basic qualifications", JOB_MUST},
    {"basic requirements", JOB_MUST}, {"basic skills", JOB_MUST},
    {"beneficial", JOB_NICE}, {"beneficial skills", JOB_NICE},
    {"benefits", JOB_LEFT_OUT}, {"benefits and perks", JOB_LEFT_OUT},
    {"benefits include", JOB_LEFT_OUT}, {"bonus", JOB_NICE},
    {"bonus if you have", JOB_NICE}, {"bonus points", JOB_NICE},
    {"bonus points for", JOB_NICE}, {"bonus skills", JOB_NICE},
    {"brownie points", JOB_NICE}, {"candidate profile", JOB_MUST},
    {"candidate requirements", JOB_MUST}, {"candidates must have", JOB_MUST},
    {"candidates should have", JOB_MUST},
    {"certification requirements", JOB_MUST}, {"certifications", JOB_MUST},
    {"certifications and licenses", JOB_MUST}, {"closing date", JOB_LEFT_OUT},
    {"company", JOB_LEFT_OUT}, {"company description", JOB_LEFT_OUT},
    {"company overview", JOB_LEFT_OUT}, {"company profile", JOB_LEFT_OUT},
    {"compensation", JOB_LEFT_OUT}, {"compensation and benefits", JOB_LEFT_OUT},
    {"competencies", JOB_MUST}, {"considered an asset", JOB_NICE},
    {"contact", JOB_LEFT_OUT}, {"contact details", JOB_LEFT_OUT},
    {"contact us", JOB_LEFT_OUT}, {"contract", JOB_LEFT_OUT},
    {"contract type", JOB_LEFT_OUT}, {"core responsibilities", JOB_DUTIES},
    {"core skills", JOB_MUST}, {"criteria", JOB_MUST},
    {"culture", JOB_LEFT_OUT}, {"date posted", JOB_LEFT_OUT},
    {"day to day", JOB_DUTIES}, {"day-to-day", JOB_DUTIES},
    {"deadline", JOB_LEFT_OUT}, {"department", JOB_LEFT_OUT},
    {"desirable", JOB_NICE}, {"desirable criteria", JOB_NICE},
    {"desirable experience", JOB_NICE}, {"desirable requirements", JOB_NICE},
    {"desirable skills", JOB_NICE}, {"desired", JOB_NICE},
    {"desired experience", JOB_NICE}, {"desired profile", JOB_MUST},
    {"desired qualifications", JOB_NICE}, {"desired skills", JOB_NICE},
    {"desired skills and experience", JOB_NICE}, {"disclaimer", JOB_LEFT_OUT},
    {"diversity", JOB_LEFT_OUT}, {"diversity and inclusion", JOB_LEFT_OUT},
    {"diversity statement", JOB_LEFT_OUT},
    {"diversity, equity and inclusion", JOB_LEFT_OUT},
    {"do you have", JOB_MUST}, {"duties", JOB_DUTIES},
    {"duties and responsibilities", JOB_DUTIES}, {"duties include", JOB_DUTIES},
    {"e-verify", JOB_LEFT_OUT}, {"education", JOB_MUST},
    {"education and experience", JOB_MUST},
    {"education and training", JOB_MUST}, {"education requirements", JOB_MUST},
    {"education/experience", JOB_MUST}, {"educational requirements", JOB_MUST},
    {"eeo", JOB_LEFT_OUT}, {"eeo statement", JOB_LEFT_OUT},
    {"employer", JOB_LEFT_OUT}, {"employment type", JOB_LEFT_OUT},
    {"eoe", JOB_LEFT_OUT}, {"equal employment opportunity", JOB_LEFT_OUT},
    {"equal opportunities", JOB_LEFT_OUT}, {"equal opportunity", JOB_LEFT_OUT},
    {"equal opportunity employer", JOB_LEFT_OUT}, {"essential", JOB_MUST},
    {"essential attributes", JOB_MUST}, {"essential criteria", JOB_MUST},
    {"essential duties", JOB_DUTIES},
    {"essential duties and responsibilities", JOB_DUTIES},
    {"essential experience", JOB_MUST}, {"essential functions", JOB_DUTIES},
    {"essential job functions", JOB_DUTIES},
    {"essential requirements", JOB_MUST}, {"essential skills", JOB_MUST},
    {"essential skills and experience", JOB_MUST}, {"even better", JOB_NICE},
    {"even better if", JOB_NICE}, {"experience", JOB_MUST},
    {"experience and qualifications", JOB_MUST},
    {"experience and skills", JOB_MUST}, {"experience needed", JOB_MUST},
    {"experience required", JOB_MUST}, {"experience/education", JOB_MUST},
    {"extra credit", JOB_NICE}, {"extra points", JOB_NICE},
    {"general duties", JOB_DUTIES}, {"good to have", JOB_NICE},
    {"hard skills", JOB_MUST}, {"health and wellness", JOB_LEFT_OUT},
    {"hiring process", JOB_LEFT_OUT}, {"hours", JOB_LEFT_OUT},
    {"how to apply", JOB_LEFT_OUT}, {"how you will contribute", JOB_DUTIES},
    {"how you'll make an impact", JOB_DUTIES}, {"ideal candidate", JOB_MUST},
    {"ideally", JOB_NICE}, {"ideally you have", JOB_NICE},
    {"ideally you will have", JOB_NICE}, {"in this role", JOB_DUTIES},
    {"in this role you will", JOB_DUTIES},
    {"in this role, you will", JOB_DUTIES}, {"inclusion", JOB_LEFT_OUT},
    {"industry", JOB_LEFT_OUT}, {"interview process", JOB_LEFT_OUT},
    {"it would be a plus", JOB_NICE}, {"it would be great if", JOB_NICE},
    {"it would be great if you also have", JOB_NICE},
    {"it would be great if you have", JOB_NICE},
    {"it would be nice if you have", JOB_NICE},
    {"it's a bonus", JOB_NICE}, {"it's a bonus if you have", JOB_NICE},
    {"it's a plus if", JOB_NICE}, {"job description", JOB_DUTIES},
    {"job duties", JOB_DUTIES}, {"job functions", JOB_DUTIES},
    {"job id", JOB_LEFT_OUT}, {"job location", JOB_LEFT_OUT},
    {"job purpose", JOB_DUTIES}, {"job qualifications", JOB_MUST},
    {"job requirements", JOB_MUST}, {"job responsibilities", JOB_DUTIES},
    {"job scope", JOB_DUTIES}, {"job specification", JOB_MUST},
    {"job type", JOB_LEFT_OUT}, {"key accountabilities", JOB_DUTIES},
    {"key competencies", JOB_MUST}, {"key duties", JOB_DUTIES},
    {"key duties and responsibilities", JOB_DUTIES},
    {"key requirements", JOB_MUST}, {"key responsibilities", JOB_DUTIES},
    {"key skills", JOB_MUST}, {"key tasks", JOB_DUTIES},
    {"knowledge and experience", JOB_MUST}, {"knowledge and skills", JOB_MUST},
    {"knowledge skills and abilities", JOB_MUST},
    {"knowledge, skills and abilities", JOB_MUST},
    {"knowledge, skills, and abilities", JOB_MUST},
    {"language skills", JOB_MUST}, {"languages", JOB_MUST},
    {"legal", JOB_LEFT_OUT}, {"licences", JOB_MUST},
    {"licences and certifications", JOB_MUST},
    {"license requirements", JOB_MUST}, {"licenses", JOB_MUST},
    {"licenses and certifications", JOB_MUST}, {"life at", JOB_LEFT_OUT},
    {"location", JOB_LEFT_OUT}, {"locations", JOB_LEFT_OUT},
    {"main duties", JOB_DUTIES}, {"main responsibilities", JOB_DUTIES},
    {"main tasks", JOB_DUTIES}, {"major responsibilities", JOB_DUTIES},
    {"mandatory", JOB_MUST}, {"mandatory skills", JOB_MUST},
    {"meet the team", JOB_LEFT_OUT}, {"minimum education", JOB_MUST},
    {"minimum education and experience", JOB_MUST},
    {"minimum experience", JOB_MUST}, {"minimum qualifications", JOB_MUST},
    {"minimum requirements", JOB_MUST}, {"must be", JOB_MUST},
    {"must have", JOB_MUST}, {"must have skills", JOB_MUST},
    {"must haves", JOB_MUST}, {"must-have", JOB_MUST}, {"must-haves", JOB_MUST},
    {"next steps", JOB_LEFT_OUT}, {"nice to have", JOB_NICE},
    {"nice to have skills", JOB_NICE}, {"nice to haves", JOB_NICE},
    {"nice to haves but not required", JOB_NICE}, {"nice-to-have", JOB_NICE},
    {"nice-to-haves", JOB_NICE}, {"notice to recruiters", JOB_LEFT_OUT},
    {"optional", JOB_NICE}, {"optional skills", JOB_NICE},
    {"other details", JOB_LEFT_OUT}, {"other information", JOB_LEFT_OUT},
    {"our benefits", JOB_LEFT_OUT}, {"our commitment", JOB_LEFT_OUT},
    {"our company", JOB_LEFT_OUT}, {"our culture", JOB_LEFT_OUT},
    {"our hiring process", JOB_LEFT_OUT}, {"our mission", JOB_LEFT_OUT},
    {"our offer", JOB_LEFT_OUT}, {"our requirements", JOB_MUST},
    {"our story", JOB_LEFT_OUT}, {"our team", JOB_LEFT_OUT},
    {"our tech stack", JOB_MUST}, {"our values", JOB_LEFT_OUT},
    {"package", JOB_LEFT_OUT}, {"pay", JOB_LEFT_OUT},
    {"pay and benefits", JOB_LEFT_OUT}, {"pay range", JOB_LEFT_OUT},
    {"perks", JOB_LEFT_OUT}, {"perks and benefits", JOB_LEFT_OUT},
    {"person specification", JOB_MUST}, {"personal attributes", JOB_MUST},
    {"personal qualities", JOB_MUST}, {"physical requirements", JOB_MUST},
    {"plus", JOB_NICE}, {"plus points", JOB_NICE}, {"pluses", JOB_NICE},
    {"position description", JOB_DUTIES}, {"position overview", JOB_DUTIES},
    {"position requirements", JOB_MUST},
    {"position responsibilities", JOB_DUTIES}, {"posted", JOB_LEFT_OUT},
    {"preferences", JOB_NICE}, {"preferred", JOB_NICE},
    {"preferred attributes", JOB_NICE},
    {"preferred but not required", JOB_NICE}, {"preferred education", JOB_NICE},
    {"preferred experience", JOB_NICE}, {"preferred qualifications", JOB_NICE},
    {"preferred requirements", JOB_NICE}, {"preferred skills", JOB_NICE},
    {"preferred skills and experience", JOB_NICE}, {"prerequisites", JOB_MUST},
    {"primary duties", JOB_DUTIES}, {"primary responsibilities", JOB_DUTIES},
    {"principal duties", JOB_DUTIES},
    {"principal responsibilities", JOB_DUTIES}, {"privacy", JOB_LEFT_OUT},
    {"privacy notice", JOB_LEFT_OUT}, {"privacy policy", JOB_LEFT_OUT},
    {"profile", JOB_MUST}, {"purpose of the role", JOB_DUTIES},
    {"qualifications", JOB_MUST}, {"qualifications and experience", JOB_MUST},
    {"qualifications and skills", JOB_MUST},
    {"qualifications required", JOB_MUST},
    {"reasonable accommodation", JOB_LEFT_OUT},
    {"recruitment process", JOB_LEFT_OUT}, {"reference", JOB_LEFT_OUT},
    {"remuneration", JOB_LEFT_OUT}, {"reports to", JOB_LEFT_OUT},
    {"required", JOB_MUST}, {"required competencies", JOB_MUST},
    {"required education", JOB_MUST},
    {"required education and experience", JOB_MUST},
    {"required experience", JOB_MUST}, {"required knowledge", JOB_MUST},
    {"required qualifications", JOB_MUST}, {"required skills", JOB_MUST},
    {"required skills and experience", JOB_MUST},
    {"required skills and qualifications", JOB_MUST},
    {"requirements", JOB_MUST}, {"responsibilities", JOB_DUTIES},
    {"responsibilities and duties", JOB_DUTIES},
    {"responsibilities include", JOB_DUTIES}, {"rewards", JOB_LEFT_OUT},
    {"role and responsibilities", JOB_DUTIES}, {"role description", JOB_DUTIES},
    {"role overview", JOB_DUTIES}, {"role purpose", JOB_DUTIES},
    {"role responsibilities", JOB_DUTIES},
    {"roles and responsibilities", JOB_DUTIES}, {"salary", JOB_LEFT_OUT},
    {"salary and benefits", JOB_LEFT_OUT}, {"salary range", JOB_LEFT_OUT},
    {"schedule", JOB_LEFT_OUT}, {"scope of work", JOB_DUTIES},
    {"selection criteria", JOB_MUST}, {"shift", JOB_LEFT_OUT},
    {"skill requirements", JOB_MUST}, {"skill set", JOB_MUST},
    {"skills", JOB_MUST}, {"skills and abilities", JOB_MUST},
    {"skills and competencies", JOB_MUST}, {"skills and experience", JOB_MUST},
    {"skills and qualifications", JOB_MUST}, {"skills needed", JOB_MUST},
    {"skills required", JOB_MUST}, {"soft skills", JOB_MUST},
    {"specific duties", JOB_DUTIES}, {"specification", JOB_MUST},
    {"stand out", JOB_NICE}, {"start date", JOB_LEFT_OUT},
    {"successful candidates will have", JOB_MUST},
    {"supplemental pay", JOB_LEFT_OUT}, {"tasks", JOB_DUTIES},
    {"tech stack", JOB_MUST}, {"technical requirements", JOB_MUST},
    {"technical skills", JOB_MUST}, {"the company", JOB_LEFT_OUT},
    {"the fine print", JOB_LEFT_OUT}, {"the ideal candidate", JOB_MUST},
    {"the ideal candidate has", JOB_MUST},
    {"the ideal candidate will", JOB_MUST},
    {"the ideal candidate will have", JOB_MUST}, {"the job", JOB_DUTIES},
    {"the offer", JOB_LEFT_OUT}, {"the opportunity", JOB_DUTIES},
    {"the package", JOB_LEFT_OUT}, {"the role", JOB_DUTIES},
    {"the successful candidate", JOB_MUST},
    {"the successful candidate will", JOB_MUST},
    {"the successful candidate will have", JOB_MUST},
    {"the team", JOB_LEFT_OUT}, {"to apply", JOB_LEFT_OUT},
    {"to be considered", JOB_MUST}, {"to be successful", JOB_MUST},
    {"to succeed in this role", JOB_MUST}, {"tools", JOB_MUST},
    {"total rewards", JOB_LEFT_OUT}, {"typical duties", JOB_DUTIES},
    {"ways to stand out", JOB_NICE},
    {"ways to stand out from the crowd", JOB_NICE},
    {"we are looking for", JOB_MUST}, {"we expect", JOB_MUST},
    {"we need", JOB_MUST}, {"we need you to have", JOB_MUST},
    {"we offer", JOB_LEFT_OUT}, {"we require", JOB_MUST},
    {"we're looking for", JOB_MUST}, {"wellbeing", JOB_LEFT_OUT},
    {"what it takes", JOB_MUST}, {"what makes us different", JOB_LEFT_OUT},
    {"what makes you a great fit", JOB_MUST}, {"what sets you apart", JOB_NICE},
    {"what the job involves", JOB_DUTIES},
    {"what we are looking for", JOB_MUST},
    {"what we can offer you", JOB_LEFT_OUT}, {"what we expect", JOB_MUST},
    {"what we need from you", JOB_MUST}, {"what we offer", JOB_LEFT_OUT},
    {"what we're looking for", JOB_MUST}, {"what will set you apart", JOB_NICE},
    {"what would set you apart", JOB_NICE}, {"what you bring", JOB_MUST},
    {"what you do", JOB_DUTIES}, {"what you get", JOB_LEFT_OUT},
    {"what you need", JOB_MUST}, {"what you will be doing", JOB_DUTIES},
    {"what you will bring", JOB_MUST}, {"what you will do", JOB_DUTIES},
    {"what you will need", JOB_MUST}, {"what you'll be doing", JOB_DUTIES},
    {"what you'll be responsible for", JOB_DUTIES},
    {"what you'll bring", JOB_MUST}, {"what you'll do", JOB_DUTIES},
    {"what you'll get", JOB_LEFT_OUT}, {"what you'll need", JOB_MUST},
    {"what you'll own", JOB_DUTIES}, {"what you'll work on", JOB_DUTIES},
    {"what your day looks like", JOB_DUTIES},
    {"what's in it for you", JOB_LEFT_OUT}, {"who we are", JOB_LEFT_OUT},
    {"who we are looking for", JOB_MUST}, {"who we're looking for", JOB_MUST},
    {"who you are", JOB_MUST}, {"why choose us", JOB_LEFT_OUT},
    {"why join us", JOB_LEFT_OUT}, {"why us", JOB_LEFT_OUT},
    {"why work for us", JOB_LEFT_OUT}, {"why work with us", JOB_LEFT_OUT},
    {"why you'll love working here", JOB_LEFT_OUT},
    {"work authorization", JOB_LEFT_OUT}, {"work environment", JOB_LEFT_OUT},
    {"work experience", JOB_MUST}, {"work location", JOB_LEFT_OUT},
    {"work schedule", JOB_LEFT_OUT}, {"working conditions", JOB_LEFT_OUT},
    {"working hours", JOB_LEFT_OUT}, {"would be an advantage", JOB_NICE},
    {"you are", JOB_MUST}, {"you bring", JOB_MUST}, {"you have", JOB_MUST},
    {"you may be a fit if", JOB_MUST}, {"you might be a fit if", JOB_MUST},
    {"you must", JOB_MUST}, {"you must have", JOB_MUST}, {"you need", JOB_MUST},
    {"you should have", JOB_MUST}, {"you will", JOB_DUTIES},
    {"you will have", JOB_MUST}, {"you'll have", JOB_MUST},
    {"your background", JOB_MUST}, {"your day", JOB_DUTIES},
    {"your day to day", JOB_DUTIES}, {"your experience", JOB_MUST},
    {"your impact", JOB_DUTIES}, {"your mission", JOB_DUTIES},
    {"your profile", JOB_MUST}, {"your profile of tasks", JOB_DUTIES},
    {"your qualifications", JOB_MUST}, {"your responsibilities", JOB_DUTIES},
    {"your role", JOB_DUTIES}, {"your skills", JOB_MUST},
    {"your strengths", JOB_MUST}, {"your tasks", JOB_DUTIES}};
/* clang-format on */

/* What makes a wish of a requirement. */
/* clang-format off */
static const char *const nice_cues[] = {
    "a bonus", "a plus", "advantage", "advantageous", "an advantage",
    "an asset", "appreciated", "are a plus", "beneficial", "big plus", "bonus", "desirable",
    "desired", "favorable", "favourable", "good to have", "helpful", "huge plus",
    "ideally", "is a plus", "is ideal", "nice to have", "nice-to-have", "not essential",
    "not mandatory", "not necessary", "not required", "optional", "plus but",
    "prefer", "preferably", "preferred", "we'd love", "welcome",
    "would be beneficial", "would be great", "would be ideal",
    "would be nice"};
/* clang-format on */

/* What an employer asks for and a resume hardly ever says. */
/* clang-format off */
static const char *const condition_cues[] = {
    "ability to lift", "ability to stand", "able to lift",
    "authorised to work", "authorized to work", "background check",
    "background screening", "criminal record check", "dbs check",
    "drug screen", "drug test", "eligible to work", "lift at least",
    "lift up to", "lifting up to", "night shift", "night shifts",
    "nights and weekends", "on-call rota", "on-call rotation", "overtime",
    "own car", "own transport", "own vehicle", "physically able",
    "pre-employment", "reliable transportation", "relocate", "right to work",
    "rotating shifts", "shift work", "travel up to", "vaccinated",
    "vaccination", "visa", "weekend work", "weekends", "willing to relocate",
    "willing to travel", "willingness to travel", "work authorization",
    "work permit"};
/* clang-format on */

/* What makes a condition of it. */
/* clang-format off */
static const char *const must_cues[] = {
    "a must", "compulsory", "essential", "is a must", "is required",
    "mandatory", "minimum of", "must be", "must have", "must hold",
    "must possess", "necessary", "need to have", "needed", "needs to have",
    "non-negotiable", "prerequisite", "required"};
/* clang-format on */

/* What an employer says about itself and its offer. */
/* clang-format off */
static const char *const boilerplate_cues[] = {
    "401(k)", "401k", "annual bonus", "annual leave", "apply now",
    "award-winning", "background check", "benefits", "bonus scheme", "click",
    "closing date", "company car", "competitive pay", "competitive salary",
    "cover letter", "cycle to work", "days holiday", "days vacation",
    "days' holiday", "dental", "disability", "discounts", "diverse workforce",
    "diversity", "drug screen", "drug test", "e-verify", "employee discount",
    "enrolment", "equal employment", "equal opportunity", "equal-opportunity",
    "equity package", "fast-growing", "flexible hours", "flexible working",
    "founded in", "free lunch", "free parking", "full-time", "gender identity",
    "genetic information", "great place to work", "gym", "headquartered",
    "health insurance", "hours a week", "hours per week", "hybrid working", "inclusive", "is a leading",
    "job type", "join our", "join us", "leading provider", "life insurance",
    "market leader", "medical insurance", "national origin", "no agencies",
    "only those selected", "our clients", "our company", "our culture",
    "our customers include", "our mission", "our team of", "our values",
    "paid holiday", "paid time off", "parental leave", "part-time", "pension",
    "per annum", "per hour", "perks", "please apply", "privacy policy",
    "protected veteran", "pto", "race, color", "race, colour",
    "reasonable accommodation", "recruitment agencies", "regardless of race",
    "regardless of your", "relocation assistance", "salary range", "salary:",
    "send your cv", "send your resume", "sexual orientation", "sign-on bonus",
    "signing bonus", "stock options", "submit your", "to apply",
    "training provided", "tuition reimbursement", "veteran status",
    "vision insurance", "visit our website", "we are a leading", "we are proud",
    "we believe", "we offer", "we thank all", "wellness", "what we offer",
    "without regard to", "work-life balance"};
/* clang-format on */

/* What a sentence about the applicant says. */
/* clang-format off */
static const char *const requirement_cues[] = {
    "ability to", "able to", "attention to detail", "background as",
    "background in", "certifi", "comfortable with", "competen", "degree",
    "diploma", "eligible", "excellent ", "experience as", "experience in",
    "experience of", "experience with", "experience working", "expertise",
    "exposure to", "familiar", "fluency", "fluent", "good command", "hands-on",
    "knowledge", "knowledge of", "licence", "licences", "license", "licensed",
    "licenses", "looking for", "must", "passion for",
    "portfolio", "proficien", "qualification", "qualified", "required",
    "requirement", "seeking", "skilled", "skills", "strong ", "track record",
    "trained in", "understanding of", "we need", "years experience", "years of",
    "years'", "you are", "you bring", "you have", "you need", "you should have"};
/* clang-format on */

/* What a sentence about the work says. */
/* clang-format off */
static const char *const duty_cues[] = {
    "duties", "in this role", "reporting to", "responsibilit",
    "responsible for", "role includes", "tasks include", "the post holder will",
    "the role involves", "the successful candidate will", "will be responsible",
    "will include", "you will", "you'll", "your role"};
/* clang-format on */

enum job_part job_words_heading(struct str folded)
{
    int part = wordmap_find(WORDMAP(heading_names), folded);

    return part < 0 ? JOB_INTRO : (enum job_part)part;
}

/* Whether the text at i is the cue, at the start of a word and, unless the cue
 * is a stem, at the end of one. */
static bool is_cue_at(struct str text, size_t i, struct str cue)
{
    if (!str_starts_nocase(str_slice(text, i, text.len), cue))
        return false;
    size_t end = i + cue.len;
    return end >= text.len || cue.len >= 7 ||
           !ascii_is_alnum((unsigned char)cue.data[cue.len - 1]) ||
           !ascii_is_alpha((unsigned char)text.data[end]);
}

enum job_part job_words_guess(struct str folded)
{
    static const struct {
        const char *word;
        enum job_part part;
    } cues[] = {
        {"prefer", JOB_NICE},        {"nice", JOB_NICE},
        {"would be", JOB_NICE},      {"also have", JOB_NICE},
        {"even better", JOB_NICE},   {"stand out", JOB_NICE},
        {"love to see", JOB_NICE},   {"great if", JOB_NICE},
        {"plus", JOB_NICE},          {"desir", JOB_NICE},
        {"bonus", JOB_NICE},         {"advantage", JOB_NICE},
        {"who can apply", JOB_MUST}, {"if you", JOB_MUST},
        {"to succeed", JOB_MUST},    {"offer", JOB_LEFT_OUT},
        {"benefit", JOB_LEFT_OUT},   {"perks", JOB_LEFT_OUT},
        {"about us", JOB_LEFT_OUT},  {"join us", JOB_LEFT_OUT},
        {"apply", JOB_LEFT_OUT},     {"require", JOB_MUST},
        {"must", JOB_MUST},          {"qualif", JOB_MUST},
        {"skill", JOB_MUST},         {"experience", JOB_MUST},
        {"you have", JOB_MUST},      {"you bring", JOB_MUST},
        {"looking for", JOB_MUST},   {"need", JOB_MUST},
        {"candidate", JOB_MUST},     {"responsib", JOB_DUTIES},
        {"dut", JOB_DUTIES},         {"task", JOB_DUTIES},
        {"you will", JOB_DUTIES},    {"you'll", JOB_DUTIES},
        {"role", JOB_DUTIES},
    };

    for (size_t i = 0; i < sizeof(cues) / sizeof(cues[0]); i++) {
        if (str_find(folded, str_of(cues[i].word), 0) != SIZE_MAX)
            return cues[i].part;
    }
    return JOB_INTRO;
}

static size_t count_cues(struct str text, struct wordlist cues)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (i > 0 && ascii_is_alnum((unsigned char)text.data[i - 1]))
            continue;
        /* The lists are sorted: only those with the same first letter. */
        char c = ascii_lower(text.data[i]);
        for (size_t k = 0; k < cues.n; k++) {
            if (cues.items[k][0] > c)
                break;
            if (cues.items[k][0] == c &&
                is_cue_at(text, i, str_of(cues.items[k]))) {
                n++;
                break;
            }
        }
    }
    return n;
}

bool job_words_are_nice(struct str text)
{
    return count_cues(text, WORDLIST(nice_cues)) > 0;
}

bool job_words_are_must(struct str text)
{
    return count_cues(text, WORDLIST(must_cues)) > 0;
}

bool job_words_are_condition(struct str text)
{
    return count_cues(text, WORDLIST(condition_cues)) > 0;
}

size_t job_words_boilerplate(struct str text)
{
    return count_cues(text, WORDLIST(boilerplate_cues));
}

size_t job_words_requirement(struct str text)
{
    return count_cues(text, WORDLIST(requirement_cues));
}

size_t job_words_duty(struct str text)
{
    return count_cues(text, WORDLIST(duty_cues));
}

bool job_words_are_sorted(void)
{
    return wordmap_is_sorted(WORDMAP(heading_names)) &&
           wordlist_is_sorted(WORDLIST(nice_cues)) &&
           wordlist_is_sorted(WORDLIST(must_cues)) &&
           wordlist_is_sorted(WORDLIST(condition_cues)) &&
           wordlist_is_sorted(WORDLIST(boilerplate_cues)) &&
           wordlist_is_sorted(WORDLIST(requirement_cues)) &&
           wordlist_is_sorted(WORDLIST(duty_cues));
}
