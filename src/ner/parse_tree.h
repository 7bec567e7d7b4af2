/* SPDX-License-Identifier: MIT */
#ifndef RSC_PARSE_TREE_H
#define RSC_PARSE_TREE_H

/*
 * From the parser's arcs to a tree: heads, labels, sentences. An arc that
 * crosses others was learned in two parts, as a label "a||b": the token's
 * real head is a descendant of the one it was given, attached by b.
 */

#include "ner/dep_parser.h"
#include "ner/parse_state.h"

rsc_status parse_tree_finish(struct ctx *ctx, const struct dep_parser *parser,
                             const struct parse_state *state,
                             const struct token_list *tokens,
                             struct parse *out);

#endif
