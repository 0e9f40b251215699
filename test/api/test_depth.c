/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Awaits as deep as you like: no iteration of the loop, no C stack. */
#include "world.h"

static const char *lowest, *highest; /* ends of the stack seen */
static async_future_t gong;

static __attribute__((noinline)) void look_at_stack(void)
{
    const char *here = (const char *)__builtin_frame_address(0);
    lowest = lowest == NULL || here < lowest ? here : lowest;
    highest = highest == NULL || here > highest ? here : highest;
}

struct nested {
    ASYNC_FRAME;
    struct nested *frames;
    int depth;
};
ASYNC_DEF(nested)
{
    ASYNC_BEGIN;
    look_at_stack();
    if (self->depth > 1) {
        AWAIT(ASYNC_CALL(nested, self->frames, .frames = self->frames + 1,
                         .depth = self->depth - 1));
        look_at_stack();
    } else {
        note("in");
        AWAIT(&gong);
        look_at_stack();
    }
    ASYNC_END;
}

static void descend(int depth)
{
    static struct nested frames[101];
    static async_task_t task;
    world_begin();
    lowest = highest = NULL;
    async_future_init(&gong, &loop);
    CHECK_INT(async_loop_create_task(&loop, &task,
                                     ASYNC_CALL(nested, &frames[0],
                                                .frames = &frames[1],
                                                .depth = depth)),
              0);
    turns(1);
    CHECK_TRACE("in");
    CHECK_INT(async_future_set_result(&gong, NULL), 0);
    turns(1); /* all the way up again */
    CHECK(async_future_done(&task.future));
    world_end();
}

/* SEM K-05 K-28 */
static void depth_costs_no_stack(void)
{
    const char *lowest_of_one, *highest_of_one;
    descend(1);
    lowest_of_one = lowest;
    highest_of_one = highest;
    descend(100);
    CHECK(lowest == lowest_of_one);
    CHECK(highest == highest_of_one);
}

static const struct test tests[] = {
    TEST(depth_costs_no_stack),
};
TEST_MAIN(tests)
