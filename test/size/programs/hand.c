/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* State machines by hand, as small as they get: the floor. They look at the
 * clock at each tick. TASKS is 1 to 3: the same as in tasks.c. */
#include "bare.h"

/* -- Blinking -------------------------------------------------------------- */

struct blinker {
    uint32_t due;
    uint16_t ms[2]; /* off, on */
    uint8_t led;
    bool on;
};

static void blinker_poll(struct blinker *self, uint32_t now)
{
    if ((int32_t)(now - self->due) >= 0) {
        self->on = !self->on;
        board_led(self->led, self->on);
        self->due = now + self->ms[self->on];
    }
}

/* -- Bursts, and a pause --------------------------------------------------- */

#if TASKS > 2
struct burster {
    uint32_t due;
    uint8_t state, count, done;
};

static void burster_poll(struct burster *self, uint32_t now)
{
    if ((int32_t)(now - self->due) < 0) {
        return;
    }
    switch (self->state) {
    case 0: /* begins a burst, or goes on with it */
        board_led(2, true);
        self->due = now + 50u;
        self->state = 1;
        break;
    case 1:
        board_led(2, false);
        self->due = now + 50u;
        self->done++;
        self->state = self->done < self->count ? 0 : 2;
        break;
    default: /* it has ended */
        self->count = 1;
        if (self->done < 5) {
            self->count = (uint8_t)(self->done + 1);
        }
        self->done = 0;
        self->due = now + 1000u;
        self->state = 0;
    }
}
#endif

int main(void)
{
    static struct blinker a = {0, {500, 500}, 0, false};
#if TASKS > 1
    static struct blinker b = {0, {870, 130}, 1, false};
#endif
#if TASKS > 2
    static struct burster c = {0, 0, 1, 0};
#endif
    board_tick_start();
    for (;;) {
        uint32_t now = bare_now();
        blinker_poll(&a, now);
#if TASKS > 1
        blinker_poll(&b, now);
#endif
#if TASKS > 2
        burster_poll(&c, now);
#endif
        board_sleep();
    }
}
