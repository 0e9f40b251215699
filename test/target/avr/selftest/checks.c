/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Checks that fail. */
#define ASYNC_IMPLEMENTATION
#include "world.h"

static void fails(void)
{
    int answer = 6 * 9;
    world_begin();
    CHECK(answer == 42);
    CHECK_INT(answer, 42);
    note("one");
    note_n("two", -2);
    CHECK_TRACE("one two-2");
    note_var("three");
    CHECK_TRACE("four");
    world_end();
}

static void has_steps(void)
{
    unsigned long step;
    for (step = 0; step < 4; step++) {
        if (world_step(step)) {
            CHECK(step == 3);
        }
    }
}

static void passes(void)
{
    int answer = 6 * 7;
    CHECK_INT(answer, 42);
}

static const struct test tests[] = {
    TEST(fails),
    TEST(has_steps),
    TEST(passes),
};
TEST_MAIN(tests)
