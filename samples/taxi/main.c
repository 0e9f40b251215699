/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

#define MINUTE_MS 60000

static int minutes(void)
{
    return (int)(async_loop_time(async_get_running_loop()) /
                 (MINUTE_MS / 1000 * ASYNC_TICK_HZ));
}

struct taxi {
    ASYNC_FRAME;
    int id, trips;
    int start, search, ride, home; /* minutes that each activity takes */
    int trip, left;
};

/* One column for each taxi. */
static void report(const struct taxi *taxi, const char *activity)
{
    printf("%2d min  %*s%s\n", minutes(), 22 * taxi->id, "", activity);
}

ASYNC_DEF(taxi)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->start * MINUTE_MS));
    report(self, "leave garage");
    for (self->trip = 0; self->trip < self->trips; self->trip++) {
        AWAIT(async_sleep_ms(self->search * MINUTE_MS));
        report(self, "pick up passenger");
        AWAIT(async_sleep_ms(self->ride * MINUTE_MS));
        report(self, "drop off passenger");
    }
    AWAIT(async_sleep_ms(self->home * MINUTE_MS));
    report(self, "going home");
    ASYNC_END;
}

struct town {
    ASYNC_FRAME;
    struct taxi taxi[3];
    async_task_t task[3];
    int i;
};
ASYNC_DEF(town)
{
    ASYNC_BEGIN;
    async_create_task(&self->task[0],
                      ASYNC_CALL(taxi, &self->taxi[0], .id = 0, .trips = 2,
                                 .search = 7, .ride = 1, .home = 6));
    async_create_task(&self->task[1],
                      ASYNC_CALL(taxi, &self->taxi[1], .id = 1, .trips = 2,
                                 .start = 3, .search = 7, .ride = 8,
                                 .home = 7));
    async_create_task(&self->task[2],
                      ASYNC_CALL(taxi, &self->taxi[2], .id = 2, .trips = 2,
                                 .start = 4, .search = 2, .ride = 8,
                                 .home = 1));
    for (self->i = 0; self->i < 3; self->i++) {
        AWAIT(&self->task[self->i]);
    }
    printf("total: %d min\n", minutes());
    ASYNC_END;
}

int main(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct town town;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    return async_run(&loop, ASYNC_CALL(town, &town));
}
