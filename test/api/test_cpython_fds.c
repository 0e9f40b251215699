/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of what needs file descriptors in CPython's test_events: each test is
 * named after the method. On the POSIX port, with the real clock. */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <unistd.h>

static async_posix_t posix;
static async_posix_fd_t watch;
static async_handle_t handles[4];
static int ends[2];
static unsigned long bytes;

static void begin(void)
{
    __builtin_memset((void *)&watch, 0, sizeof watch);
    trace_clear();
    CHECK_INT(async_loop_init(&loop, async_posix_init(&posix)), 0);
    CHECK_INT(pipe(ends), 0);
    bytes = 0;
}

static void end(void)
{
    CHECK_INT(async_loop_close(&loop), 0);
    async_posix_close(&posix);
}

static int read_some(async_handle_t *handle)
{
    char buffer[64];
    ssize_t got = read(ends[0], buffer, sizeof buffer);
    (void)handle;
    CHECK(got >= 0);
    if (got == 0) {
        CHECK(async_posix_remove_reader(&loop, &posix, &watch));
        async_loop_stop(&loop);
        note("end");
    }
    bytes += (unsigned long)got;
    return 0;
}

static int write_three(async_handle_t *handle)
{
    (void)handle;
    CHECK_INT(write(ends[1], "abc", 3), 3);
    return 0;
}

static int close_writer(async_handle_t *handle)
{
    (void)handle;
    CHECK_INT(close(ends[1]), 0);
    return 0;
}

/* SEM X-04 X-06 */
static void test_reader_callback(void)
{
    begin();
    CHECK_INT(async_posix_add_reader(&posix, &watch, ends[0], read_some), 0);
    CHECK_INT(async_call_soon(&loop, &handles[0], write_three), 0);
    while (bytes < 3) {
        turns(1);
    }
    CHECK_INT(async_call_soon(&loop, &handles[1], write_three), 0);
    while (bytes < 6) {
        turns(1);
    }
    CHECK_INT(async_call_soon(&loop, &handles[2], close_writer), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_INT((long)bytes, 6);
    CHECK_TRACE("end");
    CHECK_INT(close(ends[0]), 0);
    end();
}

static int stop(async_handle_t *handle)
{
    (void)handle;
    async_loop_stop(&loop);
    return 0;
}

static int write_some(async_handle_t *handle)
{
    char buffer[1024];
    (void)handle;
    __builtin_memset(buffer, 'x', sizeof buffer);
    if (bytes < 4 * sizeof buffer) {
        CHECK_INT(write(ends[1], buffer, sizeof buffer), sizeof buffer);
        bytes += sizeof buffer;
    }
    return 0;
}

/* SEM X-04 X-07 */
static void test_writer_callback(void)
{
    unsigned long written;
    char buffer[8192];
    begin();
    CHECK_INT(async_posix_add_writer(&posix, &watch, ends[1], write_some), 0);
    CHECK_INT(async_call_soon(&loop, &handles[0], stop), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    turns(2);
    CHECK(async_posix_remove_writer(&loop, &posix, &watch));
    CHECK(!async_posix_remove_writer(&loop, &posix, &watch));
    written = bytes;
    CHECK(written > 0);
    turns(2);
    CHECK_INT((long)bytes, (long)written); /* not called any more */
    CHECK_INT(close(ends[1]), 0);
    CHECK_INT(read(ends[0], buffer, sizeof buffer), (long)written);
    CHECK_INT(close(ends[0]), 0);
    end();
}

static const struct test tests[] = {
    TEST(test_reader_callback),
    TEST(test_writer_callback),
};
TEST_MAIN(tests)
