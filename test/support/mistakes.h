/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* For tests of mistakes that only a programmer can mend: with ASYNC_CHECKS each
 * reaches ASYNC_MISUSE_HOOK. Each runs in a process of its own, which the hook
 * ends. Include it instead of world.h. */
#ifndef MISTAKES_H_INCLUDED
#define MISTAKES_H_INCLUDED

#include <unistd.h>

static void misuse(int mistake) __attribute__((noreturn));
static void misuse(int mistake)
{
    _exit(100 + mistake);
}
#define ASYNC_MISUSE_HOOK(mistake) misuse(mistake)
#define ASYNC_CHECKS 1

#include "world.h"

#include <sys/wait.h>

/* The mistake a function makes; -1 if it made none. */
static inline int mistake_of(void (*run)(void))
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        run();
        _exit(99);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) - 100 : -2;
}

#endif
