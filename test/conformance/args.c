/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Arguments of statements. struct op.args has a letter for each:
 *
 *   T F H J V   a slot            A   a slot T or F
 *   n  a number                   N   a number that may be left out
 *   e  an exception               r   an exception or `cancel`
 *   c  the name of a coro         g   the name of a gen
 *   M  a slot T or `me`           *   an action: the rest of the line */
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
        arg->def = find_def(p->program, arg->word);
        if (arg->def == NULL || arg->def->generator != (arg->kind == 'g')) {
            fail(p->path, name->line,
                 arg->kind == 'g' ? "not a gen:" : "not a coro:", arg->word);
        }
    }
}

static void parse_arg(struct parser *p, struct arg *arg, char kind,
                      const char *word)
{
    arg->kind = kind;
    arg->word = word;
    switch (kind) {
    case 'n':
        arg->number = parse_number(p, word);
        break;
    case 'e':
        arg->number = parse_exception(p, word);
        break;
    case 'r':
        arg->number = strcmp(word, "cancel") == 0 ? (int)ASYNC_ERR_CANCELLED
                                                  : parse_exception(p, word);
        break;
    case 'c':
    case 'g':
        note_name(p, arg);
        break;
    case 'A':
        arg->kind = word[0] == 'F' ? 'F' : 'T';
        arg->number = parse_slot(p, word, arg->kind);
        break;
    case 'M':
        if (strcmp(word, "me") != 0) {
            arg->kind = 'T';
            arg->number = parse_slot(p, word, 'T');
        }
        break;
    default:
        arg->number = parse_slot(p, word, kind);
        break;
    }
}

void parse_args(struct parser *p, struct stmt *stmt, int first, unsigned where)
{
    const char *kinds = stmt->op->args;
    int word = first, i;
    for (i = 0; kinds[i] != '\0'; i++) {
        if (kinds[i] == '*') {
            stmt->action = parse_stmt(p, word, IN_ACTION);
            return;
        }
        if (word == p->words.count) {
            if (kinds[i] == 'N') {
                return;
            }
            bad(p, "an argument is missing:", stmt->text);
        }
        parse_arg(p, &stmt->args[i], kinds[i] == 'N' ? 'n' : kinds[i],
                  p->words.word[word]);
        if (stmt->args[i].kind == 'M' && (where & IN_ACTION)) {
            bad(p, "a callback is not a task:", "me");
        }
        word++;
    }
    if (word != p->words.count) {
        bad(p, "too many arguments:", stmt->text);
    }
}
