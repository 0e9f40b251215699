/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A coroutine of another file, and one that is defined further down. */
#include "world.h"

#include "exported.h"

struct later {
    ASYNC_FRAME;
    int n;
};
ASYNC_DECLARE_STATIC(later);

struct user {
    ASYNC_FRAME;
    struct doubler doubler;
    struct later later;
};
ASYNC_DEF(user)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(doubler, &self->doubler, .n = 4));
    note_n("doubled", self->doubler.result);
    AWAIT(ASYNC_CALL(later, &self->later, .n = self->doubler.result));
    ASYNC_END;
}

ASYNC_DEF(later)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    note_n("later", self->n);
    ASYNC_END;
}

/* SEM K-25 */
static void exported(void)
{
    struct user user;
    world_begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(user, &user)), 0);
    CHECK_TRACE("doubled8 later8");
    CHECK_INT(world_time(), 4);
}

/* SEM K-25 TM-15 */
static void exported_as_a_task(void)
{
    static async_task_t a, b;
    struct doubler doubler;
    struct async_sleep sleep;
    world_begin();
    CHECK_INT(async_loop_create_task(&loop, &a,
                                     ASYNC_CALL(doubler, &doubler, .n = 3)),
              0);
    CHECK_INT(async_loop_create_task(&loop, &b,
                                     ASYNC_CALL(async_sleep, &sleep, .ms = 5)),
              0);
    CHECK_INT(async_loop_run_until_complete(&loop, &a.future), 0);
    CHECK_INT(doubler.result, 6);
    CHECK_INT(world_time(), 3);
    CHECK_INT(async_loop_run_until_complete(&loop, &b.future), 0);
    CHECK_INT(world_time(), 5);
    world_end();
}

static const struct test tests[] = {
    TEST(exported),
    TEST(exported_as_a_task),
};
TEST_MAIN(tests)
