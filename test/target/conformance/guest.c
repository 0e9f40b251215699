/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Runs the interpreter of test/conformance on a board, for one program after
 * another. A run of it ends with exit(), so the board is reset for the next:
 * each begins with fresh memory, and only `progress` is kept.
 *
 * The command line is "adl LIST [START]": a file with the path of a program on
 * each line, and where the clock begins. Each trace is written between lines
 * "> PATH" and "< STATUS". */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "semihost.h"

void initialise_monitor_handles(void); /* newlib: the semihosting console */
int adl_main(int argc, char **argv);   /* driver.c's main() */

static struct {
    uint32_t is_set;
    long offset; /* in the list */
} progress __attribute__((section(".noinit")));
enum { IS_SET = 0x6f6b6179 };

/* In place of exit(). */
_Noreturn void guest_exit(int status);
_Noreturn void guest_exit(int status)
{
    const uint32_t aircr = 0xe000ed0cu, sysresetreq = 0x05fa0004u;
    printf("\n< %d\n", status);
    (void)fflush(stdout);
    __asm__ volatile("dsb" ::: "memory");
    board_register(aircr) = sysresetreq;
    for (;;) { }
}

static char *command_line(void)
{
    static char line[512];
    struct {
        char *buffer;
        uint32_t length;
    } argument;
    argument.buffer = line;
    argument.length = sizeof line;
    return semihost(SEMIHOST_GET_CMDLINE, &argument) == 0 ? line : NULL;
}

/* The next path of the list; false at its end. */
static bool next_path(const char *list, char *path, int size)
{
    FILE *file = fopen(list, "rb");
    bool found = file != NULL && fseek(file, progress.offset, SEEK_SET) == 0 &&
                 fgets(path, size, file) != NULL;
    if (found) {
        progress.offset = ftell(file);
        path[strcspn(path, "\n")] = 0;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return found;
}

int main(void)
{
    static char name[] = "adl", option[] = "--start", path[512];
    char *line = command_line(), *list, *start;
    initialise_monitor_handles();
    if (progress.is_set != IS_SET) {
        progress.is_set = IS_SET;
        progress.offset = 0;
    }
    if (line == NULL || strtok(line, " ") == NULL) {
        return 2;
    }
    list = strtok(NULL, " ");
    start = strtok(NULL, " ");
    if (list == NULL || !next_path(list, path, sizeof path)) {
        return list == NULL || progress.offset == 0 ? 2 : 0;
    }
    printf("> %s\n", path);
    if (start == NULL) {
        char *arguments[] = {name, path, NULL};
        return adl_main(2, arguments);
    } else {
        char *arguments[] = {name, option, start, path, NULL};
        return adl_main(4, arguments);
    }
}
