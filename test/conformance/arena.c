/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Memory and the end of the program. Nothing is freed before, so that an
 * object outlives the slot it was in, as it may in Python. */
#include "adl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void **blocks;
static size_t used, room;

void finish(int status)
{
    while (used > 0) {
        free(blocks[--used]);
    }
    free(blocks);
    if (fflush(stdout) != 0 && status == 0) {
        status = 1;
    }
    exit(status);
}

void fail(const char *path, int line, const char *message, const char *word)
{
    fprintf(stderr, "adl: %s:%d: %s", path, line, message);
    if (word != NULL) {
        fprintf(stderr, " '%s'", word);
    }
    fputc('\n', stderr);
    finish(2);
}

void *arena_new(size_t size)
{
    void *block;
    if (used == room) {
        size_t more = room == 0 ? 64 : 2 * room;
        void **moved = (void **)realloc(blocks, more * sizeof *blocks);
        if (moved == NULL) {
            fail("memory", 0, "exhausted", NULL);
        }
        blocks = moved;
        room = more;
    }
    block = calloc(1, size);
    if (block == NULL) {
        fail("memory", 0, "exhausted", NULL);
    }
    blocks[used++] = block;
    return block;
}

char *arena_text(const char *start, size_t length)
{
    char *text = (char *)arena_new(length + 1);
    memcpy(text, start, length);
    return text;
}
