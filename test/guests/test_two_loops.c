/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Two loops in two tasks of one kernel, which switches between them also in the
 * middle of a coroutine. With an argument the kernel does not tell the port of
 * its switches, and the test must fail. */
#define ASYNC_IMPLEMENTATION
#include "guest.h"

enum { ROUNDS = 200 };

struct player {
    ASYNC_FRAME;
    int i;
    struct guest *own;
    async_flag_t *mine, *theirs;
    bool begins;
};

static struct guest guests[2];
static async_flag_t flags[2];
static struct player players[2];
static int played[2];

/* Another task may run inside, and its loop with it. */
static void interrupted(const struct guest *own)
{
    CHECK(async_get_running_loop() == &own->loop);
    machine_yield();
    CHECK(async_get_running_loop() == &own->loop);
}

ASYNC_DEF(player)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < ROUNDS; self->i++) {
        if (!self->begins || self->i > 0) {
            AWAIT(async_flag_wait(self->mine));
        }
        interrupted(self->own);
        if (self->i % 7 == 0) {
            AWAIT(async_sleep_ms(3));
            interrupted(self->own);
        }
        played[self->own == &guests[1]]++;
        CHECK_INT(async_flag_set(self->theirs), 0);
        interrupted(self->own);
    }
    if (self->begins) {
        AWAIT(async_flag_wait(self->mine)); /* the other's last */
    }
    ASYNC_END;
}

/* Both ports are there before the first of the two posts to the other. */
static int ready;

static void player_task(void *argument)
{
    struct guest *guest = (struct guest *)argument;
    guest_init(guest);
    async_flag_init(&flags[guest == &guests[1]], &guest->loop);
    ready++;
    while (ready < 2) {
        machine_delay(1);
    }
    CHECK(async_get_running_loop() == NULL);
    guest->status = async_run(&guest->loop, guest->main);
    CHECK(async_get_running_loop() == NULL);
}

int main(int argc, char **argv)
{
    int i;
    if (argc > 1 && strcmp(argv[1], "no_switch") == 0) {
        machine_fault = MACHINE_NO_SWITCH;
    }
    check_.test = "two loops";
    guest_machine();
    for (i = 0; i < 2; i++) {
        guests[i].main = ASYNC_CALL(player, &players[i], .own = &guests[i],
                                    .mine = &flags[i], .theirs = &flags[1 - i],
                                    .begins = i == 0);
        machine_create(player_task, &guests[i]);
    }
    guest_run();
    for (i = 0; i < 2; i++) {
        CHECK_INT(guests[i].status, 0);
        CHECK_INT(played[i], ROUNDS);
    }
    return check_.failures != 0;
}
