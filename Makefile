# Resume Scorer. `make help` lists the targets.
#
# MODE selects a build tree: release (build/), asan (build/asan/) or
# tsan (build/tsan/). The programs of a release build land in build/ itself.

MODE    ?= release
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= cc
CXX     ?= c++
PKG_CONFIG ?= pkg-config
SHELL   := /bin/bash
# V=1 shows whole commands.
Q       := $(if $(V),,@)
say      = $(if $(V),,@echo "  $(1) $@")
.DELETE_ON_ERROR:
.SUFFIXES:

ifeq ($(MODE),release)
B := build
OPT := -O2 -g
else ifeq ($(MODE),asan)
B := build/asan
OPT := -O1 -g -fno-omit-frame-pointer \
       -fsanitize=address,undefined -fno-sanitize-recover=all
else ifeq ($(MODE),tsan)
B := build/tsan
OPT := -O1 -g -fsanitize=thread
else ifeq ($(MODE),fuzz)
B := build/fuzz
CC := clang
CXX := clang++
OPT := -O1 -g -fno-omit-frame-pointer \
       -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
else
$(error MODE is release, asan, tsan or fuzz)
endif

# --- what is built from what --------------------------------------------

LIB_PKGS       := libsodium jansson inih libpcre2-8 sqlite3
CLI_PKGS       := xlsxwriter libcurl libzip jansson libutf8proc
SERVER_PKGS    := libmicrohttpd
READER_PKGS    := libzip expat uchardet libutf8proc
EXTRACTOR_PKGS := poppler libseccomp $(READER_PKGS)

LIB_SRC       := $(wildcard src/*/*.c)
CLI_SRC       := $(wildcard cli/*.c)
SERVER_SRC    := $(wildcard server/*.c)
# The helper shares base, text and the pipe's protocol, nothing else. Its
# readers are an archive of their own, so that tests and fuzzers link them.
EXTRACTOR_SRC := $(wildcard extractor/*.c extractor/*.cc)
HELPER_SRC    := $(wildcard src/base/*.c src/text/*.c src/extract/wire*.c)
UNIT_SRC      := $(wildcard tests/unit/test_*.c)
MODEL_SRC     := $(wildcard tests/model/test_*.c)
FUZZ_SRC      := $(wildcard fuzz/fuzz_*.c)
BENCH_SRC     := $(wildcard bench/bench_*.c)

obj = $(addprefix $(B)/obj/,$(addsuffix .o,$(1)))
LIB_OBJ       := $(call obj,$(LIB_SRC))
CLI_OBJ       := $(call obj,$(CLI_SRC))
SERVER_OBJ    := $(call obj,$(SERVER_SRC))
EXTRACTOR_OBJ := $(call obj,$(EXTRACTOR_SRC))
HELPER_OBJ    := $(call obj,$(HELPER_SRC))
UNIT_BIN      := $(UNIT_SRC:tests/%.c=$(B)/tests/%)
MODEL_BIN     := $(MODEL_SRC:tests/%.c=$(B)/tests/%)
REPLAY_BIN    := $(FUZZ_SRC:fuzz/%.c=$(B)/replay/%)
FUZZ_BIN      := $(FUZZ_SRC:fuzz/%.c=build/fuzz/run/%)
BENCH_BIN     := $(BENCH_SRC:bench/%.c=$(B)/bench/%)

# --- flags ----------------------------------------------------------------

# No warning stops an ordinary build; `make check` sets WERROR.
WERROR   ?=
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
            -Wwrite-strings -Wundef -Wvla -Wformat=2 $(WERROR)
CWARN    := $(WARN) -Wstrict-prototypes -Wmissing-prototypes
# No contraction: the same float operations on every processor; kernels call
# fma on purpose.
CPPFLAGS += -Iinclude -Isrc -I. -I$(B)/gen -D_GNU_SOURCE
CFLAGS   += -std=c17 $(OPT) -ffp-contract=off -fvisibility=hidden -fPIC \
            -fstack-protector-strong -pthread
CXXFLAGS += -std=c++17 $(OPT) -fvisibility=hidden -fno-rtti \
            -fstack-protector-strong
LDFLAGS  += -pthread -Wl,-z,relro,-z,now -Wl,--gc-sections
ifeq ($(MODE),release)
CPPFLAGS += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
endif

pkg_cflags = $(shell $(PKG_CONFIG) --cflags $(1) 2>/dev/null)
pkg_libs   = $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null)
LIB_LIBS  := $(call pkg_libs,$(LIB_PKGS)) -lm

LIBEXECDIR = $(PREFIX)/libexec/resume-scorer
MANDIR     = $(PREFIX)/share/man/man1
BASHDIR    = $(PREFIX)/share/bash-completion/completions
PCDIR      = $(PREFIX)/lib/pkgconfig

# --- targets --------------------------------------------------------------

.PHONY: all help clean
## make         the library and the programs, in build/
all: $(B)/libresume_scorer.a $(B)/resume-scorer $(B)/resume-scorer-extract

help:
	@sed -n 's/^## //p' Makefile

## make demo    installs what is missing, builds, gets the model, ranks samples
.PHONY: demo models
demo:
	@scripts/install-deps.sh demo
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@$(MAKE) --no-print-directory models
	@scripts/demo.sh

## make models  downloads and checks the encoder and the entity pipeline
models: $(B)/resume-scorer
	@$(B)/resume-scorer models pull
	@$(B)/resume-scorer models pull en_core_web_sm || \
	    echo "Without it only \`resume-scorer entities\` does not work."

## make install [PREFIX=/usr/local] [DESTDIR=]
.PHONY: install uninstall
install: all
	install -d $(addprefix $(DESTDIR),$(PREFIX)/bin $(PREFIX)/include \
	    $(PREFIX)/lib $(LIBEXECDIR) $(MANDIR) $(BASHDIR) $(PCDIR))
	install -m 755 $(B)/resume-scorer $(DESTDIR)$(PREFIX)/bin/
	install -m 755 $(B)/resume-scorer-extract $(DESTDIR)$(LIBEXECDIR)/
	install -m 644 include/resume_scorer.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 $(B)/libresume_scorer.a $(DESTDIR)$(PREFIX)/lib/
	$(B)/resume-scorer manual >$(DESTDIR)$(MANDIR)/resume-scorer.1
	$(B)/resume-scorer completion bash >$(DESTDIR)$(BASHDIR)/resume-scorer
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBEXECDIR@|$(LIBEXECDIR)|' \
	    -e 's|@REQUIRES@|$(LIB_PKGS)|' \
	    -e "s|@VERSION@|$$(sed -n 's/^#define RSC_VERSION  *"\(.*\)"/\1/p' \
	        include/resume_scorer.h)|" scripts/resume_scorer.pc.in \
	    >$(DESTDIR)$(PCDIR)/resume_scorer.pc

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/resume-scorer \
	    $(DESTDIR)$(LIBEXECDIR)/resume-scorer-extract \
	    $(DESTDIR)$(PREFIX)/include/resume_scorer.h \
	    $(DESTDIR)$(PREFIX)/lib/libresume_scorer.a \
	    $(DESTDIR)$(MANDIR)/resume-scorer.1 \
	    $(DESTDIR)$(BASHDIR)/resume-scorer $(DESTDIR)$(PCDIR)/resume_scorer.pc

$(B)/obj/%.c.o: %.c
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(CWARN) $(EXTRA_CFLAGS) -MMD -MP -c $< -o $@

$(B)/obj/%.cc.o: %.cc
	$(call say,CXX)
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CPPFLAGS) $(CXXFLAGS) $(WARN) $(EXTRA_CFLAGS) -MMD -MP -c $< -o $@

# The numbers of the score with their reasons, as bytes; a NUL ends them.
$(B)/gen/scoring_ini.inc: data/scoring.ini Makefile
	$(call say,GEN)
	@mkdir -p $(@D)
	$(Q)(od -An -v -tx1 -w16 $< | sed 's/ \(..\)/0x\1,/g'; echo 0) > $@
$(B)/obj/src/score/score_config.c.o: $(B)/gen/scoring_ini.inc

# The models that `models pull` knows, as bytes.
$(B)/gen/models_json.inc: data/models.json Makefile
	$(call say,GEN)
	@mkdir -p $(@D)
	$(Q)od -An -v -tx1 -w16 $< | sed 's/ \(..\)/0x\1,/g' > $@
$(B)/obj/cli/registry.c.o: $(B)/gen/models_json.inc

# Calibration texts of the int8 encoder, each a struct str.
$(B)/gen/calibration_txt.inc: data/calibration.txt Makefile
	$(call say,GEN)
	@mkdir -p $(@D)
	$(Q)sed '/^;/d; /^$$/d; s/\\/\\\\/g; s/"/\\"/g; s/^/{"/; s/$$/"},/' $< | \
	    awk '{ t = substr($$0, 2, length($$0) - 3); \
	           printf "{%s, sizeof(%s) - 1},\n", t, t }' > $@
$(B)/obj/src/embed/calibration.c.o: $(B)/gen/calibration_txt.inc

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(SERVER_OBJ:.o=.d) $(EXTRACTOR_OBJ:.o=.d)
-include $(UNIT_BIN:=.d) $(MODEL_BIN:=.d) $(B)/tests/make_tiny_model.d $(REPLAY_BIN:=.d) $(BENCH_BIN:=.d)

$(B)/obj/extractor/%: EXTRA_CFLAGS = $(call pkg_cflags,$(EXTRACTOR_PKGS))
$(B)/obj/cli/%: EXTRA_CFLAGS = $(call pkg_cflags,$(CLI_PKGS))
$(B)/obj/server/%: EXTRA_CFLAGS = $(call pkg_cflags,$(SERVER_PKGS))
$(B)/obj/src/%: EXTRA_CFLAGS = $(call pkg_cflags,$(LIB_PKGS))

# Everything inside, for our own programs and tests.
$(B)/libinternal.a: $(LIB_OBJ)
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $^

# What others link: one object, internal names hidden.
$(B)/libresume_scorer.a: $(LIB_OBJ)
	$(call say,LD)
	@rm -f $@
	$(Q)ld -r -o $(B)/resume_scorer.o $(LIB_OBJ)
	$(Q)objcopy --localize-hidden $(B)/resume_scorer.o
	$(Q)ar rcs $@ $(B)/resume_scorer.o

# The table of routes, which is the documentation, too.
$(B)/gen/openapi.inc: server/openapi.json
	$(call say,GEN)
	@mkdir -p $(@D)
	$(Q)od -An -v -tx1 $< | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g' > $@
$(B)/obj/server/routes.c.o: $(B)/gen/openapi.inc

# The service; unit tests link it, too.
$(B)/libserver.a: $(SERVER_OBJ)
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/resume-scorer: $(CLI_OBJ) $(B)/libserver.a $(B)/libinternal.a
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(LIB_LIBS) $(call pkg_libs,$(CLI_PKGS) $(SERVER_PKGS))

$(B)/libreaders.a: $(filter-out %/main.c.o,$(EXTRACTOR_OBJ))
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $^

# Archives, so that what the helper does not use brings no library along.
$(B)/libhelper.a: $(HELPER_OBJ)
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/resume-scorer-extract: $(B)/obj/extractor/main.c.o $(B)/libreaders.a \
                            $(B)/libhelper.a
	$(call say,LINK)
	$(Q)$(CXX) $(CXXFLAGS) $(LDFLAGS) $^ -o $@ $(call pkg_libs,$(EXTRACTOR_PKGS))

# --- the skill ontology: data/skills/ compiled into one table -------------

SKILL_FILES := $(sort $(wildcard data/skills/*.txt))
COMPILER    := $(B)/gen/compile_ontology
# The compiler is made of the library's own parts, without the table.
COMPILER_OBJ := $(call obj,tools/compile_ontology.c $(wildcard src/base/*.c \
                src/text/*.c) $(addprefix src/skills/ontology_,source.c link.c build.c))

$(COMPILER): $(COMPILER_OBJ)
	$(call say,LINK)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(LIB_LIBS)

$(B)/gen/skills.bin: $(COMPILER) $(SKILL_FILES)
	$(Q)$(COMPILER) $@ $(SKILL_FILES)

$(B)/obj/src/skills/skills_table.c.o: $(B)/gen/skills.bin
$(B)/obj/src/skills/skills_table.c.o: EXTRA_CFLAGS += \
    -DSKILLS_TABLE='"$(B)/gen/skills.bin"'
-include $(B)/obj/tools/compile_ontology.c.d

# --- tests ----------------------------------------------------------------

READER_LIBS = $(B)/libserver.a $(B)/libreaders.a $(B)/libinternal.a \
              -Wl,--as-needed $(call pkg_libs,$(READER_PKGS) $(SERVER_PKGS))

$(B)/tests/%: tests/%.c $(B)/libserver.a $(B)/libreaders.a $(B)/libinternal.a
	$(call say,TEST)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -I. -Itests $(CFLAGS) $(CWARN) -MMD -MP -MF $@.d $< -o $@ \
	    $(LDFLAGS) $(READER_LIBS) -lcmocka $(LIB_LIBS)

# Benchmarks, and our side of the tools that compare with a peer.
$(B)/bench/%: bench/%.c $(B)/libinternal.a
	$(call say,BENCH)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(CWARN) -MMD -MP -MF $@.d $< -o $@ \
	    $(LDFLAGS) $(B)/libinternal.a $(LIB_LIBS)

$(B)/tools/eval_ranking: tools/eval_metrics.c tools/eval_kit.c
$(B)/tools/eval_ranking: WITH = tools/eval_metrics.c tools/eval_kit.c
$(B)/tools/eval_fields: tools/eval_kit.c
$(B)/tools/eval_fields: WITH = tools/eval_kit.c
$(B)/tools/eval_precision: tools/eval_metrics.c
$(B)/tools/eval_precision: WITH = tools/eval_metrics.c
$(B)/tools/eval_parse: tools/eval_parse_job.c tools/eval_parse_resume.c
$(B)/tools/eval_parse: WITH = tools/eval_parse_job.c tools/eval_parse_resume.c
$(B)/tools/eval_scores: tools/eval_writer.c
$(B)/tools/eval_scores: WITH = tools/eval_writer.c $(call pkg_libs,libzip)
$(B)/tools/%: tools/%.c $(B)/libinternal.a
	$(call say,TOOL)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -I. $(CFLAGS) $(CWARN) -MMD -MP -MF $@.d $< $(WITH) -o $@ \
	    $(LDFLAGS) $(B)/libinternal.a $(LIB_LIBS)

# Writes the files that tests/extract/*.sh feed to the helper.
MAKE_FILES := $(wildcard tests/extract/make_*.c)
$(B)/tests/extract/make_files: $(MAKE_FILES) $(B)/libreaders.a $(B)/libinternal.a
	$(call say,TEST)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(CWARN) $(MAKE_FILES) -o $@ \
	    $(LDFLAGS) $(READER_LIBS) $(call pkg_libs,zlib) $(LIB_LIBS)

# A fuzz target replays its past findings without a fuzzer.
$(B)/replay/%: fuzz/%.c fuzz/replay.c $(B)/libserver.a $(B)/libreaders.a $(B)/libinternal.a
	$(call say,TEST)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -I. $(CFLAGS) $(CWARN) -MMD -MP -MF $@.d $< fuzz/replay.c \
	    -o $@ $(LDFLAGS) $(READER_LIBS) $(LIB_LIBS)

build/fuzz/run/%: fuzz/%.c $(B)/libserver.a $(B)/libreaders.a $(B)/libinternal.a
	$(call say,FUZZ)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -I. $(CFLAGS) $(CWARN) -fsanitize=fuzzer -MMD -MP \
	    -MF $@.d $< -o $@ $(LDFLAGS) $(READER_LIBS) $(LIB_LIBS)

## make fuzz    every fuzz target for FUZZ_SECONDS (60); FUZZ=NAME for one
.PHONY: fuzz fuzz-programs
FUZZ_SECONDS ?= 60
fuzz-programs: $(if $(FUZZ),build/fuzz/run/fuzz_$(FUZZ),$(FUZZ_BIN))
fuzz:
	@scripts/install-deps.sh fuzz
	@$(MAKE) --no-print-directory MODE=fuzz fuzz-programs
	@scripts/run-fuzz.sh $(FUZZ_SECONDS) $(FUZZ)

## make schemathesis  properties of openapi.json against a running service
.PHONY: schemathesis
schemathesis: all
	@scripts/schemathesis.sh

## make attack  hostile requests against a running service, as a table
.PHONY: attack
attack: all
	@tests/server/attack.py $(B)/resume-scorer $(B)/resume-scorer-extract

## make kill    ROUNDS (1000) kills of a running service: no wrong answer, no refusal
.PHONY: kill
ROUNDS ?= 1000
kill: all
	@$(WITH_MODELS); tools/kill_service.py $(B)/resume-scorer \
	    $(B)/resume-scorer-extract "$$RESUME_SCORER_MODELS" $(ROUNDS)

## make idle    what the service costs when nobody asks
.PHONY: idle
idle: all
	@$(WITH_MODELS); tools/service_idle.sh $(B)/resume-scorer

## make test-server-asan, test-server-tsan  the service's tests with sanitizers
.PHONY: test-server-asan test-server-tsan
test-server-asan test-server-tsan: test-server-%: all $(B)/tests/make_tiny_model
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=$* all
	@scripts/test-server.sh $*

.PHONY: unit
unit: $(UNIT_BIN) $(REPLAY_BIN) $(B)/libresume_scorer.a
	@scripts/check-symbols.sh $(B)/libresume_scorer.a
	@scripts/run-tests.sh $(UNIT_BIN) $(REPLAY_BIN)

## make check   unit tests under ASan and UBSan, style, layers; under 60 s
.PHONY: check lint
check: lint
	@$(MAKE) --no-print-directory MODE=asan WERROR=-Werror unit

## make prove-wordpiece  ids against the tokenizers package (in a venv)
.PHONY: prove-wordpiece
prove-wordpiece: $(B)/resume-scorer $(B)/tools/wordpiece_ids
	tools/wordpiece_tables.py --check
	tools/wordpiece_proof.py --model "$$(dirname \
	    "$$($(B)/resume-scorer models path)")/source" $(PROOF)

## make format  clang-format over our own files
.PHONY: format
format:
	@git ls-files -co --exclude-standard -- "*.c" "*.h" "*.cc" | sort -u | \
	    while read -r f; do [ -f "$$f" ] && ! grep -qm1 "Generated by" "$$f" && \
	    echo "$$f"; done | xargs clang-format -i

## make test    installs what is missing, then every test
.PHONY: test
test:
	@scripts/install-deps.sh test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=asan WERROR=-Werror all \
	    unit-programs
	@$(MAKE) --no-print-directory -j$$(nproc) all model-programs \
	    extract-programs
	@scripts/test-all.sh

.PHONY: unit-programs model-programs extract-programs
extract-programs: $(B)/tests/extract/dump $(B)/tests/extract/make_files
unit-programs: $(UNIT_BIN) $(REPLAY_BIN)
model-programs: $(MODEL_BIN)

## make test-arm  the encoder as arm64 under qemu: the same bytes as here
.PHONY: test-arm
test-arm:
	@scripts/run-tests.sh scripts/test-arm.sh

# The models that the program itself would use.
WITH_MODELS = export RESUME_SCORER_MODELS=$${RESUME_SCORER_MODELS:-$$($(B)/resume-scorer models path --dir)}

## make bench   our speed beside what a user would pick instead
.PHONY: bench
bench: $(BENCH_BIN) $(B)/resume-scorer
	@$(WITH_MODELS); for b in $(BENCH_BIN); do echo; echo "== $${b##*/}"; $$b || exit 1; done
	@echo; $(MAKE) --no-print-directory bench-callgrind
	@if [ -d build/venv-sentence-transformers ]; then \
	    $(MAKE) --no-print-directory bench-peers; else \
	    echo; echo "make bench-peers sets the encoder beside torch, ONNX" \
	        "Runtime and OpenVINO (fetches about 2 GB once)."; fi

## make bench-callgrind  instructions of one forward pass: never two figures
.PHONY: bench-callgrind
bench-callgrind: $(B)/bench/bench_encoder $(B)/resume-scorer
	@$(WITH_MODELS); scripts/bench-callgrind.sh

## make bench-peers  the encoder beside torch, ONNX Runtime, OpenVINO (in a venv)
.PHONY: bench-peers
bench-peers: $(B)/bench/bench_encoder $(B)/resume-scorer
	@$(WITH_MODELS); bench/peers/encoder_peer.py $(if $(LINES),--lines $(LINES)) \
	    --json build/encoder_speed.json --svg docs/encoder_speed.svg

## make bench-service  the service beside FastAPI and sentence-transformers
.PHONY: bench-service
bench-service: all
	@$(WITH_MODELS); bench/peers/service_peer.py

## make load    the service under 512 MB and a tenth of a core (root); LOAD_SECONDS=180
.PHONY: load
LOAD_SECONDS ?= 180
load: all
	@$(WITH_MODELS); bench/load_service.py $(LOAD_SECONDS)

## make tidy    clang-tidy over the library and the programs; some minutes
.PHONY: tidy
tidy:
	@scripts/install-deps.sh tidy
	@printf '%s\n' $(filter-out %/skills_table.c,$(LIB_SRC)) $(CLI_SRC) | xargs -P2 -I{} clang-tidy --quiet {} -- \
	    $(CPPFLAGS) -std=c17 $(call pkg_cflags,$(LIB_PKGS) $(CLI_PKGS))

## make eval    how well it judges, on data with human labels where that is at hand
EVAL_BIN := $(addprefix $(B)/tools/eval_,ranking fields scores skills coverage parse precision)
.PHONY: eval
eval: all $(EVAL_BIN)
	@scripts/eval.sh

lint:
	@scripts/check-layers.sh
	@scripts/check-style.sh
	@if command -v python3 >/dev/null; then scripts/check-deploy.py; else \
	    echo "python3 is missing, deployment files not checked"; fi

clean:
	rm -rf build
