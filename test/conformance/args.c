/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Arguments of statements. struct op.args has a letter for each:
 *
 *   T F H J V   a slot            A   a slot T or F
 *   n  a number                   N   a number that may be left out
 *   e  an exception               r   an exception or `cancel`
 *   c  the name of a coro         g a the name of a gen, an agen
 *   M  a slot T or `me`           *   an action: the rest of the line
 *   L E C S B Q X G I   a slot    l   a slot L that may be left out
 *   W  a slot L, C, S or B        d   a number or `none`: -1
 *   i  a slot A or a coro         +   any number of these: stmt->items
 *   m  all, first or exc: 0 to 2  k   fifo, lifo or prio: 0 to 2
 *   R  `ret`, may be left out */
#include "parse.h"

#include <string.h>

static const long number_max = 2147483647; /* the longest delay in ticks */

static void bad(const struct parser *p, const char *what, const char *word)
{
    fail(p->path, p->line, what, word);
}

/* The number that a word is from `text` on, or -1. */
static long digits(const char *text)
{
    long long number = 0;
    if (*text == '\0') {
        return -1;
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return -1;
        }
        number = 10 * number + (*text - '0');
        if (number > number_max) {
            return -1;
        }
    }
    return (long)number;
}

long parse_number(const struct parser *p, const char *word)
{
    long number = digits(word);
    if (number < 0) {
        bad(p, "not a number up to 2147483647:", word);
    }
    return number;
}

long parse_slot(const struct parser *p, const char *word, char letter)
{
    long number = word[0] == letter ? digits(word + 1) : -1;
    if (number < 0 || number >= SLOTS) {
        bad(p, "not a slot of the right kind:", word);
    }
    return number;
}

int parse_exception(const struct parser *p, const char *word)
{
    long number = word[0] == 'E' ? digits(word + 1) : -1;
    if (number < 0 || number >= USER_ERRORS) {
        bad(p, "not an exception:", word);
    }
    return ASYNC_ERR_USER - (int)number;
}

const struct def *find_def(const struct program *program, const char *name)
{
    const struct def *def;
    for (def = program->defs; def != NULL; def = def->next) {
        if (strcmp(def->name, name) == 0) {
            return def;
        }
    }
    return NULL;
}

static void note_name(struct parser *p, struct arg *arg)
{
    struct name *name = NEW(struct name);
    name->arg = arg;
    name->line = p->line;
    name->next = p->names;
    p->names = name;
}

void resolve_names(const struct parser *p)
{
    const struct name *name;
    for (name = p->names; name != NULL; name = name->next) {
        struct arg *arg = name->arg;
        enum def_kind kind = arg->kind == 'g'   ? DEF_GEN
                             : arg->kind == 'a' ? DEF_AGEN
                                                : DEF_CORO;
        arg->def = find_def(p->program, arg->word);
        if (arg->def == NULL || arg->def->kind != kind) {
            static const char *const messages[] = {
                "not a coro:", "not a gen:", "not an agen:"};
            fail(p->path, name->line, messages[kind], arg->word);
        }
    }
}

/* One of three words, as a number. */
static long parse_choice(const struct parser *p, const char *word, char kind)
{
    static const char *const modes[] = {"all", "first", "exc"};
    static const char *const orders[] = {"fifo", "lifo", "prio"};
    long i;
    for (i = 0; i < 3; i++) {
        if (strcmp(word, kind == 'm' ? modes[i] : orders[i]) == 0) {
            return i;
        }
    }
    bad(p, "not one of the words for this:", word);
    return 0;
}

/* The slot that begins with one of these letters, which becomes the kind. */
static void parse_slot_of(const struct parser *p, struct arg *arg,
                          const char *letters, const char *word)
{
    arg->kind = strchr(letters, word[0]) != NULL ? word[0] : letters[0];
    arg->number = parse_slot(p, word, arg->kind);
}

static void parse_item(struct parser *p, struct arg *arg, const char *word)
{
    arg->word = word;
    if ((word[0] == 'T' || word[0] == 'F') && digits(word + 1) >= 0) {
        parse_slot_of(p, arg, "TF", word);
    } else {
        arg->kind = 'c';
        note_name(p, arg);
    }
}

/* Arguments that are a number, or stand for one. */
static long parse_number_of(const struct parser *p, char kind, const char *word)
{
    switch (kind) {
    case 'e':
        return parse_exception(p, word);
    case 'r':
        return strcmp(word, "cancel") == 0 ? (int)ASYNC_ERR_CANCELLED
                                           : parse_exception(p, word);
    case 'd':
        return strcmp(word, "none") == 0 ? -1 : parse_number(p, word);
    case 'm':
    case 'k':
        return parse_choice(p, word, kind);
    default:
        return parse_number(p, word);
    }
}

static void parse_arg(struct parser *p, struct arg *arg, char kind,
                      const char *word)
{
    arg->kind = kind;
    arg->word = word;
    if (strchr("nerdmk", kind) != NULL) {
        arg->number = parse_number_of(p, kind, word);
    } else if (strchr("cga", kind) != NULL) {
        note_name(p, arg);
    } else if (kind == 'A') {
        parse_slot_of(p, arg, "TF", word);
    } else if (kind == 'W') {
        parse_slot_of(p, arg, "LCSB", word);
    } else if (kind == 'i') {
        parse_item(p, arg, word);
    } else if (kind == 'M' && strcmp(word, "me") != 0) {
        parse_slot_of(p, arg, "T", word);
    } else if (kind != 'M' && kind != 'R') {
        arg->number = parse_slot(p, word, kind);
    }
}

static void parse_items(struct parser *p, struct stmt *stmt, int first)
{
    int i;
    stmt->item_count = p->words.count - first;
    stmt->items = (struct arg *)arena_new((size_t)(stmt->item_count + 1) *
                                          sizeof(struct arg));
    for (i = 0; i < stmt->item_count; i++) {
        parse_item(p, &stmt->items[i], p->words.word[first + i]);
    }
}

/* What a kind stands for if the argument is there; 0 if it must be. */
static char optional(char kind)
{
    return kind == 'N' ? 'n' : kind == 'l' ? 'L' : kind == 'R' ? 'R' : '\0';
}

void parse_args(struct parser *p, struct stmt *stmt, int first, unsigned where)
{
    const char *kinds = stmt->op->args;
    int word = first, i;
    for (i = 0; kinds[i] != '\0'; i++) {
        char kind = kinds[i];
        if (kind == '*') {
            stmt->action = parse_stmt(p, word, IN_ACTION);
            return;
        }
        if (kind == '+') {
            parse_items(p, stmt, word);
            return;
        }
        if (optional(kind) != '\0') {
            if (word == p->words.count ||
                (kind == 'R' && strcmp(p->words.word[word], "ret") != 0)) {
                continue;
            }
            kind = optional(kind);
        } else if (word == p->words.count) {
            bad(p, "an argument is missing:", stmt->text);
        }
        parse_arg(p, &stmt->args[i], kind, p->words.word[word]);
        if (stmt->args[i].kind == 'M' && (where & IN_ACTION)) {
            bad(p, "a callback is not a task:", "me");
        }
        word++;
    }
    if (word != p->words.count) {
        bad(p, "too many arguments:", stmt->text);
    }
}
