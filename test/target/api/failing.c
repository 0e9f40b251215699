/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A check that fails ends the board's program with status 1. */
#include "world.h"

static void passes(void)
{
    world_begin();
    CHECK_INT(world_time(), 0);
    world_end();
}

static void fails(void)
{
    world_begin();
    CHECK_INT(world_time(), 1);
    world_end();
}

static const struct test tests[] = {
    TEST(passes),
    TEST(fails),
};
TEST_MAIN(tests)
