/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Source text -> struct program. */
#include "parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- Lines ----------------------------------------------------------------- */

/* Splits a line into words; `text` is all of them with single blanks. */
static void split(struct parser *p, const char *line, size_t length)
{
    struct words *words = &p->words;
    const char *at = line, *end = line + length;
    char *out = (char *)arena_new(2 * length + 1);
    words->text = out;
    words->count = 0;
    for (;;) {
        const char *start;
        while (at < end && strchr(" \t\r\f\v", *at) != NULL) {
            at++;
        }
        for (start = at;
             at < end && *at != '#' && strchr(" \t\r\f\v", *at) == NULL; at++) {
        }
        if (at == start) { /* end of line or comment */
            break;
        }
        if (words->count == MAX_WORDS) {
            fail(p->path, p->line, "too many words", NULL);
        }
        if (words->count > 0) {
            *out++ = ' ';
        }
        memcpy(out, start, (size_t)(at - start));
        words->text_at[words->count] = out;
        words->word[words->count++] = arena_text(start, (size_t)(at - start));
        out += at - start;
    }
}

static const char *word(const struct parser *p, int index)
{
    if (index >= p->words.count) {
        fail(p->path, p->line, "a word is missing after", p->words.text);
    }
    return p->words.word[index];
}

/* -- Statements ------------------------------------------------------------ */

struct stmt *parse_stmt(struct parser *p, int first, unsigned where)
{
    const char *name = word(p, first);
    const struct op *op = op_find(name);
    struct stmt *stmt = NEW(struct stmt);
    if (op == NULL) {
        fail(p->path, p->line, "unknown statement", name);
    } else if ((op->flags & where) == 0) {
        fail(p->path, p->line, "cannot stand here:", name);
    }
    stmt->op = op;
    stmt->line = p->line;
    stmt->text = p->words.text_at[first];
    parse_args(p, stmt, first + 1, where);
    return stmt;
}

/* -- Blocks ---------------------------------------------------------------- */

static void open_block(struct parser *p, struct stmt *stmt,
                       const struct stmt **first)
{
    if (p->depth == MAX_BLOCKS) {
        fail(p->path, p->line, "blocks are nested too deeply", NULL);
    }
    p->blocks[p->depth].stmt = stmt;
    p->blocks[p->depth].part = PART_BODY;
    p->blocks[p->depth].end = first;
    p->depth++;
    if (p->depth > p->def->depth) {
        p->def->depth = p->depth;
    }
}

static void parse_spec(const struct parser *p, struct stmt *stmt)
{
    static const char *const names[] = {"exc", "all", "cancel", "timeout"};
    const char *name = word(p, 1);
    int i;
    stmt->spec_text = p->words.text;
    for (i = 0; i < SPEC_USER; i++) {
        if (strcmp(name, names[i]) == 0) {
            stmt->spec = (enum spec)i;
            return;
        }
    }
    stmt->spec = SPEC_USER;
    stmt->spec_error = parse_exception(p, name);
}

/* `except`, `else` and `finally`, in this order. */
static void begin_part(struct parser *p, enum part_kind part)
{
    struct open *top = &p->blocks[p->depth - 1];
    struct stmt *stmt = top->stmt;
    if (stmt == NULL || strcmp(stmt->op->name, "try") != 0) {
        fail(p->path, p->line, "outside a try:", word(p, 0));
    }
    if (part <= top->part || (part == PART_ELSE && top->part != PART_EXCEPT)) {
        fail(p->path, p->line, "cannot follow here:", word(p, 0));
    }
    if (part == PART_EXCEPT) {
        parse_spec(p, stmt);
    }
    stmt->parts[part].line = p->line;
    top->part = part;
    top->end = &stmt->parts[part].first;
}

static void end_block(struct parser *p)
{
    struct stmt *stmt = p->blocks[--p->depth].stmt;
    if (stmt != NULL) {
        stmt->end_line = p->line;
    } else {
        p->def = NULL;
    }
}

/* `reraise` needs an EXCEPT of the same body round it, loops between them
 * aside. */
static void check_reraise(const struct parser *p)
{
    int i = p->depth - 1;
    while (i > 0 && strcmp(p->blocks[i].stmt->op->name, "loop") == 0) {
        i--;
    }
    if (p->blocks[i].part != PART_EXCEPT) {
        fail(p->path, p->line, "reraise outside except", NULL);
    }
}

static void parse_body_line(struct parser *p)
{
    static const unsigned where[] = {IN_CORO, IN_GEN, IN_AGEN};
    const char *name = word(p, 0);
    bool quiet = strcmp(name, "?") == 0;
    struct stmt *stmt;
    struct open *top = &p->blocks[p->depth - 1];
    if (strcmp(name, "end") == 0) {
        end_block(p);
        return;
    }
    if (strcmp(name, "except") == 0) {
        begin_part(p, PART_EXCEPT);
        return;
    }
    if (strcmp(name, "else") == 0) {
        begin_part(p, PART_ELSE);
        return;
    }
    if (strcmp(name, "finally") == 0) {
        begin_part(p, PART_FINALLY);
        return;
    }
    stmt = parse_stmt(p, quiet, where[p->def->kind]);
    stmt->quiet = quiet;
    if (strcmp(stmt->op->name, "reraise") == 0) {
        check_reraise(p);
    }
    *top->end = stmt;
    top->end = &stmt->next;
    if (stmt->op->flags & IS_BLOCK) {
        stmt->parts[PART_BODY].line = p->line;
        open_block(p, stmt, &stmt->parts[PART_BODY].first);
    }
}

/* -- Declarations and definitions ------------------------------------------ */

static void parse_def(struct parser *p, enum def_kind kind)
{
    const char *name = word(p, 1);
    struct def *def = NEW(struct def);
    if (find_def(p->program, name) != NULL) {
        fail(p->path, p->line, "defined twice:", name);
    }
    def->name = name;
    def->kind = kind;
    *p->last_def = def;
    p->last_def = &def->next;
    p->def = def;
    open_block(p, NULL, &def->first);
}

static void parse_decl(struct parser *p)
{
    struct stmt *decl = parse_stmt(p, 0, IN_DECL);
    *p->last_decl = decl;
    p->last_decl = &decl->next;
}

static void parse_line(struct parser *p)
{
    static const char *const kinds[] = {"coro", "gen", "agen"};
    int kind = 0;
    if (p->words.count == 0) {
        return;
    }
    if (p->def != NULL) {
        parse_body_line(p);
        return;
    }
    while (kind <= DEF_AGEN && strcmp(word(p, 0), kinds[kind]) != 0) {
        kind++;
    }
    if (kind <= DEF_AGEN) {
        parse_def(p, (enum def_kind)kind);
    } else {
        parse_decl(p);
    }
}

/* -- Files ----------------------------------------------------------------- */

static const char *read_file(const char *path)
{
    size_t size = 0, room = 1024;
    char *text = (char *)arena_new(room);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail(path, 0, "cannot be read", NULL);
    }
    for (;;) {
        size_t got = fread(text + size, 1, room - size - 1, file);
        size += got;
        if (got == 0) {
            break;
        }
        if (size == room - 1) {
            char *more = (char *)arena_new(2 * room);
            memcpy(more, text, size);
            text = more;
            room *= 2;
        }
    }
    fclose(file);
    text[size] = '\0';
    return text;
}

void parse(struct program *program, const char *path)
{
    struct parser *p = NEW(struct parser);
    const char *text = read_file(path), *end;
    const struct def *main_def;
    p->program = program;
    p->path = path;
    p->last_decl = &program->decls;
    p->last_def = &program->defs;
    for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
        end = text + strcspn(text, "\n");
        p->line++;
        split(p, text, (size_t)(end - text));
        parse_line(p);
    }
    if (p->def != NULL) {
        fail(path, p->line, "missing end of", p->def->name);
    }
    resolve_names(p);
    main_def = find_def(program, "main");
    if (main_def == NULL || main_def->kind != DEF_CORO) {
        fail(path, p->line, "there is no coro main", NULL);
    }
}
