/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What happens where no ASYNC_MISUSE_HOOK is set: a message and an abort. And
 * the default exception handler, which prints and goes on. */
#define _POSIX_C_SOURCE 200809L
#define ASYNC_CHECKS 1
#include "world.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static char printed[256];

/* Runs a function in a process of its own; returns its wait status. */
static int run_apart(void (*run)(void))
{
    int ends[2], status = 0;
    size_t length = 0;
    ssize_t count;
    pid_t child;
    CHECK_INT(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        (void)dup2(ends[1], STDERR_FILENO);
        run();
        _exit(0);
    }
    (void)close(ends[1]);
    while ((count = read(ends[0], printed + length,
                         sizeof printed - 1 - length)) > 0) {
        length += (size_t)count;
    }
    printed[length] = 0;
    (void)close(ends[0]);
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    return status;
}

static void no_loop(void)
{
    async_future_init(NULL, &loop);
}

/* SEM M-24 */
static void misuse_aborts(void)
{
    int status = run_apart(no_loop);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    CHECK_STR(printed, "nanoasync: NULL where an object is needed\n");
}

static async_handle_t handles[2];

static int fail(async_handle_t *handle)
{
    (void)handle;
    return ASYNC_ERR_TIMEOUT;
}

static int succeed(async_handle_t *handle)
{
    (void)handle;
    (void)!write(STDERR_FILENO, "next\n", 5);
    return 0;
}

static void failing_callback(void)
{
    (void)async_call_soon(&loop, &handles[0], fail);
    (void)async_call_soon(&loop, &handles[1], succeed);
    turns(1);
}

/* SEM L-35 */
static void failures_are_printed(void)
{
    int status;
    world_begin();
    status = run_apart(failing_callback);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK_STR(printed, "nanoasync: a callback failed: timeout (-2)\nnext\n");
    world_end();
}

static const struct test tests[] = {
    TEST(misuse_aborts),
    TEST(failures_are_printed),
};
TEST_MAIN(tests)
