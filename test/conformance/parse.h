/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Private to parse.c and args.c. */
#ifndef ADL_PARSE_H_INCLUDED
#define ADL_PARSE_H_INCLUDED

#include "adl.h"

enum { MAX_WORDS = 64, MAX_BLOCKS = 64 };

struct words {
    int count;
    const char *text;               /* all, with single blanks between */
    const char *text_at[MAX_WORDS]; /* from this word on */
    const char *word[MAX_WORDS];
};

/* A block that has begun; `end` is where its next statement is linked. */
struct open {
    struct stmt *stmt; /* 0: a whole body */
    enum part_kind part;
    const struct stmt **end;
};

/* The name of a coroutine that may be defined further down. */
struct name {
    struct arg *arg;
    int line;
    struct name *next;
};

struct parser {
    struct program *program;
    const char *path;
    int line;
    struct words words;
    struct def *def; /* open definition */
    struct open blocks[MAX_BLOCKS];
    int depth;
    struct name *names;
    const struct stmt **last_decl;
    struct def **last_def;
};

struct stmt *parse_stmt(struct parser *p, int first, unsigned where);
void parse_args(struct parser *p, struct stmt *stmt, int first, unsigned where);
int parse_exception(const struct parser *p, const char *word);
long parse_number(const struct parser *p, const char *word);
long parse_slot(const struct parser *p, const char *word, char letter);
const struct def *find_def(const struct program *program, const char *name);
void resolve_names(const struct parser *p);

#endif
