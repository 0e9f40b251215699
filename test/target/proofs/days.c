/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* 50 days on the real timer, asleep for nearly all of them: the tick wraps, and
 * each periodic task has run as often as it should, and when it should. The
 * clock begins at half its range. */
#include "proof.h"

enum { DAYS = 50 };
#define SECONDS_OF_DAY 86400ul
#define HZ ((uint32_t)ASYNC_TICK_HZ)
#define START ((async_tick_t)0x80000000u)

struct periodic {
    ASYNC_FRAME;
    uint32_t seconds, count, wanted;
    async_ticker_t ticker;
    async_tick_t expected;
};
static struct periodic every[4];
ASYNC_DEF(periodic)
{
    ASYNC_BEGIN;
    CHECK_INT(async_ticker_init_ticks(&self->ticker, &loop,
                                      (async_delay_t)(self->seconds * HZ)), 0);
    for (self->expected = self->ticker.next; self->count < self->wanted;
         self->expected += self->seconds * HZ) {
        AWAIT(async_ticker_wait(&self->ticker));
        self->count++;
        CHECK((async_delay_t)(async_loop_time(&loop) - self->expected) >= 0);
        CHECK((async_delay_t)(async_loop_time(&loop) - self->expected) <=
              (async_delay_t)(HZ / 1000u));
    }
    CHECK_INT(self->ticker.missed, 0);
    ASYNC_END;
}

/* Nearly as long as a sleep can be, over and over. */
struct sleeper {
    ASYNC_FRAME;
    uint32_t i;
    async_tick_t when;
};
static struct sleeper sleeper_frame;
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    for (; self->i < DAYS / 2; self->i++) {
        self->when = async_loop_time(&loop) + 0x7ffffff0u;
        AWAIT(async_sleep_until(self->when));
        CHECK((async_delay_t)(async_loop_time(&loop) - self->when) >= 0);
    }
    ASYNC_END;
}

struct all {
    ASYNC_FRAME;
    uint8_t i;
    async_task_t tasks[4], sleeper;
};
static struct all all_frame;

static int start(struct all *all, uint8_t i, uint32_t seconds)
{
    return async_create_task(
        &all->tasks[i],
        ASYNC_CALL(periodic, &every[i], .seconds = seconds,
                   .wanted = (uint32_t)(DAYS * SECONDS_OF_DAY / seconds)));
}

ASYNC_DEF(all)
{
    ASYNC_BEGIN;
    CHECK_INT(start(self, 0, 600), 0);
    CHECK_INT(start(self, 1, 3600), 0);
    CHECK_INT(start(self, 2, 7 * 3600), 0);
    CHECK_INT(start(self, 3, SECONDS_OF_DAY), 0);
    CHECK_INT(async_create_task(&self->sleeper,
                                ASYNC_CALL(sleeper, &sleeper_frame)), 0);
    for (self->i = 0; self->i < 4; self->i++) {
        AWAIT(&self->tasks[self->i]);
    }
    (void)async_task_cancel(&self->sleeper);
    ASYNC_END;
}

int main(void)
{
    uint64_t ticks = (uint64_t)DAYS * SECONDS_OF_DAY * HZ;
    async_tick_t end;
    board_init();
    CHECK_INT(async_loop_init(&loop, port_start(START)), 0);
    CHECK_INT(async_run(&loop, ASYNC_CALL(all, &all_frame)), 0);
    end = async_loop_time(&loop);
    figure("every_10_minutes", every[0].count);
    figure("every_hour", every[1].count);
    figure("every_7_hours", every[2].count);
    figure("every_day", every[3].count);
    figure("wraps_of_the_tick", (uint32_t)((ticks + START) >> 32));
    CHECK_INT(every[0].count, 7200);
    CHECK_INT(every[1].count, 1200);
    CHECK_INT(every[2].count, 171);
    CHECK_INT(every[3].count, 50);
    /* The last of them ended on the tick, after all those days. */
    CHECK(end - (START + (async_tick_t)ticks) <= HZ / 1000u + 1u);
    return proof_end();
}
