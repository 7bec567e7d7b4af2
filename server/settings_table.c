/* SPDX-License-Identifier: MIT */
#include "settings_table.h"

#define NUMBER(s, n, value, on_render, lo, hi, explain)                        \
    {                                                                          \
        .section = s, .name = n, .type = SETTING_NUMBER, .number = value,      \
        .render = on_render, .min = lo, .max = hi, .help = explain             \
    }
#define NUMBER_ENV(s, n, value, on_render, lo, hi, e1, e2, explain)            \
    {                                                                          \
        .section = s, .name = n, .type = SETTING_NUMBER, .number = value,      \
        .render = on_render, .min = lo, .max = hi, .env = {e1, e2},            \
        .help = explain                                                        \
    }
#define SWITCH(s, n, value, on_render, e1, explain)                            \
    {                                                                          \
        .section = s, .name = n, .type = SETTING_SWITCH, .number = value,      \
        .render = on_render, .max = 1, .env = {e1}, .help = explain            \
    }
#define TEXT(s, n, value, choices, e1, explain)                                \
    {                                                                          \
        .section = s, .name = n, .type = SETTING_TEXT, .text = value,          \
        .choice = choices, .env = {e1}, .help = explain                        \
    }

const struct setting_row setting_rows[SETTING_COUNT] = {
    [SET_HOST] = TEXT("server", "host", "127.0.0.1", NULL, "HOST",
                      "Address to listen on; beyond loopback, set a key"),
    [SET_PORT] = NUMBER_ENV("server", "port", 8000, 10000, 0, 65535, "PORT",
                            NULL, "Port; 0 takes a free one"),
    [SET_WORKERS] =
        NUMBER_ENV("server", "workers", 1, 1, 1, 64, "WEB_CONCURRENCY", NULL,
                   "Requests that are worked on at the same time"),
    [SET_QUEUE] = NUMBER("server", "queue", 64, 32, 1, 4096,
                         "Requests that may wait; the next one gets 503"),
    [SET_INPUTS] = NUMBER("server", "inputs", 512, 512, 1, 1000000,
                          "Inputs of embedding requests that are taken on at "
                          "the same time; the next one gets 429"),
    [SET_CONNECTIONS] =
        NUMBER("server", "connections", 512, 256, 8, 4096, "Open connections"),
    [SET_PER_ADDRESS] =
        NUMBER("server", "connections_per_address", 64, 64, 1, 4096,
               "Open connections of one address; off behind a trusted proxy"),
    [SET_TRUST_PROXY] =
        SWITCH("server", "trust_proxy", 0, 1, NULL,
               "Take the address from the last X-Forwarded-For"),
    [SET_HEADER_S] = NUMBER("server", "header_seconds", 10, 10, 1, 120,
                            "A request's header must be there by then"),
    [SET_BODY_S] = NUMBER("server", "body_seconds", 120, 120, 1, 3600,
                          "A request's body must be there by then"),
    [SET_BODY_RATE] = NUMBER("server", "body_rate", 1024, 1024, 0, 1 << 20,
                             "Bytes a second that a body must bring, after 10 "
                             "seconds"),
    [SET_IDLE_S] = NUMBER("server", "idle_seconds", 120, 120, 1, 3600,
                          "A connection may idle that long; Render needs 120"),
    [SET_REQUEST_S] = NUMBER("server", "request_seconds", 120, 120, 1, 3600,
                             "A request is answered or given up by then"),
    [SET_STOP_S] = NUMBER("server", "stop_seconds", 25, 25, 1, 300,
                          "At SIGTERM, running requests get that long"),
    [SET_JSON_KB] =
        NUMBER("server", "json_kb", 2000, 2000, 1, 65536, "Largest JSON body"),
    [SET_UPLOAD_MB] = NUMBER("server", "upload_mb", 25, 25, 1, 1024,
                             "Largest form of a single document"),
    [SET_BATCH_MB] = NUMBER("server", "batch_mb", 64, 32, 1, 4096,
                            "Largest form of a batch"),
    [SET_BATCH_FILES] = NUMBER("server", "batch_files", 100, 50, 1, 10000,
                               "Resumes in one batch"),
    [SET_BODIES_MB] = NUMBER("server", "bodies_mb", 256, 64, 1, 65536,
                             "All bodies in memory together; beyond it, 503"),
    [SET_RATE] = NUMBER("server", "rate_per_minute", 0, 600, 0, 1000000,
                        "Requests a minute of one key or address; 0 is off"),
    [SET_BURST] = NUMBER("server", "rate_burst", 60, 60, 1, 100000,
                         "Requests that may come at once under that rate"),
    [SET_MODELS] = TEXT("model", "folder", "", NULL, "RESUME_SCORER_MODELS",
                        "Folder of the installed models"),
    [SET_MODEL] = TEXT("model", "name", "", NULL, NULL,
                       "Sentence encoder; empty: all-MiniLM-L6-v2"),
    [SET_PRECISION] = TEXT("model", "precision", "", NULL, NULL,
                           "Precision; empty: the best installed one"),
    [SET_ENTITIES] = TEXT("model", "entities", "", NULL, NULL,
                          "Entity pipeline: a name or a folder's path; empty: "
                          "en_core_web_sm"),
    [SET_ONTOLOGY] =
        TEXT("model", "ontology", "", NULL, NULL, "File of own skills"),
    [SET_EXTRACTOR] = TEXT("model", "extractor", "", NULL, NULL,
                           "Path of resume-scorer-extract; empty: beside the "
                           "program"),
    [SET_ISA] = TEXT("model", "isa", "", NULL, "RESUME_SCORER_ISA",
                     "Force an instruction set; empty: the best"),
    [SET_THREADS] =
        NUMBER_ENV("model", "threads", 0, 1, 0, 256, "OMP_NUM_THREADS", NULL,
                   "Threads of the encoder; 0: as many as allowed"),
    [SET_BATCH_SIZE] =
        NUMBER_ENV("model", "batch_size", 8, 4, 1, 256, "BATCH_SIZE", NULL,
                   "Texts that go through the encoder together"),
    [SET_PRELOAD] = SWITCH("model", "preload", 0, 0, NULL,
                           "Touch the model's pages before the first request"),
    [SET_OFFLOAD] = SWITCH("model", "offload", 1, 1, NULL,
                           "Give the model's pages back when idle"),
    [SET_OFFLOAD_S] = NUMBER("model", "offload_seconds", 300, 300, 1, 86400,
                             "Idle means that long without a request"),
    [SET_FILE_MB] = NUMBER("documents", "file_mb", 20, 20, 1, 1024,
                           "Largest resume or job file"),
    [SET_PAGES] =
        NUMBER("documents", "pages", 50, 50, 1, 10000, "Pages that are read"),
    [SET_TEXT_CHARS] =
        NUMBER_ENV("documents", "text_chars", 50000, 50000, 1000, 50000,
                   "MAX_TEXT_LENGTH", NULL, "Characters that are read"),
    [SET_EXTRACT_S] = NUMBER("documents", "extract_seconds", 10, 30, 1, 600,
                             "Longest extraction of one file"),
    [SET_EXTRACT_MB] = NUMBER("documents", "extract_mb", 256, 256, 64, 4096,
                              "Address space of the extraction helper"),
    [SET_EMBEDDINGS] =
        NUMBER_ENV("cache", "embeddings", 2000, 2000, 0, 10000000, "CACHE_SIZE",
                   NULL, "Vectors kept in memory"),
    [SET_EMBEDDINGS_MB] = NUMBER("cache", "embeddings_mb", 16, 8, 1, 65536,
                                 "Memory of these vectors"),
    [SET_ANALYSES] = NUMBER("cache", "analyses", 500, 200, 0, 1000000,
                            "Whole answers kept in memory"),
    [SET_ANALYSES_MB] = NUMBER("cache", "analyses_mb", 32, 8, 1, 65536,
                               "Memory of these answers"),
    [SET_DISK] = SWITCH("cache", "disk", 1, 1, NULL,
                        "Keep vectors on disk, under keyed hashes, no text"),
    [SET_DISK_ROWS] = NUMBER("cache", "disk_rows", 100000, 20000, 100,
                             100000000, "Vectors kept on disk"),
    [SET_DISK_MB] = NUMBER("cache", "disk_mb", 256, 64, 4, 1 << 20,
                           "Size of the cache on disk"),
    [SET_FOLDER] = TEXT("data", "folder", "", NULL, "STATE_DIRECTORY",
                        "Where state is kept; empty: "
                        "~/.local/state/resume-scorer"),
    [SET_STORE] = SWITCH("data", "store", 0, 0, NULL,
                         "Keep answers and batches on disk: personal data"),
    [SET_EXPIRE_H] =
        NUMBER("data", "expire_hours", 24, 24, 1, 8760,
               "Answers and batches are deleted after, in memory too"),
    [SET_AUDIT] = TEXT("data", "audit_log", "", NULL, NULL,
                       "File that gets one line of hashes per score"),
    [SET_LIMIT_MB] = NUMBER("memory", "limit_mb", 0, 0, 0, 1 << 24,
                            "Memory limit; 0: as the container says"),
    [SET_MONITOR_S] = NUMBER_ENV("memory", "monitor_seconds", 60, 60, 1, 3600,
                                 "MEMORY_MONITOR_INTERVAL", NULL,
                                 "How often memory is looked at when idle"),
    [SET_STANDARD] = NUMBER("memory", "standard", 70, 70, 1, 99,
                            "Percent at which caches shrink"),
    [SET_AGGRESSIVE] = NUMBER("memory", "aggressive", 80, 80, 1, 99,
                              "Percent at which caches and model pages go"),
    [SET_EMERGENCY] = NUMBER("memory", "emergency", 90, 90, 1, 100,
                             "Percent at which only health is answered"),
    [SET_LOG_LEVEL] = TEXT("log", "level", "info", "debug|info|warn|error",
                           "LOG_LEVEL", "What is logged"),
    [SET_LOG_FORMAT] =
        TEXT("log", "format", "logfmt", "logfmt|json", NULL, "How"),
};
