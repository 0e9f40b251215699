/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Generators need no loop: no task, no port, no clock. */
#define ASYNC_IMPLEMENTATION
#include <async/coro.h>
#include <async/generator.h>
#include <stdio.h>

struct consumer {           /* takes the number of a piece, yields a status */
    ASYNC_GENERATOR(int);
    int status;
};
ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_YIELD(self->status);      /* n = yield status */
        if (self->sent == 0) {
            ASYNC_RETURN;
        }
        printf("[CONSUMER] Consuming %d...\n", self->sent);
        self->status = 200;
    }
    ASYNC_CLEANUP;
    printf("[CONSUMER] Closed\n");
    ASYNC_END;
}

static int produce(struct consumer *c)
{
    int status, n;
    int error = async_next(c, &status); /* to the first yield: c.send(None) */
    for (n = 1; n <= 5 && error == ASYNC_OK; n++) {
        printf("[PRODUCER] Producing %d...\n", n);
        error = async_send(c, n, &status);
        printf("[PRODUCER] Consumer return: %d OK\n", status);
    }
    return error != ASYNC_OK ? error : async_close(c);
}

int main(void)
{
    struct consumer c;
    async_generator_init(ASYNC_CALL(consumer, &c));
    return produce(&c);
}
